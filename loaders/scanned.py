"""What a scan's head says and the engine was not sure of: numbers and titles a person should compare with the paper."""

import re
from collections.abc import Iterator
from statistics import fmean

from loaders.findings import Document, Doubt, Findings
from loaders.text import Text

__all__ = ["find_scan_doubts"]

_SURE = 0.75  # of each word of a number
_SURE_TITLE = 0.6  # of each word of a title: of many words one is read less well


def find_scan_doubts(text: Text, found: Findings) -> tuple[Doubt, ...]:
    """A doubt for each number or title the engine itself was not sure of, and for an attached part without a title.

    >>> from loaders.findings import Source
    >>> from loaders.layout import Layout, Page, Word
    >>> words = (Word(0, 3, (0, 0, 1, 1)), Word(4, 13, (0, 0, 1, 1), 0.4))
    >>> text = Text("Số: 69/CĐ-TTE", Layout((Page(1, 0, 13, words),)))
    >>> document = Document(iri="i", number="69/CĐ-TTE", number_as_printed="69/CĐ-TTE")
    >>> [doubt.code for doubt in find_scan_doubts(text, Findings(source=Source(name="", sha256=""), document=document))]
    ['unsure-number']
    """
    if text.layout is None or not any(page.words for page in text.layout.pages):
        return ()
    doubts = list(_of_document(text, found.document, 0))
    for attached in found.attachments:
        start = attached.start or 0
        doubts += _of_document(text, attached, start)
        if not attached.title and text.layout.confidence_of(start, start + 400) is not None:
            message = "Văn bản kèm theo không đọc được tên: hãy so với bản gốc"
            doubts.append(Doubt(code="unsure-title", message=message, start=start, end=start + 1))
    return tuple(doubts)


def _of_document(text: Text, document: Document, start: int) -> Iterator[Doubt]:
    kinds = (
        ("unsure-number", "Số của văn bản", document.number_as_printed, _SURE),
        ("unsure-title", "Tên văn bản", document.title, _SURE_TITLE),
    )
    for code, what, said, sure in kinds:
        words = said.split() if said else []
        place = words and re.compile(r"\s+".join(map(re.escape, words))).search(text.raw, start)
        if not place:
            continue
        read = list(_sure_of(text, place.start(), place.end()))
        if read and min(read) < sure:
            message = (
                f"{what} “{' '.join(words)[:80]}” được nhận dạng không chắc ({fmean(read):.0%}): hãy so với bản gốc"
            )
            yield Doubt(code=code, message=message, start=place.start(), end=place.end())


def _sure_of(text: Text, start: int, end: int) -> Iterator[float]:
    """How sure the engine was of each word between two places."""
    for page in text.layout.pages if text.layout else ():
        if page.start < end and start < page.end:
            yield from (word.confidence for word in page.words if word.start < end and start < word.end)
