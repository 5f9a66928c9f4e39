"""Files read and not yet written: which reading makes each document's graph, and what changes elsewhere with it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyoxigraph as ox

from loaders.attached import split
from loaders.corrections import PARTS, source_digest
from loaders.errors import ThiduaError
from loaders.findings import Findings
from loaders.formats import SUFFIXES, measure, opening, refusal
from loaders.names import graph_iri
from loaders.rdf import quads, reader_version
from loaders.text import Text
from ontology import BASE
from queryapi.loading.concerned import Concerned, Rejudged
from queryapi.loading.derivation import Change, Derivation
from queryapi.loading.inputs import reader_digest
from queryapi.loading.radargraph import mend
from queryapi.loading.rdffiles import RDF_SUFFIXES
from queryapi.loading.rdfload import is_gone, load_rdf
from queryapi.store import RADAR, Store
from queryapi.store.sources import CORRECTED, Record

_UNFINISHED = {"page-unread", "spoilt-text-layer"}
# Kept with the reader of a file of which a page was not read: no other reading has it, so that the next load tries
# again, on a machine with tesseract by then or with time for the page.
_AGAIN = " ?"
Reader = Callable[[Path], tuple[Text, Findings]]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of one file.

    `status` is new, changed, unchanged, second (another file gives the better reading of the same document), failed, or
    ignored (what a system or a program leaves in a folder). `used` names the file whose reading the store holds where
    several give one document. A file that failed has the `document` of its earlier version, which stays in the store.
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
    used: str | None = None
    dead_bases: int = 0
    error: ThiduaError | None = None


@dataclass
class _Reading:
    """A file that was read and waits to be written: what is found in each document that stands in it."""

    record: Record
    text: Text
    documents: dict[str, Findings]
    known: bool


@dataclass(frozen=True)
class Wanted:
    """A file that must be read: its digest, and whether an older reading of it is known."""

    file: Path
    path: str
    digest: str
    known: bool


@dataclass
class Batch:
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

    def take(self, file: Path) -> Loaded | Wanted:
        """What became of a file that needs no reading; what is to be read of any other."""
        path = file.resolve().as_posix()
        try:
            if file.suffix.lower() in RDF_SUFFIXES:
                return self._take_rdf(file, path)
            with opening(file):  # by its name and its size first: not a byte of a film of some gigabytes is read
                file.stat()
                if file.suffix.lower() not in SUFFIXES:
                    raise refusal(file.name, (*SUFFIXES, *RDF_SUFFIXES))
                measure(file)
            digest = _digest(file)
        except ThiduaError as error:
            return self._failed(file, path, error)
        known = self.store.sources().get(path)
        if known and self._unchanged(known, digest):
            return self._as_it_was(known)
        return Wanted(file, path, digest, known is not None)

    def accept(self, wanted: Wanted, reading: tuple[Text, Findings] | ThiduaError) -> Loaded | None:
        """Keep a reading until the next `write`; the outcome at once where the file could not be read."""
        if isinstance(reading, ThiduaError):
            return self._failed(wanted.file, wanted.path, reading)
        record = _record(wanted.path, wanted.file.name, wanted.digest, reading[1])
        self.pending[wanted.path] = _reading(record, *reading, known=wanted.known)
        return None

    def _unchanged(self, known: Record, digest: str) -> bool:
        same = (known.sha256, known.reader) == _read_from(digest)
        return same and all(self.store.holds(_graph_of(g)) for g in known.graphs)

    def _as_it_was(self, known: Record) -> Loaded:
        every = {r.path: r for g in known.graphs for r in self.store.sources().of(g)}
        return _told(known, "unchanged", sorted(every.values(), key=lambda r: r.order))

    def _failed(self, file: Path, path: str, error: ThiduaError) -> Loaded:
        known = self.store.sources().get(path)
        return replace(_failed(file, path, error), document=_document_of(known) if known else None)

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
        for document, read in chosen.items():
            graphs |= _document_graphs(read.documents[document])
            self.store.put_text(read.record.sha256, reader_version(), document, read.text.raw)
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
                    renewed = _record(record.path, record.name, _digest(file), findings)
                    if document in renewed.graphs:
                        return _reading(renewed, text, findings, known=True)
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
        document = read.record.graphs[0]
        used = chosen.get(document)
        every = sorted(self._records(document), key=lambda r: (used is None or r.path != used.record.path, r.order))
        first = chosen.get(document) is read
        return _told(read.record, ("changed" if read.known else "new") if first else "second", every)


def _reading(record: Record, text: Text, findings: Findings, *, known: bool) -> _Reading:
    return _Reading(record, text, {one.document.iri: one for one in split(findings)}, known)


def _failed(file: Path, path: str, error: ThiduaError) -> Loaded:
    return Loaded(path=path, name=file.name, status="failed", error=error)


def _record(path: str, name: str, digest: str, findings: Findings) -> Record:
    document = findings.document
    sha256, reader = _read_from(digest)
    if any(doubt.code in _UNFINISHED for doubt in findings.doubts):
        reader += _AGAIN
    return Record(
        path=path,
        name=name,
        sha256=sha256,
        reader=reader,
        quality=findings.source.quality,
        graphs=tuple(dict.fromkeys((document.iri, *(one.iri for one in findings.attachments)))),
        type=document.type,
        number=document.number,
        date=document.date,
        issuer=document.issuer.label if document.issuer else None,
        citations=len(findings.citations),
        doubts=len(findings.doubts),
        ocr=findings.source.ocr,
    )


def _told(record: Record, status: str, every: Sequence[Record]) -> Loaded:
    """The outcome; `every` are the sources of the document, the one that is used first."""
    others = tuple(r.name for r in every if r.path != record.path)
    return Loaded(
        path=record.path,
        name=record.name,
        status=status,
        document=_document_of(record),
        graphs=record.graphs,
        type=record.type,
        number=record.number,
        date=record.date,
        issuer=record.issuer,
        citations=record.citations,
        doubts=record.doubts,
        also_from=others,
        used=every[0].name if others else None,
    )


def _document_of(record: Record) -> str | None:
    return next((g for g in record.graphs if _graph_of(g) != g), None)


def _document_graphs(found: Findings) -> dict[str, str]:
    """The document's own graph; its text lies beside the graph."""
    lines: dict[str, list[str]] = defaultdict(list)
    own = graph_iri("doc", found.document.iri)
    for quad in quads(found, ""):
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value == own:
            lines[own].append(f"{quad.triple} .\n")
    return {graph: "".join(sorted(found)) for graph, found in lines.items()}


def _read_from(digest: str) -> tuple[str, str]:
    """What a record keeps of a digest: the file's sha256, and its reader with what a person corrected."""
    sha256, _, corrections = digest.partition(PARTS)
    return sha256, reader_digest() + (f"{CORRECTED}{corrections}" if corrections else "")


def _digest(file: Path) -> str:
    with opening(file):
        return source_digest(file)


def _graph_of(name: str) -> str:
    """The graph of what a record names: a document's graph, or the graph itself."""
    return graph_iri("doc", name) if name.startswith(f"{BASE}id/doc/") else name
