"""When an effect begins: a printed day, the day of signing, some days after it, or the day this document takes effect.

How "sau 10 ngày kể từ ngày ký" is counted: the day of signing itself is left out (Bộ luật Dân sự 91/2015/QH13,
Điều 147 khoản 3: the day on which the event falls is not counted), and the effect is taken to begin on the tenth day
that follows. That is how the national database publishes such decisions (signed 09/07/2013, in force 19/07/2013). "Sau
45 ngày kể từ ngày đăng Công báo" gives no day: the document does not know when it was printed.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from loaders.citations.document_types import labels
from loaders.dates import find_dates
from loaders.text import Text

ON_SIGNING, ON_DATE = "on-signing", "on-date"
AFTER_SIGNING, AFTER_PUBLICATION = "days-after-signing", "days-after-publication"

_TYPES = "|".join(name.replace(" ", r"\s+") for name in sorted(labels(), key=len, reverse=True))
# "Quyết định này", and "Điều này" with it, which is no document
OWN = re.compile(rf"\b(?P<type>{_TYPES})\s+nay\b")
_NGAY = r"n[gq][a-z&]y"
_WORDS = {"nam": 5, "bay": 7, "muoi": 10, "muoi lam": 15, "hai muoi": 20, "ba muoi": 30, "bon muoi lam": 45,
          "sau muoi": 60, "chin muoi": 90}  # fmt: skip
_SAID = "|".join(name.replace(" ", r"\s+") for name in sorted(_WORDS, key=len, reverse=True))
_AFTER = re.compile(
    rf"\b(?:sau|qua)\s+(?P<days>\d{{1,3}}|{_SAID})\s*(?:\([^)]{{1,25}}\))?\s*{_NGAY}(?:\s+lam\s+viec)?[\s,]+(?:ke\s+)?tu\s+"
)
_HOUR = r"(?:(?:luc\s+)?\d{1,2}\s*(?:gio|h|:)\s*(?:\d{2})?\s*(?:phut)?\s*,?\s*)?"
_FROM = re.compile(
    rf"\b(?:(?:bat\s+dau\s+)?(?:k[e&]\s+)?t[uiw]r?\s+{_HOUR}|vao\s+)(?=(?:{_NGAY}|thoi\s+diem|khi)\b|\d)|"
    # "kể từ năm học 2024 - 2025" is no day
    r"(?:\bke\s+|(?<=luc)\s+|(?<=hanh)\s+)tu\s+(?=(?:nam|nien|ky|thang|quy|hoc)\b)"
)
_MAYBE_FROM = re.compile(r"t[uiw]r?\s|\bvao\s")
_SIGNED = re.compile(
    rf"{_NGAY}\s+(?:(?:duoc\s+)?(?:ky|ban\s+hanh|thong\s+qua)|(?:{_TYPES})\s+nay\s+duoc\s+(?:ky|ban\s+hanh|thong\s+qua)|"
    r"duoc\s+(?:hoi\s+dong|quoc\s+hoi)[^.;]{0,90}?thong\s+qua)\b(?:\s*,?\s*ban\s+hanh)?"
)
_PUBLISHED = re.compile(rf"{_NGAY}\s+(?:duoc\s+)?(?:dang|cong\s+bo|niem\s+yet)\b")
_IN_FORCE = re.compile(
    rf"(?:{_NGAY}|thoi\s+diem|khi)\s+(?:(?:{_TYPES})\s+nay\s+(?:bat\s+dau\s+|chinh\s+thuc\s+)?co\s+hieu\s+luc|"
    rf"co\s+hieu\s+luc(?:\s+thi\s+hanh)?\s+(?:cua\s+)?(?:{_TYPES})\s+nay)(?:\s+thi\s+hanh)?"
)
_UNTIL = re.compile(rf"\bden\s+(?:khi\s+)?(?:het\s+)?(?:{_HOUR})(?={_NGAY}\s*\d|\d{{1,2}}\s*[/.-])")
_PASSED = re.compile(r"thong\s+qua\b[^.;]{0,60}?(?=n[gq][a-z&]y\s+\d)")
_OTHER = re.compile(rf"(?:{_NGAY}|thoi\s+diem|khi|nam|nien|ky|thang|quy|hoc)\b[^,.;:]{{0,120}}")


@dataclass(frozen=True)
class When:
    """A phrase of time. `day` is None where the document does not tell it; `own` where it is that of its own effect."""

    start: int
    end: int
    day: str | None = None
    rule: str | None = None
    days: int | None = None
    own: bool = False
    until: str | None = None


def later(day: str | None, days: int) -> str | None:
    """
    >>> later("2013-07-09", 10), later("2024-12-31", 1)
    ('2013-07-19', '2025-01-01')
    """
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat() if day else None
    except OverflowError:
        return None


def adopted(text: Text, start: int, end: int, signed: str | None) -> str | None:
    """The day from which days are counted: that of the adoption a sentence tells of, else the document's own."""
    passed = _PASSED.search(text.folded, start, end)
    return (_date_at(text, passed.end(), end)[0] if passed else None) or signed


