"""What a person says of a reading: applied, kept, judged by, never lost, and never silently passed over."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from loaders.confidence import DOUBTFUL
from loaders.corrections import corrections_file, source_digest
from loaders.corrections.fields import KINDS, fields_of
from loaders.errors import CorrectionsBroken
from loaders.findings import Findings, to_json
from loaders.rdf import serialise
from loaders.read import read
from ontology import BASE, TD
from queryapi.cli import main
from queryapi.loading.load import load
from queryapi.review import in_file, in_store
from queryapi.store import open_store
from shapes import graph as shapes_graph
from shapes.check import check

HERE = Path(__file__).parent / "review"
PLAN = (HERE / "plan.txt").read_text("utf-8")
WRITTEN_CASES = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))
CASES, BROKEN = WRITTEN_CASES["case"], WRITTEN_CASES["broken"]
HEAD = 'author = "Lê Văn Hòa"\ndate = 2026-11-20\n'
ONE = HEAD + '[[correct]]\nkind = "document"\nset.number = "128/KH-UBND"\n'
OWN = f"{BASE}id/doc/ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/"


def written(folder: Path, corrections: str | None = None, text: str = PLAN) -> Path:
    file = folder / "ke-hoach.txt"
    file.write_text(text, "utf-8")
    if corrections is not None:
        corrections_file(file).write_text(corrections, "utf-8")
    return file


def document_of(case: dict[str, Any]) -> str:
    text = PLAN
    for old, new in case.get("change", []):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def listed(found: Findings, kind: str) -> list[dict[str, Any]]:
    spans = to_json(getattr(found, KINDS[kind][0]))
    assert isinstance(spans, list)
    return [span for span in spans if isinstance(span, dict)]


def holds(wanted: object, got: object) -> bool:
    """Whether what is wanted is there; of a record only the fields named."""
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(holds(value, got[name]) for name, value in wanted.items())
    return wanted == got


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_what_a_person_says_is_what_is_understood(case: dict[str, Any], tmp_path: Path) -> None:
    text, found = read(written(tmp_path, HEAD + case["corrections"], document_of(case)))
    for wanted in case.get("is", []):
        fields = {name: value for name, value in wanted.items() if name != "kind"}
        same = [one for one in listed(found, wanted["kind"]) if one["text"] == wanted["text"]]
        assert any(holds(fields, one) for one in same), same
    for gone in case.get("gone", []):
        assert gone["text"] not in [one["text"] for one in listed(found, gone["kind"])]
    assert holds(case.get("document", {}), to_json(found.document))
    assert holds(case.get("movement", {}), to_json(found.movement))
    if "numbers" in case:
        assert [c.number for c in found.citations if c.number] == case["numbers"]
    said = [[c.field or "", c.read or "", c.said or ""] for c in found.corrections]
    assert sorted(said) == sorted(case["said"])
    assert {(c.author, c.date) for c in found.corrections} == {("Lê Văn Hòa", "2026-11-20")}
    assert all(c.matched == (not case.get("doubts")) for c in found.corrections)
    if not case.get("doubts_too"):
        assert [doubt.code for doubt in found.doubts] == case.get("doubts", [])
    for name, _ in KINDS.values():
        for span in getattr(found, name) if isinstance(getattr(found, name), tuple) else ():
            assert span.text == text.raw[span.start : span.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:60])
def test_a_corrected_graph_keeps_the_shapes(case: dict[str, Any], tmp_path: Path) -> None:
    from rdflib import Graph

    text, found = read(written(tmp_path, HEAD + case["corrections"], document_of(case)))
    data = Graph().parse(data=serialise(found, text.raw, ox.RdfFormat.TURTLE), format="turtle")
    results = check(data, shapes_graph("correction", "citation"))
    assert [r.shape for r in results.results if r.severity == "Violation"] == []
    assert results.tested


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["why"][:60])
def test_a_file_that_cannot_be_used_is_refused_with_the_document(case: dict[str, Any], tmp_path: Path) -> None:
    """Reading on without it would lose a person's work without a word."""
    file = written(tmp_path, case.get("head", HEAD) + case["corrections"])
    with pytest.raises(CorrectionsBroken) as refused:
        read(file)
    assert all(words in refused.value.vi for words in ("ke-hoach.txt.hieu-dinh.toml", *case["says"])), refused.value.vi
    assert "\n" not in refused.value.vi


