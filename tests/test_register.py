"""Instruments, names, forms and salaries by day: tables a lawyer can read, in tests/register/."""

import json
import os
import tomllib
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.days import shown_day
from loaders.law.graph import of_type
from loaders.law.judgement import Cited, judge, standing
from loaders.law.register import Instrument, register
from loaders.law.verdict import Bound, Confidence, Interval, verdict
from loaders.names import document_path
from loaders.read import cite
from loaders.text import Text
from ontology import BASE, TD

HERE = Path(__file__).parent
Case = dict[str, Any]


def cases(*names: str) -> list[Any]:
    found = [
        c for name in names for c in tomllib.loads((HERE / "register" / f"{name}.toml").read_text("utf-8"))["case"]
    ]
    return [
        pytest.param(case, id=f"{' '.join(map(str, list(case.values())[:2]))}: {case['why'][:40]}") for case in found
    ]


def instrument(name: str) -> Instrument:
    found = register().by_number(name) or register().by_iri(f"{BASE}id/doc/{name}")
    assert found, f"{name} is not in the register"
    return found


def day_of(case: Case) -> Interval:
    return Interval.of(case["day"]) if "day" in case else Interval(case.get("first"), case.get("last"))


@pytest.mark.parametrize("case", cases("verified", "weaker", "intervals", "provisions"))
def test_how_an_instrument_stood(case: Case) -> None:
    cited = instrument(case["instrument"])
    judged = judge(Cited(iri=cited.iri, pinpoint=case.get("pinpoint")), day_of(case), case.get("period_until"))
    found = judged.verdict
    assert found.code == case["verdict"], found
    assert found.since == case.get("since")
    assert found.expired_later == case.get("expired_later", False)
    assert found.reason and found.reason_en
    said = "; ".join(found.decided_by)
    assert all(words in said for words in case.get("decided_by", [])), said
    assert (found.code == "unknown") == bool(found.decided_by)
    assert all(words in found.reason for words in case.get("says", [])), found.reason
    if "replaced_by" in case or "pinpoint" in case:
        assert judged.replaced_by_numbers == case.get("replaced_by")


@pytest.mark.parametrize("case", cases("names"))
def test_what_a_name_without_number_means(case: Case) -> None:
    found = register().by_name(case["name"], day_of(case))
    assert (found.number if found else None) == case.get("is")


@pytest.mark.parametrize("case", cases("forms"))
def test_the_form_that_took_over(case: Case) -> None:
    hint = register().form_successor(case["form"], instrument(case["of"]).iri, case["day"])
    if "is" not in case:
        assert hint is None
        return
    assert hint is not None
    assert (hint.form.number, hint.document.number) == (case["is"], case["in"])
    assert hint.confidence != "V" and all(words in hint.text for words in case["says"]), hint.text


@pytest.mark.parametrize("case", cases("meant"))
def test_what_a_printed_citation_means(case: Case) -> None:
    day = date.fromisoformat(case["day"])
    (found,) = cite(Text.of(case["words"]), on=day, otherwise=day)
    meant = judge(
        Cited(iri=found.iri, type=found.type, number=found.number, name=found.name, issued=found.date), case["day"]
    )
    assert (meant.instrument.number if meant.instrument else None) == case.get("is")
    assert found.verdict == case["verdict"]


@pytest.mark.parametrize(("sure", "told"), [("V", "98/2023/NĐ-CP"), ("V-weak", None), ("I", None), ("K", None)])
def test_only_a_successor_with_a_source_is_named(sure: Confidence, told: str | None) -> None:
    """The end of 91/2017 is verified; had we only guessed what replaced it, nobody may be told to use that."""
    decree, law = instrument("91/2017/NĐ-CP"), register()
    guessed = replace(decree, successors=tuple(replace(one, confidence=sure) for one in decree.successors))
    with_guess = replace(law, instruments={**law.instruments, decree.iri: guessed})
    found = judge(Cited(iri=decree.iri), "2024-05-01", register=with_guess)
    assert (found.verdict.code, found.replaced_by_numbers) == ("expired", told)


