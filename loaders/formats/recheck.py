"""Numbers, dates and the labels of clauses in a scan are looked at twice: once in their line, once cut out and alone.

The engine guesses with the words around: "Nghị định số 91/2017/NĐ-CP ngày 31/07/2017" was read 31/2017/NĐ-CP from a
clean picture, "5. Hình thức khen thưởng" without its 5, "năm 2035" for 2025, "69/CĐ-TTE" for 69/CĐ-TTg. Of numbers the
digits are compared, and the letters of their code; where two looks differ a third, at twice the size, decides.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.formats.columns import Line, Piece
from loaders.text import fold

Look = Callable[[Sequence[Piece], bool], list[str]]
"""Reads words once more, each cut out of the page, at twice the size if asked to."""

_NUMBER = re.compile(r"\W{0,2}\d[\w./–—-]*[/-][\w./–—-]*\W{0,2}")
_YEAR = re.compile(r"(?:19|20)\d\d\W{0,2}")
_CODE = re.compile(r"\d[\w.]*/([^\W\d_][\w–—-]*)")
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]")
_UNSURE = 0.85
_SURE_YEAR = 0.93
_UNSETTLED = 0.5


def rechecked(lines: Sequence[Line], look: Look) -> list[Line]:
    """The lines with every number and label on which two looks agree against the first put right.

    A number on which no two agree stays as first read, with little confidence.
    """
    labels = [line.pieces[0] for line in lines if _is_unsure_label(line)]
    numbers = [
        piece
        for line in lines
        for piece in line.pieces
        if (_NUMBER.fullmatch(piece.text) or _is_unsure_year(piece)) and piece not in labels
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
        elif _digits(second) == _digits(piece.text):
            settled[id(piece)] = _with_code(piece, second, third)
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
    if ours == theirs:
        return "" != _code(second) != _code(piece.text) != ""
    return len(ours) == len(theirs)


def _is_unsure_year(piece: Piece) -> bool:
    """A year the engine read with less than the surety of the words around it: the paper seldom says 2035."""
    return piece.confidence < _SURE_YEAR and _YEAR.fullmatch(piece.text) is not None


def _code(text: str) -> str:
    """The letters behind the number: "cdttg" of "69/CĐ-TTg."; dashes are read now so, now so.

    >>> _code("69/CĐ-TTg."), _code("31/07/2017")
    ('cdttg', '')
    """
    found = _CODE.search(text)
    return re.sub(r"[\W_]", "", fold(found[1])) if found else ""


def _with_code(piece: Piece, second: str, third: str) -> Piece:
    """A number whose code was read twice as one: as that; else as first read, with little confidence."""
    if _code(third) == _code(second):
        said = _CODE.search(second)
        text = (
            _CODE.sub(lambda own: own[0][: own.start(1) - own.start()] + said[1], piece.text, count=1) if said else ""
        )
        return replace(piece, text=text or piece.text, confidence=min(piece.confidence, _UNSURE))
    if _code(third) == _code(piece.text):
        return piece
    return replace(piece, confidence=min(piece.confidence, _UNSETTLED))


def _digits(text: str) -> list[str]:
    return _DIGIT.findall(text)


def _with_digits(text: str, other: str) -> str:
    """
    >>> _with_digits("31/2017/NĐ-CP", "91/2017/ND-CP")
    '91/2017/NĐ-CP'
    """
    digits = iter(_digits(other))
    return _DIGIT.sub(lambda _: next(digits), text)
