"""Which fields of which finding a person may correct, and what may stand in each."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

from loaders import findings as f
from loaders.rdfterms import OPERATORS, RELATIONS
from loaders.text import Text
from loaders.vocabulary import scheme
from ontology import ELI, TD

__all__ = ["KINDS", "Field", "Refused", "fields_of", "required", "value_of"]

# The kind a person writes, the record it is and where the read-out keeps it.
KINDS: dict[str, tuple[str, type]] = {
    "citation": ("citations", f.Citation),
    "effect": ("effects", f.Effect),
    "target": ("targets", f.Target),
    "content": ("contents", f.Content),
    "criterion": ("criteria", f.Criterion),
    "award": ("awards", f.Award),
    "quota": ("quotas", f.Quota),
    "dossier": ("dossier", f.DossierComponent),
    "deadline": ("deadlines", f.Deadline),
    "responsibility": ("responsibilities", f.Responsibility),
    "procedure": ("procedure", f.Span),
    "funding": ("funding", f.Span),
    "recipient": ("recipients", f.Span),
    "document": ("document", f.Document),
    "movement": ("movement", f.Movement),
}

Check = Callable[[object], Any]
_MOST = 10**15  # no sum of money in a document is larger
# "26/KH-UBND", "05-NQ/TU", "30c/NQ-CP", "127/HĐND.TT", "102 SL": digits first, single signs between words
_NUMBER = re.compile(r"\d\w{0,6}(?:(?: ?[-–./&,+] ?| )\w{1,20}){0,12}")


class Refused(Exception):
    """A value that cannot stand in its field; `vi` and `en` say what can."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi, self.en = vi, en


@dataclass(frozen=True)
class Field:
    """What may stand in a field, and the property of the graph that a correction of it is about."""

    check: Check
    property: str


def value_of(kind: str, name: str, value: object) -> Any:
    """A value as the finding keeps it; an empty text blanks the field. Raises Refused.

    >>> value_of("citation", "date", "2023-12-31"), value_of("criterion", "threshold.value", 90)
    ('2023-12-31', 90)
    """
    known = fields_of(kind)
    if name not in known:
        raise Refused(
            f"không có trường “{name}” (có: {', '.join(known) or 'không trường nào'})",
            f"no field “{name}” (there are: {', '.join(known) or 'none'})",
        )
    if isinstance(value, str) and not value.strip():
        if "." not in name and name in required(kind):
            raise Refused(f"trường “{name}” không được để trống", f"the field “{name}” cannot be blank")
        return _blank(kind, name)
    if isinstance(value, date):  # TOML has days of its own: date = 2023-12-31
        value = value.isoformat()[:10]
    try:
        return known[name].check(value)
    except Refused as refused:
        raise Refused(f"{name}: {refused.vi}", f"{name}: {refused.en}") from None


def _blank(kind: str, name: str) -> Any:
    owner, _, own = name.partition(".")
    record = {"threshold": f.Threshold, "amount": f.Amount}[owner] if own else KINDS[kind][1]
    default = next((one.default for one in fields(record) if one.name.rstrip("_") == (own or owner)), None)
    return None if default is MISSING else default


def required(kind: str) -> tuple[str, ...]:
    """The fields a finding of this kind cannot do without, but for its words and place."""
    place = {"text", "start", "end", "iri"}
    return tuple(
        one.name.rstrip("_")
        for one in fields(KINDS[kind][1])
        if one.name not in place and one.default is MISSING and one.default_factory is MISSING
    )


def fields_of(kind: str) -> Mapping[str, Field]:
    """The fields of a kind by name, a threshold's and an amount's as "threshold.value", "amount.value"."""
    return _FIELDS.get(kind, {})


# --- what may stand in a field ----------------------------------------------------------------------------------


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise Refused("phải là chữ trong ngoặc kép", "must be text in quotes")
    return " ".join(Text.of(value).raw.split())


def _printed_number(value: object) -> str:
    """A number as documents bear it: it becomes a part of the document's IRI, where ".." would name another."""
    words = _words(value)
    if not _NUMBER.fullmatch(words):
        raise Refused(
            f"“{words[:60]}” không phải số ký hiệu, viết 26/KH-UBND", f"“{words[:60]}” is no number, write 26/KH-UBND"
        )
    return words


def _within(least: float, most: float, *, whole: bool = False) -> Check:
    def check(value: object) -> Any:
        if whole and (isinstance(value, bool) or not isinstance(value, int)):
            raise Refused("phải là số nguyên", "must be a whole number")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Refused("phải là số, viết 92.5", "must be a number, written 92.5")
        if not least <= value <= most:  # NaN is within nothing
            raise Refused(f"phải từ {least:.0f} đến {most:.0f}", f"must be from {least:.0f} to {most:.0f}")
        return value

    return check


_whole = _within(-_MOST, _MOST, whole=True)
_count = _within(0, _MOST, whole=True)
_number = _within(-_MOST, _MOST)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Refused("phải là true hoặc false", "must be true or false")
    return value


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Refused(f"“{value}” không phải ngày có thật, viết 2024-12-31", f"“{value}” is no day there is") from None


def _month_day(value: object) -> str:
    written = str(value)
    if re.fullmatch(r"\d\d-\d\d", written):
        _day(f"2024-{written}")  # a leap year: 29 February comes round
        return written
    raise Refused(f"“{value}” không phải tháng-ngày, viết 12-25", f"“{value}” is no month and day, write 12-25")


def _slug(*schemes: str) -> Check:
    def check(value: object) -> str:
        known = [slug for name in schemes for slug in scheme(name)]
        return _among(value, known)

    return check


