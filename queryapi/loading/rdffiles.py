"""RDF files as graphs of N-Triples, for `thidua load`: never into our own graphs, never reaching out for a context."""

import json
import unicodedata
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from ontology import BASE
from queryapi.errors import GraphBroken, GraphRefused
from queryapi.store.terms import is_iri

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
RDF_SUFFIXES = tuple(_FORMATS)


def read_rdf(file: Path, graph: str | None) -> dict[str, str]:
    """The file's graphs by name; its nameless triples go to `graph`."""
    name = file.name
    if graph is not None:
        _check_name(name, graph)
    try:
        content = file.read_bytes()
        if file.suffix.lower() == ".jsonld":
            _refuse_remote_context(name, content)
        base = graph or file.resolve().as_uri()
        found = list(ox.parse(content, format=_FORMATS[file.suffix.lower()], base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        raise GraphBroken(name, " ".join(str(error).split())[:200]) from None
    except RecursionError:
        raise GraphBroken(name, "nested too deeply") from None
    lines: dict[str, set[str]] = defaultdict(set)
    for quad in found:
        _check_subject(name, quad.subject)
        lines[_graph_of(name, quad, graph)].add(f"{_composed(quad)} .\n")
    if not lines:
        raise GraphRefused(name, "tệp không có bộ ba nào", "the file holds no triple")
    return {iri: "".join(sorted(said)) for iri, said in lines.items()}


def _graph_of(name: str, quad: ox.Quad, graph: str | None) -> str:
    if isinstance(quad.graph_name, ox.NamedNode):
        _check_name(name, quad.graph_name.value)
        return quad.graph_name.value
    if isinstance(quad.graph_name, ox.BlankNode):
        raise GraphRefused(name, "đồ thị không có tên IRI", "a graph without an IRI for a name")
    if graph is None:
        raise GraphRefused(
            name, "hãy cho biết tên đồ thị bằng --graph IRI", "say which graph it goes to with --graph IRI"
        )
    return graph


def _composed(quad: ox.Quad) -> ox.Triple:
    """With the literal in NFC: "Huế" typed on another keyboard is the same word."""
    value = quad.object
    if isinstance(value, ox.Literal) and not unicodedata.is_normalized("NFC", value.value):
        text = unicodedata.normalize("NFC", value.value)
        if value.language:
            value = ox.Literal(text, language=value.language)
        else:
            value = ox.Literal(text, datatype=value.datatype)
    return ox.Triple(quad.subject, quad.predicate, value)


def _check_name(name: str, graph: str) -> None:
    if _is_ours(graph):
        raise GraphRefused(
            name, f"<{graph}> là đồ thị của thidua, không nạp đè được", f"<{graph}> is a graph of thidua itself"
        )
    if not is_iri(graph):
        raise GraphRefused(name, f"{graph} không phải là IRI", f"{graph} is not an IRI")


def _check_subject(name: str, subject: object) -> None:
    """What is said of our documents, laws and lists is said by us: a query over all graphs would mix the two."""
    if isinstance(subject, ox.NamedNode) and _is_ours(subject.value):
        raise GraphRefused(
            name,
            f"nói về <{subject.value}>, là của thidua; hãy dùng IRI của riêng bạn",
            f"speaks of <{subject.value}>, which is thidua's own; use an IRI of yours",
        )


def _is_ours(iri: str) -> bool:
    return f"{iri}/".startswith(BASE)


def _refuse_remote_context(name: str, content: bytes) -> None:
    """A context elsewhere could change what the file says from one day to the next."""
    waiting = [json.loads(content)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            contexts = value.get("@context", [])
            said = contexts if isinstance(contexts, list) else [contexts]
            imported = [c["@import"] for c in said if isinstance(c, dict) and "@import" in c]
            for remote in [c for c in said if isinstance(c, str)] + imported:
                raise GraphRefused(
                    name,
                    f"@context ở xa ({remote}); hãy ghi thẳng ngữ cảnh vào tệp",
                    f"a remote @context ({remote}); put the context into the file",
                )
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
