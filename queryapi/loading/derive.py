"""What follows from one document together with the register, what others claim and what the store holds.

Pure: no store is asked or written here. Nothing of it is said by the document itself, and all of it can be computed
again; `derivation.py` writes it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from loaders.law.register import Register
from loaders.text import fold
from ontology import ELI, TD
from queryapi.loading.judge import facts, judge
from queryapi.store.graphdoc import GraphDocument
from queryapi.store.terms import Iri, Literal, Term

Fact = tuple[Iri, Iri, Term]
Held = Callable[[str], bool]

_RELATIONS = {
    "can-cu": (str(ELI.based_on), str(TD.restsOn)),
    "thuc-hien": (str(ELI.ensures_implementation_of), str(TD.restsOn)),
    "xet-de-nghi": (str(TD.proposedIn),),
}
_SEARCHED = (str(ELI.number), "http://purl.org/dc/terms/title", "issuerLabel", "sourceName")


def derived_facts(document: GraphDocument, register: Register, held: Held) -> Iterator[Fact]:
    """The derived facts of one document, outside any store; `held` tells which documents are there to be read."""
    resolved: dict[str, str] = {}
    for citation in document.parts("hasCitation"):
        for fact in citation_facts(document, citation, register, held):
            if fact[1] == RESOLVED:
                resolved[citation] = str(fact[2])
            yield fact
    yield from document_facts(document, resolved)


def citation_facts(document: GraphDocument, citation: str, register: Register, held: Held) -> Iterator[Fact]:
    """What follows for one citation alone: its verdict, what it means, whether that can be read."""
    judgement = judge(document, citation, register)
    if judgement.resolved:
        yield Iri(citation), RESOLVED, Iri(judgement.resolved)
    target = judgement.resolved or document.iri_of(citation, "cites")
    yield Iri(citation), _td("held"), Literal.of(bool(judgement.instrument) or bool(target and held(target)))
    for name, value in facts(judgement):
        yield Iri(citation), _td(name), value


def document_facts(document: GraphDocument, resolved: Mapping[str, str]) -> Iterator[Fact]:
    """What follows for the document as a whole, with what its citations were resolved to."""
    yield from _edges(document, resolved)
    place = list(_place(document))
    yield from place
    said = [document.text(document.iri, name) or "" for name in _SEARCHED]
    said += [value.value for _, _, value in place if isinstance(value, Literal)]
    yield Iri(document.iri), _td("searchText"), Literal(" ".join(fold(" ".join(said)).split()))


def ntriples(facts: Iterable[Fact]) -> set[str]:
    """Facts as lines of N-Triples."""
    return {f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in facts}


def _edges(document: GraphDocument, resolved: Mapping[str, str]) -> Iterator[Fact]:
    """The document's own links to what it cites, one for each target and relation."""
    for citation in document.parts("hasCitation"):
        target = resolved.get(citation) or document.iri_of(citation, "cites")
        if target and target != document.iri:
            relation = (document.iri_of(citation, "relation") or "").rpartition("/")[2]
            for edge in (str(ELI.cites), *_RELATIONS.get(relation, ())):
                yield Iri(document.iri), Iri(edge), Iri(target)


def _place(document: GraphDocument) -> Iterator[Fact]:
    """The province of the issuer's unit, on the day of the document."""
    from loaders.authorities.units import units

    jurisdiction = document.iri_of(document.iri, str(ELI.jurisdiction))
    day = document.text(document.iri, str(ELI.date_document)) or document.text(document.iri, "notBefore")
    if not jurisdiction:
        return
    try:
        unit = units().get(jurisdiction)
    except KeyError:
        return
    province = [unit, *units().ancestors(unit, day)][-1]
    yield Iri(document.iri), _td("province"), Iri(province.iri)
    yield Iri(document.iri), _td("provinceName"), Literal(province.name, language="vi")


def _td(name: str) -> Iri:
    return Iri(str(TD[name]))


RESOLVED = _td("resolvedByDate")