@pytest.mark.parametrize("case", cases("money"))
def test_the_base_salary_of_a_day(case: Case) -> None:
    day = case["day"]
    held = [s for s in of_type("BaseSalary") if s.must(TD.validFrom) <= day < (s.one(TD.validBefore) or "9999")]
    assert [int(salary.must(TD.amount)) for salary in held] == ([case["vnd"]] if "vnd" in case else [])


def test_a_number_is_found_however_it_is_typed_and_a_local_one_is_not() -> None:
    assert instrument("91/2017/nđ-cp") is instrument("91/2017/ND-CP") is instrument(" 91 /2017/NĐ-CP")
    assert register().by_number("6/2022/QH15") is register().by_number("06/2022/QH15") is not None
    assert register().by_number("22/2024/QĐ-UBND") is None  # every province has one
    assert register().by_number("191/2017/NĐ-CP") is None


@pytest.mark.parametrize("known", register().instruments.values(), ids=lambda known: known.number)
def test_citing_an_instrument_in_full_leads_to_its_entry(known: Instrument) -> None:
    """The reader and the register build one IRI, each from what it knows: "Thông tư số … của Bộ trưởng Bộ Nội vụ …"."""
    kind = known.label.removesuffix(known.number).strip()
    issued = f" ngày {shown_day(known.issued)}" if known.issued else ""
    title = known.title.removeprefix(kind).strip()
    words = f"Căn cứ {kind} số {known.number}{issued} của {known.issuer_label} {title};"
    read_on = date(2026, 1, 15)
    assert known.iri in {found.iri for found in cite(Text.of(words), on=read_on, otherwise=read_on)}, words


def test_what_is_not_in_the_register_is_unknown() -> None:
    found = register().judge(f"{BASE}id/doc/ubnd-xa-luong-dien-hai-duong/ke-hoach/2022/59", "2023-03-06")
    assert found.code == "unknown" and "không có trong sổ" in found.reason
    assert register().judge(None, "2023-03-06").code == "unknown"


def test_every_instrument_has_a_label_an_issue_or_a_note() -> None:
    for known in register().instruments.values():
        assert known.label.endswith(known.number) and len(known.label.split()) >= 2
        assert known.issued or (known.valid_from is not None and known.valid_from.note), known.number


def test_the_register_holds_what_it_was_made_from() -> None:
    """Every instrument, rule, form and salary of the legal facts the project was given, with its dates."""
    source = Path(os.environ.get("THIDUA_SHARED", HERE.parent.parent / "shared")) / "law" / "framework.json"
    if not source.is_file():
        pytest.skip("the legal facts this register was made from are not here (THIDUA_SHARED)")
    given = json.loads(source.read_text("utf-8"))
    for fact in given["instruments"]:
        held = register().by_number(fact["number"])
        assert held, fact["number"]
        for ours, theirs in ((held.valid_from, "effective"), (held.valid_before, "expired_from")):
            assert (ours.date if ours else None) == fact[theirs], f"{fact['number']} {theirs}"
        assert held.issued == fact["issued"]
        said = {register().instruments[successor.iri].number for successor in held.successors}
        numbers = {other["id"]: other["number"] for other in given["instruments"]}
        assert {numbers[r["by"]] for r in fact["replaced_by"]} <= said
    assert set(register().rules) >= {rule["id"] for rule in given["validator_rules"]}
    assert [int(s.must(TD.amount)) for s in of_type("BaseSalary")] == [s["vnd"] for s in given["base_salary"]]
    assert len(register().forms) == sum(len(d["forms"]) for d in given["report_forms"].values())
    assert register().checked_on == given["meta"]["built"]


def test_a_national_authority_is_a_slug_of_its_own() -> None:
    assert instrument("91/2017/NĐ-CP").iri == f"{BASE}id/doc/{document_path('chinh-phu', 'nghi-dinh', '2017', '91')}"
    assert instrument("14-KL/TW").is_party and not instrument("14-KL/TW").is_local


# The verdict against a naive reading of its rule, day by day over ten days and every choice of the weaker bounds.

