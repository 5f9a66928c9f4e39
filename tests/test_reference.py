"""The vocabulary as a published thing: a fresh reference, versions that agree, released names kept, changes told."""

import re
import runpy
import sys
import tomllib
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SKOS

from ontology import BASE, TD, graph
from queryapi.reference import examples, header, lists, sections

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))  # the script imports its neighbour
MADE = runpy.run_path(str(ROOT / "docs" / "make_ontology.py"))
DIFF = runpy.run_path(str(ROOT / "docs" / "diff_ontology.py"))
NS = URIRef(BASE + "ns")
RELEASED = (ROOT / "ontology" / "released.txt").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("page", MADE["pages"](), ids=lambda page: page.name)
def test_the_reference_is_up_to_date(page: Path) -> None:
    """Generated: `python docs/make_ontology.py` when this fails."""
    assert page.read_text("utf-8") == MADE["pages"]()[page]


def test_the_picture_draws_every_class_it_places_and_no_word_runs_out_of_its_box() -> None:
    svg = MADE["pages"]()[MADE["PICTURE"]]
    drawn = re.findall(r">td:(\w+)</text></a>", svg)
    places = sys.modules["draw_ontology"].PLACES
    assert drawn == list(places) and "hasCitation →" in svg
    by_name = {term.name: term for section in sections() for term in section.terms}
    assert all(len(by_name[name].labels["vi"]) <= 32 for name in places), "give it less room or more"


def test_every_term_stands_in_a_section_once_and_every_list_is_there() -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {str(s) for kind in kinds for s in graph("ontology").subjects(RDF.type, kind) if s.startswith(str(TD))}
    shown = [term.iri for section in sections() for term in section.terms]
    assert sorted(shown) == sorted(declared)
    assert {one.name for one in lists()} == {
        str(s).rsplit("/", 1)[1] for s in graph("vocab").subjects(RDF.type, SKOS.ConceptScheme)
    }
    assert sum(len(one.entries) for one in lists()) == len(set(graph("vocab").subjects(SKOS.inScheme, None)))


def test_sections_have_titles_in_both_languages() -> None:
    """`# ---- Citations | Viện dẫn` in the source; one without a bar would show English to Vietnamese readers."""
    assert [s.titles["en"] for s in sections() if s.titles["vi"] == s.titles["en"]] == []


def test_examples_are_of_terms_that_are_there() -> None:
    declared = {term.iri for section in sections() for term in section.terms}
    assert set(examples()) <= declared
    assert len(examples()) > 150
    for term, example in examples().items():
        said = example.object if example.predicate.endswith("#type") else example.predicate
        assert said == term


def test_one_version_in_the_ontology_the_program_and_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert header().version == version == re.findall(r"^## \[([0-9.]+)\]", CHANGELOG, re.MULTILINE)[0]
    assert graph("ontology").value(NS, OWL.versionIRI) == URIRef(f"{NS}/{version}")


def test_the_prior_version_is_named_once_there_is_one() -> None:
    """By the changelog: the first has none, every later one names the one before it."""
    versions = re.findall(r"^## \[([0-9.]+)\]", CHANGELOG, re.MULTILINE)
    prior = [str(value) for value in graph("ontology").objects(NS, OWL.priorVersion)]
    assert prior == [f"{NS}/{version}" for version in versions[1:2]]


def test_the_days_of_the_header_are_in_order() -> None:
    assert header().created <= header().modified


def released() -> dict[str, str]:
    rows = [line.split(" ", 1) for line in RELEASED.splitlines() if line and not line.startswith("#")]
    return {name: version for version, name in rows}


def kept(names: dict[str, str], data: Graph) -> set[str]:
    """Released names that are no longer declared."""
    return {name for name in names if not list(data.triples((URIRef(name), RDF.type, None)))}


def test_a_released_name_is_never_gone() -> None:
    assert kept(released(), graph("ontology") + graph("vocab")) == set()


def test_a_gone_name_would_be_seen_and_a_deprecated_one_is_not_gone() -> None:
    data = Graph()
    data.add((TD.Old, RDF.type, OWL.Class))
    data.add((TD.Old, OWL.deprecated, Literal(True)))
    assert kept({str(TD.Old): "0.1.0", str(TD.Gone): "0.1.0"}, data) == {str(TD.Gone)}


def test_a_version_with_a_day_in_the_changelog_has_its_names_kept() -> None:
    """`## [0.1.0] – 2026-12-01` is released; `## [0.1.0]` is being made."""
    dated = re.findall(r"^## \[([0-9.]+)\] . \d{4}-\d\d-\d\d", CHANGELOG, re.MULTILINE)
    assert not dated or set(dated) & set(released().values())


def test_releasing_keeps_the_names_of_today_and_only_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    list_ = tmp_path / "released.txt"
    list_.write_text("# names\n0.0.9 https://w3id.org/thidua/ns#Citation\n", "utf-8")
    monkeypatch.setitem(MADE["release"].__globals__, "RELEASED", list_)
    text = MADE["release"]()
    lines = [line.split(" ", 1)[1] for line in text.splitlines() if not line.startswith("#")]
    assert len(lines) == len(set(lines)) > 500
    assert f"{header().version} {TD.EmulationPlan}" in text and "0.0.9 https://w3id.org/thidua/ns#Citation" in text
    list_.write_text(text, "utf-8")
    with pytest.raises(SystemExit, match="already"):
        MADE["release"]()


OLD = """@prefix td: <https://w3id.org/thidua/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
td:kept a owl:Class ; rdfs:label "giữ"@vi . td:gone a owl:Class . td:aging a owl:Class .
td:moved a owl:ObjectProperty ; rdfs:domain td:kept . td:worded a owl:Class ; rdfs:label "cũ"@vi .
<https://example.org/other> a owl:Class .
"""
NEW = """@prefix td: <https://w3id.org/thidua/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
td:kept a owl:Class ; rdfs:label "giữ"@vi . td:aging a owl:Class ; owl:deprecated true .
td:moved a owl:ObjectProperty ; rdfs:domain td:fresh . td:worded a owl:Class ; rdfs:label "mới"@vi .
td:fresh a owl:Class .
"""


def test_the_difference_of_two_versions_is_told_by_names(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "old.ttl").write_text(OLD, "utf-8")
    (tmp_path / "new" / "thidua.ttl").write_text(NEW, "utf-8")
    found = DIFF["difference"](DIFF["read"](tmp_path / "old.ttl"), DIFF["read"](tmp_path / "new"))
    assert found == {
        "Added": ["ns#fresh"],
        "Deprecated": ["ns#aging"],
        "Removed": ["ns#gone"],
        "Changed in use": ["ns#moved"],
        "Reworded": ["ns#worded"],
    }
    assert "### Removed (1)\n\n- `ns#gone`" in DIFF["text"](found)
    with pytest.raises(SystemExit, match="no Turtle"):
        DIFF["read"](tmp_path / "new" / "vocab")


def test_a_deprecated_term_is_shown_as_such() -> None:
    """On a term made for the test: today none is deprecated."""
    from dataclasses import replace

    term = replace(sections()[0].terms[0], deprecated=True, replaced_by=(str(TD.Part),))
    assert "**không dùng nữa**; thay bằng [td:Part](#Part)" in MADE["_term"](term, "vi")
