"""Which finding a person meant, though a better reader may have moved it or read its words otherwise."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz import fuzz

from loaders.corrections.file import Entry
from loaders.findings import Span
from loaders.text import Text, fold

__all__ = ["BEFORE", "located", "matched", "plain"]

BEFORE = 40  # characters before a finding that a drafted entry keeps of its surroundings
_ALIKE, _SAME_PLACE, _PLACE_ALIKE = 82, 60, 85
_SHORTEST = 12


def plain(words: str) -> str:
    """Words as they are compared: no marks, no punctuation.

    >>> plain("Quyết định số 12/QĐ–UBND;")
    'quyet dinh so 12 qd ubnd'
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(words)))


def matched(entry: Entry, spans: Sequence[Span], text: Text) -> list[int]:
    """Where the finding meant stands among those of its kind: one place, none, or several that nothing tells apart."""
    wanted = plain(entry.text)
    alike = [(_likeness(wanted, plain(span.text), entry, span.start, text), i) for i, span in enumerate(spans)]
    best = max((score for score, _ in alike), default=0)
    if not best:
        return []
    return _nearest(entry, [(spans[i].start, i) for score, i in alike if score == best], text)


def located(entry: Entry, text: Text) -> list[tuple[int, int]]:
    """Where the words of something to be added stand in the text: one place, none, or several."""
    tokens = plain(entry.text).split()
    if not tokens:
        return []
    words = re.compile(rf"(?<![a-z0-9]){'[^a-z0-9]+'.join(tokens)}(?![a-z0-9])")
    places = [match.span() for match in words.finditer(text.folded)]
    return [places[i] for i in _nearest(entry, [(start, i) for i, (start, _) in enumerate(places)], text)]


def _likeness(wanted: str, found: str, entry: Entry, start: int, text: Text) -> float:
    """From 0 to 100; 0 for another finding. "91/2017/NĐ-CP" is not "98/2023/NĐ-CP", however alike they look."""
    if wanted == found:
        return 100.0
    score = fuzz.ratio(wanted, found)
    shorter, longer = sorted((wanted, found), key=len)
    if len(shorter) >= _SHORTEST and 2 * len(shorter) >= len(longer) and f" {shorter} " in f" {longer} ":
        score = max(score, 90.0)
    if score >= _ALIKE and _figures(wanted) == _figures(found):
        return min(score, 99.0)
    same_place = len(plain(entry.before)) >= _SHORTEST and _before(entry, start, text) >= _PLACE_ALIKE
    return min(score, 98.0) if same_place and score >= _SAME_PLACE else 0.0


def _figures(words: str) -> list[str]:
    return sorted(word.lstrip("0") for word in words.split() if any(map(str.isdigit, word)))


def _before(entry: Entry, start: int, text: Text) -> float:
    wanted = plain(entry.before)
    around = plain(text.raw[max(0, start - 2 * BEFORE) : start])[-len(wanted) :] if wanted else ""
    return fuzz.ratio(wanted, around)


def _nearest(entry: Entry, places: list[tuple[int, int]], text: Text) -> list[int]:
    """Of several with the same words the one with the same words before it, then the one nearest to where it was."""
    if len(places) > 1 and plain(entry.before):
        scored = sorted(((_before(entry, start, text), start, i) for start, i in places), key=lambda one: -one[0])
        top = next(_groups(scored))
        if top[0][0] >= _PLACE_ALIKE:
            places = [(start, i) for _, start, i in top]
    if len(places) > 1 and entry.start is not None:
        near = entry.start
        places = [min(places, key=lambda place: (abs(place[0] - near), place))]
    return [i for _, i in places]


def _groups(scored: list[tuple[float, int, int]]) -> Iterator[list[tuple[float, int, int]]]:
    for _, group in groupby(scored, key=lambda one: one[0]):
        yield list(group)
