"""The stretches of lines that a page prints side by side: the columns of a foot, the cells of a row."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.text import Text

__all__ = ["Piece", "is_capitals", "pieces_of"]


class Piece(NamedTuple):
    """A stretch of a line: two columns printed side by side are two pieces."""

    start: int
    end: int
    raw: str
    folded: str


# up to a bar, a tab, three blanks or the <br> by which Markdown breaks a cell
_PIECE = re.compile(r" *(?:<br ?/?>)*(?P<words>[^\n|\t](?:[^\s|<]+|[^\S\n\t](?!\s\s)|<(?!br))*+)")


def pieces_of(text: Text, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch of text, in its order, without markup around them."""
    for match in _PIECE.finditer(text.raw, start, end):
        words = match["words"]
        raw = words.strip(" *_#\\\r\t")
        if raw:
            begin = match.start("words") + words.index(raw)
            end = begin + len(raw)
            yield Piece(begin, end, raw, text.folded[begin:end])


def is_capitals(raw: str) -> bool:
    """Whether words are set in capitals, but for a letter or two that was misread."""
    uppers = sum(map(str.isupper, raw))
    return uppers >= 4 and uppers >= 0.8 * sum(map(str.isalpha, raw))
