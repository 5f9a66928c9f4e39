"""Loading: once each, whole, in any order; what cannot be read is listed while the rest loads."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graphs import GOVERNMENT, PRIME_MINISTER, iri, read_lines, write_files

from loaders.errors import BinaryFile, EmptyFile, MissingFile, NothingReadable, OldFormat, UnknownFormat
from loaders.findings import Findings, Issuer
from loaders.names import document_iri, graph_iri
from loaders.text import Text
from ontology import BASE
from queryapi.commands.load import line
from queryapi.errors import GraphBroken, GraphRefused
from queryapi.loading.base import load_base
from queryapi.loading.load import Loaded, drop, load
from queryapi.store import AGENCIES, Store, export, open_store
from queryapi.store.terms import Rows

FILES = {"a": "số 1\ncăn cứ 2\ncăn cứ 5", "b": "số 2\ntheo 91/2017/NĐ-CP", "c": "số 3\ncăn cứ 1"}


def fill(store: Store, *paths: Path) -> list[Loaded]:
    return load(paths, store, read=read_lines, base=False)


def statuses(loaded: list[Loaded]) -> dict[str, str]:
    return {one.name.removesuffix(".txt"): one.status for one in loaded}


def ask(store: Store, query: str) -> list[list[str]]:
    found = store.query(f"PREFIX td: <{BASE}ns#> PREFIX eli: <http://data.europa.eu/eli/ontology#> {query}")
    assert isinstance(found, Rows)
    return [[str(term) for term in row] for row in found.rows]


def held(store: Store, number: str) -> dict[str, str]:
    query = f"SELECT ?to ?held {{ <{iri(number)}> td:hasCitation ?c . ?c td:cites ?to ; td:held ?held }}"
    return {to.rpartition("/")[2]: said for to, said in ask(store, query)}


def test_the_same_files_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES, again="chất lượng 0.4\nsố 2\ncăn cứ 3")
    exports = []
    for name, order in (("one", "a b c again"), ("two", "again c b a")):
        with open_store(tmp_path / name, write=True) as store:
            for file in order.split():
                fill(store, files / f"{file}.txt")
            exports.append(list(export(store)))
    with open_store(tmp_path / "three", write=True) as store:
        fill(store, files)
        fill(store, files)
        exports.append(list(export(store)))
    assert exports[0] == exports[1] == exports[2]
    assert len(exports[0]) > 60


def test_a_second_load_skips_what_has_not_changed(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        assert statuses(fill(store, files)) == {"a": "new", "b": "new", "c": "new"}
        version = store.version
        assert [(one.number, one.citations) for one in fill(store, files / "a.txt")] == [("1/KH-UBND", 2)], (
            "told as before"
        )
        assert statuses(fill(store, files)) == {"a": "unchanged", "b": "unchanged", "c": "unchanged"}
        assert store.version == version, "nothing was written, so no reader need open anything new"


def test_another_reader_reads_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        monkeypatch.setattr("queryapi.loading.batch.reader_digest", lambda: "next")
        assert set(statuses(fill(store, files)).values()) == {"changed"}
        assert set(statuses(fill(store, files)).values()) == {"unchanged"}


def test_a_changed_file_replaces_its_graph_and_nothing_else(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        others = [store.triples(graph_iri("doc", iri(n))) for n in "23"]
        (files / "a.txt").write_text("số 1\ncăn cứ 3", "utf-8")
        assert statuses(fill(store, files)) == {"a": "changed", "b": "unchanged", "c": "unchanged"}
        assert held(store, "1") == {"3": "true"}
        assert store.text(iri("1")) == "số 1\ncăn cứ 3"
        assert others == [store.triples(graph_iri("doc", iri(n))) for n in "23"]


def test_a_file_that_becomes_another_document_takes_the_old_one_along(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        assert held(store, "1") == {"2": "true", "5": "false"}
        (files / "b.txt").write_text("số 5", "utf-8")
        fill(store, files)
        assert not store.holds(graph_iri("doc", iri("2")))
        assert not store.holds(graph_iri("derived", iri("2")))
        assert held(store, "1") == {"2": "false", "5": "true"}, "what cites them knows at once"


def test_a_document_that_arrives_later_is_seen_by_those_that_cite_it(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files / "a.txt")
        assert held(store, "1") == {"2": "false", "5": "false"}
        fill(store, files / "b.txt")
        assert held(store, "1") == {"2": "true", "5": "false"}
        drop([iri("2")], store)
        assert held(store, "1") == {"2": "false", "5": "false"}
        assert store.sources().get((files / "b.txt").resolve().as_posix()) is None


def test_two_files_of_one_document_are_two_sources_of_it(tmp_path: Path) -> None:
    """A scan and a clean copy: the graph comes from the better reading, the other is named."""
    files = write_files(tmp_path / "files", scan="chất lượng 0.1\nsố 1\ncăn cứ 9", clean="số 1\ncăn cứ 2")
    with open_store(tmp_path / "store", write=True) as store:
        found = fill(store, files)
        assert statuses(found) == {"clean": "new", "scan": "second"}
        assert [one.also_from for one in found] == [("scan.txt",), ("clean.txt",)]
        assert held(store, "1") == {"2": "false"}
        query = f"SELECT ?first ?other {{ <{iri('1')}> td:sourceName ?first ; td:otherSource ?other }}"
        assert ask(store, query) == [["clean.txt", "scan.txt"]]
        (files / "clean.txt").write_text("số 8", "utf-8")
        fill(store, files)
        assert held(store, "1") == {"9": "false"}, "the better reading went away, the scan is what is left"
        assert ask(store, f"SELECT ?o {{ <{iri('1')}> td:otherSource ?o }}") == []


def test_a_file_that_moved_is_not_a_second_source(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        (files / "a.txt").rename(files / "z.txt")
        fill(store, files)
        assert [r.name for r in store.sources().of(iri("1"))] == ["z.txt"]
        assert ask(store, f"SELECT ?s {{ <{iri('1')}> td:sourceName ?s }}") == [["z.txt"]]


def test_agencies_are_described_once_and_go_with_the_last_who_names_them(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES, g="số 7")
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        label = "SELECT ?a ?label { ?a <http://www.w3.org/2000/01/rdf-schema#label> ?label }"
        assert sorted(ask(store, label)) == [[GOVERNMENT, "Chính phủ"], [PRIME_MINISTER, "Thủ tướng Chính phủ"]]
        drop([iri("7")], store)
        assert PRIME_MINISTER not in store.triples(AGENCIES)
        assert GOVERNMENT in store.triples(AGENCIES)


def test_each_triple_stands_in_one_graph(tmp_path: Path) -> None:
    """The union does not merge: a triple in two graphs would be two rows."""
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        triples = [line.rsplit(" <", 1)[0] for line in export(store)]
        assert len(triples) == len(set(triples))


def test_what_cannot_be_read_is_listed_and_the_rest_loads(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES, empty="")
    (files / "drawing.dwg").write_bytes(b"AC1015")
    (files / "draft.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (files / ".hidden.txt").write_text("số 4", "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        found = fill(store, files, tmp_path / "nowhere.txt")
        errors = {one.name: type(one.error) for one in found if one.error}
        assert errors == {
            "empty.txt": EmptyFile,
            "drawing.dwg": UnknownFormat,
            "draft.doc": OldFormat,
            "nowhere.txt": MissingFile,
        }
        assert {one.name for one in found if one.status == "new"} == {"a.txt", "b.txt", "c.txt"}


def test_one_unreadable_file_alone_says_why(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", empty="")
    with open_store(tmp_path / "store", write=True) as store:
        with pytest.raises(EmptyFile, match=r"empty\.txt"):
            fill(store, files / "empty.txt")
        with pytest.raises(NothingReadable):
            fill(store, files)
        with pytest.raises(NothingReadable):
            fill(store, tmp_path / "store" / "snapshots")


def test_derived_facts_come_from_the_register(tmp_path: Path) -> None:
    """Nghị định 91/2017 ended on 01/01/2024; the tiny documents are dated 05/01/2024."""
    files = write_files(tmp_path / "files", **FILES)
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        citation = f"<{iri('2')}> td:hasCitation ?c . ?c td:verdict ?v ; td:expiredOn ?since ; td:replacedByNumber ?by"
        query = f"SELECT ?v ?since ?by {{ {citation} }}"
        assert ask(store, query) == [[f"{BASE}vocab/verdict/expired", "2024-01-01", "98/2023/NĐ-CP"]]
        edges = f"SELECT ?p {{ <{iri('1')}> ?p <{iri('2')}> FILTER(?p != td:cites) }}"
        assert {p.rpartition("#")[2] for (p,) in ask(store, edges)} == {"cites", "based_on", "restsOn"}


def test_base_graphs_are_loaded_once(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", a="số 1")
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store, read=read_lines)
        version = store.version
        for part in ("ontology", "vocab", "law", "units"):
            assert store.holds(f"{BASE}graph/{part}")
        load([files], store, read=read_lines)
        assert store.version == version
        store.sources().put_base(f"{BASE}graph/law", "another")
        load([files], store, read=read_lines)
        assert store.version != version


def test_base_graphs_are_the_same_bytes_in_every_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank nodes get names of their own: an engine would rename them by chance."""
    monkeypatch.setattr("queryapi.loading.base._units", lambda: iter(["<http://unit> <http://is> <http://small> .\n"]))
    said = []
    for name in ("one", "two"):
        with open_store(tmp_path / name, write=True) as store:
            load_base(store)
            said.append([store.triples(f"{BASE}graph/{part}") for part in ("ontology", "vocab", "law")])
    assert said[0] == said[1]
    assert not [line for text in said[0] for line in text.splitlines() if line.startswith("_:") or " _:" in line[-20:]]


