"""Citations: every mention of another document, with what it is to this one.

The number is the anchor, not the type word: "203/KH-UBND" outlives OCR, "Kế hoạch" becomes "K& hoach". Around each
number the nearest type word, date, body, title and pinpoint are read; documents cited by name are a class of their own.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from loaders import names
from loaders.authorities.agencies import Agency
from loaders.authorities.units import Unit
from loaders.citations.apart import told_apart
from loaders.citations.damaged import body_code_said
from loaders.citations.document_types import (
    CONG_VAN,
    TypeWord,
    find_type_words,
    issuer_codes,
    number_word,
    type_codes,
    type_word_before,
)
from loaders.citations.followed import is_followed
from loaders.citations.issuers import is_joint, issuer_of, own_unit
from loaders.citations.kinds import is_paper
from loaders.citations.left import day_before, head_of, is_in_a_bracket, issuer_between, issuer_left
from loaders.citations.mentions import After, Mention, Place, bodies_in, read_after
from loaders.citations.named import find_laws, law_phrase_before, with_their_numbers
from loaders.citations.numbers import FoundNumber, find_numbers
from loaders.citations.ordinary import is_thing
from loaders.citations.pinpoints import pinpoint_before
from loaders.citations.programmes import find_named
from loaders.citations.related import related, sharing
from loaders.citations.relations import find_preamble
from loaders.citations.shortened import with_shortened
from loaders.citations.specks import without_specks
from loaders.findings import Citation
from loaders.header import Header
from loaders.text import Text, fold

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S{1,200}?\.(?:html?|aspx|pdf|docx?|gov\.vn)\b\S*", re.IGNORECASE)
_SIGNS = ("://", "www.", ".htm", ".aspx", ".pdf", ".doc", "gov.vn")
_LISTED = re.compile(r"\s*(?:,|;|va)\s*")  # "các văn bản số 12/UBND-NC, 15/SNV-CCHC"


def find_citations(text: Text, header: Header, section_at: Callable[[int], str | None]) -> tuple[Citation, ...]:
    """Every citation of the document in the order of the text, one for each place; its own number is none."""
    printed, text = text, without_specks(text)
    start = header.title_span[0] if header.title_span else header.body_start
    mentions = find_mentions(text, start)
    mentions = [m for m in mentions if not _is_self(m, header)]
    mentions = related(text, sharing(text, mentions), find_preamble(text, header.body_start))
    titles = [m.title for m in mentions if m.title and m.number]
    mentions = [m for m in mentions if not _is_issued(text, m, titles)]
    own = own_unit(text, header)
    said = _told_elsewhere(tuple(_citation(text, printed, m, header, own, section_at) for m in mentions))
    return told_apart(said, names.UNKNOWN + printed.sha256[:8])


def find_mentions(text: Text, start: int = 0) -> list[Mention]:
    """Numbered and named mentions from a place on, as they stand, without their relation."""
    numbered = list(_numbered(text, start))
    named = [*find_laws(text, start, len(text.raw)), *find_named(text, start, len(text.raw))]
    found, place, end = list(numbered), 0, 0
    seen = {(m.start, m.end) for m in numbered}
    for mention in sorted(named, key=lambda m: (m.start, -m.end)):
        if not mention.nested and mention.pinpoint is None:
            mention = replace(mention, pinpoint=pinpoint_before(text, mention.start))
        while place < len(numbered) and numbered[place].end <= mention.start:
            place += 1
        cited = place < len(numbered) and numbered[place].start < mention.end
        if mention.nested or not (cited or mention.start < end):
            if (mention.start, mention.end) not in seen:
                seen.add((mention.start, mention.end))
                found.append(mention)
            if not mention.nested:
                end = max(end, mention.end)
    return with_their_numbers(text, sorted(found, key=lambda m: (m.start, -m.end)))


# --- numbered ---------------------------------------------------------------------------------------------------


def _numbered(text: Text, start: int) -> Iterator[Mention]:
    numbers = _outside(with_shortened(text, find_numbers(text, start)), _addresses(text, start))
    last = None
    for position, number in enumerate(numbers):
        stop = numbers[position + 1].start if position + 1 < len(numbers) else len(text.raw)
        before = numbers[position - 1].end if position else start
        listed = last is not None and _LISTED.fullmatch(text.folded, last.end, number.start) is not None
        mention = _mention(text, number, before, stop, listed=listed)
        if mention:
            last = mention
            yield mention


def _addresses(text: Text, start: int) -> list[Place]:
    if not any(sign in text.folded for sign in _SIGNS):
        return []
    return [match.span() for match in _ADDRESS.finditer(text.raw, start)]


def _outside(numbers: list[FoundNumber], places: list[Place]) -> list[FoundNumber]:
    """The numbers that begin in none of the places, both in their order."""
    starts = [start for start, _ in places]
    before = ((number, bisect_right(starts, number.start) - 1) for number in numbers)
    return [number for number, at in before if at < 0 or number.start >= places[at][1]]


def _mention(text: Text, number: FoundNumber, floor: int, stop: int, *, listed: bool) -> Mention | None:
    so = number_word(text, number.start)
    has_so = any(c.isalnum() for c in text.folded[so : number.start])
    word = type_word_before(text, number.start, number.types)
    if word and word.start < floor:
        word = None
    if not (_is_plausible(text, so, number, word, has_so) or (listed and number.number)):
        return None
    kind, word, sure = _type(text, number, word)
    start = word.start if word else so + _lead(text, so) if has_so else number.start
    name = None
    if number.shape == "law":
        law = law_phrase_before(text, so, floor)
        if law and kind not in ("nghi-quyet",):
            start, name = law, " ".join(text.raw[law:so].split()).strip(" ,")
            kind = (
                "bo-luat"
                if fold(name).startswith("bo luat")
                else "phap-lenh"
                if fold(name).startswith("phap")
                else "luat"
            )
    after = _after(text, number, kind, stop)
    issuer = after.issuer or issuer_between(text, word, number) or issuer_left(text, start) or head_of(text, start)
    if after.date is None and issuer and issuer[1] <= start:
        after = replace(after, date=day_before(text, issuer[0]))
    if issuer and number.number and number.issuer_code and fold(number.issuer_code) not in issuer_codes():
        number = _with_the_code_of(text, number, issuer)
    if number.year and number.repaired and "§" in number.printed:
        number = _of_year(number, after.date.year if after.date else None)
    return Mention(
        start=start,
        end=after.end,
        type=kind,
        number=number.number,
        printed=number.printed,
        suffix=number.suffix,
        issuer_code=number.issuer_code,
        year=number.year or (after.date.year if after.date else None),
        name=name,
        date=after.date,
        issuer=issuer,
        title=after.title,
        pinpoint=pinpoint_before(text, start),
        repaired=number.repaired,
        confidence=round(number.confidence * (1.0 if sure else 0.8) * (1.0 if word is None or word.exact else 0.95), 2),
        headless=word is None and name is None,
    )


def _after(text: Text, number: FoundNumber, kind: str | None, stop: int) -> After:
    """What follows a number; where a law's is in brackets, its day stands after them."""
    joint, code = is_joint(kind, number.suffix), number.issuer_code
    if is_in_a_bracket(text, number):
        after = read_after(text, number.end + 1, stop, code=code)
        if after.date and after.date.year == number.year:
            return after
    return read_after(text, number.end, stop, joint=joint, code=code)


