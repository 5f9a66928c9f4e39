"""The law register's Turtle as plain entries, by the fast parser: reading one document should not wait for rdflib's."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import get_args

import pyoxigraph as ox

from loaders.law.verdict import Confidence
from ontology import TD, sources

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_GRADES: dict[str, Confidence] = {grade.lower(): grade for grade in get_args(Confidence)}


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


@cache
def entries() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file in sources("law"):
        for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                entry = found.setdefault(subject.value, Entry(subject.value))
                entry.values[triple.predicate.value].append(value.value)
    return found


def of_type(name: str) -> Iterator[Entry]:
    """The entries of one class, in the order of the files.

    >>> next(of_type("BaseSalary")).one(TD.amount)
    '1390000'
    """
    return (entry for entry in entries().values() if f"{TD}{name}" in entry.all(RDF_TYPE))
