"""Codes of a number that were damaged: read again with the evidence that stands around them, where one reading fits.

`45/NO-HĐND` may be NĐ or NQ; after the words *Nghị quyết số* it is NQ. `398/KH-UBNID … của UBND tỉnh` is UBND's.
"""

from collections.abc import Mapping
from functools import cache

from rapidfuzz.distance import OSA

from loaders.citations.document_types import ReadCode, type_word_before
from loaders.text import Text, fold
from loaders.vocabulary import scheme

# codes long and common enough to be known with one letter wrong, whoever is named after them
_COMMON = ("ubnd", "hdnd")


@cache
def _codes_of() -> dict[str, tuple[ReadCode, ...]]:
    concepts = scheme("document-type").values()
    return {c.slug: tuple(ReadCode(code, (c.slug,), repaired=True) for code in c.codes) for c in concepts}


def type_code_said(text: Text, start: int, folded: str) -> ReadCode | None:
    """The type code that damaged letters were, when the word right before the number says its type.

    >>> text = Text.of("Nghị quyết số 45/NO-HĐND")
    >>> type_code_said(text, 14, "no").code
    'NQ'
    """
    if not 1 < len(folded) <= 5:
        return None
    word = type_word_before(text, start, ())
    if word is None or not word.adjacent:
        return None
    near = [code for code in _codes_of().get(word.slug, ()) if is_near(folded, fold(code.code))]
    return near[0] if len(near) == 1 else None


def is_near(read: str, code: str) -> bool:
    """Whether one letter was misread, lost or added, or VV stands for W.

    >>> is_near("ubnid", "ubnd"), is_near("tvv", "tw"), is_near("snv", "bnv"), is_near("bnn", "snv")
    (True, True, True, False)
    """
    return OSA.distance(read.replace("vv", "w"), code, score_cutoff=1) <= 1


def body_code_said(folded: str, codes: tuple[str, ...]) -> str | None:
    """The code of the body named after a number, where the number's own is one letter away from it.

    >>> body_code_said("tte", ("TTg",)), body_code_said("cat", ("CA",)), body_code_said("ubnd", ("HĐND",))
    ('TTg', None, None)
    """
    # a code that lacks a letter of ours is the office's own way to write it: "44/TTTT", "31/TTr-GDĐT" of a Phòng GDĐT
    near = [code for code in codes if is_near(folded, fold(code)) and len(folded) >= len(code)]
    near = [code for code in near if len(code) > 3 or len(code) == len(folded)]
    return near[0] if len(near) == 1 and len(folded) > 2 else None


# what a scanner takes a letter of these codes for; no other letter: QĐND is the army, HĐNT and HĐLĐ are boards
_LOOKS = {"u": "vol0n", "b": "8ehrpd", "n": "mhwrk", "d": "opbq0", "h": "nibmk"}


def common_body(folded: str) -> str | None:
    """
    >>> common_body("ubnid"), common_body("ubnp"), common_body("ubdt"), common_body("qdnd")
    ('ubnd', 'ubnd', None, None)
    """
    if not 3 < len(folded) <= 6:
        return None
    return next((code for code in _COMMON if is_near(folded, code) and _is_misread(folded, code)), None)


def _is_misread(read: str, code: str) -> bool:
    """Whether the letter that differs is one a scanner takes another for, a stroke, a letter read or typed twice."""
    if len(read) == len(code):
        others = [(was, now) for was, now in zip(code, read, strict=True) if was != now]
        return len(others) > 1 or all(now in _LOOKS[was] for was, now in others)
    return any(
        read[:place] + read[place + 1 :] == code and (letter in "il1|" or letter == read[place - 1 : place])
        for place, letter in enumerate(read)
    )


def without_a_stroke(folded: str, known: Mapping[str, str]) -> str | None:
    """The code that a stroke too many hides.

    >>> without_a_stroke("ldild", {"ldld": "LĐLĐ"})
    'LĐLĐ'
    """
    if len(folded) < 4:
        return None
    fewer = (folded[:n] + folded[n + 1 :] for n, letter in enumerate(folded) if letter == "i")
    return next((known[code] for code in fewer if code in known), None)
