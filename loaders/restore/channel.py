"""What an English OCR model prints for a Vietnamese word: the cost of a reading, by the confusions seen."""

import unicodedata
from functools import cache

from loaders.text import fold

# letters of Vietnamese and what stands in garbled text for them: "Pang" Đảng, "s6" số, "thwc" thực, "tir" từ, "K&" Kế
_SEEN = {
    "đ": ("d", "p", "b", "dd", "g"),
    "ơ": ("o", "a", "e", "c", "0"),
    "ư": ("u", "w", "ir", "tr", "it", "r", "v", "i", "wr", "y"),
    "ô": ("o", "6", "9", "0", "d", "b", "8"),
    "ê": ("e", "&", "é", "€", "c"),
    "â": ("a", "d", "4", "i", "u"),
    "ă": ("a", "d", "i", "n"),
    "a": ("a", "d", "i", "4", "é"),
    "i": ("i", "j", "1", "l"),
    "o": ("o", "d", "0", "6", "q"),
    "u": ("u", "y", "v", "ii"),
    "y": ("y", "v", "j"),
    "e": ("e", "c", "¢", "é"),
    "c": ("c", "e", "¢"),
    "l": ("l", "1", "i"),
    "m": ("m", "rn"),
    "h": ("h", "b"),
    "t": ("t", "f"),
}
_CONFUSED, _VOWEL, _OTHER, _MISSING, _STRAY = 0.35, 0.6, 1.0, 0.8, 0.7
_UNMARKED, _MARKED = 0.04, 0.2  # a mark not printed; a mark printed where the word has none


@cache
def _letters(word: str) -> tuple[tuple[str, bool], ...]:
    """The letters of a word without its tones, and whether each carries a tone or a mark."""
    found = []
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        shape = parts[0] + "".join(p for p in parts[1:] if p in "\u0302\u0306\u031b")
        found.append((unicodedata.normalize("NFC", shape), len(parts) > 1 or letter == "đ"))
    return tuple(found)


def cost(printed: str, word: str) -> float:
    """How unlikely it is that a word was printed so; both in small letters, the printed one with the marks it has.

    >>> cost("thwc", "thực") < cost("thwc", "thác")
    True
    """
    seen, bare, letters = _letters(printed), fold(printed), _letters(word)
    row = [j * _STRAY for j in range(len(bare) + 1)]
    before = [row, row]  # the two rows above, for signs of two letters
    for i, (letter, marked) in enumerate(letters, 1):
        base = fold(letter)
        ways = _SEEN.get(letter, ())
        row = [i * _MISSING]
        for j in range(1, len(bare) + 1):
            sign = bare[j - 1]
            if sign == base:
                step = (_UNMARKED if marked else 0.0) if not seen[j - 1][1] else (0.0 if marked else _MARKED)
            elif sign in ways:
                step = _CONFUSED
            else:
                step = _VOWEL if sign in "aeiouy" and base in "aeiouy" else _OTHER
            best = min(before[-1][j - 1] + step, before[-1][j] + _MISSING, row[j - 1] + _STRAY)
            if j > 1 and bare[j - 2 : j] in ways:
                best = min(best, before[-1][j - 2] + _CONFUSED)
            row.append(best)
        before = [before[-1], row]
    return row[-1]
