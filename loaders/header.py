"""The head of a document: type, number, date, place, issuer and title, and what is blank or doubtful about them."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from loaders.authorities.agencies import Agency, find_bodies
from loaders.authorities.units import FIRST_DAY
from loaders.citations.document_types import CONG_VAN, labels
from loaders.citations.mentions import HEADS, read_after
from loaders.citations.numbers import FoundNumber, find_numbers, read_blank
from loaders.citations.relations import find_preamble, opening
from loaders.dates import FoundDate, find_dates, is_sunday
from loaders.findings import Doubt
from loaders.issuer import MOTTO, find_issuer, find_launch, issuing_line
from loaders.signature import Signature
from loaders.text import Text, fold

__all__ = ["Header", "find_header"]


@dataclass(frozen=True)
class Header:
    """What the document says of itself before its text begins (`body_start`); what it leaves blank is None.

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


_HEAD_REACH = 6000
# "Số: 26/KH-UBND", "S6: 54 /IKH-UBND", "Sé: 40 /KH-UBND", the Party's "Số 05-NQ/TU"
_OWN_NUMBER = re.compile(
    r"(?:^|\n|\||\s{3,})[ \t*_#|]*(?:s[o06e]'?\s*[:.]?|(?:bo luat|luat|phap lenh|nghi quyet|lenh)\s+so\s*:)[\s*_.…]*$"
)
_UNREAD_NUMBER = re.compile(
    r"^[ \t*_#|]*s[o06e]'?\s*[:.]\s*[^\n/]{1,8}(?=/[ ]?[a-z])", re.MULTILINE
)  # "Số: A3 /KH-UBND"
_PLACE = re.compile(r"(?P<place>[^\W\d_][^\n,|:;.]{1,40}?)\s*[*_]*,?\s*[*_]*$")
_TORN = re.compile(r"\n\|?[ ]*(?P<word>[A-ZĐ][^\W\d_]{1,6})\n$")
_LINE = re.compile(r"[^\n]+")
_SUBJECT = re.compile(r"^[ \t|*_]*v\s?/\s?v\s*:?\s*", re.MULTILINE)
_TO = re.compile(r"^[ \t#*_>|+.-]*k[ii]nh\s+g[a-z]{1,2}i\b", re.MULTILINE)
_RULE = re.compile(r"^[\W_]*$")
_HEADING = re.compile(r"^[\W_]*(?:[ivx]{1,4}|\d{1,2}|dieu \d+|phan|chuong)\s*[.):]")


def find_header(text: Text, signature: Signature | None) -> Header:
    """The header, with the issuer as far as header, signature and launching sentence settle it.

    >>> head = "Số: 26/KH-UBND\\n\\nNinh Phước, ngày 03 tháng 02 năm 2021\\n\\nKẾ HOẠCH\\nPhát động thi đua\\n\\n"
    >>> header = find_header(Text.of(head), None)
    >>> header.type, header.number, header.date, header.place, header.title
    ('ke-hoach', '26/KH-UBND', '2021-02-03', 'Ninh Phước', 'Phát động thi đua')
    """
    number = _own_number(text)
    date = _own_date(text, number)
    place = _place_before(text, date) if date else None
    kind, kind_end = _own_type(text, number, date)
    title, body_start = _title(text, kind, kind_end, number, date)
    day = date.date if date else None
    year = date.year if date else None
    not_before, not_after = (None, None) if day else _bounds(text, year, body_start)
    issuer, label = find_issuer(
        text,
        header_end=(number.start if number else kind_end) if (number or kind) else 0,
        suffix=number.suffix if number else None,
        place=place,
        on=day or not_before or (f"{year}-01-01" if year else None),
        signature=signature,
        type_end=kind_end,
        body_start=body_start,
    )
    if issuer and day and issuer.unit and issuer.unit.valid_from > max(day, FIRST_DAY):
        issuer = None  # "PHƯỜNG THỦ ĐỨC" of 2022 is not the ward of that name that came to be in 2025
    launch = find_launch(text, body_start, issuer, day or not_before)
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
        title=" ".join(re.sub(r"[*_#]+", " ", text.raw[title[0] : title[1]]).split()) if title else None,
        title_span=title,
        body_start=body_start,
        doubts=_doubts(text, number, date),
    )


def _own_number(text: Text) -> FoundNumber | None:
    """The first number that a line begins with after *Số*, above the text."""
    for number in find_numbers(text, 0, _grounds_at(text)):
        if number.printed.startswith("/") or number.number is None:
            before = text.folded[max(0, number.start - 60) : number.start]
            if re.search(r"s[o06e]'?\s*:[\s*_.…]*$", before) or _OWN_NUMBER.search(before):
                return number
        elif _OWN_NUMBER.search(text.folded, max(0, number.start - 60), number.start) or number.start < 12:
            return number
    unread = _UNREAD_NUMBER.search(text.folded, 0, _grounds_at(text))
    return read_blank(text, unread.end()) if unread else None


