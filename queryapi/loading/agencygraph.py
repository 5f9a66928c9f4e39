"""What the agencies graph says of a body: all of it follows from the body's IRI, so no document order matters."""

from collections.abc import Iterator

from loaders.authorities.agencies import Agency
from loaders.authorities.body_kinds import bodies
from loaders.authorities.units import FIRST_DAY, Unit, units
from loaders.law.succession import Heir, end_of, heirs, organ_of, superior
from loaders.text import fold
from loaders.vocabulary import concept_iri
from ontology import BASE, TD
from queryapi.store.terms import XSD, Iri, Literal, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_ORG = "http://www.w3.org/ns/org#"


def agency_triples(iri: str) -> str:
    """The body's sorted N-Triples: what it is, of which unit, under whom, until when, and who took over.

    >>> '"Chính phủ"@vi' in agency_triples("https://w3id.org/thidua/id/agency/trung-uong/chinh-phu")
    True
    """
    place, _, slug = iri.removeprefix(f"{BASE}id/agency/").rpartition("/")
    unit = None if place == "trung-uong" else _unit(f"{BASE}id/unit/{place}")
    said: list[tuple[str, Term]] = [(f"{_RDF}type", Iri(f"{_ORG}FormalOrganization"))]
    if slug in bodies() and (unit or place == "trung-uong"):
        agency = Agency(slug, unit)
        said += [
            (str(TD.body), Iri(concept_iri("body", slug))),
            (f"{_ORG}classification", Iri(concept_iri("body", slug))),
        ]
        said.append((f"{_RDFS}label", Literal(agency.label, language="vi")))
        if agency.level:
            said.append((str(TD.level), Iri(concept_iri("level", agency.level))))
        province = units().province(unit).full_name if unit else ""
        said.append((str(TD.searchText), Literal(" ".join(fold(f"{agency.label} {province}").split()))))
        said += _through_time(agency)
    if unit:
        said.append((str(TD.ofUnit), Iri(unit.iri)))
    return "".join(sorted({f"{Iri(iri).n3()} {Iri(p).n3()} {o.n3()} .\n" for p, o in said}))


def _through_time(agency: Agency) -> Iterator[tuple[str, Term]]:
    """Its bounds, what it is an organ of and under, and its successors by IRI and by name."""
    over, above, end = organ_of(agency), superior(agency), end_of(agency)
    if over:
        yield f"{_ORG}subOrganizationOf", Iri(over.iri)
    if above:
        yield str(TD.superiorAgency), Iri(above.iri)
    # The first table's day is no beginning: units were there long before.
    if agency.unit and agency.unit.valid_from != FIRST_DAY:
        yield str(TD.validFrom), Literal(agency.unit.valid_from, XSD + "date")
    if end:
        yield str(TD.validBefore), Literal(end.day, XSD + "date")
        yield str(TD.confidence), Iri(concept_iri("confidence", end.confidence.lower()))
    for heir in heirs(agency):
        yield str(TD.succeededByAgency), Iri(heir.agency.iri)
        yield str(TD.successorLabel), Literal(_called(heir), language="vi")


def _called(heir: Heir) -> str:
    unit = heir.agency.unit
    province = units().province(unit).name if unit else ""
    label = f"{heir.agency.label} ({province})" if unit and unit.level != "tinh" else heir.agency.label
    return label if heir.confidence == "V" else f"{label} – mức {heir.confidence}, chưa kiểm chứng"


def _unit(iri: str) -> Unit | None:
    try:
        return units().get(iri)
    except KeyError:
        return None
