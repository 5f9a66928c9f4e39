"""The SKOS lists as plain records, read fast: a command that reads one document should not wait for rdflib."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from loaders.text import fold
from ontology import TD, VOCAB, sources

_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True)
class Concept:
    """One entry of a list: `labels` are all its Vietnamese names, the preferred one first; `codes` its abbreviations."""

    iri: str
    scheme: str
    slug: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    rank: int | None = None

    @property
    def label(self) -> str:
        return self.labels[0]


def concept_iri(scheme: str, slug: str) -> str:
    """
    >>> concept_iri("verdict", "expired")
    'https://w3id.org/thidua/vocab/verdict/expired'
    """
    return f"{VOCAB}{scheme}/{slug}"


@cache
def scheme(name: str) -> dict[str, Concept]:
    """The concepts of one scheme by slug, in the order of its file.

    >>> scheme("verdict")["expired"].label
    'hết hiệu lực'
    """
    source = next(file for file in sources("vocab") if file.name == f"{name}.ttl")
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
            if (triple.object.language or "vi") == "vi":
                values[triple.subject.value][triple.predicate.value].append(triple.object.value)
    prefix = f"{VOCAB}{name}/"
    return {
        iri.removeprefix(prefix): _concept(name, iri, said) for iri, said in values.items() if iri.startswith(prefix)
    }


def _concept(name: str, iri: str, said: dict[str, list[str]]) -> Concept:
    labels = [*said[f"{_SKOS}prefLabel"], *said[f"{_SKOS}altLabel"], *said[f"{_SKOS}hiddenLabel"]]
    codes = [*said[f"{_SKOS}notation"], *said[f"{TD}numberCode"]]
    rank = said[str(TD.rank)]
    return Concept(
        iri=iri,
        scheme=name,
        slug=iri.removeprefix(f"{VOCAB}{name}/"),
        labels=tuple(labels),
        codes=tuple(dict.fromkeys(codes)),
        rank=int(rank[0]) if rank else None,
    )


def find(name: str, words: str) -> Concept | None:
    """The concept of a scheme that bears exactly these words as a label, marks and case aside.

    >>> find("document-type", "KẾ HOẠCH").slug
    'ke-hoach'
    """
    folded = fold(" ".join(words.split()))
    return next((c for c in scheme(name).values() if folded in map(fold, c.labels)), None)
