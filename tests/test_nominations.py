"""A plan's form made, filled, read back and checked: on a plan with one of everything, and on the five real ones."""

import csv
import json
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from loaders.nominations import read as nominations
from loaders.nominations.cells import Cell
from loaders.nominations.columns import columns
from loaders.nominations.form import FIRST_ROW, HIDDEN, SHEET, write_form
from loaders.nominations.plan import Plan, plan_from
from loaders.nominations.rdf import to_graph
from loaders.nominations.read import Form, FormError, FormRow, read_form
from ontology import OA, TD
from queryapi.errors import UnknownDocument
from queryapi.nominations.check import Report, check_form, plan_slice, template
from queryapi.nominations.finding import Nominee
from queryapi.nominations.report import FORMATS, render

HERE = Path(__file__).parent / "nominations"
IRI = "https://w3id.org/thidua/id/doc/ubnd-huyen-mau/ke-hoach/2024/12"
GOOD: dict[str, object] = {
    "nominee": "Phòng Nội vụ",
    "kind": "Tập thể",
    "award": "Giấy khen",
    "submitted": date(2025, 1, 9),
    "year": 2024,
    "criterion-100": "Đạt",
    "criterion-100.evidence": "Báo cáo số 12",
    "criterion-200": 92.5,
    "criterion-300": "Không",
    "criterion-400": "Hoàn thành tốt nhiệm vụ",
    "criterion-500": 2,
    "criterion-600": "Đạt",
    "criterion-600.evidence": "Quyết định số 5",
    "criterion-700": "Không đạt",
    "criterion-800": "Khá",
    "criterion-900": 0,
    "criterion-950": "Không",
    "criterion-960": 1.5,
    "component-1100": "Có",
    "component-1200": "Có",
    "component-1300": "Có",
    "component-1300.form": "Mẫu số 08 NĐ 98/2023",
}


class Plans:
    """A store that holds these document graphs."""

    def __init__(self, **graphs: Graph) -> None:
        self.graphs = graphs

    def holds(self, graph: str) -> bool:
        return graph.rpartition("/graph/doc/")[2] in self.graphs

    def triples(self, graph: str) -> str:
        return self.graphs[graph.rpartition("/graph/doc/")[2]].serialize(format="nt")


STORE = Plans(**{"ubnd-huyen-mau/ke-hoach/2024/12": Graph().parse(HERE / "plan.ttl")})


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_from(plan_slice(STORE, IRI), IRI)


def checked(plan: Plan, *rows: Mapping[str, object], format: str = "xlsx", lang: str = "vi") -> Report:
    return check_form(STORE, write_form(plan, rows, format), f"mau.{format}", lang=lang)


def verdicts(nominee: Nominee) -> dict[str, str]:
    """A row's findings under short names."""
    named = {"form": "form of "}
    found = {}
    for finding in nominee.findings:
        key = (finding.part or finding.about).partition("#")[2] or finding.about
        found["law on " + key if finding.source == "law" else named.get(finding.about, "") + key] = finding.verdict
    return found


CASES = tomllib.loads((HERE / "cells.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def cases(plan: Plan) -> Report:
    """All cases as the rows of one form: the engine is run once."""
    rows = [
        {**GOOD, "kind": case.get("kind", "Tập thể"), **case.get("cells", {}), "nominee": f"Cơ quan {n:02d}"}
        for n, case in enumerate(CASES)
    ]
    return checked(plan, *rows)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["why"] for case in CASES])
def test_cells(cases: Report, number: int) -> None:
    case, nominee = CASES[number], cases.nominees[number]
    found = verdicts(nominee)
    for name, verdict in case.get("verdicts", {}).items():
        assert found.get(name, "none") == verdict, name
    assert nominee.plan_verdict == case.get("row", "met")


@pytest.mark.parametrize("format", ["xlsx", "csv", "ttl"])
def test_what_is_filled_in_is_read_back(plan: Plan, format: str) -> None:
    form = read_form(write_form(plan, [GOOD], format), f"mau.{format}")
    assert form.plan == IRI
    assert set(form.keys) == {c.key for c in columns(plan)}
    shown = {key: cell.stated for key, cell in form.rows[0].cells.items() if cell.stated}
    assert shown["criterion-200"].replace(".", ",") == "92,5"
    assert shown["submitted"] == "09/01/2025"
    assert set(shown) == set(GOOD)


