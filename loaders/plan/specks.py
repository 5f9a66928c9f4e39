"""Lines that no drafter wrote: rules and frames of a table as a scanner reads them."""

import re
from functools import lru_cache

from loaders.text import Text, once

_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[|_{}\[\]~^\\<>=¡¿†‡ˆ`—–&]")
_LEAST, _SHORTEST, _NOISY = 0.66, 24, 3
# A syllable without marks: what begins one, its vowels, what ends it
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?(?:[aeiouy]{1,3})(?:c|ch|m|n|ng|nh|p|t)?$"
)


def is_rubbish(text: Text, start: int, end: int) -> bool:
    """Whether a span is more noise than words; of a text whose letters are all misread nothing is said.

    >>> t = Text.of("Ị sy L Nội dung | Tu | gị ị - ị\\nHoàn thành tốt nhiệm vụ, CCHC đạt 90%")
    >>> is_rubbish(t, 0, 30), is_rubbish(t, 32, len(t.raw))
    (True, False)
    """
    if text.garbled:
        return False
    marks = len(_MARKS.findall(text.raw, start, end))
    if not marks and end - start > _SHORTEST and not _is_noisy(text):
        return False
    words = _WORD.findall(text.folded[start:end])
    if not words:
        return True
    good = sum(_is_word(word) for word in words)
    return good < 2 or good < _LEAST * (len(words) + marks)


_FRAME = re.compile(r"[|_{}\[\]~^\\¡¿†‡ˆ`—!]+|\.{2,}")
_FRAME_SIGNS = (*"|_{}[]~^\\¡¿†‡ˆ`—!", "..")  # sooner looked for one by one than in one class


def core(text: Text, start: int, end: int) -> tuple[int, int]:
    """The longest run of words between pieces of a table's frame: "| 2 __ Tỷ lệ hồ sơ đạt ít nhất 85% !20".

    >>> t = Text.of("| 2 __ Tỷ lệ hồ sơ nộp trực tuyến đạt ít nhất 85% !20")
    >>> t.raw[slice(*core(t, 0, len(t.raw)))].strip()
    'Tỷ lệ hồ sơ nộp trực tuyến đạt ít nhất 85%'
    """
    if not any(map(text.raw[start:end].__contains__, _FRAME_SIGNS)) or text.garbled:
        return start, end
    cuts = [start, *(at for m in _FRAME.finditer(text.raw, start, end) for at in m.span()), end]
    runs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if b > a]
    return max(runs, key=lambda run: _worth(text, *run), default=(start, end))


def _worth(text: Text, start: int, end: int) -> int:
    return sum(_is_word(word) for word in _WORD.findall(text.folded[start:end]))


_NOISE_SIGNS, _NOISE_WORDS = "{}~^\\¡¿†‡ˆ", ("ị", "Ị")


@once
def _is_noisy(text: Text) -> bool:
    """Whether a text has signs that only scanned frames leave."""
    signs = sum(text.raw.count(sign) for sign in _NOISE_SIGNS if sign in text.raw)
    return signs + sum(text.tokens[word] for word in _NOISE_WORDS) >= _NOISY


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    """Whether letters make a syllable of more than one letter, or stand for an office: CCHC, UBND, VNeID."""
    return (len(word) >= 2 and bool(_SYLLABLE.match(word))) or word in _SHORT


_SHORT = frozenset(
    [
        "cchc",
        "ubnd",
        "hdnd",
        "vneid",
        "par",
        "index",
        "papi",
        "sipas",
        "email",
        "online",
        "iso",
        "ocop",
        "cntt",
        "tthc",
        "cbccvc",
        "thcs",
        "thpt",
        "mttq",
        "cskh",
        "qlcl",
        "bhxh",
        "bhyt",
        "ntm",
        "video",
        "clip",
        "web",
        "zalo",
        "smart",
        "facebook",
        "internet",
        "kpi",
        "y",
        "o",
        "gdp",
        "grdp",
        "sgddt",
        "ldld",
        "dvc",
        "dvcqg",
        "ttpvhcc",
        "tc",
        "excel",
        "robot",
        "app",
        "post",
        "logic",
        "stem",
        "ioc",
        "dti",
    ]
)
