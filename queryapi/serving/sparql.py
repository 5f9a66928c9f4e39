"""The SPARQL 1.1 Protocol, query only, and its page for people."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urljoin

from flask import Blueprint, Response, current_app, render_template, request

from ontology import BASE, TD, VOCAB
from queryapi.catalogue import Question, bind, catalogue, question
from queryapi.errors import AskError, QueryRefused, QuerySyntax
from queryapi.results import PREFIXES
from queryapi.serving.answers import Answer, Task
from queryapi.serving.negotiation import Offer, choose
from queryapi.serving.problems import Problem, problem_of
from queryapi.serving.served import Served
from queryapi.serving.workers import QueryTimeout, QueryTooBig, TooBusy
from queryapi.store import Store
from queryapi.store.guard import Reading, read
from queryapi.store.tokens import substitute

blueprint = Blueprint("sparql", __name__)

LONGEST_QUERY = 200_000
_TABLE_OFFERS: tuple[Offer, ...] = (
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
)
_GRAPH_OFFERS: tuple[Offer, ...] = (
    ("text/turtle", "ttl"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdf"),
    ("application/json", "jsonld"),
    ("application/xml", "rdf"),
    ("text/plain", "nt"),
)
_PAGE: Offer = ("text/html", "html")


def _served() -> Served:
    found: Served = current_app.extensions["thidua"]
    return found


@dataclass(frozen=True)
class Asked:
    """A request as the protocol reads it; None where it says nothing of a dataset."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


@blueprint.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
def endpoint() -> Response:
    """Answer a query; without one, describe the service or show the editor."""
    if request.method != "POST" and "query" not in request.args and "update" not in request.args:
        return _without_query()
    page = _wants_editor()
    try:
        return _answer(_asked(), page)
    except (QuerySyntax, QueryRefused, QueryTimeout, QueryTooBig, TooBusy, Problem) as error:
        problem = problem_of(error)
        if page and problem is not None and problem.status != 406:
            return _editor(request.args.get("query", ""), problem=problem)
        raise


def _wants_editor() -> bool:
    format_ = request.args.get("format", "")
    offers = [*_TABLE_OFFERS, *_GRAPH_OFFERS, _PAGE]
    chosen = choose(request.headers.get("Accept"), offers)
    return request.method != "POST" and (format_ == "html" or (not format_ and chosen == _PAGE))


def _asked() -> Asked:
    if request.method == "POST":
        fields = _posted()
    else:
        _refuse_broken_encoding(request.query_string)
        fields = request.args.to_dict(flat=False)
    if "update" in fields:
        raise _no_updates()
    queries = fields.get("query", [])
    if len(queries) != 1:
        vi, en = "cần đúng một tham số query", "exactly one query parameter is needed"
        raise Problem(400, "query-missing" if not queries else "query-repeated", vi, en)
    if len(queries[0]) > LONGEST_QUERY:
        raise Problem(413, "query-too-long", "Câu truy vấn quá dài.", "The query is too long.")
    default, named = fields.get("default-graph-uri"), fields.get("named-graph-uri")
    return Asked(queries[0], tuple(default) if default else None, tuple(named) if named else None)


def _posted() -> dict[str, list[str]]:
    """The fields of a form, or the query of a direct POST beside the dataset named in the address."""
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise Problem(415, "not-utf-8", "Chỉ nhận câu truy vấn ở dạng UTF-8.", "Queries are taken in UTF-8 only.")
    _refuse_broken_encoding(request.query_string)
    fields = request.args.to_dict(flat=False)
    if kind == "application/x-www-form-urlencoded":
        for name, values in request.form.to_dict(flat=False).items():
            fields[name] = [*fields.get(name, []), *values]
        return fields
    if kind == "application/sparql-update":
        raise _no_updates()
    if kind == "application/sparql-query":
        if (request.content_length or 0) > 4 * LONGEST_QUERY:
            raise Problem(413, "query-too-long", "Câu truy vấn quá dài.", "The query is too long.")
        try:
            return {**fields, "query": [request.get_data().decode()]}
        except UnicodeDecodeError:
            raise Problem(400, "not-utf-8", "Câu truy vấn không phải UTF-8.", "The query is not UTF-8.") from None
    vi = "POST cần Content-Type application/sparql-query hoặc application/x-www-form-urlencoded"
    en = "POST needs the Content-Type application/sparql-query or application/x-www-form-urlencoded"
    accepted = "application/sparql-query, application/x-www-form-urlencoded"
    raise Problem(415, "wrong-media-type", vi, en, headers={"Accept-Post": accepted})


