"""Everything that falls due, but for the campaign's own end: dossiers, reports, dated aims of the contents."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.findings import Deadline, Doubt, Movement
from loaders.phrases import Reading, pattern, reading
from loaders.plan.boundaries import Bound, find_bounds, find_impossible, has_impossible
from loaders.plan.clauses import balanced, tidy
from loaders.plan.countdowns import Countdown, find_countdowns
from loaders.plan.due import is_due
from loaders.plan.movement import find_movement
from loaders.plan.tables import Cell, Table, find_tables
from loaders.structure.outline import Section, walk
from loaders.text import Text, fold, once

if TYPE_CHECKING:
    from loaders.header import Header

_SKIPPED = frozenset({"recipients", "purpose", "requirements"})
_CAMPAIGN = pattern(
    r"(?:thời gian|đợt)(?: phát động)?(?: đợt)? (?:thi đua|thực hiện|tổ chức|phát động|triển"
    r" khai)(?: phong trào)?|tổ chức thi đua|phong trào (?:thi đua )?(?:được )?(?:triển khai|thực"
    r" hiện|phát động)"
)
_CITED = pattern(
    r"(?:(?:văn bản|quy định|quyết định|nghị quyết|kế hoạch|hồ sơ)[^.;]{0,30} (?:được |đã )?(?:ban hành|ký)"
    r"|(?:có|hết) hiệu lực(?: thi hành)?) $"
)
# The rest of a name; "và" goes on in "Khoa học và Công nghệ", the comma in "Văn hóa, Thể thao và Du lịch"
_NAME = (
    r"(?:(?<=văn hóa),(?= thể thao)|(?<=văn hoá),(?= thể thao)"
    r"|[^,.;:()]){0,70}"
)
_TO = pattern(
    r"\b(?:gửi|nộp|trình|chuyển|báo cáo|gửi báo cáo|gửi hồ sơ|về)(?: [a-z]+){0,8}? (?:về|đến|cho|"
    r"lên|qua)?\s*(?P<to>(?:ủy ban nhân dân|ubnd|chủ tịch|ban chỉ đạo|sở(?! kết| bộ)|phòng|hội đồng|ban thi"
    r" đua|văn phòng|thường trực|cơ quan|(?<!\d )bộ(?! hồ sơ| chỉ số| tiêu chí)|đảng ủy|vụ(?! việc)|cục|chi cục"
    r"|trung tâm|tỉnh|cụm trưởng|khối trưởng|trưởng (?:cụm|khối|ban)|công đoàn|đoàn (?:thanh niên|trường|xã)|huyện)\b"
    rf"{_NAME})"
)
_ABOUT = pattern(
    r"\b(?:về|tới) (?P<to>(?:ủy ban nhân dân|ubnd|liên đoàn|công đoàn|ban thường vụ|ban tổ chức|chủ tịch|ban chỉ đạo"
    r"|s[oơ&](?! kết| bộ)|phòng|hội đồng|ban thi đua|văn phòng|thường trực|bộ(?! phim)|tỉnh|cơ quan|vụ(?! việc)"
    r"|(?:chi )?cục|trung tâm|cụm trưởng|khối trưởng|trưởng (?:cụm|khối)|nhà trường|hội|đảng ủy|đoàn)\b"
    rf"{_NAME})"
)
_VIA = pattern(
    r"\((?:thông )?qua (?P<via>[^()]{3,80})\)|\bthông qua (?P<bare>(?:phòng|sở|ban|văn phòng|bộ phận|"
    r"thường trực|hội đồng)[^,.;()]{2,60})"
)
_STOP = pattern(
    r" (?:trước|chậm nhất|để|trong|đến hết|tổng hợp|thẩm định|xem xét|hàng|hằng|theo|vào|muộn"
    r" nhất|xong|xét|trình|đúng|bao gồm|gồm|kết quả|tru[a-z]{2,4} ng|định kỳ|\(|ngày|sau|qua"
    r"|và(?! (?:công nghệ|đào tạo|môi trường|phát triển|du lịch|thông tin|truyền thông|xã hội|đầu tư|tôn giáo|ubnd"
    r"|ủy ban nhân dân|đô thị|gia đình|thương mại|hạ tầng|dịch vụ)\b))(?: |$)"
)
_DUTY = pattern(
    r" (?:có trách nhiệm|họp|theo dõi(?! thi hành)|phối hợp|đôn đốc|tiếp nhận|cập nhật|xây dựng|tổng hợp|gửi|nộp|lập"
    r"|tham mưu|hoàn thành|báo cáo|thẩm định|tổ"
    r" chức(?! cán bộ)|căn cứ|chủ trì|trình|tiến hành|triển khai|hoàn thiện|đăng ký|rà soát|làm|bình xét|gui|"
    r"xét|lựa chọn|đề nghị|phát động)\b"
)
_GIVEN = pattern(r"^(?:[a-z]\) |[-+] |\d+\. )?(?:giao|đề nghị|yêu cầu|phân công) ")
_OF = pattern(
    r"^(?:hồ sơ|báo cáo|danh sách|văn bản)[^.;:]{0,60}? của (?P<who>(?:các )?(?:cơ quan|đơn vị|sở|"
    r"phòng|ubnd|ủy ban|địa phương)[^.;:()]{0,60}?)(?= gửi| nộp| trình| về)"
)


@once
def find_deadlines(text: Text, root: Section, header: "Header | None" = None) -> tuple[Deadline, ...]:
    """Every date by which something is due, in page order.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("I. HỒ SƠ\\nHồ sơ gửi về Phòng Nội vụ trước ngày 10/01/2025; trình trước ngày 05/12 hàng năm.")
    >>> [(d.boundary, d.date or d.month_day, d.to) for d in find_deadlines(t, outline(t))]
    [('before', '2025-01-10', 'Phòng Nội vụ'), ('before', '12-05', None)]
    """
    movement = find_movement(text, root, header)
    every_year = _every_year(movement, header)
    tables = [(table, column) for table in find_tables(text, root) if (column := _column(table)) is not None]
    found = [deadline for table, column in tables for deadline in _in_table(text, table, column)]
    told = {row[0].start for table, _ in tables for row in (table.head, *table.rows) if row}
    started = False
    for section, above in walk(root):
        started = started or bool(section.mark)
        if (
            not started
            or not _SKIPPED.isdisjoint(section.roles)
            or (section.style == "table" and _begins(text, section) in told)
        ):
            continue
        opened = section.text_start
        for bound in find_bounds(text, section.text_start, section.text_end):
            own = bound.boundary == "from" or _is_campaign(text, movement, section, bound) or _is_cited(text, bound)
            if not own:
                deadline = _deadline(text, section, above, bound, opened)
                again = every_year and deadline.month_day and deadline.recurrence is None
                if is_due(text, deadline, bound.start, getattr(header, "date", None)):
                    found.append(replace(deadline, recurrence="yearly") if again else deadline)
            opened = bound.end
        if "criteria" not in section.roles:
            for one in find_countdowns(text, section.text_start, section.text_end):
                found.append(_counted(text, section, above, one))
    return balanced(text, sorted(found, key=lambda d: (d.start, d.end)))


_TIMES = (r"\b(?:thoi han|thoi gian|tien do|hoan thanh|thoi diem|ngay)\b",)
_TASKS = (r"nhiem vu|cong viec|noi dung|hoat dong|viec\b|san pham",)
_LEADS = (r"chu tri", r"co quan|don vi|phu trach|thuc hien|bo phan")


def _column(table: Table) -> int | None:
    """The column of a table of tasks that says when each is due."""
    if not _SKIPPED.isdisjoint(table.roles) or "appendix" in table.roles or len(table.head) < 3:
        return None
    column = table.column(*_TIMES)
    return column if column is not None and table.column(*_TASKS) not in (None, column) else None


def _in_table(text: Text, table: Table, column: int) -> Iterator[Deadline]:
    """The rows of a table of tasks: what, by whom, until when."""
    task, lead = table.column(*_TASKS) or 0, table.column(*_LEADS)
    for row in table.rows:
        if column >= len(row):
            continue
        cell = row[column]
        for bound in find_bounds(text, cell.start, cell.end):
            if bound.boundary != "from":
                who = _cell(row, lead) if lead not in (None, task, column) else None
                yield Deadline(
                    what=_cell(row, task), boundary=bound.boundary, date=bound.date, month_day=bound.month_day,
                    recurrence=bound.recurrence, year_offset=bound.year_offset, day=bound.day, from_=who,
                    text=cell.text, start=cell.start, end=cell.end,
                )  # fmt: skip


def _cell(row: tuple[Cell, ...], column: int | None) -> str | None:
    return " ".join(row[column].text.split()) or None if column is not None and column < len(row) else None


def _begins(text: Text, section: Section) -> int:
    """Where the first cell of a row begins."""
    start = section.start
    while start < section.text_end and text.raw[start] in " \t|*_\n":
        start += 1
    return start


def _counted(text: Text, section: Section, above: tuple[Section, ...], one: Countdown) -> Deadline:
    """A deadline counted from an event."""
    bound = Bound(one.start, one.start, one.end, one.boundary)
    deadline = _deadline(text, section, above, bound, section.text_start)
    return replace(deadline, days=one.days, working=one.working, relative_to=one.event)


_REGULATIONS = frozenset({"quyet-dinh", "quy-che", "quy-dinh", "huong-dan", "nghi-quyet"})


def _every_year(movement: Movement | None, header: "Header | None") -> bool:
    """Whether a day without a year comes round every year: in a regulation, not in a plan of one year."""
    ends = movement.until if movement else None
    bound = "năm 20" in (getattr(header, "title", None) or "")
    return ends is None and not bound and getattr(header, "type", None) in _REGULATIONS


def find_deadline_doubts(text: Text, root: Section, header: "Header | None" = None) -> tuple[Doubt, ...]:
    """Dates that no calendar has; dates due before the plan was issued, yearly ones too in its only year."""
    issued = getattr(header, "date", None)
    movement = find_movement(text, root, header)
    doubts = list(_impossible(text, root))
    if not issued or _every_year(movement, header):
        return tuple(doubts)
    year = movement.year if movement else None
    for deadline in find_deadlines(text, root, header):
        date = deadline.date
        if deadline.recurrence == "yearly" and not _is_past(deadline, movement, issued):
            continue
        if deadline.month_day and year and str(year) == issued[:4]:
            date = f"{year + deadline.year_offset}-{deadline.month_day}"
        if date and date < issued:
            day = "/".join(reversed(date.split("-")))
            message = f"Thời hạn {day} đứng trước ngày ban hành văn bản"
            doubts.append(Doubt(code="deadline-before-issue", message=message, start=deadline.start, end=deadline.end))
    return tuple(doubts)


_BEGINS = pattern(r"\b(?:đăng ký|kế hoạch|phát động|giao ước|triển khai)\b")


def _is_past(deadline: Deadline, movement: Movement | None, issued: str) -> bool:
    """Whether a yearly day cannot come again: what begins a campaign that ends before the day's next year."""
    following = f"{int(issued[:4]) + 1}-{deadline.month_day}"
    ends = movement.until if movement else None
    return (
        ends is not None and ends < following and _BEGINS.search(fold(deadline.what or deadline.text or "")) is not None
    )


