"""A data graph and shapes in, structured results out: the only place that calls a SHACL engine.

Messages are not the engine's: pySHACL prints `{$value}` of a property shape as it stands and loses the language of a
SPARQL constraint's message. A result names its shape; whoever shows it renders that shape's own message.
"""

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as QueryResult
from rdflib.term import Node

from ontology import TD


class NothingTested(RuntimeError):
    """A shape that had to test something tested nothing: a mistyped target would pass everything in silence."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """One node that does not conform to one shape; `severity` is Violation, Warning or Info."""

    focus: URIRef
    shape: URIRef
    severity: str
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a shape says about itself: messages and remedies by language, its verdict and its source.

    `confidence` is how sure the source is, a slug of that list; None where it needs no saying.
    """

    iri: URIRef
    messages: Mapping[str, str]
    remedies: Mapping[str, str]
    severity: str
    yields: str | None
    source: str | None
    finding_source: str
    confidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Results:
    """Everything the shapes found, and how many nodes each of them tested."""

    results: tuple[Result, ...]
    tested: Mapping[URIRef, int]

    def about(self, focus: URIRef) -> tuple[Result, ...]:
        return tuple(r for r in self.results if r.focus == focus)


def check(data: Graph, shapes: Graph, *, must_test: Collection[URIRef] = ()) -> Results:
    """Test the data against the shapes, without inference.

    `must_test` are classes the data is meant to hold: a shape that targets one and tests nothing raises NothingTested.
    """
    tested = {shape: len(set(_focus_nodes(data, shapes, shape))) for shape in targeted(shapes)}
    idle = [
        shape
        for shape, count in tested.items()
        if count == 0 and any(target in must_test for target in shapes.objects(shape, SH.targetClass))
    ]
    if idle:
        raise NothingTested(f"tested nothing: {', '.join(sorted(idle))}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pySHACL on rdflib's own renamings
        _, report, _ = validate(
            _ParsedOnce(data.store, data.identifier), shacl_graph=shapes, inference="none", meta_shacl=False, js=False
        )
    if not isinstance(report, Graph):
        raise RuntimeError(f"the engine gave no report: {report!r}")
    # Not every sh:ValidationResult: what hangs on sh:detail explains another result.
    found = {_result(report, node) for node in report.objects(None, SH.result)}
    ordered = sorted(found, key=lambda r: (r.focus, r.shape, r.path or "", r.value or ""))
    return Results(results=tuple(ordered), tested=dict(sorted(tested.items())))


class _ParsedOnce(Graph):
    """The same data, where a constraint's query is parsed once: pySHACL has it parsed anew for every focus node."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> QueryResult:
        prepared = _prepared(query_object, self.prefixes) if isinstance(query_object, str) else query_object
        return super().query(prepared, *arguments, **options)

    @cached_property
    def prefixes(self) -> tuple[tuple[str, URIRef], ...]:
        return tuple((prefix, URIRef(name)) for prefix, name in self.namespaces())


@cache
def _prepared(text: str, prefixes: tuple[tuple[str, URIRef], ...]) -> Query:
    return prepareQuery(text, initNs=dict(prefixes))


def targeted(shapes: Graph) -> Iterator[URIRef]:
    """The shapes that have a target of their own."""
    seen: set[Node] = set()
    for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        for shape in shapes.subjects(predicate, None):
            if isinstance(shape, URIRef) and shape not in seen:
                seen.add(shape)
                yield shape


def rules(shapes: Graph) -> dict[URIRef, Rule]:
    """What every targeted shape says about itself."""
    return {shape: _rule(shapes, shape) for shape in targeted(shapes)}


def _focus_nodes(data: Graph, shapes: Graph, shape: URIRef) -> Iterator[Node]:
    for class_ in shapes.objects(shape, SH.targetClass):
        yield from data.subjects(RDF.type, class_)
    yield from shapes.objects(shape, SH.targetNode)
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        yield from (s for s, _ in data.subject_objects(URIRef(str(predicate))))
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        yield from (o for _, o in data.subject_objects(URIRef(str(predicate))))


def _result(report: Graph, node: Node) -> Result:
    focus, shape = report.value(node, SH.focusNode), report.value(node, SH.sourceShape)
    value, severity = report.value(node, SH.value), report.value(node, SH.resultSeverity)
    path = report.value(node, SH.resultPath)
    return Result(
        focus=URIRef(str(focus)),
        shape=URIRef(str(shape)),
        severity=str(severity or SH.Violation).removeprefix(str(SH)),
        path=str(path) if isinstance(path, URIRef) else None,
        # A SPARQL constraint without ?value reports its focus node as the value, which says nothing.
        value=None if value is None or value == focus else str(value),
    )


def _rule(shapes: Graph, shape: URIRef) -> Rule:
    yields, source = shapes.value(shape, TD.yields), shapes.value(shape, DCTERMS.source)
    return Rule(
        iri=shape,
        messages=_by_language(shapes.objects(shape, SH.message)),
        remedies=_by_language(shapes.objects(shape, TD.remedy)),
        severity=str(shapes.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH)),
        yields=str(yields).rpartition("/")[2] if yields else None,
        source=str(source) if source else None,
        finding_source=str(shapes.value(shape, TD.findingSource) or "plan"),
        confidence=str(sure).rpartition("/")[2] if (sure := shapes.value(shape, TD.confidence)) else None,
    )


def _by_language(literals: Iterable[Node]) -> dict[str, str]:
    return {one.language or "": str(one) for one in literals if isinstance(one, Literal)}
