"""Bodies through time, case by case (tests/successions/*.toml)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.authorities.agencies import Agency, Context, resolve
from loaders.authorities.body_kinds import bodies
from loaders.authorities.units import units
from loaders.law.graph import of_type
from loaders.law.succession import end_of, heirs, lasts_on, organ_of, superior
from ontology import TD
from ontology.units import spelling

CASES = [
    pytest.param(case, id=case["why"])
    for file in sorted((Path(__file__).parent / "successions").glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


def meant(case: dict[str, Any]) -> Agency:
    """The agency a case names, on its day."""
    province = case.get("province")
    mentioned = (units().find(province, level="tinh", on=case["on"])[0],) if province else ()
    found = resolve(case["agency"], Context(on=case.get("on"), mentioned=mentioned))
    assert found, case["agency"]
    return found


def called(agency: Agency) -> str:
    """An agency's name, with its province: "Ủy ban nhân dân xã An Phước, Đồng Nai"; Hoà and Hòa are one spelling."""
    return spelt(f"{agency.label}, {units().province(agency.unit).name}" if agency.unit else agency.label)


def spelt(name: str) -> str:
    return ", ".join(map(spelling, name.split(", ")))


@pytest.mark.parametrize("case", CASES)
def test_ended(case: dict[str, Any]) -> None:
    agency = meant(case)
    end = end_of(agency)
    assert (end.day if end else "") == case.get("ended", "")
    if end:
        assert end.confidence == case["sure"]
        assert not lasts_on(agency, end.day)
    if "still" in case:
        assert lasts_on(agency, case["still"])
    if "on" in case:
        assert lasts_on(agency, case["on"])


@pytest.mark.parametrize("case", CASES)
def test_was_taken_over_by(case: dict[str, Any]) -> None:
    found = heirs(meant(case))
    assert sorted({called(heir.agency) for heir in found}) == sorted(map(spelt, case.get("heirs", [])))
    assert not {called(heir.agency) for heir in found} & set(map(spelt, case.get("not", [])))
    if "heirs_sure" in case:
        assert {heir.confidence for heir in found} == {case["heirs_sure"]}


@pytest.mark.parametrize("case", [case for case in CASES if "organ" in case.values[0] or "superior" in case.values[0]])
def test_belongs_to(case: dict[str, Any]) -> None:
    agency = meant(case)
    if "organ" in case:
        over = organ_of(agency)
        assert over and over.label == case["organ"]
    if "superior" in case:
        above = superior(agency, case["on"])
        assert above and above.label == case["superior"]


def test_every_change_names_known_bodies() -> None:
    """A mistyped slug would let a body live on in silence."""
    for change in of_type("BodyChange"):
        slugs = [iri.rpartition("/")[2] for name in (TD.originalBody, TD.resultingBody) for iri in change.all(name)]
        assert slugs and set(slugs) <= bodies().keys(), change.iri


def test_no_body_takes_over_from_itself() -> None:
    seen = {}
    for change in of_type("BodyChange"):
        seen[change.slug(TD.originalBody)] = [iri.rpartition("/")[2] for iri in change.all(TD.resultingBody)]
    for start in seen:
        reached, edge = set(), list(seen[start])
        while edge:
            body = edge.pop()
            if body not in reached:
                reached.add(body)
                edge += seen.get(body, [])
        assert start not in reached
