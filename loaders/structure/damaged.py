"""What OCR made of the marks at the beginnings of lines: bullets read as letters and signs, Roman numerals misread.

Each is told by its company: a bullet by the run of lines it stands in, a numeral by the words of a heading behind it
or by the numerals around it. A clean text has none of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.structure.headings import opens_part
from loaders.structure.marks import Mark, capitals, roman
from loaders.text import Text

__all__ = ["damaged_numeral", "misread_bullets", "numerals_in_order"]

# "s Thi đua …", "» Đoàn viên …", "_* Hoàn thành …", "~ Phòng Tổ chức cán bộ": a bullet, never a word of Vietnamese
_SIGN = r"(?:[~«»¢©®¤›‹°¬]|_\*|\*_|[eso])"
_SUSPECT = re.compile(rf"\n[ \t]*{_SIGN}[ \t]+(?=[^\s|])")
_ITEM = re.compile(
    rf"^[ \t]*(?P<mark>(?P<sign>{_SIGN}|[•●▪■*+–-])[ \t]+)(?P<first>[^\s|*_])[^\n]*?(?P<last>\S)?[ \t]*$", re.MULTILINE
)
_FAR = 7  # lines between two items of one run, blank ones and the wrapped rest of an item among them
_BULLETS = frozenset("•●▪■")
_NESTING = frozenset("*+")


@dataclass(frozen=True)
class _Item:
    start: int
    after: int
    sign: str
    suspect: bool
    announces: bool


def misread_bullets(text: Text) -> dict[int, Mark]:
    """The marks of bullets that OCR read as something else, each by the place of its sign; of a run of lines only.

    >>> found = misread_bullets(Text.of("Nội dung:\\ns Thi đua học tập.\\n» Thi đua lao động."))
    >>> [(place, mark.style) for place, mark in found.items()]
    [(10, 'dot'), (29, 'dot')]
    >>> misread_bullets(Text.of("Phong trào\\n« Chung tay vì người nghèo »"))
    {}
    """
    if not _SUSPECT.search(text.raw):
        return {}
    found: dict[int, Mark] = {}
    for run in _runs(text.raw):
        suspects = [item for item in run if item.suspect]
        company = len(suspects) >= 2 or (len(suspects) == 1 and any(item.sign in _BULLETS for item in run))
        if not company and not (suspects and len(run) >= 2 and not suspects[0].sign.isalpha()):
            continue
        dashes = any(item.sign in "-–" for item in run)
        below = False
        for item in run:
            nested = item.sign in _NESTING and (below or dashes or item.announces)
            if not nested and item.sign not in "-–":
                length = item.after - item.start
                found[item.start] = Mark("dash" if dashes else "dot", None, length, item.sign, repaired=item.suspect)
            below = item.announces or (below and nested)
    return found


def _runs(raw: str) -> Iterator[list[_Item]]:
    """Items that follow one another closely."""
    run: list[_Item] = []
    for match in _ITEM.finditer(raw):
        sign, first = match["sign"], match["first"]
        suspect = sign not in _BULLETS and sign not in "*+-–"
        if suspect and not (first.isupper() or first.isdigit() or first in '“"('):
            continue
        if sign == "«" and "»" in match[0]:
            continue  # a name between guillemets
        if run and raw.count("\n", run[-1].start, match.start("mark")) > _FAR:
            yield run
            run = []
        run.append(_Item(match.start("mark"), match.end("mark"), sign, suspect, match["last"] == ":"))
    yield run


# ── numerals ─────────────────────────────────────────────────────────────────────────────────────────────────────

# "HI. TIÊU CHUẨN" is III, "VHI" VIII, "111." III; "IL Thời gian", "VI TRÁCH NHIỆM" have lost their point.
_NUMERAL = re.compile(r"([IVXLHTYUl1|]{1,6})(?:\s*([.,:;/)]|-(?=\s))\s*|\s+)(?=[^\W\d_])")
_MISREAD = str.maketrans({**dict.fromkeys("L1l|T", "I"), "Y": "V", "H": "II", "U": "II"})
_LONGEST, _SHORT = 110, 45
_FIGURE = re.compile(r"[\d|]")


def damaged_numeral(line: str, folded: str) -> Mark | None:
    """The Roman numeral that opens a heading and was badly read, known by the heading behind it.

    >>> from loaders.text import fold
    >>> [damaged_numeral(s, fold(s)).ordinal for s in ("HI. TIÊU CHUẨN", "IL Thời gian", "V, Tiêu chuẩn khen thưởng")]
    [3, 2, 5]
    >>> damaged_numeral("L Thành viên Tổ giúp việc", "l thanh vien to giup viec")
    """
    found = _NUMERAL.match(line)
    if not found or len(line) > _LONGEST or found[1] in ("1", "11"):
        return None
    ordinal = roman(found[1]) or roman(found[1].translate(_MISREAD))
    rest = line[found.end() :].rstrip(" *_")
    if ordinal is None or not rest[:1].isupper():
        return None
    in_capitals = capitals(rest)
    if not in_capitals and (
        rest.endswith((".", ";", ",")) or (not found[2] and (len(rest) > _SHORT or _FIGURE.search(rest)))
    ):
        return None  # "L1 Hồ sơ giải quyết đúng hạn đạt 99% trở lên"
    if not (in_capitals and found[2] and len(found[1]) > 1) and not opens_part(folded[found.end() :]):
        return None
    return Mark("roman", ordinal, found.end(), found[0].strip(), repaired=True)


def numerals_in_order(marks: list[Mark | None], titles: list[str], *, damaged: bool) -> dict[int, Mark]:
    """Roman, upper and decimal marks that those around them put right, by their place: "H." after "I." is II.

    Two headings "II." before a "IV." are II and III where the text shows other damage.
    """
    known = [(n, mark) for n, mark in enumerate(marks) if mark]
    romans = [n for n, mark in known if mark.style == "roman"]
    found: dict[int, Mark] = {}
    letters = sum(mark.style == "upper" for _, mark in known)
    last = 0
    for n, mark in known:
        told = mark.ordinal or 0
        if mark.style == "upper" and mark.printed[0] == "H" and last == 1 and letters == 1:
            found[n] = _as_roman(mark, 2)
        elif mark.path == (1,) and last == 0 and capitals(titles[n]):
            following = next((marks[m] for m in romans if m > n), None)
            if following and following.ordinal == 2:
                found[n] = _as_roman(mark, 1)
        elif mark.path == (11,) and last == 1 and capitals(titles[n]):
            found[n] = _as_roman(mark, 2)
        elif mark.style != "roman":
            continue
        last = found[n].ordinal or 0 if n in found else told if mark.style == "roman" else last
    if damaged or found:
        ordinals = [(n, found[n] if n in found else marks[n]) for n in sorted({*romans, *found})]
        for (_, a), (m, b), (_, c) in zip(ordinals, ordinals[1:], ordinals[2:], strict=False):
            if a and b and c and a.ordinal == b.ordinal and c.ordinal == (b.ordinal or 0) + 2:
                found[m] = _as_roman(b, (b.ordinal or 0) + 1)
    return found


def _as_roman(mark: Mark, ordinal: int) -> Mark:
    return Mark("roman", ordinal, mark.length, mark.printed, repaired=True)
