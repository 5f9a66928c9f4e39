"""Conditions tied to a year that is not, or not all of, the year the movement is for."""

from collections.abc import Iterator

from loaders.findings import Criterion, Doubt, Findings
from loaders.phrases import pattern, reading
from loaders.text import Text

_YEAR = pattern(r"(?<!tháng \d )(?<!tháng \d\d )\bnăm (?P<year>20\d\d)\b(?! ?[-–] ?20)")
_SPAN = pattern(r"\bgiai đoạn\b|\b20\d\d ?[-–] ?20\d\d\b")
_INDEX = pattern(r"\b(?:chỉ số|par index|papi|sipas)\b")
_COMPARES = pattern(r"\b(?:so với|hơn|cao hơn|bằng)\b")  # "tăng 02 bậc so với năm 2023"
_NEAR = 80  # how far the year of an index stands from the word


def find_year_faults(text: Text, findings: Findings) -> Iterator[Doubt]:
    """A condition of one year in a movement of several, and an index of another year than the movement's.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> raw = "KẾ HOẠCH\\nPhát động phong trào thi đua năm 2024\\n\\nI. TIÊU CHUẨN KHEN THƯỞNG\\n"
    >>> text = Text.of(raw + "1. Tập thể: Chỉ số cải cách hành chính năm 2023 đạt từ loại Khá trở lên.")
    >>> [fault.code for fault in find_year_faults(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['index-of-another-year']
    """
    movement = findings.movement
    if movement is None:
        return
    last = int(movement.until[:4]) if movement.until else movement.year
    if last is None:
        return
    first = int((movement.from_ or findings.document.date or movement.until or f"{last}")[:4])
    for criterion in findings.criteria:
        if first < last:
            yield from _of_one_year(text, criterion, first, last)
        else:
            yield from _of_another_year(text, criterion, last)


def _of_one_year(text: Text, criterion: Criterion, first: int, last: int) -> Iterator[Doubt]:
    words = reading(text)
    if words.search(_SPAN, criterion.start, criterion.end):
        return
    named = {int(hit["year"] or 0) for hit in words.finditer(_YEAR, criterion.start, criterion.end)}
    if named and first <= max(named) < last:
        message = f"Điều kiện chỉ nêu năm {max(named)}, phong trào kéo dài đến năm {last}"
        yield Doubt(code="condition-of-one-year", message=message, start=criterion.start, end=criterion.end)


def _of_another_year(text: Text, criterion: Criterion, year: int) -> Iterator[Doubt]:
    words = reading(text)
    for hit in words.finditer(_YEAR, criterion.start, criterion.end):
        named = int(hit["year"] or 0)
        before = max(criterion.start, hit.start - _NEAR)
        compared = words.search(_COMPARES, max(criterion.start, hit.start - 12), hit.start)
        if named < year and not compared and words.search(_INDEX, before, hit.start):
            message = f"Điều kiện tính theo chỉ số năm {named}, phong trào của năm {year}"
            yield Doubt(code="index-of-another-year", message=message, start=criterion.start, end=criterion.end)
            return
