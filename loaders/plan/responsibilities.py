"""Who does what; the steps of the procedure; where the money comes from."""

from collections.abc import Iterator

from loaders.findings import Responsibility, Span
from loaders.phrases import pattern, reading
from loaders.plan.clauses import balanced, clauses, sentences, tidy, title_words
from loaders.plan.tables import Table, find_tables
from loaders.structure.outline import Section, walk
from loaders.text import Text

_BODY = (
    r"(?:ủy ban nhân dân|ubnd|ủy ban mặt trận|ub ?mttq|mặt trận tổ quốc|ban chỉ đạo|hội đồng|"
    r"thường trực|văn phòng|phòng|sở|ban|các|thủ trưởng|chủ tịch|giám đốc|trưởng|công chức|cán bộ|"
    r"đài|trung tâm"
    r"|bộ phận|cơ quan|đơn vị|đoàn thể|báo(?! cáo)|công an|bảo hiểm|kho bạc|chi bộ|đảng ủy|công đoàn|đoàn"
    r" thanh niên|hội|người đứng đầu|lãnh đạo|cục|chi cục|trường|ubmttq|tổ (?:dân phố|công tác|giúp việc"
    r"|chuyên môn)|chánh văn phòng|khối trưởng|cụm trưởng|bí thư|hiệu trưởng|viện|liên đoàn"
    r"|thành viên|ban chấp hành|thanh tra|vụ|cụm phó|khối phó|nhà trường|ngân hàng|tòa án"
    r"|tổ trưởng|giáo viên chủ nhiệm|đặc khu|xã|phường|toàn thể)"
)
_VERB = (
    r"(?:tham mưu|chủ trì|phối hợp|tiếp tục|tăng cường|có trách nhiệm|chịu trách nhiệm|triển khai|"
    r"theo dõi|hướng dẫn|xây dựng|tổ chức(?! cán bộ)|căn cứ|đẩy mạnh|kiểm tra|đôn đốc|tổng hợp|tuyên truyền"
    r"|vận động|quán triệt|nghiêm túc|thực hiện|phát động|phổ biến|đăng ký|xem xét|đề xuất|thường"
    r" xuyên|chỉ đạo|giúp|là (?:cơ quan|đầu mối)|bố trí|cân đối|thẩm định|chủ động|báo cáo|giám"
    r" sát|hưởng ứng|đưa tin|ban hành|cụ thể hóa|đề nghị các|rà soát|kịp thời|lồng ghép|gắn|tích"
    r" cực|tập trung|lựa chọn|được phân công|cấp phát|cử|tiếp nhận|ký kết|thẩm tra|hoàn thành|cung cấp|mở chuyên"
    r" mục|bảo đảm|đảm bảo|đăng tải|niêm yết|công bố|in ấn|cấp (?:kinh phí|đổi))"
)
_GIVEN = pattern(
    rf"(?:giao(?: cho)?|đề nghị|yêu cầu|phân công|trân trọng đề nghị) (?P<who>.{{3,260}}?)"
    rf" (?P<what>(?:là )?{_VERB}\b.+)"
)
_SUBJECT = pattern(rf"(?P<who>(?!phong trào|ban hành){_BODY}\b.{{0,220}}?) (?P<what>{_VERB}\b.+)")
_URGES = pattern(
    rf"\b(?:yêu cầu|đề nghị|giao) (?P<who>(?:các |lãnh đạo |toàn thể )?{_BODY}\b.{{0,260}}?)"
    rf" (?P<what>{_VERB}\b.+)"
)
# "… ngày 18/12/2025. Phòng Nội vụ thẩm định, trình Hội đồng …": the office's own part, told after the day
_HANDLES = pattern(
    rf"(?P<who>(?!phong trào|ban hành){_BODY}\b[^.,;]{{0,90}}?) (?P<what>(?:có trách nhiệm )?(?:thẩm định"
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
    r"\b(?:để|báo cáo|phản ánh về|đề xuất kịp thời để) (?P<who>(?:lãnh đạo )?(?:ubnd|ủy ban nhân"
    r" dân)[^.,;()]{0,40}?) (?P<what>xem xét.+)"
)
_OTHERS = {"recipients", "purpose", "requirements", "targets", "criteria", "dossier", "contents", "solutions"}


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
        elif section.style == "table":
            continue
        elif section.text_end > section.text_start and not section.children and not _OTHERS & set(section.roles):
            found += _told(text, section, inside=inside)
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
    return tuple(_spans(text, root, "procedure"))


