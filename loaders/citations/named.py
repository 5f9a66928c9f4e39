"""Laws cited without their number: by name, day or year."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from loaders.citations.capitals import capitals
from loaders.citations.mentions import Mention
from loaders.citations.ordinary import is_taught
from loaders.dates import FoundDate, find_dates
from loaders.lexicon import lexicon
from loaders.text import Text, fold

_LAW = re.compile(r"(?P<kind>bo\s+luat|luat|phap\s+lenh|hien\s+phap)(?=\s)")
_AMENDING = re.compile(
    r"\s+sua\s+doi,?(?:\s+va)?\s*bo\s+sung,?\s+"
    r"(?:(?:mot\s+so\s+)?(?:dieu|noi dung)[a-z\d\s,]{0,40}?"
    r"(?:cua\s+|\s(?=(?:bo\s+)?luat\s|phap\s+lenh\s)))?(?:cac\s+)?"
)
_NAME_STOP = re.compile(
    r"[;:.()\"“”]|\n[ \t]*\n|,|(?<![a-z])(?:so|ngay|nam|ve|quy dinh|duoc|co|tai|theo|trong|de|da|nay|"
    r"hien hanh|voi|ban hanh|khi|thi|la|cac|cho|do|hoac|tren|sua doi|nghi|nhan(?= hoc| giai| bang)"
    r"|ra doi|chiu|gianh|thong tu|quyet|luat|bo luat|(?:19|20)\d\d)(?![a-z\d])"
)
# "Luật Năng lượng tái tạo, tiết kiệm điện ngày 06 tháng 4 năm 2016;": the name goes on in small letters to its day
_SMALL_REST = re.compile(
    r",(?:\s+(?!(?:cac|truoc|sau|tu|den|vao|trong|don|bao|gui|hoan|chu|uy|nay|co|duoc|da|do|tai|theo|de|nghi|thong|quyet"
    r"|nhung|phai|hien|neu|tren|so|ngay|nam|kip|ke|tinh|thi|vi|khi|cung|hinh|lap|trinh|nhan)\b)[a-z]+){1,5}"
    r"(?=\s+ngay\s+\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+thang\s+\d{1,2}\s+nam\s+)\d{4}\s*[;.(]|\s+so\s+\d{1,3}/\d{4}/(?:ubtv)?qh)"
)
_SMALL_NAME = re.compile(
    r"(?:(?!(?:nay|co|duoc|da|do|tai|theo|de|nghi|thong|quyet|nhung|phai|hien|neu|tren|so|ngay|nam)\b)[a-z]+[\s,]+){2,14}?"
    r"(?=ngay\s+\d|nam\s+(?:19|20)\d\d|so\s*:?\s*\d+/)"
)
_SMALL_AND = re.compile(r"\s+va\s+")
# "Luật Đất đai năm 2013", "Luật Đất đai 2013;", but not "Luật Đất đai 2000 hộ dân"
YEAR = re.compile(
    r"(?:[\s,(]*nam\s+|\s+\(?(?=\d{4}\s*(?:[;,.:)]|$|\n|(?:va|quy|co|da|thi|duoc|chua)\s)))((?:19|20)\d\d)\b"
)
_ANOTHER_DAY = re.compile(r"\s*(?:,|va|;)\s*(?=ngay\s)")
_CONSTITUTION = re.compile(r"\s+(?:nuoc\s+cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam)?(?:\s*,?\s*nam\s+(\d{4}))?")
_DATE_GAP = re.compile(r"[\s,(]*(?:duoc\s+)?(?:quoc\s+hoi\s+)?(?:thong\s+qua\s+)?$")
_LAWGIVER = {
    "luat": "Quốc hội",
    "bo-luat": "Quốc hội",
    "hien-phap": "Quốc hội",
    "phap-lenh": "Ủy ban Thường vụ Quốc hội",
}
_KINDS = {"bo luat": "bo-luat", "luat": "luat", "phap lenh": "phap-lenh", "hien phap": "hien-phap"}


@cache
def _known_names() -> re.Pattern[str]:
    """The names of the lexicon, longest first, whatever stands between their words ("Thi đua - Khen thưởng").

    PDF text runs some together: "Luật Tổ chức Hội đồngnhân dân".
    """
    names = sorted((fold(name) for name in lexicon("law-names")["names"]), key=len, reverse=True)
    patterns = (r"[\s,\-/]*".join(re.escape(word) for word in re.findall(r"[a-z]+", name)) for name in names)
    return re.compile(rf"(?:{'|'.join(patterns)})(?![a-z])")


@cache
def _never() -> frozenset[str]:
    return frozenset(form for word in lexicon("law-names")["never"] for form in (word, fold(word)))


@cache
def known_name() -> re.Pattern[str]:
    """The names a reader knows, of laws and codes."""
    codes = "|".join(re.escape(fold(name)).replace(r"\ ", r"\s+") for name in lexicon("law-names")["codes"])
    return re.compile(rf"(?:bo\s+luat|luat|phap\s+lenh|hien\s+phap)\s+(?:{codes}|{_known_names().pattern})(?![a-z])")


@cache
def _no_law() -> re.Pattern[str]:
    """Names of what is called *luật* and is no law of today."""
    names = "|".join(re.escape(fold(name)).replace(r"\ ", r"\s+") for name in lexicon("law-names")["elsewhere"])
    return re.compile(rf"(?:{names})(?![a-z])")


def find_laws(text: Text, start: int, end: int) -> Iterator[Mention]:
    """Laws named without their number, those inside a decree's title included.

    >>> [(law.name, law.date.date) for law in find_laws(Text.of("Luật Thi đua, khen thưởng ngày 15/6/2022;"), 0, 41)]
    [('Luật Thi đua, khen thưởng', '2022-06-15')]
    """
    position = start
    for place in capitals(text, "lu", "bo", "ph", "hi"):
        match = _LAW.match(text.folded, place, end) if position <= place < end else None
        if match is None:
            continue
        position = match.end()
        mentions = list(_law_at(text, match, end))
        yield from mentions
        position = max([position, *(m.end for m in mentions if not m.nested)])
    if text.garbled:
        yield from _damaged_laws(text, start, end)


def _law_at(text: Text, match: re.Match[str], stop: int) -> Iterator[Mention]:
    kind = _KINDS[" ".join(match["kind"].split())]
    if (
        is_taught(text, match.start())
        or not _is_the_word(text, match)
        or _CALLED.search(text.folded, max(0, match.start() - 30), match.start())
    ):
        return
    if kind == "hien-phap":
        yield from _constitution(text, match, stop)
        return
    inner = _amended(text, match.end(), stop)
    name_end = (
        inner[-1].end if inner else _several_end(text, match.end(), stop) or law_name_end(text, match.end(), stop)
    )
    if name_end is None:
        return
    # the laws inside are words of the amending law's name
    yield from _dated(text, _law(text, kind, match.start(), name_end), stop)


# "KỶ LUẬT TỔ CHỨC ĐẢNG", "PHÁP LUẬT VỀ THI ĐUA", "QUY LUẬT", "THEO LUẬT ĐỊNH": no law begins there
_PART_OF_A_WORD = re.compile(r"(?<![a-z])(?:ky|phap|quy|dao|am|chu|thien|tinh|tu|cung|phan|binh)\s+$")
_CALLED = re.compile(r"goi\s+(?:tat\s+|chung\s+)?la\s*[\"“]?\s*$")  # "(sau đây gọi tắt là Luật TĐKT)"
# "Trường Đại học Luật Hà Nội", "Khoa Luật Hình sự", "Công ty Luật An Bình"
_SCHOOL_OF = re.compile(r"(?<![a-z])(?:dai hoc|khoa|nganh|hoc|cu nhan|thac si|tien si|cong ty|bo mon|nam)\s+$")


def _is_the_word(text: Text, match: re.Match[str]) -> bool:
    """Whether *Luật* begins a name there and is not the second half of another word."""
    if _SCHOOL_OF.search(text.folded, max(0, match.start() - 10), match.start()):
        return False
    before = _PART_OF_A_WORD.search(text.folded, max(0, match.start() - 8), match.start())
    capitals = text.raw[match.start() : match.start() + 2].isupper()
    return before is None or (before[0].strip() != "phap" and not capitals)


# "Luật Thuế xuất khẩu, thuế nhập khẩu, Luật Đầu tư": a name's second half may stand between
_FURTHER_LAW = re.compile(r"\s*(?:,\s+thue(?:\s+[a-z]+){1,4}\s*)?(?:,|va)\s+(?=luat\s|bo luat\s)")


def _amended(text: Text, position: int, stop: int) -> list[Mention]:
    """The laws inside the name of an amending law; one may amend eight."""
    amending = _AMENDING.match(text.folded, position, stop)
    laws: list[Mention] = []
    end = amending.end() if amending else None
    while end is not None and (law := _LAW.match(text.folded, end, stop)):
        name_end = law_name_end(text, law.end(), stop)
        if name_end is None:
            break
        laws.append(_law(text, _KINDS[" ".join(law["kind"].split())], law.start(), name_end, nested=True))
        further = _FURTHER_LAW.match(text.folded, name_end, stop)
        end = further.end() if further else None
    return laws


# "… một số điều của 37 luật có liên quan đến quy hoạch ngày …", "… của các luật liên quan đến thư viện số …"
_SEVERAL = re.compile(
    r"(?:\d{1,2}\s+)?luat\s+(?:co\s+)?lien\s+quan\s+den\s+(?:[^;.:\n]|\n(?!\s*\n)){3,160}?"
    r"(?=\s+ngay\s+\d|\s+nam\s+(?:19|20)\d\d|[\s(]+so\s*:?\s*\d)"
)


def _several_end(text: Text, position: int, stop: int) -> int | None:
    """Where the name of a law ends that amends several without naming them."""
    amending = _AMENDING.match(text.folded, position, stop)
    several = _SEVERAL.match(text.folded, amending.end(), stop) if amending else None
    return several.end() if several else None


def law_phrase_before(text: Text, position: int, floor: int) -> int | None:
    """Where the law's name begins whose number follows ("Luật sửa đổi, bổ sung … của Luật X số 41/2024/QH15")."""
    begin = max(floor, position - 400)
    for match in _LAW.finditer(text.folded, begin, position):
        if not _is_the_word(text, match):
            continue
        inner = _amended(text, match.end(), position)
        end = _several_end(text, match.end(), position + 6) or law_name_end(text, match.end(), position)
        end = inner[-1].end if inner else end
        if end is not None and not text.raw[end:position].strip(" \n,(*_"):
            return match.start()
    return None


