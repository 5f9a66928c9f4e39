"""Files into text, one module per format: bytes in, NFC text with its pages out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from loaders.errors import IsFolder, MissingFile
from loaders.text import Text

__all__ = ["SUFFIXES", "Opened", "Progress", "open_document"]

SUFFIXES = (".txt", ".md")
Progress = Callable[[int, int, str], None]
"""Told how many of how many steps are done, and what is being done now."""


@dataclass(frozen=True)
class Opened:
    """A file's text, the sha256 of its bytes, its format as a slug (txt, pdf, docx, …) and whether OCR read it."""

    text: Text
    sha256: str
    format: str
    ocr: bool = False


def open_document(path: Path, *, progress: Progress | None = None) -> Opened:
    """The text of a file of any format we read.

    Raises LoadError for a file that is missing, empty or of no format we read; `progress` is told of pages.
    """
    from loaders.formats import txt

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(path.name) from None
    except IsADirectoryError:
        raise IsFolder(path.name) from None
    return Opened(Text.of(txt.decode(content, path.name)), hashlib.sha256(content).hexdigest(), "txt")
