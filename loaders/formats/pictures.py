"""Grey pictures of pages: made larger, cut in strips, and cuttings put one under another."""

import io
from collections.abc import Sequence

from PIL import Image

_WHITE = 30  # points of white around a cutting
Corners = tuple[int, int, int, int]


def doubled(picture: bytes) -> bytes | None:
    """A grey PGM at twice its width and height; None for other formats.

    >>> doubled(b"P5\\n2 1\\n255\\n" + bytes([0, 100]))[:11]
    b'P5\\n4 2\\n255\\n'
    """
    page = _open(picture)
    return _pgm(page.resize((2 * page.width, 2 * page.height), Image.Resampling.BILINEAR)) if page else None


def strip(picture: bytes, top: int, bottom: int) -> bytes | None:
    """The rows of a grey PGM from one up to another; None for other formats, and where there are none.

    >>> strip(b"P5\\n1 3\\n255\\n" + bytes([7, 8, 9]), 1, 9)
    b'P5\\n1 2\\n255\\n\\x08\\t'
    """
    page = _open(picture)
    if page is None or max(0, top) >= min(page.height, bottom):
        return None
    return _pgm(page.crop((0, max(0, top), page.width, min(page.height, bottom))))


def stacked(picture: bytes, boxes: Sequence[Corners]) -> tuple[bytes, list[int]] | None:
    """Cuttings of a grey PGM one under another with white between, and the row at which each one's white begins.

    A box is left, top, right, bottom. None for other formats.
    """
    page = _open(picture)
    if page is None or not boxes:
        return None
    kept = [(max(0, x), max(0, y), min(page.width, r), min(page.height, b)) for x, y, r, b in boxes]
    cuttings = [page.crop(box) if box[0] < box[2] and box[1] < box[3] else None for box in kept]
    heights = [cutting.height if cutting else 0 for cutting in cuttings]
    broad = max((cutting.width for cutting in cuttings if cutting), default=0) + 2 * _WHITE
    sheet = Image.new("L", (broad, sum(heights) + _WHITE * (len(boxes) + 1)), 255)
    begins, row = [], 0
    for cutting, height in zip(cuttings, heights, strict=True):
        begins.append(row)
        if cutting:
            sheet.paste(cutting, (_WHITE, row + _WHITE))
        row += _WHITE + height
    return _pgm(sheet), begins


def _open(picture: bytes) -> Image.Image | None:
    if not picture.startswith(b"P5"):
        return None
    try:
        page = Image.open(io.BytesIO(picture))
        page.load()
    except (OSError, ValueError):
        return None
    return page.convert("L")


def _pgm(page: Image.Image) -> bytes:
    return b"P5\n%d %d\n255\n" % page.size + page.tobytes()
