"""The register changes: what that concerns is judged again, nothing else, and the store is as if made with it."""

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from graphs import write_files
from lawlines import PREFIXES, held, loaded, read, rows, unread

from queryapi.loading import base, derive
from queryapi.loading.concerned import Rejudged
from queryapi.loading.load import load
from queryapi.loading.rejudge import concerned, rejudge
from queryapi.store import DERIVED, LAW, RADAR, Store, export, open_store

CASES = tomllib.loads((Path(__file__).parent / "rejudge" / "changes.toml").read_text("utf-8"))
CHANGES: list[dict[str, Any]] = CASES["change"]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A store without the base graphs that do not matter here, and a register folder of its own."""
    monkeypatch.setattr(base, "_parts", lambda parts=base._parts: {LAW: parts()[LAW]})
    (tmp_path / "register").mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path / "register"))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every citation that is judged, by the number of its document and its words."""
    found: list[str] = []
    real = derive.judge

    def judge(document: Any, citation: str, *others: Any) -> Any:
        words = document.text(citation, "http://www.w3.org/ns/oa#exact")
        found.append(f"{document.iri.rpartition('/')[2]}: {words}")
        return real(document, citation, *others)

    monkeypatch.setattr(derive, "judge", judge)
    return found


def own(folder: Path, *said: str) -> None:
    """The user's own register says this."""
    (folder / "register").mkdir(exist_ok=True)
    for file in (folder / "register").glob("*.ttl"):
        file.unlink()
    for number, turtle in enumerate(said):
        if turtle:
            (folder / "register" / f"own-{number}.ttl").write_text(PREFIXES + turtle, "utf-8")


def files_of(folder: Path) -> Path:
    return write_files(folder / "files", **CASES["documents"])


@pytest.mark.parametrize("change", CHANGES, ids=[change["why"] for change in CHANGES])
def test_what_a_change_concerns_is_judged_again(change: dict[str, Any], tmp_path: Path, judged: list[str]) -> None:
    files = files_of(tmp_path)
    own(tmp_path, change.get("before", ""))
    before = loaded(tmp_path / "store", files)
    own(tmp_path, change.get("after", ""))
    judged.clear()
    told: list[Rejudged] = []
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store, read=unread, rejudged=lambda why, found: told.append(found))
        assert sorted(judged) == sorted(change["judged"])
        assert (told[0].citations, told[0].documents) == (
            len(change["judged"]),
            len({words.partition(":")[0] for words in change["judged"]}),
        )
        after = held(store)
    assert after != before, "the register is in the store"
    assert after == loaded(tmp_path / "anew", files)


def test_nothing_is_judged_again_where_nothing_changed(tmp_path: Path, judged: list[str]) -> None:
    files = files_of(tmp_path)
    loaded(tmp_path / "store", files)
    judged.clear()
    with open_store(tmp_path / "store", write=True) as store:
        version = store.version
        load([files], store, read=unread)
        assert rejudge(store) == Rejudged()
        assert (judged, store.version) == ([], version)


def test_a_register_that_grew_is_followed_without_loading_anything(tmp_path: Path) -> None:
    """As `thidua register add` does: told beforehand, done, and shown to readers."""
    files, change = files_of(tmp_path), CHANGES[2]
    loaded(tmp_path / "store", files)
    with open_store(tmp_path / "store", write=True) as store:
        version, derived = store.version, [store.triples(g) for g in store.graphs(DERIVED)]
        decree = "https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2023/98"
        foretold = concerned(store, [decree])
        assert derived == [store.triples(g) for g in store.graphs(DERIVED)], "asking changes nothing"
        own(tmp_path, change["after"])
        done = rejudge(store)
        assert foretold.citations == done.citations == len(change["judged"])
        assert store.version != version
        assert held(store) == loaded(tmp_path / "anew", files)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_changes_end_where_one_load_would(seed: int, tmp_path: Path) -> None:
    """Files come and go in the register and among the plans, in some order: the store is as if made at the end."""
    chance = random.Random(seed)
    files = files_of(tmp_path)
    pool = [change["after"] for change in CHANGES if "after" in change]
    loaded(tmp_path / "store", files)
    with open_store(tmp_path / "store", write=True) as store:
        for _ in range(4):
            # 91/2017 is restated by one of them at a time, or the register would contradict itself
            own(tmp_path, *chance.sample(pool, chance.randint(0, 3)))
            name = chance.choice(list(CASES["documents"]))
            (files / f"{name}.txt").write_text(CASES["documents"][name] + "\ntheo 98/2023/NĐ-CP" * chance.randint(0, 1))
            load([files], store, read=read)
        assert held(store) == loaded(tmp_path / "anew", files)


class TestAlerts:
    """What a change does to the list of alerts."""

    LISTED = "SELECT ?day ?a { ?day td:listsAlert ?a }"

    def kinds(self, store: Store) -> list[tuple[str, str]]:
        found = ((day.partition("/radar/")[2], a.partition("#alert-")[2]) for day, a in rows(store, self.LISTED))
        return sorted((day, alert.rpartition("-")[0] if alert[-1].isdigit() else alert) for day, alert in found)

    def test_a_plan_that_cites_no_law_learns_of_a_changed_framework(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a="số 1\nngày 2025-09-01\nđến 2026-12-31", b="số 2\nngày 2025-09-01")
        loaded(tmp_path / "store", files)
        with open_store(tmp_path / "store", write=True) as store:
            before = self.kinds(store)
            own(
                tmp_path,
                '<chinh-phu/nghi-dinh/2025/152> td:validBefore "2026-03-01"^^xsd:date .'
                "<chinh-phu/nghi-dinh/2025/152#end> a td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2025/152> ;"
                ' td:property td:validBefore ; td:confidence confidence:v ; dcterms:source "thử" .',
            )
            done = rejudge(store)
            assert (done.citations, done.plans) == (0, 1)
            assert sorted(set(self.kinds(store)) - set(before)) == [
                ("2/2025-09-01", "framework-changed-chinh-phu-nghi-dinh-2025")
            ]
            own(tmp_path)
            rejudge(store)
            assert self.kinds(store) == before

    def test_an_order_that_is_lost_or_wrong_is_made_again(self, tmp_path: Path) -> None:
        """Lost with a graph; wrong after a load that died on a server without transactions."""
        files = files_of(tmp_path)
        whole = loaded(tmp_path / "store", files)
        with open_store(tmp_path / "store", write=True) as store:
            store.replace({RADAR: ""})
            load([files], store, read=unread)
            assert list(export(store)) == whole
            store.replace({RADAR: "<urn:x> <urn:y> <urn:z> .\n"})
            store.sources().begin([], ["https://w3id.org/thidua/id/doc/ubnd-xa-thu/ke-hoach/2024/2"])
            load([files], store, read=read)
            assert list(export(store)) == whole
