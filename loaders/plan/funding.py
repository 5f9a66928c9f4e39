"""Where the money comes from: the part on funding, and sentences anywhere that name a source."""

from loaders.findings import Span
from loaders.phrases import pattern, reading
from loaders.plan.clauses import balanced, sentences, tidy
from loaders.plan.responsibilities import said_under
from loaders.plan.wholewords import whole
from loaders.structure.outline import Section, walk
from loaders.text import Text

__all__ = ["find_funding"]

_MONEY = (
    "kinh phi", "quy thi dua", "quy khen thuong", "tien thuong", "chi thuong", "chi khen thuong",
    "nguon thuong", "nguon khen thuong",
)  # fmt: skip
_SOURCE = (
    r"(?:ngân sách|quỹ\b|nguồn (?:quỹ|kinh phí|ngân sách|chi|vốn|xã hội hóa|khác|thu)|dự toán|kinh phí (?:thường xuyên"
    r"|chi|hoạt động|được giao|khoán|công đoàn|của)|nguồn)"
)
_DRAWN = r"(?:lấy|trích|chi|sử dụng|bố trí|cân đối|bảo đảm|đảm bảo|cấp|hạch toán|huy động|chi trả|thanh toán|dùng)"
# "Kinh phí thực hiện lấy từ Quỹ …", "Nguồn kinh phí khen thưởng do ngân sách xã bảo đảm", "Tiền thưởng chi từ quỹ …"
_DRAWN_FROM = pattern(
    rf"\b(?:kinh phí|tiền thưởng|(?:chi|nguồn) (?:khen )?thưởng|quỹ thi đua)\b[^.;]{{0,120}}?"
    rf"(?:\b{_DRAWN}(?: trả| kèm)?(?: trong| từ| theo| vào)?(?: các)? {_SOURCE}"
    rf"|\btừ (?:các )?{_SOURCE}|\btrong (?:dự toán|ngân sách)"
    rf"|\bdo (?:ngân sách|quỹ|nhà nước|[^.;,]{{3,60}} (?:bảo đảm|đảm bảo|chi trả|cấp|tự|hỗ trợ|tài trợ))\b"
    rf"|\b(?:được )?{_DRAWN} (?:theo|từ)\b)"
)
# "Sở Tài chính cân đối, bố trí kinh phí …": in the part on who does what, or in a sentence of its own
_PROVIDED = pattern(
    r"\b(?:bố trí|cân đối|bảo đảm|đảm bảo|trích|cấp|dành|ưu tiên|huy động)(?:,| và| đủ| đầy đủ| kịp thời| bố trí| cấp"
    r"| một phần| thêm| nguồn lực)*"
    r" (?:nguồn )?(?:kinh phí|ngân sách|quỹ (?:thi đua|khen thưởng)|nguồn (?:khen )?thưởng|tiền thưởng)\b"
)
# "lập dự toán kinh phí gửi Sở Tài chính thẩm định": a duty, no source
_BUDGET = pattern(r"\b(?:lập|xây dựng|tổng hợp|thẩm định|đề xuất|quyết toán)\b[^.;]{0,40}\b(?:dự toán|kinh phí)\b")
_ELSEWHERE = {"recipients", "appendix", "purpose", "requirements", "targets", "criteria", "contents", "solutions"}


def find_funding(text: Text, root: Section) -> tuple[Span, ...]:
    """What is said of money: amounts, sources, the law they follow.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. TỔ CHỨC THỰC HIỆN\\n1. Sở Nội vụ theo dõi. Kinh phí thực hiện lấy từ Quỹ thi đua của tỉnh.")
    >>> [span.text for span in find_funding(t, outline(t))]
    ['Kinh phí thực hiện lấy từ Quỹ thi đua của tỉnh']
    """
    found = list(said_under(text, root, "funding"))
    said = reading(text)
    money = (whole(words) for words in _MONEY if words in said.words)
    places = sorted(said.place(hit.start()) for words in money for hit in words.finditer(said.words))
    if not places:
        return tuple(found)
    told = bytearray(len(text.raw))
    for span in found:
        told[span.start : span.end] = b"\1" * (span.end - span.start)
    started, at = False, 0
    for section, _ in walk(root):
        started = started or bool(section.mark)
        while at < len(places) and places[at] < section.text_start:
            at += 1
        if at == len(places):
            break
        if places[at] >= section.text_end or not started or _ELSEWHERE & set(section.roles) or section.style == "table":
            continue
        for start, end in sentences(text, section.text_start, section.text_end):
            a, b = tidy(text, start, end)
            if (
                any(a <= place < b for place in places[at:])
                and not any(told[a:b])
                and _names_source(text, section, a, b)
            ):
                found.append(Span(text=text.raw[a:b], start=a, end=b))
    return balanced(text, sorted(found, key=lambda span: span.start))


def _names_source(text: Text, section: Section, start: int, end: int) -> bool:
    """Whether a sentence says where money comes from or who provides it; drawing up a budget is neither."""
    words = reading(text)
    if words.search(_DRAWN_FROM, start, end):
        return True
    if "organisation" not in section.roles and section.style != "paragraph":
        return False
    provided = words.search(_PROVIDED, start, end)
    return provided is not None and not words.search(_BUDGET, start, provided.end)
