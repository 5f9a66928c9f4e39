"""How sure findings are: each ground where it should be and nowhere else, and more often right where it is surer."""

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.confidence import DOUBTFUL, graded
from loaders.corrections.fields import KINDS
from loaders.findings import Document, Findings, Source, Span, spans_of
from loaders.layout import Layout, Page, Word
from loaders.lexicon import lexicon
from loaders.read import find
from loaders.text import Text
from loaders.vocabulary import scheme

ROOT = Path(__file__).parent.parent
PLAN = (ROOT / "tests" / "review" / "plan.txt").read_text("utf-8")
CASES = tomllib.loads((ROOT / "tests" / "review" / "grounds.toml").read_text("utf-8"))["case"]
SOURCE = Source(name="plan.txt", sha256="0" * 64)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_a_finding_says_why_it_is_in_doubt(case: dict[str, Any]) -> None:
    text = PLAN
    for old, new in case.get("change", []):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = find(Text.of(text), SOURCE)
    same = [span for span in getattr(found, KINDS[case["kind"]][0]) if span.text == case["text"]]
    assert [sorted(span.grounds) for span in same] == [sorted(case["grounds"])]
    assert (same[0].confidence < 1) == bool(case["grounds"])


def test_every_ground_is_a_concept_and_every_concept_has_its_weight() -> None:
    weights = {name: said for name, said in lexicon("confidence").items() if "weight" in said}
    assert set(weights) == set(scheme("confidence-ground"))
    assert set(lexicon("confidence")["doubts"].values()) <= set(weights)
    assert all(0 < said["weight"] <= 1 and len(said["why"]) > 20 for said in weights.values())


def test_what_the_engine_was_unsure_of_is_in_doubt() -> None:
    text = Text("Kinh phí do ngân sách huyện cấp.", Layout((Page(1, 0, 33, _words(0.4)),)))
    sure = Text(text.raw, Layout((Page(1, 0, 33, _words(0.95)),)))
    span = Span(text=text.raw[:31], start=0, end=31)
    found = Findings(source=SOURCE, document=Document(iri="urn:d"), funding=(span,))
    assert graded(text, found).funding[0].grounds == ("chu-quet-mo",)
    assert graded(sure, found).funding[0] == span


def _words(confidence: float) -> tuple[Word, ...]:
    return (Word(0, 8, (1.0, 1.0, 2.0, 2.0), confidence), Word(9, 31, (2.0, 1.0, 3.0, 2.0), confidence))


def test_what_a_person_said_stays_sure() -> None:
    span = Span(text="béng khcn qúả", start=0, end=13, grounds=("hieu-dinh",))
    found = Findings(source=SOURCE, document=Document(iri="urn:d"), funding=(span,))
    assert graded(Text.of(span.text), found) == found


def test_a_garbled_plan_is_in_doubt_throughout_and_still_read() -> None:
    raw = (ROOT / "examples" / "plans" / "thac-mo-54-kh-ubnd-2024.txt").read_text("utf-8")
    spans = list(spans_of(find(Text.of(raw), SOURCE)))
    assert spans and all("chu-hong" in span.grounds and span.confidence < 1 for span in spans)


def test_surer_findings_are_right_more_often() -> None:
    """On clean plans damaged as scanners do; the whole table: python benchmarks/calibration.py."""
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "benchmarks" / "calibration.py")
    assert spec and spec.loader
    calibration = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = calibration
    spec.loader.exec_module(calibration)
    judged = list(calibration.sample(2))
    sure = [right for span, right in judged if span.confidence >= DOUBTFUL]
    unsure = [right for span, right in judged if span.confidence < DOUBTFUL]
    assert len(sure) > 100 and len(unsure) > 50
    assert sum(sure) / len(sure) > sum(unsure) / len(unsure) + 0.05
