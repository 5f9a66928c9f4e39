"""The radar as rows of a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from loaders.csvcells import safe_cell
from loaders.days import shown_day
from loaders.law.register import register
from queryapi.radar import Alerted, label

COLUMNS = (
    ("Mức độ", "Severity"),
    ("Loại", "Kind"),
    ("Số", "Number"),
    ("Cơ quan ban hành", "Issuer"),
    ("Tỉnh", "Province"),
    ("Ngày", "Date"),
    ("Điều đã đổi", "Concerns"),
    ("Nguyên văn", "Words"),
    ("Điều khoản", "Pinpoint"),
    ("Tình trạng", "Verdict"),
    ("Từ ngày", "Changed on"),
    ("Lý do", "Reason"),
    ("Thay bằng", "Replaced by"),
    ("Suy luận", "Hint"),
    ("Văn bản (IRI)", "Document (IRI)"),
)


def headings(language: str) -> list[str]:
    """The names of the columns."""
    return [vi if language == "vi" else en for vi, en in COLUMNS]


def cells(one: Alerted, language: str = "vi") -> list[object]:
    """One alert as a row; days as the language writes them."""
    return [
        label("severity", one.severity, language),
        label("alert", one.kind, language),
        one.document.number,
        one.document.issuer,
        one.province,
        day(one.document.date, language),
        one.cited_number or one.cited,
        one.words,
        one.pinpoint,
        label("verdict", one.verdict, language),
        day(one.changed_on, language),
        one.alert_en or one.reason if language == "en" else one.reason,
        one.replaced_by_number,
        hint(one, language),
        one.document.iri,
    ]


def day(written: str | None, language: str) -> str | None:
    """
    >>> day("2024-01-31", "vi"), day("2024-01-31", "en"), day(None, "vi")
    ('31/01/2024', '2024-01-31', None)
    """
    return shown_day(written) if written and language == "vi" else written


def hint(one: Alerted, language: str) -> str | None:
    """The form that took over; the store has it in Vietnamese, the register in both languages."""
    if language == "vi" or not one.hint or not one.pinpoint:
        return one.hint
    for on in (one.document.date, None):
        found = register().form_successor(one.pinpoint, one.cited, on)
        if found and found.text == one.hint:
            return found.text_en
    return one.hint


def text(rows: Iterable[Alerted], language: str) -> str:
    """The whole as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings(language))
    writer.writerows([safe_cell(value) for value in cells(one, language)] for one in rows)
    return out.getvalue()
