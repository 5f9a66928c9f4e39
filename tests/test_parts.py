"""Cases of every part of a plan, as data: tests/parts/*.toml. What is found stands on the page where we say it does."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loaders.findings import to_json
from loaders.plan.awards import find_awards
from loaders.plan.contents import find_contents
from loaders.plan.criteria import find_criteria
from loaders.plan.deadlines import find_deadlines
from loaders.plan.dossier import find_dossier
from loaders.plan.funding import find_funding
from loaders.plan.movement import find_movement
from loaders.plan.quotas import find_quotas
from loaders.plan.responsibilities import find_responsibilities
from loaders.plan.targets import find_targets
from loaders.structure.outline import Section, outline
from loaders.text import Text

HERE = Path(__file__).parent / "parts"


@dataclass(frozen=True)
class Head:
    """What a header would say of a case's date."""

    date: str | None = None
    year: int | None = None
    title_span: None = None


FINDERS: dict[str, Callable[[Text, Section, Head], Any]] = {
    "awards": lambda t, r, h: find_awards(t, r),
    "contents": lambda t, r, h: find_contents(t, r),
    "criteria": find_criteria,
    "deadlines": find_deadlines,
    "dossier": lambda t, r, h: find_dossier(t, r),
    "funding": lambda t, r, h: find_funding(t, r),
    "movement": lambda t, r, h: [m for m in [find_movement(t, r, h)] if m],
    "quotas": lambda t, r, h: find_quotas(t, r),
    "responsibilities": lambda t, r, h: find_responsibilities(t, r),
    "targets": lambda t, r, h: find_targets(t, r),
}


def cases() -> list[Any]:
    return [
        pytest.param(part, case, id=f"{part}-{n}: {case['why'][:60]}")
        for part in FINDERS
        for n, case in enumerate(tomllib.loads((HERE / f"{part}.toml").read_text("utf-8"))["case"])
    ]


def mismatch(wanted: Any, got: Any) -> bool:
    """Whether a value differs from what is wanted: `false` wants nothing there, `true` anything."""
    if wanted is False:
        return got is not None and got != []
    if wanted is True:
        return got is None
    if isinstance(wanted, dict):
        return not isinstance(got, dict) or any(mismatch(value, got.get(key)) for key, value in wanted.items())
    if isinstance(wanted, str):
        return not isinstance(got, str) or " ".join(got.split()) != wanted
    return bool(wanted != got)


def text_of(case: dict[str, Any]) -> Text:
    # a text too short to be called garbled is made longer by what no finder looks at
    filler = "\nNoi nhan:\n" + "- Cac co quan, don vi thuoc huyen;\n" * 10 if case.get("garbled") else ""
    return Text.of(case["text"].strip() + filler)


@pytest.mark.parametrize(("part", "case"), cases())
def test_a_case_is_read_as_it_says(part: str, case: dict[str, Any]) -> None:
    text = text_of(case)
    if case.get("garbled"):
        assert text.garbled
    found = [to_json(f) for f in FINDERS[part](text, outline(text), Head(**case.get("header", {})))]
    shown = "\n".join(map(str, found))
    assert len(found) == len(case["finds"]), shown
    for wanted, got in zip(case["finds"], found, strict=True):
        assert isinstance(got, dict)
        wrong = {key: got.get(key) for key, value in wanted.items() if mismatch(value, got.get(key))}
        assert not wrong, f"wanted {wanted}\ngot {got}"


@pytest.mark.parametrize(("part", "case"), cases())
def test_what_is_found_stands_where_it_says(part: str, case: dict[str, Any]) -> None:
    text = text_of(case)
    for found in FINDERS[part](text, outline(text), Head(**case.get("header", {}))):
        if found.start is not None:
            assert text.raw[found.start : found.end] == found.text
            assert found.text == found.text.strip(" \n")
            assert found.text == found.text.strip("*") or found.text.count("**") == 2  # "tối đa **07 tập thể**"


def test_every_part_has_its_cases() -> None:
    assert {path.stem for path in HERE.glob("*.toml")} >= {*FINDERS, "structure", "ordinary"}
