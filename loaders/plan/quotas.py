"""How many may be rewarded: stated, left to another document or person, or not said."""

import re
from functools import cache

from loaders.findings import Quota
from loaders.phrases import Hit, Reading, pattern, reading
from loaders.plan.anchors import places, tried
from loaders.plan.awards import award_named, find_awards
from loaders.plan.clauses import balanced, each, first, kind_above, kind_of, sentences, tidy
from loaders.plan.counts import COUNT, number_places, value, worded_places
from loaders.plan.nominees import NOUNS, is_person
from loaders.plan.past import is_others, is_told
from loaders.plan.quota_tables import quotas_in
from loaders.plan.tables import find_tables
from loaders.plan.unnumbered import Place, left_open
from loaders.structure.outline import Section, walk
from loaders.text import Text, fold
from loaders.vocabulary import scheme

_COUNTED = pattern(
    rf"{COUNT} (?:(?P<paper>giấy khen|bằng khen|cờ thi đua|thư khen|suất|giải)(?: của"
    rf" [^.,;]{{3,60}})? (?:cho |tặng )(?:các )?|trường hợp )?"
    rf"(?P<unit>tập thể|cá nhân|hộ gia đình|gia đình)\b"
)
_TIER = r"đặc biệt|nhất|nhì|ba|tư|khuyến khích|phụ|chuyên đề|[abc]\b"
_PRIZES = pattern(
    rf"{COUNT} (?P<unit>giải)(?! (?:pháp|quyết|thích|trình|ngân"
    rf"|đáp))(?: thưởng)?(?: (?P<tier>{_TIER}))?\b"
)
_PRIZE_LISTED = pattern(
    rf"giải (?<!\wgiải )(?P<tier>{_TIER}) ?[:(–-] ?(?P<count>\d{{1,2}})\b(?! ?(?:%|đồng|triệu|nghìn|[.,/]\d|lần|giải))"
)
_PAPERS = pattern(
    rf"{COUNT} (?P<unit>giấy khen|bằng khen|cờ thi đua|cờ(?! (?:quan|sở|cấu|chế|hội))"
    rf"|thư khen)\b(?! (?:cho |tặng ))"
)
_UNITS = pattern(rf"{COUNT} (?P<unit>(?:{NOUNS})(?: (?:hạng|loại|giải) (?:nhất|nhì|ba|tư|khuyến khích))?)\b")
_REWARDED = pattern(
    r"\b(?:tặng|khen|biểu dương|tuyên dương|giải|bình chọn|bình xét|lựa chọn|suy tôn|vinh danh|tôn vinh|bình bầu)\b"
)
# "Tập thể 05, cá nhân 10": the number after the noun, without a colon
_AFTER = pattern(
    r"(?:^|[:;,(] |\bvà |\bgồm )(?P<unit>tập thể|cá nhân|hộ gia đình) (?P<count>\d{1,3})(?=[,;.)]|$| và | \(|\n)"
)
# what such forms cannot do without
_BEFORE_NUMBER = tuple(pattern(rf"{unit} ?[:=\d]") for unit in ("tập thể", "cá nhân", "gia đình"))
_LISTED = pattern(
    r"\b(?:(?:đối với|về|số lượng) )?(?P<unit>tập thể|cá nhân|hộ gia đình) ?[:=] ?(?P<bound>(?:tối"
    r" đa|không quá|số lượng)? ?)(?P<count>\d{1,3})\b"
    r"(?! ?(?:%|giải|giấy|bằng|cờ|suất|năm|điểm|tiêu|nội dung|đồng|triệu|[.,/]\d|lần|sáng))"
)
_PERCENT = pattern(
    r"(?<![\d.,/])(?:(?P<percent>\d{1,2}(?:,\d)?) ?%|(?P<of>\d)/(?P<in>\d{1,2})|một phần (?P<told>hai|ba|tư"
    r"|năm)) (?P<base>"
    r"(?:(?:trên )?tổng số (?:lượng )?|(?:số )?(?:lượng )?(?:các )?"
    r"(?=tập thể|cá nhân|cán bộ|công chức|người|đơn vị|cơ quan|phòng|xã|đoàn viên|hội viên|giáo viên))(?:các )?"
    r"(?P<unit>tập thể|cá nhân|cán bộ|công chức|người|đơn vị|cơ quan|phòng|xã|đoàn viên|hội viên|giáo viên|)"
    r"(?:(?! và (?:không|tối đa|\d))[^.,;:()]){0,80})"
)
_WHOLE = pattern(r"^(?:trên )?tổng số (?:các )?")
_MAX = pattern(r"\b(?:tối đa|không quá|không vượt quá|nhiều nhất|cao nhất|không được quá)\b")
_REWARDING = pattern(
    r"khen|tặng|bình (?:xét|chọn)|lựa chọn|\bchọn|đề (?:nghị|xuất)|số lượng|\bxét\b|giới thiệu|tôn"
    r" vinh|biểu dương|giấy|bằng|cờ|giải (?:nhất|nhì|ba|tập thể|cá nhân|khuyến)|suy tôn"
)
_EACH = pattern(
    r"\bmỗi (?!giải|tập thể|cá nhân|suất)(?P<base>[^.;:()\d]{2,80}?)(?= (?:không|tối đa|lựa|chọn|được|đề|giới|bình"
    r"|xét|có|là|\d)|"
    r"[:;])"
)
_NO_QUOTA = pattern(r"(?:điển hình|mô hình|gương|tin|bài|sáng kiến|hội nghị)\b")
# "có từ 80% cá nhân trở lên được xếp loại …": asked of a collective, no share of places
_ASKS_SHARE = pattern(r"\b(?:có|đạt)(?: (?:từ|ít nhất|tối thiểu|trên|đủ))*\W*$")
_PARTS = pattern(r"\b(?:gồm|trong đó|bao gồm|cụ thể)\b")
_NEAR = 800  # how far a bound or a form reaches in its sentence
_SUBJECT = {"tap the": "collective", "ca nhan": "individual", "ho gia dinh": "other", "gia dinh": "other"}
_ROLES = frozenset({"quota", "awards", "criteria", "procedure", "targets", "deadlines", "dossier", "period", "funding"})
_OWN = frozenset({"quota", "awards"})
_DIGIT = re.compile("[0-9]")


