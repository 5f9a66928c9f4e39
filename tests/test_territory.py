"""What became of the units of the tables: the cases of the law, and what must hold for every unit."""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from loaders.authorities.territory import NO_RESOLUTION, territory
from loaders.authorities.units import Unit, ntriples, units
from loaders.vocabulary import scheme
from ontology import BASE, sources
from ontology.units import build, spelling, table

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parents[2] / "shared")) / "admin-units"
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "units" / "successors.toml").read_text("utf-8"))["case"]
# The resolutions of the Standing Committee whose number is known; those of 30 other provinces are not.
KNOWN = {"75": "1662", "56": "1667", "31": "1669", "22": "1679"}
EXTENTS = ("succeededByUnit", "succeededInPartBy", "succeededToUntoldExtentBy")
needs_tables = pytest.mark.skipif(not SHARED.is_dir(), reason="the four published tables are not here (THIDUA_SHARED)")


def told(unit: Unit, on: str | None = None) -> str:
    """ "xã Cẩm Giàng, thành phố Hải Phòng"; of a province its own name."""
    above = units().ancestors(unit, on or unit.valid_from)
    return ", ".join(u.full_name for u in ([unit, above[-1]] if above else [unit]))


def meant(words: str, on: str) -> Unit:
    name, _, province = words.partition(", ")
    found = [
        u
        for u in units().on(on)
        if u.full_name == name and told(u, on) == (f"{name}, {province}" if province else name)
    ]
    (unit,) = found
    return unit


@pytest.mark.parametrize("case", CASES, ids=[case["was"] for case in CASES])
class TestTheLaw:
    def test_became_exactly_these(self, case: dict[str, Any]) -> None:
        found = units().successors(meant(case["was"], case["on"]))
        assert sorted(f"{told(s.unit)}: {s.share}" for s in found) == sorted(case["became"]), case["why"]
        assert not {told(s.unit) for s in found} & set(case["not"])

    def test_by_this_change(self, case: dict[str, Any]) -> None:
        for step in units().successors(meant(case["was"], case["on"])):
            assert step.change.day == case.get("day", "2025-07-01")
            assert step.change.confidence == case.get("confidence", step.change.confidence)
            if "resolution" in case:
                assert (step.change.instrument or "").endswith(f"/id/doc/{case['resolution']}")
            if "clause" in case:
                assert step.change.reference.startswith(f"{case['clause']} Nghị quyết ")

    def test_each_commune_went_there(self, case: dict[str, Any]) -> None:
        if "through" in case:
            found = units().successors(meant(case["was"], case["on"]))
            went = [f"{before.full_name} → {after.full_name}" for s in found for before, after, _ in s.through]
            assert sorted(went) == sorted(case["through"])

    def test_and_back(self, case: dict[str, Any]) -> None:
        former = meant(case["was"], case["on"])
        for step in units().successors(former):
            back = units().predecessors(step.unit)
            if former.level != "huyen" or step.unit.level == "huyen":
                assert former in [b.unit for b in back]
            else:  # a commune came out of communes; the district is theirs
                mine = {before for before, _, _ in step.through}
                assert mine == {b.unit for b in back if units().lies_in(b.unit, former)}
            if "back" in case:
                assert sorted(f"{b.unit.full_name}: {b.share}" for b in back) == sorted(case["back"])


