"""Plain text files (.txt, .md): bytes to text."""

import codecs
import hashlib
from pathlib import Path

from loaders.errors import BinaryFile, EmptyFile, IsFolder, MissingFile

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> tuple[str, str]:
    """The file's text with universal newlines, and the sha256 of its bytes.

    UTF-8 with or without a byte order mark, or UTF-16 with one; anything else is called binary rather than guessed at.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(path.name) from None
    except IsADirectoryError:
        raise IsFolder(path.name) from None
    text = decode(content, path.name)
    return text, hashlib.sha256(content).hexdigest()


def decode(content: bytes, name: str) -> str:
    """The text of a file's bytes; `name` is for the message when there is none.

    >>> decode("Số: 26/KH-UBND\\r\\n".encode("utf-16"), "26.txt")
    'Số: 26/KH-UBND\\n'
    """
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise BinaryFile(name) from None
    if "\0" in text:  # a NUL never stands in a text, but decodes as UTF-8 without complaint
        raise BinaryFile(name)
    if not text.strip():
        raise EmptyFile(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")
