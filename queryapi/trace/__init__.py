"""The chain of citations of a document: what it rests on, what that rests on, and who relies on it in turn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.vocabulary import scheme
from ontology import OA, TD
from queryapi.documents import find_reference
from queryapi.said import Said, said
from queryapi.sentences import sentence_at
from queryapi.store import Store
from queryapi.trace.clauses import (
    SOURCES_DIFFER,
    Clause,
    Conflict,
    Retold,
    clauses_by_citation,
    conflicts,
    differing,
    read_clauses,
)
from queryapi.trace.links import Link, links_of
from queryapi.trace.nodes import NOT_HELD, Node, name_nodes

__all__ = ["NOT_HELD", "Clause", "Conflict", "Hop", "More", "Node", "Retold", "Sentence", "Trace", "trace"]

WIDEST = 200
"""Hops of one level that are shown unless more are asked for: thousands of plans cite one decree."""

_CITATION = (
    *(TD.inDocument, OA.exact, TD.start, TD.end, TD.relation, TD.verdict, TD.verdictReason, TD.expiredOn),
    *(TD.replacedByNumber, TD.pinpoint, TD.citedType, TD.citedNumber, TD.citedName, TD.citedIssuerLabel, TD.citedDate),
)
_CLAUSE = (TD.inDocument, OA.exact, TD.start, TD.end, TD.effect)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One place where the link is made: its words, and how the cited document stood on that day.

    `words` are the citation alone, `sentence` what stands around it where the store has the text. `effects` are what
    the sentence does to the cited document; `decided_by` the clauses of documents that the verdict rests on. Where the
    verdict is open because sources contradict each other, `differing` are all of them, the register among them.
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
    reason: str | None = None
    expired_on: str | None = None
    replaced_by: str | None = None
    pinpoint: str | None = None
    effects: tuple[Clause, ...] = ()
    decided_by: tuple[Clause, ...] = ()
    differing: tuple[Clause, ...] = ()

    @property
    def others(self) -> tuple[Clause, ...]:
        """The clauses the verdict rests on that are not this very sentence."""
        return tuple(clause for clause in self.decided_by if clause not in self.effects)


@dataclass(frozen=True, kw_only=True)
class Hop:
    """A step: `source` rests on `target`. `again` marks a document the chain has already come through.

    A step that only the law register knows has no sentence but `facts`: where it is written, and how sure that is.
    """

    direction: str
    depth: int
    source: Node
    target: Node
    sentences: tuple[Sentence, ...]
    again: bool = False
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def relation(self) -> str:
        """How the source relates to the target; a link of the law register has no sentence."""
        return ", ".join(dict.fromkeys(s.relation_label for s in self.sentences)) or "quy định chi tiết"

    @property
    def reached(self) -> Node:
        """The end of the step that is farther from the start."""
        return self.target if self.direction == "up" else self.source


@dataclass(frozen=True, kw_only=True)
class More:
    """Documents of one level that are not shown, nor what lies behind them."""

    direction: str
    depth: int
    documents: int


@dataclass(frozen=True, kw_only=True)
class Trace:
    """The chain, nearest hops first; `conflicts` are clauses on its documents that cannot both hold.

    `named` are the documents whose clauses are told, beside those of the hops.
    """

    start: Node
    hops: tuple[Hop, ...]
    more: tuple[More, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    named: tuple[Node, ...] = ()

    def name(self, iri: str | None) -> str:
        """What a document of the chain, or one whose clause is told, is called."""
        nodes = (self.start, *self.named, *(node for hop in self.hops for node in (hop.source, hop.target)))
        return next((node.name for node in nodes if node.iri == iri), iri or "")


@dataclass
class _Step:
    """A hop before anything is read of it."""

    direction: str
    depth: int
    link: Link
    again: bool


def trace(
    store: Store,
    words: str,
    *,
    up: bool = True,
    down: bool = True,
    depth: int = 10,
    relations: Iterable[str] = (),
    limit: int | None = WIDEST,
) -> Trace:
    """The chain of the document meant by `words`; it may be one that others only cite ("91/2017/NĐ-CP").

    `relations` (slugs: can-cu, thuc-hien …) keeps to these kinds of citation; without it every citation is a hop. Of
    each level at most `limit` hops are shown and followed; what is left is counted.
    """
    start = find_reference(store, words)
    steps: list[_Step] = []
    more: list[More] = []
    for direction, wanted in (("up", up), ("down", down)):
        if wanted:
            for level, left in _levels(store, start, direction, depth, tuple(relations), limit):
                steps += level
                if left:
                    more.append(More(direction=direction, depth=level[0].depth, documents=left))
    told = _Told(store, steps)
    shown = {start, *(iri for step in steps for iri in (step.link.source, step.link.target))}
    against = conflicts(store, shown)
    speaking = {c.document for c in told.clauses.values() if c.document}
    speaking |= {c.document for pair in against for c in (pair.clause, pair.other) if c.document}
    nodes = name_nodes(store, shown | speaking, told.called())
    hops = tuple(
        Hop(
            direction=step.direction,
            depth=step.depth,
            source=nodes[step.link.source],
            target=nodes[step.link.target],
            sentences=told.sentences(step.link, differing(against, step.link.target)),
            again=step.again,
            facts=tuple(step.link.facts),
        )
        for step in steps
    )
    named = tuple(nodes[iri] for iri in sorted(speaking - shown))
    return Trace(start=nodes[start], hops=hops, more=tuple(more), conflicts=against, named=named)


def _levels(
    store: Store, start: str, direction: str, depth: int, relations: Sequence[str], limit: int | None
) -> Iterator[tuple[list[_Step], int]]:
    """Breadth first; every link once, nothing behind a document already met. With each level, how many are left out."""
    seen, edge = {start}, [start]
    for level in range(1, depth + 1):
        links = links_of(store, edge, direction, relations) if edge else []
        if not links:
            return
        steps: list[_Step] = []
        edge = []
        for link in links[:limit]:
            reached = link.target if direction == "up" else link.source
            steps.append(_Step(direction, level, link, reached in seen))
            if reached not in seen:
                seen.add(reached)
                edge.append(reached)
        left = {link.target if direction == "up" else link.source for link in links[len(steps) :]} - seen
        yield steps, len(left)


class _Told:
    """What the citations of the hops say; the text of a document is read for its sentences, and once."""

    def __init__(self, store: Store, steps: Iterable[_Step]) -> None:
        self._store = store
        self._links = [step.link for step in steps]
        citations = [citation for link in self._links for _, citation in link.citations]
        self._facts: Said = said(store, citations, _CITATION)
        self._does, self._decided = clauses_by_citation(store, citations)
        spoken = [clause for link in self._links for clause in link.clauses]
        self._spoken: Said = said(store, spoken, _CLAUSE)
        behind = (clause for told in (self._does, self._decided) for found in told.values() for clause in found)
        self.clauses = read_clauses(store, [*behind, *spoken])
        self._texts: dict[str, str | None] = {}

    def called(self) -> dict[str, dict[str, str]]:
        """How the citations call what they cite, for documents that nobody holds."""
        found: dict[str, dict[str, str]] = {}
        names = {"number": TD.citedNumber, "name": TD.citedName, "issuer": TD.citedIssuerLabel, "date": TD.citedDate}
        for link in self._links:
            said_of = found.setdefault(link.target, {})
            for _, citation in link.citations:
                for key, name in names.items():
                    if value := self._facts.one(citation, name):
                        said_of.setdefault(key, value)
                if type_ := _label("document-type", self._facts.slug(citation, TD.citedType)):
                    said_of.setdefault("type", type_)
        return found

    def sentences(self, link: Link, sources: tuple[Clause, ...] = ()) -> tuple[Sentence, ...]:
        """The places of one link, in page order; `sources` contradict each other on the cited document."""
        found = [self._sentence(citation, sources) for _, citation in link.citations]
        found += [self._clause(clause) for clause in link.clauses]
        return tuple(sorted(found, key=lambda sentence: sentence.start))

    def _sentence(self, citation: str, sources: tuple[Clause, ...]) -> Sentence:
        facts = self._facts
        relation, verdict = facts.slug(citation, TD.relation) or "", facts.slug(citation, TD.verdict)
        reason = facts.one(citation, TD.verdictReason)
        does = self._read(self._does.get(citation, ()))
        words, sentence, start, end = self._words(citation, facts, does)
        sides = sources if verdict == "unknown" and SOURCES_DIFFER in (reason or "") else ()
        sides_said = {(side.document, side.day) for side in sides}
        decided = self._read(self._decided.get(citation, ()))
        return Sentence(
            citation=citation,
            words=words,
            sentence=sentence,
            start=start,
            end=end,
            relation=relation,
            # "hết hiệu lực kể từ ngày …" is no "bãi bỏ", though the citation is of that kind
            relation_label=", ".join(dict.fromkeys(c.effect_label for c in does)) or _label("relation", relation),
            verdict=verdict,
            verdict_label=_label("verdict", verdict) or None,
            reason=reason,
            expired_on=facts.one(citation, TD.expiredOn),
            replaced_by=facts.one(citation, TD.replacedByNumber),
            pinpoint=facts.one(citation, TD.pinpoint),
            effects=does,
            decided_by=tuple(c for c in decided if (c.document, c.day) not in sides_said),
            differing=sides,
        )

    def _clause(self, clause: str) -> Sentence:
        """A clause that names its document in words no citation was made of."""
        words, sentence, start, end = self._words(clause, self._spoken, self._read((clause,)))
        effect = self._spoken.slug(clause, TD.effect) or ""
        return Sentence(
            citation=clause,
            words=words,
            sentence=sentence,
            start=start,
            end=end,
            relation=effect,
            relation_label=_label("effect", effect),
            effects=self._read((clause,)),
        )

    def _read(self, clauses: Iterable[str]) -> tuple[Clause, ...]:
        return tuple(self.clauses[clause] for clause in clauses if clause in self.clauses)

    def _words(self, part: str, facts: Said, does: tuple[Clause, ...]) -> tuple[str, str, int, int]:
        """The words of a part, the sentence they stand in and their place; a clause is its own sentence."""
        words = " ".join((facts.one(part, OA.exact) or "").split())
        start, end = int(facts.one(part, TD.start) or 0), int(facts.one(part, TD.end) or 0)
        clauses = " […] ".join(dict.fromkeys(clause.words for clause in does if clause.words))
        if clauses:
            return words, clauses, start, end
        document = facts.one(part, TD.inDocument) or part.partition("#")[0]
        if document not in self._texts:
            self._texts[document] = self._store.text(document)
        text = self._texts[document]
        return words, sentence_at(text, start, end) if text else words, start, end


def _label(list_: str, slug: str | None) -> str:
    concept = scheme(list_).get(slug or "")
    return concept.label if concept else slug or ""
