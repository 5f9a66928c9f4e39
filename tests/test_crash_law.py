"""A process that dies while verdicts follow another register, or what a document says: the next load ends it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from graphs import write_files
from lawlines import PREFIXES, loaded

from queryapi.loading import base
from queryapi.store import LAW, failpoints

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so on Windows")

FILES = {
    "a": "số 1\nngày 2024-02-19\nđến 2025-12-31\ntheo 98/2023/NĐ-CP\ntheo 91/2017/NĐ-CP mẫu số 07\ncăn cứ 2",
    "b": "số 2\nngày 2023-09-01\nđến 2027-12-31\ntheo 152/2025/NĐ-CP",
}
SAID = "số 3\nngày 2024-02-01\nhiệu lực 2024-02-05\nthay thế 2 từ 2024-02-05"
END = """<chinh-phu/nghi-dinh/2023/98> td:validBefore "{day}"^^xsd:date .
<chinh-phu/nghi-dinh/2023/98#end> a td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2023/98> ;
  td:property td:validBefore ; td:confidence confidence:v ; dcterms:source "thử" ."""
LOAD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from lawlines import read
from queryapi.loading import base
from queryapi.loading.load import load
from queryapi.store import LAW, open_store
parts = base._parts
base._parts = lambda: {LAW: parts()[LAW]}
with open_store(Path(sys.argv[1]), write=True) as store:
    load([Path(sys.argv[2])], store, read=read)
"""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(base, "_parts", lambda parts=base._parts: {LAW: parts()[LAW]})
    monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path / "register"))
    (tmp_path / "register").mkdir()


def die(store: Path, files: Path, point: str) -> None:
    here = Path(__file__).parent
    environment = {**os.environ, failpoints.VARIABLE: point, "PYTHONPATH": str(here.parent)}
    command = [sys.executable, "-c", LOAD, str(store), str(files), str(here)]
    died = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr


@pytest.mark.parametrize("point", ["bulk-written", "base-written", "base-judged", "sources-recorded"])
def test_another_register(point: str, tmp_path: Path) -> None:
    """It is followed at the next load; so is a third one, and the first if it comes back."""
    files, own = write_files(tmp_path / "files", **FILES), tmp_path / "register" / "own.ttl"
    old = loaded(tmp_path / "store", files)
    own.write_text(PREFIXES + END.format(day="2024-02-01"), "utf-8")
    new = loaded(tmp_path / "new", files)
    assert [line for line in new if "/derived/" in line] != [line for line in old if "/derived/" in line]
    die(tmp_path / "store", files, point)
    for name in ("second", "third"):
        shutil.copytree(tmp_path / "store", tmp_path / name)

    assert loaded(tmp_path / "store", files) == new

    own.write_text(PREFIXES + END.format(day="2024-02-20"), "utf-8")
    assert loaded(tmp_path / "second", files) == loaded(tmp_path / "other", files)

    own.unlink()
    assert loaded(tmp_path / "third", files) == old


@pytest.mark.parametrize("point", ["bulk-started", "bulk-marked", "replace-inside", "replace-written"])
def test_a_document_that_ends_another(point: str, tmp_path: Path) -> None:
    """What it says is in the verdicts of those that cite the other, and in the order of all alerts."""
    files, then = write_files(tmp_path / "files", **FILES), write_files(tmp_path / "then", c=SAID)
    loaded(tmp_path / "store", files)
    new = loaded(tmp_path / "new", files, then)
    die(tmp_path / "store", then, point)
    assert loaded(tmp_path / "store", then) == new
