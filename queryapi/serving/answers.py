"""A store asked and its answer written down: in the forms the protocol sends, and no more rows than the limit."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from queryapi.results import PREFIXES

BASE = "https://w3id.org/thidua/"  # what relative IRIs of a query begin with
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True)
class Task:
    """A query, the dataset the request asks for (None: not said) or the query states by FROM, and how to answer."""

    query: str
    format: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    states_dataset: bool = False


@dataclass(frozen=True)
class Answer:
    """The serialised result; `cut` when there were more rows than the limit."""

    body: bytes
    rows: int
    cut: bool


def answer(store: Any, task: Task, rows: int) -> Answer:
    """Ask a pyoxigraph store; the request's dataset replaces the query's; without either it is the union.

    >>> import pyoxigraph as ox
    >>> answer(ox.Store(), Task("SELECT (1 AS ?một) {}", "csv"), 10).body
    b'm\\xe1\\xbb\\x99t\\r\\n1\\r\\n'
    """
    import pyoxigraph as ox

    settings: dict[str, Any] = {}
    if task.default_graphs is not None or task.named_graphs is not None:
        settings["default_graph"] = [ox.NamedNode(iri) for iri in task.default_graphs or ()]
        settings["named_graphs"] = [ox.NamedNode(iri) for iri in task.named_graphs or ()]
    elif not task.states_dataset:  # the flag would override FROM
        settings["use_default_graph_as_union"] = True
    result = store.query(task.query, base_iri=BASE, **settings)
    if isinstance(result, ox.QueryBoolean):
        return answer_truth(bool(result), task.format)
    if isinstance(result, ox.QueryTriples):
        return answer_triples(result, task.format, rows)
    return answer_rows([v.value for v in result.variables], result, task.format, rows)


def answer_truth(value: bool, format: str) -> Answer:
    """An ASK's answer; CSV and TSV have no form for it, and hold the bare word."""
    document = json.dumps({"head": {}, "boolean": value}).encode()
    return Answer(_rewritten(document, format), 1, cut=False)


def answer_triples(found: Iterable[Any], format: str, rows: int) -> Answer:
    """The first triples, each once: the union does not merge, and a CONSTRUCT may give a triple twice."""
    import pyoxigraph as ox

    seen: dict[Any, None] = {}
    for triple in found:
        seen[triple] = None
        if len(seen) > rows:
            break
    triples = list(seen)
    body = ox.serialize(triples[:rows], format=_graph_formats()[format], prefixes=PREFIXES) or b""
    return Answer(body, min(len(triples), rows), len(triples) > rows)


def answer_rows(variables: list[str], found: Iterable[Any], format: str, rows: int) -> Answer:
    """The first rows of a SELECT."""
    first = list(islice(found, rows + 1))
    body = _json(variables, first[:rows])
    return Answer(_rewritten(body, format), min(len(first), rows), len(first) > rows)


def _rewritten(document: bytes, format: str) -> bytes:
    import pyoxigraph as ox

    if format == "json":
        return document
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return parsed.serialize(format=_table_formats()[format]) or b""


def _table_formats() -> dict[str, Any]:
    from pyoxigraph import QueryResultsFormat as kinds  # noqa: N813

    return {"json": kinds.JSON, "xml": kinds.XML, "csv": kinds.CSV, "tsv": kinds.TSV}


def _graph_formats() -> dict[str, Any]:
    from pyoxigraph import RdfFormat as kinds  # noqa: N813

    return {"ttl": kinds.TURTLE, "nt": kinds.N_TRIPLES, "jsonld": kinds.JSON_LD, "rdf": kinds.RDF_XML}


def _json(variables: list[str], rows: list[Any]) -> bytes:
    """SPARQL 1.1 JSON of some rows: pyoxigraph writes all of a result or nothing, and a cap needs the first ones."""
    bindings = [
        {name: _term(row[place]) for place, name in enumerate(variables) if row[place] is not None} for row in rows
    ]
    document = {"head": {"vars": variables}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _term(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _XSD_STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
