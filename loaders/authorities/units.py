"""Administrative units by name and day: which "huyện Long Thành" a document of that day means.

Names and codes both repeat, so a unit is a code over a period. Nothing is read before the first question.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from loaders.names import slug
from loaders.text import fold
from ontology import BASE
from ontology.units import spelling, syllables, table

if TYPE_CHECKING:
    from loaders.authorities.territory import Succession, Territory

GRAPH = f"{BASE}graph/units"
LEVELS = ("tinh", "huyen", "xa")
FIRST_DAY = "2021-01-01"  # the first table is taken to hold for all days before it as well
TWO_LEVELS = "2025-07-01"  # since then a commune lies right in its province

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# Letters that only rightly written Vietnamese has: đ ơ ư ă, a hook or dot, a mark on a marked vowel.
_SURE_MARKS = re.compile("[đơưăĩũẽỹạảẹẻịỉọỏụủỵỷấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự]", re.IGNORECASE)


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """A name without marks, spaces and signs, the same for all spellings of one name.

    >>> key("Đắc Lắc") == key("Dak Lak"), key("Bà Rịa – Vũng Tàu"), key("Phường 06")
    (True, 'bariavungtau', 'phuong6')
    """
    return "".join(map(_plain, syllables(name)))


@lru_cache(maxsize=8192)
def _plain(syllable: str) -> str:
    return fold(_TONES.sub("", syllable))


def has_sure_marks(words: str) -> bool:
    """Whether the words carry a mark that only rightly written Vietnamese has.

    >>> has_sure_marks("Cẩm Giang"), has_sure_marks("Phudc Long")
    (True, False)
    """
    return _SURE_MARKS.search(words) is not None


@dataclass(frozen=True)
class Unit:
    """A unit over one period; `valid_before` is the first day it is no more, `certainty` how sure the bounds are."""

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    valid_from: str
    valid_before: str | None
    certainty: str

    @property
    def full_name(self) -> str:
        """With its kind: "huyện Long Thành"."""
        return f"{self.kind} {self.name}"

    @property
    def slug(self) -> str:
        return slug(self.name)

    @cached_property
    def path(self) -> str:
        """`<code>-<slug>/<validFrom>`: what follows `id/unit/` and `id/agency/`."""
        return f"{self.code}-{self.slug}/{self.valid_from}"

    @cached_property
    def iri(self) -> str:
        return f"{BASE}id/unit/{self.path}"

    def lasts_on(self, day: str | None) -> bool:
        """Whether the day lies in the period; days before the first table count as its first day."""
        day = max(day, FIRST_DAY) if day else None
        return day is None or (self.valid_from <= day and (self.valid_before is None or day < self.valid_before))

    def overlaps(self, other: "Unit") -> bool:
        mine, theirs = self.valid_before or "9", other.valid_before or "9"
        return self.valid_from < theirs and other.valid_from < mine


class Units:
    """The gazetteer."""

    def __init__(self, rows: Iterable[list[str]], aliases: Iterable[list[str]] = ()) -> None:
        self._rows = list(rows)
        self._made: dict[int, Unit] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_code: dict[str, list[int]] = defaultdict(list)
        self._by_parent: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            self._by_name[key(row[1])].append(number)
            self._by_code[row[0]].append(number)
            self._by_parent[row[4]].append(number)
        self._named: dict[tuple[str | None, str | None], list[str]] = {}
        self._aliases: dict[str, str] = {}
        for alias, code in aliases:
            self._aliases[key(alias)] = code

    def __len__(self) -> int:
        return len(self._rows)

    def _unit(self, number: int) -> Unit:
        if number not in self._made:
            code, name, kind, level, parent, start, end, certainty, _ = self._rows[number]
            above = self._above(parent, start, end)
            self._made[number] = Unit(
                code, name, kind, level, above.iri if above else None, start, end or None, certainty
            )
        return self._made[number]

    def _above(self, code: str, start: str, end: str) -> Unit | None:
        """The first slice of a parent code that shares a day with the period."""
        slices = [number for number in self._by_code.get(code, ()) if self._rows[number][5] < (end or "9")]
        lasting = [number for number in slices if start < (self._rows[number][6] or "9")]
        return self._unit(lasting[0]) if lasting else None

    def namesakes(self, unit: Unit) -> list[Unit]:
        """Units of its level and kind, of any day, whose names differ from its own in marks at most; itself too."""
        return self._filtered(self._by_name[key(unit.name)], unit.kind, unit.level, None, None)

    def is_alias(self, name: str) -> bool:
        """Whether a name is an abbreviation or byname of a unit: "TPHCM", "BR-VT"."""
        return key(name) in self._aliases

    def on(self, day: str | None) -> list[Unit]:
        """All units of a day, or of all time."""
        return [unit for unit in map(self._unit, range(len(self._rows))) if unit.lasts_on(day)]

    def by_code(self, code: str, on: str | None = None) -> list[Unit]:
        """The units that bore a code on a day, or ever: 24 was Bắc Giang and is Bắc Ninh.

        >>> [unit.full_name for unit in units().by_code("24", "2025-07-01")]
        ['tỉnh Bắc Ninh']
        """
        return [unit for unit in map(self._unit, self._by_code.get(code, ())) if unit.lasts_on(on)]

    def successors(self, unit: Unit, on: str | None = None) -> "tuple[Succession, ...]":
        """What came right after a unit, or what of it there is on a later day; see `Territory`.

        >>> (commune,) = units().find("Lương Điền", kind="xã", on="2023-03-06")
        >>> [(then.unit.full_name, then.share, then.change.day) for then in units().successors(commune)]
        [('xã Cẩm Giàng', 'whole', '2025-07-01')]
        """
        return self._territory().successors(unit, on)

    def predecessors(self, unit: Unit, on: str | None = None) -> "tuple[Succession, ...]":
        """What came right before a unit, or what of it there was on an earlier day."""
        return self._territory().predecessors(unit, on)

    def why_no_successor(self, unit: Unit, on: str | None = None) -> str | None:
        """Why a unit has no successor (on a day): `goes-on` or `untold` ("bảng không cho biết"); None if it has one."""
        return self._territory().why_none(unit, on)

    def _territory(self) -> "Territory":
        """Loaded at the first question about changes: reading a document asks none."""
        from loaders.authorities.territory import territory

        return territory()

    def get(self, iri: str) -> Unit:
        """The unit of an IRI; KeyError if there is none."""
        code = iri.removeprefix(f"{BASE}id/unit/").split("-", 1)[0]
        for number in self._by_code.get(code, ()):
            if self._unit(number).iri == iri:
                return self._unit(number)
        raise KeyError(iri)

    def ancestors(self, unit: Unit, on: str | None = None) -> list[Unit]:
        """The units it lies in, nearest first, each in the slice of that day (or of its own first days)."""
        above = []
        while unit.parent:
            parent = self.get(unit.parent)
            slices = [self._unit(number) for number in self._by_code[parent.code]]
            of_the_day = [s for s in slices if on and s.lasts_on(on) and s.overlaps(unit)]
            unit = of_the_day[0] if of_the_day else parent
            above.append(unit)
        return above

    def children(self, unit: Unit) -> list[Unit]:
        """The units right below it, of any day of its period."""
        below = map(self._unit, self._by_parent.get(unit.code, ()))
        return [child for child in below if child.overlaps(unit)]

    def lies_in(self, unit: Unit, area: Unit) -> bool:
        """Whether a unit is the area itself or somewhere below it, in a period they share."""
        while True:
            if unit.code == area.code and unit.level == area.level and unit.overlaps(area):
                return True
            if not unit.parent:
                return False
            unit = self.get(unit.parent)

    def province(self, unit: Unit) -> Unit:
        """The province it lies in, or itself."""
        return ([unit, *self.ancestors(unit)])[-1]

    def find(
        self,
        name: str,
        *,
        kind: str | None = None,
        level: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
        marked: bool = True,
    ) -> list[Unit]:
        """Units of that bare name, with or without its marks. Marks that are there must be right.

        In words that are not `marked` (all marks lost, as after a wrong OCR model) "Minh Thanh" may be Minh Thạnh too.

        >>> [u.full_name for u in units().find("long thanh", kind="huyện", on="2024-04-25")]
        ['huyện Long Thành']
        >>> [u.name for u in units().find("Cẩm Giang", kind="xã", on="2026-01-01")]
        ['Cẩm Giang']
        """
        wanted = key(name)
        numbers = [number for reading in _readings(name, marked) for number in self._by_name.get(reading, ())]
        found = self._filtered(numbers, kind, level, within, on)
        spelt = spelling(name)
        right = [unit for unit in found if marked and spelling(unit.name) == spelt]
        if right:
            return right
        if found:
            return [] if has_sure_marks(name) else found
        return self._filtered(self._by_code.get(self._aliases.get(wanted, ""), ()), kind, level, within, on)

    def nearest(
        self,
        words: str,
        *,
        kind: str | None = None,
        level: str | None = None,
        within: Unit | None = None,
        on: str | None = None,
        marked: bool = True,
    ) -> list[Unit]:
        """Units whose name is clearly nearest to badly read words; those that are equally near all come.

        >>> [u.full_name for u in units().nearest("Phudc Long", kind="thị xã", on="2024-08-28")]
        ['thị xã Phước Long']
        """
        exact = self.find(words, kind=kind, level=level, within=within, on=on, marked=marked)
        allowed = _errors_allowed(key(words))
        if exact or not allowed or has_sure_marks(words):
            return exact
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        best: dict[float, dict[Unit, None]] = defaultdict(dict)
        names = self._names(kind, level)
        for wanted in _readings(words, marked):
            near = process.extract(wanted, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
            for name, distance, _ in near:
                best[distance] |= dict.fromkeys(self._filtered(self._by_name[name], kind, level, within, on))
        return next((list(best[distance]) for distance in sorted(best) if best[distance]), [])

    def _names(self, kind: str | None, level: str | None) -> list[str]:
        """The names of units of that kind and level, numbers aside: one misread letter makes another number."""
        if (kind, level) not in self._named:
            fitting = (row for row in self._rows if kind in (None, row[2]) and level in (None, row[3]))
            self._named[kind, level] = list(dict.fromkeys(key(row[1]) for row in fitting if not row[1].isdigit()))
        return self._named[kind, level]

    def _filtered(
        self, numbers: Iterable[int], kind: str | None, level: str | None, within: Unit | None, on: str | None
    ) -> list[Unit]:
        rows = ((number, self._rows[number]) for number in numbers)
        kept = (n for n, row in rows if kind in (None, row[2]) and level in (None, row[3]))
        found = (unit for unit in map(self._unit, kept) if unit.lasts_on(on))
        return [unit for unit in found if within is None or self.lies_in(unit, within)]


def _readings(name: str, marked: bool) -> list[str]:
    """The keys a name may be meant by: without marks a P may be the Đ an English OCR model never saw ("Pong Nai")."""
    if marked:
        return [key(name)]
    letters = [(word, f"D{word[1:]}") if word.startswith("P") else (word,) for word in name.split()]
    return [key(" ".join(words)) for words in product(*letters)]


def _errors_allowed(wanted: str) -> int:
    """How many letters of a name may be misread: none in short ones and in numbers."""
    if len(wanted) < 5 or wanted.isdigit():
        return 0
    return 1 if len(wanted) <= 7 else 2 if len(wanted) <= 12 else 3


@cache
def units() -> Units:
    """The gazetteer, read once."""
    with table("units").open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        with table("aliases").open(encoding="utf-8") as others:
            aliases = csv.reader(others)
            next(aliases)
            return Units(rows, aliases)


def ntriples() -> Iterator[str]:
    """The units graph as lines of N-Triples, for a bulk load into `GRAPH`."""
    from loaders.authorities.unitgraph import lines

    return lines()
