"""The radar as rows of a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from loaders.csvcells import safe_cell
from loaders.days import shown_day
from queryapi.radar import Alerted

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


def cells(one: Alerted) -> list[object]:
    """One alert as a row."""
    return [
        one.severity_label,
        one.kind_label,
        one.document.number,
        one.document.issuer,
        one.province,
        shown_day(one.document.date),
        one.cited_number or one.cited,
        one.words,
        one.pinpoint,
        one.verdict_label,
        shown_day(one.changed_on),
        one.reason,
        one.replaced_by_number,
        one.hint,
        one.document.iri,
    ]


def text(rows: Iterable[Alerted], language: str) -> str:
    """The whole as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings(language))
    writer.writerows([safe_cell(value) for value in cells(one)] for one in rows)
    return out.getvalue()
