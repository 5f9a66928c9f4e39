"""Dated expressions with their boundary: "trước ngày 05/12 hàng năm", "đến hết ngày 31/12/2024", "trong Quý I/2024"."""

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from loaders.dates import FoundDate, find_dates, iso
from loaders.needles import needles
from loaders.phrases import Hit, Reading, pattern, reading
from loaders.plan.anchors import places, tried
from loaders.text import Text, once


class Bound(NamedTuple):
    """A date or a yearly month-day with how it bounds: before, by, until, within, or from.

    `start` is where the boundary words begin, `value_start` the date itself, `end` after "hàng năm" and the like.
    """

    start: int
    value_start: int
    end: int
    boundary: str
    date: str | None = None
    month_day: str | None = None
    recurrence: str | None = None
    year_offset: int = 0
    day: int | None = None  # of every month, or of the last month of every quarter


class _Value(NamedTuple):
    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    span: str = "day"  # day, month, quarter or year; monthly or quarterly where only a day of the month is named


# what must not stand before a number of one or two digits is looked for behind its first: places are passed by digits
_SHORT = pattern(
    r"(?P<day>[0-9](?<![\d/.,-]\d)\d?) ?(?P<sep>[/.-]) ?(?P<month>\d{1,2})(?!"
    r" ?[/.-] ?\d|[\d%]|[,.]\d| (?:tổng|số (?!\d)|trong số|lần|mức))"  # "không quá 1/3 tổng số tập thể"
)
_DAY_BEFORE = pattern(r"\bng[a-z&]{1,3}y $")
# "trước ngày 25 hằng tháng", "ngày 15 của tháng cuối quý", "ngày 20 tháng cuối mỗi quý"
_OFTEN = pattern(
    r"\bngày (?P<day>\d{1,2}),? (?:của )?(?:(?P<month>(?:hàng|hằng|mỗi) tháng)|tháng cuối (?:của )?(?:mỗi |từng |hằng "
    r"|hàng )?quý)\b"
)
# "hằng tháng gửi báo cáo trước ngày 25": the day after the words that say how often
_OFTEN_FIRST = pattern(r"\b(?:hàng|hằng|mỗi) tháng\b[^.;]{0,60}?\b(?P<day>ngày (?P<n>\d{1,2}))(?! ?(?:tháng|[/.-])|\d)")
_OF_YEAR = pattern(r"^,? (?:của )?năm (?P<year>20\d\d)\b")  # "đến hết ngày 31/12 năm 2026"
_SHORT_WORDS = pattern(r"\bng[a-z&]{1,3}y (?P<day>\d{1,2}) tháng (?P<month>\d{1,2})\b(?! n[a-z&]{1,2}m (?:19|20)\d\d)")
_QUARTER = pattern(
    r"\bqu[yi] ?(?P<quarter>iv|1v|i{1,3}|1{1,3}|l{1,3}|[2-4])\b ?(?:[/,-]|năm|n[a-z&]{1,2}m)? ?(?P<year>20\d\d)?"
)
_MONTH = pattern(r"(?<!ngay )\btháng (?P<month>1[0-2]|0?[1-9])\b ?(?:[/.-]|năm|n[a-z&]{1,2}m) ?(?P<year>20\d\d)\b")
_MONTH_OPENS = pattern(
    r"(?<=từ )(?:đầu )?tháng (?P<month>1[0-2]|0?[1-9])\b(?= ?(?:[-–]|đến|tới))"
)  # "từ tháng 3 đến …"
_MONTH_YEARLY = pattern(r"(?<!\d )\btháng (?P<month>1[0-2]|0?[1-9])\b(?= (?:hàng|hằng|mỗi) năm)")
_YEAR_END = pattern(r"\b(?:hết|cuối) năm (?P<year>20\d\d)\b")
# what begins such dates, tried only there: "tháng 3", "quý I"
_MONTH_TOLD = re.compile(r"thang (?=\d)")
_QUARTER_TOLD = re.compile(r"qu[yi] ?[ivl1-4]")
_DAY_REACH = 10  # how far before its month a day begins: "ngày 15 tháng 6"

