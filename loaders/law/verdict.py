"""Was it in force? Bounds and a day in, a verdict out; nothing is read and nothing remembered.

The rule: verified bounds hold; a weaker bound may hold or not; a missing end means that none was known on the day the
register was checked. Where two sources give one bound differently, either may be right: that there is such a bound holds
if one of them is verified. A *reading* keeps or drops each weaker bound, takes one of those that disagree, and fixes one
day on which the citing document may have been issued.
When every reading gives the same verdict, that is the verdict; else it is unknown, and what would decide it is said.

A dropped start restricts nothing, so an instrument whose first day is only inferred is in force long after that day on
either reading. A start the register does not know at all is another thing: nobody says the instrument ever took
effect, and only its day of issue and a verified end are left to decide by.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Literal

from loaders.days import shown_day

Confidence = Literal["V", "V-weak", "I", "K"]
Origin = Literal["register", "own-register"]
Code = Literal["in-force", "expired", "not-yet-in-force", "partly-expired", "suspended", "unknown"]

_FIRST, _LAST = "0001-01-01", "9999-12-31"
_IN_FORCE = {"in-force", "partly-expired"}


@dataclass(frozen=True)
class Bound:
    """One end of a validity, with how sure it is.

    `date` None: there is such an end, its day is not known; it is not before `not_before` where that is given (what a
    document says to have ended cannot have ended before that document). `origin` is the register that holds it, None
    for what a document says.
    """

    date: str | None
    confidence: Confidence = "V"
    by_article: str | None = None
    source: tuple[str, ...] = ()
    note: str | None = None
    not_before: str | None = None
    origin: Origin | None = None

    @property
    def decides(self) -> bool:
        """Whether a person settled it: a day, verified, in the user's own register."""
        return self.origin == "own-register" and self.confidence == "V" and self.date is not None

    def told(self) -> tuple[str, str]:
        """Who says so, in Vietnamese and English; nothing where a document left no name.

        >>> Bound("2024-06-01", source=("https://vbpl.vn/1",), origin="own-register").told()[0]
        'sổ riêng: V, nguồn https://vbpl.vn/1'
        """
        if self.origin is None:
            return self.by_article or "", self.by_article or ""
        vi, en = _REGISTERS[self.origin]
        source = self.source[0] if self.source else ""
        ground = self.by_article or (f"nguồn {source}" if source else "")
        ground_en = self.by_article or (f"source {source}" if source else "")
        return (
            ", ".join(filter(None, (f"{vi}: {self.confidence}", ground))),
            ", ".join(filter(None, (f"{en}: {self.confidence}", ground_en))),
        )


_REGISTERS: dict[str, tuple[str, str]] = {
    "register": ("sổ pháp luật", "law register"),
    "own-register": ("sổ riêng", "your register"),
}


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
class Alternatives:
    """Other bounds that sources give for the start, the end, the day of issue: each may be right instead."""

    start: tuple[Bound, ...] = ()
    end: tuple[Bound, ...] = ()
    issued: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """`since` is the day it (or the provision cited of it) surely had ended; `decided_by` what would settle an unknown.

    `contested`: the verdict is unknown because sources contradict each other.
    """

    code: Code
    since: str | None = None
    reason: str = ""
    reason_en: str = ""
    decided_by: tuple[str, ...] = ()
    decided_by_en: tuple[str, ...] = ()
    expired_later: bool = False
    contested: bool = False


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
    suspended: Iterable[tuple[Bound, Bound | None]] = (),
    otherwise: Alternatives | None = None,
    end_checked: bool = True,
) -> Verdict:
    """How an instrument stood on the day (or on every day of the interval) a document citing it was issued.

    `partial` are ends of other parts of it or of parts not known, `provision` ends of the very provision cited,
    `suspended` the first day without effect and the first day with it again. `end_checked` is False for an instrument
    that nobody has looked up: that no end is known of it says nothing.

    Long Thành's plan of 2024 has no day, only limits, and Decree 91/2017 ended before the first of them:

    >>> verdict(Bound("2017-10-01"), Bound("2024-01-01"), Interval("2024-04-25", "2024-12-31")).code
    'expired'
    >>> verdict(Bound("2025-07-01"), Bound("2027-03-01", "V-weak"), "2027-03-02").decided_by
    ('ngày hết hiệu lực 01/03/2027 mới ở mức V-weak',)
    """
    others = otherwise or Alternatives()
    slots = [
        _Slot("issued", (*_those(issued), *others.issued)),
        _Slot("start", (*_those(valid_from), *others.start)),
        _Slot("end", (*_those(valid_before), *others.end)),
        *(_Slot("partial", (bound,)) for bound in partial),
        *(_Slot("provision", (bound,)) for bound in provision),
        *(_Slot("suspension", (start,), end) for start, end in suspended),
    ]
    if not end_checked and not slots[2].options:
        began = min((b.date for slot in slots[:2] for b in slot.options if b.date), default=None)
        slots[2] = _Slot("unchecked", (Bound(None, "K", not_before=began),))
    life = _Life(tuple(slots))
    days = Interval.of(cited_on)
    if days.first and days.last and days.first > days.last:
        why = "các mốc ngày của văn bản viện dẫn mâu thuẫn với nhau"
        why_en = "the limits of the citing document's day contradict each other"
        return Verdict("unknown", None, why, why_en, (why,), (why_en,))
    codes = life.over(days)
    later = codes <= _IN_FORCE and any(slot.surely_over_by(period_until) for slot in life.ends)
    if len(codes) > 1 or codes == {"unknown"}:
        asked = list(_open_questions(life, days))
        vi, en = tuple(q.vi for q in asked), tuple(q.en for q in asked)
        contested = any(q.contested for q in asked)
        return Verdict("unknown", None, "; ".join(vi), "; ".join(en), vi, en, later, contested)
    code = codes.pop()
    first, last = days.first or _FIRST, days.last or _LAST
    over = life.surely_over(first) if code == "expired" else None
    vi_reason, en_reason = _reason(code, life, over, checked_on, last)
    return Verdict(code, over.last if over else None, vi_reason, en_reason, expired_later=later)


