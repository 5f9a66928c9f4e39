"""The verdict of every citation of the five plans, from a table a lawyer wrote and can read: tests/verdicts/."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from rdflib import SH, URIRef
from rdflib.collection import Collection

import shapes
from loaders.law.register import register
from loaders.law.verdict import Code
from loaders.rdf import quads
from loaders.read import read
from loaders.vocabulary import scheme
from ontology import BASE, ELI
from queryapi.app import create_app
from queryapi.commands.cite import cite as cite_command
from queryapi.commands.read import read as read_command
from queryapi.loading.judge import period_until
from queryapi.loading.load import load
from queryapi.store import Store, open_store
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Rows

HERE = Path(__file__).parent
ROOT = HERE.parent
Plan = dict[str, Any]
PLANS: list[Plan] = tomllib.loads((HERE / "verdicts" / "nam-ke-hoach.toml").read_text("utf-8"))["plan"]
IDS = [Path(plan["file"]).stem for plan in PLANS]
_JUDGED = f"""PREFIX td: <https://w3id.org/thidua/ns#> PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?start ?words ?verdict ?reason ?since ?later ?by ?resolved ?cited {{
  ?d td:sourceName "%s" ; td:hasCitation ?c .
  ?c td:start ?start ; oa:exact ?words ; td:verdict ?verdict .
  OPTIONAL {{ ?c td:verdictReason ?reason }} OPTIONAL {{ ?c td:expiredOn ?since }}
  OPTIONAL {{ ?c td:expiredLater ?later }} OPTIONAL {{ ?c td:replacedByNumber ?by }}
  OPTIONAL {{ ?c td:resolvedByDate ?r . ?r <{ELI.number}> ?resolved }}
  OPTIONAL {{ ?c td:citedNumber ?cited }}
}} ORDER BY ?start"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder, write=True) as target:
        load([ROOT / plan["file"] for plan in PLANS], target)
    with open_store(folder) as reading:
        yield reading


def plain(words: str) -> str:
    return " ".join(words.split())


def number_of(means: str) -> str | None:
    """The number, where the document meant is one the register holds."""
    return means if register().by_number(means) else None


@pytest.mark.parametrize("plan", PLANS, ids=IDS)
def test_reading_alone_gives_the_verdicts_of_the_table(plan: Plan) -> None:
    text, found = read(ROOT / plan["file"])
    assert found.document.date == plan.get("issued")
    assert found.document.not_before == plan.get("not_before")
    assert (found.movement and found.movement.until) == plan.get("until")
    # one character more than the citation, so that a table may tell two mentions apart by what follows
    printed = [plain(text.raw[citation.start : citation.end + 1]) for citation in found.citations]
    expected = [citation["words"] for citation in plan["citation"]]
    assert [p[: len(w)] for p, w in zip(printed, expected, strict=True)] == expected
    assert [c.verdict for c in found.citations] == [c["verdict"] for c in plan["citation"]]
    assert [c.replaced_by for c in found.citations] == [c.get("replaced_by") for c in plan["citation"]]
    assert [c.resolved for c in found.citations] == [c["means"] if c.get("by_date") else None for c in plan["citation"]]


@pytest.mark.parametrize("plan", PLANS, ids=IDS)
def test_the_store_says_the_same_with_reason_day_and_law_meant(plan: Plan, store: Store) -> None:
    found = store.query(_JUDGED % Path(plan["file"]).name)
    assert isinstance(found, Rows)
    rows = [{name: str(term) for name, term in record.items()} for record in found.records()]
    assert len(rows) == len(plan["citation"])
    for row, expected in zip(rows, plan["citation"], strict=True):
        assert row["verdict"].rpartition("/")[2] == expected["verdict"], expected
        assert expected["says"] in row["reason"], (row["reason"], expected)
        assert row.get("since") == expected.get("since"), expected
        assert (row.get("later") == "true") == expected.get("later", False), expected
        assert row.get("by") == expected.get("replaced_by"), expected
        meant = number_of(expected["means"])
        assert row.get("resolved") == (meant if expected.get("by_date") else None), expected
        if meant and not expected.get("by_date"):
            assert row.get("cited") == meant, expected


def test_a_law_by_name_says_which_law_was_meant(store: Store) -> None:
    """In the text of `thidua read` and `thidua cite`, and on the page of the document."""
    file, day = "examples/plans/ninh-phuoc-26-kh-ubnd-2021.txt", "2024-02-19"
    assert "theo ngày: 15/2003/QH11" in CliRunner().invoke(read_command, [str(ROOT / file)]).output
    told = CliRunner().invoke(cite_command, ["-", "--as-of", day], input="Căn cứ Luật Thi đua, khen thưởng;").output
    assert "theo ngày: 06/2022/QH15" in told
    app = create_app(store)
    page = app.test_client().get("/van-ban/ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2021/26").text
    assert "<dt>Hiểu theo ngày</dt><dd>Luật 15/2003/QH11</dd>" in page
    app.extensions["thidua"].close()


def test_the_table_gives_a_ground_for_every_verdict() -> None:
    for plan in PLANS:
        for citation in plan["citation"]:
            assert citation["why"] and citation["law"] and citation["says"], citation


def test_the_shape_of_a_citation_knows_every_verdict() -> None:
    """A verdict added to the list and not to the shape would make `thidua check` refuse a right document."""
    known = shapes.graph("citation")
    listed = known.value(URIRef(f"{BASE}shapes#Citation-verdict"), SH["in"])
    assert listed is not None
    slugs = {str(iri).rpartition("/")[2] for iri in Collection(known, listed)}
    assert slugs == set(scheme("verdict")) == set(get_args(Code))


@pytest.mark.parametrize(("words", "later"), [("đến hết ngày 01/7/2025", True), ("đến trước ngày 01/7/2025", False)])
def test_a_period_before_a_day_ends_on_the_day_before_it(words: str, later: bool, tmp_path: Path) -> None:
    """Decree 98/2023 ended on 1/7/2025: a movement "đến trước ngày 01/7/2025" was over the evening before."""
    text = (
        (HERE / "verdicts" / "ke-hoach-thang-3-2025.txt").read_text("utf-8").replace("đến hết ngày 31/12/2025", words)
    )
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text, "utf-8")
    plan, found = read(file)
    told = {citation.number: citation.replaced_by for citation in found.citations}
    assert told["98/2023/NĐ-CP"] == ("152/2025/NĐ-CP" if later else None)
    of_plan = [
        f"{quad.triple} ." for quad in quads(found, plan.raw) if "#movement" in str(quad) or "launches" in str(quad)
    ]
    document = GraphDocument(found.document.iri, "\n".join(of_plan))
    assert period_until(document) == ("2025-07-01" if later else "2025-06-30")
