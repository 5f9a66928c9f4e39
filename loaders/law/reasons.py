"""Verdicts in words: why, what would decide an unknown one, what came later; each day with the source that gives it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from loaders.days import shown_day
from loaders.law.bounds import Bound, Code, Interval
from loaders.law.readings import FIRST, LAST, Life, Slot, day_before

_ENDS = {
    "start": ("ngày bắt đầu có hiệu lực", "the first day in force"),
    "end": ("ngày hết hiệu lực", "the day it ended"),
    "issued": ("ngày ban hành", "its day of issue"),
    "partial": ("ngày hết hiệu lực một phần", "the day a part of it ended"),
    "provision": ("ngày hết hiệu lực của điều khoản được dẫn", "the day the provision cited ended"),
    "suspension": ("ngày ngưng hiệu lực", "the day it was suspended"),
    "perhaps": ("ngày ngưng hiệu lực", "the day it was suspended"),
    "again": ("ngày thôi ngưng hiệu lực", "the day its suspension ended"),
}


@dataclass(frozen=True)
class Question:
    """Something that would decide an unknown verdict."""

    vi: str
    en: str
    contested: bool = False


def open_questions(life: Life, days: Interval) -> Iterator[Question]:
    """What would decide: the citing day when days differ, then each bound that makes a difference."""
    if len({frozenset(life.readings(day)) for day in life.deciding_days(days)}) > 1:
        yield Question("chưa rõ ngày ban hành của văn bản viện dẫn", "the day the citing document was issued is open")
    if not life.of("start"):
        yield Question("chưa biết ngày bắt đầu có hiệu lực", "the first day in force is not known")
    for place, slot in enumerate(life.slots):
        matters = len({frozenset(life.over(days, (place, choice))) for choice in slot.choices}) > 1
        if slot.role == "unchecked":
            yield Question("chưa đối chiếu ngày hết hiệu lực", "whether it has ended was not looked up")
        elif slot.role == "perhaps":
            if matters:
                yield _whether_it(slot)
        elif matters and slot.differs:
            yield _contradiction(slot)
        else:
            again = [("again", slot.again)] if slot.again else []
            for role, bound in [*((str(slot.role), bound) for bound in slot.options), *again]:
                yield from _weak(role, bound, matters)


def _weak(role: str, bound: Bound, matters: bool) -> Iterator[Question]:
    vi, en = _ENDS[role]
    if bound.date is None:
        yield Question(f"chưa biết {vi}", f"{en} is not known")
    elif bound.confidence != "V" and matters:
        yield Question(
            f"{vi} {shown_day(bound.date)} mới ở mức {bound.confidence}",
            f"{en}, {bound.date}, is only {bound.confidence}",
        )


def _whether_it(slot: Slot) -> Question:
    vi, en = _suspended(slot)
    return Question(f"chưa rõ điều khoản được dẫn có {vi} không", f"whether the provision cited was {en} is open")


def _contradiction(slot: Slot) -> Question:
    vi, en = _ENDS[slot.role]
    said, said_en = _either(slot.options)
    return Question(f"các nguồn nói khác nhau về {vi}: {said}", f"sources differ on {en}: {said_en}", True)


def _either(bounds: Iterable[Bound]) -> tuple[str, str]:
    """Each day that is given, with who gives it."""
    vi, en = [], []
    for bound in bounds:
        by, by_en = bound.told()
        sure, sure_en = ("", "") if bound.origin else _how_sure(bound)
        said, said_en = "; ".join(filter(None, (by, sure))), "; ".join(filter(None, (by_en, sure_en)))
        vi.append(f"{shown_day(bound.date) or 'ngày chưa rõ'}{f' ({said})' if said else ''}")
        en.append(f"{bound.date or 'a day not known'}{f' ({said_en})' if said_en else ''}")
    return " hay ".join(dict.fromkeys(vi)), " or ".join(dict.fromkeys(en))


def _how_sure(bound: Bound) -> tuple[str, str]:
    """What must be said beside a day that is not verified."""
    if bound.confidence == "V":
        return "", ""
    return f"mức {bound.confidence}, chưa kiểm chứng", f"{bound.confidence}, not verified"


def reason_of(code: Code, life: Life, over: Slot | None, checked_on: str | None, days: Interval) -> tuple[str, str]:
    """Why the verdict is what it is on those days."""
    first, last = days.first or FIRST, days.last or LAST
    starts = [bound.date for bound in life.of("start") if bound.date]
    if code == "expired":
        bounds = over.options if over else (Bound(None),)
        vi, en = ("điều khoản được dẫn ", "the provision cited ") if over and over.role == "provision" else ("", "")
        since, since_en = _since(bounds)
        return f"{vi}hết hiệu lực từ {since}", f"{en}ended on {since_en}"
    if code == "not-yet-in-force":
        came, came_en = _since([b for b in life.of("start" if starts else "issued") if b.date])
        if starts:
            return f"tới {came} mới có hiệu lực", f"in force only from {came_en}"
        return f"tới {came} mới được ban hành", f"issued only on {came_en}"
    if code == "suspended":
        return _suspended(suspension(life, last))
    return _standing_reason(code, life, checked_on, first)


def _since(bounds: Iterable[Bound], *, plain: bool = False) -> tuple[str, str]:
    """One day with the article that gives it (`plain`: the day alone); who says which, where several are given."""
    given = list(bounds)
    if len({bound.date for bound in given}) > 1:
        return _either(given)
    bound = given[0] if given else Bound(None)
    if plain:
        return shown_day(bound.date), bound.date or ""
    by = bound.told()[0] if bound.decides and not bound.by_article else bound.by_article
    sure, sure_en = _how_sure(bound)
    said, said_en = "; ".join(filter(None, (by, sure))), "; ".join(filter(None, (by, sure_en)))
    vi, en = shown_day(bound.date), bound.date or ""
    return f"{vi} ({said})" if said else vi, f"{en} ({said_en})" if said_en else en


def suspension(life: Life, day: str) -> Slot:
    """The last suspension that began by a day."""
    slots = [slot for slot in life.slots if slot.role == "suspension"]
    began = [slot for slot in slots if (slot.options[0].date or FIRST) <= day]
    return max(began or slots, key=lambda slot: slot.options[0].date or "")


def _suspended(slot: Slot) -> tuple[str, str]:
    bound, again = slot.options[0], slot.again
    (vi, en), sure = _since([replace(bound, by_article=None, confidence="V")]), _how_sure(bound)
    vi, en = f"ngưng hiệu lực từ {vi}" if vi else "ngưng hiệu lực", f"suspended from {en}" if en else "suspended"
    if again and again.date:
        last, weak = day_before(again.date), _how_sure(again)
        vi = f"{vi} đến hết {shown_day(last)}{f' ({weak[0]})' if weak[0] and not sure[0] else ''}"
        en = f"{en} to {last}{f' ({weak[1]})' if weak[1] and not sure[1] else ''}"
    by, by_en = (("; ".join(filter(None, (bound.by_article, said)))) for said in sure)
    return f"{vi} ({by})" if by else vi, f"{en} ({by_en})" if by_en else en


def _standing_reason(code: Code, life: Life, checked_on: str | None, first: str) -> tuple[str, str]:
    start, start_en = _since([bound for bound in life.of("start") if bound.date], plain=True)
    ends = [bound.date for bound in life.of("end") if bound.date]
    vi, en = f"có hiệu lực từ {start}", f"in force from {start_en}"
    if len(set(ends)) > 1:
        either, either_en = _either(life.of("end"))
        vi = f"{vi}; các nguồn nói khác nhau về ngày hết hiệu lực: {either}"
        en = f"{en}; sources differ on the day it ended: {either_en}"
    elif ends:
        last = day_before(min(ends))
        vi, en = f"{vi} đến hết {shown_day(last)}", f"{en} to {last}"
    elif checked_on:
        vi, en = f"{vi}, tới {shown_day(checked_on)} chưa biết có ngày hết", f"{en}, no end known on {checked_on}"
    alike = (
        bound for slot in life.slots if slot.role in ("start", "end") and not slot.differs for bound in slot.options
    )
    for bound in alike:
        if bound.date and bound.confidence != "V":
            vi = f"{vi} (ngày {shown_day(bound.date)} ở mức {bound.confidence})"
            en = f"{en} ({bound.date} is {bound.confidence})"
    part = first_part(life, first) if code == "partly-expired" else None
    asides = [_turn(slot) for slot in ([part] if part else []) + halted_parts(life, first)]
    return "; ".join([vi, *(turn.vi for turn in asides)]), "; ".join([en, *(turn.en for turn in asides)])


def first_part(life: Life, day: str) -> Slot | None:
    """The first part that surely had ended by a day."""
    ended = [slot for slot in life.slots if slot.role == "partial" and slot.surely_over_by(day)]
    return min(ended, key=lambda slot: slot.last or "", default=None)


def halted_parts(life: Life, day: str) -> list[Slot]:
    """The parts said to be suspended on a day, surely or not."""
    return [slot for slot in life.beside if any("suspended" in slot.marks(choice, day) for choice in slot.choices)]


@dataclass(frozen=True)
class Turn:
    """Something that happened to an instrument or to a part of it, in words that name it, its day and its source.

    `day` is the first of the new state; with several given, the one by which it has come whichever is right.
    """

    what: Literal["end", "provision", "partial", "suspension"]
    day: str
    vi: str
    en: str


def turns(life: Life, last: str, until: str) -> tuple[Turn, ...]:
    """What surely came after a day and by another, the first before the rest; nothing after its end."""
    over = [slot for slot in life.ends if slot.surely_over_by(until)]
    coming = [slot for slot in life.slots if slot.role in ("partial", "suspension")] + list(life.beside)
    over += [slot for slot in coming if slot.surely_over_by(until) and last < (slot.last or FIRST)]
    found = sorted((_turn(slot) for slot in over), key=lambda turn: turn.day)
    ended = min((turn.day for turn in found if turn.what == "end"), default=LAST)
    return tuple(turn for turn in found if turn.what == "end" or turn.day < ended)


def halted(life: Life, first: str, last: str) -> Turn | None:
    """A part that surely was suspended on all days between two."""
    sure = [s for s in life.beside if all(s.marks(c, day) == {"suspended"} for c in s.choices for day in (first, last))]
    return _turn(sure[0]) if sure else None


def _turn(slot: Slot) -> Turn:
    what, of = slot.role, next((f" ({bound.of})" for bound in slot.options if bound.of), "")
    day = slot.last or ""
    if what == "suspension":
        vi, en = _suspended(slot)
        return Turn(
            "suspension", day, f"một phần{of} {vi}" if of else vi, f"a part{of} was {en}" if of else f"was {en}"
        )
    since, since_en = _since(slot.options)
    if what == "partial":
        return Turn("partial", day, f"một phần{of} hết hiệu lực từ {since}", f"a part{of} ended on {since_en}")
    if what == "provision":
        vi, en = f"điều khoản được dẫn{of} hết hiệu lực từ {since}", f"the provision cited{of} ended on {since_en}"
        return Turn("provision", day, vi, en)
    return Turn("end", day, f"hết hiệu lực từ {since}", f"ended on {since_en}")
