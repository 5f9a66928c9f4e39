"""What documents say of validity: the verdicts of those that cite, in any order, and back again when they go."""

from itertools import permutations
from pathlib import Path

import pytest
from graphs import write_files
from lawlines import held, iri, loaded, read, rows, unread, verdicts

from queryapi.loading import base
from queryapi.loading.concerned import Rejudged
from queryapi.loading.load import drop, load
from queryapi.store import LAW, Store, open_store

CITING = "số 1\nngày 2024-06-01\nđến 2024-12-31\ncăn cứ 2"
HELD = "số 2\nngày 2023-03-01"
ELSEWHERE = "\ncơ quan ubnd-xa-khac"
REPLACING = "số 3\nngày 2024-02-01\nhiệu lực 2024-02-15\nthay thế 2 từ 2024-02-15"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A store without the base graphs that do not matter here, and no register but the one that is shipped."""
    monkeypatch.setattr(base, "_parts", lambda parts=base._parts: {LAW: parts()[LAW]})
    (tmp_path / "register").mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path / "register"))


def filled(store: Store, folder: Path, **files: str) -> dict[str, str]:
    load([write_files(folder / "files", **files)], store, read=read)
    return verdicts(store)


def alerts(store: Store) -> list[tuple[str, ...]]:
    found = rows(
        store, "SELECT ?d ?k ?s ?x { ?d td:hasAlert ?a . ?a td:alertKind ?k ; td:severity ?s ; td:concerns ?x }"
    )
    return [tuple(value.rpartition("/")[2] for value in row) for row in found]


def said(store: Store, name: str) -> list[tuple[str, ...]]:
    found = rows(store, f"SELECT ?s ?o {{ ?d td:hasCitation|td:hasEffect ?s . ?s td:{name} ?o }}")
    return [
        tuple(value.removeprefix("https://w3id.org/thidua/id/doc/ubnd-xa-thu/ke-hoach/2024/") for value in row)
        for row in found
    ]


class TestReplaced:
    """Plan 1 rests on 2, which 3 replaced before."""

    def test_a_basis_that_a_document_ended_is_dead(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=CITING, b=HELD, c=REPLACING)
            assert found["1: căn cứ 2"] == "expired"
            assert ("1", "dead-basis", "high", "2") in alerts(store)
            assert said(store, "expiredOn")[0][1] == "2024-02-15"
            assert said(store, "replacedBy") == [("1#citation-36", "3")]
            decided = said(store, "decidedByClaim")
            assert decided == [("1#citation-36", "3#effect-41"), ("3#citation-41", "3#effect-41")], (
                "the sentence that says so, and no other"
            )
            (words,) = rows(store, f"SELECT ?w {{ <{iri('3')}#effect-41> oa:exact ?w }}")
            assert words == ("thay thế 2 từ 2024-02-15",)

    def test_neither_need_be_held(self, tmp_path: Path) -> None:
        """The number in the replacing document is all that is known of the old one."""
        with open_store(tmp_path / "store", write=True) as store:
            assert filled(store, tmp_path, a=CITING, c=REPLACING)["1: căn cứ 2"] == "expired"
            assert said(store, "held") == [("1#citation-36", "false"), ("3#citation-41", "false")]

    def test_before_that_day_it_was_not_dead(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            early = CITING.replace("2024-06-01", "2024-02-10")
            found = filled(store, tmp_path, a=early, b=HELD + "\nhiệu lực 2023-03-10", c=REPLACING)
            assert found["1: căn cứ 2"] == "in-force"
            assert ("1", "basis-ended-later", "medium", "2") in alerts(store)

    def test_a_document_that_comes_and_goes(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a=CITING, b=HELD)
        then = write_files(tmp_path / "then", c=REPLACING)
        told: list[tuple[str, Rejudged]] = []
        with open_store(tmp_path / "store", write=True) as store:
            load([files], store, read=read)
            before = held(store)
            assert verdicts(store) == {"1: căn cứ 2": "unknown"}, "held, and nobody says since when or until when"
            load([then], store, read=read, rejudged=lambda why, found: told.append((why, found)))
            assert told[-1] == ("documents", Rejudged(1, 1, 0, turned=1)), "unknown until now, expired from now on"
            assert verdicts(store)["1: căn cứ 2"] == "expired"
            drop([iri("3")], store)
            assert held(store) == before

    def test_a_document_that_no_longer_says_it(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a=CITING, b=HELD, c=REPLACING)
        loaded(tmp_path / "store", files)
        write_files(files, c="số 3\nngày 2024-02-01")
        with open_store(tmp_path / "store", write=True) as store:
            load([files], store, read=read)
            assert verdicts(store) == {"1: căn cứ 2": "unknown"}
            assert held(store) == loaded(tmp_path / "anew", files)

    def test_a_chain_of_replacements(self, tmp_path: Path) -> None:
        """4 replaced 3 later on: what replaced 2 is told all the same, and loading 4 looks at plan 1 again."""
        files = write_files(tmp_path / "files", a=CITING, b=HELD, c=REPLACING)
        last = write_files(tmp_path / "last", d="số 4\nngày 2024-04-01\nthay thế 3 từ 2024-04-05")
        told: list[Rejudged] = []
        with open_store(tmp_path / "store", write=True) as store:
            load([files], store, read=read)
            load([last], store, read=read, rejudged=lambda _, found: told.append(found))
            assert told[-1] == Rejudged(2, 2, 0), "that of 2 in plan 1, and that of 2 in document 3"
            assert held(store) == loaded(tmp_path / "anew", files, last)

    def test_a_document_that_is_cited_by_nobody_concerns_nobody(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a=CITING, b=HELD)
        then = write_files(tmp_path / "then", c="số 5\nngày 2024-02-01\nthay thế 6 từ 2024-02-15")
        told: list[Rejudged] = []
        with open_store(tmp_path / "store", write=True) as store:
            load([files], store, read=read)
            load([then], store, read=read, rejudged=lambda _, found: told.append(found))
            assert told == [Rejudged(), Rejudged()]


class TestOwnDay:
    """A document's own first day is a claim about itself."""

    def test_cited_before_its_first_day(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=CITING, b="số 2\nngày 2024-05-20\nhiệu lực 2024-07-01")
            assert found["1: căn cứ 2"] == "not-yet-in-force"
            assert ("1", "not-yet-basis", "high", "2") in alerts(store)

    def test_cited_before_it_was_issued(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            assert filled(store, tmp_path, a=CITING, b="số 2\nngày 2024-07-01")["1: căn cứ 2"] == "not-yet-in-force"

    def test_after_it_nobody_knows_of_an_end(self, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=CITING, b="số 2\nngày 2024-01-20\nhiệu lực 2024-02-01")
            assert found["1: căn cứ 2"] == "unknown"


class TestHowSure:
    """Whose word it is, and how well it was read."""

    @pytest.mark.parametrize(
        ("replacing", "verdict", "why"),
        [
            (REPLACING, "expired", "the same committee"),
            (REPLACING + "\nmờ", "unknown", "read from a bad scan"),
            (REPLACING.replace("thay thế 2", "thay thế ubnd-xa-thu:2") + ELSEWHERE, "unknown", "another commune"),
        ],
    )
    def test_a_weak_word_does_not_decide(self, replacing: str, verdict: str, why: str, tmp_path: Path) -> None:
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=CITING, b=HELD + "\nhiệu lực 2023-03-10", c=replacing)
            assert found["1: căn cứ 2"] == verdict, why


