"""One document, from its bytes to its findings: the whole pipeline on one page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from loaders.administrative import admit
from loaders.attached import find_attached, recipients_of
from loaders.citations.doubts import find_citation_doubts
from loaders.citations.find import find_citations
from loaders.citations.references import find_references
from loaders.confidence import graded
from loaders.corrections.apply import BY_A_PERSON, Edits
from loaders.corrections.file import Corrections, read_corrections
from loaders.days import last_day
from loaders.effects.find import agreed, find_effects
from loaders.findings import Citation, Document, Doubt, Effect, Findings, Issuer, Source, spans_of
from loaders.formats import Progress, open_document
from loaders.header import Header, find_header
from loaders.law.judgement import Cited, standing
from loaders.law.register import Register, register
from loaders.law.verdict import Interval
from loaders.layout import placed
from loaders.names import UNKNOWN, document_iri, number_slug
from loaders.plan.awards import find_awards
from loaders.plan.contents import find_contents
from loaders.plan.criteria import find_criteria, find_criteria_doubts
from loaders.plan.deadlines import find_deadline_doubts, find_deadlines
from loaders.plan.dossier import find_dossier
from loaders.plan.funding import find_funding
from loaders.plan.movement import find_movement
from loaders.plan.quotas import find_quotas
from loaders.plan.responsibilities import find_procedure, find_responsibilities
from loaders.plan.targets import find_targets
from loaders.scanned import find_scan_doubts
from loaders.signature import Signature, find_signature
from loaders.structure.outline import find_structure_doubts, outline, section_at
from loaders.text import Text
from loaders.unseen import found_in, said_of_seen, without_unseen

__all__ = ["cite", "find", "read"]


def read(path: Path, *, progress: Progress | None = None) -> tuple[Text, Findings]:
    """The text of a file and everything found in it; `progress` is told of the pages.

    What a person corrected, in the file beside it, stands in the place of what was read. Raises LoadError for a file
    that is missing, empty, no text, or nothing like an administrative document, and for unusable corrections.
    """
    corrections = read_corrections(path)
    opened = open_document(path, progress=progress)
    text = opened.text
    pages = len(text.layout.pages) if text.layout else None
    source = Source(name=path.name, sha256=opened.sha256, format=opened.format, ocr=opened.ocr, pages=pages)
    seen = without_unseen(text)
    found = find(seen, source, corrections if seen is text else said_of_seen(corrections, text))
    found = replace(found, doubts=(*opened.doubts, *find_scan_doubts(seen, found), *found.doubts))
    admit(seen, found, path.name)
    return text, placed(found if seen is text else found_in(found, text), text.layout)


def find(text: Text, source: Source, corrections: Corrections | None = None) -> Findings:
    """Everything found in a text; plan parts only where a movement is launched or its awards are regulated."""
    edits = Edits(text, corrections)
    signature = edits.signature(find_signature(text))
    header = edits.header(find_header(text, signature))
    outlined = outline(text)
    movement = edits.movement(find_movement(text, outlined, header))
    issued = header.date or Interval(header.not_before, header.not_after)
    until = last_day(movement.until, movement.boundary) if movement and movement.until else None
    document = _document(text, header, signature, source.sha256)
    citations = edits.spans("citation", find_citations(text, header, partial(section_at, outlined)), header)
    effects = edits.spans("effect", find_effects(text, header, document.iri, outlined, citations, signature))
    attachments = find_attached(text, document, signature)
    found = Findings(
        source=replace(source, ocr=source.ocr or text.garbled, quality=text.quality),
        document=document,
        attachments=attachments,
        movement=movement,
        citations=_judged(_agreed(citations, effects), issued, until),
        references=find_references(text, citations),
        effects=effects,
        recipients=edits.spans("recipient", recipients_of(text, attachments)),
        doubts=_in_order(
            [
                *header.doubts,
                *find_citation_doubts(text, header, citations),
                *find_structure_doubts(text, outlined),
            ]
        ),
    )
    if movement is None:
        return graded(text, _corrected(_readable(text, found, header), edits))
    found = replace(
        found,
        targets=edits.spans("target", find_targets(text, outlined)),
        contents=edits.spans("content", find_contents(text, outlined)),
        criteria=edits.spans("criterion", find_criteria(text, outlined, header)),
        awards=edits.spans("award", find_awards(text, outlined)),
        quotas=edits.spans("quota", find_quotas(text, outlined)),
        dossier=edits.spans("dossier", find_dossier(text, outlined)),
        deadlines=edits.spans("deadline", find_deadlines(text, outlined, header)),
        responsibilities=edits.spans("responsibility", find_responsibilities(text, outlined)),
        procedure=edits.spans("procedure", find_procedure(text, outlined)),
        funding=edits.spans("funding", find_funding(text, outlined)),
        doubts=_in_order(
            [
                *found.doubts,
                *find_criteria_doubts(text, outlined, header),
                *find_deadline_doubts(text, outlined, header),
            ]
        ),
    )
    return graded(text, _corrected(_readable(text, found, header), edits))


def _readable(text: Text, found: Findings, header: Header) -> Findings:
    """A garbled text's labels beside what is printed; nothing is loaded for a healthy one."""
    if not text.garbled:
        return found
    from loaders.restore.attach import with_readable

    return with_readable(text, found, header.issuer.unit if header.issuer else None)


