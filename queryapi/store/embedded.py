"""The store in a folder, on pyoxigraph: one writer owns `live/`, readers open the newest snapshot."""

import json
import os
import re
import shutil
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from loaders.names import graph_iri
from loaders.rdf import reader_version
from ontology import BASE, TD
from queryapi.errors import ReadOnlyStore, StoreBusy, StoreMissing, StoreUnusable, StoreVersion
from queryapi.store import Edit, Graphs, failpoints, prepare, update_of
from queryapi.store.engine import results_of, syntax_error
from queryapi.store.locks import Locked, alone, hold
from queryapi.store.sources import SourceFile, Sources
from queryapi.store.terms import Results, Term, is_iri

FORMAT = 1
_SHA256 = re.compile("[0-9a-f]{64}")
_PATIENCE = 50  # times a file is replaced again, 20 ms apart: on Windows not while somebody reads it
_PROBE = ox.NamedNode("urn:thidua:probe")


class Embedded:
    """What reading from a live database and from a snapshot share."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        self._db: ox.Store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError

    @property
    def version(self) -> str:
        return _current(self.path)

    def query(
        self,
        sparql: str,
        parameters: Mapping[str, Term] | None = None,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
    ) -> Results:
        query, stated = prepare(sparql, parameters, self.holds)
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(g) for g in default_graphs]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(g) for g in named_graphs]
        try:
            if default or named:
                answer = self._db.query(query, default_graph=default, named_graphs=named)
            else:  # the flag would override FROM
                answer = self._db.query(query, use_default_graph_as_union=not stated)
            return results_of(answer)
        except SyntaxError as error:
            raise syntax_error(str(error)) from error

    def graphs(self, under: str = "") -> Iterator[str]:
        yield from sorted(
            g.value for g in self._db.named_graphs() if isinstance(g, ox.NamedNode) and g.value.startswith(under)
        )

    def holds(self, graph: str) -> bool:
        return is_iri(graph) and self._db.contains_named_graph(ox.NamedNode(graph))

    def triples(self, graph: str) -> str:
        if not is_iri(graph):
            return ""
        found = self._db.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return "".join(sorted(f"{quad.triple} .\n" for quad in found))

    def text(self, document: str) -> str | None:
        if not is_iri(document) or not document.startswith(f"{BASE}id/doc/"):
            return None
        sha256, reader = (self._said(document, name) for name in ("sha256", "readerVersion"))
        if sha256 is None or reader is None or not _SHA256.fullmatch(sha256):
            return None
        file = _text_file(self.path, sha256, reader)
        return file.read_bytes().decode() if file.is_file() else None

    def _said(self, document: str, name: str) -> str | None:
        """What the document's own graph says of it: any other graph may say anything."""
        own = ox.NamedNode(graph_iri("doc", document))
        found = self._db.quads_for_pattern(ox.NamedNode(document), ox.NamedNode(TD[name]), None, own)
        return next((q.object.value for q in found if isinstance(q.object, ox.Literal)), None)


