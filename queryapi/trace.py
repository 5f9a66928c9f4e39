"""The chain of citations of a document: what it rests on, what that rests on, and who relies on it in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.text import fold
from ontology import ELI, TD
from queryapi.documents import Known, find_reference
from queryapi.sentences import sentence_at
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows, Term

NOT_HELD = "chưa có trong kho"
_PREFIXES = f"""PREFIX td: <{TD}> PREFIX eli: <{ELI}> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> """
_CITATIONS = """
SELECT ?from ?to ?citation ?words ?start ?end ?relation ?relationLabel ?verdict ?verdictLabel ?expiredOn
  ?replacedByNumber ?pinpoint ?type ?number ?name ?issuer ?date {
  { %s ?citation td:cites ?to MINUS { ?citation td:resolvedByDate ?law } }
  UNION { %s ?citation td:resolvedByDate ?to }
  ?citation td:inDocument ?from ; oa:exact ?words ; td:start ?start ; td:end ?end .
  OPTIONAL { ?citation td:relation ?relation
    OPTIONAL { ?relation skos:prefLabel ?relationLabel FILTER(LANG(?relationLabel) = "vi") } }
  OPTIONAL { ?citation td:verdict ?verdict
    OPTIONAL { ?verdict skos:prefLabel ?verdictLabel FILTER(LANG(?verdictLabel) = "vi") } }
  OPTIONAL { ?citation td:expiredOn ?expiredOn }
  OPTIONAL { ?citation td:replacedByNumber ?replacedByNumber }
  OPTIONAL { ?citation td:pinpoint ?pinpoint }
  OPTIONAL { ?citation td:citedType/skos:prefLabel ?type FILTER(LANG(?type) = "vi") }
  OPTIONAL { ?citation td:citedNumber ?number }
  OPTIONAL { ?citation td:citedName ?name }
  OPTIONAL { ?citation td:citedIssuerLabel ?issuer }
  OPTIONAL { ?citation td:citedDate ?date }
}"""
_DETAILS = """
SELECT ?from ?to { VALUES %s { %s } ?from td:details ?to . ?from a td:LegalInstrument . ?to a td:LegalInstrument }"""
_NAMES = """
SELECT ?iri ?number ?issuer ?title ?source ?type {
  VALUES ?iri { %s }
  OPTIONAL { ?iri td:sourceName ?source }
  OPTIONAL { ?iri eli:number ?number }
  OPTIONAL { ?iri td:issuerLabel ?issuer }
  OPTIONAL { ?iri dcterms:title ?title }
  OPTIONAL { ?iri eli:type_document/skos:prefLabel ?type FILTER(LANG(?type) = "vi") }
}"""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One place where the link is made: its words, and how the cited document stood on that day.

    `words` are the citation alone, `sentence` what stands around it where the store has the text.
    """

    citation: str
    words: str
    sentence: str
    start: int
    end: int
    relation: str
    relation_label: str
    verdict: str | None = None
    verdict_label: str | None = None
    expired_on: str | None = None
    replaced_by: str | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, kw_only=True)
class Node:
    """A document in the chain. `state` is held (read), registered (known to the law register) or not-held."""

    iri: str
    name: str
    title: str | None
    state: str

    @property
    def note(self) -> str:
        """What to say beside its name: "chưa có trong kho" where the chain ends for want of the document."""
        return NOT_HELD if self.state == "not-held" else ""


