"""The head of a document: type, number, date, place, issuer and title, and what is blank or doubtful about them."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from loaders.authorities.agencies import Agency
from loaders.authorities.units import FIRST_DAY, TWO_LEVELS, Unit
from loaders.citations.document_types import issuer_codes, labels
from loaders.citations.numbers import FoundNumber, find_numbers, read_blank
from loaders.citations.relations import find_preamble
from loaders.comeswith import issuer_of_the_whole
from loaders.dates import FoundDate, find_dates, is_sunday
from loaders.findings import Doubt
from loaders.issuer import acting_bodies, find_issuer, find_launch
from loaders.letterhead import head_unit, is_of_two_levels
from loaders.signature import Signature
from loaders.text import Text, fold
from loaders.title import find_title, find_type, grounds_at
from loaders.tornnumber import is_behind_body, joined, torn_number

__all__ = ["Header", "find_header"]


@dataclass(frozen=True)
class Header:
    """What the document says of itself before its text begins (`body_start`); what it leaves blank is None.

    `unit` is the issuer's, or the one that the head names over a body which no list has ("TỈNH ỦY X / BAN CHỈ ĐẠO …").
    `suffix` is the number without its head ("KH-UBND"), kept where the head is blank. `not_before` and `not_after`
    bound a date that is not printed whole: by its year and by the latest document the preamble cites.
    """

    type: str | None
    number: str | None
    number_as_printed: str | None
    suffix: str | None
    date: str | None
    year: int | None
    not_before: str | None
    not_after: str | None
    place: str | None
    issuer: Agency | None
    issuer_label: str | None
    launched_by: str | None
    drafted_by: str | None
    title: str | None
    title_span: tuple[int, int] | None
    body_start: int
    doubts: tuple[Doubt, ...]
    unit: Unit | None = None


# "Số: 26/KH-UBND", "S6: 54 /IKH-UBND", "Sé: 40 /KH-UBND", the Party's "Số 05-NQ/TU"
_TYPES = "|".join(sorted(filter(None, labels()), key=len, reverse=True))
_OWN_NUMBER = re.compile(rf"(?:^|\n|\||\s{{3,}})[ \t*_#|]*(?:s[o06e]'?\s*[:.]?|(?:{_TYPES})\s+so\s*:)[\s*_.…]*$")
_UNREAD_NUMBER = re.compile(
    r"^[ \t*_#|]*s[o06e]'?\s*[:.]\s*[^\n/]{1,8}(?=/[ ]?[a-z])", re.MULTILINE
)  # "Số: A3 /KH-UBND"
_BLANK_OF_PARTY = re.compile(
    r"^[ \t*_#|]*so[ \t]*[:.]?[ \t*_.…]{1,40}(?=-[ ]?[a-z]{1,4}[ ]?/[ ]?[a-z]{2})", re.MULTILINE
)
_PLACE = re.compile(r"(?P<place>[^\W\d_][^\n,|:;.]{1,40}?)\s*[*_]*,?\s*[*_]*$")
_COLUMNS, _CODE = re.compile(r"\s{3,}|\t|\|"), re.compile(r"[-/]\s*\S*[A-ZĐ]{2,}\S*\s")
_HOUR = re.compile(r"\s*(?:hoi|luc)\s+\d{1,2}\s*(?:gio|h)\s*(?:\d{1,2}\s*(?:phut)?)?\s*,?\s*$")  # a telegram's
_PLACE_REACH, _HOUR_REACH = 120, 80  # more than a place or an hour takes, with the blanks and markup behind it
_TORN = re.compile(r"\n\|?[ ]*(?P<word>[A-ZĐ][^\W\d_]{1,6})\n$")


_HEAD = 6000
_NEAR = (300, 1200)  # most numbers stand in the first lines, most heads are no longer
_MARKS = " \n\t\r*_#|-=."
_BLANK_BEFORE = re.compile(r"s[o06e]'?\s*:[\s*_.…]*$")
_LETTER_NUMBER = re.compile(
    r"^[ \t*_#|]*s[o06e]'?\s*[:.][\s*_]*(?P<number>(?P<head>\d{1,5})[ ]?/[ ]?(?P<code>[a-z]{2,8}))(?![\w&/.-])",
    re.MULTILINE,
)
_HEADLINES = re.compile(rf"^[ \t*_#|-]*(?:{_TYPES})\s+so\s*[:.]?\s*\d", re.MULTILINE)
_HEADLINE = re.compile(rf"[ \t*_#|]*(?:{_TYPES})\s+(?:so\s*[:.]?\s*)?$")


def find_header(text: Text, signature: Signature | None) -> Header:
    """The header, with the issuer as far as header, signature and launching sentence settle it.

    >>> head = "Số: 26/KH-UBND\\n\\nNinh Phước, ngày 03 tháng 02 năm 2021\\n\\nKẾ HOẠCH\\nPhát động thi đua\\n\\n"
    >>> header = find_header(Text.of(head), None)
    >>> header.type, header.number, header.date, header.place, header.title
    ('ke-hoach', '26/KH-UBND', '2021-02-03', 'Ninh Phước', 'Phát động thi đua')
    """
    text = _unbroken(text)
    number = _whole(text, _own_number(text))
    date = _own_date(text, number)
    place = _place_before(text, date) if date else None
    kind, kind_end = find_type(text, number, date)
    title, body_start, whose = find_title(text, kind, kind_end, number, date)
    date = date or _passed(text, kind, number)
    day = date.date if date else None
    year = date.year if date else None
    header_end = (number.start if number else kind_end) if (number or kind) else 0
    not_before, not_after = (None, None) if day else _bounds(text, date, body_start)
    if not day and (not_before or "") < TWO_LEVELS and is_of_two_levels(text, header_end):
        not_before = TWO_LEVELS
    acting = acting_bodies(text, body_start)
    on = day or not_before or (f"{year}-01-01" if year else None)
    issuer, label = find_issuer(
        text,
        header_end=header_end,
        suffix=number.suffix if number else None,
        place=place,
        on=on,
        signature=signature,
        whose=whose,
        body_start=body_start,
        acting=acting,
    )
    if issuer is None and label is None and number is None:
        issuer, label = issuer_of_the_whole(text, body_start)
    if issuer and day and issuer.unit and issuer.unit.valid_from > max(day, FIRST_DAY):
        issuer = None  # "PHƯỜNG THỦ ĐỨC" of 2022 is not the ward of that name that came to be in 2025
    launch = find_launch(text, acting, issuer, day or not_before)
    printed = _printed(text, number) if number else None
    return Header(
        type=kind,
        number=number.number if number else None,
        number_as_printed=printed,
        suffix=number.suffix if number else None,
        date=day,
        year=year,
        not_before=not_before,
        not_after=not_after,
        place=_named_place(text, place, issuer),
        issuer=issuer,
        issuer_label=label,
        launched_by=launch.launched_by,
        drafted_by=launch.drafted_by,
        title=_said(text, title, date, place) if title else None,
        title_span=title,
        body_start=body_start,
        doubts=_doubts(text, number, date),
        unit=issuer.unit if issuer else head_unit(text, header_end, place, on),
    )


def _said(text: Text, title: tuple[int, int], date: FoundDate | None, place: str | None) -> str:
    """The words of a title, without the place and date that a scanner put between its lines."""
    words = text.raw[title[0] : title[1]]
    if date and place and title[0] < date.start < title[1]:
        begin = text.raw.rfind(place.split()[0], title[0], date.start)
        if begin > title[0] and date.start - begin < len(place) + 12:
            words = f"{text.raw[title[0] : begin]} {text.raw[date.end : title[1]]}"
    return " ".join(re.sub(r"[*_#]+", " ", words).split())


_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)


def _unbroken(text: Text) -> Text:
    """The text with the line breaks that a table's cells carry in Markdown as lines, every character in its place."""
    if "<br" not in text.raw[:_HEAD]:
        return text
    return Text(_BREAK.sub(lambda found: "\n".ljust(len(found[0])), text.raw))