def _with_the_code_of(text: Text, number: FoundNumber, issuer: Place) -> FoundNumber:
    """The number with the code of the body named beside it, where its own is damaged ("71/CĐ-TTẹ")."""
    bodies = bodies_in(text, *issuer)
    code = body_code_said(fold(number.issuer_code or ""), bodies[0].body.codes) if bodies else None
    if code is None or number.issuer_code is None or number.number is None:
        return number
    suffix = number.suffix.replace(number.issuer_code, code)
    head = number.number.removesuffix(number.suffix)
    return replace(number, number=head + suffix, suffix=suffix, issuer_code=code, repaired=True, confidence=0.8)


def _of_year(number: FoundNumber, year: int | None) -> FoundNumber:
    """The number with the year of its day, where the printed one may be 2025 or 2028 ("152/202§/NĐ-CP")."""
    if number.number is None or number.year is None or f"/{number.year}/" in number.printed:
        return number
    if year is None or year // 10 != number.year // 10:
        return replace(number, number=None, year=None)
    return replace(number, number=number.number.replace(f"/{number.year}/", f"/{year}/"), year=year)


def _lead(text: Text, so: int) -> int:
    folded = text.folded[so : so + 14]
    return next((i for i, c in enumerate(folded) if c.isalnum()), 0)


