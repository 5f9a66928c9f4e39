"""A process that dies inside a write leaves each graph as it was or as it was to be; the next load mends the rest."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import iri, read_lines, write_files

from loaders.names import graph_iri
from queryapi.loading.load import load
from queryapi.store import DERIVED, DOC, LAW, export, failpoints, open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so on Windows")

BEFORE = {"a": "số 1\ncăn cứ 2", "b": "số 2\ntheo 91/2017/NĐ-CP", "c": "số 3\ncăn cứ 1\ncăn cứ 9"}
AFTER = {
    "a": "số 1\ncăn cứ 3\ncăn cứ 2",  # changed
    "c": "số 7\ncăn cứ 9",  # another document now: number 3 goes, and with it nobody else names its issuer
    # new, in several parts of one bulk load; what they cite of the register is dead
    **{f"d{n}": f"số {n}\ncăn cứ 1\ntheo 91/2017/NĐ-CP" for n in range(9, 16)},
}
LOAD = """
import sys
from dataclasses import dataclass
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from graphs import read_lines
import queryapi.loading.base
import queryapi.loading.derivation
from queryapi.loading.load import load
from queryapi.store import open_store
queryapi.loading.derivation.BULK = 2
queryapi.loading.base._units = lambda: iter(["<http://unit> <http://is> <http://small> .\\n"])
with open_store(Path(sys.argv[1]), write=True) as store:
    load([Path(sys.argv[2])], store, read=read_lines, base=len(sys.argv) > 4)
