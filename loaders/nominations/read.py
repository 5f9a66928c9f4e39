"""Nomination files in (XLSX, CSV, Turtle): whose plan they are for, and their filled rows with the place of every cell.

Nominations hold personal data: everything happens in memory, and no message of an error repeats a cell.

    FormError                    a nomination file we cannot check
    ├── UnreadableForm           form-unreadable
    ├── NotOurForm               form-not-ours
    ├── OtherVersion             form-other-version
    ├── OtherPlan                form-other-plan
    ├── UnknownColumns           form-unknown-columns
    ├── EmptyForm                form-empty
    ├── FormTooLarge             form-too-large
    └── NoForm                   form-none
"""

import csv
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError

import pyoxigraph as ox
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from loaders.errors import ThiduaError
from loaders.nominations.cells import Cell
from loaders.nominations.columns import VERSION, clip, columns
from loaders.nominations.form import CSV_MARK, HIDDEN, SHEET
from loaders.nominations.plan import Plan
from ontology import BASE, TD

FORMATS = ("xlsx", "csv", "ttl")
MAX_ROWS = 2000
_MAX_BYTES = 20_000_000
_MAX_UNPACKED = 60_000_000
_DCTERMS = "http://purl.org/dc/terms/"


# The IRI of a document, as loaders.names makes them.
_PLAN = re.compile(re.escape(f"{BASE}id/doc/") + r"[A-Za-z0-9._~%/+()'*@:,-]{1,500}")


def _in_line(words: str) -> str:
    """What a file says of itself, short enough for one line of a message."""
    return clip(" ".join(words.split()), 40)


class FormError(ThiduaError):
    """A nomination file that cannot be checked."""

    code = "form-error"


class UnreadableForm(FormError):
    """The file is none of the formats a form comes in, or is damaged."""

    code = "form-unreadable"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: không mở được (nhận biểu mẫu .xlsx, .csv UTF-8 hoặc .ttl); hãy lưu lại từ biểu mẫu gốc",
            f"{name}: cannot be opened (a form is .xlsx, .csv in UTF-8 or .ttl); save it again from the original form",
        )


class NotOurForm(FormError):
    """A good file, but not one `thidua template` made."""

    code = "form-not-ours"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: không phải biểu mẫu đề nghị do “thidua template” tạo; hãy tạo biểu mẫu của kế hoạch rồi điền",
            f"{name}: not a nomination form made by `thidua template`; make the plan's form and fill it in",
        )


class OtherVersion(FormError):
    """A form made by another version of the program."""

    code = "form-other-version"

    def __init__(self, name: str, version: str) -> None:
        version = _in_line(version)
        super().__init__(
            f"{name}: biểu mẫu phiên bản {version}, chương trình đọc bản {VERSION}; hãy tạo lại bằng “thidua template”",
            f"{name}: a form of version {version}, this program reads {VERSION}; make it again with `thidua template`",
        )


class OtherPlan(FormError):
    """A form for another plan than the one asked about."""

    code = "form-other-plan"

    def __init__(self, name: str, form_plan: str, plan: str) -> None:
        super().__init__(
            f"{name}: biểu mẫu này của kế hoạch {form_plan}, không phải của {plan}",
            f"{name}: this form is for the plan {form_plan}, not for {plan}",
        )


class UnknownColumns(FormError):
    """The form has columns the plan no longer gives: the plan was read anew since the form was made."""

    code = "form-unknown-columns"

    def __init__(self, name: str, keys: Sequence[str]) -> None:
        some = ", ".join(map(_in_line, keys[:3]))
        super().__init__(
            f"{name}: biểu mẫu có cột kế hoạch không có ({some}); hãy tạo lại bằng “thidua template”",
            f"{name}: the form has columns the plan does not give ({some}); make it again with `thidua template`",
        )


class EmptyForm(FormError):
    """A form without one filled row."""

    code = "form-empty"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: biểu mẫu chưa có dòng đề nghị nào", f"{name}: the form has no nomination filled in yet"
        )


class FormTooLarge(FormError):
    """More than a form can sensibly hold."""

    code = "form-too-large"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: tệp quá lớn (tối đa {MAX_ROWS} dòng đề nghị); hãy tách thành nhiều biểu mẫu",
            f"{name}: the file is too large (at most {MAX_ROWS} nominations); split it into several forms",
        )


