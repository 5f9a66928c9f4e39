"""Paragraphs and tables of an office document in reading order: which tables only hold columns, which hold data."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from loaders.formats.writer import Writer, is_rule
from loaders.text import fold


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's words, with PAGE where a page begins; `centred` lines that follow each other belong together."""

    words: str
    centred: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: what stands in it, and over how many columns."""

    blocks: tuple["Block", ...] = ()
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table's rows; `ruled` where lines are drawn between its cells, None where the file does not tell."""

    rows: list[list[Cell]] = field(default_factory=list)
    ruled: bool | None = None


Block = Paragraph | Table

_MOTTO = re.compile(r"c\w{1,3}ng\s+h\w{1,3}\s+x\w{1,2}\s+h\w{1,2}\s+ch\w{1,2}\s+ngh\w{1,3}|dang cong san viet nam")
_FOOT = re.compile(
    r"^[^\w\n]*n[o0]i nh\w{1,3}\b|^[^\w\n]*(?:tm|kt|tl|tuq|t/m|k/t)\s?[./]\s?[a-z]|\(\s*da ky\s*\)"
    r"|^[^\w\n]*chu tich\s*$|^[^\w\n]*(?:truong|pho) ban\s*$",
    re.MULTILINE,
)


def has_motto(words: str) -> bool:
    """Whether the words hold the line that heads a document of the State or of the Party.

    >>> has_motto("UBND TỈNH NINH BÌNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    True
    """
    return bool(_MOTTO.search(fold(words)))


def is_foot(words: str) -> bool:
    """Whether the words are of the foot of a document: recipients or signature."""
    return bool(_FOOT.search(fold(words)))


def words_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of every paragraph, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.words
        else:
            for row in block.rows:
                for cell in row:
                    yield from words_of(cell.blocks)


def changed(blocks: Iterable[Block], change: Callable[[str], str]) -> Iterator[Block]:
    """The blocks with the words of every paragraph changed."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield replace(block, words=change(block.words))
        else:
            rows = [[replace(cell, blocks=tuple(changed(cell.blocks, change))) for cell in row] for row in block.rows]
            yield replace(block, rows=rows)


def write(blocks: Iterable[Block], writer: Writer, *, close: bool = False) -> None:
    """Writes the blocks; `close` leaves no empty lines between paragraphs, as in the columns of a head.

    >>> left, right = Cell((Paragraph("UBND XÃ A"), Paragraph("Số: 1/KH-UBND"))), Cell((Paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),))
    >>> writer = Writer()
    >>> write([Table([[left, right]]), Paragraph("KẾ HOẠCH", True), Paragraph("Thi đua", True)], writer)
    >>> print(writer.text().raw, end="")
    UBND XÃ A
    Số: 1/KH-UBND
    <BLANKLINE>
    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    <BLANKLINE>
    KẾ HOẠCH
    Thi đua
    """  # noqa: E501
    first, centred = True, False
    for block in blocks:
        if isinstance(block, Paragraph):
            writer.paragraph(block.words, tight=not first and (close or (centred and block.centred)))
            if block.words.strip():  # a rule of dashes closes the title above it
                first, centred = False, block.centred and not is_rule(block.words)
        else:
            _write_table(block, writer)
            first, centred = False, False


def _write_table(table: Table, writer: Writer) -> None:
    width = max((sum(cell.span for cell in row) for row in table.rows), default=0)
    words = "\n".join(words_of([table]))
    if width <= 1:
        for row in table.rows:
            for cell in row:
                write(cell.blocks, writer)
    elif width <= 6 and len(table.rows) <= 12 and (has_motto(words) or (not table.ruled and is_foot(words))):
        for start, end in _bands(table):
            for column in range(width):
                found = [cell for row in table.rows[start:end] for cell in _starting_at(row, column)]
                write([block for cell in found for block in cell.blocks], writer, close=True)
    elif _holds_pages(table) or (not table.ruled and len(table.rows) == 1):
        for row in table.rows:
            for cell in row:
                write(cell.blocks, writer)
    else:
        for row in table.rows:
            writer.row([part for cell in row for part in _parts(cell)])


def _bands(table: Table) -> Iterator[tuple[int, int]]:
    """Runs of rows read column by column; a row that is one cell (the title under the head) stands for itself."""
    start = 0
    for index, row in enumerate(table.rows):
        filled = [cell for cell in row if any(words.strip() for words in words_of(cell.blocks))]
        if len(filled) == 1 and filled[0].span > 1 and len(row) == 1:
            if start < index:
                yield start, index
            yield index, index + 1
            start = index + 1
    if start < len(table.rows):
        yield start, len(table.rows)


def _starting_at(row: list[Cell], column: int) -> Iterator[Cell]:
    at = 0
    for cell in row:
        if at == column:
            yield cell
        at += cell.span


def _holds_pages(table: Table) -> bool:
    """Whether a table only places things on a page: a table in a cell, or a cell with the length of a document."""
    cells = [cell for row in table.rows for cell in row]
    if any(isinstance(block, Table) for cell in cells for block in cell.blocks):
        return True
    return len(table.rows) <= 3 and any(len(cell.blocks) > 25 for cell in cells)


def _parts(cell: Cell) -> list[str]:
    return ["\n".join(words_of(cell.blocks)), *[""] * (cell.span - 1)]
