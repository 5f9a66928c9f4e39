"""Texts with characters no reader sees: findings and corrections point at the text as it is."""

from pathlib import Path

import pytest

from loaders.read import read

PLAN = Path(__file__).parent.parent / "examples" / "plans" / "ninh-phuoc-26-kh-ubnd-2021.txt"
CORRECTED = """
[[{action}]]
kind = "citation"
text = "{words}"
start = {start}
author = "Trần Thị Bình"
date = 2026-11-20
set.date = "2017-07-30"
"""


@pytest.mark.parametrize("how", ["as it is", "without what is unseen"])
def test_a_correction_of_a_text_with_unseen_characters_is_of_the_words_it_names(how: str, tmp_path: Path) -> None:
    words = PLAN.read_text("utf-8")
    sown = "".join(c + ("\u200b" if n % 7 == 3 else "\u00ad\u2060" if n % 11 == 5 else "") for n, c in enumerate(words))
    path = tmp_path / "26.txt"
    path.write_text(sown, "utf-8")
    _, found = read(path)
    twice = [c for c in found.citations if c.number == "91/2017/NĐ-CP"]
    cited = twice[-1]
    said = cited.text if how == "as it is" else "".join(c for c in cited.text if c not in "\u200b\u00ad\u2060")
    told = CORRECTED.format(action="correct", words=said.replace("\n", "\\n"), start=cited.start)
    (tmp_path / "26.txt.hieu-dinh.toml").write_text(told, "utf-8")
    text, corrected = read(path)
    of_it = [c for c in corrected.citations if c.date == "2017-07-30"]
    assert [(c.start, c.end) for c in of_it] == [(cited.start, cited.end)]
    assert text.raw[cited.start : cited.end] == cited.text
    assert [(c.start, c.matched) for c in corrected.corrections] == [(cited.start, True)]


def test_words_to_be_added_stand_where_the_text_has_them(tmp_path: Path) -> None:
    sown = PLAN.read_text("utf-8").replace("Nơi nhận", "N\u200bơi n\u200bhận").replace("Phước", "Ph\u00adước")
    path = tmp_path / "26.txt"
    path.write_text(sown + "\nTheo L\u200buật Thi đua, khen th\u200bưởng năm 2003.\n", "utf-8")
    start = path.read_text("utf-8").index("L\u200buật Thi đua, khen th\u200bưởng năm 2003")
    told = CORRECTED.format(action="add", words="Luật Thi đua, khen th\u200bưởng năm 2003", start=start)
    (tmp_path / "26.txt.hieu-dinh.toml").write_text(told.replace("2017-07-30", "2003-11-26"), "utf-8")
    text, found = read(path)
    (added,) = [c for c in found.citations if "hieu-dinh" in c.grounds]
    assert (added.start, text.raw[added.start : added.end]) == (start, "L\u200buật Thi đua, khen th\u200bưởng năm 2003")
