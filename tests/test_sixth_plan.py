"""A plan nobody prepared for is read, compared and checkable: another province, level and year, other numbers."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from loaders.findings import Findings
from loaders.nominations.columns import CLEAR, MET, NONE, YES, columns
from loaders.nominations.form import write_form
from loaders.nominations.plan import plan_from
from loaders.read import read
from queryapi.compare import compare
from queryapi.documents import find_document
from queryapi.loading.load import load
from queryapi.nominations.check import Report, check_form, plan_slice
from queryapi.radar import radar
from queryapi.store import Store, open_store

FOLDER = Path(__file__).parent / "sixth"
PLANS = Path(__file__).parent.parent / "examples" / "plans"
PLAN = "57/KH-UBND sa dec"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder, write=True) as target:
        load([FOLDER / "plan.txt", PLANS / "ninh-phuoc-26-kh-ubnd-2021.txt"], target)
    with open_store(folder) as reading:
        yield reading


@pytest.fixture(scope="module")
def found() -> Findings:
    return read(FOLDER / "plan.txt")[1]


@pytest.fixture(scope="module")
def expected() -> dict[str, object]:
    return tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))


def says(said: object, wanted: dict[str, object]) -> bool:
    """Whether a finding has these values; a threshold's are looked up in the threshold."""

    def value(name: str) -> object:
        if hasattr(said, name):
            return getattr(said, name)
        return getattr(getattr(said, "threshold", None), name, None)

    def same(name: str, want: object) -> bool:
        got = value(name)
        if name == "pinpoint":
            return str(want).casefold() in str(got).casefold()
        return got == want

    return all(same(name, want) for name, want in wanted.items())


def test_the_header_is_read(found: Findings, expected: dict) -> None:
    want = expected["document"]
    assert found.document.issuer is not None
    assert found.document.issuer.label == want.pop("issuer")
    assert says(found.document, want)


def test_the_movement_is_read(found: Findings, expected: dict) -> None:
    want = expected["movement"]
    assert found.movement is not None
    assert (found.movement.name, found.movement.from_, found.movement.until) == tuple(want.values())


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("citation", "citations"),
        ("quota", "quotas"),
        ("criterion", "criteria"),
        ("deadline", "deadlines"),
        ("component", "dossier"),
    ],
)
def test_its_parts_are_read(found: Findings, expected: dict, kind: str, field: str) -> None:
    for want in expected[kind]:
        assert any(says(said, want) for said in getattr(found, field)), want


def test_it_sets_no_other_quota_and_no_other_deadline(found: Findings) -> None:
    """70 % of the files online is a content, 30/11/2023 the end of the campaign: neither is a quota or a deadline."""
    assert len(found.quotas) == 2
    assert [deadline.date for deadline in found.deadlines] == ["2023-12-08"]


def test_it_stands_on_living_law(store: Store) -> None:
    assert radar(store).rows == ()


def test_it_is_compared(store: Store) -> None:
    comparison = compare(store, [PLAN, "26/KH-UBND ninh phuoc"])
    cells = {row.aspect: [cell.value for cell in row.cells] for row in comparison.rows}
    assert "12" in cells["so-luong-tap-the"][0] and "7" in cells["so-luong-tap-the"][1]
    assert "85" in cells["chi-so"][0] and "Tốt" in cells["chi-so"][1]


def filled(store: Store, *, index: float, submitted: date) -> bytes:
    """The plan's own form with one collective: everything in order but for what is given."""
    iri = find_document(store, PLAN).iri
    plan = plan_from(plan_slice(store, iri), iri)
    row: dict[str, object] = {"nominee": "Phòng Nội vụ", "kind": "Tập thể", "submitted": submitted, "year": 2023}
    for column in columns(plan):
        if column.sort == "number":
            row[column.key] = index
        elif column.sort == "evidence":
            row[column.key] = "Báo cáo số 01"
        elif column.sort == "statement":
            row[column.key] = MET if MET in column.choices else CLEAR
        elif column.sort == "level":
            row[column.key] = NONE if NONE in column.choices else column.choices[0]
        elif column.sort == "present":
            row[column.key] = YES
        elif column.sort == "form":
            row[column.key] = "Mẫu số 07 Nghị định số 91/2017/NĐ-CP"
    return write_form(plan, [row])


def test_it_has_a_form_and_the_form_is_checked(store: Store) -> None:
    low = check_form(store, filled(store, index=84.9, submitted=date(2023, 12, 8)), "thap.xlsx")
    enough = check_form(store, filled(store, index=85, submitted=date(2023, 12, 8)), "du.xlsx")
    late = check_form(store, filled(store, index=85, submitted=date(2023, 12, 9)), "muon.xlsx")

    assert failing(low) == {("criterion", "Chỉ số cải cách hành chính năm 2023 đạt từ 85% trở lên")}
    assert failing(enough) == set()
    assert enough.holds
    assert {about for about, _ in failing(late)} == {"deadline"}


def failing(report: Report) -> set[tuple[str, str | None]]:
    return {(f.about, f.clause) for n in report.nominees for f in n.findings if f.verdict == "not-met"}
