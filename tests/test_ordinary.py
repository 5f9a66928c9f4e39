"""Ordinary sentences inside a plan (tests/parts/ordinary.toml): what must not be found in them, and what still must.

Numbers and names of ordinary text that are no citations are in tests/citations/ordinary.toml.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.citations.find import find_citations
from loaders.confidence import DOUBTFUL, graded
from loaders.findings import Document, Findings, Source
from loaders.header import find_header
from loaders.plan.awards import find_awards
from loaders.plan.criteria import find_criteria
from loaders.plan.deadlines import find_deadlines
from loaders.plan.quotas import find_quotas
from loaders.structure.outline import outline
from loaders.text import Text

CASES = tomllib.loads((Path(__file__).parent / "parts" / "ordinary.toml").read_text("utf-8"))["case"]
HEAD = """ỦY BAN NHÂN DÂN TỈNH HÒA AN
Số: 15/KH-UBND
Hòa An, ngày 10 tháng 02 năm 2025

KẾ HOẠCH
Phát động phong trào thi đua năm 2025

"""


@pytest.mark.parametrize("case", [pytest.param(case, id=case["why"]) for case in CASES])
def test_an_ordinary_sentence_gives_what_it_says(case: dict[str, Any]) -> None:
    text = Text.of(f"{HEAD}{case['under']}\n1. {case['text']}\n")
    root, header = outline(text), find_header(text, None)
    found: dict[str, Any] = {
        "awards": find_awards(text, root),
        "quotas": [q for q in find_quotas(text, root) if q.rule != "unstated"],
        "deadlines": find_deadlines(text, root, header),
        "criteria": find_criteria(text, root, header),
    }
    for part in case.get("none", ()):
        assert not found[part], f"{part}: {[f.text for f in found[part]]}"
    for part, count in case.get("has", {}).items():
        assert len(found[part]) == count, f"{part}: {[f.text for f in found[part]]}"


@pytest.mark.parametrize(
    ("words", "sure"),
    [
        ("Tại buổi tọa đàm, Luật Quốc tế nhận được nhiều câu hỏi của sinh viên.", False),  # a subject
        ("Hội thảo bàn nhiều về Luật Chữ thập xanh tại trường.", False),  # no such law
        ("Cán bộ nắm vững Luật Đất đai để giải thích cho nhân dân.", True),
        ("Việc này thực hiện theo quy định của Luật Chữ thập xanh.", True),
        ("Việc này thực hiện theo Luật Thi đua, khen thưởng và Luật Chữ thập xanh.", True),
        ("Ủng hộ Luật Chữ thập xanh năm 2031.", True),
    ],
)
def test_a_law_of_no_list_that_nothing_cites_is_doubtful(words: str, sure: bool) -> None:
    text = Text.of(f"{HEAD}1. {words}\n")
    citations = find_citations(text, find_header(text, None), lambda _: None)
    found = Findings(source=Source(name="a", sha256=""), document=Document(iri="d"), citations=citations)
    last = graded(text, found).citations[-1]
    assert (last.confidence >= DOUBTFUL) == sure, last
    assert ("ten-ngoai-danh-muc" in last.grounds) != sure
