"""A mention of another document while it is being read, and what stands around it: date, body, title."""

import re
from dataclasses import dataclass

from loaders.authorities.agencies import BodyMention
from loaders.authorities.bodies import body_at, find_bodies, may_begin
from loaders.authorities.words import word_at, words_of
from loaders.citations.beside import BY, NEXT_LINE, is_beside, is_coded_otherwise, is_dated
from loaders.citations.committees import topic_end
from loaders.citations.runover import AND_A_PAPER, own_words_end
from loaders.dates import FoundDate, find_dates
from loaders.text import Text, fold, once

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A citation in the making; places are offsets, `issuer` and `title` those of the words themselves."""

    start: int
    end: int
    type: str | None
    number: str | None = None
    printed: str | None = None
    suffix: str | None = None
    issuer_code: str | None = None
    year: int | None = None
    name: str | None = None
    date: FoundDate | None = None
    issuer: Place | None = None
    issuer_words: str | None = None
    title: Place | None = None
    pinpoint: str | None = None
    relation: str = "dẫn chiếu"
    repaired: bool = False
    confidence: float = 1.0
    headless: bool = False
    nested: bool = False
    weak: bool = False  # a name that is none of its own where it stands in another document's title


@dataclass(frozen=True)
class After:
    """What follows a number: the date, the issuing body's words, the title, and where the citation ends."""

    end: int
    date: FoundDate | None
    issuer: Place | None
    title: Place | None


_FILL = r"(?:\d{1,2}(?=\s))?[\s,(*_|'’`]*"  # a footnote's mark may hang on the number, a table's rule stand between
_BEFORE_DATE = re.compile(
    rf"{_FILL}(?:(?:ban\s+hanh|duoc\s+ban\s+hanh|ky|duoc\s+ky|da\s+ky|duoc\s+thong\s+qua|thong\s+qua|cung|de|ngay)\s*)?$"
)
# a telegram is told to the hour: "Công điện số 27/CĐ-UBND hồi 14 giờ 00 ngày 06/9/2025"
_TELEGRAM = re.compile(r"/cd-[a-z-]{2,24}$")
_HOUR = re.compile(
    r"[\s*_]*(?:phat\s+)?(?:(?:vao\s+)?(?:hoi|luc)\s+)?\d{1,2}\s*(?:gio|[hg:])\s*(?:\d{1,2})?\s*(?:phut|['’])?[\s,]*(?=ngay\s)"
)
# "của" and what scanners make of it: "ciia", "cta", "clia", "cia"
_OF = re.compile(
    r"(?:[\s,*_)|]|[-~](?=\s*c[a-z]{1,3}a\s))*"
    r"(?:(?:[ce][a-z0-9()'\\|]{0,3}a|cuo|do|boi|giua|lien)\b\s*)?(?:lien (?:bo|nganh)\s*:?\s*)?"
    r"(?:hoi\s+nghi\s+(?:trung\s+uong\s+)?lan\s+thu\s+[a-z\d]+\s*,?\s*)?"
)
_OF_WORD = re.compile(r"[\s,*_]*c[a-z0-9()\\|]{1,3}a\s+")
_ERA = re.compile(
    r"\s*,?\s*\(?(?:khoa|nhiem\s+ky)\s+(?:thu\s+)?(?P<term>[ivxlc\d]{1,6})\b(?:\s*-\s*\d{4})?"
    r"(?:\s*,\s*nhiem\s+ky\s+\d{4}\s*-\s*\d{4})?\)?"
)
# the words a title begins with
_TITLE = re.compile(
    r"[\s,:*_\"“)]*(?P<title>(?:v[ae]|v/v|quy\s+di?nh|ban\s+hanh|huong\s+dan|phe\s+duyet|sua\s+doi|bo\s+sung|"
    r"giao|cong\s+bo|"
    r"trien\s+khai|thuc\s+hien|tang\s+cuong|day\s+manh|thanh\s+lap|kien\s+toan|phat\s+dong|quy\s+che|thong\s+qua|"
    r"cong\s+nhan|chi\s+tiet|"
    r"thi\s+hanh|to\s+chuc|bai\s+bo|thay\s+the|phan\s+cong|phan\s+cap|dinh\s+muc|danh\s+muc|kem\s+theo|quy\s+trinh|"
    r"xep\s+loai|khen\s+thuong|"
    r"tang|yeu\s+cau|de\s+nghi|danh\s+gia|chuyen|tiep\s+tuc|mot\s+so|xu\s+ly|tham\s+dinh|tham\s+tra|giai\s+thich|han\s+che|nham)\b)"
)
_SENTENCE_END = re.compile(
    r";|\.\s*/|\.(?=\s+[A-ZĐÀ-Ỵ\-])|\.(?=\s*$)|\n[ \t]*\n|\n(?=\s*[-+•*]\s)|\n\s*[-_=]{3,}|"
    r"\n(?=\s*(?:[IVX]{1,4}|\d{1,2}|[a-zđ])[.)]\s)"
)
# what a body does that issues a document
ACTS = re.compile(
    r"[\s*_]+(?:da\s+|cung\s+|se\s+)?(?:ban\s+hanh|xay\s+dung|phat\s+dong|trien\s+khai|yeu\s+cau|de\s+nghi|bao\s+cao|"
    r"thong\s+bao|huong\s+dan|"
    r"to\s+chuc|giao|quyet\s+dinh|chi\s+thi|kinh\s+trinh|cu\s+the|co\s+(?:y\s+kien|van\s+ban|bao\s+cao))\b"
)
_UNPAIRED = {")": "(", "”": "“"}
_BRACKET = re.compile("[()“”]")
_TITLE_REACH = 600
_ISSUER_REACH = 160


