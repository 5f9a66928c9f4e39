"""What stands before a citation: the body whose paper it is, the head of its list, the day told first."""

import re

from loaders.authorities.agencies import find_bodies
from loaders.citations.beside import is_coded_otherwise
from loaders.citations.document_types import TypeWord
from loaders.citations.issuers import LEFT_SUBJECT
from loaders.citations.mentions import HEADS, Place, body_here
from loaders.citations.numbers import FoundNumber
from loaders.dates import FoundDate, find_dates
from loaders.text import Text

_LEFT_PLACE = re.compile(
    r"[\s,]+(?:(?:da\s+)?(?:phat\s+dong|chi\s+dao|ban\s+hanh|giao|yeu\s+cau|phe\s+duyet|quy\s+dinh|quyet\s+dinh"
    r"|huong\s+dan|thong\s+nhat)\s+)?(?:tai|trong|theo)\s+(?:cac\s+|ban\s+)?$"
)
_LEFT_VERB = re.compile(r"\s+(?:da\s+|vua\s+)?(?:co|ban\s+hanh|trinh)\s+(?:cac\s+|ban\s+)?")
# a body we have no list of: "đề nghị của Giám đốc Sở Nông nghiệp & Phát triển nông thôn tỉnh tại …"
_LEFT_NAMED = re.compile(
    r"của\s+(?:(?:Giám đốc|Trưởng ban|Trưởng phòng|Chánh Văn phòng|Thủ trưởng|Chi cục trưởng|Cục trưởng)\s+)?"
    r"(?P<name>[A-ZĐ][^,;.:\n]{3,50}(?:\n[^,;.:\n]{0,50})?)$"
)
_LEFT_REACH = 140
# the last word before a citation that either form may end with; most have another before them and are told so at once
_LEFT_LAST = [[word] for word in ("tai", "trong", "theo", "cac", "ban", "co", "hanh", "trinh")]


def issuer_between(text: Text, word: TypeWord | None, number: FoundNumber) -> Place | None:
    """The body between type word and number: "các Quyết định của Thủ tướng Chính phủ: số 805/QĐ-TTg"."""
    if word is None or word.adjacent:
        return None
    bodies = find_bodies(text, word.end, number.start)
    if not bodies or is_coded_otherwise(number.issuer_code, bodies[-1].body, kin=True):
        return None  # "Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân số 87/2015/QH13"
    heads = [h for h in HEADS.finditer(text.folded, word.end, bodies[-1].start) if h.end() == bodies[-1].start]
    return (heads[0].start() if heads else bodies[-1].start), bodies[-1].end


def issuer_left(text: Text, start: int) -> Place | None:
    """The body before the citation: "xét đề nghị của phòng Nội vụ tại Tờ trình số …", "Sở Nội vụ có Tờ trình số …"."""
    if text.folded[max(0, start - 12) : start].split()[-1:] not in _LEFT_LAST:
        return None
    floor = max(0, start - _LEFT_REACH)
    place = _LEFT_PLACE.search(text.folded, floor, start)
    if not place and not LEFT_SUBJECT.search(text.folded, max(0, start - 30), start):
        return None
    if place and (said := _said_right_before(text, floor, place.start())):
        return said
    for body in find_bodies(text, floor, start)[-1:]:
        if place and text.folded[body.end : place.start()].strip(" \n,*_") == "" and place.start() >= body.end:
            return body.start, body.end
        of = text.folded[max(0, body.start - 4) : body.start].strip() == "cua"  # "Tổ công tác của Chính phủ có văn bản"
        if not of and _LEFT_VERB.fullmatch(text.folded, body.end, start):
            return body.start, body.end
    named = _LEFT_NAMED.search(text.raw, floor, place.start()) if place and "theo" not in place[0] else None
    return named.span("name") if named else None


_SENTENCE_OPENS = re.compile(r"[.;:)\n][\s*_+•-]*(?:(?:vao|den|trong)\s+)?$")
_DAY_OF = re.compile(rf"\s*,?\s*(?:{HEADS.pattern})?")


def day_before(text: Text, body: int) -> FoundDate | None:
    """The day told before the body: "Ngày 04/8/2025, Thủ tướng Chính phủ đã có Công điện số …"."""
    if "ngay" not in text.folded[max(0, body - 60) : body]:
        return None
    for day in find_dates(text, max(0, body - 60), body)[-1:]:
        opens = not text.raw[max(0, day.start - 12) : day.start].strip() or _SENTENCE_OPENS.search(
            text.folded, max(0, day.start - 16), day.start
        )
        if opens and _DAY_OF.fullmatch(text.folded, day.end, body) and text.folded.startswith("ngay", day.start):
            return day  # but in "Theo Kế hoạch số 14/KH-BNV ngày 12/9/2025, Bộ Nội vụ …" it is the plan's
    return None


# "các Nghị quyết của Bộ Chính trị: Nghị quyết số 57-NQ/TW ngày …", its first item on the same line or the next
_LIST_HEAD = re.compile(r"\b(?:cac|nhung|mot\s+so)\s+[a-z\s,]{4,60}?\s(?:cua|do)\s+[^:;]{3,90}(?=\s*:[\s*+•-]*$)")


def head_of(text: Text, start: int) -> Place | None:
    """The body of a list whose head names it, for the first item."""
    if ":" not in text.raw[max(0, start - 8) : start]:
        return None
    head = _LIST_HEAD.search(text.folded, max(0, start - 170), start)
    bodies = find_bodies(text, head.start(), head.end()) if head else []
    return (bodies[-1].start, bodies[-1].end) if bodies and head and bodies[-1].end == head.end() else None


def is_in_a_bracket(text: Text, number: FoundNumber) -> bool:
    """Whether a law's number stands in brackets of its own: "Luật Nhà ở (số 27/2023/QH15) ngày 27/11/2023"."""
    if number.shape != "law" or not text.raw.startswith(")", number.end):
        return False
    return _OPENED.search(text.folded, max(0, number.start - 20), number.start) is not None


_OPENED = re.compile(r"\(\s*(?:bo\s+luat|luat|phap\s+lenh)?\s*(?:so\s*:?\s*)?$")
_OF = re.compile(r"\bcua\s+")
_WORD_START = re.compile(r"(?<!\S)\w")


def _said_right_before(text: Text, floor: int, stop: int) -> Place | None:
    """The body named after the last *của*, where its name ends at a place ("của Giám đốc Sở Nội vụ | tại Tờ trình")."""
    for of in [*_OF.finditer(text.folded, floor, stop)][-1:]:
        for word in list(_WORD_START.finditer(text.folded, of.end(), stop))[:4]:
            body = body_here(text, word.start(), stop)
            if body:
                return None if text.folded[body.end : stop].strip(" \n,*_") else (body.start, body.end)
    return None