def _refuse_broken_encoding(raw: bytes) -> None:
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise Problem(400, "not-utf-8", "Địa chỉ không phải UTF-8.", "The address is not UTF-8.") from None


def _no_updates() -> QueryRefused:
    return QueryRefused("UPDATE", "chỉ nhận câu truy vấn đọc, không nhận lệnh ghi", "only queries, no updates")


def _answer(asked: Asked, page: bool) -> Response:
    reading = read(asked.query)
    served = _served()
    with served.store() as store:
        task = _task(asked, reading, store)
        kind, format_ = _PAGE if page else _format(reading)
        etag = _etag(served.state(store), asked, kind)
        unchanged = served.is_versioned and reading.steady and etag in request.if_none_match
        if unchanged and request.method != "POST":
            return _labelled(Response(status=304), etag, reading, store)
        if page:
            return _labelled(_page_of(asked, reading, task, served, store), etag, reading, store)
        answer = served.ask(store, Task(**{**task.__dict__, "format": format_}))
        response = Response(answer.body, mimetype=kind)
        if kind.startswith("text/"):
            response.content_type = f"{kind}; charset=utf-8"
        return _labelled(_announced(response, answer, served), etag, reading, store)


def _task(asked: Asked, reading: Reading, store: Store) -> Task:
    """What a worker is given; QueryRefused where the query would write or reach out."""
    if reading.form == "UPDATE":
        raise _no_updates()
    if reading.calls_out:
        raise QueryRefused("SERVICE", "không được truy vấn ra ngoài kho", "a query may not reach out of the store")
    stated = asked.default_graphs is not None or asked.named_graphs is not None
    for graph in () if stated else reading.graphs:
        if not _holds(store, graph):
            vi = "trong kho không có đồ thị này, và máy chủ không tải dữ liệu từ nơi khác"
            en = "the store has no such graph, and nothing is fetched from elsewhere"
            raise QueryRefused(f"FROM <{graph}>", vi, en)
    return Task(asked.query, "json", asked.default_graphs, asked.named_graphs, bool(reading.graphs))


def _holds(store: Store, graph: str) -> bool:
    try:
        return store.holds(urljoin(BASE, graph))
    except ValueError:  # no IRI: the engine will say so better
        return True


def _format(reading: Reading) -> Offer:
    """The form of the answer: by `format`, else by `Accept`."""
    offers = _GRAPH_OFFERS if reading.form in ("CONSTRUCT", "DESCRIBE") else _TABLE_OFFERS
    wanted = request.args.get("format")
    if wanted:
        chosen = next((offer for offer in offers if offer[1] == wanted), None)
    else:
        chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        names = ", ".join(dict.fromkeys(kind for kind, _ in offers))
        raise Problem(406, "not-acceptable", f"Câu này trả lời được dưới các dạng: {names}", f"Available: {names}")
    return chosen


def _etag(state: str, asked: Asked, kind: str) -> str:
    """Strong, for the same data, question and form give the same bytes."""
    said = json.dumps([state, asked.query, asked.default_graphs, asked.named_graphs, kind])
    return f"{state}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _announced(response: Response, answer: Answer, served: Served) -> Response:
    if answer.cut:
        response.headers["X-Thidua-Truncated"] = f"rows={served.limits.rows}"
    response.headers["X-Thidua-Rows"] = str(answer.rows)
    return response


def _labelled(response: Response, etag: str, reading: Reading, store: Store) -> Response:
    if reading.steady and request.method != "POST" and _served().is_versioned:
        response.set_etag(etag)
        response.cache_control.no_cache = True
    else:
        response.cache_control.no_store = True
    response.vary.update(("Accept",))
    if request.method != "POST":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, X-Thidua-Rows, X-Thidua-Truncated, X-Thidua-Unknown"
    unknown = _unknown(reading, store)
    if unknown:
        # In SPARQL a misspelt term is not an error, it is silence.
        response.headers["X-Thidua-Unknown"] = ", ".join(quote(term, safe=":/#") for term in unknown)
    return response


