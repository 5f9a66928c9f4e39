"""What the plan offers: forms of reward and titles, who confers them, and money where an amount is named."""

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.findings import Award
from loaders.phrases import Reading, nearest, pattern, reading, restored
from loaders.plan.clauses import Clause, balanced, clauses, each, first, is_award_heading, sentences, tidy, title_words
from loaders.plan.forms import Form, form_at, forms, preferred, slug_of
from loaders.plan.money import AMOUNT, MULTIPLE, amount_end, find_amount
from loaders.plan.past import is_told
from loaders.plan.prizes import PRIZE, find_prizes
from loaders.plan.tables import Table, find_tables
from loaders.structure.outline import Section, walk
from loaders.text import Text, fold, once

# Who confers: the longest wording first; "các", "cấp" and the unit's own name may follow.
_UNIT = (
    r"(?: (?:các )?(?:cấp )?(?:tỉnh|huyện|thị xã|thành phố|quận|xã|phường|thị trấn|bộ|ngành|trung"
    r" ương|đặc khu)(?:, (?:huyện|thị xã|thành phố|phường|thị trấn))*)?"
)
BODY = (
    rf"(?:chủ tịch (?:ủy ban nhân dân|ubnd){_UNIT}|chủ tịch {_UNIT.strip()}|(?:ủy ban nhân dân|"
    rf"ubnd){_UNIT}|thủ tướng(?: chính phủ)?|chủ tịch nước|chính phủ"
    r"|bộ trưởng(?: bộ (?:[a-z]+(?:, | và | )?){1,9}?(?=(?: tặng| trao| khen| xét| quyết| cho| đối| khi| nếu| về"
    r"| theo| kèm|[.,;:()]|$)))?"
    r"|giám đốc(?: (?:sở|công an)(?: [a-z]+){0,4}| (?:bệnh viện|trung tâm|công ty|học viện|đại học|nhà máy))?"
    r"|hiệu trưởng|thủ trưởng(?: các)?(?: cơ quan| sở)?(?:, (?:ban|ngành|đơn vị|địa phương))*"
    r"|hội đồng thi đua(?: ?[-,]? khen thưởng)?|ban chỉ đạo(?: [a-z]+){0,4}|tỉnh ủy|huyện ủy|thị ủy|thành ủy|bộ nội vụ)"
)
_OF = pattern(rf"^[”\"’']? ?(?:của|do) (?:đồng chí )?(?P<by>{BODY})")
_OF_GARBLED = pattern(rf"^[”\"’']? (?:[a-z&]{{2,5}} )?(?P<by>{BODY})")
_BY = pattern(
    rf"(?P<by>{BODY})[^.;:]{{0,60}}?\b(?:xem xét )?(?:quyết định )?(?:khen thưởng|tặng thưởng|tặng|"
    rf"trao|đề nghị)[^.;:,]{{0,30}}$"
)
_REWARDS = pattern(rf"\bđược (?P<by>{BODY})(?: [a-z]+){{0,4}}? (?:khen thưởng|biểu dương|tuyên dương)")
# "không quá 50 cá nhân" is no gift: without its marks *quá* is *quà*
_GIFT = pattern(
    r"\b(?:bằng|tặng|thưởng|phần|nhận)? ?(?P<form>quà tặng|(?<!không )(?<!vượt )quà(?! \d)|phần thưởng|tiền mặt"
    r"|bằng tiền|tiền"
    r" thưởng)\b"
)
_DELEGATED = pattern(
    r"^:? ?(?:được )?(?:thực hiện |áp dụng |căn cứ )?theo (?:(?:các |đúng )?(?:quy định|kế hoạch|"
    r"hướng dẫn|chỉ tiêu|văn bản|luật|nghị định|quyết định)|điều \d)"
)
# Titles a condition asks for are none the plan offers: "được công nhận “Tập thể lao động xuất sắc”"
_HELD = pattern(
    r"\b(?:được công nhận|đạt|có|là|giữ|đã được (?:tặng|nhận|công nhận)|đã (?:nhận|đạt)|liên tục(?: được tặng| đạt)?"
    r"|được tặng(?= [^.;]{0,80}(?:trở lên|năm trước)))(?: danh hiệu)? ?[“\"']?$"
)
_CERTIFIED = pattern(
    r"\b(?:cấp|tặng|trao|nhận) (?:kèm )?(?P<form>giấy chứng nhận|bằng chứng nhận|giấy xác nhận thành tích"
    r"|biểu trưng|cúp|bằng lao động"
    r" sáng tạo)\b(?: của [^.,;:()]{3,60})?"
)
# A title of a union or a school: "- “Tổ Công đoàn vững mạnh”;", "Danh hiệu “Giáo viên dạy giỏi”"; an office's own bonus
_TITLED = pattern(
    r"(?:[-+*•] ?)?(?:(?:các |tặng |công nhận |xét tặng )*(?:danh hiệu|giải thưởng|huy hiệu):? ?)?(?:[“\"](?P<quoted>)"
    r"|(?=thưởng (?:đột xuất|nóng)))(?P<title>[^“”\";:.]{6,70})[”\"]?[;,. ]*$"
)
_PAPER = tuple(map(fold, ("chứng nhận", "xác nhận", "biểu trưng", "cúp", "sáng tạo")))  # certified is one of these
_PRAISED = pattern(r"\b(?:để |được |tuyên dương, )?(?:biểu dương|tuyên dương|vinh danh)\b")
_WHO = re.compile(
    r"[”\"’']?\s*(?:của|do)\s+(?:đồng chí\s+)?(?P<by>[A-ZĐÀ-Ỹ][^.,;:()\n“”\"]{2,60}?)(?=\s+(?:cho|tặng"
    r"|và(?!\s+[A-ZĐÀ-Ỹ])|kèm"
    r"|đối với|theo|để|khi|nếu|về|hoặc|trong|năm)\b|[.,;:()\n“”\"]|$)"
)
# "Tặng Bằng khen … cho tập thể đạt các tiêu chuẩn sau:" heads conditions and offers an award
_GIVES = pattern(r"(?:[a-z0-9.]{1,4}[.)] )?(?:(?:xét|đề nghị|được) )*tặng\b")
_FORM_WORD = pattern(r"\bhình thức\b")
_CITED = pattern(r"\bmẫu\b|báo cáo thành tích|quyết định số|bản sao|đã được (?:tặng|nhận)")
_AWARDING = pattern(r"tặng|khen|đề nghị|xét")
_OFFERED = frozenset({"awards", "criteria", "quota"})
_SCOPE = ("awards", "quota", "criteria", "procedure", "deadlines", "funding", "period", "dossier")


