"""Prizes and powers by day: tables a lawyer can read, in tests/register/."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.law.delegations import delegations
from loaders.law.money import base_salary, prize, prizes

Case = dict[str, Any]


def cases(name: str) -> list[Any]:
    said = tomllib.loads((Path(__file__).parent / "register" / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=f"{case['day']}: {case['why'][:50]}") for case in said]


@pytest.mark.parametrize("case", cases("money"))
def test_the_base_salary_of_the_day_of_decision(case: Case) -> None:
    found = base_salary(case["day"])
    assert (found.amount if found else None) == case.get("vnd")
    assert found is None or (found.source and found.reference)


@pytest.mark.parametrize("case", cases("prizes"))
def test_what_an_award_carries(case: Case) -> None:
    found = prize(case["award"], case["day"], case["kind"], case.get("giver"))
    assert [(one.exact, one.amount) for one in found] == ([(case["exact"], case["amount"])] if "amount" in case else [])
    for one in found:
        assert all(words in one.reference for words in case["by"]), one.reference
        assert (one.confidence == "V") == case["sure"] == (not one.unsure), one.unsure
        assert one.source and one.salary.source


def test_every_prize_names_its_basis_and_its_weakest_part() -> None:
    for day in ("2018-08-01", "2020-01-01", "2024-02-01", "2025-08-01"):
        for one in prizes(day):
            assert one.amount >= one.exact and one.reference and one.label
            assert one.rounded_to is None or one.amount % one.rounded_to == 0


@pytest.mark.parametrize("case", cases("delegations"))
def test_who_may_confer_what(case: Case) -> None:
    held = [one for one in delegations(case["day"], case["who"]) if one.power == "tang"]
    awards = {one.award for one in held}
    assert awards >= set(case["confers"]) and not awards & set(case["not"])
    assert bool(held) == bool(case["confers"])
    for one in held:
        assert one.reference == case["by"] and one.source and one.confidence == "V"