def law_name_end(text: Text, position: int, stop: int) -> int | None:
    """Where the name of a law ends that begins after the word *Luật*; None if these words are no name."""
    gap = len(text.folded[position : position + 3]) - len(text.folded[position : position + 3].lstrip())
    begin = position + gap
    known = _known_names().match(text.folded, begin, stop)
    if known:
        return known.end()
    if _no_law().match(text.folded, begin, stop):  # "Bộ luật Hồng Đức", "Luật Bóng chuyền hơi"
        return None
    first = re.compile(r"[^\W\d_]+").match(text.raw, begin, stop)
    if not first or (first[0].lower() if first[0][0].isupper() else fold(first[0])) in _never():  # "Luật Giá"
        return None
    if not first[0][0].isupper():  # "Luật phổ biến, giáo dục pháp luật ngày 20 tháng 6 năm 2012"
        small = _SMALL_NAME.match(text.folded, begin, stop)
        return begin + len(text.raw[begin : small.end()].rstrip(" \n,")) if small else None
    end = min(stop, begin + 120)
    halt = _NAME_STOP.search(text.folded, first.end(), end)
    end = halt.start() if halt else end
    if halt and halt[0] == "," and (rest := _SMALL_REST.match(text.folded, end, stop)):
        return rest.end()
    joined = _SMALL_AND.search(text.folded, begin, end)
    if joined and text.raw[joined.end() : joined.end() + 1].isupper():
        end = joined.start()
    name = text.raw[begin:end].rstrip(" \n,-")
    name = re.sub(r"\s+(?:và|của)$", "", name)
    return begin + len(name) if 1 <= len(name.split()) <= 14 else None


