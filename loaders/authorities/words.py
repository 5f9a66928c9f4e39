"""The words of a text with their places, as names of bodies and units are looked for in them."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from loaders.authorities.units import has_sure_marks
from loaders.text import Text, once

# A word, whatever an OCR engine made of it ("x&", "@y", "d4n"); what separates words never belongs to one.
# PDF text loses spaces after abbreviations: "UBNDtỉnh", "HĐNDhuyện".
_WORD = re.compile(r"(?:ubnd|hdnd)(?=tinh|huyen|xa\b|phuong|thanh\b|thi\b|quan|cac\b)|[^\s,;:.()\[\]\"“”«»/|*_#\-]+")


class Word(NamedTuple):
    """A word of the text: folded, with its place."""

    folded: str
    start: int
    end: int


def words_of(text: Text, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text: of a short one, those of the whole text would be most of the work."""
    stop = len(text.folded) if end is None else end
    if start <= 0 and stop >= len(text.folded):
        return all_words(text).words
    return _words(text, start, stop)


def word_at(text: Text, start: int, end: int) -> Word | None:
    """The first word of a stretch of text."""
    found = _WORD.search(text.folded, start, end)
    return Word("va" if found[0] == "&" else found[0], *found.span()) if found else None


@dataclass(frozen=True)
class Words:
    """The words of a whole text, with their places apart for looking them up."""

    words: list[Word]
    starts: list[int]


def _words(text: Text, start: int, end: int) -> list[Word]:
    folded, make = text.folded, tuple.__new__  # Word's own is three times as slow
    words = [make(Word, (found[0], found.start(), found.end())) for found in _WORD.finditer(folded, start, end)]
    if folded.find("&", start, end) < 0:
        return words
    return [word._replace(folded="va") if word.folded == "&" else word for word in words]


@once
def all_words(text: Text) -> Words:
    """The words of a text, made once."""
    words = _words(text, 0, len(text.folded))
    return Words(words, [word.start for word in words])


@once
def healthy(text: Text) -> bool:
    """Whether a text writes Vietnamese marks, so that a word without them is another word."""
    return not text.garbled and has_sure_marks(text.raw)
