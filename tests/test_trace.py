"""Chains as they are drawn on paper: who rests on whom, what documents say of validity, and not more than is asked."""

import tomllib
from pathlib import Path
from typing import ClassVar

import pytest
from graphs import MemoryStore, store_of

from ontology import BASE
from queryapi.app import create_app
from queryapi.commands.trace import dot
from queryapi.trace import Trace, trace

CASES = tomllib.loads((Path(__file__).parent / "trace" / "chains.toml").read_text("utf-8"))["case"]
PREFIXES = f"""
@prefix td: <{BASE}ns#> . @prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix v: <{BASE}vocab/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
LEVELS = {"xa": "xa", "huyen": "huyen", "tinh": "tinh"}


class Watched(MemoryStore):
    """A store that counts the texts that are read from it."""

    texts = 0

    def text(self, document: str) -> str | None:
        self.texts += 1
        return None


def iri(name: str) -> str:
    """ "xa-1" is a plan of a commune, "luat" and "nghi-dinh" are instruments of the register."""
    return f"{BASE}id/doc/{name}/van-ban/2024/1"


def document(name: str, cites: list[str]) -> str:
    me = iri(name)
    level = name.partition("-")[0]
    said = [f'<{me}> td:sourceName "{name}.txt" ; td:searchText "{name}" ; eli:number "{name}" .']
    if level in LEVELS:
        said.append(f"<{me}> td:level <{BASE}vocab/level/{level}> .")
    for place, cited in enumerate(cites):
        target, _, relation = cited.partition(" ")
        citation = f"<{me}#citation-{place * 10}>"
        said.append(f"<{me}> td:hasCitation {citation} .")
        said.append(f'{citation} td:inDocument <{me}> ; td:cites <{iri(target)}> ; oa:exact "theo {target}" ;')
        said.append(f"  td:start {place * 10} ; td:end {place * 10 + 5} ;")
        said.append(f"  td:relation <{BASE}vocab/relation/{relation or 'can-cu'}> .")
    return "\n".join(said)


def store(case: dict[str, object]) -> MemoryStore:
    cites: dict[str, list[str]] = case["cites"]
    turtle = PREFIXES + "\n".join(document(name, cited) for name, cited in cites.items()) + str(case.get("also", ""))
    return store_of(turtle)


def drawn(found: Trace, direction: str) -> list[str]:
    """The hops of a direction: "2: xa-1 → huyen", with a star where the chain has been before."""

    def short(name: str) -> str:
        return name.removeprefix(f"{BASE}id/doc/").partition("/")[0]

    return [
        f"{hop.depth}: {short(hop.source.iri)} → {short(hop.target.iri)}{' *' if hop.again else ''}"
        for hop in found.hops
        if hop.direction == direction
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_chain(case: dict[str, object]) -> None:
    assert case["why"]
    found = trace(store(case), iri(str(case["start"])))
    assert drawn(found, "up") == case.get("up", [])
    assert drawn(found, "down") == case.get("down", [])


def clause(name: str, about: str, effect: str, day: str, words: str, more: str = "") -> str:
    return f"""
    <{iri(name)}> td:hasEffect <{iri(name)}#effect-90> .
    <{iri(name)}#effect-90> a td:EffectClause ; td:inDocument <{iri(name)}> ; td:claimsAbout <{iri(about)}> ;
      td:effect <{BASE}vocab/effect/{effect}> ; td:effectiveOn "{day}"^^xsd:date ; oa:exact "{words}" ;
      td:start 90 ; td:end 120 {more} ."""


class TestWhatDocumentsSayOfValidity:
    CITES: ClassVar = {"xa-1": ["cu"], "moi": ["cu thay-the"]}

    def test_a_verdict_that_rests_on_a_clause_shows_the_clause(self) -> None:
        also = clause("moi", "cu", "replaces", "2024-05-01", "Nghị định này thay thế Nghị định cu.")
        also += f"<{iri('xa-1')}#citation-0> td:decidedByClaim <{iri('moi')}#effect-90> ;"
        also += f" td:verdict <{BASE}vocab/verdict/expired> ."
        found = trace(store({"cites": self.CITES, "also": also}), iri("xa-1"), down=False)
        (sentence,) = found.hops[0].sentences
        (told,) = sentence.decided_by
        assert (told.document, told.effect, told.day) == (iri("moi"), "replaces", "2024-05-01")
        assert told.words == "Nghị định này thay thế Nghị định cu."
        assert found.name(told.document).startswith("moi")

    def test_a_citation_that_replaces_says_from_when(self) -> None:
        via = f"; td:viaCitation <{iri('moi')}#citation-0>"
        also = clause("moi", "cu", "replaces", "2024-05-01", "Thay thế.", via)
        found = trace(store({"cites": self.CITES, "also": also}), iri("moi"), down=False)
        (hop,) = found.hops
        (sentence,) = hop.sentences
        assert [(e.effect, e.day) for e in sentence.effects] == [("replaces", "2024-05-01")]
        assert sentence.relation == "thay-the"
        assert (sentence.words, sentence.sentence) == ("theo cu", "Thay thế."), "the words of the clause itself"

    def test_a_clause_without_a_citation_is_a_hop_of_its_own(self) -> None:
        also = clause("moi", "rat-cu", "repeals", "2024-05-01", "Bãi bỏ mọi quy định trước đây về việc này.")
        also += clause("moi", "moi", "enters-into-force", "2024-05-01", "Có hiệu lực từ …").replace("90", "200")
        found = trace(store({"cites": self.CITES, "also": also}), iri("moi"), down=False)
        assert drawn(found, "up") == ["1: moi → cu", "1: moi → rat-cu"], "its own entry into force is no hop"
        assert found.hops[1].sentences[0].sentence.startswith("Bãi bỏ")
        assert drawn(trace(store({"cites": {}, "also": also}), iri("rat-cu")), "down") == ["1: moi → rat-cu"]

    def test_clauses_that_cannot_both_hold_are_told_once(self) -> None:
        also = clause(
            "moi", "cu", "replaces", "2024-05-01", "Thay thế từ 01/5.", f"; td:contradicts <{iri('khac')}#effect-90>"
        )
        also += clause(
            "khac", "cu", "repeals", "2024-07-01", "Bãi bỏ từ 01/7.", f"; td:contradicts <{iri('moi')}#effect-90>"
        )
        found = trace(store({"cites": self.CITES, "also": also}), iri("xa-1"))
        (conflict,) = found.conflicts
        assert conflict.about == iri("cu")
        assert {c.day for c in (conflict.clause, conflict.other)} == {"2024-05-01", "2024-07-01"}
        assert trace(store({"cites": self.CITES, "also": also}), iri("xa-2")).conflicts == ()

    def test_a_conflict_with_the_register_names_its_source(self) -> None:
        fact = f"<{iri('cu')}#valid-before>"
        also = clause("moi", "cu", "replaces", "2024-05-01", "Thay thế.", f"; td:contradicts {fact}")
        also += f'<{iri("cu")}> td:validBefore "2024-01-01"^^xsd:date .'
        also += f'{fact} td:about <{iri("cu")}> ; td:property td:validBefore ; dcterms:source "Công báo" .'
        (conflict,) = trace(store({"cites": self.CITES, "also": also}), iri("xa-1")).conflicts
        registered = next(c for c in (conflict.clause, conflict.other) if c.document is None)
        assert (registered.day, registered.source) == ("2024-01-01", "Công báo")

    def test_the_register_is_one_of_the_sides_of_an_open_verdict(self) -> None:
        fact = f"<{iri('cu')}#valid-before>"
        also = clause("moi", "cu", "replaces", "2024-05-01", "Thay thế.", f"; td:contradicts {fact}")
        also += f'<{iri("cu")}> td:validBefore "2024-01-01"^^xsd:date .'
        also += f'{fact} td:about <{iri("cu")}> ; td:property td:validBefore ; dcterms:source "Công báo" ;'
        also += f" td:confidence <{BASE}vocab/confidence/v-weak> ."
        also += f"<{iri('xa-1')}#citation-0> td:verdict <{BASE}vocab/verdict/unknown> ;"
        also += f" td:decidedByClaim <{iri('moi')}#effect-90> ;"
        also += ' td:verdictReason "các nguồn nói khác nhau về ngày hết hiệu lực: 01/01/2024 hay 01/05/2024"@vi .'
        (hop,) = trace(store({"cites": {"xa-1": ["cu"]}, "also": also}), iri("xa-1"), down=False).hops
        (sentence,) = hop.sentences
        assert sorted((side.day, side.vouched) for side in sentence.differing) == [
            ("2024-01-01", "V-weak, Công báo"),
            ("2024-05-01", ""),
        ]
        assert sentence.others == (), "nothing has decided"


class TestTheRegister:
    def test_a_link_of_the_register_has_its_source(self) -> None:
        fact = f"<{iri('nghi-dinh')}#details-luat>"
        also = f"<{iri('nghi-dinh')}> a td:LegalInstrument ; td:details <{iri('luat')}> ."
        also += f"<{iri('luat')}> a td:LegalInstrument ."
        also += f"{fact} td:about <{iri('nghi-dinh')}> ; td:property td:details ; td:value <{iri('luat')}> ;"
        also += f' td:confidence <{BASE}vocab/confidence/v> ; dcterms:source "Công báo" .'
        found = trace(store({"cites": {"xa-1": ["nghi-dinh"]}, "also": also}), iri("xa-1"), down=False)
        assert drawn(found, "up") == ["1: xa-1 → nghi-dinh", "2: nghi-dinh → luat"]
        assert [hop.facts for hop in found.hops] == [(), (("Công báo", "v"),)]
        assert found.hops[1].relation == "quy định chi tiết"
        assert "quy định chi tiết" in dot(found)


class TestHowMuch:
    CITERS = 3000

    def many(self) -> Watched:
        cites = {f"{'xa' if n % 10 else 'huyen'}-{n}": ["nghi-dinh"] for n in range(self.CITERS)}
        made = store({"cites": {**cites, "tinh-0": ["nghi-dinh"], "ke": ["tinh-0"]}})
        watched = Watched()
        watched._db = made._db
        return watched

    def test_of_thousands_only_those_shown_are_read(self) -> None:
        with self.many() as watched:
            found = trace(watched, iri("nghi-dinh"), up=False, limit=200)
            assert [hop.depth for hop in found.hops] == [1] * 200 + [2]
            assert watched.texts == 201, "a text for each document whose sentence is shown, and no other"
            (more,) = found.more
            assert (more.direction, more.depth, more.documents) == ("down", 1, self.CITERS + 1 - 200)

    def test_higher_levels_come_first_and_are_followed(self) -> None:
        with self.many() as watched:
            found = trace(watched, iri("nghi-dinh"), up=False, limit=3)
            assert drawn(found, "down") == [
                "1: tinh-0 → nghi-dinh",
                "1: huyen-0 → nghi-dinh",
                "1: huyen-10 → nghi-dinh",
                "2: ke → tinh-0",
            ]

    def test_all_of_them_when_asked(self) -> None:
        with self.many() as watched:
            found = trace(watched, iri("nghi-dinh"), up=False, depth=1, limit=None)
            assert len(found.hops) == self.CITERS + 1
            assert found.more == ()


class TestThePage:
    def test_shows_the_clause_and_the_contradiction_once(self) -> None:
        also = clause(
            "moi", "cu", "replaces", "2024-05-01", "Thay thế từ 01/5.", f"; td:contradicts <{iri('khac')}#effect-90>"
        )
        also += clause("khac", "cu", "repeals", "2024-07-01", "Bãi bỏ từ 01/7.")
        also += f"<{iri('xa-1')}#citation-0> td:decidedByClaim <{iri('moi')}#effect-90> ."
        service = create_app(store({"cites": {"xa-1": ["cu"], "moi": ["cu thay-the"]}, "also": also}))
        page = service.test_client().get("/truy-vet/xa-1/van-ban/2024/1").text
        service.extensions["thidua"].close()
        chain, _, conflicts = page.partition('id="mau-thuan"')
        assert "Kết luận theo lời của" in chain and "từ 01/05/2024" in chain
        assert conflicts.count("Thay thế từ 01/5.") == conflicts.count("Bãi bỏ từ 01/7.") == 1

    def test_says_how_many_are_left_and_leads_to_them(self) -> None:
        cites = {f"xa-{n}": ["nghi-dinh"] for n in range(7)}
        service = create_app(store({"cites": cites}))
        client = service.test_client()
        page = client.get("/truy-vet/nghi-dinh/van-ban/2024/1?nhieu=3").text
        assert "còn 4 văn bản nữa" in page
        assert 'nhieu=15"' in page
        assert "văn bản nữa" not in client.get("/truy-vet/nghi-dinh/van-ban/2024/1?nhieu=7").text
        service.extensions["thidua"].close()
