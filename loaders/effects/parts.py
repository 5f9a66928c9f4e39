"""Which part of a document a clause is about: articles and clauses in the register's words, or the words themselves."""

import re
from dataclasses import dataclass

from loaders.effects.acts import LUC
from loaders.effects.when import OWN
from loaders.text import Text

_CANONICAL = {"dieu": "Điều", "chuong": "Chương", "phan": "Phần", "phu luc": "Phụ lục", "mau so": "Mẫu số",
              "mau": "Mẫu", "bieu so": "Biểu số", "bieu": "Biểu", "bang": "Bảng", "diem": "điểm", "tiet": "tiết",
              "doan": "đoạn", "khoan": "khoản", "tieu muc": "tiểu mục", "muc": "mục"}  # fmt: skip
_POINTS, _CLAUSES, _WHERE = ("diem", "tiet", "doan"), ("khoan", "muc", "tieu muc"), ("chuong", "phan", "phu luc")
_HEADS = ("dieu", "mau so", "mau", "bieu so", "bieu", "bang")  # "Điều 5 Chương II", "Mẫu số 04 tại Phụ lục II"
_JOINS = ("va", "den")
_KIND = "|".join(sorted((k.replace(" ", r"\s+") for k in _CANONICAL), key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}[a-z]{0,2}\d?(?:\.\d+)*|[ivxl]{1,5}|[a-z])(?![a-z0-9/])"
_AND = r"(?:\s*[,;]\s*(?:va\s+)?|\s+(?:va|den)\s+|\s*-\s*)"
_ITEM = rf"(?:cac\s+)?(?:tu\s+)?(?:{_KIND})\s+(?:so\s+)?{_NUMBER}"
_OF = r"\s+(?:cua|thuoc|tai)\s+"
_LIST = rf"{_ITEM}(?:(?:{_AND}|{_OF}|\s+){_ITEM}|{_AND}{_NUMBER})*"
_TOKEN = re.compile(
    rf"(?P<gap>{_AND}|{_OF}|\s+)?(?:cac\s+)?(?P<from>tu\s+)?(?:(?P<kind>{_KIND})\s+(?:so\s+)?)?(?P<number>{_NUMBER})"
)
# words that say nothing of a part: "toàn bộ nội dung của các …"
_FILL = (
    r"(?:[\s,:|*_\-+(“\"]*(?:\b(?:toan bo|toan van|tat ca|ca|cac|nhung|noi dung|quy dinh|hieu luc(?: thi hanh)?|cua|"
    r"doi voi|viec|thi hanh|ap dung|thuc hien|van ban(?: quy pham phap luat)?|sau day|sau|gom|bao gom|cho|tai|la|"
    r"dong thoi|va|duoc quy dinh|bang|theo|\d{1,2}(?=\s*\|))\b))*[\s,:|*_\-+(“\"]*"
)
_TAIL = (
    r"(?:[\s,]*\b(?:cua|tai|thuoc|trong|quy dinh tai|cac|doi voi|voi|"
    r"(?:duoc )?(?:ban hanh )?(?:kem |cung )?theo)\b)*[\s,]*"
)
_INTO = rf"(?:\s+vao\s+(?:(?:sau|truoc|cuoi|ngay sau)\s+)?{_LIST})?"
_ATTACHED = (
    r"(?:ban\s+)?(?:quy che|quy dinh|dieu le|danh muc|phu luc|de an|ke hoach|chuong trinh|bang|bieu|huong dan|noi quy|"
    r"mau|quy trinh|dinh muc|tieu chuan|don gia|bo tieu chi)\b[^;.]{0,160}?\s(?:duoc\s+)?"
    r"(?:ban hanh\s+)?(?:kem|cung)\s+theo"
)
_SOME = (
    r"(?:mot phan|mot so\s+(?:dieu|noi dung|quy dinh|khoan|diem|muc|cum tu|tu ngu)"
    r"(?:\s*(?:,|va)\s*(?:dieu|khoan|diem|muc|phu luc|tu|cum tu))*)"
)
_PHRASE = r"(?:(?:cac\s+)?(?:cum tu|tu ngu|tu)\s+[“\"'‘][^;]{1,400}?[”\"'’][^;]{0,300}?\s(?:tai|trong|o)\s+)"
_ABOUT = (
    r"(?:cac\s+|nhung\s+)?(?:quy dinh|noi dung|muc (?:chi|thu|thuong|ho tro)|ten|tieu de|phan)\b[^;.]{3,200}?"
    r"(?=\s(?:tai|cua|trong|thuoc|quy dinh tai)\s)"
)


