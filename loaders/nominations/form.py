"""A plan's nomination form as a file: XLSX for people, CSV and Turtle for programs. No temporary files."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

import xlsxwriter
from rdflib import Literal
from xlsxwriter.utility import xl_col_to_name

from loaders.csvcells import safe_cell
from loaders.nominations.columns import VERSION, Column, columns
from loaders.nominations.plan import Plan, PlanComponent, PlanCriterion
from ontology import TD

SHEET, EXPLAINED, LISTS, HIDDEN = "Đề nghị", "Giải thích", "Danh mục", "_thidua"
KEY_ROW, FIRST_ROW = 3, 5  # rows as Excel counts them: keys (hidden) 3, headers 4, nominees from 5
BLANK_ROWS = 60
CSV_MARK = "#thidua"

Row = Mapping[str, object]
_EPOCH = datetime(2024, 1, 1)  # the time of writing would make every form a different file


def write_form(plan: Plan, rows: Sequence[Row] = (), format: str = "xlsx") -> bytes:
    """The plan's form, blank or with rows filled in (column key → value); the same bytes every time."""
    if format == "csv":
        return _csv(plan, rows)
    if format == "ttl":
        return _turtle(plan, rows)
    return _xlsx(plan, rows)


def _csv(plan: Plan, rows: Sequence[Row]) -> bytes:
    shown = columns(plan)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([CSV_MARK, plan.iri, VERSION])
    writer.writerow([c.key for c in shown])
    writer.writerow([safe_cell(c.header) for c in shown])
    for row in rows:
        writer.writerow([_text(row.get(c.key)) for c in shown])
    return out.getvalue().encode("utf-8-sig")  # Excel reads UTF-8 only with a BOM


def _turtle(plan: Plan, rows: Sequence[Row]) -> bytes:
    """A nomination per row, each clause with its words as a comment; without rows, one to fill in."""
    lines = [
        f"# Đề nghị khen thưởng theo {plan.name}. Mỗi td:Nomination là một tập thể hoặc cá nhân.",
        f"@prefix td: <{TD}> .",
        "@prefix dcterms: <http://purl.org/dc/terms/> .",
    ]
    asked = {column.key for column in columns(plan)}
    for n, row in enumerate(rows or [{}], start=1):
        facts = [(name, _turtle_text(row.get(key))) for key, name in _FACTS.items() if key in asked]
        lines += ["", f"<#{n}> a td:Nomination ;", f"    td:underPlan <{plan.iri}> ;"]
        lines += [f"    {name} {value} ;" for name, value in facts]
        lines += _turtle_parts(plan, row)
        lines.append("    .")
    return ("\n".join(lines) + "\n").encode()


_FACTS = {
    "nominee": "td:nomineeName",
    "kind": "td:recipientKind",
    "award": "td:forAward",
    "submitted": "dcterms:dateSubmitted",
    "year": "td:awardYear",
    "deadline": "td:underDeadline",
}


def _turtle_parts(plan: Plan, row: Row) -> Iterator[str]:
    shown = {column.key: column for column in columns(plan)}
    for key, column in shown.items():
        if column.part is None or key.endswith((".evidence", ".form")):
            continue
        criterion = isinstance(column.part, PlanCriterion)
        said = [("td:stated" if criterion else "td:present", key)]
        said += [(name, f"{key}{end}") for name, end in _MORE if f"{key}{end}" in shown]
        values = " ; ".join(f"{name} {_turtle_text(row.get(one))}" for name, one in said)
        link, of = ("hasAssessment", "assessesCriterion") if criterion else ("hasComponent", "ofComponent")
        yield f"    # {column.header}"
        yield f"    td:{link} [ td:{of} <{column.part.iri}> ; {values} ] ;"


_MORE = (("td:evidenceText", ".evidence"), ("td:formStated", ".form"))


def _turtle_text(value: object) -> str:
    return Literal(_text(value)).n3()


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)


def _xlsx(plan: Plan, rows: Sequence[Row]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"Đề nghị khen thưởng – {plan.name}", "created": _EPOCH})
    shown = columns(plan)
    sheet = book.add_worksheet(SHEET)
    _explain(book, plan, shown)
    lists = book.add_worksheet(LISTS)
    hidden = book.add_worksheet(HIDDEN)
    for n, (name, value) in enumerate((("plan", plan.iri), ("version", VERSION), ("key row", str(KEY_ROW)))):
        hidden.write_string(n, 0, name)
        hidden.write_string(n, 1, value)
    _main(book, sheet, lists, plan, shown, max(BLANK_ROWS, len(rows) + 10))
    _fill(book, sheet, shown, rows)
    lists.hide()
    hidden.very_hidden()
    book.close()
    return out.getvalue()


