"""What must stand in a text for a pattern to match there: told from the pattern itself, looked for before it is run.

Most patterns match nowhere in most sentences, and plain letters are found or missed far quicker than a pattern.
"""

import re
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")
_DIGIT = re.compile(r"\d")
_MOST = 80  # alternatives: looking up more costs more than it spares


# Letters of which every match of a pattern contains one; "" is any digit.
Needles = frozenset[str]
_ANY_DIGIT = ""


def needles(pattern: re.Pattern[str]) -> Needles | None:
    """One of these is in every match of a pattern; None where nothing can be told.

    >>> sorted(needles(re.compile(r"\\b(?:tu|dat) (?P<n>sang kien|mo hinh)s?")))
    ['mo hinh', 'sang kien']
    >>> needles(re.compile(r"(?:sang kien)?")) is None
    True
    """
    if pattern.flags & re.IGNORECASE:
        return None
    found = _of_sequence(_parser.parse(pattern.pattern, pattern.flags))
    return found if found and len(found) <= _MOST else None


def _of_sequence(sequence: Any) -> Needles | None:
    """The most telling of the needles of what follows one another."""
    best: Needles | None = None
    letters = ""
    for operation, given in [*((str(operation), given) for operation, given in sequence), ("END", None)]:
        if operation == "LITERAL":
            letters += chr(given)
            continue
        if letters.strip():
            best = _better(best, frozenset({letters}))
        letters = ""
        best = _better(best, _of_item(operation, given))
    return best


def _of_item(operation: str, given: Any) -> Needles | None:
    match operation:
        case "BRANCH":
            return _union([_of_sequence(alternative) for alternative in given[1]])
        case "SUBPATTERN":
            _, added, removed, inner = given
            return None if added or removed else _of_sequence(inner)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_sequence(given[2]) if given[0] else None
        case "ATOMIC_GROUP":
            return _of_sequence(given)
        case "IN":
            return _union([_of_class(str(kind), value) for kind, value in given])
        case _:
            return None


def _of_class(kind: str, value: Any) -> Needles | None:
    if kind == "LITERAL" and chr(value).strip():
        return frozenset({_ANY_DIGIT if chr(value).isdecimal() else chr(value)})
    if (kind == "CATEGORY" and str(value) == "CATEGORY_DIGIT") or (
        kind == "RANGE" and value[0] >= 48 and value[1] <= 57
    ):
        return frozenset({_ANY_DIGIT})
    return None


def _union(alternatives: list[Needles | None]) -> Needles | None:
    told = [needle for needle in alternatives if needle]
    return frozenset().union(*told) if len(told) == len(alternatives) else None


def _better(one: Needles | None, other: Needles | None) -> Needles | None:
    return max(one, other, key=_worth) if one and other else one or other


def _worth(told: Needles) -> tuple[int, int]:
    """The more letters the rarer; many alternatives are seldom all absent."""
    return min(min(map(len, told)), 6), -len(told)


# A pattern's own hash reads all of its code: it is told by its address, and kept so that no other gets that.
_told: dict[int, tuple[re.Pattern[str], Needles | None]] = {}


class Haystack:
    """A text, asked whether a pattern can match in a stretch of it."""

    def __init__(self, words: str) -> None:
        self.words = words

    def may_match(self, pattern: re.Pattern[str], start: int, end: int) -> bool:
        """Whether a pattern can match between two places at all.

        >>> text = Haystack("co 2 sang kien")
        >>> text.may_match(re.compile("mo hinh"), 0, 14), text.may_match(re.compile(r"sang kien"), 0, 14)
        (False, True)
        """
        known = _told.get(id(pattern))
        if known is None:
            known = _told[id(pattern)] = pattern, needles(pattern)
        if known[1] is None:
            return True
        # a sentence is looked through quicker than a list of all words of a document is made
        for letters in known[1]:
            if self.words.find(letters, start, end) >= 0 if letters else _DIGIT.search(self.words, start, end):
                return True
        return False
