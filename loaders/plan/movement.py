"""The campaign itself: its name, its own period, its year."""

import re
from typing import TYPE_CHECKING

from loaders.findings import Movement
from loaders.phrases import pattern, reading
from loaders.plan.boundaries import Bound, find_bounds
from loaders.plan.clauses import Clause, both_marks, clauses, tidy, title_words
from loaders.structure.outline import Section, walk
from loaders.text import Text, once

if TYPE_CHECKING:
    from loaders.header import Header

_Place = tuple[int, int]
_NAME = pattern(
    r"(?:phong trào|đợt|cao điểm)?(?: thi đua)?(?: (?:chuyên đề|theo chuyên đề|yêu nước|cao"
    r" điểm))? ?[“\"‘«](?P<name>[^”\"’»]{3,200})[”\"’»]"
)
# "Quy chế xét tặng Giải thưởng …", "Hướng dẫn công tác khen thưởng": no campaign, and yet all the parts of one
_AWARDING = pattern(
    r"\b(?:xét|trao|tặng|bình chọn|xét chọn|tôn vinh|quy chế|quy định|hướng dẫn|thể lệ|tiêu chuẩn|tiêu chí)\b.{0,90}"
    r"\b(?:giải thưởng|danh hiệu|khen thưởng|bằng khen|giấy khen|cờ thi đua|kỷ niệm chương|huy hiệu|khen cao"
    r"|hội thi|cuộc thi)\b"
)
_GIVES = pattern(r"xét (?:tặng|chọn|khen)\b")
_AWARDS = pattern(r"(?<!thi đua )(?<!thi đua, )(?<!thi đua - )\bkhen thưởng\b|công tác thi đua,? (?:- )?khen thưởng")
_LAWS = frozenset({"luat", "phap-lenh", "hien-phap", "nghi-dinh", "thong-tu", "cong-dien", "bao-cao", "to-trinh"})
_SET = {"criteria", "awards", "quota", "dossier", "deadlines"}
_CALLED = pattern(r"thi đua|phong trào")
_BASIS = pattern(r"(?:[a-z]{2,4}n (?:cứ|c[iu]?t?r)|thực hiện|xét|theo|trên cơ sở)\b")
_EMULATION = pattern(r"phong trào|phát động|thi ?đua(?!,? ?[-–]? ?khen)")
_ISSUED = pattern(r"\b(?:kể )?từ (?:ngày|khi) (?:ban hành|ký|phát động|có|được ban hành|kế hoạch)\b")
_OPENS = pattern(r"\b(?:kể từ|từ|bắt đầu)\b")
_CAMPAIGN = pattern(
    r"thời gian (?:thi đua|thực hiện|tổ chức|phát động|triển khai|của phong trào)|tổ chức thi đua|"
    r"phong trào (?:thi đua )?(?:được )?(?:thực hiện|triển khai|phát động|bắt đầu)|đợt thi đua"
)
_YEARS = pattern(
    r"\btừ (?:đầu )?năm (?P<from>20\d\d) (?:đến|tới) (?:hết |cuối )?(?:năm )?(?P<until>20\d\d)\b|"
    r"\bgiai đoạn (?P<a>20\d\d) ?[-–] ?(?P<b>20\d\d)\b"
)
_YEAR = pattern(r"\bn[a-z&]{1,2}m (?P<year>20\d\d)\b")
_STAGE = pattern(r"\bgiai đoạn 20\d\d ?[-–] ?20\d\d")
_LINE = re.compile(r"[\W_]*(?P<said>[^\n]+)")
_NEVER = {"recipients", "appendix"}
_DOSSIER = pattern(
    r"hồ sơ|\bgửi\b|\bnộp\b|báo cáo thành tích|(?:đề nghị|xét) khen thưởng|\b(?:sơ|tổng) kết\b|xây dựng kế hoạch"
    r"|đăng ký(?: thi đua|:)|bình xét|họp xét|xét duyệt|nhận bài|trao thưởng"
)
# "Chậm nhất ngày 10/11/2026 các đơn vị gửi hồ sơ về Phòng Nội vụ"
_THEN_SENT = pattern(
    r"[^.;]{0,100}?\b(?:gửi|nộp|trình|hoàn thành|lập|hoàn thiện)\b[^.;]{0,40}?\b(?:hồ sơ|báo cáo|danh sách)\b"
)
_SKIPPED = {
    "purpose",
    "requirements",
    "recipients",
    "appendix",
    "deadlines",
    "dossier",
    "funding",
    "criteria",
}


