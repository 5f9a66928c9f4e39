"""What a document's keeper must be told, and when there is nothing to tell: tests/verdicts/canh-bao.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.days import last_day
from loaders.law.alerts import Alert, Kind, Leaning, Severity, alerts
from loaders.law.claims import Claim
from loaders.law.framework import framework_changes
from loaders.law.judgement import Cited, judge
from loaders.law.provisions import provisions
from loaders.law.register import register
from loaders.law.verdict import Interval
from loaders.names import slug
from loaders.read import read
from loaders.vocabulary import scheme
from ontology import BASE

HERE = Path(__file__).parent
Case = dict[str, Any]
CASES: list[Case] = tomllib.loads((HERE / "verdicts" / "canh-bao.toml").read_text("utf-8"))["case"]


def cited(said: Case) -> tuple[Cited, str, bool]:
    iri = f"{BASE}id/doc/{said['iri']}" if "iri" in said else None
    named = Cited(iri=iri, type=said.get("type"), number=said.get("number"), pinpoint=said.get("pinpoint"))
    return named, said["relation"], said.get("followed", False)


def alerts_of(case: Case) -> tuple[Alert, ...]:
    """The alerts of the document a case describes, or of the one it names."""
    known = register().joined(claim(said) for said in case.get("claim", ()))
    until, agency = case.get("until"), f"{BASE}id/agency/{case['agency']}" if "agency" in case else None
    issued = case.get("issued") or Interval(case.get("not_before"), case.get("not_after"))
    citations = [(*cited(said), None) for said in case.get("citation", ())]
    if "file" in case:
        found = read(HERE.parent / case["file"])[1]
        head = found.document
        issued = head.date or Interval(head.not_before, head.not_after)
        agency = head.issuer and head.issuer.iri
        if found.movement and found.movement.until:
            until = last_day(found.movement.until, found.movement.boundary)
        citations = [
            (
                Cited(iri=c.iri, type=c.type, number=c.number, name=c.name, issued=c.date, pinpoint=c.pinpoint),
                slug(c.relation),
                c.followed,
                c.start,
            )
            for c in found.citations
        ]
    leanings = [
        Leaning(
            judgement=judge(what, issued, until, known), relation=relation, followed=followed, day=issued, start=start
        )
        for what, relation, followed, start in citations
    ]
    return alerts(leanings, framework_changes(None, agency, issued, until, known), until)


def claim(said: Case) -> Claim:
    parts = tuple(one for words in said.get("parts", ()) for one in provisions(words))
    told = {name: value for name, value in said.items() if name != "parts"}
    return Claim(
        **{**told, "by": f"{BASE}id/doc/{said['by']}", "about": f"{BASE}id/doc/{said['about']}", "provisions": parts}
    )


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_what_the_keeper_is_told(case: Case) -> None:
    found = alerts_of(case)
    told = [(alert.kind, alert.severity, alert.label) for alert in found]
    assert told == [(wanted["kind"], wanted["severity"], wanted["of"]) for wanted in case["alert"]]
    for alert, wanted in zip(found, case["alert"], strict=True):
        assert wanted.get("says", "") in alert.reason_vi, alert.reason_vi
        assert alert.reason_en and alert.concerns.startswith(BASE)
        if "day" in wanted:
            assert alert.changed_on == wanted["day"]


def test_every_kind_and_severity_is_in_its_list() -> None:
    assert set(Kind.__args__) == set(scheme("alert"))
    assert list(Severity.__args__) == sorted(scheme("severity"), key=lambda s: scheme("severity")[s].rank or 0)


def test_each_kind_of_alert_has_a_case() -> None:
    assert {alert["kind"] for case in CASES for alert in case["alert"]} == set(scheme("alert"))
