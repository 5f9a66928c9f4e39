"""What a machine looks for at a known address: the data set described, and the catalogue as executable examples."""

import json
from collections.abc import Iterator

import pyoxigraph as ox
from flask import Blueprint, Response, request

from ontology import BASE
from queryapi.catalogue import Question, catalogue
from queryapi.pages.things import OFFERS, data, offered
from queryapi.pages.view import served
from queryapi.serving.answers import Task
from queryapi.serving.negotiation import Offer, choose
from queryapi.serving.sparql import example
from queryapi.serving.workers import QueryTimeout
from queryapi.store import Store

blueprint = Blueprint("wellknown", __name__)

_VOID = "http://rdfs.org/ns/void#"
_SH = "http://www.w3.org/ns/shacl#"
_SCHEMA = "https://schema.org/"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_DCTERMS = "http://purl.org/dc/terms/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASSES = "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) { ?s a ?name } GROUP BY ?name ORDER BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?n) { ?s ?name ?o } GROUP BY ?name ORDER BY ?name"


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The data set by VoID, with how many things of each class and triples of each property it holds."""
    with served().store() as store:
        counts = served().kept(store, "void", lambda: (_counts(store, _CLASSES), _counts(store, _PROPERTIES)))
        return data(_described(*counts), _form(), store)


@blueprint.get("/.well-known/sparql-examples")
def examples() -> Response:
    """Every question of the catalogue as sh:SPARQLExecutable, its blanks filled with examples this store knows."""
    with served().store() as store:
        triples = [t for asked in catalogue().values() for t in _executable(asked, example(asked, store))]
        return data(triples, _form(), store)


def _form() -> Offer:
    """The form asked for; Turtle for a browser, which wants a page and can show a text."""
    accept = request.headers.get("Accept")
    if not request.args.get("format") and not choose(accept, OFFERS[:-1]) and choose(accept, OFFERS[-1:]):
        return OFFERS[0]
    return offered(page=False)


def _counts(store: Store, query: str) -> list[tuple[str, int]]:
    """Names and counts; none where counting everything outruns the deadline of a query."""
    try:
        answer = served().ask(store, Task(query, "json"))
    except QueryTimeout:
        return []
    rows = json.loads(answer.body)["results"]["bindings"]
    return [(row["name"]["value"], int(row["n"]["value"])) for row in rows if row["name"]["type"] == "uri"]


def _described(classes: list[tuple[str, int]], properties: list[tuple[str, int]]) -> Iterator[ox.Triple]:
    address = f"{BASE}.well-known/void"  # not by the name of the server, which may have several
    dataset = ox.NamedNode(address)
    yield ox.Triple(dataset, _TYPE, ox.NamedNode(f"{_VOID}Dataset"))
    title = ox.Literal("Thi Đua: kế hoạch thi đua và căn cứ pháp lý", language="vi")
    yield ox.Triple(dataset, ox.NamedNode(f"{_DCTERMS}title"), title)
    yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}sparqlEndpoint"), ox.NamedNode(f"{request.host_url}sparql"))
    yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}uriSpace"), ox.Literal(f"{BASE}id/"))
    yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}vocabulary"), ox.NamedNode(f"{BASE}ns#"))
    if properties:
        total = sum(n for _, n in properties)
        yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}triples"), ox.Literal(total))
    for link, names, by, count in (
        ("classPartition", classes, "class", "entities"),
        ("propertyPartition", properties, "property", "triples"),
    ):
        for place, (name, n) in enumerate(names, 1):
            part = ox.NamedNode(f"{address}#{by}-{place}")
            yield ox.Triple(dataset, ox.NamedNode(_VOID + link), part)
            yield ox.Triple(part, ox.NamedNode(_VOID + by), ox.NamedNode(name))
            yield ox.Triple(part, ox.NamedNode(_VOID + count), ox.Literal(n))


def _executable(asked: Question, sparql: str) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(f"{request.host_url}cau-hoi/{asked.name}")
    for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
        yield ox.Triple(subject, _TYPE, ox.NamedNode(_SH + kind))
    for language, words in (("vi", asked.title.vi), ("en", asked.title.en)):
        yield ox.Triple(subject, ox.NamedNode(f"{_RDFS}comment"), ox.Literal(words, language=language))
    for word in asked.keywords:
        yield ox.Triple(subject, ox.NamedNode(f"{_SCHEMA}keywords"), ox.Literal(word, language="vi"))
    yield ox.Triple(subject, ox.NamedNode(f"{_SCHEMA}target"), ox.NamedNode(f"{request.host_url}sparql"))
    yield ox.Triple(subject, ox.NamedNode(f"{_SH}select"), ox.Literal(sparql))
