"""Kinds of document: their names in running text and their codes in numbers, from the vocabulary."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import product

from rapidfuzz import fuzz, process

from loaders.text import Text, fold
from loaders.vocabulary import scheme

CONG_VAN = "cong-van"


@dataclass(frozen=True)
class ReadCode:
    """A type code well spelled, the slugs it may stand for, and whether letters had to be changed to read it."""

    code: str
    types: tuple[str, ...]
    repaired: bool = False


# What a letter of a code may have been before a scanner read it: "QO-UBND" and "QP-UBND" are QĐ, "NO-CP" is NĐ or NQ,
# "NG-CP" is NQ, "TIr-SNV" is TTr.
_WAS = {"0": "odq", "o": "odq", "p": "pd", "1": "ilt", "l": "ilt", "i": "it", "|": "i", "]": "i", "8": "b", "5": "s",
        "§": "s", "g": "gq", "œ": "cd"}  # fmt: skip


def _readings(folded: str) -> set[str]:
    """Every code these letters may have been, a stray stroke and a doubled Đ allowed for ("IKH", "Q1Đ", "QĐÐ")."""
    forms = {folded, folded.replace("dd", "d"), *([folded[1:]] if folded[:1] in "i1l|]" else [])}
    if folded[1:2] in ("1", "|"):
        forms.add(folded[0] + folded[2:])
    return {"".join(letters) for form in forms for letters in product(*(_WAS.get(c, c) for c in form))}


@dataclass(frozen=True)
class TypeCodes:
    """The codes of the vocabulary by their marks-free form; two codes may share one ("HD" hướng dẫn, "HĐ" hợp đồng)."""

    by_fold: dict[str, tuple[ReadCode, ...]]

    def read(self, folded: str, raw: str, sure: bool) -> ReadCode | None:
        """The code these letters are; damaged ones only where `sure` (the body's code is known) and one reading fits.

        >>> type_codes().read("qd", "QĐ", False).types[0], type_codes().read("ikh", "IKH", True).code
        ('quyet-dinh', 'KH')
        """
        exact = self.by_fold.get(folded)
        if exact:
            return _same_spelling(exact, raw) if _starts_upper(raw) else None
        if not sure or len(folded) > 5:
            return None
        near = [codes for reading in _readings(folded) if (codes := self.by_fold.get(reading))]
        return ReadCode(near[0][0].code, near[0][0].types, repaired=True) if len(near) == 1 else None

    def is_damaged(self, folded: str) -> bool:
        """Whether these letters look like a type code without being one.

        >>> type_codes().is_damaged("no"), type_codes().is_damaged("nq")
        (True, False)
        """
        return folded not in self.by_fold and len(folded) <= 3 and bool(_readings(folded) & self.by_fold.keys())


def _starts_upper(raw: str) -> bool:
    return raw[:1].isupper()


def _same_spelling(codes: tuple[ReadCode, ...], raw: str) -> ReadCode:
    plain = raw.replace("Ð", "Đ").casefold()
    return next((code for code in codes if code.code.casefold() == plain), codes[0])


@cache
def type_codes() -> TypeCodes:
    """The codes of all kinds of document."""
    slugs: dict[str, list[str]] = {}
    for concept in scheme("document-type").values():
        for code in concept.codes:
            slugs.setdefault(code, []).append(concept.slug)
    by_fold: dict[str, tuple[ReadCode, ...]] = {}
    for code, types in slugs.items():
        by_fold[fold(code)] = (*by_fold.get(fold(code), ()), ReadCode(code, tuple(types)))
    return TypeCodes(by_fold)


@cache
def issuer_codes() -> dict[str, str]:
    """The well-spelled code of every body we know by its marks-free form ("hdnd" is "HĐND")."""
    return {fold(code): code for concept in scheme("body").values() for code in concept.codes}


def is_code(raw: str) -> bool:
    """Whether the word is written as a code is: mostly capitals ("TTg", "CTrHĐ", "QH15", "KGVX1"), never "Kế"."""
    letters = [c for c in raw if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return bool(letters) and capitals >= 1 and capitals * 2 >= len(letters) and raw[0].isupper()


@dataclass(frozen=True)
class TypeWord:
    """The name of a kind of document at a place; `adjacent` when nothing but *số* stands between it and the number."""

    start: int
    end: int
    slug: str
    adjacent: bool
    exact: bool


# "văn bản số 3637/UBND-VX" says no kind; "QÐ" is a label for the search box, not a word before a number
_NO_KIND = {"khac", "thu-tuc-hanh-chinh"}
_ANY_KIND = "van ban"


@cache
def labels() -> dict[str, str]:
    """The slug of every name of a kind of document, marks-free; none for *văn bản*, which may be of any kind."""
    concepts = (c for c in scheme("document-type").values() if c.slug not in _NO_KIND)
    named = {fold(label): c.slug for c in concepts for label in c.labels if len(label) > 3}
    return {**named, _ANY_KIND: ""}


@cache
def _any_label() -> re.Pattern[str]:
    begun: dict[str, list[str]] = defaultdict(list)  # by their first letter: most words have another and fail at once
    for name in sorted(labels(), key=len, reverse=True):
        begun[name[0]].append(re.escape(name[1:]).replace(r"\ ", r"\s+"))
    names = "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in begun.items())
    return re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])")


def find_type_words(text: Text, start: int, end: int) -> list[TypeWord]:
    """The names of kinds of document between two places, exactly spelled but for marks.

    >>> [w.slug for w in find_type_words(Text.of("Chương trình hành động và Quyết định"), 0, 36)]
    ['chuong-trinh-hanh-dong', 'quyet-dinh']
    """
    return [
        TypeWord(m.start(), m.end(), labels()[" ".join(m[0].split())], adjacent=False, exact=True)
        for m in _any_label().finditer(text.folded, start, end)
    ]


# "số" and what scanners make of it: "s0", "s6", "56", "sb", ".s:é", "Số :", "so hieu"
_NUMBER_WORD = re.compile(r"[\s.:,*_\"“”()\[\]']*(?:\b[s5§][.:]?[o0e6b8c]'?[.:-]?(?:\s+hieu)?|n[o0º°])?[\s.…:*_(]*$")
_WORD = re.compile(r"[^\s]+")
# "Báo cáo thẩm định số 62/STP-BC"
_MODIFIED = re.compile(
    r"\s+(?:tham\s+dinh|tham\s+tra|ket\s+qua|tong\s+ket|giai\s+trinh|chi\s+dao|lien\s+nganh|phoi\s+hop|hoa\s+toc|khan"
    r"|lien\s+(?:tich|phong|so)|kiem\s+(?:toan|tra)|thanh\s+tra|giam\s+sat)"
    r"(?:\s+[a-z]+){0,2}\s*"
)
_BREAK = re.compile(r"[;]|\n\s*\n|\.\s+\n?[A-ZĐ]|\d{4}")
_REACH = 90


def number_word(text: Text, position: int, reach: int = 14) -> int:
    """Where the word *số* (or its blanks) before a number begins.

    >>> number_word(Text.of("Quyết định số 12/QĐ-UBND"), 14)
    10
    """
    start = max(0, position - reach)
    match = _NUMBER_WORD.search(text.folded, start, position)
    return match.start() if match else position


def type_word_before(text: Text, position: int, expected: tuple[str, ...]) -> TypeWord | None:
    """The name of the kind of document a number belongs to, looking left from the number.

    Right before it, any name counts; farther ("Nghị quyết của HĐND tỉnh số …") only one that the number's code expects.
    OCR damage is allowed for, more of it for the expected kind ("K& hoach" before "203/KH-UBND").
    """
    so = number_word(text, position)
    start = max(0, so - _REACH)
    words = find_type_words(text, start, so)
    if words and not text.folded[words[-1].end : so].strip(" \n.,:*_\"'|"):
        last = words[-1]
        return TypeWord(last.start, last.end, last.slug, adjacent=True, exact=True)
    damaged = _damaged_word(text, so, expected)
    if damaged:
        return damaged
    for word in reversed(words):
        if _BREAK.search(text.raw, word.end, so):
            break
        if word.slug in expected or (not expected and word.slug and _MODIFIED.fullmatch(text.folded, word.end, so)):
            return word
    return None


_EDGE = "\"'(“”*,."


def _damaged_word(text: Text, so: int, expected: tuple[str, ...]) -> TypeWord | None:
    tokens = list(_WORD.finditer(text.folded, max(0, so - 40), so))
    best: tuple[float, TypeWord] | None = None
    for count, names in _labels_of_words().items():
        if count > len(tokens):
            break
        first = tokens[-count]
        printed = " ".join(token[0] for token in tokens[-count:]).strip(_EDGE)
        for label, likeness, _ in process.extract(printed, names, scorer=fuzz.ratio, score_cutoff=_LEAST, limit=None):
            slug, score = labels()[label], likeness + count
            least = _LEAST if slug in expected else _LEAST_UNEXPECTED
            if score > least and likeness >= least and (best is None or score > best[0]):
                start = first.start() + len(first[0]) - len(first[0].lstrip("\"'(“”*"))
                best = (score, TypeWord(start, tokens[-1].end(), slug, adjacent=True, exact=False))
    return best[1] if best else None


_LEAST, _LEAST_UNEXPECTED = 65, 84  # of a hundred


@cache
def _labels_of_words() -> dict[int, list[str]]:
    """The names of two words, of three …, which may be told when misread."""
    counts = sorted({label.count(" ") + 1 for label in labels()} - {1})
    return {count: [label for label in labels() if label.count(" ") + 1 == count] for count in counts}