class NoForm(FormError):
    """A document that launches no movement, or sets no criterion: nobody can be nominated under it."""

    code = "form-none"

    def __init__(self, document: str, *, launches: bool = False) -> None:
        if launches:
            super().__init__(
                f"{document}: văn bản này không đặt tiêu chí khen thưởng nào nên không có biểu mẫu đề nghị; "
                "hãy nêu kế hoạch đặt tiêu chí",
                f"{document}: this document sets no criterion, so there is no nomination form for it; "
                "name the plan that sets them",
            )
            return
        super().__init__(
            f"{document}: văn bản này không phát động phong trào thi đua nên không có biểu mẫu đề nghị",
            f"{document}: this document launches no movement, so there is no nomination form for it",
        )


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """One nominee's row; `number` is the row as the spreadsheet counts it (in Turtle: the n-th nomination)."""

    number: int
    cells: Mapping[str, Cell]

    def cell(self, key: str) -> Cell:
        return self.cells.get(key, Cell())


@dataclass(frozen=True, kw_only=True)
class Form:
    """A filled form: for which plan, with which columns, and its rows that are not blank."""

    name: str
    format: str
    plan: str
    keys: tuple[str, ...]
    rows: tuple[FormRow, ...]

    def fit(self, plan: Plan) -> None:
        """Raises when this form is not for the plan as it is read today."""
        if self.plan != plan.iri:
            raise OtherPlan(self.name, self.plan, plan.iri)
        known = {column.key for column in columns(plan)}
        unknown = [key for key in self.keys if key not in known]
        if unknown:
            raise UnknownColumns(self.name, unknown)


def read_form(data: bytes, name: str) -> Form:
    """The form in a file's bytes; the format is told from the bytes and the name. Raises a FormError."""
    if len(data) > _MAX_BYTES:
        raise FormTooLarge(name)
    if data[:2] == b"PK":
        form = _read_xlsx(data, name)
    elif name.lower().endswith((".ttl", ".nt")):
        form = _read_turtle(data, name)
    elif name.lower().endswith((".csv", ".tsv", ".txt")):
        form = _read_csv(data, name)
    else:
        raise UnreadableForm(name)
    if not _PLAN.fullmatch(form.plan):  # before anything asks a store for it, or repeats it in a message
        raise NotOurForm(name)
    if len(form.rows) > MAX_ROWS:
        raise FormTooLarge(name)
    if not form.rows:
        raise EmptyForm(name)
    return form


def _read_xlsx(data: bytes, name: str) -> Form:
    facts, lines = _workbook(data, name)
    if not lines or facts is None:
        raise NotOurForm(name)
    _fits_version(facts.get("plan"), facts.get("version"), name)
    keys: dict[str, str] = {}  # column letter → key
    rows: list[FormRow] = []
    first = 0
    for number, line in lines:
        if not keys:
            if "nominee" in (cell.value for cell in line):
                keys = {cell.column: cell.stated for cell in line}
                first = number + 2  # the headers people read stand between
        elif number >= first:
            cells = {keys[cell.column]: cell for cell in line if cell.column in keys}
            blank = {key: Cell(column=column) for column, key in keys.items()}
            if any(cell.stated for cell in cells.values()):
                rows.append(FormRow(number=number, cells={**blank, **cells}))
    if not keys:
        raise NotOurForm(name)
    return Form(name=name, format="xlsx", plan=facts["plan"], keys=tuple(keys.values()), rows=tuple(rows))


_Lines = list[tuple[int, list[Cell]]]


