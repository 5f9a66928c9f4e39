"""The graphs every store starts from: ontology, vocabularies, law register, units; reloaded only when they change."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files

import pyoxigraph as ox

from loaders.law.graph import register_digest, register_sources
from loaders.names import graph_iri
from ontology import BASE, sources
from queryapi.loading.inputs import judge_digest
from queryapi.store import DERIVED, LAW, Store, failpoints

_UNITS = f"{BASE}graph/units"
_JUDGES = {LAW, _UNITS}  # what derived graphs are computed from, besides the documents
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def load_base(store: Store) -> set[str]:
    """Bring the base graphs up to date; gives those that had to be written.

    Where derived graphs follow from one of them, it is noted first that they are about to be derived again: a load
    that dies before all of them are leaves that to the next.
    """
    renewed = set()
    for graph, (digest, triples) in _parts().items():
        had = store.sources().base(graph)
        present = store.holds(graph)
        if present and had == digest():
            continue
        content = "".join(_without_held(store) if graph == LAW else triples())
        if not content:
            continue
        if graph in _JUDGES:
            store.sources().put_base(DERIVED, _on_the_way(store) if graph == LAW else "")
        if present:
            store.replace({graph: ""})
        store.add([{graph: content}])
        store.sources().put_base(graph, digest())
        renewed.add(graph)
    if renewed & _JUDGES:
        failpoints.reached("base-written")
    return renewed


def towards_register() -> str:
    """What is recorded while derived graphs go from the register they were computed by to the one there is now."""
    return f"{judge_digest()}>{register_digest()}"


def _on_the_way(store: Store) -> str:
    """Empty, which is everything, where they were already on the way to another register."""
    known = store.sources().base(DERIVED)
    return towards_register() if known in (judge_digest(), towards_register()) else ""


def register_beside(document: str, said: str) -> list[str]:
    """What the law graph says of an instrument beside the document's own graph, as sorted lines of N-Triples.

    A decree of the register that is also loaded as a document says its number, date and title itself. They stand in
    its graph alone, for the union of the graphs would show them twice; the register adds what no document says.
    """
    lines = law_by_subject().get(document, [])
    own = f"<{document}> "
    told = {line.split(" ", 2)[1] for line in said.splitlines() if line.startswith(own)} - {_TYPE}
    return [line for line in lines if line.split(" ", 2)[1] not in told]


def law_by_subject() -> dict[str, list[str]]:
    """The register's sorted lines of N-Triples by the thing they are about."""
    return _law_by_subject(register_digest())


def law_ntriples() -> str:
    """The whole register as sorted N-Triples, whatever documents are held."""
    return "".join(sorted(line for lines in law_by_subject().values() for line in lines))


@lru_cache(maxsize=2)
def _law_by_subject(_digest: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in sorted(set(_turtle("law"))):
        found[line.partition("> ")[0].removeprefix("<")].append(line)
    return dict(found)


def _without_held(store: Store) -> list[str]:
    found = []
    for subject, lines in law_by_subject().items():
        graph = graph_iri("doc", subject) if subject.startswith(f"{BASE}id/doc/") and "#" not in subject else None
        held = graph is not None and store.holds(graph)
        found += register_beside(subject, store.triples(graph)) if graph and held else lines
    return sorted(found)


def _parts() -> dict[str, tuple[Callable[[], str], Callable[[], Iterator[str]]]]:
    turtle = {
        f"{BASE}graph/{part}": (lambda part=part: _turtle_digest(part), lambda part=part: _turtle(part))
        for part in ("ontology", "vocab")
    }
    return {**turtle, LAW: (register_digest, lambda: _turtle("law")), _UNITS: (_units_digest, _units)}


def _files(part: str) -> Iterator[tuple[str, bytes]]:
    """The Turtle of a part by a name of its own; the user's register stands beside the one that is shipped."""
    if part != "law":
        yield from ((source.name, source.read_bytes()) for source in sources(part))
        return
    for file in register_sources():
        yield f"own-{file.name}" if file.path else file.name, file.content


def _turtle(part: str) -> Iterator[str]:
    """The triples of a part, blank nodes named by what they say: engines rename them by chance at every load."""
    for name, content in _files(part):
        said = ox.Dataset(ox.parse(content, format=ox.RdfFormat.TURTLE))
        said.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        stem = f"{BASE}.well-known/genid/{part}-{name.removesuffix('.ttl')}-"
        for quad in said:
            subject, value = (_named(term, stem) for term in (quad.subject, quad.object))
            yield f"{subject} {quad.predicate} {value} .\n"


def _named(term: object, stem: str) -> object:
    return ox.NamedNode(f"{stem}{term.value}") if isinstance(term, ox.BlankNode) else term


def _turtle_digest(part: str) -> str:
    digest = hashlib.sha256()
    for source in sources(part):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _units() -> Iterator[str]:
    from loaders.authorities.units import ntriples

    return ntriples()


def _units_digest() -> str:
    """Of the tables and of the code that writes them: either changes the graph."""
    digest = hashlib.sha256()
    writers = [files("loaders.authorities") / name for name in ("units.py", "territory.py", "unitgraph.py")]
    for file in (*files("ontology.units").iterdir(), *writers):
        if file.name.endswith((".csv", ".py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
