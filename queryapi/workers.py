"""Queries in processes of their own, so that one which outruns its deadline can be killed and its memory freed.

pyoxigraph cannot stop a running query. Each worker is spawned, opens a snapshot read-only (never the live store
beside its writer), has no network where the system allows to give it up, and a limit on its memory.
"""

import ctypes
import json
import multiprocessing
import os
import queue
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path, PureWindowsPath
from typing import Any

from loaders.errors import ThiduaError
from queryapi.results import PREFIXES

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_START = 60  # seconds
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

# What a result may be written as: the name used inside, the media type sent.
TABLES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPHS = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


@dataclass(frozen=True)
class Limits:
    """What one query may use: seconds, rows (or triples) of the answer, bytes of memory."""

    seconds: float = 20.0
    rows: int = 10_000
    memory: int = 2 << 30
    wait: float = 5.0


@dataclass(frozen=True)
class Task:
    """A query, the dataset the request asks for (None: not said) or the query states by FROM, and how to answer."""

    query: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    states_dataset: bool = False


@dataclass(frozen=True)
class Answer:
    """The serialised result; `cut` when there were more rows than the limit."""

    body: bytes
    rows: int
    cut: bool


class QueryTimeout(Exception):
    """The query outran its deadline; its worker was killed."""


class QueryTooBig(Exception):
    """The query needed more memory than it may have; its worker is gone."""


class TooBusy(Exception):
    """No worker came free in time."""


class BadQuery(Exception):
    """The engine does not take the query; the words are the engine's."""


class ProcessFailed(Exception):
    """A bug in a process of ours: what kind and where in the code, never the message, which may repeat a form."""

    def __init__(self, places: str) -> None:
        super().__init__(places)
        self.places = places


def places(error: BaseException) -> str:
    """Where a bug struck, innermost last: places in the code and no values, for a request may hold personal data."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        # PureWindowsPath knows both slashes: a folder's name may be its user's.
        found.append(f"{PureWindowsPath(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " > ".join(found)


class _Worker:
    """One process at the other end of a pipe."""

    def __init__(self, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, there = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(there, limits), daemon=True)
        self.process.start()
        there.close()
        try:  # a query's seconds are its own: on a busy machine starting alone takes one
            ready = self.pipe.poll(_START) and self.pipe.recv()
        except (EOFError, ConnectionError):
            ready = False
        if not ready:
            self.stop()
            raise TooBusy

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Workers:
    """A few workers, each answering one query at a time; a killed one is replaced by a fresh one."""

    def __init__(self, limits: Limits, size: int = 2) -> None:
        self.limits = limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        for _ in range(size):
            self._free.put(None)  # spawned when first needed

    def ask(self, snapshot: Path, task: Task) -> Answer:
        """The answer of the snapshot to the task, within the limits."""
        with self._worker() as worker:
            try:
                worker.pipe.send((str(snapshot), task))
                if not worker.pipe.poll(self.limits.seconds):
                    raise QueryTimeout
                answer = worker.pipe.recv()
            except (EOFError, ConnectionError) as gone:
                raise QueryTooBig from gone
        if isinstance(answer, BadQuery | ProcessFailed):
            raise answer
        assert isinstance(answer, Answer)
        return answer

    def close(self) -> None:
        """Stop every worker."""
        with self._lock:
            for worker in self._all:
                worker.stop()
            self._all.clear()

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        try:
            worker = self._free.get(timeout=self.limits.wait)
        except queue.Empty:
            raise TooBusy from None
        try:
            if worker is None:
                worker = _Worker(self.limits)
                with self._lock:
                    self._all.add(worker)
            yield worker
        except BaseException:  # whatever went wrong, an answer still on its way must not reach the next question
            if worker is not None:
                with self._lock:
                    self._all.discard(worker)
                worker.stop()
            worker = None
            raise
        finally:
            self._free.put(worker)


def _serve(pipe: Connection, limits: Limits) -> None:
    """The worker's life: wait for a task, answer it, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the terminal is for the server
    _confine(limits)
    import pyoxigraph as ox

    opened: str | None = None
    store: Any = None
    pipe.send(True)
    while True:
        try:
            snapshot, task = pipe.recv()
        except EOFError:
            return
        given: Answer | BadQuery | ProcessFailed
        try:
            if snapshot != opened:
                store, opened = ox.Store.read_only(snapshot), snapshot
            given = answer(store, task, limits.rows)
        except (SyntaxError, ValueError, RuntimeError, OSError) as wrong:
            # An evaluation error, "named graph that is not an IRI"; or "Network is unreachable", were one to call out.
            given = BadQuery(str(wrong))
        except MemoryError:
            return  # the other end sees the pipe close
        except Exception as bug:  # at this boundary, or its message ends in the server's log
            given = ProcessFailed(f"{type(bug).__name__}: {places(bug)}")
        try:
            pipe.send(given)
        except BrokenPipeError:
            return


def _confine(limits: Limits) -> None:
    """Give up the terminal, the network and the right to more memory; each where the system knows how."""
    _silence()
    if sys.platform != "linux":
        return
    import resource

    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is not None and unshare(_CLONE_NEWNET) != 0:
        unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # without privileges: as a user of our own namespace
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        os.nice(5)


def _silence() -> None:
    """Nothing this process or a library in it prints reaches the server's log: it may repeat a nominee's name."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def isolated() -> bool:
    """Whether processes of ours really have no network on this system: told by trying in one of them.

    Not where the system is no Linux, nor in most containers, which forbid namespaces.
    """
    try:
        return bool(once(has_no_network, limits=Limits(seconds=30)))
    except (QueryTimeout, QueryTooBig, ProcessFailed):
        return False


def has_no_network() -> bool:
    """Whether even this machine's own address is out of reach; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("127.0.0.1", 9))
        except OSError:
            return True
    return False