def find_funding(text: Text, root: Section) -> tuple[Span, ...]:
    """What is said of money: amounts, sources, the law they follow."""
    return tuple(_spans(text, root, "funding"))


def _spans(text: Text, root: Section, role: str) -> Iterator[Span]:
    for clause in clauses(text, root, role):
        a, b = tidy(text, clause.start, clause.end)
        if clause.section.role == role and b - a >= 10 and not (clause.intro and text.raw[b : b + 1] == ":"):
            yield Span(text=text.raw[a:b], start=a, end=b)


_AGENT = pattern(
    rf"(?:\d+\. )?(?:đề nghị |giao |trách nhiệm (?:của )?|đối với )?(?:ông, bà )?{_BODY}\b|s[o&eé]+ n|"
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
    rf"(?P<who>(?:các |ông |bà )*{_BODY}\b.{{0,400}}?) (?P<what>(?:chịu trách nhiệm|có trách nhiệm"
    rf"|căn cứ|tổ chức|chiếu)\b.+)"
)


def _told(text: Text, section: Section, *, inside: bool) -> Iterator[Responsibility]:
    """One clause or paragraph: whole where it opens with its agent, else the sentence that urges someone."""
    words = reading(text)
    start, end = section.text_start, section.text_end
    opens = words.match(_GIVEN, start, end) if inside or section.style == "paragraph" else None
    if section.style == "article" and not section.roles and words.search(_ENACTS, start, end):
        opens = words.match(_EXECUTES, start, end)
    if opens is None and (inside or "procedure" in section.roles or "deadlines" in section.roles):
        opens = words.match(_SUBJECT, start, end)
        if opens and not inside and not text.garbled and _SENDS.search(opens["who"] or ""):
            opens = None
    each = sentences(text, start, end) if opens and section.style == "paragraph" and inside else []
    told = [hit for a, b in each if (hit := words.match(_GIVEN, a, b) or words.match(_SUBJECT, a, b))]
    if len(told) >= 2 and len(told) == len(each):
        for (a, b), hit in zip(each, told, strict=True):
            yield _responsibility(text, a, b, words.group(hit, "who"), (words.group(hit, "what")[0], b))
        return
    if opens:
        yield _responsibility(text, start, end, words.group(opens, "who"), (words.group(opens, "what")[0], end))
        return
    if {"deadlines", "procedure", "dossier"} & set(section.roles):
        for a, b in sentences(text, section.body_start, end)[1:]:
            handles = words.match(_HANDLES, a, b)
            if handles:
                yield _responsibility(text, a, b, words.group(handles, "who"), (words.group(handles, "what")[0], b))
    if section.style != "paragraph" or section.level > 3:
        return
    for a, b in sentences(text, start, end):
        urges = words.search(_URGES, a, b) or (words.match(_SUBJECT, a, b) if inside or not section.roles else None)
        if urges:
            yield _responsibility(text, urges.start, b, words.group(urges, "who"), words.group(urges, "what"))
        reply = words.search(_REPLY, a, b)
        if reply:
            yield _responsibility(text, reply.start, b, words.group(reply, "who"), words.group(reply, "what"))


def _responsibility(text: Text, start: int, end: int, who: tuple[int, int], what: tuple[int, int]) -> Responsibility:
    a, b = tidy(text, start, end)
    agent, duty = (" ".join(text.raw[slice(*tidy(text, *span))].replace("*", "").split()) for span in (who, what))
    return Responsibility(who=agent, what=duty, text=text.raw[a:b], start=a, end=b)