def _grounds_at(text: Text) -> int:
    """Where the first line of grounds begins: a number after it is a citation, though its line begins with "số"."""
    stop = min(len(text.raw), _HEAD_REACH)
    for match in _LINE.finditer(text.raw, 0, stop):
        if match[0][:1].isalpha() and opening(text, match.start()) == "căn cứ":
            return match.start()
    return stop


def _printed(text: Text, number: FoundNumber) -> str:
    """The number as it stands there, with the markup that a bold head carries: "**26** /KH-UBND"."""
    start = number.start
    while start and text.raw[start - 1] in "*_":
        start -= 1
    return " ".join(text.raw[start : number.end].split())


def _own_date(text: Text, number: FoundNumber | None) -> FoundDate | None:
    """The date of the date line: the one nearest to the number, with *ngày* and a place before it."""
    reach = (max(0, number.start - 700), number.end + 700) if number else (0, 2500)
    dates = [d for d in find_dates(text, *_clipped(text, reach)) if text.folded.startswith(("ng", "nq"), d.start)]
    placed = [d for d in dates if _place_before(text, d)]
    if not placed:
        placed = [d for d in dates if not text.folded[max(0, d.start - 40) : d.start].strip(" \n*_")[-1:].isalnum()]
    near = number.start if number else 0
    return min(placed, key=lambda d: abs(d.start - near)) if placed else None


def _clipped(text: Text, reach: tuple[int, int]) -> tuple[int, int]:
    return reach[0], min(len(text.raw), reach[1])


def _place_before(text: Text, date: FoundDate) -> str | None:
    line = text.raw.rfind("\n", 0, date.start) + 1
    above = _TORN.search(text.raw, max(0, line - 20), line)  # "Tam\nKỳ, ngày 19 tháng 6", in a narrow cell
    line = above.start("word") if above else line
    before = text.raw[line : date.start].replace("\n", " ")
    match = _PLACE.search(re.split(r"\s{3,}|\t|\|", before)[-1] if before.strip() else "")
    if not match or "," not in before[match.start() :]:
        return None
    words = re.split(r"[-/]\s*\S*[A-ZĐ]{2,}\S*\s", match["place"])[-1].strip(" *_|").split()
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


def _own_type(text: Text, number: FoundNumber | None, date: FoundDate | None) -> tuple[str | None, int]:
    """The type and where its word ends; a công văn has none, and then the end is that of number and date."""
    after = max(number.end if number else 0, date.end if date else 0)
    stop = min(len(text.raw), after + 900)
    stop = max(after, min(stop, _grounds_at(text)))  # below the grounds "QUYẾT ĐỊNH:" only announces the articles
    line = (_type_line(text, number.end, stop, number) if number else None) or _type_line(text, 0, stop, number)
    if line:
        return line
    if number is None:
        return None, after
    if number.types:
        return ("thong-tri" if number.shape == "party" and "thong-tri" in number.types else number.types[0]), after
    return CONG_VAN, after


def _type_line(text: Text, start: int, stop: int, number: FoundNumber | None) -> tuple[str, int] | None:
    """A line that is, or begins in capitals with, the name of a type; one the number's code expects before others."""
    fallback: tuple[str, int] | None = None
    expected = number.types if number else ()
    for match in _LINE.finditer(text.raw, start, stop):
        raw = match[0].strip(" \t*_#|\r")
        begin = match.start() + match[0].find(raw) if raw else match.start()
        folded = text.folded[begin : begin + len(raw)]
        if _TO.match(folded) or (len(raw) < 4):
            continue
        label = next((name for name in _labels_by_length() if folded.startswith(name)), None)
        if label is None or not raw[: len(label)].isupper() or folded[len(label) : len(label) + 1].isalnum():
            if fallback is None:
                near = _damaged_type(folded, raw, expected)
                fallback = (near, match.end()) if near else None
            continue
        slug = labels()[label]
        if not slug or (number and begin < number.start and not expected):
            continue
        general = next((kind for kind in expected if slug.startswith(f"{kind}-")), None)
        if expected and slug not in expected and general is None and begin < (number.start if number else 0):
            continue
        return general or slug, begin + len(label)
    return fallback


def _labels_by_length() -> list[str]:
    return sorted((name for name, slug in labels().items() if slug), key=len, reverse=True)


def _damaged_type(folded: str, raw: str, expected: tuple[str, ...]) -> str | None:
    if not raw.isupper() or len(raw) > 30:
        return None
    return next((slug for name, slug in labels().items() if slug in expected and fuzz.ratio(folded, name) >= 75), None)


