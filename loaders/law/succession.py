"""Agencies through time: the day one ended and by what, what it was an organ of, and who took over from it.

An agency ends with its unit (Ủy ban nhân dân huyện Long Thành on 1 July 2025) or because its kind of body ended
everywhere (Bộ Giao thông vận tải): the first is in the tables of units, the second in `ontology/law/bodies.ttl`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from loaders.authorities.agencies import Agency, agency
from loaders.authorities.body_kinds import bodies, committee_of
from loaders.authorities.territory import territory
from loaders.authorities.units import Unit, units
from loaders.law.graph import of_type
from loaders.law.verdict import Confidence
from ontology import TD

_REFERENCE, _ORIGINAL, _RESULTING = TD.reference, TD.originalBody, TD.resultingBody
_SAME_PLACE = {"renamed", "kind-changed", "moved"}
_NOTE = "http://www.w3.org/2004/02/skos/core#note"


@dataclass(frozen=True)
class BodyChange:
    """The end of a kind of body; `day` is the first day without it."""

    original: str
    resulting: tuple[str, ...]
    day: str
    reference: str
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True)
class End:
    """The first day without an agency, whether its unit or its kind of body ended, and by what."""

    day: str
    why: Literal["unit", "body"]
    reference: str | None
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True)
class Heir:
    """An agency that took over. `share` (whole, part, unknown) is how much of the old territory it serves.

    `through` is the body by which it did: a steering committee leaves its work to the committee that set it up.
    """

    agency: Agency
    share: str
    confidence: Confidence
    through: Agency | None = None


def end_of(of: Agency) -> End | None:
    """When the agency ended, as far as is known; None for one that still is.

    >>> ward = units().find("Thác Mơ", kind="phường", on="2024-08-28")[0]
    >>> end_of(Agency("ubnd", ward)).day
    '2025-07-01'
    >>> end_of(Agency("bo-giao-thong-van-tai")).confidence
    'V-weak'
    """
    ends = [_unit_end(of.unit, of.unit.valid_before)] if of.unit and of.unit.valid_before else []
    change = _changes().get(of.body)
    if change and (of.unit is None or of.unit.valid_from < change.day):
        ends.append(End(change.day, "body", change.reference, change.confidence, change.note))
    return min(ends, key=lambda end: (end.day, end.why != "unit"), default=None)


def goes_on(unit: Unit) -> bool:
    """Whether a unit that ended goes on under another name or kind, with its land and its bodies.

    >>> goes_on(units().find("Đồng Nai", level="tinh", on="2026-01-01")[0])
    True
    >>> goes_on(units().find("Bình Phước", level="tinh")[0])
    False
    """
    changes = [change for change in territory().ending(unit) if change.after]
    return bool(changes) and all(set(change.kinds) <= _SAME_PLACE for change in changes)


def lasts_on(of: Agency, day: str) -> bool:
    """Whether there was such an agency on the day, as far as is known."""
    end = end_of(of)
    began = of.unit is None or of.unit.lasts_on(day) or of.unit.valid_from <= day
    return began and (end is None or day < end.day)


def heirs(of: Agency) -> tuple[Heir, ...]:
    """Who took over from an agency that ended; nobody from one that still is, or where no source says who.

    >>> district = units().find("Ninh Phước", kind="huyện", on="2024-01-01")[0]
    >>> {heir.agency.unit.name for heir in heirs(Agency("ubnd", district))} >= {"Ninh Phước", "Phước Hữu", "Phước Hậu"}
    True
    """
    end = end_of(of)
    if end is None:
        return ()
    return tuple(dict.fromkeys(_by_unit(of) if end.why == "unit" else _by_body(of)))


def organ_of(of: Agency) -> Agency | None:
    """The body it is part of or works for, at the same unit: a steering committee's is its People's Committee.

    >>> province = units().find("Quảng Ninh", level="tinh")[0]
    >>> organ_of(Agency("so-noi-vu", province)).label
    'Ủy ban nhân dân tỉnh Quảng Ninh'
    """
    if of.unit and of.of.of_committee:
        return agency(committee_of(of.unit.kind).slug, of.unit)
    over = of.of.organ_of
    return agency(over, of.unit) if over and over != of.body else None


def superior(of: Agency, on: str | None = None) -> Agency | None:
    """The same kind of body one unit above, on a day: the province's over the district's.

    >>> district = units().find("Long Thành", kind="huyện")[0]
    >>> superior(Agency("ubnd", district), "2024-04-25").label
    'Ủy ban nhân dân tỉnh Đồng Nai'
    """
    above = units().ancestors(of.unit, on)[:1] if of.unit else []
    return next((found for unit in above if (found := _same_at(of, unit))), None)


@cache
def _changes() -> dict[str, BodyChange]:
    found = {}
    for entry in of_type("BodyChange"):
        original = entry.slug(_ORIGINAL)
        found[original] = BodyChange(
            original,
            tuple(iri.rpartition("/")[2] for iri in entry.all(_RESULTING)),
            entry.must(TD.validFrom),
            entry.must(_REFERENCE),
            entry.grade(),
            entry.one(_NOTE),
        )
    return found


def _unit_end(unit: Unit, day: str) -> End:
    """The end of its unit, by the change that ended it; a day that only a table gives is no day of law."""
    change = next((c for c in territory().ending(unit) if c.day == day), None)
    if change is None:
        return End(day, "unit", None, "K", "Kết thúc vào một ngày chưa rõ, không muộn hơn ngày này.")
    return End(day, "unit", change.reference, _GRADED[change.confidence])


def _by_unit(of: Agency) -> Iterator[Heir]:
    """The same body at the units that came after, else what its kind became, else whoever follows what it served.

    A body with a task only has no other: it is followed by the successors of the committee that set it up.
    """
    assert of.unit
    found: list[Heir] = []
    if not of.of.for_task:
        steps = units().successors(of.unit)
        found = [Heir(a, s.share, _GRADED[s.change.confidence]) for s in steps if (a := _same_at(of, s.unit))]
        found = found or (list(_by_body(of)) if of.body in _changes() else [])
    over = None if found else organ_of(of)
    if over:
        found = [Heir(h.agency, h.share, h.confidence, h.through or over) for h in _by_unit(over)]
    yield from found


def _by_body(of: Agency) -> Iterator[Heir]:
    """What the kind of body became: at the same unit, else at the units that came after."""
    change = _changes()[of.body]
    for slug in change.resulting:
        here = agency(slug, of.unit) if of.unit is None or of.unit.lasts_on(change.day) else None
        if here:
            yield Heir(here, "whole", change.confidence)
        elif of.unit:
            for after in units().successors(of.unit):
                there = agency(slug, after.unit)
                if there:
                    yield Heir(there, after.share, _weaker(change.confidence, _GRADED[after.change.confidence]))


def _same_at(of: Agency, unit: Unit) -> Agency | None:
    """The same kind of body at another unit: a Huyện ủy's is a commune's Đảng ủy."""
    group = of.of.counterpart_of or of.body
    same = _groups().get(group, (of.body,))
    there = [found for slug in same if (found := agency(slug, unit))]
    return next((a for a in there if a.of.unit_kind == unit.kind), there[0] if there else None)


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for body in bodies().values():
        if body.counterpart_of:
            found[body.counterpart_of].append(body.slug)
    return {generic: (generic, *others) for generic, others in found.items()}


_GRADES: tuple[Confidence, ...] = get_args(Confidence)
_GRADED: dict[str, Confidence] = {grade.lower(): grade for grade in _GRADES}


def _weaker(one: Confidence, other: Confidence) -> Confidence:
    return max(one, other, key=_GRADES.index)