# "Biểu số 02/BC", "Phụ lục số 03/PL", "Mẫu số 01/TĐKT": a form's code is no document's number
_FORM = re.compile(r"(?<![a-z])(?:bieu|mau|bang|phu luc|phu bieu|so do|hinh)(?:\s+mau)?\s*$")


# a table's cell, an item of a list that begins with a letter's number and its day: "| 1830/UBND-KSTT ngày 04/9/2025 |"
_CELL = re.compile(r"(?:^|\n|\|)[ \t]*(?:[-+*•–][ \t]+)?$")
_DATED = re.compile(r"[\s,|]{1,4}(?:ngay\s+)?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d")


def _is_plausible(text: Text, so: int, number: FoundNumber, word: TypeWord | None, has_so: bool) -> bool:
    """A number that could be something else wants a word beside it that says it is one."""
    if is_thing(text, number.start) and not (word and word.adjacent and word.exact):
        return False
    beside = (has_so and not _FORM.search(text.folded, max(0, so - 14), so)) or (word is not None and word.adjacent)
    if number.number is None:
        return word is not None and word.adjacent
    if number.suffix == "CP" and word is not None and word.slug == "de-an":
        return False  # "Đề án 06/CP" is the project's name, no decree of before 1997
    if number.shape == "letter" and fold(number.issuer_code or "") in issuer_codes() and not beside:
        return _CELL.search(text.raw, max(0, number.start - 6), number.start) is not None and (
            _DATED.match(text.folded, number.end) is not None
        )
    return beside if number.shape in ("alone", "letter", "inverted") or number.repaired else True


def _type(text: Text, number: FoundNumber, word: TypeWord | None) -> tuple[str | None, TypeWord | None, bool]:
    """The kind of document, the word that says so, and whether word and code agree.

    The word wins over the code ("Công văn số …/TTr-SNV"): codes are typed carelessly, and scanners turn CĐ into QĐ.
    Where a word of the code's kind stands right before it, it is part of that name ("Thông báo kết luận số …/TB-VPCP").
    """
    if (
        word is None
        and not number.types
        and (short := _SHORT.search(text.folded, max(0, number.start - 14), number.start))
    ):
        code = type_codes().read(short["code"], text.raw[short.start("code") : short.end("code")], False)
        if code:  # "HD số 1177/SGDĐT-VP"
            return code.types[0], None, True
    if word is None and not number.types and is_paper(text, number.start):
        return "khac", None, True
    if word is None or not word.slug:
        return _by_code(number), word, True
    if word.slug in number.types or not number.types:
        return word.slug, word, True
    general = next((kind for kind in number.types if word.slug.startswith(f"{kind}-")), None)
    if general:  # "Chương trình hành động số 3638/CTr-UBND" stands in the register of programmes
        return general, word, True
    for earlier in reversed(find_type_words(text, max(0, word.start - 40), word.start)):
        if earlier.slug in number.types and not re.search(r"[;.,\n]\s*\n|[;.]", text.raw[earlier.end : word.start]):
            return earlier.slug, earlier, True
    if number.shape == "law":
        return _by_code(number), None, True
    return word.slug, word, False


_SHORT = re.compile(r"(?<![\w-])(?P<code>hd|kh|tb|bc|ttr|qd|cv)\s+so\s*:?\s*$")


def _by_code(number: FoundNumber) -> str | None:
    if not number.types:
        return CONG_VAN
    if number.shape == "party" and "thong-tri" in number.types:
        return "thong-tri"
    return number.types[0]


