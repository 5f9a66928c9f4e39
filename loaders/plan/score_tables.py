"""Criteria in a table: a row for each, with the points it carries."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.findings import Criterion
from loaders.phrases import pattern, reading
from loaders.plan.clauses import Clause, kind_above, kind_of, tidy, title_words
from loaders.plan.conditions import split
from loaders.plan.criterion import criterion
from loaders.plan.tables import Table
from loaders.structure.marks import capitals
from loaders.text import Text

_WHOM = pattern(r"(?:đối với|cho|dành cho|của) (?P<whom>.+)$")
_TOTAL = pattern(r"(?:tổng|cộng|điểm (?:thưởng|trừ|cộng))\b")
_GROUP = re.compile(r"(?:[IVX]{1,4}|[A-HĐ])\.?$")
_POINTS = pattern(r"(?:tối đa |không quá )?(?P<points>\d{1,4}(?:[.,]\d{1,2})?)(?: ?điểm)?\W*$")


def criteria_in(text: Text, table: Table, year: int | None) -> Iterator[Criterion]:
    """The rows of a table of criteria, each with the points it carries left where they are printed."""
    if {"recipients", "appendix", "dossier", "quota"} & set(table.roles):
        return
    points = table.column(
        r"\bdiem (?:chuan|toi da|quy dinh|so)|thang diem|\bso diem", r"\bdiem\b(?! (?:tu|thuc|tham|dat))", r"\bdiem\b"
    )
    column = table.column(r"\b(?:tieu chi|tieu chuan|dieu kien)\b")
    if column is None and (points is not None or "criteria" in table.roles):
        column = table.column(r"noi dung|chi tieu|nhiem vu")
    if column is None or not (points is not None or "criteria" in table.roles or table.head[column].words):
        return
    kind = kind_above(text, (*table.above, table.section)) or _kind_before(text, table)
    numbered = any(row and row[0].text.strip(".").isdigit() for row in table.rows)
    for row in table.rows:
        cell = row[column] if column < len(row) else None
        if cell is None or len(cell.text) < 8 or _TOTAL.match(cell.words) or capitals(cell.text):
            continue
        if numbered and column and _GROUP.match(row[0].text):
            continue  # "I | Công tác chỉ đạo, điều hành | 30" heads the rows below it
        label = f"{table.section.label}.{row[0].text.strip('. ')}" if column and row[0].text else table.section.label
        clause = Clause(table.section, table.above, cell.start, cell.end, kind)
        given = _POINTS.match(row[points].words) if points is not None and points < len(row) else None
        worth = _number(given["points"]) if given else None
        for piece in split(text, cell.start, cell.end, False):
            a, b = tidy(text, piece.start, piece.end)
            if b - a >= 8:
                found = criterion(text, clause, a, b, piece.polarity, piece.any_of, year)
                yield replace(found, label=label or None, points=worth)
                worth = None  # the points stand for the row, not for each of its sentences


def _number(printed: str) -> float | int:
    value = float(printed.replace(",", "."))
    return int(value) if value.is_integer() else value


def _kind_before(text: Text, table: Table) -> str | None:
    """Whom the sentence before a table speaks of: "Mỗi đơn vị được chấm theo thang điểm 100"."""
    for section in reversed(table.above):
        whom = _WHOM.search(title_words(text, section))
        if whom and (named := kind_of(whom["whom"])) in ("collective", "individual"):
            return named
    parent = table.above[-1] if table.above else None
    before = [child for child in parent.children if child.end <= table.section.start] if parent else []
    if not before:
        return None
    kind = kind_of(re.sub(r"^moi ", "", reading(text).between(before[-1].text_start, before[-1].text_end)))
    return kind if kind in ("collective", "individual", "both") else None
