"""What follows from one document together with the register, what others claim and what the store holds.

Pure: no store is asked or written here. Nothing of it is said by the document itself, and all of it can be computed
again; `derivation.py` writes it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from loaders.authorities.units import Unit, units
from loaders.law.alerts import Alert, Leaning, alerts
from loaders.law.framework import framework_changes
from loaders.law.register import Register
from loaders.text import fold
from ontology import ELI, TD
from queryapi.loading.alertgraph import alert_facts
from queryapi.loading.claimgraph import claims_of
from queryapi.loading.contradict import contradicted
from queryapi.loading.judge import About, facts, issued_on, judge, nothing_claimed, period_until
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Literal, Term

Fact = tuple[Iri, Iri, Term]
Held = Callable[[str], bool]

_RELATIONS = {
    "can-cu": (str(ELI.based_on), str(TD.restsOn)),
    "thuc-hien": (str(ELI.ensures_implementation_of), str(TD.restsOn)),
    "xet-de-nghi": (str(TD.proposedIn),),
}
_SEARCHED = (str(ELI.number), "knownAs", "http://purl.org/dc/terms/title", "issuerLabel", "sourceName")


@dataclass(frozen=True)
class Around:
    """What a document stands among: the register, which documents can be read, and what they claim."""

    register: Register
    held: Held
    about: About = nothing_claimed

    def framework(self) -> Register:
        """The register with what documents say of the instruments that form a framework."""
        framed = [iri for iri, one in self.register.instruments.items() if one.frameworks]
        return self.register.joined(clause.claim for iri in framed for clause in self.about(iri))


def derived_facts(
    document: GraphDocument,
    register: Register,
    held: Held,
    about: About = nothing_claimed,
    framework: Register | None = None,
) -> Iterator[Fact]:
    """The derived facts of one document, outside any store.

    `held` tells which documents are there to be read, `about` what documents claim of one; `framework` is the register
    joined with all claims about instruments of a framework, where the caller has it at hand.
    """
    around = Around(register, held, about)
    found = _Found(document, around, framework)
    for citation in document.parts("hasCitation"):
        yield from found.citation(citation)
    yield from found.document()


def judged_anew(
    document: GraphDocument, before: GraphDocument, citations: Collection[str], around: Around, framework: Register
) -> Iterator[Fact]:
    """The derived facts again, where only what these citations mean or how it stood may have changed.

    The other citations are not judged: what `before` says of them stays.
    """
    found = _Found(document, around, framework)
    for citation in document.parts("hasCitation"):
        if citation in citations:
            yield from found.citation(citation)
        else:
            yield from found.kept(citation, before)
    yield from found.kept_alerts(before, citations)
    yield from found.document()


def ntriples(facts: Iterable[Fact]) -> set[str]:
    """Facts as lines of N-Triples."""
    return {f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts}


class _Found:
    """One document's derived facts in the making: its citations first, then what follows of them together."""

    def __init__(self, document: GraphDocument, around: Around, framework: Register | None) -> None:
        self.of = document
        self.around = around
        self.framework = framework
        self.until = period_until(document)
        self.targets: dict[str, str] = {}
        self.alerts: list[Alert] = []
        self.ended: set[str] = set()

    def citation(self, citation: str) -> Iterator[Fact]:
        """What follows for one citation alone: its verdict, what it means, whether that can be read."""
        judged = judge(self.of, citation, self.around.register, self.around.about)
        judgement = judged.judgement
        if judgement.resolved:
            yield Iri(citation), RESOLVED, Iri(judgement.resolved)
        target = judgement.resolved or self.of.iri_of(citation, "cites")
        registered = judgement.instrument is not None and judgement.instrument.is_registered
        yield Iri(citation), _td("held"), Literal.of(registered or bool(target and self.around.held(target)))
        for name, value in facts(judgement):
            yield Iri(citation), _td(name), value
        for clause in judged.decided_by:
            yield Iri(citation), _td("decidedByClaim"), Iri(clause)
        if target:
            self.targets[citation] = target
        relation = (self.of.iri_of(citation, "relation") or "").rpartition("/")[2]
        start = self.of.value(citation, "start")
        place = start if isinstance(start, int) else None
        leaning = Leaning(
            judgement=judgement,
            relation=relation,
            followed=self.of.value(citation, "followed") is True,
            day=issued_on(self.of),
            citation=citation,
            start=place,
        )
        found = alerts([leaning], (), self.until)
        self.alerts += found
        self.ended |= {alert.concerns for alert in found if alert.kind == "basis-ended-later"}

    def kept(self, citation: str, before: GraphDocument) -> Iterator[Fact]:
        """What was known of a citation that is not judged again."""
        target = before.iri_of(citation, str(RESOLVED)) or self.of.iri_of(citation, "cites")
        if target:
            self.targets[citation] = target
        yield from before.facts(citation)

    def kept_alerts(self, before: GraphDocument, again: Collection[str]) -> Iterator[Fact]:
        """The alerts on citations that are not judged again."""
        for alert in before.iris(self.of.iri, "hasAlert"):
            on = before.iri_of(alert, "onCitation")
            if on is None or on in again:
                continue
            yield Iri(self.of.iri), _td("hasAlert"), Iri(alert)
            yield from before.facts(alert)
            if (before.iri_of(alert, "alertKind") or "").endswith("/basis-ended-later"):
                self.ended |= set(before.iris(alert, "concerns"))

    def document(self) -> Iterator[Fact]:
        """What follows for the document as a whole."""
        subject = Iri(self.of.iri)
        yield from _edges(self.of, self.targets)
        place = list(_place(self.of))
        yield from place
        said = [self.of.text(self.of.iri, name) or "" for name in _SEARCHED]
        said += [value.value for _, _, value in place if isinstance(value, Literal)]
        yield subject, _td("searchText"), Literal(" ".join(fold(" ".join(said)).split()))
        yield from alert_facts(self.of.iri, [*self.alerts, *self._around()])
        for clause, other in contradicted(claims_of(self.of), self.around.register, self.around.about):
            yield Iri(clause), _td("contradicts"), Iri(other)

    def _around(self) -> Iterable[Alert]:
        """The alerts about what changed around the movement; a basis that says so itself is not told twice."""
        if self.until is None:
            return ()
        changes = framework_changes(
            _unit(self.of),
            self.of.iri_of(self.of.iri, str(ELI.passed_by)),
            issued_on(self.of),
            self.until,
            self.framework or self.around.framework(),
        )
        return alerts((), [change for change in changes if change.iri not in self.ended], self.until)


