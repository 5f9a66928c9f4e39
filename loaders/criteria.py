"""The conditions for an award: one criterion per condition, merits and bars, with the words of each."""

from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.awards import award_named
from loaders.clauses import Clause, addressee, clauses, kind_of, sentences, tidy, title_words
from loaders.conditions import BAR_AFTER_SUBJECT, split
from loaders.findings import Criterion, Doubt
from loaders.movement import movement_year
from loaders.phrases import pattern, reading
from loaders.structure import Section
from loaders.targets import names_only
from loaders.text import Text
from loaders.thresholds import find_thresholds

if TYPE_CHECKING:
    from loaders.header import Header

_BAR_HEADING = pattern(
    r"\b(?:không|chưa)(?: được)? (?:(?:xem )?xét|khen|đề nghị|bình xét|công nhận|đưa vào|trình|tặng)"
)
_ONE_OF = pattern(
    r"\b(?:một|1|01) trong (?:các|những|số|\d+)|(?:ít nhất|tối thiểu) (?:một|01|1) (?:trong|tiêu)|đạt"
    r" một trong"
)
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
    r"(?:căn cứ (?!chức năng)|trên cơ sở|việc (?:xét|bình|khen)|khi xét|ưu tiên|chú trọng|lưu ý|"
    r"ghi chú|số lượng|mỗi (?:cơ quan|đơn vị)|hội đồng|ban thi đua"
    r"|các tiêu chuẩn|(?:được )?(?:thực hiện |áp dụng )?theo (?:quy định|hướng dẫn|tiêu chuẩn))"
)
_APPLIES = pattern(r"\(\s*(?:chỉ )?(?:áp dụng )?(?:đối với|cho|với)(?: các| những)? (?P<whom>[^()]{4,200})\)")
# "… cán bộ có thành tích tiêu biểu sẽ được UBND xã khen thưởng": a condition told in a sentence on awards
_REWARDED = pattern(
    r"(?P<must>\bphải (?:là|có|đạt|hoàn thành|được)\b)|(?P<will>(?:sẽ |được xét |đều )?được"
    r" (?:[^.;,]{0,60} )?(?:khen thưởng|tặng|biểu dương|đề nghị)\b)"
)
_MERIT_WORDS = pattern(r"\b(?:thành tích|hoàn thành|tiêu biểu|xuất sắc|sáng kiến|đạt)\b")
_GIVEN = pattern(
    r"\b(?:tặng|xét tặng|đề nghị tặng)\b[^.;:]{0,120}?\bcho\b[^.;:]{0,80}?"
    r"(?P<whom>(?:tập thể|cá nhân)[^.;:]{0,60}?(?:có thành tích|đạt|hoàn thành|tiêu biểu)[^.;]*)"
)