def _law(text: Text, kind: str, start: int, end: int, *, nested: bool = False) -> Mention:
    name = " ".join(text.raw[start:end].split())
    return Mention(start=start, end=end, type=kind, name=name, issuer_words=_LAWGIVER[kind], nested=nested)


def _dated(text: Text, law: Mention, stop: int) -> Iterator[Mention]:
    """The law with its day or year; several days are several laws ("ngày 14/6/2005 và ngày 16/11/2013")."""
    year = YEAR.match(text.folded, law.end, stop)
    if year:
        yield replace(law, end=year.end(), year=int(year[1]))
        return
    date = date_after(text, law.end, stop)
    if date is None:
        yield law
        return
    yield replace(law, end=date.end, date=date, year=date.year)
    end = date.end
    while another := _ANOTHER_DAY.match(text.folded, end, stop):
        date = date_after(text, another.end(), stop)
        if date is None:
            return
        yield replace(law, start=date.start, end=date.end, date=date, year=date.year)
        end = date.end


def date_after(text: Text, position: int, stop: int) -> FoundDate | None:
    found = find_dates(text, position, min(stop, position + 60))
    return found[0] if found and _DATE_GAP.match(text.folded, position, found[0].start) else None


def _constitution(text: Text, match: re.Match[str], stop: int) -> Iterator[Mention]:
    tail = _CONSTITUTION.match(text.folded, match.end(), stop)
    if tail and tail[0].strip():
        end = tail.end()
        law = _law(text, "hien-phap", match.start(), end)
        yield replace(law, name="Hiến pháp", year=int(tail[1]) if tail[1] else None)