def _wrapped(pattern: str) -> re.Pattern[str]:
    """A pattern whose spaces may be the end of a line."""
    return re.compile(pattern.replace(" ", r"\s+"))


_FIRST = _wrapped(
    rf"{_FILL}(?P<cited>{_PHRASE})?(?P<some>{_SOME})?{_FILL}(?P<list>{_LIST})?{_INTO}"
    rf"(?:{_TAIL}(?P<attached>{_ATTACHED}))?{_TAIL}[(“\"]?\s*(?:so\s+)?"
)
_WORDS = _wrapped(rf"{_FILL}(?P<about>{_ABOUT}){_TAIL}(?P<list>{_LIST})?{_TAIL}")
_LEADING = _wrapped(rf"{_FILL}(?P<some>{_SOME})?{_FILL}(?P<list>{_LIST}){_INTO}(?P<rest>[^.;:]{{0,60}})")
_LAST = _wrapped(
    rf"(?:\b(?:toan bo|mot phan) )?(?:(?P<list>{_LIST}){_INTO})?(?:{_TAIL}(?P<attached>{_ATTACHED}))?{_TAIL}$"
)
_COORDINATE = re.compile(
    r"(?:[,;|+]|\b(?:va|cung|hoac|dong thoi)\b)[\s*_|\-+]*"
    r"(?:(?:va|cac|so|cung|dong thoi|noi dung|quy dinh|tai|\d{1,2}\s*\||[a-z]\))[\s|]*)*$"
)

# "hết hiệu lực một phần", and of a list "hết hiệu lực toàn bộ hoặc một phần"
_PART = r"(?:toan bo\s*(?:,|va|hoac|hay|/)\s*)?(?:mot|tung) phan"
_PARTLY = _wrapped(rf"[\s,:*_(“\"]*(?P<words>{_PART})\b")
_SAID_PARTLY = _wrapped(
    rf"(?<!da\s)\b(?:(?:het|cham dut|mat|ngung) {LUC}(?: thi hanh)?|(?:bi|duoc) (?:bai bo|thay the)|het)\s*[(:,-]?\s*"
    rf"(?P<words>{_PART})\b|\(\s*(?P<alone>{_PART})\b"
)
_LEADING_IN = (
    rf"(?:(?:{_PART}|het|{LUC}|thi hanh|bai bo|thay the|gom|bao gom|cu the|doi voi|tai|o|la|cac|nhung|quy dinh|"
    r"noi dung|phan)\b[\s,:(]*)*"
)
_LISTED_AFTER = _wrapped(rf"\(\s*{_LEADING_IN}(?P<list>{_LIST})[^()]{{0,60}}\)|:\s*{_LEADING_IN}(?P<other>{_LIST})")
_BEHIND = _wrapped(rf"[\s,:(*_-]*{_LEADING_IN}(?P<list>{_LIST})(?P<rest>.{{0,40}})")
_FOR_SOME = _wrapped(
    r"(?:[\s,]*(?:ke )?tu [^,.;:]{2,60}?)?\s*(?P<words>doi voi [^,.;:]{3,140}?)"
    r"(?=\s+(?:ke )?tu (?:ngay|thoi diem|khi)\b|[\s*_]*(?:[,.;:]|$))"
)
_BUT = r"(?:[^;.]|[.](?=\d))"  # "ngày 31.12.2026" is no end of a sentence
_SOMETHING = (
    r"(?:cac |nhung |mot so |phan )?(?:quy dinh|noi dung|truong hop|dieu|khoan|diem|phu luc|chuong|muc|mau|bieu|viec|"
    r"khi|quyet dinh|nghi dinh|van ban)\b"
)
_EXCEPT = _wrapped(
    rf"{_BUT}*?(?:;\s*|[,(\s])(?P<words>(?:ngoai )?tru {_SOMETHING}{_BUT}*|"
    rf"rieng {_SOMETHING}{_BUT}*?\b(?:tiep tuc|van|con) (?:duoc )?(?:co hieu luc|ap dung|thuc hien|thi hanh){_BUT}*)"
)
_TRANSITION = re.compile(rf"\d[a-z]?\s+(?:cua\s+)?{OWN.pattern}|\b(?:dieu|khoan)\s+nay\b")

