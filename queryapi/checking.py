"""The graph against its rules: each document against the document shapes, the register against its timelines."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph, URIRef

from loaders.names import graph_iri
from ontology import BASE
from queryapi.documents import documents
from queryapi.store import Store
from shapes import REGISTERED, STORED
from shapes import graph as shapes_graph
from shapes.check import Result, Rule, check, rules


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One node that breaks one rule; `where` is the document's name, or the register."""

    where: str
    focus: str
    rule: str
    severity: str
    message_vi: str
    message_en: str
    source: str | None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Every fault, and how many nodes the rules tested: no fault means little where nothing was tested."""

    faults: tuple[Fault, ...]
    tested: int

    @property
    def holds(self) -> bool:
        """Whether nothing is broken; warnings and hints do not break."""
        return all(fault.severity != "Violation" for fault in self.faults)


def check_store(store: Store) -> Checked:
    """All documents of the store and the law register, without inference."""
    faults: list[Fault] = []
    tested = 0
    document_shapes, register_shapes = shapes_graph(*STORED), shapes_graph(*REGISTERED)
    for known in documents(store):
        data = Graph()
        for kind in ("doc", "derived"):
            data.parse(data=store.triples(graph_iri(kind, known.iri)), format="nt")
        results = check(data, document_shapes)
        tested += sum(results.tested.values())
        faults += _faults(known.name, results.results, rules(document_shapes))
    register = Graph()
    register.parse(data=store.triples(f"{BASE}graph/law"), format="nt")
    results = check(register, register_shapes)
    tested += sum(results.tested.values())
    faults += _faults("sổ pháp luật", results.results, rules(register_shapes))
    return Checked(faults=tuple(faults), tested=tested)


def _faults(where: str, results: tuple[Result, ...], by_shape: dict[URIRef, Rule]) -> Iterator[Fault]:
    for result in results:
        rule = by_shape[result.shape]
        yield Fault(
            where=where,
            focus=str(result.focus),
            rule=str(result.shape).rpartition("#")[2],
            severity=result.severity,
            message_vi=_filled(rule.messages.get("vi", ""), result),
            message_en=_filled(rule.messages.get("en", ""), result),
            source=rule.source,
        )


def _filled(message: str, result: Result) -> str:
    return message.replace("{value}", result.value or "…")
