"""The marks-free twin of a text: one character for each, whatever else stands beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.text import fold

LETTERS = st.text(st.one_of(st.sampled_from("Quyết định số ĐÐđ–’ \u00a0"), st.characters(exclude_categories=["Cs"])))


@given(LETTERS)
def test_a_character_is_folded_alike_alone_and_in_any_text(text: str) -> None:
    """Spans point into the folded text: a picture or a foreign letter elsewhere may change nothing."""
    assert fold(text) == "".join(map(fold, text))
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("ỦY BAN NHÂN DÂN", "uy ban nhan dan"),
        ("12/QÐ–UBND", "12/qd-ubnd"),  # the Ð of another alphabet, a long dash
        ("📄 Quyết định số 12/QĐ–UBND ✓", "📄 quyet dinh so 12/qd-ubnd ✓"),
        ("ＫẾ hoạch が", "ｋe hoach か"),  # letters beyond the common ones lose case and marks too
        ("İstanbul ß", "istanbul ß"),  # never two characters for one
    ],
)
def test_case_marks_and_dashes_are_gone(printed: str, plain: str) -> None:
    assert fold(printed) == plain