def read_after(text: Text, position: int, stop: int, *, joint: bool = False, code: str | None = None) -> After:
    """The date, body and title that follow a number, the first two in either order; `joint` papers have several bodies.

    `stop` is where the next number begins: its date is not this one's, but a title may well hold it. `code` is the
    body's in the number.
    """
    end, date, issuer = position, None, None
    if (unread := _UNREAD_DAY.match(text.folded, position, stop)) and _date_at(text, position, stop) is None:
        end = unread.end()
    for _ in range(2):
        if date is None:
            date = _date_at(text, end, stop)
            if date:
                end = date.end
                continue
        if issuer is None:
            issuer = issuer_at(text, end, stop, code)
            if issuer:
                end = issuer[1]
    if date is None:
        date = _date_at(text, end, stop)
        end = date.end if date else end
    if issuer is None and date is not None:
        issuer = issuer_at(text, end, stop, code)
        end = issuer[1] if issuer else end
    while joint and issuer and (further := _further_issuer(text, issuer[1], stop)):
        issuer = (issuer[0], further)
        end = further
    return After(end, date, issuer, _title(text, end))


# a day of which a scanner left only the words: "ngày §\\ tháng @ năm 20% của UBND tỉnh"
_UNREAD_DAY = re.compile(
    r"[\s,]*ng[a-z]y\s+(?:\S{1,5}\s+th[a-z]{1,2}ng\s+\S{1,4}\s+n[a-z]m\s+\S{1,5}|[\d/.-]*\d[\d/.oils§-]{3,9})(?=[\s,]+c[a-z]{1,3}a\s)"
)
_AND = re.compile(r"\s*(?:,|va|-)\s+(?=\w)")


def _further_issuer(text: Text, position: int, stop: int) -> int | None:
    joined = _AND.match(text.folded, position, stop)
    if not joined:
        return None
    head = HEADS.match(text.folded, joined.end(), stop)  # "của Bộ trưởng Bộ Nội vụ, Bộ trưởng Bộ Tài chính"
    body = body_here(text, head.end() if head else joined.end(), stop)
    acting = body and _ACTING.match(text.folded, body.end)  # "…, Ban Thường vụ đề nghị:" goes on with the sentence
    return body.end if body and not acting else None


_ACTING = re.compile(r"\s+(?:de\s+nghi|yeu\s+cau|xay\s+dung|phat\s+dong|bao\s+cao)\b")


def body_here(text: Text, place: int, stop: int) -> BodyMention | None:
    """The body whose name begins right at a place, markup and brackets aside."""
    end = min(stop, place + _ISSUER_REACH)
    first = word_at(text, place, end)
    if not first or first.start - place > 2 or ";" in text.raw[place : first.start]:
        return None
    body = body_at(text, words_of(text, place, end), 0) if may_begin(text, first.folded) else None
    if body and (body.kind or body.body.pattern is None):
        _read_already(text)[body.start, body.end] = body
    return body


