"""The law register as plain records: instruments with dated facts, report forms, base salaries, rules of law."""

import re
from dataclasses import dataclass, field
from functools import cache

from loaders.lawgraph import RDF_TYPE, Entry, entries, of_type
from loaders.text import fold
from loaders.verdict import Bound, Confidence, Interval, Verdict, verdict
from loaders.vocabulary import scheme
from ontology import BASE, ELI, TD

__all__ = ["BaseSalary", "Bound", "Form", "FormHint", "Instrument", "LegalRule", "Register", "register"]

_TITLE = "http://purl.org/dc/terms/title"
_SOURCE = "http://purl.org/dc/terms/source"
_ALSO = "http://www.w3.org/2004/02/skos/core#altLabel"
_NOTE = "http://www.w3.org/2004/02/skos/core#note"
_IN_FORCE = ("in-force", "partly-expired")
_SAYS_HOW_SURE = {
    "V": ("", ""),
    "V-weak": (" (nguồn yếu, cần đối chiếu)", " (weak source, to be checked)"),
    "I": (" (suy luận, chưa kiểm chứng)", " (inferred, not verified)"),
    "K": (" (theo hiểu biết, chưa kiểm chứng)", " (own knowledge, not verified)"),
}


@dataclass(frozen=True)
class Instrument:
    """A law, decree, circular, regulation or Party document, with what is known of its life.

    `type` is a slug of the document types; `replaced_by`, `amended_by` and `details` are IRIs.
    """

    iri: str
    number: str
    type: str
    title: str
    issuer_label: str
    also_called: tuple[str, ...] = ()
    issued: str | None = None
    issue: Bound | None = None
    valid_from: Bound | None = None
    valid_before: Bound | None = None
    partly_expired: tuple[Bound, ...] = ()
    replaced_by: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    is_local: bool = False
    is_party: bool = False
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its type and number, as people call it: "Nghị định 91/2017/NĐ-CP"."""
        return f"{scheme('document-type')[self.type].label} {self.number}"


@dataclass(frozen=True)
class Form:
    """A form in a decree's annex. `sure` is how sure the number is, `succession` how sure the next form is."""

    iri: str
    number: str
    document: str
    annex: str
    purpose: str
    sure: Confidence
    succeeded_by: str | None = None
    succession: Confidence | None = None


@dataclass(frozen=True)
class FormHint:
    """The form that took over, in words that say how sure this is: a hint, never part of a verdict."""

    form: Form
    document: Instrument
    confidence: Confidence
    text: str
    text_en: str


@dataclass(frozen=True)
class BaseSalary:
    """The monthly sum that prizes multiply, from a day on."""

    amount: int
    currency: str
    bound: Bound
    valid_before: str | None
    document: str


