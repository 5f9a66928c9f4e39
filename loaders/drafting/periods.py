"""Periods and deadlines that run backwards."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from loaders.days import shown_day
from loaders.findings import Deadline, Doubt, Findings
from loaders.phrases import pattern, reading
from loaders.text import Text

_PERIOD = pattern(
    r"\b(?:giai đoạn|nhiệm kỳ|năm học|thời kỳ|từ)(?: từ)?(?: năm)? (?P<first>(?:19|20)\d\d) ?(?:-|–|—|đến|tới)(?: hết)?"
    r"(?: năm)? ?(?P<last>(?:19|20)\d\d)\b(?! ?[/.-]\d)"
)
_SENT_IN = pattern(r"\bhồ sơ\b[^.;]{0,120}\b(?:gửi|nộp|tiếp nhận)\b|\b(?:gửi|nộp|tiếp nhận)\b[^.;]{0,60}\bhồ sơ\b")
_HANDLED = pattern(r"\b(?:thẩm định|xét duyệt|bình xét|họp hội đồng|họp xét|(?<!tờ )trình(?! độ))\b")
_APART = 700  # characters; further on another dossier is meant
_LONG = 183  # days; "hồ sơ trước 10/12, trình trước 15/01 hằng năm" is the next January


def find_period_faults(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Periods whose last year comes first, and papers handled before they are due.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> text = Text.of("Kế hoạch thi đua giai đoạn 2026 - 2025, tổng kết giai đoạn 2021 - 2025")
    >>> [d.message for d in find_period_faults(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['năm cuối (2025) trước năm đầu (2026)']
    """
    for hit in reading(text).finditer(_PERIOD, 0, len(text.raw)):
        first, last = int(hit["first"] or 0), int(hit["last"] or 0)
        if last < first:
            message = f"năm cuối ({last}) trước năm đầu ({first})"
            yield Doubt(code="period-backwards", message=message, start=hit.start, end=hit.end)
    due = sorted(findings.deadlines, key=lambda one: one.start)
    for before, after in pairwise(due):
        if after.start - before.end <= _APART and _are_of_one_dossier(text, before, after):
            yield from _out_of_order(before, after)


def _are_of_one_dossier(text: Text, before: Deadline, after: Deadline) -> bool:
    """Whether one says when papers come in and the other when they are dealt with."""
    words = reading(text)
    if not words.search(_SENT_IN, before.start, before.end) or words.search(_HANDLED, before.start, before.end):
        return False
    again = words.search(_SENT_IN, after.start, after.end)
    return bool(words.search(_HANDLED, after.start, after.end)) and not again


def _out_of_order(before: Deadline, after: Deadline) -> Iterator[Doubt]:
    earlier, later = _day(before), _day(after)
    if earlier is None or later is None or bool(before.date) != bool(after.date):
        return
    if later < earlier and (earlier - later).days <= _LONG:
        message = f"hồ sơ nộp đến {_shown(before)}, mà xử lý đến {_shown(after)}"
        yield Doubt(code="deadlines-out-of-order", message=message, start=after.start, end=after.end)


def _day(one: Deadline) -> date | None:
    try:
        if one.date:
            return date.fromisoformat(one.date)
        return date.fromisoformat(f"{2024 + one.year_offset}-{one.month_day}") if one.month_day else None
    except ValueError:
        return None


def _shown(one: Deadline) -> str:
    return shown_day(one.date) if one.date else "/".join(reversed((one.month_day or "").split("-")))
