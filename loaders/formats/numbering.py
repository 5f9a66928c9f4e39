"""Automatic numbering of Word: the label that Word prints before a paragraph, from numbering.xml."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loaders.formats.wordxml import attribute, child, children, integer, setting

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLETS = "-–—+*•●▪◦○§·■□➢✓✔❖\uf0b7\uf0a7\uf0d8\uf02d"
_MOST_LEVELS = 9
_LONGEST = 60  # signs of a label: "Điều 12." and its like; a pattern of a thousand "%1" would make a book of a page


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass
class _List:
    """A w:num: its abstract list, its levels, and the starts it overrides."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def number_in(form: str, value: int) -> str:
    """A number as Word prints it in one of its number formats.

    >>> [number_in(f, 4) for f in ("decimal", "upperRoman", "lowerLetter", "decimalZero", "none")]
    ['4', 'IV', 'd', '04', '']
    >>> number_in("lowerLetter", 28), number_in("ordinal", 2)
    ('bb', '2')
    """
    if form in ("none", "bullet") or value < 0:
        return ""
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        printed = ""
        for worth, sign in _ROMAN:
            printed, value = printed + sign * (value // worth), value % worth
        return printed.upper() if form == "upperRoman" else printed
    if form in ("upperLetter", "lowerLetter") and 0 < value <= 26 * 20:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)


class Numbering:
    """The lists of a document, counting as its paragraphs go by."""

    def __init__(self, root: "_Element | None") -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def level_of(self, number_id: str, style: str | None) -> int:
        """The level that a list keeps for a paragraph style, 0 where it keeps none."""
        found = self._lists.get(number_id)
        levels = found.levels.items() if found else ()
        return next((depth for depth, level in levels if style and level.style == style), 0)

    def label(self, number_id: str, depth: int) -> str:
        """The label of the next paragraph of a list at a level, with the blank after it; "" where it has none."""
        found = self._lists.get(number_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if depth in found.starts and (number_id, depth) not in self._seen:
            self._seen.add((number_id, depth))
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [other for other in counts if other > depth]:
            below = found.levels.get(deeper)
            if below is None or below.restart is None or (below.restart and depth < below.restart):
                del counts[deeper]
        printed = self._printed(found, level, depth, counts)
        return printed + ("" if level.suffix == "nothing" else " ") if printed else ""

    def _printed(self, found: _List, level: _Level, depth: int, counts: dict[int, int]) -> str:
        if level.format == "bullet":
            sign = level.text.strip()[:1]
            return sign if sign in _BULLETS and sign else "•" if sign else ""

        def value(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            of = found.levels.get(other, _Level())
            if other <= depth and other not in counts:  # a level that was skipped counts as begun
                counts[other] = found.starts.get(other, of.start)
            return number_in("decimal" if level.legal and of.format != "none" else of.format, counts.get(other, 0))

        return re.sub(r"%([1-9])", value, level.text[:_LONGEST]).strip()[:_LONGEST]

    def _read(self, root: "_Element") -> None:
        abstracts = {attribute(el, "abstractNumId"): el for el in children(root, "abstractNum")}
        linked = {setting(el, "styleLink"): el for el in abstracts.values() if setting(el, "styleLink")}
        for element in children(root, "num"):
            abstract = abstracts.get(setting(element, "abstractNumId"))
            if abstract is None:
                continue
            abstract = linked.get(setting(abstract, "numStyleLink") or "", abstract)
            made = _List(attribute(abstract, "abstractNumId") or "")
            self._take_levels(made, abstract)
            for override in children(element, "lvlOverride"):
                depth = integer(attribute(override, "ilvl"), 0)
                self._take_levels(made, override)
                start = setting(override, "startOverride")
                if start is not None:
                    made.starts[depth] = integer(start, 1)
            self._lists[attribute(element, "numId") or ""] = made

    @staticmethod
    def _take_levels(made: _List, element: "_Element") -> None:
        for level in children(element, "lvl"):
            depth = integer(attribute(level, "ilvl"), 0)
            legal = child(level, "isLgl")
            restart = setting(level, "lvlRestart")
            if 0 <= depth < _MOST_LEVELS:
                made.levels[depth] = _Level(
                    start=integer(setting(level, "start"), 0 if setting(level, "start") is None else 1),
                    format=setting(level, "numFmt") or "decimal",
                    text=setting(level, "lvlText") or "",
                    suffix=setting(level, "suff") or "tab",
                    restart=integer(restart, 0) if restart is not None else None,
                    legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
                    style=setting(level, "pStyle"),
                )
