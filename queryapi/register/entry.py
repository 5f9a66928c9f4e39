"""What a person wants to write into the register, and the facts that makes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from loaders.errors import RegisterRefused, UnknownInstrument
from loaders.law.records import Instrument
from loaders.law.register import Register
from loaders.law.verdict import Bound, Confidence
from loaders.names import authority_of
from loaders.text import fold
from loaders.vocabulary import find, scheme
from ontology import BASE
from queryapi.register.plausible import must_be_provisions, must_be_the_year_of_its_number, must_have_a_source
from queryapi.register.turtle import Block, Value, day, iri, term, text

GRADES: tuple[Confidence, ...] = ("V", "V-weak", "I", "K")
UNSOURCED = "own knowledge, unverified"
LOCAL = re.compile("UBND|HĐND|HDND")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An instrument with what is new about it, all in the words a person gives. Days are ISO days.

    `starts` is the first day in force, `ends` the first day without; with `provisions` and no `amends`, `ends` is the
    end of those alone. `by` is the instrument that ended or suspended it.
    """

    number: str
    type: str | None = None
    title: str | None = None
    issuer: str | None = None
    province: str | None = None
    issued: str | None = None
    starts: str | None = None
    ends: str | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    suspended_from: str | None = None
    suspended_until: str | None = None
    by: str | None = None
    by_article: str | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = "K"
    note: str | None = None


@dataclass(frozen=True)
class Written:
    """What an entry makes: the instrument it is about, and the blocks of Turtle to write."""

    iri: str
    label: str
    is_new: bool
    blocks: tuple[Block, ...] = field(repr=False)


def written(entry: Entry, known: Register) -> Written:
    """The Turtle of an entry; RegisterRefused or UnknownInstrument where it cannot stand beside what is known."""
    entry = replace(entry, number=" ".join(entry.number.split()), sources=entry.sources or (UNSOURCED,))
    if entry.confidence == "V":
        must_have_a_source(entry.sources)
    must_be_provisions(entry.provisions)
    must_be_the_year_of_its_number(entry.number, entry.issued)
    _must_fit_together(entry)
    held = _held(entry, known)
    if held is None:
        head, about, label = _new(entry)
    else:
        head, about, label = Block(held.iri), held.iri, held.label
    blocks = [head]
    facts = _Facts(entry, about, head, held, known)
    blocks += facts.all()
    said = tuple(block for block in blocks if block.values)
    if not said:
        raise RegisterRefused(
            f"{label} đã có trong sổ và không có điều gì mới; nêu ngày hết, thay thế, sửa đổi hay ngưng",
            f"{label} is in the register and nothing is new; name an end, a successor, an amendment or a suspension",
        )
    return Written(about, label, held is None, said)


def _must_fit_together(entry: Entry) -> None:
    if entry.suspended_until and not entry.suspended_from:
        raise RegisterRefused("nêu cả ngày bắt đầu ngưng (--suspended-from)", "give --suspended-from too")
    if entry.provisions and not (entry.ends or entry.amends or entry.suspended_from):
        raise RegisterRefused(
            "--provision đi cùng --ends (điều ấy hết hiệu lực), --amends (bị sửa) hoặc --suspended-from (bị ngưng)",
            "--provision goes with --ends, --amends or --suspended-from",
        )


def _held(entry: Entry, known: Register) -> Instrument | None:
    """The instrument meant, if the register has it. A local number alone means nothing, every province has one."""
    kind = type_slug(entry.type) if entry.type else None
    found = known.by_iri(_path_iri(entry.number)) or known.by_number(entry.number, kind)
    if found or not LOCAL.search(entry.number.upper()):
        return found
    if not (entry.issuer or entry.title or entry.issued):  # nothing of a new one: one that is there is meant
        try:
            return look_up(known, entry.number)
        except UnknownInstrument:
            pass
    if not entry.issuer:
        raise RegisterRefused(
            f"{entry.number}: tỉnh nào cũng có số này; nêu --issuer (“Ủy ban nhân dân tỉnh …”) hoặc đường dẫn",
            f"{entry.number}: every province has this number; give --issuer, or the path in place of the number",
        )
    return known.by_iri(identified(entry)[0])


