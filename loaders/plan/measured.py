"""Thresholds in amounts and grades of any scale: square metres, millions, pages, a mark of five, letters A to D."""

import re
from collections.abc import Iterator

from loaders.phrases import Hit, Reading, pattern
from loaders.plan.stretch import Bound, Stretch, operator_of

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
# What the patterns above cannot do without, told by a first letter or sign and so missed soon
_AMOUNT_ANCHOR = pattern(rf"\d(?: ?\([a-z ]+\))? ?(?:{_UNITS})")
_SPOKEN_ANCHOR = pattern(rf" {_NUMERAL} (?:\(\d{{1,2}}\) )?(?:{_UNITS})")


def find_measured(stretch: Stretch) -> Iterator[Bound]:
    """Amounts and grades that the commoner forms do not tell."""
    words = stretch.words
    for hit in stretch.each(_AMOUNT, _AMOUNT_ANCHOR) if stretch.numbered else ():
        if hit["low"] != "tu" or hit["way"]:
            value, sign = _number(hit["value"] or "0"), operator_of(hit["low"], hit["way"])
            yield Bound(hit.start, hit.end, operator=sign, value=value, unit=_unit(words, hit))
    for hit in stretch.each(_MARK) if stretch.numbered and stretch.upwards else ():
        value = _number(hit["value"] or "0")
        yield Bound(hit.start, hit.end, operator=operator_of("tu", hit["way"]), value=value)
    for hit in stretch.each(_SPOKEN, _SPOKEN_ANCHOR):
        value, sign = WORDS[hit["words"] or "mot"], operator_of(hit["low"], hit["way"])
        yield Bound(hit.start, hit.end, operator=sign, value=value, unit=_unit(words, hit))
    for hit in stretch.each(_CONSECUTIVE) if " nam li" in stretch.said else ():
        value = WORDS.get(hit["value"] or "") or _number(hit["value"] or "0")
        sign = operator_of((hit["low"] or "").strip() or None, hit["way"])
        yield Bound(hit.start, hit.end, operator=sign, value=value, unit="năm")
    for hit in stretch.each(_GRADE) if stretch.upwards or stretch.has(_GRADED) else ():
        if hit["way"] or (len(hit["level"] or "") > 4 and _CLASS_WORD.match(hit.match[0])):
            a, b = words.group(hit, "level")
            level = " ".join(words.raw[a:b].split())
            yield Bound(hit.start, hit.end, operator=operator_of(None, hit["way"]), level=level)


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
