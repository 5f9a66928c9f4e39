"""The register joined with what documents say: tests/verdicts/van-ban-noi.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.law.claims import Claim, contradictions, held
from loaders.law.provisions import Provision, provisions
from loaders.law.register import register
from ontology import BASE

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads((Path(__file__).parent / "verdicts" / "van-ban-noi.toml").read_text("utf-8"))["case"]
DOC = f"{BASE}id/doc/"


def claims_of(case: Case) -> list[Claim]:
    found = [
        Claim(
            **{k: v for k, v in said.items() if k not in ("by", "provisions", "chapter")},
            by=DOC + said["by"],
            by_label="văn bản nói",
            about=DOC + case["about"],
            provisions=(
                *(p for words in said.get("provisions", ()) for p in provisions(words)),
                *((Provision(said["chapter"]),) if "chapter" in said else ()),
            ),
        )
        for said in case.get("claim", ())
    ]
    if "held" in case:
        found.append(held(DOC + case["held"]["iri"], case["held"]["label"], case["held"]["issued"]))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_what_documents_say_is_joined_with_the_register(case: Case) -> None:
    said = claims_of(case)
    known = register().joined(said)
    for day, code in case["on"].items():
        found = known.judge(DOC + case["about"], day, pinpoint=case.get("pinpoint"))
        assert found.code == code, (day, found)
        if code == "unknown":
            assert case.get("decided_by", "") in found.reason, found
    assert [c.bound for c in contradictions(register(), said)] == case.get("contradicts", [])
    assert known == register().joined(reversed(said))  # whatever the order in which documents were loaded


def test_what_nobody_says_anything_of_stays_as_it_is() -> None:
    known = register()
    assert known.joined([]) is known
    new = known.joined([held(f"{DOC}ubnd-xa-y/ke-hoach/2024/1", "Kế hoạch 1", "2024-01-05", "1/KH-UBND", "ke-hoach")])
    assert set(new.instruments) - set(known.instruments) == {f"{DOC}ubnd-xa-y/ke-hoach/2024/1"}
    assert new.by_number("1/KH-UBND") is None  # a local number alone names nothing
    assert new.by_number("98/2023/NĐ-CP") is known.by_number("98/2023/NĐ-CP")


def test_who_replaced_it_is_told_with_the_end() -> None:
    old, new = f"{DOC}ubnd-tinh-x/quyet-dinh/2018/38", f"{DOC}ubnd-tinh-x/quyet-dinh/2024/22"
    claim = Claim(by=new, by_label="Quyết định 22", about=old, effect="replaces", day="2024-06-18", issued="2018-08-09")
    known = register().joined([claim]).instruments[old]
    assert [(one.iri, one.confidence) for one in known.successors] == [(new, "V")]
    assert known.valid_before and known.valid_before.source == (new,)
