"""What is said of a thing and its parts: graphs as subjects, properties and values, ready for a page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from loaders.names import graph_iri
from ontology import TD
from queryapi.store import Store
from queryapi.store.engine import term_of
from queryapi.store.terms import Iri, Term

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def local(name: str) -> str:
    """A property's name without its namespace: what pages and templates call it by.

    >>> local("http://data.europa.eu/eli/ontology#date_document"), local("http://purl.org/dc/terms/title")
    ('date_document', 'title')
    """
    return name.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


class Thing:
    """One subject: `thing["title"]` is its first value under that name, `thing.all("cites")` every one."""

    def __init__(self, iri: str, values: dict[str, list[Term]]) -> None:
        self.iri = iri
        self._values = values

    def __getitem__(self, name: str) -> str | None:
        return str(self._values[name][0]) if self._values.get(name) else None

    def all(self, name: str) -> list[str]:
        return [str(value) for value in self._values.get(name, [])]

    def number(self, name: str) -> int | None:
        said = self[name]
        return int(said) if said is not None else None

    def true(self, name: str) -> bool:
        return self[name] == "true"

    @property
    def fragment(self) -> str:
        return self.iri.partition("#")[2]

    def __bool__(self) -> bool:
        return bool(self._values)


class Facts:
    """Every subject of some graphs."""

    def __init__(self, ntriples: Iterable[str]) -> None:
        self._things: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for text in ntriples:
            for quad in ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES):
                subject = str(term_of(quad.subject))
                self._things[subject][local(quad.predicate.value)].append(term_of(quad.object))

    def thing(self, iri: str) -> Thing:
        """A subject, empty when nothing is said of it."""
        return Thing(iri, self._things.get(iri, {}))

    def linked(self, thing: Thing, name: str) -> list[Thing]:
        """What a property leads to, in order of place."""
        found = [self.thing(str(v)) for v in thing._values.get(name, []) if isinstance(v, Iri)]
        return sorted(found, key=lambda t: (t.number("start") or 0, t.iri))

    def __iter__(self) -> Iterator[Thing]:
        return (Thing(iri, values) for iri, values in self._things.items())


def document_facts(store: Store, iri: str) -> Facts:
    """What a document says and what is derived from it."""
    return Facts(store.triples(graph_iri(kind, iri)) for kind in ("doc", "derived"))


def is_ours(iri: str) -> bool:
    """Whether a property or class is of our vocabulary."""
    return iri.startswith(str(TD))
