"""The units graph: every unit over its period, the changes between them, and what followed what."""

from collections.abc import Iterator

from loaders.authorities.territory import PART, UNKNOWN, Change, Territory, territory
from loaders.authorities.units import Unit, units
from loaders.text import fold
from ontology import BASE

_RDF, _XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2001/XMLSchema#"
_LABEL, _TD, _VOCAB = "http://www.w3.org/2000/01/rdf-schema#label", f"{BASE}ns#", f"{BASE}vocab/"
_EXTENTS = {PART: "succeededInPartBy", UNKNOWN: "succeededToUntoldExtentBy"}


def lines() -> Iterator[str]:
    """The graph as lines of N-Triples, each once."""
    known = territory()
    for unit in units().on(None):
        yield from _of_unit(unit)
        yield from _following(unit, known)
    for change in known.changes:
        yield from _of_change(change)


def _of_unit(unit: Unit) -> Iterator[str]:
    subject = f"<{unit.iri}>"
    above = [unit, *units().ancestors(unit)]
    yield f"{subject} <{_RDF}type> <{_TD}AdministrativeUnit> .\n"
    yield f"{subject} <{_RDF}type> <http://data.europa.eu/m8g/AdminUnit> .\n"
    yield f'{subject} <{_TD}code> "{unit.code}" .\n'
    yield f'{subject} <{_LABEL}> "{unit.full_name}"@vi .\n'
    yield f'{subject} <{_TD}unitName> "{unit.name}" .\n'
    yield f'{subject} <{_TD}unitKind> "{unit.kind}" .\n'
    yield f"{subject} <{_TD}level> <{_VOCAB}level/{unit.level}> .\n"
    yield f"{subject} <{_TD}validFrom> {_day(unit.valid_from)} .\n"
    yield f'{subject} <{_TD}certainty> "{unit.certainty}" .\n'
    yield f'{subject} <{_TD}searchText> "{fold(", ".join(u.full_name for u in above))}" .\n'
    if unit.valid_before:
        yield f"{subject} <{_TD}validBefore> {_day(unit.valid_before)} .\n"
    if unit.parent:
        yield f"{subject} <{_TD}parentUnit> <{unit.parent}> .\n"


def _following(unit: Unit, known: Territory) -> Iterator[str]:
    """What came right after; said again where it took a part only, or where how much it took is not told."""
    for step in known.successors(unit):
        yield f"<{unit.iri}> <{_TD}succeededByUnit> <{step.unit.iri}> .\n"
        if step.share in _EXTENTS:
            yield f"<{unit.iri}> <{_TD}{_EXTENTS[step.share]}> <{step.unit.iri}> .\n"


def _of_change(change: Change) -> Iterator[str]:
    subject = f"<{change.iri}>"
    yield f"{subject} <{_RDF}type> <{_TD}TerritorialChange> .\n"
    yield f"{subject} <{_TD}confidence> <{_VOCAB}confidence/{change.confidence}> .\n"
    for kind in change.kinds:
        yield f"{subject} <{_TD}changeKind> <{_VOCAB}unit-change/{kind}> .\n"
    if change.day:
        yield f"{subject} <{_TD}changeDay> {_day(change.day)} .\n"
    if change.instrument and change.resolution:
        yield f"{subject} <{_TD}changedBy> <{change.instrument}> .\n"
        yield f'{subject} <{_TD}changeReference> "{change.reference}" .\n'
    if change.note:
        yield f'{subject} <http://www.w3.org/2004/02/skos/core#note> "{change.note}"@vi .\n'
    for unit, _ in change.before:
        yield f"{subject} <{_TD}originalUnit> <{unit.iri}> .\n"
    for unit in change.after:
        yield f"{subject} <{_TD}resultingUnit> <{unit.iri}> .\n"


def _day(day: str) -> str:
    return f'"{day}"^^<{_XSD}date>'
