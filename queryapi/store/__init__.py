"""The graph, embedded or on a server, behind one small interface.

Embedded, a store is a folder:

    store.toml       the format of the folder
    live/            the database; only the one writer ever opens it
    snapshots/7/     what readers open: hard links made by the engine after each batch
    current          "7": replaced atomically, so a reader sees the old or the new data, never a mixture
    loading          graphs in the course of a first load; still there at the next open, they are dropped
    texts/           raw texts by the sha256 of their file: outside the database, whose union would show them
    sources.sqlite   which file gave which document, and which documents a load that has not ended is about

Readers are kept from losing their snapshot by a lock on `snapshots/7.lock`. On Windows that is a lock on bytes of the
file (`locks`), which has been written by its documentation and not been tried there.

Text is kept beside the database because pyoxigraph's union default graph cannot leave graphs out, and naming the public
graphs instead is slow: a join over 4,000 named graphs took 26 s so, 0.008 s over the union.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from loaders.names import graph_iri
from ontology import BASE
from queryapi.errors import QueryRefused
from queryapi.store.guard import read as read_query
from queryapi.store.sources import Sources
from queryapi.store.terms import Results, Term, is_iri
from queryapi.store.tokens import substitute

DOC = f"{BASE}graph/doc/"
DERIVED = f"{BASE}graph/derived/"
TEXT = f"{BASE}graph/text/"
AGENCIES = f"{BASE}graph/agencies"
LAW = f"{BASE}graph/law"
RADAR = f"{BASE}graph/radar"

Graphs = Mapping[str, str]
"""Graph IRI → its triples as N-Triples; an empty text drops the graph."""


@dataclass(frozen=True)
class Edit:
    """Triples to take out of a graph and to put in, as N-Triples."""

    removed: str = ""
    added: str = ""


class Store(AbstractContextManager["Store"], Protocol):
    """What can be asked of a graph, and done to it.

    `version` names the state of the data: the same version, the same answers. `name` is for messages.
    """

    name: str

    @property
    def version(self) -> str: ...

    def query(
        self,
        sparql: str,
        parameters: Mapping[str, Term] | None = None,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Results:
        """The answer to a query over the union of all public graphs, terms put in the place of `parameters`.

        FROM and FROM NAMED, or `default_graphs` and `named_graphs` (which win, as the protocol says), narrow it.
        """

    def graphs(self, under: str = "") -> Iterator[str]:
        """The graphs whose IRI begins so, in order."""

    def holds(self, graph: str) -> bool:
        """Whether there is a graph of this name."""

    def triples(self, graph: str) -> str:
        """One graph as sorted N-Triples; empty when there is none."""

    def text(self, document: str) -> str | None:
        """The raw NFC text a document was read from."""

    def replace(self, graphs: Graphs, edits: Mapping[str, Edit] | None = None) -> None:
        """Put these graphs in the place of the ones of the same name and edit others: all of it, or nothing."""

    def add(self, batches: Iterable[Graphs]) -> None:
        """Put in graphs that are not there yet, in bulk; an interrupted load leaves none of them."""

    def put_text(self, sha256: str, reader: str, document: str, text: str) -> None:
        """Keep a document's raw text."""

    def sources(self) -> Sources:
        """The files that were read, by path."""

    def commit(self) -> str:
        """Show what was written to those who read from now on; gives the new version."""

    def close(self) -> None:
        """Let go of files and locks."""


def open_store(path: Path, *, write: bool = False) -> Store:
    """The embedded store in a folder: the newest snapshot to read from, or the live database to write to."""
    from queryapi.store.embedded import Reader, Writer

    return Writer(path) if write else Reader(path)


def open_endpoint(url: str, *, update_url: str | None = None, graph_url: str | None = None) -> Store:
    """A SPARQL 1.1 server; writing needs its Graph Store Protocol address as well."""
    from queryapi.store.remote import Remote

    return Remote(url, update_url=update_url, graph_url=graph_url)


def prepare(
    sparql: str, parameters: Mapping[str, Term] | None, holds: Callable[[str], bool]
) -> tuple[str, tuple[str, ...]]:
    """The query as the engine gets it and the graphs its FROM names; QueryRefused for all but reading this store."""
    query = substitute(sparql, parameters or {})
    reading = read_query(query)
    if reading.form == "UPDATE":
        raise QueryRefused("UPDATE", "chỉ nhận câu truy vấn đọc, không nhận lệnh ghi", "only queries, no updates")
    if reading.calls_out:
        raise QueryRefused("SERVICE", "không được truy vấn ra ngoài kho", "a query may not reach out of the store")
    for graph in reading.graphs:
        if not is_iri(graph) or not holds(graph):
            raise QueryRefused(f"FROM <{graph}>", "trong kho không có đồ thị này", "the store has no such graph")
    return query, reading.graphs


def update_of(graphs: Graphs, edits: Mapping[str, Edit]) -> list[str]:
    """The operations of a SPARQL update that does what `Store.replace` promises, in one request."""
    steps = [f"DROP SILENT GRAPH <{graph}>" for graph in sorted(graphs)]
    steps += [f"INSERT DATA {{ GRAPH <{graph}> {{\n{graphs[graph]}}} }}" for graph in sorted(graphs) if graphs[graph]]
    for graph, edit in sorted(edits.items()):
        if edit.removed:
            steps.append(f"DELETE DATA {{ GRAPH <{graph}> {{\n{edit.removed}}} }}")
        if edit.added:
            steps.append(f"INSERT DATA {{ GRAPH <{graph}> {{\n{edit.added}}} }}")
    return steps


def document_of(graph: str) -> str:
    """The document of a document graph."""
    return f"{BASE}id/doc/{graph.removeprefix(DOC)}"


def export(store: Store) -> Iterator[str]:
    """The whole store as N-Quads lines, graph after graph and sorted in each: the same data, the same bytes."""
    for graph in store.graphs():
        if graph.startswith(TEXT):
            continue
        for line in store.triples(graph).splitlines():
            yield f"{line.removesuffix(' .')} <{graph}> .\n"
    for graph in store.graphs(DOC):
        document = document_of(graph)
        text = store.text(document)
        if text is not None:
            from queryapi.store.terms import Iri, Literal

            triple = f"{Iri(document).n3()} <{BASE}ns#text> {Literal(text).n3()}"
            yield f"{triple} <{graph_iri('text', document)}> .\n"