def test_the_form_is_the_same_in_every_format(plan: Plan) -> None:
    turtle = HERE / "nominations.ttl"
    of_turtle = check_form(STORE, turtle.read_bytes(), turtle.name)
    of_xlsx, of_csv = (checked(plan, GOOD, format=f) for f in ("xlsx", "csv"))
    first, *others = (verdicts(report.nominees[0]) for report in (of_turtle, of_xlsx, of_csv))
    assert all(other == first for other in others)


def test_a_blank_form_has_a_column_a_clause_and_a_note_a_header(plan: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(template(STORE, IRI)))
    sheet = book[SHEET]
    keys = [cell.value for cell in sheet[3]]
    assert keys == [c.key for c in columns(plan)]
    assert {f"criterion-{n}" for n in (100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 960)} <= set(keys)
    header = sheet.cell(row=4, column=keys.index("criterion-200") + 1)
    assert header.comment is not None and "đạt từ 90% trở lên" in header.comment.text
    assert book[HIDDEN].sheet_state == "veryHidden"
    assert any("Giải thích" in name for name in book.sheetnames)
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) == sum(bool(c.choices) for c in columns(plan))


def test_the_same_form_is_the_same_bytes(plan: Plan) -> None:
    assert write_form(plan, [GOOD]) == write_form(plan, [GOOD])


def test_messages_name_row_and_column(plan: Plan) -> None:
    report = checked(plan, GOOD, {**GOOD, "nominee": "Phòng Tư pháp", "criterion-200": 80})
    fault = next(f for f in report.nominees[1].findings if f.verdict == "not-met")
    sheet = openpyxl.load_workbook(BytesIO(write_form(plan, [])))[SHEET]
    assert (fault.row, fault.column) == (FIRST_ROW + 1, "H")
    assert sheet["H3"].value == "criterion-200"
    assert "hàng 6, cột H" in render(report).decode()


def test_a_column_may_be_moved_and_blank_rows_left(plan: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(plan, [GOOD, {}, {**GOOD, "nominee": "Phòng Tư pháp"}])))
    book[SHEET].insert_cols(2)
    out = BytesIO()
    book.save(out)
    report = check_form(STORE, out.getvalue(), "mau.xlsx")
    assert [(n.row, n.verdict) for n in report.nominees] == [(5, "met"), (7, "met")]


def test_a_percent_cell_of_excel_is_read_as_it_is_shown(plan: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(plan, [GOOD])))
    cell = book[SHEET]["H5"]
    cell.value, cell.number_format = 0.925, "0.0%"
    out = BytesIO()
    book.save(out)
    report = check_form(STORE, out.getvalue(), "mau.xlsx")
    assert verdicts(report.nominees[0])["criterion-200"] == "met"
    assert next(f.stated for f in report.nominees[0].findings if f.label == "II.1.b") == "92,5 %"


def test_a_formula_counts_by_its_result_and_without_one_is_a_finding(plan: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(plan, [GOOD])))
    book[SHEET]["H5"].value = "=90+2"  # openpyxl writes no result beside it
    out = BytesIO()
    book.save(out)
    report = check_form(STORE, out.getvalue(), "mau.xlsx")
    assert verdicts(report.nominees[0])["criterion-200"] == "not-assessable"


def test_quotas_are_about_the_list_and_never_about_a_row(plan: Plan) -> None:
    rows = [{**GOOD, "nominee": f"Cơ quan {n:02d}"} for n in range(3)]
    report = checked(plan, *rows)
    assert [n.verdict for n in report.nominees] == ["met"] * 3
    assert [f.verdict for f in report.about_set] == ["not-met", "not-assessable"]
    assert "3 tập thể" in report.about_set[0].reason
    assert not report.holds


