"""Sentences that tell what was done, or speak of other people's business: no award, place or day of this plan."""

import re

from loaders.text import Text, once

_AWARDED = r"(?:tặng|trao|khen|biểu\s+dương|tuyên\s+dương|vinh\s+danh|suy\s+tôn|bình\s+chọn|bình\s+xét|công\s+nhận)"
# "Chủ tịch UBND tỉnh đã tặng Bằng khen cho 15 tập thể", "đã có 120 tập thể … được khen thưởng"
_DONE = re.compile(
    rf"(?<!\w)(?:đã|vừa|từng)\s+(?:được\s+)?(?:(?:quyết\s+định|xem\s+xét|đề\s+nghị|kịp\s+thời|tổ\s+chức)\s+)?"
    rf"(?:{_AWARDED}|có\s+(?:hơn\s+|trên\s+|gần\s+)?\d+|giành|đạt\s+(?:được\s+)?\d+|nhận|chi|xử\s+phạt|thăm|hỗ\s+trợ|cấp)"
    r"(?!\w)",
    re.IGNORECASE,
)
# "12 tập thể, 20 cá nhân đã được tặng Bằng khen"
_DONE_AFTER = re.compile(
    rf"[^.;:]{{0,120}}?(?<!\w)đã\s+(?:được\s+)(?:[^.;:]{{0,50}}?\s)?{_AWARDED}(?!\w)", re.IGNORECASE
)
# words of a plan: what stands before them is what it wants, not what was
_PLANNED = re.compile(
    rf"(?<!\w)(?:(?<!đã\s)(?<!từng\s)(?<!được\s)(?<!giấy\s)(?<!bằng\s)(?<!thư\s)(?:{_AWARDED})|đề\s+nghị|xét|chọn|lựa\s+chọn|sẽ|phải|phấn\s+đấu|dự\s+kiến"
    r"|tối\s+đa|không\s+quá|ít\s+nhất|mỗi|đăng\s+ký|ưu\s+tiên|tiêu\s+chuẩn|điều\s+kiện|đối\s+với|trường\s+hợp|không"
    r"|(?:cho|các|những)\s+(?:tập\s+thể|cá\s+nhân|đơn\s+vị|hộ)(?:\s+[^\W\d]+){0,3})(?!\w)",
    re.IGNORECASE,
)
# "Trong năm 2024, toàn huyện có 12 tập thể được tặng …", "Kết quả: 08 tập thể …", "Qua 05 năm thực hiện, …"
_LOOKS_BACK = re.compile(
    r"(?:\W|[a-z\d]{1,3}[.)])*(?P<sure>kết\s+quả\b(?!\s+(?:bình|xét|chấm|thi\s+đua\s+là))[^.;:,]{0,40}(?=:|\scó\s)"
    r"|(?:năm|thời\s+gian|giai\s+đoạn|nhiệm\s+kỳ|những\s+năm|mấy\s+năm)\s+(?:vừa\s+)?qua"
    r"|(?:qua|sau|trong)\s+\d+\s+năm\s+(?:qua|thực\s+hiện|phát\s+động|triển\s+khai)"
    r"|tính\s+đến\b)"
    r"|(?:\W|[a-z\d]{1,3}[.)])*[^.;:]{0,40}?\b(?:năm(?:\s+học)?|\d/)\s*(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    rf"(?<!\w)(?:được\s+(?:[^.;:]{{0,70}}?\s)?{_AWARDED}|đạt\s+\d+|giành|có\s+\d+)(?!\w)", re.IGNORECASE
)
# "cử 02 cá nhân dự tập huấn", "Hội đồng gồm 07 cá nhân", "thư chúc mừng 10 gia đình"
_OTHERS = re.compile(
    r"(?<!\w)(?:(?:cử|phân\s+công|bố\s+trí|mời)\s+(?:(?:ít\s+nhất|tối\s+thiểu|từ|không\s+quá)\s+)?(?=\d)"
    r"|(?:dự|tham\s+dự)\s+(?:lễ|hội\s+nghị|buổi)[^.;]{0,60}?\scó\s+(?=\d)"
    r"|(?:hội\s+đồng|ban|tổ|đoàn)(?:\s[^.;:,]{0,40})?\sgồm\s+(?:có\s+)?(?=\d)"
    r"|(?:chúc\s+mừng|thăm(?:\s+hỏi)?|xử\s+phạt|tập\s+huấn\s+cho)\s+(?=\d))",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"(?<!\w)(?:tặng|khen|bình|chọn|suy\s+tôn|đề\s+nghị|tiêu\s+biểu|xuất\s+sắc|biểu\s+dương)(?!\w)", re.IGNORECASE
)
_ISSUED = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(20\d\d)", re.IGNORECASE)
_HEAD = 3000