def _one_of(known: tuple[str, ...]) -> Check:
    return lambda value: _among(value, known)


def _among(value: object, known: list[str] | tuple[str, ...]) -> str:
    from difflib import get_close_matches

    if value in known:
        return str(value)
    near = known if len(known) <= 12 else get_close_matches(str(value), known, n=5, cutoff=0.3)
    raise Refused(f"không có “{value}” (có: {', '.join(near)} …)", f"no “{value}” (there are: {', '.join(near)} …)")


def _several(one: Check) -> Check:
    def check(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Refused('phải là danh sách, viết ["…", "…"]', 'must be a list, written ["…", "…"]')
        return tuple(map(one, value))

    return check


def _own(check: Check, name: str) -> Field:
    return Field(check, str(TD[name]))


_LABEL = _own(_words, "label")
_FOR = _own(_slug("recipient-kind"), "recipientKind")
_LIMIT = {
    "threshold.measure": _own(_words, "measure"),
    "threshold.of": _own(_slug("of-whom"), "ofWhom"),
    "threshold.operator": _own(_one_of(tuple(OPERATORS)), "operator"),
    "threshold.value": _own(_number, "thresholdValue"),
    "threshold.unit": _own(_words, "unit"),
    "threshold.base": _own(_words, "base"),
    "threshold.level": _own(_words, "thresholdLevel"),
    "threshold.scale": _own(_slug("scale"), "scale"),
    "threshold.year_offset": _own(_whole, "yearOffset"),
    "threshold.relative_to": _own(_words, "relativeTo"),
}
_RULE = _own(_slug("rule"), "rule")
_DELEGATED = _own(_words, "delegatedTo")

_FIELDS: dict[str, dict[str, Field]] = {
    "document": {
        "type": Field(_slug("document-type"), str(ELI.type_document)),
        "number": Field(_printed_number, str(ELI.number)),
        "date": Field(_day, str(ELI.date_document)),
        "issuer": _own(_words, "issuerLabel"),
        "title": Field(_words, "http://purl.org/dc/terms/title"),
        "place": _own(_words, "place"),
        "launched_by": _own(_words, "launchedBy"),
        "drafted_by": _own(_words, "draftedBy"),
        "signer": _own(_words, "signerName"),
        "signer_role": _own(_words, "signerRole"),
        "signed_for": _own(_words, "signedFor"),
    },
    "movement": {
        "name": _own(_words, "movementName"),
        "from": _own(_day, "periodFrom"),
        "until": _own(_day, "periodUntil"),
        "year": _own(_within(1900, 2200, whole=True), "year"),
        "boundary": _own(_slug("boundary"), "boundary"),
    },
    "citation": {
        "type": _own(_slug("document-type"), "citedType"),
        "number": _own(_printed_number, "citedNumber"),
        "name": _own(_words, "citedName"),
        "date": _own(_day, "citedDate"),
        "issuer": _own(_words, "citedIssuerLabel"),
        "title": _own(_words, "citedTitle"),
        "relation": _own(_one_of(tuple(RELATIONS)), "relation"),
        "pinpoint": _own(_words, "pinpoint"),
        "followed": _own(_flag, "followed"),
    },
    "effect": {
        "kind": _own(_slug("effect"), "effect"),
        "provisions": _own(_several(_words), "ofProvision"),
        "effective_on": _own(_day, "effectiveOn"),
        "until": _own(_day, "effectUntil"),
    },
    "target": {"kind": _FOR},
    "content": {
        "label": _LABEL,
        "kind": _FOR,
        "areas": _own(_several(_slug("reform-area")), "reformArea"),
        "due": _own(_day, "due"),
        **_LIMIT,
    },
    "criterion": {
        "label": _LABEL,
        "kind": _FOR,
        "polarity": _own(_slug("polarity"), "polarity"),
        "award": _own(_words, "forAward"),
        "any_of": _own(_words, "anyOf"),
        "applies_to": _own(_words, "appliesTo"),
        **_LIMIT,
    },
    "award": {
        "form": _own(_slug("award-form", "emulation-title"), "awardForm"),
        "by": _own(_words, "conferredByLabel"),
        "rule": _RULE,
        "amount.value": _own(_count, "amount"),
        "amount.currency": _own(_words, "currency"),
        "amount.per": _own(_words, "per"),
    },
    "quota": {
        "kind": _FOR,
        "count": _own(_count, "maxCount"),
        "percent": _own(_within(0, 100), "percent"),
        "base": _own(_words, "base"),
        "unit": _own(_words, "unit"),
        "rule": _RULE,
        "award": _own(_words, "forAward"),
        "delegated_to": _DELEGATED,
    },
    "dossier": {
        "component": _own(_slug("dossier-component"), "componentKind"),
        "form": _own(_words, "form"),
        "form_of": _own(_words, "formOf"),
        "rule": _RULE,
        "delegated_to": _DELEGATED,
    },
    "deadline": {
        "what": _own(_words, "what"),
        "boundary": _own(_slug("boundary"), "boundary"),
        "date": _own(_day, "date"),
        "month_day": _own(_month_day, "month"),
        "recurrence": _own(_slug("recurrence"), "recurrence"),
        "year_offset": _own(_whole, "yearOffset"),
        "from": _own(_words, "fromWhom"),
        "to": _own(_words, "toWhom"),
        "via": _own(_words, "through"),
    },
    "responsibility": {"who": _own(_words, "who"), "what": _own(_words, "what")},
}
