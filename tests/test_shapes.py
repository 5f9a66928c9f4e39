"""Every shape passes what is good and was seen failing on what is bad, and on nothing else.

A case is a small Turtle file: `# why:` says what it shows, `# fails: tds:…` which shapes must fail; without, none may.
"""

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH

from ontology import TD, TDS
from ontology import graph as ontology_graph
from shapes import graph, sources
from shapes.check import NothingTested, check, rules, targeted

CASES = sorted((Path(__file__).parent / "shapes").glob("*/*.ttl"))
VERDICTS = {"met", "not-met", "not-assessable", "not-applicable"}


def wanted(case: Path) -> set[URIRef]:
    return {TDS[name] for name in re.findall(r"^# fails: tds:(\S+)", case.read_text("utf-8"), re.M)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_fails_just_the_shapes_it_names(case: Path) -> None:
    assert "# why: " in case.read_text("utf-8")
    assert bool(wanted(case)) == case.name.startswith("bad-")
    results = check(Graph().parse(case), graph(case.parent.name))
    assert {r.shape for r in results.results} == wanted(case)


def test_every_shape_was_seen_failing() -> None:
    failed = set().union(*map(wanted, CASES))
    assert set(targeted(graph())) - failed == set()


def test_every_shape_speaks_both_languages_and_names_its_source() -> None:
    for rule in rules(graph()).values():
        assert set(rule.messages) == {"vi", "en"}, rule.iri
        assert rule.source, rule.iri
        assert set(rule.remedies) in ({"vi", "en"}, set()), rule.iri
        assert rule.yields in {*VERDICTS, None}, rule.iri


def test_every_shape_of_a_nomination_yields_a_verdict() -> None:
    for rule in rules(graph("nomination", "dossier", "deadline", "quota")).values():
        assert rule.yields in VERDICTS - {"met"}, rule.iri


def test_a_message_of_the_engine_is_not_needed_for_its_words() -> None:
    """pySHACL fills `{$value}` in one place and prints it in another, so no message may hold one."""
    for source in sources():
        assert not re.search(r"\{[$?]", source.read_text("utf-8")), source.name


def test_shapes_speak_of_terms_that_exist() -> None:
    known = {s for s in ontology_graph("ontology").subjects() if str(s).startswith(str(TD))}
    spoken = {t for triple in graph() for t in triple if isinstance(t, URIRef) and str(t).startswith(str(TD))}
    written = "\n".join(source.read_text("utf-8") for source in sources())
    spoken |= {TD[name] for name in re.findall(r"\btd:(\w+)", written)}
    assert {str(t).removeprefix(str(TD)) for t in spoken - known} == set()


def test_a_shape_that_tests_nothing_is_an_error_where_it_should_test_something() -> None:
    with pytest.raises(NothingTested):
        check(Graph(), graph("nomination"), must_test=[TD.Nomination])


def test_tells_how_many_nodes_each_shape_tested() -> None:
    data = Graph()
    for n in range(3):
        data.add((URIRef(f"urn:x:{n}"), RDF.type, TD.QuotaCount))
    results = check(data, graph("quota"))
    assert results.tested[TDS["QuotaCount-max"]] == 3


def test_shapes_do_not_lean_on_inference() -> None:
    """A subclass said only in the ontology is not a target: what is to be tested carries its class itself."""
    data = Graph()
    data.add((URIRef("urn:x:1"), RDF.type, TD.Special))
    data.add((TD.Special, RDFS.subClassOf, TD.Unheard))
    shapes = Graph()
    shapes.add((TDS.S, RDF.type, SH.NodeShape))
    shapes.add((TDS.S, SH.targetClass, TD.Unheard))
    assert check(data, shapes).tested[TDS.S] == 0
