"""What works on the embedded store works on a server: the same load, the same questions, the same answers."""

from collections.abc import Iterator
from pathlib import Path

import lawlines
import pytest
from graphs import iri, read_lines, write_files
from sparql_server import sparql_server

from ontology import BASE
from queryapi.catalogue import ask, catalogue
from queryapi.errors import EndpointError, QueryRefused, QuerySyntax, ReadOnlyStore
from queryapi.loading import base
from queryapi.loading.concerned import Rejudged
from queryapi.loading.load import drop, load
from queryapi.store import LAW, Store, export, open_endpoint, open_store
from queryapi.store.remote import Remote
from queryapi.store.terms import Rows, Triples, Truth
from queryapi.trace import trace

FILES = {"a": "số 1\ncăn cứ 2\ncăn cứ 5", "b": "số 2\ntheo 91/2017/NĐ-CP", "c": "số 3\ncăn cứ 1"}
KINDS = {"union": (True, False), "no-union": (False, False), "union-update": (True, True)}


@pytest.fixture(params=KINDS)
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    union, updates = KINDS[request.param]
    with sparql_server(union=union) as url:
        update_url = f"{url}/update" if updates else None
        records = tmp_path / "records.sqlite"
        with Remote(f"{url}/query", update_url=update_url, graph_url=f"{url}/store", records=records) as store:
            yield store


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as store:
        yield store


def test_both_hold_the_same_after_the_same_loads(remote: Store, embedded: Store, tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    for store in (remote, embedded):
        load([files], store, read=read_lines, base=False)
    assert sorted(export(remote)) == sorted(export(embedded))
    write_files(files, a="số 1\ncăn cứ 3", d="số 7\ncăn cứ 1")
    (files / "b.txt").unlink()
    for store in (remote, embedded):
        load([files], store, read=read_lines, base=False)
        drop([iri("2")], store)
    assert sorted(export(remote)) == sorted(export(embedded))
    again = [load([files], store, read=read_lines, base=False) for store in (remote, embedded)]
    assert {one.status for loaded in again for one in loaded} == {"unchanged"}


def test_both_answer_alike(remote: Store, embedded: Store, tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    for store in (remote, embedded):
        load([files], store, read=read_lines, base=False)
    plan = iri("1")
    for name, asked in catalogue().items():
        values = {p.name: plan if p.type == "document" else p.example for p in asked.parameters}
        mine, theirs = ask(remote, name, values), ask(embedded, name, values)
        assert isinstance(mine, Rows)
        assert isinstance(theirs, Rows)
        assert (mine.variables, mine.rows) == (theirs.variables, theirs.rows), name
    assert trace(remote, "1/kh-ubnd") == trace(embedded, "1/kh-ubnd")
    construct = f"CONSTRUCT {{ <{plan}> ?p ?o }} {{ <{plan}> ?p ?o }}"
    mine, theirs = remote.query(construct), embedded.query(construct)
    assert isinstance(mine, Triples)
    assert isinstance(theirs, Triples)
    kept = {t for t in mine.triples if not t[1].value.endswith("#text")}
    assert kept == set(theirs.triples)
    assert remote.query("ASK { ?s ?p ?o }") == Truth(True)
    assert remote.text(plan) == embedded.text(plan) == FILES["a"]
    version = remote.version
    remote.replace({f"{BASE}graph/doc/x": "<http://a/s> <http://a/p> 1 .\n".replace("1", '"1"')})
    assert remote.version != version


def test_both_refuse_alike(remote: Store, embedded: Store) -> None:
    for store in (remote, embedded):
        for query in ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "DROP ALL", "ASK FROM <http://127.0.0.1:9/> {}"):
            with pytest.raises(QueryRefused):
                store.query(query)
    with pytest.raises(QuerySyntax):
        remote.query("SELECT ?s {")


def test_the_query_address_is_enough_to_write(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with sparql_server(union=True) as url:
        with Remote(f"{url}/query", records=tmp_path / "records.sqlite") as store:
            load([files], store, read=read_lines, base=False)
            assert store.text(iri("1")) == FILES["a"]
            assert not list(store.graphs(f"{BASE}graph/probe"))
        nowhere = Remote(f"{url}/elsewhere/query", records=tmp_path / "others.sqlite")
        with nowhere, pytest.raises(ReadOnlyStore):
            load([files], nowhere, read=read_lines, base=False)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "notaurl", "", "http://", "ftp://a.example/sparql", "http://[::1", "http://a:port/", "a b"],
)
def test_what_is_no_address_of_a_server_is_one_line(address: str) -> None:
    with pytest.raises(EndpointError) as told:
        open_endpoint(address)
    assert "\n" not in told.value.vi
    with pytest.raises(EndpointError):
        open_endpoint("http://127.0.0.1:9/query", graph_url=address)


def test_an_answer_without_end_is_not_waited_for(remote: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    remote.replace({f"{BASE}graph/doc/x": "".join(f'<http://a/s> <http://a/p> "{n}" .\n' for n in range(100))})
    assert isinstance(remote.query("SELECT ?o { ?s ?p ?o }"), Rows)
    monkeypatch.setattr("queryapi.store.remote._LARGEST", 1000)
    with pytest.raises(EndpointError):
        remote.query("SELECT ?o { ?s ?p ?o }")


def test_an_address_where_nothing_answers() -> None:
    with open_endpoint("http://127.0.0.1:9/query") as store:
        with pytest.raises(EndpointError, match="127"):
            store.query("ASK {}")
        with pytest.raises(ReadOnlyStore):
            store.replace({f"{BASE}graph/doc/x": ""})


def test_verdicts_follow_register_and_documents_alike(
    remote: Store, embedded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a document ends, another register, the document dropped: graph by graph the same."""
    own = tmp_path / "register"
    own.mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(own))
    monkeypatch.setattr(base, "_parts", lambda parts=base._parts: {LAW: parts()[LAW]})
    files = write_files(
        tmp_path / "files",
        a="số 1\nngày 2024-06-01\nđến 2025-12-31\ncăn cứ 2\ntheo 98/2023/NĐ-CP\ntheo 91/2017/NĐ-CP",
        b="số 2\nngày 2023-03-01",
        c="số 3\nngày 2024-02-01\nthay thế 2 từ 2024-02-15",
    )
    end = (
        '<chinh-phu/nghi-dinh/2023/98> td:validBefore "2024-05-06"^^xsd:date . <chinh-phu/nghi-dinh/2023/98#end> '
        "a td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2023/98> ; td:property td:validBefore ; "
        'td:confidence confidence:v ; dcterms:source "thử" .'
    )
    told = []
    for store in (remote, embedded):
        load([files], store, read=lawlines.read)
    assert sorted(export(remote)) == sorted(export(embedded))
    (own / "own.ttl").write_text(lawlines.PREFIXES + end, "utf-8")
    for store in (remote, embedded):
        load([files], store, read=lawlines.unread, rejudged=lambda why, found: told.append((why, found)))
    assert told[:2] == told[2:] == [("register", Rejudged(2, 1, 0, turned=1)), ("documents", Rejudged())]
    assert lawlines.verdicts(remote)["1: theo 98/2023/NĐ-CP"] == "expired"
    assert sorted(export(remote)) == sorted(export(embedded))
    for store in (remote, embedded):
        drop([lawlines.iri("3")], store)
    assert sorted(export(remote)) == sorted(export(embedded))