class Reader(Embedded):
    """The newest snapshot as it was when this was opened; kept from being tidied away until it is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        _check_format(path)
        self._version, self._lock = _pin(path)
        try:
            self._db = ox.Store.read_only(str(path / "snapshots" / self._version))
        except (OSError, RuntimeError) as error:  # RocksDB's word for corruption
            self._lock.close()
            raise StoreUnusable(self.name, str(error)) from error

    @property
    def version(self) -> str:
        return self._version

    def replace(self, graphs: Graphs, edits: Mapping[str, Edit] | None = None) -> None:
        raise ReadOnlyStore(self.name)

    def add(self, batches: Iterable[Graphs]) -> None:
        raise ReadOnlyStore(self.name)

    def put_text(self, sha256: str, reader: str, document: str, text: str) -> None:
        raise ReadOnlyStore(self.name)

    def sources(self) -> Sources:
        raise ReadOnlyStore(self.name)

    def commit(self) -> str:
        raise ReadOnlyStore(self.name)

    def close(self) -> None:
        self._lock.close()


class Writer(Embedded):
    """The live database; a second writer is refused."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            _create(path)
            self._lock = hold(path / "lock")
        except Locked as error:
            raise StoreBusy(self.name) from error
        except OSError as error:
            raise StoreUnusable(self.name, error.strerror or str(error)) from error
        try:
            self._db = ox.Store(path / "live")
        except (OSError, RuntimeError) as error:  # RocksDB's word for corruption
            self._lock.close()
            raise StoreUnusable(self.name, str(error)) from error
        self._drop_unfinished()
        self._sources = SourceFile(path / "sources.sqlite")

    def _drop_unfinished(self) -> None:
        marker = self.path / "loading"
        if marker.exists():
            for graph in json.loads(marker.read_bytes()):
                self._db.remove_graph(ox.NamedNode(graph))
            self._db.flush()
            marker.unlink()

    def replace(self, graphs: Graphs, edits: Mapping[str, Edit] | None = None) -> None:
        failpoints.reached("replace-started")
        steps = update_of(graphs, edits or {})
        if failpoints.armed("replace-inside"):
            steps.append(f"INSERT {{ <{TD}x> <{TD}x> ?x }} WHERE {{ BIND({_PROBE}() AS ?x) }}")
        self._db.update(" ;\n".join(steps), custom_functions={_PROBE: lambda: failpoints.reached("replace-inside")})
        self._db.flush()
        failpoints.reached("replace-written")

    def add(self, batches: Iterable[Graphs]) -> None:
        marker = self.path / "loading"
        begun: list[str] = []
        for number, batch in enumerate(batches):
            begun += sorted(batch)
            _write_whole(marker, json.dumps(begun).encode())
            failpoints.reached("bulk-between" if number else "bulk-started")
            self._db.bulk_load(input=_nquads(batch), format=ox.RdfFormat.N_QUADS)
        self._db.flush()
        failpoints.reached("bulk-written")
        marker.unlink(missing_ok=True)
        failpoints.reached("bulk-marked")

    def put_text(self, sha256: str, reader: str, document: str, text: str) -> None:
        file = _text_file(self.path, sha256, reader)
        if not file.exists() or file.read_bytes() != text.encode():
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(file, text.encode())

    def sources(self) -> Sources:
        return self._sources

    def commit(self) -> str:
        failpoints.reached("sources-recorded")
        snapshots = self.path / "snapshots"
        number = 1 + max(
            [int(_current(self.path) or 0), *(int(d.name) for d in snapshots.glob("*") if d.name.isdigit())]
        )
        self._db.flush()
        self._db.backup(snapshots / str(number))
        failpoints.reached("snapshot-taken")
        (snapshots / f"{number}.lock").touch()
        _write_whole(self.path / "current", str(number).encode())
        self._tidy(str(number))
        return str(number)

    def _tidy(self, newest: str) -> None:
        """Delete snapshots nobody reads, and texts no snapshot needs any more."""
        snapshots = self.path / "snapshots"
        in_use = False
        for folder in list(snapshots.glob("*")):
            if not folder.name.isdigit() or folder.name == newest:
                continue
            lock = folder.with_suffix(".lock")
            with alone(lock) as unused:
                in_use |= not unused
                if unused:
                    shutil.rmtree(folder, ignore_errors=True)
            if unused:
                with suppress(PermissionError):  # Windows: a reader has just opened it, and will find no folder
                    lock.unlink(missing_ok=True)
        if not in_use:
            kept = {r.sha256 for r in self._sources.all()}
            for file in (self.path / "texts").glob("*/*.txt"):
                if file.name.partition("-")[0] not in kept:
                    file.unlink(missing_ok=True)

    def close(self) -> None:
        if not self._lock.closed:
            self._sources.close()
            del self._db  # gives the engine's own lock back
            self._lock.close()


def _nquads(graphs: Graphs) -> bytes:
    """N-Triples end in " ." at the end of a line and nowhere else: a line break in a literal is escaped."""
    return "".join(triples.replace(" .\n", f" <{graph}> .\n") for graph, triples in sorted(graphs.items())).encode()


def _create(path: Path) -> None:
    if (path / "store.toml").exists():
        _check_format(path)
        return
    if path.exists() and any(path.iterdir()):
        raise StoreVersion(str(path), "?", FORMAT)
    path.mkdir(parents=True, exist_ok=True)
    (path / "snapshots").mkdir(exist_ok=True)
    _write_whole(path / "store.toml", f'format = {FORMAT}\nreader = "{reader_version()}"\n'.encode())


def _check_format(path: Path) -> None:
    try:
        found = tomllib.loads((path / "store.toml").read_text("utf-8")).get("format")
    except FileNotFoundError:
        raise StoreMissing(str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        found = "?"
    if found != FORMAT:
        raise StoreVersion(str(path), str(found), FORMAT)


def _current(path: Path) -> str:
    try:
        return (path / "current").read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def _pin(path: Path) -> tuple[str, IO[bytes]]:
    """The newest snapshot, locked; asked again when the writer tidied it away between the two steps."""
    for _ in range(100):
        version = _current(path)
        if not version:
            raise StoreMissing(str(path))
        try:
            lock = hold(path / "snapshots" / f"{version}.lock", shared=True)
        except (Locked, FileNotFoundError):
            continue
        if (path / "snapshots" / version).is_dir():
            return version, lock
        lock.close()
    raise StoreBusy(str(path))


def _text_file(path: Path, sha256: str, reader: str) -> Path:
    return path / "texts" / sha256[:2] / f"{sha256}-{re.sub(r'[^0-9A-Za-z.]', '_', reader)}.txt"


def _write_whole(file: Path, content: bytes) -> None:
    """The file has the old content or the new one, whatever happens."""
    draft = file.with_name(f"{file.name}.new")
    with draft.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    for patience in range(_PATIENCE, -1, -1):
        try:
            draft.replace(file)
            return
        except PermissionError:
            if sys.platform != "win32" or not patience:
                raise
            time.sleep(0.02)
