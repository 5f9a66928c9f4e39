"""A result is written whole or not at all, and a place that cannot be written is one line."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import UnwritableFile
from queryapi.commands.options import write_whole


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "ket-qua.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["ket-qua.csv"]
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o640


def test_a_result_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    def lines() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("the store went away")

    target = tmp_path / "thidua.nq"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_whole(target, lines())
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["thidua.nq"]


@pytest.mark.parametrize("name", ["khong/co/x.xlsx", "tep/x.xlsx", ".", "x" * 300])
def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "tep").write_bytes(b"a file, not a folder")
    with pytest.raises(UnwritableFile) as caught:
        write_whole(tmp_path / name, b"x")
    assert caught.value.code == "unwritable-file"
    assert (
        str(tmp_path / name) in caught.value.vi and "\n" not in caught.value.vi and caught.value.vi != caught.value.en
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["tep"]


@pytest.mark.skipif(sys.platform == "win32", reason="no symbolic links, no /dev/null")
def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "that.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("that.csv")
    write_whole(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "that.csv").read_bytes() == b"new"
    write_whole(Path("/dev/null"), b"gone")
    assert not Path("/dev/null").is_file()
