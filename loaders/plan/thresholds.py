"""What a condition measures and what must be reached: a share, points, a count, a level of a ladder, a rank."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from loaders.findings import Threshold
from loaders.phrases import Hit, Reading, pattern, reading
from loaders.plan.clauses import each, tidy
from loaders.plan.measured import find_measured
from loaders.plan.measures import INDEX, STAFF, complete
from loaders.text import Text, fold, once
from loaders.vocabulary import scheme

_NUMBER = r"(?P<value>\d{1,3}(?:[.,]\d{1,2})?)"
_LOW = (
    r"(?P<low>không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|không kém|không vượt quá|không quá|tối thiểu"
    r"|ít nhất|"
    r"tối đa|cao nhất|lớn hơn hoặc bằng|nhỏ hơn hoặc bằng|lớn hơn|nhỏ hơn|thấp hơn|bằng hoặc (?:cao hơn|trên)|trên|dưới"
    r"|hơn|vượt quá|vượt|quá|từ|[≥≤]|>=|<=|=>|[<>])"
)
_SHARE = pattern(
    rf"(?:{_LOW} ?(?:(?:đạt|là|từ|được|phải|mức|bằng|có) ){{0,2}}(?:tỷ lệ "
    rf"|tỉ lệ )?)?{_NUMBER}(?:/1?\d{{2}})?"
    r"(?P<range>(?: ?(?:%|điểm))? ?(?:đến|-)(?: dưới)? ?\d{1,3}(?:[.,]\d{1,2})?)? ?(?P<unit>%|phần trăm|điểm\b)"
    r"(?P<up>[^,.;()%]{0,70}?\btrở (?P<way>lên|xuống)\b)?"
)
_COUNTED = (
    r"sáng kiến|mô hình|giải pháp|cách làm|đề tài|bài viết|tin, bài|tin bài|bài|lần|nhiệm vụ|tiêu chí|nội dung"
    r"|dịch vụ|thủ tục|lượt|hoạt động|công trình|phần việc|điển hình|đề án|việc|năm|tháng|hồ sơ|buổi|cuộc"
    r"|chỉ tiêu|bậc(?! lương)|thứ hạng|danh hiệu|sản phẩm|ứng dụng|ý tưởng|dự án|phần mềm|văn bản|đơn thư"
    r"|phản ánh|giờ|ngày làm việc|ngày|phút"
)
_COUNT = pattern(
    r"(?P<low>không quá|không vượt quá|không nhiều hơn|vượt quá|không dưới|không ít hơn|không thấp hơn|tối thiểu"
    r"|ít nhất"
    r"|tối đa|nhiều nhất|quá|trên|từ đủ|từ|dưới|chưa đủ|chưa đến|đủ"
    rf"|[≥≤<>]) ?(?:có |đạt |là |được |từ )?(?P<value>\d{{1,3}})(?: ?\([a-z ]+\))? (?P<unit>{_COUNTED})\b"
    r"(?P<rate> ?/ ?(?:năm|tháng|quý))?(?P<up>[^,.;()]{0,60}?\btrở (?P<way>lên)\b)?"
)
_HAS = pattern(
    r"\bcó (?:được )?(?P<value>\d{1,3})(?: ?\([a-z ]+\))? (?P<unit>sáng kiến|mô hình|giải pháp|cách làm|đề tài|bài viết"
    r"|tin, bài|tin bài|công trình|đề án|sản phẩm|ý tưởng|dự án|phần mềm)\b(?P<up>[^,.;()]{0,60}?\btrở (?P<way>lên)\b)?"
)
_MORE = pattern(
    rf"\b(?P<value>\d{{1,3}})(?: ?\([a-z ]+\))? (?P<unit>{_COUNTED}|ngày|bậc"
    rf"|hạng)\b(?P<up>[^,.;()]{{0,40}}?\btrở (?P<way>lên)\b)"
)
_WITHIN = pattern(r"(?:\btrong(?: vòng| thời gian| thời hạn)?|\bsau|/) $")
_DIGIT = re.compile(r"\d")
_ORDINALS = {"nhat": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
_PLACE = r"(?:nhất|nhì|ba|tư|(?<=thứ )(?:hai|năm)|\d{1,2})"  # without marks "hàng năm" is "hạng năm"
_RANK = pattern(
    rf"\b(?:(?:thứ )?hạng|xếp(?: từ| ở| vào)?(?: (?:thứ hạng|vị trí|thứ|hạng))+|vị trí|đứng)(?:"
    rf" từ)? (?:thứ )?(?P<first>{_PLACE})\b"
    rf"(?P<more>(?:(?:,| và| hoặc|, hoặc| đến| -) (?:thứ |hạng )*{_PLACE}\b)*)(?: trong toàn [a-z]+)?(?: trở lên)?"
)
_TOP = pattern(r"\b(?:top|tốp|nhóm) (?:có )?(?P<first>\d{1,2})\b")
_LEADS = pattern(r"xếp (?:hạng )?(?:thứ )?(?P<first>\d{1,2}) (?:trở lên|toàn)")
_BETTER = pattern(
    r"(?P<negated>không )?\b(?P<way>tăng|cao hơn|nâng cao|cải thiện|vượt|giảm|thấp hơn)\b(?P<what>[^.;]{0,70}?)"
    r"\b(?:so với|hơn)?[^.;,]{0,50}?\bnăm (?:trước|liền kề|liền trước|20\d\d)(?: liền kề)?"
)
_STEPS = pattern(r"(?:(?P<low>tối thiểu|ít nhất|từ|trên) )?(?P<value>\d{1,2}) (?:bậc|hạng)(?: trở (?P<way>lên))?")
_COMPARED = pattern(r"so với|cao hơn|thấp hơn|hơn năm")
_GRADED = pattern(r"đánh giá|xếp loại|phân loại|mức|loại|công nhận|xếp hạng|chất lượng")
_UP = pattern(r"^[\"“”'’)]{0,2} ?(?:nhiệm vụ )?(?:(?:trong )?năm \d{4} )?(?:trở (?P<way>lên|xuống))\b")
_CLASS = pattern(
    r"\b(?:xếp loại|phân loại|loại|mức|hạng|xếp hạng|đánh giá)(?: (?:đạt|từ|mức|loại|là|hạng|t[iu]r?))* ?[“\"'‘]?"
    r"(?P<level>xuất sắc|tốt|khá|trung bình|yếu|kém)\b"
)
_BASE = pattern(
    r"^ (?P<base>(?!trở |so với|đối với|trong |theo |vào |của năm|và |đến |được |đạt |là |hoặc |kế"
    r" hoạch vốn trở)[^,.;:()\d]{4,90})"
)
_BASE_END = pattern(
    r" (?:được|đạt|đều|phải|trở lên|so với|theo|trên|vào|không|có|đúng|hoàn thành|thực hiện|đăng"
    r" ký|áp dụng|đảm bảo|bảo đảm|đề ra|hàng năm"
    r"|hằng năm|từ|đối với|trong|qua|và)\b"
)


@dataclass(frozen=True)
class FoundThreshold:
    """A threshold with the place of its words."""

    start: int
    end: int
    threshold: Threshold


def find_thresholds(
    text: Text, start: int, end: int, *, kind: str | None = None, polarity: str = "merit", year: int | None = None
) -> list[FoundThreshold]:
    """Every threshold between two places, in order. `year` is the campaign's, for the offset of "năm 2023".

    >>> t = Text.of("Chỉ số cải cách hành chính đạt từ 90% trở lên; xếp loại Tốt")
    >>> [(f.threshold.operator, f.threshold.value, f.threshold.level) for f in find_thresholds(t, 0, len(t.raw))]
    [('>=', 90, None), ('=', None, 'Tốt')]
    """
    found = _candidates(text, start, end, polarity)
    return [
        replace(f, threshold=complete(text, f.threshold, (f.start, f.end), (start, end), kind, polarity, year))
        for f in found
    ]


_Finder = Callable[[Text, Reading, int, int, str], list[FoundThreshold]]


@cache
def _finders() -> tuple[tuple[_Finder, tuple[str, ...], bool], ...]:
    """What finds thresholds, the surer first, with words one of which it needs and whether it needs a digit."""
    ladders = {fold(label).split()[0] for concept in scheme("discipline").values() for label in concept.labels}
    return (
        (_discipline, tuple(sorted(ladders)), False),
        (_levels, ("hoan thanh",), False),
        (_classes, ("loai", "muc", "hang", "danh gia"), False),
        (_ranks, ("hang", "xep", "vi tri", "dung", "top", "nhom"), False),
        (_better, (" nam ",), False),
        (_shares, ("%", "phan tram", "diem"), True),
        (_counts, ("",), True),
        (_measured, ("",), False),
    )


@once
def _candidates(text: Text, start: int, end: int, polarity: str) -> list[FoundThreshold]:
    """The thresholds between two places, yet without what they measure."""
    words = reading(text)
    found: list[FoundThreshold] = []
    said = words.between(start, end)
    numbered = _DIGIT.search(said) is not None
    for find, needed, counts in _finders():
        if (counts and not numbered) or not any(map(said.__contains__, needed)):
            continue
        for candidate in find(text, words, start, end, polarity):
            if not any(candidate.start < f.end and f.start < candidate.end for f in found):
                found.append(candidate)
    return _join_grades(words, sorted(found, key=lambda f: f.start))


def _join_grades(words: Reading, found: list[FoundThreshold]) -> list[FoundThreshold]:
    """ "100% cán bộ, công chức được xếp loại hoàn thành nhiệm vụ trở lên" is one threshold: a share of the staff."""
    joined: list[FoundThreshold] = []
    for candidate in found:
        last = joined[-1] if joined else None
        if last and last.threshold.unit == "%" and candidate.threshold.scale in ("assessment", "index-class"):
            between = words.between(last.end, candidate.start)
            if STAFF.match(between.strip()) and not re.search(r"[.;]| va ", between):
                rung = words.raw[candidate.start : candidate.end]
                measure = " ".join(f"tỷ lệ xếp loại {rung}".split())
                share = replace(last.threshold, measure=measure, of="staff", base=last.threshold.base)
                joined[-1] = FoundThreshold(last.start, candidate.end, share)
                continue
        joined.append(candidate)
    return joined


def find_threshold(
    text: Text, start: int, end: int, *, kind: str | None = None, polarity: str = "merit", year: int | None = None
) -> Threshold | None:
    """The threshold of one condition: its first; a form of discipline before all others in a bar."""
    found = find_thresholds(text, start, end, kind=kind, polarity=polarity, year=year)
    return found[0].threshold if found else None


def _at(hit: Hit, threshold: Threshold) -> FoundThreshold:
    return FoundThreshold(hit.start, hit.end, threshold)


def _value(printed: str) -> int | float:
    value = float(printed.replace(",", "."))
    return int(value) if value.is_integer() else value


def _operator(low: str | None, way: str | None) -> str:
    if way:
        return ">=" if way == "len" else "<="
    match low:
        case "tren" | "hon" | "vuot" | "qua" | "vuot qua" | "lon hon" | ">":
            return ">"
        case "duoi" | "thap hon" | "nho hon" | "chua du" | "chua den" | "<":
            return "<"
        case (
            "khong qua"
            | "toi da"
            | "cao nhat"
            | "khong vuot qua"
            | "khong nhieu hon"
            | "nhieu nhat"
            | "nho hon hoac bang"
            | "≤"
            | "<="
        ):
            return "<="
        case None:
            return "="
        case _:
            return ">="
    return "="


def _shares(text: Text, words: Reading, start: int, end: int, _: str) -> list[FoundThreshold]:
    found = []
    for hit in each(words, _SHARE, start, end):
        value_end = hit.match.end("unit")
        unit = "%" if hit["unit"] in ("%", "phan tram") else "điểm"
        threshold = Threshold(
            operator=">=" if hit["range"] else _operator(hit["low"], hit["way"]),
            value=_value(hit["value"] or "0"), unit=unit,
            base=_base(text, words, words.end_place(value_end), end) if unit == "%" else None,
        )  # fmt: skip
        found.append(_at(hit, threshold))
    return found


def _base(text: Text, words: Reading, start: int, end: int) -> str | None:
    """Of what a share is taken: the words after the sign, to the end of their phrase."""
    after = words.between(start, end)
    match = _BASE.match(after)
    if not match:
        return None
    close = match.end("base")
    ends = _BASE_END.search(after, match.start("base"), close)
    close = ends.start() if ends else close
    if close - match.start("base") < 4:
        return None
    at = words.offset(start)
    a, b = tidy(text, words.place(at + match.start("base")), words.end_place(at + close))
    return " ".join(text.raw[a:b].split()) or None


def _counts(_: Text, words: Reading, start: int, end: int, polarity: str) -> list[FoundThreshold]:
    found = []
    for hit in [
        *each(words, _COUNT, start, end),
        *each(words, _HAS, start, end),
        *each(words, _MORE, start, end),
    ]:
        low = hit.match.groupdict().get("low")
        rate = hit.match.groupdict().get("rate")
        if low == "tu" and not hit["way"] and not rate:
            continue
        timed = hit["unit"] in ("nam", "thang", "gio", "phut", "ngay", "ngay lam viec") and not hit["way"]
        if timed and (
            (low in ("toi da", "khong qua", "qua") and polarity != "bar")
            or _WITHIN.search(words.between(start, hit.start))
        ):
            continue  # "trong tối đa 05 năm" bounds a time, not a merit
        a, b = words.group(hit, "unit")
        plain = {"sang kien": "sáng kiến", "mo hinh": "mô hình", "giai phap": "giải pháp"}.get(hit["unit"] or "")
        # "từ 03 lần/năm"; "có 01 sáng kiến" asks for one, and nobody is refused for a second
        operator = _operator(low, "len" if (rate and low == "tu") or not low else hit["way"])
        unit = plain or " ".join(words.raw[a:b].split()).lower()
        found.append(_at(hit, Threshold(operator=operator, value=_value(hit["value"] or "0"), unit=unit)))
    return found


def _measured(_: Text, words: Reading, start: int, end: int, polarity: str) -> list[FoundThreshold]:
    """Amounts and grades of any other scale."""
    found = []
    for one in find_measured(words, start, end):
        threshold = Threshold(
            operator=_operator(one.low, one.way), value=one.value, unit=one.unit, level=one.level,
        )  # fmt: skip
        found.append(FoundThreshold(one.start, one.end, threshold))
    return found


@cache
def _rungs(name: str) -> re.Pattern[str]:
    labels = sorted(
        {fold(label) for concept in scheme(name).values() for label in concept.labels}, key=len, reverse=True
    )
    return re.compile(rf"\b(?P<level>{'|'.join(map(re.escape, labels))})\b")


def _label(name: str, words: str) -> str:
    """The preferred label of a rung."""
    return next((c.label for c in scheme(name).values() if words in map(fold, c.labels)), words)


def _discipline(_: Text, words: Reading, start: int, end: int, polarity: str) -> list[FoundThreshold]:
    found = []
    for hit in each(words, _rungs("discipline"), start, end):
        up = _UP.match(words.words[hit.match.end() : hit.match.end() + 30])
        if not up and polarity != "bar":
            continue
        level = _label("discipline", hit["level"] or "")
        operator = _operator(None, up["way"] if up else None)
        threshold = Threshold(operator=operator, level=level, scale="discipline")
        stop = hit.match.end() + (up.end() if up else 0)
        found.append(FoundThreshold(hit.start, words.end_place(stop), threshold))
    return found[:1]


_COMPLETED = pattern(
    r"[“\"'‘]?\b(?P<level>không hoàn thành|hoàn thành xuất sắc|hoàn thành tốt|hoàn thành)(?P<duty>"
    r" (?:các )?nhiệm vụ)?\b"
)


_ASSIGNED = pattern(r"[”\"']?(?: được giao| trong năm| năm \d{4})?(?:[,;.)]|$| và | trở )")


_DEED_AFTER = re.compile(
    r" (?:duoc giao|cai cach|chinh tri|chuyen mon|cong tac|nam(?! \d{4}(?:[,;.)]|$| va ))|cac|ke hoach|\d)"
)


def _levels(_: Text, words: Reading, start: int, end: int, polarity: str) -> list[FoundThreshold]:
    """Grades in words of completion; "hoàn thành tốt các nhiệm vụ được giao" is a deed, not a grade."""
    found = []
    for hit in each(words, _COMPLETED, start, end):
        after = words.words[hit.match.end() : words.offset(end)]
        before = words.words[max(words.offset(start), hit.match.start() - 90) : hit.match.start()]
        up = _UP.match(after)
        graded = _GRADED.search(before)
        named = hit["level"] == "hoan thanh xuat sac" and hit["duty"] == " nhiem vu"  # a grade's whole name
        if not up and not (named and _ASSIGNED.match(after)) and not (graded and not _DEED_AFTER.match(after)):
            continue
        level, duty = hit["level"] or "", hit["duty"]
        if level == "hoan thanh" and not duty:
            continue
        of_index = not duty and bool(INDEX.search(before))
        scale = "index-completion" if of_index else "assessment"
        name = _label(scale, level if of_index else f"{level} nhiem vu")
        threshold = Threshold(operator=_operator(None, up["way"] if up else None), level=name, scale=scale)
        found.append(FoundThreshold(hit.start, words.end_place(hit.match.end() + (up.end() if up else 0)), threshold))
    return found


def _classes(_: Text, words: Reading, start: int, end: int, __: str) -> list[FoundThreshold]:
    found = []
    for hit in each(words, _CLASS, start, end):
        up = _UP.match(words.words[hit.match.end() : hit.match.end() + 30])
        level = _label("index-class", hit["level"] or "")
        threshold = Threshold(operator=_operator(None, up["way"] if up else None), level=level, scale="index-class")
        found.append(FoundThreshold(hit.start, words.end_place(hit.match.end() + (up.end() if up else 0)), threshold))
    return found


def _ranks(_: Text, words: Reading, start: int, end: int, __: str) -> list[FoundThreshold]:
    found = []
    for form in (_RANK, _TOP, _LEADS):
        for hit in each(words, form, start, end):
            places = re.findall(
                r"nhat|nhi|\bhai\b|\bba\b|\btu\b|\bnam\b|\d{1,2}",
                f"{hit['first']} {hit.match.groupdict().get('more') or ''}",
            )
            value = max(_ORDINALS.get(place) or int(place) for place in places)
            a, b = words.group(hit, "first")[0], hit.end
            level = " ".join(words.raw[hit.start : b].split()) if form is _RANK else None
            found.append(_at(hit, Threshold(operator="rank<=", value=value, level=level, scale="position")))
            del a
    return found


def _better(_: Text, words: Reading, start: int, end: int, __: str) -> list[FoundThreshold]:
    found = []
    for hit in each(words, _BETTER, start, end):
        if not _COMPARED.search(hit.match[0]):
            continue
        falls = hit["way"] in ("giam", "thap hon")
        operator = "<" if falls else ">"
        share = _SHARE.search(hit.match[0])
        value = unit = None
        if share:
            value, unit = _value(share["value"]), "%" if share["unit"] != "diem" else "điểm"
            operator = _operator(share["low"], share["way"])
        steps = _STEPS.search(hit.match[0])
        if steps and not share:
            value, unit, operator = _value(steps["value"]), "bậc", _operator(steps["low"], steps["way"])
            operator = ">=" if steps["low"] == "tu" else operator
        if hit["negated"]:
            operator = ">=" if falls else "<="
        threshold = Threshold(operator=operator, value=value, unit=unit, relative_to="previous-year")
        found.append(_at(hit, threshold))
    return found
