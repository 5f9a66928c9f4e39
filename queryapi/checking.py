"""The graph against its rules: each document against the document shapes, the register against its timelines, and what
documents say of validity against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from loaders.days import shown_day
from loaders.names import graph_iri
from loaders.vocabulary import scheme
from ontology import BASE, TD
from queryapi.catalogue import ask
from queryapi.documents import documents
from queryapi.store import Store
from queryapi.store.terms import Rows
from shapes import REGISTERED, STORED
from shapes import graph as shapes_graph
from shapes.check import Result, Rule, check, rules

_VERIFIED = URIRef(f"{BASE}vocab/confidence/v")
_REMEDY = (
    "đối chiếu bản gốc rồi ghi ngày đúng vào sổ của bạn ở mức V, kèm nguồn (thidua register add … --confidence V): "
    "ngày ấy quyết định kết luận"
)
_REMEDY_EN = (
    "look at the originals and put the right day into your register as V, with its source "
    "(thidua register add … --confidence V): that day decides"
)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One node that breaks one rule; `where` is the document's name, or the register.

    `source` is where the rule comes from, the remedy what would mend it; a rule need not know one.
    """

    where: str
    focus: str
    rule: str
    severity: str
    message_vi: str
    message_en: str
    source: str | None
    remedy_vi: str = ""
    remedy_en: str = ""


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
    for known in documents(store):  # of an instrument held as a document, its own graph gives number, date and title
        if (URIRef(known.iri), RDF.type, TD.LegalInstrument) in register:
            said = Graph().parse(data=store.triples(graph_iri("doc", known.iri)), format="nt")
            for triple in said.triples((URIRef(known.iri), None, None)):
                register.add(triple)
    results = check(register, register_shapes)
    tested += sum(results.tested.values())
    faults += _faults("sổ pháp luật", results.results, rules(register_shapes))
    faults += _contradictions(store, _settled(register))
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
            remedy_vi=_filled(rule.remedies.get("vi", ""), result),
            remedy_en=_filled(rule.remedies.get("en", ""), result),
        )


def _settled(register: Graph) -> set[tuple[str, str]]:
    """The instruments and the days of them that the user's own register holds as verified: that decides."""
    return {
        (str(register.value(fact, TD.about)), str(register.value(fact, TD.property)))
        for fact in register.subjects(TD.inOwnRegister, None)
        if register.value(fact, TD.confidence) == _VERIFIED
    }


def _contradictions(store: Store, settled: set[tuple[str, str]]) -> Iterator[Fault]:
    """Sources on validity that cannot both be right, each two once, however often one of them says so.

    A warning, for nobody is wrong until one looks; only a hint where the user's own register has settled it.
    """
    answer = ask(store, "conflicting-claims")
    starts = scheme("effect")["enters-into-force"].label
    assert isinstance(answer, Rows)
    told: set[frozenset[tuple[str, str]]] = set()
    for record in answer.records():
        row = {name: str(term) for name, term in record.items()}
        # a document that says one day in two of its articles is one source
        one, two = (row["clause"], row.get("day")), (row["other"], row.get("otherDay"))
        pair = frozenset((name.partition("#")[0], day or "?") for name, day in (one, two))
        if pair in told:
            continue
        told.add(pair)
        bound = str(TD.validFrom) if row.get("effect") == starts else str(TD.validBefore)
        is_settled = (row["about"], bound) in settled
        day, other_day = shown_day(row.get("day")) or "?", shown_day(row.get("otherDay")) or "?"
        words, other = " ".join(row["words"].split()), " ".join(row.get("otherWords", row["other"]).split())
        yield Fault(
            where=row.get("aboutNumber") or row["about"].removeprefix(f"{BASE}id/doc/"),
            focus=row["clause"],
            rule="conflicting-claims",
            severity="Info" if is_settled else "Warning",
            message_vi=f"nguồn nói trái nhau về hiệu lực: {day} (“{words}”) và {other_day} (“{other}”)"
            + ("; đã quyết theo sổ riêng" if is_settled else ""),
            message_en=f"sources contradict each other: {day} (“{words}”) and {other_day} (“{other}”)"
            + ("; settled by your register" if is_settled else ""),
            source="Mô hình: hai lời trái nhau đều được giữ, kết luận để ngỏ cho tới khi sổ riêng quyết",
            remedy_vi="" if is_settled else _REMEDY,
            remedy_en="" if is_settled else _REMEDY_EN,
        )


def _filled(message: str, result: Result) -> str:
    return message.replace("{value}", result.value or "…")
