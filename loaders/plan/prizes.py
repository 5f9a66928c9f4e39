"""Prizes by their rank or their name, and public praise that is counted."""

from collections.abc import Iterator

from loaders.findings import Award
from loaders.phrases import Hit, pattern, reading
from loaders.plan.clauses import clauses, each, first, tidy
from loaders.plan.money import amount_end, find_amount
from loaders.plan.past import is_told
from loaders.structure.outline import Section
from loaders.text import Text

PRIZE = pattern(r"(?:(?<=\d )|\b)giải (?:thưởng )?(?P<tier>đặc biệt|nhất|nhì|ba|tư|khuyến khích|phụ)\b")
# "Giải cá nhân “Bàn tay vàng”", "Huy hiệu “Tuổi trẻ dũng cảm”"; "biểu dương 10 tổ dân phố"
_NAMED = pattern(
    r"\b(?:giải thưởng|giải (?:tập thể|cá nhân|phụ)|phần thưởng|huy hiệu|kỷ niệm chương|cúp)(?: [a-z]+){0,2}?"
    r" [“\"](?P<name>[^”\"]{3,60})[”\"]"
)
_PRAISED = pattern(
    r"\b(?:biểu dương|tuyên dương|vinh danh) (?:tối đa |không quá )?\d{1,3} [a-z]+(?: dân phố| thôn| gia đình| viên"
    r"| sinh)?"
)


def find_prizes(text: Text, root: Section) -> list[Award]:
    """Prizes by their rank, each once, with its money where that is told: "giải Nhất 15.000.000 đồng"."""
    words, best = reading(text), dict[str, Award]()
    for clause in clauses(text, root, "awards", "quota", "funding", "criteria", "procedure"):
        if "appendix" in clause.section.roles:
            continue
        if "giai" not in words.between(clause.section.text_start, clause.end):
            continue
        hits = [
            h
            for h in each(words, PRIZE, clause.section.text_start, clause.end)
            if not (_is_preposition(text, h) or _is_asked(text, h) or _is_past(text, clause.section, h))
        ]
        for n, hit in enumerate(hits):
            stop = min(clause.end, hit.end + 120, *(h.start for h in hits[n + 1 : n + 2]))
            broken = first(words, pattern(r"[;.] "), hit.end, stop)
            stop = broken.start if broken else stop
            amount = find_amount(text, hit.end, stop)
            a, b = tidy(text, hit.start, amount_end(text, hit.end, stop) if amount else hit.end)
            award = Award(form="khac", amount=amount, text=text.raw[a:b], start=a, end=b)
            known = best.get(hit["tier"] or "")
            if known is None or (known.amount is None and amount):
                best[hit["tier"] or ""] = award
    return [*best.values(), *_named(text, root)]


_WON = pattern(r"\b(?:đạt|đoạt|giành|được)(?: (?:từ|ít nhất|tối thiểu))?(?: \d{1,2})? $")


def _is_asked(text: Text, hit: Hit) -> bool:
    """Whether a prize is what a condition asks for: "đạt giải Ba trở lên"."""
    words = reading(text)
    before, after = words.between(max(0, hit.start - 24), hit.start), words.between(hit.end, hit.end + 12)
    return bool(_WON.search(before)) or after.startswith(" tro len")


def _is_past(text: Text, section: Section, hit: Hit) -> bool:
    """Whether a prize was won or somebody praised before: "đoàn tỉnh đã giành 02 giải Nhất, 03 giải Nhì"."""
    start = text.raw.rfind(". ", section.text_start, hit.start) + 1 or section.text_start
    return is_told(text, start, hit.end, hit.end)


def _is_preposition(text: Text, hit: Hit) -> bool:
    """Whether "giải tư" is "giải từ cấp tỉnh trở lên"."""
    a, b = reading(text).group(hit, "tier")
    return not text.garbled and hit["tier"] == "tu" and text.raw[a:b].lower() != "tư"


def _named(text: Text, root: Section) -> Iterator[Award]:
    """Prizes and badges with a name of their own, and whom the plan praises by number."""
    words, told = reading(text), set[str]()
    for clause in clauses(text, root, "awards", "quota", "funding"):
        said = words.between(clause.section.text_start, clause.end)
        for form, needed in ((_NAMED, "giai huy phan ky cup"), (_PRAISED, "duong danh")):
            if not any(word in said for word in needed.split()):
                continue
            for hit in each(words, form, clause.section.text_start, clause.end):
                a, b = tidy(text, hit.start, hit.end)
                past = _is_past(text, clause.section, hit)
                if hit.match[0] not in told and clause.section.roles[0] != "criteria" and not past:
                    told.add(hit.match[0])
                    amount = find_amount(text, hit.end, min(clause.end, hit.end + 60)) if form is _NAMED else None
                    yield Award(form="khac", amount=amount, text=text.raw[a:b], start=a, end=b)
