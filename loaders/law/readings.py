"""Every way to read the bounds of an instrument: which of them hold, and what each reading says of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from typing import Literal

from loaders.law.bounds import Bound, Code, Interval

FIRST, LAST = "0001-01-01", "9999-12-31"

Mark = Literal["ended", "not-yet", "ended-sometime", "suspended", "no-start", "partly"]
# A world with several marks has the verdict of the first of these.
_SAYS: dict[Mark, Code] = {
    "ended": "expired",
    "not-yet": "not-yet-in-force",
    "ended-sometime": "expired",
    "suspended": "suspended",
    "no-start": "unknown",
    "partly": "partly-expired",
}
Choice = tuple[Bound | None, Bound | None]


@dataclass(frozen=True)
class Slot:
    """One place for a bound in a life: the bounds given for it, of which a reading takes one.

    It may drop them all where none is verified: a weaker one may be right instead of a verified one, not take it away.
    `perhaps` is a suspension of which it is not known whether it is of what is cited.
    """

    role: Literal["issued", "start", "end", "unchecked", "partial", "provision", "suspension", "perhaps"]
    options: tuple[Bound, ...]
    again: Bound | None = None  # of a suspension: the day on which the effect comes back

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """What a reading can make of it: (the bound, or None where it is dropped; the end of a suspension)."""
        kept: list[Choice] = [(bound, self.again) for bound in self.options]
        if self.again and self.again.confidence != "V":
            kept += [(bound, None) for bound in self.options]
        if self.options and (self.role == "perhaps" or not any(bound.confidence == "V" for bound in self.options)):
            kept.append((None, None))
        return tuple(kept) or ((None, None),)

    def marks(self, choice: Choice, day: str) -> set[Mark | None]:
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
        if self.role in ("suspension", "perhaps"):
            return self._suspended(bound, again, day) if not early else {None}
        mark: Mark = "partly" if self.role == "partial" else "ended"
        if bound.date is None and not early:
            return {None, "partly" if mark == "partly" else "ended-sometime"}
        return {mark} if reached else {None}

    @staticmethod
    def _suspended(start: Bound, again: Bound | None, day: str) -> set[Mark | None]:
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
        return bool(day and kept and (self.last or LAST) <= day)

    @property
    def differs(self) -> bool:
        return len({bound.date for bound in self.options}) > 1

    def turns(self) -> Iterator[str]:
        """The days on which a verdict may change because of it."""
        for bound in (*self.options, *those(self.again)):
            yield from filter(None, (bound.date, bound.not_before))


@dataclass(frozen=True)
class Life:
    """All bounds of an instrument; `beside` are suspensions of parts of it, which change no verdict."""

    slots: tuple[Slot, ...]
    beside: tuple[Slot, ...] = ()

    @property
    def ends(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.role in ("end", "provision")]

    def surely_over(self, day: str) -> Slot | None:
        """The end that came first on every reading: where every reading says expired, there is one."""
        return min(filter(lambda s: s.surely_over_by(day), self.ends), key=lambda s: s.last or "", default=None)

    def of(self, role: str) -> tuple[Bound, ...]:
        return tuple(bound for slot in self.slots if slot.role == role for bound in slot.options)

    def over(self, days: Interval, fixed: tuple[int, Choice] | None = None) -> set[Code]:
        """Every verdict that some reading gives on some day of the interval, with one choice made if `fixed`."""
        return {code for day in self.deciding_days(days) for code in self.readings(day, fixed)}

    def deciding_days(self, days: Interval) -> list[str]:
        """The first and last day, and each day between on which a verdict may change."""
        first, last = days.first or FIRST, days.last or LAST
        if first == last:
            return [first]
        turns = chain.from_iterable((day_before(day), day) for slot in self.slots for day in slot.turns())
        return sorted({first, last, *(day for day in turns if first <= day <= last)})

    def readings(self, day: str, fixed: tuple[int, Choice] | None = None) -> set[Code]:
        """The verdicts of one day under every choice; places are independent, so the marks left are enough."""
        worlds: set[frozenset[Mark]] = {frozenset()}
        for place, slot in enumerate(self.slots):
            choices = [fixed[1]] if fixed and fixed[0] == place else slot.choices
            marks = {mark for choice in choices for mark in slot.marks(choice, day)}
            worlds = {world | {mark} if mark else world for world in worlds for mark in marks}
        return {next((code for mark, code in _SAYS.items() if mark in world), "in-force") for world in worlds}


def those(bound: Bound | None) -> tuple[Bound, ...]:
    """A bound, if there is one."""
    return (bound,) if bound else ()


def day_before(day: str) -> str:
    """The last day before one.

    >>> day_before("2024-03-01")
    '2024-02-29'
    """
    return day if day == FIRST else (date.fromisoformat(day) - timedelta(days=1)).isoformat()
