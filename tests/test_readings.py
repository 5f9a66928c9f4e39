"""The five plans against their hand-made readings, by the scorer that came with them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("THIDUA_SHARED", ROOT.parent / "shared"))
EXACT = (
    *("header type", "header number", "header date", "header issuer", "header title", "header signer"),
    *("citations", "citation complete", "movement end", "deadlines", "quotas", "quota delegated"),
    *("dossier delegated", "dossier form"),
)
NEAR = (
    *("criteria", "criterion kind", "criterion polarity", "criterion threshold", "threshold operator"),
    *("deadline boundary", "dossier", "targets", "citations without number"),
)
LOOSE = ("awards", "contents", "responsibilities", "recipients")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    scorer = SHARED / "tools" / "score.py"
    if not scorer.is_file():
        pytest.skip("no hand-made readings here (THIDUA_SHARED)")
    out = tmp_path_factory.mktemp("score") / "rows.json"
    command = [sys.executable, str(scorer), "--gold", str(SHARED / "gold"), "--texts", str(SHARED / "plans")]
    reader = f"{sys.executable} -m queryapi.cli read --format json"
    subprocess.run([*command, "--command", reader, "--json", str(out)], check=True, capture_output=True, cwd=ROOT)
    scored: dict[str, list[int]] = json.loads(out.read_text("utf-8"))["rows"]
    return scored


def shares(row: list[int]) -> tuple[float, float]:
    """Recall and precision of one row of the scorer: wanted, found, said, right."""
    wanted, found, said, right = row
    return found / wanted, right / said


@pytest.mark.parametrize(
    ("field", "least"), [*((f, 1.0) for f in EXACT), *((f, 0.95) for f in NEAR), *((f, 0.75) for f in LOOSE)]
)
def test_the_five_plans_are_read(rows: dict[str, list[int]], field: str, least: float) -> None:
    recall, precision = shares(rows[field])
    assert recall >= least and precision >= least


def test_what_is_found_stands_where_it_is_said_to_stand(rows: dict[str, list[int]]) -> None:
    spans = {field: shares(row) for field, row in rows.items() if field.startswith("span of")}
    assert len(spans) >= 8
    assert set(spans.values()) == {(1.0, 1.0)}