def _title(
    text: Text, kind: str | None, kind_end: int, number: FoundNumber | None, date: FoundDate | None
) -> tuple[tuple[int, int] | None, int]:
    """The title's place and where the body begins."""
    if kind == CONG_VAN or kind is None or (number and not number.types):
        letter = _letter_title(text, number, date)
        if letter:
            return letter
    whose = issuing_line(text, kind_end)  # "CHỈ THỊ / CỦA BỘ CHÍNH TRỊ" is no part of the title
    return _plain_title(text, whose.end if whose else kind_end)


def _letter_title(text: Text, number: FoundNumber | None, date: FoundDate | None) -> tuple[tuple[int, int], int] | None:
    """A công văn's "V/v …" beside or under its number, down to "Kính gửi"."""
    top = number.end if number else 0
    subject = _SUBJECT.search(text.folded, top, min(len(text.raw), top + 900))
    if not subject:
        return None
    to = _TO.search(text.folded, subject.end())
    limit = to.start() if to else min(len(text.raw), subject.end() + 400)
    end = subject.end()
    for match in _LINE.finditer(text.raw, subject.end(), limit):
        if end != subject.end() and text.raw[end : match.start()].count("\n") > 1:
            break
        words = re.split(r"\s{3,}|\t|\|", match[0])[0]
        if date and match.start() <= date.start < match.end() and not words.strip():
            continue
        if MOTTO.search(fold(words)):  # the page's right column, printed below its left one
            break
        end = match.start() + len(words.rstrip())
    line_end = text.raw.find("\n", to.start()) if to else end
    body = max(end, date.end if date and date.start < limit else end, line_end if line_end > 0 else end)
    return (subject.start(), end), body


def _plain_title(text: Text, position: int) -> tuple[tuple[int, int] | None, int]:
    """The lines after the type word, down to the first words of the text proper."""
    start = end = None
    begin = position
    for match in _LINE.finditer(text.raw, position, min(len(text.raw), position + 1500)):
        raw = match[0].strip(" \t*_#|\r")
        if not raw or _RULE.match(fold(raw)):
            if start is not None and raw:
                break
            continue
        place = match.start() + match[0].find(raw)
        blank_before = start is not None and "\n\n" in re.sub(r"[ \t\r]", "", text.raw[end : match.start() + 1])
        if _begins_body(text, place, raw, start is None, blank_before, text.raw[begin:end] if end else ""):
            break
        if start is None:
            start = begin = place
        end = place + len(raw)
    if start is None or end is None:
        return None, position
    return (start, end), end


def _begins_body(text: Text, place: int, raw: str, first: bool, blank_before: bool, title: str) -> bool:
    if opening(text, place) in ("căn cứ", "xét đề nghị") or _TO.match(fold(raw)) or _HEADING.match(fold(raw)):
        return True
    if first:
        return len(raw) > 400
    if opening(text, place) == "thực hiện" and (
        blank_before or (raw[0].isupper() and not raw.isupper() and _is_over(text, place, title))
    ):
        return True
    if raw.isupper() and (not title.isupper() or _is_issuer_line(raw)):
        return True  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" under the title of a decision
    if blank_before:
        return not (raw[0].islower() and len(raw) < 160) or title.rstrip().endswith(".")
    return len(raw) > 260


_PARAGRAPH_END = re.compile(r"[;:,.](?=[ \t]*\n)|\n[ \t]*\n")


def _is_over(text: Text, place: int, title: str) -> bool:
    """Whether a title is done where *Thực hiện* comes: it stands in capitals, or a whole sentence begins there."""
    if title.isupper() or title.rstrip().endswith((".", ":")):
        return True
    end = _PARAGRAPH_END.search(text.raw, place, place + 1500)
    return end is not None and (end[0] in (";", ":", ",") or end.start() - place > 300)


def _is_issuer_line(raw: str) -> bool:
    text = Text.of(raw)
    head = HEADS.match(text.folded)
    for start in (0, head.end()) if head else (0,):
        bodies = find_bodies(text, start)
        if bodies and bodies[0].start == start and bodies[0].end >= len(raw) - 2:
            return True
    return False


def _bounds(text: Text, year: int | None, body_start: int) -> tuple[str | None, str | None]:
    """The days between which a blank date must lie: its year, and the latest document the preamble rests on."""
    last = f"{year or 9999}-12-31"
    preamble = find_preamble(text, body_start)
    cited = [f"{year}-01-01"] if year else []
    numbers = find_numbers(text, preamble.start, preamble.end)
    for i, number in enumerate(numbers):
        stop = numbers[i + 1].start if i + 1 < len(numbers) else preamble.end
        found = read_after(text, number.end, stop).date
        if found and found.date and found.date <= last:
            cited.append(found.date)
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
