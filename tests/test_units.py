"""The dated table of administrative units, and the gazetteer that reads it."""

import csv
import io
import os
from collections import Counter
from dataclasses import astuple
from pathlib import Path

import pytest

from loaders.authorities.agencies import place_slug
from loaders.authorities.places import find_units, own_unit
from loaders.authorities.units import GRAPH, Unit, ntriples, units
from loaders.text import Text
from ontology.units import build, spelling, table

SHARED = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parents[2] / "shared")) / "admin-units"

ROWS = list(csv.DictReader(io.StringIO(table().read_text("utf-8"))))


def one(name: str, kind: str, on: str | None = None) -> Unit:
    (unit,) = units().find(name, kind=kind, on=on)
    return unit


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("2023-04", {"tinh": 63, "huyen": 705, "xa": 10598}),
        ("2025-06", {"tinh": 63, "huyen": 696, "xa": 10035}),
        ("2026-07", {"tinh": 34, "xa": 3321}),
    ],
)
def test_holds_every_unit_of_each_table(source: str, counts: dict[str, int]) -> None:
    assert Counter(row["level"] for row in ROWS if source in row["source"].split("+")) == counts


@pytest.mark.skipif(not SHARED.is_dir(), reason="the four published tables are not here (THIDUA_SHARED)")
def test_is_what_the_builder_makes() -> None:
    rows = build.rows(SHARED)
    assert [astuple(row) for row in rows] == [tuple(row.values()) for row in ROWS]


def test_every_period_has_a_first_day_before_its_end() -> None:
    assert all(row["valid_from"] < (row["valid_before"] or "9") for row in ROWS)


def test_every_parent_is_there_on_the_childs_first_day() -> None:
    for unit in units().on(None):
        if unit.level != "tinh":
            assert unit.parent, unit
            parent = units().get(unit.parent)
            assert parent.overlaps(unit)
            assert (parent.level, unit.level) in {("tinh", "huyen"), ("huyen", "xa"), ("tinh", "xa")}


def test_two_units_never_share_an_iri() -> None:
    iris = [unit.iri for unit in units().on(None)]
    assert len(iris) == len(set(iris)) == len(ROWS)


def test_two_places_never_share_a_register() -> None:
    """`ubnd-xa-cam-giang-hai-phong` could be Cẩm Giàng's or Cẩm Giang's: such slugs carry the code."""
    owners: dict[str, set[str]] = {}
    for unit in units().on("2026-01-01"):
        owners.setdefault(place_slug(unit), set()).add(unit.code)
    assert {slug: codes for slug, codes in owners.items() if len(codes) > 1} == {}


def test_no_district_outlives_june_2025() -> None:
    assert all(row["valid_before"] <= "2025-07-01" for row in ROWS if row["level"] == "huyen")
    assert not [unit for unit in units().on("2025-07-01") if unit.level == "huyen"]


def test_eleven_provinces_go_on_unmerged() -> None:
    going_on = [
        row["name"] for row in ROWS if row["level"] == "tinh" and {"2025-06", "2026-07"} <= {*row["source"].split("+")}
    ]
    assert sorted(going_on) == sorted(
        [
            "Hà Nội",
            "Cao Bằng",
            "Điện Biên",
            "Lai Châu",
            "Sơn La",
            "Lạng Sơn",
            "Quảng Ninh",
            "Thanh Hóa",
            "Nghệ An",
            "Hà Tĩnh",
            "Huế",
        ]
    )


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2023-04-26", {"tinh": 63, "huyen": 705}),
        ("2025-06-30", {"tinh": 63, "huyen": 696}),
        ("2025-07-01", {"tinh": 34, "xa": 3321}),
        ("2026-10-01", {"tinh": 34, "xa": 3321}),
    ],
)
def test_counts_on_a_day(day: str, counts: dict[str, int]) -> None:
    on_the_day = Counter(unit.level for unit in units().on(day))
    assert {level: on_the_day[level] for level in counts} == counts


def test_a_code_means_another_unit_in_another_era() -> None:
    assert one("Bắc Giang", "tỉnh").code == one("Bắc Ninh", "tỉnh", "2025-08-01").code == "24"
    assert one("Bắc Ninh", "tỉnh", "2024-08-01").code == "27"


