"""Every case of `tests/headers/*.toml`: what a document's head and foot say, and what they leave blank."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.citations.find import find_citations
from loaders.header import find_header
from loaders.signature import find_recipients, find_signature
from loaders.text import Text, fold

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['why']}")
    for path in sorted((HERE / "headers").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
SIGNED = ("signer", "signer_role", "signed_for")


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    text = Text.of(case["text"])
    signature = find_signature(text)
    header = find_header(text, signature)
    for field, value in case["finds"].items():
        of = signature if field in SIGNED else header
        got = getattr(of, "issuer_label" if field == "issuer" else field, None)
        if field == "issuer":  # the gazetteer of 2025 writes "Khánh Hoà", most papers "Khánh Hòa"
            got, value = fold(got or ""), fold(value)
        assert (got or "" if value == "" else got) == value, (field, header, signature)
    if "unit" in case:  # "" where no table has the unit of that kind on that day
        unit = header.issuer.unit if header.issuer else None
        assert (unit.path if unit else "") == case["unit"]
    if "doubts" in case:
        assert [doubt.code for doubt in header.doubts] == case["doubts"]
    if "recipients" in case:
        assert [span.text for span in find_recipients(text)] == case["recipients"]
    if "citations" in case:
        said = find_citations(text, header, lambda _: None)
        shown = [[c.number or c.name, c.relation, c.issuer or ""] for c in said]
        assert len(shown) == len(case["citations"]), shown
        for want, got in zip(case["citations"], shown, strict=True):
            assert want[0] == got[0] and want[1] in ("", got[1]) and fold(want[2]) in ("", fold(got[2])), shown


@pytest.mark.parametrize("case", CASES)
def test_every_span_is_of_the_text(case: dict[str, Any]) -> None:
    text = Text.of(case["text"])
    signature = find_signature(text)
    header = find_header(text, signature)
    assert 0 <= header.body_start <= len(text.raw)
    if header.title_span:
        assert header.title_span[0] < header.title_span[1] <= header.body_start
    for span in find_recipients(text):
        assert span.text == text.raw[span.start : span.end]
    for doubt in header.doubts:
        assert doubt.message and (doubt.start is None or doubt.start < (doubt.end or 0))
