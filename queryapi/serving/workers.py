"""Queries in processes of their own, so that one which outruns its deadline can be killed and its memory freed.

pyoxigraph cannot stop a running query. Each worker is spawned, opens a snapshot read-only (never the live store
beside its writer), has no network where the system allows to give it up, and a limit on its memory.
"""

import ctypes
import multiprocessing
import os
import queue
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path, PureWindowsPath
from typing import Any

from loaders.errors import ThiduaError
from queryapi.serving.answers import Answer, Task, answer

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_START = 60  # seconds


@dataclass(frozen=True)
class Limits:
    """What one query may use: seconds, rows (or triples) of the answer, bytes of memory."""

    seconds: float = 20.0
    rows: int = 10_000
    memory: int = 2 << 30
    wait: float = 5.0


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