def _unknown(reading: Reading, store: Store) -> list[str]:
    """Terms of ours in the query that no vocabulary in the store defines, shortened."""
    ours = [term for term in reading.terms if term.startswith((str(TD), str(VOCAB)))]
    known = _known(store) if ours else frozenset()
    return [term.replace(str(TD), "td:") for term in ours if known and term not in known]


_KNOWN: dict[str, frozenset[str]] = {}


def _known(store: Store) -> frozenset[str]:
    key = f"{store.name} {_served().state(store)}"
    if key not in _KNOWN:
        subjects = {
            line.split(" ", 1)[0].strip("<>")
            for graph in (f"{BASE}graph/ontology", f"{BASE}graph/vocab")
            for line in store.triples(graph).splitlines()
        }
        _KNOWN.clear()
        _KNOWN[key] = frozenset(subjects)
    return _KNOWN[key]


def _without_query() -> Response:
    offers = [*_GRAPH_OFFERS[:4], _PAGE]
    chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        raise Problem(406, "not-acceptable", "Không có dạng được yêu cầu.", "None of the forms asked for.")
    if chosen == _PAGE:
        return _editor("")
    import pyoxigraph as ox

    graph = ox.parse(describe(request.base_url.rstrip("/")).encode(), format=ox.RdfFormat.TURTLE)
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "formats": "http://www.w3.org/ns/formats/"}
    triples = [quad.triple for quad in graph]
    body = ox.serialize(triples, format=formats[chosen[1]], prefixes=prefixes) or b""
    response = Response(body, mimetype=chosen[0])
    response.vary.update(("Accept",))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def describe(address: str) -> str:
    """The service description, in Turtle.

    >>> "UnionDefaultGraph" in describe("http://localhost/sparql")
    True
    """
    formats = (
        "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle N-Triples JSON-LD RDF_XML"
    )
    results = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in formats.split())
    return f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{address}> a sd:Service ;
  sd:endpoint <{address}> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:resultFormat {results} ;
  sd:feature sd:UnionDefaultGraph ;
  sd:defaultDataset <{address}#dataset> .
<{address}#dataset> a sd:Dataset ; sd:defaultGraph <{address}#default> .
<{address}#default> a sd:Graph .
"""


def _page_of(asked: Asked, reading: Reading, task: Task, served: Served, store: Store) -> Response:
    graph = reading.form in ("CONSTRUCT", "DESCRIBE")
    answer = served.ask(store, Task(**{**task.__dict__, "format": "ttl" if graph else "json"}))
    shown: dict[str, Any] = {"rows": answer.rows, "cut": answer.cut}
    if graph:
        shown["turtle"] = answer.body.decode()
    else:
        shown["result"] = json.loads(answer.body)
    return _announced(_editor(asked.query, shown=shown, unknown=_unknown(reading, store)), answer, served)


_FIRST_QUERY = """SELECT ?document ?number ?title
WHERE {
  ?document a td:EmulationPlan ; dcterms:title ?title .
  OPTIONAL { ?document eli:number ?number }
}
ORDER BY ?number
LIMIT 50"""


def _editor(query: str, *, problem: Problem | None = None, **more: Any) -> Response:
    prefixes = "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
    page = render_template(
        "sparql.html",
        query=query or _example(request.args.get("example", "")) or f"{prefixes}\n\n{_FIRST_QUERY}",
        problem=problem,
        examples=list(catalogue().values()),
        **more,
    )
    response = Response(page, problem.status if problem else 200, mimetype="text/html")
    response.headers.extend(problem.headers if problem else {})
    response.vary.update(("Accept",))
    return response


def _example(name: str) -> str:
    if not name:
        return ""
    with _served().store() as store:
        return example(question(name), store)


def example(asked: Question, store: Store) -> str:
    """A question of the catalogue with its examples filled in, as far as this store knows them."""
    try:
        terms = bind(asked, {parameter.name: parameter.example for parameter in asked.parameters}, store)
    except AskError:
        terms = {}
    lines = substitute(asked.sparql, terms).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip()
