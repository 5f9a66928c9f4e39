"""What a heading opens: the parts of a plan, by a lexicon of real headings, tolerant of OCR."""

import re
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from loaders.lexicon import lexicon
from loaders.misread import is_syllable
from loaders.phrases import reading
from loaders.structure.marks import capitals
from loaders.text import Text, fold

if TYPE_CHECKING:
    from loaders.structure.blocks import Node


@dataclass(frozen=True)
class _Wording:
    words: str
    role: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Begun:
    """What may follow the words read so far, and the wordings that end with them, each with its rank."""

    further: dict[str, "_Begun"] = field(default_factory=dict)
    whole: list[tuple[int, _Wording]] = field(default_factory=list)


@cache
def _wordings() -> tuple[_Wording, ...]:
    """Heading wordings, longest first; commas and dashes do not matter."""
    found = [
        _Wording(plain(fold(words)), heading["role"], weak)
        for heading in lexicon("headings")["heading"]
        for kind, weak in (("strong", False), ("weak", True))
        for words in heading.get(kind, ())
    ]
    return tuple(sorted(found, key=lambda w: -len(w.words)))


@cache
def _begun() -> _Begun:
    """The wordings word by word, from the first on."""
    nothing = _Begun()
    for rank, wording in enumerate(_wordings()):
        here = nothing
        for word in wording.words.split():
            here = here.further.setdefault(word, _Begun())
        here.whole.append((rank, wording))
    return nothing


def _standing(tokens: list[str]) -> list[tuple[int, int, int, _Wording]]:
    """The wordings that stand in a heading, longest first: rank, numbers of the first word and of that behind."""
    found = []
    begun = _begun().further
    for first, token in enumerate(tokens):
        here = begun.get(token)
        behind = first
        while here is not None:
            behind += 1
            for rank, wording in here.whole:
                found.append((rank, first, behind, wording))
            here = here.further.get(tokens[behind]) if behind < len(tokens) else None
    return sorted(found, key=_RANK) if len(found) > 1 else found


_RANK = itemgetter(0, 1)


def plain(words: str) -> str:
    """Words only, for comparing headings."""
    return " ".join(_TOKEN.findall(words))


_TOKEN = re.compile(r"[a-z0-9]+")
_MEMBER = re.compile(r"(?:^|[,;:&(/–-]|\bva|\bcong tac|\bve|\bquy dinh|\bcua|\bcac)\s*$")
_MEMBER_REACH = 12  # it is no longer


def heading_roles(text: Text, start: int, end: int) -> tuple[str, ...]:
    """The parts of a plan that a heading opens, in the order of its words."""
    words = reading(text).between(start, end)
    taken = _taken(text, words)
    if not taken and not text.garbled and not text.raw[start + 1 : start + 3].islower():  # in capitals
        taken = _badly_read_roles(words)
    return _in_order(taken)


def covered_roles(text: Text, start: int, end: int, share: float) -> tuple[str, ...]:
    """The same for a line of which known wordings are a share at least: no sentence that happens to hold one."""
    words = reading(text).between(start, end).strip(" :*")
    taken = _taken(text, words)
    known = sum(b - a for a, b, role in taken if role != "-")
    return _in_order(taken) if known >= share * len(words) else ()


def _in_order(taken: list[tuple[int, int, str]]) -> tuple[str, ...]:
    if not taken:
        return ()
    roles = [role for _, _, role in sorted(taken) if role != "-"]
    if "period" in roles and {"dossier", "procedure"} & set(roles):
        roles = ["deadlines" if role == "period" else role for role in roles]  # "Thủ tục, hồ sơ, thời gian"
    return tuple(dict.fromkeys(roles))


def _taken(text: Text, words: str) -> list[tuple[int, int, str]]:
    """The wordings that stand in a heading, none within another."""
    taken: list[tuple[int, int, str]] = []
    standing = _standing(_TOKEN.findall(words))
    spans = [token.span() for token in _TOKEN.finditer(words)] if standing else []
    used: set[int] = set()
    for _, first, behind, wording in standing:
        here, after = spans[first][0], spans[behind - 1][1]
        if not used.isdisjoint(range(first, behind)) or _goes_on(words, here, after):
            continue
        if not wording.weak or _MEMBER.search(words, max(0, here - _MEMBER_REACH), here):
            taken.append((here, after, wording.role))
            used.update(range(first, behind))
    refused = _REFUSED.search(words) if "khong" in words or "chua" in words or "loai" in words else None
    if refused and not any(role == "criteria" for *_, role in taken):
        taken = [
            (refused.start(), refused.end(), "criteria"),
            *(t for t in taken if t[2] not in ("awards", "procedure")),
        ]
    if not taken and text.garbled:
        taken = _resembling_roles(words)
    return taken


def _goes_on(words: str, start: int, end: int) -> bool:
    """Whether a word is longer than its plain letters: between the signs of bold print, "__Nội dung__"."""
    beside = words[max(0, start - 1) : start] + words[end : end + 1]
    return "_" in beside or any(map(str.isalnum, beside))


