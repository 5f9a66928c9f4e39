"""What documents say of validity: the clauses behind a verdict, what a sentence does, and which clauses disagree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loaders.vocabulary import scheme
from ontology import OA, TD
from queryapi.said import Said, objects, said
from queryapi.store import Store
from queryapi.store.terms import Iri, Rows

SOURCES_DIFFER = "các nguồn nói khác nhau"
"""How the reason of a verdict begins that is open because sources contradict each other."""

_SOURCE = "http://purl.org/dc/terms/source"
_VIA = "SELECT ?citation ?clause { VALUES ?citation { %s } ?clause <%s> ?citation }"
_AGAINST = "SELECT ?about ?clause ?other { VALUES ?about { %s } ?clause <%s> ?about ; <%s> ?other }"
_CLAUSE = (
    *(TD.inDocument, OA.exact, TD.effect, TD.effectiveOn, TD.effectUntil, TD.ofProvision, TD.claimsAbout),
    *(TD.about, TD.property, TD.byArticle, TD.confidence, _SOURCE, TD.validFrom, TD.validBefore),
)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause on validity: its words in `document`, or a fact of the register (`document` None) with its source.

    `effect` is a slug; `day` the first day of the new state, `until` the first day after a suspension. `confidence`
    and `source` are those of the fact.
    """

    iri: str
    document: str | None
    about: str | None
    effect: str
    effect_label: str
    day: str | None
    until: str | None
    provisions: tuple[str, ...]
    words: str
    source: str | None = None
    confidence: str | None = None

    @property
    def vouched(self) -> str:
        """How sure the register is and where it has it from: "V, https://…"; "" for a clause of a document."""
        return "" if self.document else ", ".join(filter(None, (self.confidence, self.source)))


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two clauses on one document that cannot both hold."""

    about: str
    clause: Clause
    other: Clause


class Retold:
    """What has been told once is not told again: `again(name)` is True from the second time on."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def again(self, name: str) -> bool:
        if name in self._told:
            return True
        self._told.add(name)
        return False


def clauses_by_citation(store: Store, citations: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each citation the clauses it is part of, and those its verdict rests on."""
    wanted = list(citations)
    does, decided = defaultdict(list), defaultdict(list)
    if wanted:
        query = _VIA % (" ".join(Iri(iri).n3() for iri in wanted), TD.viaCitation)
        rows = store.query(query)
        for citation, clause in rows.rows if isinstance(rows, Rows) else ():
            does[str(citation)].append(str(clause))
        for citation_iri, clause_iri in objects(store, wanted, TD.decidedByClaim):
            decided[citation_iri].append(clause_iri)
    return ({c: sorted(found) for c, found in does.items()}, {c: sorted(found) for c, found in decided.items()})


def read_clauses(store: Store, clauses: Iterable[str]) -> dict[str, Clause]:
    """The clauses of these names; facts of the register are among them."""
    names = sorted(set(clauses))
    facts = said(store, names, _CLAUSE)
    bounds = said(store, {a for n in names if (a := facts.one(n, TD.about))}, (TD.validFrom, TD.validBefore))
    return {name: _clause(name, facts, bounds) for name in names if name in facts}


def conflicts(store: Store, documents: Iterable[str]) -> tuple[Conflict, ...]:
    """The clauses on these documents that contradict another clause or the register, each pair once."""
    names = " ".join(Iri(iri).n3() for iri in sorted(documents))
    found = store.query(_AGAINST % (names, TD.claimsAbout, TD.contradicts))
    pairs: dict[tuple[str, str], str] = {}
    for about, clause, other in found.rows if isinstance(found, Rows) else ():
        one, two = sorted((str(clause), str(other)))
        pairs[one, two] = str(about)
    read: Mapping[str, Clause] = read_clauses(store, {name for pair in pairs for name in pair})
    told = ((about, read.get(one), read.get(two)) for (one, two), about in sorted(pairs.items()))
    every = [Conflict(about=about, clause=one, other=two) for about, one, two in told if one and two]
    return tuple(_each_once(every))


def differing(against: Iterable[Conflict], about: str) -> tuple[Clause, ...]:
    """Every side of the contradictions on one document: of each who says so, each day once."""
    sides = (side for pair in against if pair.about == about for side in (pair.clause, pair.other))
    return tuple({_side(side): side for side in sides}.values())


def _each_once(pairs: Iterable[Conflict]) -> Iterable[Conflict]:
    """A document that says the same day in two articles contradicts another once, by the article that says more."""
    best: dict[tuple[object, ...], Conflict] = {}
    for pair in pairs:
        key = (pair.about, *sorted(map(_side, (pair.clause, pair.other)), key=str))
        there = best.get(key)
        if there is None or _length(pair) > _length(there):
            best[key] = pair
    return best.values()


def _side(clause: Clause) -> tuple[object, ...]:
    """Who says which day of which end of a validity."""
    starts = clause.effect in ("enters-into-force", "validFrom")
    return (clause.document or "", clause.day or "", clause.provisions, starts)


def _length(pair: Conflict) -> int:
    return len(pair.clause.words) + len(pair.other.words)


def _clause(name: str, facts: Said, bounds: Said) -> Clause:
    effect = facts.slug(name, TD.effect) or ""
    known = scheme("effect").get(effect)
    grade = facts.slug(name, TD.confidence) or ""
    about = facts.one(name, TD.claimsAbout) or facts.one(name, TD.about)
    property_ = (facts.one(name, TD.property) or "").rpartition("#")[2]
    labels = {"validFrom": "bắt đầu có hiệu lực", "validBefore": "hết hiệu lực"}
    bound = bounds.one(about, TD[property_]) if property_ else None
    return Clause(
        iri=name,
        document=facts.one(name, TD.inDocument),
        about=about,
        effect=effect or property_,
        effect_label=known.label if known else labels.get(property_, property_),
        day=facts.one(name, TD.effectiveOn) or bound,
        until=facts.one(name, TD.effectUntil),
        provisions=tuple(str(term) for term in facts.all(name, TD.ofProvision)),
        words=" ".join((facts.one(name, OA.exact) or facts.one(name, TD.byArticle) or "").split()),
        source=facts.one(name, _SOURCE),
        confidence=f"{grade[:1].upper()}{grade[1:]}" or None,
    )
