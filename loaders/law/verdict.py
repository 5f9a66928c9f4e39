"""Was it in force? Bounds and a day in, a verdict out; nothing is read and nothing remembered.

The rule: verified bounds hold; a weaker bound may hold or not; a missing end means that none was known on the day the
register was checked. A *reading* keeps or drops each weaker bound and fixes one day on which the citing document may
have been issued. When every reading gives the same verdict, that is the verdict; else it is unknown, and what would
decide it is said.

A dropped start restricts nothing, so an instrument whose first day is only inferred is in force long after that day on
either reading. A start the register does not know at all is another thing: nobody says the instrument ever took
effect, and only its day of issue and a verified end are left to decide by.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Literal

from loaders.days import shown_day

Confidence = Literal["V", "V-weak", "I", "K"]
Code = Literal["in-force", "expired", "not-yet-in-force", "partly-expired", "unknown"]

_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True)
class Bound:
    """One end of a validity, with how sure it is. `date` None: there is such an end, its day is not known."""

    date: str | None
    confidence: Confidence = "V"
    by_article: str | None = None
    source: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Interval:
    """The days on which a document may have been issued, both included; None leaves that side open.

    >>> Interval.of("2024-02-19")
    Interval(first='2024-02-19', last='2024-02-19')
    """

    first: str | None = None
    last: str | None = None

    @classmethod
    def of(cls, day: "str | Interval | None") -> "Interval":
        return day if isinstance(day, Interval) else cls(day, day)


@dataclass(frozen=True)
class Verdict:
    """`since` is the day it ended, or the provision cited of it; `decided_by` says what would settle an unknown one."""

    code: Code
    since: str | None = None
    reason: str = ""
    reason_en: str = ""
    decided_by: tuple[str, ...] = ()
    decided_by_en: tuple[str, ...] = ()
    expired_later: bool = False


def verdict(
    valid_from: Bound | None,
    valid_before: Bound | None,
    cited_on: str | Interval | None,
    period_until: str | None = None,
    checked_on: str | None = None,
    *,
    issued: Bound | None = None,
    partial: Iterable[Bound] = (),
    provision: Iterable[Bound] = (),
) -> Verdict:
    """How an instrument stood on the day (or on every day of the interval) a document citing it was issued.

    `partial` are ends of other parts of it or of parts not known, `provision` ends of the very provision cited.

    Long Thành's plan of 2024 has no day, only limits, and Decree 91/2017 ended before the first of them:

    >>> verdict(Bound("2017-10-01"), Bound("2024-01-01"), Interval("2024-04-25", "2024-12-31")).code
    'expired'
    >>> verdict(Bound("2025-07-01"), Bound("2027-03-01", "V-weak"), "2027-03-02").decided_by
    ('ngày hết hiệu lực 01/03/2027 mới ở mức V-weak',)
    """
    life = _Life(valid_from, valid_before, issued, tuple(partial), tuple(provision))
    days = Interval.of(cited_on)
    if days.first and days.last and days.first > days.last:
        why = "các mốc ngày của văn bản viện dẫn mâu thuẫn với nhau"
        why_en = "the limits of the citing document's day contradict each other"
        return Verdict("unknown", None, why, why_en, (why,), (why_en,))
    codes = life.over(days)
    later = codes <= {"in-force", "partly-expired"} and any(_dies_within(end, period_until) for end in life.ends)
    if len(codes) > 1 or codes == {"unknown"}:
        asked = tuple(_open_questions(life, days))
        vi, en = tuple(vi for vi, _ in asked), tuple(en for _, en in asked)
        return Verdict("unknown", None, "; ".join(vi), "; ".join(en), vi, en, later)
    code = codes.pop()
    since = life.first_end.date if code == "expired" and life.first_end else None
    vi_reason, en_reason = _reason(code, life, checked_on)
    return Verdict(code, since, vi_reason, en_reason, expired_later=later)


@dataclass(frozen=True)
class _Life:
    start: Bound | None
    end: Bound | None
    issued: Bound | None
    partial: tuple[Bound, ...] = ()
    provision: tuple[Bound, ...] = ()

    @property
    def ends(self) -> tuple[Bound, ...]:
        return (*((self.end,) if self.end else ()), *self.provision)

    @property
    def first_end(self) -> Bound | None:
        """The end that certainly came first: where every reading says expired, a verified one did."""
        return min((b for b in self.ends if b.date and b.confidence == "V"), key=lambda b: b.date or "", default=None)

    def bounds(self) -> Iterator[tuple[str, Bound]]:
        """Each bound there is, under the name by which `without` drops it."""
        named = [("start", self.start), ("end", self.end), ("issued", self.issued)]
        yield from ((name, bound) for name, bound in named if bound)
        yield from ((f"partial {place}", bound) for place, bound in enumerate(self.partial))
        yield from ((f"provision {place}", bound) for place, bound in enumerate(self.provision))

    def weak(self) -> list[str]:
        return [name for name, bound in self.bounds() if bound.confidence != "V"]

    def without(self, dropped: Collection[str]) -> "_Life":
        """The same life with some bounds lifted, so that they restrict nothing any more."""
        start = self.start
        if "start" in dropped and start and start.date:
            start = replace(start, date=_FIRST)
        return _Life(
            start,
            None if "end" in dropped else self.end,
            None if "issued" in dropped else self.issued,
            tuple(bound for place, bound in enumerate(self.partial) if f"partial {place}" not in dropped),
            tuple(bound for place, bound in enumerate(self.provision) if f"provision {place}" not in dropped),
        )

    def over(self, days: Interval, kept: str | None = None) -> set[Code]:
        """Every verdict that some reading (of those that keep `kept`) gives on some day of the interval."""
        return {code for day in self.deciding_days(days) for code in self.readings(day, kept)}

    def deciding_days(self, days: Interval) -> list[str]:
        """The first and last day, and each day between on which a verdict may change."""
        first, last = days.first or _FIRST, days.last or _LAST
        turns = chain.from_iterable((_day_before(b.date), b.date) for _, b in self.bounds() if b.date)
        return sorted({first, last, *(day for day in turns if first <= day <= last)})

    def readings(self, day: str, kept: str | None = None) -> set[Code]:
        """The verdicts of one day under every choice of the weaker bounds."""
        weak = [name for name in self.weak() if name != kept]
        choices = chain.from_iterable(combinations(weak, size) for size in range(len(weak) + 1))
        return {code for dropped in choices for code in self.without(dropped)._on(day)}

    def _on(self, day: str) -> Iterator[Code]:
        """The verdict of one day, every bound that is left taken to hold."""
        if any(_reached(end, day) for end in self.ends):
            yield "expired"
        elif any(bound and bound.date and day < bound.date for bound in (self.issued, self.start)):
            yield "not-yet-in-force"
        elif self.start is None or self.start.date is None:
            yield "unknown"
        else:
            if any(end.date is None for end in self.ends):
                yield "expired"  # it ended on a day nobody noted, which may have been before
            yield "partly-expired" if any(_reached(bound, day) for bound in self.partial) else "in-force"


def _reached(bound: Bound | None, day: str) -> bool:
    return bound is not None and bound.date is not None and bound.date <= day


def _dies_within(end: Bound | None, period_until: str | None) -> bool:
    """Whether a verified end lies within a period for which the instrument was cited in time."""
    return bool(period_until and end and end.confidence == "V" and end.date and end.date <= period_until)


_ENDS = {
    "start": ("ngày bắt đầu có hiệu lực", "the first day in force"),
    "end": ("ngày hết hiệu lực", "the day it ended"),
    "issued": ("ngày ban hành", "its day of issue"),
    "partial": ("ngày hết hiệu lực một phần", "the day a part of it ended"),
    "provision": ("ngày hết hiệu lực của điều khoản được dẫn", "the day the provision cited ended"),
}


def _open_questions(life: _Life, days: Interval) -> Iterator[tuple[str, str]]:
    """What would decide: the citing day when days differ, then each bound that makes a difference."""
    if len({frozenset(life.readings(day)) for day in life.deciding_days(days)}) > 1:
        yield "chưa rõ ngày ban hành của văn bản viện dẫn", "the day the citing document was issued is open"
    if life.start is None:
        yield "chưa biết ngày bắt đầu có hiệu lực", "the first day in force is not known"
    for name, bound in life.bounds():
        vi, en = _ENDS[name.split()[0]]
        if bound.date is None:
            yield f"chưa biết {vi}", f"{en} is not known"
        elif bound.confidence != "V" and life.over(days, kept=name) != life.without([name]).over(days):
            yield (
                f"{vi} {shown_day(bound.date)} mới ở mức {bound.confidence}",
                f"{en}, {bound.date}, is only {bound.confidence}",
            )


def _reason(code: Code, life: _Life, checked_on: str | None) -> tuple[str, str]:
    start = life.start.date if life.start and life.start.date else ""
    if code == "expired":
        end = life.first_end or Bound(None)
        by = f" ({end.by_article})" if end.by_article else ""
        vi, en = ("điều khoản được dẫn ", "the provision cited ") if end in life.provision else ("", "")
        return f"{vi}hết hiệu lực từ {shown_day(end.date)}{by}", f"{en}ended on {end.date}{by}"
    if code == "not-yet-in-force":
        if start:
            return f"tới {shown_day(start)} mới có hiệu lực", f"in force only from {start}"
        issued = life.issued.date if life.issued and life.issued.date else ""
        return f"tới {shown_day(issued)} mới được ban hành", f"issued only on {issued}"
    vi, en = f"có hiệu lực từ {shown_day(start)}", f"in force from {start}"
    if life.end and life.end.date:
        last = _day_before(life.end.date)
        vi, en = f"{vi} đến hết {shown_day(last)}", f"{en} to {last}"
    elif checked_on:
        vi, en = f"{vi}, tới {shown_day(checked_on)} chưa biết có ngày hết", f"{en}, no end known on {checked_on}"
    if code == "partly-expired":
        day = min(bound.date for bound in life.partial if bound.date)
        vi, en = f"{vi}; một phần hết hiệu lực từ {shown_day(day)}", f"{en}; a part ended on {day}"
    weak = [bound for bound in (life.start, life.end) if bound and bound.date and bound.confidence != "V"]
    for bound in weak:
        day = bound.date or ""
        vi, en = f"{vi} (ngày {shown_day(day)} ở mức {bound.confidence})", f"{en} ({day} is {bound.confidence})"
    return vi, en


def _day_before(day: str) -> str:
    return day if day == _FIRST else (date.fromisoformat(day) - timedelta(days=1)).isoformat()