@dataclass(frozen=True, kw_only=True)
class Hop:
    """A step: `source` rests on `target`. `again` marks a document the chain has already come through."""

    direction: str
    depth: int
    source: Node
    target: Node
    sentences: tuple[Sentence, ...]
    again: bool = False

    @property
    def relation(self) -> str:
        """How the source relates to the target; a link of the law register has no sentence."""
        return ", ".join(dict.fromkeys(s.relation_label for s in self.sentences)) or "quy định chi tiết"

    @property
    def reached(self) -> Node:
        """The end of the step that is farther from the start."""
        return self.target if self.direction == "up" else self.source


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The chain, nearest hops first."""

    start: Node
    hops: tuple[Hop, ...]


def trace(
    store: Store, words: str, *, up: bool = True, down: bool = True, depth: int = 10, relations: Iterable[str] = ()
) -> Trace:
    """The chain of the document meant by `words`; it may be one that others only cite ("91/2017/NĐ-CP").

    `relations` (slugs: can-cu, thuc-hien …) keeps to these kinds of citation; without it every citation is a hop.
    """
    start = find_reference(store, words)
    kept = {f"/{slug}" for slug in relations}
    steps: list[tuple[str, int, str, str, tuple[Sentence, ...], bool]] = []
    described: dict[str, dict[str, str]] = {}
    for direction, wanted in (("up", up), ("down", down)):
        if wanted:
            steps += _walk(store, start, direction, depth, kept, described)
    nodes = _nodes(store, {start, *(iri for step in steps for iri in step[2:4])}, described)
    hops = tuple(
        Hop(direction=d, depth=n, source=nodes[a], target=nodes[b], sentences=said, again=again)
        for d, n, a, b, said, again in steps
    )
    return Trace(start=nodes[start], hops=hops)


def _walk(
    store: Store, start: str, direction: str, depth: int, kept: set[str], described: dict[str, dict[str, str]]
) -> Iterator[tuple[str, int, str, str, tuple[Sentence, ...], bool]]:
    """Breadth first; every link once, nothing behind a document already met."""
    seen, edge = {start}, [start]
    for level in range(1, depth + 1):
        if not edge:
            return
        links = _links(store, edge, direction, kept, described)
        edge = []
        for (source, target), sentences in links.items():
            reached = target if direction == "up" else source
            again = reached in seen
            yield direction, level, source, target, tuple(sentences), again
            if not again:
                seen.add(reached)
                edge.append(reached)


def _links(
    store: Store, edge: list[str], direction: str, kept: set[str], described: dict[str, dict[str, str]]
) -> dict[tuple[str, str], list[Sentence]]:
    names = " ".join(Iri(iri).n3() for iri in edge)
    bound = (
        f"VALUES ?from {{ {names} }} ?from td:hasCitation ?citation ."
        if direction == "up"
        else f"VALUES ?to {{ {names} }}"
    )
    links: dict[tuple[str, str], list[Sentence]] = {}
    texts: dict[str, str | None] = {}
    for row in _records(store, _CITATIONS % (bound, bound)):
        relation = row.get("relation", "")
        if row["from"] == row["to"] or (kept and not any(relation.endswith(slug) for slug in kept)):
            continue
        if row["from"] not in texts:
            texts[row["from"]] = store.text(row["from"])
        links.setdefault((row["from"], row["to"]), []).append(_sentence(row, texts[row["from"]]))
        said = described.setdefault(row["to"], {})
        for key in ("type", "number", "name", "issuer", "date"):
            if key in row:
                said.setdefault(key, row[key])
    ordered = dict(
        sorted(
            links.items(),
            key=lambda link: (
                edge.index(link[0][0]) if direction == "up" else 0,
                min(s.start for s in link[1]),
                link[0],
            ),
        )
    )
    for sentences in ordered.values():
        sentences.sort(key=lambda s: s.start)
    if not kept:
        variable = "?from" if direction == "up" else "?to"
        for row in _records(store, _DETAILS % (variable, names)):
            ordered.setdefault((row["from"], row["to"]), [])
    return ordered


def _sentence(row: dict[str, str], text: str | None) -> Sentence:
    words = " ".join(row["words"].split())
    return Sentence(
        citation=row["citation"],
        words=words,
        sentence=sentence_at(text, int(row["start"]), int(row["end"])) if text else words,
        start=int(row["start"]),
        end=int(row["end"]),
        relation=row.get("relation", "").rpartition("/")[2],
        relation_label=row.get("relationLabel", ""),
        verdict=row["verdict"].rpartition("/")[2] if "verdict" in row else None,
        verdict_label=row.get("verdictLabel"),
        expired_on=row.get("expiredOn"),
        replaced_by=row.get("replacedByNumber"),
        pinpoint=row.get("pinpoint"),
    )


def _nodes(store: Store, iris: set[str], described: dict[str, dict[str, str]]) -> dict[str, Node]:
    known: dict[str, dict[str, str]] = {}
    for row in _records(store, _NAMES % " ".join(Iri(iri).n3() for iri in sorted(iris))):
        known.setdefault(row["iri"], row)
    return {iri: _node(iri, known.get(iri, {}), described.get(iri, {})) for iri in iris}


def _node(iri: str, known: dict[str, str], cited: dict[str, str]) -> Node:
    if "source" in known:
        held = Known(
            iri=iri, source=known["source"], words="", number=known.get("number"), issuer=known.get("issuer"),
            title=known.get("title"),
        )  # fmt: skip
        return Node(iri=iri, name=held.name, title=held.title, state="held")
    if "number" in known or "title" in known:
        name = " ".join(filter(None, (known.get("type"), known.get("number") or known.get("title"))))
        return Node(iri=iri, name=name, title=known.get("title"), state="registered")
    called = cited.get("number") or cited.get("name") or ""
    type_ = cited.get("type") or ""
    # "Đề án 06" is of the type "đề án" and says so itself.
    said = ["" if type_ and fold(called).startswith(f"{fold(type_)} ") else type_, called, cited.get("issuer")]
    name = " ".join(filter(None, said)) or iri
    if "date" in cited:
        name += f" ({cited['date']})"
    return Node(iri=iri, name=name[:1].upper() + name[1:], title=None, state="not-held")


def _records(store: Store, query: str) -> list[dict[str, str]]:
    found = store.query(_PREFIXES + query)
    rows: list[dict[str, Term]] = found.records() if isinstance(found, Rows) else []
    return [{name: str(term) for name, term in row.items()} for row in rows]
