"""Mentions of documents that cite none: each case of `tests/references/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.citations.references import find_references
from loaders.findings import Source
from loaders.rdf import quads
from loaders.read import find
from loaders.text import Text
from loaders.vocabulary import concept_iri
from ontology import TD

CASES = [
    pytest.param(case, id=case["why"])
    for path in sorted((Path(__file__).parent / "references").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    text = Text.of(case["text"])
    said = find(text, Source(name="x.txt", sha256=text.sha256)).references
    assert len(said) == len(case["finds"]), said
    for want, got in zip(case["finds"], said, strict=True):
        assert {field: getattr(got, field) for field in want} == want
        assert got.text == text.raw[got.start : got.end]


def test_many_in_one_text_are_found_in_order() -> None:
    text = Text.of("Kế hoạch này theo quy định của pháp luật. " * 300)
    said = find_references(text, ())
    assert len(said) == 600 and [r.start for r in said] == sorted(r.start for r in said)


def test_references_stand_in_the_graph() -> None:
    text = Text.of("Kế hoạch này thực hiện theo hướng dẫn của Sở Nội vụ và các quy định của pháp luật.")
    graph = quads(find(text, Source(name="x.txt", sha256=text.sha256)), text.raw)
    said = {
        (quad.predicate.value, quad.object.value)
        for quad in graph
        if "#reference-" in getattr(quad.subject, "value", "")
    }
    for kind in ("self", "delegation", "unnumbered"):
        assert (str(TD.referenceKind), concept_iri("reference-kind", kind)) in said
    assert (str(TD.referenceType), concept_iri("document-type", "ke-hoach")) in said
    linked = [quad for quad in graph if quad.predicate.value == str(TD.hasReference)]
    assert len(linked) == 3
