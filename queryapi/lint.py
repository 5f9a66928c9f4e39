"""A draft before signature: what does not hold in it, each with its place in the text and what to do.

One way for all rules: the text is read, its faults of wording (`loaders.drafting`) join what the reader doubts, what
follows from the register is derived, and the shapes of a draft are tested on that. Nothing is stored.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import Graph

from loaders.administrative import admit
from loaders.days import shown_day
from loaders.drafting import find_faults, unchecked_bases
from loaders.findings import Findings, Source
from loaders.header import find_header
from loaders.law.graph import RDF_TYPE, entries
from loaders.law.register import register
from loaders.names import graph_iri
from loaders.rdf import quads
from loaders.read import find, read
from loaders.signature import find_signature
from loaders.text import Text, quoted
from loaders.vocabulary import concept_iri
from ontology import TD
from queryapi.loading.derive import derived_facts
from queryapi.rulewords import filled
from queryapi.store import Store
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import XSD, Iri, Literal, Term
from shapes import DRAFTED
from shapes import graph as shapes_graph
from shapes.check import Result, Rule, check, rules

__all__ = ["Finding", "Linted", "Superior", "lint", "lint_text", "rules_of_drafts"]

SEVERITIES = ("Violation", "Warning", "Info")  # lỗi, lưu ý, gợi ý
_SHOWN = 160  # characters of the words at a place
_TOLD_WHOLE = frozenset({"message", "verdictReason", "alertReason", "hint"})  # sentences of ours, never cut
Held = Callable[[str], bool]


def _nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing in a draft that breaks one rule. Without a place it is about the draft as a whole.

    `severity` is Violation, Warning or Info; `line` and `column` count from 1; `confidence` is how sure the rule's
    source is, where it was not verified.
    """

    rule: str
    severity: str
    message_vi: str
    message_en: str
    remedy_vi: str
    remedy_en: str
    source: str | None
    confidence: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class Linted:
    """A draft with its findings in page order. `garbled`: read badly from a scan, so rules on wording kept silent.

    `unchecked` are the bases that are not in the register: whether they are in force nobody looked up.
    """

    name: str
    document: str
    garbled: bool
    tested: int
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing has to be mended; hints alone do not count."""
        return all(finding.severity == "Info" for finding in self.findings)


@dataclass(frozen=True)
class Superior:
    """A plan the draft has to agree with: its IRI and its graph as N-Triples."""

    iri: str
    triples: str

    @classmethod
    def read(cls, path: Path) -> "Superior":
        """From a file. Raises LoadError."""
        text, findings = read(path)
        return cls(findings.document.iri, _ntriples(findings, text))

    @classmethod
    def of(cls, store: Store, iri: str) -> "Superior":
        """A document of the store."""
        return cls(iri, store.triples(graph_iri("doc", iri)))


def lint(
    path: Path, *, held: Held = _nothing, superiors: tuple[Superior, ...] = (), store: Store | None = None
) -> Linted:
    """What does not hold in the draft of a file. Raises LoadError.

    `held` tells which documents the user has; a store tells by itself, and gives the plans the draft rests on.
    """
    text, findings = read(path)
    if store is None:
        return _linted(text, findings, held, superiors)
    own = findings.document.iri
    based = {c.iri for c in findings.citations if c.iri and c.relation in ("căn cứ", "thực hiện")} - {own}
    there = sorted(iri for iri in based if store.holds(graph_iri("doc", iri)))
    plans = [plan for iri in there if f"<{TD.EmulationPlan}>" in (plan := Superior.of(store, iri)).triples]
    return _linted(text, findings, lambda iri: store.holds(graph_iri("doc", iri)), (*superiors, *plans))


def lint_text(
    raw: str, name: str = "văn bản", *, held: Held = _nothing, superiors: tuple[Superior, ...] = ()
) -> Linted:
    """The same for a text that is in no file. Raises NotAdministrative.

    >>> linted = lint_text("KẾ HOẠCH\\nPhát động phong trào thi đua năm 2024\\nTheo quy định của của Luật.")
    >>> [(f.rule, f.line, f.column, f.words) for f in linted.findings if f.rule == "Draft-doubledWords"]
    [('Draft-doubledWords', 3, 15, 'của của')]
    """
    text = Text.of(raw)
    findings = find(text, Source(name=name, sha256=text.sha256))
    admit(text, findings, name)
    return _linted(text, findings, held, superiors)


def rules_of_drafts() -> dict[str, Rule]:
    """The rules a draft is tested on, by name: those of the draft's shapes that know what to do."""
    found = rules(shapes_graph(*DRAFTED)).items()
    return {str(iri).rpartition("#")[2]: rule for iri, rule in sorted(found) if rule.remedies}


