"""Files read by several processes: the same store as by one, and a file that kills its reader takes no other along."""

import pickle
import shutil
from pathlib import Path

import pytest

from loaders.errors import NotAdministrative, UnknownFormat
from queryapi.loading import load as loading
from queryapi.loading.load import load
from queryapi.loading.readers import ReaderDied, processes, read_all
from queryapi.store import open_store
from queryapi.store.failpoints import VARIABLE

PLANS = sorted((Path(__file__).parent.parent / "examples" / "plans").glob("*.txt"))


def test_several_readers_give_the_store_that_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for plan in PLANS:
        shutil.copy(plan, files)
    (files / "ghi chú.txt").write_text("Đi chợ mua rau.", "utf-8")
    dumps, told = [], []
    for readers in (0, 2):
        monkeypatch.setattr(loading, "processes", lambda _files, readers=readers: readers)
        with open_store(tmp_path / f"store-{readers}", write=True) as store:
            told.append([(one.name, one.status, one.citations) for one in load([files], store, base=False)])
            dumps.append({graph: store.triples(graph) for graph in store.graphs()})
    assert told[0] == told[1]
    assert dumps[0] == dumps[1]
    assert sum(status == "new" for _, status, _ in told[1]) == len(PLANS)


def test_a_file_that_kills_its_reader_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"reading {PLANS[1].name}")
    said: list[str] = []
    readings = dict(read_all(PLANS, 2, lambda done, total, what: said.append(f"{done}/{total}")))
    assert list(readings) == PLANS
    assert isinstance(readings[PLANS[1]], ReaderDied)
    assert all(isinstance(readings[plan], tuple) for plan in PLANS if plan != PLANS[1])
    assert said[-1] == "5/5"


def test_few_small_texts_are_not_worth_a_process_and_scans_are(tmp_path: Path) -> None:
    assert processes(PLANS) == 0
    scans = []
    for name in ("a.pdf", "b.pdf"):
        scans.append(tmp_path / name)
        scans[-1].write_bytes(b"%" * 100_000)
    assert processes(scans) in (0, 2)  # 0 on a machine with one core


@pytest.mark.parametrize("error", [NotAdministrative("a.txt"), UnknownFormat("a.xyz", (".txt",)), ReaderDied("a.pdf")])
def test_an_error_keeps_its_words_from_one_process_to_another(error: ReaderDied) -> None:
    there = pickle.loads(pickle.dumps(error))
    assert (type(there), there.vi, there.en, str(there)) == (type(error), error.vi, error.en, str(error))
