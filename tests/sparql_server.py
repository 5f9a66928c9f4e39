"""A SPARQL 1.1 server for tests: Protocol, Update and Graph Store Protocol over pyoxigraph, on a port of its own.

With `union` its default graph shows the named graphs, without it is empty, as servers differ in this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox


class _Handler(BaseHTTPRequestHandler):
    data: ox.Store
    union: bool
    lock: Lock

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        body = self._body()
        try:
            if urlsplit(self.path).path == "/update":
                with self.lock:
                    self.data.update(body.decode())
                self._answer(204)
                return
            asked = parse_qs(body.decode())
            default = [ox.NamedNode(g) for g in asked.get("default-graph-uri", [])]
            named = [ox.NamedNode(g) for g in asked.get("named-graph-uri", [])]
            limits = {"default_graph": default, "named_graphs": named} if default or named else {}
            with self.lock:
                found = self.data.query(
                    asked["query"][0], **limits, use_default_graph_as_union=self.union and not limits
                )
                if isinstance(found, ox.QueryTriples):
                    self._answer(200, found.serialize(format=ox.RdfFormat.N_TRIPLES), "application/n-triples")
                else:
                    kind = "application/sparql-results+json"
                    self._answer(200, found.serialize(format=ox.QueryResultsFormat.JSON), kind)
        except SyntaxError as error:
            self._answer(400, str(error).encode())

    def _graph(self) -> ox.NamedNode:
        return ox.NamedNode(parse_qs(urlsplit(self.path).query)["graph"][0])

    def do_PUT(self) -> None:
        body = self._body()
        if urlsplit(self.path).path != "/store":
            self._answer(404)
            return
        with self.lock:
            self.data.remove_graph(self._graph())
            self.data.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=self._graph())
        self._answer(204)

    def do_DELETE(self) -> None:
        if urlsplit(self.path).path != "/store":
            self._answer(404)
            return
        with self.lock:
            known = self.data.contains_named_graph(self._graph())
            self.data.remove_graph(self._graph())
        self._answer(204 if known else 404)


@contextmanager
def sparql_server(*, union: bool) -> Iterator[str]:
    """The server's address; its parts are /query, /update and /store."""
    handler = type("Handler", (_Handler,), {"data": ox.Store(), "union": union, "lock": Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