def _linted(text: Text, findings: Findings, held: Held, superiors: tuple[Superior, ...]) -> Linted:
    known = replace(findings, doubts=(*findings.doubts, *find_faults(text, findings)))
    own = GraphDocument(findings.document.iri, _ntriples(known, text))
    said = [_ntriples(known, text), _derived(own, held), _superior_facts(own, superiors)]
    document = GraphDocument(own.iri, "".join(said))
    data = Graph().parse(data="".join([*said, _law(document), *(s.triples for s in superiors)]), format="nt")
    results = check(data, shapes_graph(*DRAFTED))
    by_name = rules_of_drafts()
    place = _Places(text, findings)
    found = [
        (str(result.focus), _finding(result, by_name[name], document, place))
        for result in results.results
        if (name := str(result.shape).rpartition("#")[2]) in by_name and _is_of(str(result.focus), own.iri)
    ]
    first: dict[tuple[str, str], Finding] = {}
    for focus, finding in sorted(found, key=lambda one: _page_order(one[1])):
        first.setdefault((focus, finding.rule), finding)  # an award missing its number is one fault, not one per award
    order = sorted(first.values(), key=_page_order)
    return Linted(
        name=findings.source.name,
        document=own.iri,
        garbled=text.garbled,
        tested=sum(results.tested.values()),
        findings=tuple(order),
        unchecked=unchecked_bases(findings),
    )


def _page_order(finding: Finding) -> tuple[bool, int, int, str]:
    return finding.start is None, finding.start or 0, SEVERITIES.index(finding.severity), finding.rule


def _is_of(thing: str, document: str) -> bool:
    return thing == document or thing.startswith(f"{document}#")


def _ntriples(findings: Findings, text: Text) -> str:
    text_of = str(TD.text)
    return "".join(f"{quad.triple} .\n" for quad in quads(findings, text.raw) if quad.predicate.value != text_of)


def _derived(document: GraphDocument, held: Held) -> str:
    return _written(derived_facts(document, register(), held))


def _superior_facts(document: GraphDocument, superiors: tuple[Superior, ...]) -> str:
    """The plans given are superior to the draft because the user says so, and they are held."""
    facts: list[tuple[Iri, Iri, Term]] = []
    for superior in superiors:
        facts.append((Iri(document.iri), Iri(str(TD.restsOn)), Iri(superior.iri)))
    return _written(facts)


def _written(facts: Iterable[tuple[Iri, Iri, Term]]) -> str:
    return "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts)


def _law(document: GraphDocument) -> str:
    """What the register says of the instruments cited: which framework they are part of, and their forms."""
    cited: set[str] = set()
    for citation in document.parts("hasCitation"):
        cited |= {*document.iris(citation, "cites"), *document.iris(citation, "resolvedByDate")}
    lines = []
    for iri in sorted(cited):
        entry = entries().get(iri)
        for framework in entry.all(TD.inFramework) if entry else ():
            lines.append(f"<{iri}> <{TD.inFramework}> <{framework}> .\n")
    for entry in entries().values():
        if entry.one(TD.formOfDocument) in cited and entry.has(TD.formNumber):
            number, purpose = Literal(entry.must(TD.formNumber)), Literal(entry.must(TD.purpose))
            lines += [
                f"<{entry.iri}> <{RDF_TYPE}> <{TD.ReportForm}> .\n",
                f"<{entry.iri}> <{TD.formOfDocument}> <{entry.must(TD.formOfDocument)}> .\n",
                f"<{entry.iri}> <{TD.formNumber}> {number.n3()} .\n",
                f"<{entry.iri}> <{TD.purpose}> {purpose.n3()} .\n",
                f"<{entry.iri}> <{TD.confidence}> <{concept_iri('confidence', entry.slug(TD.confidence))}> .\n",
            ]
    return "".join(lines)