@dataclass(frozen=True)
class LegalRule:
    """One rule of award law in words, with its article."""

    number: str
    text: str
    reference: str | None
    topic: str | None
    confidence: Confidence
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """What the project knows of the law, as checked on `checked_on`."""

    checked_on: str
    instruments: dict[str, Instrument]
    forms: dict[str, Form] = field(default_factory=dict)
    salaries: tuple[BaseSalary, ...] = ()
    rules: dict[str, LegalRule] = field(default_factory=dict)

    def by_iri(self, iri: str) -> Instrument | None:
        return self.instruments.get(iri)

    def by_number(self, number: str) -> Instrument | None:
        """The central instrument with this number; a local number alone names nothing, every province has one.

        >>> register().by_number("91/2017/ND-CP").iri[-27:]
        'chinh-phu/nghi-dinh/2017/91'
        >>> register().by_number("22/2024/QĐ-UBND")
        """
        wanted = _number_key(number)
        return next((i for i in self.instruments.values() if not i.is_local and _number_key(i.number) == wanted), None)

    def by_name(self, words: str, on: str | Interval | None, issued: str | None = None) -> Instrument | None:
        """The instrument of that title in force on the day (on every day of an interval); None unless just one is.

        Marks, capitals and punctuation make no difference; a year at the end ("năm 2022") is the year of issue. Where
        the day of issue is known it decides: the laws of 2005 and 2013 that amend the first one share a title.

        >>> register().by_name("Luật Thi đua, Khen thưởng", "2024-02-19").number
        '06/2022/QH15'
        >>> register().by_name("luật thi đua - khen thưởng", "2021-02-03").number
        '15/2003/QH11'
        >>> amending = "Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng"
        >>> register().by_name(amending, "2021-02-03", issued="2013-11-16").number
        '39/2013/QH13'
        """
        key, year = _name_key(words)
        called = [i for i in self.instruments.values() if key in {_name_key(t)[0] for t in (i.title, *i.also_called)}]
        if issued or year:
            called = [i for i in called if (i.issued or "").startswith(issued or year or "")]
            return called[0] if len(called) == 1 else None
        alive = [i for i in called if self.judge(i.iri, on).code in _IN_FORCE]
        return alive[0] if len(alive) == 1 else None

    def meant(
        self, iri: str | None, number: str | None, name: str | None, issued: str | None, on: str | Interval | None
    ) -> Instrument | None:
        """The instrument a citation means: by its IRI, else its number, else its name and day of issue, or on a day."""
        if iri and (known := self.by_iri(iri)):
            return known
        if number:
            return self.by_number(number)
        return self.by_name(name, on, issued) if name else None

    def judge(self, iri: str | None, cited_on: str | Interval | None, period_until: str | None = None) -> Verdict:
        """The verdict of a citation of `iri`; what the register does not hold is unknown.

        >>> register().judge(register().by_number("91/2017/NĐ-CP").iri, "2024-04-25").reason
        'hết hiệu lực từ 01/01/2024'
        """
        known = self.instruments.get(iri or "")
        if known is None:
            vi, en = "văn bản không có trong sổ đăng ký pháp luật", "the instrument is not in the law register"
            return Verdict("unknown", None, vi, en, (vi,), (en,))
        return verdict(
            known.valid_from,
            known.valid_before,
            cited_on,
            period_until,
            self.checked_on,
            issued=known.issue,
            partial=known.partly_expired,
        )

    def form(self, words: str, document: str) -> Form | None:
        """A form by its printed name ("Mẫu số 07", "mẫu 7 Phụ lục I") and the decree it belongs to."""
        found = re.search(r"\d+", words)
        if not found:
            return None
        return next(
            (f for f in self.forms.values() if f.document == document and _ordinal(f.number) == int(found[0])), None
        )

    def form_successor(self, form: str, document: str, on: str | Interval | None = None) -> FormHint | None:
        """The form to use instead on a day when `document` is no longer in force; without a day, the next one.

        >>> decree = register().by_number("91/2017/NĐ-CP").iri
        >>> register().form_successor("mẫu số 07", decree, "2024-12-01").form.number
        'Mẫu số 08'
        """
        old = self.form(form, document)
        if old is None or (on is not None and self.judge(document, on).code in _IN_FORCE):
            return None
        doubts: list[Confidence] = [old.sure]
        new = old
        while new.succeeded_by and new.succession and (new is old or not self._usable(new, on)):
            doubts.append(new.succession)
            new = self.forms[new.succeeded_by]
        if new is old:
            return None
        worst = max([*doubts, new.sure], key=list(_SAYS_HOW_SURE).index)
        return self._hint(old, new, worst)

    def _usable(self, form: Form, on: str | Interval | None) -> bool:
        return on is None or self.judge(form.document, on).code in (*_IN_FORCE, "unknown")

    def _hint(self, old: Form, new: Form, confidence: Confidence) -> FormHint:
        was, now = self.instruments[old.document], self.instruments[new.document]
        how, how_en = _SAYS_HOW_SURE[confidence]
        text = f"{old.number} của {was.label} nay là {new.number}, {new.annex}, {now.label}{how}"
        text_en = f"{old.number} of {was.label} is now {new.number}, {new.annex}, {now.label}{how_en}"
        same = self.form(old.number, new.document)
        if same and same.number != new.number:
            text += f"; {same.number} của {now.label} là mẫu khác: {same.purpose[0].lower()}{same.purpose[1:]}"
            text_en += f"; {same.number} of {now.label} is another form: {same.purpose}"
        return FormHint(new, now, confidence, text, text_en)

    def base_salary(self, on: str) -> BaseSalary | None:
        """The base salary on the day of an award decision.

        >>> register().base_salary("2024-07-01").amount
        2340000
        """
        held = (
            s for s in self.salaries if (s.bound.date or "") <= on and (s.valid_before is None or on < s.valid_before)
        )
        return next(held, None)


