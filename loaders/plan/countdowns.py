"""Times counted from an event: "trong thời hạn 15 ngày làm việc kể từ ngày nhận đủ hồ sơ"."""

import re
from bisect import bisect_left
from typing import NamedTuple

from loaders.phrases import pattern, reading
from loaders.plan.clauses import tidy
from loaders.text import Text, once


class Countdown(NamedTuple):
    """So many days from an event. `event` is in the words of the text; `start` is where the limiting words begin."""

    start: int
    end: int
    boundary: str
    days: int
    working: bool
    event: str


_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_DAYS = (
    r"(?:(?P<days>\d{1,3})(?: ?\([a-z ]{2,20}\))?|(?P<told>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?: ?\(\d{1,3}\))?)"
    r" (?:ngày|hôm)(?P<working> làm việc)?,?"
)
_EVENT = (
    r"(?P<event>(?!ngày \d)(?:ngày|khi|thời điểm|lúc|được|có|nhận|kết thúc|ban hành|hoàn thành|tổ chức|họp|hết"
    r"|hội nghị|tổng kết"
    r"|phát động|bắt đầu|ký|công bố|trao|xét|thẩm định|gửi|sự kiện|lập)\b[^.;:()]{0,110}?)"
    r"(?=,|[.;:()]| (?:trước|sau) khi\b| (?:các|ubnd|ủy ban|(?<!hồ )sở|phòng|hội đồng|cơ quan|đơn vị|vụ|cục"
    r"|chủ tịch|văn phòng"
    r"|thường trực|để|phải|gửi về|báo cáo)\b|$)"
)
_FORMS = (
    ("within", pattern(
        rf"\b(?:(?:trong|chậm nhất|muộn nhất|không quá|thời hạn|thời gian|tối đa|trễ nhất|là|vòng|sau)(?: |: ))+{_DAYS}"
        rf" ?\(?(?:(?:tính |kể )*từ|sau|tính từ) (?:khi (?:có )?)?{_EVENT}")),
    ("within", pattern(rf"\bsau {_DAYS} (?!trước)(?:kể từ |từ )?{_EVENT}")),
    ("before", pattern(
        rf"\b(?:(?:chậm nhất|muộn nhất|ít nhất|tối thiểu|trễ nhất|là)(?: |: ))+{_DAYS} (?P<before>trước) {_EVENT}")),
    ("before", pattern(
        r"\btrước (?P<before>)(?P<event>(?:ngày|khi|thời điểm)? ?(?:họp|tổ chức|tổng kết|hội nghị|khai mạc"
        r"|kỷ niệm|diễn ra)"
        rf"[^.,;:()\d]{{0,60}}?) (?:ít nhất |chậm nhất |tối thiểu )?{_DAYS}")),
)  # fmt: skip
_BY = pattern(r"chậm nhất|muộn nhất|không quá|tối đa|trễ nhất")
_IN_FORCE = pattern(r"hiệu lực[^.;]{0,30}$")


def find_countdowns(text: Text, start: int, end: int) -> list[Countdown]:
    """Times counted from an event between two places, in order.

    >>> t = Text.of("Sở Nội vụ thẩm định trong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ, trình UBND tỉnh.")
    >>> [(c.days, c.working, c.boundary, c.event) for c in find_countdowns(t, 0, len(t.raw))]
    [(10, True, 'within', 'ngày nhận đủ hồ sơ')]
    """
    words, counted = reading(text), _counted(text)
    if not counted:
        return []
    first = bisect_left(counted, words.offset(start))
    if first == len(counted) or counted[first] >= words.offset(end):
        return []
    found: list[Countdown] = []
    for boundary, form in _FORMS:
        for hit in words.finditer(form, start, end):
            if any(hit.start < f.end and f.start < hit.end for f in found):
                continue
            if _IN_FORCE.search(words.between(max(start, hit.start - 60), hit.start)):
                continue  # "có hiệu lực sau 10 ngày kể từ ngày ký"
            days = int(hit["days"]) if hit["days"] else _WORDS[hit["told"] or "mot"]
            a, b = tidy(text, *words.group(hit, "event"))
            event = " ".join(text.raw[a:b].split())
            before = hit.match.groupdict().get("before") is not None
            bound = "by" if boundary == "within" and _BY.search(hit.match[0]) else boundary
            told = f"trước {event}" if before else event
            found.append(Countdown(hit.start, hit.end, bound, days, bool(hit["working"]), told))
    return sorted(found, key=lambda f: f.start)


@once
def _counted(text: Text) -> list[int]:
    """Where days are counted: every form of such a time has a number and their word."""
    words = reading(text).words
    found = [
        at.start() for word in _DAY_WORDS for at in word.finditer(words) if words.endswith(_NUMBERS, 0, at.start())
    ]
    return sorted(found)


_NUMBERS = (*"0123456789)", *_WORDS)
_LAST = "".join(sorted({number[-1] for number in _NUMBERS}))  # "từ ngày" is told from "10 ngày" by what stands before
_DAY_WORDS = tuple(re.compile(rf" {word}(?<=[{_LAST}] {word})") for word in ("ngay", "hom"))
