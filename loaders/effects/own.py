"""The words that are the document's own: not those of an attached regulation, nor what stands in quotation marks."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from loaders.signature import Signature
from loaders.structure.marks import capitals
from loaders.structure.outline import Section
from loaders.text import Text

_AFTER = ("recipients", "attached", "appendix")
# each at the beginning of a line, which is looked at only where one stands
_ATTACHED = re.compile(r"\(\s*(?:Được\s+)?(?:Ban\s+hành\s+)?[Kk]èm\s+theo")
_FIRST_ARTICLE = re.compile(r"dieu\s+1\s*[.:]")
_MARKS = '“”"'
_LINE_START = re.compile(r"(?:^|\n)[ \t*_#>-]*$")
_STOP = re.compile(r"[.](?:/\.?)?(?=[*_”\"]*\s+[*_“\"(-]*[A-ZĐÀ-Ỵ])|\n[ \t]*\n")
_ABBREVIATED = re.compile(r"\b(?:tp|tx|tt|q|p|ts|ths|gs|pgs|tm|kt|tl|tuq|so|st)$")


def own_end(text: Text, outlined: Section, signature: Signature | None, start: int, quoted: "Quoted") -> int:
    """Where the document's own words end: at its recipients, its signature, or the head of what is attached to it.

    Where all these are lost, articles that begin again with the first are those of the regulation it issues.
    """
    ends = [child.start for child in outlined.children if child.style in _AFTER and child.start >= start]
    if signature and signature.start > start:
        ends.append(signature.start)
    for head in _lines_with(_ATTACHED, text.raw, start, " \t*_#|"):
        above = text.raw[:head].rstrip()
        if capitals(above[above.rfind("\n") + 1 :]):
            ends.append(head)
            break
    firsts = [line for line in _lines_with(_FIRST_ARTICLE, text.folded, start, " \t*_#") if not quoted.covers(line)]
    ends += firsts[1:2]
    return min(ends, default=len(text.raw))


def _lines_with(pattern: re.Pattern[str], words: str, start: int, markup: str) -> Iterator[int]:
    """Where the lines begin that open with a pattern, but for markup."""
    for found in pattern.finditer(words, start):
        line = words.rfind("\n", 0, found.start()) + 1
        if line >= start and not words[line : found.start()].strip(markup):
            yield line


class Quoted:
    """The stretches of a text between quotation marks, several paragraphs long where a new article is put in."""

    def __init__(self, text: Text) -> None:
        spans = list(_quotations(text.raw))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, place: int) -> bool:
        """
        >>> quoted = Quoted(Text.of("như sau: “Điều 5. Quyết định này có hiệu lực.”; bãi bỏ Điều 6"))
        >>> quoted.covers(20), quoted.covers(50)
        (True, False)
        """
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


def _quotations(raw: str) -> Iterator[tuple[int, int]]:
    places = sorted(place for mark in _MARKS for place in _places(raw, mark))
    opened, depth, n = -1, 0, 0
    while n < len(places) or opened >= 0:
        if n == len(places):
            line = raw.find("\n", opened)  # never closed: a scanner lost the other mark; what it opened is one line
            end = line if line >= 0 else len(raw)
            yield opened, end
            opened, depth, n = -1, 0, bisect_left(places, end)
            continue
        place = places[n]
        n += 1
        opens = raw[place] == "“" or (raw[place] == '"' and _opens(raw, place))
        if opens and opened < 0:
            opened, depth = place, 1
        elif opens:
            depth += 0 if _LINE_START.search(raw, max(0, place - 12), place) else 1  # each paragraph opened anew
        elif opened >= 0:
            depth -= 1
            if depth <= 0:
                yield opened, place + 1
                opened = -1


def _places(raw: str, sign: str) -> Iterator[int]:
    place = raw.find(sign)
    while place >= 0:
        yield place
        place = raw.find(sign, place + 1)


def _opens(raw: str, place: int) -> bool:
    before, after = raw[place - 1 : place], raw[place + 1 : place + 2]
    return (not before or before.isspace() or before in "([") and bool(after) and not after.isspace()


def sentences(text: Text, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences between two places; what is `taken` (citations) is never cut."""
    begin = start
    for stop in _STOP.finditer(text.raw, start, end):
        if any(s < stop.start() < e for s, e in taken) or _ABBREVIATED.search(
            text.folded, max(begin, stop.start() - 6), stop.start()
        ):
            continue
        yield from _trimmed(text.raw, begin, stop.end())
        begin = stop.end()
    yield from _trimmed(text.raw, begin, end)


def _trimmed(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = raw[start:end]
    start += len(words) - len(words.lstrip(" \t\n\r\f*_#|"))
    end -= len(words) - len(words.rstrip(" \t\n\r\f*_|"))
    if start < end:
        yield start, end