def _is_self(mention: Mention, header: Header) -> bool:
    """Whether this is the document's own number, or its own blank in an annex ("Kèm theo Kế hoạch số   /KH-UBND")."""
    if header.type in ("luat", "bo-luat", "phap-lenh") and header.title and mention.number is None:
        own = f"{(mention.type or '').replace('-', ' ')} {header.title}"
        return mention.date is None and fold(mention.name or "") == fold(own)
    if mention.suffix is None or mention.suffix != header.suffix:
        return False
    if mention.number is None:
        return mention.date is None or mention.date.date in (None, header.date)
    if mention.number != header.number:
        return False
    return mention.date is None or mention.date.date is None or header.date is None or mention.date.date == header.date


# --- the finished citation ------------------------------------------------------------


_ISSUES = re.compile(r"(?:ban hanh|phe duyet|thong qua|ve|ve viec)\s+$")


def _is_issued(text: Text, mention: Mention, titles: list[Place]) -> bool:
    """Whether a name is only what the document before it issues ("Nghị quyết số 30c/NQ-CP ban hành Chương trình …")."""
    if mention.number or mention.type in ("luat", "bo-luat", "phap-lenh", "hien-phap"):
        return False
    if not mention.weak and not _ISSUES.search(text.folded, max(0, mention.start - 12), mention.start):
        return False
    return any(start <= mention.start < end for start, end in titles)


def _as_printed(text: Text, mention: Mention) -> str | None:
    """The number in the letters of the document: "12/QÐ-UBND" with the Ð of another alphabet."""
    if mention.printed is None or mention.printed in text.raw:
        return mention.printed
    letters = re.compile(
        "".join("[ĐÐ]" if c == "Đ" else r"[\s.]" if c == " " else re.escape(c) for c in mention.printed)
    )
    found = letters.search(text.raw, max(0, mention.start - 8))
    return found[0] if found else None


def _citation(
    text: Text,
    printed: Text,
    mention: Mention,
    header: Header,
    own: Unit | None,
    section_at: Callable[[int], str | None],
) -> Citation:
    """The citation; `printed` is the text as it stands, `text` the same without specks."""
    label, agency = issuer_of(text, mention, header, own)
    title = " ".join(text.raw[mention.title[0] : mention.title[1]].split()) if mention.title else None
    return Citation(
        text=printed.raw[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        type=mention.type,
        number=mention.number,
        number_as_printed=_as_printed(printed, mention),
        name=mention.name,
        date=mention.date.date if mention.date else None,
        issuer=label,
        issuer_iri=agency.iri if agency else None,
        title=title,
        relation=mention.relation,
        pinpoint=mention.pinpoint,
        followed=is_followed(text, mention.start),
        section=section_at(mention.start),
        repaired=mention.repaired,
        confidence=mention.confidence,
        iri=_iri(printed, mention, agency),
    )


def _told_elsewhere(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Short mentions ("Nghị quyết số 57-NQ/TW") with the body and the IRI that the one full mention gives."""
    full: dict[tuple[str | None, str | None], dict[tuple[str, str | None], str | None]] = {}
    for citation in citations:
        if citation.number and citation.date and citation.issuer_iri:
            key = citation.type, citation.number
            full.setdefault(key, {}).setdefault((citation.issuer_iri, citation.iri), citation.issuer)
    told = []
    for citation in citations:
        known = full.get((citation.type, citation.number), {})
        if len(known) == 1 and citation.date is None and citation.issuer_iri in (None, next(iter(known))[0]):
            (issuer_iri, iri), issuer = next(iter(known.items()))
            citation = replace(citation, issuer=issuer, issuer_iri=issuer_iri, iri=iri)
        told.append(citation)
    return tuple(told)


def _iri(text: Text, mention: Mention, agency: Agency | None) -> str:
    """The cited document's IRI; what is unknown is marked with this document's hash, so that unknowns never merge."""
    if mention.number:
        number = names.number_slug(mention.number)
    elif mention.name:
        number = names.slug(mention.name)
    else:
        number = f"khong-so-{text.sha256[:8]}-{mention.start}"
    year = str(mention.year) if mention.year else names.UNKNOWN + text.sha256[:8]
    authority = agency.authority if agency else names.UNKNOWN + text.sha256[:8]
    return names.document_iri(authority, mention.type or "khac", year, number)
