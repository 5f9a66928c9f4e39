"""The judgement of a citation in the store, and what of it is kept as properties of the citation."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from loaders.days import last_day
from loaders.law.judgement import Cited, Judgement
from loaders.law.judgement import judge as judge_cited
from loaders.law.register import Register, name_key
from loaders.law.verdict import Interval
from loaders.vocabulary import concept_iri
from ontology import ELI
from queryapi.loading.claimgraph import Clause
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import XSD, Iri, Literal, Term

About = Callable[[str], Sequence[Clause]]
"""What documents say of the validity of one."""


@dataclass(frozen=True)
class Judged:
    """A judgement with the register it was made by, and the clauses of documents without which it would be another."""

    judgement: Judgement
    register: Register
    clauses: tuple[Clause, ...] = ()

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The names of the clauses the judgement rests on."""
        return tuple(clause.iri for clause in self.clauses if clause.iri)


def nothing_claimed(_: str) -> Sequence[Clause]:
    """No document says anything."""
    return ()


def judge(document: GraphDocument, citation: str, register: Register, about: About) -> Judged:
    """The judgement of one citation on the day of its document, by the register and what documents say.

    Only claims about what the citation names count, and about what took its place.
    """
    cited, day, until = cited_in(document, citation), issued_on(document), period_until(document)
    # What a number or a name means is asked of the register; a name of ours says it, where somebody speaks of it.
    meant = cited.iri if cited.iri and (register.by_iri(cited.iri) or about(cited.iri)) else None
    plain = None if meant else judge_cited(cited, day, until, register)
    if plain and plain.instrument:
        meant = plain.instrument.iri
    clauses = _relevant(cited, meant, register, about)
    known = register.joined(clause.claim for clause in clauses) if clauses else register
    if plain and known is register:
        return Judged(plain, register)
    judgement = judge_cited(cited, day, until, known)
    named = [clause for clause in clauses if clause.iri] if known is not register else []
    if not named or _told(plain or judge_cited(cited, day, until, register)) == _told(judgement):
        return Judged(judgement, known)
    deciding = []
    for clause in named:
        others = register.joined(c.claim for c in clauses if c != clause)
        if _told(judge_cited(cited, day, until, others)) != _told(judgement):
            deciding.append(clause)
    # two documents that say the same: without either one, the other still decides
    deciding = deciding or [c for c in named if judgement.instrument and c.claim.about == judgement.instrument.iri]
    return Judged(judgement, known, tuple(deciding))


def cited_in(document: GraphDocument, citation: str) -> Cited:
    """What the citation says of the document it means."""
    return Cited(
        iri=document.iri_of(citation, "cites"),
        type=(document.iri_of(citation, "citedType") or "").rpartition("/")[2] or None,
        number=document.text(citation, "citedNumber"),
        name=document.text(citation, "citedName") or document.text(citation, "citedTitle"),
        issued=document.text(citation, "citedDate"),
        pinpoint=document.text(citation, "pinpoint"),
    )


def facts(judgement: Judgement) -> Iterator[tuple[str, Term]]:
    """A judgement as properties of the citation."""
    verdict = judgement.verdict
    yield "verdict", Iri(concept_iri("verdict", verdict.code))
    if verdict.reason:
        yield "verdictReason", Literal(verdict.reason, language="vi")
    if judgement.since:
        yield "expiredOn", Literal(judgement.since, XSD + "date")
    if judgement.instrument:
        yield "expiredLater", Literal.of(verdict.expired_later)
    if judgement.replaced_by:
        yield "replacedBy", Iri(judgement.replaced_by[0].iri)
    if judgement.replaced_by_numbers:
        yield "replacedByNumber", Literal(judgement.replaced_by_numbers)
    if judgement.hint:
        yield "hint", Literal(judgement.hint.text, language="vi")


def issued_on(document: GraphDocument) -> str | Interval:
    """The day of a document, or the days between which it must lie."""
    day = document.text(document.iri, str(ELI.date_document))
    return day or Interval(document.text(document.iri, "notBefore"), document.text(document.iri, "notAfter"))


def period_until(document: GraphDocument) -> str | None:
    """The last day of the movement the document launches."""
    movement = document.iri_of(document.iri, "launches")
    until = document.text(movement, "periodUntil") if movement else None
    boundary = document.iri_of(movement, "boundary") if movement else None
    return last_day(until, (boundary or "").rpartition("/")[2]) if until else None


def targets(document: GraphDocument, register: Register) -> Iterator[str]:
    """What the claims of which will be asked for when the document's citations are judged, as far as that is known."""
    for citation in document.parts("hasCitation"):
        cited = document.iri_of(citation, "cites")
        if cited:
            yield cited
    yield from register.instruments


def _relevant(cited: Cited, meant: str | None, register: Register, about: About) -> tuple[Clause, ...]:
    """The claims about what is cited, and about what took its place by the register or by a claim."""
    waiting = {iri for iri in (cited.iri, meant) if iri}
    if cited.name and not cited.number:
        waiting |= {iri for iri, one in register.instruments.items() if about(iri) and _is_called(one, cited.name)}
    seen: set[str] = set()
    found: dict[Clause, None] = {}
    while waiting:
        iri = min(waiting)
        waiting.discard(iri)
        seen.add(iri)
        clauses = about(iri)
        found |= dict.fromkeys(clauses)
        waiting |= {c.claim.by for c in clauses if c.claim.effect == "replaces"} - seen
        known = register.by_iri(iri)
        waiting |= {successor.iri for successor in known.successors} - seen if known else set()
    return tuple(found)


def _is_called(instrument: object, name: str) -> bool:
    titles = (getattr(instrument, "title", ""), *getattr(instrument, "also_called", ()))
    return name_key(name)[0] in {name_key(title)[0] for title in titles}


def _told(judgement: Judgement) -> tuple[object, ...]:
    """What of a judgement anybody sees."""
    replaced = tuple(one.iri for one in judgement.replaced_by)
    return judgement.verdict, judgement.resolved, replaced, judgement.replaced_by_numbers, judgement.hint
