"""What the agencies graph says of a body: all of it follows from the body's IRI, so no document order matters."""

from loaders.units import units
from loaders.vocabulary import concept_iri, scheme
from ontology import BASE, TD
from queryapi.terms import Iri, Literal, Term

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_ORG = "http://www.w3.org/ns/org#"


def agency_triples(iri: str) -> str:
    """The body's sorted N-Triples.

    >>> print(agency_triples("https://w3id.org/thidua/id/agency/trung-uong/chinh-phu").split("label> ")[1].split(" .")[0])
    "Chính phủ"@vi
    """
    place, _, slug = iri.removeprefix(f"{BASE}id/agency/").rpartition("/")
    body = scheme("body").get(slug)
    label = body.label if body else slug
    said: list[tuple[str, Term]] = [(f"{_RDF}type", Iri(f"{_ORG}FormalOrganization"))]
    if body:
        said += [(str(TD.body), Iri(body.iri)), (f"{_ORG}classification", Iri(body.iri))]
    if place == "trung-uong":
        said.append((str(TD.level), Iri(concept_iri("level", "trung-uong"))))
    else:
        try:
            unit = units().get(f"{BASE}id/unit/{place}")
        except KeyError:
            unit = None
        if unit:
            label = f"{label} {unit.full_name}"
            said += [(str(TD.ofUnit), Iri(unit.iri)), (str(TD.level), Iri(concept_iri("level", unit.level)))]
    said.append((f"{_RDFS}label", Literal(label, language="vi")))
    return "".join(sorted(f"{Iri(iri).n3()} {Iri(p).n3()} {o.n3()} .\n" for p, o in said))