_Mark = Literal["ended", "not-yet", "ended-sometime", "suspended", "no-start", "partly"]
# A world with several marks has the verdict of the first of these.
_SAYS: dict[_Mark, Code] = {
    "ended": "expired",
    "not-yet": "not-yet-in-force",
    "ended-sometime": "expired",
    "suspended": "suspended",
    "no-start": "unknown",
    "partly": "partly-expired",
}
_Choice = tuple[Bound | None, Bound | None]


@dataclass(frozen=True)
class _Slot:
    """One place for a bound in a life: the bounds given for it, of which a reading takes one.

    It may drop them all where none is verified: a weaker one may be right instead of a verified one, not take it away.
    """

    role: Literal["issued", "start", "end", "unchecked", "partial", "provision", "suspension"]
    options: tuple[Bound, ...]
    again: Bound | None = None  # of a suspension: the day on which the effect comes back

    @cached_property
    def choices(self) -> tuple[_Choice, ...]:
        """What a reading can make of it: (the bound, or None where it is dropped; the end of a suspension)."""
        kept: list[_Choice] = [(bound, self.again) for bound in self.options]
        if self.again and self.again.confidence != "V":
            kept += [(bound, None) for bound in self.options]
        if self.options and not any(bound.confidence == "V" for bound in self.options):
            kept.append((None, None))
        return tuple(kept) or ((None, None),)

    def marks(self, choice: _Choice, day: str) -> set[_Mark | None]:
        """What this choice may say of a day: one mark, or several where a day is not known."""
        bound, again = choice
        if bound is None:
            # a dropped start restricts nothing; one that was never known, or has no day, stays unknown
            return {"no-start"} if self.role == "start" and not any(b.date for b in self.options) else {None}
        early = bound.date is None and bound.not_before is not None and day < bound.not_before
        reached = bound.date is not None and bound.date <= day
        if self.role in ("issued", "start"):
            if early or (bound.date is not None and not reached):
                return {"not-yet"}
            return {"no-start"} if self.role == "start" and bound.date is None else {None}
        if self.role == "suspension":
            return self._suspended(bound, again, day) if not early else {None}
        mark: _Mark = "partly" if self.role == "partial" else "ended"
        if bound.date is None and not early:
            return {None, "partly" if mark == "partly" else "ended-sometime"}
        return {mark} if reached else {None}

    @staticmethod
    def _suspended(start: Bound, again: Bound | None, day: str) -> set[_Mark | None]:
        if start.date is not None and day < start.date:
            return {None}
        if again and again.date is not None and again.date <= day:
            return {None}
        open_end = again is not None and again.date is None and not (again.not_before and day < again.not_before)
        return {"suspended", None} if start.date is None or open_end else {"suspended"}

    @property
    def last(self) -> str | None:
        """The latest of the days given: by then it has come on every reading, if one of them is verified."""
        return max((bound.date for bound in self.options if bound.date), default=None)

    def surely_over_by(self, day: str | None) -> bool:
        """Whether every reading has this end by a day."""
        kept = any(bound.confidence == "V" for bound in self.options) and all(bound.date for bound in self.options)
        return bool(day and kept and (self.last or _LAST) <= day)

    @property
    def differs(self) -> bool:
        return len({bound.date for bound in self.options}) > 1

    def turns(self) -> Iterator[str]:
        """The days on which a verdict may change because of it."""
        for bound in (*self.options, *_those(self.again)):
            yield from filter(None, (bound.date, bound.not_before))


