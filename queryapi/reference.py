"""The vocabulary as a reference: terms in the sections of the source, and lists; for pages and docs/ontology.md.

What is shown is what this program was built with; the data of a store is asked at `/ns` in Turtle or JSON-LD.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import RDFS, SKOS, Graph, Literal, Namespace, Node, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF

from ontology import BASE, TD, graph, sources

SDO = Namespace("https://schema.org/")
KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "datatype",
    OWL.AnnotationProperty: "annotation",
}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
_HEADING = re.compile(r"^# ---- (?P<en>[^|\n]+?)(?: \| (?P<vi>.+))?$|^td:(?P<name>\w+) a ")


@dataclass(frozen=True)
class Example:
    """One statement of the graph of the example plans."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A class or a property; names of others are IRIs, and so are ours."""

    iri: str
    name: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    scope: Mapping[str, str]
    sources: tuple[str, ...]
    parents: tuple[str, ...]
    children: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    disjoint: tuple[str, ...]
    matches: tuple[tuple[str, str], ...]
    deprecated: bool
    replaced_by: tuple[str, ...]
    example: Example | None


@dataclass(frozen=True)
class Section:
    """Terms that stand together in the source."""

    anchor: str
    titles: Mapping[str, str]
    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A concept of a list; `extra` is what else is said of it, in Vietnamese."""

    iri: str
    slug: str
    labels: Mapping[str, str]
    others: tuple[str, ...]
    definitions: Mapping[str, str]
    notation: str
    rank: int | None
    sources: tuple[str, ...]
    matches: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class List:
    """A controlled list: by rank where it is ordered, else by slug."""

    name: str
    titles: Mapping[str, str]
    definitions: Mapping[str, str]
    sources: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself."""

    version: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    license: str
    created: str
    modified: str
    creators: Mapping[str, str]


@cache
def header() -> Header:
    """The header of the ontology.

    >>> header().license
    'https://www.apache.org/licenses/LICENSE-2.0'
    """
    data, self = graph("ontology"), URIRef(BASE + "ns")

    def one(name: URIRef) -> str:
        return str(data.value(self, name) or "")

    return Header(
        version=one(OWL.versionInfo),
        titles=_spoken(data, self, DCTERMS.title),
        descriptions=_spoken(data, self, DCTERMS.description),
        license=one(DCTERMS.license),
        created=one(DCTERMS.created),
        modified=one(DCTERMS.modified),
        creators=_spoken(data, self, DCTERMS.creator),
    )


@cache
def sections() -> tuple[Section, ...]:
    """The terms as the source groups them; a section without terms is left out.

    >>> sections()[0].titles["vi"], sections()[0].terms[0].name
    ('Văn bản', 'OfficialDocument')
    """
    found: list[tuple[dict[str, str], list[str]]] = []
    for source in sources("ontology"):
        for line in source.read_text("utf-8").splitlines():
            heading = _HEADING.match(line)
            if heading and heading["en"]:
                found.append(({"en": heading["en"], "vi": heading["vi"] or heading["en"]}, []))
            elif heading and found and heading["name"] not in found[-1][1]:
                found[-1][1].append(heading["name"])
    return tuple(
        Section(_anchor(titles["en"]), titles, tuple(_term(TD[name]) for name in names))
        for titles, names in found
        if names
    )


@cache
def lists() -> tuple[List, ...]:
    """Every controlled list by its name.

    >>> [entry.slug for one in lists() if one.name == "polarity" for entry in one.entries]
    ['bar', 'merit']
    """
    data = graph("vocab")
    found = [_list(data, scheme) for scheme in data.subjects(RDF.type, SKOS.ConceptScheme)]
    return tuple(sorted(found, key=lambda one: one.name))


@cache
def examples() -> Mapping[str, Example]:
    """For a term one statement from the graph of the five plans; none for what only nominations or alerts use."""
    lines = (files("ontology") / "examples.tsv").read_text("utf-8").splitlines()
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return {term: Example(subject, predicate, value) for term, subject, predicate, value in rows}


def short(iri: str) -> str:
    """A name with its usual prefix.

    >>> short("http://data.europa.eu/eli/ontology#cites"), short("https://w3id.org/thidua/ns#Citation")
    ('eli:cites', 'td:Citation')
    """
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and re.fullmatch(r"[\w-]+", iri[len(base) :]):
            return f"{prefix}:{iri[len(base) :]}"
    return iri.removeprefix(BASE)


