"""What a person says of a reading: a file of corrections beside the document, applied whenever the document is read."""

import hashlib
from pathlib import Path

__all__ = ["SUFFIX", "corrections_file", "is_corrections", "source_digest"]

SUFFIX = ".hieu-dinh.toml"
PARTS = "+"  # between the digest of a document's bytes and that of its corrections


def corrections_file(document: Path) -> Path:
    """Where the corrections of a document lie.

    >>> corrections_file(Path("van-ban/26-kh-ubnd.pdf")).name
    '26-kh-ubnd.pdf.hieu-dinh.toml'
    """
    return document.with_name(document.name + SUFFIX)


def is_corrections(path: Path) -> bool:
    """Whether a file is the corrections of another, and so no document itself."""
    return path.name.endswith(SUFFIX)


def source_digest(path: Path) -> str:
    """What a reading depends on: the sha256 of the file, and after "+" that of its corrections where it has any.

    Raises OSError as opening the file does.
    """
    own = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        said = corrections_file(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return own
    return f"{own}{PARTS}{hashlib.sha256(said).hexdigest()}"
