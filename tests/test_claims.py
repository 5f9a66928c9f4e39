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


OWN = """@base <https://w3id.org/thidua/id/doc/> .
@prefix td: <https://w3id.org/thidua/ns#> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{about}> a td:LegalInstrument ; eli:number "38/2018/QĐ-UBND" ; dcterms:title "Quyết định" ;
  eli:type_document <https://w3id.org/thidua/vocab/document-type/quyet-dinh> ; td:issuerLabel "UBND tỉnh X" ;
  td:appliesInProvince "X" ; td:validFrom "{issued}"^^xsd:date ; td:validBefore "{ends}"^^xsd:date .
<{about}#valid-from> a td:RegisterFact ; td:about <{about}> ; td:property td:validFrom ;
  td:confidence <https://w3id.org/thidua/vocab/confidence/v> ; dcterms:source "Công báo số 5" .
<{about}#valid-before> a td:RegisterFact ; td:about <{about}> ; td:property td:validBefore ;
  td:confidence <https://w3id.org/thidua/vocab/confidence/{sure}> ; dcterms:source "Công báo số 5" .
"""


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_what_documents_say_is_joined_with_the_register(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "own" in case:
        (tmp_path / "cua-toi.ttl").write_text(OWN.format(about=case["about"], **case["own"]), "utf-8")
        monkeypatch.setenv("THIDUA_REGISTER", str(tmp_path))
    said = claims_of(case)
    known = register().joined(said)
    for day, code in case["on"].items():
        found = known.judge(DOC + case["about"], day, pinpoint=case.get("pinpoint"))
        assert found.code == code, (day, found)
        if code == "unknown":
            assert case.get("decided_by", "") in found.reason, found
        assert case.get("says", {}).get(day, "") in found.reason, found
    told = contradictions(register(), said)
    assert [c.bound for c in told] == case.get("contradicts", [])
    assert [c.bound for c in told if c.settled] == case.get("settled", [])
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
