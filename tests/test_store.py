"""The store: one writer, readers on snapshots, queries that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology import BASE
from queryapi.errors import (
    QueryRefused,
    QuerySyntax,
    ReadOnlyStore,
    StoreBusy,
    StoreMissing,
    StoreUnusable,
    StoreVersion,
)
from queryapi.store import Edit, Store, open_store
from queryapi.terms import XSD, Iri, Literal, Rows, Triples, Truth

DOC, DERIVED = f"{BASE}graph/doc/x", f"{BASE}graph/derived/x"
LINE = '<http://a/s> <http://a/p> "Quyết định"@vi .\n'
ALL = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", write=True) as store:
        store.add([{DOC: LINE}])
        store.commit()
        yield store


def values(store: Store, query: str = ALL) -> list[str]:
    found = store.query(query)
    assert isinstance(found, Rows)
    return [str(row[0]) for row in found.rows]


def test_a_second_writer_is_refused(writer: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreBusy, match="store"):
        open_store(tmp_path / "store", write=True)
    writer.close()
    open_store(tmp_path / "store", write=True).close()


def test_a_reader_keeps_what_it_opened(writer: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as early:
        writer.replace({DOC: LINE.replace("Quyết định", "Kế hoạch"), DERIVED: LINE})
        assert values(early) == ["Quyết định"], "not shown before the commit"
        with open_store(tmp_path / "store") as also_early:
            assert also_early.version == early.version
        assert int(writer.commit()) > int(early.version)
        assert values(early) == ["Quyết định"], "nor afterwards, to one who has it open"
        with open_store(tmp_path / "store") as late:
            assert values(late) == ["Kế hoạch", "Quyết định"]
            assert late.version == writer.version


def test_snapshots_nobody_reads_are_deleted(writer: Store, tmp_path: Path) -> None:
    snapshots = tmp_path / "store" / "snapshots"

    def names() -> set[str]:
        return {folder.name for folder in snapshots.iterdir() if folder.is_dir()}

    with open_store(tmp_path / "store") as reader:
        writer.commit()
        writer.commit()
        assert names() == {reader.version, writer.version}
    writer.commit()
    assert names() == {writer.version}


def test_a_reader_does_not_write(writer: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as reader:
        for write in (
            lambda: reader.replace({}),
            lambda: reader.add([]),
            reader.commit,
            reader.sources,
            lambda: reader.put_text("", "", "", ""),
        ):
            with pytest.raises(ReadOnlyStore):
                write()


def test_replace_edits_other_graphs_in_the_same_transaction(writer: Store) -> None:
    writer.replace({DERIVED: LINE}, {DOC: Edit(removed=LINE, added=LINE.replace("@vi", "@en"))})
    assert writer.triples(DOC) == LINE.replace("@vi", "@en")
    writer.replace({DERIVED: ""})
    assert not writer.holds(DERIVED)


def test_missing_strange_and_foreign_folders(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        open_store(tmp_path / "none")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("x")
    with pytest.raises(StoreVersion):
        open_store(tmp_path / "letters", write=True)
    open_store(tmp_path / "new", write=True).close()
    with pytest.raises(StoreMissing):
        open_store(tmp_path / "new")
    (tmp_path / "new" / "store.toml").write_text("format = 99\n")
    for write in (False, True):
        with pytest.raises(StoreVersion, match="99"):
            open_store(tmp_path / "new", write=write)


def test_a_store_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnusable):
        open_store(tmp_path / "file" / "store", write=True)
    open_store(tmp_path / "new", write=True).close()
    (tmp_path / "new" / "live" / "CURRENT").write_text("nothing")
    with pytest.raises(StoreUnusable):
        open_store(tmp_path / "new", write=True)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "INSERT DATA { <http://a> <http://b> 1 }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:9/g> { GRAPH ?g { ?s ?p ?o } }",
    ],
)
def test_only_reading_this_store_is_allowed(writer: Store, query: str) -> None:
    with pytest.raises(QueryRefused):
        writer.query(query)


def test_a_syntax_error_has_its_place_on_one_line(writer: Store) -> None:
    with pytest.raises(QuerySyntax) as caught:
        writer.query("SELECT ?o {\n ?s nope:p ?o }")
    assert (caught.value.line, caught.value.column) == (2, 11)
    assert caught.value.vi.endswith("dòng 2, cột 11: tiền tố chưa khai báo bằng PREFIX")
    assert "line 2, column" in caught.value.en
    assert "\n" not in caught.value.vi + caught.value.en
    assert len(caught.value.vi) < 250


def test_the_default_graph_is_the_union_unless_the_query_says_else(writer: Store) -> None:
    writer.replace({DERIVED: LINE.replace("Quyết định", "Kế hoạch")})
    assert values(writer) == ["Kế hoạch", "Quyết định"]
    assert values(writer, f"SELECT ?o FROM <{DERIVED}> {{ ?s ?p ?o }}") == ["Kế hoạch"]
    assert values(writer, f"SELECT ?o FROM NAMED <{DERIVED}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == ["Kế hoạch"]
    narrowed = writer.query(ALL, default_graphs=[DOC])
    assert isinstance(narrowed, Rows)
    assert len(narrowed.rows) == 1


def test_parameters_are_terms(writer: Store) -> None:
    found = writer.query("SELECT ?s { ?s ?p ?what }", {"what": Literal("Quyết định", language="vi")})
    assert found == Rows(("s",), ((Iri("http://a/s"),),))
    assert writer.query("ASK { ?s ?p ?what }", {"what": Literal('" ; ?q ?r . ?s ?p "')}) == Truth(False)


def test_graphs_come_out_as_triples(writer: Store) -> None:
    found = writer.query("CONSTRUCT { ?s <http://a/q> 7 } { ?s ?p ?o }")
    assert found == Triples(((Iri("http://a/s"), Iri("http://a/q"), Literal("7", XSD + "integer")),))
