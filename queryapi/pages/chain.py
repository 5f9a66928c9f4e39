"""The chain of a document, up to what it rests on and down to who relies on it, with the sentence of each hop."""

from collections import defaultdict
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, redirect, request, url_for

from queryapi.documents import find_reference
from queryapi.errors import SeveralDocuments, UnknownDocument
from queryapi.pages.view import document_path, named, page, served
from queryapi.trace import Hop, Node, Retold, Trace, trace

blueprint = Blueprint("chain", __name__)

DEEPEST = 20
_WIDE, _WIDEST = 200, 2000  # documents of one step: a decree has thousands


@dataclass
class Branch:
    """A document of the chain with the hop that leads to it and the hops behind it."""

    node: Node
    hop: Hop
    behind: "Branches"


@dataclass
class Branches:
    """What stands behind a document."""

    shown: list[Branch] = field(default_factory=list)


@blueprint.get("/truy-vet")
def ask() -> Response:
    """A document by what people call it, sent on to its own address; a form to name one, and what is wrong with it."""
    words, wrong = request.args.get("doc", "").strip()[:200], ""
    with served().store() as store:
        if words:
            try:
                found = find_reference(store, words)
            except (SeveralDocuments, UnknownDocument) as error:
                if not request.accept_mimetypes.accept_html:
                    raise
                wrong = error.vi
            else:
                return _redirect(url_for("chain.show", path=document_path(found)))
        return page("chain_start.html", status=404 if wrong else 200, store=store, typed=words, wrong=wrong)


@blueprint.get("/truy-vet/<path:path>")
def show(path: str) -> Response:
    """The chain of the document under `id/doc/<path>`, held or only cited."""
    depth = min(max(request.args.get("sau", 10, type=int) or 10, 1), DEEPEST)
    limit = min(max(request.args.get("nhieu", _WIDE, type=int) or _WIDE, 1), _WIDEST)
    with served().store() as store:
        found = trace(store, named(f"doc/{path}"), depth=depth, limit=limit)
        if not found.hops and found.start.state == "not-held":
            abort(404)
        return page(
            "chain.html",
            store=store,
            chain=found,
            told=Retold(),
            start=found.start,
            wider=url_for("chain.show", path=path, sau=depth, nhieu=limit * 5) if limit < _WIDEST else "",
            up=_tree(found, "up"),
            down=_tree(found, "down"),
            path=path,
        )


def _tree(found: Trace, direction: str) -> Branches:
    """The hops of one direction, each behind the one it continues."""
    behind: dict[str, list[Hop]] = defaultdict(list)
    for hop in found.hops:
        if hop.direction == direction:
            behind[hop.source.iri if direction == "up" else hop.target.iri].append(hop)

    def branches(iri: str) -> Branches:
        hops = behind.pop(iri, [])
        return Branches([Branch(h.reached, h, Branches() if h.again else branches(h.reached.iri)) for h in hops])

    return branches(found.start.iri)


def _redirect(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return response
