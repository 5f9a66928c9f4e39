"""Numbers of a draft that contradict each other: a total and its parts, figures and words, a share above the whole."""

import re
from collections.abc import Iterator
from functools import cache

from loaders.findings import Content, Criterion, Doubt, Findings
from loaders.phrases import pattern, reading
from loaders.text import Text

_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_OTHERWISE = {"một": ("một", "mốt"), "bốn": ("bốn", "tư"), "năm": ("năm", "lăm", "nhăm"), "bảy": ("bảy", "bẩy")}
_FIGURES_FIRST = re.compile(r"(?<![\w./,-])(?P<figures>\d{1,3}) ?\((?P<words>[^\W\d_]+(?: [^\W\d_]+){0,4})\)")
_WORDS_FIRST = re.compile(r"(?P<words>[^\W\d_]+(?: [^\W\d_]+){0,3}) ?\((?P<figures>\d{1,3})\)")
_NAMED = re.compile(r"(?:mẫu|biểu|phụ lục|bảng|quý)(?: số)? ?$")  # "mẫu 02 (năm)" is the form of the yearly report

_UNIT = (
    r"(?:lượt )?(?:tập thể|cá nhân|hộ gia đình|gia đình|giải|giấy khen|bằng khen|cờ|suất|đơn vị|cơ quan|đồng chí|người"
    r"|hộ|phòng|xã|phường|trường|doanh nghiệp)\b"
)
_TOTAL = pattern(
    r"\btổng (?:số|cộng)(?: [a-z]+){0,8}? ?:? ?(?<![\d./,-])(?P<total>\d{1,4})(?! ?[%./]| ?\d)(?: ?\([a-z ]{2,20}\))?"
    r"(?P<unit>(?: [a-z]+){0,4}) ?[,;:(–-]* ?(?P<how>trong đó|bao gồm|gồm|cụ thể)(?: có)? ?:? ?(?P<parts>[^.;]{4,200})"
)
_COUNT = pattern(r"(?<![\w./,-])(?P<count>\d{1,4})(?! ?%|[./,-]\d)(?: ?\([a-z ]{2,20}\))?(?P<unit> " + _UNIT + r")?")
_AT_LEAST = pattern(r"\b(?:ít nhất|tối thiểu|khoảng|từ \d)")
_AT_MOST = pattern(r"\b(?:tối đa|không quá|không vượt quá|nhiều nhất)")
# may be passed, so 110 % of it is no slip: "thu ngân sách đạt 110% dự toán", "tăng từ 120% trở lên so với năm 2023"
_CAN_BE_PASSED = pattern(
    r"\b(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ|tăng|giảm|vượt|bằng|gấp|thu|doanh|sản lượng|năng suất|giá trị|mức"
    r" lương|lương|vốn|định mức|bình quân)\b"
)


def find_quantity_faults(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Numbers that cannot both be right; none in a garbled text, where the scanner may have changed one.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> text = Text.of("Tổng số 20 Giấy khen, trong đó 05 (ba) tập thể và 10 cá nhân.")
    >>> [d.message for d in find_quantity_faults(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['tổng số 20, các phần cộng lại là 15', 'số 05, chữ “ba” là 3']
    """
    if text.garbled:
        return
    yield from _totals(text)
    yield from _figures_and_words(text)
    yield from _shares(text, findings)


def _totals(text: Text) -> Iterator[Doubt]:
    words = reading(text)
    for hit in words.finditer(_TOTAL, 0, len(text.raw)):
        parts, total = hit["parts"] or "", int(hit["total"] or 0)
        counts = list(_COUNT.finditer(parts))
        if len(counts) < 2 or any(c["unit"] is None for c in counts) or _AT_LEAST.search(parts):
            continue
        if not _is_whole(hit["how"] or "", [(c["unit"] or "").strip() for c in counts]):
            continue
        summed = sum(int(c["count"]) for c in counts)
        if summed == total or (summed > total and _AT_MOST.search(parts)):
            continue
        start, end = hit.start, words.end_place(hit.match.start("parts") + counts[-1].end())
        yield Doubt(
            code="total-against-parts", message=f"tổng số {total}, các phần cộng lại là {summed}", start=start, end=end
        )


def _is_whole(how: str, units: list[str]) -> bool:
    """Whether the parts are all there are: "trong đó 05 nữ, 03 người dân tộc" are only some."""
    return how in ("gom", "bao gom", "cu the") or {"tap the", "ca nhan"} <= set(units) or set(units) == {"giai"}


def _figures_and_words(text: Text) -> Iterator[Doubt]:
    lowered = text.raw.lower()
    if len(lowered) != len(text.raw):
        return
    for match in _FIGURES_FIRST.finditer(lowered):
        said = _numbers().get(match["words"])
        before = lowered[max(0, match.start() - 14) : match.start()]
        if said is not None and said != int(match["figures"]) and not _NAMED.search(before):
            yield _disagree(match["figures"], match["words"], said, match.start(), match.end())
    for match in _WORDS_FIRST.finditer(lowered):
        words = match["words"].split()
        known = [" ".join(words[at:]) for at in range(len(words)) if " ".join(words[at:]) in _numbers()]
        # "thông tư (02)", "trong năm (03)": these two words alone are seldom numbers
        if known and known[0] not in ("năm", "tư") and _numbers()[known[0]] != int(match["figures"]):
            start = match.end("words") - len(known[0])
            yield _disagree(match["figures"], known[0], _numbers()[known[0]], start, match.end())


def _disagree(figures: str, words: str, said: int, start: int, end: int) -> Doubt:
    message = f"số {figures}, chữ “{words}” là {said}"
    return Doubt(code="figures-against-words", message=message, start=start, end=end)


@cache
def _numbers() -> dict[str, int]:
    """The numbers to 199 as they are written out: {"hai mươi mốt": 21, …}."""
    said = {word: value for value in range(1, 10) for word in _spelt(value)[:1]}
    said |= {"tư": 4, "bẩy": 7}
    for value in range(10):
        for word in _spelt(value) if value else ("",):
            said[f"mười {word}".strip()] = 10 + value
            for tens in range(2, 10):
                for ten in _spelt(tens)[:1]:
                    said[f"{ten} mươi {word}".strip()] = 10 * tens + value
    said |= {f"một trăm {word}": 100 + value for word, value in list(said.items()) if value > 9}
    return {**said, "một trăm": 100}


def _spelt(value: int) -> tuple[str, ...]:
    return _OTHERWISE.get(_ONES[value], (_ONES[value],))


def _shares(text: Text, findings: Findings) -> Iterator[Doubt]:
    words = reading(text)
    measured: list[Criterion | Content] = [*findings.criteria, *findings.contents]
    for one in measured:
        share = one.threshold
        if not share or share.unit != "%" or share.value is None or share.value <= 100:
            continue
        if not words.search(_CAN_BE_PASSED, one.start, one.end):
            message = f"{share.value:g} % lớn hơn 100 %"
            yield Doubt(code="share-above-whole", message=message, start=one.start, end=one.end)
