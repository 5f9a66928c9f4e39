"""Readable words for garbled ones: what a text that an English OCR model ruined most probably said.

For people to read, beside what is printed and with its confidence; never for IRIs, numbers or facts. Healthy text is
left as it is. Numbers, dates and codes stay as printed, names of places come from the unit tables alone.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from loaders.restore.channel import cost
from loaders.restore.words import words
from loaders.text import fold

__all__ = ["Readable", "restore"]


@dataclass(frozen=True)
class Readable:
    """What the words probably are, and how sure that is, from 0 to 1."""

    text: str
    confidence: float


@dataclass(frozen=True)
class _Choice:
    """What a word may be: in small letters, and how unlikely it is that it was printed so."""

    word: str
    cost: float


_ALIKE = str.maketrans({**dict.fromkeys("069@q§°º©", "o"), **dict.fromkeys("1l|!][", "i"), **dict.fromkeys("wvy", "u"),
                        **dict.fromkeys("&€¢", "e"), "p": "d", "4": "a", "5": "s", "8": "b"})  # fmt: skip
_TOKEN = re.compile(r"(?P<lead>[^\w&@¢€]*)(?P<core>.*?)(?P<tail>[^\w&@¢€%]*)", re.DOTALL)
_KEPT = re.compile(
    r"[\d.,/%-]+|(?=.*\d.*\d)\S*[/-]\S*|[A-ZĐ.]{2,}(?:&[A-ZĐ]+)?"
)  # numbers, dates, "05/KH", "CCHC", "TT.HĐND"
_KINDS = frozenset(("tỉnh", "huyện", "xã", "phường", "phố", "trấn", "khu", "quận"))  # before the name of a place
_NEAR, _MOST = 24, 8
_CHANNEL = 4.5  # what the print says weighs against what words usually follow each other
_UNKNOWN = 2.2  # the cost of leaving a word as printed
_NAME = 0.72


def restore(printed: str, names: Sequence[str] = ()) -> Readable:
    """Garbled words as they probably were; `names` are the places the document may speak of.

    >>> restore("Phit dong phong trao thi dua tai phuong Thdc Mo ndm 2024", ["Thác Mơ"]).text
    'Phát động phong trào thi đua tại phường Thác Mơ năm 2024'
    """
    tokens = printed.split()
    named = _names(tokens, names)
    columns = [
        [_Choice(named[i].lower(), 0.0)] if i in named else _choices(_core(token)) for i, token in enumerate(tokens)
    ]
    for i in range(len(tokens) - 1):
        if i + 1 in named and i not in named:  # "phuong Thac Mo" is phường, not phương
            columns[i] = [c for c in columns[i] if c.word in _KINDS and c.cost < 1] or columns[i]
    chosen = _likeliest(columns)
    text = " ".join(
        _dressed(token, named.get(i) or choice.word, given=i in named)
        for i, (token, choice) in enumerate(zip(tokens, chosen, strict=True))
    )
    sure = [math.exp(-choice.cost / max(1.0, len(choice.word) / 3)) for choice in chosen if choice.word.isalpha()]
    return Readable(text, round(sum(sure) / len(sure), 2) if sure else 1.0)


def _core(token: str) -> str:
    found = _TOKEN.fullmatch(token)
    return found["core"] if found else token


@lru_cache(maxsize=4096)
def _choices(core: str) -> list[_Choice]:
    """What a printed word may be, the likeliest by its print first."""
    small = core.lower()
    if not core or _KEPT.fullmatch(core):
        return [_Choice(small, 0.0)]
    known = words().by_fold
    near = process.extract(
        fold(small).translate(_ALIKE), _alike().keys(), scorer=Levenshtein.normalized_distance, limit=_NEAR
    )
    found = {word: cost(small, word) for alike, _, _ in near for form in _alike()[alike] for word in known[form]}
    best = sorted(found.items(), key=lambda item: (item[1], item[0]))[:_MOST]
    return [*(_Choice(word, price) for word, price in best), _Choice(small, _UNKNOWN)]


@lru_cache(maxsize=1)
def _alike() -> dict[str, list[str]]:
    """The words of the field without marks, by what they have in common with what a scanner takes for them."""
    found: dict[str, list[str]] = {}
    for form in words().by_fold:
        found.setdefault(form.translate(_ALIKE), []).append(form)
    return found


def _likeliest(columns: Sequence[Sequence[_Choice]]) -> list[_Choice]:
    """The way through the choices that print and usage make likeliest together."""
    if not columns:
        return []
    usage = words()
    paths: list[list[tuple[float, int]]] = [[(_CHANNEL * c.cost + usage.surprise("", c.word), -1) for c in columns[0]]]
    for before, here in pairwise(columns):
        row = []
        for choice in here:
            ways = [(paths[-1][i][0] + usage.surprise(last.word, choice.word), i) for i, last in enumerate(before)]
            price, way = min(ways)
            row.append((price + _CHANNEL * choice.cost, way))
        paths.append(row)
    at = min(range(len(columns[-1])), key=lambda i: paths[-1][i][0])
    chosen = []
    for place in range(len(columns) - 1, -1, -1):
        chosen.append(columns[place][at])
        at = paths[place][at][1]
    return chosen[::-1]


def _names(tokens: Sequence[str], names: Sequence[str]) -> dict[int, str]:
    """The places that stand in the words: by the place of each word, the word as the unit tables spell it."""
    found: dict[int, str] = {}
    for name in names:
        parts = name.split()
        for i in range(len(tokens) - len(parts) + 1):
            window = [_core(token) for token in tokens[i : i + len(parts)]]
            if not all(word[:1].isupper() for word in window) or any(i + k in found for k in range(len(parts))):
                continue
            plain = fold(" ".join(window)).translate(_ALIKE)
            if Levenshtein.normalized_similarity(plain, fold(name).translate(_ALIKE)) >= _NAME:
                found.update({i + k: part for k, part in enumerate(parts)})
    return found


def _dressed(token: str, word: str, *, given: bool) -> str:
    """A word in the capitals of the printed one, with the signs before and after it."""
    found = _TOKEN.fullmatch(token)
    if not found or not found["core"]:
        return token
    core = found["core"]
    capitals = sum(c.isupper() for c in core) > 1 and core.isupper()
    if core.lower() == word:
        shown = core
    elif given:
        shown = word.upper() if capitals else word
    elif capitals:
        shown = word.upper()
    else:
        shown = word.capitalize() if core[:1].isupper() else word
    return found["lead"] + shown + found["tail"]