@dataclass(frozen=True)
class _Life:
    slots: tuple[_Slot, ...]

    @property
    def ends(self) -> list[_Slot]:
        return [slot for slot in self.slots if slot.role in ("end", "provision")]

    def surely_over(self, day: str) -> _Slot | None:
        """The end that came first on every reading: where every reading says expired, there is one."""
        return min(filter(lambda s: s.surely_over_by(day), self.ends), key=lambda s: s.last or "", default=None)

    def of(self, role: str) -> tuple[Bound, ...]:
        return tuple(bound for slot in self.slots if slot.role == role for bound in slot.options)

    def over(self, days: Interval, fixed: tuple[int, _Choice] | None = None) -> set[Code]:
        """Every verdict that some reading gives on some day of the interval, with one choice made if `fixed`."""
        return {code for day in self.deciding_days(days) for code in self.readings(day, fixed)}

    def deciding_days(self, days: Interval) -> list[str]:
        """The first and last day, and each day between on which a verdict may change."""
        first, last = days.first or _FIRST, days.last or _LAST
        turns = chain.from_iterable((_day_before(day), day) for slot in self.slots for day in slot.turns())
        return sorted({first, last, *(day for day in turns if first <= day <= last)})

    def readings(self, day: str, fixed: tuple[int, _Choice] | None = None) -> set[Code]:
        """The verdicts of one day under every choice; places are independent, so the marks left are enough."""
        worlds: set[frozenset[_Mark]] = {frozenset()}
        for place, slot in enumerate(self.slots):
            choices = [fixed[1]] if fixed and fixed[0] == place else slot.choices
            marks = {mark for choice in choices for mark in slot.marks(choice, day)}
            worlds = {world | {mark} if mark else world for world in worlds for mark in marks}
        return {next((code for mark, code in _SAYS.items() if mark in world), "in-force") for world in worlds}


_ENDS = {
    "start": ("ngày bắt đầu có hiệu lực", "the first day in force"),
    "end": ("ngày hết hiệu lực", "the day it ended"),
    "issued": ("ngày ban hành", "its day of issue"),
    "partial": ("ngày hết hiệu lực một phần", "the day a part of it ended"),
    "provision": ("ngày hết hiệu lực của điều khoản được dẫn", "the day the provision cited ended"),
    "suspension": ("ngày ngưng hiệu lực", "the day it was suspended"),
    "again": ("ngày thôi ngưng hiệu lực", "the day its suspension ended"),
}


@dataclass(frozen=True)
class _Question:
    vi: str
    en: str
    contested: bool = False


def _open_questions(life: _Life, days: Interval) -> Iterator[_Question]:
    """What would decide: the citing day when days differ, then each bound that makes a difference."""
    if len({frozenset(life.readings(day)) for day in life.deciding_days(days)}) > 1:
        yield _Question("chưa rõ ngày ban hành của văn bản viện dẫn", "the day the citing document was issued is open")
    if not life.of("start"):
        yield _Question("chưa biết ngày bắt đầu có hiệu lực", "the first day in force is not known")
    for place, slot in enumerate(life.slots):
        matters = len({frozenset(life.over(days, (place, choice))) for choice in slot.choices}) > 1
        if slot.role == "unchecked":
            yield _Question("chưa đối chiếu ngày hết hiệu lực", "whether it has ended was not looked up")
        elif matters and slot.differs:
            yield _contradiction(slot)
        else:
            again = [("again", slot.again)] if slot.again else []
            for role, bound in [*((str(slot.role), bound) for bound in slot.options), *again]:
                yield from _weak(role, bound, matters)


def _weak(role: str, bound: Bound, matters: bool) -> Iterator[_Question]:
    vi, en = _ENDS[role]
    if bound.date is None:
        yield _Question(f"chưa biết {vi}", f"{en} is not known")
    elif bound.confidence != "V" and matters:
        yield _Question(
            f"{vi} {shown_day(bound.date)} mới ở mức {bound.confidence}",
            f"{en}, {bound.date}, is only {bound.confidence}",
        )


def _contradiction(slot: _Slot) -> _Question:
    vi, en = _ENDS[slot.role]
    said, said_en = _either(slot.options)
    return _Question(f"các nguồn nói khác nhau về {vi}: {said}", f"sources differ on {en}: {said_en}", True)