@once
def _read_already(text: Text) -> dict[Place, BodyMention]:
    """The bodies that were read beside citations, by the place of their names."""
    return {}


def bodies_in(text: Text, start: int, end: int) -> list[BodyMention]:
    """The bodies named between two places, which are often just those of one that was read already."""
    known = _read_already(text).get((start, end))
    return [known] if known else find_bodies(text, start, end)


def _date_at(text: Text, position: int, stop: int) -> FoundDate | None:
    if _TELEGRAM.search(text.folded, max(0, position - 30), position):
        hour = _HOUR.match(text.folded, position, stop)
        position = hour.end() if hour else position
    found = find_dates(text, position, min(stop, position + 70))
    if not found or not _BEFORE_DATE.match(text.folded, position, found[0].start):
        return None
    if text.raw.startswith("Ngày", found[0].start) and "\n" in text.raw[position : found[0].start]:
        return None
    # "| Triển khai Quyết định số 942/QĐ-TTg | 30/6/2025 |": the day is the task's
    return found[0] if is_dated(text, position, found[0].start) else None


def term_after(text: Text, position: int) -> str | None:
    """The term of office printed after a body's name.

    >>> term_after(Text.of("của Ban Chấp hành Trung ương Đảng (khóa XII) về"), 33)
    'XII'
    """
    era = _ERA.match(text.folded, position)
    return text.raw[era.start("term") : era.end("term")] if era and "khoa" in era[0] else None


def issuer_at(text: Text, position: int, stop: int, code: str | None = None) -> Place | None:
    """The body named at a place, after *của* or right there ("ngày 01/10/2021 Ủy ban nhân dân tỉnh")."""
    of = _OF.match(text.folded, position, stop)
    start = of.end() if of else position
    said = of is not None and any(c.isalpha() for c in of[0])
    if of and said and NEXT_LINE.search(text.raw, position, start):
        return None
    by = said and BY.search(text.folded, position, start) is not None
    head = HEADS.match(text.folded, start, stop)  # "của Bộ trưởng Bộ Nội vụ"
    glued = _GLUED.match(text.folded, position, stop)  # "củaỦy ban nhân dân"
    for begin, named_from in (
        (start, start),
        (head and head.end(), start),
        (glued and glued.end(), glued and glued.end()),
    ):
        body = body_here(text, begin, stop) if begin is not None else None
        if body is None or named_from is None:
            continue
        named_from = named_from if head else body.start
        if by and is_coded_otherwise(code, body.body):
            return None  # "Kế hoạch số 5/KH-UBND ngày 03/9/2025 do Sở Nội vụ tham mưu"
        if said or glued or is_beside(text, position, named_from, (body.start, body.end, body.body), code):
            end = _long_name_end(text, body, stop)
            return named_from, topic_end(text, end, stop) if body.body.slug == "ban-chi-dao" else end
    unit = _UNIT.match(text.folded, start, stop) if said else None  # "Kế hoạch số 17/KH-UBND ngày 20/01/2023 của huyện"
    if unit:
        return start, unit.end()
    return None if text.garbled else _capitalised(text, position, stop)


_UNIT = re.compile(
    r"(?:tinh|huyen|thi xa|thanh pho|quan|xa|phuong|dac khu)(?=\s*(?:[,;.:)\n]|$|(?:ve|v/v|va|nam|giai doan|de|do)\s))"
)


_TOPIC = re.compile(
    r"(?:\s+(?!(?:ve|v/v|ban hanh|quy dinh|phe duyet|tai|yeu cau|de nghi|bao cao|thong bao|phat dong|quyet dinh|"
    r"va\s+(?:cac|so|theo|xet|can cu|chi thi|quyet dinh|"
    r"ke hoach|nghi|thong tu|cong van|huong dan))\b)(?:-\s+)?[^\s,;:.()\[\]\"“”]+){1,24}"
)


