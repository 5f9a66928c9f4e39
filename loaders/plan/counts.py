"""Small numbers before what they count, in digits or in words; their forms are tried only where a number begins."""

import re
from bisect import bisect_left

from loaders.phrases import Hit, pattern
from loaders.text import fold

# "07 (bảy)", "hai (02)", "ba mươi"; a bare *năm* is a year
_TENS = r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín) mươi(?: (?:mốt|hai|ba|bốn|lăm|năm|sáu|bảy|tám|chín))?"
_WORDS = rf"(?:{_TENS}|mười(?: (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín))?|một|hai|ba|bốn|bảy|tám|chín)"
# a bare number word is one of places only behind these: "tặng hai tập thể"
_LEADING = ("cho ", "nhất ", "quá ", "chọn ", "nghị ", "đa ", "tặng ", ", ", "dương ", "tôn ", "và ", ": ")
COUNT = (
    rf"(?=\d|(?<![a-z0-9])[mhbnstc][aouh])"  # what a number begins with: most places are told by this alone
    rf"(?<![\d./,%])(?:(?P<count>\d{{1,3}})(?: ?\([a-z ]{{2,20}}\))?|\b(?:{_WORDS}|năm|sáu) ?\((?P<told>\d{{1,3}})\)"
    rf"|(?:{'|'.join(f'(?<={led})' for led in _LEADING)})"
    rf"(?P<words>{_WORDS}|(?:năm|sáu)(?= (?:tập thể|cá nhân|hộ gia đình|gia đình)\b)))"
)
_DIGITS_BEGIN = pattern(r"[0-9](?<![\d./,%]\d)\d{0,2}(?= [a-z(]|\()")  # a digit before all else: soonest found
_BARE_BEGIN = pattern(" (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= )")
_LED = tuple(map(fold, _LEADING))
_BRACKETED = re.compile(r"\(\d{1,3}\)(?= )")
_BEFORE_BRACKET = pattern(rf"\b(?:{_WORDS}|năm|sáu) ?$")
_LONGEST = 17  # "chín mươi chín "
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}


def value(hit: Hit) -> int:
    """A number in digits or in words: "ba mươi" is 30, "hai mươi lăm" 25."""
    groups = hit.match.groupdict()
    printed = groups.get("count") or groups.get("told")
    if printed:
        return int(printed)
    tens, ten, ones = (groups.get("words") or "").partition("muoi")
    if not ten:
        return _NUMBERS.get(tens.strip(), 0)
    return 10 * _NUMBERS.get(tens.strip(), 1) + _NUMBERS.get(ones.strip(), 0)


def number_places(words: str, worded: list[int], start: int, end: int) -> list[int]:
    """Where between two offsets of the words a number may begin that counts something.

    `worded` is where the document's numbers in words begin.
    """
    digits = [match.start() for match in _DIGITS_BEGIN.finditer(words, start, end)]
    told = worded[bisect_left(worded, start) : bisect_left(worded, end)] if worded else None
    return sorted([*digits, *told]) if told else digits


def worded_places(said: str) -> list[int]:
    """Where numbers in words begin: few documents have one that counts something."""
    bare = [match.start() + 1 for match in _BARE_BEGIN.finditer(said) if said.endswith(_LED, 0, match.start() + 1)]
    told = (_BEFORE_BRACKET.search(said, max(0, at.start() - _LONGEST), at.start()) for at in _BRACKETED.finditer(said))
    return sorted([*bare, *(match.start() for match in told if match)])
