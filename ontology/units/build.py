"""Build `units.csv` and `successors.csv`: python -m ontology.units.build FOLDER

FOLDER holds the four published tables (README.md names them). The tables are snapshots, so most days of change are
unknown; the rule is never to invent one:

- a unit of the table of April 2023 counts from 2021-01-01 ("at least since"), one only in the table of early 2025
  from 2023-04-26 ("not before"), one of the table of 2026 from 2025-07-01, the day the two-level system began;
- every district, and every commune and province of before, ends on 2025-07-01; one that is only in the table of
  April 2023 ended by then "at the latest", so its period may overlap that of the unit that took its place;
- `changes.csv` gives the day, and how sure it is, for the changes whose day is known.
"""

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from ontology.units import spelling

HERE = Path(__file__).parent
APRIL_2023, EARLY_2025, JULY_2026 = "2023-04", "2025-06", "2026-07"
FIRST_DAY, SECOND_TABLE, TWO_LEVELS = "2021-01-01", "2023-04-26", "2025-07-01"
LEVELS = {2: "tinh", 3: "huyen", 5: "xa"}
KINDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Tỉnh", "Quận", "Huyện", "Phường", "Xã")


@dataclass(frozen=True)
class Row:
    """One unit over one period. `certainty` says how its bounds are meant; `source` which tables hold it."""

    code: str
    name: str
    kind: str
    level: str
    parent: str
    valid_from: str
    valid_before: str
    certainty: str
    source: str

    def same(self, other: "Row") -> bool:
        """Whether two tables speak of one unchanged unit, however they spell it."""
        mine, theirs = (self.code, self.kind, self.parent), (other.code, other.kind, other.parent)
        return mine == theirs and spelling(self.name) == spelling(other.name)


def unit(code: str, full_name: str, parent: str, start: str, end: str, certainty: str, source: str) -> Row:
    """A row from a full name.

    >>> unit("27337", "Phường 06", "774", "", "", "", "").name
    '6'
    """
    words = unicodedata.normalize("NFC", full_name).split()
    kind = next(kind for kind in KINDS if " ".join(words).lower().startswith(kind.lower() + " "))
    name = " ".join(words[len(kind.split()) :])
    if name.isdigit():
        name = str(int(name))
    return Row(code, name, kind.lower(), LEVELS[len(code)], parent, start, end, certainty, source)


