"""What a document calls itself: its type, its title, and where its text begins."""

import re
from functools import cache
from itertools import chain

from rapidfuzz import fuzz

from loaders.authorities.bodies import find_bodies
from loaders.citations.document_types import CONG_VAN, labels
from loaders.citations.mentions import HEADS
from loaders.citations.numbers import FoundNumber
from loaders.citations.relations import opening
from loaders.dates import FoundDate
from loaders.heads import MOTTO
from loaders.issuer import Spoken, issuing_line, spoken_line
from loaders.text import Text, fold, once

__all__ = ["find_title", "find_type", "grounds_at"]

_HEAD_REACH = 6000
_LINE = re.compile(r"[^\n]+")
_MARKUP = re.compile(r"[ \t*_–>-]*+")
_LINE_BEGINS = re.compile(rf"\n{_MARKUP.pattern}(?=[CcTt]|[^\x00-\x7f])")  # what may be folded to a c or t
_SUBJECT = re.compile(r"^[ \t|*_]*v\s?/\s?v\s*:?\s*", re.MULTILINE)
_SUBJECT_IN_WORDS = re.compile(r"^[ \t|*_]*(?=ve viec\b)", re.MULTILINE)
_TO = re.compile(r"^[ \t#*_>|+.-]*k[ii]nh\s+g[a-z]{1,2}i\b", re.MULTILINE)
_WITH = re.compile(r"\(\s*(?:duoc\s+)?(?:ban\s+hanh\s+)?kem\s+theo\b")  # "(Ban hành kèm theo Quyết định số …)"
_RULE = re.compile(r"^[\W_]*$")
_HEADING = re.compile(r"^[\W_]*(?:[ivx]{1,4}|\d{1,2}|dieu \d+|phan|chuong)\s*[.):]")
# "(DỰ THẢO)", "Dự thảo lần 2", "HỎA TỐC": stamps beside a title
_STAMP = re.compile(
    r"\W*(?:ban\s+)?(?:du thao(?:\s+(?:lan\s+)?(?:thu\s+)?\w{1,5})?|hoa toc(?:\s+hen gio)?|(?:thuong\s+)?khan)\W*$"
)
_DAMAGED_DATE = re.compile(r"[^,\n]{2,30},\s*n[gq][a-z&]y\s.{0,12}\bt[a-z]{0,2}h?[a-z]n[gq]\b.{0,20}$", re.MULTILINE)
# who makes it with whom, behind the type: "HƯỚNG DẪN LIÊN NGÀNH", "KẾ HOẠCH PHỐI HỢP"
_TOGETHER = re.compile(r"\s+(?:lien\s+(?:nganh|tich|so|phong|co quan)|phoi\s+hop)[ *_|\r]*$")
_COLUMNS = re.compile(r"\s{3,}|\t|\|")


@once
def grounds_at(text: Text) -> int:
    """Where the first line of grounds begins: a number after it is a citation, though its line begins with "số"."""
    stop = min(len(text.raw), _HEAD_REACH)
    begins = ("c", "tr") if text.garbled else ("ca", "tren")
    for found in chain([_MARKUP.match(text.raw)], _LINE_BEGINS.finditer(text.raw, 0, stop)):
        start = found.end() if found else 0
        if text.folded.startswith(begins, start) and opening(text, start) == "căn cứ":
            return text.raw.rfind("\n", 0, start) + 1
    return stop


def find_type(text: Text, number: FoundNumber | None, date: FoundDate | None) -> tuple[str | None, int]:
    """The type and where its word ends; a công văn has none, and then the end is that of number and date."""
    after = max(number.end if number else 0, date.end if date else 0)
    stop = min(len(text.raw), after + 900)
    stop = max(after, min(stop, grounds_at(text)))  # below the grounds "QUYẾT ĐỊNH:" only announces the articles
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
        if len(raw) < 4 or raw[1].islower() or _TO.match(folded) or _names_the_number(folded, begin, number):
            continue
        label = _label_at(folded)
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
        end = begin + len(label)
        together = _TOGETHER.match(text.folded, end, match.end()) if raw.isupper() else None
        return general or slug, together.end() if together else end
    return fallback


def _names_the_number(folded: str, begin: int, number: FoundNumber | None) -> bool:
    """Whether a line is the number's own, with its type before it: "QUYẾT ĐỊNH SỐ 15/2020/QĐ-UBND"."""
    return bool(number and begin < number.start <= begin + len(folded) and re.search(r"\bs[o0]\b", folded))


