"""What one cell of a nomination form states. A cell not understood gives a problem, never an exception or a guess."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loaders.text import fold

# code → what is wrong, in Vietnamese and English; {stated} is what the cell holds
PROBLEMS = {
    "formula": (
        "ô có công thức chưa tính ra kết quả ({stated})",
        "the cell's formula has no computed result ({stated})",
    ),
    "not-a-date": (
        "“{stated}” không phải là một ngày (ghi ngày/tháng/năm)",
        "“{stated}” is not a date (day/month/year)",
    ),
    "impossible-date": ("“{stated}” là ngày không có trong lịch", "“{stated}” is a day no calendar has"),
    "no-year": ("“{stated}” là ngày không ghi năm", "“{stated}” is a date without a year"),
    "not-a-year": ("“{stated}” không phải là một năm", "“{stated}” is not a year"),
    "not-a-number": ("“{stated}” không phải là một số", "“{stated}” is not a number"),
    "level-for-number": (
        "nêu xếp loại “{stated}”, trong khi kế hoạch đòi một con số",
        "a class (“{stated}”) is stated where the plan asks for a number",
    ),
    "ambiguous-percent": (
        "“{stated}” có thể là {stated} % hoặc gấp 100 lần; ghi 92,5 hay 92,5% cho chín mươi hai phẩy năm phần trăm",
        "“{stated}” may be {stated} % or a hundred times that; write 92,5 or 92,5% for ninety-two and a half per cent",
    ),
    "over-hundred": ("“{stated}” quá 100 %", "“{stated}” is more than 100 %"),
    "negative": ("“{stated}” là số âm", "“{stated}” is negative"),
    "number-for-level": (
        "nêu con số “{stated}”, trong khi kế hoạch đòi một mức xếp loại",
        "a number (“{stated}”) is stated where the plan asks for a level",
    ),
    "unknown-level": ("“{stated}” không phải một mức trong danh mục", "“{stated}” is not a level of the list"),
    "unknown-word": ("“{stated}” không rõ là có hay không", "“{stated}” says neither yes nor no"),
    "unknown-kind": ("“{stated}” không phải tập thể hay cá nhân", "“{stated}” is neither collective nor individual"),
    "unknown-award": (
        "“{stated}” không phải hình thức kế hoạch nêu",
        "“{stated}” is not a form of reward the plan names",
    ),
    "unknown-deadline": ("“{stated}” không phải mốc kế hoạch nêu", "“{stated}” is not a deadline the plan names"),
    "unknown-form": (
        "“{stated}” không nêu rõ số mẫu (ví dụ: Mẫu số 08 NĐ 98/2023)",
        "“{stated}” does not name a form number (such as: Mẫu số 08 NĐ 98/2023)",
    ),
    "unknown-form-of": (
        "“{stated}” không nêu rõ mẫu của văn bản nào (ví dụ: Mẫu số 08 NĐ 98/2023)",
        "“{stated}” does not say of which instrument the form is (such as: Mẫu số 08 NĐ 98/2023)",
    ),
}

_YES = {"co", "dat", "da dat", "x", "yes", "y", "true", "dung", "✓", "✔", "v", "co dat", "da co"}
_NO = {"khong", "khong dat", "chua dat", "chua", "khong co", "no", "n", "false", "sai", "chua co", "khong vi pham", "0"}
_BARRED = {"co", "co roi vao", "roi vao", "vi pham", "co vi pham", "bi loai", "khong dat", "yes", "true"}
_CLEAR = {"khong", "khong roi vao", "khong vi pham", "khong co", "khong bi", "chua", "dat", "no", "false"}
_NONE = {"khong", "khong co", "khong bi ky luat", "khong vi pham", "chua bi ky luat", "khong ai"}
_FORM = re.compile(r"\bmau(?: bieu)?\s*(?:so\s*)?0*(?P<number>\d+(?:\.\d{1,2})?(?:[a-z](?![a-z]))?)(?!\d|\s*/\s*\d)")
_TYPES = {
    "nghi dinh": "nd",
    "quyet dinh": "qd",
    "thong tu": "tt",
    "huong dan": "hd",
    "ke hoach": "kh",
    "nghi quyet": "nq",
}
_FORM_OF = re.compile(
    rf"(?:\b(?P<type>{'|'.join([*_TYPES, *_TYPES.values()])})\s*(?:so\s*)?:?\s*)?(?<![\d/.])0*(?P<number>\d+)(?![\d.])"
    r"(?:\s*/\s*(?P<year>\d{4})(?!\d))?(?:\s*/\s*(?P<suffix>[a-z]{1,4}(?:-[a-z]+)*)\b)?"
)
_EXCEPTED = {"khong ap dung", "n/a", "khong thuoc doi tuong ap dung"}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell as the file holds it: `column` is its letter, `percent` says Excel shows it as a percentage."""

    value: object = None
    column: str = ""
    percent: bool = False
    problem: str | None = None

    @property
    def stated(self) -> str:
        """The cell in words, as a person would see it; empty when it is blank."""
        value = self.value
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, datetime | date):
            return value.strftime("%d/%m/%Y") if value.year >= 1000 else value.isoformat()
        if isinstance(value, float | int):
            shown = f"{value * 100:.10g}%" if self.percent else f"{value:.15g}"
            return shown.replace(".", ",")
        return _clean(value)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a cell was understood to say; at most one of the values is set."""

    stated: str = ""
    number: float | None = None
    index: int | None = None
    yes: bool | None = None
    none: bool = False
    date: str | None = None
    excepted: bool = False
    problem: str | None = None

    @property
    def blank(self) -> bool:
        return not self.stated and self.problem is None


def read_date(cell: Cell) -> Reading:
    """
    >>> read_date(Cell(value="30/02/2024")).problem, read_date(Cell(value="9/1/2025")).date
    ('impossible-date', '2025-01-09')
    """
    stated, value = cell.stated, cell.value
    if early := _early(cell):
        return early
    if isinstance(value, datetime):
        return Reading(stated=stated, date=value.date().isoformat())
    if isinstance(value, date):
        return Reading(stated=stated, date=value.isoformat())
    folded = fold(stated)
    match = (
        re.fullmatch(r"(?:ngay )?(\d{1,2})\s*(?:[/.\-]| thang )\s*(\d{1,2})\s*(?:[/.\-]| nam )\s*(\d{4})", folded)
        or re.fullmatch(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[t ][0-9:.]+z?)?", folded)
    )  # fmt: skip
    if match is None:
        yearless = re.fullmatch(r"(?:ngay )?\d{1,2}\s*(?:[/.\-]| thang )\s*\d{1,2}", folded)
        return Reading(stated=stated, problem="no-year" if yearless else "not-a-date")
    named = match.groupdict()
    day, month, year = (named["d"], named["m"], named["y"]) if named else match.groups()
    try:
        return Reading(stated=stated, date=date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return Reading(stated=stated, problem="impossible-date")


def read_year(cell: Cell) -> Reading:
    """A year between 1945 and 2100."""
    if early := _early(cell):
        return early
    match = re.fullmatch(r"(?:nam )?(\d{4})", fold(cell.stated))
    year = int(match.group(1)) if match and not isinstance(cell.value, bool) else 0
    if not 1945 <= year <= 2100:
        return Reading(stated=cell.stated, problem="not-a-year")
    return Reading(stated=cell.stated, index=year)


def read_number(cell: Cell, *, percent: bool, signed: bool, whole: bool = False) -> Reading:
    """A number; `whole` says that it is a share of a whole, which can be no more than all of it.

    >>> read_number(Cell(value="92,5 %"), percent=True, signed=False).number
    92.5
    >>> read_number(Cell(value=0.9), percent=True, signed=False).problem
    'ambiguous-percent'
    >>> read_number(Cell(value=0.9, percent=True), percent=True, signed=False).number
    90.0
    """
    stated, value = cell.stated, cell.value
    if early := _early(cell):
        return early
    if fold(stated) in _EXCEPTED:
        return Reading(stated=stated, excepted=True)
    said_percent = cell.percent
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount: float | None = float(value) * (100 if cell.percent else 1)
    elif isinstance(value, bool | date | datetime | time | timedelta):
        amount = None
    else:
        said_percent = stated.endswith("%") or "phan tram" in fold(stated)
        amount = _parse_number(stated)
    if amount is None or amount != amount or abs(amount) > 1e12:
        word = isinstance(value, str) and not any(c.isdigit() for c in stated)
        return Reading(stated=stated, problem="level-for-number" if word else "not-a-number")
    if percent and not said_percent and 0 < amount <= 1:
        return Reading(stated=stated, problem="ambiguous-percent")
    if whole and amount > 100:  # "9250": a comma was lost
        return Reading(stated=stated, problem="over-hundred")
    if amount < 0 and not signed:
        return Reading(stated=stated, problem="negative")
    return Reading(stated=stated, number=round(amount, 6))


def _parse_number(words: str) -> float | None:
    match = re.fullmatch(r"(?:hang |thu )?([+-]?[\d.,]*\d)\s*(?:%|diem|phan tram)?", fold(words).strip())
    if match is None:
        return None
    digits = match.group(1)
    if "," in digits and "." in digits:  # "1.234,5" and "1,234.5": the last sign is the decimal one
        thousands = "." if digits.rfind(",") > digits.rfind(".") else ","
        digits = digits.replace(thousands, "")
    digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:  # "1.2.3"
        return None


def read_level(cell: Cell, levels: Sequence[tuple[str, int]], *, bar: bool) -> Reading:
    """The rank of a level among `levels` (label and rank, every label a level has)."""
    stated = cell.stated
    if early := _early(cell):
        return early
    folded = fold(stated).strip(" .\"“”'")
    if folded in _EXCEPTED:
        return Reading(stated=stated, excepted=True)
    if bar and (folded in _NONE or cell.value is False):
        return Reading(stated=stated, none=True)
    for label, rank in levels:
        if folded in (fold(label), f"loai {fold(label)}", f"xep loai {fold(label)}", f"bi {fold(label)}"):
            return Reading(stated=stated, index=rank)
    numeric = isinstance(cell.value, int | float) or _parse_number(stated) is not None
    return Reading(stated=stated, problem="number-for-level" if numeric else "unknown-level")


def read_yes(cell: Cell, *, bar: bool = False) -> Reading:
    """Whether it is so. Of a bar, "đạt" says that nothing bars, and a bare cross says nothing.

    >>> read_yes(Cell(value="Chưa đạt")).yes, read_yes(Cell(value=True)).yes, read_yes(Cell(value="hơi hơi")).problem
    (False, True, 'unknown-word')
    >>> read_yes(Cell(value="Có rơi vào"), bar=True).yes, read_yes(Cell(value="Đạt"), bar=True).yes
    (True, False)
    """
    stated = cell.stated
    if early := _early(cell):
        return early
    folded = fold(stated).strip(" .")
    if folded in _EXCEPTED:
        return Reading(stated=stated, excepted=True)
    yes, no = (_BARRED, _CLEAR) if bar else (_YES, _NO)
    if folded in yes:
        return Reading(stated=stated, yes=True)
    if folded in no:
        return Reading(stated=stated, yes=False)
    return Reading(stated=stated, problem="unknown-word")


def read_choice(cell: Cell, choices: Sequence[str], problem: str) -> Reading:
    """Which of the choices a cell names, marks and case aside; one cut short still counts when only one fits."""
    stated = cell.stated
    if early := _early(cell):
        return early
    folded = fold(stated)
    exact = [n for n, choice in enumerate(choices) if fold(choice) == folded]
    found = exact or [n for n, choice in enumerate(choices) if len(folded) >= 8 and fold(choice).startswith(folded)]
    if len(found) != 1:
        return Reading(stated=stated, problem=problem)
    return Reading(stated=stated, index=found[0])


@dataclass(frozen=True, kw_only=True)
class FormOf:
    """The instrument a report form belongs to, as far as it was named: "QĐ 22/2024/QĐ-UBND" names its kind, number,
    year and issuing body; "98/2023" names only two of them."""

    number: str
    year: str | None = None
    type: str | None = None
    issuer: str | None = None

    @property
    def is_decree(self) -> bool:
        """Whether it is a decree of the Government, the one instrument that number and year name alone."""
        return self.type == "nd" and self.year is not None and self.issuer in (None, "cp")

    @property
    def is_clear(self) -> bool:
        """Whether it is said what kind of instrument it is, and of whom or of which year."""
        return self.type is not None and bool(self.year or self.issuer)

    @property
    def key(self) -> str:
        return " ".join(filter(None, (self.number, self.year, self.type, self.issuer)))

    def agrees(self, other: "FormOf") -> bool:
        """Whether both may be one instrument: nothing that both say differs."""
        own, others = (self.year, self.type, self.issuer), (other.year, other.type, other.issuer)
        pairs = zip(own, others, strict=True)
        return self.number == other.number and all(a == b for a, b in pairs if a and b)


def read_form_name(cell: Cell) -> tuple[Reading, str | None, FormOf | None]:
    """A report form's number, and the instrument named with it.

    >>> read_form_name(Cell(value="Mẫu số 07 NĐ 91/2017"))[1:]
    ('7', FormOf(number='91', year='2017', type='nd', issuer=None))
    >>> read_form_name(Cell(value="Mẫu số 1.2 Quyết định số 22/2024/QĐ-UBND"))[1:]
    ('1.2', FormOf(number='22', year='2024', type='qd', issuer='ubnd'))
    """
    if early := _early(cell):
        return early, None, None
    folded = fold(cell.stated)
    form = _FORM.search(folded)
    if form is None:
        return Reading(stated=cell.stated, problem="unknown-form"), None, None
    return (
        Reading(stated=cell.stated),
        form["number"],
        read_form_of(folded[: form.start()] + ";" + folded[form.end() :]),
    )


def read_form_of(words: str) -> FormOf | None:
    """The first instrument that words name by a number.

    >>> read_form_of("91/2017/NĐ-CP") == FormOf(number="91", year="2017", type="nd", issuer="cp")
    True
    >>> read_form_of("Hướng dẫn của Sở Nội vụ")
    """
    for match in _FORM_OF.finditer(fold(words)):
        said, year, suffix = match["type"], match["year"], match["suffix"] or ""
        if said or year or suffix:
            type_, _, issuer = suffix.partition("-")
            kind = type_ or _TYPES.get(said or "", said)
            return FormOf(number=match["number"], year=year, type=kind, issuer=issuer or None)
    return None


def _early(cell: Cell) -> Reading | None:
    """What is the same for every sort of cell: blank, or a formula that gave nothing."""
    if cell.problem:
        return Reading(stated=cell.stated, problem=cell.problem)
    return None if cell.stated else Reading()


def _clean(value: object) -> str:
    """NFC, one space between words, no control characters (RDF and XML know none)."""
    if value is None:
        return ""
    words = unicodedata.normalize("NFC", str(value))
    words = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in words)
    return " ".join(words.split())[:2000]
