"""Thresholds in amounts and grades of any scale: square metres, millions, pages, a mark of five, letters A to D."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.phrases import Hit, Reading, pattern, reading
from loaders.text import Text

WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_LOW = (
    r"(?:không dưới|không thấp hơn|không ít hơn|không kém|không vượt quá|không quá|không nhiều hơn|tối thiểu|ít nhất"
    r"|tối đa|nhiều nhất|vượt|trên|dưới|hơn|quá|từ|đủ|[≥≤<>])"
)
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d{3})+|\d{1,4}(?:,\d{1,2})?)"
_UNITS = (
    r"(?:triệu|tỷ|nghìn|trăm)(?: đồng)?|đồng|m2|m²|mét vuông|km|ha|héc ta|tấn|kg|trang(?: hồ sơ)?|người"
    r"|hộ(?: dân)?"
    r"|cải tiến|quy trình|chuyên đề|tiết|câu|phiếu|video|clip|ảnh|hội nghị|lớp|đợt|ca|lượt người|học sinh"
    r"|đơn vị máu|suất"
    r"|ngày công|công|giờ giảng|bài giảng|bài báo|kỹ thuật|thành viên|cuộc|buổi|lần|việc tốt|việc|mô hình|sáng kiến"
    r"|giải pháp"
    r"|tin|bài|phần việc|công trình|tổ|thôn|ấp|cơ sở|đơn vị|kiến nghị|phản ánh|đơn thư|văn bản|hồ sơ|thủ tục|sản phẩm"
)
_UNIT = rf"(?P<unit>{_UNITS})"
_UP = r"(?P<up>[^,.;()%]{0,60}?\btrở (?P<way>lên|xuống)\b)"
_AMOUNT = pattern(
    rf"\b(?P<low>{_LOW}) ?(?:đạt |là |được |có |mức |khoảng )*{_NUMBER}(?: ?\([a-z ]+\))? ?{_UNIT}\b"
    rf"(?: ?/ ?(?:năm|tháng|quý|người|hộ))?{_UP}?"
)
_NUMERAL = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_SPOKEN = pattern(rf"\b(?P<low>{_LOW}) (?:có )?(?P<words>{_NUMERAL}) (?:\(\d{{1,2}}\) )?{_UNIT}\b{_UP}?")
# "từ 4,2/5 trở lên", "từ 3,60 trở lên", "đạt mức 4 trở lên"
_MARK = pattern(
    r"\b(?P<low>từ|mức|đạt|trên)(?: (?:mức|từ|mức độ|điểm))* (?P<value>\d{1,3}(?:,\d{1,2})?)(?:/(?P<of>\d{1,3}))? trở"
    r" (?P<way>lên|xuống)\b"
)
_CONSECUTIVE = pattern(
    r"\b(?P<low>ít nhất |tối thiểu |từ )?(?P<value>\d{1,2}|hai|ba|bốn"
    r"|năm)(?: \(\d{1,2}\))? (?P<unit>năm) (?:liên tục|liên"
    r" tiếp|liền(?! kề| trước))(?P<up>[^,.;()%]{0,60}?\btrở (?P<way>lên)\b)?"
)
_GRADE = pattern(
    r"\b(?:xếp loại|phân loại|loại|mức độ|mức|hạng|danh hiệu|từ|đạt)(?: (?:đạt|từ|mức|loại|chuẩn))* [“\"'‘]?"
    r"(?P<level>[a-d][+]?|đạt|giỏi|vững mạnh xuất sắc|vững mạnh|tiên tiến|kiểu mẫu|nâng cao|gia đình văn hóa)[”\"'’]?"
    r"(?: trở (?P<way>lên|xuống))?\b"
)
_GRADED = ("xep loai", "phan loai", "danh hieu")
_CLASS_WORD = re.compile(rf"\b(?:{'|'.join(_GRADED)})\b")
_DIGIT = re.compile(r"\d")
BEHIND = 30  # how far behind a form "trở lên" is looked for
# What the patterns above cannot do without, told by a first letter or sign and so missed soon
_AMOUNT_ANCHOR = pattern(rf"\d(?: ?\([a-z ]+\))? ?(?:{_UNITS})")
_SPOKEN_ANCHOR = pattern(rf" {_NUMERAL} (?:\(\d{{1,2}}\) )?(?:{_UNITS})")


class Stretch:
    """The words between two places, through which one form of threshold after another is looked for."""

    __slots__ = ("begin", "end", "numbered", "said", "start", "stop", "text", "upwards", "words")

    def __init__(self, text: Text, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.words = words = reading(text)
        self.begin, self.stop = begin, stop = words.offset(start), words.offset(end)
        self.said = words.words[begin:stop]
        self.numbered = _DIGIT.search(self.said) is not None
        find = words.words.find
        self.upwards = find("tro len", begin, stop + BEHIND) >= 0 or find("tro xuong", begin, stop + BEHIND) >= 0

    def has(self, needles: tuple[str, ...]) -> bool:
        """Whether one of a few words stands here."""
        said = self.said
        for needle in needles:  # noqa: SIM110 - asked ten times of every clause
            if needle in said:
                return True
        return False

    def each(self, form: re.Pattern[str], anchor: re.Pattern[str] | None = None) -> Iterator[Hit]:
        """Matches in order; none where the anchor that each contains stands nowhere."""
        if anchor is not None and anchor.search(self.said) is None:
            return _NOTHING
        return map(self.words.hit, form.finditer(self.words.words, self.begin, self.stop))


_NOTHING: Iterator[Hit] = iter(())


class Bound(NamedTuple):
    """A threshold with the place of its words, before what it measures is told."""

    start: int
    end: int
    operator: str
    value: float | int | None = None
    unit: str | None = None
    base: str | None = None
    level: str | None = None
    scale: str | None = None
    relative_to: str | None = None
    measure: str | None = None
    of: str | None = None


class Measured(NamedTuple):
    """A number or a grade with its bound, before it is a threshold."""

    start: int
    end: int
    low: str | None
    way: str | None
    value: float | int | None = None
    unit: str | None = None
    level: str | None = None


def find_measured(stretch: Stretch) -> Iterator[Measured]:
    """Amounts and grades that the commoner forms do not tell."""
    words = stretch.words
    for hit in stretch.each(_AMOUNT, _AMOUNT_ANCHOR) if stretch.numbered else ():
        if hit["low"] != "tu" or hit["way"]:
            yield Measured(hit.start, hit.end, hit["low"], hit["way"], _number(hit["value"] or "0"), _unit(words, hit))
    for hit in stretch.each(_MARK) if stretch.numbered and stretch.upwards else ():
        yield Measured(hit.start, hit.end, "tu", hit["way"], _number(hit["value"] or "0"))
    for hit in stretch.each(_SPOKEN, _SPOKEN_ANCHOR):
        spoken = WORDS[hit["words"] or "mot"]
        yield Measured(hit.start, hit.end, hit["low"], hit["way"], spoken, _unit(words, hit))
    for hit in stretch.each(_CONSECUTIVE) if " nam li" in stretch.said else ():
        value = WORDS.get(hit["value"] or "") or _number(hit["value"] or "0")
        low = (hit["low"] or "").strip() or None
        yield Measured(hit.start, hit.end, low, hit["way"], value, "năm")
    for hit in stretch.each(_GRADE) if stretch.upwards or stretch.has(_GRADED) else ():
        if hit["way"] or (len(hit["level"] or "") > 4 and _CLASS_WORD.match(hit.match[0])):
            a, b = words.group(hit, "level")
            yield Measured(hit.start, hit.end, None, hit["way"], level=" ".join(words.raw[a:b].split()))


def _unit(words: Reading, hit: Hit) -> str:
    a, b = words.group(hit, "unit")
    return " ".join(words.raw[a:b].split()).lower()


def _number(printed: str) -> float | int:
    """
    >>> _number("1.500"), _number("4,2"), _number("02")
    (1500, 4.2, 2)
    """
    value = float(printed.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value
