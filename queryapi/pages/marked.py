"""A document's text with every finding marked in place, findings inside findings and across each other included."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

# A line that begins something of its own: "- …", "+ …", "1. …", "2.1. …", "a) …", "IV. …", "## …", "**…".
_OWN_LINE = re.compile(r"\s*(?:[-+*•–]\s|#{1,6}\s|\*\*|\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s)")
_MARKUP = re.compile(r"^#{1,6} |\*{1,2}(?=\S)|(?<=\S)\*{1,2}", re.MULTILINE)
_SHORT = 55  # a line shorter than this was not broken for want of room


@dataclass(frozen=True)
class Marked:
    """A place to mark: `name` is its anchor, `kind` its style, `label` what is written before it."""

    name: str
    kind: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as HTML, and whether the text marks it as a heading."""

    html: Markup
    heading: bool = False


def mark(text: str, places: Iterable[Marked], start: int = 0, end: int | None = None) -> list[Paragraph]:
    """The paragraphs of a text, or of what stands from `start` to `end` in it, as HTML; everything is escaped.

    >>> [str(p.html) for p in mark("Căn cứ <b> 98", [Marked("c-11", "citation", "viện dẫn", 11, 13)])][0]
    'Căn cứ &lt;b&gt; <span class="f f-citation" id="c-11"><a class="tag" href="#d-c-11">viện dẫn</a>98</span>'
    """
    inside = [p for p in places if 0 <= p.start < p.end <= len(text)]
    ordered = sorted(inside, key=lambda p: (p.start, -p.end, p.name))
    opened: set[str] = set()
    return [
        Paragraph(_paragraph(text, first, last, ordered, opened), text.startswith("#", first))
        for first, last in _paragraphs(text)
        if first >= start and (end is None or first < end)
    ]


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for gap in re.finditer(r"\n[ \t\f]*(?:\n[ \t\f]*)+|\Z", text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()


def _paragraph(text: str, start: int, end: int, ordered: Sequence[Marked], opened: set[str]) -> Markup:
    here = [p for p in ordered if p.start < end and p.end > start]
    marks = [(m.start() + start, m.end() + start) for m in _MARKUP.finditer(text[start:end])]
    cuts = {start, end, *(max(p.start, start) for p in here), *(min(p.end, end) for p in here)}
    cuts |= {place for span in marks for place in span}
    stack: list[Marked] = []
    out: list[str] = []
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        active = [p for p in here if p.start <= left and p.end >= right]
        kept = 0
        while kept < min(len(stack), len(active)) and stack[kept] == active[kept]:
            kept += 1
        out.extend("</span>" for _ in stack[kept:])
        out.extend(_open(place, opened) for place in active[kept:])
        stack = active
        piece = _lines(text, left, right, end)
        out.append(f'<span class="md">{piece}</span>' if (left, right) in marks else piece)
    out.extend("</span>" for _ in stack)
    return Markup("".join(out))


def _open(place: Marked, opened: set[str]) -> str:
    if place.name in opened:  # the rest of a finding that another one, or a paragraph's end, cut in two
        return f'<span class="f f-{place.kind}">'
    opened.add(place.name)
    name, label = escape(place.name), escape(place.label)
    return f'<span class="f f-{place.kind}" id="{name}"><a class="tag" href="#d-{name}">{label}</a>'


def _lines(text: str, left: int, right: int, end: int) -> str:
    """A piece of text; a line end is kept where the next line begins something of its own, or this one ended early."""
    out = []
    place = left
    while (at := text.find("\n", place, right)) >= 0:
        begin = text.rfind("\n", 0, at) + 1
        line, following = text[begin:at], text[at + 1 : end]
        own = len(line.strip()) < _SHORT or line.endswith("  ") or _OWN_LINE.match(following)
        out.append(f"{escape(text[place:at])}{'<br>' if own else ''}\n")
        place = at + 1
    out.append(str(escape(text[place:right])))
    return "".join(out)
