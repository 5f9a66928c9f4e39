"""What happens to the words of a document on the way to us, done to clean words the same way each time."""

import random
import re
import unicodedata
from collections.abc import Callable

# What scanners take letters and digits for; a mark is lost or becomes another.
_MISREAD = {
    "0": "O", "1": "l", "5": "S", "8": "§", "O": "0", "l": "1", "I": "l", "m": "rn", "h": "b", "g": "q", "Đ": "D",
    "đ": "d", "ư": "u", "ơ": "o", "ố": "6", "ủ": "u", "ế": "é", "ề": "è", "ậ": "â", "ụ": "u", "ị": "i", "ạ": "a",
    "ỉ": "i", "ã": "ä", "c": "e", "n": "u", "t": "f",
}  # fmt: skip
_NUMBER = re.compile(r"(?<=\d)/(?=[A-ZĐ])|(?<=\d)/(?=\d{4}/)|(?<=[A-ZĐ])-(?=[A-ZĐ])")


def _scanned(words: str, chance: random.Random) -> str:
    """Two letters in a hundred misread, as in a good scan read by a Vietnamese model."""
    return "".join(_MISREAD[c] if c in _MISREAD and chance.random() < 0.04 else c for c in words)


def _split(words: str, chance: random.Random) -> str:
    """Lines broken where a page was narrow, blanks inside numbers."""
    words = _NUMBER.sub(lambda sign: f" {sign[0]} " if chance.random() < 0.3 else sign[0], words)
    return re.sub(r"(?<=\w) (?=[a-zà-ỹ\d])", lambda gap: "\n" if chance.random() < 0.06 else gap[0], words)


def _merged(words: str, chance: random.Random) -> str:
    """Three blanks in a hundred lost, as PDFs lose them."""
    return re.sub(r"(?<=\w) (?=\w)", lambda gap: "" if chance.random() < 0.03 else gap[0], words)


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _unmarked(words: str, chance: random.Random) -> str:
    """The marks of one word in six lost."""
    return re.sub(r"\w+", lambda word: _bare(word[0]) if chance.random() < 0.16 else word[0], words)


def _garbled(words: str, chance: random.Random) -> str:
    """All marks lost and letters misread: Vietnamese read by an English model."""
    return _scanned(_bare(words), chance)


NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "split": _split,
    "merged": _merged,
    "unmarked": _unmarked,
    "scanned": _scanned,
    "garbled": _garbled,
}


def noisy(kind: str, words: str) -> str:
    """Words with one kind of noise; the same words always get the same.

    >>> noisy("garbled", "Số 12/QĐ-UBND") == noisy("garbled", "Số 12/QĐ-UBND")
    True
    """
    return NOISES[kind](words, random.Random(f"{kind}:{words}"))
