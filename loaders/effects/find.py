"""Effects: what the document itself does to the validity of documents, each with the sentence that does it.

Only the document's own words act: a recital that tells how one decree replaced another, a request to repeal, an article
quoted in an amending decree and the regulation attached to a decision do nothing here. A day that the clause does not
give is that of the document's own entry into force; where it states none, there is no day.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from loaders.citations.relations import opening
from loaders.effects.acts import AMENDS, ENDS, FORCE, MAYBE, SUSPENDS, find_verbs
from loaders.effects.force import Entry, find_endings, find_entries
from loaders.effects.own import Quoted, own_end, sentences
from loaders.effects.parts import all_but
from loaders.effects.walk import Lead, Taken, Walk
from loaders.effects.when import When, adopted, find_until, find_whens
from loaders.findings import Citation, Effect
from loaders.header import Header
from loaders.signature import Signature
from loaders.structure.outline import Section
from loaders.text import Text

_ENACTS = frozenset({"hien-phap", "luat", "bo-luat", "phap-lenh", "lenh", "nghi-quyet", "nghi-dinh", None})
_OVER = {
    **dict.fromkeys(("hien-phap", "luat", "bo-luat", "phap-lenh", "lenh", "nghi-dinh"), _ENACTS),
    "thong-tu": _ENACTS | {"thong-tu", "thong-tu-lien-tich", "quyet-dinh"},
    "thong-tu-lien-tich": _ENACTS | {"thong-tu", "thong-tu-lien-tich", "quyet-dinh"},
}
_NO_LAW = ("hop-dong", "giay-uy-quyen", "giay-moi", "bien-ban")  # "Hợp đồng số … hết hiệu lực" is between its parties
_RECITALS = ("căn cứ", "xét đề nghị", "thực hiện", "dẫn chiếu")
_ABOVE_ARTICLES = ("part", "chapter", "division")


@dataclass(frozen=True)
class Found:
    """An effect before its day is settled."""

    span: tuple[int, int]
    kind: str
    citation: Citation | None
    parts: tuple[str, ...]
    when: When | None


def find_effects(
    text: Text,
    header: Header,
    own_iri: str,
    outlined: Section,
    citations: tuple[Citation, ...],
    signature: Signature | None = None,
) -> tuple[Effect, ...]:
    """Every effect the document has, in the order of the text."""
    top = header.title_span[0] if header.title_span else header.body_start
    words = [found.start() for found in MAYBE.finditer(text.folded, min(top, header.body_start))]
    if not words:
        return ()
    reader = _Reader(text, header, own_iri, citations, words)
    return reader.read(outlined, own_end(text, outlined, signature, header.body_start, reader.quoted))


def agreed(citations: tuple[Citation, ...], effects: tuple[Effect, ...]) -> tuple[Citation, ...]:
    """The citations with the relation that what is done to them says: also to the fifth of a list of repealed ones."""
    acts = [e for e in effects if e.via is not None and e.start <= e.via < e.end and e.kind in _RELATIONS]
    said = {(e.via, e.about): _RELATIONS[e.kind] for e in reversed(acts)}
    return tuple(_agreed(c, said, acts) for c in citations)


def _agreed(citation: Citation, said: dict[tuple[int | None, str | None], str], acts: list[Effect]) -> Citation:
    if citation.relation == "căn cứ":
        return citation
    relation = said.get((citation.start, citation.iri))
    if relation is None and citation.relation in _RELATIONS.values():
        # "Luật X đã được sửa đổi theo Luật Y hết hiệu lực …": the sentence acts on X only
        told = any(e.start <= citation.start < e.end for e in acts)
        relation = "dẫn chiếu" if told else None
    return replace(citation, relation=relation) if relation else citation


_RELATIONS = {"replaces": "thay thế", "repeals": "bãi bỏ", "ends": "bãi bỏ", "amends": "sửa đổi"}


class _Reader:
    def __init__(
        self, text: Text, header: Header, own_iri: str, citations: tuple[Citation, ...], words: list[int]
    ) -> None:
        self.text, self.header, self.own_iri, self.words = text, header, own_iri, words
        self.quoted = Quoted(text)
        self.citations = sorted((c for c in citations if not self.quoted.covers(c.start)), key=lambda c: c.start)
        self.starts = [c.start for c in self.citations]
        self.spans = [(c.start, c.end) for c in self.citations]
        self.found: list[Found] = []
        self.entries: list[tuple[tuple[int, int], Entry]] = []
        self.endings: list[tuple[tuple[int, int], Entry]] = []
        self.title: list[Found] = []
        self.latest: Citation | None = None  # what was last amended in this article
        self.end = len(text.raw)

    def read(self, outlined: Section, end: int) -> tuple[Effect, ...]:
        self.end = end
        self._read_title()
        named = {found.citation.iri: found.citation for found in self.title if found.citation}
        target = next(iter(named.values())) if len(named) == 1 else None
        for section in outlined.children:
            self._section(section, None, target)
        done = {(found.citation.iri if found.citation else None) for found in self.found}
        self.found += [found for found in self.title if found.citation and found.citation.iri not in done]
        effects = [*self._own(), *(self._effect(found) for found in self.found if self._has_power(found))]
        return tuple(sorted(effects, key=lambda e: (e.start, e.via if e.via is not None else -1, e.kind)))

    # --- where to look ------------------------------------------------------------------------------------------

    def _read_title(self) -> None:
        span = self.header.title_span
        if span is None or span[1] - span[0] > 900 or not self._maybe(*span):
            return
        verbs = find_verbs(self.text, *span)
        walk = Walk(self.text, verbs, self._within(*span), self.header, None, None, titled=True)
        self._note(span, walk, None)

    def _section(self, section: Section, lead: Lead | None, target: Citation | None) -> None:
        """Reads a section; the list it announces, and the document it amends, hold for what stands under it."""
        if section.style in ("recipients", "attached", "appendix") or section.start >= self.end:
            return
        if section.style == "article" and not self.quoted.covers(section.start):
            self.latest = None
        if lead is None and section.style not in _ABOVE_ARTICLES and not self._maybe(section.start, section.end):
            return  # nothing is said there, nor below it
        target = target or self.latest
        below, amended = lead, target
        start, end = max(section.text_start, self.header.body_start), min(section.text_end, self.end)
        if (
            start < end
            and (self._maybe(start, end) or (lead and self._within(start, end)))
            and not self.quoted.covers(start)
        ):
            for sentence in sentences(self.text, start, end, self.spans):
                told = self._sentence(sentence, lead, target, section.style == "table")
                below, amended = told if told else (below, amended)
        for child in section.children:
            self._section(child, below, amended)

    def _sentence(
        self, span: tuple[int, int], lead: Lead | None, target: Citation | None, table: bool
    ) -> tuple[Lead | None, Citation | None] | None:
        start, end = span
        inside = self._within(start, end)
        if not self._maybe(start, end) and not (lead and inside):
            return None
        if self._is_recital(start):
            return None
        verbs = find_verbs(self.text, start, end)
        if not lead and not verbs and not FORCE.search(self.text.folded, start, end):
            return None, target
        whens = [
            w
            for w in find_whens(self.text, start, end, adopted(self.text, start, end, self.header.date))
            if self._is_free(w.start)
        ]
        entries = find_entries(self.text, span, self.header, inside, self.quoted)
        self.entries += [(span, entry) for entry in entries]
        endings = find_endings(self.text, span, self.header, inside, self.quoted, entries, verbs)
        self.endings += [(span, ending) for ending in endings]
        walk = Walk(
            self.text,
            verbs,
            inside,
            self.header,
            lead,
            target,
            hidden=self.quoted,
            span=span,
            entered=tuple(entry.end for entry in entries),
            in_table=table,
        )
        taken = [(entry.when.start, entry.when.end) for entry in entries if entry.when]
        free = [w for w in whens if not any(s <= w.start < e for s, e in taken)]
        found = self._note(span, walk, lead.when if lead else None, free)
        announced = walk.announced(free)
        amended = [f.citation for f in found if f.kind == AMENDS and f.citation]
        if len({c.iri for c in amended}) != 1:
            return announced, target
        self.latest = amended[0]
        return announced, self.latest

    def _note(
        self, span: tuple[int, int], walk: Walk, otherwise: When | None, whens: list[When] | None = None
    ) -> list[Found]:
        found = [self._dated(span, taken, whens or [], otherwise) for taken in walk.taken]
        found = [f for f in found if f.citation and f.citation.iri != self.own_iri]
        (self.title if whens is None else self.found).extend(found)
        return found

    def _dated(self, span: tuple[int, int], taken: Taken, whens: list[When], otherwise: When | None) -> Found:
        """With the phrase of time nearest after its verb, else the one the sentence opens with."""
        after = next((w for w in whens if taken.verb <= w.start < taken.until), None)
        before = next((w for w in whens if w.start < taken.first), None)
        when = after or before or otherwise
        if when is None and taken.kind == SUSPENDS:
            until = find_until(self.text, taken.citation.end, taken.until)
            when = When(taken.verb, taken.verb, own=True, until=until) if until else None
        return Found(span, taken.kind, taken.citation, taken.parts, when)

    def _is_recital(self, start: int) -> bool:
        said = opening(self.text, start)
        return said in _RECITALS

    def _is_free(self, place: int) -> bool:
        return not self.quoted.covers(place) and not any(s <= place < e for s, e in self.spans)

    def _maybe(self, start: int, end: int) -> bool:
        """Whether a word of effect stands between two places."""
        return bisect_left(self.words, start) < bisect_left(self.words, end)

    def _within(self, start: int, end: int) -> list[Citation]:
        """The citations between two places, those inside another's name left out."""
        inside = self.citations[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [c for c in inside if not any(o is not c and o.start <= c.start and c.end <= o.end for o in inside)]

    # --- what is found ------------------------------------------------------------------------------------------

    def _has_power(self, found: Found) -> bool:
        """A plan that says a decree has ended tells of it; only a document of some rank ends one."""
        if found.citation and found.citation.type in _NO_LAW:
            return False
        if found.citation is None or found.kind == AMENDS:
            return True
        allowed = _OVER.get(found.citation.type or "")
        return allowed is None or self.header.type in allowed

    def _own_day(self) -> str | None:
        """The first day of the whole document, where all its clauses agree."""
        days = {entry.when.day if entry.when else None for _, entry in self.entries if not entry.parts}
        return next(iter(days)) if len(days) == 1 else None

    def _own(self) -> Iterator[Effect]:
        for span, entry in self.entries:
            effect = self._of_itself("enters-into-force", span, entry)
            yield effect
            if entry.when and entry.when.until:
                parts = entry.parts or all_but(self.text, entry.when.end, span[1], own=True)
                until = entry.when.until
                yield replace(effect, kind=ENDS, provisions=parts, effective_on=until, rule="on-date", days=None)
        for span, ending in self.endings:
            yield self._of_itself(ENDS, span, ending)

    def _of_itself(self, kind: str, span: tuple[int, int], entry: Entry) -> Effect:
        when = entry.when or When(entry.start, entry.end)
        return Effect(
            text=self.text.raw[span[0] : span[1]],
            start=span[0],
            end=span[1],
            kind=kind,
            about=self.own_iri,
            about_number=self.header.number,
            provisions=entry.parts,
            effective_on=when.day,
            rule=when.rule,
            days=when.days,
        )

    def _effect(self, found: Found) -> Effect:
        cited, when = found.citation, found.when
        day = self._own_day() if when is None or when.own else when.day
        return Effect(
            text=self.text.raw[found.span[0] : found.span[1]],
            start=found.span[0],
            end=found.span[1],
            kind=found.kind,
            about=cited.iri if cited else None,
            about_number=cited.number if cited else None,
            about_name=cited.name if cited else None,
            provisions=found.parts,
            effective_on=day,
            until=when.until if when and found.kind == "suspends" else None,
            rule=when.rule if when else None,
            days=when.days if when else None,
            via=cited.start if cited else None,
        )