def _impossible(text: Text, root: Section) -> Iterator[Doubt]:
    """A day that does not exist gives no deadline, and is not passed over: "trước ngày 30/02/2026"."""
    started = False
    for section, _ in walk(root) if has_impossible(text) else ():
        started = started or bool(section.mark)
        if started and _SKIPPED.isdisjoint(section.roles):
            for start, end in find_impossible(text, section.text_start, section.text_end):
                message = f"Không có ngày {' '.join(text.raw[start:end].split()).removeprefix('ngày ')} trong lịch"
                yield Doubt(code="impossible-date", message=message, start=start, end=end)


def _is_campaign(text: Text, movement: Movement | None, section: Section, bound: Bound) -> bool:
    """Whether a date is the campaign's own: in its clause, or its end told again."""
    if movement is None:
        return False
    if (
        movement.start is not None
        and movement.end is not None
        and movement.start < bound.end
        and bound.start < movement.end
    ):
        return True
    return (
        bound.date is not None
        and bound.date == movement.until
        and (
            "period" in section.roles
            or bool(reading(text).search(_CAMPAIGN, max(section.text_start, bound.start - 400), bound.start))
        )
    )


def _is_cited(text: Text, bound: Bound) -> bool:
    """ "các văn bản ban hành trước ngày 01/01/2024": a date of something else."""
    words = reading(text)
    at = words.offset(bound.start)
    return bool(_CITED.search(words.words[max(0, at - 50) : at]))