@cache
def _any_label() -> re.Pattern[str]:
    return re.compile(
        "|".join(map(re.escape, sorted((n for n, slug in labels().items() if slug), key=len, reverse=True)))
    )


def _label_at(folded: str) -> str | None:
    found = _any_label().match(folded)
    return found[0] if found else None


def _damaged_type(folded: str, raw: str, expected: tuple[str, ...]) -> str | None:
    if not expected or not raw.isupper() or len(raw) > 30:
        return None
    return next((slug for name, slug in labels().items() if slug in expected and fuzz.ratio(folded, name) >= 75), None)


def find_title(
    text: Text, kind: str | None, kind_end: int, number: FoundNumber | None, date: FoundDate | None
) -> tuple[tuple[int, int] | None, int, Spoken | None]:
    """The title's place, where the body begins, and the line between type and title that says whose it is."""
    if kind == CONG_VAN or kind is None or (number and not number.types):
        letter = _letter_title(text, number, date)
        if letter:
            return *letter, None
    whose = issuing_line(text, kind_end) or _issuer_above(text, kind_end, number)
    title, body = _plain_title(text, whose.end if whose else kind_end)
    return title, body, whose


def _issuer_above(text: Text, kind_end: int, number: FoundNumber | None) -> Spoken | None:
    """The issuer's line between "QUYẾT ĐỊNH SỐ 15/2020/QĐ-UBND" and its title, where no head stood above."""
    if number is None or kind_end < number.end or text.raw[: number.start].count("\n") > 3:
        return None
    below = text.raw.find("\n", kind_end)
    line = _LINE.search(text.raw, below) if below >= 0 else None
    if line is None or not line[0].strip(" *_#|").isupper():
        return None
    return spoken_line(text, line.start() + len(line[0]) - len(line[0].lstrip(" *_#|\t")))


def _letter_title(text: Text, number: FoundNumber | None, date: FoundDate | None) -> tuple[tuple[int, int], int] | None:
    """A công văn's "V/v …" beside or under its number, down to "Kính gửi"."""
    top = number.end if number else 0
    reach = min(len(text.raw), top + 900)
    subject = _SUBJECT.search(text.folded, top, reach) or (
        _SUBJECT_IN_WORDS.search(text.folded, top, reach) if number else None
    )
    if not subject:
        return _under_number(text, number, date) if number and number.shape == "party" else None
    to = _TO.search(text.folded, subject.end(), min(len(text.raw), subject.end() + 1500))
    limit = to.start() if to else min(len(text.raw), subject.end() + 400)
    end = subject.end()
    for match in _LINE.finditer(text.raw, subject.end(), limit):
        if end != subject.end() and text.raw[end : match.start()].count("\n") > 1:
            break
        words = _COLUMNS.split(match[0])[0]
        if not words.strip(" *_"):  # a line of the right column alone
            continue
        if MOTTO.search(fold(words)):  # the page's right column, printed below its left one
            break
        if end != subject.end() and (_STAMP.match(fold(words)) or _is_date_line(match, date)):
            break
        end = match.start() + len(words.rstrip(" *_"))
    line_end = text.raw.find("\n", to.start()) if to else end
    body = max(end, date.end if date and date.start < limit else end, line_end if line_end > 0 else end)
    return (subject.start(), end), body


def _under_number(text: Text, number: FoundNumber, date: FoundDate | None) -> tuple[tuple[int, int], int] | None:
    """The subject of a Party letter, which stands under its number without "V/v": "Rà soát quy hoạch cán bộ"."""
    to = _TO.search(text.folded, number.end, min(len(text.raw), number.end + 900))
    if to is None:
        return None
    start = end = 0
    for line in _LINE.finditer(text.raw, text.raw.find("\n", number.end), to.start()):
        words = _COLUMNS.split(line[0].lstrip(" *_|"))[0].rstrip(" *_|\r")
        begin = line.start() + line[0].find(words)
        if not words or _RULE.match(words) or MOTTO.search(fold(words)) or _is_date_line(line, date):
            if end and words:
                break
            continue
        if words.isupper() or _STAMP.match(fold(words)) or (end and "\n\n" in text.raw[end:begin]):
            break
        start, end = start or begin, begin + len(words)
    below = text.raw.find("\n", to.start())
    return ((start, end), below if below >= 0 else len(text.raw)) if end else None


def _is_date_line(line: re.Match[str], date: FoundDate | None) -> bool:
    """Whether a line is that of place and date: "Hà Nội, ngày 16 tháng 10 năm 2025" below a subject."""
    return bool(date and line.start() <= date.start < line.end() and date.start - line.start() < 40)


