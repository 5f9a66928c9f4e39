"""What stands on a page of a PDF: its words, the lines drawn on it, and how much of it is a picture.

Places are in points from the upper left corner of the page as it is shown.
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Place = tuple[float, float]
_GAP = 0.22  # of the size of the letters: a narrow blank is a quarter
_MOST_OBJECTS, _MOST_POINTS = 3000, 4000
_CONTROL = {0x0D, 0x0A, 0x09, 0x20, 0xA0, 0x00, 0xFFFE, 0xFFFF, 0x02}


@dataclass(slots=True)
class Token:
    """A word: where it begins and ends, its baseline, and the size of its letters."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class Stroke:
    """A line drawn upright or level: `at` is where it stands, from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Sheet:
    """A page: its words, the strokes drawn on it, its size, and the share of it that one picture covers."""

    tokens: list[Token]
    strokes: list[Stroke]
    width: float
    height: float
    picture: float


def sheet_of(page: "PdfPage") -> Sheet:
    """The words and strokes of a page."""
    width, height = page.get_size()
    place = _shown(page)
    tokens = list(_tokens(page, place))
    strokes, picture = _drawn(page, place, width * height)
    return Sheet(tokens, strokes, width, height, picture)


def _shown(page: "PdfPage") -> Callable[[float, float], Place]:
    """From a place in the page's own space to the page as shown, turned and cropped."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    if turn == 90:
        return lambda x, y: (y - bottom, x - left)
    if turn == 180:
        return lambda x, y: (right - x, y - bottom)
    if turn == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _tokens(page: "PdfPage", place: Callable[[float, float], Place]) -> Iterator[Token]:
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        raw, box = textpage.raw, pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        token: Token | None = None
        for index in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if code in _CONTROL or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                if code in (0x02, 0xFFFE) and token:  # a hyphen at the end of a line, as the engine marks it
                    token.text += "-"
                    token.right += 0.33 * token.size
                elif token:
                    yield token
                    token = None
                continue
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            (a, b), (c, d), (_, base) = place(box.left, box.bottom), place(box.right, box.top), place(x.value, y.value)
            if not all(map(math.isfinite, (a, b, c, d, base))):
                continue
            left, right = min(a, c), max(a, c)
            if token and _goes_on(token, left, base):
                token.text += chr(code)
                token.right = max(token.right, right)
                continue
            if token:
                yield token
            token = Token(chr(code), left, right, base, _size(raw, index) or max(b, d) - min(b, d) or 10.0)
        if token:
            yield token
    finally:
        textpage.close()


def _size(raw: object, index: int) -> float:
    """The size of a letter as shown: that of its font, enlarged as its text is."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        return 0.0
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    return size if math.isfinite(size) and 0.5 < size < 500 else 0.0


def _goes_on(token: Token, left: float, base: float) -> bool:
    if abs(base - token.base) > 0.25 * token.size:
        return False
    return -0.6 * token.size <= left - token.right <= _GAP * token.size


def _drawn(page: "PdfPage", place: Callable[[float, float], Place], area: float) -> tuple[list[Stroke], float]:
    import pypdfium2.raw as pdfium

    strokes: list[Stroke] = []
    picture = 0.0
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for count, found in enumerate(page.get_objects(filter=kinds, max_depth=3)):
        if count > _MOST_OBJECTS or len(strokes) > _MOST_OBJECTS:
            break
        if found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = found.get_bounds()
            share = abs((right - left) * (top - bottom)) / area if area else 0.0
            picture = max(picture, share if math.isfinite(share) else 0.0)
        elif found.level == 0:  # the matrix of a form would have to be applied to what it draws
            strokes += _strokes(found.raw, found.get_matrix(), place)
    return strokes, picture


def _strokes(path: object, matrix: Any, place: Callable[[float, float], Place]) -> Iterator[Stroke]:
    import pypdfium2.raw as pdfium

    points: list[tuple[Place, bool]] = []
    first: Place | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        at = place(*matrix.on_point(x.value, y.value))
        moves = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        first = at if moves else first
        points.append((at, moves))
        if pdfium.FPDFPathSegment_GetClose(segment) and first:
            points.append((first, False))
    for (one, _), (other, moved) in pairwise(points):
        if moved:
            continue
        across, down = abs(other[0] - one[0]), abs(other[1] - one[1])
        if down < 1.5 < 8 < across:
            yield Stroke(False, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0]))
        elif across < 1.5 < 6 < down:
            yield Stroke(True, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1]))