def april_2023(path: Path) -> Iterator[Row]:
    """Units of the SQL dump."""
    where = ""
    for line in path.read_text("utf-8").splitlines():
        if statement := re.match(r"INSERT INTO (\w+)", line):
            where = statement[1]
        if where not in ("provinces", "districts", "wards") or not re.match(r"\s*\('", line):
            continue
        values = [text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", line)]
        parent = values[6] if where != "provinces" else ""
        yield unit(values[0], values[3], parent, FIRST_DAY, TWO_LEVELS, "since-at-least", APRIL_2023)


def early_2025(path: Path) -> Iterator[Row]:
    """Units of the nested JSON of provinces, districts and wards."""
    rest = (SECOND_TABLE, TWO_LEVELS, "not-before", EARLY_2025)
    for province in json.loads(path.read_text("utf-8")):
        yield unit(province["Code"], province["FullName"], "", *rest)
        for district in province["District"]:
            yield unit(district["Code"], district["FullName"], province["Code"], *rest)
            for ward in district["Ward"] or ():
                yield unit(ward["Code"], ward["FullName"], district["Code"], *rest)


def july_2026(path: Path) -> Iterator[Row]:
    """Units of the nested JSON of provinces and wards."""
    rest = (TWO_LEVELS, "", "dated", JULY_2026)
    for province in json.loads(path.read_text("utf-8")):
        yield unit(province["Code"], province["FullName"], "", *rest)
        for ward in province["Wards"]:
            yield unit(ward["Code"], ward["FullName"], province["Code"], *rest)


def before_the_two_levels(first: Iterable[Row], second: Iterable[Row]) -> list[Row]:
    """The first two tables as one: an unchanged unit is one row, a changed one is two that may overlap."""
    old = {row.code: row for row in first}
    rows = []
    for row in second:
        if row.code in old and old[row.code].same(row):
            before = old.pop(row.code)
            since = replace(row, valid_from=FIRST_DAY, certainty=before.certainty)
            rows.append(replace(since, source=f"{APRIL_2023}+{EARLY_2025}"))
        else:
            rows.append(row)
    rows.extend(replace(row, certainty="ended-by") for row in old.values())
    return rows


def across_the_two_levels(old: list[Row], new: Iterable[Row], untouched: set[str]) -> list[Row]:
    """All tables as one. Only a province that was not merged goes on: every commune got another parent."""
    rows = list(old)
    for row in new:
        before = next((old for old in rows if old.code == row.code and old.same(row)), None) if not row.parent else None
        if before and row.code in untouched:
            rows[rows.index(before)] = replace(before, valid_before="", source=f"{before.source}+{JULY_2026}")
        else:
            rows.append(row)
    return rows


def successors(folder: Path) -> list[dict[str, str]]:
    """The lines of the table of communes before and after July 2025."""
    with (folder / "vau_convert_legacy_2025_simple.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def succession(lines: list[dict[str, str]], today: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Which unit of today holds (a part of) which unit of before: the code before, the code after, whole or not.

    A commune, or a district that had none: Côn Đảo. A code that the table of today does not know (06970 for xã Ba Chẽ,
    which is 06978) is that of the unit of its full name in its province.
    """
    today = list(today)
    known = {row.code for row in today}
    named = {(row.parent, f"{row.kind} {row.name}".lower()): row.code for row in today}
    pairs = set()
    for line in lines:
        before = line["wardCode"].split(".")[0].zfill(5) if line["wardCode"] else line["districtCode"].zfill(3)
        after = line["newWardCode"].zfill(5)
        if after not in known:
            after = named[line["newProvinceCode"].zfill(2), line["newWard"].lower()]
        pairs.add((before, after, "no" if line["isDividedWard"] == "True" else "yes"))
    return sorted(pairs, key=lambda pair: (len(pair[0]), pair))


def write_successors(path: Path, pairs: Iterable[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code_before", "code_after", "whole"))
        writer.writerows(pairs)


def untouched_provinces(lines: list[dict[str, str]]) -> set[str]:
    """Codes of the provinces of today that consist of one province of before."""
    parts = defaultdict(set)
    for line in lines:
        parts[line["newProvinceCode"].zfill(2)].add(line["provinceCode"].zfill(2))
    return {code for code, old in parts.items() if old == {code}}


def find(rows: list[Row], code: str, full_name: str, day: str) -> Row | None:
    """The unit of that code and name whose period holds the day or ends on it."""
    lasting = (row for row in rows if row.code == code and row.valid_from <= day <= (row.valid_before or day))
    return next((row for row in lasting if f"{row.kind} {row.name}".lower() == full_name.lower()), None)


def with_known_days(rows: list[Row], changes: Iterable[dict[str, str]]) -> list[Row]:
    """The rows with the days of `changes.csv`, and the units that only it knows."""
    for change in changes:
        code, day, certainty = change["code"], change["day"], change["confidence"]
        before, after = find(rows, code, change["before"], day), find(rows, code, change["after"], day)
        known = before or after
        if known is None:
            raise SystemExit(f"changes.csv: no unit of the tables is meant by {change}")
        rows = [row for row in rows if row not in (before, after)]
        if change["before"]:
            made = before or unit(code, change["before"], known.parent, known.valid_from, "", "", "changes")
            rows.append(replace(made, valid_before=day, certainty=certainty))
        if change["after"]:
            made = after or unit(code, change["after"], known.parent, "", known.valid_before, "", "changes")
            rows.append(replace(made, valid_from=day, certainty=certainty))
    return rows


def rows(folder: Path) -> list[Row]:
    """The table, from the published ones in a folder."""
    old = before_the_two_levels(
        april_2023(folder / "tlq_v1.0.4.1_2023-04-26.sql"), early_2025(folder / "tlq_v2.4.1_pre2025-07.json")
    )
    new = july_2026(folder / "tlq_vn_units_2026-07-25.json")
    made = across_the_two_levels(old, new, untouched_provinces(successors(folder)))
    with (HERE / "changes.csv").open(encoding="utf-8") as file:
        made = with_known_days(made, csv.DictReader(file))
    return sorted(made, key=lambda row: (len(row.code), row.code, row.valid_from, row.kind, row.name))


def main(folder: Path) -> None:
    made = rows(folder)
    with (HERE / "units.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Row))
        writer.writerows(astuple(row) for row in made)
    today = july_2026(folder / "tlq_vn_units_2026-07-25.json")
    write_successors(HERE / "successors.csv", succession(successors(folder), today))
    print(f"{len(made)} rows")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