@pytest.mark.parametrize(
    ("words", "day", "where"),
    [
        ("thị xã Phước Long", "2024-08-28", ["tỉnh Bình Phước"]),
        ("huyện Phước Long", "2024-08-28", ["tỉnh Bạc Liêu"]),  # Bình Phước's own ended in 2009
        ("xã Ninh Phước", "2024-08-28", ["tỉnh Khánh Hòa", "tỉnh Khánh Hòa", "tỉnh Quảng Nam", "tỉnh Quảng Nam"]),
        ("xã Ninh Phước", "2025-08-01", ["tỉnh Khánh Hoà"]),
        ("xã Cẩm Giàng", "2025-08-01", ["thành phố Hải Phòng", "tỉnh Thái Nguyên"]),
        ("huyện Cẩm Giàng", "2023-03-06", ["tỉnh Hải Dương"]),
        ("xã Long Thành", "2025-08-01", ["tỉnh Vĩnh Long", "tỉnh Đồng Nai"]),
        ("xã Long Thành", "2026-08-01", ["tỉnh Vĩnh Long"]),
        ("phường Long Thành", "2026-08-01", ["thành phố Đồng Nai"]),
    ],
)
def test_one_name_many_units(words: str, day: str, where: list[str]) -> None:
    found = [unit for unit in units().on(day) if unit.full_name == words]
    assert sorted(units().ancestors(unit, day)[-1].full_name for unit in found) == where


def test_the_old_ninh_phuoc_of_khanh_hoa_is_another() -> None:
    """It is now in phường Đông Ninh Hòa, in the same new province as xã Ninh Phước of Ninh Thuận."""
    old = [u for u in units().on("2025-06-01") if told(u, "2025-06-01") == "xã Ninh Phước, tỉnh Khánh Hòa"]
    today = {told(s.unit) for unit in old for s in units().successors(unit, "2025-07-01")}
    assert {spelling(words) for words in today} == {spelling("phường Đông Ninh Hòa, tỉnh Khánh Hòa")}


def test_thi_xa_phuoc_long_is_of_2009() -> None:
    """Nghị quyết 35/NQ-CP of 11/8/2009 dissolved huyện Phước Long, which no table has; Bạc Liêu's is another."""
    (town,) = units().find("Phước Long", kind="thị xã")
    (made,) = territory().making(town)
    assert (made.day, made.confidence, made.kinds) == ("2009-08-11", "v", ("established",))
    assert (made.instrument or "").endswith("/id/doc/chinh-phu/nghi-quyet/2009/35")
    assert "huyện Phước Long (1977–2009)" in made.note
    (other,) = units().find("Phước Long", kind="huyện")
    assert not territory().making(other)
    (ward,) = units().find("Thác Mơ", kind="phường")
    assert "thị trấn Thác Mơ" in territory().making(ward)[0].note


def test_quang_ninh_kept_its_code_and_has_54_communes() -> None:
    """22 xã, 30 phường, 2 đặc khu (Nghị quyết 1679/NQ-UBTVQH15)."""
    province = meant("tỉnh Quảng Ninh", "2024-02-19")
    assert province.lasts_on("2025-07-01")
    assert units().why_no_successor(province, "2025-07-01") == "goes-on"
    below = [u for u in units().on("2025-07-01") if u.level == "xa" and units().lies_in(u, province)]
    assert Counter(u.kind for u in below) == {"xã": 22, "phường": 30, "đặc khu": 2}


def test_a_chain_shows_each_step_and_its_end() -> None:
    town = meant("thị trấn Long Thành, tỉnh Đồng Nai", "2024-04-25")
    assert [told(s.unit) for s in units().successors(town, "2025-08-01")] == ["xã Long Thành, tỉnh Đồng Nai"]
    (then,) = units().successors(town, "2026-08-01")
    assert (told(then.unit), then.share) == ("phường Long Thành, thành phố Đồng Nai", "whole")
    assert town in [s.unit for s in units().predecessors(then.unit, "2024-04-25")]


def test_every_unit_of_2024_reaches_2025_or_says_why_not() -> None:
    for unit in units().on("2024-06-30"):
        reached = units().successors(unit, "2025-07-01")
        why = units().why_no_successor(unit, "2025-07-01")
        assert (why is None) == bool(reached), unit
        if why == "goes-on":
            assert unit.lasts_on("2025-07-01")
        elif why:
            # only what the table of early 2025 no longer has: what is in it, the table of 2025 follows
            assert (why, unit.certainty) == ("untold", "ended-by")
            (end,) = territory().ending(unit)
            assert end.kinds == ("untold",)
            assert not end.after and not end.day
    assert scheme("unit-change")["untold"].label == "bảng không cho biết"


