"""What an entry changes, in plain words: which instruments, and which of their days."""

from collections.abc import Iterator

from loaders.days import shown_day
from loaders.law.records import Instrument
from loaders.law.register import Register
from loaders.law.verdict import Bound
from queryapi.language import say


def changes(before: Register, after: Register) -> tuple[str, ...]:
    """One line for each thing that is new or different, new instruments first."""
    return tuple(
        line
        for new in sorted(after.instruments.values(), key=lambda one: before.instruments.get(one.iri) is not None)
        if new != (old := before.instruments.get(new.iri))
        for line in _lines(old, new, after)
    )


def concerned(before: Register, after: Register) -> tuple[str, ...]:
    """The instruments of which the two registers say different things."""
    return tuple(iri for iri, new in after.instruments.items() if new != before.instruments.get(iri))


def _lines(old: Instrument | None, new: Instrument, known: Register) -> Iterator[str]:
    if old is None:
        yield say(f"thêm {new.label}: {new.title}", f"adds {new.label}: {new.title}")
    for vi, en, was, now in (
        ("ban hành", "issued", old and old.issue, new.issue),
        ("có hiệu lực từ", "in force from", old and old.valid_from, new.valid_from),
        ("hết hiệu lực từ", "ends on", old and old.valid_before, new.valid_before),
    ):
        if now != was and isinstance(now, Bound):
            before = f" ({say('trước', 'before')}: {_day(was)})" if isinstance(was, Bound) else _none(old)
            yield f"{new.label}: {say(vi, en)} {_day(now)}{before}"
    had = set(old.successors) if old else set()
    for successor in (one for one in new.successors if one not in had):
        yield say(
            f"{new.label}: được thay bằng {_label(known, successor.iri)} ({successor.confidence})",
            f"{new.label}: replaced by {_label(known, successor.iri)} ({successor.confidence})",
        )
    amended = set(old.amendments) if old else set()
    for amendment in (one for one in new.amendments if one not in amended):
        which = f"{', '.join(amendment.words)} " if amendment.words else ""
        by = f"{_label(known, amendment.iri)} ({amendment.confidence})"
        yield say(f"{new.label}: {which}được sửa bởi {by}", f"{new.label}: {which}amended by {by}")
    parts = set(old.partly_expired) if old else set()
    for part in (one for one in new.partly_expired if one not in parts):
        which = ", ".join(part.words)
        yield f"{new.label}: {which} {say('hết hiệu lực từ', 'ends on')} {_day(part.bound)}"
    held_up = set(old.suspended) if old else set()
    for one in (one for one in new.suspended if one not in held_up):
        which = ", ".join(one.words) + " " if one.words else ""
        until = f" {say('đến trước', 'until before')} {_day(one.end)}" if one.end else ""
        yield f"{new.label}: {which}{say('ngưng hiệu lực từ', 'suspended from')} {_day(one.start)}{until}"


def _none(old: Instrument | None) -> str:
    return "" if old is None else f" ({say('trước: chưa biết', 'before: not known')})"


def _day(bound: Bound) -> str:
    shown = shown_day(bound.date) or say("ngày chưa rõ", "a day not known")
    return f"{shown} ({bound.confidence})"


def _label(known: Register, iri: str) -> str:
    found = known.by_iri(iri)
    return found.label if found else iri.rpartition("/id/doc/")[2]
