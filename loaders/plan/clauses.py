"""The clauses of one part of a plan, with what stands above them; kinds of recipient by their words; tidy spans."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from loaders.findings import Span
from loaders.phrases import Hit, Reading, nearest, pattern, reading
from loaders.structure.outline import Section, walk
from loaders.text import Text, once

COLLECTIVE = (
    r"tập thể|cơ quan|đơn vị|địa phương|phòng|ban|sở|ngành|ubnd|ủy ban|đoàn thể|tổ chức|doanh"
    r" nghiệp|hợp tác xã|xã|phường|thị trấn|thị xã|huyện"
    r"|thành phố|trường|thôn|tổ dân phố|khu phố|ấp|bản|làng|cụm|khối|báo|đài|hội|chi bộ|đảng bộ|"
    r"công đoàn|trung tâm|bệnh viện|mặt trận|tổ chuyên môn|chi đoàn|lớp|vụ(?! việc)|cục|chi cục|viện(?! chức)"
    r"|khoa|thuế (?:cơ sở|tỉnh|thành phố)|buôn|khu dân cư|tổ(?! (?:chức|trưởng|phó))|đội(?! (?:ngũ|viên|trưởng|phó))"
    r"|nhóm(?! (?:tiêu|nội|giải))|phân xưởng|trạm|chi nhánh|đảng ủy|chi hội|công ty|kho bạc|liên đội|nghiệp đoàn"
    r"|hội đồng"
    r" nhân dân|đặc khu|câu lạc bộ|dòng họ|nhà trường|cơ sở(?! dữ liệu)|ngân hàng|hải quan|tòa án|tàu|bộ phận"
)
INDIVIDUAL = (
    r"cá nhân|cán bộ|công chức|viên chức|người|nhân dân|phóng viên|biên tập viên|hội viên|đoàn"
    r" viên|công nhân|nông dân|giáo viên"
    r"|học sinh|sinh viên|đảng viên|công dân|nhân viên|lãnh đạo|thủ trưởng|trưởng|doanh nhân|chiến sĩ|chiến sỹ|lao"
    r" động|nhà giáo|bí thư|chủ tịch"
    r"|giảng viên|bác sĩ|điều dưỡng|kỹ sư|nghệ nhân|thanh niên|học viên|đồng chí|tác giả|đội viên|thiếu nhi|giám đốc"
    r"|hiệu trưởng|tổ trưởng|vận động viên|già làng|nhà khoa học|phụ nữ|giao dịch viên|cộng tác viên"
    r"|tuyên truyền viên|hòa giải viên|kiểm soát viên"
)
_HOUSEHOLD = pattern(r"\b(hộ gia đình|gia đình)\b")
_WHOLE = pattern(r"\btập thể\b")
_ONE = pattern(r"\bcá nhân\b")
# "cá nhân thuộc tập thể xếp loại Tốt" is one person, "tập thể có cá nhân bị kỷ luật" one collective
_ONE_OF_WHOLE = pattern(
    r"\W*(?:các |những |là )*cá nhân (?:[a-z]+ ){0,4}?(?:thuộc|trong|của|tại) (?:các |một )?tập thể\b"
)
_WHOLE_WITH_ONE = pattern(
    r"\W*(?:các |những |là )*tập thể (?:[a-z]+ ){0,4}?(?:có"
    r"|để) (?:[a-z0-9%]+ ){0,4}?cá nhân\b(?![^.;]*\bcá nhân (?:có|đạt))"
)
_LED = pattern(
    rf"(?:(?:đối với|với|dành cho|đối tượng|về|cho|tiêu chuẩn|tiêu chí|điều kiện|các|những|là|gồm|khen thưởng|"
    rf"xét|tặng|thi đua|danh hiệu|của|nội dung|áp dụng|giấy khen|bằng khen|một số) )*"
    rf"(?:(?P<many>{COLLECTIVE})|(?P<one>{INDIVIDUAL}))\b"
)
_ADDRESSEE = pattern(
    r"(?:[a-z0-9.]{1,4}[.)] )?(?:(?:tiêu chuẩn|tiêu chí|điều kiện|nội dung|áp dụng|yêu cầu) )?"
    r"(?:(?:đối với|với|về|dành cho|cho) )(?P<whom>.{2,110}?)\s*:?$|^(?:các |những )?(?P<bare>tập thể|cá nhân|"
    r"tập thể(?:,| và) cá nhân|cán bộ, công chức(?:, viên chức)?(?:, người lao động)?)\s*:?$"
)
# "Giáo viên", "Các phòng chuyên môn": a heading that names nothing but whom it is for
_BARE = pattern(
    rf"(?:[a-z0-9.]{{1,4}}[.)] )?(?:các |những |toàn thể |khối )*(?!trường hợp|báo cáo|ban hành|phòng(?: chống"
    rf"|,? ngừa)|bản "
    rf"|khối lượng|hội (?:thi|nghị|đồng)|người đứng đầu các nội dung|cơ quan có thẩm quyền|ban (?:chỉ đạo|thi đua))"
    rf"(?P<whom>(?:{COLLECTIVE}|{INDIVIDUAL})\b(?:(?!\b(?:có|đạt|được|không|hoàn thành|thực hiện|đánh giá|xét|là"
    rf"|gửi|chấm"
    rf"|tổ chức|đề nghị|chưa|bị|tham gia|tiêu chuẩn|tiêu chí)\b)[^.;:()\d]){{0,60}})$"
)
# "“Chiến sĩ thi đua cơ sở”", "Tiêu chuẩn xét chọn “Công nhân sáng tạo”": a title that only one sort can bear
_TITLED = pattern(
    r"(?P<whole>\btập thể lao động|\bcờ thi đua|\bđơn vị (?:quyết thắng|tiên tiến))"
    r"|(?P<one>\bchiến s[iy] (?:thi đua|tiên tiến)"
    r"|(?<!tập thể )\blao động tiên tiến)|[“\"](?P<name>(?!(?:dân vận|sáng kiến|phong trào))[^”\"]{4,60})[”\"]"
)
_TITLES = ("lao dong", "co thi dua", "don vi ", "chien s", "“", '"')  # a title of these has one of them
# "Đơn vị được đề nghị tặng Cờ thi đua phải đạt các điều kiện": whose conditions follow
_ASKED = pattern(
    rf"(?:các |những )?(?P<whom>(?:{COLLECTIVE}|{INDIVIDUAL})\b[^.;:()]{{0,40}}?)"
    r" (?:được|phải|đạt|có đủ|đáp ứng|xét tặng|đề nghị)\b.{0,80}(?:điều kiện|tiêu chuẩn|tiêu chí|yêu cầu)\b"
)
_AWARD_LED = pattern(
    r"(?:đối với |về |hình thức |tiêu chuẩn |tặng |xét tặng |danh hiệu )*[\"“']?(?:bằng khen|giấy"
    r" khen|cờ thi đua|chiến s[iy] thi đua|tập thể lao động|lao động tiên tiến|danh hiệu|huân"
    r" chương|kỷ niệm chương|thư khen)"
)
_ADDRESSEES = ("doi voi tap the", "doi voi ca nhan", "doi voi tap the, ca nhan")
_EDGES = " \t\n\r\f*_\u200b"
_CLOSE = 24  # how far behind a span its closing mark may stand: "**07 tập thể và 10 cá nhân**"
_Part = TypeVar("_Part", bound=Span)
_FRONT, _BACK = _EDGES + ",;:.", _EDGES + ".,;:/…–-"


class Clause(NamedTuple):
    """One leaf of a part, or the words that introduce its leaves (`intro`). `kind` is what its headings say."""

    section: Section
    above: tuple[Section, ...]
    start: int
    end: int
    kind: str | None
    intro: bool = False

    @property
    def label(self) -> str | None:
        return self.section.label or None


def clauses(text: Text, root: Section, *roles: str) -> tuple[Clause, ...]:
    """Every clause of the sections that have one of the roles, in page order."""
    every, places = _clauses(text, root)
    if len(roles) == 1:
        return tuple([every[n] for n in places.get(roles[0], ())])
    return tuple([every[n] for n in sorted({n for role in roles for n in places.get(role, ())})])


@once
def _clauses(text: Text, root: Section) -> tuple[list[Clause], dict[str, list[int]]]:
    """Every clause of a part, and which of them have each role."""
    every: list[Clause] = []
    places: dict[str, list[int]] = {}
    kinds: dict[int, str | None] = {}
    for section, above in walk(root):
        words = title_words(text, section)
        told = _told(text, section, words)
        kind = kinds[id(section)] = told[0] if told else kinds[id(above[-1])] if above else None
        if section.style == "table" or not section.roles:
            continue
        start = _clause_start(section, words)
        if start < section.text_end:
            for role in section.roles:
                places.setdefault(role, []).append(len(every))
            every.append(Clause(section, above, start, section.text_end, kind, intro=bool(section.children)))
    return every, places


def _clause_start(section: Section, words: str) -> int:
    """Where the clause proper begins: after a heading that names the part, the award or the addressee."""
    if section.title is None or section.title_end is None:
        return section.text_start
    if section.own_role or _is_addressee(section, words) or _heads_award(words):
        return section.title_end
    if section.title_end >= section.text_end:
        return section.title_end if section.children and section.style != "paragraph" else section.text_start
    return section.text_start


def title_words(text: Text, section: Section) -> str:
    if section.title is None:
        return ""
    return reading(text).between(section.text_start, section.title_end or section.text_end).strip(" :.")


def _is_addressee(section: Section, words: str) -> bool:
    """Whether a heading only says for whom: "Đối với tập thể", "Cá nhân:"."""
    return bool(section.title and _ADDRESSEE.match(words))


def is_award_heading(text: Text, section: Section) -> bool:
    return _heads_award(title_words(text, section))


def _heads_award(words: str) -> bool:
    return len(words) <= 90 and not words.endswith(" sau") and bool(_AWARD_LED.match(words))


def addressee(text: Text, section: Section) -> str | None:
    """Whom a heading speaks of, as printed, unless it is simply the collectives or the individuals."""
    if not section.title:
        return None
    words = title_words(text, section)
    if not _ADDRESSEE.match(words) or _names_kind(words):
        return None
    return re.sub(r"(?i)^\W*(đối với|về|cho)\s+", "", section.title)


def kind_above(text: Text, sections: tuple[Section, ...]) -> str | None:
    """The kind of recipient the nearest heading names."""
    for section in reversed(sections):
        told = _told(text, section, title_words(text, section))
        if told:
            return told[0]
    return None


def _told(text: Text, section: Section, words: str) -> tuple[str | None] | None:
    """The kind a heading of such words names, None where it speaks of no recipient."""
    if section.title is None or len(section.title) > 120:
        return None
    if _names_kind(words):
        return (kind_of(words),)
    if text.garbled and (nearly := nearest(words, _ADDRESSEES)):
        return (kind_of(nearly),)  # "1.2. Déi véi cd nhin"
    if _is_addressee(section, words):
        return (kind_of(re.sub(r"^\W*(doi voi|voi|ve|danh cho|cho) ", "", words)),)
    if not _OF_RECIPIENTS.isdisjoint(section.roles):
        title = _TITLED.search(words) if any(map(words.__contains__, _TITLES)) else None
        if title:
            named_for = kind_of(title["name"].strip()) if title["name"] else None
            sole = "collective" if title["whole"] else "individual" if title["one"] else None
            if sole or named_for:
                return (sole or named_for,)
        named = _BARE.match(words) or _ASKED.match(words)
        if named and (kind := kind_of(named["whom"])):
            return (kind,)
    return None


_OF_RECIPIENTS = frozenset({"criteria", "quota", "awards"})


def _names_kind(words: str) -> bool:
    """Whether words name collectives or individuals as such."""
    whole, one = "tap the" in words, "ca nhan" in words
    return bool((whole and _WHOLE.search(words)) or (one and _ONE.search(words)))


def kind_of(words: str) -> str | None:
    """The kind of recipient that words without marks begin with or name.

    >>> kind_of("tap the, ca nhan co thanh tich"), kind_of("can bo, cong chuc thuoc ubnd huyen")
    ('both', 'individual')
    """
    whole, one = _WHOLE.search(words), _ONE.search(words)
    if whole and one:
        if _ONE_OF_WHOLE.match(words):
            return "individual"
        return "collective" if _WHOLE_WITH_ONE.match(words) else "both"
    if whole:
        return "collective"
    if _HOUSEHOLD.match(words):
        return "other"
    led = _LED.match(words.strip())
    if one and not (led and led["many"]):
        return "individual"
    if led:
        return "collective" if led["many"] else "individual"
    return "individual" if one else None


def each(words: Reading, form: re.Pattern[str], start: int, end: int) -> Iterator[Hit]:
    """Matches between two places, where what the form cannot do without is known to stand there."""
    return map(words.hit, form.finditer(words.words, words.offset(start), words.offset(end)))


def first(words: Reading, form: re.Pattern[str], start: int, end: int) -> Hit | None:
    """The first of them."""
    match = form.search(words.words, words.offset(start), words.offset(end))
    return words.hit(match) if match else None


def tidy(text: Text, start: int, end: int) -> tuple[int, int]:
    """A span without blanks, markup and closing punctuation at its ends, a stray bracket dropped."""
    raw = text.raw
    while start < end and raw[start] in _FRONT:
        start += 1
    while end > start and raw[end - 1] in _BACK:
        end -= 1
    if raw[end - 1 : end] == ")" and raw.count("(", start, end) < raw.count(")", start, end):
        return tidy(text, start, end - 1)
    if raw[start : start + 1] == "(" and raw.find(")", start, end) < 0:
        return tidy(text, start + 1, end)
    return start, end


def balanced(text: Text, parts: Iterable[_Part]) -> tuple[_Part, ...]:
    """Findings with both marks of an emphasis in their span where one stood in it: "tối đa cho **07 tập thể**"."""
    found = []
    for part in parts:
        start, end = both_marks(text, part.start or 0, part.end or 0)
        moved = (start, end) != (part.start, part.end) and part.end
        found.append(replace(part, text=text.raw[start:end], start=start, end=end) if moved else part)
    return tuple(found)


def both_marks(text: Text, start: int, end: int) -> tuple[int, int]:
    """A span that takes the other mark of an emphasis in where one stands in it."""
    raw = text.raw
    if raw.count("**", start, end) % 2 == 0:
        return start, end
    if raw.startswith("**", start - 2) and start >= 2:
        return start - 2, end
    close = raw.find("**", end, end + _CLOSE)
    return (start, close + 2) if close >= 0 and "\n" not in raw[end:close] else (start, end)


_NEXT = r"[\"”)]?[*_]*\s+(?=[*_“\"(]*[A-ZĐÀ-Ỹ])"
_STOP, _SENTENCE = re.compile(rf"\.{_NEXT}"), re.compile(rf"[.!?]{_NEXT}")
_SHORTENED = re.compile(r"(?:^|[\s(])(?:TT|TP|Tp|TM|KT|TL|GS|TS|ThS|PGS|St|No|Q|P|H|X)\.\s*$")


def sentences(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a span; an abbreviation ends none ("TP. Hồ Chí Minh")."""
    raw, found, at = text.raw, [], start
    # a plan seldom calls out or asks, and one sign is found far quicker than one of three
    ends = _SENTENCE if raw.find("!", start, end) >= 0 or raw.find("?", start, end) >= 0 else _STOP
    for match in ends.finditer(raw, start, end):
        if not _SHORTENED.search(raw[max(start, match.start() - 6) : match.start() + 1]):
            found.append((at, match.start() + 1))
            at = match.end()
    if at < end:
        found.append((at, end))
    return found
