"""What the graph does not know, counted: and nothing of what it does know."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from graphs import MemoryStore, store_of

from ontology import BASE
from queryapi.app import create_app
from queryapi.catalogue import catalogue
from queryapi.coverage import NAMES, coverage
from queryapi.errors import BadParameter

HEAD = f"""
@prefix td: <{BASE}ns#> . @prefix v: <{BASE}vocab/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
"""
UNKNOWN = f"<{BASE}vocab/verdict/unknown>"


def plans(*said: tuple[str, str]) -> str:
    """Plans of a province ("" where it is not known) and a year ("" where there is none)."""
    lines = []
    for number, (province, year) in enumerate(said):
        lines.append(f'<p/ke-hoach/1/{number}> a td:EmulationPlan ; td:sha256 "{number}" .')
        if province:
            lines.append(f'<p/ke-hoach/1/{number}> td:provinceName "{province}"@vi .')
        if year:
            lines.append(f"<p/ke-hoach/1/{number}> td:year {year} .")
    return HEAD + "\n".join(lines)


def citations(verdicts: dict[str, int]) -> str:
    lines = []
    for place, (reason, times) in enumerate(verdicts.items()):
        for n in range(times):
            name = f"<a/ke-hoach/2024/1#citation-{place * 100 + n}>"
            lines.append(
                f'{name} td:inDocument <a/ke-hoach/2024/1> ; td:verdict {UNKNOWN} ; td:verdictReason "{reason}"@vi .'
            )
    return HEAD + "\n".join(lines)


def test_every_section_is_a_question_of_the_catalogue() -> None:
    sections = coverage(store_of("", base=False)).sections
    assert [section.name for section in sections] == [name for name in NAMES if name != "tinh-nam"]
    assert all(section.question in catalogue() for section in sections)
    assert all(section.total == 0 and section.rows == () for section in sections), (
        "an empty store lacks nothing it knows of"
    )


def test_counts_things_and_not_kinds_of_things() -> None:
    store = store_of(citations({"không có trong sổ": 5, "chưa biết ngày bắt đầu": 2, "chưa rõ ngày": 1}), base=False)
    (section,) = coverage(store, ["hieu-luc"], top=2).sections
    assert section.total == 8
    assert section.lines == 3
    assert [str(row[0]) for row in section.rows] == ["không có trong sổ", "chưa biết ngày bắt đầu"]


def test_an_unknown_section_names_the_near_ones() -> None:
    with pytest.raises(BadParameter, match="gần giống: mau-thuan"):
        coverage(store_of("", base=False), ["mau-thuann"])


class TestProvincesAndYears:
    def table(self, *said: tuple[str, str]) -> dict[str, tuple[int | None, ...]]:
        matrix = coverage(store_of(plans(*said), base=False), ["tinh-nam"]).matrix
        assert matrix is not None
        return {province.name: province.counts for province in matrix.provinces}

    def test_a_year_without_a_plan_is_a_nought(self) -> None:
        """Also a year in which nobody has one."""
        table = self.table(("Quảng Ninh", "2022"), ("Quảng Ninh", "2024"), ("Quảng Ninh", "2024"), ("Cần Thơ", "2024"))
        assert table["Quảng Ninh"] == (1, 0, 2)
        assert table["Cần Thơ"] == (0, 0, 1)
        assert table["Lâm Đồng"] == (0, 0, 0)

    def test_a_province_that_is_no_more_has_no_nought_after_its_end(self) -> None:
        """Bình Phước became a part of Đồng Nai on 1 July 2025 (Nghị quyết 202/2025/QH15)."""
        table = self.table(("Bình Phước", "2024"), ("Đồng Nai", "2026"))
        assert table["Bình Phước"] == (1, 0, None)
        assert table["Đồng Nai"] == (0, 0, 1)

    def test_two_spellings_are_one_province(self) -> None:
        table = self.table(("Khánh Hoà", "2024"), ("Khánh Hòa", "2024"))
        assert [counts for name, counts in table.items() if name.startswith("Khánh H")] == [(2,)]

    def test_plans_without_a_province_or_a_year_are_not_lost(self) -> None:
        matrix = coverage(store_of(plans(("", "2024"), ("Cần Thơ", ""), ("", "")), base=False), ["tinh-nam"]).matrix
        assert matrix is not None
        assert matrix.unplaced == (1,)
        assert matrix.undated == 2
        assert "Cần Thơ" in matrix.without, "of no year that could be counted"

    def test_no_plans_no_years(self) -> None:
        matrix = coverage(store_of("", base=False), ["tinh-nam"]).matrix
        assert matrix is not None
        assert (matrix.years, matrix.provinces, matrix.undated) == ((), (), 0)


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    wanted = Path(__file__).parent / "queries"
    folders = ("most-cited-not-held", "incomplete-plans", "delegated-to-not-held")
    store: MemoryStore = store_of("\n".join((wanted / name / "data.ttl").read_text("utf-8") for name in folders))
    service = create_app(store)
    service.testing = True
    yield service.test_client()
    service.extensions["thidua"].close()


class TestThePage:
    def test_tells_each_section_and_leads_to_its_question(self, client: FlaskClient) -> None:
        page = client.get("/con-thieu")
        assert page.status_code == 200
        for name in NAMES:
            assert f'id="{name}"' in page.text
        assert 'href="/cau-hoi/most-cited-not-held"' in page.text
        assert "3322/QĐ-UBND" in page.text
        assert "thời gian của phong trào" in page.text

    def test_is_in_the_navigation(self, client: FlaskClient) -> None:
        assert '<a href="/con-thieu" aria-current="page">' in client.get("/con-thieu").text
        assert '<a href="/con-thieu">' in client.get("/ra-soat").text