PREFIXES = {
    "td": str(TD),
    "cv": "http://data.europa.eu/m8g/",
    "dcterms": str(DCTERMS),
    "eli": "http://data.europa.eu/eli/ontology#",
    "jolux": "http://data.legilux.public.lu/resource/ontology/jolux#",
    "oa": "http://www.w3.org/ns/oa#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": str(OWL),
    "pplan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "rico": "https://www.ica.org/standards/RiC/ontology#",
    "skos": str(SKOS),
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _term(iri: URIRef) -> Term:
    data = graph("ontology")
    kind = next(word for of, word in KINDS.items() if (iri, RDF.type, of) in data)
    above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
    return Term(
        iri=str(iri),
        name=iri.removeprefix(TD),
        kind=kind,
        labels=_spoken(data, iri, RDFS.label),
        definitions=_spoken(data, iri, SKOS.definition),
        scope=_spoken(data, iri, SKOS.scopeNote),
        sources=_texts(data.objects(iri, DCTERMS.source)),
        parents=_names(data.objects(iri, above)),
        children=_names(data.subjects(above, iri)),
        domain=_names((*data.objects(iri, RDFS.domain), *data.objects(iri, SDO.domainIncludes))),
        range=_names((*data.objects(iri, RDFS.range), *data.objects(iri, SDO.rangeIncludes))),
        disjoint=_disjoint(data, iri),
        matches=_matches(data, iri),
        deprecated=(iri, OWL.deprecated, Literal(True)) in data,
        replaced_by=_names(data.objects(iri, DCTERMS.isReplacedBy)),
        example=examples().get(str(iri)),
    )


def _disjoint(data: Graph, iri: URIRef) -> tuple[str, ...]:
    found: set[Node] = {*data.objects(iri, OWL.disjointWith), *data.subjects(OWL.disjointWith, iri)}
    for group in data.subjects(RDF.type, OWL.AllDisjointClasses):
        members = [member for head in data.objects(group, OWL.members) for member in Collection(data, head)]
        if iri in members:
            found.update(member for member in members if member != iri)
    return _names(found)


def _list(data: Graph, scheme: Node) -> List:
    name = str(scheme).rsplit("/", 1)[1]
    entries = [_entry(data, concept) for concept in data.subjects(SKOS.inScheme, scheme)]
    return List(
        name,
        _spoken(data, scheme, DCTERMS.title),
        _spoken(data, scheme, SKOS.definition),
        _texts(data.objects(scheme, DCTERMS.source)),
        tuple(sorted(entries, key=lambda entry: (entry.rank is None, entry.rank or 0, entry.slug))),
    )


def _entry(data: Graph, concept: Node) -> Entry:
    rank = data.value(concept, TD["rank"])
    shown = {TD["rank"], TD.numberCode if (concept, SKOS.notation, None) in data else TD["rank"]}
    extra = [
        (_named(graph("ontology"), predicate, RDFS.label), _named(data, value, SKOS.prefLabel))
        for predicate, value in data.predicate_objects(concept)
        if str(predicate).startswith(str(TD)) and predicate not in shown
    ]
    return Entry(
        iri=str(concept),
        slug=str(concept).rsplit("/", 1)[1],
        labels=_spoken(data, concept, SKOS.prefLabel),
        others=_texts(data.objects(concept, SKOS.altLabel)),
        definitions=_spoken(data, concept, SKOS.definition),
        notation=", ".join(_texts(data.objects(concept, SKOS.notation))),
        rank=int(str(rank)) if rank is not None else None,
        sources=_texts(data.objects(concept, DCTERMS.source)),
        matches=_matches(data, concept),
        extra=tuple(sorted(extra)),
    )


def _named(data: Graph, node: Node, naming: URIRef) -> str:
    """A thing by its Vietnamese name; a text as it is."""
    return _spoken(data, node, naming).get("vi", short(str(node)) if isinstance(node, URIRef) else str(node))


def _matches(data: Graph, subject: Node) -> tuple[tuple[str, str], ...]:
    found = [(short(str(how)), str(to)) for how in MATCHES for to in sorted(map(str, data.objects(subject, how)))]
    return tuple(found)


def _spoken(data: Graph, subject: Node, predicate: URIRef) -> dict[str, str]:
    values = [value for value in data.objects(subject, predicate) if isinstance(value, Literal)]
    return {value.language or "": str(value) for value in sorted(values, key=str)}


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted({str(node) for node in nodes if isinstance(node, URIRef)}, key=short))


def _texts(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(map(str, nodes)))


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
