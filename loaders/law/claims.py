"""What documents say of other documents' validity, joined with the register: nobody is right just by being first.

A claim adds what the register does not know: an end, a start, a part that ended, a suspension, what took its place.
Where it disagrees with the register, or two claims disagree, both are kept as alternatives and the verdict is unknown
on the days on which they differ, unless a person settled it: a verified day in the user's own register decides, and the
contradiction is still told. An instrument the register does not hold appears with what is claimed of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from loaders.days import shown_day
from loaders.law.provisions import Provision
from loaders.law.records import Instrument, PartialEnd, Relation, Suspension
from loaders.law.register import Register
from loaders.law.verdict import Alternatives, Bound, Confidence

__all__ = ["Claim", "Contradiction", "Effect", "contradictions", "held", "joined"]

BoundName = Literal["issued", "start", "end"]
Effect = Literal["enters-into-force", "ends", "repeals", "replaces", "amends", "suspends"]
_GRADES: tuple[Confidence, ...] = ("V", "V-weak", "I", "K")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence of the document `by` on the validity of `about` (itself, or another); IRIs both.

    `day` is the first day of the new state, `until` the first day after a suspension, `said_on` the day of the document
    that says so. `issued`, `number` and `type` (a slug) are those of `about`, where the graph knows them: they make an
    instrument out of one the register does not hold. Without provisions it is the whole instrument.
    """

    by: str
    by_label: str
    about: str
    effect: Effect
    day: str | None = None
    provisions: tuple[Provision, ...] = ()
    sentence: str = ""
    start: int = 0
    end: int = 0
    confidence: Confidence = "V"
    said_on: str | None = None
    until: str | None = None
    issued: str | None = None
    number: str | None = None
    type: str | None = None


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """One bound of an instrument for which sources give different days: `said` holds the day and who says so.

    `settled`: a verified day in the user's own register decides between them.
    """

    about: str
    label: str
    bound: BoundName
    said: tuple[tuple[str, str], ...]
    text: str
    text_en: str
    settled: bool = False


def held(iri: str, label: str, issued: str | None, number: str | None = None, type_: str | None = None) -> Claim:
    """That a document is there: issued on a day, and nothing more is known of its validity."""
    return Claim(
        by=iri, by_label=label, about=iri, effect="enters-into-force", issued=issued, number=number, type=type_
    )


def joined(register: Register, claims: Iterable[Claim]) -> Register:
    """The register with what documents say; the same one where they say nothing new.

    A local decision that nobody registered, and the one that replaced it:

    >>> from loaders.law.register import register
    >>> old, new = "https://w3id.org/thidua/id/doc/x/quyet-dinh/2018/38", "https://w3id.org/thidua/id/doc/x/quyet-dinh/2024/22"
    >>> known = joined(register(), [Claim(by=new, by_label="Quyết định 22/2024/QĐ-UBND", about=old, effect="replaces",
    ...     day="2024-06-18", issued="2018-08-09", number="38/2018/QĐ-UBND", type="quyet-dinh")])
    >>> known.judge(old, "2024-06-17").code, known.judge(old, "2024-06-18").reason
    ('in-force', 'hết hiệu lực từ 18/06/2024 (Quyết định 22/2024/QĐ-UBND)')
    """
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        about[claim.about].append(claim)
    changed = {}
    for iri, said in about.items():
        known = register.instruments.get(iri) or _unregistered(iri, said)
        claimed = _with_claims(known, sorted(said, key=_order))
        if claimed != register.instruments.get(iri):
            changed[iri] = claimed
    return replace(register, instruments={**register.instruments, **changed}) if changed else register


def contradictions(register: Register, claims: Iterable[Claim]) -> tuple[Contradiction, ...]:
    """Every bound on which the register and the documents, or two documents, do not agree, by instrument."""
    claimed = list(claims)
    known = joined(register, claimed)
    told = {claim.about for claim in claimed}
    return tuple(found for iri in sorted(told) for found in contradictions_of(known.instruments[iri]))


def contradictions_of(instrument: Instrument) -> Iterator[Contradiction]:
    """The contradictions in what is known of one instrument, after `joined`."""
    others = instrument.alternatives
    slots: tuple[tuple[BoundName, tuple[str, str], Bound | None, tuple[Bound, ...]], ...] = (
        ("issued", ("ngày ban hành", "the day of issue"), instrument.issue, others.issued),
        ("start", ("ngày bắt đầu có hiệu lực", "the first day in force"), instrument.valid_from, others.start),
        ("end", ("ngày hết hiệu lực", "the day it ended"), instrument.valid_before, others.end),
    )
    for name, (vi, en), own, more in slots:
        bounds = [bound for bound in (own, *more) if bound and bound.date]
        if len({bound.date for bound in bounds}) > 1:
            told = [(bound.date or "", *_told(bound)) for bound in bounds]
            said = tuple((day, by) for day, by, _ in told)
            listed = "; ".join(f"{shown_day(day)} ({by})" for day, by in said)
            listed_en = "; ".join(f"{day} ({by})" for day, _, by in told)
            yield Contradiction(
                about=instrument.iri,
                label=instrument.label,
                bound=name,
                said=said,
                text=f"các nguồn nói khác nhau về {vi} của {instrument.label}: {listed}",
                text_en=f"sources differ on {en} of {instrument.label}: {listed_en}",
                settled=bool(own and own.decides),
            )


def _told(bound: Bound) -> tuple[str, str]:
    vi, en = bound.told()
    return vi or "văn bản nhắc tới nó", en or "a document that cites it"