def _finding(result: Result, rule: Rule, document: GraphDocument, places: "_Places") -> Finding:
    focus = str(result.focus)
    shown = result.value if result.value and _is_of(result.value, document.iri) else focus
    start, end = places.of(document, shown)
    words = places.words(start, end)
    line, column = places.line(start)

    def said(language: str) -> Callable[[str], str | None]:
        return lambda name: _value(document, focus, name, language, result.value, words)

    severity = result.severity
    if rule.finding_source == "text" and places.garbled:
        severity = "Info"  # the slip may be the scanner's
    return Finding(
        rule=str(result.shape).rpartition("#")[2],
        severity=severity,
        message_vi=filled(rule.messages.get("vi", ""), said("vi")),
        message_en=filled(rule.messages.get("en", ""), said("en")),
        remedy_vi=filled(rule.remedies.get("vi", ""), said("vi")),
        remedy_en=filled(rule.remedies.get("en", ""), said("en")),
        source=rule.source,
        confidence=rule.confidence,
        start=start,
        end=end,
        line=line,
        column=column,
        page=places.page(start),
        words=words,
    )


def _value(
    document: GraphDocument, focus: str, name: str, language: str, value: str | None, words: str | None
) -> str | None:
    """What a rule's sentence may name: the words at the place, the value that broke the rule, any property."""
    if name == "words":
        return words
    if name == "value":
        return _shown(Literal(value)) if value else None
    if name == "cited":
        return document.text(focus, "citedNumber") or document.text(focus, "citedName")
    literals = [term for term in document.all(focus, name) if isinstance(term, Literal)]
    spoken = [term for term in literals if term.language in (None, language)]
    if name in _TOLD_WHOLE:
        sentence = " ".join(spoken[0].value.split()) if spoken else ""
        return sentence[:1].lower() + sentence[1:] if name == "message" else sentence or None
    spoken = spoken or literals
    return _shown(spoken[0]) if spoken else None


def _shown(term: Literal) -> str:
    """A value for people: 2024-12-31 as 31/12/2024, words on one line."""
    is_day = term.datatype == XSD + "date" or (len(term.value) == 10 and term.value[4:5] == "-" == term.value[7:8])
    return shown_day(term.value) if is_day else _short(term.value)


def _short(words: str) -> str:
    plain = " ".join(quoted(words).split())
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"


class _Places:
    """Where in the text a thing of the graph stands, and what stands there."""

    def __init__(self, text: Text, findings: Findings) -> None:
        self._text = text
        self._findings = findings
        self.garbled = text.garbled

    def of(self, document: GraphDocument, focus: str) -> tuple[int | None, int | None]:
        """Its own place, else that of what it is about, else the preamble's or the title's."""
        for subject in (focus, document.iri_of(focus, "onCitation")):
            if subject and (place := self._own(document, subject)):
                return place
        movement = self._findings.movement
        if (f"{focus}#").startswith(f"{document.iri}#alert") and movement and movement.start is not None:
            return movement.start, movement.end
        return self._head(grounds=focus == document.iri)

    def _own(self, document: GraphDocument, subject: str) -> tuple[int, int] | None:
        start, end = document.value(subject, "start"), document.value(subject, "end")
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None

    def _head(self, *, grounds: bool) -> tuple[int | None, int | None]:
        first = next((c for c in self._findings.citations if c.relation in ("căn cứ", "thực hiện")), None)
        if grounds and first:
            return first.start, first.end
        title = find_header(self._text, find_signature(self._text)).title_span
        return title if title else (None, None)

    def words(self, start: int | None, end: int | None) -> str | None:
        return None if start is None or end is None else _short(self._text.raw[start:end]) or None

    def page(self, start: int | None) -> int | None:
        """The page, in a file that has pages."""
        page = self._text.layout.page_at(start) if self._text.layout and start is not None else None
        return page.number if page else None

    def line(self, start: int | None) -> tuple[int | None, int | None]:
        if start is None:
            return None, None
        raw = self._text.raw
        return raw.count("\n", 0, start) + 1, start - (raw.rfind("\n", 0, start) + 1) + 1
