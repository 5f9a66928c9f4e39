"""Plain text files (.txt, .md): bytes to text, whatever encoding they were saved in."""

import codecs
import hashlib
from pathlib import Path

from loaders.errors import BinaryFile, EmptyFile, IsFolder, MissingFile
from loaders.formats.legacy import decoded, restored

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> tuple[str, str]:
    """The file's text with universal newlines, and the sha256 of its bytes."""
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

    UTF-8 and UTF-16, each with or without a byte order mark, are told by their bytes. Windows-1258, TCVN3 (ABC) and VNI
    are told by the Vietnamese they make of them; where none surely does, the file is called binary, not guessed at.
    So are TCVN3 and VNI pasted as Unicode: the text, and every place in it, is that of the words restored (TCVN3 has
    one character for a letter of ours, VNI two).

    >>> decode("Số: 26/KH-UBND\\r\\n".encode("utf-16"), "26.txt")
    'Số: 26/KH-UBND\\n'
    """
    text = _unicode(content)
    if text is not None:
        text = restored(text)  # of words set in a legacy font each letter became a letter of Unicode, but not its own
    else:
        text = decoded(content)
        if text is None:
            raise BinaryFile(name)
    if "\0" in text:  # a NUL never stands in a text, but decodes as UTF-8 without complaint
        raise BinaryFile(name)
    if not text.strip():
        raise EmptyFile(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unicode(content: bytes) -> str | None:
    try:
        if content.startswith(_UTF16):
            return content.decode("utf-16")
        if encoding := _silent_utf16(content):
            return content.decode(encoding)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _silent_utf16(content: bytes) -> str | None:
    """UTF-16 without its mark: one byte of every blank, digit and plain letter is a NUL, always on the same side."""
    sample = content[:4096]
    if len(content) % 2 or len(sample) < 16:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < 0.25 * len(sample) / 2 or min(even, odd) > 0.01 * len(sample):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
