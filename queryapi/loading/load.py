"""Documents and RDF into the store, each file once: what has not changed is skipped, what has replaces its graph.

The order of the files makes no difference. Two files that give one document are one document with two sources: its
graph comes from the better reading (then the smaller name), the other is named beside it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

from loaders.corrections import PARTS, is_corrections, source_digest
from loaders.errors import LoadError, MissingFile, NothingReadable, ThiduaError, UnknownFormat
from loaders.findings import Findings
from loaders.names import graph_iri
from loaders.rdf import quads, reader_version
from loaders.text import Text
from ontology import BASE
from queryapi.loading.base import load_base
from queryapi.loading.concerned import Concerned, Rejudged
from queryapi.loading.derivation import Change, Derivation
from queryapi.loading.inputs import reader_digest
from queryapi.loading.radargraph import mend
from queryapi.loading.rdffiles import RDF_SUFFIXES
from queryapi.loading.rdfload import is_gone, load_rdf
from queryapi.loading.rejudge import judge_again
from queryapi.store import LAW, RADAR, Store, failpoints
from queryapi.store.sources import CORRECTED, Record

DOCUMENT_SUFFIXES = (".txt", ".md")
_CHUNK = 200  # documents written together: enough to be fast, few enough to keep in memory

Reader = Callable[[Path], tuple[Text, Findings]]
Progress = Callable[[int, int, str], None]
Told = Callable[[Literal["register", "documents"], Rejudged], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of one file.

    `status` is new, changed, unchanged, second (another file gives the better reading of the same document) or failed.
    """

    path: str
    name: str
    status: str
    document: str | None = None
    graphs: tuple[str, ...] = ()
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    citations: int = 0
    doubts: int = 0
    also_from: tuple[str, ...] = ()
    dead_bases: int = 0
    error: ThiduaError | None = None


def load(
    paths: Sequence[Path],
    store: Store,
    *,
    graph: str | None = None,
    progress: Progress | None = None,
    read: Reader | None = None,
    base: bool = True,
    rejudged: Told | None = None,
) -> list[Loaded]:
    """What became of each file, in order of path. Raises only when nothing at all could be read.

    `graph` names the graph of RDF files that do not name one; `base` also brings ontology, law and units up to date.
    `rejudged` is told how many citations of documents not loaded now were judged again, how many came out otherwise,
    and why: because the register is another, or because of what the documents loaded say of validity.
    """
    files = list(_files(paths))
    batch = _Batch(store, read or _read_document, graph)
    renewed = load_base(store) if base else set()
    batch.finish()
    again = judge_again(store) if base else None
    done: list[Loaded] = []
    for number, file in enumerate(files):
        if progress:
            progress(number, len(files), file.name)
        outcome = batch.take(file)
        if outcome:
            done.append(outcome)
        if len(batch.pending) >= _CHUNK:
            done += batch.write()
    done += batch.write()
    if progress:
        progress(len(files), len(files), "")
    _refuse_nothing(paths, done)
    if rejudged:
        rejudged("register", again or Rejudged())
        rejudged("documents", batch.rejudged())
    if batch.wrote or renewed or again is not None or not store.version:
        failpoints.reached("sources-recorded")
        store.commit()
    told = (replace(one, dead_bases=batch.dead.get(one.document or "", 0)) for one in done)
    return sorted(told, key=lambda one: one.path)


def repair(store: Store) -> bool:
    """Make whole what a load that died had begun; whether there was such a load."""
    batch = _Batch(store, _read_document, None)
    batch.finish()
    return batch.wrote


def drop(documents: Iterable[str], store: Store) -> None:
    """Take documents out of the store; what cites them knows at once that they are gone."""
    batch = _Batch(store, _read_document, None)
    if store.holds(LAW):
        load_base(store)
    batch.finish()
    if store.holds(LAW):
        judge_again(store)
    for document in documents:
        for record in store.sources().of(document):
            batch.forgotten.add(record.path)
        batch.gone.add(document)
    batch.write()
    store.commit()


def missing(store: Store) -> list[tuple[str, str]]:
    """The documents none of whose files is there any more, each with the name of a file it came from."""
    files: dict[str, list[Path]] = defaultdict(list)
    for record in store.sources().all():
        for graph in record.graphs:
            if graph.startswith(f"{BASE}id/doc/"):
                files[graph].append(Path(record.path))
    return [(graph, paths[0].name) for graph, paths in sorted(files.items()) if not any(p.exists() for p in paths)]


