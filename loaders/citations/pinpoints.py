"""The article, clause or form of a document that is meant, as it stands before the citation."""

import re

from loaders.text import Text

# "điểm 2, mục 2, Phần II,", "Mẫu số 08 Phụ lục kèm theo", "khoản 2 Điều 5 của", "mẫu số 07 ban hành kèm theo"
_LABEL = r"(?:[0-9]{1,3}[a-z]?(?:\.[0-9]+)*|[ivxl]{1,5}|[a-z])(?![a-z0-9])"
_ITEM = re.compile(
    r"(?<![a-z0-9])(?:m[a-z4]{1,2}\s+s[o06e]|m[a-z4]u\s+bieu|bieu\s+mau|bieu|m[a-z4]u|phu\s+l[a-z]c|di[ei][mn]"
    r"|khoan|di[ei]u|"
    rf"m[a-z]{{1,2}}c|ph[a-z]n|chuong|tiet)\s+(?:s[o06]\s+)?{_LABEL}"
)
_BETWEEN = re.compile(rf"[\s,/]*(?:(?:va|den|{_LABEL})[\s,]+)*(?:cua|thuoc|tai)?\s*")
_TAIL = re.compile(
    rf"\)?(?:[\s,]+(?:(?:va"
    rf"|den)\s+)?{_LABEL})*[\s,]*(?:phu\s+l[a-z]c\s*)?(?:(?:duoc\s+)?ban\s+hanh\s+)?(?:k[a-z]m['\s]*theo)?\s*(?:cua"
    rf"|tai|thuoc)?[\s,]*"
)
_LAST = re.compile("(?:den|luc|hanh|theo|cua|tai|thuoc)$|^[ivxl]+$")  # the words that may end a tail
_PINPOINT_REACH = 110
# "Danh mục thủ tục hành chính ban hành kèm theo", "Quy chế làm việc của Ủy ban nhân dân xã được ban hành kèm theo"
_ANNEX = re.compile(
    r"(?<![\w(])(?:danh\s+(?:muc|sach)|quy\s+(?:che|dinh|trinh|hoach)|bo\s+(?:chi\s+so|tieu\s+chi)|de\s+an|ke\s+hoach|chuong\s+trinh"
    r"|huong\s+dan|noi\s+quy|phuong\s+an|dieu\s+le|phu\s+luc|bieu\s+mau|mau|chien\s+luoc|dinh\s+muc|tieu\s+chuan|bang\s+(?:gia|diem))"
    r"(?![a-z])"
)
_WITH = re.compile(r"[\s\w,–-]*?\s(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo\s+")
_ANNEX_REACH = 140


def pinpoint_before(text: Text, position: int) -> str | None:
    """The article, clause or form that is meant, right before the citation.

    >>> pinpoint_before(Text.of("theo mẫu số 07 kèm theo Nghị định số 91/2017/NĐ-CP"), 24)
    'mẫu số 07 kèm theo'
    """
    start = pinpoint_start(text, position)
    if start == position:
        return None
    words = " ".join(text.raw[start:position].replace("(", " ").replace(")", " ").split()).strip(" ,")
    return re.sub(r"\s+(?:của|tại|thuộc)$", "", words)


def pinpoint_start(text: Text, position: int) -> int:
    """Where the pinpoint before a citation begins, the citation's own place if it has none.

    >>> pinpoint_start(Text.of("theo mẫu số 07 kèm theo Nghị định số 91/2017/NĐ-CP"), 24)
    5
    """
    last = text.folded[max(0, position - 16) : position].split()[-1:]
    if last and last[0].isalpha() and not (len(last[0]) < 3 or _LAST.search(last[0])):
        return position  # "căn cứ", "thực hiện" and most of what else stands there
    items = list(_ITEM.finditer(text.folded, max(0, position - _PINPOINT_REACH), position))
    if not items or not _TAIL.fullmatch(text.folded, items[-1].end(), position):
        return _annex_start(text, position) if last == ["theo"] else position
    first = len(items) - 1
    while first and _BETWEEN.fullmatch(text.folded, items[first - 1].end(), items[first].start()):
        first -= 1
    return items[first].start()


def _annex_start(text: Text, position: int) -> int:
    """Where the name of what was issued with the document begins; the heading of this document's own annex has none.

    That heading is in capitals, in brackets or a line of its own: "(Danh sách kèm theo Quyết định số …)".
    """
    found = None
    for match in _ANNEX.finditer(text.folded, max(0, position - _ANNEX_REACH), position):
        place = match.start()
        name = text.raw[place:position]
        if name[1].isupper() or not _WITH.fullmatch(text.folded, place, position):
            continue
        if found is None or name[0].isupper():
            found = place
    if found is None or text.raw[:found].rstrip(" \t*_").endswith("("):
        return position
    return found
