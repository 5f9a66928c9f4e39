"""The places of findings as W3C Web Annotations, for those who read other people's data: the store keeps them compact.

A finding carries `td:start`, `td:end` and `oa:exact` itself; here each of them becomes an `oa:Annotation` whose target
is the place in the document, by position and by quotation. Every node has a name, made from the finding's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ontology import OA, TD

_CONTEXT = 32  # characters before and after a quotation, enough to find it again in another copy
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_START, _END, _EXACT = str(TD.start), str(TD.end), str(OA.exact)
_PAGE, _BOX = str(TD.page), str(TD.box)
_VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
_MEDIA_FRAGMENTS = "http://www.w3.org/TR/media-frags/"


def annotations(triples: Iterable[ox.Triple], text: str | None) -> Iterator[ox.Triple]:
    """An annotation for every finding that has a place; with the document's text also what stands around it.

    >>> list(annotations([], None))
    []
    """
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
            places[triple.subject.value][triple.predicate.value] = triple.object.value
    for part, said in sorted(places.items()):
        if "#" in part and {_START, _END, _EXACT} <= said.keys():
            yield from _annotation(part, int(said[_START]), int(said[_END]), said[_EXACT], text)
            if _PAGE in said:
                yield from _on_page(part, said[_PAGE], said.get(_BOX))


def _annotation(part: str, start: int, end: int, exact: str, text: str | None) -> Iterator[ox.Triple]:
    document = ox.NamedNode(part.partition("#")[0])
    annotation, target, position, quotation = (
        ox.NamedNode(f"{part}.{name}") for name in ("annotation", "place", "position", "quotation")
    )
    yield ox.Triple(annotation, _TYPE, _oa("Annotation"))
    yield ox.Triple(annotation, _oa("hasBody"), ox.NamedNode(part))
    yield ox.Triple(annotation, _oa("hasTarget"), target)
    yield ox.Triple(target, _TYPE, _oa("SpecificResource"))
    yield ox.Triple(target, _oa("hasSource"), document)
    yield ox.Triple(target, _oa("hasSelector"), position)
    yield ox.Triple(target, _oa("hasSelector"), quotation)
    yield ox.Triple(position, _TYPE, _oa("TextPositionSelector"))
    yield ox.Triple(position, _oa("start"), ox.Literal(start))
    yield ox.Triple(position, _oa("end"), ox.Literal(end))
    yield ox.Triple(quotation, _TYPE, _oa("TextQuoteSelector"))
    yield ox.Triple(quotation, _oa("exact"), ox.Literal(exact))
    if text is not None:
        yield ox.Triple(quotation, _oa("prefix"), ox.Literal(text[max(0, start - _CONTEXT) : start]))
        yield ox.Triple(quotation, _oa("suffix"), ox.Literal(text[end : end + _CONTEXT]))


def _on_page(part: str, page: str, box: str | None) -> Iterator[ox.Triple]:
    """The place on the paper as a media fragment: the page, and left, top, width, height where a box is known.

    >>> [t.object.value for t in _on_page("urn:d#quota-7", "3", "72.0 90.5 101.0 102.0") if t.predicate.value == _VALUE]
    ['page=3&xywh=72,90.5,29,11.5']
    """
    fragment = f"page={page}"
    if box:
        left, top, right, bottom = map(float, box.split())
        fragment += f"&xywh={left:g},{top:g},{right - left:g},{bottom - top:g}"
    target, selector = ox.NamedNode(f"{part}.place"), ox.NamedNode(f"{part}.on-page")
    yield ox.Triple(target, _oa("hasSelector"), selector)
    yield ox.Triple(selector, _TYPE, _oa("FragmentSelector"))
    yield ox.Triple(selector, ox.NamedNode(_VALUE), ox.Literal(fragment))
    yield ox.Triple(selector, ox.NamedNode("http://purl.org/dc/terms/conformsTo"), ox.NamedNode(_MEDIA_FRAGMENTS))


def _oa(name: str) -> ox.NamedNode:
    return ox.NamedNode(str(OA[name]))