def _corrected(found: Findings, edits: Edits) -> Findings:
    """The findings with every statement of a person, and without the doubts that a person settled."""
    said = edits.corrections()
    if not said:
        return found
    return replace(found, corrections=said, doubts=_in_order(edits.settled(found.doubts, spans_of(found))))


def _agreed(citations: tuple[Citation, ...], effects: tuple[Effect, ...]) -> tuple[Citation, ...]:
    """The relation that effects say, but for a citation whose relation a person settled."""
    told = zip(agreed(citations, effects), citations, strict=True)
    return tuple(own if BY_A_PERSON in own.grounds else said for said, own in told)


def cite(text: Text, *, on: date | None, otherwise: date) -> tuple[Citation, ...]:
    """The citations in any text, judged on a day: `on`, else the text's own date, else `otherwise`."""
    signature = find_signature(text)
    header = find_header(text, signature)
    if not (header.type or header.number):  # "Ngày 1/7/2025, Nghị định …" in an article is no head: all of it is text
        header = replace(header, title=None, title_span=None, body_start=0)
    outlined = outline(text)
    own = header.date or (Interval(header.not_before, header.not_after) if header.not_before else None)
    day = on.isoformat() if on else own or otherwise.isoformat()
    found = find_citations(text, header, partial(section_at, outlined))
    effects = find_effects(text, header, _iri(header, text.sha256), outlined, found, signature)
    return _judged(agreed(found, effects), day, None)


def _document(text: Text, header: Header, signature: Signature | None, sha256: str) -> Document:
    issuer, label = header.issuer, header.issuer_label
    return Document(
        iri=_iri(header, sha256),
        type=header.type,
        number=header.number,
        number_as_printed=header.number_as_printed,
        date=header.date,
        not_before=header.not_before,
        not_after=header.not_after,
        place=header.place,
        issuer=Issuer(
            label=label or (issuer.label if issuer else ""),
            iri=issuer.iri if issuer else None,
            level=issuer.level if issuer else None,
            unit=issuer.unit.iri if issuer and issuer.unit else None,
        )
        if issuer or label
        else None,
        launched_by=header.launched_by,
        drafted_by=header.drafted_by,
        title=header.title,
        signer=signature.signer if signature else None,
        signer_role=signature.signer_role if signature else None,
        signed_for=signature.signed_for if signature else None,
    )


def _iri(header: Header, sha256: str) -> str:
    """Of the register the number stands in; what is blank takes the first 8 of the file's sha256."""
    mark = sha256[:8]
    return document_iri(
        header.issuer.authority if header.issuer else UNKNOWN + mark,
        header.type or "van-ban",
        str(header.year) if header.year else UNKNOWN + mark,
        number_slug(header.number) if header.number else f"khong-so-{mark}",
    )


def _judged(citations: tuple[Citation, ...], issued: str | Interval, until: str | None) -> tuple[Citation, ...]:
    """The citations with the register's verdicts; the files of the register are looked at once for a document."""
    if not citations:
        return ()
    known = register()
    return tuple([_with_verdict(citation, issued, until, known) for citation in citations])


def _with_verdict(citation: Citation, issued: str | Interval, until: str | None, register: Register) -> Citation:
    """The citation with its verdict, and what surely took the place of a basis that is dead or dies."""
    cited = Cited(
        iri=citation.iri,
        type=citation.type,
        number=citation.number,
        name=citation.name or citation.title,
        issued=citation.date,
        pinpoint=citation.pinpoint,
    )
    code, then, instrument = standing(cited, issued, until, register)
    meant = instrument.number if instrument and instrument.iri != citation.iri else None
    replaced_by = ", ".join(successor.number for successor in then) or None
    return replace(citation, verdict=code, replaced_by=replaced_by, resolved=meant)


def _in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """By place; what a wider doubt of the same kind says already is not said again."""
    reach: dict[str, int] = {}
    told = []
    for doubt in sorted(
        set(doubts), key=lambda doubt: (doubt.start or 0, -(doubt.end or 0), doubt.code, doubt.message)
    ):
        if reach.get(doubt.code, 0) <= (doubt.end or 0):
            told.append(doubt)
            reach[doubt.code] = doubt.end or 0
    return tuple(told)
