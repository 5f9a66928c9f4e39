"""The law register as plain records: instruments with dated facts, report forms, rules of law."""

import re
from dataclasses import dataclass, field
from functools import cache

from loaders.law.graph import RDF_TYPE, Entry, entries, of_type
from loaders.law.provisions import Provision, ended, provision, provisions
from loaders.law.verdict import Bound, Confidence, Interval, Verdict, verdict
from loaders.names import authority_of
from loaders.text import fold
from loaders.vocabulary import scheme
from ontology import BASE, ELI, TD

__all__ = [
    "Bound",
    "Form",
    "FormHint",
    "Instrument",
    "LegalRule",
    "PartialEnd",
    "Register",
    "Successor",
    "register",
]

_TITLE = "http://purl.org/dc/terms/title"
_SOURCE = "http://purl.org/dc/terms/source"
_ALSO = "http://www.w3.org/2004/02/skos/core#altLabel"
_NOTE = "http://www.w3.org/2004/02/skos/core#note"
_FORM = re.compile(r"\bmau\s*(?:so\b)?[\s.:]*0*(\d+)(?![0-9a-z])")
_ANNEX = re.compile(r"\bphu luc (?:so )?([ivx]+|\d+)\b")
_IN_FORCE = ("in-force", "partly-expired")
_SAYS_HOW_SURE = {
    "V": ("", ""),
    "V-weak": (" (nguồn yếu, cần đối chiếu)", " (weak source, to be checked)"),
    "I": (" (suy luận, chưa kiểm chứng)", " (inferred, not verified)"),
    "K": (" (theo hiểu biết, chưa kiểm chứng)", " (own knowledge, not verified)"),
}


@dataclass(frozen=True)
class PartialEnd:
    """The end of some provisions of an instrument; without any, the register does not know which ones."""

    bound: Bound
    provisions: tuple[Provision, ...] = ()


@dataclass(frozen=True)
class Successor:
    """An instrument that took the place of another, with how sure that is."""

    iri: str
    confidence: Confidence


@dataclass(frozen=True)
class Instrument:
    """A law, decree, circular, regulation or Party document, with what is known of its life.

    `type` is a slug of the document types; `amended_by` and `details` are IRIs.
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
    partly_expired: tuple[PartialEnd, ...] = ()
    successors: tuple[Successor, ...] = ()
    amended_by: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    is_local: bool = False
    is_party: bool = False
    notes: tuple[str, ...] = ()

    @property
    def authority(self) -> str:
        """The body in whose register the number stands: "chinh-phu"."""
        return authority_of(self.iri) or ""

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
    rules: dict[str, LegalRule] = field(default_factory=dict)

    def by_iri(self, iri: str) -> Instrument | None:
        return self.instruments.get(iri)

    def by_number(self, number: str, type_: str | None = None, authority: str | None = None) -> Instrument | None:
        """The central instrument with this number; a local number alone names nothing, every province has one.

        Where the type or the body is known it must agree: laws and resolutions of one assembly are numbered apart.

        >>> register().by_number("91/2017/ND-CP").iri[-27:]
        'chinh-phu/nghi-dinh/2017/91'
        >>> register().by_number("22/2024/QĐ-UBND")
        >>> register().by_number("06/2022/QH15", "nghi-quyet")
        """
        wanted = _number_key(number)
        numbered = (i for i in self.instruments.values() if not i.is_local and _number_key(i.number) == wanted)
        agreeing = (i for i in numbered if type_ in (None, i.type) and authority in (None, i.authority))
        return next(agreeing, None)

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

    def judge(
        self,
        iri: str | None,
        cited_on: str | Interval | None,
        period_until: str | None = None,
        pinpoint: str | None = None,
    ) -> Verdict:
        """The verdict of a citation of `iri`, or of the articles its pinpoint names; what is not held is unknown.

        >>> register().judge(register().by_number("91/2017/NĐ-CP").iri, "2024-04-25").reason
        'hết hiệu lực từ 01/01/2024'
        """
        known = self.instruments.get(iri or "")
        if known is None:
            vi, en = "văn bản không có trong sổ đăng ký pháp luật", "the instrument is not in the law register"
            return Verdict("unknown", None, vi, en, (vi,), (en,))
        named = provisions(pinpoint or "")
        parts = [(ended(named, part.provisions), part.bound) for part in known.partly_expired]
        return verdict(
            known.valid_from,
            known.valid_before,
            cited_on,
            period_until,
            self.checked_on,
            issued=known.issue,
            partial=[bound for extent, bound in parts if extent == "some"],
            provision=[bound for extent, bound in parts if extent == "all"],
        )

    def form(self, words: str, document: str) -> Form | None:
        """A form by words that name one ("Mẫu số 07", "mẫu 7 Phụ lục I") and the decree it belongs to.

        An article or an annex has a number too, and is no form:

        >>> register().form("Điều 7", register().by_number("91/2017/NĐ-CP").iri)
        """
        named = _FORM.search(fold(words))
        if named is None:
            return None
        annex = _ANNEX.search(fold(words))
        for form in self.forms.values():
            if form.document == document and _ordinal(form.number) == int(named[1]):
                its = _ANNEX.search(fold(form.annex))
                return form if not (annex and its) or annex[1] == its[1] else None
        return None

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
        partly_expired=tuple(_partial_end(entries()[iri]) for iri in entry.all(TD.partlyExpired)),
        successors=tuple(
            Successor(other, _relation(entry.iri, TD.replacedBy, other)) for other in entry.all(TD.replacedBy)
        ),
        amended_by=entry.all(TD.amendedBy),
        details=entry.all(TD.details),
        is_local=entry.has(TD.appliesInProvince),
        is_party=f"{TD.PartyInstrument}" in entry.all(RDF_TYPE),
        notes=entry.all(_NOTE),
    )


def _partial_end(entry: Entry) -> PartialEnd:
    """Words that are no article ("phần về công chức") leave open which ones ended."""
    bound = _bound(entry, entry.one(TD.validBefore))
    assert bound is not None
    found = [provision(words) for words in entry.all(TD.ofProvision)]
    return PartialEnd(bound, () if None in found else tuple(filter(None, found)))


@cache
def _relations() -> dict[tuple[str | None, str | None, str | None], Confidence]:
    facts = (entry for entry in entries().values() if entry.has(TD.about) and entry.has(TD.value))
    return {(fact.one(TD.about), fact.one(TD.property), fact.one(TD.value)): fact.grade() for fact in facts}


def _relation(iri: str, relation: object, other: str) -> Confidence:
    """How sure one relation between two instruments is; own knowledge where no fact says."""
    return _relations().get((iri, str(relation), other), "K")


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


def _rule(entry: Entry) -> LegalRule:
    return LegalRule(
        number=entry.must(TD.ruleNumber),
        text=entry.must(TD.ruleText),
        reference=entry.one(TD.reference),
        topic=entry.one(TD.topic),
        confidence=entry.grade(),
        notes=entry.all(_NOTE),
    )