def _read_document(path: Path) -> tuple[Text, Findings]:
    from loaders.read import read

    return read(path)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file meant, each once, in order of path; hidden ones inside a folder are not meant."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        for file in inside:
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if not file.is_dir() and not hidden and not (path.is_dir() and is_corrections(file)):
                found[file] = None
    yield from sorted(found, key=lambda file: file.resolve().as_posix())


def _refuse_nothing(paths: Sequence[Path], done: Sequence[Loaded]) -> None:
    if any(one.status != "failed" for one in done):
        return
    if len(done) == 1 and done[0].error and not any(path.is_dir() for path in paths):
        raise done[0].error
    raise NothingReadable(", ".join(str(path) for path in paths), (*DOCUMENT_SUFFIXES, *RDF_SUFFIXES))


@dataclass
class _Reading:
    """A file that was read and waits to be written."""

    record: Record
    text: Text
    findings: Findings
    known: bool


@dataclass
class _Batch:
    """Files read and not yet written. A document is written with everything it changes elsewhere."""

    store: Store
    read: Reader
    graph: str | None
    pending: dict[str, _Reading] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    wrote: bool = False
    moved: Concerned = field(default_factory=Concerned)
    read_now: set[str] = field(default_factory=set)
    turned: dict[str, frozenset[str]] = field(default_factory=dict)
    dead: dict[str, int] = field(default_factory=dict)

    def take(self, file: Path) -> Loaded | None:
        """Read one file; the outcome at once when there is nothing to write."""
        path = file.resolve().as_posix()
        try:
            if file.suffix.lower() in RDF_SUFFIXES:
                return self._take_rdf(file, path)
            digest = _digest(file)
            if file.suffix.lower() not in DOCUMENT_SUFFIXES:
                raise UnknownFormat(file.name, (*DOCUMENT_SUFFIXES, *RDF_SUFFIXES))
            known = self.store.sources().get(path)
            if known and self._unchanged(known, digest):
                return self._as_it_was(known)
            text, findings = self.read(file)
        except ThiduaError as error:
            return Loaded(path=path, name=file.name, status="failed", error=error)
        self.pending[path] = _Reading(_record(path, file.name, digest, findings), text, findings, known is not None)
        return None

    def _unchanged(self, known: Record, digest: str) -> bool:
        same = (known.sha256, known.reader) == _read_from(digest)
        return same and all(self.store.holds(_graph_of(g)) for g in known.graphs)

    def _as_it_was(self, known: Record) -> Loaded:
        others = [r.name for g in known.graphs for r in self.store.sources().of(g) if r.path != known.path]
        return _told(known, "unchanged", others)

    def _take_rdf(self, file: Path, path: str) -> Loaded:
        digest = _digest(file)
        known = self.store.sources().get(path)
        if known and self._unchanged(known, digest) and (self.graph is None or known.graphs == (self.graph,)):
            return self._as_it_was(known)
        graphs = load_rdf(file, path, digest, self.graph, self.store)
        self.wrote = True
        return Loaded(path=path, name=file.name, status="changed" if known else "new", graphs=graphs)

    def finish(self) -> None:
        """Make whole what a load that died had begun: its documents are read again, or dropped if nobody has them."""
        self.again = set(self.store.sources().unfinished())
        if self.again:
            self.write()
        elif not self.store.holds(RADAR):
            self.wrote = mend(self.store)

    def write(self) -> list[Loaded]:
        """Write what is pending; gives what became of each file."""
        touched = self._touched() | self.again
        if not touched and not self.gone:
            return []
        chosen = self._choose(touched)
        graphs: dict[str, str] = {}
        for read in chosen.values():
            graphs |= _document_graphs(read)
            self.store.put_text(read.record.sha256, reader_version(), read.findings.document.iri, read.text.raw)
        names = {document: [r.name for r in self._records(document)] for document in touched - self.gone}
        outcomes = [self._outcome(read, chosen) for read in self.pending.values()]
        sources = self.store.sources()
        sources.begin(self.pending, touched | self.gone)
        change = Change(graphs=graphs, gone=self.gone, names=names, again=self.again)
        derivation = Derivation(self.store, change)
        self.moved |= derivation.write()
        self.dead |= derivation.dead
        for document, citations in derivation.turned.items():
            self.turned[document] = self.turned.get(document, frozenset()) | citations
        if self.again:
            mend(self.store)
        self.read_now |= touched
        records = {read.record.path: read.record for read in (*chosen.values(), *self.pending.values())}
        sources.put(records.values(), forget=self.forgotten)
        self.pending, self.forgotten, self.gone, self.again, self.wrote = {}, set(), set(), set(), True
        return outcomes

    def rejudged(self) -> Rejudged:
        """What was judged again of documents that were not read now."""
        turned = sum(len(citations) for document, citations in self.turned.items() if document not in self.read_now)
        return replace(self.moved.without(self.read_now).count, turned=turned)

    def _touched(self) -> set[str]:
        """The documents the pending files give, and those they gave before."""
        touched = {document for read in self.pending.values() for document in read.record.graphs}
        for path in self.pending:
            before = self.store.sources().get(path)
            touched |= set(before.graphs if before else ())
        return touched

    def _choose(self, touched: set[str]) -> dict[str, _Reading]:
        """The reading that makes each document's graph, where it must be written.

        A file that gave another document before leaves that one to its other sources, or takes it along.
        """
        chosen: dict[str, _Reading] = {}
        for document in sorted(touched):
            records = self._records(document)
            if not records:
                self.gone.add(document)
                continue
            if records[0].path in self.pending or not self._made_from(document, records[0]):
                read = self._best(document, records)
                if read:
                    chosen[document] = read
        return chosen

    def _best(self, document: str, records: Sequence[Record]) -> _Reading | None:
        """The first of the readings that can be had now; what was read before stays where none can."""
        for record in records:
            if record.path in self.pending:
                return self.pending[record.path]
            file = Path(record.path)
            if file.is_file():
                with suppress(ThiduaError):
                    text, findings = self.read(file)
                    if findings.document.iri == document:
                        digest = _digest(file)
                        return _Reading(_record(record.path, record.name, digest, findings), text, findings, True)
        return None

    def _records(self, document: str) -> list[Record]:
        """The sources of a document once this batch is written, the best reading first."""
        kept = [r for r in self.store.sources().of(document) if r.path not in self.pending]
        for record in kept:
            if is_gone(record.path):
                self.forgotten.add(record.path)
        kept = [r for r in kept if r.path not in self.forgotten]
        kept += [read.record for read in self.pending.values() if document in read.record.graphs]
        return sorted(kept, key=lambda r: r.order)

    def _made_from(self, document: str, record: Record) -> bool:
        triples = self.store.triples(graph_iri("doc", document))
        return f'"{record.sha256}"' in triples and f'"{record.name}"' in triples

    def _outcome(self, read: _Reading, chosen: dict[str, _Reading]) -> Loaded:
        document = read.findings.document.iri
        others = [r.name for r in self._records(document) if r.path != read.record.path]
        first = chosen.get(document) is read
        return _told(read.record, ("changed" if read.known else "new") if first else "second", others)