def _number_key(number: str) -> str:
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", fold(number)))


def _name_key(words: str) -> tuple[str, str | None]:
    """The words that count, and the year they end in.

    >>> _name_key("Luật Thi đua, Khen thưởng năm 2022")
    ('luat thi dua khen thuong', '2022')
    """
    key = " ".join(re.findall(r"[a-z0-9]+", fold(words)))
    dated = re.fullmatch(r"(.*?)(?: nam)? ((?:19|20)\d\d)", key)
    return (dated[1], dated[2]) if dated else (key, None)


def _ordinal(form: str) -> int:
    return int(re.sub(r"\D", "", form))


@cache
def register() -> Register:
    """The register, read once."""
    known = entries()
    facts: dict[tuple[str, str], Entry] = {}
    for entry in known.values():
        about, prop = entry.one(TD.about), entry.one(TD.property)
        if about and prop and not entry.has(TD.value):
            facts[about, prop] = entry
    law = known[f"{BASE}graph/law"]
    return Register(
        checked_on=law.one(TD.checkedOn) or "",
        instruments={e.iri: _instrument(e, facts) for e in of_type("LegalInstrument")},
        forms={e.iri: _form(e) for e in of_type("ReportForm")},
        salaries=tuple(_salary(e) for e in of_type("BaseSalary")),
        rules={rule.number: rule for rule in map(_rule, of_type("LegalRule"))},
    )


def _bound(fact: Entry | None, date: str | None) -> Bound | None:
    if fact is None:
        return None
    return Bound(
        date=date,
        confidence=fact.grade(),
        by_article=fact.one(TD.byArticle),
        source=fact.all(_SOURCE),
        note=" ".join(fact.all(_NOTE)) or None,
    )


def _instrument(entry: Entry, facts: dict[tuple[str, str], Entry]) -> Instrument:
    def bound(predicate: object) -> Bound | None:
        return _bound(facts.get((entry.iri, str(predicate))), entry.one(predicate))

    partial = (_bound(entries()[iri], entries()[iri].one(TD.validBefore)) for iri in entry.all(TD.partlyExpired))
    return Instrument(
        iri=entry.iri,
        number=entry.must(ELI.number),
        type=entry.slug(ELI.type_document),
        title=entry.must(_TITLE),
        also_called=entry.all(_ALSO),
        issuer_label=entry.must(TD.issuerLabel),
        issued=entry.one(ELI.date_document),
        issue=bound(ELI.date_document),
        valid_from=bound(TD.validFrom),
        valid_before=bound(TD.validBefore),
        partly_expired=tuple(filter(None, partial)),
        replaced_by=entry.all(TD.replacedBy),
        amended_by=entry.all(TD.amendedBy),
        details=entry.all(TD.details),
        is_local=entry.has(TD.appliesInProvince),
        is_party=f"{TD.PartyInstrument}" in entry.all(RDF_TYPE),
        notes=entry.all(_NOTE),
    )


def _form(entry: Entry) -> Form:
    succession = entries().get(f"{entry.iri}#succeeded-by")
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


def _salary(entry: Entry) -> BaseSalary:
    bound = _bound(entry, entry.one(TD.validFrom))
    assert bound is not None
    return BaseSalary(
        amount=int(entry.must(TD.amount)),
        currency=entry.must(TD.currency),
        bound=bound,
        valid_before=entry.one(TD.validBefore),
        document=entry.must(TD.underInstrument),
    )


def _rule(entry: Entry) -> LegalRule:
    return LegalRule(
        number=entry.must(TD.ruleNumber),
        text=entry.must(TD.ruleText),
        reference=entry.one(TD.reference),
        topic=entry.one(TD.topic),
        confidence=entry.grade(),
        notes=entry.all(_NOTE),
    )
