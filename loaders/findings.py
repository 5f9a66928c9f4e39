"""What is found in a document: plain frozen records, field for field the read-out of `thidua read --format json`.

`start` and `end` are code points of the document's NFC text, end exclusive, and `text` is exactly that span.
A field that is absent is None or an empty tuple; a Python name ending in "_" loses it in JSON (`from_` is "from").
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """Words at a place of the document.

    `page` counts from 1 where the file has pages; `box` is left, top, right, bottom on that page in points (1/72 inch)
    from its upper left corner, where the words were read from an image. `confidence` is how sure the reading is, from 0
    to 1, and `grounds` say why it is below 1: slugs of the scheme `confidence-ground`.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float = 1.0
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """The file a document came from; `quality` is `Text.quality`, `ocr` whether a machine read it from an image."""

    name: str
    sha256: str
    format: str = "txt"
    ocr: bool = False
    quality: float = 1.0
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The body in whose register the document's number stands."""

    label: str
    iri: str | None = None
    level: str | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """The header and the signature; what the document leaves blank is None.

    `readable` is the title of a garbled text as it probably was, for people to read only.
    A document that stands in the file of another, as a regulation in that of the decision that issues it, has the IRI
    of that one as `attached_to` and its place in the file as `start` and `end`; without a number it is called by that
    one's (`known_as`: "Kế hoạch kèm theo 1245/QĐ-UBND").
    """

    iri: str
    type: str | None = None
    number: str | None = None
    number_as_printed: str | None = None
    date: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    place: str | None = None
    issuer: Issuer | None = None
    launched_by: str | None = None
    drafted_by: str | None = None
    title: str | None = None
    readable: str | None = None
    readable_confidence: float | None = None
    signer: str | None = None
    signer_role: str | None = None
    signed_for: str | None = None
    attached_to: str | None = None
    known_as: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Movement:
    """The campaign: its name and its own period. `boundary` says how `until` is meant (until, before, by)."""

    name: str | None = None
    from_: str | None = None
    until: str | None = None
    year: int | None = None
    boundary: str | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    readable: str | None = None
    readable_confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class Citation(Span):
    """One mention of another document. `type` is a slug of the document types, `relation` as DESIGN of the read-out.

    `resolved` is the law that a name without number means on the day of the document, where the mention alone
    (`iri`) does not lead to it: the number of that law. `followed`: the words before it bid one act by it.
    """

    type: str | None = None
    number: str | None = None
    number_as_printed: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    issuer_iri: str | None = None
    title: str | None = None
    relation: str = "dẫn chiếu"
    pinpoint: str | None = None
    followed: bool = False
    section: str | None = None
    repaired: bool = False
    iri: str | None = None
    verdict: str | None = None
    replaced_by: str | None = None
    resolved: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reference(Span):
    """Words that speak of a document without citing one.

    `kind` is self ("Kế hoạch này"), unnumbered ("các văn bản hướng dẫn thi hành", "quy định của pháp luật") or
    delegation ("hướng dẫn của Sở Nội vụ": rules that a body is to give). `type` is a slug of the document types.
    """

    kind: str
    type: str | None = None


@dataclass(frozen=True, kw_only=True)
class Effect(Span):
    """What the document does to the validity of a document, itself included; the span is the sentence that does it.

    `kind` is a slug of the scheme `effect`, `rule` one of `effect-rule`. `about` is the IRI of the document meant, its
    own for its own effect; `via` is where the citation begins that names it. `provisions` are the parts concerned in
    the register's words ("Điều 4", "khoản 2 Điều 16"), empty for the whole. `effective_on` is the first day of the
    new state, `until` the first day on which it no longer holds.
    """

    kind: str
    about: str | None = None
    about_number: str | None = None
    about_name: str | None = None
    provisions: tuple[str, ...] = ()
    effective_on: str | None = None
    until: str | None = None
    rule: str | None = None
    days: int | None = None
    via: int | None = None