@once
def issued_in(text: Text) -> int:
    """The year the head of a document names, 0 where it names none."""
    day = _ISSUED.search(text.raw, 0, _HEAD)
    return int(day[1]) if day else 0


def is_told(text: Text, start: int, end: int, at: int) -> bool:
    """Whether what stands at a place of a sentence is told of the past.

    >>> words = "Năm 2024, UBND tỉnh đã tặng Bằng khen cho 15 tập thể."
    >>> is_told(Text.of(words), 0, len(words), words.index("15"))
    True
    >>> words = "Tặng Bằng khen cho 15 tập thể đã có thành tích trong 5 năm."
    >>> is_told(Text.of(words), 0, len(words), words.index("15"))
    False
    """
    raw = text.raw
    if end - start > 1500:
        return False
    start = _opening(text, start)
    said = raw[start:end].lower()
    if "đã" in said or "vừa" in said or "từng" in said:
        clause = max(raw.rfind(";", start, at) + 1, start)
        done = _DONE.search(raw, clause, at) or _DONE.search(raw, start, at)
        if done and not _PLANNED.search(raw, start, done.start()) and not _AFTER_NOUN.search(raw, start, done.start()):
            return True
        if _DONE_AFTER.match(raw, at, end) and not _PLANNED.search(raw, start, at):
            return True
    if not any(word in said for word in ("qua", "quả", "năm", "tính")):
        return False
    back = _LOOKS_BACK.match(raw, start, end)
    if back is None or back.end() > at or not _RECEIVED.search(raw, back.end(), end):
        return False
    year = int(back["year"] or 0)
    known = back["sure"] is not None or 0 < year < issued_in(text)
    return known and not _PLANNED.search(_RECEIVED.sub(" ", raw[start:end]))


_STOPPED = re.compile(r"\D[.;]\s")


def _opening(text: Text, start: int) -> int:
    """Where the line begins whose heading was taken off: "Kết quả: | 08 tập thể …"."""
    line = text.raw.rfind("\n", max(0, start - 160), start) + 1
    return line if line and not _STOPPED.search(text.raw, line, start) else start


# "tập thể đã được tặng Bằng khen": who may be proposed, no report of what was done
_AFTER_NOUN = re.compile(r"(?<!\w)(?:tập\s+thể|cá\s+nhân|đơn\s+vị|người|hộ|có|là|nếu)\s+$", re.IGNORECASE)


def is_others(text: Text, start: int, end: int, at: int) -> bool:
    """Whether a number at a place counts other people than those rewarded.

    >>> words = "Mỗi cơ quan cử 02 cá nhân tham dự lớp tập huấn."
    >>> is_others(Text.of(words), 0, len(words), words.index("02"))
    True
    """
    clause = max(text.raw.rfind(";", start, at) + 1, start)
    found = _OTHERS.search(text.raw, clause, at + 1)
    if found is None:
        return False
    stop = text.raw.find(";", at, end)
    after = text.raw[at : stop if stop >= 0 else end]
    return not _GIVES.search(text.raw, found.end(), at) and not re.search(r"tiêu biểu|đề nghị|xuất sắc", after)