@once
def find_awards(text: Text, root: Section) -> tuple[Award, ...]:
    """Every form of reward the plan offers, once for each conferring body, in page order.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. HÌNH THỨC KHEN THƯỞNG\\n- Bằng khen của Chủ tịch UBND tỉnh.\\n- Giấy khen.")
    >>> [(a.form, a.by) for a in find_awards(t, outline(t))]
    [('bang-khen', 'Chủ tịch UBND tỉnh'), ('giay-khen', None)]
    """
    found = [a for clause in _award_clauses(text, root) for a in _in_clause(text, clause)]
    counted = (c for c in clauses(text, root, "quota") if "awards" not in c.section.roles)
    found += [a for clause in counted for a in _in_clause(text, clause, plain=False)]
    if not any(award.rule == "stated" for award in found):
        others = (c for c in clauses(text, root, *_SCOPE[1:], "contents") if not {"dossier"} & set(c.section.roles))
        found += [a for clause in others for a in _in_clause(text, clause, plain=False)]
    given = (c for c in clauses(text, root, "procedure", "criteria") if "awards" not in c.section.roles[:2])
    whole = [clause._replace(start=clause.section.text_start) for clause in given if _gives(text, clause)]
    found += [a for clause in whole for a in _in_clause(text, clause, plain=False)]
    found += [award for table in find_tables(text, root) for award in _in_table(text, table)]
    found = [*_once(found), *find_prizes(text, root)]
    return balanced(text, sorted([*found, *_moneys(text, root, found)], key=lambda a: a.start))


_HEADS_GIFT = pattern(
    r"\W*(?:[a-z0-9.]{1,4}[.)] )?(?:suy tôn|đề nghị|xét|tặng|trao"
    r"|bình chọn)(?: [a-z]+){0,3}? (?:tặng )?(?:bằng khen|giấy khen"
    r"|cờ thi đua|cờ|danh hiệu|thư khen)\b"
)


def _gives(text: Text, clause: Clause) -> bool:
    """Whether a clause begins with the award it gives: "1. Suy tôn tặng Cờ thi đua của UBND tỉnh: 01 đơn vị …"."""
    return bool(reading(text).match(_HEADS_GIFT, clause.section.text_start, clause.end))


