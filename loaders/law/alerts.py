"""What whoever keeps a document should look at, worded as a lawyer would: from its citations and from what changed.

Only what is concluded gives an alert. A basis of which the register is not sure enough gives none, unless sources
contradict each other; a document that replaces or repeals something dead is doing its work.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from loaders.days import shown_day
from loaders.law.framework import Change
from loaders.law.judgement import Judgement
from loaders.law.verdict import Confidence, Interval, Turn
from loaders.text import fold

__all__ = ["Alert", "Kind", "Leaning", "Severity", "alerts"]

Kind = Literal[
    "dead-basis",
    "not-yet-basis",
    "suspended-basis",
    "partly-dead-basis",
    "basis-ended-later",
    "framework-changed",
    "unit-ended",
    "body-ended",
    "conflicting-claims",
]
Severity = Literal["high", "medium", "low"]
_TOLD = 6  # successors named in a reason
_RANKS: tuple[Severity, ...] = ("high", "medium", "low")
_BASES = ("can-cu", "thuc-hien")
CHANGES = ("sua-doi", "thay-the", "bai-bo")
_FORM = re.compile(r"\b(?:bieu )?mau\b(?: bieu)?[\s.:]*(?:so\b[\s.:]*)?\d|\btheo (?:bieu )?mau\b")
_TURNS: dict[str, Kind] = {
    "end": "basis-ended-later",
    "provision": "basis-ended-later",
    "partial": "partly-dead-basis",
    "suspension": "suspended-basis",
}
_KINDS: dict[str, Kind] = {"instrument": "framework-changed", "unit": "unit-ended", "body": "body-ended"}


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """One citation of the document, judged: its IRI (None outside a store), its place and the slug of its relation.

    `followed`: its words bid one act by what is cited. `day` is that of the document, or those between which it lies.
    """

    judgement: Judgement
    relation: str
    followed: bool = False
    day: str | Interval | None = None
    citation: str | None = None
    start: int | None = None

    @property
    def is_basis(self) -> bool:
        """Whether the document rests on it: căn cứ, thực hiện, or a form that must be filled in."""
        return self.relation in _BASES or bool(_FORM.search(fold(self.judgement.cited.pinpoint or "")))

    @property
    def severity(self) -> Severity:
        """How grave it is that what is cited has no effect: a basis, something to act by, or a mere mention."""
        return "high" if self.is_basis else "medium" if self.followed else "low"


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing to look at: `concerns` is the IRI of what changed, `changed_on` the first day of its new state."""

    kind: Kind
    severity: Severity
    concerns: str
    label: str
    reason_vi: str
    reason_en: str
    citation: str | None = None
    start: int | None = None
    changed_on: str | None = None
    successors: tuple[tuple[str, str], ...] = ()


def alerts(leanings: Iterable[Leaning], changes: Iterable[Change] = (), until: str | None = None) -> tuple[Alert, ...]:
    """The alerts of one document, the gravest first; `until` is the last day of its movement.

    >>> from loaders.law.judgement import Cited, judge
    >>> form = Cited(number="91/2017/NĐ-CP", type="nghi-dinh", pinpoint="mẫu số 07")
    >>> (found,) = alerts([Leaning(judgement=judge(form, "2024-04-25"), relation="dan-chieu")])
    >>> found.severity, found.reason_vi
    ('high', 'Nghị định 91/2017/NĐ-CP (mẫu số 07) đã hết hiệu lực từ 01/01/2024; nay là Nghị định 98/2023/NĐ-CP')
    """
    cited = [alert for leaning in leanings for alert in _of_citation(leaning, until)]
    told = {alert.concerns for alert in cited if alert.kind == "basis-ended-later"}
    around = [_of_change(change, until) for change in changes if change.iri not in told]
    return tuple(sorted([*cited, *around], key=_order))


def _order(alert: Alert) -> tuple[int, bool, int, int, str]:
    """By severity; citations in their order before what changed around: instruments (laws first), units, the issuer."""
    place = alert.start if alert.start is not None else 0
    kind = list(get_args(Kind)).index(alert.kind)
    around = alert.start is None and alert.citation is None
    return (_RANKS.index(alert.severity), around, place, kind, alert.changed_on or "")


def _of_citation(leaning: Leaning, until: str | None) -> Iterator[Alert]:
    judgement = leaning.judgement
    if judgement.instrument is None or leaning.relation in CHANGES:
        return
    found = _found(leaning)
    if found:
        kind, severity, (vi, en) = found
        yield _alert(leaning, kind, severity, vi, en, _changed_on(leaning, kind))
    if leaning.is_basis:
        yield from _turned(leaning, until or "", {found[0]} if found else set())


def _turned(leaning: Leaning, until: str, told: set[Kind]) -> Iterator[Alert]:
    """What of a basis was suspended on the day, and what ended or was suspended by the end of the movement."""
    verdict, instrument = leaning.judgement.verdict, leaning.judgement.instrument
    assert instrument
    within = (
        f", trong thời gian phong trào (đến {shown_day(until)})",
        f", within the period of the movement (to {until})",
    )
    for turn in (verdict.halted, *verdict.later):
        if turn is None or _TURNS[turn.what] in told:
            continue  # a kind of alert is given once of a citation: of several parts the first is told
        told.add(_TURNS[turn.what])
        vi, en = ("", "") if turn is verdict.halted else within
        colon = ":" if turn.vi.startswith(("một phần", "điều khoản")) else ""
        yield _alert(
            *(leaning, _TURNS[turn.what], "medium"),
            f"{instrument.label}{colon} {turn.vi}{vi}",
            f"{instrument.label}{colon} {turn.en}{en}",
            turn.day,
            turn,
        )