def _edges(document: GraphDocument, targets: Mapping[str, str]) -> Iterator[Fact]:
    """The document's own links to what it cites, one for each target and relation."""
    for citation, target in targets.items():
        if target != document.iri:
            relation = (document.iri_of(citation, "relation") or "").rpartition("/")[2]
            for edge in (str(ELI.cites), *_RELATIONS.get(relation, ())):
                yield Iri(document.iri), Iri(edge), Iri(target)


def _place(document: GraphDocument) -> Iterator[Fact]:
    """The province of the issuer's unit, on the day of the document."""
    unit = _unit(document)
    day = document.text(document.iri, str(ELI.date_document)) or document.text(document.iri, "notBefore")
    if unit:
        province = [unit, *units().ancestors(unit, day)][-1]
        yield Iri(document.iri), _td("province"), Iri(province.iri)
        yield Iri(document.iri), _td("provinceName"), Literal(province.name, language="vi")


def _unit(document: GraphDocument) -> Unit | None:
    """The unit of the issuer."""
    jurisdiction = document.iri_of(document.iri, str(ELI.jurisdiction))
    try:
        return units().get(jurisdiction) if jurisdiction else None
    except KeyError:
        return None


def _td(name: str) -> Iri:
    return Iri(str(TD[name]))


RESOLVED = _td("resolvedByDate")
