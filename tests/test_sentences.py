"""The sentence shown for a citation is the document's own, without its heading and without its neighbours."""

import tomllib
from pathlib import Path

import pytest

from queryapi.sentences import sentence_at

CASES = tomllib.loads((Path(__file__).parent / "trace" / "sentences.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_sentence_around_a_citation(case: dict[str, str]) -> None:
    assert case["why"]
    start = case["text"].index(case["words"])
    assert sentence_at(case["text"], start, start + len(case["words"])) == case["sentence"]
