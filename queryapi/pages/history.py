"""The history of an administrative unit as its page tells it: what it came out of, what it is, what it became."""

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.authorities.territory import Change, Succession, territory
from loaders.authorities.units import Unit, units
from loaders.days import shown_day
from loaders.vocabulary import scheme
from ontology import BASE

_SHARES = {"whole": "trọn", "part": "một phần", "unknown": "không rõ trọn hay một phần"}
_SURE = {
    "since-at-least": "các bảng bắt đầu từ ngày ấy",
    "ended-by": "không còn trong bảng sau; hết muộn nhất là ngày cuối",
    "not-before": "mới có trong bảng sau; có không sớm hơn ngày đầu",
    "dated": "đúng ngày",
    "k": "chưa kiểm chứng (hiểu biết riêng)",
    "v-weak": "chưa kiểm chứng (nguồn gián tiếp)",
}


@dataclass(frozen=True)
class Step:
    """A unit before or after another: `through` are the communes that passed, each with where it went."""

    iri: str
    name: str
    share: str
    change: str
    words: str
    through: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class History:
    """What the page of a unit tells above its triples."""

    name: str
    above: tuple[tuple[str, str], ...]
    period: str
    sure: str
    made: str
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    ended: str
    why_none: str


def history(iri: str) -> History | None:
    """The history of the unit of that IRI; None for anything else.

    >>> told = history("https://w3id.org/thidua/id/unit/10924-luong-dien/2021-01-01")
    >>> [(step.name, step.share) for step in told.after]
    [('xã Cẩm Giàng, thành phố Hải Phòng', 'trọn')]
    """
    if not iri.startswith(f"{BASE}id/unit/"):
        return None
    try:
        unit = units().get(iri)
    except KeyError:
        return None
    why = units().why_no_successor(unit)
    own = [change for change in territory().ending(unit) if "untold" not in change.kinds]
    return History(
        name=unit.full_name,
        above=tuple((above.iri, above.full_name) for above in units().ancestors(unit)),
        period=_period(unit),
        sure=_SURE[unit.certainty],
        made="; ".join(f"{c.note}, {c.reference}" for c in territory().making(unit) if c.note),
        before=_steps(units().predecessors(unit)),
        after=_steps(units().successors(unit)),
        ended="; ".join(dict.fromkeys(_words(change) for change in own)),
        why_none=scheme("unit-change")["untold"].label if why == "untold" else "",
    )


def _period(unit: Unit) -> str:
    start = f"từ {'trước ' if unit.certainty == 'since-at-least' else ''}{shown_day(unit.valid_from)}"
    return f"{start} đến trước {shown_day(unit.valid_before)}" if unit.valid_before else f"{start} đến nay"


def _steps(found: Iterable[Succession]) -> tuple[Step, ...]:
    return tuple(
        Step(
            iri=step.unit.iri,
            name=_in_its_area(step.unit),
            share=_SHARES[step.share],
            change=step.change.iri,
            words=_words(step.change),
            through=tuple((a.iri, a.full_name, b.iri, b.full_name) for a, b, _ in step.through),
        )
        for step in found
    )


def _in_its_area(unit: Unit) -> str:
    return ", ".join(each.full_name for each in (unit, *units().ancestors(unit)))


def _words(change: Change) -> str:
    """ "nhập, ngày 01/07/2025, theo khoản 82 Nghị quyết 1669/NQ-UBTVQH15 ngày 16/06/2025"."""
    kinds = ", ".join(scheme("unit-change")[kind].label for kind in change.kinds)
    day = f"ngày {shown_day(change.day)}" if change.day else "ngày chưa biết"
    by = f"theo {change.reference}" if change.resolution else change.reference
    return f"{kinds}, {day}, {by}{'' if change.confidence == 'v' else ' (chưa kiểm chứng)'}"
