"""Who does what; the steps of the procedure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.findings import Responsibility, Span
from loaders.phrases import pattern, reading
from loaders.plan.agents import BODY, VERB, after_agent, duty_at
from loaders.plan.clauses import balanced, clauses, sentences, tidy, title_words
from loaders.plan.tables import Table, find_tables
from loaders.structure.outline import Section, walk
from loaders.text import Text

_GIVEN = pattern(r"(?:trân trọng đề nghị|giao(?: cho)?|đề nghị|yêu cầu|phân công) (?=[a-z])")
_SUBJECT = pattern(rf"(?!phong trào|ban hành)(?={BODY}\b)")
_URGES = pattern(rf"\b(?:yêu cầu|đề nghị|giao) (?=(?:các |lãnh đạo |toàn thể )?{BODY}\b)")
_REACH = {_GIVEN: 262, _SUBJECT: 240, _URGES: 290}
# "… ngày 18/12/2025. Phòng Nội vụ thẩm định, trình Hội đồng …": the office's own part, told after the day
_HANDLES = pattern(
    rf"(?P<who>(?!phong trào|ban hành){BODY}\b[^.,;]{{0,90}}?) (?P<what>(?:có trách nhiệm )?(?:thẩm định"
    rf"|tổng hợp|chủ trì"
    r"|tham mưu|rà soát|tiếp nhận|kiểm tra|hướng dẫn)\b.+)"
)
_HEADED = pattern(
    r"(?:đề nghị|giao(?: cho)?|(?:nhiệm vụ, )?trách nhiệm(?: của)?|nhiệm vụ(?: của)?|đối với|yêu cầu) (?P<who>.+)"
)
_SENDS = pattern(
    r"\(|\b(?:họp|gửi|nộp|lập) "
)  # "Các đơn vị họp xét, gửi hồ sơ (…, báo cáo …)": a step, no office's duty
_REPLY = pattern(
    r"\b(?:để|(?<!tổng hợp, )báo cáo|phản ánh về|đề xuất kịp thời để) (?P<who>(?:lãnh đạo )?(?:ubnd|ủy ban nhân"
    r" dân)[^.,;()]{0,40}?) (?P<what>xem xét.+)"
)
_OTHERS = frozenset(
    {"recipients", "purpose", "requirements", "targets", "criteria", "dossier", "contents", "solutions"}
)
_HANDLED = frozenset({"deadlines", "procedure", "dossier"})


def find_responsibilities(text: Text, root: Section) -> tuple[Responsibility, ...]:
    """Who is charged with what: headed sections, numbered clauses, and paragraphs that say "Giao …".

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. TỔ CHỨC THỰC HIỆN\\n1. Giao Phòng Nội vụ theo dõi.\\n2. Sở Tài chính:\\n- Bố trí kinh phí.")
    >>> [(r.who, r.what) for r in find_responsibilities(t, outline(t))]
    [('Phòng Nội vụ', 'theo dõi'), ('Sở Tài chính', 'Bố trí kinh phí')]
    """
    found: list[Responsibility] = []
    done, numbered = 0, False
    for section, _ in walk(root):
        numbered = numbered or bool(section.mark)
        if section.start < done or not numbered:
            continue
        inside = "organisation" in section.roles
        if inside and _names_who(text, section):
            found.append(_headed(text, section))
            done = section.end
        elif section.style == "table" or section.children or section.text_end <= section.text_start:
            continue
        elif _OTHERS.isdisjoint(section.roles):
            found += _told(text, section, inside=inside)
        elif section.style == "paragraph" and section.level <= 3 and _UNCHARGED.isdisjoint(section.roles):
            found += _carried_out(text, section)
    found += (one for table in find_tables(text, root) for one in _in_table(text, table))
    return balanced(text, sorted(found, key=lambda r: (r.start, -r.end)))


_LEADS = (
    r"chu tri",
    r"(?:co quan|don vi|bo phan|noi)(?: [a-z]+)? (?:thuc hien|phu trach)",
    r"phu trach|trach nhiem|^thuc hien$",
)
_TASKS = (r"nhiem vu|cong viec|noi dung|hoat dong|viec\b|san pham",)


def _in_table(text: Text, table: Table) -> Iterator[Responsibility]:
    """The rows of a table of tasks: "| 1 | Ban hành hướng dẫn | Phòng Nội vụ | Các xã | Tháng 5/2025 |"."""
    lead, task = table.column(*_LEADS), table.column(*_TASKS)
    if None in (lead, task) or lead == task or {"criteria", "quota", "recipients"} & set(table.roles):
        return
    for row in table.rows:
        if lead is not None and task is not None and max(lead, task) < len(row) and row[lead].text and row[task].text:
            who, what = (" ".join(row[n].text.replace("*", "").split()) for n in (lead, task))
            a, b = min(row[lead].start, row[task].start), max(row[lead].end, row[task].end)
            yield Responsibility(who=who, what=what, text=text.raw[a:b], start=a, end=b)


def find_procedure(text: Text, root: Section) -> tuple[Span, ...]:
    """The steps of the procedure, one per clause."""
    return tuple(said_under(text, root, "procedure"))


def said_under(text: Text, root: Section, role: str) -> Iterator[Span]:
    """What the clauses of one part say, one by one, without the words that only announce others."""
    for clause in clauses(text, root, role):
        a, b = tidy(text, clause.start, clause.end)
        if clause.section.role == role and b - a >= 10 and not (clause.intro and text.raw[b : b + 1] == ":"):
            yield Span(text=text.raw[a:b], start=a, end=b)


_AGENT = pattern(
    rf"(?:\d+\. )?(?:đề nghị |giao |trách nhiệm (?:của )?|đối với )?(?:ông, bà )?{BODY}\b|s[o&eé]+ n|"
    rf"thi truong|phòng"
)


def _names_who(text: Text, section: Section) -> bool:
    """Whether a section with clauses under it, or words after its colon, is headed by a body."""
    if section.title is None or not section.mark or section.style == "roman":
        return False
    if not section.children and (section.title_end or 0) >= section.text_end:
        return False
    return bool(_AGENT.match(title_words(text, section))) or (text.garbled and section.style == "decimal")


def _headed(text: Text, section: Section) -> Responsibility:
    who = section.title or ""
    match = _HEADED.match(title_words(text, section))
    if match:
        words = reading(text)
        at = words.offset(section.text_start)
        a, b = tidy(text, words.place(at + match.start("who")), words.end_place(at + match.end("who")))
        who = " ".join(text.raw[a:b].replace("*", "").split())
    a, b = tidy(text, section.text_start, section.end)
    what = "; ".join(_words_below(text, section))
    return Responsibility(who=who, what=what, text=text.raw[a:b], start=a, end=b)


def _words_below(text: Text, section: Section) -> Iterator[str]:
    """The clauses under a heading, each without its mark."""
    for part in (section, *(below for below, _ in walk(section))):
        a, b = tidy(text, part.body_start if part is section else part.text_start, part.text_end)
        if b > a:
            yield " ".join(text.raw[a : min(b + 1, part.text_end)].replace("*", "").split()).rstrip(" .")


# "Điều 3. Chánh Văn phòng …, Thủ trưởng các đơn vị … chịu trách nhiệm thi hành Quyết định này."
_ENACTS = pattern(r"\bthi hành(?: (?:quyết định|nghị quyết|chỉ thị|kế hoạch|quy chế)[^.;]{0,20})?\W*$")
_EXECUTES = pattern(
    r"(?P<who>(?!quyết định này)[^.;]{3,400}?) (?P<what>(?:chịu|có) trách nhiệm\b.+|(?:căn cứ|chiếu)\b.+)"
)
# "Thủ trưởng các cơ quan, đơn vị căn cứ Kế hoạch này tổ chức …": whatever part it stands behind
_CARRIES_OUT = pattern(
    r"căn cứ (?:vào )?(?:các )?(?:nội dung|kế hoạch|hướng dẫn|chỉ thị|thông báo|quy chế|quy định|công văn|văn bản"
    r"|nhiệm vụ|chức năng|tình hình|điều kiện)\b[^.;]{0,160}?\b(?:tổ chức|triển khai|thực hiện|xây dựng|phát động"
    r"|chỉ đạo|cụ thể hóa|quán triệt|phổ biến|ban hành)\b"
)
# "- Thuế cơ sở: phát động, tổng hợp …", "Cụm phó (phường …): giúp Cụm trưởng …" in the part on who does what
_LISTED = pattern(rf"(?P<who>[^.;:()]{{3,90}}(?: ?\([^()]{{0,200}}\))?) ?: (?P<what>{VERB}\b.+)")
_Place = tuple[int, int]


class _Charge(NamedTuple):
    """Someone charged with something: where it is said, who, and what."""

    start: int
    who: _Place
    what: _Place


def _charge(text: Text, opening: re.Pattern[str], start: int, end: int, *, anywhere: bool = False) -> _Charge | None:
    """Words that open with an agent and go on with its duty, `anywhere` between the places or at the first."""
    words = reading(text)
    opens = words.search(opening, start, end) if anywhere else words.match(opening, start, end)
    if opens is None:
        return None
    at = max(opens.start, opens.end)
    duty = duty_at(text, at, end, _REACH[opening])
    if duty is None:
        return None
    who = at, after_agent(words, at, duty)
    return _Charge(opens.start, who, (who[1] + 1 if who[1] < duty else duty, end))


def _grouped(text: Text, form: re.Pattern[str], start: int, end: int, *, anywhere: bool = False) -> _Charge | None:
    words = reading(text)
    hit = words.search(form, start, end) if anywhere else words.match(form, start, end)
    return _Charge(hit.start, words.group(hit, "who"), words.group(hit, "what")) if hit else None


def _told(text: Text, section: Section, *, inside: bool) -> Iterator[Responsibility]:
    """One clause or paragraph: whole where it opens with its agent, else the sentence that urges someone."""
    words = reading(text)
    start, end = section.text_start, section.text_end
    opens = _charge(text, _GIVEN, start, end) if inside or section.style == "paragraph" else None
    if section.style == "article" and not section.roles and words.search(_ENACTS, start, end):
        opens = next((one for s in sentences(text, start, end) if (one := _grouped(text, _EXECUTES, *s))), opens)
    if opens is None and (inside or "procedure" in section.roles or "deadlines" in section.roles):
        opens = _charge(text, _SUBJECT, start, end)
        if opens and not inside and not text.garbled and _SENDS.search(words.between(*opens.who)):
            opens = None
    if inside and opens is None and section.mark:
        opens = _grouped(text, _LISTED, start, end)
    each = sentences(text, start, end) if opens and section.style == "paragraph" and inside else []
    told = [one for a, b in each if (one := _charge(text, _GIVEN, a, b) or _charge(text, _SUBJECT, a, b))]
    if len(told) >= 2 and len(told) == len(each):
        yield from (_responsibility(text, a, b, one) for (a, b), one in zip(each, told, strict=True))
        return
    if opens:
        yield _responsibility(text, start, end, opens)
        return
    if not _HANDLED.isdisjoint(section.roles):
        for a, b in sentences(text, section.body_start, end)[1:]:
            handles = _grouped(text, _HANDLES, a, b)
            if handles:
                yield _responsibility(text, a, b, handles)
    if section.style != "paragraph" or section.level > 3:
        return
    for a, b in sentences(text, start, end):
        urges = _charge(text, _URGES, a, b, anywhere=True)
        urges = urges or (_charge(text, _SUBJECT, a, b) if inside or not section.roles else None)
        if urges:
            yield _responsibility(text, urges.start, b, urges)
        reply = _grouped(text, _REPLY, a, b, anywhere=True)
        if reply:
            yield _responsibility(text, reply.start, b, reply)


_UNCHARGED = frozenset({"recipients", "purpose", "requirements", "targets", "appendix"})


def _carried_out(text: Text, section: Section) -> Iterator[Responsibility]:
    """A closing paragraph that charges offices, behind a part of another kind."""
    words = reading(text)
    if "can cu" not in words.between(section.text_start, section.text_end):
        return
    for a, b in sentences(text, section.text_start, section.text_end):
        one = _charge(text, _GIVEN, a, b) or _charge(text, _SUBJECT, a, b)
        if one and words.match(_CARRIES_OUT, one.what[0], b):
            yield _responsibility(text, a, b, one)


def _responsibility(text: Text, start: int, end: int, charge: _Charge) -> Responsibility:
    a, b = tidy(text, start, end)
    agent = " ".join(text.raw[slice(*tidy(text, *charge.who))].replace("*", "").split())
    duty = " ".join(text.raw[slice(*tidy(text, charge.what[0], max(end, charge.what[1])))].replace("*", "").split())
    return Responsibility(who=agent, what=duty, text=text.raw[a:b], start=a, end=b)
