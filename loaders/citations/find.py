"""Citations: every mention of another document, with what it is to this one.

The number is the anchor, not the type word: "203/KH-UBND" outlives OCR, "Kế hoạch" becomes "K& hoach". Around each
number the nearest type word, date, body, title and pinpoint are read; documents cited by name are a class of their own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from loaders import names
from loaders.authorities.agencies import Agency, Context, agency, by_suffix, find_bodies, resolve, resolve_mention
from loaders.authorities.units import Unit
from loaders.citations.document_types import CONG_VAN, TypeWord, find_type_words, number_word, type_word_before
from loaders.citations.followed import is_followed
from loaders.citations.mentions import HEADS, Mention, Place, head_name, pinpoint_before, read_after, term_after
from loaders.citations.named import find_laws, find_named, law_phrase_before
from loaders.citations.numbers import FoundNumber, find_numbers
from loaders.citations.related import related, sharing
from loaders.citations.relations import find_preamble
from loaders.findings import Citation
from loaders.header import Header
from loaders.text import Text, fold

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)\S{1,200}?\.(?:html?|aspx|pdf|docx?|gov\.vn)\b\S*", re.IGNORECASE)
_LEFT_PLACE = re.compile(r"[\s,]+(?:tai|trong|theo)\s+(?:cac\s+|ban\s+)?$")
_LEFT_VERB = re.compile(r"\s+(?:da\s+|vua\s+)?(?:co|ban hanh|trinh)\s+(?:cac\s+|ban\s+)?")
_LEFT_SUBJECT = re.compile(r"(?:\bco|\bban hanh|\btrinh)\s+(?:cac\s+|ban\s+)?$")
# a body we have no list of: "đề nghị của Giám đốc Sở Nông nghiệp & Phát triển nông thôn tỉnh tại …"
_LEFT_NAMED = re.compile(
    r"của\s+(?:(?:Giám đốc|Trưởng ban|Trưởng phòng|Chánh Văn phòng|Thủ trưởng|Chi cục trưởng|Cục trưởng)\s+)?"
    r"(?P<name>[A-ZĐ][^,;.:\n]{3,50}(?:\n[^,;.:\n]{0,50})?)$"
)
_LEFT_REACH = 140
_JOINT = ("thong-tu-lien-tich", "nghi-quyet-lien-tich", "van-ban-lien-tich")
_LISTED = re.compile(r"\s*(?:,|;|va)\s*")  # "các văn bản số 12/UBND-NC, 15/SNV-CCHC"


def find_citations(text: Text, header: Header, section_at: Callable[[int], str | None]) -> tuple[Citation, ...]:
    """Every citation of the document in the order of the text, one for each place; its own number is none."""
    start = header.title_span[0] if header.title_span else header.body_start
    mentions = find_mentions(text, start)
    mentions = [m for m in mentions if not _is_self(m, header)]
    mentions = related(text, sharing(text, mentions), find_preamble(text, header.body_start))
    mentions = [m for m in mentions if not _is_issued(text, m, mentions)]
    return _told_elsewhere(tuple(_citation(text, mention, header, section_at) for mention in mentions))


def find_mentions(text: Text, start: int = 0) -> list[Mention]:
    """Numbered and named mentions from a place on, as they stand, without their relation."""
    numbered = list(_numbered(text, start))
    taken = [(m.start, m.end) for m in numbered]
    found = list(numbered)
    for mention in sorted(
        [*find_laws(text, start, len(text.raw)), *find_named(text, start, len(text.raw))],
        key=lambda m: (m.start, -m.end),
    ):
        if not mention.nested and mention.pinpoint is None:
            mention = replace(mention, pinpoint=pinpoint_before(text, mention.start))
        if mention.nested or not any(s < mention.end and mention.start < e for s, e in taken):
            if not any(m.start == mention.start and m.end == mention.end for m in found):
                found.append(mention)
            if not mention.nested:
                taken.append((mention.start, mention.end))
    return sorted(found, key=lambda m: (m.start, -m.end))


# --- numbered ---------------------------------------------------------------------------------------------------


def _numbered(text: Text, start: int) -> Iterator[Mention]:
    addresses = [match.span() for match in _ADDRESS.finditer(text.raw, start)]
    numbers = [n for n in find_numbers(text, start) if not any(s <= n.start < e for s, e in addresses)]
    last = None
    for position, number in enumerate(numbers):
        stop = numbers[position + 1].start if position + 1 < len(numbers) else len(text.raw)
        before = numbers[position - 1].end if position else start
        listed = last is not None and _LISTED.fullmatch(text.folded, last.end, number.start) is not None
        mention = _mention(text, number, before, stop, listed=listed)
        if mention:
            last = mention
            yield mention


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
    after = read_after(text, number.end, stop, joint=kind in _JOINT)
    issuer = after.issuer or _issuer_between(text, word, number) or _issuer_left(text, start)
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
        headless=word is None and has_so,
    )


def _lead(text: Text, so: int) -> int:
    folded = text.folded[so : so + 14]
    return next((i for i, c in enumerate(folded) if c.isalnum()), 0)


# "Biểu số 02/BC", "Phụ lục số 03/PL", "Mẫu số 01/TĐKT": a form's code is no document's number
_FORM = re.compile(r"(?<![a-z])(?:bieu|mau|bang|phu luc|phu bieu|so do|hinh)(?:\s+mau)?\s*$")


def _is_plausible(text: Text, so: int, number: FoundNumber, word: TypeWord | None, has_so: bool) -> bool:
    """A number that could be something else wants a word beside it that says it is one."""
    beside = (has_so and not _FORM.search(text.folded, max(0, so - 14), so)) or (word is not None and word.adjacent)
    if number.number is None:
        return word is not None and word.adjacent
    if number.suffix == "CP" and word is not None and word.slug == "de-an":
        return False  # "Đề án 06/CP" is the project's name, no decree of before 1997
    return beside if number.shape in ("alone", "letter", "inverted") or number.repaired else True


def _type(text: Text, number: FoundNumber, word: TypeWord | None) -> tuple[str | None, TypeWord | None, bool]:
    """The kind of document, the word that says so, and whether word and code agree.

    The word wins over the code ("Công văn số …/TTr-SNV"): codes are typed carelessly, and scanners turn CĐ into QĐ.
    Where a word of the code's kind stands right before it, it is part of that name ("Thông báo kết luận số …/TB-VPCP").
    """
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


def _by_code(number: FoundNumber) -> str | None:
    if not number.types:
        return CONG_VAN
    if number.shape == "party" and "thong-tri" in number.types:
        return "thong-tri"
    return number.types[0]


def _issuer_between(text: Text, word: TypeWord | None, number: FoundNumber) -> Place | None:
    """The body between type word and number: "các Quyết định của Thủ tướng Chính phủ: số 805/QĐ-TTg"."""
    if word is None or word.adjacent:
        return None
    bodies = find_bodies(text, word.end, number.start)
    if not bodies:
        return None
    heads = [h for h in HEADS.finditer(text.folded, word.end, bodies[-1].start) if h.end() == bodies[-1].start]
    return (heads[0].start() if heads else bodies[-1].start), bodies[-1].end


def _issuer_left(text: Text, start: int) -> Place | None:
    """The body before the citation: "xét đề nghị của phòng Nội vụ tại Tờ trình số …", "Sở Nội vụ có Tờ trình số …"."""
    floor = max(0, start - _LEFT_REACH)
    place = _LEFT_PLACE.search(text.folded, floor, start)
    if not place and not _LEFT_SUBJECT.search(text.folded, max(0, start - 30), start):
        return None
    for body in find_bodies(text, floor, start)[-1:]:
        if place and text.folded[body.end : place.start()].strip(" \n,*_") == "" and place.start() >= body.end:
            return body.start, body.end
        of = text.folded[max(0, body.start - 4) : body.start].strip() == "cua"  # "Tổ công tác của Chính phủ có văn bản"
        if not of and _LEFT_VERB.fullmatch(text.folded, body.end, start):
            return body.start, body.end
    named = _LEFT_NAMED.search(text.raw, floor, place.start()) if place else None
    return named.span("name") if named else None


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


def _is_issued(text: Text, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a name is only what the document before it issues ("Nghị quyết số 30c/NQ-CP ban hành Chương trình …")."""
    if mention.number or mention.type in ("luat", "bo-luat", "phap-lenh", "hien-phap"):
        return False
    inside = any(
        m.title and m.title[0] <= mention.start < m.title[1] for m in mentions if m is not mention and m.number
    )
    return inside and bool(_ISSUES.search(text.folded, max(0, mention.start - 12), mention.start))