def _own_number(text: Text) -> FoundNumber | None:
    """The first number that a line begins with after *Số*, above the text."""
    stop = grounds_at(text)
    for near in _NEAR:
        if near < stop and (number := _numbered(text, near, cut=True)):
            return number
    return _numbered(text, stop, cut=False) or _unread_number(text, stop)


def _numbered(text: Text, stop: int, *, cut: bool) -> FoundNumber | None:
    for number in find_numbers(text, 0, stop):
        if cut and number.end > stop - 20:
            return None  # cut in two, perhaps
        if number.printed.startswith("/") or number.number is None:
            before = text.folded[max(0, number.start - 60) : number.start]
            if _BLANK_BEFORE.search(before) or _OWN_NUMBER.search(before):
                return number
        elif number.start < 12 or _OWN_NUMBER.search(text.folded, max(0, number.start - 60), number.start):
            return joined(text, number)
        elif is_behind_body(text, number.start):
            return number
    return None


def _unread_number(text: Text, stop: int) -> FoundNumber | None:
    unread = _UNREAD_NUMBER.search(text.folded, 0, stop) or _BLANK_OF_PARTY.search(text.folded, 0, stop)
    if unread and (blank := read_blank(text, unread.end())):
        return blank
    found = _plain_number(text, stop) or _headline_number(text, stop)
    return found or torn_number(text, stop, find_type(text, None, None)[0])


