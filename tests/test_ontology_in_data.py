"""What the ontology says of its terms holds of the data written with them: the plans and the example nominations."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDFS, URIRef

from loaders.nominations.plan import plan_from
from loaders.nominations.rdf import to_graph
from loaders.nominations.read import read_form
from ontology import TD, graph, sources
from queryapi.nominations.check import plan_slice
from queryapi.reference import examples
from queryapi.store import Store
from queryapi.store.terms import Rows

FORMS = sorted((Path(__file__).parent.parent / "examples" / "nominations").glob("*.xlsx"))
PLACES = {RDFS.domain: "?x ?p ?y", RDFS.range: "?y ?p ?x"}
_USES = """SELECT DISTINCT ?p ?type { %s . FILTER(STRSTARTS(STR(?p), "https://w3id.org/thidua/ns#")) ?x a ?type }"""
# By any of its types; what nothing is said of, such as a document nobody holds, is let be.
_MISPLACED = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?x { VALUES ?p { <%s> } %s . FILTER EXISTS { ?x a ?any }
  FILTER NOT EXISTS { ?x a/rdfs:subClassOf* <%s> } } LIMIT 1"""


def misplaced(ask: Callable[[str], Iterator[dict[str, str]]]) -> set[tuple[str, str, str]]:
    """A property with one thing that stands where its domain or range says something else must stand."""
    found = set()
    for place, pattern in PLACES.items():
        for row in ask(_USES % pattern):
            prop, type_ = row["p"], row["type"]
            for wanted in graph("ontology").objects(TD[prop.removeprefix(TD)], place):
                if str(wanted).startswith("http://www.w3.org/2001/XMLSchema#") or under(type_, str(wanted)):
                    continue
                found |= {(prop, str(wanted), x["x"]) for x in ask(_MISPLACED % (prop, pattern, wanted))}
    return found


def under(type_: str, wanted: str) -> bool:
    return URIRef(wanted) in graph("ontology").transitive_objects(URIRef(type_), RDFS.subClassOf)


def test_domains_and_ranges_hold_in_the_graph_of_the_five_plans(five_plans: Store) -> None:
    def ask(query: str) -> Iterator[dict[str, str]]:
        found = five_plans.query(query)
        assert isinstance(found, Rows)
        return ({name: str(term) for name, term in row.items()} for row in found.records())

    assert misplaced(ask) == set()


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_domains_and_ranges_hold_in_nominations(five_plans: Store, file: Path) -> None:
    form = read_form(file.read_bytes(), file.name)
    plan_graph = plan_slice(five_plans, form.plan)
    data = plan_graph + to_graph(form, plan_from(plan_graph, form.plan))
    assert misplaced(asking(data.serialize(format="nt"))) == set()


def asking(ntriples: str) -> Callable[[str], Iterator[dict[str, str]]]:
    store = ox.Store()
    for source in sources("ontology"):
        store.load(source.read_bytes(), format=ox.RdfFormat.TURTLE)
    store.load(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES)

    def ask(query: str) -> Iterator[dict[str, str]]:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return ({name: row[name].value for name in names} for row in found)

    return ask


def test_a_thing_in_the_wrong_place_is_seen() -> None:
    """A deadline with a signer, a citation of a citation; a citation of a document nobody holds is none."""
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    data = f"""<urn:d> {a} <{TD.Deadline}> .
<urn:d> <{TD.signerName}> "Lê Văn Tiếp" .
<urn:c> {a} <{TD.Citation}> .
<urn:c> <{TD.cites}> <urn:c> .
<urn:c> <{TD.cites}> <urn:nobody-holds-it> .
"""
    assert {(prop, thing) for prop, _, thing in misplaced(asking(data))} == {
        (str(TD.signerName), "urn:d"),
        (str(TD.cites), "urn:c"),
    }


def test_the_examples_of_the_reference_stand_in_the_graph(five_plans: Store) -> None:
    """ontology/examples.tsv: `python docs/make_ontology.py --examples` when this fails."""
    wrong = []
    for term, example in examples().items():
        found = five_plans.query(f"SELECT ?o {{ <{example.subject}> <{example.predicate}> ?o }}")
        assert isinstance(found, Rows)
        if example.object not in {" ".join(str(row["o"]).split())[:100] for row in found.records()}:
            wrong.append(term)
    assert wrong == []