_REWARD = pattern(
    r"tiền thưởng|mức (?:tiền )?thưởng|mức khen thưởng|kinh phí khen thưởng|\bthưởng\b|kèm theo|tặng (?:quà|kèm)"
)
_MONEYED = pattern(r"[0-9] ?(?:triệu |nghìn |ngàn |lần |lần mức )?(?:đồng|vnd|vnđ|đ\b|lương)")
_OF_WHOM = pattern(r"\b(?:tập thể|cá nhân|hộ gia đình|mỗi (?:người|giải|đơn vị))\b")
_BUDGET = pattern(r"(?:tổng|dự toán|kinh phí (?:tổ chức|thực hiện)|ngân sách|mỗi năm|không quá)\b[^.;]{0,80}$")


def _moneys(text: Text, root: Section, known: list[Award]) -> Iterator[Award]:
    """Money for whoever is rewarded, where no award told before has it: "cá nhân 300.000 đồng/người".

    It goes with the award its sentence names or, where the plan offers one alone, with that.
    """
    words = reading(text)
    had = {(a.amount.value, a.amount.currency) for a in known if a.amount}
    for clause in clauses(text, root, "funding", "awards", "quota"):
        if first(words, _MONEYED, clause.section.text_start, clause.end) is None:
            continue
        for start, end in sentences(text, clause.section.text_start, clause.end):
            if not _MONEYED.search(words.between(start, end)):
                continue
            hits = [hit for form in (AMOUNT, MULTIPLE) for hit in each(words, form, start, end)]
            if not hits or not first(words, _REWARD, start, end):
                continue
            last = start
            for hit in sorted(hits, key=lambda h: h.start):
                whose = [w for w in each(words, _OF_WHOM, last, hit.end) if w.start < hit.start or hit["per"]]
                begin = whose[-1].start if whose and whose[-1].start < hit.start else hit.start
                amount = find_amount(text, hit.start, hit.end)
                last = hit.end
                budget = _BUDGET.search(words.between(max(start, hit.start - 100), hit.start))
                if amount and whose and not budget and (amount.value, amount.currency) not in had:
                    had.add((amount.value, amount.currency))
                    a, b = tidy(text, begin, hit.end)
                    form, by = _goes_with(text, start, hit.start, end, known)
                    yield Award(form=form, by=by, amount=amount, text=text.raw[a:b], start=a, end=b)


def _goes_with(text: Text, start: int, place: int, end: int, known: list[Award]) -> tuple[str, str | None]:
    """The form that money goes with, and who confers it."""
    words = reading(text)
    named = forms(words, start, place)[-1:] or forms(words, place, end)[:1]
    told = [a for a in known if a.rule == "stated" and a.form not in ("khac", "tien-thuong", "qua-tang")]
    same = [a for a in told if not named or a.form == named[0].slug]
    if len(same) == 1:
        return same[0].form, same[0].by
    return (named[0].slug, None) if named else ("tien-thuong", None)


def _in_table(text: Text, table: Table) -> Iterator[Award]:
    """The awards that rows of a table of places are for: "| Bằng khen của Chủ tịch UBND tỉnh | 10 | 20 |"."""
    if not {"quota", "awards"} & set(table.roles):
        return
    words = reading(text)
    for cell in (cell for row in table.rows for cell in row):
        form = form_at(words, cell.start, cell.end)
        if form:
            a, b = tidy(text, form.start, _close(words, form, cell.end))
            by = _conferred(text, words, form, cell.start, cell.end)
            yield Award(form=form.slug, by=by, text=text.raw[a:b], start=a, end=b)


def _award_clauses(text: Text, root: Section) -> Iterator[Clause]:
    """Clauses of the sections on awards, the heading's own words among them ("1. Bằng khen của Chủ tịch UBND tỉnh")."""
    for clause in clauses(text, root, "awards"):
        if "awards" in clause.section.roles[:2] or clause.section.role == "quota":
            yield clause
    for section, above in walk(root):
        title_end = section.title_end
        if not title_end or _OFFERED.isdisjoint(section.roles):
            continue
        headed = bool(section.children) and ("quota" in section.roles or not section.own_role)
        gives = section.own_role and _GIVES.match(title_words(text, section))
        if headed or gives or is_award_heading(text, section):
            yield Clause(section, above, section.text_start, title_end, None)


