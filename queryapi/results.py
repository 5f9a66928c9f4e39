"""The results of a query as text: a table for people, and the standard forms for programs."""

import csv
import io
import json
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from ontology import BASE
from queryapi.errors import WrongForm
from queryapi.store.terms import Blank, Iri, Literal, Results, Rows, Term, Triples, Truth

_STRING = Literal("").datatype
PREFIXES = {
    "td": "https://w3id.org/thidua/ns#",
    "v": "https://w3id.org/thidua/vocab/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def serialise(results: Results, form: str) -> str:
    """The results in a form: table, csv, tsv, json, xml for rows and truths; ttl, nt, jsonld for triples.

    >>> print(serialise(Rows(("n",), ((Literal("91/2017/NĐ-CP"),),)), "tsv"))
    ?n
    "91/2017/NĐ-CP"
    <BLANKLINE>
    """
    writers = _TRIPLES if isinstance(results, Triples) else _ROWS
    if form not in writers:
        raise WrongForm(form, tuple(writers))
    return writers[form](results)


def _table(results: Results) -> str:
    if isinstance(results, Truth):
        return "có / yes\n" if results.value else "không / no\n"
    assert isinstance(results, Rows)
    lines = [list(results.variables), *([shown(term) for term in row] for row in results.rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(results.variables))]
    lines.insert(1, ["-" * width for width in widths])
    return "".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines)


def shown(term: Term | None) -> str:
    """Names shortened by a prefix where one fits, a document by its path; everything on one line.

    >>> shown(Iri("https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91"))
    'chinh-phu/nghi-dinh/2017/91'
    """
    if isinstance(term, Iri):
        for prefix, base in PREFIXES.items():
            if term.value.startswith(base):
                return f"{prefix}:{term.value.removeprefix(base)}"
        return term.value.removeprefix(f"{BASE}id/doc/").removeprefix(BASE)
    return " ".join(str(term).split()) if term is not None else ""


def _csv(results: Results) -> str:
    return _separated(results, ",", lambda term: "" if term is None else str(term))


def _tsv(results: Results) -> str:
    if isinstance(results, Truth):
        return _csv(results)
    assert isinstance(results, Rows)
    lines = ["\t".join(f"?{name}" for name in results.variables)]
    lines += ["\t".join(term.n3() if term is not None else "" for term in row) for row in results.rows]
    return "".join(f"{line}\n" for line in lines)


def _separated(results: Results, mark: str, said: Callable[[Term | None], str]) -> str:
    if isinstance(results, Truth):
        return f"{str(results.value).lower()}\n"
    assert isinstance(results, Rows)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=mark, lineterminator="\r\n")
    writer.writerow(results.variables)
    writer.writerows([said(term) for term in row] for row in results.rows)
    return stream.getvalue()


def _json(results: Results) -> str:
    if isinstance(results, Truth):
        return json.dumps({"head": {}, "boolean": results.value})
    assert isinstance(results, Rows)
    bindings = [{name: _json_term(term) for name, term in record.items()} for record in results.records()]
    return json.dumps(
        {"head": {"vars": list(results.variables)}, "results": {"bindings": bindings}}, ensure_ascii=False, indent=1
    )


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term.value}
    said = {"type": "literal", "value": term.value}
    if term.language:
        said["xml:lang"] = term.language
    elif term.datatype != _STRING:
        said["datatype"] = term.datatype
    return said


def _xml(results: Results) -> str:
    head = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    if isinstance(results, Truth):
        return f"{head}<head/>\n<boolean>{str(results.value).lower()}</boolean>\n</sparql>\n"
    assert isinstance(results, Rows)
    names = "".join(f"<variable name={quoteattr(name)}/>" for name in results.variables)
    rows = "".join(
        "<result>"
        + "".join(f"<binding name={quoteattr(n)}>{_xml_term(t)}</binding>" for n, t in r.items())
        + "</result>\n"
        for r in results.records()
    )
    return f"{head}<head>{names}</head>\n<results>\n{rows}</results>\n</sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, Blank):
        return f"<bnode>{escape(term.value)}</bnode>"
    kind = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    if not kind and term.datatype != _STRING:
        kind = f" datatype={quoteattr(term.datatype)}"
    return f"<literal{kind}>{escape(term.value)}</literal>"


def _graph(form: str) -> Callable[[Results], str]:
    def write(results: Results) -> str:
        import pyoxigraph as ox

        from queryapi.store.engine import engine_triple

        assert isinstance(results, Triples)
        formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
        ordered = sorted(results.triples, key=lambda triple: tuple(term.n3() for term in triple))
        triples = [engine_triple(triple) for triple in ordered]
        prefixes = {k: v for k, v in PREFIXES.items() if k != "v"} if form != "nt" else None
        return (ox.serialize(triples, format=formats[form], prefixes=prefixes) or b"").decode()

    return write


_ROWS: dict[str, Callable[[Results], str]] = {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
_TRIPLES: dict[str, Callable[[Results], str]] = {form: _graph(form) for form in ("ttl", "nt", "jsonld")}
FORMS = (*_ROWS, *_TRIPLES)
