"""The conditions for an award: one criterion per condition, merits and bars, with the words of each."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.findings import Criterion, Doubt
from loaders.phrases import pattern, reading
from loaders.plan.awards import award_given, award_named, award_told
from loaders.plan.clauses import Clause, addressee, balanced, clauses, kind_above, kind_of, sentences, tidy, title_words
from loaders.plan.conditions import BAR_AFTER_SUBJECT, split
from loaders.plan.movement import movement_year
from loaders.plan.tables import Table, find_tables
from loaders.plan.targets import EXCLUDED, names_only
from loaders.plan.thresholds import find_thresholds
from loaders.structure.marks import capitals
from loaders.structure.outline import Section
from loaders.text import Text, once

if TYPE_CHECKING:
    from loaders.header import Header

_BAR_HEADING = pattern(
    r"\b(?:không|chưa)(?: được)? (?:(?:xem )?xét|khen|đề nghị|bình xét|công nhận|đưa vào|trình|tặng|trao|áp dụng"
    r"|tham gia xét|thuộc (?:diện|một|các))|\bloại trừ\b|\bloại khỏi\b"
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
    r"(?:[^.;]{3,160}\bbị trừ \d|do [^.;]{3,80}? (?:quyết định|xem xét|quy định)\b|thang điểm|tổng (?:điểm|cộng"
    r"|số)\b(?![^.;]{0,60}\b(?:đạt|từ|trên|tối thiểu)\b)"
    r"|điểm (?:thưởng|cộng|trừ)|căn cứ (?!chức năng)"
    r"|trên cơ sở"
    r"|việc (?:xét|bình|khen)|khi xét|ưu tiên|chú trọng|lưu ý|"
    r"ghi chú|số lượng|mỗi (?:cơ quan|đơn vị)|hội đồng|ban thi đua"
    r"|các tiêu chuẩn|(?:được )?(?:thực hiện |áp dụng )?theo (?:quy định|hướng dẫn|tiêu chuẩn))"
)
_APPLIES = pattern(r"\(\s*(?:chỉ )?(?:áp dụng )?(?:đối với|cho|với)(?: các| những)? (?P<whom>[^()]{4,200})\)")
# "… cán bộ có thành tích tiêu biểu sẽ được UBND xã khen thưởng": a condition told in a sentence on awards
_REWARDED = pattern(
    r"\bphải (?:là|có|đạt|hoàn thành|được)\b|(?:sẽ |được xét |đều )?được"
    r" (?:[^.;,]{0,60} )?(?:khen thưởng|tặng|biểu dương|đề nghị)\b"
)
_MUST = pattern(r"\bphải (?:là|có|đạt|hoàn thành|được)\b")
_MERIT_WORDS = pattern(r"\b(?:thành tích|hoàn thành|tiêu biểu|xuất sắc|sáng kiến|đạt)\b")
_GIVEN = pattern(
    r"\b(?:tặng|xét tặng|đề nghị tặng)\b[^.;:]{0,120}?\bcho\b[^.;:]{0,80}?"
    r"(?P<whom>(?:tập thể|cá nhân)[^.;:]{0,60}?(?:có thành tích|đạt|hoàn thành|tiêu biểu)[^.;]*)"
)


# "lựa chọn không quá 02 tập thể và 05 cá nhân có thành tích xuất sắc, … lập hồ sơ đề nghị …"
_CHOSEN = pattern(
    r"\b(?:lựa chọn|bình chọn|bình xét|xét chọn|giới thiệu|chọn)\b[^.;]{0,80}?\b(?:tập thể|cá nhân|đơn vị) "
    r"(?P<whom>(?:có thành tích|đạt|hoàn thành|tiêu biểu|xuất sắc|có)\b[^.;]*?)"
    r"(?=,? (?:để )?(?:lập hồ sơ|đề nghị|trình|báo cáo|gửi)\b|[.;]|$)"
)
# "không áp dụng đối với người có thời gian công tác dưới 10 tháng": a refusal that names whom it strikes
_REFUSES = pattern(
    r"(?:không|chưa)(?: được)? (?:(?:xem )?xét|khen|đề nghị|bình xét|tặng|trao|áp dụng|công nhận)[^.;:]{0,60}?"
    r"\b(?:đối với|cho|với|các|những|tập thể|cá nhân|trường hợp|tác giả)\b"
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
    found = [criterion for clause in clauses(text, root, "criteria") for criterion in _of_clause(text, clause, year)]
    if not found:
        found = [c for clause in clauses(text, root, "awards") for c in _told(text, clause, year)]
    elsewhere = clauses(text, root, "awards", "procedure", "quota", "deadlines")
    found += [
        bar for clause in elsewhere if "criteria" not in clause.section.roles for bar in _barred_told(text, clause)
    ]
    found += _excluded(text, root)
    found += [criterion for table in find_tables(text, root) for criterion in _of_table(text, table, year)]
    return balanced(text, sorted(found, key=lambda c: c.start))


def find_criteria_doubts(text: Text, root: Section, header: "Header | None" = None) -> tuple[Doubt, ...]:
    """Bars printed among the merits without their negation."""
    doubts, barred = [], _barred(text, root)
    for criterion in find_criteria(text, root, header):
        if criterion.polarity == "bar" and criterion.start not in barred:
            words = reading(text).between(criterion.start, criterion.end)
            if not (
                BAR_AFTER_SUBJECT.match(words)
                or _BAR_HEADING.search(words)
                or _DENIES.match(words)
                or _refused_before(text, criterion.start)
            ):
                message = "Điều kiện loại trừ đứng giữa các tiêu chuẩn mà thiếu chữ phủ định (“không …”)"
                doubts.append(Doubt(code="bar-among-merits", message=message, start=criterion.start, end=criterion.end))
    return tuple(doubts)


def _refused_before(text: Text, place: int) -> bool:
    """Whether the sentence began with a refusal: "Không xét khen thưởng đối với người nghỉ 40 ngày; bị kỷ luật"."""
    begun = max(text.raw.rfind("\n", 0, place), text.raw.rfind(". ", 0, place)) + 1
    return _REFUSES.match(reading(text).between(begun, place).lstrip(" -+*•")) is not None


def _barred(text: Text, root: Section) -> set[int]:
    """Starts of clauses that stand under a heading of bars."""
    starts: set[int] = set()
    for clause in clauses(text, root, "criteria"):
        refuses = reading(text).match(_REFUSES, clause.start, clause.end)
        if refuses or any(_BAR_HEADING.search(_heading(text, s)) for s in (*clause.above, clause.section)):
            starts |= set(range(clause.start, clause.end))
    return starts


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
    words = reading(text).between(start, end).strip()
    if len(words) < 8 or (_NO_CONDITION.match(words) and not clause.intro) or _only_offers(words):
        return []
    if "targets" in clause.section.roles and names_only(text, clause):
        return []
    above = (*clause.above, clause.section)
    barred = any(_BAR_HEADING.search(_heading(text, s)) for s in above) or bool(_REFUSES.match(words))
    shared = next((key for s in reversed(clause.above) if s.children and (key := _some_of(text, s))), None)
    found: list[Criterion] = []
    spoken_of: str | None = None
    for piece in split(text, start, end, barred):
        a, b = tidy(text, *_condition(text, piece.start, piece.end))
        said = reading(text).between(a, b)
        follows = piece.polarity == "merit" and _FOLLOWS.match(said) and not _HELD_BEFORE.search(said)
        if b - a >= 8 and not follows:
            any_of = piece.any_of or (shared if piece.polarity == "merit" else None)
            one = _criterion(text, clause, a, b, piece.polarity, any_of, year)
            if clause.kind in (None, "both"):
                own = _subject(text, piece.start, piece.end)
                spoken_of = own or (spoken_of if found and _same_sentence(text, found[-1].end, a) else None)
                one = replace(one, kind=spoken_of) if spoken_of and one.kind == "both" else one
            found.append(one)
    return found


_SUBJECT = pattern(
    r"\W*(?:(?:không|chưa)[^.;:]{0,60}?(?:đối với|:|cho|với) )?(?:đối với |là |các |những |riêng |mỗi |một |(?:xét )?tặng cho )*(?P<whom>(?:tập thể|cá nhân|đơn vị|cơ quan|địa phương)\b.{0,60})"
)


def _subject(text: Text, start: int, end: int) -> str | None:
    """Whom a condition opens with: "cá nhân thuộc tập thể xếp loại Tốt trở lên"."""
    named = _SUBJECT.match(reading(text).between(start, end))
    kind = kind_of(named["whom"]) if named else None
    return kind if kind in ("collective", "individual") else None


def _same_sentence(text: Text, start: int, end: int) -> bool:
    between = text.raw[start:end]
    return len(between) <= 40 and not re.search(r"\.\s", between)


def _some_of(text: Text, section: Section) -> str | None:
    """The key of alternatives a heading opens, with how many of them are asked for: "đạt 02 trong 03 tiêu chí sau"."""
    match = _ONE_OF.search(_heading(text, section))
    if not match:
        return None
    few = match["few"] or match["least"]
    count = _FEW.get(few) or int(few)
    return f"{'mot' if count == 1 else count}-trong-{section.label or section.start}"


def _only_offers(words: str) -> bool:
    """Whether a clause names an award or a number of them and no condition: "- Giấy khen: 05 tập thể"."""
    if _DEED.search(words) or _MERIT_WORDS.search(words) or _REFUSES.match(words):
        return False
    if _COUNTED.match(words):
        return True
    return bool(_OFFER.match(words)) and (len(words) <= 90 or bool(_COUNTED.search(words)))


def _condition(text: Text, start: int, end: int) -> tuple[int, int]:
    """A condition without the words that only say whom it is for."""
    joins = reading(text).match(_JOINS, *tidy(text, start, end))
    start = joins.end if joins else start
    whom = reading(text).match(_FOR, *tidy(text, start, end))
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
            bar = _criterion(text, clause, a, b, "bar", None, None)
            found.append(replace(bar, kind=clause.kind or _recipient(said)))
    return found


def _recipient(said: str) -> str:
    kind = kind_of(said)
    return kind if kind in ("collective", "individual") else "both"


_WHOM = pattern(r"(?:đối với|cho|dành cho|của) (?P<whom>.+)$")
_TOTAL = pattern(r"(?:tổng|cộng|điểm (?:thưởng|trừ|cộng))\b")
_GROUP = re.compile(r"(?:[IVX]{1,4}|[A-HĐ])\.?$")
_POINTS = pattern(r"(?:tối đa |không quá )?(?P<points>\d{1,4}(?:[.,]\d{1,2})?)(?: ?điểm)?\W*$")


def _of_table(text: Text, table: Table, year: int | None) -> Iterator[Criterion]:
    """The rows of a table of criteria, each with the points it carries left where they are printed."""
    if {"recipients", "appendix", "dossier", "quota"} & set(table.roles):
        return
    points = table.column(
        r"\bdiem (?:chuan|toi da|quy dinh|so)|thang diem|\bso diem", r"\bdiem\b(?! (?:tu|thuc|tham|dat))", r"\bdiem\b"
    )
    column = table.column(r"\b(?:tieu chi|tieu chuan|dieu kien)\b")
    if column is None and (points is not None or "criteria" in table.roles):
        column = table.column(r"noi dung|chi tieu|nhiem vu")
    if column is None or not (points is not None or "criteria" in table.roles or table.head[column].words):
        return
    kind = kind_above(text, (*table.above, table.section)) or _kind_before(text, table)
    numbered = any(row and row[0].text.strip(".").isdigit() for row in table.rows)
    for row in table.rows:
        cell = row[column] if column < len(row) else None
        if cell is None or len(cell.text) < 8 or _TOTAL.match(cell.words) or capitals(cell.text):
            continue
        if numbered and column and _GROUP.match(row[0].text):
            continue  # "I | Công tác chỉ đạo, điều hành | 30" heads the rows below it
        label = f"{table.section.label}.{row[0].text.strip('. ')}" if column and row[0].text else table.section.label
        clause = Clause(table.section, table.above, cell.start, cell.end, kind)
        given = _POINTS.match(row[points].words) if points is not None and points < len(row) else None
        worth = _number(given["points"]) if given else None
        for piece in split(text, cell.start, cell.end, False):
            a, b = tidy(text, piece.start, piece.end)
            if b - a >= 8:
                found = _criterion(text, clause, a, b, piece.polarity, piece.any_of, year)
                yield replace(found, label=label or None, points=worth)
                worth = None  # the points stand for the row, not for each of its sentences


def _number(printed: str) -> float | int:
    value = float(printed.replace(",", "."))
    return int(value) if value.is_integer() else value


def _kind_before(text: Text, table: Table) -> str | None:
    """Whom the sentence before a table speaks of: "Mỗi đơn vị được chấm theo thang điểm 100"."""
    for section in reversed(table.above):
        whom = _WHOM.search(title_words(text, section))
        if whom and (named := kind_of(whom["whom"])) in ("collective", "individual"):
            return named
    parent = table.above[-1] if table.above else None
    before = [child for child in parent.children if child.end <= table.section.start] if parent else []
    if not before:
        return None
    kind = kind_of(re.sub(r"^moi ", "", reading(text).between(before[-1].text_start, before[-1].text_end)))
    return kind if kind in ("collective", "individual", "both") else None


def _criterion(
    text: Text, clause: Clause, start: int, end: int, polarity: str, any_of: str | None, year: int | None
) -> Criterion:
    words = reading(text)
    said = kind_of(words.between(start, end)[:40]) if clause.kind in (None, "both") else None
    kind = said if said and _names_nominee(words.between(start, end)) else clause.kind or "both"
    if kind == "other":
        kind = "both"
    found = find_thresholds(text, start, end, kind=kind, polarity=polarity, year=year)
    applies = words.search(_APPLIES, start, end)
    headed = next(
        (a for s in (clause.section, *reversed(clause.above)) if "criteria" in s.roles and (a := addressee(text, s))),
        None,
    )
    whom = " ".join(text.raw[slice(*words.group(applies, "whom"))].split()) if applies else headed
    award = (
        _awarded(text, start, end)
        or award_told(text, clause.start, start)
        or next((a for s in (clause.section, *reversed(clause.above)) if (a := award_named(text, s))), None)
    )
    return Criterion(
        text=text.raw[start:end],
        start=start,
        end=end,
        label=clause.label,
        kind=kind,
        polarity=polarity,
        award=award,
        any_of=any_of,
        applies_to=whom,
        normalised=words.between(start, end).strip() if text.garbled else None,
        threshold=found[0].threshold if found else None,
    )


# "xếp thứ hai, thứ ba được đề nghị tặng Bằng khen": the award a condition itself leads to
_LEADS_TO = pattern(r"(?<!đã )được (?:xét |xem xét |đề nghị )*tặng (?![^.;]{0,60}(?:trở lên|\d (?:lần|năm)))")


def _awarded(text: Text, start: int, end: int) -> str | None:
    leads = reading(text).search(_LEADS_TO, start, end)
    return award_told(text, leads.end, end) if leads else None


_NOMINEE = pattern(r"(?:[a-z]+ ){0,3}?(?:là |các |những |đối với )*(?:tập thể|cá nhân)\b")


_HAS = pattern(r"\W*(?:không |chưa )?(?:có|để|gồm)\b")  # "không có cá nhân bị kỷ luật" speaks of a collective


def _names_nominee(words: str) -> bool:
    """Whether a clause opens with whom it speaks of: "Là tập thể …", "Các cá nhân …"."""
    return bool(_NOMINEE.match(words)) and not _HAS.match(words)


def _intro(text: Text, clause: Clause) -> tuple[int, int] | None:
    """The condition in the words that announce a list: "tập thể gương mẫu … và đạt các tiêu chuẩn sau:"."""
    words = reading(text)
    start, end = clause.start, clause.end
    announces = words.search(_ANNOUNCES, start, end)
    if not announces:
        return None
    deed = words.search(_DEED, start, announces.start)
    return (deed.start, announces.start) if deed else None


# ── conditions told in sentences on awards ───────────────────────────────────────────────────────────────────────


def _barred_told(text: Text, clause: Clause) -> list[Criterion]:
    """Bars told outside the part on criteria: "Không xét khen thưởng đối với tập thể có người bị kỷ luật"."""
    words, found = reading(text), []
    for start, end in sentences(text, clause.start, clause.end):
        said = words.between(start, end)
        if (_REFUSED.search(said) or _REFUSED_THEM.search(said)) and not _LATE.search(said):
            a, b = tidy(text, start, end)
            for piece in split(text, a, b, True):
                bar = _criterion(text, clause, *tidy(text, piece.start, piece.end), "bar", None, None)
                found.append(replace(bar, kind=clause.kind or kind_of(said) or "both"))
    return found


def _told(text: Text, clause: Clause, year: int | None) -> list[Criterion]:
    """Where a plan has no part on criteria: conditions inside its sentences on awards."""
    words, found = reading(text), []
    for start, end in sentences(text, clause.start, clause.end):
        given, rewarded = words.search(_GIVEN, start, end), words.search(_REWARDED, start, end)
        given = given or words.search(_CHOSEN, start, end)
        must = words.search(_MUST, start, end) if rewarded else None
        if given:
            a, b = words.group(given, "whom")
        elif must:
            a, b = must.start, end
        elif rewarded:
            opens = words.match(_OPENING, start, rewarded.start)
            a, b = (opens.end if opens else start), rewarded.start
        else:
            continue
        a, b = tidy(text, a, b)
        if b - a >= 15 and _MERIT_WORDS.search(words.between(a, b)):
            found.append(_criterion(text, clause, a, b, "merit", None, year))
            found[-1] = replace(found[-1], award=found[-1].award or award_given(text, start, end))
            said = _MUST.sub("", words.between(a, b)).strip()
            kind = kind_of(said) or (kind_of(words.between(start, a)) if must else None) or "both"
            found[-1] = _with_kind(found[-1], clause.kind or ("both" if kind == "other" else kind))
    return found


_REFUSED = pattern(
    r"\b(?:không|chưa)(?: được)? (?:(?:xem )?xét|đề nghị|bình xét),? (?:tặng|khen|thi đua|danh hiệu|trình)[^.]{0,60}\b(?:đối"
    r" với|các|những|nếu|khi|tập thể|cá nhân)\b"
)
# "đơn vị nào không đăng ký thì không được xét khen thưởng"
_REFUSED_THEM = pattern(
    r"\b(?:tập thể|cá nhân|đơn vị|cơ quan|địa phương|trường hợp)(?: nào)?\b[^.;]{4,100}?\b(?:không|chưa) được"
    r" (?:(?:xem )?xét|đề nghị|bình xét)[, ]+(?:tặng|khen|thi đua|danh hiệu)"
)
_LATE = pattern(r"thời hạn|quá hạn|sau ngày|hồ sơ|trễ hạn|không đúng|gửi")
_OPENING = pattern(r"(?:đồng thời|ngoài ra|bên cạnh đó|các trường hợp),? ")


def _with_kind(criterion: Criterion, kind: str) -> Criterion:
    return replace(criterion, kind=kind)