_REACH = 700


@dataclass(frozen=True)
class Parts:
    """`words` name the parts, none for the whole; `phrase` where only words within them are exchanged."""

    words: tuple[str, ...] = ()
    phrase: bool = False


def parts_before(text: Text, start: int, end: int) -> Parts | None:
    """The parts named between a verb and the document it takes; None where the words there say something else."""
    if end - start > _REACH:
        return None
    begin = max(start, text.folded.rfind(":", start, end) + 1)
    found = _FIRST.fullmatch(text.folded, begin, end)
    if found:
        words = provisions_in(text, *found.span("list")) if found["list"] else ()
        if found["attached"]:
            attached = _plain(text, *found.span("attached"))
            words = tuple(f"{word} {attached}" for word in words) or (attached,)
        if not words and found["some"]:
            words = (_plain(text, *found.span("some")),)
        return Parts(words, phrase=found["cited"] is not None)
    found = _WORDS.fullmatch(text.folded, begin, end)
    if found:
        stop = found.end("list") if found["list"] else found.end("about")
        return Parts((_plain(text, found.start("about"), stop),))
    return None


def parts_after(text: Text, start: int, end: int) -> Parts | None:
    """The parts named right before a further document of a list that goes on at `start`; None where it does not."""
    start = max(start, end - _REACH)
    found = _LAST.search(text.folded, start, end)
    begins = (found.start(), end) if found else (end,)
    for begin in begins:
        if _COORDINATE.search(text.folded, start, begin):
            return parts_before(text, begin, end)
    return None


def parts_leading(text: Text, start: int, end: int) -> tuple[Parts, str] | None:
    """The parts that a verb takes at once, with the few words that follow them."""
    found = _LEADING.match(text.folded, start, end)
    if found is None:
        return None
    return Parts(provisions_in(text, *found.span("list"))), found["rest"]


def partly(text: Text, start: int, end: int) -> tuple[str, ...]:
    """The words by which a verb between two places is said of a part: "hết một phần hiệu lực", "hết hiệu lực một phần".

    >>> partly(Text.of("Hết hiệu lực một phần: Nghị định số 5"), 0, 12)
    ('một phần',)
    """
    found = re.compile(r"(?:mot|tung)\s+phan").search(text.folded, start, end)
    if found:
        return (_plain(text, *found.span()),)
    after = _PARTLY.match(text.folded, end, end + 60)
    return (_plain(text, *after.span("words")),) if after else ()


def parts_beside(text: Text, start: int, end: int) -> tuple[str, ...]:
    """The articles that stand after the document they are of: "Nghị định … (Điều 3, Điều 5)", "Nghị định …: Điều 4"."""
    listed = _LISTED_AFTER.search(text.folded, start, end)
    return provisions_in(text, *listed.span("list" if listed["list"] else "other")) if listed else ()


def partly_beside(text: Text, start: int, end: int) -> tuple[str, ...]:
    """Words after a document by which a part of it is meant: "Nghị định … (hết hiệu lực một phần)"."""
    said = _SAID_PARTLY.search(text.folded, start, end)
    return (_plain(text, *said.span("words" if said["words"] else "alone")),) if said else ()


