"""Alerts as triples of the derived graph of the document they are about."""

from collections import Counter
from collections.abc import Iterable, Iterator

from loaders.law.alerts import Alert
from loaders.vocabulary import concept_iri
from ontology import BASE, TD
from queryapi.store.terms import XSD, Iri, Literal, Term

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def alert_facts(document: str, alerts: Iterable[Alert]) -> Iterator[tuple[Iri, Iri, Term]]:
    """Each alert with what it says; its name is its kind and the place of the citation, or what it concerns."""
    named: Counter[str] = Counter()
    for alert in sorted(alerts, key=lambda a: (a.kind, a.start or 0, a.citation or "", a.concerns, a.changed_on or "")):
        name = f"{document}#alert-{alert.kind}-{_place(alert)}"
        named[name] += 1
        iri = Iri(name if named[name] == 1 else f"{name}-{named[name]}")
        yield Iri(document), _td("hasAlert"), iri
        yield iri, Iri(_RDF_TYPE), _td("Alert")
        yield iri, _td("inDocument"), Iri(document)
        yield iri, _td("alertKind"), Iri(concept_iri("alert", alert.kind))
        yield iri, _td("severity"), Iri(concept_iri("severity", alert.severity))
        if alert.citation:
            yield iri, _td("onCitation"), Iri(alert.citation)
        yield iri, _td("concerns"), Iri(alert.concerns)
        if alert.changed_on:
            yield iri, _td("changedOn"), Literal(alert.changed_on, XSD + "date")
        yield iri, _td("alertReason"), Literal(alert.reason_vi, language="vi")
        yield iri, _td("alertReason"), Literal(alert.reason_en, language="en")


def _place(alert: Alert) -> str:
    """The citation's own place ("812", "812-2"); else what changed, by its name without our base."""
    if alert.citation:
        return alert.citation.rpartition("#citation-")[2]
    return alert.concerns.removeprefix(f"{BASE}id/").removeprefix("doc/").replace("/", "-").replace("#", "-")


def _td(name: str) -> Iri:
    return Iri(str(TD[name]))
