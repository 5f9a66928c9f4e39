"""What must stand in a text for a pattern to match there: told from the pattern itself, looked up before it is run.

Most patterns match nowhere in most documents, and a set of words knows that at once.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import chain, islice
from typing import Any, NamedTuple

_parser: Any = import_module("re._parser")
_TOKEN = re.compile(r"\w+")
_NOWHERE: Sequence[int] = array("I")
_DIGIT = re.compile(r"\d")
_MOST = 80  # alternatives: looking up more costs more than it spares


class Needle(NamedTuple):
    """Letters that every match of an alternative contains; `words` must stand there whole, one must begin so.

    Without letters it is any digit.
    """

    letters: str
    words: tuple[str, ...] = ()
    beginning: str = ""


Needles = frozenset[Needle]
_ANY_DIGIT = Needle("")


@cache
def needles(pattern: re.Pattern[str]) -> Needles | None:
    """One of these is in every match of a pattern; None where nothing can be told.

    >>> sorted(needle.letters for needle in needles(re.compile(r"\\b(?:tu|dat) (?P<n>sang kien|mo hinh)s?")))
    ['mo hinh', 'sang kien']
    >>> needles(re.compile(r"(?:sang kien)?")) is None
    True
    """
    if pattern.flags & re.IGNORECASE:
        return None
    found = _of_sequence(_parser.parse(pattern.pattern, pattern.flags))
    return found if found and len(found) <= _MOST else None


def _of_sequence(sequence: Any, bounded: bool = False, closed: bool = False) -> Needles | None:
    """The most telling of the needles of what follows one another; a word may begin before it, end after it."""
    items = [(str(operation), given) for operation, given in sequence]
    best: Needles | None = None
    letters, opened = "", bounded
    for place, (operation, given) in enumerate([*items, ("END", None)]):
        if operation == "LITERAL":
            letters += chr(given)
            continue
        ends = _is_boundary(operation, given) or (operation == "END" and closed)
        if letters.strip():
            best = _better(best, frozenset({_needle(letters, opened, ends)}))
        begins = not letters and opened
        letters, opened = "", _is_boundary(operation, given)
        if not opened and operation != "END":
            last = place + 1 == len(items)
            shut = closed if last else _is_boundary(*items[place + 1])
            best = _better(best, _of_item(operation, given, begins, shut))
    return best


def _is_boundary(operation: str, given: Any) -> bool:
    return operation == "AT" and str(given) == "AT_BOUNDARY"


def _of_item(operation: str, given: Any, bounded: bool, closed: bool) -> Needles | None:
    match operation:
        case "BRANCH":
            return _union([_of_sequence(alternative, bounded, closed) for alternative in given[1]])
        case "SUBPATTERN":
            _, added, removed, inner = given
            return None if added or removed else _of_sequence(inner, bounded, closed)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_sequence(given[2]) if given[0] else None
        case "ATOMIC_GROUP":
            return _of_sequence(given, bounded, closed)
        case "IN":
            return _union([_of_class(str(kind), value) for kind, value in given])
        case _:
            return None


def _of_class(kind: str, value: Any) -> Needles | None:
    if kind == "LITERAL" and chr(value).strip():
        return frozenset({_ANY_DIGIT if chr(value).isdecimal() else _needle(chr(value), False, False)})
    if (kind == "CATEGORY" and str(value) == "CATEGORY_DIGIT") or (
        kind == "RANGE" and value[0] >= 48 and value[1] <= 57
    ):
        return frozenset({_ANY_DIGIT})
    return None


def _union(alternatives: list[Needles | None]) -> Needles | None:
    told = [needle for needle in alternatives if needle]
    return frozenset().union(*told) if len(told) == len(alternatives) else None


def _needle(letters: str, bounded: bool, closed: bool) -> Needle:
    """With the words of it that have an end on either side, else how one begins."""
    tokens = [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(letters)]
    begun = [(token, end < len(letters) or closed) for token, start, end in tokens if start or bounded]
    whole = tuple(token for token, ended in begun if ended)
    return Needle(letters, whole, "" if whole or not begun else begun[-1][0])


def _better(one: Needles | None, other: Needles | None) -> Needles | None:
    return max(one, other, key=_worth) if one and other else one or other


def _worth(told: Needles) -> tuple[int, int]:
    """The more letters the rarer; many alternatives are seldom all absent."""
    return min(min(len(needle.letters) for needle in told), 6), -len(told)


class Haystack:
    """A text, asked where the needles of patterns stand in it."""

    def __init__(self, words: str) -> None:
        self.words = words
        self._tokens: dict[str, array[int]] = {}
        for token in _TOKEN.finditer(words):
            try:
                self._tokens[token[0]].append(token.start())
            except KeyError:
                self._tokens[token[0]] = array("I", (token.start(),))
        self._sorted: list[str] = []
        self._vocabulary = ""
        self._places: dict[int, tuple[re.Pattern[str], Sequence[int] | None]] = {}
        self._found: dict[str, Sequence[int]] = {}

    def may_match(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether a pattern can match between two places at all.

        >>> text = Haystack("co 2 sang kien")
        >>> text.may_match(re.compile("mo hinh"), 0, 14), text.may_match(re.compile(r"sang kien"), 0, 14)
        (False, True)
        """
        # a pattern's own hash reads all of its code: it is told by its address, and kept so that no other gets that
        known = self._places.get(id(pattern))
        places = known[1] if known else self._look(pattern)
        if places is None:
            return True
        first = bisect_left(places, start)
        return first < len(places) and places[first] < end

    def _look(self, pattern: re.Pattern[str]) -> Sequence[int] | None:
        told = needles(pattern)
        places = None if told is None else _merged([found for needle in told if (found := self._all(needle))])
        self._places[id(pattern)] = pattern, places
        return places

    def _all(self, needle: Needle) -> Sequence[int]:
        """Where the needle may stand: some place within every place where it does."""
        if needle.words:
            return min((self._tokens.get(word, _NOWHERE) for word in needle.words), key=len)
        kept = f"{needle.beginning}…" if needle.beginning else needle.letters
        found = self._found.get(kept)
        if found is None:
            found = self._found[kept] = self._begun(needle.beginning) if needle.beginning else self._scanned(needle)
        return found

    def _begun(self, letters: str) -> Sequence[int]:
        """Where words begin with these letters."""
        self._sorted = self._sorted or sorted(self._tokens)
        found = []
        for token in islice(self._sorted, bisect_left(self._sorted, letters), None):
            if not token.startswith(letters):
                break
            found.append(self._tokens[token])
        return _merged(found)

    def _scanned(self, needle: Needle) -> Sequence[int]:
        if needle.letters:
            part = max(_TOKEN.findall(needle.letters), key=len, default="")
            self._vocabulary = self._vocabulary or " ".join(self._tokens)
            if part not in self._vocabulary or needle.letters not in self.words:
                return _NOWHERE
        form = re.compile(re.escape(needle.letters)) if needle.letters else _DIGIT
        return array("I", [match.start() for match in form.finditer(self.words)])


def _merged(found: Sequence[Sequence[int]]) -> Sequence[int]:
    return sorted(chain.from_iterable(found)) if len(found) > 1 else found[0] if found else _NOWHERE