def _long_name_end(text: Text, body: BodyMention, stop: int) -> int:
    """Where a steering committee's name ends that goes on beyond what the vocabulary knows.

    "Ban Chỉ đạo Phong trào Toàn dân đoàn kết xây dựng đời sống văn hóa và Xây dựng nếp sống văn hóa - văn minh đô thị".
    """
    within = _party_of(text, body, stop)
    if within:
        return within
    begins_small = text.raw[body.end : body.end + 2].strip()[:1].islower()
    if not (body.body.needs_topic or body.body.slug.startswith("bcd-")) or body.unit_words or text.garbled:
        return body.end
    if body.body.needs_topic is False and not re.match(r"\s+va\s", text.folded[body.end : body.end + 5]):
        return body.end
    topic = _TOPIC.match(text.folded, body.end, min(stop, body.end + 200))
    if topic is None or (begins_small and body.kind):
        return body.end
    return body.end + len(text.raw[body.end : topic.end()].rstrip(" \n,-"))


def _party_of(text: Text, body: BodyMention, stop: int) -> int | None:
    """Where the name of a body's Party organisation ends: "Đảng ủy Ủy ban nhân dân tỉnh", "Đảng ủy Công an tỉnh"."""
    if body.body.slug != "dang-uy" or body.unit_words or body.kind or not text.raw[body.end : body.end + 1].isspace():
        return None
    within = body_here(text, body.end + 1, stop)
    return within.end if within else None


# those who sign for a body: what they issue stands in its register, but they are named as its issuer
HEAD_NAMES = {
    fold(name): name
    for name in (
        *("Bộ trưởng, Chủ nhiệm", "Bộ trưởng", "Thứ trưởng", "Phó Giám đốc", "Giám đốc", "Tổng Giám đốc"),
        *(
            "Trưởng ban",
            "Trưởng phòng",
            "Chánh Văn phòng",
            "Chánh Thanh tra",
            "Phó Chủ tịch",
            "Chủ tịch",
            "Thường trực",
        ),
        *("Thủ trưởng", "Chủ nhiệm", "Viện trưởng", "Chánh án", "Thống đốc", "Cục trưởng", "Chi cục trưởng", "Bí thư"),
    )
} | {"tong": "Tổng"}  # "Tổng Thanh tra Chính phủ", "Tổng Kiểm toán nhà nước"
# scanners read g as q: "Bộ trưởnq, Chủ nhiệm"
_HEAD_WORDS = "|".join(
    name.replace("g", "[gq]").replace(", ", r"\s*,\s*").replace(" ", r"\s+") for name in HEAD_NAMES if name != "tong"
)
HEADS = re.compile(rf"(?:{_HEAD_WORDS}|tong(?=\s+(?:thanh\s+tra|kiem\s+toan)\s))\s+")


def head_name(folded: str) -> str:
    """
    >>> head_name("bo truong,chu  nhiem ")
    'Bộ trưởng, Chủ nhiệm'
    """
    return HEAD_NAMES[" ".join(folded.replace("q", "g").replace(",", ", ").split()).replace(" ,", ",")]


_GLUED = re.compile(r"[\s,*_]*cua(?=[a-z])")


CAPITAL = "[A-Z" + "".join(chr(c) for c in range(0xC0, 0x1EFA) if chr(c).isupper()) + "]"
_CAPITALISED = re.compile(
    rf"{CAPITAL}[^\W\d_]*(?:[ \n-]+(?!(?:[Vv]ề|ban\s+hành|quy|ngày|năm|hướng|phê)\s|{AND_A_PAPER})[^\W\d_]+){{1,9}}"
    rf"(?:[ \n-]+(?!Về\s){CAPITAL}[^\W\d_]*){{0,8}}"
)

# "Ủy ban Khoa học, Công nghệ và Môi trường": the comma stands inside the name where *và* closes it
_COMMITTEE = re.compile(
    rf"Ủy\s+ban(?:\s+[^\W\d_]+){{1,4}},\s+{CAPITAL}[^\W\d_]*(?:\s+[^\W\d_]+)?\s+và\s+{CAPITAL}[^\W\d_]*\s+[^\W\d_]+"
)
# "của trường Trung học cơ sở Nguyễn Trãi", "của công ty cổ phần Minh Dương", "của nhà trường"
_HOUSE = re.compile(
    r"(?:trường|trung\s+tâm|bệnh\s+viện|(?:tổng\s+)?công\s+ty|hợp\s+tác\s+xã|chi\s+cục|học\s+viện|viện|hội|quỹ|ngân\s+hàng)"
    rf"(?:[ \n]+[^\W\d_]+){{0,4}}?[ \n]+(?={CAPITAL}){_CAPITALISED.pattern}|(?:nhà\s+)?trường(?=\s*(?:[;,.)\n]|về\s))"
)


