"""The graphs every store starts from: ontology, vocabularies, law register, units; reloaded only when they change."""

import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files

import pyoxigraph as ox

from ontology import BASE, sources
from queryapi.store import Store

_UNITS = f"{BASE}graph/units"
JUDGES = {f"{BASE}graph/law", _UNITS}  # what derived graphs are computed from, besides the documents


def load_base(store: Store) -> set[str]:
    """Bring the base graphs up to date; gives those that had to be written."""
    renewed = set()
    for graph, (digest, triples) in _parts().items():
        had = store.sources().base(graph)
        present = store.holds(graph)
        if present and had == digest():
            continue
        content = "".join(sorted(set(triples())))
        if not content:
            continue
        if present:
            store.replace({graph: ""})
        store.add([{graph: content}])
        store.sources().put_base(graph, digest())
        renewed.add(graph)
    return renewed


def _parts() -> dict[str, tuple[Callable[[], str], Callable[[], Iterator[str]]]]:
    turtle = {
        f"{BASE}graph/{part}": (lambda part=part: _turtle_digest(part), lambda part=part: _turtle(part))
        for part in ("ontology", "vocab", "law")
    }
    return {**turtle, _UNITS: (_units_digest, _units)}


def base_triples(part: str) -> list[str]:
    """One base graph (ontology, vocab, law) as sorted lines of N-Triples, the same every time."""
    return sorted(set(_turtle(part)))


def _turtle(part: str) -> Iterator[str]:
    """The triples of a part, blank nodes named by what they say: engines rename them by chance at every load."""
    for source in sources(part):
        said = ox.Dataset(ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE))
        said.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        stem = f"{BASE}.well-known/genid/{part}-{source.name.removesuffix('.ttl')}-"
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
    from loaders.units import ntriples

    return ntriples()


def _units_digest() -> str:
    """Of the tables and of the code that writes them: either changes the graph."""
    digest = hashlib.sha256()
    for file in (*files("ontology.units").iterdir(), files("loaders") / "units.py"):
        if file.name.endswith((".csv", ".py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
