"""What the campaign asks for: each thing with its reform areas, what must be reached, and by when."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from loaders.findings import Content
from loaders.lexicon import lexicon
from loaders.phrases import pattern, reading
from loaders.plan.boundaries import find_bounds
from loaders.plan.clauses import Clause, balanced, clauses, kind_above, tidy
from loaders.plan.tables import Table, find_tables
from loaders.plan.thresholds import find_threshold, find_thresholds
from loaders.plan.wholewords import says
from loaders.structure.outline import Section
from loaders.text import Text, fold
from loaders.vocabulary import scheme

_ANNOUNCES = pattern(r"(?:gồm|bao gồm|cụ thể|như sau|sau đây|tập trung|các nội dung|nội dung)[^.]{0,80}$")
_SCORED = pattern(r"\d ?điểm\b|\bđiểm (?:trừ|thưởng|cộng)\b|\bthang điểm\b")
_WITHIN_IT = pattern(r"[,;]\s*(?=trong (?:đó|do)\b)")


def find_contents(text: Text, root: Section) -> tuple[Content, ...]:
    """Everything the campaign asks for, in page order.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. NỘI DUNG THI ĐUA\\n- 100% hồ sơ thủ tục hành chính được giải quyết đúng hạn.")
    >>> [(c.areas, c.threshold.value) for c in find_contents(t, outline(t))]
    [(('thu-tuc-hanh-chinh',), 100)]
    """
    found: list[Content] = []
    for clause in clauses(text, root, "contents"):
        if "contents" not in clause.section.roles[:2] or _only_announces(text, clause):
            continue
        if "criteria" in clause.section.roles and _SCORED.search(reading(text).between(clause.start, clause.end)):
            continue  # "Xuất sắc: từ 90 điểm trở lên" under "NỘI DUNG, TIÊU CHÍ VÀ THANG ĐIỂM"
        for start, end in _parts(text, clause):
            a, b = tidy(text, start, end)
            if b - a >= 10:
                found.append(_content(text, clause, a, b))
    found += (one for table in find_tables(text, root) for one in _in_table(text, table))
    return balanced(text, sorted(found, key=lambda one: (one.start, one.end)))


_ASKED = (
    r"\bnoi dung thi dua|noi dung phong trao|chi tieu thi dua",
    r"\bnoi dung|chi tieu|nhiem vu|muc tieu|cong viec",
)
_TIMES = (r"\b(?:thoi han|thoi gian|tien do|hoan thanh|thoi diem)\b",)
_SCORES = (r"\bdiem\b",)


def _in_table(text: Text, table: Table) -> Iterator[Content]:
    """The rows of a table of aims: "| 1 | Số hóa 100% hồ sơ | Văn phòng | 30/6/2026 |" under "NỘI DUNG THI ĐUA"."""
    inside = "contents" in table.roles[:2] and "criteria" not in table.roles
    column = table.column(*(_ASKED if inside else _ASKED[:1]))
    if column is None or table.column(*_SCORES) is not None or _NO_AIMS & set(table.roles):
        return
    time = table.column(*_TIMES)
    kind = kind_above(text, (*table.above, table.section))
    for row in table.rows:
        cell = row[column] if column < len(row) else None
        if cell is None or len(cell.text) < 10:
            continue
        label = row[0].text.strip(". ") if column and row[0].text.strip(". ").isdigit() else ""
        clause = Clause(table.section, table.above, cell.start, cell.end, kind)
        found = _content(text, clause, cell.start, cell.end)
        due = find_bounds(text, row[time].start, row[time].end) if time is not None and time < len(row) else []
        name = ".".join(part for part in (table.section.label, label) if part)
        yield replace(
            found, label=name or None, due=found.due or next((b.date for b in due if b.boundary != "from"), None)
        )


_NO_AIMS = frozenset({"criteria", "quota", "recipients", "appendix", "dossier", "awards"})


def _only_announces(text: Text, clause: Clause) -> bool:
    """Words that only open a list: "Gồm 5 nội dung, cụ thể:"."""
    words = reading(text).between(clause.start, clause.end).strip()
    if not words.endswith(":") and not (clause.intro and clause.section.title):
        return False
    return not clause.intro or bool(_ANNOUNCES.search(words.rstrip(" :"))) or len(words) <= 90


def _parts(text: Text, clause: Clause) -> list[tuple[int, int]]:
    """A clause, or two where its second half ("trong đó hết Quý III …") has a share and a date of its own."""
    words = reading(text)
    turn = words.search(_WITHIN_IT, clause.start, clause.end)
    if turn and clause.section.style != "paren" and not clause.intro:
        halves = [(clause.start, turn.start), (turn.end, clause.end)]
        if all(find_bounds(text, *half) and find_thresholds(text, *half, "merit") for half in halves):
            return halves
    return [(clause.start, clause.end)]


def _content(text: Text, clause: Clause, start: int, end: int) -> Content:
    bounds = [b for b in find_bounds(text, start, end) if b.boundary != "from" and b.date]
    return Content(
        label=clause.label,
        kind=clause.kind,
        areas=areas(reading(text).between(start, end)),
        threshold=find_threshold(text, start, end, kind=clause.kind),
        due=bounds[0].date if bounds else None,
        text=text.raw[start:end],
        start=start,
        end=end,
    )


@cache
def _wordings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The areas with the words that tell them, without those that contain others."""
    found = []
    for slug, concept in scheme("reform-area").items():
        words = {*map(fold, concept.labels), *map(fold, lexicon("areas").get(slug, ()))}
        found.append((slug, tuple(sorted(word for word in words if not says(word, tuple(words - {word}))))))
    return tuple(found)


def areas(words: str) -> tuple[str, ...]:
    """The reform areas that words without marks speak of, in the order of the master programme.

    >>> areas("so hoa ho so thu tuc hanh chinh")
    ('thu-tuc-hanh-chinh', 'chinh-quyen-dien-tu')
    """
    return tuple(slug for slug, told in _wordings() if says(words, told))