def _either(bounds: Iterable[Bound]) -> tuple[str, str]:
    """Each day that is given, with who gives it."""
    vi, en = [], []
    for bound in bounds:
        by, by_en = bound.told()
        vi.append(f"{shown_day(bound.date) or 'ngày chưa rõ'}{f' ({by})' if by else ''}")
        en.append(f"{bound.date or 'a day not known'}{f' ({by_en})' if by_en else ''}")
    return " hay ".join(dict.fromkeys(vi)), " or ".join(dict.fromkeys(en))


def _by(bound: Bound) -> str:
    return f" ({bound.by_article})" if bound.by_article else ""


def _reason(code: Code, life: _Life, over: _Slot | None, checked_on: str | None, day: str) -> tuple[str, str]:
    starts = [bound.date for bound in life.of("start") if bound.date]
    if code == "expired":
        bounds = over.options if over else (Bound(None),)
        vi, en = ("điều khoản được dẫn ", "the provision cited ") if over and over.role == "provision" else ("", "")
        since, since_en = _since(bounds)
        return f"{vi}hết hiệu lực từ {since}", f"{en}ended on {since_en}"
    if code == "not-yet-in-force":
        came, came_en = _since([b for b in life.of("start" if starts else "issued") if b.date])
        if starts:
            return f"tới {came} mới có hiệu lực", f"in force only from {came_en}"
        return f"tới {came} mới được ban hành", f"issued only on {came_en}"
    if code == "suspended":
        return _suspended_reason(life, day)
    return _standing_reason(code, life, checked_on)


def _since(bounds: Iterable[Bound], *, plain: bool = False) -> tuple[str, str]:
    """One day with the article that gives it (`plain`: the day alone); who says which, where several are given."""
    given = list(bounds)
    if len({bound.date for bound in given}) > 1:
        return _either(given)
    bound = given[0] if given else Bound(None)
    by = "" if plain else f" ({bound.told()[0]})" if bound.decides and not bound.by_article else _by(bound)
    return f"{shown_day(bound.date)}{by}", f"{bound.date or ''}{by}"


def _suspended_reason(life: _Life, day: str) -> tuple[str, str]:
    slots = [slot for slot in life.slots if slot.role == "suspension"]
    began = [slot for slot in slots if (slot.options[0].date or _FIRST) <= day]
    slot = max(began or slots, key=lambda slot: slot.options[0].date or "")
    bound, again = slot.options[0], slot.again
    vi = f"ngưng hiệu lực từ {shown_day(bound.date)}" if bound.date else "ngưng hiệu lực"
    en = f"suspended from {bound.date}" if bound.date else "suspended"
    if again and again.date:
        last = _day_before(again.date)
        vi, en = f"{vi} đến hết {shown_day(last)}", f"{en} to {last}"
    return f"{vi}{_by(bound)}", f"{en}{_by(bound)}"


def _standing_reason(code: Code, life: _Life, checked_on: str | None) -> tuple[str, str]:
    start, start_en = _since([bound for bound in life.of("start") if bound.date], plain=True)
    ends = [bound.date for bound in life.of("end") if bound.date]
    vi, en = f"có hiệu lực từ {start}", f"in force from {start_en}"
    if len(set(ends)) > 1:
        either, either_en = _either(life.of("end"))
        vi = f"{vi}; các nguồn nói khác nhau về ngày hết hiệu lực: {either}"
        en = f"{en}; sources differ on the day it ended: {either_en}"
    elif ends:
        last = _day_before(min(ends))
        vi, en = f"{vi} đến hết {shown_day(last)}", f"{en} to {last}"
    elif checked_on:
        vi, en = f"{vi}, tới {shown_day(checked_on)} chưa biết có ngày hết", f"{en}, no end known on {checked_on}"
    if code == "partly-expired":
        day = min((bound.date for bound in life.of("partial") if bound.date), default="")
        vi, en = f"{vi}; một phần hết hiệu lực từ {shown_day(day)}", f"{en}; a part ended on {day}"
    for bound in (*life.of("start"), *life.of("end")):
        if bound.date and bound.confidence != "V":
            vi = f"{vi} (ngày {shown_day(bound.date)} ở mức {bound.confidence})"
            en = f"{en} ({bound.date} is {bound.confidence})"
    return vi, en


def _those(bound: Bound | None) -> tuple[Bound, ...]:
    return (bound,) if bound else ()


def _day_before(day: str) -> str:
    return day if day == _FIRST else (date.fromisoformat(day) - timedelta(days=1)).isoformat()