def test_another_judge_judges_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule of the verdicts is code: with other code, what was derived is derived again."""
    monkeypatch.setattr("queryapi.loading.base._units", lambda: iter(["<http://unit> <http://is> <http://small> .\n"]))
    files = write_files(tmp_path / "files", a="số 1\ntheo 91/2017/NĐ-CP")
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store, read=read_lines)
        graph = graph_iri("derived", iri("1"))
        derived = store.triples(graph)
        store.replace({graph: ""})
        for module in ("base", "rejudge"):
            monkeypatch.setattr(f"queryapi.loading.{module}.judge_digest", lambda: "another")
        load([files], store, read=read_lines)
        assert store.triples(graph) == derived


class TestRegisteredDecree:
    """A decree of the register loaded as a document: what it says of itself stands in its own graph only."""

    DECREE = document_iri("chinh-phu", "nghi-dinh", "2017", "91")
    LABELS = "SELECT ?n ?i { ?c td:inDocument ?d ; td:cites ?law . ?law eli:number ?n ; td:issuerLabel ?i }"

    @pytest.fixture(autouse=True)
    def few_units(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            "queryapi.loading.base._units", lambda: iter(["<http://unit> <http://is> <http://small> .\n"])
        )

    def read(self, path: Path) -> tuple[Text, Findings]:
        text, findings = read_lines(path)
        if findings.document.number != "91/KH-UBND":
            return text, findings
        issuer = Issuer(label="Chính phủ", iri=GOVERNMENT)
        document = replace(
            findings.document,
            iri=self.DECREE,
            type="nghi-dinh",
            number="91/2017/NĐ-CP",
            date="2017-07-31",
            title="NGHỊ ĐỊNH quy định chi tiết",
            issuer=issuer,
        )
        return text, replace(findings, document=document, movement=None)

    def test_no_triple_in_two_graphs_and_no_row_twice(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a="số 1\ntheo 91/2017/NĐ-CP", decree="số 91\ntheo 42/2010/NĐ-CP")
        exports = []
        for name, order in (("one", ("a", "decree")), ("two", ("decree", "a"))):
            with open_store(tmp_path / name, write=True) as store:
                for file in order:
                    load([files / f"{file}.txt"], store, read=self.read)
                exports.append(list(export(store)))
                assert sorted(ask(store, self.LABELS)) == [
                    ["42/2010/NĐ-CP", "Chính phủ"],
                    ["91/2017/NĐ-CP", "Chính phủ"],
                ]
                for property_ in ("<http://purl.org/dc/terms/title>", "eli:date_document", "eli:type_document"):
                    assert len(ask(store, f"SELECT ?o {{ <{self.DECREE}> {property_} ?o }}")) == 1
        assert exports[0] == exports[1]
        triples = [line.rsplit(" <", 1)[0] for line in exports[0]]
        assert len(triples) == len(set(triples))

    def test_the_register_speaks_again_when_the_document_goes(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", a="số 1\ntheo 91/2017/NĐ-CP", decree="số 91")
        with open_store(tmp_path / "store", write=True) as store:
            load([files / "a.txt"], store, read=self.read)
            before = list(export(store))
            load([files / "decree.txt"], store, read=self.read)
            drop([self.DECREE], store)
            assert list(export(store)) == before

    def test_a_register_written_anew_leaves_it_out_too(self, tmp_path: Path) -> None:
        files = write_files(tmp_path / "files", decree="số 91")
        with open_store(tmp_path / "store", write=True) as store:
            load([files], store, read=self.read)
            before = list(export(store))
            store.sources().put_base(f"{BASE}graph/law", "another")
            load([files], store, read=self.read)
            assert list(export(store)) == before


def test_bodies_only_the_register_names_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register names the Government too, and that does not make it a body a document names."""
    monkeypatch.setattr("queryapi.loading.base._units", lambda: iter(["<http://unit> <http://is> <http://small> .\n"]))
    files = write_files(tmp_path / "files", a="số 1", g="số 7")
    with open_store(tmp_path / "store", write=True) as store:
        load([files / "g.txt"], store, read=read_lines)
        before = list(export(store))
        load([files / "a.txt"], store, read=read_lines)
        drop([iri("1")], store)
        assert list(export(store)) == before


