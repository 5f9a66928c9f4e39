"""What the agencies graph says of a body: all of it follows from the body's IRI, so no document order matters."""

from loaders.authorities.agencies import Agency
from loaders.authorities.bodies import bodies
from loaders.authorities.units import Unit, units
from loaders.vocabulary import concept_iri
from ontology import BASE, TD
from queryapi.store.terms import Iri, Literal, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_ORG = "http://www.w3.org/ns/org#"


def agency_triples(iri: str) -> str:
    """The body's sorted N-Triples.

    >>> '"Chính phủ"@vi' in agency_triples("https://w3id.org/thidua/id/agency/trung-uong/chinh-phu")
    True
    """
    place, _, slug = iri.removeprefix(f"{BASE}id/agency/").rpartition("/")
    unit = None if place == "trung-uong" else _unit(f"{BASE}id/unit/{place}")
    said: list[tuple[str, Term]] = [(f"{_RDF}type", Iri(f"{_ORG}FormalOrganization"))]
    if slug in bodies():
        agency = Agency(slug, unit)
        said += [
            (str(TD.body), Iri(concept_iri("body", slug))),
            (f"{_ORG}classification", Iri(concept_iri("body", slug))),
        ]
        said.append((f"{_RDFS}label", Literal(agency.label, language="vi")))
        if agency.level:
            said.append((str(TD.level), Iri(concept_iri("level", agency.level))))
    if unit:
        said.append((str(TD.ofUnit), Iri(unit.iri)))
    return "".join(sorted(f"{Iri(iri).n3()} {Iri(p).n3()} {o.n3()} .\n" for p, o in said))


def _unit(iri: str) -> Unit | None:
    try:
        return units().get(iri)
    except KeyError:
        return None