def _path_iri(words: str) -> str:
    return f"{BASE}id/doc/{words.removeprefix(f'{BASE}id/doc/').strip('/ ')}"


def look_up(known: Register, words: str) -> Instrument:
    """The instrument of a number or a path ("ubnd-tinh-dong-nai/quyet-dinh/2024/22"), local ones too.

    Raises UnknownInstrument, or RegisterRefused where several bear the number.
    """
    from difflib import get_close_matches

    found = known.by_iri(_path_iri(words)) or known.by_number(words)
    if found:
        return found
    key = fold(words).replace(" ", "").lstrip("0")
    same = [i for i in known.instruments.values() if fold(i.number).replace(" ", "").lstrip("0") == key]
    if len(same) == 1:
        return same[0]
    if same:
        paths = ", ".join(one.iri.removeprefix(f"{BASE}id/doc/") for one in same)
        raise RegisterRefused(
            f"có {len(same)} văn bản số {words}, hãy nêu đường dẫn: {paths}",
            f"{len(same)} instruments bear the number {words}, name the path: {paths}",
        )
    raise UnknownInstrument(words, tuple(get_close_matches(words, [i.number for i in known.instruments.values()], 3)))


def type_slug(words: str) -> str:
    """The type of document by its slug or its name.

    >>> type_slug("Nghị định"), type_slug("thong-tu")
    ('nghi-dinh', 'thong-tu')
    """
    listed = scheme("document-type")
    found = listed.get(words) or find("document-type", words)
    if found is None:
        raise RegisterRefused(
            f"“{words}” không phải tên loại văn bản (ví dụ: nghi-dinh, thong-tu, luat, quyet-dinh)",
            f"“{words}” is no type of document (for example nghi-dinh, thong-tu, luat, quyet-dinh)",
        )
    return found.slug


def identified(entry: Entry) -> tuple[str, str, str]:
    """The IRI a citation of this instrument would be read as, its type, its number: the reader itself is asked."""
    from loaders.read import cite
    from loaders.text import Text

    kinds = [type_slug(entry.type)] if entry.type else _kinds(entry.number)
    on = date.fromisoformat(entry.issued) if entry.issued else date.today()
    for kind in kinds:
        label = scheme("document-type")[kind].label
        issued = f" ngày {on.day:02}/{on.month:02}/{on.year}" if entry.issued else ""
        issuer = f" của {entry.issuer}" if entry.issuer else ""
        for found in cite(Text.of(f"Căn cứ {label} số {entry.number}{issued}{issuer};"), on=on, otherwise=on):
            if found.iri and found.type and authority_of(found.iri) and "/nd" not in found.iri:
                return found.iri, found.type, found.number or entry.number
    raise RegisterRefused(
        f"không nhận ra {entry.number} là văn bản của ai; nêu --type và --issuer (và --issued khi số không có năm)",
        f"cannot tell whose document {entry.number} is; give --type and --issuer (and --issued if it has no year)",
    )


def _kinds(number: str) -> list[str]:
    """The types whose code stands in the number, marks or not; a law's has none.

    >>> _kinds("12/2027/ND-CP"), _kinds("06/2022/QH15")
    (['nghi-dinh'], ['luat'])
    """
    said = {fold(code) for code in re.findall(r"[^\W\d_]+", number)}
    coded = [c.slug for c in scheme("document-type").values() if said & set(map(fold, c.codes))]
    return coded or (["luat"] if "qh" in said else [])


def _new(entry: Entry) -> tuple[Block, str, str]:
    about, kind, number = identified(entry)
    if not entry.title:
        raise RegisterRefused(
            f"{entry.number} chưa có trong sổ: nêu --title (và --issuer) để ghi mới",
            f"{entry.number} is not in the register: give --title (and --issuer) to add it",
        )
    if not (entry.issued or entry.starts):
        raise RegisterRefused(
            "nêu ngày ban hành (--issued) hoặc ngày có hiệu lực (--from)",
            "give the day of issue (--issued) or the first day in force (--from)",
        )
    party = "/TW" in entry.number or "/TU" in entry.number
    province = entry.province or province_of(entry.issuer or "")
    if LOCAL.search(number.upper()) and not province:
        raise RegisterRefused(
            "văn bản của địa phương: nêu --issuer với tên tỉnh, hoặc --province",
            "a local document: give --issuer with the province's name, or --province",
        )
    issuer = entry.issuer or _issuer(about)
    head = Block(about, ("td:LegalInstrument", "td:PartyInstrument" if party else "td:StateInstrument"))
    head.add("eli:number", text(number))
    head.add("eli:type_document", term(f"type:{kind}"))
    head.add("dcterms:title", text(entry.title, "vi"))
    head.add("td:documentNature", term(f"nature:{_nature(number, party)}"))
    head.add("td:issuerLabel", text(issuer))
    if province:
        head.add("td:appliesInProvince", text(province))
    return head, about, f"{scheme('document-type')[kind].label} {number}"