_FURTHER = re.compile(r"[ ]?/[ ]?(?P<code>[A-ZĐ&]{2,8})(?![\w/&-])")


def _whole(text: Text, number: FoundNumber | None) -> FoundNumber | None:
    """The number with a last code after a second stroke: "63/2008/HYH-HD/TĐKT"."""
    further = _FURTHER.match(text.raw, number.end) if number and number.number else None
    if number is None or further is None:
        return number
    code = further["code"]
    return replace(
        number,
        end=further.end(),
        printed=text.raw[number.start : further.end()],
        number=f"{number.number}/{code}",
    )


def _plain_number(text: Text, stop: int) -> FoundNumber | None:
    """A letter's number that has the issuer's code alone: "Số: 215/UBND"."""
    found = _LETTER_NUMBER.search(text.folded, 0, stop)
    if found is None:
        return None
    start, end = found.span("number")
    printed = text.raw[start:end]
    code = issuer_codes().get(text.folded[found.start("code") : end]) or text.raw[found.start("code") : end]
    if not code.isupper():
        return None
    number = f"{found['head']}/{code}"
    return FoundNumber(start, end, printed, number, code, None, (), code, "letter", repaired=False, confidence=1.0)


def _headline_number(text: Text, stop: int) -> FoundNumber | None:
    """The number that follows the type in the first lines: "QUYẾT ĐỊNH SỐ 15/2020/QĐ-UBND", where no head stands."""
    if len(_HEADLINES.findall(text.folded, 0, min(stop, 1500))) > 1:
        return None  # a page of links
    for number in find_numbers(text, 0, min(stop, 300)):
        line = text.raw.rfind("\n", 0, number.start) + 1
        if number.number and _HEADLINE.match(text.folded, line, number.start) and not text.raw[:line].strip(_MARKS):
            return number
    return None


def _printed(text: Text, number: FoundNumber) -> str:
    """The number as it stands there, with the markup that a bold head carries: "**26** /KH-UBND"."""
    start = number.start
    while start and text.raw[start - 1] in "*_":
        start -= 1
    return " ".join(text.raw[start : number.end].split())


def _own_date(text: Text, number: FoundNumber | None) -> FoundDate | None:
    """The date of the date line: the one nearest to the number, with *ngày* and a place before it."""
    if number is None:
        return _date_near(text, None, 0, min(2500, grounds_at(text)))
    stop = max(number.end, min(number.end + 700, grounds_at(text)))
    near = _date_near(text, number, max(0, number.start - 300), min(number.end + 300, stop), placed_only=True)
    return near or _date_near(text, number, max(0, number.start - 700), stop)


def _date_near(
    text: Text, number: FoundNumber | None, start: int, stop: int, *, placed_only: bool = False
) -> FoundDate | None:
    dates = [d for d in find_dates(text, start, stop) if text.folded.startswith(("ng", "nq"), d.start)]
    placed = [d for d in dates if _place_before(text, d)]
    if not placed and placed_only:
        return None
    if not placed and number:
        placed = [d for d in dates if not text.raw[number.end : d.start].strip() and d.start >= number.end]
    if not placed:
        before = [(d, text.folded[max(0, d.start - 40) : d.start].strip(" \n*_")) for d in dates]
        placed = [d for d, words in before if not words[-1:].isalnum() and not _CITED.search(words)]
    near = number.start if number else 0
    return min(placed, key=lambda d: abs(d.start - near)) if placed else None


_CITED = re.compile(r"\d\s*[-/]\s*[a-z][a-z&-]*(?:[/-][a-z&-]+)*\s*,$")  # "Quy định số 30-QĐ/TW, ngày 26/7/2016"
_PASSED = re.compile(r"\bnay\s+(?:da\s+)?duoc\b[^.;]{0,140}?\bthong\s+qua\s+(?=ngay\s+\d)")
_PASSES = frozenset({"hien-phap", "luat", "bo-luat", "phap-lenh", "nghi-quyet"})


def _passed(text: Text, kind: str | None, number: FoundNumber | None) -> FoundDate | None:
    """The day a law was passed, told at its end: "Luật này được Quốc hội … thông qua ngày 15 tháng 6 năm 2022"."""
    if kind not in _PASSES or number is None:
        return None
    start = max(number.end, len(text.raw) - 4000)
    ends = list(_PASSED.finditer(text.folded, start))
    dates = find_dates(text, ends[-1].end(), min(len(text.raw), ends[-1].end() + 50)) if ends else []
    return dates[0] if dates and dates[0].start == ends[-1].end() else None


_PLACE_ABOVE = re.compile(r"\n[ |*_]*(?P<word>(?:[^\W\d_.]+[ ]){0,4}[^\W\d_]+,[ ]?)\n$")  # "Bắc Giang,\nngày 14"


