"""Lines of a page in the order in which they are to be read: what stands side by side comes one after the other.

The head of an administrative document has two columns (the body and its number; the motto, place and date), and so has
its end (*Nơi nhận*; who signs). The OCR engine gives either the columns or lines that run through both.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from loaders.layout import Box
from loaders.text import fold


@dataclass(frozen=True)
class Piece:
    """A word as read, its box in points and how sure the engine is of it."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True)
class Line:
    """Words side by side; `paragraph` where the engine sees a new paragraph begin."""

    pieces: tuple[Piece, ...]
    paragraph: bool = False

    def with_piece(self, piece: Piece) -> "Line":
        return replace(self, pieces=(*self.pieces, piece))

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def top(self) -> float:
        return min(piece.box[1] for piece in self.pieces)

    @property
    def bottom(self) -> float:
        return max(piece.box[3] for piece in self.pieces)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        return self.pieces[0].box[0]

    @property
    def right(self) -> float:
        return self.pieces[-1].box[2]


_MOTTO = re.compile(r"\bx[a-z] h[a-z0-9]{2} ch[a-z]\b|\bviet nam$|dang cong san")
_DATED = re.compile(r"ng[a-z]y\b.{0,12}\bth[a-z]ng\b.{0,8}\bn[a-z]m\b")
_RECIPIENTS = re.compile(r"n[o0]i nh[a-z&]{1,3}\b")
_NUMBER = re.compile(r"\W{0,3}\d{1,3}\W{0,3}")
_HEAD_LINES, _REACH = 6, 9
_COLUMN_GAP = 14.0  # points; words of a line stand 3 to 9 apart, even where they are spread to the margins
_HEAD_FROM, _END_FROM = 0.3, 0.42  # where the right column begins, of the width of the text


def reading_order(lines: Sequence[Line], again: Callable[[float, float], Sequence[Line]]) -> list[Line]:
    """The lines of a page, columns of its head and end one after the other, without the number of the page.

    `again` reads a strip of the page between two heights once more, line pieces that stand apart as lines of their own;
    it is asked for a strip in which lines ran through both columns, where the engine is often wrong.
    """
    return _end(_head(_without_page_number(_joined(lines)), again), again)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """A line that goes on in small letters begins no paragraph, though the engine saw a space above it."""
    return [
        replace(line, paragraph=False) if line.text[0].islower() and i and lines[i - 1].text[-1] not in ".;:" else line
        for i, line in enumerate(lines)
    ]


def _without_page_number(lines: list[Line]) -> list[Line]:
    """A number alone above the text is the page's own: it would tear a sentence that runs over two pages."""
    if len(lines) > 2 and _NUMBER.fullmatch(lines[0].text) and _is_central(lines[0], lines):
        lines = [replace(lines[1], paragraph=True), *lines[2:]]
    if len(lines) > 2 and _NUMBER.fullmatch(lines[-1].text) and _is_central(lines[-1], lines):
        lines = lines[:-1]
    return lines


def _is_central(line: Line, lines: list[Line]) -> bool:
    """Whether a line stands well inside the text to its right or left: a label of a list begins at the margin."""
    left, right = min(other.left for other in lines), max(other.right for other in lines)
    return line.left > left + 0.2 * (right - left)


def _head(lines: list[Line], again: Callable[[float, float], Sequence[Line]]) -> list[Line]:
    """The lines from the motto to the date, those of the left column first."""
    motto = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if _MOTTO.search(fold(line.text))), None)
    if motto is None:
        return lines
    reach = lines[: motto + _REACH]
    dated = next((i for i, line in enumerate(reach) if _DATED.search(fold(line.text))), None)
    if dated is None:
        return lines
    last = max(dated, motto) + 1
    left, right = _columns(lines[:last], _HEAD_FROM, again)
    return [*left, *right, *_opened(lines[last:])] if left and right else lines


def _end(lines: list[Line], again: Callable[[float, float], Sequence[Line]]) -> list[Line]:
    """The lines from *Nơi nhận* on, the recipients first, then who signs."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(fold(line.text).lstrip(" -*.'"))), None)
    if start is None:
        return lines
    # "TM. ỦY BAN NHÂN DÂN" may stand a little above "Nơi nhận:"
    while start and _is_beside(lines[start - 1], lines[start:]):
        start -= 1
    left, right = _columns(lines[start:], _END_FROM, again)
    return [*lines[:start], *left, *right] if left and right else lines


def _is_beside(line: Line, below: list[Line]) -> bool:
    """Whether a line stands wholly to the right of where the right column of the lines below it may begin."""
    margin, width = min(other.left for other in below), max(other.right for other in [line, *below])
    return line.left >= margin + _END_FROM * (width - margin)


def _opened(lines: list[Line]) -> list[Line]:
    return [replace(lines[0], paragraph=True), *lines[1:]] if lines else []


def _columns(
    lines: list[Line], least: float, again: Callable[[float, float], Sequence[Line]]
) -> tuple[list[Line], list[Line]]:
    """Lines of the left and of the right column, from top to bottom; both empty where nothing tells them apart.

    The right column begins at `least` of the width or farther to the right.
    """
    gutter = _gutter(lines, least)
    if gutter is None:
        return [], []
    if any(line.left < gutter <= line.pieces[-1].box[0] for line in lines):
        reread = list(again(min(line.top for line in lines), max(line.bottom for line in lines)))
        if 2 * _letters(reread) >= _letters(lines) and (found := _gutter(reread, least)) is not None:
            lines, gutter = reread, found
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        cut = next((i for i, piece in enumerate(line.pieces) if piece.box[0] >= gutter - 1), len(line.pieces))
        if 0 < cut < len(line.pieces) and _gap(line, cut) < _COLUMN_GAP / 2:
            cut = len(line.pieces)  # a line of the left column that runs under the right one
        left += [Line(line.pieces[:cut])] if cut else []
        right += [Line(line.pieces[cut:])] if cut < len(line.pieces) else []
    return _opened(_one_above_another(left)), _opened(_one_above_another(right))


def _gutter(lines: Sequence[Line], least: float) -> float | None:
    """Where the right column begins, if there is one."""
    margin, width = min(line.left for line in lines), max(line.right for line in lines)
    bound = margin + least * (width - margin)
    return min((x for line in lines for x in _begins(line) if x >= bound), default=None)


def _one_above_another(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom, pieces at one height put together again."""
    whole: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        last = whole[-1] if whole else None
        if last and line.middle - last.middle < 0.4 * (last.bottom - last.top):
            whole[-1] = Line(tuple(sorted(last.pieces + line.pieces, key=lambda piece: piece.box[0])))
        else:
            whole.append(line)
    return whole


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _begins(line: Line) -> list[float]:
    """Where a column may begin on a line: at its first word, and after a gap that is none between words."""
    return [line.left, *(piece.box[0] for i, piece in enumerate(line.pieces) if i and _gap(line, i) >= _COLUMN_GAP)]


def _gap(line: Line, index: int) -> float:
    return line.pieces[index].box[0] - line.pieces[index - 1].box[2]