@dataclass(frozen=True, kw_only=True)
class Target(Span):
    """Who may take part."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """What must be reached (of a merit) or what disqualifies (of a bar)."""

    measure: str | None = None
    of: str = "nominee"
    operator: str | None = None
    value: float | int | None = None
    unit: str | None = None
    base: str | None = None
    level: str | None = None
    scale: str | None = None
    year_offset: int = 0
    relative_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Content(Span):
    """One thing the movement asks for, with the reform areas it belongs to."""

    label: str | None = None
    kind: str | None = None
    areas: tuple[str, ...] = ()
    threshold: Threshold | None = None
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion(Span):
    """One condition for an award. `polarity` is merit or bar; alternatives share an `any_of`.

    `points` are what it carries in a table of points.
    """

    label: str | None = None
    kind: str = "both"
    polarity: str = "merit"
    award: str | None = None
    any_of: str | None = None
    applies_to: str | None = None
    normalised: str | None = None
    readable_confidence: float | None = None
    threshold: Threshold | None = None
    points: float | int | None = None


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Money in units of the currency: VND, or `luong-co-so` for so many times the base salary."""

    value: float | int
    currency: str = "VND"
    per: str | None = None


@dataclass(frozen=True, kw_only=True)
class Award(Span):
    """A form of reward the plan offers."""

    form: str
    by: str | None = None
    rule: str = "stated"
    amount: Amount | None = None


@dataclass(frozen=True, kw_only=True)
class Quota(Span):
    """How many may be rewarded: `rule` is max, exact, delegated or unstated."""

    kind: str | None = None
    count: int | None = None
    percent: float | None = None
    base: str | None = None
    unit: str | None = None
    rule: str = "max"
    award: str | None = None
    delegated_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class DossierComponent(Span):
    """One paper of the nomination dossier, with the form it must follow."""

    component: str
    form: str | None = None
    form_of: str | None = None
    rule: str = "stated"
    delegated_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Deadline(Span):
    """Something that falls due on one date, or every year on a month-day (with an offset from the award year).

    Where it comes every month or quarter, `day` is the day of the month (of the last one in a quarter). Where it is
    counted from an event, `days` is how many, `working` whether only working days count, `relative_to` the event in
    words ("ngày nhận đủ hồ sơ").
    """

    what: str | None = None
    boundary: str = "before"
    date: str | None = None
    month_day: str | None = None
    recurrence: str | None = None
    year_offset: int = 0
    day: int | None = None
    days: int | None = None
    working: bool = False
    relative_to: str | None = None
    from_: str | None = None
    to: str | None = None
    via: str | None = None


@dataclass(frozen=True, kw_only=True)
class Responsibility(Span):
    """Who does what."""

    who: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Something a reader should look at: a stable code, a sentence in Vietnamese, a place if there is one."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a person says of one thing the machine read: `action` is correct, remove, add or confirm.

    `kind` and `text` say what of, `start` and `end` where it stands (None of the head). Of what is corrected or added
    there is one for each `field`, with what was `read` there and what is `said` instead. One not `matched` speaks of
    something that is found no more: it changes nothing and is kept.
    """

    action: str
    kind: str
    text: str = ""
    start: int | None = None
    end: int | None = None
    field: str | None = None
    read: str | None = None
    said: str | None = None
    author: str = ""
    date: str = ""
    note: str | None = None
    matched: bool = True


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Everything found in one file: the read-out. `attachments` are further documents in it, with their places."""

    source: Source
    document: Document
    attachments: tuple[Document, ...] = ()
    movement: Movement | None = None
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    effects: tuple[Effect, ...] = ()
    targets: tuple[Target, ...] = ()
    contents: tuple[Content, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    awards: tuple[Award, ...] = ()
    quotas: tuple[Quota, ...] = ()
    dossier: tuple[DossierComponent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    procedure: tuple[Span, ...] = ()
    funding: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def spans_of(findings: Findings) -> Iterator[Span]:
    """Every span of the findings, kind by kind."""
    for f in fields(findings):
        value = getattr(findings, f.name)
        if isinstance(value, tuple) and value and isinstance(value[0], Span):
            yield from value


def mapped(findings: Findings, change: Callable[[Span], Span]) -> Findings:
    """The findings with every span in them changed, whatever its kind.

    >>> paid = Span(text="x", start=0, end=1)
    >>> found = Findings(source=Source(name="a", sha256=""), document=Document(iri="i"), funding=(paid,))
    >>> mapped(found, lambda span: replace(span, page=3)).funding[0].page
    3
    """
    changed: dict[str, Any] = {}
    for f in fields(findings):
        value = getattr(findings, f.name)
        if isinstance(value, tuple) and value and isinstance(value[0], Span):
            changed[f.name] = tuple(map(change, value))
    return replace(findings, **changed)


def to_json(value: object) -> Json:
    """A record, or anything of records, as plain JSON values under the names of the read-out.

    >>> to_json(Movement(from_="2024-08-28", until="2025-12-31"))["from"]
    '2024-08-28'
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name.rstrip("_"): to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")
