"""Whose word ends another's document for sure: tests/verdicts/ai-bai-bo.toml. And the radar on a day of the past."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from graphs import write_files

from loaders.findings import Source
from loaders.rdf import quads
from loaders.read import find
from loaders.text import Text
from queryapi.loading.claimgraph import claims_of
from queryapi.loading.load import load
from queryapi.radar.filters import Filters
from queryapi.radar.onday import dead_on
from queryapi.store import open_store
from queryapi.store.graphdoc import GraphDocument

CASES = tomllib.loads((Path(__file__).parent / "verdicts" / "ai-bai-bo.toml").read_text("utf-8"))["case"]
HEAD = """ỦY BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{}                          Độc lập - Tự do - Hạnh phúc
Số: {}                 {}

{}
Về công tác thi đua, khen thưởng

Điều 1. Tổ chức thi đua.
Điều 2. Hiệu lực thi hành
{}
"""


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:70] for case in CASES])
def test_whose_word_ends_it(case: dict[str, Any]) -> None:
    text = Text.of(HEAD.format(*case["by"], case["says"]))
    found = find(text, Source(name="x.txt", sha256=text.sha256))
    document = GraphDocument(found.document.iri, "".join(f"{quad.triple} .\n" for quad in quads(found, text.raw)))
    said = [clause.claim for clause in claims_of(document) if clause.claim.about != document.iri]
    assert [claim.confidence for claim in said] == [case["confidence"]], said


def test_on_a_day_of_the_past_only_documents_that_were_there_lean_on_anything(tmp_path: Path) -> None:
    plan = HEAD.format(
        *("TỈNH QUẢNG NINH", "45/KH-UBND", "Quảng Ninh, ngày 01 tháng 6 năm 2024", "KẾ HOẠCH"),
        "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;",
    )
    files = write_files(tmp_path / "files", plan=plan)
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store)
    with open_store(tmp_path / "store") as store:
        days = ("2016-01-01", "2024-05-31", "2024-06-01")
        told = {day: [row.kind for row in dead_on(store, day, Filters(), None, None).rows] for day in days}
    assert told == {"2016-01-01": [], "2024-05-31": [], "2024-06-01": ["dead-basis"]}
