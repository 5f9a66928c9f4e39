"""Whether a body that stands after a number without *của* issued it, or only begins what follows.

"Quyết định số 3322/QĐ-UBND ngày 01/10/2021 Ủy ban nhân dân tỉnh" names who issued it; in "… theo Nghị định số
61/2018/NĐ-CP.⏎Bộ Tư pháp hướng dẫn" and "| Triển khai Quyết định số 942/QĐ-TTg | Sở Nội vụ |" it is who acts.
"""

import re

from loaders.authorities.agencies import coded_bodies
from loaders.authorities.body_kinds import Body
from loaders.text import Text, fold

BY = re.compile(r"\b(?:do|boi|giua)\s")
NEXT_LINE = re.compile(r"\n\s*(?:Do|Bởi|Giữa|Liên)\b")  # "…/KH-UBND⏎Do Ủy ban nhân dân tỉnh giao, Sở Nội vụ chủ trì"
# several bodies write these codes: BTC is a ministry and any Ban Tổ chức, VP the office of anyone
_SHARED_CODES = frozenset({"vp", "tt", "btc", "bct", "bts", "btt", "nv", "bql", "ta", "ct"})


def _telling(code: str | None) -> tuple[Body, ...]:
    """The bodies that a code tells, none where it may be anyone's."""
    return coded_bodies(code) if code and fold(code) not in _SHARED_CODES else ()


def is_coded_otherwise(code: str | None, body: Body, *, kin: bool = False) -> bool:
    """Whether a number's code tells a body in whose register this one's papers cannot stand.

    With `kin` a body of the same sort passes: "Phòng Kinh tế, Hạ tầng và Đô thị" may well write KTHT.
    """
    told = _telling(code)
    return bool(told) and not any(_share_a_register(other, body, kin) for other in told)


def _share_a_register(told: Body, body: Body, kin: bool) -> bool:
    if kin and told.slug.partition("-")[0] == body.slug.partition("-")[0]:
        return True
    return bool({told.slug, *told.registered_by} & {body.slug, *body.registered_by})


def is_beside(text: Text, position: int, begin: int, body: tuple[int, int, Body], code: str | None) -> bool:
    """Whether a body named from `begin` on, and not said to be whose, issued what ends at a position."""
    _, end, kind = body
    gap = text.raw[position:begin]
    if is_coded_otherwise(code, kind):
        return False
    known = bool(_telling(code))
    if _COLUMN.search(gap):
        return "\n" not in gap and not set(gap) - _CELL and _is_of_a_register(text, position, begin, end, known)
    if gap.strip() == "(":
        return known and text.raw[end : end + 1] == ")"
    if set(gap) - _BLANK:
        return False
    if "\n" in gap and text.raw[begin:end].isupper():
        return False  # "… Quyết định số 15/2020/QĐ-UBND⏎ỦY BAN NHÂN DÂN XÃ": the line of who decides
    if "\n" in gap or not known:
        return _ends_or_is_titled(text, end) or ("\n" in gap and _CLAUSE_GOES_ON.match(text.raw, end) is not None)
    return _ANNOUNCES.match(text.raw, end) is None


_BLANK = frozenset(" \n\u00a0*_'’‘`")
_COLUMN = re.compile(r"[|\t]| {3}")
_CELL = frozenset(" |\t*_")
_TITLED = re.compile(r"[ \t*_]*(?:$|[;,.)\n]|\s+(?:ve|v/v)\s|[*_]+\s)")
# "… ngày 01/10/2021⏎Ủy ban nhân dân tỉnh ban hành Chương trình cải cách hành chính;" is one ground of several
_CLAUSE_GOES_ON = re.compile(r"[^;:.]{1,300};[ \t*_]*(?:$|\n\s*[*_]*(?:Căn cứ|Xét|Theo|Thực hiện)\b)")
# "… ngày 05/3/2025 UBND xã ban hành Kế hoạch như sau:" has only lost its comma
_ANNOUNCES = re.compile(r"[^;:.]{1,200}:\s*(?:\n|$)")


def _ends_or_is_titled(text: Text, end: int) -> bool:
    return _TITLED.match(text.folded, end) is not None


# --- tables ---------------------------------------------------------------------------------------------------------

_HEADED_BY_WHO = re.compile(r"ban hanh|tac gia|noi gui|nguoi ky")
_HEADED_BY_TASK = re.compile(  # whole words: the "han" of a term is none of "ngày ban hành"
    r"\b(?:chu tri|thuc hien|phoi hop|tham muu|theo doi|phu trach|trien khai|nhiem vu|xay dung|giao|thoi|han|hoan thanh"
    r"|tien do|ghi chu|san pham)\b"
)
_ONLY_A_NUMBER = re.compile(r"[\s*_]*(?:[a-zđ]+\s+){0,5}(?:so\s*:?\s*)?[\d./a-z&\s-]*[\s*_]*")
_TIME = re.compile(r"[\s|*_]*(?:quy|thang|nam|hang|thuong xuyen|truoc|trong|tu|den|ca nam|6 thang)\b")
_VERB = re.compile(
    r"(?:trien khai|thuc hien|ra soat|theo|so ket|tong ket|quan triet|to chuc|tham muu|xay dung|ban hanh|cap nhat"
    r"|kiem tra|bao cao ket qua|hoan thanh|danh gia|tuyen truyen|tiep tuc|can cu)\b"
)


def _is_of_a_register(text: Text, position: int, begin: int, end: int, known: bool) -> bool:
    """Whether the cell left of a body holds a number and no task, and its column is not one of who acts."""
    if not is_cell_of_a_number(text, position):
        return False
    head = column_head(text, begin)
    if _HEADED_BY_WHO.search(head):
        return True
    return known and not _HEADED_BY_TASK.search(head) and not _TIME.match(text.folded, end)


def is_dated(text: Text, position: int, begin: int) -> bool:
    """Whether a day after a number is the number's own: in the cell right of it, it may be a task's term."""
    if not _COLUMN.search(text.raw, position, begin):
        return True
    head = column_head(text, begin)
    return is_cell_of_a_number(text, position) and not _HEADED_BY_TASK.search(head)


def is_cell_of_a_number(text: Text, position: int) -> bool:
    """Whether the cells up to there tell of a document alone: "| 1 | Kế hoạch | 131/KH-UBND |", no task."""
    line = text.folded[text.folded.rfind("\n", 0, position) + 1 : position]
    cell = re.split(r"[|\t]| {3,}", line.rstrip(" |\t"))[-1].strip(" *_-")
    return _VERB.match(cell) is None and _ONLY_A_NUMBER.fullmatch(cell) is not None


def column_head(text: Text, place: int) -> str:
    """The folded head of the column in which a place stands; empty where there is none.

    >>> column_head(Text.of("| Số | Cơ quan ban hành |\\n|---|---|\\n| 12/KH-UBND | UBND tỉnh |"), 51)
    'co quan ban hanh'
    """
    start = text.folded.rfind("\n", 0, place) + 1
    line = text.folded[start:place]
    mark = "|" if "|" in line else "\t"
    column = line.count(mark)
    head = ""
    for _ in range(200):
        above = text.folded.rfind("\n", 0, max(0, start - 1)) + 1
        row = text.folded[above : max(0, start - 1)]
        if start == 0 or mark not in row:
            break
        cells = row.split(mark)
        head, start = cells[column].strip(" *_-") if column < len(cells) else "", above
    return head
