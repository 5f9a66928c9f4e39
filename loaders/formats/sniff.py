"""What a file is: by its first bytes, and by its name only where bytes do not tell."""

import re
from pathlib import PurePath

from loaders.errors import EncryptedFile, LoadError, OldFormat, UnknownFormat

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
)
_IMAGES = {
    ".png": "png",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".bmp": "bmp",
    ".webp": "webp",
}
_PAGES = (".html", ".htm", ".xhtml")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_OLD = {
    ".doc": ".doc (Word 97-2003)", ".dot": ".doc (Word 97-2003)", ".xls": ".xls (Excel 97-2003)",
    ".ppt": ".ppt (PowerPoint 97-2003)", ".rtf": ".rtf", ".odt": ".odt (LibreOffice, OpenOffice)",
}  # fmt: skip


def format_of(content: bytes, name: str) -> str:
    """The slug of a file's format: pdf, docx, html, mhtml, zip, png, jpeg, tiff, bmp, webp or txt.

    Raises OldFormat for the formats of other office programs, EncryptedFile for an office file under a password.

    >>> format_of(b"%PDF-1.7", "plan.txt"), format_of(b"<!DOCTYPE html><p>", "plan"), format_of(b"Ke hoach", "PLAN.TXT")
    ('pdf', 'html', 'txt')
    """
    suffix = PurePath(name).suffix.lower()
    start = content[:1024]
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if b"%PDF-" in start and (start.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"%PDF-") or suffix == ".pdf"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zipped(content, name, suffix)
    if start.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise EncryptedFile(name)
        raise OldFormat(name, _OLD.get(suffix, _OLD[".doc"]))
    if start.startswith(b"{\\rtf"):
        raise OldFormat(name, ".rtf")
    if start.startswith(b"BM") and suffix == ".bmp":
        return "bmp"
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "webp"
    return _by_words(content, start, suffix)


def refusal(name: str, known: tuple[str, ...]) -> LoadError:
    """Why a file is not read whose name says that it is of no format in `known`.

    >>> refusal("26-kh.doc", (".docx",)).code, refusal("26-kh.dwg", (".docx",)).code
    ('old-format', 'unknown-format')
    """
    old = _OLD.get(PurePath(name).suffix.lower())
    return OldFormat(name, old) if old else UnknownFormat(name, known)


def _by_words(content: bytes, start: bytes, suffix: str) -> str:
    text = start.decode("utf-16", "replace").encode() if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start
    text = text.removeprefix(b"\xef\xbb\xbf")
    saved = b"multipart/related" in content[:4096] or suffix in (".mht", ".mhtml")
    if saved and re.search(rb"^MIME-Version:", text, re.IGNORECASE | re.MULTILINE):
        return "mhtml"
    if _MARKUP.match(text) or suffix in _PAGES:
        return "html"
    if suffix == ".pdf":
        return "pdf"
    if suffix in (".docx", ".docm", ".dotx"):
        return "docx"
    return _IMAGES.get(suffix, "txt")


def _zipped(content: bytes, name: str, suffix: str) -> str:
    """Word's package and OpenDocument's are told by their parts, a torn one by its name."""
    if b"word/document" in content or suffix in (".docx", ".docm", ".dotx"):
        return "docx"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in content[:200]:
        raise OldFormat(name, _OLD[".odt"])
    return "zip"
