"""What a scanner may make of a word: how many letters it may get wrong, and which it takes for which."""

import re
from functools import lru_cache

# how a Vietnamese word can be spelled, marks aside: a word that is not like this was badly read
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu|r|s|th?|tr|v|x)?[aeiouy]{1,3}(?:ch?|m|nh?|ng|p|t)?|\d+"
)


@lru_cache(maxsize=8192)
def is_syllable(folded: str) -> bool:
    """
    >>> is_syllable("thuong"), is_syllable("tuonq")
    (True, False)
    """
    return _SYLLABLE.fullmatch(folded) is not None


def errors_allowed(letters: int) -> int:
    """How many of so many letters a scanner may get wrong before they are another word."""
    return 0 if letters < 6 else 1 if letters < 10 else 2 if letters < 13 else 3 if letters < 20 else 4


def read_as(letter: str) -> tuple[str, ...]:
    """Initials survive a scanner best, but for Đ read as P ("Pang" is Đảng) and signs ("@y" is ủy), here ""."""
    return (letter, "p", "") if letter == "d" else (letter, "")


def first_differs(word: str, wanted: str) -> bool:
    return word[0].isalpha() and word[0] not in read_as(wanted[0])
