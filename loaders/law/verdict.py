"""Was it in force? Bounds and a day in, a verdict out; nothing is read and nothing remembered.

The rule: verified bounds hold; a weaker bound may hold or not; a missing end means that none was known on the day the
register was checked. Where two sources give one bound differently, either may be right: that there is such a bound
holds if one of them is verified. A *reading* keeps or drops each weaker bound, takes one of those that disagree, and
fixes one day on which the citing document may have been issued.
When every reading gives the same verdict, that is the verdict; else it is unknown, and what would decide it is said.

A dropped start restricts nothing, so an instrument whose first day is only inferred is in force long after that day on
either reading. A start the register does not know at all is another thing: nobody says the instrument ever took
effect, and only its day of issue and a verified end are left to decide by.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.law.bounds import Alternatives, Bound, Code, Confidence, Interval, Origin
from loaders.law.readings import FIRST, LAST, Life, Slot, those
from loaders.law.reasons import Turn, first_part, halted, open_questions, reason_of, suspension, turns

__all__ = [
    "Alternatives",
    "Bound",
    "Code",
    "Confidence",
    "Halt",
    "Interval",
    "Life",
    "Origin",
    "Turn",
    "Verdict",
    "code_of",
    "life",
    "verdict",
    "verdict_of",
]

_IN_FORCE = {"in-force", "partly-expired"}
Halt = tuple[Bound, Bound | None]
"""A suspension: its first day, and the first day after it."""


@dataclass(frozen=True)
class Verdict:
    """`since` is the day it (or the provision cited of it) surely had ended; `decided_by` what would settle an unknown.

    `contested`: the verdict is unknown because sources contradict each other. Of what is in force: `halted` a part that
    was suspended, `later` what came within the period asked. `changed_on`: the day of a part's end or of a suspension.
    """

    code: Code
    since: str | None = None
    reason: str = ""
    reason_en: str = ""
    decided_by: tuple[str, ...] = ()
    decided_by_en: tuple[str, ...] = ()
    expired_later: bool = False
    contested: bool = False
    changed_on: str | None = None
    halted: Turn | None = None
    later: tuple[Turn, ...] = ()


def verdict(
    valid_from: Bound | None,
    valid_before: Bound | None,
    cited_on: str | Interval | None,
    period_until: str | None = None,
    checked_on: str | None = None,
    *,
    issued: Bound | None = None,
    partial: Iterable[Bound] = (),
    provision: Iterable[Bound] = (),
    suspended: Iterable[Halt] = (),
    perhaps_suspended: Iterable[Halt] = (),
    partly_suspended: Iterable[Halt] = (),
    otherwise: Alternatives | None = None,
    end_checked: bool = True,
) -> Verdict:
    """How an instrument stood on the day (or on every day of the interval) a document citing it was issued.

    `partial` are ends of other parts of it or of parts not known, `provision` ends of the very provision cited,
    `suspended` the first day without effect and the first day with it again; `partly_suspended` the same of other parts
    or clauses, `perhaps_suspended` where it is not known whether what is cited is among what was. `end_checked` is
    False for an instrument that nobody has looked up: that no end is known of it says nothing.

    Long Thành's plan of 2024 has no day, only limits, and Decree 91/2017 ended before the first of them:

    >>> verdict(Bound("2017-10-01"), Bound("2024-01-01"), Interval("2024-04-25", "2024-12-31")).code
    'expired'
    >>> verdict(Bound("2025-07-01"), Bound("2027-03-01", "V-weak"), "2027-03-02").decided_by
    ('ngày hết hiệu lực 01/03/2027 mới ở mức V-weak',)
    """
    parts = partial, provision, suspended, perhaps_suspended, partly_suspended
    return verdict_of(
        life(valid_from, valid_before, issued, *parts, otherwise, end_checked=end_checked),
        cited_on,
        period_until,
        checked_on,
    )


def life(
    valid_from: Bound | None,
    valid_before: Bound | None,
    issued: Bound | None,
    partial: Iterable[Bound],
    provision: Iterable[Bound],
    suspended: Iterable[Halt],
    perhaps_suspended: Iterable[Halt],
    partly_suspended: Iterable[Halt],
    otherwise: Alternatives | None,
    *,
    end_checked: bool,
) -> Life:
    """Every bound there is of an instrument, as `verdict` takes them: the same for whatever day is asked."""
    others = otherwise or Alternatives()
    slots = [
        Slot("issued", (*those(issued), *others.issued)),
        Slot("start", (*those(valid_from), *others.start)),
        Slot("end", (*those(valid_before), *others.end)),
        *(Slot("partial", (bound,)) for bound in partial),
        *(Slot("provision", (bound,)) for bound in provision),
        *(Slot("suspension", (start,), end) for start, end in suspended),
        *(Slot("perhaps", (start,), end) for start, end in perhaps_suspended),
    ]
    if not end_checked and not slots[2].options:
        began = min((b.date for slot in slots[:2] for b in slot.options if b.date), default=None)
        slots[2] = Slot("unchecked", (Bound(None, "K", not_before=began),))
    return Life(tuple(slots), tuple(Slot("suspension", (start,), end) for start, end in partly_suspended))


def verdict_of(life: Life, cited_on: str | Interval | None, until: str | None, checked_on: str | None) -> Verdict:
    """How what has these bounds stood on the day, as `verdict` says it."""
    days = Interval.of(cited_on)
    if _contradict(days):
        why = "các mốc ngày của văn bản viện dẫn mâu thuẫn với nhau"
        why_en = "the limits of the citing document's day contradict each other"
        return Verdict("unknown", None, why, why_en, (why,), (why_en,))
    return _concluded(life, days, until, checked_on)


def code_of(life: Life, cited_on: str | Interval | None, until: str | None = None) -> tuple[Code, bool]:
    """The verdict alone, without its reasons, and whether what stands surely ends within the period asked."""
    days = Interval.of(cited_on)
    if _contradict(days):
        return "unknown", False
    codes = life.over(days)
    ends = until is not None and codes <= _IN_FORCE and any(slot.surely_over_by(until) for slot in life.ends)
    return codes.pop() if len(codes) == 1 else "unknown", ends


def _contradict(days: Interval) -> bool:
    return bool(days.first and days.last and days.first > days.last)


def _concluded(life: Life, days: Interval, until: str | None, checked_on: str | None) -> Verdict:
    first, last = days.first or FIRST, days.last or LAST
    codes = life.over(days)
    stands = codes <= _IN_FORCE
    ends = stands and any(slot.surely_over_by(until) for slot in life.ends)
    if len(codes) > 1 or codes == {"unknown"}:
        asked = list(open_questions(life, days))
        vi, en = tuple(q.vi for q in asked), tuple(q.en for q in asked)
        contested = any(q.contested for q in asked)
        return Verdict("unknown", None, "; ".join(vi), "; ".join(en), vi, en, ends, contested)
    code = codes.pop()
    over = life.surely_over(first) if code == "expired" else None
    turned = first_part(life, first) if code == "partly-expired" else None
    turned = suspension(life, last) if code == "suspended" else turned
    vi_reason, en_reason = reason_of(code, life, over, checked_on, days)
    return Verdict(
        code,
        over.last if over else None,
        vi_reason,
        en_reason,
        expired_later=ends,
        changed_on=turned.last if turned else None,
        halted=halted(life, first, last) if stands else None,
        later=turns(life, last, until) if stands and until else (),
    )
