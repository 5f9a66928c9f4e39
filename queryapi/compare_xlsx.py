"""The comparison as a workbook: the table with the words as notes, and a sheet of the words alone."""

from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from queryapi.compare import Comparison

_NOTE = 1000  # characters of a note: a long clause stands whole on the second sheet
_CREATED = datetime(2000, 1, 1)  # the same table, the same bytes


def write_xlsx(comparison: Comparison, stream: BinaryIO, *, english: bool = False) -> None:
    """Write the workbook. Every cell is text: nothing in a document becomes a formula."""
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "So sánh kế hoạch thi đua", "created": _CREATED})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE7F0", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    table = book.add_worksheet("Compare" if english else "So sánh")
    table.freeze_panes(1, 1)
    table.set_column(0, 0, 28)
    table.set_column(1, max(1, len(comparison.plans)), 42)
    table.write_string(0, 0, "Aspect" if english else "Khía cạnh", head)
    for column, plan in enumerate(comparison.plans, 1):
        table.write_string(0, column, plan.name, head)
    for line, row in enumerate(comparison.rows, 1):
        table.write_string(line, 0, row.label.en if english else row.label.vi, head)
        for column, cell in enumerate(row.cells, 1):
            table.write_string(line, column, cell.value, body)
            words = "\n".join(dict.fromkeys(piece.words for piece in cell.pieces if piece.words))
            if words:
                table.write_comment(line, column, words[:_NOTE], {"x_scale": 3, "y_scale": 2})
    _write_words(book.add_worksheet("Words" if english else "Nguyên văn"), comparison, head, body, english)
    book.close()


def _write_words(sheet: Any, comparison: Comparison, head: Any, body: Any, english: bool) -> None:
    headings = (
        ("Aspect", "Plan", "Value", "Position on its scale (0–100)", "Words", "From", "To")
        if english
        else ("Khía cạnh", "Kế hoạch", "Giá trị", "Vị trí trên thang riêng (0–100)", "Nguyên văn", "Từ ký tự", "Đến")
    )
    write, number = sheet.write_string, sheet.write_number  # xlsxwriter has no types
    for column, heading in enumerate(headings):
        write(0, column, heading, head)
    line = 1
    for row in comparison.rows:
        for plan, cell in zip(comparison.plans, row.cells, strict=True):
            for piece in cell.pieces:
                write(line, 0, row.label.en if english else row.label.vi, body)
                write(line, 1, plan.name, body)
                write(line, 2, piece.value, body)
                if piece.position is not None:
                    number(line, 3, piece.position, body)
                write(line, 4, piece.words or "", body)
                for column, place in ((5, piece.start), (6, piece.end)):
                    if place is not None:
                        number(line, column, place, body)
                line += 1
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, 2, 36)
    sheet.set_column(4, 4, 90)
    sheet.freeze_panes(1, 0)
