"""What a person said, put in the place of what the machine read, and told apart from it."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from loaders import names
from loaders.authorities.agencies import Agency, Context, by_suffix, resolve
from loaders.citations.numbers import find_numbers
from loaders.corrections.fields import KINDS, fields_of
from loaders.corrections.file import Corrections, Entry
from loaders.corrections.match import located, matched
from loaders.days import shown_day
from loaders.findings import Amount, Citation, Correction, Doubt, Movement, Span, Threshold
from loaders.header import Header
from loaders.signature import Signature
from loaders.text import Text

__all__ = ["BY_A_PERSON", "Edits"]

KIND_WORDS = {
    "citation": "viện dẫn",
    "effect": "điều khoản hiệu lực",
    "target": "đối tượng",
    "content": "nội dung",
    "criterion": "tiêu chí",
    "award": "khen thưởng",
    "quota": "số lượng",
    "dossier": "hồ sơ",
    "deadline": "thời hạn",
    "responsibility": "phân công",
    "procedure": "quy trình",
    "funding": "kinh phí",
    "recipient": "nơi nhận",
    "document": "phần đầu văn bản",
    "movement": "phong trào",
}
BY_A_PERSON = "hieu-dinh"  # the ground of what a person said: it is sure
UNMATCHED = "correction-unmatched"
_NESTED: dict[str, type] = {"threshold": Threshold, "amount": Amount}
_SIGNED = ("signer", "signer_role", "signed_for")
_DOUBTS_OF = {  # what nobody need look at any more once a field of the head is corrected or confirmed
    "number": {"no-number", "blank-number", "repaired-number"},
    "date": {"no-date", "blank-date", "impossible-date", "sunday-date"},
}
S = TypeVar("S", bound=Span)


class Edits:
    """The corrections of one document, applied step by step as it is read; without any, everything passes as it is."""

    def __init__(self, text: Text, corrections: Corrections | None) -> None:
        self.text = text
        self.waiting = list(corrections.entries) if corrections else []
        self.done: list[Correction] = []
        self._gone: list[tuple[int, int]] = []  # what was removed, whose doubts go with it
        self._why: dict[int, str] = {}

    def signature(self, found: Signature | None) -> Signature | None:
        """The signature block, with what a person says of the signer."""
        for entry in self._entries("document", "correct"):
            said = {name: value for name, value in entry.set.items() if name in _SIGNED}
            if said:
                before = found or Signature(None, None, None, 0, 0)
                self._record(entry, before, said)
                found = replace(before, **said)
        return found

    def header(self, found: Header) -> Header:
        """The head: what hangs on a corrected field (the IRI, the bounds of the day, the issuer's unit) follows it."""
        for entry in self._take("document", "correct"):
            said = {name: value for name, value in entry.set.items() if name not in _SIGNED}
            own = {("issuer_label" if name == "issuer" else name): value for name, value in said.items()}
            self._record(entry, found, own, {"issuer_label": "issuer"})
            found = _header(replace(found, **own), said)
            found = _settled(found, said)
        for entry in self._take("document", "confirm"):
            self._confirm(entry, None)
            found = _settled(found, entry.fields or fields_of("document"))
        return found

    def movement(self, found: Movement | None) -> Movement | None:
        """The campaign, which a person may also deny or bring in."""
        for entry in self._take("movement"):
            if entry.action == "remove" and found:
                self._gone.append((found.start or 0, found.end or 0))
                self._tell(entry, found.start, found.end)
                found = None
            elif entry.action == "confirm" and found:
                self._tell(entry, found.start, found.end)
            elif entry.action == "add" or (entry.action == "correct" and found):
                before = found or Movement()
                places = located(entry, self.text) if entry.action == "add" else []
                if len(places) == 1:
                    start, end = places[0]
                    before = replace(before, text=self.text.raw[start:end], start=start, end=end)
                self._record(entry, before, entry.set, start=before.start, end=before.end)
                found = replace(before, **_python(entry.set))
            else:
                self.waiting.append(entry)
        return found

    def spans(self, kind: str, found: tuple[S, ...], header: Header | None = None) -> tuple[S, ...]:
        """The findings of a kind, in page order, each with what a person says of it."""
        entries = self._take(kind)
        if not entries:
            return found
        now: list[Any] = list(found)
        for entry in entries:
            if entry.action == "add":
                now += self._added(entry, header)
                continue
            places = matched(entry, now, self.text)
            if len(places) != 1:
                self._leave(entry, len(places))
                continue
            place = places[0]
            span = now[place]
            if entry.action == "remove":
                self._gone.append((span.start, span.end))
                self._tell(entry, span.start, span.end)
                del now[place]
            elif entry.action == "confirm":
                self._tell(entry, span.start, span.end)
                now[place] = _sure(span)
            else:
                self._record(entry, span, entry.set, start=span.start, end=span.end)
                now[place] = _sure(_changed(span, entry.set, header, self.text))
        return tuple(sorted(now, key=lambda span: span.start))

    def corrections(self) -> tuple[Correction, ...]:
        """Everything that was said, also what fits nothing any more, in the order of the text."""
        left = [
            Correction(
                action=entry.action,
                kind=entry.kind,
                text=entry.text,
                start=entry.start,
                field=name,
                said=None if name is None else _shown(entry.set[name]),
                author=entry.author,
                date=entry.date,
                note=entry.note,
                matched=False,
            )
            for entry in self.waiting
            for name in (entry.set or [None])
        ]
        return tuple(sorted([*self.done, *left], key=lambda c: (c.start or 0, c.kind, c.action, c.field or "", c.text)))

    def settled(self, doubts: Iterable[Doubt], spans: Iterable[Span]) -> list[Doubt]:
        """The doubts that remain: none of what a person settled, one for each correction that fits nothing."""
        sure = {(span.start, span.end) for span in spans if BY_A_PERSON in span.grounds}
        kept = [
            doubt
            for doubt in doubts
            if (doubt.start, doubt.end) not in sure
            and not any(s <= (doubt.start or 0) and (doubt.end or 0) <= e for s, e in self._gone if doubt.end)
        ]
        return kept + [self._unmatched(entry) for entry in self.waiting]

    # --- what became of an entry ----------------------------------------------------------------------------

    def _entries(self, kind: str, *actions: str) -> list[Entry]:
        return [e for e in self.waiting if e.kind == kind and (not actions or e.action in actions)]

    def _take(self, kind: str, *actions: str) -> list[Entry]:
        taken = self._entries(kind, *actions)
        self.waiting = [entry for entry in self.waiting if entry not in taken]
        return taken

    def _leave(self, entry: Entry, places: int) -> None:
        self.waiting.append(entry)
        if places:
            self._why[id(entry)] = f"khớp {places} chỗ như nhau, thêm start hoặc before để phân biệt"

    def _added(self, entry: Entry, header: Header | None) -> list[Span]:
        places = located(entry, self.text)
        if len(places) != 1:
            self._leave(entry, len(places))
            return []
        start, end = places[0]
        record = KINDS[entry.kind][1]
        given = {one.name for one in fields(record)}
        own = {name: value for name, value in _python(entry.set).items() if name in given and "." not in name}
        span = record(text=self.text.raw[start:end], start=start, end=end, **own)
        self._record(entry, span, entry.set, start=start, end=end, fresh=True)
        return [_sure(_changed(span, entry.set, header, self.text))]

    def _confirm(self, entry: Entry, span: Span | None) -> None:
        self._tell(entry, span.start if span else None, span.end if span else None)

    def _tell(self, entry: Entry, start: int | None, end: int | None) -> None:
        words = self.text.raw[start:end] if start is not None and end is not None else entry.text
        self.done.append(_correction(entry, words, start, end))

    def _record(
        self,
        entry: Entry,
        before: object,
        said: Mapping[str, Any],
        called: Mapping[str, str] | None = None,
        *,
        start: int | None = None,
        end: int | None = None,
        fresh: bool = False,
    ) -> None:
        """One statement for each field: what stood there, and what the person says. A finding added without a field
        to say is one statement all the same."""
        words = self.text.raw[start:end] if start is not None and end is not None else entry.text
        made = _correction(entry, words, start, end)
        told = []
        for name, value in said.items():
            read = None if fresh else _shown(_value(before, name))
            field = (called or {}).get(name, name)
            if read != _shown(value):  # a drafted entry may keep lines that are right as they are
                told.append(replace(made, field=field, read=read, said=_shown(value)))
        if not told and (said or fresh):
            told = [made if fresh else replace(made, action="confirm")]
        self.done += told

    def _unmatched(self, entry: Entry) -> Doubt:
        why = self._why.get(id(entry)) or (
            "chỉ khớp một phần của một điều, hãy chép text là cả câu như thidua review soạn"
            if entry.text.strip() and located(entry, self.text)
            else "không còn thấy điều ấy trong văn bản"
        )
        words = " ".join(entry.text.split())[:60]
        kind = KIND_WORDS.get(entry.kind, entry.kind)
        message = f"Hiệu đính của {entry.author} ngày {shown_day(entry.date)} ({kind} “{words}”) chưa dùng được: {why}"
        return Doubt(code=UNMATCHED, message=message)


def _correction(entry: Entry, words: str, start: int | None, end: int | None) -> Correction:
    return Correction(
        action=entry.action,
        kind=entry.kind,
        text=words,
        start=start,
        end=end,
        author=entry.author,
        date=entry.date,
        note=entry.note,
    )


# --- fields of records --------------------------------------------------------------------------------------------


def _python(said: Mapping[str, Any]) -> dict[str, Any]:
    """Names as the records have them: "from" is `from_`."""
    return {("from_" if name == "from" else name): value for name, value in said.items()}


def _value(record: object, name: str) -> object:
    owner, _, own = name.partition(".")
    value = getattr(record, "from_" if owner == "from" else owner, None)
    return getattr(value, own, None) if own else value


def _shown(value: object) -> str | None:
    """A value as the statement about it shows it."""
    if value is None or value == () or value == "":
        return None
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _sure(span: Any) -> Any:
    return replace(span, confidence=1.0, grounds=(BY_A_PERSON,))


def _changed(span: Span, said: Mapping[str, Any], header: Header | None, text: Text) -> Span:
    own = {name: value for name, value in _python(said).items() if "." not in name}
    for name, value in said.items():
        owner, _, part = name.partition(".")
        if part:
            own[owner] = _with(own.get(owner, getattr(span, owner, None)), _NESTED[owner], part, value)
    changed = replace(span, **own)
    if isinstance(changed, Citation):
        return _citation(changed, said, header, text)
    return changed


def _with(record: object, kind: type, part: str, value: object) -> object:
    """A threshold or an amount with one field changed; a bare amount starts at nothing."""
    if not is_dataclass(record) or isinstance(record, type):
        record = kind(value=0) if kind is Amount else kind()
    return replace(record, **{part: value})


def _citation(citation: Citation, said: Mapping[str, Any], header: Header | None, text: Text) -> Citation:
    """A citation whose IRI and issuer follow what is said of it: the person's number is no repair of the machine."""
    if not {"type", "number", "name", "date", "issuer"} & said.keys():
        return replace(citation, repaired=False)
    own = header.issuer.unit if header and header.issuer else None
    context = Context(own=own, on=citation.date or (header.date if header else None))
    number = next(iter(find_numbers(Text.of(citation.number or ""))), None)
    agency: Agency | None = None
    if citation.issuer and ("issuer" in said or citation.issuer_iri):
        agency = resolve(citation.issuer, context) or resolve(citation.issuer, replace(context, on=None))
    if agency is None and "issuer" not in said and number and number.suffix:
        coded = by_suffix(number.suffix, context)
        agency = coded if coded and coded.unit is None else None
    unknown = names.UNKNOWN + text.sha256[:8]
    authority = agency.authority if agency else unknown
    if agency is None and "issuer" not in said and "number" not in said and citation.iri:
        authority = names.authority_of(citation.iri) or unknown
    year = (number.year if number else None) or (citation.date[:4] if citation.date else None)
    slug = _slug(citation, text)
    return replace(
        citation,
        repaired=False,
        issuer=citation.issuer or (agency.label if agency else None),
        issuer_iri=agency.iri if agency else None,
        iri=names.document_iri(authority, citation.type or "khac", str(year) if year else unknown, slug),
    )


def _slug(citation: Citation, text: Text) -> str:
    if citation.number:
        return names.number_slug(citation.number)
    return names.slug(citation.name) if citation.name else f"khong-so-{text.sha256[:8]}-{citation.start}"


# --- the head -----------------------------------------------------------------------------------------------------


def _header(header: Header, said: Mapping[str, Any]) -> Header:
    """The head with what follows from a corrected number, day or issuer."""
    number = next(iter(find_numbers(Text.of(header.number or ""))), None) if "number" in said else None
    if number:
        header = replace(header, number=number.number or header.number, suffix=number.suffix)
    if "date" in said:
        year = int(header.date[:4]) if header.date else header.year
        bounds = (None, None) if header.date else (header.not_before, header.not_after)
        header = replace(header, year=year, not_before=bounds[0], not_after=bounds[1])
    elif number and number.year and not header.date:
        header = replace(header, year=number.year)
    if "issuer" in said or ("date" in said and header.issuer):
        own = header.issuer.unit if header.issuer else None
        on = header.date or header.not_before
        words = header.issuer_label or (header.issuer.label if header.issuer else "")
        agency = resolve(words, Context(own=own, on=on)) or resolve(words, Context(own=None, on=on))
        label = agency.label if agency and "issuer" in said else header.issuer_label
        header = replace(header, issuer=agency or (None if "issuer" in said else header.issuer), issuer_label=label)
    return header


def _settled(header: Header, said: Iterable[str]) -> Header:
    gone = {code for name in said for code in _DOUBTS_OF.get(name, ())}
    return replace(header, doubts=tuple(doubt for doubt in header.doubts if doubt.code not in gone))