def parts_behind(text: Text, start: int, end: int, *, cited: bool = False) -> tuple[str, ...]:
    """The parts that stand after the verb: "… hết hiệu lực một phần, gồm Điều 3 và Điều 5", "… đối với cấp xã".

    Where a document is cited at the end, articles right before it are its own.
    """
    listed = _BEHIND.match(text.folded, start, end)
    if listed and not OWN.search(listed["rest"]) and not (cited and listed.end() == end):
        return provisions_in(text, *listed.span("list"))  # not those of "bị bãi bỏ tại Điều 5 Nghị định này"
    some = _PARTLY.match(text.folded, start, end) or _FOR_SOME.match(text.folded, start, end)
    return (_plain(text, *some.span("words")),) if some else ()


def all_but(text: Text, start: int, end: int, *, own: bool = False) -> tuple[str, ...]:
    """What ends where all ends "trừ Điều 5 và Điều 6": no article's name, so that no article is taken to have ended.

    A rule of transition, "trừ khoản 1 Điều 64 của Luật này", leaves nothing of another document (`own` is False).
    """
    found = _EXCEPT.match(text.folded, start, end)
    if found is None or (not own and _TRANSITION.search(found["words"])):
        return ()
    return (f"toàn bộ, {_plain(text, *found.span('words')).rstrip(' )*_')}",)


def provisions_in(text: Text, start: int, end: int) -> tuple[str, ...]:
    """Articles and clauses as the register writes them.

    >>> said = Text.of("từ Điều 22 đến Điều 24, điểm a, b khoản 1 và khoản 3 Điều 5, Điều 7 khoản 2")
    >>> provisions_in(said, 0, len(said.raw))[2:]
    ('Điều 24', 'điểm a khoản 1 Điều 5', 'điểm b khoản 1 Điều 5', 'khoản 3 Điều 5', 'khoản 2 Điều 7')
    """
    items = _items(text, start, end)
    found: list[str] = []
    points: list[str] = []
    clauses: list[str] = []
    for place, (kind, numbers, gap) in enumerate(items):
        named = [f"{_CANONICAL[kind]} {number}" for number in numbers]
        before = items[place - 1][0] if place else None
        if kind in _POINTS:
            points += named
        elif kind in _CLAUSES:
            clauses += [f"{point} {named[0]}" for point in points] or named[:1]
            clauses += named[1:]
            points = []
            if before == "dieu" and not gap.strip() and not _closer_ahead(items, place):
                head = found.pop()  # "Điều 7 khoản 2"
                found += [f"{clause} {head}" for clause in clauses]
                clauses = []
        elif not (kind in _WHERE and before in _HEADS and re.fullmatch(r"[\s\w]*", gap) and gap.strip() not in _JOINS):
            held = [*clauses, *points]
            found += [f"{one} {named[0]}" for one in held] or named[:1]
            found += named[1:]
            points, clauses = [], []
    return tuple(dict.fromkeys([*found, *clauses, *points]))


def _closer_ahead(items: list[tuple[str, list[str], str]], place: int) -> bool:
    following = items[place + 1] if place + 1 < len(items) else None
    return following is not None and following[0] not in (*_POINTS, *_CLAUSES) and not following[2].strip()


def _items(text: Text, start: int, end: int) -> list[tuple[str, list[str], str]]:
    """Kind, numbers and what stands before it, of each item of a list: ("khoan", ["1", "2"], ", ")."""
    items: list[tuple[str, list[str], str]] = []
    for token in _TOKEN.finditer(text.folded, start, end):
        number = text.raw[token.start("number") : token.end("number")]
        gap = token["gap"] or ""
        kind = " ".join(token["kind"].split()).removesuffix(" so") if token["kind"] else None
        if kind == "mau" and "so" in (token["kind"] or ""):
            kind = "mau so"
        ranged = gap.strip() in ("den", "-")
        if items and (kind is None or (ranged and kind == items[-1][0])):
            items[-1][1].extend(_up_to(items[-1][1][-1], number) if ranged else [number])
        elif kind is not None:
            items.append((kind, [number], gap))
    return items


def _up_to(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and int(first) < int(last) < int(first) + 500:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    return [last]


def _plain(text: Text, start: int, end: int) -> str:
    return " ".join(text.raw[start:end].split()).strip(" ,:")