@pytest.mark.parametrize(
    ("name", "kind", "day", "found"),
    [
        ("Long Thành", "huyện", "2024-01-01", ["740"]),
        ("Long Thành", "huyện", "2025-07-01", []),
        ("Long Thành", "xã", "2025-08-01", ["26368", "29513"]),
        ("Thừa Thiên Huế", "tỉnh", "2024-12-31", ["46"]),
        ("Thừa Thiên Huế", "tỉnh", "2025-01-01", []),
        ("Huế", "thành phố", "2025-01-01", ["46"]),
        ("Chơn Thành", "huyện", "2022-09-30", ["697"]),
        ("Chơn Thành", "huyện", "2022-10-01", []),
        ("Đồng Nai", "tỉnh", "2026-04-29", ["75"]),
        ("Đồng Nai", "thành phố", "2026-04-30", ["75"]),
        ("Quảng Ninh", "tỉnh", "1999-01-01", ["22"]),
    ],
)
def test_finds_by_day(name: str, kind: str, day: str, found: list[str]) -> None:
    codes = [unit.code for unit in units().find(name, kind=kind, on=day)]
    assert codes == found


@pytest.mark.parametrize(
    ("printed", "kind", "name"),
    [
        ("Hòa Bình", "tỉnh", "Hoà Bình"),
        ("Hoà Bình", "tỉnh", "Hoà Bình"),
        ("HOA BINH", "tỉnh", "Hoà Bình"),
        ("Đắc Lắc", "tỉnh", "Đắk Lắk"),
        ("Đăk Lăk", "tỉnh", "Đắk Lắk"),
        ("Dak Lak", "tỉnh", "Đắk Lắk"),
        ("Bắc Cạn", "tỉnh", "Bắc Kạn"),
        ("Thừa Thiên - Huế", "tỉnh", "Thừa Thiên Huế"),
        ("Bà Rịa Vũng Tàu", "tỉnh", "Bà Rịa - Vũng Tàu"),
        ("BR-VT", "tỉnh", "Bà Rịa - Vũng Tàu"),
        ("HCM", "thành phố", "Hồ Chí Minh"),
        ("Qui Nhơn", "thành phố", "Quy Nhơn"),
        ("Phan Rang - Tháp Chàm", "thành phố", "Phan Rang-Tháp Chàm"),
        ("Buôn Mê Thuột", "thành phố", "Buôn Ma Thuột"),
        ("Phú Quý", "huyện", "Phú Quí"),
        ("Ea H’Leo", "huyện", "Ea H'leo"),
    ],
)
def test_finds_by_any_right_spelling(printed: str, kind: str, name: str) -> None:
    assert one(printed, kind, "2024-01-01").name == name


def test_numbered_wards_have_no_leading_zero() -> None:
    district = one("8", "quận", "2024-01-01")
    found = [units().find(number, kind="phường", within=district, on="2023-01-01") for number in ("5", "05")]
    assert found[0] == found[1]
    assert [unit.full_name for unit in found[0]] == ["phường 5"]


@pytest.mark.parametrize(
    ("misread", "kind", "found"),
    [
        ("Phudc Long", "thị xã", ["thị xã Phước Long"]),
        ("Thdc Mo", "phường", ["phường Thác Mơ"]),
        ("Thac Mo", "phường", ["phường Thác Mơ"]),
        ("Quing Ninh", "tỉnh", ["tỉnh Quảng Ninh"]),
        ("Qudng Ninh", "tỉnh", ["tỉnh Quảng Ninh"]),
        ("Quang Nam", "tỉnh", ["tỉnh Quảng Nam"]),
        ("Quang Na", "tỉnh", ["tỉnh Quảng Nam"]),
        ("Quang Xyz", "tỉnh", []),
        ("Ha Nol", "thành phố", ["thành phố Hà Nội"]),
        ("Cam Gidng", "huyện", ["huyện Cẩm Giàng"]),
        ("Long Thanb", "huyện", ["huyện Long Thành"]),
        ("Hue", "thị trấn", []),
    ],
)
def test_nearest(misread: str, kind: str, found: list[str]) -> None:
    assert [unit.full_name for unit in units().nearest(misread, kind=kind, on="2024-08-28")] == found


