"""Findings as triples: the only writer of document graphs.

One named graph per document, every subject the document's own IRI or a part of it, no blank node, no clock: the same
file always gives the same quads. A part is named by its kind and place (`#criterion-4711`) and carries `td:start`,
`td:end` (code points of the NFC text) and `oa:exact`; exports expand that to `oa:Annotation` with both selectors.
"""

from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import pyoxigraph as ox

from loaders import findings as f
from loaders.corrections.statement import statement
from loaders.names import graph_iri, part_iri
from loaders.rdfterms import OPERATORS, PREFIXES, RELATIONS, concept, day, decimal, named, term
from loaders.vocabulary import find, scheme
from ontology import ELI, OA, TD

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TITLE = "http://purl.org/dc/terms/title"


def reader_version() -> str:
    """The version of the reader, which is part of every document graph: another reader may find other things."""
    try:
        return version("thidua")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


def quads(findings: f.Findings, text: str) -> list[ox.Quad]:
    """The document's graph and its text graph, in no particular order.

    Raises nothing: what is absent is left out, never written as an empty value.
    """
    writer = _Writer(findings)
    document = ox.NamedNode(findings.document.iri)
    text_graph = ox.NamedNode(graph_iri("text", findings.document.iri))
    return [*writer.document(), ox.Quad(document, ox.NamedNode(TD.text), ox.Literal(text), text_graph)]


def serialise(findings: f.Findings, text: str, format: ox.RdfFormat) -> bytes:
    """The document graph for people and tools: sorted N-Quads, or Turtle with our prefixes."""
    own = quads(findings, text)
    if format == ox.RdfFormat.N_QUADS:
        lines = sorted(f"{quad} .\n" for quad in own)
        return "".join(lines).encode()
    graph = ox.NamedNode(graph_iri("doc", findings.document.iri))
    triples = sorted((q.triple for q in own if q.graph_name == graph), key=str)
    return ox.serialize(triples, format=format, prefixes=PREFIXES) or b""