def _order(claim: Claim) -> tuple[str, str, int]:
    return (claim.day or "9", claim.by, claim.start)


def _unregistered(iri: str, said: Iterable[Claim]) -> Instrument:
    """An instrument of which only documents speak: what they know of its head."""
    facts: dict[str, str] = {}
    for claim in said:
        facts |= {k: v for k in ("number", "type", "issued") if k not in facts and (v := getattr(claim, k))}
    issued = facts.get("issued")
    return Instrument(
        iri=iri,
        number=facts.get("number") or iri.rpartition("/")[2],
        type=facts.get("type") or "",
        title="",
        issuer_label="",
        issued=issued,
        issue=Bound(issued) if issued else None,
        is_registered=False,
    )


def _with_claims(known: Instrument, said: list[Claim]) -> Instrument:
    whole = [claim for claim in said if not claim.provisions]
    starts = [_bound(claim) for claim in whole if claim.effect == "enters-into-force" and claim.day]
    ends = [_bound(claim) for claim in whole if claim.effect in ("ends", "repeals", "replaces")]
    issues = [Bound(c.issued, "V", c.by_label or None, (c.by,)) for c in whole if c.issued and c.by == c.about]
    issue, other_issues = _merged(known.issue, issues)
    start, other_starts = _merged(known.valid_from, starts)
    end, other_ends = _merged(known.valid_before, ends)
    if start is None and end is not None and not known.is_registered and known.issued:
        # what somebody ended had begun; from which day on, is only inferred
        start = Bound(known.issued, "I", note="Suy ra: văn bản bị thay thế hoặc bãi bỏ thì đã có hiệu lực.")
    return replace(
        known,
        issue=issue,
        valid_from=start,
        valid_before=end,
        alternatives=Alternatives(other_starts, other_ends, other_issues),
        partly_expired=(*known.partly_expired, *_new_parts(known, said)),
        suspended=(*known.suspended, *_new_suspensions(known, said)),
        successors=_related(known.successors, said, "replaces"),
        amended_by=tuple(dict.fromkeys((*known.amended_by, *(c.by for c in said if c.effect == "amends")))),
    )


def _bound(claim: Claim) -> Bound:
    return Bound(
        date=claim.day,
        confidence=claim.confidence,
        by_article=claim.by_label or None,
        source=(claim.by,),
        note=claim.sentence or None,
        not_before=claim.said_on if claim.day is None else None,
    )


def _merged(registered: Bound | None, claimed: list[Bound]) -> tuple[Bound | None, tuple[Bound, ...]]:
    """One bound for each day that is given, the register's first; a day not known says nothing where one is."""
    by_day: dict[str | None, Bound] = {}
    for bound in (*((registered,) if registered else ()), *claimed):
        there = by_day.get(bound.date)
        by_day[bound.date] = _stronger(there, bound) if there else bound
    if len(by_day) > 1:
        by_day.pop(None, None)
    bounds = tuple(by_day.values())
    return (bounds[0], bounds[1:]) if bounds else (None, ())


def _stronger(there: Bound, also: Bound) -> Bound:
    """One day from two sources: as sure as the surer one, in the words of the first."""
    grade = min(there.confidence, also.confidence, key=_GRADES.index)
    first_said = min(filter(None, (there.not_before, also.not_before)), default=None)
    by = there.by_article or also.by_article
    both = tuple(dict.fromkeys((*there.source, *also.source)))
    # a day that its register holds weaker than the document says it is the document's
    origin = there.origin if there.confidence == grade else also.origin
    return replace(there, confidence=grade, not_before=first_said, by_article=by, source=both, origin=origin)


def _new_parts(known: Instrument, said: list[Claim]) -> Iterator[PartialEnd]:
    there = {(part.bound.date, provision) for part in known.partly_expired for provision in part.provisions}
    for claim in said:
        new = tuple(provision for provision in claim.provisions if (claim.day, provision) not in there)
        if new and claim.effect in ("ends", "repeals", "replaces"):
            there |= {(claim.day, provision) for provision in new}
            # "Chương II" is no article: which ones ended is not known
            articles = all(re.fullmatch(r"\d+\w?", provision.article) for provision in new)
            yield PartialEnd(_bound(claim), new if articles else ())


def _new_suspensions(known: Instrument, said: list[Claim]) -> Iterator[Suspension]:
    there = {(suspension.start.date, suspension.provisions) for suspension in known.suspended}
    for claim in said:
        if claim.effect == "suspends" and (claim.day, claim.provisions) not in there:
            there.add((claim.day, claim.provisions))
            again = Bound(claim.until, claim.confidence) if claim.until else None
            words = tuple(_words(provision) for provision in claim.provisions)
            yield Suspension(_bound(claim), again, claim.provisions, words, claim.by)


def _words(provision: Provision) -> str:
    clause = f"khoản {provision.clause} " if provision.clause else ""
    return f"{clause}Điều {provision.article}"


def _related(known: tuple[Relation, ...], said: list[Claim], effect: Effect) -> tuple[Relation, ...]:
    """The relations there are and those claimed; one that the register holds less surely becomes as sure as said."""
    found: dict[str, Relation] = {relation.iri: relation for relation in known}
    for claim in said:
        if claim.effect == effect and not claim.provisions and claim.by != claim.about:
            there = found.get(claim.by)
            relation = Relation(claim.by, claim.confidence, claim.by_label or None, (claim.by,))
            if there is None or _GRADES.index(claim.confidence) < _GRADES.index(there.confidence):
                found[claim.by] = relation
    return tuple(found.values())
