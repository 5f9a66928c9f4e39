"""The law register's Turtle as plain entries, by the fast parser: reading one document should not wait for rdflib's.

The register is what is shipped (`ontology/law/*.ttl`) and what the user added (`loaders.law.own.folder()`). A changed
file of the user's is seen at the next question, in the same process.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import get_args

import pyoxigraph as ox

from loaders.law import own
from loaders.law.verdict import Confidence
from ontology import ELI, TD, sources

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_GRADES: dict[str, Confidence] = {grade.lower(): grade for grade in get_args(Confidence)}
_PARTS = (f"{TD.partlyExpired}", f"{TD.suspended}")  # an instrument has several, each under its own name
# What an instrument says of itself once: the user's own word takes the place of the shipped one.
_SAID_ONCE = {f"{ELI.number}", f"{ELI.type_document}", f"{TD.issuerLabel}", "http://purl.org/dc/terms/title"}


@dataclass(frozen=True)
class Entry:
    """One subject of the law graph: its values by predicate, in the order of the file."""

    iri: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def all(self, predicate: object) -> tuple[str, ...]:
        return tuple(self.values.get(str(predicate), ()))

    def one(self, predicate: object) -> str | None:
        return next(iter(self.all(predicate)), None)

    def has(self, predicate: object) -> bool:
        return str(predicate) in self.values

    def must(self, predicate: object) -> str:
        value = self.one(predicate)
        if value is None:
            raise LookupError(f"the register says nothing of {predicate} for {self.iri}")
        return value

    def slug(self, predicate: object) -> str:
        return self.must(predicate).rsplit("/", 1)[-1]

    def grade(self) -> Confidence:
        return _GRADES[self.slug(TD.confidence)]


@dataclass(frozen=True)
class RegisterFile:
    """One Turtle file of the register; `path` is set where it is the user's own."""

    name: str
    content: bytes = field(repr=False)
    path: Path | None = None

    def read_bytes(self) -> bytes:
        return self.content


@dataclass(frozen=True)
class Snapshot:
    """The whole register as it is now; equal to another one of the same content."""

    digest: str
    files: tuple[RegisterFile, ...] = field(compare=False, repr=False)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for file in self.files:
            _collect(ox.parse(file.content, format=ox.RdfFormat.TURTLE), found)
        return found

    def of_type(self, name: str) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if f"{TD}{name}" in entry.all(RDF_TYPE))


def register_sources() -> tuple[RegisterFile, ...]:
    """Every Turtle file of the register, the shipped ones first, then the user's own: what graph/law is made of.

    Where an own file restates a fact (`td:about` and `td:property`, or an entry of the same name), the shipped file
    comes without it, so that the files together say one thing once. Raises BrokenRegister.

    >>> [file.name for file in register_sources() if file.path is None][:2]
    ['bodies.ttl', 'circulars.ttl']
    """
    return snapshot().files


def register_digest() -> str:
    """What differs whenever the register says something else."""
    return snapshot().digest


def snapshot() -> Snapshot:
    """The register as it is on the disk now; parsed anew only where a file changed. Raises BrokenRegister."""
    return _snapshot(own.stamp())


def reload() -> None:
    """Forget what was read; needed only where a shipped file changed under a running program."""
    _snapshot.cache_clear()
    _shipped.cache_clear()


def entries() -> dict[str, Entry]:
    """Every named thing of the register, by its IRI."""
    return snapshot().entries


def of_type(name: str) -> Iterator[Entry]:
    """The entries of one class, in the order of the files.

    >>> next(of_type("BaseSalary")).one(TD.amount)
    '1390000'
    """
    return snapshot().of_type(name)


def with_file(name: str, content: bytes) -> Snapshot:
    """The register as it would be with one more own file, or with this one in the place of the one of that path."""
    kept = [(path, said) for path, said, _ in own.read(path for path, *_ in own.stamp()) if path != Path(name)]
    return _made([*kept, (Path(name), content)])


def as_shipped() -> Snapshot:
    """The register without the user's own."""
    return _made([])


@lru_cache(maxsize=4)
def _snapshot(stamp: tuple[tuple[str, int, int, int, str], ...]) -> Snapshot:
    return _made([(path, content) for path, content, _ in own.read(path for path, *_ in stamp)])


def _made(owned: list[tuple[Path, bytes]]) -> Snapshot:
    said = [(path, content, own.parsed(path, content)) for path, content in owned]
    restated = _restated(triple for _, _, triples in said for triple in triples)
    shipped = (
        [_without(file, triples, restated) for file, triples in _shipped()]
        if restated
        else [file for file, _ in _shipped()]
    )
    files = (
        *shipped,
        *(RegisterFile(path.name, content + own.marks(triples), path) for path, content, triples in said),
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.content).digest())
    made = Snapshot(digest.hexdigest(), files)
    for path, content, _ in said:
        own.must_be_readable(path, content, {iri: entry.values for iri, entry in made.entries.items()})
    return made


@cache
def _shipped() -> tuple[tuple[RegisterFile, tuple[ox.Triple, ...]], ...]:
    found = []
    for source in sources("law"):
        content = source.read_bytes()
        triples = tuple(ox.parse(content, format=ox.RdfFormat.TURTLE))
        found.append((RegisterFile(source.name, content), triples))
    return tuple(found)


def _restated(triples: Iterable[ox.Triple]) -> set[tuple[str, ...]]:
    """What the own files say anew: (thing, property[, value]) of a fact, (entry,) of a thing that is its own fact."""
    found: dict[str, Entry] = {}
    _collect(triples, found)
    keys: set[tuple[str, ...]] = set()
    for entry in found.values():
        about, prop = entry.one(TD.about), entry.one(TD.property)
        if about and prop and prop not in _PARTS:
            keys.add((about, prop, *entry.all(TD.value)[:1]))
        elif entry.has(TD.confidence):
            keys.add((entry.iri,))
        keys |= {(entry.iri, once) for once in entry.values if once in _SAID_ONCE}
    return keys


def _without(file: RegisterFile, triples: tuple[ox.Triple, ...], restated: set[tuple[str, ...]]) -> RegisterFile:
    """The shipped file without what the own files say anew."""
    found: dict[str, Entry] = {}
    _collect(triples, found)
    gone = {
        entry.iri
        for entry in found.values()
        if (entry.iri,) in restated
        or (entry.one(TD.about), entry.one(TD.property), *entry.all(TD.value)[:1]) in restated
    }
    kept = [
        triple
        for triple in triples
        if not (
            isinstance(triple.subject, ox.NamedNode)
            and (triple.subject.value in gone or (triple.subject.value, triple.predicate.value) in restated)
        )
    ]
    if len(kept) == len(triples):
        return file
    return RegisterFile(file.name, ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b"")


def _collect(triples: Iterable[ox.Triple], found: dict[str, Entry]) -> None:
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            entry = found.setdefault(subject.value, Entry(subject.value))
            values = entry.values[triple.predicate.value]
            if value.value not in values:
                values.append(value.value)
