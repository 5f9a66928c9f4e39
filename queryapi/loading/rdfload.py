"""RDF files into the store: a graph is the union of the files that were loaded into it."""

from collections.abc import Iterable
from pathlib import Path

from queryapi.errors import AskError, GraphRefused
from queryapi.loading.inputs import reader_digest
from queryapi.loading.rdffiles import read_rdf
from queryapi.store import Store
from queryapi.store.sources import Record, Sources


def load_rdf(file: Path, path: str, digest: str, graph: str | None, store: Store) -> tuple[str, ...]:
    """Put the file's graphs in, each beside what other files gave it; their names."""
    graphs = read_rdf(file, graph)
    sources = store.sources()
    known = sources.get(path)
    touched, others = _around(path, {*graphs, *(known.graphs if known else ())}, sources)
    gone = [record.path for record in others if is_gone(record.path)]
    said = {name: set(graphs.get(name, "").splitlines(keepends=True)) for name in touched}
    for record in others:
        if record.path not in gone:
            for name, triples in _read_again(file.name, record).items():
                said.get(name, set()).update(triples.splitlines(keepends=True))
    sources.begin([path], ())
    store.replace({name: "".join(sorted(lines)) for name, lines in said.items()})
    sources.put([Record(path, file.name, digest, reader_digest(), 1.0, tuple(sorted(graphs)))], forget=gone)
    return tuple(sorted(graphs))


def is_gone(path: str) -> bool:
    """Whether a file was deleted or moved; one whose folder is not there either may be on a drive that is away."""
    file = Path(path)
    return not file.exists() and file.parent.is_dir()


def _around(path: str, graphs: Iterable[str], sources: Sources) -> tuple[set[str], list[Record]]:
    """The graphs to write and the other files that give them; all the graphs of a file that is gone are among them."""
    touched = set(graphs)
    while True:
        others = {r.path: r for g in sorted(touched) for r in sources.of(g) if r.path != path}
        wider = touched.union(*(r.graphs for r in others.values() if is_gone(r.path)))
        if wider == touched:
            return touched, list(others.values())
        touched = wider


def _read_again(name: str, record: Record) -> dict[str, str]:
    """What another file gives; into which graph its nameless triples went shows in the graphs it gave."""
    found: dict[str, str] | None = None
    try:
        for graph in (None, *record.graphs):
            try:
                found = read_rdf(Path(record.path), graph)
            except GraphRefused:
                continue
            if set(found) == set(record.graphs):
                break
    except (OSError, AskError):
        found = None
    if found is None:
        raise GraphRefused(
            name,
            f"đồ thị này còn lấy từ {record.name}, tệp ấy nay không đọc được",
            f"the graph also comes from {record.name}, which cannot be read now",
        )
    return found