DAYS = [f"2024-01-{day:02}" for day in range(1, 11)]
BOUNDS = st.builds(Bound, st.sampled_from(DAYS), st.sampled_from(["V", "V-weak", "I", "K"]))


def naive(
    start: Bound | None,
    end: Bound | None,
    issued: Bound | None,
    partial: list[Bound],
    provision: list[Bound],
    days: list[str],
) -> str:
    outcomes = set()
    bounds = [("start", start), ("end", end), ("issued", issued)]
    bounds += [*(("partial", bound) for bound in partial), *(("end", bound) for bound in provision)]
    present = [(role, bound) for role, bound in bounds if bound]
    for holds in product([True, False], repeat=len(present)):
        if any(bound.confidence == "V" and not kept for (_, bound), kept in zip(present, holds, strict=True)):
            continue  # a verified bound always holds
        held = [(role, str(bound.date)) for (role, bound), kept in zip(present, holds, strict=True) if kept]
        for day in days:
            if any(role == "end" and day >= date for role, date in held):
                outcomes.add("expired")
            elif any(role in ("start", "issued") and day < date for role, date in held):
                outcomes.add("not-yet-in-force")
            elif start is None:
                outcomes.add("unknown")
            elif any(role == "partial" and day >= date for role, date in held):
                outcomes.add("partly-expired")
            else:
                outcomes.add("in-force")
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


@given(
    start=st.none() | BOUNDS,
    end=st.none() | BOUNDS,
    issued=st.none() | BOUNDS,
    partial=st.lists(BOUNDS, max_size=2),
    provision=st.lists(BOUNDS, max_size=1),
    limits=st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)).map(sorted),
)
def test_the_verdict_is_what_every_reading_of_every_day_says(
    start: Bound | None,
    end: Bound | None,
    issued: Bound | None,
    partial: list[Bound],
    provision: list[Bound],
    limits: list[str],
) -> None:
    first, last = limits
    found = verdict(start, end, Interval(first, last), issued=issued, partial=partial, provision=provision)
    assert found.code == naive(start, end, issued, partial, provision, [day for day in DAYS if first <= day <= last])
    if found.code == "expired":
        assert found.since in {bound.date for bound in (end, *provision) if bound and bound.confidence == "V"}
        assert str(found.since) <= first
    if found.code == "unknown":
        assert found.decided_by, (start, end, issued, partial)


@given(start=BOUNDS, end=st.none() | BOUNDS, day=st.sampled_from(DAYS), until=st.sampled_from(DAYS))
def test_expired_later_is_a_verified_end_after_the_day_and_within_the_period(
    start: Bound, end: Bound | None, day: str, until: str
) -> None:
    found = verdict(start, end, day, until)
    if found.code == "in-force":
        assert found.expired_later == bool(end and end.confidence == "V" and day < str(end.date) <= until)
    elif found.code in ("expired", "not-yet-in-force"):
        assert not found.expired_later


def test_an_end_whose_day_nobody_noted_leaves_the_verdict_open() -> None:
    found = verdict(Bound("2011-01-01"), Bound(None, "K", note="replaced, day not known"), "2013-01-09")
    assert found.code == "unknown" and found.decided_by == ("chưa biết ngày hết hiệu lực",)


@pytest.mark.parametrize("day", ["2003-06-30", "2018-01-01", "2021-02-03", "2023-12-31", "2024-07-01", "2025-07-01"])
def test_a_verdict_without_its_words_is_the_same_verdict(day: str) -> None:
    """Readers take the code alone, pages the reasons too: a document may not be told otherwise by the two."""
    known = register()
    for instrument in known.instruments.values():
        for pinpoint in (None, "Điều 4", "khoản 2 Điều 16", "mẫu số 07"):
            for until in (None, "2025-12-31"):
                cited = Cited(iri=instrument.iri, pinpoint=pinpoint)
                whole = judge(cited, day, until, known)
                assert standing(cited, day, until, known) == (whole.verdict.code, whole.replaced_by, whole.instrument)