def test_names_equally_near_all_come() -> None:
    assert {unit.name for unit in units().nearest("Tan Hoz", kind="xã", on="2024-08-28")} >= {"Tân Hoà", "Tân Hội"}


def test_rightly_written_names_are_never_bent() -> None:
    assert units().nearest("Cẩm Giang", kind="huyện", on="2023-01-01") == []


def test_ancestors_are_those_of_the_day() -> None:
    ward = one("Thác Mơ", "phường", "2024-08-28")
    assert [u.full_name for u in units().ancestors(ward, "2024-08-28")] == ["thị xã Phước Long", "tỉnh Bình Phước"]
    commune = units().children(one("Chơn Thành", "thị xã"))[0]
    assert [u.kind for u in units().ancestors(commune, "2021-06-01")] == ["huyện", "tỉnh"]
    assert [u.kind for u in units().ancestors(commune, "2024-06-01")] == ["thị xã", "tỉnh"]


def test_children_are_those_of_the_period() -> None:
    below = units().children(one("Quảng Ninh", "tỉnh", "2024-01-01"))
    assert Counter(unit.level for unit in set(below)) == {
        "huyen": 13 + 1,
        "xa": 54,
    }  # Đông Triều twice


def test_every_unit_is_told_in_the_graph() -> None:
    lines = list(ntriples())
    assert sum("AdministrativeUnit>" in line for line in lines) == len(ROWS)
    assert GRAPH.endswith("/graph/units")
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    ("text", "place", "on", "own"),
    [
        ("UBND xã Lương Điền, huyện Cẩm Giàng", "Lương Điền", "2024-01-01", ["huyện Cẩm Giàng"]),
        ("trên địa bàn tỉnh Quảng Ninh năm 2024", "Quảng Ninh", "2024-02-19", [None]),
        ("xã Quảng Ninh, huyện Quảng Xương", "Quảng Ninh", "2024-02-19", ["huyện Quảng Xương"]),
        ("huyện Châu Thành", "Châu Thành", "2024-02-19", []),
    ],
)
def test_own_unit_by_what_the_text_names(text: str, place: str, on: str, own: list[str | None]) -> None:
    found = own_unit(Text.of(text), place, on)
    above = [next(iter(units().ancestors(unit)), None) for unit in found] if len(found) == 1 else []
    assert [unit.full_name if unit else None for unit in above] == own


def test_names_units_with_their_places() -> None:
    text = Text.of("của UBND xã Lương Điền, huyện Cẩm Giàng và quận 1")
    found = [(text.raw[m.start : m.end], len(m.candidates)) for m in find_units(text, "2023-03-06")]
    assert found == [("xã Lương Điền", 1), ("huyện Cẩm Giàng", 1), ("quận 1", 1)]


def test_spelling_keeps_marks_apart() -> None:
    assert spelling("Cẩm Giàng") != spelling("Cẩm Giang")


@pytest.mark.parametrize(
    ("why", "text", "place", "own"),
    [
        (
            "a town's plan names the town as often as the province of that name",
            "trên địa bàn thành phố Hà Giang. Căn cứ Kế hoạch của UBND tỉnh Hà Giang",
            "Hà Giang",
            ["thành phố Hà Giang"],
        ),
        (
            "a province's plan hardly names its town",
            "UBND tỉnh phát động trên địa bàn tỉnh Hà Giang; UBND tỉnh; tỉnh; UBND thành phố Hà Giang",
            "Hà Giang",
            ["tỉnh Hà Giang"],
        ),
        ("thị xã is no xã", "trên địa bàn thị xã. UBND thị xã yêu cầu", "Nghĩa Lộ", ["thị xã Nghĩa Lộ"]),
        ("Tĩnh is no tỉnh", "trên địa bàn thành phố Hà Tĩnh", "Hà Tĩnh", ["thành phố Hà Tĩnh"]),
        ("without a date line, what the text names", "trên địa bàn huyện Long Thành", None, ["huyện Long Thành"]),
        ("nothing to go by", "phát động phong trào thi đua", None, []),
    ],
)
def test_own_unit_of_its_level(why: str, text: str, place: str | None, own: list[str]) -> None:
    assert [unit.full_name for unit in own_unit(Text.of(text), place, "2022-05-01")] == own, why
