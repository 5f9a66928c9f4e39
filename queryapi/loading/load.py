"""Documents and RDF into the store, each file once: what has not changed is skipped, what has replaces its graph.

The order of the files makes no difference. Two files that give one document are one document with two sources: its
graph comes from the better reading (then the smaller name), the other is named beside it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from loaders.corrections import is_corrections
from loaders.errors import NothingReadable, ThiduaError
from loaders.findings import Findings
from loaders.formats import SUFFIXES, Progress
from loaders.names import graph_iri
from loaders.text import Text
from ontology import BASE
from queryapi.loading.base import load_base
from queryapi.loading.batch import Batch, Loaded, Reader, Wanted
from queryapi.loading.concerned import Rejudged
from queryapi.loading.outcome import dead_bases
from queryapi.loading.rdffiles import RDF_SUFFIXES
from queryapi.loading.readers import Reading, of_file, processes, read_all
from queryapi.loading.rejudge import judge_again
from queryapi.store import LAW, Store, failpoints

__all__ = ["Loaded", "drop", "load", "missing", "repair"]

_LITTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_NO_DOCUMENTS = frozenset(
    (
        *(".tmp", ".lnk", ".url", ".bak", ".part", ".crdownload", ".exe", ".msi", ".zip", ".rar", ".7z", ".gz", ".tar"),
        *(".mp3", ".wav", ".m4a", ".mp4", ".avi", ".mov", ".mkv", ".wmv"),
    )
)
_CHUNK = 200  # documents written together: enough to be fast, few enough to keep in memory
Told = Callable[[Literal["register", "documents"], Rejudged], None]


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
    Many files are read by several processes, one per core, unless `read` says how to read one; `progress` is told of
    files, and of the pages of a long one. `rejudged` is told how many citations of documents not loaded now were judged
    again, how many came out otherwise, and why: because the register is another, or because of what the documents
    loaded say of validity.
    """
    files, ignored = _files(paths)
    batch = Batch(store, read or _read_document, graph)
    renewed = load_base(store) if base else set()
    batch.finish()
    again = judge_again(store) if base else None
    taken = [batch.take(file) for file in files]
    done = [one for one in taken if isinstance(one, Loaded)]
    done += [Loaded(path=file.resolve().as_posix(), name=file.name, status="ignored") for file in ignored]
    wanted = [one for one in taken if isinstance(one, Wanted)]
    for one, reading in zip(wanted, _readings([w.file for w in wanted], read, progress), strict=True):
        failed = batch.accept(one, reading)
        if failed:
            done.append(failed)
        if len(batch.pending) >= _CHUNK:
            done += batch.write()
    done += batch.write()
    _refuse_nothing(paths, done)
    if rejudged:
        rejudged("register", again or Rejudged())
        rejudged("documents", batch.rejudged())
    if batch.wrote or renewed or again is not None or not store.version:
        failpoints.reached("sources-recorded")
        store.commit()
    told = (replace(one, dead_bases=_dead(one, batch, store)) for one in done)
    return sorted(told, key=lambda one: one.path)


def _dead(one: Loaded, batch: Batch, store: Store) -> int:
    """The dead bases of a file's documents, those of one that was not read now as the store has them."""
    if one.status == "failed":
        return 0
    derived = {d: graph_iri("derived", d) for d in one.graphs if d.startswith(f"{BASE}id/doc/")}
    return sum(batch.dead[d] if d in batch.dead else dead_bases(store.triples(g)) for d, g in derived.items())


def repair(store: Store) -> bool:
    """Make whole what a load that died had begun; whether there was such a load."""
    batch = Batch(store, _read_document, None)
    batch.finish()
    return batch.wrote


def drop(documents: Iterable[str], store: Store) -> None:
    """Take documents out of the store; what cites them knows at once that they are gone."""
    batch = Batch(store, _read_document, None)
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


def missing(store: Store, under: Iterable[Path] | None = None) -> list[tuple[str, str]]:
    """The documents none of whose files is there any more, each with the name of a file; of these folders only."""
    folders = None if under is None else [path.resolve() for path in under]
    files: dict[str, list[Path]] = defaultdict(list)
    for record in store.sources().all():
        for graph in record.graphs:
            if graph.startswith(f"{BASE}id/doc/"):
                files[graph].append(Path(record.path))
    return [
        (graph, paths[0].name)
        for graph, paths in sorted(files.items())
        if folders is None or any(path.is_relative_to(folder) for path in paths for folder in folders)
        if not any(p.exists() for p in paths)
    ]


def _readings(files: Sequence[Path], read: Reader | None, progress: Progress | None) -> Iterator[Reading]:
    """The reading of each file, in their order."""
    if read is None:
        for _, reading in read_all(files, processes(files), progress):
            yield reading
        return
    for number, file in enumerate(files):
        if progress:
            progress(number, len(files), file.name)
        try:
            yield read(file)
        except ThiduaError as error:
            yield of_file(error, file)


def _read_document(path: Path) -> tuple[Text, Findings]:
    from loaders.read import read

    return read(path)


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Every file meant, each once, in order of path, and what only lies beside them in a folder.

    Hidden files inside a folder are not meant, nor what systems and programs leave there, films and archives.
    """
    found: dict[Path, None] = {}
    beside: dict[Path, None] = {}
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        for file in inside:
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if not file.is_dir() and not hidden and not (path.is_dir() and is_corrections(file)):
                (beside if path.is_dir() and _is_litter(file) else found)[file] = None
    order = sorted({**found, **beside}, key=lambda file: file.resolve().as_posix())
    return [file for file in order if file in found], [file for file in order if file not in found]


def _is_litter(file: Path) -> bool:
    """
    >>> [_is_litter(Path(name)) for name in ("Thumbs.db", "~$QD.docx", "le trao thuong.mp4", "ke hoach.docx")]
    [True, True, True, False]
    """
    name = file.name.lower()
    return name in _LITTER or name.startswith(("~$", "._")) or file.suffix.lower() in _NO_DOCUMENTS


def _refuse_nothing(paths: Sequence[Path], done: Sequence[Loaded]) -> None:
    failed = [one.error for one in done if one.error]
    if any(one.status not in ("failed", "ignored") for one in done):
        return
    if len(failed) == 1 and not any(path.is_dir() for path in paths):
        raise failed[0]
    raise NothingReadable(", ".join(str(path) for path in paths), (*SUFFIXES, *RDF_SUFFIXES), tuple(failed))