@once
def find_movement(text: Text, root: Section, header: "Header | None" = None) -> Movement | None:
    """The campaign a plan launches; None for a document that launches none.

    >>> from loaders.structure.outline import outline
    >>> t = Text.of("KẾ HOẠCH\\nPhát động thi đua\\nI. THỜI GIAN\\nTừ ngày ban hành Kế hoạch đến hết ngày 31/12/2024.")
    >>> find_movement(t, outline(t)).until
    '2024-12-31'
    """
    opening = _opening(text, root, header)
    own = _own(text, root, opening, header)
    if not _launches(text, root, opening, header, own):
        return None
    period = _period(text, root, header)
    name = _name(text, [*own, opening])
    year = _year(text, opening, header, period)
    if period is None:
        return Movement(name=name, year=year)
    start, end, from_, until, boundary = period
    start, end = both_marks(text, start, end)
    return Movement(
        name=name,
        from_=from_,
        until=until,
        year=year,
        boundary=boundary,
        text=text.raw[start:end],
        start=start,
        end=end,
    )


def _launches(text: Text, root: Section, opening: _Place, header: "Header | None", own: list[_Place]) -> bool:
    """Whether a document launches a campaign, or sets for what and how an award is given."""
    words = reading(text)
    if any(words.search(_EMULATION, *span) for span in own):
        return True
    own = own + [(c.start, c.end) for c in root.children if c.end <= opening[1] and words.match(_GIVES, c.start, c.end)]
    if getattr(header, "type", None) in _LAWS or not any(
        words.search(form, *span) for span in own for form in (_AWARDING, _AWARDS)
    ):
        return False
    roles = {section.role for section, _ in walk(root) if section.own_role and section.mark} & _SET
    return len(roles) >= 2 and bool(roles & {"criteria", "awards", "dossier"})


def _opening(text: Text, root: Section, header: "Header | None") -> tuple[int, int]:
    """Title and launching sentence: all before the first numbered section."""
    first = next((child.start for child in root.children if child.mark), len(text.raw))
    start = _title(header)[0]
    return (start, first) if start < first else (0, first)


def _title(header: "Header | None") -> tuple[int, int]:
    """Where the title stands, as far as the header knows; empty when it does not."""
    span = getattr(header, "title_span", None)
    if isinstance(span, tuple):
        return int(span[0]), int(span[1])
    return (span.start, span.end) if span is not None else (0, 0)


def _name(text: Text, places: list[_Place]) -> str | None:
    words = reading(text)
    for start, end in places:
        hits = [h for h in words.finditer(_NAME, start, end) if _CALLED.search(h.match[0])]
        if hits:
            a, b = words.group(hits[0], "name")
            return " ".join(text.raw[a:b].split()).strip(' *“”"')
    return None


def _own(text: Text, root: Section, opening: _Place, header: "Header | None") -> list[_Place]:
    """The title and what precedes the sections, without the bases: other documents' campaigns stand in those."""
    words = reading(text)
    before = [(c.start, c.end) for c in root.children if c.end <= opening[1]]
    return [_title(header), *(span for span in before if not words.match(_BASIS, *span))]


def _year(text: Text, opening: tuple[int, int], header: "Header | None", period: "_Period | None") -> int | None:
    """The year the campaign is for, where it is one: named in the title, or that of its end."""
    words = reading(text)
    span = _title(header)
    title = words.between(*span) if span[1] else words.between(opening[0], min(opening[1], opening[0] + 600))
    launched: int | None = getattr(header, "year", None)
    stage = _STAGE.search(title)
    if stage:
        years = re.findall(r"20\d\d", stage[0])
        own = period and period[2] and period[3] and [period[2][:4], period[3][:4]] == years
        return int(years[1]) if own else launched  # what a campaign of several years won is judged at its end
    named = _YEAR.findall(title)
    until = int(period[3][:4]) if period and period[3] else None
    if until and (launched is None or launched == until or str(until) in named):
        return until
    if launched and set(named) == {str(launched + 1)}:
        return launched + 1  # "… năm 2026", issued in December 2025
    return launched if launched else int(named[0]) if named else until


_Period = tuple[int, int, str | None, str | None, str | None]


def _period(text: Text, root: Section, header: "Header | None") -> _Period | None:
    """The campaign's own time: where a line or a heading calls it so, then under a heading on time, then anywhere.

    A line that opens "Thời gian thực hiện" tells it also under "HỒ SƠ, THỜI GIAN"; the day for dossiers never does.
    """
    date = getattr(header, "date", None)
    found = (
        _told(text, root, date, _ITS_TIME)
        or _headed(text, root, date, _TIME)
        or _told(text, root, date, _TIME_OF_WORK)
        or _headed(text, root, date, None)
    )
    if found:
        return found
    for section, _ in walk(root):
        if section.text_end > section.text_start and not _SKIPPED & set(section.roles):
            found = _period_in(text, section.text_start, section.text_end, date, announced=False)
            if found:
                return found
    return None


_TIME = pattern(r"\bthời gian\b")
_ITS_TIME = pattern(
    r"thời gian (?:của |tổ chức |thực hiện |triển khai |phát động )?(?:phong trào|đợt thi đua|thi đua)\b"
)
_TIME_OF_WORK = pattern(r"thời gian (?:thực hiện|tổ chức|triển khai|phát động|diễn ra)\b")


