"""Numbers and dates of a scan are looked at twice: once in their line, once cut out and alone.

The engine guesses with the words around: "Nghị định số 91/2017/NĐ-CP ngày 31/07/2017" was read 31/2017/NĐ-CP from a
clean picture. Digits alone are compared; where two looks differ a third, at twice the size, decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.formats.columns import Line, Piece

Look = Callable[[Sequence[Piece], bool], list[str]]
"""Reads words once more, each cut out of the page, at twice the size if asked to."""

_NUMBER = re.compile(r"\W{0,2}\d[\w./–—-]*[/-][\w./–—-]*\W{0,2}")
_DIGIT = re.compile(r"\d")
_UNSETTLED = 0.5


def rechecked(lines: Sequence[Line], look: Look) -> list[Line]:
    """The lines with every number on which two of three looks agree against the first put right.

    A number on which no two agree stays as first read, with little confidence.
    """
    first = [piece for line in lines for piece in line.pieces if _NUMBER.fullmatch(piece.text)]
    doubtful = [
        (piece, second) for piece, second in zip(first, look(first, False), strict=True) if _differ(piece, second)
    ]
    if not doubtful:
        return list(lines)
    thirds = look([piece for piece, _ in doubtful], True)
    settled: dict[int, Piece] = {}
    for (piece, second), third in zip(doubtful, thirds, strict=True):
        if _digits(third) == _digits(second):
            settled[id(piece)] = replace(piece, text=_with_digits(piece.text, second))
        elif _digits(third) != _digits(piece.text):
            settled[id(piece)] = replace(piece, confidence=min(piece.confidence, _UNSETTLED))
    return [replace(line, pieces=tuple(settled.get(id(piece), piece) for piece in line.pieces)) for line in lines]


def _differ(piece: Piece, second: str) -> bool:
    """Whether a second look saw as many digits, but others; anything else says more about the cutting than the word."""
    ours, theirs = _digits(piece.text), _digits(second)
    return len(ours) == len(theirs) and ours != theirs


def _digits(text: str) -> list[str]:
    return _DIGIT.findall(text)


def _with_digits(text: str, other: str) -> str:
    """
    >>> _with_digits("31/2017/NĐ-CP", "91/2017/ND-CP")
    '91/2017/NĐ-CP'
    """
    digits = iter(_digits(other))
    return _DIGIT.sub(lambda _: next(digits), text)
