"""What became of administrative units: the changes that the tables show, and how units follow one another.

The tables are snapshots: they give two days of change by law (`changes.csv`, and 1 July 2025) and else only that a unit
changed between two tables. What they do not tell is no successor but a change of the kind `untold`.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from loaders.authorities.units import TWO_LEVELS, Unit, Units, units
from loaders.days import shown_day
from ontology import BASE
from ontology.units import spelling, table

SECOND_TABLE = "2023-04-26"
WHOLE, PART, UNKNOWN = "whole", "part", "unknown"
NO_RESOLUTION = "nghị quyết của UBTVQH về tỉnh này chưa có trong sổ"
NO_INSTRUMENT = "văn bản quyết định chưa có trong sổ"


class Resolution(NamedTuple):
    """What a change rests on: `clause` as far as it is known, `confidence` of the change as this tells it."""

    path: str
    number: str
    signed: str
    clause: str
    confidence: str


@dataclass(frozen=True)
class Change:
    """A change of units. Without a `day` (first day of the new state) it came after `not_before`, by `not_after`.

    `before` are the units that changed, each with how much of it passed on: whole, part or unknown.
    """

    kinds: tuple[str, ...]
    before: tuple[tuple[Unit, str], ...]
    after: tuple[Unit, ...]
    day: str | None
    confidence: str
    resolution: Resolution | None = None
    not_before: str | None = None
    not_after: str | None = None
    note: str = ""

    @property
    def iri(self) -> str:
        named = self.after[0] if self.after else self.before[0][0]
        return f"{BASE}id/unit-change/{self.day or 'nd'}/{named.code}-{named.slug}"

    @property
    def instrument(self) -> str | None:
        """The IRI of the resolution, if the register of units has it."""
        return f"{BASE}id/doc/{self.resolution.path}" if self.resolution else None

    @property
    def reference(self) -> str:
        """What the change rests on, in words."""
        if self.resolution:
            words = f"Nghị quyết {self.resolution.number}"
            day = f" ngày {shown_day(self.resolution.signed)}" if self.resolution.signed else ""
            return f"{self.resolution.clause} {words}{day}".strip()
        of_a_commune = self.day == TWO_LEVELS and self.after and self.after[0].level == "xa"
        return NO_RESOLUTION if of_a_commune else NO_INSTRUMENT


@dataclass(frozen=True)
class Succession:
    """A unit after (or before) another, how much of the former one passed, and the change that did it.

    `through` says it of the communes where a district's fate is that of its communes: each with where it went.
    """

    unit: Unit
    share: str
    change: Change
    through: tuple[tuple[Unit, Unit, str], ...] = ()


class Territory:
    """The changes, by the units they concern."""

    def __init__(self, gazetteer: Units, pairs: Iterable[list[str]], known: "Known") -> None:
        self._slices: dict[str, list[Unit]] = defaultdict(list)
        self._children: dict[str, list[Unit]] = defaultdict(list)
        for unit in gazetteer.on(None):
            self._slices[unit.code].append(unit)
        for unit in gazetteer.on(None):
            if unit.level == "xa" and unit.parent:
                self._children[gazetteer.get(unit.parent).code].append(unit)
        self._known = known
        self._pairs = [(before, after, WHOLE if whole == "yes" else PART) for before, after, whole in pairs]
        self.changes: tuple[Change, ...] = (
            *self._dated(),
            *self._founded(),
            *self._between_tables(),
            *self._two_levels(),
        )
        self._from: dict[Unit, list[Change]] = defaultdict(list)
        self._into: dict[Unit, list[Change]] = defaultdict(list)
        for change in self.changes:
            for unit, _ in change.before:
                self._from[unit].append(change)
            for unit in change.after:
                self._into[unit].append(change)
        self._district_after: dict[Unit, tuple[Succession, ...]] = {}
        self._district_before: dict[Unit, list[Succession]] | None = None

    def ending(self, unit: Unit) -> tuple[Change, ...]:
        """The changes that the unit went through: those after which it was another, or no more."""
        return tuple(self._from.get(unit, ()))

    def making(self, unit: Unit) -> tuple[Change, ...]:
        """The changes that the unit came out of."""
        return tuple(self._into.get(unit, ()))

    def successors(self, unit: Unit, on: str | None = None) -> tuple[Succession, ...]:
        """What came right after a unit, or what of it there is on a day, later or the same."""
        return self._next(unit) if on is None else self._reached(unit, on, forward=True)

    def predecessors(self, unit: Unit, on: str | None = None) -> tuple[Succession, ...]:
        """What came right before a unit, or what of it there was on a day."""
        return self._last(unit) if on is None else self._reached(unit, on, forward=False)

    def why_none(self, unit: Unit, on: str | None = None) -> str | None:
        """Why a unit has no successor (on a day): `goes-on`, `abolished` or `untold`; None if it has one."""
        if self.successors(unit, on):
            return None
        if unit.valid_before is None or (on and unit.lasts_on(on) and unit.certainty != "ended-by"):
            return "goes-on"
        return "untold"

    def _next(self, unit: Unit) -> tuple[Succession, ...]:
        if unit.level == "huyen":
            return self._after_district(unit)
        changes = self._from.get(unit, ())
        return tuple(Succession(after, dict(c.before)[unit], c) for c in changes for after in c.after)

    def _last(self, unit: Unit) -> tuple[Succession, ...]:
        if unit.level == "huyen":
            return self._before_district(unit)
        changes = self._into.get(unit, ())
        return tuple(Succession(before, share, c) for c in changes for before, share in c.before)

    def _reached(self, unit: Unit, on: str, *, forward: bool) -> tuple[Succession, ...]:
        """Step by step until the units of that day; the change told is the first one."""
        found: dict[Unit, Succession] = {}
        frontier = [Succession(step.unit, step.share, step.change, step.through) for step in self._steps(unit, forward)]
        seen: set[Unit] = set()
        while frontier:
            step = frontier.pop(0)
            if step.unit.lasts_on(on):
                found.setdefault(step.unit, step)
            elif step.unit not in seen and (step.unit.valid_from <= on if forward else step.unit.valid_from > on):
                seen.add(step.unit)
                for further in self._steps(step.unit, forward):
                    shares = {step.share, further.share}
                    share = WHOLE if shares == {WHOLE} else PART if PART in shares else UNKNOWN
                    frontier.append(Succession(further.unit, share, step.change, step.through))
        return tuple(found.values())

    def _steps(self, unit: Unit, forward: bool) -> tuple[Succession, ...]:
        return self._next(unit) if forward else self._last(unit)

    def _after_district(self, district: Unit) -> tuple[Succession, ...]:
        """A district's successors are those of its communes, and itself under another name or kind."""
        if district not in self._district_after:
            self._district_after[district] = tuple(self._followed(district))
        return self._district_after[district]

    def _followed(self, district: Unit) -> Iterator[Succession]:
        went: dict[Unit, list[tuple[Unit, Unit, str]]] = defaultdict(list)
        communes = [unit for unit in self._children[district.code] if _was_in(unit, district)]
        told = 0
        for commune in communes:
            places = list(self._places_after(commune, district))
            told += bool(places)
            for target, after, share in places:
                if target != district:
                    went[target].append((commune, after, share))
        own = self._from.get(district, ())
        for target, through in went.items():
            all_of_it = len(through) == told and all(share == WHOLE for _, _, share in through)
            whole = WHOLE if told == len(communes) else UNKNOWN
            change = self._change_of(district, target, through[0])
            yield Succession(target, whole if all_of_it else PART, change, tuple(through))
        for change in own:
            for unit in change.after:
                if unit not in went:
                    yield Succession(unit, dict(change.before)[district], change)

    def _change_of(self, district: Unit, target: Unit, first: tuple[Unit, Unit, str]) -> Change:
        """The change that took communes of a district elsewhere: the district's or its target's own if it has a day."""
        own, commune, after = self._from.get(district, []), first[0], first[1]
        of_target = [c for c in own if target in c.after]
        if target.level == "huyen":
            of_target = of_target or self._into.get(target) or ([] if district.valid_before == TWO_LEVELS else own)
        of_commune = [c for c in self._from.get(commune, ()) if after in c.after]
        return (of_target or of_commune or own)[0]

    def _places_after(self, commune: Unit, district: Unit) -> Iterator[tuple[Unit, Unit, str]]:
        """Where a commune of a district was next: the unit right above it there, or itself if none was."""
        stays = district.valid_before and (commune.valid_before or "9") > district.valid_before
        if stays and commune.certainty != "ended-by":
            if above := self._district_on(district.code, district.valid_before or ""):
                yield above, commune, WHOLE  # it stayed while its district became another
            return
        for step in self._next(commune):
            # the tables do not tell how much of it passed; that its land lies in the district of its code they do
            share = WHOLE if step.unit.code == commune.code and step.share == UNKNOWN else step.share
            if step.unit.valid_from < TWO_LEVELS:
                parent = step.unit.parent or ""
                above = self._district_on(parent.removeprefix(f"{BASE}id/unit/").split("-")[0], "2025-06-30")
                if above:
                    yield above, step.unit, share
            else:
                yield step.unit, step.unit, share

    def _district_on(self, code: str, day: str) -> Unit | None:
        return next((unit for unit in self._slices.get(code, ()) if unit.lasts_on(day)), None)

    def _before_district(self, district: Unit) -> tuple[Succession, ...]:
        if self._district_before is None:
            self._district_before = defaultdict(list)
            former = [unit for code in self._slices for unit in self._slices[code] if unit.level == "huyen"]
            for unit in former:
                for step in self._after_district(unit):
                    self._district_before[step.unit].append(Succession(unit, step.share, step.change, step.through))
        return tuple(self._district_before.get(district, ()))

    def _dated(self) -> Iterator[Change]:
        """The changes of `changes.csv`, which is kept by hand."""
        for code, before, after, day, confidence, instrument in self._known.dated:
            slices = self._slices[code]
            old = next((u for u in slices if u.valid_before == day and u.full_name.lower() == before.lower()), None)
            new = next((u for u in slices if u.valid_from == day and u.full_name.lower() == after.lower()), None)
            kinds = _differences(old, new) if old and new else ("abolished",) if old else ("established",)
            # who changed a town's name may have changed its land as well: how much passed on is not told
            resolution = Resolution(_path(instrument), instrument, "", "", confidence) if instrument else None
            known = ((old, UNKNOWN if old.level == "huyen" else WHOLE),) if old else ()
            yield Change(kinds, known, (new,) if new else (), day, confidence, resolution)

    def _founded(self) -> Iterator[Change]:
        """How units came to be before the first table, kept by hand: out of units that no table has."""
        for code, name, day, path, number, signed, confidence, note, _ in self._known.founded:
            unit = next(u for u in self._slices[code] if spelling(u.full_name) == spelling(name))
            resolution = Resolution(path, number, signed, "", confidence)
            yield Change(("established",), (), (unit,), day, confidence, resolution, note=note)

    def _between_tables(self) -> Iterator[Change]:
        """Communes that differ between the tables of April 2023 and of early 2025, on a day that neither gives."""
        old = [u for code in self._slices for u in self._slices[code] if u.certainty == "ended-by"]
        new = {u.code: u for code in self._slices for u in self._slices[code] if u.certainty == "not-before"}
        named = {(u.full_name, u.parent): u for u in new.values()}
        into: dict[Unit, list[Unit]] = defaultdict(list)
        for unit in old:
            after = new.get(unit.code) or named.get((unit.full_name, unit.parent))
            if after:
                into[after].append(unit)
            else:
                yield _undated(("untold",), (unit,), (), "v-weak")
        for unit in new.values():
            # of a name that now stands with another code, that it went on there is only inferred
            same = [u for u in into[unit] if u.code == unit.code]
            others = [u for u in into[unit] if u.code != unit.code]
            kinds = (*(_differences(same[0], unit) if same else ()), *(("merged",) if same and others else ()))
            yield _undated(kinds or ("established",), (*same, *others), (unit,), "i" if others else "v-weak")

    def _two_levels(self) -> Iterator[Change]:
        """1 July 2025: communes and provinces were merged, districts ended."""
        today = {code: self._starting(code, TWO_LEVELS) for _, code, _ in self._pairs}
        into: dict[Unit, list[tuple[Unit, str]]] = defaultdict(list)
        provinces: dict[Unit, dict[Unit, None]] = defaultdict(dict)
        province_of = self._known.province_of
        for before, after, share in self._pairs:
            old, new = self._ending(before, TWO_LEVELS), today[after]
            into[new].append((old, share))
            provinces[province_of(new, TWO_LEVELS)][province_of(old, "2025-06-30")] = None
        without_communes = {old for merged in into.values() for old, _ in merged if old.level == "huyen"}
        for new, merged in into.items():
            by = self._known.resolution("xa", new.code) or self._known.resolution("xa", province_of(new, None).code)
            yield Change(_how(merged, new), tuple(merged), (new,), TWO_LEVELS, by.confidence if by else "v-weak", by)
        for new, former in provinces.items():
            if new not in former:
                by = self._known.resolution("tinh", new.code) or self._known.resolution("tinh", "")
                parts = tuple((old, WHOLE) for old in former)
                yield Change(_how(list(parts), new), parts, (new,), TWO_LEVELS, by.confidence if by else "v-weak", by)
        by = self._known.resolution("huyen", "")
        sure = by.confidence if by else "v-weak"
        districts = (unit for slices in self._slices.values() for unit in slices if unit.level == "huyen")
        for unit in districts:
            if unit.valid_before == TWO_LEVELS and unit not in without_communes:
                yield Change(("abolished",), ((unit, UNKNOWN),), (), TWO_LEVELS, sure, by)

    def _starting(self, code: str, day: str) -> Unit:
        return next(unit for unit in self._slices[code] if unit.valid_from == day)

    def _ending(self, code: str, day: str) -> Unit:
        """The slice of the table of early 2025, which another of the same code may overlap."""
        return next(u for u in self._slices[code] if u.valid_before == day and u.certainty != "ended-by")


