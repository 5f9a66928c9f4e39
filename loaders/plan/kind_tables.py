"""Criteria in a table that has a column for collectives and one for persons: each cell is a condition of its own."""

from collections.abc import Iterator
from dataclasses import replace

from loaders.findings import Criterion
from loaders.plan.clauses import Clause, kind_of, tidy
from loaders.plan.conditions import split
from loaders.plan.criterion import criterion
from loaders.plan.tables import Cell, Table
from loaders.text import Text

_SHORTEST = 4  # "Tốt" and a tick say nothing by themselves
_OTHER = frozenset({"recipients", "appendix", "dossier", "quota", "awards", "contents", "targets", "deadlines"})


def criteria_by_kind(text: Text, table: Table, year: int | None) -> Iterator[Criterion]:
    """The cells under "Tập thể" and "Cá nhân", where the first column names what is asked.

    >>> from loaders.structure.outline import outline
    >>> from loaders.plan.tables import find_tables
    >>> t = Text.of("I. TIÊU CHUẨN\\n| Tiêu chí | Tập thể | Cá nhân |\\n| Kỷ luật | Không ai vi phạm | Gương mẫu |")
    >>> [(c.kind, c.polarity, c.text) for c in criteria_by_kind(t, find_tables(t, outline(t))[0], None)]
    [('collective', 'bar', 'Không ai vi phạm'), ('individual', 'merit', 'Gương mẫu')]
    """
    named = table.column(r"\b(?:tieu chi|tieu chuan|dieu kien|noi dung|yeu cau)\b")
    columns = [(n, kind) for n, cell in enumerate(table.head) if n != named and (kind := _kind(cell))]
    if named is None or len(columns) < 2 or ("criteria" not in table.roles and _OTHER & set(table.roles)):
        return
    if "criteria" not in table.roles and "tieu" not in table.head[named].words:
        return
    for row in table.rows:
        for column, kind in columns:
            if column < len(row) and len(row[column].text) >= _SHORTEST and not row[column].text.strip(" .").isdigit():
                yield from _of_cell(text, table, row[named] if named < len(row) else None, row[column], kind, year)


def _kind(head: Cell) -> str | None:
    """Whose column it is: "Tập thể", "Đối với cá nhân", "Cá nhân (công chức)"; a number of them is no condition."""
    words = head.words.removeprefix("doi voi ")
    if not words.startswith(("tap the", "ca nhan", "don vi", "co quan")) or len(words) > len(
        "tap the lao dong xuat sac tieu bieu"
    ):
        return None
    kind = kind_of(words)
    return kind if kind in ("collective", "individual") else None


def _of_cell(
    text: Text, table: Table, asked: Cell | None, cell: Cell, kind: str, year: int | None
) -> Iterator[Criterion]:
    clause = Clause(table.section, table.above, cell.start, cell.end, kind)
    for piece in split(text, cell.start, cell.end, False):
        a, b = tidy(text, piece.start, piece.end)
        if b - a < _SHORTEST:
            continue
        found = criterion(text, clause, a, b, piece.polarity, piece.any_of, year)
        if found.threshold and not found.threshold.measure and asked and asked.text:
            found = replace(found, threshold=replace(found.threshold, measure=" ".join(asked.text.split())))
        yield replace(found, label=table.section.label or None)
