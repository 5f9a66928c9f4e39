"""The conditions for an award: one criterion per condition, merits and bars, with the words of each."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.awards import award_named
from loaders.clauses import Clause, addressee, clauses, kind_of, sentences, tidy, title_words
from loaders.findings import Criterion, Doubt
from loaders.movement import movement_year
from loaders.phrases import pattern, reading
from loaders.structure import Section
from loaders.targets import names_only
from loaders.text import Text
from loaders.thresholds import find_thresholds

if TYPE_CHECKING:
    from loaders.header import Header

# What a condition does when it is met by *not* being something.
_NEGATED = (
    r"(?:bị|có|vi phạm|để|xét|khen thưởng|thuộc|trong thời gian|mắc|đang|phát sinh|gây|tham nhũng|"
    r"liên quan|còn|xảy ra|đề nghị"
    r"|được xét|công nhận|sai phạm|chấp hành|cá nhân|hoàn thành nhiệm vụ|sử dụng|đảm bảo|tham gia)"
)
_BAR_OPENS = pattern(r"[(“\"]*(?:không|chưa)\b")
_BAR_AFTER_SUBJECT = pattern(
    rf"(?:(?!\b(?:hoàn thành|đạt|chấp hành|thực hiện|đảm bảo|bảo đảm|có|được|giữ|là người|tham gia|"
    rf"thi đua|triển khai|phối hợp"
    rf"|và|tốt)\b|[,;:(%])[^.])"
    rf"{{0,90}}?\b(?:không|chưa)(?: được)? {_NEGATED}\b"
)
_BAR_INSIDE = pattern(
    rf"(?:[,;(]|\bvà|\bđồng thời|\bnhưng)\s*(?P<bar>(?:trong năm |trong thời gian [^,.;()]{{3,40}} |nội"
    rf" bộ )?(?:không|chưa) {_NEGATED}\b)"
)
_NOT_BAR = pattern(r"không (?:ngừng|chỉ|những|chuyên trách|nhất thiết|gian mạng|khí)")
# "Không bị kỷ luật; hoàn thành tốt nhiệm vụ": where a merit goes on after a bar
_MERIT_RESUMES = pattern(
    r"[,;]\s*(?P<merit>(?:và )?(?:hoàn thành|đạt|được đánh giá|được xếp loại|chấp hành|thực hiện"
    r" (?:tốt|nghiêm)|đoàn kết|nội bộ đoàn kết"
    r"|có thành tích|có sáng kiến|có ít nhất|có từ|tích cực|gương mẫu|tham gia)\b)"
)
# Printed among the merits without its negation: "Cơ quan có đơn thư khiếu kiện, có dấu hiệu tham nhũng …"
_FAULT = pattern(
    r"\bcó (?:đơn,? ?thư|dấu hiệu|khiếu (?:nại|kiện)|cá nhân bị|cán bộ[^.;]{0,40} bị|công"
    r" chức[^.;]{0,30} bị|người bị|hành vi vi phạm|vi phạm|đảng viên[^.;]{0,30} bị"
    r"|lãnh đạo[^.;]{0,30} bị)\b|\bbị (?:xử lý |thi hành )?kỷ luật\b|\bbị (?:khiển trách|cảnh cáo|"
    r"khởi tố|phê bình)|\bđang (?:bị|trong thời gian)[^.;]{0,50}"
    r"(?:kỷ luật|điều tra|thanh tra|kiểm tra)|\bvi phạm (?:pháp luật|kỷ luật|chính sách|quy định)|\bmất đoàn kết\b"
)
_DENIED = pattern(
    r"\b(?:không|chưa|phòng|chống|ngăn chặn|ngăn ngừa|phát hiện|giải quyết|xử lý|hạn chế|kịp thời|"
    r"nghiêm cấm|khắc phục|giảm|đấu tranh)\b"
)
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
_OR_VERB = pattern(r"\bhoặc (?=(?:là |phải )?(?:có|đạt|được|là|hoàn thành|tham gia|xếp|tăng|nâng|nằm|thuộc|vượt)\b)")
_CONJUNCT = pattern(
    r"[,;]\s*(?=(?:và )?(?:có|được|đạt|là|hoàn thành|tập thể|cá nhân|kết quả|chỉ số|xếp|tỷ lệ|tích"
    r" cực|chấp hành|thực hiện)\b)"
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


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    polarity: str
    any_of: str | None = None


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
            if not (_BAR_AFTER_SUBJECT.match(words) or _BAR_HEADING.search(words)):
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
    for piece in _split(text, start, end, barred):
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


# ── one clause, several conditions ───────────────────────────────────────────────────────────────────────────────


def _split(text: Text, start: int, end: int, barred: bool) -> list[_Piece]:
    """The conditions of a clause: at its sentences, where a bar begins or ends, at *hoặc*, between two thresholds."""
    if barred:
        return [_Piece(a, b, "bar") for a, b in sentences(text, start, end)]
    pieces: list[_Piece] = []
    for sentence in sentences(text, start, end):
        parts = _at_semicolons(text, *sentence)
        own = [piece for part in parts for whole in _by_polarity(text, *part) for piece in _by_threshold(text, whole)]
        pieces = _merge(text, pieces, own) if len(parts) == 1 else pieces + own
    return pieces


def _by_polarity(text: Text, start: int, end: int) -> list[_Piece]:
    words = reading(text)
    clause = words.between(start, end).strip()
    if not _NOT_BAR.match(clause) and (_BAR_OPENS.match(clause) or _BAR_AFTER_SUBJECT.match(clause)):
        resumes = words.search(_MERIT_RESUMES, start, end)
        if resumes:
            cut = words.group(resumes, "merit")[0]
            return [_Piece(start, cut, "bar"), *_by_polarity(text, cut, end)]
        return [_Piece(start, end, "bar")]
    inside = words.search(_BAR_INSIDE, start, end)
    if inside:
        cut = words.group(inside, "bar")[0]
        opened = words.raw[inside.start : cut].find("(")
        close = text.raw.find(")", cut, end) if opened >= 0 else -1
        before, after = inside.start, close + 1 if close >= 0 else end
        tail = [_Piece(*t, "merit") for t in [tidy(text, after, end)] if t[1] - t[0] >= 12] if close >= 0 else []
        head = _by_polarity(text, start, before) if before - start >= 8 else []
        bar = _by_polarity(text, cut, close if close >= 0 else end)
        return [*head, *bar, *tail]
    fault = words.search(_FAULT, start, end)
    if fault and not _DENIED.search(words.between(start, fault.start)) and not _DENIED.match(fault.match[0]):
        return [_Piece(start, end, "bar")]
    return [_Piece(start, end, "merit")]


def _by_threshold(text: Text, piece: _Piece) -> list[_Piece]:
    """Two thresholds make two criteria; alternatives joined by *hoặc* share their key."""
    words = reading(text)
    if piece.polarity == "merit":
        either = words.search(_OR_VERB, piece.start + 4, piece.end)
        if either:
            return _alternatives(text, piece, either.start)
    found = find_thresholds(text, piece.start, piece.end, polarity=piece.polarity)
    if len(found) < 2:
        return [piece]
    cuts = [piece.start]
    for before, after in pairwise(found):
        gaps = [h.start for h in words.finditer(_CONJUNCT, before.end, after.start)]
        gaps = gaps or [h.start for h in words.finditer(_SEPARATOR, before.end, after.start)]
        if gaps:
            cuts.append(gaps[0])
    cuts.append(piece.end)
    return [_Piece(a, b, piece.polarity, piece.any_of) for a, b in pairwise(cuts)]


_LISTED = pattern(
    r";\s*(?=(?:và |đồng thời |trong năm )?(?:có|đạt|được|là|hoàn thành|chấp hành|thực hiện|nội"
    r" bộ|đoàn kết|chỉ số|tỷ lệ|tỉ lệ"
    r"|kết quả|tích cực|tập thể|cá nhân|không|chưa|tham gia|xếp|điểm|mức độ|gương mẫu|đảm bảo|bảo"
    r" đảm|triển khai|tổ chức"
    r"|xây dựng|giải quyết|ứng dụng|tham mưu|làm tốt|dẫn đầu|cơ quan|đơn vị|lãnh đạo)\b)"
)
_SEPARATOR = pattern(r"[,;]\s| và ")


def _alternatives(text: Text, piece: _Piece, either: int) -> list[_Piece]:
    words = reading(text)
    left = piece.start
    for threshold in find_thresholds(text, piece.start, either):
        gap = words.search(_CONJUNCT, threshold.end, either)
        left = gap.start if gap else left
    right = piece.end
    for gap in words.finditer(_CONJUNCT, either, piece.end):
        if find_thresholds(text, gap.start, piece.end):
            right = gap.start
            break
    key = f"hoac-{left}"
    pieces = [_Piece(left, either, "merit", key), _Piece(either, right, "merit", key)]
    after_or = words.search(_OR_VERB, either, right)
    if after_or:
        pieces[1] = _Piece(after_or.end, right, "merit", key)
    before = _by_threshold(text, _Piece(piece.start, left, "merit")) if left > piece.start else []
    after = _by_threshold(text, _Piece(right, piece.end, "merit")) if right < piece.end else []
    return [*before, *pieces, *after]


def _at_semicolons(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """The conditions a sentence lists: "…; nội bộ đoàn kết; không có đơn thư"."""
    words = reading(text)
    cuts = [start]
    for hit in words.finditer(_LISTED, start, end):
        inside = text.raw.count("(", start, hit.start) > text.raw.count(")", start, hit.start)
        if not inside and hit.start - cuts[-1] >= 8:
            cuts.append(hit.end)
    return list(pairwise([*cuts, end]))


def _merge(text: Text, before: list[_Piece], own: list[_Piece]) -> list[_Piece]:
    """A sentence that sets no threshold and says the same kind of thing as the one before goes with it."""
    if not before or len(own) != 1:
        return before + own
    last, piece = before[-1], own[0]
    plain = last.polarity == piece.polarity and last.any_of is None and piece.any_of is None
    if plain and not _has_threshold(text, last) and not _has_threshold(text, piece):
        return [*before[:-1], _Piece(last.start, piece.end, piece.polarity)]
    return before + own


def _has_threshold(text: Text, piece: _Piece) -> bool:
    return bool(find_thresholds(text, piece.start, piece.end, polarity=piece.polarity))


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
