"""The store on a SPARQL 1.1 server, by its Protocol and its Graph Store Protocol.

Not every server answers over the union of its named graphs. When this one does not, the public graphs are sent along
with each query as the protocol's `default-graph-uri`: right, and slow when there are many.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from loaders.names import graph_iri
from ontology import BASE, TD
from queryapi.errors import EndpointError, ReadOnlyStore
from queryapi.language import say
from queryapi.store import TEXT, Edit, Graphs, prepare, update_of
from queryapi.store.engine import results_of, syntax_error, triples_of
from queryapi.store.guard import read as read_query
from queryapi.store.sources import SourceFile, Sources
from queryapi.store.terms import Iri, Literal, Results, Rows, Term, Truth

_SECONDS = 60
_LARGEST = 128 << 20  # bytes of an answer: it is held and parsed in memory
_GRAPH_STORES = ("store", "data", "graph-store", "rdf-graph-store", "sparql-graph-crud")  # Oxigraph, Fuseki, others
_PROBE = f"{BASE}graph/probe"
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class Remote:
    """A SPARQL server by its address; what was read from which file is kept on this machine, not on the server."""

    def __init__(
        self, url: str, *, update_url: str | None = None, graph_url: str | None = None, records: Path | None = None
    ) -> None:
        for address in (url, update_url, graph_url):
            if address is not None:
                _check_address(address)
        self.name = url
        self._update_url = update_url
        self._graph_url = graph_url
        self._records = records
        self._sources: SourceFile | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def version(self) -> str:
        """A digest of the graphs and their sizes: the protocol has no version of the data.

        Another digest is other data, the same one may be: `Served.is_versioned` is false over a server.
        """
        rows = self._select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        sizes = sorted(f"{row.get('g')} {row.get('n')}" for row in rows.records())
        return hashlib.sha256("\n".join(sizes).encode()).hexdigest()[:16]

    @cached_property
    def has_union(self) -> bool:
        """Whether the server's default graph shows what is in its named graphs."""
        inside = self._ask("ASK { GRAPH ?g { ?s ?p ?o } }")
        return not inside or self._ask("ASK { GRAPH ?g { ?s ?p ?o } ?s ?p ?o }")

    def query(
        self,
        sparql: str,
        parameters: Mapping[str, Term] | None = None,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Results:
        query, stated = prepare(sparql, parameters, self.holds)
        default, named = list(default_graphs), list(named_graphs)
        if not stated and not default and not named and not self.has_union:
            public = [g for g in self.graphs() if not g.startswith(TEXT)]
            default, named = public, public
        return self._send(query, default, named)

    def graphs(self, under: str = "") -> Iterator[str]:
        rows = self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        yield from sorted(g for row in rows.rows if (g := str(row[0])).startswith(under))

    def holds(self, graph: str) -> bool:
        return self._ask(f"ASK {{ GRAPH {Iri(graph).n3()} {{ ?s ?p ?o }} }}")

    def triples(self, graph: str) -> str:
        found = self._select(f"SELECT ?s ?p ?o {{ GRAPH {Iri(graph).n3()} {{ ?s ?p ?o }} }}")
        return "".join(sorted(" ".join(t.n3() for t in row if t) + " .\n" for row in found.rows))

    def text(self, document: str) -> str | None:
        graph = Iri(graph_iri("text", document)).n3()
        rows = self._select(f"SELECT ?text {{ GRAPH {graph} {{ {Iri(document).n3()} <{TD.text}> ?text }} }}").rows
        return str(rows[0][0]) if rows else None

    def replace(self, graphs: Graphs, edits: Mapping[str, Edit] | None = None) -> None:
        """In one update request when the server takes updates; else graph by graph, each of them whole."""
        if self._update_url:
            update = " ;\n".join(update_of(graphs, edits or {}))
            self._http(self._update_url, "POST", update.encode(), "application/sparql-update")
            return
        for graph, triples in sorted(graphs.items()):
            self._put(graph, triples)
        for graph, edit in sorted((edits or {}).items()):
            kept = set(self.triples(graph).splitlines()) - set(edit.removed.splitlines())
            self._put(graph, "".join(f"{line}\n" for line in sorted(kept | set(edit.added.splitlines()))))

    def add(self, batches: Iterable[Graphs]) -> None:
        for batch in batches:
            for graph, triples in sorted(batch.items()):
                self._put(graph, triples)

    def put_text(self, sha256: str, reader: str, document: str, text: str) -> None:
        self._put(graph_iri("text", document), f"{Iri(document).n3()} <{TD.text}> {Literal(text).n3()} .\n")

    def sources(self) -> Sources:
        if self._sources is None:
            file = self._records or _records_of(self.name)
            file.parent.mkdir(parents=True, exist_ok=True)
            self._sources = SourceFile(file)
        return self._sources

    def commit(self) -> str:
        self.__dict__.pop("has_union", None)
        return self.version

    def close(self) -> None:
        if self._sources:
            self._sources.close()

    def _put(self, graph: str, triples: str) -> None:
        if not self._graph_url:
            self._graph_url = self._find_graph_store()
        self._put_at(self._graph_url, graph, triples)

    def _put_at(self, store: str, graph: str, triples: str) -> None:
        address = f"{store}?graph={quote(graph, safe='')}"
        if triples:
            self._http(address, "PUT", triples.encode(), _TRIPLES)
        else:
            self._http(address, "DELETE", None, _TRIPLES)

    def _find_graph_store(self) -> str:
        """Where this server takes graphs: beside its query address, proved by a graph that comes and goes."""
        beside = self.name.rsplit("/", 1)[0]
        probe = f'<{_PROBE}> <{TD}year> "0" .\n'
        for address in (*(f"{beside}/{last}" for last in _GRAPH_STORES), f"{self.name}/rdf-graphs/service"):
            try:
                self._put_at(address, _PROBE, probe)
                if self.holds(_PROBE):
                    return address
            except EndpointError:
                continue
            finally:
                with suppress(EndpointError):
                    self._put_at(address, _PROBE, "")
        raise ReadOnlyStore(self.name)

    def _http(self, address: str, method: str, body: bytes | None, media_type: str) -> None:
        request = Request(address, data=body, method=method, headers={"Content-Type": media_type})
        try:
            with urlopen(request, timeout=_SECONDS) as answer:
                answer.read()
        except HTTPError as error:
            with error:
                if not (method == "DELETE" and error.code == 404):
                    raise EndpointError(address, f"HTTP {error.code}") from error
        except (URLError, OSError) as error:
            raise EndpointError(address, str(getattr(error, "reason", error))) from error

    def _select(self, query: str) -> Rows:
        answer = self._send(query)
        if not isinstance(answer, Rows):
            raise EndpointError(self.name, "no rows")
        return answer

    def _ask(self, query: str) -> bool:
        answer = self._send(query)
        return isinstance(answer, Truth) and answer.value

    def _send(self, query: str, default: Iterable[str] = (), named: Iterable[str] = ()) -> Results:
        wrapper = SPARQLWrapper(self.name)
        wrapper.setMethod(POST)
        wrapper.setTimeout(_SECONDS)
        wrapper.setQuery(query)
        wrapper.queryType = form = read_query(query).form or "SELECT"  # its own guess takes words of comments for it
        for key, graphs in (("default-graph-uri", default), ("named-graph-uri", named)):
            for graph in graphs:
                wrapper.addParameter(key, graph)
        builds = form in {"CONSTRUCT", "DESCRIBE"}
        wrapper.addCustomHttpHeader("Accept", _TRIPLES if builds else _RESULTS)
        try:
            with wrapper.query().response as response:
                body = response.read(_LARGEST + 1)
        except QueryBadFormed as error:
            raise syntax_error(str(error.args[-1] if error.args else error)) from error
        except (SPARQLWrapperException, HTTPError, URLError, OSError) as error:
            raise EndpointError(self.name, str(getattr(error, "reason", type(error).__name__))) from error
        if len(body) > _LARGEST:
            reason = say(f"câu trả lời lớn hơn {_LARGEST >> 20} MB", f"an answer of more than {_LARGEST >> 20} MB")
            raise EndpointError(self.name, reason)
        try:
            if builds:
                return triples_of(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
            return results_of(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON))
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self.name, "not SPARQL results") from error


def _check_address(address: str) -> None:
    """`file:///etc/passwd` is an address too, and would be opened."""
    try:
        parts = urlsplit(address)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
    if not port_is_right or parts.scheme not in ("http", "https") or not parts.hostname or " " in address:
        raise EndpointError(address, say("cần một địa chỉ http:// hoặc https://", "an http:// or https:// URL needed"))


def _records_of(url: str) -> Path:
    from platformdirs import user_data_path

    name = hashlib.sha256(url.encode()).hexdigest()[:16]
    return user_data_path("thidua", appauthor=False) / "endpoints" / f"{name}.sqlite"
