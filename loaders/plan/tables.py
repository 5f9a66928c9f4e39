"""Tables as a page prints them in text: rows between bars or apart by tabs, cells with their places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.plan.clauses import tidy
from loaders.structure.outline import Section, outline, walk
from loaders.text import Text, fold, once


class Cell(NamedTuple):
    """The words of one cell and their place; empty where the cell is."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """Lower case without marks, single spaces."""
        return " ".join(fold(self.text).replace("*", "").split())


class Table(NamedTuple):
    """Rows under one heading; `head` is the first where it is a header, with `rows` what follows it."""

    section: Section
    above: tuple[Section, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def roles(self) -> tuple[str, ...]:
        return self.section.roles

    def column(self, *wordings: str) -> int | None:
        """The first column whose head has one of the wordings (patterns without marks)."""
        for wording in wordings:
            for index, cell in enumerate(self.head):
                if re.search(wording, cell.words):
                    return index
        return None


_RULE = re.compile(r"[\s:|\-–—=+]*$")
_NUMBERS = re.compile(r"[\d\s.,%]*$")


def find_tables(text: Text, root: Section) -> tuple[Table, ...]:
    """Every table, in page order. A row that prints the header again is left out.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. TIÊU CHÍ\\n| TT | Tiêu chí | Điểm |\\n|---|---|---|\\n| 1 | Đoàn kết | 10 |")
    >>> [[c.text for c in row] for table in find_tables(t, outline(t)) for row in table.rows]
    [['1', 'Đoàn kết', '10']]
    """
    return _tables(text) if root is outline(text) else tuple(_below(text, root))


@once
def _tables(text: Text) -> tuple[Table, ...]:
    return tuple(_below(text, outline(text)))


def _below(text: Text, root: Section) -> Iterator[Table]:
    rows: list[tuple[Cell, ...]] = []
    place: tuple[Section, tuple[Section, ...]] | None = None
    for section, above in walk(root):
        if section.style == "table":
            place = place or (section, above)
            if not _RULE.match(text.raw, section.text_start, section.text_end):
                rows.append(_cells(text, section))
            continue
        if place:
            if rows:
                yield _table(place, rows)
            rows, place = [], None
    if place and rows:
        yield _table(place, rows)


def _table(place: tuple[Section, tuple[Section, ...]], rows: list[tuple[Cell, ...]]) -> Table:
    head = rows[0]
    headed = len(rows) > 1 and not any(cell.text and _NUMBERS.match(cell.text) for cell in head)
    if not headed:
        return Table(*place, (), tuple(rows))
    names = [cell.words for cell in head]
    return Table(*place, head, tuple(row for row in rows[1:] if [cell.words for cell in row] != names))


def _cells(text: Text, section: Section) -> tuple[Cell, ...]:
    start, end = section.start, section.text_end
    while start < end and text.raw[start].isspace():
        start += 1
    bars = text.raw[start] == "|"
    spans, at = [], start
    for match in re.finditer(r"\||$" if bars else r"\t|$", text.raw[start:end]):
        spans.append((at, start + match.start()))
        at = start + match.end()
    if bars:
        spans = spans[1:-1] if not text.raw[slice(*spans[-1])].strip() else spans[1:]
    return tuple(Cell(text.raw[a:b], a, b) for a, b in (tidy(text, *span) for span in spans))
