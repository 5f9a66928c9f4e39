"""The filled forms of examples/nominations: every bad row fails for what its name says and for nothing else."""

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import Graph

from loaders.nominations.read import read_form
from queryapi.nominations.check import Report, check_form
from shapes import STORED, graph
from shapes.check import check

FOLDER = Path(__file__).parent.parent / "examples" / "nominations"


def _make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_nominations", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKE = _make()
EXAMPLES = {example.file: example for example in MAKE.examples()}


class _OnePlan:
    def __init__(self, iri: str, graph: Graph) -> None:
        self.iri, self.graph = iri, graph

    def holds(self, graph: str) -> bool:
        return graph.rpartition("/graph/doc/")[2] == self.iri.rpartition("/id/doc/")[2]

    def triples(self, graph: str) -> str:
        return self.graph.serialize(format="nt")


@cache
def report_on(file: str) -> Report:
    example = EXAMPLES[file]
    return check_form(_OnePlan(example.plan.iri, example.graph), (FOLDER / file).read_bytes(), file)


def test_every_plan_has_a_filled_form() -> None:
    assert len({example.plan.iri for example in EXAMPLES.values()}) == 5


@pytest.mark.parametrize("file", EXAMPLES)
def test_the_forms_are_what_make_writes(file: str) -> None:
    """The same columns and cells; a header's words may follow the reader as it improves."""
    kept, made = read_form((FOLDER / file).read_bytes(), file), read_form(EXAMPLES[file].bytes(), file)
    assert kept == made, "run: python examples/nominations/make.py"
    assert EXAMPLES[file].bytes() == EXAMPLES[file].bytes()


@pytest.mark.parametrize("file", EXAMPLES)
def test_a_row_fails_for_what_its_name_says_and_for_nothing_else(file: str) -> None:
    example, report = EXAMPLES[file], report_on(file)
    assert [n.name for n in report.nominees] == [row.name for row in example.rows]
    for nominee, row in zip(report.nominees, example.rows, strict=True):
        wrong = [f for f in nominee.findings if f.verdict in ("not-met", "not-assessable")]
        if row.fails is None:
            assert wrong == [], row.name
            assert nominee.verdict == "met"
            continue
        fails = row.fails
        assert {f.verdict for f in wrong} == {fails["verdict"]}, row.name
        assert nominee.verdict == fails["verdict"]
        if "at" in fails:
            assert all(f.start is not None and f.end is not None for f in wrong)
            assert [f.start <= fails["at"] < f.end for f in wrong] == [True], row.name
        else:
            assert {f.about for f in wrong} == {fails["about"]}, row.name
            # A wrong form may be two findings, the plan's and the law's; of one source there is only one.
            assert len({f.source for f in wrong}) == len(wrong)
            assert {f.source for f in wrong} >= {fails.get("source", "plan")}


@pytest.mark.parametrize("file", EXAMPLES)
def test_only_the_list_that_is_too_long_exceeds_a_quota(file: str) -> None:
    exceeded = [f for f in report_on(file).about_set if f.about == "quota" and f.verdict == "not-met"]
    assert len(exceeded) == (1 if EXAMPLES[file].exceeds else 0)


def test_the_eighth_collective_is_one_too_many_at_ninh_phuoc() -> None:
    report = report_on("ninh-phuoc-tam-tap-the.xlsx")
    assert [n.verdict for n in report.nominees] == ["met"] * 8
    finding = report.about_set[0]
    assert (finding.verdict, finding.stated) == ("not-met", "8")
    assert "07 tập thể" in (finding.clause or "")


def test_long_thanh_asks_for_a_form_the_law_of_that_day_did_not_know() -> None:
    report = report_on("long-thanh.xlsx")
    finding = report.about_plan[0]
    assert (finding.source, finding.verdict) == ("law", "not-met")
    assert "91/2017" in finding.reason and "01/01/2024" in finding.reason
    assert "Mẫu số 08" in (finding.hint or "") and "suy luận" in (finding.hint or "")


def test_thac_mo_leaves_number_and_dossier_to_documents_that_are_not_held() -> None:
    report = report_on("thac-mo.xlsx")
    assert [(f.about, f.verdict) for f in report.about_set] == [
        ("quota", "not-assessable"),
        ("dossier", "not-assessable"),
    ]
    assert "203/KH-UBND" in report.about_set[1].reason


def test_a_plan_without_dossier_or_deadline_says_so() -> None:
    notes = " ".join(report_on("luong-dien.xlsx").unchecked)
    assert "Thành phần hồ sơ: kế hoạch không nêu." in notes and "Hạn nộp hồ sơ: kế hoạch không nêu." in notes


@pytest.mark.parametrize("file", sorted({e.plan.source: e.file for e in EXAMPLES.values()}.values()))
def test_the_plans_as_read_break_no_rule_of_the_store(file: str) -> None:
    results = check(EXAMPLES[file].graph, graph(*STORED))
    assert [r for r in results.results if r.severity == "Violation"] == []
