"""Files that no load may stumble over: films of gigabytes, names of 250 bytes, mistakes of ours over one file."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loaders.corrections import corrections_of
from loaders.errors import CorrectionsBroken, LoadError, MissingFile, TooLarge
from loaders.findings import Doubt
from loaders.formats import SUFFIXES, ocr, open_document
from loaders.formats.sniff import format_of
from loaders.read import read
from queryapi.loading import readers
from queryapi.loading.batch import Batch, Loaded
from queryapi.loading.load import load
from queryapi.loading.readers import ReaderDied, read_all
from queryapi.store import Store, open_store

PLAN = Path(__file__).parent.parent / "examples" / "plans" / "ninh-phuoc-26-kh-ubnd-2021.txt"
WORDS = PLAN.read_text("utf-8")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as opened:
        yield opened


def outcome(store: Store, file: Path) -> Loaded:
    taken = Batch(store, read, None).take(file)
    assert isinstance(taken, Loaded)
    return taken


def test_a_file_is_refused_by_its_name_and_size_before_a_byte_is_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, book = tmp_path / "đại hội.mp4", tmp_path / "sách.pdf"
    for file in (film, book):
        with file.open("wb") as large:
            large.truncate(3_000_000_000)  # a hole: nothing is on the disk

    def never(*_: Any, **__: Any) -> Any:
        raise AssertionError("read")

    monkeypatch.setattr(Path, "read_bytes", never)
    monkeypatch.setattr(Path, "open", never)
    assert getattr(outcome(store, film).error, "code", None) == "unknown-format"
    assert isinstance(outcome(store, book).error, TooLarge)
    assert isinstance(outcome(store, tmp_path / "không có.mp4").error, MissingFile)


def test_a_document_under_a_long_name_is_read(store: Store, tmp_path: Path) -> None:
    file = tmp_path / ("k" * 246 + ".txt")  # with ".hieu-dinh.toml" no name a file can have
    try:
        file.write_text(WORDS, "utf-8")
    except OSError:
        pytest.skip("no such long names here")
    assert read(file)[1].document.number == "26/KH-UBND"
    assert [one.status for one in load([file], store, base=False)] == ["new"]


def test_corrections_that_cannot_be_opened_are_an_error_not_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(PermissionError):
        corrections_of(tmp_path / "a.txt")


@pytest.mark.parametrize("named", ["a.txt/b.txt", "a\0b.txt"])
def test_a_path_that_leads_nowhere_is_a_missing_file(named: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    for opened in (open_document, read):
        with pytest.raises(MissingFile) as caught:
            opened(tmp_path / named)
        assert caught.value.vi.isprintable()


def test_a_file_that_may_not_be_opened_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WORDS, "utf-8")

    def refused(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(LoadError, match=r"a\.txt: không mở được"):
        open_document(file)


def test_corrections_of_brackets_without_end_are_broken(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WORDS, "utf-8")
    (tmp_path / "a.txt.hieu-dinh.toml").write_text("a = " + "[" * 3000 + "]" * 3000, "utf-8")
    with pytest.raises(CorrectionsBroken):
        read(file)


def test_a_mistake_of_ours_over_one_file_is_that_files_failure(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told with its kind and place, that it may be mended, and without the words of the document."""
    files = [tmp_path / name for name in ("a.txt", "b.txt")]
    for file in files:
        file.write_text(WORDS, "utf-8")
    monkeypatch.setattr("loaders.read.admit", lambda *_: dict[str, str]()["Nguyễn Văn A"])
    readings = dict(read_all(files, 0))
    assert all(isinstance(reading, ReaderDied) for reading in readings.values())
    said = readings[files[0]]
    assert isinstance(said, ReaderDied) and "KeyError, loaders/read.py:" in said.vi and "Nguyễn" not in said.vi
    (tmp_path / "c.ttl").write_text("<https://example.org/a> <https://example.org/b> 1 .", "utf-8")
    told = load([*files, tmp_path / "c.ttl"], store, base=False, graph="https://example.org/g")
    assert [one.error and one.error.code for one in told] == ["reader-died", "reader-died", None]


def test_a_file_with_a_page_unread_is_read_again_at_the_next_load(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(WORDS, "utf-8")

    def given_up(path: Path) -> Any:
        text, found = read(path)
        return text, replace(found, doubts=(*found.doubts, Doubt(code="page-unread", message="Trang 2")))

    assert [one.status for one in load([file], store, base=False, read=given_up)] == ["new"]
    assert [one.status for one in load([file], store, base=False, read=read)] == ["changed"]
    assert [one.status for one in load([file], store, base=False, read=read)] == ["unchanged"]


def test_readers_share_the_processors_among_their_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    asked: list[int] = []

    class Reader:
        def __init__(self, pages: int) -> None:
            asked.append(pages)
            raise InterruptedError

    monkeypatch.setattr(readers, "_Reader", Reader)
    for several in (2, 8, 16):
        with pytest.raises(InterruptedError):
            list(read_all([PLAN], several))
    assert asked == [4, 1, 1]
    monkeypatch.setenv(ocr.PAGES_AT_ONCE, "1")
    assert ocr._at_once(500) == 1


@pytest.mark.parametrize(
    ("suffix", "format_"), [(".xhtml", "html"), (".dotx", "docx"), (".docm", "docx"), (".webp", "webp")]
)
def test_every_suffix_that_tells_a_format_is_loaded(suffix: str, format_: str) -> None:
    assert format_of(b"", f"a{suffix}") == format_
    assert suffix in SUFFIXES
