"""Every case of `tests/effects/*.toml`, and what holds of every effect wherever it is found."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from loaders.findings import Citation, Effect, Findings, Source
from loaders.rdf import quads
from loaders.read import find
from loaders.text import Text
from loaders.vocabulary import scheme

HERE = Path(__file__).parent
PLANS = sorted((HERE.parent / "examples" / "plans").glob("*.txt"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['why']}")
    for path in sorted((HERE / "effects").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
HEADS = {
    "quyet-dinh": ("QUYẾT ĐỊNH", "QĐ-UBND"),
    "ke-hoach": ("KẾ HOẠCH", "KH-UBND"),
    "nghi-quyet": ("NGHỊ QUYẾT", "NQ-HĐND"),
    "nghi-dinh": ("NGHỊ ĐỊNH", "NĐ-CP"),
    "thong-tu": ("THÔNG TƯ", "TT-BNV"),
    "chi-thi": ("CHỈ THỊ", "CT-UBND"),
    "quy-dinh": ("QUY ĐỊNH", "QyĐ-UBND"),
    "cong-van": ("CÔNG VĂN", "UBND-NC"),
    "bao-cao": ("BÁO CÁO", "BC-UBND"),
    "luat": ("LUẬT", None),
}
RELATIONS = {"replaces": "thay thế", "repeals": "bãi bỏ", "ends": "bãi bỏ", "amends": "sửa đổi"}
PLACES = {"NĐ-CP": "Hà Nội", "TT-BNV": "Hà Nội"}


def written(case: dict[str, Any]) -> Text:
    """The document of a case: whole as given, or its clause under the head of such a document."""
    if case.get("whole"):
        return Text.of(case["text"])
    kind = case.get("type", "quyet-dinh")
    name, suffix = HEADS[kind]
    on = date.fromisoformat(case.get("on") or "2024-06-20")
    normative = f"/{on.year}" if kind in ("nghi-dinh", "thong-tu") else ""
    number = f"Số: {case.get('number', f'27{normative}')}/{suffix}\n" if suffix else ""
    place = PLACES.get(suffix or "", "Bắc Giang")
    day = f"{place}, ngày {on:%d} tháng {on:%m} năm {on:%Y}\n" if case.get("on") != "" else ""
    title = case.get("title", "Về tổ chức thi hành một số nhiệm vụ")
    return Text.of(f"{number}{day}\n{name}\n{title}\n\n{case.get('before', '')}{case['text']}\n")


def read(case: dict[str, Any]) -> Findings:
    return found_in(written(case))


@cache
def found_in(text: Text) -> Findings:
    return find(text, Source(name="case.txt", sha256=text.sha256))


def about(effect: Effect, found: Findings) -> str:
    """The document meant as a case names it: "này" for itself, else its number, else its name."""
    return "này" if effect.about == found.document.iri else effect.about_number or effect.about_name or ""


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    found = read(case)
    said = [
        {
            "kind": e.kind,
            "about": about(e, found),
            "provisions": list(e.provisions),
            "on": e.effective_on or "",
            "until": e.until or "",
            "rule": e.rule or "",
            "days": e.days or 0,
            "text": e.text,
        }
        for e in found.effects
    ]
    assert len(said) == len(case["finds"]), said
    for want, got in zip(case["finds"], said, strict=True):
        wanted = {"provisions": [], **want}
        assert {field: got[field] for field in wanted} == wanted, said


@pytest.mark.parametrize("case", CASES)
def test_every_case_keeps_the_laws(case: dict[str, Any]) -> None:
    keep_the_laws(written(case), read(case))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_plan_keeps_the_laws(path: Path) -> None:
    text = Text.of(path.read_text("utf-8"))
    keep_the_laws(text, find(text, Source(name=path.name, sha256=text.sha256)))


@pytest.mark.parametrize("strange", ["", "“" * 200, "bãi bỏ " * 200, "có hiệu lực kể từ ngày " * 90, "Điều 1. " * 200])
def test_any_text_can_be_read(strange: str) -> None:
    text = Text.of(strange)
    keep_the_laws(text, find(text, Source(name="x", sha256=text.sha256)))


def test_an_effect_is_written_with_its_citation() -> None:
    whole = next(c.values[0] for c in CASES if "replaces the old one" in str(c.id))
    found = read(whole)
    own = found.document.iri
    old = own.replace("2024/31", "2018/38")
    said = {(q.subject.value, q.predicate.value.partition("#")[2], q.object.value) for q in quads(found, "")}
    effect = next(s for s, name, value in said if name == "claimsAbout" and value == old)
    assert (own, "hasEffect", effect) in said
    assert {(name, value) for s, name, value in said if s == effect} >= {
        ("effect", "https://w3id.org/thidua/vocab/effect/replaces"),
        ("effectiveOn", "2024-08-25"),
        ("inDocument", own),
    }
    via = next(value for s, name, value in said if s == effect and name == "viaCitation")
    assert (via, "cites", old) in said


def keep_the_laws(text: Text, found: Findings) -> None:
    """An effect stands where we say, is of the vocabulary, and agrees with the citation that names its document."""
    kinds, rules = scheme("effect"), scheme("effect-rule")
    assert [e.start for e in found.effects] == sorted(e.start for e in found.effects)
    for effect in found.effects:
        assert effect.text == text.raw[effect.start : effect.end]
        assert effect.text.strip() == effect.text != ""
        assert effect.kind in kinds
        assert effect.rule is None or effect.rule in rules
        assert effect.days is None or effect.rule in ("days-after-signing", "days-after-publication")
        for day in (effect.effective_on, effect.until):
            assert day is None or date.fromisoformat(day)
        assert all(words.strip() == words != "" for words in effect.provisions)
        if effect.kind == "enters-into-force":
            assert effect.about == found.document.iri
        if effect.about != found.document.iri:
            cited = [c for c in found.citations if c.start == effect.via and c.iri == effect.about]
            assert len(cited) == 1
            agrees(effect, cited[0], found)


def agrees(effect: Effect, cited: Citation, found: Findings) -> None:
    """One citation may be amended in one article and lose another: its relation is one of what is done to it."""
    assert (cited.number, cited.name) == (effect.about_number, effect.about_name)
    if effect.kind in RELATIONS and effect.start <= cited.start < effect.end:
        assert cited.relation in {RELATIONS.get(e.kind) for e in found.effects if e.via == effect.via}