def _undated(kinds: tuple[str, ...], before: Iterable[Unit], after: tuple[Unit, ...], confidence: str) -> Change:
    parts = tuple((unit, UNKNOWN) for unit in before)
    return Change(kinds, parts, after, None, confidence, None, SECOND_TABLE, TWO_LEVELS)


def _was_in(commune: Unit, district: Unit) -> bool:
    """Whether a commune lay in a district of the code above it, as far as tables of other days can tell.

    A row that is only in the first table counts for a district of those days, one only in the second for the last
    district of the code: both bounds of their periods are further apart than the truth.
    """
    if commune.certainty == "not-before" and district.valid_before != TWO_LEVELS:
        return False
    if commune.certainty == "ended-by" and district.valid_from > SECOND_TABLE:
        return False
    return commune.overlaps(district)


def _differences(old: Unit, new: Unit) -> tuple[str, ...]:
    """What changed of a unit that went on: its name, its kind, the unit above it."""
    code = [unit.parent.removeprefix(f"{BASE}id/unit/").split("-")[0] if unit.parent else "" for unit in (old, new)]
    told = (
        ("renamed", spelling(old.name) != spelling(new.name)),
        ("kind-changed", old.kind != new.kind),
        ("moved", code[0] != code[1]),
    )
    return tuple(kind for kind, is_so in told if is_so)