_HOUR = (
    r"(?:\d{1,2} ?(?:h|g|giờ|:) ?(?:\d{1,2})?(?: phút)?,? ?)?"
    r"(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật),? ?)?(?:\(?thứ [a-z]+\)?,? ?)?(?:ngày )?"
)
# "trước 17 giờ ngày 15/12": what comes that morning is in time; "trước 0 giờ" is before the day
_BEFORE_HOUR = pattern(r"\btr[a-z]{2,4} (?:ngày )?(?!00? ?(?:h|g|giờ|:))\d{1,2} ?(?:h|g|giờ|:)[^;.]{0,20}$")
_LEFT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("by", pattern(
        rf"(?:chậm nhất|muộn nhất|không muộn hơn|không quá|hạn cuối(?: cùng)?|thời hạn(?: cuối)?|hạn"
        rf" chót)(?: (?:tiếp nhận|nhận|nộp|gửi|đăng ký|trình)(?: (?:hồ sơ|báo cáo|bài|đăng ký|sản phẩm))?)?"
        rf"(?: (?:là|đến|vào|trong|hết|trước|ngày))*:? {_HOUR}$")),
    ("before", pattern(rf"(?:\bđến )?\b(?:trước|tru[a-z]{{1,3}})(?: (?:ngày|ng[a-z&]{{1,3}}y|thời điểm))? {_HOUR}$")),
    ("until", pattern(r"\bkết thúc(?: (?:vào|trong|trước|ngày|hết))*:? $")),
    ("from", pattern(rf"(?<![/\w-])(?:kể )?(?:từ|bắt đầu từ|bắt đầu)(?: (?:ngày|đầu|lúc))? {_HOUR}$")),
    ("until", pattern(rf"\b(?:cho )?(?:đến hết|đến|tới|hết)(?: (?:ngày|hết|cuối))? {_HOUR}$")),
    ("within", pattern(r"\b(?:trong|vào|xong|khoảng|dịp)(?: (?:đầu|giữa|cuối|ngày|thời gian|khoảng|buổi|sáng"
        r"|chiều))? $")),
)  # fmt: skip
_LED = tuple((boundary, form, needles(form) or ("",)) for boundary, form in _LEFT)  # and what none can do without
# "Tổng kết: tháng 12/2026", "Tháng 3/2026: phát động": a month or a quarter bounds by itself
_NAMED_TIME = pattern(r"(?:^[^a-z0-9]*|: ?|\| ?)$")
_AMONG = pattern(r"không quá (?:\d|$)")  # "không quá 1/3" is a share

_JOINED = pattern(r"^ ?(?:\([^)]{0,60}\) ?)?(?:và|,|;|hoặc|và trước|và ngày) ?(?:ngày )?$")
_YEARLY = pattern(r"^[ ,]*(?:hàng|hằng|mỗi) năm\b")
_NEXT_YEAR = pattern(
    r"^[ ,]*(?:của )?năm (?:liền kề|liền sau|sau|kế tiếp|tiếp theo|kế sau)(?: (?:liền kề|năm"
    r" [a-z]+ [a-z]+|của năm [a-z]+ [a-z]+))?"
)
_YEAR_BEFORE = pattern(r"^[ ,]*(?:của )?năm (?:trước|liền trước)\b")
_EVERY_YEAR = ((_YEARLY, 0), (_NEXT_YEAR, 1), (_YEAR_BEFORE, -1))  # and how many years after the campaign's
_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "11": 2,
    "111": 3,
    "1v": 4,
    "l": 1,
    "ll": 2,
    "lll": 3,
    "2": 2,
    "3": 3,
    "4": 4,
}


def find_bounds(text: Text, start: int, end: int) -> list[Bound]:
    """Dated expressions between two places, in order; a date without boundary words is none.

    >>> t = Text.of("gửi về Sở trước ngày 15/6 và ngày 15/12 hàng năm; xong trong Quý I/2024; căn cứ ngày 01/02/2024")
    >>> [(b.boundary, b.date or b.month_day) for b in find_bounds(t, 0, len(t.raw))]
    [('before', '06-15'), ('before', '12-15'), ('within', '2024-03-31')]
    """
    values = _values(text, start, end)
    if not values:
        return []
    words = reading(text)
    found: list[Bound] = []
    previous: _Value | None = None
    spans = _spans(words, values) if len(values) > 1 else {}
    for value in values:
        left = words.words[max(words.offset(start), words.offset(value.start) - 60) : words.offset(value.start)]
        boundary, opens = _boundary(left, value)
        if value.start in spans:
            value, dashed = spans[value.start]
            if dashed == "from" and boundary in (None, "within") and _NAMED_TIME.search(left):
                boundary = "from"  # "Thời gian: 01/01/2026 - 31/12/2026"
            elif dashed == "until" and boundary is None and found and found[-1].boundary == "from":
                boundary = "until"
        if (
            boundary is None
            and previous is not None
            and found
            and _JOINED.match(words.between(previous.end, value.start))
        ):
            boundary, opens = found[-1].boundary, ""
        if boundary is None:
            continue
        previous = value
        begin = words.place(words.offset(value.start) - len(opens)) if opens else value.start
        found.append(_bound(words, value, boundary, begin, end))
    return _share_recurrence(found, text)


