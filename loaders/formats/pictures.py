"""Grey pictures without a picture library."""

import re
from collections.abc import Sequence

_WHITE = 30  # points of white around a cutting
_PGM = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


def doubled(picture: bytes) -> bytes | None:
    """A grey PGM at twice its width and height, the points between drawn from their neighbours; None for other formats.

    >>> doubled(b"P5\\n2 1\\n255\\n" + bytes([0, 100]))
    b'P5\\n4 2\\n255\\n\\x002dd\\x002dd'
    """
    opened = _open(picture)
    if opened is None:
        return None
    width, height, grey = opened
    wide = bytearray(2 * width * height)
    wide[0::2] = grey
    wide[1::2] = _between(bytes(grey), bytes(grey[1:]) + bytes(grey[-1:]))
    wide[2 * width - 1 :: 2 * width] = grey[width - 1 :: width]  # the last of a row has no neighbour in the next row
    row = 2 * width
    lower = bytes(wide[row:]) + bytes(wide[-row:])
    middle = _between(bytes(wide), lower)
    rows = bytearray()
    for y in range(height):
        rows += wide[y * row : (y + 1) * row]
        rows += middle[y * row : (y + 1) * row]
    return b"P5\n%d %d\n255\n" % (row, 2 * height) + bytes(rows)


def strip(picture: bytes, top: int, bottom: int) -> bytes | None:
    """The rows of a grey PGM from one up to another; None for other formats.

    >>> strip(b"P5\\n1 3\\n255\\n" + bytes([7, 8, 9]), 1, 9)
    b'P5\\n1 2\\n255\\n\\x08\\t'
    """
    opened = _open(picture)
    if opened is None:
        return None
    width, height, grey = opened
    top, bottom = max(0, top), min(height, bottom)
    if top >= bottom:
        return None
    return b"P5\n%d %d\n255\n" % (width, bottom - top) + bytes(grey[top * width : bottom * width])


def stacked(picture: bytes, boxes: Sequence[tuple[int, int, int, int]]) -> tuple[bytes, list[int]] | None:
    """Cuttings of a grey PGM one under another with white between, and the row at which each one's white begins.

    A box is left, top, right, bottom. None for other formats.
    """
    opened = _open(picture)
    if opened is None or not boxes:
        return None
    width, height, grey = opened
    kept = [(max(0, x), max(0, y), min(width, r), min(height, b)) for x, y, r, b in boxes]
    broad = max(r - x for x, _, r, _ in kept) + 2 * _WHITE
    rows, begins = bytearray(), []
    for left, top, right, bottom in kept:
        begins.append(len(rows) // broad)
        rows += b"\xff" * broad * _WHITE
        for y in range(top, bottom):
            rows += b"\xff" * _WHITE + bytes(grey[y * width + left : y * width + right])
            rows += b"\xff" * (broad - _WHITE - max(0, right - left))
    rows += b"\xff" * broad * _WHITE
    return b"P5\n%d %d\n255\n" % (broad, len(rows) // broad) + bytes(rows), begins


def _open(picture: bytes) -> tuple[int, int, memoryview] | None:
    head = _PGM.match(picture)
    if not head:
        return None
    width, height = int(head[1]), int(head[2])
    grey = memoryview(picture)[head.end() : head.end() + width * height]
    return (width, height, grey) if len(grey) == width * height else None


def _between(one: bytes, other: bytes) -> bytes:
    """The mean of two rows of points, all at once: each as one large number, the lowest bit of every byte let go."""
    a, b = int.from_bytes(one, "little"), int.from_bytes(other, "little")
    even = int.from_bytes(b"\xfe" * len(one), "little")
    return ((a & b) + (((a ^ b) & even) >> 1)).to_bytes(len(one), "little")