def _how(merged: list[tuple[Unit, str]], new: Unit) -> tuple[str, ...]:
    divided = ("split",) if any(share == PART for _, share in merged) else ()
    if len(merged) > 1:
        return ("merged", *divided)
    return divided or _differences(merged[0][0], new)


def _path(number: str) -> str:
    """The document of a resolution of the National Assembly.

    >>> _path("175/2024/QH15")
    'quoc-hoi/nghi-quyet/2024/175'
    """
    own, year, _ = number.split("/")
    return f"quoc-hoi/nghi-quyet/{year}/{own}"


class Known:
    """What is kept by hand: dated changes, how older units came to be, and the resolutions of 2025 as far as known."""

    def __init__(
        self,
        gazetteer: Units,
        dated: Iterable[list[str]],
        founded: Iterable[list[str]],
        resolutions: Iterable[list[str]],
    ) -> None:
        self.dated, self.founded = list(dated), list(founded)
        self._gazetteer = gazetteer
        self._by = {
            (level, code): Resolution(path, number, signed, clause, confidence)
            for level, code, path, number, signed, clause, confidence, _ in resolutions
        }

    def resolution(self, level: str, code: str) -> Resolution | None:
        return self._by.get((level, code))

    def province_of(self, unit: Unit, on: str | None) -> Unit:
        return ([unit, *self._gazetteer.ancestors(unit, on)])[-1]


@cache
def territory() -> Territory:
    """The changes of all tables, told once."""
    return Territory(units(), _rows("successors"), Known(units(), *map(_rows, ("changes", "founded", "resolutions"))))


def _rows(name: str) -> list[list[str]]:
    with table(name).open(encoding="utf-8") as file:
        return list(csv.reader(file))[1:]
