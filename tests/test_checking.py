"""`thidua check`: what documents say against each other is a warning, and each fault says why and how to mend it."""

import pyoxigraph as ox
from graphs import MemoryStore, store_of

from ontology import BASE
from queryapi.checking import Fault, check_store
from queryapi.commands.check import _why

HEAD = f"""
@prefix td: <{BASE}ns#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
"""


def clause(name: str, day: str, words: str, against: str) -> str:
    return f"""
    <{name}#effect-9> a td:EffectClause ; td:inDocument <{name}> ; td:claimsAbout <t/nghi-dinh/2017/7> ;
      td:effectiveOn "{day}"^^xsd:date ; oa:exact "{words}" ; td:contradicts {against} ."""


def warnings(turtle: str) -> list[Fault]:
    faults = check_store(store_of(HEAD + turtle, base=False)).faults
    return [fault for fault in faults if fault.rule == "conflicting-claims"]


def test_two_documents_that_contradict_each_other_are_one_warning() -> None:
    """Both say so of each other; a reader needs it once."""
    turtle = clause("a/nghi-dinh/2024/1", "2024-05-01", "Thay thế từ 01/5.", "<b/nghi-dinh/2024/2#effect-9>")
    turtle += clause("b/nghi-dinh/2024/2", "2024-07-01", "Bãi bỏ từ 01/7.", "<a/nghi-dinh/2024/1#effect-9>")
    turtle += '<t/nghi-dinh/2017/7> eli:number "07/2017/NĐ-CP" .'
    (fault,) = warnings(turtle)
    assert fault.severity == "Warning"
    assert fault.where == "07/2017/NĐ-CP"
    for said in ("01/05/2024", "01/07/2024", "Thay thế từ 01/5.", "Bãi bỏ từ 01/7."):
        assert said in fault.message_vi
    assert "thidua register add" in fault.remedy_vi
    assert check_store(store_of(HEAD + turtle, base=False)).holds, "a warning breaks nothing"


def test_a_clause_against_the_register_names_its_source() -> None:
    turtle = clause("a/nghi-dinh/2024/1", "2024-05-01", "Thay thế.", "<t/nghi-dinh/2017/7#valid-before>")
    turtle += """
    <t/nghi-dinh/2017/7> td:validBefore "2024-01-01"^^xsd:date .
    <t/nghi-dinh/2017/7#valid-before> a td:RegisterFact ; td:about <t/nghi-dinh/2017/7> ;
      td:property td:validBefore ; dcterms:source "Công báo" ."""
    (fault,) = warnings(turtle)
    assert "01/01/2024 (“Công báo”)" in fault.message_vi


def test_one_document_that_says_it_in_two_articles_is_one_warning() -> None:
    turtle = clause("a/nghi-dinh/2024/1", "2024-05-01", "Thay thế từ 01/5.", "<b/nghi-dinh/2024/2#effect-9>")
    said = clause("b/nghi-dinh/2024/2", "2024-07-01", "Bãi bỏ từ 01/7.", "<a/nghi-dinh/2024/1#effect-9>")
    turtle += said + said.replace("2#effect-9>", "2#effect-50>").replace("Bãi bỏ", "Hết hiệu lực")
    assert len(warnings(turtle)) == 1


def test_what_the_users_own_register_settles_is_only_a_hint() -> None:
    """Verified there, it decides; only remembered, it does not."""
    turtle = clause("a/nghi-dinh/2024/1", "2024-05-01", "Thay thế.", "<t/nghi-dinh/2017/7#valid-before>")
    for sure, severity, settled in (("v", "Info", True), ("k", "Warning", False)):
        fact = f"""
        <t/nghi-dinh/2017/7> td:validBefore "2024-01-01"^^xsd:date .
        <t/nghi-dinh/2017/7#valid-before> a td:RegisterFact ; td:about <t/nghi-dinh/2017/7> ;
          td:property td:validBefore ; dcterms:source "Công báo" ; td:inOwnRegister true ;
          td:confidence <{BASE}vocab/confidence/{sure}> ."""
        said = ox.parse((HEAD + turtle + fact).encode(), format=ox.RdfFormat.TURTLE, base_iri=f"{BASE}id/doc/")
        law = ox.NamedNode(f"{BASE}graph/law")
        store = MemoryStore([ox.Quad(t.subject, t.predicate, t.object, law) for t in said])
        (fault,) = [one for one in check_store(store).faults if one.rule == "conflicting-claims"]
        assert fault.severity == severity
        assert ("đã quyết theo sổ riêng" in fault.message_vi) is settled


def test_clauses_that_agree_are_no_fault() -> None:
    turtle = clause("a/nghi-dinh/2024/1", "2024-05-01", "Thay thế.", "<x>").replace("; td:contradicts <x>", "")
    assert "contradicts" not in turtle
    assert warnings(turtle) == []


def test_a_fault_says_why_and_how_to_mend_it() -> None:
    """Nghị định 30/2020 asks for a number; the shape names it, and `thidua check` says so."""
    turtle = """<p/ke-hoach/2024/1> a td:EmulationPlan ; td:sourceName "a.txt" ; td:searchText "a" ."""
    faults = check_store(store_of(HEAD + turtle, base=False)).faults
    numberless = next(fault for fault in faults if "không ghi số" in fault.message_vi)
    assert "Nghị định 30/2020/NĐ-CP" in (numberless.source or "")
    assert "Nghị định 30/2020/NĐ-CP" in _why(numberless)
