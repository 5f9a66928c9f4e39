"""The chain of a document, up to what it rests on and down to who relies on it, with the sentence of each hop."""

from collections import defaultdict
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, redirect, request, url_for

from queryapi.documents import find_document
from queryapi.pages.view import document_path, named, page, served
from queryapi.trace import Hop, Node, Trace, trace

blueprint = Blueprint("chain", __name__)

DEEPEST = 20
_WIDEST = 100  # documents behind one: a decree has thousands, and the catalogue lists them all


@dataclass
class Branch:
    """A document of the chain with the hop that leads to it and the hops behind it."""

    node: Node
    hop: Hop
    behind: "Branches"


@dataclass
class Branches:
    """What stands behind a document: the first of them, and how many more there are."""

    shown: list[Branch] = field(default_factory=list)
    more: int = 0


@blueprint.get("/truy-vet")
def ask() -> Response:
    """A document by what people call it, sent on to its own address."""
    words = request.args.get("doc", "").strip()[:200]
    if not words:
        abort(404)
    with served().store() as store:
        found = find_document(store, words)
    return _redirect(url_for("chain.show", path=document_path(found.iri)))


@blueprint.get("/truy-vet/<path:path>")
def show(path: str) -> Response:
    """The chain of the document under `id/doc/<path>`, held or only cited."""
    depth = min(max(request.args.get("sau", 10, type=int) or 10, 1), DEEPEST)
    with served().store() as store:
        found = trace(store, named(f"doc/{path}"), depth=depth)
        if not found.hops and found.start.state == "not-held":
            abort(404)
        return page(
            "chain.html",
            store=store,
            start=found.start,
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
        shown = [Branch(h.reached, h, Branches() if h.again else branches(h.reached.iri)) for h in hops[:_WIDEST]]
        return Branches(shown, len(hops) - len(shown))

    return branches(found.start.iri)


def _redirect(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return response