def test_a_source_on_a_drive_that_is_away_stays_a_source(tmp_path: Path) -> None:
    drive = write_files(tmp_path / "drive", scan="chất lượng 0.1\nsố 1\ncăn cứ 9")
    files = write_files(tmp_path / "files", clean="số 1\ncăn cứ 2")
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, drive)
        drive.rename(tmp_path / "away")
        fill(store, files)
        assert [r.name for r in store.sources().of(iri("1"))] == ["scan.txt", "clean.txt"]
        (files / "clean.txt").write_text("số 8", "utf-8")
        fill(store, files)
        assert store.holds(graph_iri("doc", iri("1"))), "its other source is only away"


class TestRdf:
    """RDF files go to graphs of their own, never into ours."""

    OURS = f"{BASE}graph/doc/x"
    OTHER = "http://example.org/g"

    def load(self, tmp_path: Path, name: str, content: str, graph: str | None = OTHER) -> dict[str, int]:
        file = tmp_path / name
        file.write_text(content, "utf-8")
        with open_store(tmp_path / "store", write=True) as store:
            load([file], store, graph=graph, base=False)
            return {g: len(store.triples(g).splitlines()) for g in store.graphs()}

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("x.ttl", "<http://a> <http://b> [ <http://c> 007 ] ."),
            ("x.nt", '<http://a> <http://b> "x" .\n<http://a> <http://b> _:c .'),
            ("x.jsonld", '{"@id": "http://a", "http://b": ["x", "y"]}'),
            (
                "x.rdf",
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e#">'
                '<rdf:Description rdf:about="http://a"><e:b>x</e:b><e:c>y</e:c></rdf:Description></rdf:RDF>',
            ),
        ],
    )
    def test_triples_go_to_the_graph_named(self, tmp_path: Path, name: str, content: str) -> None:
        assert self.load(tmp_path, name, content) == {self.OTHER: 2}

    def test_several_files_into_one_graph_are_a_union(self, tmp_path: Path) -> None:
        for name in "abc":
            (tmp_path / f"{name}.ttl").write_text(f"<http://{name}> <http://b> 1 .", "utf-8")
        a, b, c = (tmp_path / f"{name}.ttl" for name in "abc")
        with open_store(tmp_path / "store", write=True) as store:

            def put(file: Path, graph: str = self.OTHER) -> str:
                return load([file], store, graph=graph, base=False)[0].status

            def subjects(graph: str = self.OTHER) -> list[str]:
                return [line.split(" ", 1)[0] for line in store.triples(graph).splitlines()]

            assert [put(a), put(b), put(a), put(c)] == ["new", "new", "unchanged", "new"]
            assert subjects() == ["<http://a>", "<http://b>", "<http://c>"]
            a.write_text("<http://d> <http://b> 1 .", "utf-8")
            assert put(a) == "changed"
            assert subjects() == ["<http://b>", "<http://c>", "<http://d>"]
            assert put(b, "http://example.org/h") == "changed"
            assert (subjects(), subjects("http://example.org/h")) == (["<http://c>", "<http://d>"], ["<http://b>"])
            c.unlink()
            a.write_text("<http://e> <http://b> 1 .", "utf-8")
            assert put(a) == "changed"
            assert subjects() == ["<http://e>"], "a file that is gone gives nothing any more"
            b.unlink()
            b.mkdir()
            with pytest.raises(GraphRefused, match=r"b\.ttl"):
                put(a, "http://example.org/h")

    def test_a_graph_called_like_a_document_may_be_unchanged(self, tmp_path: Path) -> None:
        file = tmp_path / "a.ttl"
        file.write_text("<http://a> <http://b> 1 .", "utf-8")
        with open_store(tmp_path / "store", write=True) as store:
            said = [load([file], store, graph="http://x/id/doc/y", base=False)[0] for _ in range(2)]
            assert [one.status for one in said] == ["new", "unchanged"]
            assert [one.document for one in said] == [None, None]
            assert "không đổi" in line(said[1])

    def test_literals_are_composed(self, tmp_path: Path) -> None:
        self.load(tmp_path, "x.ttl", '<http://a> <http://b> "Hue\u0302\u0301"@vi, "Hue\u0302\u0301" .')
        with open_store(tmp_path / "store") as store:
            assert store.triples(self.OTHER).count("Huế") == 2

    def test_quads_keep_their_graphs(self, tmp_path: Path) -> None:
        assert self.load(tmp_path, "x.trig", "<http://h> { <http://a> <http://b> 1 }", None) == {"http://h": 1}
        assert self.load(tmp_path, "x.trig", "<http://i> { <http://a> <http://b> 1 }", None) == {"http://i": 1}

    @pytest.mark.parametrize(
        ("name", "content", "graph"),
        [
            ("x.ttl", "<http://a> <http://b> 1 .", None),
            ("x.ttl", "<http://a> <http://b> 1 .", OURS),
            ("x.ttl", "<http://a> <http://b> 1 .", "không phải IRI"),
            ("x.nq", f"<http://a> <http://b> <http://c> <{OURS}> .", None),
            ("x.trig", "_:g { <http://a> <http://b> 1 }", None),
            ("x.ttl", "# nothing", OTHER),
            ("x.jsonld", '{"@context": "https://schema.org/", "name": "x"}', OTHER),
            ("x.jsonld", '[{"@id": "http://a", "http://b": {"@context": ["http://x/"], "n": 1}}]', OTHER),
            ("x.jsonld", '{"@context": {"@import": "http://x/"}, "@id": "http://a"}', OTHER),
            ("x.ttl", "<http://a> <http://b> 1 .", f"{BASE}graph"),
            ("x.ttl", "<http://a> <http://b> 1 .", f"{BASE}mine"),
            ("x.trig", f"<{BASE}graph> {{ <http://a> <http://b> 1 }}", None),
            ("x.ttl", f'<{BASE}id/doc/x> <{BASE}ns#sha256> "x" .', OTHER),
            ("x.ttl", f'<{BASE}vocab/verdict/expired> <http://b> "x" .', OTHER),
        ],
    )
    def test_refused(self, tmp_path: Path, name: str, content: str, graph: str | None) -> None:
        with pytest.raises(GraphRefused):
            self.load(tmp_path, name, content, graph)

    @pytest.mark.parametrize(
        ("name", "content"),
        [("x.ttl", "<http://a> <b"), ("x.jsonld", "{"), ("x.rdf", "<x"), ("x.jsonld", "[" * 100_000)],
        ids=["turtle", "json", "xml", "deep"],
    )
    def test_broken(self, tmp_path: Path, name: str, content: str) -> None:
        with pytest.raises(GraphBroken, match=name):
            self.load(tmp_path, name, content)


def test_a_binary_file_is_told_by_the_reader(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\x00\x01")

    def read(path: Path) -> tuple[Text, object]:
        raise BinaryFile(path.name)

    with open_store(tmp_path / "store", write=True) as store, pytest.raises(BinaryFile):
        load([tmp_path / "x.txt"], store, read=read, base=False)


def test_texts_lie_beside_the_database_and_go_when_nobody_needs_them(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", **FILES)
    texts = tmp_path / "store" / "texts"
    with open_store(tmp_path / "store", write=True) as store:
        fill(store, files)
        assert len(list(texts.glob("*/*.txt"))) == 3
        assert all(
            q.predicate != ox.NamedNode(f"{BASE}ns#text")
            for q in ox.parse("".join(export(store)).encode(), format=ox.RdfFormat.N_QUADS)
            if "/graph/text/" not in str(q.graph_name)
        )
        (files / "a.txt").write_text("số 1", "utf-8")
        fill(store, files)
        assert len(list(texts.glob("*/*.txt"))) == 3
