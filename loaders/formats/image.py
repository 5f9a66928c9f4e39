"""Pictures of a page (.png, .jpg, .tif, …), read by OCR."""

import struct

from loaders.errors import DamagedFile
from loaders.findings import Doubt
from loaders.formats import ocr
from loaders.formats.writer import Writer
from loaders.text import Text

_PAPER = 8.27  # inches across a sheet of A4, where a picture does not tell how fine it is
_MOST_POINTS = 150_000_000


def read_image(
    content: bytes, name: str, kind: str, progress: ocr.Progress | None = None
) -> tuple[Text, tuple[Doubt, ...]]:
    """The text of a picture with its one page, and a doubt where the engine gave up.

    Raises NoOcr where there is no tesseract, DamagedFile for a picture that says it has no width.
    """
    width, height = _size(content, kind)
    if (width, height) != (0, 0) and (width < 8 or height < 8 or width * height > _MOST_POINTS):
        raise DamagedFile(name, kind.upper())
    dpi = max(70.0, min(600.0, min(width, height) / _PAPER)) if width else 200.0
    pages = ocr.read_pages(lambda _: content, [1], dpi=dpi, progress=progress)
    if all(page.given_up for page in pages):
        raise DamagedFile(name, kind.upper())
    writer = Writer()
    for page in pages:
        writer.read(page.text, page.words)
    return writer.text(paged=True), ocr.doubts(pages)


def _size(content: bytes, kind: str) -> tuple[int, int]:
    """Width and height of a picture in points of it, (0, 0) where its head does not say.

    >>> _size(b"\\x89PNG\\r\\n\\x1a\\n\\0\\0\\0\\rIHDR\\0\\0\\x06\\x77\\0\\0\\x09\\x25", "png")
    (1655, 2341)
    """
    try:
        if kind == "png":
            return struct.unpack(">II", content[16:24])
        if kind == "bmp":
            width, height = struct.unpack("<ii", content[18:26])
            return abs(width), abs(height)
        if kind == "jpeg":
            return _jpeg_size(content)
    except struct.error:
        pass
    return 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content):
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at] != 0xFF or length < 2:
            break
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