def test_every_unit_of_2025_came_from_somewhere() -> None:
    for unit in units().on("2025-07-01"):
        assert unit.valid_from < "2025-07-01" or units().predecessors(unit), unit


def test_both_directions_tell_the_same() -> None:
    forth = {(unit.iri, s.unit.iri, s.share) for unit in units().on(None) for s in units().successors(unit)}
    back = {(s.unit.iri, unit.iri, s.share) for unit in units().on(None) for s in units().predecessors(unit)}
    of_districts = {pair for pair in forth if "/id/unit/" in pair[0] and re.search(r"/unit/\d{3}-", pair[0])}
    assert back <= forth
    # a commune names its communes of before; what it has of a district follows from them
    assert {p for p in forth - back if re.search(r"/unit/\d{5}-", p[1])} <= of_districts


def test_no_resolution_is_guessed() -> None:
    """The numbers of the other provinces' resolutions are not verified: none stands beside their communes."""
    for change in territory().changes:
        if change.day == "2025-07-01" and change.after and change.after[0].level == "xa":
            number = KNOWN.get(units().province(change.after[0]).code)
            if number:
                assert (change.instrument or "").endswith(f"/nghi-quyet/2025/{number}")
            else:
                assert (change.instrument, change.reference) == (None, NO_RESOLUTION)
        if change.day is None:
            assert (change.not_before, change.not_after) == ("2023-04-26", "2025-07-01")
            assert change.instrument is None


def test_kinds_are_of_the_list_and_names_unique() -> None:
    changes = territory().changes
    assert {kind for change in changes for kind in change.kinds} <= set(scheme("unit-change"))
    assert all(change.kinds for change in changes)
    assert len({change.iri for change in changes}) == len(changes)


def test_hand_kept_changes_stay_own_knowledge() -> None:
    with table("changes").open(encoding="utf-8") as file:
        kept = list(csv.DictReader(file))
    made = [c for c in territory().changes if c.day and c.day > "2021-01-01" and c.day != "2025-07-01"]
    assert Counter((c.day, c.confidence) for c in made) == Counter((k["day"], k["confidence"]) for k in kept)


@pytest.mark.parametrize(
    ("code", "day", "names"),
    [
        ("24", "2024-01-01", ["tỉnh Bắc Giang"]),
        ("24", "2025-07-01", ["tỉnh Bắc Ninh"]),
        ("26368", "2024-01-01", ["thị trấn Long Thành"]),
        ("26368", "2025-08-01", ["xã Long Thành"]),
        ("26368", "2026-08-01", ["phường Long Thành"]),
        ("740", "2025-07-01", []),
        ("99999", None, []),
    ],
)
def test_a_code_is_one_unit_a_day(code: str, day: str | None, names: list[str]) -> None:
    assert [unit.full_name for unit in units().by_code(code, day)] == names


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return list(ntriples())


