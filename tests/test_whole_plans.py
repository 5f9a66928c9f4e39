"""Whole plans of many drafters, tests/parts/whole/*.toml: everything a reader would list is found, and nothing else.

A finding answers an expectation when its words hold `has` and its fields are those given.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from loaders.findings import Source, to_json
from loaders.read import find
from loaders.text import Text

PLANS = sorted((Path(__file__).parent / "parts" / "whole").glob("*.toml"))
PARTS = ("targets", "contents", "criteria", "quotas", "awards", "dossier", "deadlines", "responsibilities")


@cache
def plan(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@cache
def found(path: Path) -> dict[str, Any]:
    said = to_json(find(Text.of(plan(path)["text"].strip() + "\n"), Source(name=path.name, sha256="0" * 64)))
    assert isinstance(said, dict)
    return said


def agrees(wanted: Any, got: Any) -> bool:
    """Whether a value is the one wanted: `true` wants any, `false` none, a list one of several."""
    if isinstance(wanted, bool):
        return bool(got) is wanted
    if isinstance(wanted, list):
        return any(agrees(one, got) for one in wanted)
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(agrees(value, got.get(key)) for key, value in wanted.items())
    if isinstance(wanted, str):
        return isinstance(got, str) and " ".join(got.split()).lower() == wanted.lower()
    return bool(got == wanted)


def answers(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    words = " ".join(got["text"].split())
    fields = {key: value for key, value in wanted.items() if key not in ("has", "optional")}
    return wanted.get("has", "") in words and all(agrees(value, got.get(key)) for key, value in fields.items())


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
@pytest.mark.parametrize("part", PARTS)
def test_a_plan_is_read_as_a_reader_lists_it(path: Path, part: str) -> None:
    wanted, got = plan(path).get(part, []), found(path)[part]
    missed, left = [], list(got)
    for expectation in wanted:
        answer = next((g for g in left if answers(expectation, g)), None)
        if answer is not None:
            left.remove(answer)
        elif not expectation.get("optional"):
            missed.append(expectation)
    assert not missed, "\n".join(["not found:", *map(str, missed), "found:", *map(str, got)])
    assert not left, "\n".join(["not there:", *map(str, left)])


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_movement_is_found_where_there_is_one(path: Path) -> None:
    assert (found(path)["movement"] is None) == plan(path).get("none", False)
    assert found(path)["document"]["date"] == plan(path)["issued"]


def test_there_are_plans_of_many_manners() -> None:
    assert len(PLANS) >= 8