class TestContradictions:
    """Both words are kept."""

    def test_two_documents(self, tmp_path: Path) -> None:
        later = "số 4\nngày 2024-02-01\nthay thế 2 từ 2024-09-01"
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=CITING, b=HELD + "\nhiệu lực 2023-03-10", c=REPLACING, d=later)
            assert found["1: căn cứ 2"] == "unknown"
            assert ("1", "conflicting-claims", "medium", "2") in alerts(store)
            assert said(store, "contradicts") == [("3#effect-41", "4#effect-21"), ("4#effect-21", "3#effect-41")]
            decided = [clause for citation, clause in said(store, "decidedByClaim") if citation == "1#citation-36"]
            assert decided == ["3#effect-41", "4#effect-21"]

    def test_the_register(self, tmp_path: Path) -> None:
        """Nghị định 98/2023 ended on 1 July 2025 (Nghị định 152/2025, Điều 59); a decree says otherwise."""
        decree = "số 200/2025/NĐ-CP\ncơ quan chinh-phu\nngày 2025-05-05\nthay thế 98/2023/NĐ-CP từ 2025-06-01"
        plan = "số 1\nngày 2025-06-10\ntheo 98/2023/NĐ-CP"
        fact = "https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2023/98#valid-before"
        with open_store(tmp_path / "store", write=True) as store:
            found = filled(store, tmp_path, a=plan, b=decree)
            assert found["1: theo 98/2023/NĐ-CP"] == "unknown"
            ((clause, other),) = said(store, "contradicts")
            assert (clause.partition("#")[2][:6], other) == ("effect", fact)
            assert ("1", "conflicting-claims", "medium", "98") in alerts(store)


FILES = {
    "a": CITING,
    "b": "số 2\nngày 2023-03-01\nhiệu lực 2023-03-10\ncăn cứ 3\nbãi bỏ 3 từ 2024-03-01",
    "c": REPLACING,
    "d": "số 4\nngày 2024-04-01\nthay thế 3 từ 2024-04-05\nbãi bỏ Điều 4 của 1 từ 2024-07-01",
    "e": "số 5\nngày 2024-08-01\nđến 2026-01-31\ncăn cứ 1\ncăn cứ 4\ntheo 98/2023/NĐ-CP\ntên Luật Thi đua, Khen thưởng",
    "f": "số 150/2025/NĐ-CP\ncơ quan chinh-phu\nngày 2025-06-03\nbãi bỏ 98/2023/NĐ-CP từ 2025-06-15",
}


@pytest.mark.slow
@pytest.mark.parametrize("order", [list(p) for p in permutations("abcdef")][:: 720 // 3], ids="".join)
def test_documents_that_end_each_other_in_any_order(order: list[str], tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    one = loaded(tmp_path / "one", *(files / f"{name}.txt" for name in order))
    assert one == loaded(tmp_path / "all", files)
    assert sum("#decidedByClaim> <" in line for line in one if line.startswith("<https://w3id.org/thidua/id/doc")) > 3
    with open_store(tmp_path / "one", write=True) as store:
        for name in order[:3]:
            (files / f"{name}.txt").unlink()
            document = {"f": "https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2025/150"}
            drop([document.get(name, iri(str(ord(name) - ord("a") + 1)))], store)
        assert held(store) == loaded(tmp_path / "rest", files)
        load([files], store, read=unread)
