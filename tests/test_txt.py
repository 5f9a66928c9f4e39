"""Text files as people save them: with and without a byte order mark, from Windows, or no text at all."""

import hashlib
from pathlib import Path

import pytest

from loaders.errors import BinaryFile, EmptyFile, MissingFile
from loaders.formats.txt import read_text

WORDS = "Số: 26/KH-UBND\nNinh Phước, ngày 03 tháng 02 năm 2021\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_same_text_from_every_editor(tmp_path: Path, encoding: str, newline: str) -> None:
    content = WORDS.replace("\n", newline).encode(encoding)
    path = tmp_path / "26.txt"
    path.write_bytes(content)
    assert read_text(path) == (WORDS, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b" \r\n\t", EmptyFile),
        (b"\xef\xbb\xbf", EmptyFile),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", BinaryFile),
        (b"PK\x03\x04\x00\x00", BinaryFile),
        ("Số".encode("cp1258", "replace") + b"\xff\x81", BinaryFile),
    ],
)
def test_what_is_no_text_is_said_so(tmp_path: Path, content: bytes, error: type[Exception]) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    with pytest.raises(error, match=r"plan\.txt"):
        read_text(path)


def test_a_path_to_nothing_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"none\.txt"):
        read_text(tmp_path / "none.txt")