def find_criteria(text: Text, root: Section, header: "Header | None" = None) -> tuple[Criterion, ...]:
    """Every condition the plan sets for an award, in page order.

    >>> from loaders.structure import outline
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
    return tuple(sorted(found, key=lambda c: c.start))


def find_criteria_doubts(text: Text, root: Section, header: "Header | None" = None) -> tuple[Doubt, ...]:
    """Bars printed among the merits without their negation."""
    doubts = []
    for criterion in find_criteria(text, root, header):
        if criterion.polarity == "bar" and criterion.start not in _barred(text, root):
            words = reading(text).between(criterion.start, criterion.end)
            if not (BAR_AFTER_SUBJECT.match(words) or _BAR_HEADING.search(words)):
                message = "Điều kiện loại trừ đứng giữa các tiêu chuẩn mà thiếu chữ phủ định (“không …”)"
                doubts.append(Doubt(code="bar-among-merits", message=message, start=criterion.start, end=criterion.end))
    return tuple(doubts)


def _barred(text: Text, root: Section) -> set[int]:
    """Starts of clauses that stand under a heading of bars."""
    starts: set[int] = set()
    for clause in clauses(text, root, "criteria"):
        if any(_BAR_HEADING.search(_heading(text, s)) for s in (*clause.above, clause.section)):
            starts |= set(range(clause.start, clause.end))
    return starts


def _heading(text: Text, section: Section) -> str:
    """What a section announces: its title, or its words where it has clauses under it."""
    if section.title:
        return title_words(text, section)
    return reading(text).between(section.text_start, section.text_end) if section.children else ""


def _of_clause(text: Text, clause: Clause, year: int | None) -> list[Criterion]:
    start, end = (_intro(text, clause) or (0, 0)) if clause.intro else (clause.start, clause.end)
    words = reading(text).between(start, end).strip()
    if len(words) < 8 or (_NO_CONDITION.match(words) and not clause.intro):
        return []
    if "targets" in clause.section.roles and names_only(text, clause):
        return []
    above = (*clause.above, clause.section)
    barred = any(_BAR_HEADING.search(_heading(text, s)) for s in above)
    shared = next(
        (f"{s.label or s.start}" for s in reversed(clause.above) if _ONE_OF.search(_heading(text, s)) and s.children),
        None,
    )
    found = []
    for piece in split(text, start, end, barred):
        a, b = tidy(text, piece.start, piece.end)
        if b - a >= 8:
            any_of = piece.any_of or (f"mot-trong-{shared}" if shared and piece.polarity == "merit" else None)
            found.append(_criterion(text, clause, a, b, piece.polarity, any_of, year))
    return found


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
    award = next((a for s in (clause.section, *reversed(clause.above)) if (a := award_named(text, s))), None)
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


_NOMINEE = pattern(r"(?:[a-z]+ ){0,3}?(?:là |các |những |đối với )*(?:tập thể|cá nhân)\b")


def _names_nominee(words: str) -> bool:
    """Whether a clause opens with whom it speaks of: "Là tập thể …", "Các cá nhân …"."""
    return bool(_NOMINEE.match(words))


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
        if _REFUSED.search(said) and not _LATE.search(said):
            a, b = tidy(text, start, end)
            bar = _criterion(text, clause, a, b, "bar", None, None)
            found.append(replace(bar, kind=clause.kind or kind_of(said) or "both"))
    return found


def _told(text: Text, clause: Clause, year: int | None) -> list[Criterion]:
    """Where a plan has no part on criteria: conditions inside its sentences on awards."""
    words, found = reading(text), []
    for start, end in sentences(text, clause.start, clause.end):
        given, rewarded = words.search(_GIVEN, start, end), words.search(_REWARDED, start, end)
        if given:
            a, b = words.group(given, "whom")
        elif rewarded and rewarded["must"]:
            a, b = rewarded.start, end
        elif rewarded:
            opens = words.match(_OPENING, start, rewarded.start)
            a, b = (opens.end if opens else start), rewarded.start
        else:
            continue
        a, b = tidy(text, a, b)
        if b - a >= 15 and _MERIT_WORDS.search(words.between(a, b)):
            found.append(_criterion(text, clause, a, b, "merit", None, year))
            kind = kind_of(words.between(a, b)) or "both"
            found[-1] = _with_kind(found[-1], clause.kind or ("both" if kind == "other" else kind))
    return found


_REFUSED = pattern(
    r"\b(?:không|chưa)(?: được)? (?:xem )?xét (?:tặng|khen|thi đua|danh hiệu|trình)[^.]{0,60}\b(?:đối"
    r" với|các|những|nếu|khi|tập thể|cá nhân)\b"
)
_LATE = pattern(r"thời hạn|quá hạn|sau ngày|hồ sơ|trễ hạn|không đúng|gửi")
_OPENING = pattern(r"(?:đồng thời|ngoài ra|bên cạnh đó|các trường hợp),? ")


def _with_kind(criterion: Criterion, kind: str) -> Criterion:
    return replace(criterion, kind=kind)