def _plain_title(text: Text, position: int) -> tuple[tuple[int, int] | None, int]:
    """The lines after the type word, down to the first words of the text proper."""
    start = end = None
    begin = position
    for match in _LINE.finditer(text.raw, position, min(len(text.raw), position + 1500)):
        raw = match[0].strip(" \t*_#|\r")
        if not raw or _RULE.match(raw):
            if start is not None and raw:
                break
            continue
        place = match.start() + match[0].find(raw)
        if _STAMP.match(text.folded, place, place + len(raw)) or (
            start is None and _DAMAGED_DATE.match(text.folded, place)
        ):
            continue
        blank_before = start is not None and "\n\n" in re.sub(r"[ \t\r]", "", text.raw[end : match.start() + 1])
        if _begins_body(text, place, raw, start is None, blank_before, text.raw[begin:end] if end else ""):
            break
        if start is None:
            start = begin = place
        end = place + len(raw)
    if start is None or end is None:
        return None, position
    return (start, end), end


# what a text begins with that follows its title without a blank line: "Để bảo đảm …", "Ngày 30/9/2025, …"
_SENTENCE = re.compile(
    r"(?:de|nham|sau|trong|hien nay|qua|vua qua|thoi gian (?:qua|vua)|nhung nam|ngay \d|"
    r"nam \d{4},|hom nay|ke tu|tu ngay|theo|tiep tuc thuc hien|duoc su|tai (?:hoi nghi|cuoc hop))\b"
)


_CONSIDERED = re.compile(r"xet,?\s+(?!de\s+(?:nghi|xuat)\b|to\s+trinh\b|bao\s+cao\b|y\s+kien\b)")


def _begins_body(text: Text, place: int, raw: str, first: bool, blank_before: bool, title: str) -> bool:
    folded = text.folded[place : place + len(raw)]
    opened = opening(text, place)
    if opened == "xét đề nghị" and first and _CONSIDERED.match(folded) and raw[-1] not in ";,:":
        opened = None  # "Xét khen thưởng chuyên đề …" is what a guide is about
    if opened in ("căn cứ", "xét đề nghị") or _TO.match(folded) or _HEADING.match(folded):
        return True
    if not first and _WITH.match(folded):
        return True
    if first:
        return len(raw) > 400
    if opened == "thực hiện" and (
        blank_before or (raw[0].isupper() and not raw.isupper() and _is_over(text, place, title))
    ):
        return True
    if (
        raw[0].isupper()
        and not raw.isupper()
        and _SENTENCE.match(text.folded, place)
        and _is_sentence(text, place, title)
    ):
        return True
    if raw.isupper() and (not title.isupper() or _is_issuer_line(raw)):
        return True  # "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" under the title of a decision
    if blank_before:
        return not (raw[0].islower() and len(raw) < 160) or title.rstrip().endswith(".")
    return len(raw) > 260


_PARAGRAPH_END = re.compile(r"[;:,.](?=[ \t]*\n)|\n[ \t]*\n")


_NEW_SENTENCE = re.compile(r"\s*[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?: [^\W\d_]+){3}")


def _is_over(text: Text, place: int, title: str) -> bool:
    """Whether a title is done where *Thực hiện* comes: it stands in capitals, or a whole sentence begins there."""
    if title.isupper() or title.rstrip().endswith((".", ":")):
        return True
    end = _PARAGRAPH_END.search(text.raw, place, place + 1500)
    if end and end[0] == "." and _NEW_SENTENCE.match(text.raw, end.end()):
        return True  # "Thực hiện Kế hoạch số … của UBND tỉnh. / Ủy ban nhân dân xã ban hành …"
    return end is not None and (end[0] in (";", ":", ",") or end.start() - place > 300)


def _is_sentence(text: Text, place: int, title: str) -> bool:
    """Whether what begins there is a sentence of its own, not the next words of a title in which they stand."""
    if title.rstrip(" *_").endswith((",", "-", "“")):
        return False
    end = _PARAGRAPH_END.search(text.raw, place, place + 1500)
    return end is not None and (end[0] in (";", ":", ".") or end.start() - place > 200)


def _is_issuer_line(raw: str) -> bool:
    text = Text.of(raw)
    head = HEADS.match(text.folded)
    for start in (0, head.end()) if head else (0,):
        bodies = find_bodies(text, start)
        if bodies and bodies[0].start == start and bodies[0].end >= len(raw) - 2:
            return True
    return False
