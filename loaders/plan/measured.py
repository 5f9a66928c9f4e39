"""Thresholds in amounts and grades of any scale: square metres, millions, pages, a mark of five, letters A to D."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.phrases import Hit, Reading, pattern
from loaders.plan.clauses import each

WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_LOW = (
    r"(?:không dưới|không thấp hơn|không ít hơn|không kém|không vượt quá|không quá|không nhiều hơn|tối thiểu|ít nhất"
    r"|tối đa|nhiều nhất|vượt|trên|dưới|hơn|quá|từ|đủ|[≥≤<>])"
)
_NUMBER = r"(?P<value>\d{1,3}(?:\.\d{3})+|\d{1,4}(?:,\d{1,2})?)"
_UNIT = (
    r"(?P<unit>(?:triệu|tỷ|nghìn|trăm)(?: đồng)?|đồng|m2|m²|mét vuông|km|ha|héc ta|tấn|kg|trang(?: hồ sơ)?|người"
    r"|hộ(?: dân)?"
    r"|cải tiến|quy trình|chuyên đề|tiết|câu|phiếu|video|clip|ảnh|hội nghị|lớp|đợt|ca|lượt người|học sinh"
    r"|đơn vị máu|suất"
    r"|ngày công|công|giờ giảng|bài giảng|bài báo|kỹ thuật|thành viên|cuộc|buổi|lần|việc tốt|việc|mô hình|sáng kiến"
    r"|giải pháp"
    r"|tin|bài|phần việc|công trình|tổ|thôn|ấp|cơ sở|đơn vị|kiến nghị|phản ánh|đơn thư|văn bản|hồ sơ|thủ tục|sản phẩm)"
)
_UP = r"(?P<up>[^,.;()%]{0,60}?\btrở (?P<way>lên|xuống)\b)"
_AMOUNT = pattern(
    rf"\b(?P<low>{_LOW}) ?(?:đạt |là |được |có |mức |khoảng )*{_NUMBER}(?: ?\([a-z ]+\))? ?{_UNIT}\b"
    rf"(?: ?/ ?(?:năm|tháng|quý|người|hộ))?{_UP}?"
)
_SPOKEN = pattern(
    rf"\b(?P<low>{_LOW}) (?:có )?(?P<words>một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:\(\d{{1,2}}\) )?{_UNIT}\b{_UP}?"
)
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
_DIGIT = re.compile(r"\d")
_CLASS_WORD = re.compile(r"\b(?:xep loai|phan loai|danh hieu)\b")


@dataclass(frozen=True)
class Measured:
    """A number or a grade with its bound, before it is a threshold."""

    start: int
    end: int
    low: str | None
    way: str | None
    value: float | int | None = None
    unit: str | None = None
    level: str | None = None


def find_measured(words: Reading, start: int, end: int) -> Iterator[Measured]:
    """Amounts and grades between two places that the commoner forms do not tell."""
    said = words.between(start, end)
    for form in (_AMOUNT, _MARK) if _DIGIT.search(said) else ():
        for hit in each(words, form, start, end):
            if form is _AMOUNT and hit["low"] == "tu" and not hit["way"]:
                continue
            low = hit["low"] if form is _AMOUNT else "tu"
            yield Measured(hit.start, hit.end, low, hit["way"], _number(hit["value"] or "0"), _unit(words, hit))
    for hit in words.finditer(_SPOKEN, start, end):
        spoken = WORDS[hit["words"] or "mot"]
        yield Measured(hit.start, hit.end, hit["low"], hit["way"], spoken, _unit(words, hit))
    for hit in each(words, _CONSECUTIVE, start, end) if " nam li" in said else ():
        value = WORDS.get(hit["value"] or "") or _number(hit["value"] or "0")
        low = (hit["low"] or "").strip() or None
        yield Measured(hit.start, hit.end, low, hit["way"], value, "năm")
    for hit in each(words, _GRADE, start, end) if "tro " in said or _CLASS_WORD.search(said) else ():
        if hit["way"] or (len(hit["level"] or "") > 4 and _CLASS_WORD.match(hit.match[0])):
            a, b = words.group(hit, "level")
            yield Measured(hit.start, hit.end, None, hit["way"], level=" ".join(words.raw[a:b].split()))


def _unit(words: Reading, hit: Hit) -> str | None:
    if not hit.match.groupdict().get("unit"):
        return None
    a, b = words.group(hit, "unit")
    return " ".join(words.raw[a:b].split()).lower()


def _number(printed: str) -> float | int:
    """
    >>> _number("1.500"), _number("4,2"), _number("02")
    (1500, 4.2, 2)
    """
    value = float(printed.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value