def _record(path: str, name: str, digest: str, findings: Findings) -> Record:
    document = findings.document
    sha256, reader = _read_from(digest)
    return Record(
        path=path,
        name=name,
        sha256=sha256,
        reader=reader,
        quality=findings.source.quality,
        graphs=(document.iri,),
        type=document.type,
        number=document.number,
        date=document.date,
        issuer=document.issuer.label if document.issuer else None,
        citations=len(findings.citations),
        doubts=len(findings.doubts),
    )


def _told(record: Record, status: str, others: Iterable[str]) -> Loaded:
    return Loaded(
        path=record.path,
        name=record.name,
        status=status,
        document=next((g for g in record.graphs if _graph_of(g) != g), None),
        graphs=record.graphs,
        type=record.type,
        number=record.number,
        date=record.date,
        issuer=record.issuer,
        citations=record.citations,
        doubts=record.doubts,
        also_from=tuple(others),
    )


def _document_graphs(read: _Reading) -> dict[str, str]:
    """The document's own graph; its text lies beside the graph."""
    lines: dict[str, list[str]] = defaultdict(list)
    own = graph_iri("doc", read.findings.document.iri)
    for quad in quads(read.findings, read.text.raw):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value == own:
            lines[own].append(f"{quad.triple} .\n")
    return {graph: "".join(sorted(found)) for graph, found in lines.items()}


def _read_from(digest: str) -> tuple[str, str]:
    """What a record keeps of a digest: the file's sha256, and its reader with what a person corrected."""
    sha256, _, corrections = digest.partition(PARTS)
    return sha256, reader_digest() + (f"{CORRECTED}{corrections}" if corrections else "")


def _digest(file: Path) -> str:
    try:
        return source_digest(file)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile(file.name) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise LoadError(f"{file.name}: không mở được ({reason})", f"{file.name}: cannot be opened ({reason})") from None


def _graph_of(name: str) -> str:
    """The graph of what a record names: a document's graph, or the graph itself."""
    return graph_iri("doc", name) if name.startswith(f"{BASE}id/doc/") else name
