"""Paragraphs and rows into one NFC text that knows where its pages begin."""

import re
import unicodedata
from collections.abc import Sequence

from loaders.layout import Layout, Page, Word
from loaders.text import Text

LARGEST_TEXT = 20
"""How many million signs the text of one document may have; the largest codes of law have two."""


class TooMuchText(Exception):
    """What a file makes is longer than any document; `open_document` tells it as TooLarge, with the file's name."""


PAGE = "\f"
"""Stands in the words of a paragraph where a new page begins; it is not part of the text."""

# fmt: off
# What an office program keeps in the words without printing it: soft hyphens, joiners, direction marks, controls.
_UNSEEN = dict.fromkeys(
    [*range(0x09), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x061C, 0x180E, 0xFEFF,
     *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFE)]
)
# fmt: on
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_BREAKS = dict.fromkeys([0x0D, 0x85, 0x2028, 0x2029], "\n")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_PLAIN = {**_UNSEEN, **_SPACES, **_BREAKS, **_LIGATURES}
_RULE = re.compile(r"[\s\-_=*–—.…]*$")


def plain(words: str) -> str:
    """The words in NFC with plain spaces and nothing unseen; lines without blanks at their ends, none empty.

    >>> plain("Điều\\u00a01.\\u200b  Phát\\u00ad động \\n\\n thi đua")
    'Điều 1. Phát động\\nthi đua'
    """
    if not words.isascii():
        words = unicodedata.normalize("NFC", words.translate(_PLAIN))
    elif not words.isprintable():
        words = words.translate(_PLAIN)
    words = re.sub(r"[ ]{2,}", " ", words)
    words = re.sub(r"[ \t]*\t[ \t]*", "\t", words)
    lines = (line.strip(" \t") for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def is_rule(words: str) -> bool:
    """Whether there is nothing but a rule made of signs, as under the motto: "-------"."""
    return _RULE.match(words) is not None


class Writer:
    """Puts a text together and notes where its pages begin.

    >>> writer = Writer()
    >>> writer.paragraph("KẾ HOẠCH"); writer.paragraph("Phát động \\fthi đua"); writer.row(["TT", "Tập thể"])
    >>> text = writer.text()
    >>> text.raw
    'KẾ HOẠCH\\n\\nPhát động thi đua\\n\\n| TT | Tập thể |\\n'
    >>> [(page.number, text.raw[page.start : page.end][:8]) for page in text.layout.pages]
    [(1, 'KẾ HOẠCH'), (2, 'thi đua\\n')]
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._breaks: list[int] = []
        self._page_due = 0
        self._words: dict[int, tuple[Word, ...]] = {}
        self._in_table = False

    def paragraph(self, words: str, *, tight: bool = False) -> None:
        """Adds a paragraph after an empty line, or right under the last line where `tight`."""
        words = plain(words)
        bare = words.replace(PAGE, "")
        if is_rule(bare):  # "-------" under the motto says nothing
            self._page_due += words.count(PAGE)
            return
        self._in_table = False
        self._add(words, "\n" if tight else "\n\n")

    def row(self, cells: list[str]) -> None:
        """Adds a row of a table between bars; cells that are all empty add nothing."""
        flat = [" ".join(plain(cell).replace("|", "/").split("\n")).replace("\t", " ") for cell in cells]
        if not any(cell.replace(PAGE, "").strip() for cell in flat):
            self._page_due += sum(cell.count(PAGE) for cell in flat)
            return
        self._add(f"| {' | '.join(flat)} |", "\n" if self._in_table else "\n\n")
        self._in_table = True

    def go_on(self, words: str) -> None:
        """Adds words to the last paragraph, as its next line; a torn "KH-", or "2021" before "-2025", takes none."""
        before = self._parts[-1] if self._parts else ""
        torn = re.search(r"\w-$", before) or (re.search(r"\d$", before) and re.match(r"[-–]\d", words))
        self._add(plain(words), "" if torn else " ")

    def read(self, words: str, placed: Sequence[Word] = ()) -> None:
        """Adds a page as OCR read it, its NFC text as it is, with the places of its words in it."""
        if not words.strip():
            return
        self._in_table = False
        self._add(words, "\n\n")
        shift = self._length - len(words)
        moved = tuple(Word(shift + w.start, shift + w.end, w.box, w.confidence) for w in placed)
        self._words[len(self._breaks)] = moved

    def page(self) -> None:
        """Says that what follows stands on the next page."""
        self._page_due += 1

    def text(self, *, paged: bool = False) -> Text:
        """All of it; with a layout where a page break was seen, or where the file is known to have pages (`paged`)."""
        raw = "".join(self._parts) + "\n" if self._parts else ""
        if not unicodedata.is_normalized("NFC", raw):  # a mark at the very top of a page
            return Text(unicodedata.normalize("NFC", raw))
        starts = [0, *self._breaks, *[len(raw)] * self._page_due]
        if len(starts) == 1 and not paged:
            return Text(raw)
        ends = [*starts[1:], len(raw)]
        bounds = enumerate(zip(starts, ends, strict=True))
        pages = tuple(Page(n + 1, a, b, self._words.get(n, ())) for n, (a, b) in bounds)
        return Text(raw, Layout(pages))

    def _add(self, words: str, gap: str) -> None:
        if self._parts:
            self._put(gap)
        self._breaks += [self._length] * self._page_due
        self._page_due = 0
        lead = len(words) - len(words.lstrip(PAGE + " "))
        for index, piece in enumerate(re.split(PAGE, words)):
            if index:
                self._breaks.append(self._length)
            self._put(piece.lstrip(" ") if index <= words[:lead].count(PAGE) else piece)

    def _put(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)
        if self._length > LARGEST_TEXT * 1_000_000:
            raise TooMuchText
