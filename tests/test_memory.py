"""A text that was read is gone with its last reader: memory is bounded by the largest document, not by their number."""

import gc
import weakref
from pathlib import Path

import pytest

from loaders.findings import Source
from loaders.read import find
from loaders.text import Text, once

PLANS = sorted((Path(__file__).parent.parent / "examples" / "plans").glob("*.txt"))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_text_that_was_read_is_held_by_nobody(path: Path) -> None:
    text = Text.of(path.read_text("utf-8"))
    find(text, Source(name=path.name, sha256=text.sha256))
    left = weakref.ref(text)
    gc.disable()  # what only the search for rings of objects could free is held too long
    try:
        del text
        assert left() is None
    finally:
        gc.enable()


def test_what_is_made_of_a_text_may_be_the_text() -> None:
    text, same = Text.of("Kế hoạch"), once(lambda text: text)
    assert same(text) is text and same(text) is text


def test_another_place_makes_another_thing() -> None:
    text, word = Text.of("Kế hoạch"), once(lambda text, place, end=None: text.raw[place:end])
    assert (word(text, 0), word(text, 3), word(text, 3, end=5), word(text, 0)) == (
        "Kế hoạch",
        "hoạch",
        "ho",
        "Kế hoạch",
    )
