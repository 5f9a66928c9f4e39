"""Linked data: whatever has a name of ours answers to it, as a page, Turtle, N-Triples, JSON-LD or RDF/XML."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, abort, redirect, request

from loaders.names import graph_iri
from ontology import BASE
from queryapi.pages.agency import life
from queryapi.pages.facts import local
from queryapi.pages.history import history
from queryapi.pages.standing import Standing, cited_by, only_cited, standing
from queryapi.pages.view import DOC, cited_names, document_url, named, page, served
from queryapi.results import PREFIXES
from queryapi.serving.annotations import annotations
from queryapi.serving.negotiation import Offer, choose
from queryapi.serving.problems import Problem
from queryapi.store import Store
from queryapi.store.engine import engine_triple, term_of
from queryapi.store.terms import Iri, Rows, Triples

blueprint = Blueprint("things", __name__)

OFFERS: tuple[Offer, ...] = (
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "rdf"),
    ("text/html", "html"),
)
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
_ABOUT = "CONSTRUCT { ?thing ?p ?o } WHERE { ?thing ?p ?o }"
_CITED = "CONSTRUCT { ?s ?p ?thing } WHERE { SELECT ?s ?p { ?s ?p ?thing } LIMIT 1000 }"
_POINTING = "SELECT DISTINCT ?s ?p { ?s ?p ?thing } LIMIT 101"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@blueprint.get("/id/<path:path>")
def thing(path: str) -> Response:
    """A thing: 303 to its page or to its data, which `format` names."""
    iri = named(path)
    part = request.args.get("part", "")
    offer = offered()
    with served().store() as store:
        whole = _of_thing(store, iri)
        if not whole:
            abort(404)
        if part:
            whole = [t for t in whole if _is(t.subject, f"{iri}#{part}")]
            if not whole:
                abort(404)
        if "format" not in request.args:
            if offer[1] == "html" and not part and store.holds(graph_iri("doc", iri)):
                return _see_other(document_url(iri))
            query = {"part": part, "format": offer[1]} if part else {"format": offer[1]}
            return _see_other(f"{request.path}?{urlencode(query)}")
        name = f"{iri}#{part}" if part else iri
        if offer[1] == "html":
            return about_page(store, name, whole)
        return data([*whole, *annotations(whole, store.text(iri))], offer, store)


def offered(*, page: bool = True) -> Offer:
    """The form asked for, by `format` or by `Accept`; a page only where there is one."""
    offers = OFFERS if page else OFFERS[:-1]
    wanted = request.args.get("format")
    if wanted:
        chosen = next((offer for offer in offers if offer[1] == wanted), None)
    else:
        chosen = choose(request.headers.get("Accept"), offers)
    if chosen is None:
        names = ", ".join(kind for kind, _ in offers)
        raise Problem(406, "not-acceptable", f"Có các dạng: {names}", f"Available: {names}")
    return chosen


def _see_other(address: str) -> Response:
    response = redirect(address, 303)
    response.vary.update(("Accept",))
    response.headers["Access-Control-Allow-Origin"] = "*"
    assert isinstance(response, Response)
    return response


def data(triples: Iterable[ox.Triple], offer: Offer, store: Store) -> Response:
    """Triples in a form, each once and in one order."""
    own = sorted(dict.fromkeys(triples), key=str)
    body = ox.serialize(own, format=_FORMATS[offer[1]], prefixes=PREFIXES) or b""
    response = Response(body, mimetype=offer[0])
    if offer[0].startswith("text/"):
        response.content_type = f"{offer[0]}; charset=utf-8"
    if served().is_versioned:
        response.set_etag(f"{served().state(store)}-{offer[1]}")
    response.vary.update(("Accept",))
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _of_thing(store: Store, iri: str) -> list[ox.Triple]:
    """A document with its parts, or what is said of anything else."""
    graphs = [graph_iri(kind, iri) for kind in ("doc", "derived")] if "/id/doc/" in iri else []
    whole = [t for graph in graphs for t in graph_triples(store, graph)]
    # of a document that is only cited nothing is said but by those who cite it
    return whole or _about(store, iri) or (_about(store, iri, _CITED) if iri.startswith(DOC) else [])


def _about(store: Store, iri: str, query: str = _ABOUT) -> list[ox.Triple]:
    try:
        answer = store.query(query, {"thing": Iri(iri)})
    except ValueError:  # characters no name has
        return []
    assert isinstance(answer, Triples)
    return [engine_triple(triple) for triple in answer.triples]


def graph_triples(store: Store, graph: str) -> list[ox.Triple]:
    """What one graph of the store says."""
    return [quad.triple for quad in ox.parse(store.triples(graph).encode(), format=ox.RdfFormat.N_TRIPLES)]


def _is(term: object, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value == iri


def about_page(store: Store, iri: str, triples: list[ox.Triple]) -> Response:
    """What is said of one name, and what points to it."""
    own = sorted((t for t in triples if _is(t.subject, iri)), key=lambda t: (t.predicate.value != _RDF_TYPE, str(t)))
    pointing = store.query(_POINTING, {"thing": Iri(iri)})
    assert isinstance(pointing, Rows)
    subjects = {t.subject.value for t in triples if isinstance(t.subject, ox.NamedNode)}
    parts = sorted(name for name in subjects if name.startswith(f"{iri}#"))
    of_unit, of_body, of_document = history(iri), life(iri), _standing(store, iri)
    labels = served().kept(store, "labels", lambda: _labels(store))
    told = next((one.name for one in (of_unit, of_body, of_document) if one), labels.get(iri, ""))
    return page(
        "thing.html",
        store=store,
        iri=iri,
        name=told,
        life=of_body,
        standing=of_document,
        held=store.holds(graph_iri("doc", iri.partition("#")[0])),
        rows=[(t.predicate.value, term_of(t.object)) for t in own],
        pointing=[(str(r["s"]), str(r["p"])) for r in pointing.records()],
        parts=parts,
        history=of_unit,
        labels=labels,
    )


def _standing(store: Store, iri: str) -> Standing | None:
    """How a document that is not held stands, and who cites it."""
    if not iri.startswith(DOC) or "#" in iri or store.holds(graph_iri("doc", iri)):
        return None
    found = standing(store, iri)
    called = cited_names(store, [iri]).get(iri, "")
    if found is None:
        return only_cited(store, iri, called or iri.removeprefix(DOC))
    return cited_by(store, found if found.registered or not called else replace(found, name=called))


def _labels(store: Store) -> dict[str, str]:
    """The Vietnamese names of the terms of our vocabulary and lists."""
    return {
        t.subject.value: t.object.value
        for part in ("ontology", "vocab")
        for t in graph_triples(store, f"{BASE}graph/{part}")
        if isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.Literal)
        and t.object.language == "vi"
        and local(t.predicate.value) in ("label", "prefLabel")
    }
