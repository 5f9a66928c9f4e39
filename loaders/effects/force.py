"""The document's own entry into force: "Quyết định này có hiệu lực …", whole or of the articles it names."""

import re
from dataclasses import dataclass

from loaders.citations.document_types import labels
from loaders.effects.acts import ENDS, FORCE, Verb, goes_on, is_asked, subjects
from loaders.effects.own import Quoted
from loaders.effects.parts import all_but, parts_before, parts_behind
from loaders.effects.when import OWN, When, adopted, find_whens, when_at
from loaders.findings import Citation
from loaders.header import Header
from loaders.text import Text

_TYPES = "|".join(name.replace(" ", r"\s+") for name in sorted(labels(), key=len, reverse=True))
_STILL = re.compile(
    r"\b(?:dang|con|chua|khong|tiep\s+tuc|ngay|thoi\s+diem|khi|van|da|het|se\s+khong|the|quy\s+dinh|cac\s+noi\s+dung)\s+$"
)
_PLAIN = re.compile(r"[\s,*_]*(?:(?:se|chinh\s+thuc|bat\s+dau|deu|cung|va|dong\s+thoi|gom\s+[^;.]{1,60}?)[\s,]+)*")
_WITH = re.compile(
    r"\s*(?:,|va|cung)\s+(?:cac\s+|ban\s+)?(?:quy\s+che|quy\s+dinh|phu\s+luc|danh\s+muc|dieu\s+le|de\s+an|bang|noi\s+quy|mau)\b"
    r"[^;.]{0,160}?[\s,]+"
)
_PASSED = re.compile(r"[\s,]*(?:da\s+)?duoc\s[^;.]{5,260}?\bthong\s+qua\b[^;.]{0,120}?[\s,]+(?:va\s+)?")
_UNNAMED = re.compile(rf"[\s\W]*(?:(?:{_TYPES})\s+)?")
_HEAD = re.compile(r"[\s\W\d]*(?:(?:hieu\s+luc|dieu\s+khoan|to\s+chuc|quy\s+dinh\s+chuyen)[^:.;]{0,60}[:.])?[\s\W]*")
_APART = re.compile(r"(?:[^.]{0,400}[;,.]\s*)?\b(?:rieng|tru|ngoai\s+tru)?\s*")
_NOT_OF_A_DOCUMENT = re.compile(
    r"\b(?:hop\s+dong|giay|chung\s+nhan|chung\s+chi|the|van\s+bang|ban\s+an|uy\s+quyen|bao\s+hiem|giao\s+dich)\b"
)


_REACH = 600  # no clause on entry into force is longer


@dataclass(frozen=True)
class Entry:
    """A clause by which the document, or some of its articles, take effect."""

    start: int
    end: int
    parts: tuple[str, ...]
    when: When | None


def find_entries(
    text: Text, span: tuple[int, int], header: Header, citations: list[Citation], quoted: Quoted
) -> list[Entry]:
    """The entries into force that a sentence states of the document itself."""
    start, end = span
    found: list[Entry] = []
    base = adopted(text, start, end, header.date)
    for force in FORCE.finditer(text.folded, start, end):
        place = force.start()
        if quoted.covers(place) or _STILL.search(text.folded, max(start, place - 24), place):
            continue
        parts = _whose(text, max(start, place - _REACH), place, header, citations, found)
        if parts is not None:
            found.append(
                Entry(place, force.end(), parts, _when(text, force.end(), min(end, force.end() + _REACH), base))
            )
    return found


def find_endings(
    text: Text,
    span: tuple[int, int],
    header: Header,
    citations: list[Citation],
    quoted: Quoted,
    entered: list[Entry],
    verbs: list[Verb],
) -> list[Entry]:
    """The day from which a sentence says the document itself is no more: "Nghị định này hết hiệu lực kể từ ngày …".

    What is excepted ("…, trừ các trường hợp sau") is kept in the words of the part that ends.
    """
    start, end = span
    found: list[Entry] = []
    for verb in verbs:
        if verb.kind != ENDS or quoted.covers(verb.start) or any(c.start <= verb.start < c.end for c in citations):
            continue
        parts = _whose_end(text, max(start, verb.start - _REACH), verb.start, header, citations, entered)
        stop = min(end, verb.end + _REACH)
        when = _when(text, verb.end, stop, adopted(text, start, end, header.date))
        if parts is None or when is None or when.day is None:
            continue
        parts = parts or parts_behind(text, verb.end, stop) or all_but(text, verb.end, end, own=True)
        found.append(Entry(verb.start, verb.end, parts, when))
    return found