def _found(leaning: Leaning) -> tuple[Kind, Severity, tuple[str, str]] | None:
    """What the verdict of a citation asks for, or None."""
    verdict, basis = leaning.judgement.verdict, leaning.is_basis
    vi, en = verdict.reason, verdict.reason_en
    if verdict.code == "expired":
        return "dead-basis", leaning.severity, (f"đã {vi}" if vi.startswith("hết") else vi, f"had {en}")
    if verdict.code == "suspended":
        return "suspended-basis", leaning.severity, (f"đang {vi}", f"was {en}")
    if verdict.code == "not-yet-in-force" and basis:
        # a plan to put a new law into practice may well come before its first day
        severity: Severity = "low" if leaning.relation == "thuc-hien" else "high"
        after, after_en = _issued_after(leaning)
        return "not-yet-basis", severity, (f"{after}{vi}", f"{after_en}{en}")
    if verdict.code == "partly-expired" and basis:
        return "partly-dead-basis", "medium", (vi, en)
    if verdict.contested and basis:
        return "conflicting-claims", "medium", (vi, en)
    return None


def _issued_after(leaning: Leaning) -> tuple[str, str]:
    """What was not even issued on the day of the document can be no basis of it, whatever its first day in force."""
    instrument, last = leaning.judgement.instrument, Interval.of(leaning.day).last
    if instrument and instrument.issued and last and instrument.issued > last:
        issued = instrument.issued
        return f"ban hành sau văn bản này ({shown_day(issued)}), ", f"issued after this document ({issued}), "
    return "", ""


def _changed_on(leaning: Leaning, kind: Kind) -> str | None:
    """The first day of the state it is in, or, where it is not in force yet, of that to come."""
    judgement = leaning.judgement
    instrument, verdict = judgement.instrument, judgement.verdict
    if instrument is None or judgement.since:
        return judgement.since
    if kind == "not-yet-basis":
        return min((b.date for b in (instrument.valid_from, *instrument.disputed.start) if b and b.date), default=None)
    return verdict.changed_on


def _alert(
    leaning: Leaning, kind: Kind, severity: Severity, vi: str, en: str, day: str | None, turn: Turn | None = None
) -> Alert:
    """`turn` is what came after the day of the document, or of a part alone: the reason then names the instrument."""
    judgement = leaning.judgement
    instrument = judgement.instrument
    assert instrument
    label = instrument.label
    pinpoint = f" ({judgement.cited.pinpoint})" if judgement.cited.pinpoint else ""
    # a part that ended or was suspended leaves the instrument where it is
    after = tuple((one.iri, one.label) for one in judgement.replaced_by if turn is None or turn.what == "end")
    now_vi, now_en = _now(after)
    said_vi, said_en = (vi, en) if turn else (f"{label}{pinpoint} {vi}", f"{label}{pinpoint} {en}")
    return Alert(
        kind=kind,
        severity=severity,
        concerns=instrument.iri,
        label=label,
        reason_vi=said_vi + now_vi,
        reason_en=said_en + now_en,
        citation=leaning.citation,
        start=leaning.start,
        changed_on=day,
        successors=after,
    )


def _of_change(change: Change, until: str | None) -> Alert:
    if change.kind == "instrument":
        vi, en = _ended(change.label, change.day, change.by, until or "")
    else:
        vi, en = _gone(change, until or "")
    now_vi, now_en = _now(change.successors, change.kind == "unit")
    sure_vi, sure_en = _sure(change.confidence)
    return Alert(
        kind=_KINDS[change.kind],
        severity="medium",
        concerns=change.iri,
        label=change.label,
        reason_vi=vi + now_vi + sure_vi,
        reason_en=en + now_en + sure_en,
        changed_on=change.day,
        successors=change.successors,
    )


def _ended(label: str, day: str, by: str | None, until: str) -> tuple[str, str]:
    by = f" ({by})" if by else ""
    vi = f"{label} hết hiệu lực từ {shown_day(day)}{by}, trong thời gian phong trào (đến {shown_day(until)})"
    return vi, f"{label} ended on {day}{by}, within the period of the movement (to {until})"


def _gone(change: Change, until: str) -> tuple[str, str]:
    by = f" ({change.by})" if change.by else ""
    # tỉnh Đồng Nai of before July 2025 is no more, and what came after it is called tỉnh Đồng Nai
    same = any(label == change.label for _, label in change.successors)
    if change.kind == "body":
        who, who_en = f"Cơ quan ban hành, {change.label},", f"The issuer, {change.label},"
        what, what_en = ("được tổ chức lại", "was set up anew") if same else ("chấm dứt hoạt động", "ceased")
    else:
        who = who_en = change.label[:1].upper() + change.label[1:]
        what, what_en = ("được sắp xếp lại", "was merged or divided") if same else ("không còn", "ended")
    return (
        f"{who} {what} từ {shown_day(change.day)}{by}, trước khi phong trào kết thúc ({shown_day(until)})",
        f"{who_en} {what_en} on {change.day}{by}, before the movement ended ({until})",
    )


def _now(successors: tuple[tuple[str, str], ...], is_unit: bool = False) -> tuple[str, str]:
    """What is there now; a district's land may have gone to a score of communes, which are not all told."""
    labels = ", ".join(label for _, label in successors[:_TOLD])
    more = len(successors) - _TOLD
    rest, rest_en = (f" và {more} nơi khác", f" and {more} others") if more > 0 else ("", "")
    now, now_en = ("nay thuộc", "now part of") if is_unit else ("nay là", "now")
    return (f"; {now} {labels}{rest}", f"; {now_en} {labels}{rest_en}") if labels else ("", "")


def _sure(confidence: Confidence) -> tuple[str, str]:
    if confidence == "V":
        return "", ""
    return f" (chưa kiểm chứng, mức {confidence})", f" (not verified, {confidence})"