def _deadline(text: Text, section: Section, above: tuple[Section, ...], bound: Bound, opened: int) -> Deadline:
    words = reading(text)
    start = _clause_start(text, section, bound)
    end = _clause_end(text, section, bound)
    a, b = tidy(text, start, max(bound.end, end))
    via = words.search(_VIA, a, b)
    receiver = _to(text, words, a, b)
    sender = _from(text, words, above, section, a, bound)
    return Deadline(
        what=_what(text, words, section, above, start, max(a, opened), bound),
        boundary=bound.boundary,
        date=bound.date,
        month_day=bound.month_day,
        recurrence=bound.recurrence,
        year_offset=bound.year_offset,
        day=bound.day,
        from_=None if sender and receiver and fold(sender) == fold(receiver) else sender,  # nobody sends to himself
        to=receiver,
        via=_clean(text, words.group(via, "via" if via["via"] else "bare")) if via else None,
        text=text.raw[a:b],
        start=a,
        end=b,
    )


_JOINS = pattern(r"[\s,;]*(?:và|hoặc|đồng thời)?\b ?")
_LONGEST = 1500
_BREAK = pattern(r"(?:;|\.(?= [a-z])) |[.:] ")


def _clause_start(text: Text, section: Section, bound: Bound) -> int:
    """Where the sentence of a date begins; a heading with a colon belongs to it ("Hồ sơ đề nghị: trước …")."""
    words = reading(text)
    start = _window(text, section.text_start, bound.start)
    for hit in words.finditer(_BREAK, start, bound.start):
        if text.raw[hit.start] in ".;":
            start = hit.end
    return start