def test_a_quota_says_of_which_year_and_kind(plan: Plan) -> None:
    """A row of another year is counted for that year: without the year both lines would look alike."""
    report = checked(plan, GOOD, {**GOOD, "nominee": "Phòng Tư pháp", "year": 2023})
    said = [f.reason for f in report.about_set if f.verdict == "met"]
    assert said == ["danh sách năm 2023 có 1 tập thể, còn 1 chỗ", "danh sách năm 2024 có 1 tập thể, còn 1 chỗ"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Hồ sơ đề nghị khen thưởng gửi về Phòng Nội vụ trước 17 giờ ngày 10/01/2025", "not-assessable"),
        ("Hồ sơ đề nghị khen thưởng gửi trước 16h30, ngày 10/01/2025", "not-assessable"),
        ("Hồ sơ đề nghị khen thưởng gửi trong 24 giờ kể từ khi nhận, trước ngày 10/01/2025", "not-met"),
    ],
)
def test_the_hour_of_a_deadline_is_not_forgotten(words: str, verdict: str) -> None:
    graph = Graph().parse(HERE / "plan.ttl")
    graph.set((URIRef(f"{IRI}#deadline-1400"), OA.exact, Literal(words)))
    store = Plans(**{"ubnd-huyen-mau/ke-hoach/2024/12": graph})
    data = write_form(plan_from(plan_slice(store, IRI), IRI), [{**GOOD, "submitted": date(2025, 1, 10)}])
    due = next(f for f in check_form(store, data, "mau.xlsx").nominees[0].findings if f.about == "deadline")
    assert due.verdict == verdict
    assert ("17 giờ" in due.reason) == ("17 giờ" in words)


def test_an_award_may_be_named_without_whose_it_is(plan: Plan) -> None:
    """Quảng Ninh: the criteria are for "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", the quota is of "Bằng khen"."""
    full = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
    quota = replace(plan.quotas[0], award="Bằng khen")
    two = replace(plan, criteria=(replace(plan.criteria[0], award=full),), quotas=(quota,))
    assert two.award_choices == (full, "Giấy khen")
    for said, other in (("Bằng khen", False), ("bằng khen của chủ tịch", False), ("Giấy khen", True)):
        row = FormRow(number=5, cells={"kind": Cell(value="Tập thể"), "award": Cell(value=said)})
        graph = to_graph(Form(name="m", format="xlsx", plan=IRI, keys=(), rows=(row,)), two)
        assert [bool(o) for o in graph.objects(None, TD.forOtherAward)] == [other], said


def test_one_nominee_twice_is_a_finding_of_law(plan: Plan) -> None:
    report = checked(plan, GOOD, {**GOOD, "nominee": "PHÒNG NỘI VỤ"})
    assert [n.law_verdict for n in report.nominees] == [None, "not-met"]
    assert [n.plan_verdict for n in report.nominees] == ["met", "not-assessable"]
    # The law that says so was not yet in force, and the old form still was.
    old = {**GOOD, "submitted": date(2023, 12, 31), "component-1300.form": "Mẫu số 07 NĐ 91/2017"}
    assert [n.law_verdict for n in checked(plan, old, old).nominees] == [None, None]


def test_a_second_fault_of_a_row_never_makes_it_milder(plan: Plan) -> None:
    outside = {**GOOD, "year": 2019}
    first, second = checked(plan, outside, outside).nominees
    assert first.plan_verdict == second.plan_verdict == "not-met"
    said = [(f.verdict, (f.shape or "").rpartition("#")[2]) for f in second.findings if f.about == "nomination"]
    assert said == [
        ("not-assessable", "Nomination-repeated"),
        ("not-met", "Nomination-within"),
        ("not-met", "Nomination-once"),
    ]


def test_the_counts_of_a_report_add_up(plan: Plan) -> None:
    """A row whose every clause does not apply is counted too."""
    report = checked(plan, GOOD, {**GOOD, "nominee": "Phòng Tư pháp"})
    spared = replace(report.nominees[1], plan_verdict="not-applicable", law_verdict=None, findings=())
    summary = json.loads(render(replace(report, nominees=(report.nominees[0], spared)), "json"))["summary"]
    assert summary["nominations"] == sum(n for name, n in summary.items() if name != "nominations") == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_report_is_a_formula(plan: Plan, start: str) -> None:
    report = checked(plan, GOOD)
    named = replace(report, nominees=(replace(report.nominees[0], name=f"{start}cmd|' /C calc'!A0"),))
    rows = list(csv.reader(StringIO(render(named, "csv").decode("utf-8-sig"), newline="")))
    assert rows[1][1].startswith(f"'{start}")