def answer(store: Any, task: Task, rows: int) -> Answer:
    """Ask a pyoxigraph store; the request's dataset replaces the query's; without either it is the union.

    >>> import pyoxigraph as ox
    >>> answer(ox.Store(), Task("SELECT (1 AS ?một) {}", "csv"), 10).body
    b'm\\xe1\\xbb\\x99t\\r\\n1\\r\\n'
    """
    import pyoxigraph as ox

    settings: dict[str, Any] = {}
    if task.default_graphs is not None or task.named_graphs is not None:
        settings["default_graph"] = [ox.NamedNode(iri) for iri in task.default_graphs or ()]
        settings["named_graphs"] = [ox.NamedNode(iri) for iri in task.named_graphs or ()]
    elif not task.states_dataset:  # the flag would override FROM
        settings["use_default_graph_as_union"] = True
    result = store.query(task.query, base_iri=BASE, **settings)
    if isinstance(result, ox.QueryBoolean):
        return answer_truth(bool(result), task.format)
    if isinstance(result, ox.QueryTriples):
        return answer_triples(result, task.format, rows)
    return answer_rows([v.value for v in result.variables], result, task.format, rows)


def answer_truth(value: bool, format: str) -> Answer:
    """An ASK's answer; CSV and TSV have no form for it, and hold the bare word."""
    document = json.dumps({"head": {}, "boolean": value}).encode()
    return Answer(_rewritten(document, format), 1, cut=False)


def answer_triples(found: Iterable[Any], format: str, rows: int) -> Answer:
    """The first triples, each once: the union does not merge, and a CONSTRUCT may give a triple twice."""
    import pyoxigraph as ox

    seen: dict[Any, None] = {}
    for triple in found:
        seen[triple] = None
        if len(seen) > rows:
            break
    triples = list(seen)
    body = ox.serialize(triples[:rows], format=_graph_formats()[format], prefixes=PREFIXES) or b""
    return Answer(body, min(len(triples), rows), len(triples) > rows)


def answer_rows(variables: list[str], found: Iterable[Any], format: str, rows: int) -> Answer:
    """The first rows of a SELECT."""
    first = list(islice(found, rows + 1))
    body = _json(variables, first[:rows])
    return Answer(_rewritten(body, format), min(len(first), rows), len(first) > rows)


def _rewritten(document: bytes, format: str) -> bytes:
    import pyoxigraph as ox

    if format == "json":
        return document
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=_table_formats()[format]) or b""


BASE = "https://w3id.org/thidua/"  # what relative IRIs of a query begin with


def _table_formats() -> dict[str, Any]:
    from pyoxigraph import QueryResultsFormat as kinds  # noqa: N813

    return {"json": kinds.JSON, "xml": kinds.XML, "csv": kinds.CSV, "tsv": kinds.TSV}


def _graph_formats() -> dict[str, Any]:
    from pyoxigraph import RdfFormat as kinds  # noqa: N813

    return {"ttl": kinds.TURTLE, "nt": kinds.N_TRIPLES, "jsonld": kinds.JSON_LD, "rdf": kinds.RDF_XML}


def _json(variables: list[str], rows: list[Any]) -> bytes:
    """SPARQL 1.1 JSON of some rows: pyoxigraph writes all of a result or nothing, and a cap needs the first ones."""
    bindings = [
        {name: _term(row[place]) for place, name in enumerate(variables) if row[place] is not None} for row in rows
    ]
    document = {"head": {"vars": variables}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _term(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def once(function: Callable[..., Any], *arguments: Any, limits: Limits) -> Any:
    """What a function gives in a process of its own, which has no network and is killed at the deadline.

    For what strangers send: a workbook may unpack to anything. What the function raises of ours is raised here.
    """
    context = multiprocessing.get_context("spawn")
    pipe, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, limits, function, arguments), daemon=True)
    process.start()
    there.close()
    try:
        if not pipe.poll(limits.seconds):
            raise QueryTimeout
        given, error = pipe.recv()
    except (EOFError, ConnectionError) as gone:
        raise QueryTooBig from gone
    finally:
        process.kill()
        process.join()
        pipe.close()
    if error is None:
        return given
    code, vi, en = error
    if not code:
        raise ProcessFailed(vi)
    raise OurError(code, vi, en)


class Checks:
    """Calls of `once`, only so many at a time: each may take all the memory its limits allow."""

    def __init__(self, limits: Limits, size: int) -> None:
        self._limits = limits
        self._free = threading.BoundedSemaphore(size)

    @contextmanager
    def slot(self) -> Iterator[Callable[..., Any]]:
        """A place to call `once` from; TooBusy when none comes free in time."""
        if not self._free.acquire(timeout=self._limits.wait):
            raise TooBusy
        try:
            yield lambda function, *arguments: once(function, *arguments, limits=self._limits)
        finally:
            self._free.release()


class OurError(ThiduaError):
    """An error of ours from another process: these do not travel, their words do."""

    def __init__(self, code: str, vi: str, en: str) -> None:
        super().__init__(vi, en)
        self.code = code


def _run(pipe: Connection, limits: Limits, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _confine(limits)
    try:
        pipe.send((function(*arguments), None))
    except ThiduaError as error:
        pipe.send((None, (error.code, error.vi, error.en)))
    except MemoryError:
        return  # the other end sees the pipe close
    except Exception as bug:  # at this boundary, or its message ends in the server's log
        pipe.send((None, ("", f"{type(bug).__name__}: {places(bug)}", "")))