def _capitalised(text: Text, position: int, stop: int) -> Place | None:
    """A body the vocabulary does not know: the capitalised words after *của*."""
    of = _OF_WORD.match(text.folded, position, stop)
    if not of:
        return None
    stop = min(stop, of.end() + 100)
    named = _COMMITTEE.match(text.raw, of.end(), stop) or _CAPITALISED.match(text.raw, of.end(), stop)
    match = named or _HOUSE.match(text.raw, of.end(), stop)
    return (match.start(), match.end()) if match else None


_FURTHER = re.compile(r"va\s+(?:de\s+nghi|y\s+kien|to\s+trinh|bao\s+cao|cong\s+van|cua)\b")


def _title(text: Text, position: int) -> Place | None:
    """The title's words, up to the end of the clause."""
    stop = len(text.raw)
    era = _ERA.match(text.folded, position)
    begin = _TITLE.match(text.folded, era.end() if era else position)
    if not begin or (begin["title"] == "va" and text.raw[begin.start("title") : begin.end()].lower() == "và"):
        return None
    if _FURTHER.match(text.folded, begin.start("title")):
        return None  # "và" that lost its mark is no "về"
    start = begin.start("title")
    end = title_end(text, start, min(stop, start + _TITLE_REACH))
    return (start, end) if end - start > 3 else None


def title_end(text: Text, start: int, stop: int) -> int:
    """Where a title that begins at a place ends: with its clause, its bracket, or before the body that acts on it."""
    end = stop
    for match in _SENTENCE_END.finditer(text.raw, start, stop):
        if match[0] == ";" and _goes_on(text, match.end()):
            continue
        end = match.start()
        break
    amended = _AMENDED.search(text.folded, start, end)  # "… ban hành Quy chế, được sửa đổi tại Quyết định số …"
    if amended:
        end = start + len(text.folded[start : amended.start()].rstrip(" \t\n\r,("))
    end = own_words_end(text, start, _bracket_end(text.raw, start, end))
    for comma in re.finditer(r",\s", text.raw[start:end]):
        place = start + comma.end()
        body = body_here(text, place, end) if text.raw[place : place + 1].isupper() else None
        if body and ACTS.match(text.folded, body.end):
            return start + comma.start()
    return start + len(text.raw[start:end].rstrip(" \n\t,.*_"))


_NUMBERED = re.compile(r"\d\s?[/-]\s?[a-z]|\d/\d{4}/")
_AMENDED = re.compile(r"(?:da\s+)?duoc\s+sua\s+doi\b")


def _goes_on(text: Text, position: int) -> bool:
    """Whether a semicolon stands inside a title: what follows is no new citation and begins small."""
    raw = text.raw[position : position + 60].lstrip()
    if not raw or not raw[0].islower() or "\n" in text.raw[position : position + 2]:
        return False
    clause = _CLAUSE.search(text.folded, position)
    if _NUMBERED.search(text.folded, position, clause.start() if clause else len(text.raw)):
        return False
    return not _NEW_CLAUSE.match(text.folded, position)


_CLAUSE = re.compile(r";|\n[ \t]*\n|\.\s")
_NEW_CLAUSE = re.compile(
    r"\s*(?:xet|can cu|thuc hien|theo|va |cac |so |tren co so|trien khai|nham|ke hoach|quyet dinh|cong van|"
    r"nghi|chi thi)"
)


def _bracket_end(raw: str, start: int, end: int) -> int:
    """The first closing bracket or quote that was not opened within."""
    depth = {"(": 0, "“": 0}
    for mark in _BRACKET.finditer(raw, start, end):
        if mark[0] in depth:
            depth[mark[0]] += 1
            continue
        opener = _UNPAIRED[mark[0]]
        if depth[opener] == 0:
            return mark.start()
        depth[opener] -= 1
    return end
