"""Pictures of pages (.png, .jpg, .tif, …), one or many in a file, read by OCR."""

import io
from contextlib import closing

from PIL import Image, ImageOps, UnidentifiedImageError

from loaders.errors import DamagedFile, NoOcr
from loaders.findings import Doubt
from loaders.formats import ocr
from loaders.formats.writer import Writer
from loaders.text import Text

_PAPER = 8.27  # inches across a sheet of A4, where a picture does not tell how fine it is
_WIDTHS = (5.0, 17.0)  # inches across a page, from A5 to A3 on its side: a camera's "72 dpi" makes sheets of a metre
_LEAST, _MOST = 8, 80_000_000  # points along a side, points in all
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
            numbers = range(1, getattr(picture, "n_frames", 1) + 1)
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
    return writer.text(paged=True), ocr.doubts(pages)


def _grey(picture: Image.Image, frame: int) -> bytes:
    """One page as a grey PGM, turned as the camera says; a page is decoded when its turn comes."""
    picture.seek(frame)
    _measured(picture)
    grey = ImageOps.exif_transpose(picture).convert("L")
    return b"P5\n%d %d\n255\n" % grey.size + grey.tobytes()


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