_THROUGH = pattern(rf"^,? ?(?:[-–] ?|(?:cho )?(?:đến|tới) (?:hết |trước |cuối )*{_HOUR})$")
_DASH = pattern(r"^ ?[-–] ?$")


def _spans(words: Reading, values: list[_Value]) -> dict[int, tuple[_Value, str]]:
    """Dates around a dash, or sharing a year that is given once, by their places; which side of the dash each is.

    "01/01/2026 - 31/12/2026", "từ 01/3 đến 15/10/2024", "từ tháng 11 đến tháng 3/2026".
    """
    found: dict[int, tuple[_Value, str]] = {}
    for first, last in pairwise(values):
        if last.year is None or not first.month or last.start - first.end > 40:
            continue
        between = words.between(first.end, last.start)
        if not _THROUGH.match(between):
            continue
        dashed = _DASH.match(between) is not None
        if first.year is None:
            later = (first.month, first.day or 0) > (last.month or 12, last.day or 31)
            first = first._replace(year=last.year - later)
        found[first.start] = first, "from" if dashed else ""
        if dashed:
            found[last.start] = last, "until"
    return found


def find_impossible(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """Where a day is printed that no calendar has: a whole date, or one of every year that bounds something.

    >>> t = Text.of("gửi trước ngày 31/4 hàng năm, xong trước ngày 30/02/2026, đạt 31/4 tiêu chí, ngày 29/02/2024")
    >>> [t.raw[a:b] for a, b in find_impossible(t, 0, len(t.raw))]
    ['ngày 31/4', 'ngày 30/02/2026']
    """
    words, found = reading(text), []
    for value in _impossible(text):
        if value.start < start or value.end > end:
            continue
        left = words.words[max(words.offset(start), words.offset(value.start) - 60) : words.offset(value.start)]
        if value.year or _boundary(left, value)[0]:
            found.append((value.start, value.end))
    return sorted(found)


def has_impossible(text: Text) -> bool:
    """Whether a day that no calendar has stands anywhere in the text."""
    return bool(_impossible(text))


@once
def _impossible(text: Text) -> list[_Value]:
    """Days no calendar has, wherever they stand."""
    found = [_Value(d.start, d.end, d.year, d.month, d.day) for d in _dates(text) if d.impossible]
    short = (value for value in _days(text) if 1 <= (value.day or 0) <= 31 and 1 <= (value.month or 0) <= 12)
    return found + [value for value in short if iso(value.day or 0, value.month or 0, 2024) is None]


def _values(text: Text, start: int, end: int) -> list[_Value]:
    values, starts = _all_values(text)
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:
        return []
    return [v for v in values[first : bisect_left(starts, end, first)] if v.end <= end]


@once
def _all_values(text: Text) -> tuple[list[_Value], list[int]]:
    """Every date of the text in order of place, found once, with the places."""
    values = [_Value(d.start, d.end, d.year, d.month, d.day) for d in _dates(text) if d.date]
    taken = bytearray(len(text.raw))
    for value in values:
        taken[value.start : value.end] = b"\1" * (value.end - value.start)
    for value in _partial(text, reading(text)):
        if not any(taken[value.start : value.end]):
            taken[value.start : value.end] = b"\1" * (value.end - value.start)
            values.append(value)
    values.sort(key=lambda v: v.start)
    return values, [v.start for v in values]


@once
def _dates(text: Text) -> list[FoundDate]:
    """Every date with a year of our time."""
    return [date for date in find_dates(text) if text.folded[date.end - 3] in "09o"]


@once
def _months(text: Text) -> list[int]:
    """Where the word of a month stands that is told by its number."""
    return [match.start() for match in _MONTH_TOLD.finditer(reading(text).words)]


@once
def _days(text: Text) -> list[_Value]:
    """Days without a year: "15/6", "ngày 15 tháng 6"."""
    words = reading(text)
    short = [_after_word(words, hit) for hit in map(words.hit, _SHORT.finditer(words.words))]
    # "… 28 tháng 02.", and on the next line "6. TỔ CHỨC"
    short = [hit for hit in short if hit["sep"] == "/" or "\n" not in text.raw[hit.start : hit.end]]
    told = (_SHORT_WORDS.search(words.words, max(0, at - _DAY_REACH), at + 30) for at in _months(text))
    return [_day(words, hit) for hit in [*short, *(words.hit(match) for match in told if match)]]


def _after_word(words: Reading, hit: Hit) -> Hit:
    """A day with the word *ngày* before it, where that is printed."""
    at = hit.match.start()
    word = _DAY_BEFORE.search(words.words, max(0, at - 7), at)
    return Hit(hit.match, words.place(word.start()), hit.end) if word else hit


def _day(words: Reading, hit: Hit) -> _Value:
    """A day, with the year that is told in words behind it."""
    after = hit.match.end()
    told = _OF_YEAR.match(words.words[after : after + 20])
    end = words.end_place(after + told.end()) if told else hit.end
    return _Value(hit.start, end, int(told["year"]) if told else None, int(hit["month"] or 0), int(hit["day"] or 0))


def _partial(text: Text, words: Reading) -> Iterator[_Value]:
    # a leap year, so that 29/02 passes
    yield from (value for value in _days(text) if iso(value.day or 0, value.month or 0, 2024))
    said, months = words.words, _months(text)
    for hit in tried(words, _QUARTER, [match.start() for match in _QUARTER_TOLD.finditer(said)]):
        quarter = _QUARTERS[hit["quarter"] or "i"]
        yield _Value(hit.start, hit.end, int(hit["year"]) if hit["year"] else None, quarter * 3, None, "quarter")
    for hit in tried(words, _MONTH, months):
        yield _Value(hit.start, hit.end, int(hit["year"] or 0), int(hit["month"] or 0), None, "month")
    for hit in tried(words, _MONTH_OPENS, [at - 4 if said.startswith("dau ", at - 4) else at for at in months]):
        yield _Value(hit.start, hit.end, None, int(hit["month"] or 0), None, "month")
    for hit in tried(words, _MONTH_YEARLY, months):
        yield _Value(hit.start, hit.end, None, int(hit["month"] or 0), None, "month")
    often = "hang thang" in said or "moi thang" in said
    for hit in map(words.hit, _OFTEN.finditer(said) if often or "thang cuoi" in said else ()):
        yield _Value(hit.start, hit.end, None, None, int(hit["day"] or 0), "monthly" if hit["month"] else "quarterly")
    for hit in map(words.hit, _OFTEN_FIRST.finditer(said) if often else ()):
        a, b = words.group(hit, "day")
        yield _Value(a, b, None, None, int(hit["n"] or 0), "monthly")
    for hit in tried(words, _YEAR_END, places(said, ("het nam 20", "cuoi nam 20"))):
        yield _Value(hit.start, hit.end, int(hit["year"] or 0), 12, 31, "year")


def _boundary(left: str, value: _Value) -> tuple[str | None, str]:
    left = left if left.endswith(" ") or not left else left + " "
    for boundary, form, told in _LED:
        if any(map(left.__contains__, told)) and (match := form.search(left)):
            if value.span == "day" and value.year is None and _AMONG.search(match[0]):
                return None, ""
            counted = boundary == "before" and _BEFORE_HOUR.search(match[0])
            return "by" if counted else boundary, match[0].rstrip() and left[match.start() :]
    if value.span in ("month", "quarter") and value.year and _NAMED_TIME.search(left):
        return "within", ""
    return ("until", "") if value.span == "year" else (None, "")


def _bound(words: Reading, value: _Value, boundary: str, begin: int, end: int) -> Bound:
    if value.span in ("monthly", "quarterly"):
        return Bound(begin, value.start, value.end, boundary, recurrence=value.span, day=value.day)
    yearly, offset, close = None, 0, value.end
    after = words.between(value.end, min(end, value.end + 60)) if value.year is None else ""
    for form, shift in _EVERY_YEAR if after else ():
        if match := form.match(after):
            yearly, offset = "yearly", shift
            close = words.end_place(words.offset(value.end) + match.end())
            break
    year, month, day = value.year, value.month or 12, value.day
    if value.span in ("month", "quarter"):
        first = boundary in ("from", "before")
        day = 1 if first else calendar.monthrange(year or 2023, month)[1]
        month = month - 2 if value.span == "quarter" and first else month
    return Bound(
        start=begin,
        value_start=value.start,
        end=close,
        boundary=boundary,
        date=iso(day, month, year) if year else None,
        month_day=None if year or (value.span == "quarter" and not yearly) else f"{month:02d}-{day:02d}",
        recurrence=yearly,
        year_offset=offset,
    )


def _share_recurrence(found: list[Bound], text: Text) -> list[Bound]:
    """ "trước ngày 15/6 và 15/12 hàng năm": both are yearly."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        here, after = shared[i], shared[i + 1]
        between = text.folded[here.end : after.start]
        if here.month_day and not here.recurrence and after.recurrence and len(between) <= 40 and "." not in between:
            shared[i] = here._replace(recurrence=after.recurrence, year_offset=after.year_offset)
    return [b for b in shared if b.date or b.month_day or b.day]