def _nature(number: str, party: bool) -> str:
    if party:
        return "party"
    return "normative" if re.search(r"/(?:19|20)\d\d/|/QH\d", number) else "administrative"


def _issuer(about: str) -> str:
    from loaders.law.register import register

    authority = authority_of(about)
    same = [i for i in register().instruments.values() if i.authority == authority]
    if not same:
        raise RegisterRefused("nêu cơ quan ban hành (--issuer)", "give the issuing body (--issuer)")
    return same[-1].issuer_label


def province_of(issuer: str) -> str | None:
    """
    >>> province_of("Ủy ban nhân dân tỉnh Đồng Nai")
    'Đồng Nai'
    >>> province_of("Ủy ban nhân dân thành phố Biên Hòa, tỉnh Đồng Nai")
    'Đồng Nai'
    """
    found = re.findall(r"(?:tỉnh|thành phố|TP\.?)\s+([^,]+)", issuer)
    return found[-1].strip() if found else None


class _Facts:
    """The facts of one entry, each a block, with the value on the instrument's own block."""

    def __init__(self, entry: Entry, about: str, head: Block, held: Instrument | None, known: Register) -> None:
        self.entry, self.about, self.head, self.held, self.known = entry, about, head, held, known

    def all(self) -> Iterator[Block]:
        entry, held = self.entry, self.held
        issue, start, end = (held.issue, held.valid_from, held.valid_before) if held else (None, None, None)
        self._framework()
        yield from self._bound(held, self.head, "issued", "eli:date_document", entry.issued, issue)
        yield from self._bound(held, self.head, "valid-from", "td:validFrom", entry.starts, start)
        if entry.ends and not (entry.provisions and not entry.amends):
            yield from self._bound(held, self.head, "valid-before", "td:validBefore", entry.ends, end)
        elif entry.ends:
            yield self._part("partly-expired", "td:partlyExpired", "td:PartialExpiry", None, entry.ends)
        if entry.suspended_from:
            until = entry.suspended_until
            yield self._part("suspended", "td:suspended", "td:Suspension", entry.suspended_from, until)
        for number in entry.replaced_by:
            yield from self._relation(self.about, self.head, "replaced-by", "td:replacedBy", self._known(number).iri)
        for number in entry.replaces:
            yield from self._replaced(self._known(number))
        for number in entry.amends:
            other = self._known(number)
            head = Block(other.iri)
            yield head
            yield from self._relation(other.iri, head, "amended-by", "td:amendedBy", self.about, entry.provisions)

    def _framework(self) -> None:
        """A new instrument that replaces or amends a part of a framework is a part of it."""
        others = (*self.entry.replaces, *self.entry.amends) if self.held is None else ()
        for slug in sorted({slug for number in others for slug in self._known(number).frameworks}):
            self.head.add("td:inFramework", term(f"framework:{slug}"))

    def _known(self, number: str) -> Instrument:
        return look_up(self.known, number)

    def _replaced(self, old: Instrument) -> Iterator[Block]:
        """The old one ends where the new one begins, and is led to it."""
        head = Block(old.iri)
        yield head
        starts = self.entry.starts or (self.held and self.held.valid_from and self.held.valid_from.date) or None
        if starts:
            yield from self._bound(old, head, "valid-before", "td:validBefore", starts, old.valid_before)
        yield from self._relation(old.iri, head, "replaced-by", "td:replacedBy", self.about)

    def _bound(
        self, of: Instrument | None, head: Block, name: str, prop: str, value: str | None, had: Bound | None
    ) -> Iterator[Block]:
        """A day and its fact; nothing where the register knows the same day as surely."""
        if value is None:
            return
        if had and had.date and of:
            weaker = GRADES.index(self.entry.confidence) >= GRADES.index(had.confidence)
            if had.date == value and weaker:
                return
            if had.date != value and had.confidence == "V":
                shown = "/".join(reversed(had.date.split("-")))
                raise RegisterRefused(
                    f"{of.label}: sổ đã ghi {_DAYS[prop]} là {shown} (V"
                    f"{', ' + had.by_article if had.by_article else ''}); nếu ngày ấy sai, sửa tệp Turtle bằng tay",
                    f"{of.label}: the register holds {had.date} (V); if that is wrong, edit the Turtle file by hand",
                )
            self._must_not_be_own(of, prop)
        head.add(prop, day(value))
        yield self._fact(head.iri, name, prop)

    def _must_not_be_own(self, of: Instrument, prop: str) -> None:
        """What the shipped register says weaker gives way; what a file of the user's says is theirs to mend."""
        from loaders.law.graph import register_sources
        from loaders.law.own import line_of

        short = of.iri.rpartition("/id/doc/")[2]
        name = {"td:validBefore": "valid-before", "td:validFrom": "valid-from"}.get(prop, "issued")
        for file in register_sources():
            line = line_of(file.content, f"<{short}#{name}>") if file.path else None
            if line:
                raise RegisterRefused(
                    f"{of.label}: {_DAYS[prop]} đã ghi ở {file.path}, dòng {line}; hãy sửa ở đó",
                    f"{of.label}: this day is written in {file.path}, line {line}; change it there",
                )

    def _relation(
        self, about: str, head: Block, name: str, prop: str, other: str, provisions: Sequence[str] = ()
    ) -> Iterator[Block]:
        known = self.known.by_iri(about)
        had = (*known.successors, *known.amendments) if known else ()
        sure = [GRADES.index(one.confidence) for one in had if one.iri == other]
        if sure and min(sure) <= GRADES.index(self.entry.confidence) and not provisions:
            return  # the register says it already, and as surely
        head.add(prop, iri(other))
        fact = self._fact(about, f"{name}-{'-'.join(other.rpartition('/id/doc/')[2].split('/')[1:])}", prop, other)
        for words in provisions:
            fact.add("td:ofProvision", text(words))
        yield fact

    def _part(self, name: str, prop: str, kind: str, starts: str | None, ends: str | None) -> Block:
        """A part that ended, or a time of suspension, under a name of its own day."""
        node = f"{self.about}#{name}-{starts or ends}"
        self.head.add(prop, iri(node))
        block = Block(node, ("td:RegisterFact", kind))
        block.add("td:about", iri(self.about))
        block.add("td:property", term(prop))
        if self.entry.by:
            block.add("td:value", iri(self._known(self.entry.by).iri))
        for words in self.entry.provisions:
            block.add("td:ofProvision", text(words))
        if starts:
            block.add("td:validFrom", day(starts))
        if ends:
            block.add("td:validBefore", day(ends))
        return self._sure(block)

    def _fact(self, about: str, name: str, prop: str, value: str | None = None) -> Block:
        block = Block(f"{about}#{name}", ("td:RegisterFact",))
        block.add("td:about", iri(about))
        block.add("td:property", term(prop))
        if value:
            block.add("td:value", iri(value))
        return self._sure(block, by_article=prop != "eli:date_document")

    def _sure(self, block: Block, *, by_article: bool = True) -> Block:
        """How sure and from where; the day of issue is printed on the document, by no article."""
        entry = self.entry
        block.add("td:confidence", term(f"confidence:{entry.confidence.lower()}"))
        if entry.by_article and by_article:
            block.add("td:byArticle", text(entry.by_article))
        for source in entry.sources:
            block.add("dcterms:source", _source(source))
        if entry.note:
            block.add("skos:note", text(entry.note, "vi"))
        return block


_DAYS = {
    "eli:date_document": "ngày ban hành",
    "td:validFrom": "ngày có hiệu lực",
    "td:validBefore": "ngày hết hiệu lực",
}


def _source(words: str) -> Value:
    """An address as an address, words as words."""
    return iri(words) if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words) else text(words)
