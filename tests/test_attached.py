"""Several documents in one file: each case of `tests/attached/*.toml`, and the two of them in a store."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.attached import split
from loaders.findings import Source
from loaders.read import find
from loaders.text import Text
from ontology import BASE, TD
from queryapi.app import create_app
from queryapi.documents import find_document, find_plan
from queryapi.loading.load import drop, load
from queryapi.store import open_store
from queryapi.store.terms import Rows

FILE = Path(__file__).parent / "attached" / "cases.toml"
SAID: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]
CASES = [pytest.param(case, id=case["why"]) for case in SAID]
DECISION = f"{BASE}id/doc/ubnd-tinh-vinh-long/quyet-dinh/2025/214"
REGULATION = f"{BASE}id/doc/ubnd-tinh-vinh-long/quy-che/2025/kem-theo-quyet-dinh-214"


@pytest.mark.parametrize("case", CASES)
def test_a_file_holds_these_documents(case: dict[str, Any]) -> None:
    text = Text.of(case["text"])
    found = find(text, Source(name="quyet-dinh.txt", sha256="0" * 64))
    said = [
        {
            "type": one.type,
            "path": one.iri.removeprefix(f"{BASE}id/doc/"),
            "number": one.number,
            "title": one.title,
            "issuer": one.issuer and one.issuer.label,
            "signer": one.signer,
            "begins": text.raw[one.start or 0 : one.end],
        }
        for one in found.attachments
    ]
    assert len(said) == len(case["attached"])
    for wanted, got in zip(case["attached"], said, strict=True):
        begins = wanted.pop("begins", "")
        assert (got.pop("begins") or "").startswith(begins)
        assert wanted == {name: got[name] for name in wanted}
    parts = split(found)
    if "cites" in case:
        assert [[c.number for c in part.citations if c.number] for part in parts] == case["cites"]
    if "launches" in case:
        assert [part.movement is not None for part in parts] == case["launches"]
    if "recipients" in case:
        assert [[one.text.rstrip(";.") for one in part.recipients] for part in parts] == case["recipients"]
    if "criteria" in case:
        assert [len(part.criteria) for part in parts] == case["criteria"]


def test_nothing_found_is_lost_or_told_twice_when_a_file_is_split() -> None:
    for case in SAID:
        found = find(Text.of(case["text"]), Source(name="a.txt", sha256="0" * 64))
        parts = split(found)
        own = {part.document.number for part in parts[1:]}
        cited = [c for c in found.citations if not (c.number in own and c.number)]
        assert [c for part in parts for c in part.citations] == cited
        for kind in ("criteria", "quotas", "deadlines", "recipients", "doubts", "effects"):
            assert [one for part in parts for one in getattr(part, kind)] == list(getattr(found, kind))


def test_both_documents_stand_in_the_store_linked_and_leave_it_together(tmp_path: Path) -> None:
    file = tmp_path / "214-qd-ubnd.txt"
    file.write_text(SAID[0]["text"], "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        (told,) = load([file], store)
        assert (told.document, told.number, told.graphs) == (DECISION, "214/QĐ-UBND", (DECISION, REGULATION))
        rows = store.query(f"SELECT ?a ?d WHERE {{ ?a <{TD.attachedTo}> ?d . ?d <{TD.hasAttachment}> ?a }}")
        assert isinstance(rows, Rows)
        assert [[str(term) for term in row] for row in rows.rows] == [[REGULATION, DECISION]]
        assert store.text(REGULATION) == store.text(DECISION)
        assert find_document(store, "214/QĐ-UBND").iri == find_document(store, file.name).iri == DECISION
        assert find_plan(store, "214/QĐ-UBND").iri == find_plan(store, file.name).iri == REGULATION
        (again,) = load([file], store)
        assert (again.status, again.document) == ("unchanged", DECISION)
        file.write_text(SAID[4]["text"], "utf-8")
        load([file], store)  # the annex in its place is no document
        assert not store.triples(REGULATION.replace("/id/doc/", "/graph/doc/"))
        drop([DECISION], store)
        assert not store.triples(DECISION.replace("/id/doc/", "/graph/doc/"))


def test_the_page_of_each_shows_its_own_words_and_leads_to_the_other(tmp_path: Path) -> None:
    file = tmp_path / "214-qd-ubnd.txt"
    file.write_text(SAID[0]["text"], "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        load([file], store)
    service = create_app(tmp_path / "store")
    client = service.test_client()
    decision, regulation = (client.get(iri.replace(f"{BASE}id/doc", "/van-ban")).text for iri in (DECISION, REGULATION))
    service.extensions["thidua"].close()
    assert "chịu trách nhiệm thi hành Quyết định" in decision and "Phạm vi điều chỉnh" not in decision
    assert "Phạm vi điều chỉnh" in regulation and "chịu trách nhiệm thi hành Quyết định" not in regulation
    assert REGULATION.replace(f"{BASE}id/doc", "/van-ban") in decision
    assert DECISION.replace(f"{BASE}id/doc", "/van-ban") in regulation
