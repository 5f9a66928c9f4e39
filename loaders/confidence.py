"""How sure each finding is, and why: grounded in how it was found and in what shape its words are.

The weights and the reason of each are data (`lexicon/confidence.toml`); what a ground means to a reader is said in the
scheme `confidence-ground`. A finding nothing speaks against keeps the confidence its finder gave it, 1 as a rule.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from loaders.authorities.body_kinds import bodies
from loaders.citations.named import known_name
from loaders.citations.ordinary import is_governed
from loaders.findings import Citation, Criterion, Deadline, Findings, Quota, Span, mapped
from loaders.layout import Layout
from loaders.lexicon import lexicon
from loaders.misread import is_syllable
from loaders.text import Text, fold, once

__all__ = ["DOUBTFUL", "graded"]

_MANY = float(lexicon("confidence")["nhieu-tu-doc-sai"]["from"])
DOUBTFUL = 0.8  # a finding below this is shown as doubtful and listed for review
_DAMAGED = re.compile(r"\d[oOlISB§]|(?<![^\W\d_])[oOlI]\d|\d[|\]]|[|\]]\d")
_BOUND = ("trở lên", "ít nhất", "tối thiểu", "không quá", "trở xuống", "tối đa")
_DEMANDED = ("căn cứ", "thực hiện")
_EDGE = "\"'“”‘’.,;:()[]{}*_#…/|<>!?–-—•+="


def graded(text: Text, findings: Findings) -> Findings:
    """The findings with the confidence and the grounds of each.

    >>> from loaders.findings import Document, Source
    >>> words = "Nghị định số 91/2017/NĐ-CP"
    >>> citation = Citation(text=words, start=0, end=26, number="91/2017/NĐ-CP", relation="căn cứ", iri="i")
    >>> found = Findings(source=Source(name="a", sha256=""), document=Document(iri="d"), citations=(citation,))
    >>> graded(Text.of(words), found).citations[0].grounds
    ('thieu-ngay',)
    """
    told = _told_by_doubts(findings)
    broken = _joined((d.start, d.end or 0) for d in findings.doubts if d.code in _BROKEN and d.start is not None)
    begins = [start for start, _ in broken]
    dated = {citation.iri for citation in findings.citations if citation.date}
    bad, garbled = misread_words(text), text.garbled
    layout = text.layout if text.layout and any(page.words for page in text.layout.pages) else None

    misread = bool(bad or garbled or layout)  # or else no words give a ground

    def grade(span: Span) -> Span:
        if _BY_A_PERSON in span.grounds:
            return span
        grounds = [*span.grounds, *(_of_words(span, bad, garbled, layout) if misread else ())]
        if told and isinstance(span, Citation | Criterion | Deadline):
            grounds += told.get((span.start, span.end), ())
        before = bisect_right(begins, span.start)
        if before and span.start < broken[before - 1][1]:
            grounds.append("muc-dut-doan")
        if isinstance(span, Citation):
            grounds += _of_citation(span, dated, grounds)
            if _is_unlisted(text, span):
                grounds.append("ten-ngoai-danh-muc")
        elif isinstance(span, Criterion):
            if span.threshold is None and any(words in span.text for words in _BOUND):
                grounds.append("thieu-nguong")
        elif isinstance(span, Quota | Deadline) and _DAMAGED.search(span.text):
            grounds.append("so-lieu-hong")
        if not grounds:
            return span
        return _weighed(span, tuple(dict.fromkeys(grounds)))

    return mapped(findings, grade)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


_BY_A_PERSON = "hieu-dinh"
_BROKEN = ("numbering-gap", "numbering-repeated")


def _weighed(span: Span, grounds: tuple[str, ...]) -> Span:
    confidence = span.confidence
    for ground in grounds:
        confidence *= _weights()[ground]
    return replace(span, confidence=round(confidence, 2), grounds=grounds)


@cache
def _weights() -> dict[str, float]:
    return {ground: float(said["weight"]) for ground, said in lexicon("confidence").items() if "weight" in said}


# --- the words ----------------------------------------------------------------------------------------------------


# Most words of a document stood in the one before: what was found to be well read is not looked at again.
_REMEMBERED = 20_000
_well_read: set[str] = set()


@once
def misread_words(text: Text) -> frozenset[str]:
    """The words of a text, as they stand between blanks, that are no Vietnamese.

    >>> sorted(misread_words(Text.of("Ủy ban nhân dân (UBND) tặng béng khen cho cac tqp the, email 98/2023/NĐ-CP")))
    ['tqp']
    """
    new = text.tokens.keys() - _well_read
    found = set(filter(_is_misread, new))
    _well_read.update(new - found)
    if len(_well_read) > _REMEMBERED:
        _well_read.clear()
    return frozenset(found | {word.strip(_EDGE) for word in found})  # a finding may end before the full stop


def _is_misread(token: str) -> bool:
    """Whether a token was badly read; abbreviations, numbers and words of other languages are none."""
    word = token.strip(_EDGE)
    if not word.isalpha():
        if "@" in word and "." in word:  # an address
            return False
        if any(map(str.isdigit, word)):
            return _DIGIT_INSIDE.fullmatch(word) is not None
        pieces = [piece for piece in _BETWEEN.split(word) if piece]
        return _SIGN_INSIDE.search(word) is not None or (len(pieces) > 1 and any(map(_is_misread, pieces)))
    folded = fold(word)
    if len(word) == 1 or sum(map(str.isupper, word)) > 1 or folded in _foreign():  # "TTr", "CTrPH" are abbreviations
        return False
    return not is_syllable(folded) or _is_misspelt(word)


_BETWEEN = re.compile(r"[-–/.,;:()*_“”\"&+]+")
_DIGIT_INSIDE = re.compile("[a-zà-ỹ]+\\d[a-zà-ỹ]+")  # "c6ng"; "40m2" and "3a" are none
_SIGN_INSIDE = re.compile("[a-zà-ỹ][¢€§£¥@&|][a-zà-ỹ]|[a-zà-ỹ][¢€§£¥]")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_STRANGE = re.compile("[fjwzñçäëïöåøœæßėĺľōī]", re.IGNORECASE)


def _is_misspelt(word: str) -> bool:
    """Two tones in one syllable, or letters that Vietnamese has not: "qúả", "ñgày"."""
    apart = unicodedata.normalize("NFD", word)
    return bool(_STRANGE.search(word)) or len(_TONES.findall(apart)) > 1


@cache
def _foreign() -> frozenset[str]:
    return frozenset(map(fold, lexicon("confidence")["words"]["foreign"]))


def _of_words(span: Span, bad: frozenset[str], garbled: bool, layout: Layout | None) -> Iterator[str]:
    if garbled:
        yield "chu-hong"
    if bad:
        words = span.text.split()
        if not bad.isdisjoint(words):
            share = sum(word in bad for word in words) / len(words)
            yield "nhieu-tu-doc-sai" if share >= _MANY else "tu-doc-sai"
    if layout:
        sure = layout.confidence_of(span.start, span.end)
        if sure is not None and sure < lexicon("confidence")["chu-quet-mo"]["below"]:
            yield "chu-quet-mo"


# --- citations ----------------------------------------------------------------------------------------------------


def _of_citation(citation: Citation, dated: set[str | None], told: list[str]) -> Iterator[str]:
    if citation.repaired:
        yield "so-chua-loi"
    elif citation.confidence < 1 and "loai-trai-ky-hieu" not in told:
        yield "doc-gan-dung"
    if citation.number is None:
        if citation.number_as_printed:
            yield "so-de-trong"
        return
    if citation.issuer and citation.issuer_iri is None:
        yield "co-quan-chua-ro"
    elif citation.issuer_iri and not _agree(citation.issuer_iri.rpartition("/")[2], citation.number):
        yield "co-quan-trai-ky-hieu"
    if citation.date is None and citation.relation in _DEMANDED and citation.iri not in dated:
        yield "thieu-ngay"


_LAWS = ("luat", "bo-luat", "phap-lenh")


def _is_unlisted(text: Text, citation: Citation) -> bool:
    """A law told by nothing but a name that no list has, in words that cite nothing: "Luật Quốc tế nhận học bổng"."""
    if citation.number or citation.date or citation.type not in _LAWS or any(map(str.isdigit, citation.text)):
        return False
    return not known_name().match(fold(citation.text)) and not is_governed(text, citation.start)


@lru_cache(maxsize=4096)
def _agree(body: str, number: str) -> bool:
    """Whether the code that ends a number may be that body's, or that of the body in whose register it writes.

    >>> _agree("ubnd", "26/KH-UBND"), _agree("bo-noi-vu", "26/KH-UBND")
    (True, False)
    """
    known = bodies().get(body)
    if known is None:
        return True
    codes = {fold(code) for one in (known, *(bodies()[o] for o in known.registered_by)) for code in one.codes}
    written = fold(number.partition("/")[2] or number)
    return not codes or any(re.sub(r"[-.&]", "", code) in re.sub(r"[-.&]", "", written) for code in codes)


# --- doubts -------------------------------------------------------------------------------------------------------


def _told_by_doubts(findings: Findings) -> dict[tuple[int, int], list[str]]:
    """The grounds that the readers' doubts give, by the place of the finding they are of."""
    grounds = lexicon("confidence")["doubts"]
    told: dict[tuple[int, int], list[str]] = defaultdict(list)
    for doubt in findings.doubts:
        if doubt.code in grounds and doubt.start is not None and doubt.end is not None:
            told[doubt.start, doubt.end].append(grounds[doubt.code])
    return told
