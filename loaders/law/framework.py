"""What changed around a movement while it ran: the award framework, the units of its issuer, the issuer itself.

A plan that cites no law at all stands on the award framework all the same. Which instruments form it is data
(`td:inFramework` in the register). Changes are told only where they are sure enough to say on which day; how sure is
said with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from loaders.authorities.agencies import Agency
from loaders.authorities.body_kinds import bodies
from loaders.authorities.units import Unit, units
from loaders.law.judgement import successors_of
from loaders.law.records import Instrument
from loaders.law.register import Register
from loaders.law.succession import end_of, goes_on, heirs, lasts_on
from loaders.law.verdict import Confidence, Interval
from ontology import BASE

__all__ = ["AWARDS", "Change", "agency_of", "framework_changes"]

AWARDS = "thi-dua-khen-thuong"
_COMMITTEE = "ubnd"  # every unit has one; it ends with the unit


@dataclass(frozen=True, kw_only=True)
class Change:
    """An instrument, unit or body that ended within the period: `day` is the first day without it, `by` what says so.

    `successors` are those in force when the period ends, as (IRI, label).
    """

    kind: Literal["instrument", "unit", "body"]
    iri: str
    label: str
    day: str
    by: str | None = None
    successors: tuple[tuple[str, str], ...] = ()
    confidence: Confidence = "V"


def framework_changes(
    unit: Unit | None,
    agency: str | None,
    issued: str | Interval | None,
    until: str | None,
    register: Register,
    framework: str = AWARDS,
) -> tuple[Change, ...]:
    """What was there on the day of the plan and ended before its movement does; nothing for one without an end.

    The plan of phường Thác Mơ, 28/8/2024 to 31/12/2025, cites no award law:

    >>> from loaders.law.register import register
    >>> ward = units().find("Thác Mơ", kind="phường", on="2024-08-28")[0]
    >>> found = framework_changes(ward, None, "2024-08-28", "2025-12-31", register())
    >>> [(c.label, c.day) for c in found if c.kind == "unit"][:2]
    [('phường Thác Mơ', '2025-07-01'), ('thị xã Phước Long', '2025-07-01')]
    >>> "Nghị định 98/2023/NĐ-CP" in [c.label for c in found]
    True
    """
    days = Interval.of(issued)
    if until is None:
        return ()
    body = agency_of(agency) if agency else None
    unit = unit or (body.unit if body else None)
    return (
        *_instruments(unit, days, until, register, framework),
        *_units(unit, days, until),
        *(_bodies(body, days, until) if body else ()),
    )


def agency_of(iri: str) -> Agency | None:
    """The agency an IRI of ours names; None for any other.

    >>> agency_of("https://w3id.org/thidua/id/agency/trung-uong/chinh-phu").label
    'Chính phủ'
    """
    path, _, body = iri.removeprefix(f"{BASE}id/agency/").rpartition("/")
    if not iri.startswith(f"{BASE}id/agency/") or body not in bodies():
        return None
    if path == "trung-uong":
        return Agency(body)
    try:
        return Agency(body, units().get(f"{BASE}id/unit/{path}"))
    except KeyError:
        return None


def _instruments(unit: Unit | None, days: Interval, until: str, register: Register, framework: str) -> Iterator[Change]:
    found = []
    for instrument in register.instruments.values():
        # the rest need not be judged, and a store asks this of every plan
        ends = framework in instrument.frameworks and _ends_between(instrument, days.first or "", until)
        if ends and _applies_in(instrument, unit, days):
            verdict = register.judge(instrument.iri, days, until)
            end = instrument.valid_before
            if verdict.code in ("in-force", "partly-expired") and verdict.expired_later and end and end.date:
                found.append((end.date, instrument, end.by_article))
    told = {amending for _, instrument, _ in found for amending in instrument.amended_by}
    # The laws that amended it end with the law itself: one event, told once.
    found = [(day, one, article) for day, one, article in found if one.iri not in told]
    for day, instrument, article in sorted(found, key=lambda f: (f[0], _rank(f[1]), f[1].iri)):
        after = tuple((s.iri, s.label) for s in _last_successors(register, instrument, until))
        by = article or ", ".join(s.label for s in successors_of(register, instrument, until)) or None
        yield Change(kind="instrument", iri=instrument.iri, label=instrument.label, day=day, by=by, successors=after)


def _ends_between(instrument: Instrument, first: str, until: str) -> bool:
    bounds = (instrument.valid_before, *instrument.disputed.end)
    return any(bound and bound.date and first < bound.date <= until for bound in bounds)


def _rank(instrument: Instrument) -> int:
    """Laws before decrees before the rest."""
    order = ("hien-phap", "bo-luat", "luat", "phap-lenh", "nghi-quyet", "nghi-dinh", "quyet-dinh", "thong-tu")
    return order.index(instrument.type) if instrument.type in order else len(order)


def _applies_in(instrument: Instrument, unit: Unit | None, days: Interval) -> bool:
    """A provincial regulation governs the plans of that province only."""
    if not instrument.is_local:
        return True
    above = [unit, *units().ancestors(unit, days.last or days.first)] if unit else []
    return any(Agency(body, area).authority == instrument.authority for area in above for body in ("ubnd", "hdnd"))


def _last_successors(register: Register, instrument: Instrument, until: str) -> list[Instrument]:
    """What stands in its place when the period ends: successors of successors where those ended too."""
    found: dict[str, Instrument] = {}
    waiting, seen = [instrument], {instrument.iri}
    while waiting:
        for after in successors_of(register, waiting.pop(0), until):
            if after.iri in seen:
                continue
            seen.add(after.iri)
            if register.judge(after.iri, until).code == "expired":
                waiting.append(after)
            else:
                found[after.iri] = after
    return list(found.values())


def _units(unit: Unit | None, days: Interval, until: str) -> Iterator[Change]:
    """The unit and those above it, as they were on the day of the plan."""
    day = days.last or days.first
    for one in (unit, *units().ancestors(unit, day)) if unit else ():
        end = end_of(Agency(_COMMITTEE, one))
        if end is None or end.why != "unit" or goes_on(one):
            continue
        if _within(end.day, days, until) and (day is None or one.lasts_on(day)):
            after = [step.unit for step in units().successors(one, until)]
            yield Change(
                kind="unit",
                iri=one.iri,
                label=one.full_name,
                day=end.day,
                by=end.reference,
                successors=tuple((unit.iri, unit.full_name) for unit in after),
                confidence=end.confidence,
            )


def _bodies(body: Agency, days: Interval, until: str) -> Iterator[Change]:
    """The issuer itself: it ends with its unit, or because its kind of body ended everywhere."""
    end = end_of(body)
    raised = end and end.why == "unit" and body.unit and goes_on(body.unit)  # a province that became a city
    if end and not raised and _within(end.day, days, until):
        yield Change(
            kind="body",
            iri=body.iri,
            label=body.label,
            day=end.day,
            by=end.reference,
            successors=tuple((heir.iri, heir.label) for heir in _last_heirs(body, until)),
            confidence=end.confidence,
        )


def _last_heirs(body: Agency, until: str) -> list[Agency]:
    """Who does its work when the period ends: heirs of heirs where those ended too."""
    found: dict[str, Agency] = {}
    waiting, seen = [body], {body.iri}
    while waiting:
        for heir in heirs(waiting.pop(0)):
            after = heir.agency
            if after.iri in seen:
                continue
            seen.add(after.iri)
            if lasts_on(after, until):
                found[after.iri] = after
            else:
                waiting.append(after)
    return list(found.values())


def _within(day: str, days: Interval, until: str) -> bool:
    """Whether something ended after the plan and before its movement did; a plan is never issued by what is no more."""
    return (days.first or "") < day <= until