def _joint_by_code(text: Text, mention: Mention) -> tuple[str, Agency] | None:
    """The bodies of a joint document that prints none in full ("của liên Bộ: Tài chính, Nội vụ"), from its codes."""
    if mention.issuer and fold(text.raw[slice(*mention.issuer)])[:4] != "lien":
        return None
    found = [by_suffix(code, Context()) for code in (mention.suffix or "").split("-")[1:]]
    known = [agency for agency in found if agency]
    return (_joined([a.label for a in known]), known[0]) if len(known) == len(found) > 1 else None


def _joined(labels: list[str]) -> str:
    """
    >>> _joined(["Bộ Công an", "Bộ Nội vụ", "Bộ Tài chính"])
    'Bộ Công an, Bộ Nội vụ và Bộ Tài chính'
    """
    return " và ".join([", ".join(labels[:-1]), labels[-1]])


# whose label is told with the term of office
_BY_TERM = ("ban-chap-hanh-trung-uong",)
_UNIT_KINDS = {"tinh", "huyen", "thi xa", "thanh pho", "quan", "xa", "phuong", "dac khu"}
_COMMITTEES = ("tinh-uy", "thanh-uy", "huyen-uy", "thi-uy", "quan-uy", "dang-uy")


def _coded_at(mention: Mention, unit: Unit) -> Agency | None:
    """The body of a unit whose code ends the number: "12/KH-UBND … của tỉnh", "05-NQ/TU … của tỉnh"."""
    if mention.suffix and "/" in mention.suffix:
        return next((found for body in _COMMITTEES if (found := agency(body, unit))), None)
    code = fold(mention.issuer_code or "ubnd")
    return agency(code, unit) if code in ("ubnd", "hdnd") else None


