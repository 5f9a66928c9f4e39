"""The verdict against an oracle that knows no rule but the words of the design, day by day over generated timelines.

Ten days, every reading written out one by one: which of the days given is right where two are given, whether each
weaker one holds, on which day an end without a day fell, on which day the citing document was issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.law.verdict import Alternatives, Bound, Interval, verdict

DAYS = [f"2024-01-{day:02}" for day in range(1, 11)]
AFTER = "2024-01-99"  # some day after the ten
NEVER = "none"

# What may be given of one bound: nothing, a day or two, each more or less sure; or that there is one, without a day.
GRADES = st.sampled_from(["V", "V", "V", "V-weak", "I", "K"])
DATED = st.builds(Bound, st.sampled_from(DAYS[2:8]), GRADES)
DATELESS = st.builds(Bound, st.none(), GRADES, not_before=st.none() | st.sampled_from(DAYS[2:8]))
SEVERAL = st.one_of(
    st.just([]), st.lists(DATED, min_size=1, max_size=1), st.lists(DATED, min_size=2, max_size=2), st.tuples(DATELESS)
).map(tuple)


@dataclass(frozen=True)
class Timeline:
    """One instrument, and the days on which the document that cites it may have been issued."""

    issued: tuple[Bound, ...] = ()
    start: tuple[Bound, ...] = ()
    end: tuple[Bound, ...] = ()
    partial: tuple[Bound, ...] = ()
    provision: tuple[Bound, ...] = ()
    suspended: tuple[tuple[Bound, Bound | None], ...] = ()
    checked: bool = True
    days: Interval = field(default_factory=lambda: Interval(DAYS[0], DAYS[0]))
    until: str | None = None

    @property
    def cited_on(self) -> list[str]:
        return [day for day in DAYS if (self.days.first or "") <= day <= (self.days.last or "9")]


def readings_of(bounds: tuple[Bound, ...]) -> Iterator[Bound | None]:
    """Each of the bounds given may be the right one; of those that nobody verified none need be."""
    yield from bounds
    if all(bound.confidence != "V" for bound in bounds):
        yield None


def days_of_end(bound: Bound | None, begins: str) -> list[str]:
    """The days on which an end may have fallen: the one given, or any that is not before the instrument was there."""
    if bound is None:
        return [NEVER]
    if bound.date:
        return [bound.date]
    return [day for day in (*DAYS, AFTER) if day >= max(bound.not_before or "", begins)]


def codes_of(line: Timeline) -> tuple[set[str], list[str]]:
    """Every verdict on every day of citing under every reading; and of each reading the day it ended."""
    codes, died = set[str](), list[str]()
    again = [second for _, second in line.suspended][:1]
    for issue, start, end, part, provision, halt, resumed in product(
        readings_of(line.issued),
        readings_of(line.start),
        readings_of(line.end),
        readings_of(line.partial),
        readings_of(line.provision),
        readings_of(tuple(first for first, _ in line.suspended)),
        readings_of(tuple(b for b in again if b)),
    ):
        # the first day a start allows; a start dropped restricts nothing, one nobody knows leaves all open
        known = bool(line.start) and (start is None or start.date is not None)
        if start is None and line.start and not any(b.date for b in line.start):
            known = False
        begins = max(
            (issue.date or "") if issue else "",
            (start.date or start.not_before or "") if start else "",
        )
        halts = (
            [NEVER]
            if halt is None
            else [halt.date]
            if halt.date
            else [d for d in (*DAYS, AFTER) if d >= (halt.not_before or "")]
        )
        resumes = (
            [NEVER]
            if resumed is None
            else [resumed.date]
            if resumed.date
            else [d for d in (*DAYS, AFTER) if d >= (resumed.not_before or "")]
        )
        parts = (
            [NEVER]
            if part is None
            else [part.date]
            if part.date
            else [d for d in (*DAYS, AFTER) if d >= (part.not_before or "")]
        )
        ends = days_of_end(end, begins)
        if not line.end and not line.checked:
            # nobody looked: it may have ended on any day since the first one there is any word of
            words = [b.date for b in (*line.issued, *line.start) if b.date]
            ends = [NEVER, *(d for d in (*DAYS, AFTER) if d >= max(min(words, default=""), begins))]
        for ended, of_it, parted, halted, on_again in product(
            ends, days_of_end(provision, begins), parts, halts, resumes
        ):
            died.append(min((d for d in (ended, of_it) if d != NEVER), default=NEVER))
            for day in line.cited_on:
                if day >= died[-1] and died[-1] != NEVER:
                    codes.add("expired")
                elif day < begins:
                    codes.add("not-yet-in-force")
                elif halted != NEVER and halted <= day and not (on_again != NEVER and on_again <= day):
                    codes.add("suspended")
                elif not known:
                    codes.add("unknown")
                elif parted != NEVER and parted <= day:
                    codes.add("partly-expired")
                else:
                    codes.add("in-force")
    return codes, died


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    one = st.lists(DATED | DATELESS, max_size=1).map(tuple)
    first, last = sorted((draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))))
    if draw(st.booleans()):
        first = last
    return Timeline(
        issued=draw(st.lists(DATED, max_size=2).map(tuple)),
        start=draw(SEVERAL),
        end=draw(SEVERAL),
        partial=draw(one),
        provision=draw(one),
        suspended=tuple(draw(st.lists(st.tuples(DATED, st.none() | DATED | DATELESS), max_size=1))),
        checked=draw(st.booleans()),
        days=Interval(draw(st.sampled_from([first, first, None])), draw(st.sampled_from([last, last, None]))),
        until=draw(st.none() | st.sampled_from(DAYS)),
    )


LAW = (Bound(DAYS[2]),)
HALT = ((Bound(DAYS[4]), Bound(DAYS[6])),)


@settings(max_examples=500)
@given(line=timelines())
@example(line=Timeline(start=LAW, end=(Bound(DAYS[4]), Bound(DAYS[6])), days=Interval(DAYS[5], DAYS[5])))
@example(line=Timeline(start=LAW, end=(Bound(DAYS[4]), Bound(DAYS[6], "I")), days=Interval(DAYS[6], DAYS[6])))
@example(line=Timeline(start=LAW, end=(Bound(DAYS[6], "K"), Bound(DAYS[4])), until=DAYS[7]))
@example(line=Timeline(start=(Bound(DAYS[2]), Bound(DAYS[4], "I"))))
@example(line=Timeline(start=LAW, suspended=HALT, days=Interval(DAYS[4], DAYS[5])))
@example(line=Timeline(start=LAW, suspended=HALT, days=Interval(DAYS[6], DAYS[6])))
@example(line=Timeline(start=LAW, checked=False, days=Interval(DAYS[5], None)))
def test_the_verdict_is_what_every_reading_of_every_day_says(line: Timeline) -> None:
    found = verdict(
        line.start[0] if line.start else None,
        line.end[0] if line.end else None,
        line.days,
        line.until,
        issued=line.issued[0] if line.issued else None,
        partial=line.partial,
        provision=line.provision,
        suspended=line.suspended,
        otherwise=Alternatives(line.start[1:], line.end[1:], line.issued[1:]),
        end_checked=line.checked,
    )
    codes, died = codes_of(line)
    assert found.code == (codes.pop() if len(codes) == 1 else "unknown")
    assert bool(found.decided_by) == (found.code == "unknown"), found
    assert found.reason and found.reason_en
    surely = next((day for day in DAYS if all(d != NEVER and d <= day for d in died)), None)
    assert found.since == (surely if found.code == "expired" else None)
    in_force = not {found.code} - {"in-force", "partly-expired"}
    if in_force:
        assert found.expired_later == bool(line.until and surely and surely <= line.until)
    elif found.code != "unknown":
        assert not found.expired_later
    two = any(len({b.date for b in bounds}) > 1 for bounds in (line.issued, line.start, line.end))
    assert not found.contested or (found.code == "unknown" and two)