"""
# Where the marker of an unfinished bulk load must still lie on the disk when the process is dead.
MARKED = {"bulk-started", "bulk-between", "bulk-written"}


def run(store: Path, files: Path, fail_at: str = "", *, base: bool = False) -> subprocess.CompletedProcess[str]:
    here = Path(__file__).parent
    environment = {**os.environ, failpoints.VARIABLE: fail_at, "PYTHONPATH": str(here.parent)}
    command = [sys.executable, "-c", LOAD, str(store), str(files), str(here), *(["base"] if base else [])]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def loaded(folder: Path, files: Path, *, base: bool = False) -> list[str]:
    with open_store(folder, write=True) as store:
        load([files], store, read=read_lines, base=base)
        return list(export(store))


def graphs_of(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.rsplit(" <", 1)[1], []).append(line)
    return found


@dataclass(frozen=True)
class Change:
    """A store as it was, the files as they are now, and what the store holds before and after loading them."""

    store: Path
    files: Path
    old: list[str]
    new: list[str]


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory) -> Change:
    folder = tmp_path_factory.mktemp("crash")
    files = write_files(folder / "files", **BEFORE)
    old = loaded(folder / "store", files)
    write_files(files, **AFTER)
    new = loaded(folder / "clean", files)
    assert old != new
    return Change(folder / "store", files, old, new)


@pytest.mark.parametrize("point", [name for name in failpoints.NAMES if not name.startswith("base-")])
def test_dying_inside_a_write_leaves_whole_graphs(point: str, change: Change, tmp_path: Path) -> None:
    shutil.copytree(change.store, tmp_path / "store")
    files, old, new = change.files, change.old, change.new

    died = run(tmp_path / "store", files, point)

    assert died.returncode == -signal.SIGKILL, died.stderr
    assert died.stderr.splitlines()[-1] == f"fail point {point}"
    assert (tmp_path / "store" / "loading").exists() == (point in MARKED)
    if point == "bulk-between":
        raw = ox.Store(tmp_path / "store" / "live")
        inside = {
            iri(str(n)) for n in range(9, 16) if raw.contains_named_graph(ox.NamedNode(graph_iri("doc", iri(str(n)))))
        }
        assert 0 < len(inside) < 7, "the process died inside the batch: a part of it was written"
        del raw

    with open_store(tmp_path / "store") as reader:
        assert graphs_of(list(export(reader))).items() <= graphs_of(old).items(), "readers still see the old data"
    with open_store(tmp_path / "store", write=True) as store:
        found = graphs_of(list(export(store)))
        assert not (tmp_path / "store" / "loading").exists()
    before, after = graphs_of(old), graphs_of(new)
    for graph, lines in found.items():
        if "/graph/doc/" in graph:
            assert lines in (before.get(graph), after.get(graph)), f"{graph} is neither old nor new"
    if point in {"bulk-started", "bulk-between", "bulk-written"}:
        assert {g for g in found if "/graph/doc/" in g} == {g for g in before if "/graph/doc/" in g}
    if point in {"replace-started", "replace-inside"}:
        kept = {g: lines for g, lines in found.items() if g in before and "/graph/text/" not in g}
        assert kept == {g: lines for g, lines in before.items() if "/graph/text/" not in g}, "the transaction was whole"
    if point in {"replace-written", "sources-recorded", "snapshot-taken"}:
        assert found == after

    assert loaded(tmp_path / "store", files) == new, "the next load mends everything"


def test_dying_before_anything_was_ever_shown(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **BEFORE)
    assert run(tmp_path / "store", files, "bulk-between").returncode == -signal.SIGKILL
    with open_store(tmp_path / "store", write=True) as store:
        assert list(store.graphs(DOC)) == []
    assert loaded(tmp_path / "store", files) == loaded(tmp_path / "clean", files)


def test_without_a_fail_point_nothing_dies(tmp_path: Path) -> None:
    done = run(tmp_path / "store", write_files(tmp_path / "files", **BEFORE))
    assert (done.returncode, done.stderr) == (0, "")


ARRIVING = [name for name in failpoints.NAMES if not name.startswith(("base-", "replace-inside"))]


class TestWhatOthersSay:
    """A document that arrives changes what is derived of those that cite it, whose own files have not changed."""

    @pytest.mark.parametrize("point", ARRIVING)
    def test_those_that_cite_a_new_document_learn_of_it(self, point: str, tmp_path: Path) -> None:
        first = write_files(tmp_path / "first", a="số 1\ncăn cứ 2")
        then = write_files(tmp_path / "then", b="số 2\ncăn cứ 7", c="số 3", g="số 7")
        loaded(tmp_path / "clean", first)
        loaded(tmp_path / "store", first)
        new = loaded(tmp_path / "clean", then)
        assert run(tmp_path / "store", then, point).returncode == -signal.SIGKILL
        assert loaded(tmp_path / "store", then) == new

    @pytest.mark.parametrize("point", ["bulk-marked", "replace-written"])
    def test_a_document_whose_file_went_before_it_was_recorded_is_not_kept(self, point: str, tmp_path: Path) -> None:
        first = write_files(tmp_path / "first", a="số 1\ncăn cứ 2")
        then = write_files(tmp_path / "then", b="số 2\ncăn cứ 7", g="số 7")
        old = loaded(tmp_path / "store", first)
        assert run(tmp_path / "store", then, point).returncode == -signal.SIGKILL
        assert loaded(tmp_path / "store", first) == old

    @pytest.mark.parametrize("point", ["replace-started", "replace-written", "sources-recorded"])
    def test_a_file_put_back_after_the_crash_is_read_again(self, point: str, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a="số 1\ncăn cứ 2", b="số 2")
        old = loaded(tmp_path / "store", files)
        write_files(files, b="số 3")
        assert run(tmp_path / "store", files, point).returncode == -signal.SIGKILL
        write_files(files, b="số 2")
        assert loaded(tmp_path / "store", files) == old


@pytest.mark.parametrize("point", ["base-written", "bulk-written", "replace-started", "replace-written", "base-judged"])
def test_another_register_is_followed_by_every_verdict(
    point: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queryapi.loading.base._units", lambda: iter(["<http://unit> <http://is> <http://small> .\n"]))
    files = write_files(tmp_path / "files", a="số 1\ntheo 91/2017/NĐ-CP", b="số 2\ncăn cứ 1")
    new = loaded(tmp_path / "store", files, base=True)
    with open_store(tmp_path / "store", write=True) as store:
        for graph in list(store.graphs(DERIVED)):
            store.replace({graph: store.triples(graph) + '<urn:old> <urn:verdict> "x" .\n'})
        for graph in (LAW, DERIVED):
            store.sources().put_base(graph, "of another register")
    assert run(tmp_path / "store", files, point, base=True).returncode == -signal.SIGKILL
    assert loaded(tmp_path / "store", files, base=True) == new