def _clause_end(text: Text, section: Section, bound: Bound) -> int:
    last = min(section.text_end, bound.end + _LONGEST)
    hit = reading(text).search(_BREAK, bound.end, last)
    return hit.start if hit else last


def _window(text: Text, start: int, end: int) -> int:
    """Where to begin looking back: a page without a full stop is no sentence."""
    if end - start <= _LONGEST:
        return start
    blank = text.raw.find(" ", end - _LONGEST, end)
    return blank + 1 if blank >= 0 else end - _LONGEST


def _clean(text: Text, span: tuple[int, int]) -> str:
    return " ".join(text.raw[slice(*tidy(text, *span))].split())


def _what(
    text: Text, words: Reading, section: Section, above: tuple[Section, ...], clause: int, start: int, bound: Bound
) -> str | None:
    """What is due: the words before the date, whose sentence begins at `clause`, or the heading where they say none."""
    if section.style == "table":  # "| Tiến độ | Hoàn thành trước 30/11/2026 |" under no heading of times
        cells = re.split(r"[|\t]", text.raw[section.start : bound.start])
        return next((" ".join(c.split()) for c in cells if sum(map(str.isalpha, c)) > 2), None)
    joined = words.match(_JOINS, start, bound.start)
    said = _SCRAP.sub("", _clean(text, (joined.end if joined else start, bound.start)))
    if not said and (earlier := find_bounds(text, clause, bound.start)):  # "… trước ngày 15/6 và trước ngày 15/12"
        said = _clean(text, (clause, earlier[0].start))
    bare = _BARE.fullmatch(fold(said)) is not None
    if len(said) >= 6 and not bare and not words.match(_HOW_OFTEN, start, bound.start):
        return said
    opens = not said and bound.start - clause <= len("- ")  # "Tháng 3/2026: Phát động phong trào"
    after = words.match(
        _COMPLETES if bare or opens else _GOES_ON, bound.end, min(section.text_end, bound.end + _LONGEST)
    )
    if after:
        return _clean(text, words.group(after, "what"))
    if bare and (before := _clean(text, (section.text_start, clause))):
        return re.split(r"[;.]\s", before)[-1]  # "Ký giao ước thi đua; hoàn thành trước ngày 30/6/2026"
    titled = (s.title for s in (section, *reversed(above)) if s.title and not (s.own_role and s.role in _UNTOLD))
    return next(titled, None) or (said or None)


