"""Lines of a page in the order in which they are to be read: what stands side by side comes one after the other.

The head of an administrative document has two columns (the body and its number; the motto, place and date), and so has
its end (*Nơi nhận*; who signs). The OCR engine gives either the columns or lines that run through both.
"""

import re
from collections.abc import Sequence
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


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, columns of its head and end one after the other, without the number of the page."""
    return _end(_head(_without_page_number(_joined(lines))))


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


def _head(lines: list[Line]) -> list[Line]:
    """The lines from the motto to the date, those of the left column first."""
    motto = next((i for i, line in enumerate(lines[:_HEAD_LINES]) if _MOTTO.search(fold(line.text))), None)
    if motto is None:
        return lines
    reach = lines[: motto + _REACH]
    dated = next((i for i, line in enumerate(reach) if _DATED.search(fold(line.text))), None)
    if dated is None:
        return lines
    last = max(dated, motto)
    left, right = _columns(lines[: last + 1])
    return [*left, *right, *_opened(lines[last + 1 :])] if left and right else lines


def _end(lines: list[Line]) -> list[Line]:
    """The lines from *Nơi nhận* on, the recipients first, then who signs."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.search(fold(line.text))), None)
    if start is None:
        return lines
    first = lines[start]
    # a line of the right column may stand a little higher: "TM. ỦY BAN NHÂN DÂN" above "Nơi nhận:"
    if not _RECIPIENTS.match(fold(first.text).lstrip(" -*.'")):
        cut = _cut(first)
        if cut is None:
            return lines
    left, right = _columns(lines[start:])
    return [*lines[:start], *left, *right] if left and right else lines


def _opened(lines: list[Line]) -> list[Line]:
    return [replace(lines[0], paragraph=True), *lines[1:]] if lines else []


def _columns(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines of the left and of the right column, from top to bottom; both empty where nothing tells them apart."""
    gutter = min((line.pieces[cut].box[0] for line in lines if (cut := _cut(line)) is not None), default=None)
    if gutter is None:
        return [], []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        cut = _cut(line)
        if cut is not None:
            left.append(Line(line.pieces[:cut]))
            right.append(Line(line.pieces[cut:]))
        else:
            (left if (line.left + line.right) / 2 < gutter else right).append(Line(line.pieces))
    return _opened(sorted(left, key=lambda line: line.top)), _opened(sorted(right, key=lambda line: line.top))


def _cut(line: Line) -> int | None:
    """The word with which the right column of a line begins: after the widest gap, where that is one of columns."""
    gaps = [(b.box[0] - a.box[2], i + 1) for i, (a, b) in enumerate(zip(line.pieces, line.pieces[1:], strict=False))]
    widest, at = max(gaps, default=(0.0, 0))
    return at if widest >= _COLUMN_GAP else None
