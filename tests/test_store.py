"""The store: one writer, readers on snapshots, queries that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.names import graph_iri
from ontology import BASE, TD
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
from queryapi.store.terms import XSD, Iri, Literal, Rows, Triples, Truth

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


def test_a_graph_that_is_no_iri_is_not_held(writer: Store) -> None:
    assert not writer.holds("g")
    assert not writer.holds("http://a b")
    with pytest.raises(QueryRefused):
        writer.query("SELECT * FROM <g> { ?s ?p ?o }")


class TestText:
    """Only what the document's own graph says leads to its text, and only to a file of ours."""

    DOCUMENT = f"{BASE}id/doc/ubnd-xa-thu/ke-hoach/2024/1"
    SHA = "ab" * 32

    def said(self, sha: str) -> str:
        lines = [
            f'<{self.DOCUMENT}> <{TD}{name}> "{said}" .\n' for name, said in (("readerVersion", "1"), ("sha256", sha))
        ]
        return "".join(lines)

    def test_another_graph_says_nothing_of_it(self, writer: Store) -> None:
        writer.put_text(self.SHA, "1", self.DOCUMENT, "căn cứ")
        writer.replace({"http://x/h": self.said("cd" * 32), graph_iri("doc", self.DOCUMENT): self.said(self.SHA)})
        assert writer.text(self.DOCUMENT) == "căn cứ"
        writer.replace({graph_iri("doc", self.DOCUMENT): "", "http://x/h": self.said(self.SHA)})
        assert writer.text(self.DOCUMENT) is None

    def test_what_is_no_sha_leads_nowhere(self, writer: Store, tmp_path: Path) -> None:
        folder = tmp_path / "store" / "texts" / ".."
        folder.parent.mkdir()
        (tmp_path / "secret-1.txt").write_text("secret", "utf-8")
        (tmp_path / "store" / "secret-1.txt").write_text("secret", "utf-8")
        (tmp_path / "store" / "texts" / "secret-1.txt").write_text("secret", "utf-8")
        for sha in ("../../secret", "../secret", "secret", "..", "", str(tmp_path / "secret"), self.SHA.upper()):
            writer.replace({graph_iri("doc", self.DOCUMENT): self.said(sha)})
            assert writer.text(self.DOCUMENT) is None

    def test_what_is_no_document_has_none(self, writer: Store) -> None:
        assert writer.text("not an IRI") is None
        assert writer.text("http://example.org/x") is None

    def test_another_reading_of_the_same_file_is_kept(self, writer: Store) -> None:
        """The release stays the same while its code changes."""
        writer.replace({graph_iri("doc", self.DOCUMENT): self.said(self.SHA)})
        for text in ("căn", "căn cứ"):
            writer.put_text(self.SHA, "1", self.DOCUMENT, text)
            assert writer.text(self.DOCUMENT) == text


def test_no_file_is_deleted_while_it_is_open(writer: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses it: the second load of a store would always fail."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("no list of open files here")
    unlink = Path.unlink

    def strict(self: Path, missing_ok: bool = False) -> None:
        for handle in Path("/proc/self/fd").iterdir():
            if handle.exists() and handle.resolve() == self.resolve():
                raise PermissionError(32, "in use", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", strict)
    writer.commit()
    assert writer.commit() == writer.version
