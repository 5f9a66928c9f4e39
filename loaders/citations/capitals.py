"""Where words begin that are written with a capital, as every name of a document is."""

import re
from itertools import chain

from loaders.citations.mentions import CAPITAL
from loaders.text import Text, once

_START = re.compile(rf"{CAPITAL}(?<![^\W_].)")


@once
def _by_letters(text: Text) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    folded = text.folded
    for match in _START.finditer(text.raw):
        place = match.start()
        found.setdefault(folded[place : place + 2], []).append(place)
    return found


def capitals(text: Text, *letters: str) -> list[int]:
    """The places, in order, where words begin with a capital and with these first two letters, marks aside.

    >>> capitals(Text.of("Luật Lưu trữ và luật, Bộ luật"), "lu", "bo")
    [0, 5, 22]
    """
    by_letters = _by_letters(text)
    return sorted(chain.from_iterable(by_letters.get(two, ()) for two in letters))


def beginning(text: Text, letters: str) -> list[int]:
    """The places where words begin with a capital that is one of these letters."""
    by_letters = _by_letters(text)
    return sorted(chain.from_iterable(places for two, places in by_letters.items() if two[:1] in letters))