@once
def award_named(text: Text, section: Section) -> str | None:
    """The award a heading or an announcing clause is about, by its common name."""
    if not section.title and not section.children:
        return None
    end = section.title_end or section.text_end
    words = reading(text)
    named = forms(words, section.text_start, end)
    if named:
        return _label(text, named[0], section.text_start, end)
    form = _misread(words, section.text_start, section.title_end) if text.garbled and section.title_end else None
    return _label(text, form, section.text_start, end) if form else None


def award_told(text: Text, start: int, end: int) -> str | None:
    """The award a clause opens with: "Giải Đặc biệt chỉ xét cho sáng kiến …", "Bằng khen: …"."""
    words = reading(text)
    prize = words.match(PRIZE, *tidy(text, start, end))
    if prize:
        return " ".join(text.raw[prize.start : prize.end].split())
    form = form_at(words, *tidy(text, start, end))
    return _label(text, form, start, end) if form else None


def award_given(text: Text, start: int, end: int) -> str | None:
    """The award a sentence gives to whoever it describes: "… sẽ được UBND xã khen thưởng bằng quà".

    >>> t = Text.of("Cán bộ có thành tích tiêu biểu sẽ được UBND xã khen thưởng bằng quà trị giá 300.000đ/người")
    >>> award_given(t, 0, len(t.raw))
    'Quà tặng của UBND xã'
    """
    awards = list(_in_sentence(text, reading(text), start, end, True, False))
    if len(awards) != 1:
        return None
    (award,) = awards
    label = preferred()[award.form] if award.form != "khac" else "Khen thưởng" if award.by else ""
    label = label[:1].upper() + label[1:]
    return (f"{label} của {award.by}" if award.by else label) or None


def _misread(words: Reading, start: int, end: int) -> Form | None:
    """The award a garbled heading opens with: "Béing khen cta Chii tich …"."""
    said = words.between(start, end)
    opens = re.match(r"\W*(?P<form>[^ ]+ [^ ]+)", said)
    form = nearest(opens["form"], ("bang khen", "giay khen")) if opens else None
    if opens is None or form is None:
        return None
    at = words.offset(start)
    return Form(words.place(at + opens.start("form")), words.end_place(at + opens.end("form")), slug_of(form))


def _label(text: Text, form: Form, start: int, end: int) -> str:
    """The common name of an award with who confers it, whose name is put right where it is one of the fixed phrases."""
    label = preferred()[form.slug]
    by = _conferred(text, reading(text), form, start, end)
    return f"{label} của {_healthy(text, by)}" if by else label


def _healthy(text: Text, by: str) -> str:
    """A conferring body as it should be spelt: "Chii tich Uy ban nhan dan tinh" is among the fixed phrases."""
    if not text.garbled:
        return by
    whole = restored(by)
    return (whole[:1].upper() + whole[1:]).replace("ủy ban", "Ủy ban").replace("ubnd", "UBND") if whole else by


def _in_clause(text: Text, clause: Clause, *, plain: bool = True) -> Iterator[Award]:
    words = reading(text)
    if plain and clause.section.own_role and _FORM_WORD.search(title_words(text, clause.section)):
        after = words.between(clause.start, clause.end).strip()
        if _DELEGATED.match(after) and not forms(words, clause.start, clause.end):
            a, b = tidy(text, clause.start, clause.end)
            yield Award(form="khac", rule="delegated", text=text.raw[a:b], start=a, end=b)
            return
    if not plain and not forms(words, clause.start, clause.end):
        return
    for start, end in sentences(text, clause.start, clause.end):
        yield from _in_sentence(text, words, start, end, plain, "criteria" in clause.section.roles)


