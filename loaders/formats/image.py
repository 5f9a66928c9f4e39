"""Pictures of pages (.png, .jpg, .tif, …), one or many in a file, read by OCR."""

import io
from contextlib import closing
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from loaders.errors import DamagedFile, NoOcr
from loaders.findings import Doubt
from loaders.formats import ocr
from loaders.formats.writer import Writer
from loaders.text import Text

_PAPER = 8.27  # inches across a sheet of A4, where a picture does not tell how fine it is
_WIDTHS = (5.0, 17.0)  # inches across a page, from A5 to A3 on its side: a camera's "72 dpi" makes sheets of a metre
_LEAST, _MOST = 8, 80_000_000  # points along a side, points in all
_MOST_PAGES = 1000
_FINEST = 600.0  # dots per inch the engine is told of
_BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError)


def read_image(
    content: bytes, name: str, kind: str, progress: ocr.Progress | None = None
) -> tuple[Text, tuple[Doubt, ...]]:
    """The text of a picture, page after page where it holds several (TIFF), and a doubt for a page the engine gave up.

    Raises NoOcr where there is no tesseract, DamagedFile for what is no picture of a page.
    """
    if not ocr.available():
        raise NoOcr(name)
    try:
        with closing(Image.open(io.BytesIO(content))) as picture:
            _measured(picture)
            frames = getattr(picture, "n_frames", 1)
            numbers = range(1, min(frames, _MOST_PAGES) + 1)
            pages = ocr.read_pages(
                lambda number: _grey(picture, number - 1), numbers, dpi=_dpi(picture), progress=progress
            )
    except _BROKEN as error:
        raise DamagedFile(name, kind.upper()) from error
    if all(page.given_up for page in pages):
        raise DamagedFile(name, kind.upper())
    writer = Writer()
    for page in pages:
        if page.number > 1:
            writer.page()
        writer.read(page.text, page.words)
    return writer.text(paged=True), (*ocr.doubts(pages), *_beyond(frames))


def _beyond(frames: int) -> tuple[Doubt, ...]:
    if frames <= _MOST_PAGES:
        return ()
    return (Doubt(code="page-unread", message=f"Tệp có {frames} trang, chỉ đọc {_MOST_PAGES} trang đầu"),)


def _grey(picture: Image.Image, frame: int) -> bytes:
    """One page as a grey PGM, turned as the camera says, empty where it is torn; decoded when its turn comes."""
    try:
        picture.seek(frame)
        _measured(picture)
        grey = _on_white(ImageOps.exif_transpose(picture))
    except _BROKEN:
        return b""
    return b"P5\n%d %d\n255\n" % grey.size + grey.tobytes()


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture in 256 greys: what shines through is paper, and 16 bits a point are made 8, not cut off at 255."""
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        return paper.convert("L")
    if picture.mode.startswith("I"):
        deep = picture.convert("I")
        most: Any = deep.getextrema()[1]  # a number, for there is one band
        return (deep.point(lambda grey: grey * (1 / 256)) if most > 255 else deep).convert("L")
    return picture.convert("L")


def _measured(picture: Image.Image) -> None:
    """Refuse what would fill the memory, before it is decoded, and what is no page."""
    width, height = picture.size
    if min(width, height) < _LEAST or width * height > _MOST:
        raise ValueError(f"{width} × {height}")


def _dpi(picture: Image.Image) -> float:
    """Dots per inch: as the file says where that makes a sheet of paper, else as A4 would have them."""
    width = min(picture.size)
    said = picture.info.get("dpi") or (0.0,)
    dpi = float(said[0]) or 0.0
    if not (dpi and _WIDTHS[0] <= width / dpi <= _WIDTHS[1]):
        dpi = width / _PAPER
    return max(70.0, min(_FINEST, dpi))
