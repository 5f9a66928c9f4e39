"""The section tree: cases as data, and laws that hold for every case and for the plans in examples/."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.phrases import reading
from loaders.structure.outline import Section, find_structure_doubts, outline, section_at, walk
from loaders.text import Text

CASES = tomllib.loads((Path(__file__).parent / "parts" / "structure.toml").read_text("utf-8"))["case"]
PLANS = sorted((Path(__file__).parent.parent / "examples" / "plans").glob("*.txt"))
TEXTS = [pytest.param(Text.of(case["text"].strip()), id=case["why"][:60]) for case in CASES] + [
    pytest.param(Text.of(path.read_text("utf-8")), id=path.stem) for path in PLANS
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"][:60]) for case in CASES])
def test_a_case_has_the_sections_it_says(case: dict[str, Any]) -> None:
    text = Text.of(case["text"].strip())
    root = outline(text)
    found = [[section.label, section.role or False] for section, _ in walk(root) if section.mark]
    assert found == case["sections"]
    if "doubts" in case:
        assert [doubt.code for doubt in find_structure_doubts(text, root)] == case["doubts"]


@pytest.mark.parametrize("text", TEXTS)
def test_children_stand_inside_parents_and_follow_each_other(text: Text) -> None:
    def check(section: Section) -> None:
        at = section.start
        for child in section.children:
            assert section.start <= child.start <= child.text_start <= child.text_end <= child.end <= section.end
            assert child.start >= at
            at = child.end
            check(child)

    check(outline(text))


@pytest.mark.parametrize("text", TEXTS)
def test_no_word_of_the_text_is_lost(text: Text) -> None:
    covered = bytearray(len(text.raw))
    for section, _ in walk(outline(text)):
        covered[section.start : section.text_end] = b"\1" * (section.text_end - section.start)
    left = "".join(c for c, seen in zip(text.raw, covered, strict=True) if not seen)
    assert not [word for word in left.split() if word.strip("*_|-–#/.>") and not word.strip("*").isdigit()]


@pytest.mark.parametrize("text", TEXTS)
def test_the_innermost_label_is_found_at_every_section(text: Text) -> None:
    root = outline(text)
    for section, _ in walk(root):
        if section.label and section.mark:
            assert section_at(root, section.start) == section.label


@pytest.mark.parametrize("text", TEXTS)
def test_words_lead_back_to_their_places(text: Text) -> None:
    words = reading(text)
    for place in range(0, len(words.words), 7):
        assert words.offset(words.place(place)) <= place
        assert words.place(place) <= words.end_place(place + 1) <= len(text.raw)
