"""What a condition measures and what must be reached: a share, points, a count, a level of a ladder, a rank."""

import re
from collections.abc import Iterator
from functools import cache

from loaders.findings import Threshold
from loaders.phrases import Reading, pattern
from loaders.plan.clauses import tidy
from loaders.plan.measured import find_measured
from loaders.plan.measures import INDEX, STAFF, complete
from loaders.plan.stretch import BEHIND, Bound, Stretch, operator_of
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
_COUNT_ANCHOR = pattern(rf"\d(?: ?\([a-z ]+\))? (?:{_COUNTED}|bậc|hạng)")  # what all three contain
_ORDINALS = {"nhat": 1, "nhi": 2, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
_PLACE = r"(?:nhất|nhì|ba|tư|(?<=thứ )(?:hai|năm)|\d{1,2})"  # without marks "hàng năm" is "hạng năm"
_RANK = pattern(
    rf"\b(?:(?:thứ )?hạng|xếp(?: từ| ở| vào)?(?: (?:thứ hạng|vị trí|thứ|hạng))+|vị trí|đứng)(?:"
    rf" từ)? (?:thứ )?(?P<first>{_PLACE})\b"
    rf"(?P<more>(?:(?:,| và| hoặc|, hoặc| đến| -) (?:thứ |hạng )*{_PLACE}\b)*)(?: trong toàn [a-z]+)?(?: trở lên)?"
)
_RANK_ANCHOR = pattern(rf"(?:hạng|trí|đứng|thứ)(?: từ)? (?:thứ )?{_PLACE}")
_TOP = pattern(r"\b(?:top|tốp|nhóm) (?:có )?(?P<first>\d{1,2})\b")
_LEADS = pattern(r"xếp (?:hạng )?(?:thứ )?(?P<first>\d{1,2}) (?:trở lên|toàn)")
_BETTER = pattern(
    r"(?P<negated>không )?\b(?P<way>tăng|cao hơn|nâng cao|cải thiện|vượt|giảm|thấp hơn)\b(?P<what>[^.;]{0,70}?)"
    r"\b(?:so với|hơn)?[^.;,]{0,50}?\bnăm (?:trước|liền kề|liền trước|20\d\d)(?: liền kề)?"
)
_STEPS = pattern(r"(?:(?P<low>tối thiểu|ít nhất|từ|trên) )?(?P<value>\d{1,2}) (?:bậc|hạng)(?: trở (?P<way>lên))?")
_COMPARED = ("so voi", "cao hon", "thap hon", "hon nam")
_GRADED = pattern(r"đánh giá|xếp loại|phân loại|mức|loại|công nhận|xếp hạng|chất lượng")
_UP = pattern(r"[\"“”'’)]{0,2} ?(?:nhiệm vụ )?(?:(?:trong )?năm \d{4} )?(?:trở (?P<way>lên|xuống))\b")
_CLASS = pattern(
    r"\b(?:xếp loại|phân loại|loại|mức|hạng|xếp hạng|đánh giá)(?: (?:đạt|từ|mức|loại|là|hạng|t[iu]r?))* ?[“\"'‘]?"
    r"(?P<level>xuất sắc|tốt|khá|trung bình|yếu|kém)\b"
)
_BASE = pattern(
    r" (?P<base>(?!trở |so với|đối với|trong |theo |vào |của năm|và |đến |được |đạt |là |hoặc |kế"
    r" hoạch vốn trở)[^,.;:()\d]{4,90})"
)
_BASE_END = pattern(
    r" (?:được|đạt|đều|phải|trở lên|so với|theo|trên|vào|không|có|đúng|hoàn thành|thực hiện|đăng"
    r" ký|áp dụng|đảm bảo|bảo đảm|đề ra|hàng năm"
    r"|hằng năm|từ|đối với|trong|qua|và)\b"
)


def find_threshold(
    text: Text, start: int, end: int, *, kind: str | None = None, polarity: str = "merit", year: int | None = None
) -> Threshold | None:
    """The threshold of one condition: its first. `year` is the campaign's, for the offset of "năm 2023".

    >>> t = Text.of("Chỉ số cải cách hành chính năm 2024 đạt từ 90% trở lên")
    >>> (found := find_threshold(t, 0, len(t.raw), year=2025)).measure, found.operator, found.value, found.year_offset
    ('Chỉ số cải cách hành chính', '>=', 90, -1)
    """
    for found in find_thresholds(text, start, end, polarity):
        return complete(text, found, (start, end), kind, polarity, year)
    return None


@once
def find_thresholds(text: Text, start: int, end: int, polarity: str) -> list[Bound]:
    """Every threshold between two places, in order, yet without what it measures.

    >>> t = Text.of("Chỉ số cải cách hành chính đạt từ 90% trở lên; xếp loại Tốt")
    >>> [(bound.operator, bound.value) for bound in find_thresholds(t, 0, len(t.raw), "merit")]
    [('>=', 90), ('=', None)]
    """
    stretch, found = Stretch(text, start, end), list[Bound]()
    for one in _bounds(stretch, polarity):
        if not any(one.start < f.end and f.start < one.end for f in found):
            found.append(one)
    return _join_grades(stretch.words, sorted(found, key=lambda f: f.start)) if len(found) > 1 else found


def _bounds(stretch: Stretch, polarity: str) -> Iterator[Bound]:
    """What every form finds, the surer first; each is tried only where words stand that it cannot do without."""
    said = stretch.said
    if stretch.upwards or polarity == "bar":
        yield from _discipline(stretch, polarity)
    if "hoan thanh" in said:
        yield from _levels(stretch)
    if "loai" in said or "muc" in said or "hang" in said or "danh gia" in said:
        yield from _classes(stretch)
    if "hang" in said or "dung" in said or "xep" in said or "vi tri" in said or "top" in said or "nhom" in said:
        yield from _ranks(stretch)
    if stretch.has(_COMPARED):
        yield from _better(stretch)
    if stretch.numbered:
        if "%" in said or "phan tram" in said or "diem" in said:
            yield from _shares(stretch)
        if _COUNT_ANCHOR.search(said):
            yield from _counts(stretch, polarity)
    yield from find_measured(stretch)


def _join_grades(words: Reading, found: list[Bound]) -> list[Bound]:
    """ "100% cán bộ, công chức được xếp loại hoàn thành nhiệm vụ trở lên" is one threshold: a share of the staff."""
    joined: list[Bound] = []
    for candidate in found:
        last = joined[-1] if joined else None
        if last and last.unit == "%" and candidate.scale in ("assessment", "index-class"):
            between = words.between(last.end, candidate.start)
            if STAFF.match(between.strip()) and not re.search(r"[.;]| va ", between):
                rung = words.raw[candidate.start : candidate.end]
                measure = " ".join(f"tỷ lệ xếp loại {rung}".split())
                joined[-1] = last._replace(end=candidate.end, measure=measure, of="staff")
                continue
        joined.append(candidate)
    return joined


def _value(printed: str) -> int | float:
    value = float(printed.replace(",", "."))
    return int(value) if value.is_integer() else value


def _shares(stretch: Stretch) -> Iterator[Bound]:
    for hit in stretch.each(_SHARE):
        unit = "%" if hit["unit"] in ("%", "phan tram") else "điểm"
        yield Bound(
            hit.start, hit.end,
            operator=">=" if hit["range"] else operator_of(hit["low"], hit["way"]),
            value=_value(hit["value"] or "0"), unit=unit,
            base=_base(stretch, stretch.words.end_place(hit.match.end("unit"))) if unit == "%" else None,
        )  # fmt: skip


def _base(stretch: Stretch, start: int) -> str | None:
    """Of what a share is taken: the words after the sign, to the end of their phrase."""
    words = stretch.words
    after = words.between(start, stretch.end)
    match = _BASE.match(after)
    if not match:
        return None
    close = match.end("base")
    ends = _BASE_END.search(after, match.start("base"), close)
    close = ends.start() if ends else close
    if close - match.start("base") < 4:
        return None
    at = words.offset(start)
    a, b = tidy(stretch.text, words.place(at + match.start("base")), words.end_place(at + close))
    return " ".join(words.raw[a:b].split()) or None


def _counts(stretch: Stretch, polarity: str) -> Iterator[Bound]:
    words = stretch.words
    for hit in (*stretch.each(_COUNT), *stretch.each(_HAS), *stretch.each(_MORE)):
        said = hit.match.groupdict()
        low, rate, way = said.get("low"), said.get("rate"), said["way"]
        if low == "tu" and not way and not rate:
            continue
        timed = hit["unit"] in ("nam", "thang", "gio", "phut", "ngay", "ngay lam viec") and not way
        if timed and (
            (low in ("toi da", "khong qua", "qua") and polarity != "bar")
            or _WITHIN.search(words.between(stretch.start, hit.start))
        ):
            continue  # "trong tối đa 05 năm" bounds a time, not a merit
        a, b = words.group(hit, "unit")
        plain = {"sang kien": "sáng kiến", "mo hinh": "mô hình", "giai phap": "giải pháp"}.get(hit["unit"] or "")
        # "từ 03 lần/năm"; "có 01 sáng kiến" asks for one, and nobody is refused for a second
        operator = operator_of(low, "len" if (rate and low == "tu") or not low else way)
        unit = plain or " ".join(words.raw[a:b].split()).lower()
        yield Bound(hit.start, hit.end, operator=operator, value=_value(hit["value"] or "0"), unit=unit)


@cache
def _rungs(name: str) -> re.Pattern[str]:
    labels = sorted(
        {fold(label) for concept in scheme(name).values() for label in concept.labels}, key=len, reverse=True
    )
    return re.compile(rf"\b(?P<level>{'|'.join(map(re.escape, labels))})\b")


@cache
def _label(name: str, words: str) -> str:
    """The preferred label of a rung."""
    return next((c.label for c in scheme(name).values() if words in map(fold, c.labels)), words)


def _upwards(stretch: Stretch, at: int, stop: int) -> tuple[str, int]:
    """The operator that "trở lên" or "trở xuống" after a rung makes, with where its words end."""
    up = _UP.match(stretch.words.words, at, stop)
    return (operator_of(None, up["way"]), up.end()) if up else ("=", at)


def _discipline(stretch: Stretch, polarity: str) -> Iterator[Bound]:
    for hit in stretch.each(_rungs("discipline")):
        at = hit.match.end()
        operator, stop = _upwards(stretch, at, at + BEHIND)
        if stop > at or polarity == "bar":
            level = _label("discipline", hit["level"] or "")
            yield Bound(hit.start, stretch.words.end_place(stop), operator=operator, level=level, scale="discipline")
            return


_COMPLETED = pattern(
    r"[“\"'‘]?\b(?P<level>không hoàn thành|hoàn thành xuất sắc|hoàn thành tốt|hoàn thành)(?P<duty>"
    r" (?:các )?nhiệm vụ)?\b"
)


_ASSIGNED = pattern(r"[”\"']?(?: được giao| trong năm| năm \d{4})?(?:[,;.)]|$| và | trở )")


_DEED_AFTER = re.compile(
    r" (?:duoc giao|cai cach|chinh tri|chuyen mon|cong tac|nam(?! \d{4}(?:[,;.)]|$| va ))|cac|ke hoach|\d)"
)


def _levels(stretch: Stretch) -> Iterator[Bound]:
    """Grades in words of completion; "hoàn thành tốt các nhiệm vụ được giao" is a deed, not a grade."""
    words, last = stretch.words.words, stretch.stop
    for hit in stretch.each(_COMPLETED):
        level, duty = hit["level"] or "", hit["duty"]
        at, before = hit.match.end(), max(stretch.begin, hit.match.start() - 90)
        operator, stop = _upwards(stretch, at, last)
        named = level == "hoan thanh xuat sac" and duty == " nhiem vu"  # a grade's whole name
        if (
            stop == at
            and not (named and _ASSIGNED.match(words, at, last))
            and (_DEED_AFTER.match(words, at, last) or not _GRADED.search(words, before, hit.match.start()))
        ):
            continue
        if level == "hoan thanh" and not duty:
            continue
        of_index = not duty and bool(INDEX.search(words, before, hit.match.start()))
        scale = "index-completion" if of_index else "assessment"
        name = _label(scale, level if of_index else f"{level} nhiem vu")
        yield Bound(hit.start, stretch.words.end_place(stop), operator=operator, level=name, scale=scale)


def _classes(stretch: Stretch) -> Iterator[Bound]:
    for hit in stretch.each(_CLASS):
        at = hit.match.end()
        operator, stop = _upwards(stretch, at, at + BEHIND)
        level = _label("index-class", hit["level"] or "")
        yield Bound(hit.start, stretch.words.end_place(stop), operator=operator, level=level, scale="index-class")


def _ranks(stretch: Stretch) -> Iterator[Bound]:
    for hit in stretch.each(_RANK, _RANK_ANCHOR):
        places = re.findall(r"nhat|nhi|\bhai\b|\bba\b|\btu\b|\bnam\b|\d{1,2}", f"{hit['first']} {hit['more'] or ''}")
        value = max(_ORDINALS.get(place) or int(place) for place in places)
        level = " ".join(stretch.words.raw[hit.start : hit.end].split())
        yield Bound(hit.start, hit.end, operator="rank<=", value=value, level=level, scale="position")
    for form in (_TOP, _LEADS) if stretch.has(("top ", "nhom ", "xep ")) else ():
        for hit in stretch.each(form):
            yield Bound(hit.start, hit.end, operator="rank<=", value=int(hit["first"] or ""), scale="position")


def _better(stretch: Stretch) -> Iterator[Bound]:
    for hit in stretch.each(_BETTER):
        if not any(word in hit.match[0] for word in _COMPARED):
            continue
        falls = hit["way"] in ("giam", "thap hon")
        operator = "<" if falls else ">"
        share = _SHARE.search(hit.match[0])
        value = unit = None
        if share:
            value, unit = _value(share["value"]), "%" if share["unit"] != "diem" else "điểm"
            operator = operator_of(share["low"], share["way"])
        steps = _STEPS.search(hit.match[0])
        if steps and not share:
            value, unit, operator = _value(steps["value"]), "bậc", operator_of(steps["low"], steps["way"])
            operator = ">=" if steps["low"] == "tu" else operator
        if hit["negated"]:
            operator = ">=" if falls else "<="
        yield Bound(hit.start, hit.end, operator=operator, value=value, unit=unit, relative_to="previous-year")
