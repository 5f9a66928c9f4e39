"""A citation before the register: which instrument is meant, and how it stood on the day of the document."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.register import Instrument, register
from loaders.verdict import Interval, Verdict
from loaders.vocabulary import concept_iri
from ontology import ELI
from queryapi.graphdoc import GraphDocument
from queryapi.terms import XSD, Iri, Literal, Term


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the register says. `target` is the instrument meant, or the document cited if the register has none.

    `resolved` is there when the citation alone does not lead to the instrument: a law cited by its name means the one
    in force that day.
    """

    target: str | None
    resolved: str | None
    registered: bool
    number: str | None
    verdict: Verdict
    replaced_by: str | None = None
    replaced_by_number: str | None = None
    hint: str | None = None

    def facts(self) -> Iterator[tuple[str, Term]]:
        """The judgement as properties of the citation."""
        verdict = self.verdict
        yield "verdict", Iri(concept_iri("verdict", verdict.code))
        if verdict.reason:
            yield "verdictReason", Literal(verdict.reason, language="vi")
        if verdict.since and verdict.code == "expired":
            yield "expiredOn", Literal(verdict.since, XSD + "date")
        if self.registered:
            yield "expiredLater", Literal.of(verdict.expired_later)
        if self.replaced_by:
            yield "replacedBy", Iri(self.replaced_by)
        if self.replaced_by_number:
            yield "replacedByNumber", Literal(self.replaced_by_number)
        if self.hint:
            yield "hint", Literal(self.hint, language="vi")


def judge(document: GraphDocument, citation: str) -> Judgement:
    """The judgement of one citation on the day of its document."""
    day = issued_on(document)
    cited = document.iri_of(citation, "cites")
    instrument = _meant(document, citation, day)
    if instrument is None:
        return Judgement(
            target=cited, resolved=None, registered=False, number=None, verdict=register().judge(cited, day)
        )
    movement = document.iri_of(document.iri, "launches")
    until = document.text(movement, "periodUntil") if movement else None
    verdict = register().judge(instrument.iri, day, until)
    dead = verdict.code == "expired" or verdict.expired_later
    replaced_by, numbers = (*successors_of(instrument.iri), None, None)[:2] if dead else (None, None)
    pinpoint = document.text(citation, "pinpoint")
    hint = register().form_successor(pinpoint, instrument.iri, day) if pinpoint and verdict.code == "expired" else None
    return Judgement(
        target=instrument.iri,
        resolved=instrument.iri if instrument.iri != cited else None,
        registered=True,
        number=instrument.number,
        verdict=verdict,
        replaced_by=replaced_by,
        replaced_by_number=numbers,
        hint=hint.text if hint else None,
    )


def successors_of(iri: str) -> tuple[str, str] | tuple[()]:
    """The first of the instruments that replaced one, and the numbers of all; nothing when the register has none."""
    instrument = register().by_iri(iri)
    known = [register().by_iri(other) for other in sorted(instrument.replaced_by)] if instrument else []
    found = [successor for successor in known if successor]
    return (found[0].iri, ", ".join(successor.number for successor in found)) if found else ()


def issued_on(document: GraphDocument) -> str | Interval:
    """The day of a document, or the days between which it must lie."""
    day = document.text(document.iri, str(ELI.date_document))
    return day or Interval(document.text(document.iri, "notBefore"), document.text(document.iri, "notAfter"))


def _meant(document: GraphDocument, citation: str, day: str | Interval) -> Instrument | None:
    number, issued = document.text(citation, "citedNumber"), document.text(citation, "citedDate")
    name = document.text(citation, "citedName") or document.text(citation, "citedTitle")
    return register().meant(document.iri_of(citation, "cites"), number, name, issued, day)
