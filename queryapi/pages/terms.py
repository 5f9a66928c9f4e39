"""The vocabulary and its lists: a page for people, Turtle, N-Triples, JSON-LD or RDF/XML of the same for programs.

Terms are hash names, so `/ns` holds all of them; `/ns?term=Citation` is what is said of one.
"""

import pyoxigraph as ox
from flask import Blueprint, Response, abort, request

from ontology import BASE, TD
from queryapi.pages.things import about_page, data, graph_triples, offered
from queryapi.pages.view import page, served
from queryapi.reference import header, lists, sections, short
from queryapi.serving.problems import Problem

blueprint = Blueprint("terms", __name__)


@blueprint.get("/ns")
def namespace() -> Response:
    """The vocabulary itself, every term on one page as its hash names ask."""
    return _vocabulary()


@blueprint.get("/ns/<version>")
def version(version: str) -> Response:
    """A version by its IRI: the one this service holds, or 404 with the number it holds."""
    held = header().version
    if version != held:
        vi = f"Máy chủ này chỉ có phiên bản {held} của từ vựng, không có {version}. Bản mới nhất: /ns"
        raise Problem(404, "unknown-version", vi, f"This server holds version {held} of the vocabulary, not {version}.")
    return _vocabulary()


@blueprint.get("/vocab")
def vocabularies() -> Response:
    """All controlled lists."""
    with served().store() as store:
        offer = offered()
        if offer[1] != "html":
            return data(graph_triples(store, f"{BASE}graph/vocab"), offer, store)
        return page("vocabularies.html", store=store, lists=lists())


@blueprint.get("/vocab/<path:path>")
def vocabulary(path: str) -> Response:
    """One controlled list, or one concept of it."""
    iri = f"{BASE}vocab/{path}"
    with served().store() as store:
        triples = [t for t in graph_triples(store, f"{BASE}graph/vocab") if _is_or_under(t.subject, iri)]
        if not triples:
            abort(404)
        offer = offered()
        if offer[1] != "html":
            return data(triples, offer, store)
        listed = next((one for one in lists() if one.name == path), None)
        if listed is None:
            return about_page(store, iri, triples)
        return page("vocabulary.html", store=store, list=listed, names=lists(), short=short)


def _vocabulary() -> Response:
    with served().store() as store:
        triples = graph_triples(store, f"{BASE}graph/ontology")
        term = request.args.get("term", "")
        if term:
            triples = [t for t in triples if t.subject == ox.NamedNode(str(TD) + term)] if term.isalnum() else []
            if not triples:
                abort(404)
        offer = offered()
        if offer[1] != "html":
            return data(triples, offer, store)
        if term:
            return about_page(store, str(TD) + term, triples)
        return page("ontology.html", store=store, header=header(), sections=sections(), lists=lists(), short=short)


def _is_or_under(term: object, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and (term.value == iri or term.value.startswith((f"{iri}/", f"{iri}#")))