def _workbook(data: bytes, name: str) -> tuple[dict[str, str] | None, _Lines]:
    """The facts of the hidden sheet (None: no form of ours) and the lines that hold anything, with their numbers."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _MAX_UNPACKED:
                raise FormTooLarge(name)
        with warnings.catch_warnings():  # openpyxl warns of what it drops (data validations, impossible serial dates)
            warnings.simplefilter("ignore")
            values = load_workbook(BytesIO(data), read_only=True, data_only=True)
            formulas = load_workbook(BytesIO(data), read_only=True, data_only=False)
            try:
                if SHEET not in values.sheetnames or HIDDEN not in values.sheetnames:
                    return None, []
                facts = {str(row[0]): str(row[1]) for row in values[HIDDEN].iter_rows(values_only=True) if len(row) > 1}
                return facts, list(_lines(formulas[SHEET], values[SHEET], name))
            finally:
                values.close()
                formulas.close()
    except _DAMAGED as error:
        raise UnreadableForm(name) from error


# What openpyxl lets out on a damaged file.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def _lines(formulas: Any, values: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    formulas.reset_dimensions()  # a sheet may misstate its size
    values.reset_dimensions()
    count = 0
    for number, (written, results) in enumerate(zip_longest(formulas.iter_rows(), values.iter_rows(), fillvalue=()), 1):
        pairs = zip_longest(written, results)
        line = [_xlsx_cell(cell, result, n) for n, (cell, result) in enumerate(pairs) if cell is not None]
        line = [cell for cell in line if cell.stated]
        if line:
            count += 1
            yield number, line
        if count > MAX_ROWS + 10:
            raise FormTooLarge(name)


def _xlsx_cell(cell: object, result: object, index: int) -> Cell:
    column = get_column_letter(index + 1)
    written, value = getattr(cell, "value", None), getattr(result, "value", None)
    percent = "%" in (getattr(cell, "number_format", None) or "")
    is_formula = getattr(cell, "data_type", "") == "f"
    if is_formula and (value is None or getattr(result, "data_type", "") == "e"):
        return Cell(value=str(value or written), column=column, problem="formula")
    if getattr(result, "data_type", "") == "e":
        return Cell(value=str(value), column=column, problem="formula")
    return Cell(value=value, column=column, percent=percent)


def _fits_version(plan: str | None, version: str | None, name: str) -> None:
    if not plan:
        raise NotOurForm(name)
    if version != VERSION:
        raise OtherVersion(name, version or "?")


def _read_csv(data: bytes, name: str) -> Form:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableForm(name) from error
    if not text.lstrip('"').startswith(CSV_MARK):
        raise NotOurForm(name)
    after = text.lstrip('"')[len(CSV_MARK) :].lstrip('"')[:1]
    delimiter = after if after in (",", ";", "\t") else ","  # a Vietnamese Excel saves CSV with semicolons
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableForm(name) from error
    mark, keys = lines[0], lines[1] if len(lines) > 1 else []
    _fits_version(mark[1].strip() if len(mark) > 1 else None, mark[2].strip() if len(mark) > 2 else None, name)
    if "nominee" not in keys:
        raise NotOurForm(name)
    rows = []
    for number, line in enumerate(lines[3:], start=4):
        cells = {
            key: Cell(value=value, column=get_column_letter(n + 1))
            for n, (key, value) in enumerate(zip(keys, line, strict=False))
            if key
        }
        if any(cell.stated for cell in cells.values()):
            rows.append(FormRow(number=number, cells=cells))
    return Form(name=name, format="csv", plan=mark[1].strip(), keys=tuple(k for k in keys if k), rows=tuple(rows))


_FACTS = {
    str(TD.nomineeName): "nominee",
    str(TD.recipientKind): "kind",
    str(TD.forAward): "award",
    f"{_DCTERMS}dateSubmitted": "submitted",
    str(TD.awardYear): "year",
    str(TD.underDeadline): "deadline",
}
_STATED = {str(TD.stated): "", str(TD.evidenceText): ".evidence", str(TD.present): "", str(TD.formStated): ".form"}


def _read_turtle(data: bytes, name: str) -> Form:
    try:  # not through rdflib: it logs the lexical form of a date it cannot parse
        triples = list(ox.parse(data, format=ox.RdfFormat.TURTLE, base_iri="urn:thidua:form"))
    except (SyntaxError, ValueError) as error:
        raise UnreadableForm(name) from error
    about: dict[str, list[tuple[str, str]]] = {}
    for triple in triples:
        about.setdefault(_said(triple.subject), []).append((triple.predicate.value, _said(triple.object)))
    nominations = sorted(s for s, said in about.items() if any(p == str(TD.underPlan) for p, _ in said))
    if not nominations:
        raise NotOurForm(name)
    plans = {o for s in nominations for p, o in about[s] if p == str(TD.underPlan)}
    if not all(map(_PLAN.fullmatch, plans)):
        raise NotOurForm(name)
    if len(plans) > 1:
        raise OtherPlan(name, min(plans), max(plans))
    plan = plans.pop()
    rows = [FormRow(number=n, cells=dict(_turtle_cells(about, s, plan))) for n, s in enumerate(nominations, 1)]
    rows = [row for row in rows if any(cell.stated for cell in row.cells.values())]
    keys = tuple(sorted({key for row in rows for key in row.cells}))
    return Form(name=name, format="ttl", plan=plan, keys=keys, rows=tuple(rows))


def _said(term: object) -> str:
    if isinstance(term, ox.Literal):
        return {"true": "Có", "false": "Không"}.get(term.value, term.value)
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)


def _turtle_cells(about: Mapping[str, list[tuple[str, str]]], subject: str, plan: str) -> Iterator[tuple[str, Cell]]:
    kinds = {"collective": "Tập thể", "individual": "Cá nhân"}
    for predicate, value in about[subject]:
        if predicate in _FACTS:
            yield _FACTS[predicate], Cell(value=kinds.get(value.rpartition("/")[2], value))
        elif predicate in (str(TD.hasAssessment), str(TD.hasComponent)):
            said = about.get(value, [])
            part = next((o for p, o in said if p in (str(TD.assessesCriterion), str(TD.ofComponent))), None)
            key = part.removeprefix(f"{plan}#") if part else None
            for inner, stated in said:
                if key and inner in _STATED:
                    yield f"{key}{_STATED[inner]}", Cell(value=stated)