def find_quotas(text: Text, root: Section) -> tuple[Quota, ...]:
    """Every number of places for an award, and every place where it is left open.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. KHEN THƯỞNG\\n1. Số lượng: UBND huyện tặng Giấy khen tối đa cho 07 tập thể và 10 cá nhân.")
    >>> [(q.kind, q.count, q.rule, q.award) for q in find_quotas(t, outline(t))]
    [('collective', 7, 'max', 'Giấy khen'), ('individual', 10, 'max', 'Giấy khen')]
    """
    found: list[Quota] = []
    words = reading(text)
    worded = worded_places(words.words)
    for section, above in walk(root):
        if _ROLES.isdisjoint(section.roles) or section.text_end <= section.text_start:
            continue
        place = Place(section, above, not _OWN.isdisjoint(section.roles))
        begin, stop = words.offset(section.text_start), words.offset(section.text_end)
        digits = _DIGIT.search(words.words, begin, stop) is not None
        numbers = number_places(words.words, worded, begin, stop) if digits or worded else []
        if digits or numbers:
            for start, end in sentences(text, section.text_start, section.text_end):
                found += _in_sentence(text, words, place, numbers, start, end)
        found += left_open(text, words, place)
    taken = [(quota.start, quota.end) for quota in found]
    for table in find_tables(text, root):
        found += [q for q in quotas_in(text, table) if not any(a < q.end and q.start < b for a, b in taken)]
    found += _unstated(text, root, found)
    return balanced(text, sorted(found, key=lambda q: (q.start, q.end)))


