"""Files into text, one module per format: bytes in, NFC text with its pages out."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import EmptyFile, IsFolder, LoadError, MissingFile, TooLarge, UnknownFormat
from loaders.findings import Doubt
from loaders.formats.sniff import format_of, refusal
from loaders.formats.writer import LARGEST_TEXT, TooMuchText
from loaders.text import Text

__all__ = ["SUFFIXES", "Opened", "Progress", "measure", "open_document", "opening", "refusal"]

SUFFIXES = (
    ".txt", ".md", ".pdf", ".docx", ".docm", ".dotx", ".html", ".htm", ".xhtml", ".mhtml", ".mht",
    ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp",
)  # fmt: skip
"""The names of files that `load` takes; `open_document` itself tells a file by its bytes, whatever its name."""
Progress = Callable[[int, int, str], None]
"""Told how many of how many steps are done, and what is being done now."""
_LARGEST = 200  # million bytes


@dataclass(frozen=True)
class Opened:
    """A file's text, the sha256 of its bytes, its format as a slug (txt, pdf, docx, …) and whether OCR read it.

    `doubts` are about the file itself: a page that could not be read, a text layer that should be read anew.
    """

    text: Text
    sha256: str
    format: str
    ocr: bool = False
    doubts: tuple[Doubt, ...] = ()


def open_document(path: Path, *, progress: Progress | None = None) -> Opened:
    """The text of a file of any format we read.

    Raises LoadError for a file that is missing, empty, damaged or of no format we read; `progress` is told of pages.
    """
    content = _content(path)
    if not content:  # an empty file is nothing of any format, whatever its name says
        raise EmptyFile(path.name)
    kind = format_of(content, path.name)
    if kind in ("txt", "html", "mhtml") and len(content) > LARGEST_TEXT * 1_000_000:
        raise TooLarge(path.name, LARGEST_TEXT)
    try:
        opened = _read(content, path.name, kind, progress)
    except TooMuchText:
        raise TooLarge(path.name, LARGEST_TEXT) from None
    if not opened.text.raw.strip():
        raise EmptyFile(path.name)
    return opened


def measure(path: Path) -> None:
    """Refuses a file by its size alone, before a byte of it is read. Raises TooLarge, or OSError where it is not."""
    if path.stat().st_size > _LARGEST * 1_000_000:
        raise TooLarge(path.name, _LARGEST)


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """What goes wrong while a file is opened, as a LoadError of one line."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in the path is a ValueError
        raise MissingFile(path.name.replace("\0", "?")) from None
    except IsADirectoryError:
        raise IsFolder(path.name) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise LoadError(f"{path.name}: không mở được ({reason})", f"{path.name}: cannot be opened ({reason})") from None


def _content(path: Path) -> bytes:
    with opening(path):
        measure(path)
        return path.read_bytes()


def _read(content: bytes, name: str, kind: str, progress: Progress | None) -> Opened:
    sha256 = hashlib.sha256(content).hexdigest()
    if kind == "pdf":
        from loaders.formats.pdf import read_pdf

        text, ocr, doubts = read_pdf(content, name, progress)
        return Opened(text, sha256, kind, ocr, doubts)
    if kind == "docx":
        from loaders.formats.docx import read_docx

        return Opened(read_docx(content, name), sha256, kind)
    if kind in ("html", "mhtml"):
        from loaders.formats.html import read_html, read_mhtml

        return Opened((read_html if kind == "html" else read_mhtml)(content, name), sha256, kind)
    if kind in ("png", "jpeg", "tiff", "bmp", "webp"):
        from loaders.formats.image import read_image

        text, doubts = read_image(content, name, kind, progress)
        return Opened(text, sha256, kind, True, doubts)
    if kind == "txt":
        from loaders.formats.txt import decode

        return Opened(Text.of(decode(content, name)), sha256, kind)
    raise UnknownFormat(name, SUFFIXES)
