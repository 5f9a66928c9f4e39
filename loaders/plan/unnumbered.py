"""Places for awards whose number is left to a document or a person, or is not bounded."""

import re
from typing import NamedTuple

from loaders.findings import Quota
from loaders.phrases import Reading, pattern, reading
from loaders.plan.awards import award_named
from loaders.plan.clauses import first, kind_above, sentences, tidy, title_words
from loaders.structure.outline import Section
from loaders.text import Text, fold

_COUNTED = pattern(r"\b\d{1,3}(?: ?\([a-z ]{2,20}\))? (?:tập thể|cá nhân|hộ gia đình|gia đình)\b")
_DECIDES = pattern(
    r"(?:,|,? (?:có trách nhiệm|sẽ))?(?: (?:xem xét|xem xeet|chủ động|căn cứ [^.,;]{3,60}),?)*"
    r" (?:quyết định|quyet dinh|xác định|quy định|lựa chọn)(?: về)? số lượng"
)
_DECIDES_NUMBER = pattern(r"(?:định|chọn)(?: về)? số lượng")  # what it cannot do without
_NUMBER_BY = pattern(
    r"số lượng[^.;:]{0,60}?(?::? ?)(?:được )?(?:thực hiện |xác định |áp dụng )?(?P<how>theo|do|căn"
    r" cứ(?: vào)?|tùy(?: theo)?) (?P<to>[^.;]{5,250})"
)
_BY_RULE = pattern(r"^:? ?(?:được )?(?:thực hiện |áp dụng )?(?:theo|căn cứ(?: vào)?|do) (?P<to>[^.;]{5,300})")
_THEN = pattern(r",? (?:xem xét|quyết định|phê duyệt|xác định)(?:, (?:xem xét|quyết định|phê duyệt))*[^a-z]*$")
_UNLIMITED = pattern(r"không (?:giới hạn|hạn chế|khống chế|quy định)(?: về)? (?:số lượng|chỉ tiêu|tỷ lệ)")
_UNBOUND = pattern(r"^:? ?không (?:giới hạn|hạn chế|khống chế)\b")
_BY_OFFICE = pattern(
    r"^:? ?(?:được )?(?:do|giao(?: cho)?) (?P<to>[^.;:]{5,160}?),? (?:xem xét|quyết định|quy định|xác định"
    r"|phê duyệt|phân bổ)\b"
)
_SITUATION = pattern(r"^(?:theo|căn cứ|trên cơ sở|tùy) [^,]{3,80}, ")
_ASSIGNS = pattern(r"\W*(?:và )?(?:giao|phân công)(?: cho)? ")


class Place(NamedTuple):
    """A section in which places may be told."""

    section: Section
    above: tuple[Section, ...]
    own: bool  # stands under a heading on numbers or forms


def left_open(text: Text, words: Reading, place: Place) -> list[Quota]:
    """The places whose number a section leaves open."""
    section = place.section
    start, end = section.text_start, section.text_end
    if (section.own_role and "quota" in section.roles) or (
        section.own_role and "so luong" in title_words(text, section)
    ):
        after = words.between(section.body_start, end)
        match = _BY_RULE.match(after)
        if match and not re.search(_COUNTED, after):
            at = words.offset(section.body_start)
            to = (words.place(at + match.start("to")), words.end_place(at + match.end("to")))
            return [_left_to(text, place, tidy(text, section.body_start, end), to)]
    numbers = "quota" in section.roles or (bool(place.above) and "quota" in place.above[-1].roles)
    if numbers and section.title_end and section.body_start < end:
        if _UNBOUND.match(words.between(section.body_start, end)):
            a, b = tidy(text, section.text_start, end)
            return [Quota(rule="unstated", award=_heading_award(text, place), text=text.raw[a:b], start=a, end=b)]
        office = _BY_OFFICE.match(words.between(section.body_start, end))
        if office:
            at = words.offset(section.body_start)
            to = (words.place(at + office.start("to")), words.end_place(at + office.end("to")))
            return [_left_to(text, place, tidy(text, section.text_start, words.end_place(at + office.end())), to)]
    labelled = _labelled(text, words, place) if numbers or place.own else []
    if labelled:
        return labelled
    said = words.between(start, end)
    if "so luong" in said:
        for sentence in sentences(text, section.body_start, end) if _DECIDES_NUMBER.search(said) else ():
            decides = first(words, _DECIDES, *sentence)
            if decides and decides.start - sentence[0] >= 3 and not re.search(_COUNTED, words.between(*sentence)):
                assigns = words.match(_ASSIGNS, *sentence)
                sentence = (assigns.end, sentence[1]) if assigns else sentence
                who = _without_situation(words, (max(sentence[0], decides.start - 400), decides.start))
                return [_left_to(text, place, tidy(text, who[0], decides.end), who)]
        hit = first(words, _NUMBER_BY, start, end)
        if hit and not re.search(_COUNTED, words.between(hit.start, hit.end)):
            return [_left_to(text, place, tidy(text, hit.start, hit.end), words.group(hit, "to"))]
    elif "chi tieu" not in said and "ty le" not in said:
        return []  # what is not limited is one of these
    unlimited = first(words, _UNLIMITED, start, end) if "khong " in said else None
    if unlimited:
        a, b = tidy(text, unlimited.start, unlimited.end)
        return [Quota(rule="unstated", award=_heading_award(text, place), text=text.raw[a:b], start=a, end=b)]
    return []