def _in_sentence(text: Text, words: Reading, place: Place, numbers: list[int], start: int, end: int) -> list[Quota]:
    said = words.between(start, end)
    units = "tap the" in said or "ca nhan" in said or "gia dinh" in said
    prizes = "giai" in said
    begin, stop = words.offset(start), words.offset(end)
    numbers = [at for at in numbers if begin <= at < stop]
    row = place.section.style == "table"
    hits: list[tuple[Hit, str]] = []
    if units:
        hits = [(hit, "counted") for hit in tried(words, _COUNTED, numbers, stop)]
    if units and place.own and not row and any(form.search(said) for form in _BEFORE_NUMBER):
        hits += [(hit, "listed") for form in (_LISTED, _AFTER) for hit in each(words, form, start, end)]
    if not row:
        hits += [
            (hit, "units") for hit in tried(words, _UNITS, numbers, stop) if _places(words, place, hit, start, end)
        ]
    if prizes:
        hits += [(hit, "prizes") for hit in tried(words, _PRIZES, numbers, stop)]
        hits += [(hit, "prizes") for hit in each(words, _PRIZE_LISTED, start, end)]
    if "khen" in said or " co" in said:
        hits += [(hit, "papers") for hit in tried(words, _PAPERS, numbers, stop)]
    shares = [at.start() for at in _SHARE_BEGINS.finditer(words.words, begin, stop)]
    if "mot phan" in said:
        shares = sorted([*shares, *(at.start() for at in _PART.finditer(words.words, begin, stop))])
    parts = list(tried(words, _PERCENT, shares, stop))
    if (
        not (hits or parts)
        or not (_DIGIT.search(said) or _NUMBERED.search(said))
        or not (place.own or _REWARDING.search(said))
    ):
        return []
    found: list[Quota] = []
    taken: set[tuple[int, int]] = set()
    for hit, sort in hits:
        count, groups = value(hit), hit.match.groupdict()
        span = words.group(hit, next(name for name in ("count", "told", "words") if groups.get(name)))
        if span in taken or (sort == "counted" and _NO_QUOTA.search(words.between(hit.end, min(end, hit.end + 14)))):
            continue
        won = sort == "prizes" and "criteria" in place.section.roles and not groups.get("tier")
        if is_told(text, start, end, hit.start) or is_others(text, start, end, hit.start):
            continue
        if count == 0 or won or _misread(text, words, hit):  # "đạt ít nhất 01 giải trong hội thi" is a condition
            continue
        taken.add(span)
        found.append(_stated(text, words, place, hit, start, end))
    for hit in parts:
        bounded = first(words, _MAX, max(start, hit.start - _NEAR), hit.start)
        asked = _ASKS_SHARE.search(words.between(max(start, hit.start - 40), hit.start))
        if (bounded or (place.own and not asked)) and not is_told(text, start, end, hit.start):
            found.append(_share(text, words, place, hit, start, end))
    return found


_NO_PLACE = pattern(
    r"(?:\b(?:lớp|khối|tầng|quý|tháng|năm|điều|mục|khoản|số|bảng|thứ|gồm|trong tổng số|có trên|có từ|có ít nhất"
    r"|có dưới|từ"
    r"|có tối thiểu|quy mô)|\b(?:thuộc|của|tại|trong|trên địa bàn|với|cho các|chia thành|hiện có|có)(?: cả"
    r"| toàn bộ)?) $"
)


def _places(words: Reading, place: Place, hit: Hit, start: int, end: int) -> bool:
    """Whether a number before a noun is one of places: not "đơn vị có trên 40 viên chức", "học sinh lớp 6 trường"."""
    if _NO_PLACE.search(words.between(max(start, hit.start - 24), hit.start)):
        return False
    if place.own and "quota" in place.section.roles:
        return True
    return "criteria" not in place.section.roles and first(words, _REWARDED, start, end) is not None


# Words that without marks are nouns of offices: *tờ* is no *tổ*, *bản* no *ban*
_OTHER_WORDS = frozenset(
    {"bản", "bàn", "tờ", "bao", "bảo", "số", "sổ", "đối", "đợi", "đôi", "hồi", "hỏi", "xa", "áp", "khói", "nửa", "lời"}
)


