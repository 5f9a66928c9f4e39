"""Where a commune of July 2025 lay before: "UBND tỉnh" of a paper of 2023 is not the province it lies in now.

Only the table of successors is read for this, not the whole history of the territory.
"""

import csv
from collections import defaultdict
from functools import cache

from loaders.authorities.units import Unit, units
from ontology.units import table


def is_before(unit: Unit | None, day: str | None) -> bool:
    """Whether a day lies before the commune was made, so that its bodies and those above it were others."""
    return unit is not None and day is not None and unit.level == "xa" and day < unit.valid_from


@cache
def former_above(commune: Unit, day: str) -> tuple[Unit, ...]:
    """The commune of that day, where it was only one, and the district and province in which all its land lay.

    >>> (tuy_phong,) = units().find("Tuy Phong", kind="xã", on="2025-09-01")
    >>> [unit.full_name for unit in former_above(tuy_phong, "2023-04-11")]
    ['huyện Tuy Phong', 'tỉnh Bình Thuận']
    """
    codes = _parts().get(commune.code, ())
    parts = [unit for code in codes for unit in units().by_code(code, day) if unit.level != "tinh"]
    if not parts:
        return ()
    above = [units().ancestors(part, day) for part in parts]
    shared = [unit for unit in above[0] if all(any(unit.code == other.code for other in line) for line in above)]
    return (*(parts if len(parts) == 1 else ()), *shared)


@cache
def _parts() -> dict[str, list[str]]:
    """The codes of the communes that each commune of July 2025 was made of."""
    parts: dict[str, list[str]] = defaultdict(list)
    with table("successors").open(encoding="utf-8") as file:
        for before, after, _ in list(csv.reader(file))[1:]:
            parts[after].append(before)
    return dict(parts)