def opens_part(words: str) -> bool:
    """Whether words without marks begin as a heading of a part does, however a scanner joined or split them.

    >>> opens_part("thoi gian thuc hien"), opens_part("n oi dung thi dua"), opens_part("thanh vien to giup viec")
    (True, True, False)
    """
    tokens = _TOKEN.findall(words[:90])
    if any(first == 0 and wording.role != "-" for _, first, _, wording in _standing(tokens)):
        return True
    return any(start == 0 for start, *_ in _badly_read_roles(" ".join(tokens)))


_LIKE = 87  # of a hundred
_LEAST_LETTERS = 7


@cache
def _compact() -> dict[str, _Wording]:
    """The wordings without their blanks, those long enough to be known so."""
    found = {wording.words.replace(" ", ""): wording for wording in _wordings() if wording.role != "-"}
    return {words: wording for words, wording in found.items() if len(words) >= _LEAST_LETTERS}


def _badly_read_roles(words: str) -> list[tuple[int, int, str]]:
    """Wordings whose words a scanner joined, split or misread: "NỘIDUNG THI ĐUA", "N ỘI DUNG", "TlÊU CHUẨN".

    Only where a word stands that no Vietnamese word is, and only with that word.
    """
    tokens = list(_TOKEN.finditer(words))
    odd = [n for n in range(len(tokens)) if not is_syllable(tokens[n][0]) and _is_misread(tokens, n)]
    if not odd or len(words) > _LONGEST:
        return []
    known, best = _compact(), None
    for first in range(max(0, odd[0] - 3), len(tokens)):
        for last in range(first + 1, min(len(tokens), first + 6) + 1):
            if not any(first <= n < last for n in odd):
                continue
            window = "".join(token[0] for token in tokens[first:last])
            if not _LEAST_LETTERS <= len(window) <= 30:
                continue
            found = process.extractOne(window, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
            if found and len(window) * found[1] > (best[0] if best else 0):
                role = known[found[0]].role
                best = len(window) * found[1], (tokens[first].start(), tokens[last - 1].end(), role)
    return [best[1]] if best else []


_LONGEST = 120
_VOWEL = re.compile("[aeiouy]")


def _is_misread(tokens: list[re.Match[str]], n: int) -> bool:
    """Whether a word that is none was badly read: an abbreviation ("UBND") was not, half a word ("CH ỨC") was."""
    here = tokens[n][0]
    if _VOWEL.search(here):
        return True
    beside = (tokens[n + 1][0] if n + 1 < len(tokens) else "", tokens[n - 1][0] if n else "")
    return (is_syllable(here + beside[0]) and bool(beside[0])) or (is_syllable(beside[1] + here) and bool(beside[1]))


# "C. CHƯA XEM XÉT", "Không bình bầu", "CÁC TRƯỜNG HỢP BỊ LOẠI": what keeps someone from an award
_REFUSED = re.compile(
    r"\b(?:khong|chua)(?: duoc| dua vao| thuoc dien)? (?:(?:xem )?xet|suy ton|binh (?:xet|chon|bau)|cong nhan"
    r"|de nghi khen|khen|tang|trao|du dieu kien)\b|\b(?:bi loai|loai (?:khoi|tru|bo))\b|\btruong hop (?:bi )?loai\b"
)


def _resembling_roles(words: str) -> list[tuple[int, int, str]]:
    ours = plain(words)
    best = max(_wordings(), key=lambda w: fuzz.ratio(ours, w.words) if len(w.words) >= 8 else 0, default=None)
    return [(0, len(words), best.role)] if best and fuzz.ratio(ours, best.words) >= 80 else []


_TEMPLATE = re.compile(
    r"\b(mau|bao cao|to trinh|bien ban|de cuong|danh sach|phieu|cong hoa xa hoi|don vi cap tren|tom tat thanh tich)\b"
)
_PARTS = {"dossier", "criteria", "quota", "targets", "deadlines", "awards", "contents"}


def attached_roles(text: Text, node: "Node") -> tuple[str, ...]:
    """What an annex is about, by its title; a template to be filled in is no part of the plan.

    "PHỤ LỤC II" and under it "THÀNH PHẦN HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG"; a regulation ("QUY CHẾ") has parts of its own.
    """
    annex = fold(text.raw[node.text_start : node.text_start + 7]).startswith("phu luc")
    if not annex and re.match(r"(quy che|quy dinh|huong dan|dieu le|the le|ke hoach|de an)", _folded(text, node)):
        return ()
    titles = [node]
    for child in node.children[:3]:
        if child.style not in ("paragraph", "caps") or not _entitles(text.raw[child.text_start : child.text_end]):
            break
        titles.append(child)
    if annex and any(_TEMPLATE.search(_folded(text, title)) for title in titles):
        return ("appendix",)
    found = [role for title in titles for role in heading_roles(text, title.text_start, title.text_end)]
    return tuple(dict.fromkeys(role for role in found if role in _PARTS)) or (("appendix",) if annex else ())


def _entitles(line: str) -> bool:
    """Whether a line under "PHỤ LỤC" names it: in capitals, or short and without an end ("Thành phần hồ sơ …")."""
    if capitals(line):
        return True
    return len(line) <= 90 and line[:1].isupper() and line[-1:] not in ".;,:" and not line.startswith("(")


def _folded(text: Text, node: "Node") -> str:
    return text.folded[node.text_start : node.text_end]