def _misread(text: Text, words: Reading, hit: Hit) -> bool:
    """Whether a word without marks is another: "có" is no *cờ*, "giải từ cấp tỉnh" no fourth prize."""
    if text.garbled:
        return False
    groups = hit.match.groupdict()
    if groups.get("unit") and text.raw[slice(*words.group(hit, "unit"))].lower() in _OTHER_WORDS:
        return True
    for name, told, meant in (("unit", "co", "cờ"), ("tier", "tu", "tư"), ("tier", "ba", "ba")):
        if groups.get(name) == told:
            a, b = words.group(hit, name)
            return text.raw[a:b].lower() != meant
    return False


def _stated(text: Text, words: Reading, place: Place, hit: Hit, start: int, end: int) -> Quota:
    start, end = max(start, hit.start - _NEAR), min(end, hit.end + _NEAR)
    unit = hit.match.groupdict().get("unit") or ""
    bounded = next(reversed(list(each(words, _MAX, start, hit.end))), None)
    if bounded and _PARTS.search(words.between(bounded.end, hit.start)):
        bounded = None  # "không quá 11 giải, gồm: 01 giải Đặc biệt"
    begin = hit.start
    if (
        bounded
        and bounded.start < hit.start
        and re.fullmatch(r"\W*(cho|la)?\W*(cac)?\W*", words.between(bounded.end, hit.start))
    ):
        begin = bounded.start
    begin = hit.start if text.raw.count("**", begin, hit.end) % 2 else begin  # "tối đa cho **07 tập thể**"
    a, b = tidy(text, begin, hit.end)
    per = next((one for one in reversed(list(words.finditer(_EACH, start, hit.end))) if one.end <= hit.start), None)
    base = " ".join(text.raw[slice(*tidy(text, *words.group(per, "base")))].split()) if per else None
    return Quota(
        kind=_kind(text, place, unit) or (_label_kind(words, start, hit) if unit in ("", "giai") else None),
        count=value(hit),
        unit=_printed_unit(text, words, hit) if unit else "giải",
        base=f"mỗi {base}" if base else None,
        rule="max" if bounded else "exact",
        award=_tier(text, words, hit) or _award(text, words, place, start, end, hit),
        text=text.raw[a:b],
        start=a,
        end=b,
    )


_PRIZE_LABEL = pattern(r"\W*(?:[a-z0-9.]{1,4}[.)] )?(?:giải|giải thưởng|khối|về|đối với)? ?(?P<whom>[^.;:]{3,80}):")


def _label_kind(words: Reading, start: int, hit: Hit) -> str | None:
    """Whose prizes they are by the label before them: "Giải tập thể (xét theo từng khối): 01 giải Nhất"."""
    label = _PRIZE_LABEL.match(words.between(start, hit.start))
    kind = kind_of(label["whom"].strip()) if label else None
    return kind if kind in ("collective", "individual") else None


def _tier(text: Text, words: Reading, hit: Hit) -> str | None:
    """ "02 giải Nhất": the prize a number belongs to."""
    if not hit.match.groupdict().get("tier"):
        return None
    a, b = words.group(hit, "tier")
    return f"Giải {' '.join(text.raw[a:b].split())}"


def _share(text: Text, words: Reading, place: Place, hit: Hit, start: int, end: int) -> Quota:
    start, end = max(start, hit.start - _NEAR), min(end, hit.end + _NEAR)
    bounded = next(reversed(list(each(words, _MAX, start, hit.end))), None)
    a, b = tidy(text, bounded.start if bounded else hit.start, hit.end)
    base = words.group(hit, "base")
    return Quota(
        kind=_kind(text, place, hit["unit"] or "") or kind_of(_WHOLE.sub("", hit["base"] or "")),
        percent=_percent(hit),
        base=" ".join(text.raw[slice(*tidy(text, *base))].split()),
        unit="%",
        rule="max" if bounded else "exact",
        award=_award(text, words, place, start, end, hit),
        text=text.raw[a:b],
        start=a,
        end=b,
    )


_NUMBERED = pattern(r"\b(?:cho|nhất|quá|chọn|nghị|đa|tặng|,|và) (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b")
# what a share begins with: "20%", "1/3 tổng số", "một phần ba"
_SHARE_BEGINS = pattern(r"[0-9](?<![\d.,/]\d)(?:\d?(?:,\d)? ?%|/\d{1,2}) (?=[a-z])")
_PART = pattern(r"một phần (?=[htbn])")
_PARTS_OF = {"hai": 2, "ba": 3, "tu": 4, "nam": 5}