def _main(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    lists: xlsxwriter.worksheet.Worksheet,
    plan: Plan,
    shown: Sequence[Column],
    last: int,
) -> None:
    title = book.add_format({"bold": True, "font_size": 13})
    sheet.write_string(0, 0, f"ĐỀ NGHỊ KHEN THƯỞNG theo {plan.name}" + (f": {plan.title}" if plan.title else ""), title)
    sheet.write_string(
        1, 0, "Mỗi dòng một tập thể hoặc cá nhân. Rê chuột lên tiêu đề cột để đọc nguyên văn điều khoản."
    )
    sheet.set_row(KEY_ROW - 1, None, None, {"hidden": True})
    sheet.set_row(KEY_ROW, 78)
    for index, column in enumerate(shown):
        head = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "border": 1,
                "valign": "vcenter",
                "font_size": 10,
                "bg_color": _shade(column),
            }
        )
        sheet.write_string(KEY_ROW - 1, index, column.key)
        sheet.write_string(KEY_ROW, index, column.header, head)
        if column.note:
            sheet.write_comment(KEY_ROW, index, column.note, {"x_scale": 3, "y_scale": 2.5, "author": "thidua"})
        sheet.set_column(index, index, 28 if column.sort in {"text", "evidence", "award"} else 17, _cell(book, column))
        if column.choices:
            name = xl_col_to_name(index)
            lists.write_column(0, index, column.choices)
            source = f"='{LISTS}'!${name}$1:${name}${len(column.choices)}"
            # A warning, not a stop: what does not fit is better written down and reported than left out.
            sheet.data_validation(
                FIRST_ROW - 1, index, last, index, {"validate": "list", "source": source, "error_type": "warning"}
            )
    sheet.freeze_panes(KEY_ROW + 1, 1)


def _shade(column: Column) -> str:
    if isinstance(column.part, PlanCriterion):
        return "#FBE3D6" if column.part.polarity == "bar" else "#E2F0D9"
    return "#DDEBF7" if isinstance(column.part, PlanComponent) else "#F2F2F2"


def _cell(book: xlsxwriter.Workbook, column: Column) -> xlsxwriter.format.Format:
    formats = {"date": "dd/mm/yyyy", "year": "0", "number": "0.##"}
    return book.add_format({"text_wrap": True, "valign": "top", "num_format": formats.get(column.sort, "General")})


def _fill(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, shown: Sequence[Column], rows: Sequence[Row]
) -> None:
    formats = {column.key: _cell(book, column) for column in shown}
    for offset, row in enumerate(rows):
        for index, column in enumerate(shown):
            value = row.get(column.key)
            if value is None:
                continue
            place = (FIRST_ROW - 1 + offset, index)
            if isinstance(value, date):
                sheet.write_datetime(*place, datetime(value.year, value.month, value.day), formats[column.key])
            elif isinstance(value, bool | int | float):
                sheet.write(*place, value, formats[column.key])
            else:
                sheet.write_string(*place, str(value), formats[column.key])


def _explain(book: xlsxwriter.Workbook, plan: Plan, shown: Sequence[Column]) -> None:
    sheet = book.add_worksheet(EXPLAINED)
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for index, (name, width) in enumerate(
        (("Cột", 8), ("Tiêu đề", 40), ("Điều khoản, cách ghi", 80), ("Được ghi", 40), ("Khi chưa đạt", 50))
    ):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, head)
    for n, column in enumerate(shown, start=1):
        values = (xl_col_to_name(n - 1), column.header, column.note, "; ".join(column.choices), _remedy(column))
        for index, value in enumerate(values):
            sheet.write_string(n, index, value, wrap)
    end = len(shown) + 2
    delegated = [("Thành phần hồ sơ theo văn bản khác", c.text) for c in plan.components if c.rule == "delegated"]
    for title, words in (*delegated, *(("Số lượng", quota.text) for quota in plan.quotas)):
        sheet.write_string(end, 1, title, wrap)
        sheet.write_string(end, 2, " ".join(words.split()), wrap)
        end += 1


def _remedy(column: Column) -> str:
    part = column.part
    if isinstance(part, PlanCriterion) and column.sort != "evidence":
        if part.polarity == "bar":
            return "Không đưa vào danh sách đề nghị khi còn rơi vào trường hợp loại trừ."
        return "Bổ sung kết quả được cấp có thẩm quyền xác định, hoặc không đưa vào danh sách đề nghị."
    if isinstance(part, PlanComponent):
        return "Bổ sung giấy tờ còn thiếu hoặc làm lại theo đúng mẫu trước hạn nộp."
    return ""
