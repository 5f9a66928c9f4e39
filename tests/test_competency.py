"""The twelve questions the graph must answer about the five plans, each answered by hand from the plans and the law.

`tests/competency/*.toml` is a question with its reasons, the CSV beside it the answer. A plan is named by its file.
"""

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.text import fold
from ontology import BASE, TD
from queryapi.catalogue import ask, question
from queryapi.store import Store
from queryapi.store.terms import Rows

CASES = Path(__file__).parent / "competency"
NAMES = sorted(case.stem for case in CASES.glob("*.toml"))
OF_MODEL = {f"{number:02}" for number in range(1, 13)}


@pytest.fixture(scope="module")
def files(five_plans: Store) -> dict[str, str]:
    """Each plan's IRI with the name of its file."""
    found = five_plans.query(f"SELECT ?plan ?name {{ ?plan <{TD.sourceName}> ?name }}")
    assert isinstance(found, Rows)
    return {str(row["plan"]): str(row["name"]).removesuffix(".txt") for row in found.records()}


def case_of(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))


def expected(name: str) -> list[dict[str, str]]:
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_twelve_are_asked() -> None:
    assert {name[:2] for name in NAMES} == OF_MODEL


@pytest.mark.parametrize("name", NAMES)
def test_a_question_says_what_it_asks_and_why_the_answer_is_so(name: str) -> None:
    case = case_of(name)
    assert set(case) - {"params", "contains", "fold"} == {"question", "query", "why", "columns"}
    assert case["question"]["vi"].endswith("?") and case["question"]["en"].endswith("?")
    assert len(case["why"]) > 60
    assert list(expected(name)[0]) == list(case["columns"])
    assert set(case["columns"].values()) <= set(question(case["query"]).columns)


@pytest.mark.parametrize("name", NAMES)
def test_the_graph_answers_as_a_person_would(five_plans: Store, files: dict[str, str], name: str) -> None:
    """Every row of the answer is one expected row and the other way round, in any order."""
    case = case_of(name)
    found = ask(five_plans, case["query"], case.get("params"))
    assert isinstance(found, Rows)
    answers = [
        {heading: _cell(record.get(column), files) for heading, column in case["columns"].items()}
        for record in found.records()
    ]
    missing = []
    for row in expected(name):
        match = next((answer for answer in answers if _fits(answer, row, case)), None)
        if match is None:
            missing.append(row)
        else:
            answers.remove(match)
    assert (missing, answers) == ([], []), "(expected and not answered, answered and not expected)"


def _cell(term: object, files: dict[str, str]) -> str:
    words = "" if term is None else " ".join(str(term).split())
    return files[words] if words.startswith(BASE) else words


def _fits(answer: dict[str, str], row: dict[str, str], case: dict[str, Any]) -> bool:
    def same(heading: str, said: str, wanted: str) -> bool:
        if heading in case.get("contains", ()):
            return wanted in said
        if heading in case.get("fold", ()):
            return fold(said) == fold(wanted)
        return said == wanted

    return all(same(heading, answer[heading], wanted) for heading, wanted in row.items())
