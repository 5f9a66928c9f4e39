"""The law register as plain records: instruments with dated facts, report forms, rules of law."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from loaders.law.build import records
from loaders.law.extent import extent
from loaders.law.graph import Snapshot, reload, snapshot
from loaders.law.records import (
    Amendment,
    Form,
    FormHint,
    Instrument,
    LegalRule,
    PartialEnd,
    Relation,
    Successor,
    Suspension,
)
from loaders.law.verdict import Bound, Code, Confidence, Interval, Life, Verdict, code_of, life, verdict_of
from loaders.text import fold

if TYPE_CHECKING:
    from loaders.law.claims import Claim

__all__ = [
    "Amendment",
    "Bound",
    "Form",
    "FormHint",
    "Instrument",
    "LegalRule",
    "PartialEnd",
    "Register",
    "Relation",
    "Successor",
    "Suspension",
    "name_key",
    "number_key",
    "register",
    "reload",
]

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
        numbered = self._by_number.get(number_key(number), ())
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
        key, year = name_key(words)
        called = self._by_name.get(key, [])
        if issued or year:
            called = [i for i in called if (i.issued or "").startswith(issued or year or "")]
            return called[0] if len(called) == 1 else None
        alive = [i for i in called if code_of(self._life(i, None), on)[0] in _IN_FORCE]
        return alive[0] if len(alive) == 1 else None

    @cached_property
    def _by_number(self) -> dict[str, list[Instrument]]:
        """The central instruments with each number."""
        found: dict[str, list[Instrument]] = {}
        for instrument in self.instruments.values():
            if instrument.is_registered and not instrument.is_local:
                found.setdefault(number_key(instrument.number), []).append(instrument)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Instrument]]:
        """The instruments with each title, or called so."""
        found: dict[str, list[Instrument]] = {}
        for instrument in self.instruments.values():
            for key in {name_key(title)[0] for title in (instrument.title, *instrument.also_called)}:
                found.setdefault(key, []).append(instrument)
        return found

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
        return verdict_of(self._life(known, pinpoint), cited_on, period_until, self.checked_on)

    def code(
        self, known: Instrument, on: str | Interval | None, until: str | None, pinpoint: str | None
    ) -> tuple[Code, bool]:
        """The verdict of `judge` without its words, and whether what stands surely ends by `until`."""
        return code_of(self._life(known, pinpoint), on, until)

    def _life(self, known: Instrument, pinpoint: str | None) -> Life:
        """The bounds of an instrument, or of what a pinpoint names of it; put together once for the whole."""
        if pinpoint is None and known.iri in self._lives:
            return self._lives[known.iri]
        parts = extent(known, pinpoint)
        made = life(
            known.valid_from,
            known.valid_before,
            known.issue,
            parts.partial,
            parts.provision,
            parts.suspended,
            parts.perhaps_suspended,
            parts.partly_suspended,
            known.disputed,
            end_checked=known.is_registered,
        )
        if pinpoint is None:
            self._lives[known.iri] = made
        return made

    @cached_property
    def _lives(self) -> dict[str, Life]:
        return {}

    def joined(self, claims: "Iterable[Claim]") -> "Register":
        """The register with what documents say of instruments, held here or not."""
        from loaders.law.claims import joined

        return joined(self, claims)

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


def number_key(number: str) -> str:
    """A number as it is compared: without marks, spaces and leading zeros.

    >>> number_key("091/2017/NĐ - CP")
    '91/2017/nd-cp'
    """
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s+", "", fold(number)))


def name_key(words: str) -> tuple[str, str | None]:
    """The words that count, and the year they end in.

    >>> name_key("Luật Thi đua, Khen thưởng năm 2022")
    ('luat thi dua khen thuong', '2022')
    """
    key = " ".join(re.findall(r"[a-z0-9]+", fold(words)))
    dated = re.fullmatch(r"(.*?)(?: nam)? ((?:19|20)\d\d)", key)
    return (dated[1], dated[2]) if dated else (key, None)


def _ordinal(form: str) -> int:
    return int(re.sub(r"\D", "", form))


def register() -> Register:
    """The register as its files are now; a changed file of the user's own is seen at the next call."""
    return _of(snapshot())


@lru_cache(maxsize=4)
def _of(known: Snapshot) -> Register:
    return Register(*records(known))