_ITS_NUMBER = re.compile(r"[\s,]*\(\s*(?:so\s*:?\s*)?")


def with_their_numbers(text: Text, mentions: list[Mention]) -> list[Mention]:
    """A law's name and its number in brackets are one: "Luật Lưu trữ ngày 21/6/2024 (Luật số 33/2024/QH15)"."""
    told: list[Mention] = []
    for mention in mentions:
        named = told[-1] if told else None
        if (
            named
            and not named.nested
            and named.type in _LAWGIVER
            and named.name
            and _is_number_of(text, named, mention)
        ):
            date = mention.date or named.date
            end = mention.end + text.raw.startswith(")", mention.end)
            mention = replace(mention, start=named.start, end=end, name=named.name, date=date)
            mention = replace(mention, type=named.type, pinpoint=named.pinpoint or mention.pinpoint)
            told.pop()
        told.append(mention)
    return told


def _is_number_of(text: Text, named: Mention, numbered: Mention) -> bool:
    if named.number or not numbered.number or numbered.name or numbered.type not in _LAWGIVER:
        return False
    if named.year and numbered.year and named.year != numbered.year:
        return False
    return _ITS_NUMBER.fullmatch(text.folded, named.end, numbered.start) is not None


_DAMAGED_LAW = re.compile(r"(?<![a-z0-9])l[a-z0-9&(]{2,3}\s+")
_IN_WORD = re.compile("[a-z0-9]")
_LAW_LEAST = 78


def _damaged_laws(text: Text, start: int, end: int) -> Iterator[Mention]:
    """Known names in garbled text: "Luat Thi1dua, khen thuéng", "Lugt Thi dua, khen thuong"."""
    names = [fold(name) for name in lexicon("law-names")["names"]]
    for match in _DAMAGED_LAW.finditer(text.folded, start, end):
        word = match[0].strip()
        if not text.raw[match.start()].isupper() or fuzz.ratio(word, "luat") < 70:
            continue
        best = max(names, key=lambda name: fuzz.ratio(_window(text, match.end(), len(name)), name))
        printed = _window(text, match.end(), len(best))
        score = fuzz.ratio(printed, best)
        exact = _known_names().match(text.folded, match.end(), end)
        if (exact and word == "luat") or score < _LAW_LEAST:
            continue
        stop = match.end() + len(best)
        while stop < len(text.folded) and _IN_WORD.match(text.folded[stop]):
            stop += 1
        name = next(n for n in lexicon("law-names")["names"] if fold(n) == best)
        law = Mention(start=match.start(), end=stop, type="luat", name=f"Luật {name}", issuer_words="Quốc hội")
        yield replace(
            next(iter(_dated(text, law, end))),
            repaired=True,
            confidence=round(min(score / 100, fuzz.ratio(word, "luat") / 100, 0.9), 2),
        )


def _window(text: Text, position: int, length: int) -> str:
    return " ".join(text.folded[position : position + length].split())
