"""Dates as documents print them: in digits, in words, half blank, or damaged by OCR."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date as calendar_date
from typing import NamedTuple

from loaders.text import Text, once


class FoundDate(NamedTuple):
    """A date at a place. `date` is ISO, None when a part is blank or there is no such day; the parts stay as printed.

    `start` is that of the word *ngày* where it is printed.
    """

    start: int
    end: int
    date: str | None
    day: int | None
    month: int | None
    year: int | None

    @property
    def impossible(self) -> bool:
        """Whether all three parts are printed and name no day of the calendar."""
        return self.date is None and None not in (self.day, self.month, self.year)


# What stands for a digit: "ngay]9 thing 02" is 19 tháng 02, "tháng ó" is tháng 6, "l5" is 15.
_DIGIT = r"[0-9oil\]\[|§]"
_YEAR = r"[12][0-9o]{3}"
_BLANK = r"[\s.…_*/]"
_SPECK = (
    r"[\s.…_*/'‘`-]"  # between ngày and the day also what specks are read as: "ngày '15/4/2010", "ngày\n- 24 tháng 3"
)
# scanners read g as q, h as b, m as rn: "nqày", "tbáng", "fháng", "nărn"
_DAY_WORD = r"n[gq][a-z0-9&]'?y"
_MONTH_WORD = r"(?:t[a-z0-9]?h|tb|fh|ih)[a-z0-9'(]{1,3}n[gq]"
_YEAR_WORD = r"n[a-z0-9&']{1,3}?(?:m|rn)"

_WORDS = re.compile(
    rf"(?:(?P<ngay>{_DAY_WORD}){_SPECK}{{0,40}}(?P<day>{_DIGIT}{{1,2}})?|(?<![a-z0-9])(?P<bare>{_DIGIT}{{1,2}}))"
    rf"{_BLANK}{{0,40}}\b{_MONTH_WORD}{_BLANK}{{0,40}}(?P<month>{_DIGIT}{{1,2}})?{_BLANK}{{0,40}}"
    rf"\b{_YEAR_WORD}{_BLANK}{{0,9}}(?P<year>{_YEAR})(?![0-9])"
)
_DIGITS = re.compile(
    rf"(?:\b(?P<ngay>{_DAY_WORD})(?:[\s*_'‘`]{{0,4}}|\s-\s?))?(?<![0-9/.,])(?<![0-9]-)(?P<day>{_DIGIT}{{1,2}})\s?(?P<sep>[/.-])\s?"
    rf"(?P<month>{_DIGIT}{{1,2}})(?:\s?(?P=sep)\s?|(?<=/[01][0-9])[il|!])(?P<year>(?:19|20)[0-9o]{{2}})(?![0-9])"
)
# what stands before the year of a date, read from the year backwards: most years are told by the first sign
_STROKE_BEFORE = re.compile(rf"(?:\s?[/.-]\s?|[il|!]){_DIGIT}{{1,2}}\s?[/.-]\s?{_DIGIT}")
_MONTH_BEFORE = re.compile(
    rf"{_BLANK}{{0,9}}(?:m|nr)[a-z0-9&']{{1,3}}?n\b{_BLANK}{{0,40}}(?:{_DIGIT}{{1,2}})?{_BLANK}{{0,40}}"
    r"[gq]n[a-z0-9'(]{1,3}(?:h[a-z0-9]?t|bt|hf|hi)"
)
_MONTH_REACH = 120  # more than stands between the month and the year
_DIGITS_REACH, _WORDS_REACH = 12, 90  # more than any such date has before these
_CONFUSED = str.maketrans({"o": "0", "i": "1", "l": "1", "]": "1", "[": "1", "|": "1", "§": "8"})


def find_dates(text: Text, start: int = 0, end: int | None = None) -> list[FoundDate]:
    """Every date with a year between two places, in order.

    >>> text = Text.of("ngày 28 tháng 8 năm 2024, 26/8/2024, ngay]9 thing 02 nim 2024, 30/02/2024")
    >>> [date.date for date in find_dates(text)]
    ['2024-08-28', '2024-08-26', '2024-02-19', None]
    """
    stop = len(text.raw) if end is None else end
    dates, starts = _all_dates(text)
    first = bisect_left(starts, start)
    if first and dates[first - 1].end > start:  # the rest of a date that is cut may be one: "ngày | 26/8/2024"
        return _dates_in(text, start, stop)
    return [date for date in dates[first : bisect_left(starts, stop, first)] if date.end <= stop]


@once
def _all_dates(text: Text) -> tuple[list[FoundDate], list[int]]:
    """Every date of the text, found once, and where each begins."""
    dates = _dates_in(text, 0, len(text.raw))
    return dates, [date.start for date in dates]


def _dates_in(text: Text, start: int, stop: int) -> list[FoundDate]:
    """Either form of date ends in its year: it is looked for only before a year that stands as such a date's does."""
    folded, years = text.folded, _years(text)
    found: list[FoundDate] = []
    read_digits = read_words = start
    for year in years[bisect_left(years, start) : bisect_left(years, stop)]:
        before = folded[max(start, year - _MONTH_REACH) : year][::-1]
        end = min(year + 5, stop)  # the year, and a sign more, which may be no digit
        if told := _STROKE_BEFORE.match(before):
            match = _DIGITS.search(folded, max(read_digits, year - told.end() - _DIGITS_REACH), end)
            if match:
                read_digits = match.end()
                found += [_found(match)] if _is_numeric(match) else []
        if told := _MONTH_BEFORE.match(before):
            match = _WORDS.search(folded, max(read_words, year - told.end() - _WORDS_REACH), end)
            if match:
                read_words = match.end()
                found.append(_found(match))
    return sorted(found, key=lambda d: d.start)


@once
def _years(text: Text) -> Sequence[int]:
    """Where what may be a year begins: no date is without one. A year may begin within another ("120241")."""
    return array("I", sorted(match.start() for form in _YEAR_FORMS for match in form.finditer(text.folded)))


_YEAR_FORMS = tuple(re.compile(rf"{first}(?=[0-9o]{{3}})") for first in "12")  # a plain sign is soonest found


def _is_numeric(match: re.Match[str]) -> bool:
    """Without the word *ngày*, letters are not read as digits: "l/o/2024" is no date."""
    return bool(match["ngay"]) or (match["day"].isdigit() and match["month"].isdigit() and match["year"].isdigit())


def _number(printed: str | None) -> int | None:
    if printed is None:
        return None
    return int(printed.translate(_CONFUSED))


def _month(printed: str | None) -> int | None:
    # "tháng ó": an o alone cannot be month 0, the mark over it was the upper bow of a 6
    return 6 if printed == "o" else _number(printed)


def _found(match: re.Match[str]) -> FoundDate:
    printed = match["day"] or match.groupdict().get("bare")
    day, month, year = _number(printed), _month(match["month"]), _number(match["year"])
    return FoundDate(start=match.start(), end=match.end(), date=iso(day, month, year), day=day, month=month, year=year)


def iso(day: int | None, month: int | None, year: int | None) -> str | None:
    """
    >>> iso(3, 2, 2021), iso(30, 2, 2024), iso(None, None, 2024)
    ('2021-02-03', None, None)
    """
    if day is None or month is None or year is None:
        return None
    try:
        return calendar_date(year, month, day).isoformat()
    except ValueError:
        return None


def is_sunday(date: str) -> bool:
    """
    >>> is_sunday("2022-12-04")
    True
    """
    return calendar_date.fromisoformat(date).weekday() == 6
