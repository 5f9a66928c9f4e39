"""What a pattern cannot match without is told rightly: looking it up first never hides a match."""

import re

import pytest

from loaders.needles import Haystack, needles

WORDS = "phong trao thi dua khen thuong tu ngay 12/3; it nhat 90% tap the, qua tang, giay khen “x” cua bo"

# pattern, what every match of it must have one of ("" is any digit), None where nothing can be told
TOLD = [
    (r"khen thuong", {"khen thuong"}),
    (r"\b(?:toi thieu|it nhat) (?P<n>\d+)", {"toi thieu", "it nhat"}),
    (r"(?:it nhat )?\d{1,3} ?%", {"%"}),
    (r"(?:it nhat )?\d{1,3}\w", {""}),
    (r"tu (?:truoc )?ngay", {"ngay"}),
    (r"(?<!khong )thi dua(?= khen)", {"thi dua"}),
    (r"qua[n]? t|giay(?: khen)+", {"qua", " khen"}),
    (r"[“\"]x?[”\"]", {"“", '"'}),
    (r"(?:thi dua|khen)?", None),
    (r"[^.;]{2,5}", None),
    (r".*", None),
    (r"(?i:khen)", None),
    (r"(?:khen|)\w", None),
]


@pytest.mark.parametrize(("pattern", "told"), TOLD)
def test_what_must_stand_there_is_told(pattern: str, told: set[str] | None) -> None:
    found = needles(re.compile(pattern))
    assert (found and set(found)) == told


def test_a_pattern_blind_to_case_is_not_judged() -> None:
    assert needles(re.compile("khen", re.IGNORECASE)) is None


@pytest.mark.parametrize("pattern", [*(source for source, _ in TOLD), r"\w+ khen", r"t\w+ (?:dua|bo)\b", r"\d{2}/\d"])
def test_no_match_is_hidden(pattern: str) -> None:
    """In every window of thirty letters."""
    form, told = re.compile(pattern), Haystack(WORDS)
    matched = [place for place in range(len(WORDS)) if form.search(WORDS, place, place + 30)]
    assert matched and all(told.may_match(form, place, place + 30) for place in matched)


def test_a_needle_at_the_end_of_the_window_is_seen() -> None:
    words = "duoc giay khen"
    assert Haystack(words).may_match(re.compile("khen"), 10, 14)
    assert not Haystack(words).may_match(re.compile("khen"), 0, 10)