# "(sơ kết) và": what is left of a clause whose first half has a day of its own
_SCRAP = re.compile(r"^(?:\([^)]*\)\s*)?(?:(?:và|hoặc|đồng thời)\s*)?(?=\W*$)|[,;:]?\s+(?:và|hoặc|là|vào)$")
_BARE = re.compile(r"(?:(?:thoi gian|thoi han|phai|va|can|se) )*(?:hoan thanh|xong|ket thuc|thuc hien)(?: xong)?")
_COMPLETES = pattern(r"[,:]? ?(?P<what>(?:việc|công tác|các)? ?[^.;]{5,300})")
_UNTOLD = frozenset({"organisation", "period"})  # "TỔ CHỨC THỰC HIỆN" says nothing of what is due


_HOW_OFTEN = pattern(r"[(,; ]*(?:định kỳ)?(?: ?(?:hằng|hàng|mỗi) (?:năm|quý|tháng))?[^a-z]*$")
# "Định kỳ hằng quý (trước ngày 20 …), các đơn vị gửi báo cáo": what is due stands after the day
_GOES_ON = pattern(r"\)?, ?(?P<what>[^.;]{6,300})")
_NUMBERED = pattern(r"s\S{0,2} \d")  # "số 20-NQ/TU" is a number, not Sở


def _to(text: Text, words: Reading, start: int, end: int) -> str | None:
    for form in (_ABOUT, _TO):
        hit = words.search(form, start, end)
        if hit and not _NUMBERED.match(words.between(*words.group(hit, "to"))):
            a, b = words.group(hit, "to")
            stop = words.search(_STOP, a, b)
            return _clean(text, (a, stop.start if stop else b)) or None
    return None


def _from(
    text: Text, words: Reading, above: tuple[Section, ...], section: Section, start: int, bound: Bound
) -> str | None:
    """Whose duty it is: the subject of the sentence, or the heading of a section on who does what."""
    begin = start
    if section.title_end and section.title_end < bound.start and words.match(_ADDRESSED, start, section.title_end):
        begin = section.title_end
    begin = tidy(text, begin, bound.start)[0]
    said = words.between(begin, bound.start)
    of = _OF.match(said)
    at = words.offset(begin)
    if of:
        return _clean(text, (words.place(at + of.start("who")), words.end_place(at + of.end("who"))))
    subject = _subject(text, words, begin, bound.start) or _subject(
        text, words, _window(text, section.text_start, bound.start), bound.start
    )
    if subject:
        return subject
    goes_on = words.match(_GOES_ON, bound.end, min(section.text_end, bound.end + _LONGEST))
    if goes_on and (later := _subject(text, words, *words.group(goes_on, "what"))):
        return later
    if "organisation" in section.roles:
        return next((s.title for s in reversed(above) if s.title and not s.own_role), None)
    return None


def _subject(text: Text, words: Reading, begin: int, end: int) -> str | None:
    """The body a sentence opens with, before its verb."""
    begin = tidy(text, begin, end)[0]
    said, at = words.between(begin, end), words.offset(begin)
    given = _GIVEN.match(said)
    after = given.end() if given else 0
    duties = (d for d in _DUTY.finditer(said, after + 3) if not text.raw[words.place(at + d.start() + 1)].isupper())
    duty = next(duties, None)  # "Ban Tổ chức - Nhân sự trình …": a verb in capitals is part of the name
    if not duty or duty.start() - after > 140 or not _AGENT.match(said, after):
        return None
    return _clean(text, (words.place(at + after), words.end_place(at + duty.start())))


_AGENT = pattern(
    r"(?:các |những |toàn thể )?(?!ban hành|phong trào|đơn thư)(?:cơ quan|vụ|cục|chi cục|viện|cụm|khối|hội"
    r"|trường|tổ|báo(?! cáo)|công đoàn|đảng ủy|chi bộ|đơn vị|địa phương|sở|"
    r"phòng|ban|ubnd|ủy ban|thủ trưởng|chủ tịch"
    r"|văn phòng|hội đồng|thường trực|đoàn thể|công chức|cán bộ|trưởng|bộ phận|trung tâm|xã|"
    r"phường|tập thể|cá nhân|huyện|đài|mặt trận|thành phố)\b"
)
_ADDRESSED = pattern(r"[a-z&]{2,4}i v[a-z0-9]{1,2}\b")
