"""Where the words of a file stand on its pages: the way from a place in the text back to the paper."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from loaders.findings import Findings, Span, mapped

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Word:
    """A word read from an image: its place in the NFC text, and its box on the page in points from the upper left."""

    start: int
    end: int
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True)
class Page:
    """A page: where its text begins and ends, and its words with their boxes where it was read from an image."""

    number: int
    start: int
    end: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The pages of a file, in the order of the text."""

    pages: tuple[Page, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def page_at(self, place: int) -> Page | None:
        """The page on which a place of the text stands."""
        index = bisect_right(self._starts, place) - 1
        return self.pages[index] if index >= 0 else None

    def confidence_of(self, start: int, end: int) -> float | None:
        """How sure the OCR engine was of the words between two places, on average; None where it read none."""
        page = self.page_at(start)
        sure = [word.confidence for word in page.words if word.start < end and start < word.end] if page else []
        return sum(sure) / len(sure) if sure else None

    def box_of(self, start: int, end: int) -> Box | None:
        """What encloses the words between two places, as far as they stand on the page of the first."""
        page = self.page_at(start)
        boxes = [word.box for word in page.words if word.start < end and start < word.end] if page else []
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)


def placed(findings: Findings, layout: Layout | None) -> Findings:
    """The findings with the page and, where it was read from an image, the box of each.

    >>> from loaders.findings import Document, Source
    >>> layout = Layout((Page(1, 0, 10), Page(2, 10, 20, (Word(12, 15, (72.0, 90.0, 101.5, 102.0)),))))
    >>> span = Span(text="...", start=12, end=15)
    >>> found = Findings(source=Source(name="a.pdf", sha256=""), document=Document(iri="i"), funding=(span,))
    >>> placed(found, layout).funding[0].page, placed(found, layout).funding[0].box
    (2, (72.0, 90.0, 101.5, 102.0))
    """
    if layout is None:
        return findings

    def on_page(span: Span) -> Span:
        page = layout.page_at(span.start)
        return replace(span, page=page.number, box=layout.box_of(span.start, span.end)) if page else span

    return mapped(findings, on_page)
