"""One document's graph as a mapping, for code that walks it instead of asking it."""

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from ontology import ELI, TD
from queryapi.store.engine import term_of
from queryapi.store.terms import Iri, Literal, Term, Value


class GraphDocument:
    """The triples of a document graph by subject and property; names without a scheme are ours."""

    def __init__(self, iri: str, ntriples: str) -> None:
        self.iri = iri
        self._said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in ox.parse(ntriples.encode(), format=ox.RdfFormat.N_TRIPLES):
            subject = triple.subject
            if isinstance(subject, ox.NamedNode):
                self._said[subject.value][triple.predicate.value].append(term_of(triple.object))

    def __bool__(self) -> bool:
        return bool(self._said)

    def facts(self, subject: str) -> Iterator[tuple[Iri, Iri, Term]]:
        """Everything the graph says of one thing."""
        for predicate, values in self._said.get(subject, {}).items():
            for value in values:
                yield Iri(subject), Iri(predicate), value

    def all(self, subject: str, name: str) -> list[Term]:
        """Every value of a property."""
        predicate = name if ":" in name else str(TD[name])
        return self._said[subject][predicate] if subject in self._said else []

    def iris(self, subject: str, name: str) -> list[str]:
        """Every value that is a name, sorted."""
        return sorted(term.value for term in self.all(subject, name) if isinstance(term, Iri))

    def iri_of(self, subject: str, name: str) -> str | None:
        """The one value, if it is a name."""
        return next(iter(self.iris(subject, name)), None)

    def text(self, subject: str, name: str) -> str | None:
        """The one value as written."""
        return next((term.value for term in self.all(subject, name) if isinstance(term, Literal)), None)

    def value(self, subject: str, name: str) -> Value | None:
        """The one value as Python knows it."""
        return next((term.python() for term in self.all(subject, name) if isinstance(term, Literal)), None)

    def parts(self, link: str) -> list[str]:
        """The document's or its movement's parts of one kind, in page order."""
        movement = self.iri_of(self.iri, "launches")
        found = [*self.iris(self.iri, link), *(self.iris(movement, link) if movement else ())]
        return sorted(found, key=lambda part: (self._start(part), part))

    def _start(self, part: str) -> int:
        start = self.value(part, "start")
        return start if isinstance(start, int) else 0

    def agencies(self) -> Iterator[str]:
        """The bodies the graph names: the issuer and those of the citations."""
        for subject, said in self._said.items():
            for predicate in (str(ELI.passed_by), str(TD.citedIssuer)):
                if predicate in said:
                    yield from self.iris(subject, predicate)