def test_law_and_plan_are_two_findings_and_the_hint_is_apart(plan: Plan) -> None:
    report = checked(plan, {**GOOD, "component-1300.form": "Mẫu số 07 NĐ 91/2017"})
    nominee = report.nominees[0]
    assert (nominee.plan_verdict, nominee.law_verdict, nominee.verdict) == ("met", "not-met", "not-met")
    law = next(f for f in nominee.findings if f.source == "law")
    assert "01/01/2024" in law.reason and "Mẫu số 08" not in law.reason
    assert law.hint is not None and "Mẫu số 08" in law.hint and "suy luận" in law.hint
    assert [f.source for f in report.about_plan] == ["law"]


def test_a_delegated_dossier_is_followed_to_a_plan_the_store_holds() -> None:
    own = Graph().parse(HERE / "delegating.ttl")
    own_iri = "https://w3id.org/thidua/id/doc/ubnd-phuong-mau/ke-hoach/2024/54"
    other = Graph().parse(HERE / "plan.ttl")
    alone = Plans(**{"ubnd-phuong-mau/ke-hoach/2024/54": own})
    both = Plans(**{"ubnd-phuong-mau/ke-hoach/2024/54": own, "ubnd-huyen-mau/ke-hoach/2024/12": other})
    blind, seeing = (plan_from(plan_slice(store, own_iri), own_iri) for store in (alone, both))
    assert [c.rule for c in blind.components] == ["delegated"]
    assert [c.key for c in seeing.stated_components] == ["component-1100", "component-1200", "component-1300"]
    rows = [{"nominee": "Cán bộ 01", "kind": "Cá nhân", "year": 2024, "submitted": date(2025, 3, 24)}]
    rows[0] |= {"criterion-10": "Đạt", "criterion-10.evidence": "Báo cáo số 3"}
    report = check_form(alone, write_form(blind, rows), "mau.xlsx")
    assert [(f.about, f.verdict) for f in report.about_set] == [
        ("quota", "not-assessable"),
        ("dossier", "not-assessable"),
    ]
    assert any("203/KH-UBND" in note for note in report.unchecked)
    assert report.nominees[0].plan_verdict == "met"
    followed = check_form(both, write_form(seeing, rows), "mau.xlsx")
    assert followed.nominees[0].plan_verdict == "not-assessable"  # the papers it asks for are left blank


def test_a_yearly_deadline_is_counted_from_the_award_year() -> None:
    own_iri = "https://w3id.org/thidua/id/doc/ubnd-phuong-mau/ke-hoach/2024/54"
    store = Plans(**{"ubnd-phuong-mau/ke-hoach/2024/54": Graph().parse(HERE / "delegating.ttl")})
    plan = plan_from(plan_slice(store, own_iri), own_iri)
    row = {"nominee": "Cán bộ 01", "kind": "Cá nhân", "criterion-10": "Đạt", "criterion-10.evidence": "Báo cáo số 3"}
    for year, day, verdict in (
        (2024, date(2025, 3, 24), "met"),
        (2024, date(2025, 3, 25), "not-met"),
        (2025, date(2025, 3, 25), "met"),
    ):
        report = check_form(store, write_form(plan, [{**row, "year": year, "submitted": day}]), "mau.xlsx")
        assert next(f.verdict for f in report.nominees[0].findings if f.about == "deadline") == verdict


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("format", FORMATS)
def test_the_report_stands_in_every_format(plan: Plan, format: str, lang: str) -> None:
    report = checked(plan, GOOD, {**GOOD, "nominee": "=HYPERLINK(1)<b>", "criterion-200": 80}, lang=lang)
    data = render(report, format)
    assert data == render(report, format)
    if format == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        assert book.worksheets[1].max_row > 20
        assert book.worksheets[1].cell(row=40, column=1).data_type != "f"
        return
    said = data.decode("utf-8-sig")
    assert "{" not in said or format in ("json", "html", "ttl")
    if format == "json":
        read = json.loads(said)
        assert read["summary"] == {
            "nominations": 2,
            "met": 1,
            "not_met": 1,
            "not_assessable": 0,
            "not_applicable": 0,
        }
        assert {"plan", "form", "holds", "nominations", "set", "law", "unchecked", "tested"} <= set(read)
        fault = next(f for f in read["nominations"][1]["findings"] if f["verdict"] == "not-met")
        assert fault["clause"] == "Có kết quả chỉ số cải cách hành chính đạt từ 90% trở lên"
        assert (fault["start"], fault["end"], fault["column"], fault["stated"]) == (200, 250, "H", "80 %")
    elif format == "html":
        assert "<script" not in said and "&lt;b&gt;" in said and "http" not in said.split("</style>")[0]
    elif format == "csv":
        assert data.startswith(b"\xef\xbb\xbf") and "'=HYPERLINK" in said
    elif format == "ttl":
        graph = Graph().parse(data=said, format="turtle")
        assert len(set(graph.subjects(TD.assessmentVerdict))) > 20


