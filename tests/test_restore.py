"""Garbled words made readable: right for most words, never a fact, and nothing where the text is healthy."""

import re
import tomllib
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from loaders.findings import Findings, Source, to_json
from loaders.rdf import quads
from loaders.read import find, read
from loaders.restore import attach, restore
from loaders.text import Text

PLANS = Path(__file__).parents[1] / "examples" / "plans"
GARBLED = ("quang-ninh-40-kh-ubnd-2024", "thac-mo-54-kh-ubnd-2024")
HEALTHY = ("long-thanh-kh-bcd-2024", "luong-dien-kh-ubnd-2023", "ninh-phuoc-26-kh-ubnd-2021")

SENTENCES = [
    (case["printed"], case["said"])
    for case in tomllib.loads((Path(__file__).parent / "restore" / "sentences.toml").read_text("utf-8"))["case"]
]


def of(name: str) -> tuple[Text, Findings]:
    return read(PLANS / f"{name}.txt")


def right(wanted: str, said: str) -> tuple[int, int]:
    ours, theirs = (re.findall(r"\w+", words.lower()) for words in (wanted, said))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks), len(ours)


def test_most_words_of_ruined_sentences_are_right_again() -> None:
    before = [right(wanted, printed) for printed, wanted in SENTENCES]
    after = [right(wanted, restore(printed, ["Tiên Yên"]).text) for printed, wanted in SENTENCES]
    words = sum(of for _, of in after)
    assert sum(good for good, _ in before) / words < 0.35
    assert sum(good for good, _ in after) / words >= 0.8


def test_numbers_dates_and_codes_stay_as_printed() -> None:
    said = restore("K& hoach s6 05/KH-UBND ngay 24/01/2024 dat 90% tro 1én, CCHC tap 3,5").text
    assert {"05/KH-UBND", "24/01/2024", "90%", "CCHC", "3,5"} <= set(re.findall(r"[\w/%,-]*\w%?", said))


def test_a_place_is_put_right_from_the_unit_tables_only() -> None:
    assert restore("phuong Thdc Mo", ["Thác Mơ"]).text == "phường Thác Mơ"
    assert "Thác Mơ" not in restore("phuong Thdc Mo").text


def test_the_title_of_a_garbled_plan_is_readable_beside_what_is_printed() -> None:
    document = of("quang-ninh-40-kh-ubnd-2024")[1].document
    assert document.readable == (
        "Phát động phong trào thi đua “Đẩy mạnh cải cách hành chính” trên địa bàn tỉnh Quảng Ninh năm 2024"
    )
    assert document.title
    assert "Phit dong" in document.title
    assert document.readable_confidence
    assert 0.5 < document.readable_confidence < 1


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_text_has_nothing_restored(name: str) -> None:
    findings = of(name)[1]
    assert findings.document.readable is None
    assert findings.document.readable_confidence is None
    assert all(criterion.normalised is None for criterion in findings.criteria)


@pytest.mark.parametrize("name", GARBLED)
def test_no_fact_rests_on_restored_words(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = Text.of((PLANS / f"{name}.txt").read_text("utf-8"))
    source = Source(name=name, sha256=text.sha256)
    labels = ("#readableTitle", "#readableName", "#readableConfidence", "#normalised")
    with_labels = find(text, source)
    monkeypatch.setattr(attach, "with_readable", lambda text, findings, unit: findings)
    without = find(text, source)
    assert with_labels.document.readable
    assert to_json(with_labels.citations) == to_json(without.citations)
    facts = [
        {str(quad) for quad in quads(found, text.raw) if not str(quad.predicate.value).endswith(labels)}
        for found in (with_labels, without)
    ]
    assert facts[0] == facts[1]


def test_the_same_words_are_restored_the_same_way() -> None:
    printed = SENTENCES[0][0]
    assert restore(printed) == restore(printed)
    assert restore("").text == ""