class TestTheGraph:
    def test_every_term_of_ours_exists(self, lines: list[str]) -> None:
        known = {
            triple.subject.value
            for part in ("ontology", "vocab")
            for file in sources(part)
            for triple in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
            if isinstance(triple.subject, ox.NamedNode)
        }
        used = {term for line in lines for term in re.findall(rf"<({BASE}(?:ns#|vocab/)[^>]+)>", line)}
        assert used - known == set()

    def test_a_change_says_what_it_is(self, lines: list[str]) -> None:
        change = f"<{BASE}id/unit-change/2025-07-01/10903-cam-giang>"
        told = {line.removeprefix(f"{change} ").rstrip(" .\n") for line in lines if line.startswith(change)}
        before = ["10924-luong-dien/2021-01-01", "10894-cam-hung/2021-01-01", "10903-ngoc-lien/2021-01-01"]
        assert {f"<{BASE}ns#originalUnit> <{BASE}id/unit/{path}>" for path in before} <= told
        assert {
            f"<{BASE}ns#resultingUnit> <{BASE}id/unit/10903-cam-giang/2025-07-01>",
            f"<{BASE}ns#changedBy> <{BASE}id/doc/uy-ban-thuong-vu-quoc-hoi/nghi-quyet/2025/1669>",
            f"<{BASE}ns#changeKind> <{BASE}vocab/unit-change/merged>",
            f"<{BASE}ns#confidence> <{BASE}vocab/confidence/v>",
        } <= told

    def test_links_say_how_much_passed(self, lines: list[str]) -> None:
        links = [line.split(" ")[:3] for line in lines if "#succeeded" in line]
        by_kind = {kind: [(s, o) for s, p, o in links if p.endswith(f"#{kind}>")] for kind in EXTENTS}
        assert set(by_kind["succeededInPartBy"]).isdisjoint(by_kind["succeededToUntoldExtentBy"])
        steps = [step for unit in units().on(None) for step in units().successors(unit)]
        assert len(by_kind["succeededInPartBy"]) == sum(step.share == "part" for step in steps)
        assert len(by_kind["succeededToUntoldExtentBy"]) == sum(step.share == "unknown" for step in steps)
        followed = set(by_kind["succeededByUnit"])
        assert len(followed) == len(steps)
        assert {*by_kind["succeededInPartBy"], *by_kind["succeededToUntoldExtentBy"]} < followed


def test_reading_loads_no_successors() -> None:
    plan = HERE.parent / "examples" / "plans" / "ninh-phuoc-26-kh-ubnd-2021.txt"
    ask = (
        "import sys; from pathlib import Path; from loaders.read import read; "
        f"read(Path({str(plan)!r})); print('loaders.authorities.territory' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@needs_tables
class TestTheTables:
    def test_counts_of_each_era(self) -> None:
        """Counted in the files themselves, and in ours by era."""
        sql = (SHARED / "tlq_v1.0.4.1_2023-04-26.sql").read_text("utf-8")
        april = Counter(len(code) for code in re.findall(r"(?m)^\s*\('(\d+)',", sql))
        before = json.loads((SHARED / "tlq_v2.4.1_pre2025-07.json").read_text("utf-8"))
        now = json.loads((SHARED / "tlq_vn_units_2026-07-25.json").read_text("utf-8"))
        early = {
            2: len(before),
            3: sum(len(p["District"]) for p in before),
            5: sum(len(d["Ward"] or ()) for p in before for d in p["District"]),
        }
        assert april == {2: 63, 3: 705, 5: 10598} == self.ours("2023-04")
        assert early == {2: 63, 3: 696, 5: 10035} == self.ours("2025-06")
        assert {2: len(now), 5: sum(len(p["Wards"]) for p in now)} == {2: 34, 5: 3321} == self.ours("2026-07")

    def ours(self, era: str) -> Counter[int]:
        with table().open(encoding="utf-8") as file:
            return Counter(len(row["code"]) for row in csv.DictReader(file) if era in row["source"].split("+"))

    def test_successors_are_what_the_builder_makes(self) -> None:
        today = build.july_2026(SHARED / "tlq_vn_units_2026-07-25.json")
        made = build.succession(build.successors(SHARED), today)
        with table("successors").open(encoding="utf-8") as file:
            assert [tuple(row) for row in csv.reader(file)][1:] == made

    def test_every_line_of_the_table_is_followed(self) -> None:
        """By full names, not by codes: the new commune of each old one, in its new province."""
        missed = []
        for line in build.successors(SHARED):
            code = line["wardCode"].split(".")[0].zfill(5) if line["wardCode"] else line["districtCode"].zfill(3)
            (old,) = [u for u in units().by_code(code, "2025-06-30") if u.certainty != "ended-by"]
            share = "part" if line["isDividedWard"] == "True" else "whole"
            found = {(spelling(told(s.unit)), s.share) for s in units().successors(old)}
            if (spelling(f"{line['newWard']}, {line['newProvince']}"), share) not in found:
                missed.append((line["ward"], line["newWard"], found))
        assert missed == []