def test_the_json_is_what_the_manual_says(plan: Plan) -> None:
    manual = (HERE.parent.parent / "docs" / "how-to" / "check-nominations.md").read_text("utf-8")
    said = set(re.findall(r"`(\w+)`", manual))
    read = json.loads(render(checked(plan, GOOD), "json"))
    for record in (read, read["plan"], read["summary"], read["nominations"][0], read["nominations"][0]["findings"][0]):
        assert set(record) - said == set()


def damaged() -> list[tuple[str, bytes, str]]:
    other = BytesIO()
    book = xlsxwriter.Workbook(other, {"in_memory": True})
    book.add_worksheet("Sheet1").write(0, 0, "họ tên")
    book.close()
    plan = plan_from(plan_slice(STORE, IRI), IRI)
    good = write_form(plan, [GOOD])
    csv_form = write_form(plan, [GOOD], "csv")
    return [
        ("form-not-ours", other.getvalue(), "khac.xlsx"),
        ("form-unreadable", b"PK\x03\x04 nothing", "hong.xlsx"),
        ("form-unreadable", good[:-300], "cut.xlsx"),
        ("form-unreadable", b"\x00\x01", "hinh.png"),
        ("form-empty", write_form(plan), "trong.xlsx"),
        ("form-not-ours", "họ tên,loại\nA,B".encode(), "khac.csv"),
        ("form-unreadable", b"\xff\xfe\xff", "hong.csv"),
        ("form-empty", write_form(plan, [], "csv"), "trong.csv"),
        ("form-other-version", csv_form.replace(b",1\r\n", b",99\r\n", 1), "moi.csv"),
        ("form-unknown-columns", csv_form.replace(b"criterion-100,", b"criterion-101,", 1), "cu.csv"),
        ("form-not-ours", csv_form.replace(IRI.encode(), b"https://w3id.org/thidua/id/doc/a b", 1), "la.csv"),
        ("form-not-ours", csv_form.replace(IRI.encode(), b"ninh phuoc <x>", 1), "la.csv"),
        ("form-not-ours", csv_form.replace(IRI.encode(), b'"x\ny"', 1), "la.csv"),
        ("form-not-ours", csv_form.replace(IRI.encode(), IRI.encode() + b"x" * 3000, 1), "la.csv"),
        ("form-other-version", csv_form.replace(b",1\r\n", b',"9\n9"\r\n', 1), "moi.csv"),
        ("form-unknown-columns", csv_form.replace(b"criterion-100,", b'"a\nb",', 1), "cu.csv"),
        ("form-not-ours", f'<urn:a> <{TD.underPlan}> "a\\nb", "c" .'.encode(), "la.ttl"),
        ("form-unreadable", b"@prefix : <", "hong.ttl"),
        ("form-not-ours", b"<urn:a> <urn:b> <urn:c> .", "khac.ttl"),
        ("form-empty", write_form(plan, [], "ttl"), "trong.ttl"),
    ]


