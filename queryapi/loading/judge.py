"""The judgement of a citation in the store, and what of it is kept as properties of the citation."""

from collections.abc import Iterator

from loaders.law.judgement import Cited, Judgement
from loaders.law.judgement import judge as judge_cited
from loaders.law.register import Register
from loaders.law.verdict import Interval
from loaders.vocabulary import concept_iri
from ontology import ELI
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import XSD, Iri, Literal, Term


def judge(document: GraphDocument, citation: str, register: Register) -> Judgement:
    """The judgement of one citation on the day of its document."""
    movement = document.iri_of(document.iri, "launches")
    cited = Cited(
        iri=document.iri_of(citation, "cites"),
        type=(document.iri_of(citation, "citedType") or "").rpartition("/")[2] or None,
        number=document.text(citation, "citedNumber"),
        name=document.text(citation, "citedName") or document.text(citation, "citedTitle"),
        issued=document.text(citation, "citedDate"),
        pinpoint=document.text(citation, "pinpoint"),
    )
    return judge_cited(cited, issued_on(document), document.text(movement, "periodUntil") if movement else None)


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
