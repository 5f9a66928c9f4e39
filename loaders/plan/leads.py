"""Words before and after a condition that are none of it: its label, its award, the refusal that follows
from it."""

import re
from typing import NamedTuple

from loaders.phrases import pattern, reading
from loaders.plan.clauses import kind_of, tidy
from loaders.text import Text


class Lead(NamedTuple):
    """What a condition is led in by: where that ends, its words, and whom it names."""

    end: int
    words: str
    kind: str | None


_NUMBERED = pattern(r"\W*(?:tc|tiêu chí|tiêu chuẩn|điều kiện|đk|yêu cầu)(?: số)? ?\d{1,2}(?:\.\d{1,2})?[.:)]\s*")
# "Giấy khen của Đảng ủy xã khi đạt các điều kiện: hoàn thành …", "… nếu đáp ứng đủ tiêu chuẩn sau: …"
_WHEN = pattern(
    r"[^.;:]{0,140}?\b(?:khi|nếu|phải|và)\b[^.;:]{0,30}?\b(?:đạt|có|đáp ứng|bảo đảm|đảm bảo|thỏa mãn|hội đủ)"
    r"[^.;:]{0,24}\b(?:điều kiện|tiêu chuẩn|tiêu chí|yêu cầu)[^.;:]{0,20}: "
)
_LABEL = pattern(r"(?P<label>\W*[^:;.]{2,110}(?:\([^()]{2,60}\)[^:;.]{0,20})?): ?")
_SAYS = pattern(
    r"\b(?:có|đạt|được|bị|vi phạm|hoàn thành|chấp hành|thực hiện|là|trở lên|tối thiểu|ít nhất|bảo đảm|đảm bảo"
    r"|giải quyết|tỷ lệ|chỉ số|kết quả|công tác)\b|\d ?%"
)
_REFUSES = pattern(
    r"\W*(?:không|chưa)(?: được)? (?:(?:xem )?xét|suy tôn|bình (?:xét|chọn|bầu)|công nhận|đề nghị|khen|tặng|chọn)"
)
_AWARD = pattern(
    r"\W*(?:đề nghị |xét |trình |xem xét )*(?:[^.;:,]{0,60}? )?(?:tặng |tặng thưởng |trao |công nhận )?(?:danh hiệu )?"
    r"[“\"]?(?:bằng khen|giấy khen|cờ thi đua|cờ (?=của|luân|truyền)|giải thưởng|kỷ niệm chương|huân chương|thư khen"
    r"|tập thể lao động xuất sắc"
    r"|chiến s[iy] thi đua)\b[^.;:]{0,90}? cho (?:các |những |\d{1,2} )?(?=(?:tập thể|cá nhân|đơn vị|cơ quan"
    r"|địa phương|chi bộ"
    r"|đảng viên|công chức|người|xã|phường|khoa|phòng|trường|hộ)\b(?! *(?:[,;.]|$)))"
)
_AT_LAST = pattern(
    r",? (?:thì |sẽ |đều )*(?:không|chưa)(?: được)? (?:(?:xem )?xét|đề nghị|bình (?:xét|chọn|bầu)|suy tôn|công nhận)"
    r"(?:[ ,](?:(?:xét|tặng|khen|thưởng|khen thưởng|thi đua|danh hiệu|suy tôn|biểu dương|tuyên dương|tôn vinh|trong"
    r"|năm|đợt|quý|đó|này|các|hình thức)\b"
    r"[ ,]?)*)?[.;]?\W*$"
)


def led(text: Text, start: int, end: int) -> Lead | None:
    """The words that only lead a condition in, None where it begins at once.

    >>> t = Text.of("Phòng, trung tâm: không có hồ sơ quá hạn")
    >>> led(t, 0, len(t.raw))
    Lead(end=18, words='phong, trung tam', kind='collective')
    """
    words = reading(text)
    a, _ = tidy(text, start, end)
    said = words.between(a, min(end, a + 260))
    at, told, kind = 0, "", None
    numbered = _NUMBERED.match(said)
    at = numbered.end() if numbered else 0
    label = (_WHEN.match(said, at) or _named(said, at)) if ":" in said[at:] else None
    if label:
        told = label.groupdict().get("label") or label[0].strip(" :")
        kind, at = kind_of(told.strip(' "“')), label.end()
    else:
        award = _AWARD.match(said, at) if " cho " in said else None
        at = award.end() if award else at
    if at == 0:
        return None
    place = words.place(words.offset(a) + at)
    return Lead(place, told, kind if kind in ("collective", "individual") else None) if end - place >= 8 else None


def _named(said: str, at: int) -> re.Match[str] | None:
    """A label that names whom or which award a condition is for, and says nothing of its own."""
    label = _LABEL.match(said, at)
    if label is None:
        return None
    told = label["label"].strip()
    if _REFUSES.match(told):
        return label
    if _SAYS.search(told):
        return None
    return label if told[:1] in '“"' or kind_of(told) in ("collective", "individual", "both") else None


def refused_at_last(text: Text, start: int, end: int) -> int | None:
    """Where the refusal begins that a sentence ends with: "… bị phê bình bằng văn bản thì không xét khen thưởng"."""
    words = reading(text)
    said = words.between(max(start, end - 90), end)
    if "khong" not in said and "chua" not in said:
        return None
    hit = words.search(_AT_LAST, max(start, end - 90), end)
    return hit.start if hit and hit.start - start >= 12 else None