def _whose_end(
    text: Text, start: int, place: int, header: Header, citations: list[Citation], entered: list[Entry]
) -> tuple[str, ...] | None:
    owns = subjects(text, start, place, header.type)
    if not owns or any(owns[-1].end() <= c.start < place for c in citations):
        return None
    own = owns[-1].end()
    before = [entry for entry in entered if own <= entry.start < place]
    if before:  # "Nghị định này có hiệu lực từ ngày … và hết hiệu lực từ ngày …"
        joined = goes_on(text, before[-1].end, place) and not is_asked(text, own, place)
        return before[-1].parts if joined else None
    return _parts(text, start, owns[-1].start(), citations) if _PLAIN.fullmatch(text.folded, own, place) else None


def _when(text: Text, place: int, end: int, base: str | None) -> When | None:
    at = when_at(text, place, end)
    if at:
        return at
    when = next(iter(find_whens(text, place, end, base)), None)
    if when is None or when.own or ";" in text.raw[place : when.start] or when.start - place > 60:
        return None
    return when


def _whose(
    text: Text, start: int, place: int, header: Header, citations: list[Citation], before: list[Entry]
) -> tuple[str, ...] | None:
    """Which parts of the document take effect at a verb, none for the whole; None where it is no part of it."""
    owns = subjects(text, start, place, header.type)
    if owns and before and owns[-1].end() <= before[-1].start:
        return _apart(text, before[-1].end, place)
    if owns:
        own = owns[-1]
        between = own.end()
        plain = _PLAIN.fullmatch(text.folded, between, place) or _PASSED.fullmatch(text.folded, between, place)
        acting = goes_on(text, between, place) and not is_asked(text, between, place)
        if plain or _WITH.fullmatch(text.folded, between, place):
            return _parts(text, start, own.start(), citations)
        if acting and _HEAD.fullmatch(text.folded, start, own.start()):
            return ()
        return None
    if OWN.search(text.folded, start, place):
        return _apart(text, before[-1].end if before else start, place) if before else None
    if any(c.end <= place for c in citations) and not before:
        return None
    bare = _UNNAMED.fullmatch(text.folded, start, place)
    if bare:
        return () if _bare_fits(bare[0], header) else None
    return _apart(text, before[-1].end if before else start, place)


def _bare_fits(words: str, header: Header) -> bool:
    said = " ".join(words.split()).strip(" \"'*_-.:,()")
    return not said or header.type is None or labels().get(said) in ("", header.type)


def _parts(text: Text, start: int, end: int, citations: list[Citation]) -> tuple[str, ...] | None:
    head = _HEAD.match(text.folded, start, end)
    begin = head.end() if head else start
    for mark in re.finditer(r"[;,:]", text.raw[begin:end]):
        if any(c.start < begin + mark.end() for c in citations) and not parts_before(text, begin, end):
            begin += mark.end()
            break
    named = parts_before(text, begin, end)
    if named is not None:
        return named.words
    if is_asked(text, begin, end) or _NOT_OF_A_DOCUMENT.search(text.folded, begin, end) or end - begin > 260:
        return None
    words = " ".join(text.raw[begin:end].split()).strip(" ,:")
    words = re.sub(r"\s+(?:của|tại|trong|thuộc|kèm theo|ban hành kèm theo)$", "", words)
    return (words,) if words and not any(begin <= c.start < end for c in citations) else None


def _apart(text: Text, start: int, place: int) -> tuple[str, ...] | None:
    """The articles a later clause sets apart: "riêng khoản 2 Điều 5 có hiệu lực từ ngày …"."""
    clause = max((m.end() for m in re.finditer(r"[;.]|\b(?:rieng|tru)\b", text.folded[start:place])), default=0) + start
    named = parts_before(text, clause, place)
    return named.words if named and named.words else None
