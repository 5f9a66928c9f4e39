"""What a citation is to the document: its ground (*căn cứ*), what it carries out, what it repeals, or a mere reference.

A ground stands in the preamble only, so the reader first says where that ends; within it the paragraph's opening words
govern all its citations, save those inside the title of another ("… về thực hiện Nghị quyết số …").
"""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from loaders.citations.mentions import ACTS, HEADS, body_here
from loaders.text import Text, once

BASIS, CARRIES_OUT, PROPOSED, REFERENCE = "căn cứ", "thực hiện", "xét đề nghị", "dẫn chiếu"
ATTACHED, AMENDS, REPLACES, REPEALS = "kèm theo", "sửa đổi", "thay thế", "bãi bỏ"
_CHANGES = (AMENDS, REPLACES, REPEALS)

_HEADING = re.compile(
    r"^[ \t#*_]*(?:(?:[ivxl]{1,5}|[a-e])\s?[.)]\s*[^\n]|[ivxl]{1,5}\s?-\s*[^\n]|"
    r"(?:phan|chuong|muc)\s+(?:thu\s+)?[ivxl\d]+\b|"
    r"dieu\s+\d{1,3}\s?[.:]|1\s?[.)]\s*[^\n]|1-\s[^\n]|(?:quyet dinh|quyet nghi|chi thi|ket luan)\s*:?\s*$)",
    re.MULTILINE,
)
_GROUNDS_HEADING = re.compile(
    r"^[ \t#*_]*(?:[ivxl]{1,4}|(?P<digit>\d{1,2}(?:\.\d+)*))\s?[.)][\s*_]*(?:cac )?(?:nhung )?"
    r"(?:can cu|co so phap ly)\b(?!\s+(?:vao|ke hoach|quyet dinh|nghi|luat|thong tu|cong van|chi thi|dieu|khoan"
    r"|huong dan|chuong trinh|tinh hinh|ket qua|noi dung|chuc nang)\b)[^\n;]{0,60}$",
    re.MULTILINE,
)
_NEXT_ROMAN = re.compile(r"^[ \t#*_]*[ivxl]{1,5}\s?[.)]\s", re.MULTILINE)
_NEXT_HEADING = re.compile(r"^[ \t#*_]*(?:[ivxl]{1,5}|\d{1,2}(?:\.\d+)*)\s?[.)]\s", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t*_#]*[-+•–]\s)")


def _wrapped(pattern: str) -> re.Pattern[str]:
    """A pattern whose spaces may be the end of a line: "theo đề / nghị của"."""
    return re.compile(pattern.replace(" ", r"\s+"))


_OPENING = (
    (BASIS, _wrapped(r"(?:cac )?can cu\b|tren co so (?=cac |noi dung |luat|nghi|quyet|ke hoach|chi thi|huong dan)")),
    (
        PROPOSED,
        _wrapped(r"(?:xet|theo|tren co so)(?: y kien)?(?: de nghi| to trinh| bao cao| de xuat)|xet\b|sau khi xem xet"),
    ),
    (
        CARRIES_OUT,
        _wrapped(r"(?:tiep tuc |de |nham )?(?:trien khai |to chuc )?(?:thuc hien|trien khai|thi hanh|quan triet)\b"),
    ),
    (REFERENCE, _wrapped(r"(?:phuc dap|tra loi|tiep theo|theo)\b")),
)
LAST_WORDS = _wrapped(r"(?<!\bda\s)(?:thuc hien|trien khai)\s+(?:noi dung\s+|tot\s+|co hieu qua\s+|cac\s+)*$")
_COORDINATE = re.compile(
    r"(?:[,;]|(?:^|\s)(?:va|cung|hoac)|[-+•]|\b[a-z]\))\s*"
    r"(?:(?:va|cac|so|cung voi|dong thoi|tai|theo|thay the|bai bo|huy bo|sua doi|mot so|noi dung|quy dinh)\s+)*"
    r"[\"“*_(]*$"
)
# "… tại Tờ trình số 12/TTr-CCHC và ý kiến của Sở Tài chính tại Công văn số …", "… và Giám đốc Sở Nội vụ tại …"
_ANOTHER_SOURCE = re.compile(
    r"[\s,]*(?:va|cung)\s+(?:(?:y kien|de nghi|de xuat|cua)\s|"
    r"(?!viec|thuc hien)[^,;.:]{4,100}\s(?:tai|theo|co)\s+(?:cac\s+)?$)"
)
_CHANGE = _wrapped(
    r"(?P<replace>thay the(?:\s+cho)?)(?! (?:cum )?tu\b)|"
    r"(?P<repeal>(?:bai bo|huy bo)(?! (?:cum )?tu\b)|het hieu luc(?=[^.;]*:))|"
    r"(?P<amend>sua doi(?:,?\s*bo sung)?|dinh chinh|dieu chinh,? (?:va )?bo sung|"
    r"(?:thay the|bai bo|bo)(?= (?:cum )?tu\b))"
)
_LIST_END = re.compile(r"\n[ \t]*\n|\n\W*(?:dieu|chuong|muc)\s+[\divx]+|\.\s*\n|\bdieu \d+\.")
_IN_BRACKETS = re.compile(r"\([^()]*\b(?:thay the|sua doi|bo sung|huong dan|bai bo)\b[^()]*$")
_PASSIVE = re.compile(r"(?:duoc|bi|da)\s+$")
_BY = re.compile(r"\s+(?:boi|tai|theo|bang)\b")
_SENTENCE = re.compile(r"\.\s+(?=\n|[A-ZĐÀ-Ỵ])|\.\s*\n|\n[ \t]*\n|;")
# what a document says before it changes another itself, and not of what others are to change
_OWN_ACT = re.compile(
    r"^\W*(?:(?:dieu|khoan|muc)\s+\d+\W*|\d{1,2}(?:\.\d+)*+\s?[.)]\s*|[a-z]\)\s*|"
    r"(?:quyet dinh|nghi quyet|thong tu)\s*\n|"
    r"(?:quyet dinh|nghi quyet|thong tu)?\s*(?:ve\s+(?:viec\s+)?|v/v\s+))*\W*$|"
    r"\bnay\b|\bhieu luc\b|\bquyet nghi\b|(?<!trinh )\bhoi dong nhan dan\b|\bke tu\b|"
    r"^\W*dong thoi\b|^(?![\s\S]*\b(?:trinh|tham muu|de nghi|ra soat|kien nghi)\b)[\s\S]*\bban hanh\b"
)
# but not "đã hết hiệu lực", which only tells
_ENDS = re.compile(
    r"(?:[^.;\n]|\n(?![ \t]*\n)){0,160}?\b(?<!da\s)(?<!chua\s)"
    r"(?:het\s+hieu\s+luc|cham\s+dut\s+hieu\s+luc|(?:bi|duoc)\s+(?:bai|huy)\s+bo)\b"
)
_ENDING = re.compile(r"hieu\s+luc|(?:bai|huy)\s+bo")  # what such an end cannot do without
_ATTACHED = re.compile(r"(?:ban hanh\s+)?k[a-z]m['\s]*theo\s*(?:cac\s+)?$")


@dataclass(frozen=True)
class Preamble:
    """Where grounds are stated: between the title and the first heading, and under a heading that says *căn cứ*."""

    start: int
    end: int
    grounds: tuple[tuple[int, int], ...]

    def covers(self, position: int) -> bool:
        return self.start <= position < self.end

    def states_grounds(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.grounds)


@once
def find_preamble(text: Text, body_start: int) -> Preamble:
    """The preamble of a document whose title ends at `body_start`."""
    heading = _HEADING.search(text.folded, body_start)
    end = heading.start() if heading else len(text.raw)
    grounds = []
    told = any(text.folded.find(words, end) >= 0 for words in ("can cu", "co so phap ly"))
    for match in _GROUNDS_HEADING.finditer(text.folded, end) if told else ():
        if text.raw[match.end() : match.end() + 200].lstrip()[:1].islower():
            continue  # no heading but the first line of a sentence
        beside = _NEXT_HEADING if match["digit"] else _NEXT_ROMAN
        below = beside.search(text.folded, match.end())
        grounds.append((match.end(), below.start() if below else len(text.raw)))
    return Preamble(body_start, end, tuple(grounds))


@cache
def _damaged_openings() -> tuple[tuple[str, str], ...]:
    return (
        ("can cu", BASIS),
        ("thuc hien", CARRIES_OUT),
        ("xet de nghi", PROPOSED),
        ("theo de nghi", PROPOSED),
        ("trien khai", CARRIES_OUT),
    )


def opening(text: Text, start: int) -> str | None:
    """The relation that the words at a place open, also in garbled text ("Cin cir K& hoach", "Cian ct quy dinh")."""
    said = next((relation for relation, pattern in _OPENING if pattern.match(text.folded, start)), None)
    if not text.garbled or said not in (None, REFERENCE):
        return said
    words = text.folded[start : start + 24].split()
    if len(words) > 2 and all(word[0] == "c" and 2 <= len(word) <= 5 for word in words[:2]):
        return BASIS  # "Céin cir", "Cian ct", "Cin ctr"
    for phrase, relation in _damaged_openings():
        count = phrase.count(" ") + 1
        printed = " ".join(words[:count])
        if printed[:1] == phrase[0] and fuzz.ratio(printed, phrase) >= 60:
            return relation
    return said


def is_nested(text: Text, previous_end: int, start: int) -> bool:
    """Whether a citation stands inside the clause of the one before it rather than beside it."""
    between = text.folded[previous_end:start]
    if between.count("(") > between.count(")") and _IN_BRACKETS.search(between):
        return True  # "Nghị định 170/2025/NĐ-CP … (… thay thế Nghị định số 138/2020/NĐ-CP)"
    if _SENTENCE.search(text.raw, previous_end, start) or _ANOTHER_SOURCE.match(between):
        return False
    return bool(between.strip(' \n,.*_()"“')) and not _COORDINATE.search(between)


def is_beside(text: Text, previous_end: int, start: int) -> bool:
    """Whether a citation goes on with the list the one before it is in."""
    between = text.folded[previous_end:start]
    return len(between) <= 400 and not _LIST_END.search(between) and bool(_COORDINATE.search(between))


_FARTHEST = 4000  # characters between the words that open a relation and what they govern


def preamble_relation(text: Text, preamble: Preamble, start: int) -> str | None:
    """The relation that governs a place of the preamble: of its clause, its paragraph, or the list it belongs to."""
    begin = max(preamble.start, start - _FARTHEST)
    for match in _PARAGRAPH.finditer(text.raw, begin, start):
        begin = match.end()
    governing = clause_relation(text, begin, start)
    if governing:
        return governing
    if LAST_WORDS.search(text.folded, max(begin, start - 40), start):
        return CARRIES_OUT
    lead = text.raw[begin:start].strip(" \t\n-+•*_–")
    if not lead:  # an item of a list under "Căn cứ:"
        above = text.folded[max(preamble.start, begin - _FARTHEST) : begin].rstrip()
        lines = [line for line in above.split("\n") if line.strip()]
        for line in reversed(lines[-12:]):
            place = text.folded.rindex(line, preamble.start, begin) + len(line) - len(line.lstrip(" *_#-+"))
            found = opening(text, place)
            if found:
                return found
    return None


_CLAUSE_START = re.compile(
    r"(?P<mark>[;:,.]|(?<=[^;:,.\s])[ \t*_|]*(?=\n))(?P<gap>[*_]{0,3}\s+(?:va\s+)?(?:[-+•]\s*)?[*_]{0,3})(?=[a-z])"
)
# Inside a sentence only words that cannot belong to a title open a relation.
_THIS = _wrapped(
    r"(?:thong tu|quyet dinh|quy dinh|nghi quyet|nghi dinh|ke hoach|chi thi|huong dan)(?: [a-z]+){0,2} nay\b"
)
_JOINED_STRONG = _wrapped(r"\sva\s+(?=(?:xet|theo|can cu)\s+(?:de nghi|to trinh|nghi|quyet|chi thi|ke hoach|cong van))")
_STRONG = _wrapped(r"xet de nghi|theo de nghi|can cu\b|xet to trinh|tren co so de nghi")


def clause_relation(text: Text, begin: int, start: int, *, fresh: bool = False) -> str | None:
    """The last relation opened between two places; a `fresh` one is opened after `begin`, not by what stands there."""
    lead = text.folded[begin:start]
    found = None if fresh else opening(text, begin + len(lead) - len(lead.lstrip(' \n\t-+•*_–#"“')))
    for match in _CLAUSE_START.finditer(text.folded, begin, start):
        place = match.end()
        own_line = "\n" in match["gap"] and text.raw[place].isupper()
        free = match["mark"] == ";" or own_line or (match["mark"] in (".", ":") and text.raw[place].isupper())
        if free or _STRONG.match(text.folded, place):
            found = opening(text, place) or found
        if found and match["mark"] != ":" and (acts(text, place, start) or _THIS.match(text.folded, place)):
            found = None  # "…; Bộ trưởng Bộ Tài chính ban hành Thông tư sửa đổi …": the grounds are over
    for match in _JOINED_STRONG.finditer(
        text.folded, begin, start
    ):  # "… của Tỉnh ủy và theo đề nghị của Sở Nội vụ tại …"
        found = opening(text, match.end()) or found
    return found


def acts(text: Text, place: int, stop: int) -> bool:
    """Whether the body that issues the document begins to act at a place: "Ủy ban nhân dân tỉnh ban hành Kế hoạch"."""
    if not text.raw[place : place + 1].isupper():
        return False
    head = HEADS.match(text.folded, place, stop)
    for begin in (place, head.end() if head else None):
        body = body_here(text, begin, stop) if begin is not None else None
        if body and ACTS.match(text.folded, body.end, stop):
            return True
    return False


_WORDS_ONLY = re.compile(r"\s+(?:cum\s+)?tu\b")


def _words_of(text: Text, position: int, start: int) -> bool:
    """Whether words are changed in the document that follows, and it does not only stand in those words itself.

    "Thay thế cụm từ “Phòng Nội vụ” tại Điều 3 Quyết định số …", not "Thay thế cụm từ “Nghị định số …” bằng …".
    """
    between = text.raw[position:start]
    return between.count("“") == between.count("”") and between.count('"') % 2 == 0 and "tại" in between.split()


def body_relation(text: Text, start: int, end: int, sentence_from: int, has_pinpoint: bool) -> str:
    """The relation of a citation outside the preamble, from the words before it and after it in its sentence."""
    begin = max(sentence_from, start - 240)
    for match in _SENTENCE.finditer(text.raw, begin, start):
        announced = text.raw[max(0, match.start() - 3) : match.start()].rstrip().endswith(":")
        if not (match[0].isspace() and announced):  # "… thay thế các Nghị quyết sau:", then a blank line
            begin = match.end()
    change, own = None, False
    lead = max((m.end() for m in _SENTENCE.finditer(text.raw, max(0, start - 600), begin)), default=max(0, start - 600))
    for match in _CHANGE.finditer(text.folded, begin, start):
        passive = _PASSIVE.search(text.folded, max(0, match.start() - 5), match.start())
        own = own or _OWN_ACT.search(text.folded[lead : match.start()]) is not None or match[0].startswith("het")
        if _WORDS_ONLY.match(text.folded, match.end()) and not _words_of(text, match.end(), start):
            continue
        opened = text.folded[lead : match.start()].rpartition("(")[1:]
        closed = (
            opened[0] and ")" not in opened[1] and ")" in text.folded[match.end() : start]
        )  # "Luật Thi đua, khen thưởng (sửa đổi năm 2013) và Nghị định …"
        if own and not closed and not (passive or _BY.match(text.folded, match.end())):
            change = match
    if change:
        return REPLACES if change["replace"] else REPEALS if change["repeal"] else AMENDS
    if _ENDING.search(text.folded, end, end + 200) and _ENDS.match(text.folded, end):
        return REPEALS
    if not has_pinpoint and _ATTACHED.search(text.folded, max(begin, start - 30), start):
        return ATTACHED
    return REFERENCE