def _place_before(text: Text, date: FoundDate) -> str | None:
    line = text.raw.rfind("\n", 0, date.start) + 1
    above = _TORN.search(text.raw, max(0, line - 20), line)  # "Tam\nKỳ, ngày 19 tháng 6", in a narrow cell
    above = above or _PLACE_ABOVE.search(text.raw, max(0, line - 40), line)
    line = above.start("word") if above else line
    before = text.raw[line : date.start].replace("\n", " ")
    if "," not in before:
        return None
    if hour := _HOUR.search(text.folded, max(line, date.start - _HOUR_REACH), date.start):
        before = before[: hour.start() - line]
    column = _COLUMNS.split(before)[-1]
    match = _PLACE.search(column, max(0, len(column) - _PLACE_REACH)) if before.strip() else None
    if not match or "," not in before[match.start() :]:
        return None
    words = _CODE.split(match["place"])[-1].strip(" *_|").split()
    if len(words) > 1 and words[0].isupper() and fold(words[0]) in issuer_codes():
        words = words[1:]  # "UBND Tân Lợi, ngày …": the end of the number beside it
    if words and not words[-1].isupper():  # "CHỦ TỊCH HỒ CHÍ MINH Hà Nội, ngày …": the end of the body's name before it
        capitals = [i for i, word in enumerate(words) if word.isupper() and word.isalpha() and len(word) > 2]
        words = words[capitals[-1] + 1 :] if len(capitals) > 1 else words
    run = 0  # "54 /IKH-UBND Thdc Mo, ngay …": the place is the run of capitalised words at the end
    while run < min(5, len(words)) and words[-1 - run][:1].isupper() and "/" not in words[-1 - run]:
        run += 1
    return " ".join(words[len(words) - run :]) or None


def _named_place(text: Text, place: str | None, issuer: Agency | None) -> str | None:
    """The place as printed; in garbled text the issuer's unit if it reads alike ("Thdc Mo" is Thác Mơ)."""
    units = [issuer.unit] if issuer and issuer.unit else []
    if place and text.garbled:
        return next((unit.name for unit in units if fuzz.ratio(fold(place), fold(unit.name)) >= 70), place)
    return place


_PARAGRAPH_END = re.compile(r"[;:,.](?=[ \t]*\n)|\n[ \t]*\n")


def _bounds(text: Text, date: FoundDate | None, body_start: int) -> tuple[str | None, str | None]:
    """The days between which a blank date must lie: its month or year, and what the preamble rests on."""
    year, month = (date.year, date.month) if date else (None, None)
    last = f"{year or 9999}-12-31"
    first = f"{year}-01-01"
    if year and month and 1 <= month <= 12:
        first, last = f"{year}-{month:02}-01", f"{year}-{month:02}-{monthrange(year, month)[1]}"
    preamble = find_preamble(text, body_start)
    cited = [first] if year else []
    numbers = find_numbers(text, preamble.start, min(preamble.end, preamble.start + 20_000))
    for i, number in enumerate(numbers):
        stop = numbers[i + 1].start if i + 1 < len(numbers) else preamble.end
        found = find_dates(text, number.end, min(stop, number.end + 120))
        if found and found[0].date and found[0].date <= last:
            cited.append(found[0].date)
    return max(cited, default=None), last if year else None


def _doubts(text: Text, number: FoundNumber | None, date: FoundDate | None) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    if number is None:
        doubts.append(Doubt(code="no-number", message="Không tìm thấy số, ký hiệu của văn bản"))
    elif number.number is None:
        doubts.append(_at("blank-number", "Số của văn bản để trống", number.start, number.end))
    elif number.repaired:
        doubts.append(
            _at("repaired-number", f"Số in là “{number.printed}”, đọc là {number.number}", number.start, number.end)
        )
    if date is None:
        doubts.append(Doubt(code="no-date", message="Không tìm thấy ngày ban hành của văn bản"))
    elif date.impossible:
        doubts.append(_at("impossible-date", f"Không có ngày {text.raw[date.start : date.end]}", date.start, date.end))
    elif date.date is None:
        doubts.append(_at("blank-date", "Ngày ban hành để trống", date.start, date.end))
    elif is_sunday(date.date):
        doubts.append(_at("sunday-date", "Ngày ban hành rơi vào Chủ nhật", date.start, date.end))
    if text.garbled:
        doubts.append(
            Doubt(
                code="garbled-text",
                message="Văn bản quét bị nhận dạng sai chữ Việt: nên nhận dạng lại bằng mô hình tiếng Việt",
            )
        )
    return tuple(doubts)


def _at(code: str, message: str, start: int, end: int) -> Doubt:
    return Doubt(code=code, message=message, start=start, end=end)
