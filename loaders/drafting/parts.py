"""References of a draft to a section or an annex of its own that is not there, and a draft without a foot."""

import re
from collections.abc import Iterator

from loaders.findings import Doubt, Findings
from loaders.phrases import pattern, reading
from loaders.signature import find_signature
from loaders.structure.marks import roman
from loaders.structure.outline import outline, walk
from loaders.text import Text

_THIS = (
    r"(?: của)?(?: bản)? (?:kế hoạch|hướng dẫn|quyết định|quy chế|quy định|công văn|thông báo|nghị quyết|chỉ thị) này\b"
)
_SECTION = pattern(rf"\b(?P<kind>mục|phần|điều) (?P<number>[ivxl]{{1,6}}|\d{{1,2}}){_THIS}")
_ANNEX = pattern(
    rf"\b(?P<kind>phụ lục|biểu mẫu|biểu) (?:số )?(?P<number>[ivxl]{{1,5}}|\d{{1,2}})"
    rf"(?: (?:ban hành |gửi )?(?:kèm theo|đính kèm|gửi kèm)(?:{_THIS})?"
    r"(?! (?:nghị định|thông tư|luật|nghị quyết|quyết định|công văn|kế hoạch|hướng dẫn|văn bản|tờ trình|quy chế))"
    rf"|{_THIS})"
)
_ANNEX_HEAD = re.compile(
    r"^[ \t#*_>|]*(?:phu luc|bieu mau|bieu)[ *_]*(?:so)?[ *_]*(?P<number>[ivxl]{1,5}|\d{1,2})\b", re.MULTILINE
)
_ROMANS = ("roman", "part", "caps", "upper", "division")
_ENDED = re.compile(r"\./\.[\s*_]*\Z")


def find_absent_parts(text: Text, findings: Findings) -> Iterator[Doubt]:
    """ "Mục XII Kế hoạch này" where the plan has no XII; only where the whole document is there and is well read.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> raw = "KẾ HOẠCH\\nI. MỤC ĐÍCH\\nNhư Mục V Kế hoạch này.\\nII. YÊU CẦU\\nThiết thực.\\n\\n"
    >>> text = Text.of(raw + "CHỦ TỊCH\\n\\nTrần Văn An")
    >>> [d.message for d in find_absent_parts(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['không thấy “Mục V” trong văn bản này']
    """
    if text.garbled or not (find_signature(text) or findings.recipients):
        return
    romans, numbers, articles = _numbering(text)
    for hit in reading(text).finditer(_SECTION, 0, len(text.raw)):
        printed, kind = hit["number"] or "", hit["kind"]
        value = int(printed) if printed.isdigit() else roman(printed.upper())
        known = articles if kind == "dieu" else numbers | romans if printed.isdigit() else romans
        if len(known) >= 2 and value is not None and value not in known:
            yield _absent(text, "section-not-there", hit.start, hit.start + len(kind or "") + 1 + len(printed))
    annexes = {_value(match["number"]) for match in _ANNEX_HEAD.finditer(text.folded)}
    for hit in reading(text).finditer(_ANNEX, 0, len(text.raw)):
        if _value(hit["number"] or "") not in annexes:
            yield _absent(text, "annex-not-there", hit.start, reading(text).group(hit, "number")[1])


def _absent(text: Text, code: str, start: int, end: int) -> Doubt:
    words = " ".join(text.raw[start:end].split())
    return Doubt(code=code, message=f"không thấy “{words}” trong văn bản này", start=start, end=end)


def _numbering(text: Text) -> tuple[set[int], set[int], set[int]]:
    """The numbers there are of sections in Roman figures, of numbered points and of articles."""
    romans: set[int] = set()
    numbers: set[int] = set()
    articles: set[int] = set()
    for section, _ in walk(outline(text)):
        if section.ordinal is not None:
            if section.style == "article":
                articles.add(section.ordinal)
            elif section.style in _ROMANS:
                romans.add(section.ordinal)
            elif section.style in ("decimal", "point"):
                numbers.add(section.ordinal)
    return romans, numbers, articles


def _value(printed: str) -> int | None:
    return int(printed) if printed.isdigit() else roman(printed.upper())


def find_missing_foot(text: Text, findings: Findings) -> Iterator[Doubt]:
    """A document that comes to its end without a signature block; not one that is plainly cut off before."""
    if text.garbled or find_signature(text):
        return
    if findings.recipients:
        yield Doubt(code="no-signature", message="không có phần chữ ký", **_last_line(text))
    elif _ENDED.search(text.folded):
        yield Doubt(code="no-foot", message="không có “Nơi nhận” và phần chữ ký", **_last_line(text))


def _last_line(text: Text) -> dict[str, int]:
    end = len(text.raw.rstrip())
    start = text.raw.rfind("\n", 0, end) + 1
    return {"start": start + len(text.raw[start:end]) - len(text.raw[start:end].lstrip()), "end": end}
