"""Conditions told in sentences on awards, outside any part on criteria."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.findings import Criterion
from loaders.phrases import pattern, reading
from loaders.plan.awards import award_given
from loaders.plan.clauses import Clause, clauses, first, kind_of, sentences, tidy
from loaders.plan.conditions import split
from loaders.plan.criterion import criterion
from loaders.plan.nominees import NOUNS
from loaders.plan.past import is_told
from loaders.plan.thresholds import find_thresholds
from loaders.structure.outline import Section
from loaders.text import Text

_PARTS = ("awards", "procedure", "quota", "deadlines")
_ELSEWHERE = frozenset({"recipients", "appendix", "dossier", "contents", "organisation", "targets"})

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
    r"\b(?:lựa chọn|bình chọn|bình xét|xét chọn|giới thiệu|chọn)\b[^.;]{0,40}?\d[^.;]{0,40}?"
    r"\b(?:tập thể|cá nhân|đơn vị) "
    r"(?P<whom>(?:có thành tích|đạt|hoàn thành|tiêu biểu|xuất sắc|có)\b[^.;]*?)"
    r"(?=,? (?:để )?(?:lập hồ sơ|đề nghị|trình|báo cáo|gửi)\b|[.;]|$)"
)
# "Cá nhân được xét tặng Giấy khen khi hoàn thành tốt nhiệm vụ trở lên và có …": what must be, after its *khi*
_AWARDING = (
    r"(?:xét|tặng|khen|khen thưởng|công nhận|suy tôn|bình chọn|bình xét|đề nghị|trao|biểu dương|tuyên dương|thưởng)"
)
_WHEN = pattern(
    rf"\b{_AWARDING}\b[^.;]{{0,100}}?[ ,](?:(?:khi|nếu|với điều kiện|miễn là|nhưng)(?: là)?:? |(?=phải ))"
    r"(?:(?:có|đạt|đáp ứng|bảo đảm|đảm bảo|thỏa mãn|hội đủ)(?: đủ| đầy đủ| đồng thời| được)*(?: các| những)?"
    r" (?:điều kiện|tiêu chuẩn|tiêu chí|yêu cầu)(?: sau| sau đây)?[:,]? ?)?(?P<whom>[^.]{10,})"
)
_WHEN_NEEDS = (" khi", " neu ", " phai ", "dieu kien", "mien la", " nhung")
# "01 đơn vị có tổng điểm cao nhất và đạt từ 950 điểm trở lên"; "chọn tập thể đạt từ 90 điểm trở lên"
_WHO_HAS = pattern(
    rf"\b{_AWARDING}\b[^.]{{0,160}}?\b(?:tập thể|cá nhân|đơn vị|cơ quan|địa phương|người|công chức|viên chức|đảng viên"
    r"|chi bộ|hộ|hạng (?:nhất|nhì|ba|tư))(?: [a-z]+){0,4}?[,;]? "
    r"(?P<whom>(?:có|đạt|được|xếp|hoàn thành|với|là) [^.]{8,})"
)
# "Đơn vị dẫn đầu Cụm với tổng điểm từ 95 điểm trở lên được suy tôn, đề nghị tặng Cờ thi đua"
_WHO_FIRST = pattern(
    rf"(?:tập thể|cá nhân|{NOUNS})\b[^.;:]{{0,40}}? (?P<whom>(?:có|đạt|với|xếp|hoàn thành)\b"
    r"[^.;:]{6,140}?),? (?:thì )?(?:sẽ )?được (?:xét|suy tôn|tặng|khen|đề nghị|công nhận|biểu dương|bình chọn)\b"
)
_WHO_NEEDS = (" co ", " dat ", " duoc ", " xep ", " hoan thanh ", " voi ", " la ")
_DEED = pattern(
    r"\b(?:hoàn thành|đạt|có (?:từ|ít nhất|tối thiểu|thành tích|sáng kiến|thời gian|số phiếu|tỷ lệ)|không (?:có|bị|để"
    r"|vi phạm)|chấp hành|gương mẫu|được (?:xếp|đánh giá|công nhận|suy tôn|bỏ phiếu))\b"
)
_REFUSES = (
    r"\b(?:không|chưa|tạm dừng|loại)(?: được)? (?:(?:xem )?xét|đề nghị|bình (?:xét|chọn|bầu)|suy tôn|công nhận"
    r"|khen(?: thưởng)?|đưa vào|tặng|trao)"
)
# What none of the forms of a refusal can do without
_NEGATIONS = ("khong", "chua", "loai", "tam dung")
_REFUSAL = pattern(
    r"(?:không|chưa|tạm dừng|loại)(?: được)? (?:xem|xét|đề nghị|bình|suy tôn|công nhận|khen|đưa vào|tặng|trao)"
)
_OPENS = pattern(
    rf"\W*{_REFUSES[2:]}\b[^.;:]{{0,60}}?(?:\b(?:đối với|cho|với|nếu|khi|các|những|tập thể|cá nhân|đơn vị|trường hợp"
    r"|người)\b|:)"
)
_REFUSED = pattern(
    r"\b(?:không|chưa)(?: được)? (?:(?:xem )?xét|đề nghị|bình xét|bình chọn|suy tôn),? (?:tặng|khen|thi đua|danh hiệu"
    r"|trình)[^.]{0,60}\b(?:đối"
    r" với|các|những|nếu|khi|tập thể|cá nhân)\b"
)
# "đơn vị nào không đăng ký thì không được xét khen thưởng"
_REFUSED_THEM = pattern(
    r"\b(?:tập thể|cá nhân|đơn vị|cơ quan|địa phương|trường hợp|người|đảng viên|công chức|viên chức|cán bộ)(?: nào)?\b"
    r"[^.;]{4,160}?\b(?:thì )?(?:không|chưa)(?: được)?"
    r" (?:(?:xem )?xét|đề nghị|bình xét|bình chọn|suy tôn)[, ]*(?:tặng|khen|thi đua|danh hiệu|suy tôn|trong năm|$)"
)
_LATE = pattern(
    r"thời hạn|quá hạn|sau ngày|hồ sơ (?:gửi|nộp|đề nghị)|hồ sơ[^.;]{0,40}không được xem xét|không đúng|gửi"
)
_DIGIT = re.compile(r"\d")
_OPENING = pattern(r"(?:đồng thời|ngoài ra|bên cạnh đó|các trường hợp),? ")


def told(text: Text, root: Section, year: int | None, *, alone: bool) -> Iterator[Criterion]:
    """Merits and bars in the sentences on awards; the vaguer merits only where a plan has no others (`alone`).

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. KHEN THƯỞNG\\nCá nhân được tặng Giấy khen khi đạt từ 90 điểm trở lên và không bị kỷ luật.")
    >>> [(c.kind, c.polarity, c.text) for c in told(t, outline(t), 2025, alone=False)]
    [('individual', 'merit', 'đạt từ 90 điểm trở lên'), ('individual', 'bar', 'không bị kỷ luật')]
    """
    for clause in clauses(text, root, *_PARTS):
        if "criteria" in clause.section.roles:
            continue
        given = not _ELSEWHERE & set(clause.section.roles)
        for start, end in sentences(text, clause.start if clause.intro else clause.section.text_start, clause.end):
            said = reading(text).between(start, end)
            bars = list(_barred(text, clause, said, start, end))
            yield from bars
            if bars or not given:
                continue
            merits = list(_conditional(text, clause, said, start, end, year))
            if alone and not merits and "awards" in clause.section.roles:
                merits = list(_vaguer(text, clause, start, end, year))
            if merits and not is_told(text, start, end, end):
                yield from merits


def _barred(text: Text, clause: Clause, said: str, start: int, end: int) -> Iterator[Criterion]:
    """Bars told outside the part on criteria: "Không xét khen thưởng đối với tập thể có người bị kỷ luật"."""
    if not any(map(said.__contains__, _NEGATIONS)) or not _REFUSAL.search(said):
        return
    words = reading(text)
    whole = _OPENS.match(said) or _REFUSED.search(said)
    if not (whole or _REFUSED_THEM.search(said)) or _LATE.search(said):
        return
    a, b = tidy(text, start, end)
    for piece in split(text, a, b, True):
        if not whole and not words.search(_REFUSED_THEM, piece.start, piece.end):
            continue  # "Đăng ký trước ngày 28/02; đơn vị nào không đăng ký thì không được xét"
        bar = criterion(text, clause, *tidy(text, piece.start, piece.end), "bar", None, None)
        own = kind_of(re.sub(r"^\W*(?:khong|chua)(?: \w+){0,4}? (?:doi voi|cho|voi) ", "", words.between(a, b)))
        piece_kind = kind_of(words.between(*tidy(text, piece.start, piece.end))[:60])
        kind = clause.kind or piece_kind or own or "both"
        yield replace(bar, kind="both" if kind == "other" else kind)


def _conditional(text: Text, clause: Clause, said: str, start: int, end: int, year: int | None) -> Iterator[Criterion]:
    """The conditions of a sentence that gives an award *when* they are met."""
    words = reading(text)
    hit = words.search(_WHEN, start, end) if any(map(said.__contains__, _WHEN_NEEDS)) else None
    sure = hit is not None and _DEED.search(hit["whom"] or "") is not None
    if not sure:
        if "tro len" not in said and not _DIGIT.search(said):
            return
        if not any(map(said.__contains__, _WHO_NEEDS)):
            return
        hit = first(words, _WHO_FIRST, start, end) if " duoc " in said else None
        hit = hit or first(words, _WHO_HAS, start, end)
    if hit is None:
        return
    a, b = words.group(hit, "whom")
    if not sure and not any(bound.operator != "<=" for bound in find_thresholds(text, a, b, "merit")):
        return
    award = award_given(text, start, a)
    whom, before = hit["whom"] or "", words.between(*tidy(text, start, a))
    named = (kind_of(_MUST.sub("", whom).strip()) if _MUST.match(whom) else None) or kind_of(before)
    kind = clause.kind or named or kind_of(whom) or "both"
    for piece in split(text, *tidy(text, a, b), False):
        c, d = tidy(text, piece.start, piece.end)
        if d - c < 8 or not (sure or find_thresholds(text, c, d, "merit")):
            continue
        one = criterion(text, clause, c, d, piece.polarity, piece.any_of, year)
        yield replace(one, kind="both" if kind == "other" else kind, award=one.award or award)


def _vaguer(text: Text, clause: Clause, start: int, end: int, year: int | None) -> Iterator[Criterion]:
    """Where a plan has no part on criteria: conditions inside its sentences on awards."""
    words = reading(text)
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
        return
    a, b = tidy(text, a, b)
    if b - a < 15 or not _MERIT_WORDS.search(words.between(a, b)):
        return
    found = criterion(text, clause, a, b, "merit", None, year)
    said = _MUST.sub("", words.between(a, b)).strip()
    kind = kind_of(said) or (kind_of(words.between(start, a)) if must else None) or "both"
    kind = clause.kind or ("both" if kind == "other" else kind)
    yield replace(found, kind=kind, award=found.award or award_given(text, start, end))
