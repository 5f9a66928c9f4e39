"""What the graph does not know: documents to collect, verdicts left open, plans not whole, places without a plan.

Each section is the answer to a question of the catalogue, so that a reader can ask it again, narrow it and cite it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from loaders.authorities.units import key, units
from queryapi.catalogue import Words, ask, question
from queryapi.errors import BadParameter
from queryapi.store import Store
from queryapi.store.terms import Rows, Term

# The name of a section, its question and what it says in a line; what its rows count, if they count things.
_SECTIONS: dict[str, tuple[str, Words] | tuple[str, Words, str]] = {
    "can-thu-thap": (
        "most-cited-not-held",
        Words("Văn bản được dẫn mà kho chưa có (cần thu thập)", "Cited documents that are not held (to collect)"),
    ),
    "hieu-luc": (
        "unknown-verdicts",
        Words("Viện dẫn chưa kết luận được hiệu lực", "Citations of unknown force"),
        "citations",
    ),
    "phan-dau": (
        "incomplete-plans",
        Words(
            "Kế hoạch thiếu số, ngày, cơ quan hoặc thời gian", "Plans lacking a number, a date, an issuer or a period"
        ),
    ),
    "so-phap-luat": (
        "unverified-facts",
        Words(
            "Dữ kiện của sổ pháp luật chưa kiểm chứng mà viện dẫn dựa vào",
            "Facts of the register that citations rest on and that are not verified",
        ),
    ),
    "thoi-han": (
        "open-ended-instruments",
        Words("Văn bản được dẫn mà chưa rõ ngày bắt đầu hoặc ngày hết", "Cited instruments of unknown start or end"),
    ),
    "mau-thuan": (
        "conflicting-claims",
        Words("Văn bản nói trái nhau về hiệu lực", "Documents that contradict each other on validity"),
    ),
    "giao-lai": (
        "delegated-to-not-held",
        Words(
            "Số lượng, hồ sơ giao cho văn bản mà kho chưa có", "Quotas and dossiers left to documents that are not held"
        ),
    ),
    "co-quan": (
        "unresolved-issuers",
        Words("Cơ quan ban hành chưa xác định", "Issuers that are not identified"),
        "times",
    ),
    "nghi-van": ("doubts-by-code", Words("Nghi vấn khi đọc, theo loại", "Doubts of the reading, by kind"), "doubts"),
    "dia-gioi": (
        "unit-changes-without-resolution",
        Words("Thay đổi đơn vị hành chính chưa biết theo nghị quyết nào", "Changes of units without a resolution"),
    ),
}
MATRIX = "tinh-nam"
NAMES = (*_SECTIONS, MATRIX)


@dataclass(frozen=True)
class Section:
    """One kind of thing not known: the first rows of it, most important first, how many things and rows there are.

    `question` is the name of its query, `called` the one a Vietnamese reader types.
    """

    name: str
    question: str
    called: str
    title: Words
    columns: tuple[Words, ...]
    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    total: int
    lines: int


@dataclass(frozen=True)
class Province:
    """Plans of a province by year; None for a year in which there was no province of that name."""

    name: str
    counts: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(filter(None, self.counts))


@dataclass(frozen=True)
class Matrix:
    """Provinces by years: every province that existed then, whether or not it has a plan; `unplaced` have no province.

    `undated` are plans without a year, of any province.
    """

    years: tuple[int, ...]
    provinces: tuple[Province, ...]
    unplaced: tuple[int, ...]
    undated: int

    @property
    def without(self) -> tuple[str, ...]:
        """The provinces that have no plan in any of the years."""
        return tuple(province.name for province in self.provinces if not province.total)


@dataclass(frozen=True)
class Coverage:
    """What was asked for."""

    sections: tuple[Section, ...]
    matrix: Matrix | None


def coverage(store: Store, names: Iterable[str] = (), top: int = 20) -> Coverage:
    """The sections of these names, or all, with at most `top` rows each; BadParameter for a name there is not."""
    wanted = list(names) or list(NAMES)
    for name in wanted:
        if name not in NAMES:
            raise _unknown(name)
    sections = tuple(_section(store, name, top) for name in NAMES if name in wanted and name != MATRIX)
    return Coverage(sections, _matrix(store) if MATRIX in wanted else None)


def _unknown(name: str) -> BadParameter:
    import difflib

    near = difflib.get_close_matches(name, NAMES, n=3, cutoff=0.4)
    vi, en = (f"; gần giống: {', '.join(near)}", f"; near: {', '.join(near)}") if near else ("", "")
    among = ", ".join(NAMES)
    return BadParameter("--section", f"không có phần “{name}”{vi}; có: {among}", f"no “{name}”{en}; there are: {among}")


def _section(store: Store, name: str, top: int) -> Section:
    asked, title, *counted = _SECTIONS[name]
    answer = ask(store, asked)
    assert isinstance(answer, Rows)
    said = question(asked)
    columns = tuple(said.columns.values())
    lines = len(answer.rows)
    total = sum(int(str(record[counted[0]])) for record in answer.records()) if counted else lines
    return Section(name, asked, said.called, title, columns, answer.variables, answer.rows[:top], total, lines)


def _matrix(store: Store) -> Matrix:
    answer = ask(store, "plans-per-province-year")
    assert isinstance(answer, Rows)
    counts: Counter[tuple[str, int | None]] = Counter()
    names: dict[str, str] = {}
    for province, year, plans in answer.rows:
        name = key(str(province))
        names.setdefault(name, str(province))
        counts[name, int(str(year)) if str(year) else None] += int(str(plans))
    dated = [year for _, year in counts if year is not None]
    years = tuple(range(min(dated), max(dated) + 1)) if dated else ()
    existed: dict[str, set[int]] = {}
    for unit in units().on(None):
        if unit.level == "tinh":
            lasting = {year for year in years if any(unit.lasts_on(f"{year}-{day}") for day in ("01-01", "12-31"))}
            existed.setdefault(key(unit.name), set()).update(lasting)
            if lasting:
                names[key(unit.name)] = unit.name
    provinces = (
        Province(said, tuple(_cell(counts, existed, name, year) for year in years)) for name, said in names.items()
    )
    return Matrix(
        years=years,
        provinces=tuple(sorted((p for p in provinces if p.name), key=lambda p: (-p.total, key(p.name)))),
        unplaced=tuple(counts["", year] for year in years),
        undated=sum(plans for (_, year), plans in counts.items() if year is None),
    )


def _cell(counts: Counter[tuple[str, int | None]], existed: dict[str, set[int]], name: str, year: int) -> int | None:
    plans = counts[name, year]
    return plans if plans or year in existed.get(name, set()) else None
