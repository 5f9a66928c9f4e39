"""Which agency a phrase or a number's code means, case by case (tests/agencies/*.toml)."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.authorities.agencies import Context, by_suffix, find_bodies, resolve
from loaders.authorities.places import place_at, units_named
from loaders.authorities.units import Unit
from loaders.authorities.words import words_of
from loaders.text import Text

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['why']}")
    for file in sorted((Path(__file__).parent / "agencies").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


def unit(words: str, on: str | None) -> Unit:
    """The one unit a case's `own` names."""
    text = Text.of(words)
    placed = place_at(text, words_of(text), 0)
    assert placed, words
    found = units_named(placed[0], on)
    assert len(found) == 1, [f.iri for f in found]
    return found[0]


@pytest.mark.parametrize("case", CASES)
def test_means(case: dict[str, str]) -> None:
    on = case.get("on")
    context = Context(own=unit(case["own"], on) if "own" in case else None, on=on)
    meant = by_suffix(case["suffix"], context) if "suffix" in case else resolve(case["phrase"], context)
    assert (meant.label if meant else "") == case["label"]
    if "authority" in case:
        assert meant and meant.authority == case["authority"]


@pytest.mark.parametrize("case", [case for case in CASES if "body" in case.values[0] or "says" in case.values[0]])
def test_says_what_can_be_said(case: dict[str, str]) -> None:
    mention = find_bodies(Text.of(case["phrase"]))[0]
    assert mention.body.slug == case.get("body", mention.body.slug)
    assert mention.kind == case.get("kind", mention.kind)
    assert mention.label == case.get("says", mention.label)


@pytest.mark.parametrize("case", [case for case in CASES if "phrase" in case.values[0]])
def test_stands_where_it_says(case: dict[str, str]) -> None:
    text = Text.of(case["phrase"])
    mentions = find_bodies(text)
    for mention in mentions:
        assert 0 <= mention.start < mention.body_end <= mention.end <= len(text.raw)
        assert text.raw[mention.start : mention.end] == text.raw[mention.start : mention.end].strip()
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_no_mention_inside_a_number() -> None:
    assert not find_bodies(Text.of("Căn cứ Kế hoạch số 05/KH — UBND và 20/CT-UBND, /KH-BCĐ"))


SCRAPS = """
UBND|Ủy ban nhân dân|tỉnh|huyện|thị xã|thành phố|TP.|Q. 1|P.5|của|các|cấp|và|,|;|.|/|-|(|)|Long Thành|Phudc|Phước
Ban Chỉ đạo|CCHC|Ban Chap hanh|Pang bo|Ban Thường vụ|Huyện ủy|@y|x&|thi X8|thj|26/KH-UBND|Chính phủ|điện tử
Khóa XIV|Sở|Nội vụ|Đ|đ|''|tinh|UBNDhuyện|&|thuộc"""
WORDS = st.sampled_from([*SCRAPS.replace("\n", "|").split("|"), "\n", "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from([None, "2019-01-01", "2024-04-25", "2025-09-01"]))
def test_any_words_give_places_in_the_text_and_at_most_one_agency(words: str, on: str | None) -> None:
    text = Text.of(words)
    mentions = find_bodies(text)
    assert all(0 <= m.start < m.body_end <= m.end <= len(text.raw) for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    own = unit("huyện Long Thành, tỉnh Đồng Nai", None)
    found = resolve(words, Context(own=own, on=on))
    assert found is None or (found.label and found.iri.startswith("https://w3id.org/thidua/id/agency/"))
