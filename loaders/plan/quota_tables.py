"""Numbers of places allotted in a table: a row for each unit or award, a column for collectives and for individuals."""

from collections.abc import Iterator

from loaders.findings import Quota
from loaders.phrases import pattern
from loaders.plan.awards import award_named, award_told
from loaders.plan.tables import Cell, Table
from loaders.text import Text

_COLLECTIVE = pattern(r"\b(?:tập thể|đơn vị|cờ)\b")
_INDIVIDUAL = pattern(r"\bcá nhân\b")
_NUMBER = pattern(r"(?:tối đa |không quá )?(?P<count>\d{1,3})(?: (?:giải|tập thể|cá nhân|suất|cờ|bằng|giấy)[a-z ]*)?$")
_COUNTS = pattern(r"số lượng|chỉ tiêu|số giải|số tập thể|số cá nhân|^tập thể$|^cá nhân$|giấy khen|bằng khen|cờ thi đua")
_TOTAL = pattern(r"(?:tổng|cộng)\b")
_POINTS = pattern(r"\b(?:điểm|tiền|đồng|mức thưởng|trị giá)\b")


def quotas_in(text: Text, table: Table) -> Iterator[Quota]:
    """The numbers of a table under a heading on quotas or awards; a row of totals adds nothing.

    >>> from loaders.structure.outline import outline
    >>> from loaders.plan.tables import find_tables
    >>> t = Text.of("I. SỐ LƯỢNG GIẤY KHEN\\n| Đơn vị | Tập thể | Cá nhân |\\n|---|---|---|\\n| Khối xã | 4 | 8 |")
    >>> [(q.kind, q.count, q.base) for table in find_tables(t, outline(t)) for q in quotas_in(t, table)]
    [('collective', 4, 'Khối xã'), ('individual', 8, 'Khối xã')]
    """
    if not {"quota", "awards"} & set(table.roles) or not table.head:
        return
    heads = [cell.words for cell in table.head]
    if any(_POINTS.search(head) and "so luong" not in head for head in heads) and not any(map(_COUNTS.search, heads)):
        return
    columns = [n for n, head in enumerate(heads) if _COUNTS.search(head) and not _POINTS.search(head)]
    award = next((a for s in (table.section, *reversed(table.above)) if (a := award_named(text, s))), None)
    for row in table.rows:
        name = _name(row, columns)
        if name and _TOTAL.match(name.words):
            continue
        for column in columns:
            cell = row[column] if column < len(row) else None
            number = _NUMBER.match(cell.words) if cell else None
            if cell is None or number is None or int(number["count"]) == 0:
                continue
            said = f"{heads[column]} {name.words if name else ''}"
            yield Quota(
                kind=_kind(cell.words) or _kind(heads[column]) or _kind(said),
                count=int(number["count"]),
                base=" ".join(name.text.split()) if name else None,
                unit=_unit(heads[column]),
                rule="max" if pattern(r"tối đa|không quá").search(f"{heads[column]} {cell.words}") else "exact",
                award=(award_told(text, name.start, name.end) if name else None) or award,
                text=cell.text,
                start=cell.start,
                end=cell.end,
            )


def _name(row: tuple[Cell, ...], columns: list[int]) -> Cell | None:
    """The cell that says whose the numbers of a row are."""
    return next((c for n, c in enumerate(row) if n not in columns and any(map(str.isalpha, c.text))), None)


def _kind(words: str) -> str | None:
    if _COLLECTIVE.search(words):
        return None if _INDIVIDUAL.search(words) else "collective"
    return "individual" if _INDIVIDUAL.search(words) else None


def _unit(head: str) -> str | None:
    kind = _kind(head)
    return {"collective": "tập thể", "individual": "cá nhân"}.get(kind) if kind else None