# "Tổng kết: do Hội đồng … quyết định", "Bằng khen của Bộ trưởng: thực hiện theo quy định tại Thông tư …"
_LABELLED = pattern(
    r"\W*(?:\d{1,2}[.)] )?(?P<label>[^:.;\d]{3,110}): ?(?:số lượng )?(?:"
    r"(?:do|giao(?: cho)?|tùy)(?: theo)? (?P<office>[^.;:]{5,160}?),? (?:xem xét|quyết định|quy định|xác định|phê duyệt"
    r"|phân bổ|thống nhất|lựa chọn)\b"
    r"|(?:được )?(?:thực hiện |xét |áp dụng |xác định )?(?:theo"
    r"|căn cứ(?: vào)?) (?P<rule>(?:đúng )?(?:các )?(?:quy định"
    r"|hướng dẫn|thông báo|phân bổ|số lượng|chỉ tiêu|tỷ lệ|kế hoạch|nghị định|thông tư|quyết định)[^.;]{3,250}))"
)
# "đề nghị Bộ tặng Bằng khen theo số lượng được phân bổ của Trung ương", "số lượng theo hướng dẫn của Thành ủy"
_ALLOTTED = pattern(
    r"\b(?:theo|căn cứ(?: vào)?|trong) (?P<to>(?:số lượng|chỉ tiêu|tỷ lệ|số)(?: [a-z]+)? (?:được )?(?:phân bổ|giao|quy"
    r" định|hướng dẫn|thông báo|ấn định)[^.;,]{0,160})"
)
_SETS = tuple(map(fold, ("phân bổ", "giao", "quy định", "hướng dẫn", "thông báo", "ấn định")))  # one of these is in it


def _labelled(text: Text, words: Reading, place: Place) -> list[Quota]:
    """Of several awards told one after another, the one whose number someone else sets."""
    found, section = [], place.section
    for start, end in sentences(text, section.text_start, section.text_end):
        said = words.between(start, end)
        hit = words.match(_LABELLED, start, end) if ":" in said else None
        group = "office" if hit and hit["office"] else "rule"
        if hit is None or (section.own_role and section.title_end == end):
            hit, group = first(words, _ALLOTTED, start, end) if any(map(said.__contains__, _SETS)) else None, "to"
        if hit is None or first(words, _COUNTED, start, hit.end):
            continue
        told = hit if group != "to" else None
        if told and not _OF_AWARDS.search(told["label"] or "") and "quota" not in section.roles:
            continue
        found.append(_left_to(text, place, tidy(text, start, hit.end), words.group(hit, group)))
    return found


_OF_AWARDS = pattern(r"khen|cờ|giải|danh hiệu|số lượng|tổng kết|sơ kết|tập thể|cá nhân|đột xuất|huân chương")


def _without_situation(words: Reading, span: tuple[int, int]) -> tuple[int, int]:
    """ "Theo đặc điểm tình hình, Thủ trưởng các Sở …": who decides begins after the comma."""
    after = words.between(*span).lstrip()
    match = _SITUATION.match(after)
    if not match:
        return span
    at = words.offset(span[0]) + len(words.between(*span)) - len(after)
    return words.place(at + match.end()), span[1]


def _left_to(text: Text, place: Place, span: tuple[int, int], to: tuple[int, int]) -> Quota:
    decides = first(reading(text), _THEN, *to)
    to = tidy(text, to[0], decides.start if decides else to[1])
    return Quota(
        kind=kind_above(text, (*place.above, place.section)),
        rule="delegated",
        award=_heading_award(text, place),
        delegated_to=" ".join(text.raw[to[0] : to[1]].split()),
        text=text.raw[span[0] : span[1]],
        start=span[0],
        end=span[1],
    )


def _heading_award(text: Text, place: Place) -> str | None:
    return next((a for s in (place.section, *reversed(place.above)) if (a := award_named(text, s))), None)