def test_a_broken_file_stops_its_document_alone(tmp_path: Path) -> None:
    written(tmp_path, "author =")
    (tmp_path / "khac.txt").write_text(PLAN.replace("126/KH-UBND", "127/KH-UBND"), "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        told = {one.name: one for one in load([tmp_path / "ke-hoach.txt", tmp_path / "khac.txt"], store, base=False)}
    assert told["ke-hoach.txt"].error and told["ke-hoach.txt"].error.code == "corrections-broken"
    assert told["khac.txt"].status == "new"


# --- the graph ----------------------------------------------------------------------------------------------------


def values(found: Findings, text: str, subject: str) -> dict[str, str]:
    lines = serialise(found, text, ox.RdfFormat.N_QUADS)
    quads = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    return {q.predicate.value.rpartition("#")[2]: q.object.value for q in quads if q.subject == ox.NamedNode(subject)}


def test_a_statement_says_who_when_what_was_read_and_what_is_said(tmp_path: Path) -> None:
    """And what questions see is the corrected fact."""
    text, found = read(written(tmp_path, HEAD + CASES[0]["corrections"]))
    citation = f"{OWN}126#citation-{found.citations[0].start}"
    number = next(c for c in found.corrections if c.field == "number")
    place = list(found.corrections).index(number)
    said = values(found, text.raw, f"{OWN}126#correction-{number.start}" + (f"-{place + 1}" if place else ""))
    assert said == {
        "type": f"{TD}Correction",
        "inDocument": f"{OWN}126",
        "corrects": citation,
        "correctionAction": f"{BASE}vocab/correction-action/correct",
        "property": f"{TD}citedNumber",
        "readValue": "91/2017/NĐ-CP",
        "saidValue": "98/2023/NĐ-CP",
        "correctedBy": "Lê Văn Hòa",
        "correctedOn": "2026-11-20",
        "correctionNote": "đối chiếu bản giấy",
        "start": str(number.start),
        "end": str(number.end),
        "exact": number.text,
    }
    fact = values(found, text.raw, citation)
    assert (fact["citedNumber"], fact["readingConfidence"]) == ("98/2023/NĐ-CP", "1.0")
    assert fact["ground"] == f"{BASE}vocab/confidence-ground/hieu-dinh"


def test_the_same_file_and_corrections_give_the_same_graph(tmp_path: Path) -> None:
    made = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        text, found = read(written(tmp_path / name, HEAD + "".join(case["corrections"] for case in CASES[:6])))
        made.add(serialise(found, text.raw, ox.RdfFormat.N_QUADS))
    assert len(made) == 1


def test_every_property_a_correction_may_be_of_exists() -> None:
    from ontology import graph

    known = {str(term) for term in graph("ontology").subjects()}
    of = {one.property for kind in KINDS for one in fields_of(kind).values()}
    assert {name for name in of if name.startswith(str(TD))} - known == set()


# --- loading ------------------------------------------------------------------------------------------------------


def loaded(folder: Path, file: Path) -> Iterator[tuple[str, str | None]]:
    with open_store(folder / "store", write=True) as store:
        for one in load([file], store, base=False):
            yield one.status, one.document


def documents(folder: Path) -> list[str]:
    with open_store(folder / "store") as store:
        return sorted(g.removeprefix(f"{BASE}graph/doc/") for g in store.graphs(f"{BASE}graph/doc/"))


def test_a_document_is_read_again_when_its_corrections_change_and_only_then(tmp_path: Path) -> None:
    file = written(tmp_path, None)
    assert list(loaded(tmp_path, file)) == [("new", f"{OWN}126")]
    assert list(loaded(tmp_path, file)) == [("unchanged", f"{OWN}126")]
    written(tmp_path, ONE)
    assert list(loaded(tmp_path, file)) == [("changed", f"{OWN}128")]
    assert documents(tmp_path) == ["ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/128"]
    assert list(loaded(tmp_path, file)) == [("unchanged", f"{OWN}128")]
    corrections_file(file).unlink()
    assert list(loaded(tmp_path, file)) == [("changed", f"{OWN}126")]
    assert documents(tmp_path) == ["ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/126"]


def test_a_file_of_corrections_in_a_folder_is_no_document(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    written(plans, ONE)
    with open_store(tmp_path / "store", write=True) as store:
        assert [(one.name, one.status) for one in load([plans], store, base=False)] == [("ke-hoach.txt", "new")]


def test_the_corrected_copy_gives_the_graph_of_two_copies(tmp_path: Path) -> None:
    """Though the other has the smaller name, and whichever is loaded first."""
    file = written(tmp_path, HEAD + '[[correct]]\nkind = "document"\nset.signer = "Trần Thị Mơ"\n')
    other = tmp_path / "a-ban-sao.txt"
    other.write_text(PLAN + "\n", "utf-8")
    with open_store(tmp_path / "store", write=True) as store:
        told = {one.name: one.status for one in load([other, file], store, base=False)}
        assert told == {"ke-hoach.txt": "new", "a-ban-sao.txt": "second"}
        assert "Trần Thị Mơ" in store.triples(f"{BASE}graph/doc/ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/126")


def test_the_digest_of_a_source_holds_its_corrections(tmp_path: Path) -> None:
    file = written(tmp_path, None)
    alone = source_digest(file)
    written(tmp_path, ONE)
    assert source_digest(file).startswith(f"{alone}+") and len(source_digest(file)) == 129


# --- the list and the draft ---------------------------------------------------------------------------------------

NOISY = PLAN.replace("Kế hoạch số 77/KH-UBND ngày 15/01/2024", "Kế hóạch sô 77/KH-UBND nqày 15/0l/2024").replace(
    "Có 90% hồ sơ trở lên được trả đúng hẹn", "Có 90% hồ sơ lrở lên đượe lrả đúnq hẹn"
)


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    out = capsys.readouterr()
    return int(stop.value.code or 0), out.out + out.err


def test_a_clean_plan_leaves_nothing_to_look_at(tmp_path: Path) -> None:
    assert in_file(written(tmp_path)) == []


def test_the_worst_comes_first_with_its_place_and_why(tmp_path: Path) -> None:
    items = in_file(written(tmp_path, text=NOISY))
    assert items and [item.order for item in items] == sorted(item.order for item in items)
    criterion = next(item for item in items if item.kind == "criterion")
    assert criterion.words == "Có 90% hồ sơ lrở lên đượe lrả đúnq hẹn" and criterion.line == 23
    assert criterion.confidence is not None and criterion.confidence < DOUBTFUL
    assert criterion.grounds == ("nhieu-tu-doc-sai",) and criterion.fields["polarity"] == "merit"


def test_the_store_lists_what_its_files_do(tmp_path: Path) -> None:
    file = written(tmp_path, text=NOISY)
    with open_store(tmp_path / "store", write=True) as store:
        load([file], store)
        from_store = in_store(store)
        assert in_store(store, "126/KH-UBND ninh phuoc") == from_store
    assert [(i.kind, i.start, i.line, i.why) for i in from_store] == [
        (i.kind, i.start, i.line, i.why) for i in in_file(file)
    ]


@pytest.mark.parametrize("form", ["table", "json", "csv", "toml"])
def test_the_command_prints_every_form(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run("review", str(written(tmp_path, text=NOISY)), "--format", form, capsys=capsys)
    assert code == 0 and "lrở lên đượe" in out


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noisy, clean = written(tmp_path, text=NOISY), tmp_path / "sach.txt"
    clean.write_text(PLAN, "utf-8")
    assert run("review", str(noisy), "--fail", capsys=capsys)[0] == 1
    assert run("review", str(clean), "--fail", capsys=capsys)[0] == 0
    (tmp_path / "rong.txt").write_text("", "utf-8")
    assert run("review", str(tmp_path / "rong.txt"), capsys=capsys)[0] == 2
    assert run("review", "--write", "--store", str(tmp_path / "khong-co"), capsys=capsys)[0] == 2


def test_a_drafted_file_changes_nothing_until_it_is_edited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, text=NOISY)
    before = read(file)[1]
    assert run("review", str(file), "--write", capsys=capsys)[0] == 0
    assert read(file)[1] == before
    said = corrections_file(file).read_text("utf-8")
    uncommented = "\n".join(
        line.removeprefix("# ")
        if line.startswith(("# [[", "# kind", "# text", "# start", "# before", "# set."))
        else line
        for line in said.splitlines()
    )
    corrections_file(file).write_text(
        uncommented.replace('author = ""', HEAD.strip()).replace(
            "set.threshold.value = 90", "set.threshold.value = 95"
        ),
        "utf-8",
    )
    after = read(file)[1]
    assert all(one.matched for one in after.corrections) and after.corrections
    assert in_file(file) == []
    changed = next(c for c in after.criteria if c.text.startswith("Có 90%"))
    assert changed.grounds == ("hieu-dinh",)


def test_a_draft_never_overwrites_and_only_adds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, text=NOISY)
    mine = HEAD + '# của tôi\n[[remove]]\nkind = "criterion"\ntext = "Treo khẩu hiệu của phong trào tại nơi tiếp dân"\n'
    corrections_file(file).write_text(mine, "utf-8")
    run("review", str(file), "--write", capsys=capsys)
    once = corrections_file(file).read_text("utf-8")
    assert once.startswith(mine.rstrip()) and "lrở lên" in once
    run("review", str(file), "--write", capsys=capsys)
    assert corrections_file(file).read_text("utf-8") == once
    run("review", str(file), "--write", "--force", capsys=capsys)
    assert "của tôi" not in corrections_file(file).read_text("utf-8")


def test_a_lost_correction_is_listed_first(tmp_path: Path) -> None:
    lost = HEAD + '[[remove]]\nkind = "criterion"\ntext = "Không ai nói điều này trong văn bản"\n'
    first = in_file(written(tmp_path, lost, NOISY))[0]
    assert first.code == "correction-unmatched" and "Lê Văn Hòa" in first.why[0]


def test_the_example_of_the_guide_is_used_whole(tmp_path: Path) -> None:
    """What the guide shows is a file that works, on the plan it speaks of."""
    guide = (HERE.parent.parent / "docs" / "how-to" / "hieu-dinh.md").read_text("utf-8")
    shown = guide.partition("```toml\n")[2].partition("```")[0]
    file = tmp_path / "thac-mo.txt"
    plans = HERE.parent.parent / "examples" / "plans"
    file.write_bytes((plans / "thac-mo-54-kh-ubnd-2024.txt").read_bytes())
    before = read(file)[1]
    corrections_file(file).write_text(shown, "utf-8")
    after = read(file)[1]
    assert [one.text for one in after.corrections if not one.matched] == []
    assert {one.action for one in after.corrections} == {"correct", "remove", "add", "confirm"}
    assert len(after.targets) == len(before.targets) - 1
    assert "repaired-number" not in {doubt.code for doubt in after.doubts}


# --- pages and linked data ----------------------------------------------------------------------------------------


def test_the_page_marks_what_is_doubtful_and_says_who_corrected(tmp_path: Path) -> None:
    """With the page of the file: the numbers stand on its second sheet."""
    from dataclasses import replace

    from loaders.layout import Layout, Page
    from loaders.layout import placed as on_pages
    from queryapi.app import create_app

    file = written(tmp_path, HEAD + CASES[0]["corrections"], NOISY)
    text, found = read(file)
    half = text.raw.index("IV. HÌNH THỨC")
    layout = Layout((Page(1, 0, half), Page(2, half, len(text.raw))))

    def with_pages(path: Path) -> tuple[Any, Findings]:
        return replace(text, layout=layout), on_pages(found, layout)

    with open_store(tmp_path / "store", write=True) as store:
        load([file], store, read=with_pages)
    app = create_app(tmp_path / "store")
    with app.test_client() as client:
        page = client.get("/van-ban/ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/126").text
        data = client.get("/id/doc/ubnd-huyen-ninh-phuoc-ninh-thuan/ke-hoach/2024/126?format=nt").text
    app.extensions["thidua"].close()
    assert "chưa chắc: độ chắc 0," in page and "nhiều từ đọc sai" in page and "tr. 2" in page
    said = "Lê Văn Hòa sửa ngày 20/11/2026: máy đọc “91/2017/NĐ-CP”, đúng là “98/2023/NĐ-CP”. đối chiếu bản giấy"
    assert said in page
    assert '"page=2"' in data and "FragmentSelector" in data
