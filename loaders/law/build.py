"""The register's entries as records."""

from collections.abc import Mapping
from typing import NamedTuple

from loaders.law.graph import RDF_TYPE, Entry, Snapshot
from loaders.law.provisions import Provision, provision
from loaders.law.records import Form, Instrument, LegalRule, PartialEnd, Relation, Suspension
from loaders.law.verdict import Bound, Origin
from ontology import BASE, ELI, TD

_TITLE = "http://purl.org/dc/terms/title"
SOURCE = "http://purl.org/dc/terms/source"
_ALSO = "http://www.w3.org/2004/02/skos/core#altLabel"
_NOTE = "http://www.w3.org/2004/02/skos/core#note"


class Records(NamedTuple):
    """All a register is made of."""

    checked_on: str
    instruments: dict[str, Instrument]
    forms: dict[str, Form]
    rules: dict[str, LegalRule]


def records(snapshot: Snapshot) -> Records:
    """Everything the register says of law, by IRI (a rule by its number)."""
    reader = _Reader(snapshot.entries)
    law = snapshot.entries[f"{BASE}graph/law"]
    rules = map(_rule, snapshot.of_type("LegalRule"))
    return Records(
        checked_on=law.one(TD.checkedOn) or "",
        instruments={e.iri: reader.instrument(e) for e in snapshot.of_type("LegalInstrument")},
        forms={e.iri: reader.form(e) for e in snapshot.of_type("ReportForm")},
        rules={rule.number: rule for rule in rules},
    )


def bound(fact: Entry, day: str | None) -> Bound:
    """One end of a validity with the fact that stands beside it."""
    origin: Origin = "own-register" if fact.one(TD.inOwnRegister) == "true" else "register"
    return Bound(
        date=day,
        confidence=fact.grade(),
        by_article=fact.one(TD.byArticle),
        source=fact.all(SOURCE),
        note=" ".join(fact.all(_NOTE)) or None,
        origin=origin,
    )


class _Reader:
    """The entries, and the fact beside each value: by (thing, property) or (thing, property, value)."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.facts: dict[tuple[str, ...], Entry] = {}
        for entry in entries.values():
            about, prop = entry.one(TD.about), entry.one(TD.property)
            if about and prop:
                self.facts[about, prop, *entry.all(TD.value)[:1]] = entry

    def instrument(self, entry: Entry) -> Instrument:
        return Instrument(
            iri=entry.iri,
            number=entry.must(ELI.number),
            type=entry.slug(ELI.type_document),
            title=entry.must(_TITLE),
            also_called=entry.all(_ALSO),
            issuer_label=entry.must(TD.issuerLabel),
            issued=entry.one(ELI.date_document),
            issue=self._end(entry, ELI.date_document),
            valid_from=self._end(entry, TD.validFrom),
            valid_before=self._end(entry, TD.validBefore),
            partly_expired=tuple(_partial_end(self.entries[iri]) for iri in entry.all(TD.partlyExpired)),
            suspended=tuple(_suspension(self.entries[iri]) for iri in entry.all(TD.suspended)),
            successors=self._relations(entry, TD.replacedBy),
            amendments=self._relations(entry, TD.amendedBy),
            amended_by=entry.all(TD.amendedBy),
            details=entry.all(TD.details),
            detailed=self._relations(entry, TD.details),
            frameworks=tuple(iri.rsplit("/", 1)[-1] for iri in entry.all(TD.inFramework)),
            is_local=entry.has(TD.appliesInProvince),
            is_party=f"{TD.PartyInstrument}" in entry.all(RDF_TYPE),
            notes=entry.all(_NOTE),
        )

    def _end(self, entry: Entry, predicate: object) -> Bound | None:
        fact = self.facts.get((entry.iri, str(predicate)))
        return bound(fact, entry.one(predicate)) if fact else None

    def _relations(self, entry: Entry, relation: object) -> tuple[Relation, ...]:
        return tuple(self._relation(entry.iri, relation, other) for other in entry.all(relation))

    def _relation(self, iri: str, relation: object, other: str) -> Relation:
        """Own knowledge where no fact says how sure it is."""
        fact = self.facts.get((iri, str(relation), other))
        if fact is None:
            return Relation(other, "K")
        words = fact.all(TD.ofProvision)
        return Relation(
            iri=other,
            confidence=fact.grade(),
            by_article=fact.one(TD.byArticle),
            source=fact.all(SOURCE),
            note=" ".join(fact.all(_NOTE)) or None,
            words=words,
            provisions=_provisions(words),
        )

    def form(self, entry: Entry) -> Form:
        succession = self.entries.get(f"{entry.iri}#succeeded-by")
        return Form(
            iri=entry.iri,
            number=entry.must(TD.formNumber),
            document=entry.must(TD.formOfDocument),
            annex=entry.must(TD.annex),
            purpose=entry.must(TD.purpose),
            sure=entry.grade(),
            succeeded_by=entry.one(TD.succeededBy),
            succession=succession.grade() if succession else None,
        )


def _partial_end(entry: Entry) -> PartialEnd:
    words = entry.all(TD.ofProvision)
    return PartialEnd(bound(entry, entry.one(TD.validBefore)), _provisions(words), words, entry.one(TD.value))


def _suspension(entry: Entry) -> Suspension:
    words, until = entry.all(TD.ofProvision), entry.one(TD.validBefore)
    return Suspension(
        start=bound(entry, entry.one(TD.validFrom)),
        end=bound(entry, until) if until else None,
        provisions=_provisions(words),
        words=words,
        by=entry.one(TD.value),
    )


def _provisions(words: tuple[str, ...]) -> tuple[Provision, ...]:
    """Words that are no article ("phần về công chức") leave open which ones are meant."""
    found = [provision(one) for one in words]
    return () if None in found else tuple(one for one in found if one)


def _rule(entry: Entry) -> LegalRule:
    return LegalRule(
        number=entry.must(TD.ruleNumber),
        text=entry.must(TD.ruleText),
        reference=entry.one(TD.reference),
        topic=entry.one(TD.topic),
        confidence=entry.grade(),
        notes=entry.all(_NOTE),
    )