def find_whens(text: Text, start: int, end: int, signed: str | None) -> list[When]:
    """Every "kể từ ngày …" between two places, in order; `signed` is the day from which days are counted."""
    found: list[When] = []
    words = text.folded[start:end]
    begins = list(_FROM.finditer(text.folded, start, end)) if _MAYBE_FROM.search(words) else []
    if "sau" in words or "qua" in words:
        begins += _AFTER.finditer(text.folded, start, end)
    position = start
    for match in sorted(begins, key=lambda m: m.start()):
        if match.start() >= position:
            when = _ended(text, _read(text, match, end, signed), end)
            found.append(when)
            position = max(when.end, match.end())
    return found


def find_until(text: Text, start: int, end: int) -> str | None:
    """The day after the last one that is named between two places: "… đến hết ngày 31/12/2025"."""
    until = _UNTIL.search(text.folded, start, end)
    return later(_date_at(text, until.end(), end)[0], 1) if until else None


def when_at(text: Text, place: int, end: int) -> When | None:
    """A bare day right at a place: "có hiệu lực ngày 01/01/2024"."""
    begin = place + len(text.folded[place:end]) - len(text.folded[place:end].lstrip(" \n,:*_"))
    day, stop = _date_at(text, begin, end)
    return _ended(text, When(begin, stop, day, ON_DATE), end) if day else None


def _read(text: Text, match: re.Match[str], end: int, base: str | None) -> When:
    start, place = match.start(), match.end()
    days = match.groupdict().get("days")
    count = None if days is None else int(days) if days.isdigit() else _WORDS[" ".join(days.split())]
    own = _IN_FORCE.match(text.folded, place, end)
    if own:
        return When(start, own.end(), own=True)
    signed = _SIGNED.match(text.folded, place, end)
    if signed:
        day, stop = _date_at(text, signed.end(), end)  # "kể từ ngày ký 12/10/2024"
        if count is None:
            return When(start, max(signed.end(), stop), day or base, ON_SIGNING)
        working = "viec" in text.folded[start:place]
        return When(
            start, max(signed.end(), stop), None if working else later(day or base, count), AFTER_SIGNING, count
        )
    published = _PUBLISHED.match(text.folded, place, end)
    if published:
        told = re.compile(r"[^.;]{0,60}?\(?\b(?:tuc|la)\s+(?:la\s+)?(?=n[gq]|\d)").match(
            text.folded, published.end(), end
        )
        day, stop = _date_at(text, told.end(), end) if told else (None, published.end())
        return When(start, max(published.end(), stop), day, AFTER_PUBLICATION, count)
    day, stop = _date_at(text, place, end)
    if day:
        return When(start, stop, day if count is None else later(day, count), ON_DATE)
    other = _OTHER.match(text.folded, place, end)
    return When(start, other.end() if other else place)


def _ended(text: Text, when: When, end: int) -> When:
    """With the day after the last one, where the same words go on to it: "… đến hết ngày 31/12/2025"."""
    until = _UNTIL.search(text.folded, when.end, min(end, when.end + 25))
    if until is None or when.day is None:
        return when
    last, stop = _date_at(text, until.end(), end)
    if last is None:
        return when
    return When(when.start, stop, when.day, when.rule, when.days, when.own, later(last, 1))


def _date_at(text: Text, place: int, end: int) -> tuple[str | None, int]:
    dates = find_dates(text, place, min(end, place + 45))
    if dates and dates[0].date and not text.folded[place : dates[0].start].strip(" \n,(*_"):
        return dates[0].date, dates[0].end
    return None, place
