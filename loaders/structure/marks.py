"""What stands at the beginning of a line: a numbering mark, its style and its ordinal, tolerant of OCR."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from loaders.text import fold

BULLETS = ("star", "dash", "plus", "dot")
_UPPERS = "ABCDĐEGHIK"
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the Vietnamese alphabet of clauses: no f, j, w, z

# Styles by rank: a mark closes every open section of its own rank or below it. Bullets nest in order of appearance.
RANK = {
    "attached": 5,
    "part": 10,
    "chapter": 12,
    "division": 14,
    "article": 16,
    "upper": 18,
    "roman": 20,
    "caps": 20,
    "capital": 22,
    "point": 25,
    "decimal": 30,
    "letter": 40,
    "paren": 50,
}


class Mark(NamedTuple):
    """A mark: its style, its ordinal (None for bullets), the path of a decimal, and how many characters it takes."""

    style: str
    ordinal: int | None
    length: int
    printed: str
    path: tuple[int, ...] = ()
    repaired: bool = False


MARKUP = ">#*_\u200b\ufeff"  # what it begins with, but for blanks
_MARKUP = re.compile(r"[\s>\u200b\ufeff]*(?:#{1,6}\s+)?(?:[*_]{1,3}(?=[^\s*_]))?\s*")
_NAMED = re.compile(
    r"(phan|chuong|muc|dieu|khoan|diem)\s+(?:thu\s+)?([ivx]{1,5}|\d{1,3}|nhat|hai|ba|tu|nam)\s*(?:[.:]|$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"([IVXL1lTY|]{1,6})\s*([.)/:,]|-(?=\s)|–(?=\s))\s*(?=\S)")
# "T/M BAN THƯỜNG VỤ", "T.L CHỦ TỊCH", "V/V TUYỂN DỤNG …": what is signed for, or a subject, and no number
_ABBREVIATED = re.compile(r"(?:T\s?[/.]\s?(?:M|L|U\s?[/.]?\s?Q)|V\s?/\s?V)\b")
_CODE = re.compile(r"[A-ZĐ][A-Za-zĐđ]{0,7}\d{0,2}[-/]")
_UPPER = re.compile(r"([A-EGHKĐÐ])\s*[.)/]\s+(?=\S)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*([.)/:,]|-(?=\s))?(\s*)(?=\S)")
_LETTER = re.compile(r"([a-zđ¢])\s*([)./])\s*(?=\S)")
_PAREN = re.compile(r"\(\s*([il1|]?\d{1,2}|[a-zđ]|[ivx]{1,4})\s*\)\s*(?=\S)")
_DASH = re.compile(r"[-–—−_]\s*(?=[^\s\-–—_=])")
_PLUS = re.compile(r"\+\s*(?=\S)")
_DOT = re.compile(r"[•●▪◦○§·■□➢✓✔❖\uf0b7\uf0a7\uf0d8\uf02d]\s*(?=\S)")
_STAR = re.compile(r"\*\s+(?=[^\s*])")
_MISREAD = str.maketrans("L1l|TY", "IIIIIV")
_NUMERALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
_NAMES = {
    "phan": "part", "chuong": "chapter", "muc": "division", "dieu": "article", "khoan": "point", "diem": "point",
}  # fmt: skip


def markup(line: str) -> int:
    """How many characters of markdown, quoting and indentation open a line. Heading depth means nothing to us."""
    if _STAR.match(line.lstrip()):
        return len(line) - len(line.lstrip())
    found = _MARKUP.match(line)
    return found.end() if found else 0


def roman(printed: str) -> int | None:
    """The value of a Roman numeral below 40.

    >>> roman("iv"), roman("xii"), roman("iiv")
    (4, 12, None)
    """
    return _ROMANS.get(printed.upper())


def to_roman(number: int) -> str:
    """
    >>> to_roman(4), to_roman(9), to_roman(14)
    ('IV', 'IX', 'XIV')
    """
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


_ROMANS = {to_roman(number): number for number in range(1, 40)}


def capitals(line: str) -> bool:
    """Whether a line is set in capitals, as headings are."""
    words = line.split()
    others = list(filterfalse(str.islower, words))  # most lines have next to none but words in small letters
    if not others or (uppers := sum(map(str.isupper, "".join(others)))) < 3:
        return False
    if uppers < 0.6 * (uppers + len(words) - len(others)):  # each of these has a small letter at least
        return False
    letters = sum(map(str.isalpha, line))
    return letters >= 4 and uppers >= 0.6 * letters


def find_mark(line: str, folded: str) -> Mark | None:
    """The mark that opens a line from which markup is taken, or None.

    `IL.` is II, `II1.` is III, `¢)` is c; a repaired Roman numeral needs a line in capitals after it.

    >>> find_mark("IL. ĐỐI TƯỢNG", "il. doi tuong").ordinal, find_mark("1.1, Tập thể", "1.1, tap the").path
    (2, (1, 1))
    >>> find_mark("20/12 hàng năm", "20/12 hang nam"), find_mark("90% trở lên", "90% tro len")
    (None, None)
    """
    for find in _finders(line[:2]):
        mark = find(line, folded)
        if mark:
            return mark
    return None


@lru_cache(maxsize=4096)
def _finders(begin: str) -> tuple[Callable[[str, str], Mark | None], ...]:
    """The kinds of mark that begin with two signs, in the order in which they are tried; of most words none does."""
    first, second = begin[:1], begin[1:]
    stops = second == "" or not second.isalpha()  # "A.", "a)", no word
    told = (
        (_named, fold(begin) in ("ph", "ch", "mu", "di", "kh")),
        (_roman, first in "IVXL1lTY|" and (stops or second in "IVXL1lTY")),
        (_upper, stops and first.isupper()),
        (_decimal, first.isdecimal()),
        (_letter, stops and (first.islower() or first == "¢")),
        (_paren, first == "("),
        (_bullet, not first.isalnum()),
    )
    return tuple(find for find, fits in told if fits)


def _named(line: str, folded: str) -> Mark | None:
    found = _NAMED.match(folded)
    if not found or not line[:1].isupper():
        return None
    printed = found[2].lower()
    ordinal = int(printed) if printed.isdigit() else _NUMERALS.get(printed) or roman(printed)
    return Mark(_NAMES[found[1].lower()], ordinal, found.end(), line[: found.end()].strip()) if ordinal else None


def _roman(line: str, _: str) -> Mark | None:
    found = _ROMAN.match(line)
    if not found or found[1].isdigit() or _ABBREVIATED.match(line):
        return None
    clean = _ROMANS.get(found[1])
    ordinal = clean or _ROMANS.get(found[1].translate(_MISREAD))
    if ordinal is None:
        return None
    rest = line[found.end() :]
    if (clean is None or found[2] == "," or not rest[:1].isupper()) and not capitals(rest):
        return None
    return Mark("roman", ordinal, found.end(), found[0].strip(), repaired=clean is None)


def _upper(line: str, _: str) -> Mark | None:
    found = _UPPER.match(line)
    if not found or not (_names_part(line[found.end() :]) or capitals(line[found.end() :])):
        return None
    return Mark("upper", _UPPERS.index(found[1].replace("Ð", "Đ")) + 1, found.end(), found[0].strip())


def _names_part(rest: str) -> bool:
    """Whether the rest of a line is a heading in small letters: "A. Tập thể", "B. Đối với cá nhân"."""
    bare = rest.strip(" *_:")
    return len(bare) <= 60 and bare[:1].isupper() and bare[-1:].isalpha() and len(bare.split()) >= 2


# "1. 100% thủ tục hành chính được công khai", "2. 05 cá nhân"; but "1. 500 đồng" is a number a scanner broke
_COUNTED = re.compile(r"(?<=\s)(?:\d{1,3}(?:,\d+)?\s?%|0[1-9]\s[^\W\d_])")


def _decimal(line: str, _: str) -> Mark | None:
    found = _DECIMAL.match(line)
    if not found:
        return None
    path = tuple(map(int, found[1].split(".")))
    first = line[found.end()]
    counted = found[2] == "." and len(path) == 1 and _COUNTED.match(line, found.end())
    if found[2] == "/" and _CODE.match(line, found.end()):
        return None  # "12/NQ-CP ngày …", the number of a document broken from "số"
    if 0 in path or not (first.isalpha() or first in "“\"'‘(@*" or counted):
        return None  # "20/12 hàng năm", "1.000.000 đồng", "90% trở lên"
    if len(path) == 1:
        if found[2] in (None, ":") or (found[2] == "," and not (first.isupper() and _short(line))):
            return None
    elif not found[2] and (not line[found.end() - 1].isspace() or not (first.isupper() or first in '“"*')):
        return None  # "1.5 triệu đồng"
    return Mark("decimal", path[-1], found.end(), found[1] + (found[2] or ""), path)


def _short(line: str) -> bool:
    """Whether a line after "3," is a heading whose point was misread, no sentence that goes on."""
    return len(line) <= 60 and line.rstrip()[-1:].isalpha() and "," not in line[3:]


def _letter(line: str, _: str) -> Mark | None:
    found = _LETTER.match(line)
    if not found:
        return None
    letter = found[1].replace("¢", "c")
    named = line[found.end() :].lstrip("“\"‘'*_")  # "d. “Giải thưởng Nguyễn Đức Cảnh”"
    if found[2] == "." and not (line[found.end() - 1 : found.end()].isspace() and named[:1].isupper()):
        return None
    if letter not in _LETTERS:
        return None
    return Mark("letter", _LETTERS.index(letter) + 1, found.end(), letter + found[2], repaired=letter != found[1])


def _paren(line: str, _: str) -> Mark | None:
    found = _PAREN.match(line)
    if not found:
        return None
    return Mark("paren", paren_ordinal(found[1], 1), found.end(), found[0].strip())


def paren_ordinal(printed: str, expected: int) -> int | None:
    """The ordinal in "(1)", "(i1)", "(a)", "(ii)"; "(11)" is i1 where a first one is expected.

    >>> paren_ordinal("11", 1), paren_ordinal("i2", 2), paren_ordinal("iii", 3), paren_ordinal("b", 2)
    (1, 2, 3, 2)
    """
    if printed.isdigit():
        value = int(printed)
        return expected if value != expected and printed[0] == "1" and printed[1:] == str(expected) else value
    if printed[0] in "il|" and printed[1:].isdigit():
        return int(printed[1:])
    if roman(printed) == expected:
        return expected
    return _LETTERS.index(printed) + 1 if printed in _LETTERS else roman(printed)


def _bullet(line: str, _: str) -> Mark | None:
    style, form = _BULLET_SIGNS.get(line[:1], ("dot", _DOT))
    found = form.match(line)
    return Mark(style, None, found.end(), line[0]) if found else None


_BULLET_SIGNS = {"*": ("star", _STAR), **dict.fromkeys("-–—−_", ("dash", _DASH)), "+": ("plus", _PLUS)}
