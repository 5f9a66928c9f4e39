"""The words that are the document's own: not those of an attached regulation, nor what stands in quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from loaders.signature import Signature
from loaders.structure.marks import capitals
from loaders.structure.outline import Section
from loaders.text import Text

_AFTER = ("recipients", "attached", "appendix")
_ATTACHED = re.compile(r"^[ \t*_#|]*\(\s*(?:Được\s+)?(?:Ban\s+hành\s+)?[Kk]èm\s+theo", re.MULTILINE)
_FIRST_ARTICLE = re.compile(r"^[ \t*_#]*dieu\s+1\s*[.:]", re.MULTILINE)
_MARK = re.compile('[“”"]')
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
    for head in _ATTACHED.finditer(text.raw, start):
        above = text.raw[: head.start()].rstrip().rpartition("\n")[2]
        if capitals(above):
            ends.append(head.start())
            break
    firsts = [m.start() for m in _FIRST_ARTICLE.finditer(text.folded, start) if not quoted.covers(m.start())]
    ends += firsts[1:2]
    return min(ends, default=len(text.raw))


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
    opened, depth, position = -1, 0, 0
    while True:
        mark = _MARK.search(raw, position)
        if mark is None:
            if opened < 0:
                return
            line = raw.find("\n", opened)  # never closed: a scanner lost the other mark; what it opened is one line
            end = line if line >= 0 else len(raw)
            yield opened, end
            opened, depth, position = -1, 0, end
            continue
        position = mark.end()
        place = mark.start()
        opens = mark[0] == "“" or (mark[0] == '"' and _opens(raw, place))
        if opens and opened < 0:
            opened, depth = place, 1
        elif opens:
            depth += 0 if _LINE_START.search(raw, max(0, place - 12), place) else 1  # each paragraph opened anew
        elif opened >= 0:
            depth -= 1
            if depth <= 0:
                yield opened, position
                opened = -1


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
