"""Runs of thousands of blanks, signs or letters: read by their ends, and every finding points at the text itself."""

from pathlib import Path

import pytest

from loaders.findings import spans_of
from loaders.read import read
from loaders.text import Text
from loaders.unseen import without_unseen

PLAN = (Path(__file__).parent.parent / "examples" / "plans" / "ninh-phuoc-26-kh-ubnd-2021.txt").read_text("utf-8")
RUNS = {
    "blanks": " ",
    "lines": "\n",
    "lines with blanks": "\n \t",
    "dots": "…. ",
    "bars": "| ",
    "stars": "*_",
    "letters": "a",
}


@pytest.mark.parametrize("sign", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("count", [199, 200, 201, 1000, 50_000])
def test_no_run_is_longer_than_two_hundred_signs(sign: str, count: int) -> None:
    raw = f"Số{(sign * count)[:count]}26/KH-UBND"
    seen = without_unseen(Text(raw)).raw
    # letters run on into the word or the number beside them
    assert len(seen) <= min(len(raw), len("Số26/KH-UBND") + 200)
    assert seen.startswith(raw[:100]) and seen.endswith(raw[-100:])
    assert seen == raw or count >= 196


@pytest.mark.parametrize("sign", RUNS.values(), ids=RUNS)
def test_findings_behind_a_run_point_at_their_words(sign: str, tmp_path: Path) -> None:
    plain, filled = tmp_path / "a.txt", tmp_path / "b.txt"
    plain.write_text(PLAN, "utf-8")
    head, body = PLAN.split("\nI. ", 1)
    filled.write_text(f"{head}\n\n{sign * 20_000}\n\nI. {body}", "utf-8")
    text, found = read(filled)
    _, wanted = read(plain)
    assert all(text.raw[span.start : span.end] == span.text for span in spans_of(found))
    assert [one.number for one in found.citations] == [one.number for one in wanted.citations]
    assert [(one.kind, one.count) for one in found.quotas] == [(one.kind, one.count) for one in wanted.quotas]
    assert found.document.number == "26/KH-UBND"