@pytest.mark.parametrize(("code", "data", "name"), damaged(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_file_that_cannot_be_checked_is_one_line(code: str, data: bytes, name: str) -> None:
    with pytest.raises(FormError) as caught:
        check_form(STORE, data, name)
    assert caught.value.code == code
    assert name in caught.value.vi and "\n" not in caught.value.vi and caught.value.vi != caught.value.en


def test_a_form_for_another_plan_is_refused(plan: Plan) -> None:
    with pytest.raises(FormError) as caught:
        check_form(STORE, write_form(plan, [GOOD]), "mau.xlsx", plan_iri=IRI + "3")
    assert caught.value.code == "form-other-plan"


def test_a_plan_the_store_does_not_hold_is_named(plan: Plan) -> None:
    with pytest.raises(UnknownDocument):
        check_form(Plans(), write_form(plan, [GOOD]), "mau.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_saved_again_by_excel_is_still_the_form(plan: Plan, delimiter: str, encoding: str) -> None:
    lines = csv.reader(StringIO(write_form(plan, [GOOD], "csv").decode("utf-8-sig"), newline=""))
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    report = check_form(STORE, out.getvalue().encode(encoding), "mau.csv")
    assert report.nominees[0].verdict == "met"


def test_what_people_paste_into_a_sheet_is_read(plan: Plan) -> None:
    book = openpyxl.load_workbook(BytesIO(write_form(plan, [GOOD, GOOD])))
    odd_words = ["\u200b", "  ", "Hu\u0065\u0302\u0301", "90\u00a0%", "😀" * 500, "=", "'90", "a\tb\nc", "12/2024", "½"]
    for row, value in zip((5, 6), ("Ti\u0065\u0302\u0301p", "Tiếp"), strict=True):
        book[SHEET].cell(row=row, column=1).value = value
    for n, value in enumerate(odd_words):
        book[SHEET].cell(row=7 + n, column=8).value = value
    out = BytesIO()
    book.save(out)
    report = check_form(STORE, out.getvalue(), "mau.xlsx")
    assert report.nominees[0].name == report.nominees[1].name == "Tiếp"  # NFC, so one name typed two ways is one name
    assert report.nominees[1].law_verdict == "not-met"
    assert all(render(report, format) for format in FORMATS)


def test_a_document_without_a_movement_has_no_form() -> None:
    letter = Graph().parse(data=f"<{IRI}> a <{TD.AdministrativeDocument}> .", format="turtle")
    with pytest.raises(FormError) as caught:
        template(Plans(**{"ubnd-huyen-mau/ke-hoach/2024/12": letter}), IRI)
    assert caught.value.code == "form-none"


def test_too_many_rows_are_refused(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nominations, "MAX_ROWS", 2)
    for format in ("xlsx", "csv"):
        with pytest.raises(FormError) as caught:
            read_form(write_form(plan, [GOOD] * 20, format), f"mau.{format}")
        assert caught.value.code == "form-too-large"


def test_nothing_personal_touches_the_disk(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    report = checked(plan, GOOD)
    for format in FORMATS:
        render(report, format)


odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=30),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(
        ["31/11/2024", "92,5", "1.2.3", "۹۰%", "²", "Khá", "không", "Mẫu số ٧", "#VALUE!", "0/0/0000", "१"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_cell_is_odd_enough_to_crash(plan: Plan, data: st.DataObject) -> None:
    cells = {
        column.key: Cell(value=data.draw(odd), column="A", percent=data.draw(st.booleans())) for column in columns(plan)
    }
    form = Form(name="mau.xlsx", format="xlsx", plan=IRI, keys=(), rows=(FormRow(number=5, cells=cells),))
    graph = to_graph(form, plan)
    assert Graph().parse(data=graph.serialize(format="nt"), format="nt")


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.xlsx", "a.csv", "a.ttl", "a"]))
def test_no_file_is_odd_enough_to_crash(data: bytes, name: str) -> None:
    for head in (b"", b"PK\x03\x04", f"#thidua,{IRI},1\n".encode()):
        try:
            read_form(head + data, name)
        except FormError as error:
            assert error.vi


DECREE = "https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh"
DECISION = "https://w3id.org/thidua/id/doc/ubnd-tinh-dong-nai/quyet-dinh/2024/22"


@pytest.mark.parametrize(
    ("form", "of", "cited", "cell", "meant", "same"),
    [
        # what the cell says, a plan that asks for form 7 of decree 91/2017 or form 3 of a province's decision
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu số 07 NĐ 91/2017", f"{DECREE}/2017/91", True),
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu 7", f"{DECREE}/2017/91", True),
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu 7, 91/2017", f"{DECREE}/2017/91", True),
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "NĐ 98/2023, mẫu 08", f"{DECREE}/2023/98", False),
        ("Mẫu số 07", "91/2017/NĐ-CP", None, "Mẫu số 07 Nghị định số 91/2017/NĐ-CP", f"{DECREE}/2017/91", True),
        ("Mẫu số 3", "22/2024/QĐ-UBND", DECISION, "Mẫu số 3 Quyết định 22/2024/QĐ-UBND", DECISION, True),
        ("Mẫu số 3", "22/2024/QĐ-UBND", DECISION, "Mẫu số 3 QĐ 22/2024", DECISION, True),
        ("Mẫu số 3", "22/2024/QĐ-UBND", None, "Mẫu số 3 QĐ 22/2024/QĐ-UBND", None, True),
        ("Mẫu số 3", "22/2024/QĐ-UBND", DECISION, "Mẫu số 3 NĐ 22/2024", f"{DECREE}/2024/22", False),
        ("Mẫu số 3", "22/2024/QĐ-UBND", DECISION, "Mẫu số 3 Quyết định 22/2024/QĐ-TTg", None, False),
        ("Mẫu số 3", "22/2024/QĐ-UBND", DECISION, "Mẫu số 01 Thông tư 01/2024/TT-BNV", None, False),
        ("Mẫu số 1.2", "1234/QĐ-UBND", DECISION, "Mẫu số 1.2 Quyết định số 1234/QĐ-UBND", DECISION, True),
        ("Mẫu số 1.2", "1234/QĐ-UBND", DECISION, "Mẫu số 1.1 Quyết định số 1234/QĐ-UBND", DECISION, False),
        ("Mẫu số 3", None, None, "Mẫu số 3 NĐ 98/2023", f"{DECREE}/2023/98", True),
        # a number without a kind, another than the plan's: not said of which instrument, so nothing is compared
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu số 07, 98/2023", None, None),
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu số 07 NĐ 98", None, None),
        ("Mẫu số 07", "91/2017/NĐ-CP", f"{DECREE}/2017/91", "Mẫu 98/2023", None, None),
    ],
)  # fmt: skip
def test_a_form_is_of_the_instrument_the_cell_or_the_plan_names(
    plan: Plan, form: str, of: str | None, cited: str | None, cell: str, meant: str | None, same: bool | None
) -> None:
    component = replace(plan.components[2], form=form, form_of=of, form_of_document=cited)
    row = FormRow(number=5, cells={"component-1300.form": Cell(value=cell)})
    made = Form(name="m", format="xlsx", plan=IRI, keys=(), rows=(row,))
    graph = to_graph(made, replace(plan, components=(component,)))
    use = next(graph.subjects(RDF.type, TD.FormUse))
    said = graph.value(use, TD.formUsedOf)
    assert (said and str(said)) == meant
    used, required = graph.value(use, TD.formUsed), graph.value(use, TD.formRequired)
    assert (None if used is None else used == required) == same
    assert (graph.value(use, TD.problemCode) is None) == (same is not None)


def test_numbers_that_no_sheet_should_hold_are_findings(plan: Plan) -> None:
    for value in (datetime(2024, 1, 1), True, float("nan"), 10**30, "9" * 400):
        form = Form(
            name="m",
            format="xlsx",
            plan=IRI,
            keys=(),
            rows=(FormRow(number=5, cells={"criterion-200": Cell(value=value)}),),
        )
        row = replace(form.rows[0], cells={**form.rows[0].cells, "kind": Cell(value="Tập thể")})
        graph = to_graph(replace(form, rows=(row,)), plan)
        assert str(next(graph.objects(None, TD.problemCode))) == "not-a-number"