def _percent(hit: Hit) -> float:
    """A share in per cent, of "20%", "1/3" or "một phần ba"."""
    if hit["percent"]:
        return float(hit["percent"].replace(",", "."))
    of, whole = int(hit["of"] or 1), int(hit["in"] or 0) or _PARTS_OF.get(hit["told"] or "", 1)
    return round(100 * of / whole, 1)


def _kind(text: Text, place: Place, unit: str) -> str | None:
    if unit in _SUBJECT:
        return _SUBJECT[unit]
    if is_person(unit):
        return "individual"
    if unit in ("", "giai"):
        return None
    if unit in ("giay khen", "bang khen", "co thi dua", "co", "thu khen"):
        return kind_above(text, (*place.above, place.section)) or (
            "collective" if unit in ("co thi dua", "co") else None
        )
    return "collective"


def _printed_unit(text: Text, words: Reading, hit: Hit) -> str:
    a, b = words.group(hit, "unit")
    return " ".join(text.raw[a:b].split()).lower()


@cache
def _forms() -> tuple[re.Pattern[str], tuple[str, ...], dict[str, str]]:
    """Every form of reward by any of its names: a pattern, the letters these begin with, the common name for each."""
    labels: dict[str, str] = {}
    for concept in scheme("award-form").values():
        for name in map(fold, concept.labels):
            labels.setdefault(name, concept.label)
    names = sorted((re.escape(name) for name in labels if len(name) >= 8), key=len, reverse=True)
    beginnings = tuple(sorted({name[:8] for name in labels if len(name) >= 8}))
    return re.compile(rf"\b(?:{'|'.join(names)})\b"), beginnings, labels


def _award(text: Text, words: Reading, place: Place, start: int, end: int, hit: Hit) -> str | None:
    """The award a number belongs to: named before it in its sentence, else after it, else by a heading."""
    named = _named(words, start, end, hit)
    if named:
        return _forms()[2][named.match[0]]
    return next((a for s in (place.section, *reversed(place.above)) if (a := award_named(text, s))), None)


_COUNT_AFTER = pattern(r"[^.;]{0,60}? (?:cho|đối với|:) ?(?:các |tối đa |không quá )*\d")
_GIVEN_TO = pattern(r"[^.;]{0,120}?\b(?:tặng|trao|công nhận|nhận|suy tôn)(?: thưởng)? [^.;]{0,20}$")
_LED_TO = pattern(r"^[^.;]{0,80}(?:\b(?:cho|đối với|gồm)\b|:)")


def _named(words: Reading, start: int, end: int, hit: Hit) -> Hit | None:
    """The form a number is of: "02 đơn vị … tặng Bằng khen" names it after, "Bằng khen cho 02 tập thể" before."""
    form, beginnings, _ = _forms()
    begin, at, stop = words.offset(start), words.offset(hit.end), words.offset(end)
    before = list(tried(words, form, places(words.words, beginnings, begin, at), at))
    after = next(tried(words, form, places(words.words, beginnings, at, stop), stop), None)
    if after and _GIVEN_TO.match(words.between(hit.end, after.start)):
        own = not _COUNT_AFTER.match(words.between(after.end, end))
        led = before and first(words, _LED_TO, before[-1].end, hit.start)
        if own and not led:
            return after
    return before[-1] if before else after


def _unstated(text: Text, root: Section, found: list[Quota]) -> list[Quota]:
    """An award the plan offers under a heading on awards without any number for it."""
    if any(quota.award is None for quota in found):
        return []
    counted = [fold(quota.award) for quota in found if quota.award]
    forms = scheme("award-form")
    left = [
        award
        for award in find_awards(text, root)
        if award.rule == "stated" and award.form in forms and award.form != "khac"
        and not any(c.startswith(fold(forms[award.form].label)) for c in counted)
    ]  # fmt: skip
    once = {award.form: award for award in reversed(left)}
    return [
        Quota(rule="unstated", award=forms[a.form].label, text=a.text, start=a.start, end=a.end) for a in once.values()
    ]