class _Writer:
    """Writes one document's graph; `parts` keeps two parts of one kind at one place apart (`#quota-512-2`)."""

    def __init__(self, findings: f.Findings) -> None:
        self.findings = findings
        self.iri = findings.document.iri
        self.graph = ox.NamedNode(graph_iri("doc", self.iri))
        self.parts: Counter[str] = Counter()

    def document(self) -> Iterator[ox.Quad]:
        doc, source, movement = self.findings.document, self.findings.source, self.findings.movement
        yield from self._type(self.iri, "EmulationPlan" if movement else "AdministrativeDocument")
        issuer = doc.issuer
        year = (movement.year if movement else None) or (int(doc.date[:4]) if doc.date else None)
        yield from self._values(
            self.iri,
            {
                str(ELI.type_document): doc.type and concept("document-type", doc.type),
                str(ELI.number): doc.number,
                str(ELI.date_document): day(doc.date),
                str(ELI.passed_by): issuer and named(issuer.iri),
                str(ELI.jurisdiction): issuer and named(issuer.unit),
                _TITLE: doc.title and ox.Literal(doc.title, language="vi"),
                "readableTitle": doc.readable,
                "readableConfidence": doc.readable_confidence and decimal(doc.readable_confidence),
                "numberAsPrinted": doc.number_as_printed,
                "notBefore": day(doc.not_before),
                "notAfter": day(doc.not_after),
                "issuerLabel": issuer and issuer.label,
                "level": issuer and issuer.level and concept("level", issuer.level),
                "place": doc.place,
                "launchedBy": doc.launched_by,
                "draftedBy": doc.drafted_by,
                "year": year,
                "sourceName": source.name,
                "sha256": source.sha256,
                "format": source.format,
                "textQuality": decimal(source.quality),
                "readOptically": source.ocr,
                "pages": source.pages,
                "readerVersion": reader_version(),
            },
        )
        values: dict[str, object]
        yield from self._attachments(doc)
        yield from self._signature(doc)
        for citation in self.findings.citations:
            yield from self._citation(citation)
        for effect in self.findings.effects:
            yield from self._effect(effect)
        for spoken in self.findings.references:
            values = {"referenceKind": concept("reference-kind", spoken.kind)}
            values["referenceType"] = spoken.type and concept("document-type", spoken.type)
            yield from self._part(self.iri, "hasReference", "Reference", "reference", spoken, values)
        for recipient in self.findings.recipients:
            yield from self._part(self.iri, "distributedTo", "Recipient", "recipient", recipient, {})
        for doubt in self.findings.doubts:
            yield from self._doubt(doubt)
        if movement:
            yield from self._movement(movement)
        for correction in self.findings.corrections:
            yield from self._correction(correction)

    def _attachments(self, doc: f.Document) -> Iterator[ox.Quad]:
        """What stands in one file with it: to whom it is attached and where it stands, and what is attached to it."""
        attached = [named(one.iri) for one in self.findings.attachments]
        values: dict[str, object]
        values = {"attachedTo": named(doc.attached_to), "hasAttachment": attached, "start": doc.start, "end": doc.end}
        values["knownAs"] = doc.known_as
        yield from self._values(self.iri, values)

    def _signature(self, doc: f.Document) -> Iterator[ox.Quad]:
        if doc.signer or doc.signer_role or doc.signed_for:
            signature = f"{self.iri}#signature"
            yield from self._values(self.iri, {"hasSignature": named(signature)})
            yield from self._type(signature, "Signature")
            yield from self._values(
                signature,
                {
                    "inDocument": named(self.iri),
                    "signerName": doc.signer,
                    "signerRole": doc.signer_role,
                    "signedFor": doc.signed_for,
                },
            )

    def _citation(self, citation: f.Citation) -> Iterator[ox.Quad]:
        yield from self._part(
            self.iri,
            "hasCitation",
            "Citation",
            "citation",
            citation,
            {
                "cites": named(citation.iri),
                "relation": concept("relation", RELATIONS[citation.relation]),
                "citedType": citation.type and concept("document-type", citation.type),
                "citedNumber": citation.number,
                "numberAsPrinted": citation.number_as_printed,
                "citedName": citation.name,
                "citedDate": day(citation.date),
                "citedIssuer": named(citation.issuer_iri),
                "citedIssuerLabel": citation.issuer,
                "citedTitle": citation.title,
                "pinpoint": citation.pinpoint,
                "followed": citation.followed or None,
                "section": citation.section,
                "repaired": citation.repaired,
            },
        )

    def _effect(self, effect: f.Effect) -> Iterator[ox.Quad]:
        cited = [c for c in self.findings.citations if (c.start, c.iri) == (effect.via, effect.about)]
        values: dict[str, object] = {
            "effect": concept("effect", effect.kind),
            "claimsAbout": named(effect.about),
            "ofProvision": list(effect.provisions),
            "effectiveOn": day(effect.effective_on),
            "effectUntil": day(effect.until),
            "effectRule": effect.rule and concept("effect-rule", effect.rule),
            "effectDays": effect.days,
            "viaCitation": named(part_iri(self.iri, "citation", cited[0].start)) if cited else None,
        }
        yield from self._part(self.iri, "hasEffect", "EffectClause", "effect", effect, values)

    def _doubt(self, doubt: f.Doubt) -> Iterator[ox.Quad]:
        iri = self._name(f"doubt-{doubt.code}", doubt.start or 0)
        yield from self._values(self.iri, {"hasDoubt": named(iri)})
        yield from self._type(iri, "Doubt")
        yield from self._values(
            iri,
            {
                "inDocument": named(self.iri),
                "code": doubt.code,
                "message": ox.Literal(doubt.message, language="vi"),
                "start": doubt.start,
                "end": doubt.end,
            },
        )

    def _correction(self, said: f.Correction) -> Iterator[ox.Quad]:
        """A person's word on one thing, beside the fact it made."""
        iri = self._name("correction", said.start or 0)
        yield from self._values(self.iri, {"hasCorrection": named(iri)})
        yield from self._type(iri, "Correction")
        yield from self._values(iri, {"inDocument": named(self.iri), **statement(said, self.iri)})

    def _movement(self, movement: f.Movement) -> Iterator[ox.Quad]:
        iri = f"{self.iri}#movement"
        yield from self._values(self.iri, {"launches": named(iri)})
        yield from self._type(iri, "EmulationMovement")
        yield from self._values(
            iri,
            {
                "inDocument": named(self.iri),
                "movementName": movement.name,
                "readableName": movement.readable,
                "readableConfidence": movement.readable_confidence and decimal(movement.readable_confidence),
                "periodFrom": day(movement.from_),
                "periodUntil": day(movement.until),
                "boundary": movement.boundary and concept("boundary", movement.boundary),
                "year": movement.year,
                "start": movement.start,
                "end": movement.end,
                str(OA.exact): movement.text,
            },
        )
        found = self.findings
        for target in found.targets:
            values: dict[str, object] = {"recipientKind": concept("recipient-kind", target.kind)}
            yield from self._part(iri, "hasTarget", "Target", "target", target, values)
        for content in found.contents:
            yield from self._content(iri, content)
        for criterion in found.criteria:
            yield from self._criterion(iri, criterion)
        for award in found.awards:
            yield from self._award(iri, award)
        for quota in found.quotas:
            yield from self._quota(iri, quota)
        for component in found.dossier:
            yield from self._component(iri, component)
        for deadline in found.deadlines:
            yield from self._deadline(iri, deadline)
        for responsibility in found.responsibilities:
            values = {"who": responsibility.who, "what": responsibility.what}
            yield from self._part(iri, "assigns", "Responsibility", "responsibility", responsibility, values)
        for step in found.procedure:
            yield from self._part(iri, "hasProcedureStep", "ProcedureStep", "step", step, {})
        for funding in found.funding:
            yield from self._part(iri, "hasFunding", "Funding", "funding", funding, {})

    def _content(self, movement: str, content: f.Content) -> Iterator[ox.Quad]:
        values: dict[str, object] = {
            "label": content.label,
            "recipientKind": content.kind and concept("recipient-kind", content.kind),
            "reformArea": [concept("reform-area", area) for area in content.areas],
            "due": day(content.due),
        }
        yield from self._part(movement, "hasContent", "Content", "content", content, values, content.threshold)

    def _criterion(self, movement: str, criterion: f.Criterion) -> Iterator[ox.Quad]:
        values: dict[str, object] = {
            "label": criterion.label,
            "recipientKind": concept("recipient-kind", criterion.kind),
            "polarity": concept("polarity", criterion.polarity),
            "forAward": criterion.award,
            "anyOf": criterion.any_of,
            "appliesTo": criterion.applies_to,
            "normalised": criterion.normalised,
            "readableConfidence": criterion.readable_confidence and decimal(criterion.readable_confidence),
            "points": None if criterion.points is None else decimal(criterion.points),
        }
        yield from self._part(
            movement, "hasCriterion", "Criterion", "criterion", criterion, values, criterion.threshold
        )

    def _award(self, movement: str, award: f.Award) -> Iterator[ox.Quad]:
        money = award.amount if award.amount and award.amount.currency != "luong-co-so" else None
        salaries = award.amount if award.amount and not money else None
        values: dict[str, object] = {
            "awardForm": concept(
                "emulation-title" if award.form in scheme("emulation-title") else "award-form", award.form
            ),
            "conferredByLabel": award.by,
            "rule": concept("rule", award.rule),
            "amount": money and int(money.value),
            "currency": money and money.currency,
            "multiple": salaries and decimal(salaries.value),
            "per": award.amount and award.amount.per,
        }
        yield from self._part(movement, "offersAward", "Award", "award", award, values)

    def _quota(self, movement: str, quota: f.Quota) -> Iterator[ox.Quad]:
        values: dict[str, object] = {
            "recipientKind": quota.kind and concept("recipient-kind", quota.kind),
            "maxCount": quota.count,
            "percent": None if quota.percent is None else decimal(quota.percent),
            "base": quota.base,
            "unit": quota.unit,
            "rule": concept("rule", quota.rule),
            "forAward": quota.award,
            "delegatedTo": quota.delegated_to,
        }
        yield from self._part(movement, "setsQuota", "Quota", "quota", quota, values)

    def _component(self, movement: str, component: f.DossierComponent) -> Iterator[ox.Quad]:
        form_of = next((c.iri for c in self.findings.citations if c.number and c.number == component.form_of), None)
        values: dict[str, object] = {
            "componentKind": concept("dossier-component", component.component),
            "form": component.form,
            "formOf": component.form_of,
            "formOfDocument": named(form_of),
            "rule": concept("rule", component.rule),
            "delegatedTo": component.delegated_to,
        }
        yield from self._part(movement, "requiresComponent", "DossierComponent", "component", component, values)

    def _deadline(self, movement: str, deadline: f.Deadline) -> Iterator[ox.Quad]:
        month, of_month = deadline.month_day.split("-") if deadline.month_day else (None, None)
        values: dict[str, object] = {
            "what": deadline.what,
            "boundary": concept("boundary", deadline.boundary),
            "date": day(deadline.date),
            "month": int(month) if month else None,
            "day": int(of_month) if of_month else deadline.day,
            "days": deadline.days,
            "workingDays": deadline.working or None,
            "relativeTo": deadline.relative_to,
            "recurrence": deadline.recurrence and concept("recurrence", deadline.recurrence),
            "yearOffset": deadline.year_offset,
            "fromWhom": deadline.from_,
            "toWhom": deadline.to,
            "through": deadline.via,
        }
        yield from self._part(movement, "setsDeadline", "Deadline", "deadline", deadline, values)

    def _threshold(self, owner: str, start: int, threshold: f.Threshold) -> Iterator[ox.Quad]:
        iri = self._name("threshold", start)
        level = find(threshold.scale, threshold.level) if threshold.scale and threshold.level else None
        yield from self._values(owner, {"hasThreshold": named(iri)})
        yield from self._type(iri, "Threshold")
        yield from self._values(
            iri,
            {
                "inDocument": named(self.iri),
                "measure": threshold.measure,
                "ofWhom": concept("of-whom", threshold.of),
                "operator": threshold.operator and concept("operator", OPERATORS[threshold.operator]),
                "thresholdValue": None if threshold.value is None else decimal(threshold.value),
                "unit": threshold.unit,
                "base": threshold.base,
                "thresholdLevel": threshold.level,
                "levelConcept": level and named(level.iri),
                "rank": level.rank if level else None,
                "scale": threshold.scale and concept("scale", threshold.scale),
                "yearOffset": threshold.year_offset,
                "relativeTo": threshold.relative_to,
            },
        )

    def _part(
        self,
        owner: str,
        link: str,
        class_: str,
        kind: str,
        span: f.Span,
        values: dict[str, object],
        threshold: f.Threshold | None = None,
    ) -> Iterator[ox.Quad]:
        iri = self._name(kind, span.start)
        yield from self._values(owner, {link: named(iri)})
        yield from self._type(iri, class_)
        place: dict[str, object] = {
            "inDocument": named(self.iri),
            "start": span.start,
            "end": span.end,
            str(OA.exact): span.text,
            "page": span.page,
            "box": span.box and " ".join(f"{side:.1f}" for side in span.box),
        }
        if span.confidence < 1 or span.grounds:
            place["readingConfidence"] = decimal(span.confidence)
            place["ground"] = [concept("confidence-ground", ground) for ground in span.grounds]
        yield from self._values(iri, {**place, **values})
        if threshold:
            yield from self._threshold(iri, span.start, threshold)

    def _name(self, kind: str, start: int) -> str:
        iri = part_iri(self.iri, kind, start)
        self.parts[iri] += 1
        return iri if self.parts[iri] == 1 else f"{iri}-{self.parts[iri]}"

    def _type(self, subject: str, class_: str) -> Iterator[ox.Quad]:
        yield ox.Quad(ox.NamedNode(subject), _TYPE, ox.NamedNode(TD[class_]), self.graph)

    def _values(self, subject: str, values: dict[str, object]) -> Iterator[ox.Quad]:
        """One triple per value that is there; a name without a scheme is ours."""
        for name, value in values.items():
            predicate = ox.NamedNode(name if ":" in name else TD[name])
            for one in value if isinstance(value, list) else [value]:
                if one is not None and one != "":
                    yield ox.Quad(ox.NamedNode(subject), predicate, term(one), self.graph)
