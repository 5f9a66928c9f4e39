"""The data the service answers from: the newest snapshot, kept until the last request that uses it is done."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from queryapi.serving.answers import Answer, Task, answer_rows, answer_triples, answer_truth
from queryapi.serving.workers import BadQuery, Limits, Workers, isolated
from queryapi.store import Store, open_store
from queryapi.store.engine import engine_term, engine_triple, syntax_error
from queryapi.store.terms import Rows, Triples, Truth

T = TypeVar("T")
_FRESH = 5.0  # seconds


class Served:
    """A store folder followed as it is loaded into, or one store as it is given (a remote one, say)."""

    def __init__(self, source: Path | Store, limits: Limits, workers: int) -> None:
        self._path = source if isinstance(source, Path) else None
        self._store = None if isinstance(source, Path) else source
        self._users: dict[int, int] = {}
        self._stamps: dict[int, str] = {}
        self._kept: dict[str, Any] = {}
        self._version: tuple[float, str | None] = (0.0, None)
        self._lock = threading.Lock()
        self.limits = limits
        self.workers = Workers(limits, workers)
        if self._path is not None:
            self._store = self._open(self._path)

    def _open(self, path: Path) -> Store:
        stamp = (path / "current").stat().st_mtime_ns if (path / "current").exists() else 0
        opened = open_store(path)
        self._stamps[id(opened)] = f"{stamp:x}"
        return opened

    @property
    def is_versioned(self) -> bool:
        """Whether the same version means the same data: so in a folder of ours, not on a server others write to."""
        return self._path is not None

    @cached_property
    def isolated(self) -> bool:
        """Whether the processes that queries and forms are given to have no network on this system."""
        return isolated()

    def version(self, store: Store) -> str:
        """The store's version; a server's, which it has to be asked for, as of a few seconds ago."""
        if self._path is not None:
            return store.version
        asked, version = self._version
        if version is None or time.monotonic() - asked > _FRESH:
            version = store.version
            self._version = (time.monotonic(), version)
        return version

    def state(self, store: Store) -> str:
        """What an ETag begins with: a store made anew in the same place counts its versions from 1 again.

        A server's is another one every few seconds, for its version does not tell every change.
        """
        version = self.version(store)
        stamp = self._stamps.get(id(store), "0") if self.is_versioned else f"{int(self._version[0] * 1000):x}"
        return f"{version}.{stamp}"

    def kept(self, store: Store, name: str, make: Callable[[], T]) -> T:
        """What was made of this state of the data under this name, or is made now: lists every page begins with."""
        state = self.state(store)
        if self._kept.get("state") != state:
            self._kept = {"state": state}
        kept = self._kept
        if name not in kept:
            kept[name] = make()
        value: T = kept[name]
        return value

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store in its newest state, which stays as it is while the block lasts."""
        used = self._take()
        try:
            yield used
        finally:
            self._give_back(used)

    def _take(self) -> Store:
        with self._lock:
            assert self._store is not None
            if self._path is not None and self._newest() not in ("", self._store.version):
                newer = self._open(self._path)
                if not self._users.get(id(self._store)):
                    self._store.close()
                self._store = newer
            self._users[id(self._store)] = self._users.get(id(self._store), 0) + 1
            return self._store

    def _give_back(self, used: Store) -> None:
        with self._lock:
            self._users[id(used)] -= 1
            if self._users[id(used)] == 0:
                del self._users[id(used)]
                if used is not self._store:
                    used.close()

    def _newest(self) -> str:
        assert self._path is not None
        try:
            return (self._path / "current").read_text("ascii").strip()
        except FileNotFoundError:
            return ""

    def ask(self, store: Store, task: Task) -> Answer:
        """The serialised answer of a stranger's query: in a worker, or by the remote server that has its own limits."""
        try:
            if self._path is not None:
                return self.workers.ask(self._path / "snapshots" / store.version, task)
        except BadQuery as error:
            raise syntax_error(str(error)) from error
        results = store.query(
            task.query, default_graphs=task.default_graphs or (), named_graphs=task.named_graphs or ()
        )
        match results:
            case Truth():
                return answer_truth(results.value, task.format)
            case Rows():
                rows = [tuple(None if t is None else engine_term(t) for t in row) for row in results.rows]
                return answer_rows(list(results.variables), rows, task.format, self.limits.rows)
            case Triples():
                return answer_triples(
                    [engine_triple(triple) for triple in results.triples], task.format, self.limits.rows
                )

    def close(self) -> None:
        """Stop the workers and let go of the snapshot."""
        self.workers.close()
        if self._path is not None and self._store is not None:
            self._store.close()
