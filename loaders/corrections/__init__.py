"""What a person says of a reading: a file of corrections beside the document, applied whenever the document is read."""

import errno
import hashlib
from pathlib import Path

__all__ = ["SUFFIX", "corrections_file", "corrections_of", "is_corrections", "source_digest"]

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


def corrections_of(document: Path) -> bytes | None:
    """What the file of corrections beside a document holds, None where there is none.

    Raises OSError for one that is there and cannot be opened.
    """
    try:
        return corrections_file(document).read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in the path is a ValueError
        return None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # a portal names a file by its whole title: none can lie beside it
            return None
        raise


def source_digest(path: Path) -> str:
    """What a reading depends on: the sha256 of the file, and after "+" that of its corrections where it has any.

    Raises OSError as opening the file does.
    """
    with path.open("rb") as file:
        own = hashlib.file_digest(file, "sha256").hexdigest()
    said = corrections_of(path)
    return own if said is None else f"{own}{PARTS}{hashlib.sha256(said).hexdigest()}"
