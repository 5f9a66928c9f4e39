"""The chain of a document, up to what it rests on and down to who relies on it, with the sentence of each hop."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from flask import Blueprint, Response, abort, redirect, request, url_for

from ontology import BASE
from queryapi.documents import find_document
from queryapi.pages.view import document_path, page, served
from queryapi.store import Store
from queryapi.trace import Hop, Node, Trace, trace

blueprint = Blueprint("chain", __name__)

DEEPEST = 20
_FAR = 400  # characters: a sentence that goes on longer is cut
_BEGIN = re.compile(r"\n\s*\n|\n\s*[-+]\s|[.;]\s+(?=[A-ZĐÀ-Ỹ])|\A")
_STOP = re.compile(r";|\.(?=\s|$)|\n\s*\n")


@dataclass
class Branch:
    """A document of the chain with the hop that leads to it and the hops behind it."""

    node: Node
    hop: Hop
    branches: "list[Branch]" = field(default_factory=list)


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
        found = trace(store, f"{BASE}id/doc/{path}", depth=depth)
        if not found.hops and found.start.state == "not-held":
            abort(404)
        return page(
            "chain.html",
            version=store.version,
            start=found.start,
            up=_tree(found, "up"),
            down=_tree(found, "down"),
            path=path,
            sentences=_sentences(store, found),
        )


def _tree(found: Trace, direction: str) -> list[Branch]:
    """The hops of one direction, each behind the one it continues."""
    behind: dict[str, list[Hop]] = defaultdict(list)
    for hop in found.hops:
        if hop.direction == direction:
            behind[hop.source.iri if direction == "up" else hop.target.iri].append(hop)

    def branches(iri: str) -> list[Branch]:
        return [Branch(h.reached, h, [] if h.again else branches(h.reached.iri)) for h in behind.pop(iri, [])]

    return branches(found.start.iri)


def _sentences(store: Store, found: Trace) -> dict[str, tuple[str, str]]:
    """What stands before and after the words of each citation in its sentence."""
    texts: dict[str, str | None] = {}
    around = {}
    for hop in found.hops:
        if hop.source.iri not in texts:
            texts[hop.source.iri] = store.text(hop.source.iri)
        text = texts[hop.source.iri]
        for said in hop.sentences if text is not None else ():
            around[said.citation] = sentence_around(text or "", said.start, said.end)
    return around


def sentence_around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of a sentence: back to where it or its line begins, on to its stop, a semicolon or a blank line.

    >>> sentence_around("Thực hiện Kế hoạch số 8 của huyện; xét đề nghị", 10, 23)
    ('Thực hiện ', ' của huyện;')
    """
    before = max((m.end() for m in _BEGIN.finditer(text, max(0, start - _FAR), start)), default=max(0, start - _FAR))
    stop = _STOP.search(text, end, min(len(text), end + _FAR))
    after = stop.end() if stop else min(len(text), end + _FAR)
    head, tail = (re.sub(r"\s+", " ", piece) for piece in (text[before:start], text[end:after].rstrip()))
    return head.lstrip(), tail


def _redirect(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return response
