"""Numbers, dates and the labels of clauses in a scan are looked at twice: once in their line, once cut out and alone.

The engine guesses with the words around: "Nghị định số 91/2017/NĐ-CP ngày 31/07/2017" was read 31/2017/NĐ-CP from a
clean picture, "5. Hình thức khen thưởng" without its 5. Of numbers the digits are compared; where two looks differ a
third, at twice the size, decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.formats.columns import Line, Piece

Look = Callable[[Sequence[Piece], bool], list[str]]
"""Reads words once more, each cut out of the page, at twice the size if asked to."""

_NUMBER = re.compile(r"\W{0,2}\d[\w./–—-]*[/-][\w./–—-]*\W{0,2}")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]")
_UNSURE = 0.85
_UNSETTLED = 0.5


def rechecked(lines: Sequence[Line], look: Look) -> list[Line]:
    """The lines with every number and label on which two looks agree against the first put right.

    A number on which no two agree stays as first read, with little confidence.
    """
    labels = [line.pieces[0] for line in lines if _is_unsure_label(line)]
    numbers = [
        piece for line in lines for piece in line.pieces if _NUMBER.fullmatch(piece.text) and piece not in labels
    ]
    first = [*labels, *numbers]
    seen = zip(first, look(first, False), strict=True) if first else ()
    doubtful = [(piece, second) for piece, second in seen if _differ(piece, second)]
    if not doubtful:
        return list(lines)
    settled: dict[int, Piece] = {}
    for (piece, second), third in zip(doubtful, look([piece for piece, _ in doubtful], True), strict=True):
        if _LABEL.fullmatch(second):
            if third == second:
                settled[id(piece)] = replace(piece, text=second)
        elif _digits(third) == _digits(second):
            settled[id(piece)] = replace(piece, text=_with_digits(piece.text, second))
        elif _digits(third) != _digits(piece.text):
            settled[id(piece)] = replace(piece, confidence=min(piece.confidence, _UNSETTLED))
    return [replace(line, pieces=tuple(settled.get(id(piece), piece) for piece in line.pieces)) for line in lines]


def _is_unsure_label(line: Line) -> bool:
    """Whether a line opens with a short word that the engine is not sure of: "." for "5.", "L" for "I."."""
    first = line.pieces[0]
    return len(line.pieces) > 1 and len(first.text) <= 4 and first.confidence < _UNSURE and first.text not in "-–+*•"


def _differ(piece: Piece, second: str) -> bool:
    """Whether a second look saw a label, or as many digits, but others; anything else says more about the cutting."""
    if _LABEL.fullmatch(second) and len(piece.text) <= 4:
        return second != piece.text
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
