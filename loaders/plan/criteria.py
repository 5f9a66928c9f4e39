"""The conditions for an award: one criterion per condition, merits and bars, with the words of each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.findings import Criterion, Doubt
from loaders.phrases import pattern, reading
from loaders.plan.clauses import Clause, balanced, clauses, kind_above, kind_of, tidy, title_words
from loaders.plan.conditions import BAR_AFTER_SUBJECT, split
from loaders.plan.criterion import criterion
from loaders.plan.kind_tables import criteria_by_kind
from loaders.plan.leads import led, refused_at_last
from loaders.plan.movement import movement_year
from loaders.plan.nominees import NOUNS
from loaders.plan.score_tables import criteria_in
from loaders.plan.specks import core, is_rubbish
from loaders.plan.tables import Table, find_tables
from loaders.plan.targets import EXCLUDED, names_only
from loaders.plan.thresholds import find_thresholds
from loaders.plan.told import told
from loaders.structure.outline import Section
from loaders.text import Text, once

if TYPE_CHECKING:
    from loaders.header import Header

_BAR_HEADING = pattern(
    r"\b(?:không|chưa)(?: được)? (?:(?:xem )?xét|khen|đề nghị|bình (?:xét|chọn|bầu)|suy tôn|chọn|công nhận|đưa vào"
    r"|trình|tặng|trao|áp dụng"
    r"|tham gia xét|thuộc (?:diện|một|các))|\bloại trừ\b|\bloại khỏi\b|\bbị loại\b"
)
_ONE_OF = pattern(
    r"\b(?P<few>một|1|01|hai|2|02|ba|3|03|bốn|4|04) trong (?:các|những|số|\d+|hai|ba|bốn|năm)\b"
    r"|(?:ít nhất|tối thiểu|đạt) (?P<least>một|01|1|hai|02|2|ba|03|3)(?: \(\d+\))? (?:trong|tiêu|điều kiện)"
)
_FEW = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
_ANNOUNCES = pattern(
    r",? (?:và |đồng thời )?(?:phải )?(?:đạt|có|bảo đảm|đảm bảo|đáp ứng|hội đủ|đạt được|thỏa mãn)(?: đủ| đầy đủ| được)?"
    r"(?: một trong)?(?: các| những)?(?: \d+)? (?:tiêu chuẩn|tiêu chí|điều kiện|yêu cầu|nội dung)[^.:;]{0,60}:?$"
)
_DEED = pattern(
    r"\b(?:gương mẫu|chấp hành|thực hiện (?:nghiêm|tốt)|hoàn thành|có thành tích|có (?:nhiều|ít"
    r" nhất|tinh thần|phẩm chất)|đạt danh hiệu|được (?:đánh giá|xếp loại)"
    r"|đạt (?:từ|loại|mức)|tích cực|không bị|không vi phạm|tiêu biểu|xuất sắc)\b"
)
_NO_CONDITION = pattern(
    r"(?:do [^.;]{3,80}? (?:quyết định|xem xét|quy định)\b|thang điểm|tổng (?:điểm|cộng"
    r"|số)\b(?![^.;]{0,60}\b(?:đạt|từ|trên|tối thiểu)\b)"
    r"|điểm (?:thưởng|cộng|trừ)\b|căn cứ (?!chức năng)"
    r"|trên cơ sở"
    r"|việc (?:xét|bình|khen)|khi xét|ưu tiên|chú trọng|lưu ý|"
    r"ghi chú|số lượng|mỗi (?:cơ quan|đơn vị)|hội đồng|ban thi đua"
    r"|các tiêu chuẩn|(?:được )?(?:thực hiện |áp dụng )?theo (?:quy định|hướng dẫn|tiêu chuẩn))"
)
_DEDUCTED = pattern(r"[^.;]{3,160}\bbị trừ \d")
_MERIT_WORDS = pattern(r"\b(?:thành tích|hoàn thành|tiêu biểu|xuất sắc|sáng kiến|đạt)\b")


# "không áp dụng đối với người có thời gian công tác dưới 10 tháng": a refusal that names whom it strikes
_REFUSES = pattern(
    r"(?:không|chưa|tạm dừng|loại)(?: được)? (?:(?:xem )?xét|khen|đề nghị|bình (?:xét|chọn|bầu)|suy tôn|chọn|tặng|trao"
    r"|áp dụng|công nhận|khỏi)[^.;:]{0,60}?"
    r"(?:\b(?:đối với|cho|với|các|những|tập thể|cá nhân|trường hợp|tác giả|đơn vị|người|khi|nếu)\b|:)"
)
# Words that only say whom a condition is for: "tặng cho đơn vị dẫn đầu", "Giải Đặc biệt chỉ xét cho sáng kiến đạt"
_DENIES = pattern(r"(?:và )?(?:không|chưa)\b")
_JOINS = pattern(r"(?:và|hoặc|đồng thời|cùng với),? ")
_FOR = pattern(
    r"(?:(?:giải(?: thưởng)? [a-z]+(?: [a-z]+)?|bằng khen|giấy khen|cờ thi đua|danh hiệu)[^.;:,]{0,60}? )?(?:chỉ "
    r"|được )*"
    r"(?:đề nghị |xem |xét |để )*(?:tặng|xét|trao|dành|cấp)(?: thưởng| tặng)? (?:cho|đối với) (?:các |những )?"
    r"(?:[^,;:.]{2,40}? (?=(?:đạt|có (?:tổng|số|kết quả|điểm)|đã được|được (?:hội đồng|công nhận))\b))?"
)
# "UBND huyện đề nghị UBND tỉnh tặng Cờ thi đua": what follows from the conditions, none of them
_FOLLOWS = pattern(
    r"(?:(?:thì )?(?:được|sẽ được) )?(?:ubnd|ủy ban nhân dân|chủ tịch|hội đồng|giám đốc|thủ trưởng)[^,;]{0,60}?"
    r"\b(?:tặng|khen thưởng|đề nghị|trao|công nhận)\b"
)
# "Được Chủ tịch UBND tỉnh tặng Giấy khen ít nhất 01 lần": to have been awarded before is a condition
_HELD_BEFORE = pattern(
    r"(?:ít nhất|tối thiểu|từ) (?:\d{1,2}|một|hai|ba|bốn|năm)\b|\b\d{1,2} (?:lần|năm)\b|\btrở lên\b"
    r"|\bđã (?:được|từng)\b|\bliên tục\b|\bnăm (?:trước|liền)|\btrong (?:năm|thời gian|giai đoạn|\d)"
)
_HEADS = pattern(
    r"(?:\d\.? )?(?:(?:tiêu chí|tiêu chuẩn|điều kiện|nhóm|loại|mức|giải|danh hiệu)\b|(?:đơn vị|tập thể|cá nhân|cơ quan)"
    r" (?!có|được|đạt|không|hoàn thành)|đối với)[^:]{0,60}$"
)
_OFFER = pattern(
    r"(?:[-+*] )?(?:tặng |đề nghị (?:tặng )?)?(?:bằng khen|giấy khen|cờ thi đua|giải (?:đặc biệt|nhất|nhì|ba|tư"
    r"|khuyến khích)"
    r"|giải thưởng|danh hiệu|kỷ niệm chương|thư khen)"
)
_COUNTED = pattern(r"\b\d{1,3} (?:tập thể|cá nhân|đơn vị|giải|hộ|giấy|bằng)\b")


@once
def find_criteria(text: Text, root: Section, header: "Header | None" = None) -> tuple[Criterion, ...]:
    """Every condition the plan sets for an award, in page order.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. TIÊU CHUẨN KHEN THƯỞNG\\n1. Tập thể\\n- Đoàn kết, không có cá nhân bị kỷ luật.")
    >>> [(c.kind, c.polarity, c.text) for c in find_criteria(t, outline(t))]
    [('collective', 'merit', 'Đoàn kết'), ('collective', 'bar', 'không có cá nhân bị kỷ luật')]
    """
    year = movement_year(text, root, header)
    found = [one for clause in clauses(text, root, "criteria") for one in _of_clause(text, clause, year)]
    found += told(text, root, year, alone=not found)
    found += _excluded(text, root)
    for table in find_tables(text, root):
        rows = list(criteria_by_kind(text, table, year)) or list(criteria_in(text, table, year))
        found += rows or _broken_rows(text, table, year)
    return balanced(text, sorted(found, key=lambda c: c.start))


def find_criteria_doubts(text: Text, root: Section, header: "Header | None" = None) -> tuple[Doubt, ...]:
    """Bars printed among the merits without their negation."""
    doubts = []
    for found in find_criteria(text, root, header):
        if found.polarity != "bar":
            continue
        words = reading(text).between(found.start, found.end)
        if not (
            _DENIES.match(words)
            or BAR_AFTER_SUBJECT.match(words)
            or _BAR_HEADING.search(words)
            or _refused_before(text, found.start)
            or any(start <= found.start < end for start, end in _barred(text, root))
        ):
            message = "Điều kiện loại trừ đứng giữa các tiêu chuẩn mà thiếu chữ phủ định (“không …”)"
            doubts.append(Doubt(code="bar-among-merits", message=message, start=found.start, end=found.end))
    return tuple(doubts)


def _refused_before(text: Text, place: int) -> bool:
    """Whether the sentence began with a refusal: "Không xét khen thưởng đối với người nghỉ 40 ngày; bị kỷ luật"."""
    begun = max(text.raw.rfind("\n", 0, place), text.raw.rfind(". ", 0, place)) + 1
    return _REFUSES.match(reading(text).between(begun, place).lstrip(" -+*•")) is not None


def _barred(text: Text, root: Section) -> Iterator[tuple[int, int]]:
    """The clauses that stand under a heading of bars."""
    for clause in clauses(text, root, "criteria"):
        refuses = reading(text).match(_REFUSES, clause.start, clause.end)
        if refuses or _announced(text, clause.above)[0] or _BAR_HEADING.search(_heading(text, clause.section)):
            yield clause.start, clause.end


def _broken_rows(text: Text, table: Table, year: int | None) -> Iterator[Criterion]:
    """Conditions in the rows of a table whose frame was scanned as letters: no column is left to go by."""
    if table.section.role != "criteria" or table.head[1:]:
        return
    for row in table.rows:
        a, b = tidy(text, *core(text, row[0].start, row[-1].end))
        said = reading(text).between(a, b)
        if b - a >= 16 and (_DEED.search(said) or find_thresholds(text, a, b, "merit")) and not is_rubbish(text, a, b):
            kind = kind_above(text, (*table.above, table.section))
            yield criterion(text, Clause(table.section, table.above, a, b, kind), a, b, "merit", None, year)


def _heading(text: Text, section: Section) -> str:
    """What a section announces: its title, or its words where it has clauses under it."""
    if section.title:
        return title_words(text, section)
    return reading(text).between(section.text_start, section.text_end) if section.children else ""


def _of_clause(text: Text, clause: Clause, year: int | None) -> list[Criterion]:
    start, end = (_intro(text, clause) or (0, 0)) if clause.intro else (clause.start, clause.end)
    title_end = clause.section.title_end or 0
    run_in = clause.start <= title_end < clause.end or clause.start == title_end
    if not end and run_in and title_end and not text.raw[clause.start : clause.end].rstrip(" *").endswith(":"):
        start, end = (
            clause.start,
            clause.end,
        )  # "3. Cá nhân: là Chiến sĩ thi đua cơ sở …" with a list of numbers under it
    if start < title_end < end and _HEADS.match(title_words(text, clause.section)):
        start = title_end  # "Tập thể tiên tiến: đạt từ 80 điểm trở lên"
    label = None if clause.intro else led(text, start, end)
    start = label.end if label else start
    words = reading(text).between(start, end).strip()
    if len(words) < 8 or (not clause.intro and _sets_none(words)) or _only_offers(words):
        return []
    if "targets" in clause.section.roles and names_only(text, clause):
        return []
    barred, shared = _announced(text, clause.above)
    barred = barred or bool(_BAR_HEADING.search(_heading(text, clause.section)) or _REFUSES.match(words))
    barred = barred or bool(label and label.words and _BAR_HEADING.search(label.words))
    refusal = refused_at_last(text, start, end)
    if refusal is not None:
        barred, end = True, refusal
    found: list[Criterion] = []
    spoken_of: str | None = None
    for piece in split(text, start, end, barred):
        a, b = tidy(text, *core(text, *_condition(text, piece.start, piece.end)))
        said = reading(text).between(a, b)
        follows = piece.polarity == "merit" and _FOLLOWS.match(said) and not _HELD_BEFORE.search(said)
        if b - a >= 8 and not follows and not is_rubbish(text, a, b):
            any_of = piece.any_of or (shared if piece.polarity == "merit" else None)
            one = criterion(text, clause, a, b, piece.polarity, any_of, year)
            if label and label.kind and clause.kind in (None, "both"):
                one = replace(one, kind=label.kind)
            if clause.kind in (None, "both"):
                own = _subject(text, piece.start, piece.end)
                spoken_of = own or (spoken_of if found and _same_sentence(text, found[-1].end, a) else None)
                one = replace(one, kind=spoken_of) if spoken_of and one.kind == "both" else one
            found.append(one)
    return found


_SUBJECT = pattern(
    r"\W*(?:(?:không|chưa)[^.;:]{0,60}?(?:đối với|:|cho|với) )?(?:đối với |là |các |những |riêng |mỗi |một "
    rf"|(?:xét )?tặng cho )*(?P<whom>(?:tập thể|cá nhân|{NOUNS})\b.{{0,60}})"
)


def _subject(text: Text, start: int, end: int) -> str | None:
    """Whom a condition opens with: "cá nhân thuộc tập thể xếp loại Tốt trở lên"."""
    named = _SUBJECT.match(reading(text).between(start, end))
    kind = kind_of(named["whom"]) if named else None
    return kind if kind in ("collective", "individual") else None


def _same_sentence(text: Text, start: int, end: int) -> bool:
    between = text.raw[start:end]
    return len(between) <= 40 and not re.search(r"\.\s", between)


def _sets_none(words: str) -> bool:
    """Whether a clause says how things are counted or decided and sets no condition."""
    return bool(_NO_CONDITION.match(words) or ("bi tru " in words and _DEDUCTED.match(words)))


@once
def _announced(text: Text, sections: tuple[Section, ...]) -> tuple[bool, str | None]:
    """Whether headings open a list of bars, and the key of the alternatives that the nearest of them opens."""
    headings = [_heading(text, section) for section in sections]
    opened = (_some_of(section, heading) for section, heading in zip(sections[::-1], headings[::-1], strict=True))
    return any(map(_BAR_HEADING.search, headings)), next(filter(None, opened), None)


def _some_of(section: Section, heading: str) -> str | None:
    """The key of alternatives a heading opens, with how many of them are asked for: "đạt 02 trong 03 tiêu chí sau"."""
    match = _ONE_OF.search(heading) if section.children else None
    if not match:
        return None
    few = match["few"] or match["least"]
    count = _FEW.get(few) or int(few)
    return f"{'mot' if count == 1 else count}-trong-{section.label or section.start}"


def _only_offers(words: str) -> bool:
    """Whether a clause names an award or a number of them and no condition: "- Giấy khen: 05 tập thể"."""
    if not _COUNTED.match(words) and not (_OFFER.match(words) and (len(words) <= 90 or _COUNTED.search(words))):
        return False
    return not (_DEED.search(words) or _MERIT_WORDS.search(words) or _REFUSES.match(words))


def _condition(text: Text, start: int, end: int) -> tuple[int, int]:
    """A condition without the words that only say whom it is for."""
    words, (a, b) = reading(text), tidy(text, start, end)
    joins = words.match(_JOINS, a, b)
    if joins:
        start = joins.end
        a, b = tidy(text, start, end)
    whom = words.match(_FOR, a, b)
    return (whom.end, end) if whom and end - whom.end >= 12 else (start, end)


def _excluded(text: Text, root: Section) -> list[Criterion]:
    """Bars told among those who may take part: "…; không áp dụng đối với người có thời gian công tác dưới 10 tháng"."""
    words, found = reading(text), []
    for clause in clauses(text, root, "targets"):
        if "criteria" in clause.section.roles or clause.intro:
            continue
        opens = words.match(_REFUSES, clause.start, clause.end)
        hits = [(clause.start, clause.end)] if opens else []
        hits += [words.group(hit, "bar") for hit in words.finditer(EXCLUDED, clause.start, clause.end) if not opens]
        for span in hits:
            a, b = tidy(text, *span)
            whom = pattern(r"\b(?:đối với|cho|xét|trừ)(?: các| những)? ").search(words.between(a, b))
            said = words.between(a, b)[whom.end() :] if whom else ""
            bar = criterion(text, clause, a, b, "bar", None, None)
            found.append(replace(bar, kind=clause.kind or _recipient(said)))
    return found


def _recipient(said: str) -> str:
    kind = kind_of(said)
    return kind if kind in ("collective", "individual") else "both"


def _intro(text: Text, clause: Clause) -> tuple[int, int] | None:
    """The condition in the words that announce a list: "tập thể gương mẫu … và đạt các tiêu chuẩn sau:"."""
    words = reading(text)
    start, end = clause.start, clause.end
    announces = words.search(_ANNOUNCES, start, end)
    if not announces:
        return None
    deed = words.search(_DEED, start, announces.start)
    return (deed.start, announces.start) if deed else None
