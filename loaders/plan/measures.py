"""What a threshold measures, whose it is, and the year it is of, by the words of its clause."""

from functools import cache

from loaders.findings import Threshold
from loaders.phrases import Reading, pattern, reading
from loaders.plan.clauses import first, tidy
from loaders.plan.stretch import Bound
from loaders.plan.wholewords import whole
from loaders.text import Text, fold
from loaders.vocabulary import scheme

_YEAR = pattern(r"\bn[a-z&]{1,2}m (20\d\d)\b")
_BEFORE = pattern(r"năm (?:trước|liền trước)")
INDEX = pattern(r"chỉ số|cải cách hành chính|cchc|par ?index|chấm điểm")
_LEADERS = pattern(r"lãnh đạo|người đứng đầu|thủ trưởng|cấp trưởng|cấp ủy viên|chủ chốt")
STAFF = pattern(r"cán bộ|công chức|viên chức|người lao động|đảng viên|thành viên|cá nhân|đoàn viên")
_AGENCY = pattern(
    r"\b(?:thuộc|tại|của) (?:cơ quan|đơn vị|phòng|địa phương|tập thể)\b|\b(?:cơ quan|đơn"
    r" vị)\b[^.;]{0,60}(?:đạt|xếp|được)"
)
_LOCAL_INDEX = pattern(r"chỉ số (?:cải cách hành chính|cchc)")
_RATIO = pattern(r"(?:tỷ|tỉ) lệ [^,.;:()%]{3,80}?(?= (?:đạt|từ|trên|dưới|tối thiểu|ít nhất|là|không) |$| \d)")
_NAMED = pattern(
    r"(?:bộ )?chỉ số (?P<name>(?:cải cách hành chính|cchc|hài lòng|mức độ hài lòng|hiệu quả quản trị|"
    r"năng lực cạnh tranh|chuyển đổi số|thành phần)[^,.;:()%\d]{0,40}?)(?= (?:đạt|từ|trên|tối thiểu|không|dưới"
    r"|ít nhất|tăng|xếp|năm)\b|[,.;:()%\d]|$)"
)

MEASURES = {
    "assessment": "mức xếp loại chất lượng",
    "index-class": "hạng kết quả chỉ số",
    "index-completion": "mức hoàn thành nhiệm vụ CCHC",
    "discipline": "hình thức kỷ luật",
    "position": "thứ hạng",
}


def complete(
    text: Text,
    bound: Bound,
    clause: tuple[int, int],
    kind: str | None,
    polarity: str,
    year: int | None,
) -> Threshold:
    """A bound with its measure, whose it is, and the year it is of."""
    words = reading(text)
    before, said = words.between(clause[0], bound.start), words.between(*clause)
    offset = 0
    printed = _YEAR.findall(said) if "m 20" in said else []
    if bound.relative_to is None and year and len(set(printed)) == 1:
        offset = int(printed[0]) - year
    elif bound.relative_to is None and not printed and _BEFORE.search(said):
        offset = -1
    offset = offset if -2 <= offset <= 2 else 0
    measure = bound.measure or _measure(text, words, bound, clause[0]) or MEASURES.get(bound.scale or "")
    return Threshold(
        measure=measure, of=bound.of or _of(before, said, bound, kind, polarity), operator=bound.operator,
        value=bound.value, unit=bound.unit, base=bound.base, level=bound.level, scale=bound.scale,
        year_offset=offset, relative_to=bound.relative_to,
    )  # fmt: skip


def _measure(text: Text, words: Reading, bound: Bound, start: int) -> str | None:
    """What is measured: a ratio in its own words, an index by its name."""
    if bound.scale in ("discipline", "assessment"):
        return None
    clause = words.between(start, bound.end)
    ratio = first(words, _RATIO, start, bound.start) if "ty le " in clause or "ti le " in clause else None
    if ratio:
        a, b = tidy(text, ratio.start, ratio.end)
        return " ".join(text.raw[a:b].split())
    for abbreviation, index in _indices():
        if abbreviation in clause and whole(abbreviation).search(clause):
            return "điểm chỉ số thành phần" if "thanh phan" in clause else index
    if "chi so " not in clause:
        return None
    if _LOCAL_INDEX.search(clause):
        return "Chỉ số cải cách hành chính"
    named = first(words, _NAMED, start, bound.end)
    if named:
        return " ".join(text.raw[slice(*tidy(text, named.start, named.end))].split())
    return None


@cache
def _indices() -> tuple[tuple[str, str], ...]:
    """The indices that have a shorter name without marks, "papi", with their whole ones."""
    told = (c for c in scheme("index").values() if c.slug != "chi-so-cchc-dia-phuong" and c.labels[1:])
    return tuple((fold(concept.labels[1]), concept.label) for concept in told)


def _of(before: str, clause: str, bound: Bound, kind: str | None, polarity: str) -> str:
    if bound.scale == "discipline":
        if _LEADERS.search(before):
            return "leaders"
        return "staff" if kind == "collective" and STAFF.search(before) else "nominee"
    if kind == "individual" and INDEX.search(clause) and _AGENCY.search(clause):
        return "agency"
    if (
        kind == "collective"
        and bound.unit == "%"
        and STAFF.search(clause)
        and (polarity == "bar" or "xep loai" in clause)
    ):
        return "staff"
    return "nominee"