def _headed(text: Text, root: Section, date: str | None, title: re.Pattern[str] | None) -> _Period | None:
    """The time told under a heading on time, one that has the words of `title` where these are wanted."""
    for clause in clauses(text, root, "period"):
        if {"dossier", "procedure"} & set(clause.section.roles):
            continue
        if title and not any(title.search(title_words(text, one)) for one in (*clause.above, clause.section)):
            continue
        found = _period_in(text, clause.section.text_start, clause.end, date, announced=True)
        if found:
            return _staged(text, clause, found, root, date)
    return None


def _told(text: Text, root: Section, date: str | None, opening: re.Pattern[str]) -> _Period | None:
    """The time in a line that opens with words, whatever it stands under; none where several lines tell of times."""
    words = reading(text)
    found: list[_Period] = []
    for start, end in _time_lines(text, root):
        if words.match(opening, start, end):
            told = _period_in(text, start, end, date, announced=True)
            found += [told] if told else []
    return found[0] if len(found) == 1 else None


@once
def _time_lines(text: Text, root: Section) -> list[tuple[int, int]]:
    """The lines of the sections that speak of a time: every wording that may open one has this word."""
    words = reading(text)
    if "thoi gian" not in words.words:
        return []
    return [
        (line.start("said"), line.end())
        for section, _ in walk(root)
        if words.words.find("thoi gian", words.offset(section.text_start), words.offset(section.text_end)) >= 0
        and _NEVER.isdisjoint(section.roles)
        for line in _LINE.finditer(text.raw, section.text_start, section.text_end)
    ]


_STAGED = pattern(r"(?:giai đoạn|đợt|bước|lần|chặng) (?:\d|i|một|hai|ba|thứ)")


def _staged(text: Text, first: Clause, found: _Period, root: Section, date: str | None) -> _Period:
    """A campaign told in stages ends with the last: "Đợt 1: … đến 31/12/2024", "Đợt 2: … đến hết tháng 9/2025"."""
    words = reading(text)
    if not words.match(_STAGED, first.section.text_start, first.end):
        return found
    for clause in clauses(text, root, "period"):
        start = clause.section.text_start
        later = _period_in(text, start, clause.end, date, announced=True) if start > found[1] else None
        if later and words.match(_STAGED, start, clause.end) and (later[3] or "") > (found[3] or ""):
            found = (found[0], later[1], found[2], later[3], later[4])
    return found


def _period_in(text: Text, start: int, end: int, date: str | None, *, announced: bool) -> _Period | None:
    words = reading(text)
    issued = words.search(_ISSUED, start, end)
    if not announced and not (words.search(_CAMPAIGN, start, end) or issued):
        return None
    bounds = [b for b in find_bounds(text, start, end) if not _is_of_dossier(text, start, end, b)]
    last = next((b for b in bounds if b.boundary in ("until", "before", "by") and b.date), None)
    if announced and last and sum(1 for _ in words.finditer(_STAGED, start, end)) > 1:
        last = max((b for b in bounds if b.boundary == last.boundary and b.date), key=lambda b: b.date or "")
    first = next((b for b in bounds if b.boundary == "from" and b.date), None)
    if last is None:
        return _years(text, start, end) if announced else None
    if not announced and not (issued or first):
        return None
    begin = min([h.start for h in (issued, first) if h] or [_begin(text, start, last)])
    from_ = first.date if first and first.start < last.start else date if issued else None
    begin, close = tidy(text, min(begin, last.start), last.end)
    return begin, close, from_, last.date, last.boundary


def _is_of_dossier(text: Text, start: int, end: int, bound: Bound) -> bool:
    """Whether a day is that of a dossier: "Hồ sơ gửi về Sở Nội vụ trước ngày 15/5/2024"."""
    clause = max(start, 1 + max(text.raw.rfind(mark, start, bound.start) for mark in (";", "\n", ". ")))
    words = reading(text)
    if words.search(_DOSSIER, clause, bound.start):
        return True
    return bound.boundary in ("before", "by") and words.match(_THEN_SENT, bound.end, end) is not None


def _begin(text: Text, start: int, last: Bound) -> int:
    hit = reading(text).search(_OPENS, start, last.start)
    return hit.start if hit else last.start


def _years(text: Text, start: int, end: int) -> _Period | None:
    hit = reading(text).search(_YEARS, start, end)
    if not hit:
        return None
    first, last = hit["from"] or hit["a"], hit["until"] or hit["b"]
    return hit.start, hit.end, f"{first}-01-01", f"{last}-12-31", "until"


@once
def movement_year(text: Text, root: Section, header: "Header | None" = None) -> int | None:
    """The campaign's year, from which "năm 2023" in a criterion is counted."""
    movement = find_movement(text, root, header)
    return movement.year if movement else None
