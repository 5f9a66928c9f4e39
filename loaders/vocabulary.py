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
    """One entry of a list: `labels` are its Vietnamese names, the preferred one first; `codes` its abbreviations."""

    iri: str
    scheme: str
    slug: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    rank: int | None = None
    label_en: str = ""

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

    >>> scheme("verdict")["expired"].label, scheme("verdict")["expired"].label_en
    ('hết hiệu lực', 'expired')
    """
    source = next(file for file in sources("vocab") if file.name == f"{name}.ttl")
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.Literal):
            name_of = triple.predicate.value + ("@en" if value.language == "en" else "")
            values[subject.value][name_of].append(value.value)
    prefix = f"{VOCAB}{name}/"
    concepts = (_concept(name, iri, said) for iri, said in values.items() if iri.startswith(prefix))
    return {concept.slug: concept for concept in concepts}


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
        label_en=next(iter(said[f"{_SKOS}prefLabel@en"]), ""),
    )


def find(name: str, words: str) -> Concept | None:
    """The concept of a scheme that bears exactly these words as a label, marks and case aside.

    >>> find("document-type", "KẾ HOẠCH").slug
    'ke-hoach'
    """
    folded = fold(" ".join(words.split()))
    return next((c for c in scheme(name).values() if folded in map(fold, c.labels)), None)
