"""Forms tried only where what they begin with stands: plain letters are found far quicker than a form is tried."""

import re
from collections.abc import Iterable, Iterator

from loaders.phrases import Hit, Reading


def places(words: str, said: Iterable[str], start: int = 0, end: int | None = None) -> list[int]:
    """Where one of some wordings stands in words, in order.

    >>> places("tu nam den nam", ("nam", "den"))
    [3, 7, 11]
    """
    stop = len(words) if end is None else end
    found = []
    for wording in said:
        at = words.find(wording, start, stop)
        while at >= 0:
            found.append(at)
            at = words.find(wording, at + 1, stop)
    return sorted(found) if len(found) > 1 else found


def tried(words: Reading, form: re.Pattern[str], begins: Iterable[int], stop: int | None = None) -> Iterator[Hit]:
    """Matches of a form that begin at one of the given offsets of the words, none in another, as far as an offset."""
    end = len(words.words) if stop is None else stop
    done = 0
    for at in begins:
        if at >= done and (match := form.match(words.words, at, end)):
            done = match.end()
            yield words.hit(match)