def _agency(text: Text, mention: Mention, header: Header) -> tuple[str | None, Agency | None]:
    """The body's label and who that is, as of the cited document's day; a central body also from its code alone."""
    own = header.issuer.unit if header.issuer else None
    if mention.type in _JOINT and (joint := _joint_by_code(text, mention)):
        return joint
    if mention.issuer is None and mention.issuer_words is None:
        if _LEFT_SUBJECT.search(text.folded, max(0, mention.start - 30), mention.start):
            return None, None  # "Tổ công tác … có văn bản số 3681/BC-TCT": its code is no tax office's
        agency = _of_code(mention, Context(own=own, on=header.date or header.not_before))
        return (agency.label, agency) if agency else (None, None)
    if mention.issuer is None:
        agency = resolve(mention.issuer_words or "", Context(own=own))
        return mention.issuer_words, agency
    start, end = mention.issuer
    words = " ".join(text.raw[start:end].split())
    bodies = find_bodies(text, start, end)
    if not bodies and fold(words) in _UNIT_KINDS:  # "của tỉnh": whose code the number ends in
        committee = resolve(words, Context(own=own, on=header.date))
        agency = _coded_at(mention, committee.unit) if committee and committee.unit else None
        return (agency.label, agency) if agency else (words, None)
    if len(bodies) == 2 and bodies[0].body.slug == "dang-uy" and bodies[0].start == start:
        agency = resolve_mention(bodies[1], Context(own=own, on=header.date))
        return f"{bodies[0].body.label} {agency.label if agency else bodies[1].label}", None
    if not bodies or bodies[0].start != start:
        # "Thông tư số 12/2019/TT-BNV … của Bộ trưởng Bộ Nội vụ": the head's documents stand in the body's register
        head = HEADS.fullmatch(text.folded, start, bodies[0].start) if bodies else None
        agency = resolve_mention(bodies[0], Context(own=own, on=header.date)) if head else None
        return (f"{head_name(head[0])} {agency.label}" if head and agency else words), agency
    if bodies[-1].end < end and mention.type not in _JOINT:
        return words, None  # a name that goes on beyond the body we know is another's
    if len(bodies) > 1 and mention.type in _JOINT:
        found = [resolve_mention(body, Context(own=own, on=header.date)) for body in bodies]
        return _joined([a.label if a else body.label for a, body in zip(found, bodies, strict=True)]), found[0]
    cited = mention.date.date if mention.date else None
    for day in dict.fromkeys(day for day in (cited, header.date, header.not_before, None)):
        agency = resolve_mention(bodies[0], Context(own=own, on=day))
        if agency:
            term = term_after(text, end) if agency.body in _BY_TERM else None
            return f"{agency.label} khóa {term}" if term else agency.label, agency
    return words if bodies[0].misread == 0 else bodies[0].label, None


def _of_code(mention: Mention, context: Context) -> Agency | None:
    """The body that a number's code alone tells: a central one, or an office of the document's own unit ("TTr-PNV").

    A committee or council is not guessed: "12/KH-UBND" exists in every commune.
    """
    agency = by_suffix(mention.suffix or "", context)
    if agency is None or fold(mention.issuer_code or "") == "tw":  # several bodies of the Party's centre write under TW
        return None
    return agency if (agency.unit is None or agency.body.startswith(("so-", "phong-"))) else None


def _citation(text: Text, mention: Mention, header: Header, section_at: Callable[[int], str | None]) -> Citation:
    label, agency = _agency(text, mention, header)
    title = " ".join(text.raw[mention.title[0] : mention.title[1]].split()) if mention.title else None
    return Citation(
        text=text.raw[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        type=mention.type,
        number=mention.number,
        number_as_printed=mention.printed,
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
        iri=_iri(text, mention, agency),
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
    unknown = names.UNKNOWN + text.sha256[:8]
    if mention.number:
        number = names.number_slug(mention.number)
    elif mention.name:
        number = names.slug(mention.name)
    else:
        number = f"khong-so-{text.sha256[:8]}-{mention.start}"
    year = str(mention.year) if mention.year else unknown
    return names.document_iri(agency.authority if agency else unknown, mention.type or "khac", year, number)