def _in_sentence(text: Text, words: Reading, start: int, end: int, plain: bool, held: bool) -> Iterator[Award]:
    named = forms(words, start, end)
    if not plain and not named:
        return
    said = words.between(start, end)
    amount = find_amount(text, start, end) if named else None
    for form in named:
        by = _conferred(text, words, form, start, end)
        before = words.between(max(start, form.start - 60), form.start)
        if (held and _HELD.search(before)) or (not held and is_told(text, start, end, form.start)):
            continue
        if not plain and (_CITED.search(before) or not _AWARDING.search(said)):
            continue
        a, b = tidy(text, form.start, _close(words, form, end))
        yield Award(form=form.slug, by=by, amount=amount, text=text.raw[a:b], start=a, end=b)
    if not plain:
        return
    certified = words.search(_CERTIFIED, start, end) if any(map(said.__contains__, _PAPER)) else None
    if certified:
        a, b = tidy(text, certified.start, certified.end)
        yield Award(
            form="khac", amount=None if named else find_amount(text, start, end), text=text.raw[a:b], start=a, end=b
        )
    titled = None if held else words.match(_TITLED, *tidy(text, start, end))
    if titled and not named:
        a, b = tidy(text, *words.group(titled, "title"))
        yield Award(form="khac", text=text.raw[a:b], start=a, end=b)
    if named or certified or titled:
        return
    gift = words.search(_GIFT, start, end)
    amount = find_amount(text, start, end) if gift else None
    rewards = list(words.finditer(_REWARDS, start, end))
    for hit in rewards:
        by = _printed(text, words.group(hit, "by"))
        given = gift and hit.start < gift.start and hit is rewards[-1]
        stop = words.end_place(words.offset(gift.end)) if given and gift else hit.end
        stop = amount_end(text, stop, end) if given else stop
        a, b = tidy(text, hit.start, stop)
        form_slug = _gift_slug(gift["form"] or "") if given and gift else "khac"
        yield Award(form=form_slug, by=by, amount=amount if given else None, text=text.raw[a:b], start=a, end=b)
    if gift and not rewards and amount:
        a, b = tidy(text, gift.start, amount_end(text, gift.end, end))
        yield Award(form=_gift_slug(gift["form"] or ""), amount=amount, text=text.raw[a:b], start=a, end=b)
    elif not gift and not rewards and not held and end - start <= 300:
        praised = words.search(_PRAISED, start, end)
        if praised and not is_told(text, start, end, praised.end):
            a, b = tidy(text, start, end)
            yield Award(form="khac", text=text.raw[a:b], start=a, end=b)


def _gift_slug(words: str) -> str:
    return "tien-thuong" if "tien" in words else "qua-tang"


def _conferred(text: Text, words: Reading, form: Form, start: int, end: int) -> str | None:
    """Who confers: "Bằng khen của Chủ tịch UBND tỉnh", "UBND huyện tặng Giấy khen"."""
    at = words.offset(form.end)
    after = words.words[at : words.offset(end)]
    for form_of in (_OF, _OF_GARBLED) if text.garbled else (_OF,):
        match = form_of.match(after)
        if match:
            return _printed(text, (words.place(at + match.start("by")), words.end_place(at + match.end("by"))))
    named = None if text.garbled else _WHO.match(text.raw, form.end, end)
    if named:
        return _printed(text, named.span("by"))
    before = words.offset(start)
    match = _BY.search(words.words[before : words.offset(form.start)])
    if match:
        return _printed(text, (words.place(before + match.start("by")), words.end_place(before + match.end("by"))))
    return None


def _printed(text: Text, span: tuple[int, int]) -> str:
    return " ".join(text.raw[slice(*tidy(text, *span))].split()).rstrip(" .,;:")


def _close(words: Reading, form: Form, end: int) -> int:
    at = words.offset(form.end)
    named = _WHO.match(words.raw, form.end, end)
    if named and not _OF.match(words.words[at : words.offset(end)]):
        return named.end("by")
    match = _OF.match(words.words[at : words.offset(end)]) or _OF_GARBLED.match(words.words[at : words.offset(end)])
    return words.end_place(at + match.end()) if match else form.end


def _alike(one: Award, other: Award) -> bool:
    """Whether two awards are of one form; "Cờ thi đua" alone is the province's flag named before."""
    if one.form == "khac" and one.by is None and other.by is None:
        return fold(one.text) == fold(other.text)
    return one.form == other.form or one.form.startswith(f"{other.form}-")


def _once(awards: list[Award]) -> list[Award]:
    """One award per form and conferring body: a bare mention adds nothing to one with its body."""
    kept: list[Award] = []
    for award in sorted(awards, key=lambda a: (a.rule != "stated", a.by is None, a.start)):
        same = [n for n, k in enumerate(kept) if _alike(k, award) and k.rule == award.rule]
        told = [n for n in same if None in (award.by, kept[n].by) or fold(kept[n].by or "") == fold(award.by or "")]
        if not told:
            kept.append(award)
        elif award.amount and kept[told[0]].amount is None:
            kept[told[0]] = replace(kept[told[0]], amount=award.amount)
    return kept
