"""The head of a page as it is printed: the motto, the bodies named there, and those that no list knows."""

import re
from dataclasses import replace

from loaders.authorities.bodies import BodyMention, find_bodies
from loaders.citations.document_types import labels
from loaders.text import Text, fold

__all__ = ["BOARD", "MOTTO", "OWN_NUMBER", "head_mentions", "last_line", "of_a_region", "undated"]

MOTTO = re.compile(
    # the end may be cut by the edge of a page or a column: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VI", "Độc lập - Tự do - Hạ"
    r"c[a-z0-9]ng\s+h[a-z0-9]{1,3}\s+x[a-z0-9]*\s+h[a-z0-9]{1,2}\s+ch[a-z0-9]{1,2}\s+ngh[a-z0-9]{1,3}"
    r"(?:\s+vi[a-z0-9]{0,3}(?:\s+n[a-z]{1,2}\b)?)?|"
    r"[dp][a-z0-9]{1,3}\s+[li1][a-z0-9]{1,3}\s*-\s*t[a-z]{1,2}\s+d[a-z]{1,2}\s*-\s*h[a-z]+(?:\s+ph[a-z0-9]+)?|"
    r"dang cong san viet nam"
)


# the board of a company or school is called after it: "TỔNG CÔNG TY ĐƯỜNG SẮT PHÍA NAM / HỘI ĐỒNG THÀNH VIÊN"
_BOARDS = frozenset({"hoi dong thanh vien", "hoi dong quan tri", "hoi dong truong", "hoi dong quan ly"})


def last_line(text: Text, header_end: int) -> str | None:
    """The last line of a head in capitals, whatever it names: "CÂU LẠC BỘ HƯU TRÍ"; a board with its company."""
    board = ""
    for line in reversed(text.raw[max(0, header_end - 700) : header_end].split("\n")):
        if not line.strip(" -_*|=…") or OWN_NUMBER.match(fold(line)):
            continue
        motto = MOTTO.search(fold(line))
        words = re.split(r"\s{3,}|\t|\|", (line[: motto.start()] if motto else line).strip(" |*_"))[0].strip(" *_")
        if not words.isupper() or fold(words) in labels():  # "KẾ HOẠCH" alone is what the paper is, not whose
            continue
        if fold(words) not in _BOARDS:
            return f"{board} {words}".strip()
        board = words
    return board or None


OWN_NUMBER = re.compile(r"\s*[*_|]*\s*so\s*[:.]?\s*[*_\d./…]*\s*$")


BOARD = re.compile(
    r"(?:\s+VIỆT NAM|(?<=CHÍ MINH))\s+BAN CHẤP HÀNH\s+(?=(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|HUYỆN|QUẬN|THỊ|ĐẶC KHU)\s)"
)
_NEXT_NAME = re.compile(
    r"(?<!VÀ)(?<![-,])[ \t]*\n[ \t|*_-]*(?=HỘI\s)"
)  # "XÃ TÂN AN / HỘI ĐỒNG BỒI THƯỜNG" is not Tân An Hội
_FRONT = re.compile(r"(?<!ỦY BAN )MẶT TRẬN TỔ QUỐC VIỆT NAM(?=\s+(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|HUYỆN|ĐẶC KHU)\s)")
_DATED = re.compile(r",\s*ngày\b")
_NUMBER_AHEAD = re.compile(r"\s[Ss]ố\s*[:.]?[\s*_.…]*$")


# what an electronic signature prints over the head: "Ký bởi: Cổng Thông tin điện tử Chính phủ"
_SIGNED = re.compile(
    r"^\W*(?:ky\s+boi|nguoi\s+ky|duoc\s+ky|co\s+quan|email|thoi\s+gian\s+ky|ngay\s+ky|chuc\s+vu)\s*:[^\n]*",
    re.MULTILINE,
)


def undated(line: str) -> str:
    """A line of the left column without the place and day beside it: "CHỦ TỊCH HỒ CHÍ MINH Hà Nội, ngày 14 tháng 8".

    >>> undated("TRƯỜNG MẦM NON SỐ 2 Quảng Ngãi, ngày 05 tháng 9 năm 2025")
    'TRƯỜNG MẦM NON SỐ 2'
    """
    dated = _DATED.search(line)
    if dated is None:
        return line
    words = line[: dated.start()].split()
    while words and ((words[-1].isalpha() and not words[-1].isupper()) or words[-1] in ("TP", "TP.", "Tp.")):
        words.pop()
    return " ".join(words)


def head_mentions(text: Text, header_end: int) -> list[BodyMention]:
    """The bodies at the head of the page, the motto of the other column blotted out."""
    begin = max(0, header_end - 700)
    blotted = list(text.raw[begin:header_end])
    for match in (*MOTTO.finditer(text.folded, begin, header_end), *_SIGNED.finditer(text.folded, begin, header_end)):
        blotted[match.start() - begin : match.end() - begin] = " " * (match.end() - match.start())
    words = "\n".join(map(undated, re.sub(r"[*_]+", " ", "".join(blotted)).split("\n")))
    words = _NEXT_NAME.sub(" ; ", words)
    words = re.sub(r"[ \t]*\n[ \t|*_-]*", " ", words).replace("|", " ")
    words = _FRONT.sub("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", words)
    words = BOARD.sub(" ", words)  # "HỘI LHPN VIỆT NAM / BAN CHẤP HÀNH XÃ LONG PHƯỚC"
    words = _NUMBER_AHEAD.sub("", words)  # "QUẬN 9 / Số:"
    words = " ".join(words.split())
    return [_numbered(mention, words) for mention in find_bodies(Text.of(words))]


def _numbered(mention: BodyMention, words: str) -> BodyMention:
    """With the number that is its unit's name, also where no table has the unit: "ỦY BAN NHÂN DÂN QUẬN 2"."""
    number = re.compile(r"\s(\d{1,2})(?!\S)").match(words, mention.end)
    if number is None or mention.unit_words or mention.kind not in ("quận", "phường"):
        return mention
    return replace(mention, unit_words=number[1], end=number.end())


_REGION = re.compile(
    r"^[ \t|*_]*(?P<body>(?:toa\s+an\s+nhan\s+dan|vien\s+kiem\s+sat\s+nhan\s+dan|kho\s+bac\s+nha\s+nuoc|"
    r"kiem\s+toan\s+nha\s+nuoc|phong\s+thi\s+hanh\s+an\s+dan\s+su)\s+khu\s+vuc\s+[\w]+"
    r"(?:\s*-\s*[^\n|]{3,40}?)?|thue\s+(?:tinh|thanh\s+pho|co\s+so)\s+[^\n|]{1,40}?)(?=[*_ ]*(?:\s{3,}|\||$))",
    re.MULTILINE,
)


def of_a_region(text: Text, header_end: int) -> str | None:
    """An office of a region, which no unit table has ("TÒA ÁN NHÂN DÂN KHU VỰC 3"), or a tax office since 2025.

    "CỤC THUẾ / THUẾ TỈNH NINH BÌNH" is Thuế tỉnh Ninh Bình under the department of the whole country.
    """
    begin = max(0, header_end - 700)
    head = text.folded[begin:header_end]
    found = _REGION.search(text.folded, begin, header_end) if "khu" in head or "thue" in head else None
    if found is None:
        return None
    words = text.raw[found.start("body") : found.end("body")].split()
    if found["body"].startswith("thue") and " ".join(words).isupper():
        kind = 3 if words[1].startswith(("THÀNH", "CƠ")) else 2
        words = [words[0].capitalize(), *(w.lower() for w in words[1:kind]), *(w.title() for w in words[kind:])]
    return " ".join(words)
