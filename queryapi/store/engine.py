"""pyoxigraph's terms and messages in our own words."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from queryapi.errors import QuerySyntax
from queryapi.store.terms import Blank, Iri, Literal, Results, Rows, Term, Triple, Triples, Truth

_PLACE = re.compile(r"error at (\d+):(\d+): ?", re.IGNORECASE)
_SHOWN = 160
# What the engine says, in words a person can act on.
_PLAIN = (
    ("Prefix not found", "tiền tố chưa khai báo bằng PREFIX", "a prefix that no PREFIX declares"),
    (
        "variable that is unbound",
        "SELECT nêu một biến không có giá trị (thiếu GROUP BY?)",
        "SELECT names a variable that has no value (GROUP BY missing?)",
    ),
)


def term_of(term: object) -> Term:
    """The plain term."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return (
            Literal(term.value, language=term.language) if term.language else Literal(term.value, term.datatype.value)
        )
    if isinstance(term, ox.BlankNode):
        return Blank(term.value)
    raise TypeError(f"no plain term for {type(term).__name__}")


def engine_term(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The engine's term."""
    if isinstance(term, Iri):
        return ox.NamedNode(term.value)
    if isinstance(term, Blank):
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def engine_triple(triple: Triple) -> ox.Triple:
    """The engine's triple; its subject is a name or a thing without one, as RDF 1.1 (section 3.1) has it."""
    subject = engine_term(triple[0])
    if isinstance(subject, ox.Literal):
        raise TypeError("a literal is the subject of no triple")
    return ox.Triple(subject, ox.NamedNode(triple[1].value), engine_term(triple[2]))


def results_of(answer: object) -> Results:
    """The plain results of a query."""
    if isinstance(answer, ox.QueryBoolean):
        return Truth(bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        names = tuple(v.value for v in answer.variables)
        rows = tuple(tuple(None if t is None else term_of(t) for t in row) for row in answer)
        return Rows(names, rows)
    if isinstance(answer, ox.QueryTriples):
        return Triples(tuple(dict.fromkeys(map(_triple, answer))))
    raise TypeError(f"no results in {type(answer).__name__}")


def triples_of(quads: Iterable[ox.Quad]) -> Triples:
    """Parsed triples as plain results."""
    return Triples(tuple(dict.fromkeys(_triple(quad.triple) for quad in quads)))


def _triple(triple: ox.Triple) -> Triple:
    return term_of(triple.subject), Iri(triple.predicate.value), term_of(triple.object)


def syntax_error(message: str) -> QuerySyntax:
    """The engine's message in one line with its place.

    >>> syntax_error("error at 2:10: expected OPTIONAL").en
    'syntax error in the query: line 2, column 10: expected OPTIONAL'
    """
    place = _PLACE.search(message)
    reason = " ".join(_PLACE.sub("", message, count=1).split())
    # The grammar's own character classes help nobody: "expected one of …, ['0'..='9'], [_]".
    reason = re.sub(r"(?:, |\| |(?<=of ))\[.*?\](?=,|$)", "", reason)
    if len(reason) > _SHOWN:
        reason = reason[:_SHOWN].rsplit(",", 1)[0] + " …"
    for known, vi, en in _PLAIN:
        if known in message:
            return QuerySyntax(en, *_found(place), vi=vi)
    return QuerySyntax(reason, *_found(place))


def _found(place: re.Match[str] | None) -> tuple[int | None, int | None]:
    return (int(place.group(1)), int(place.group(2))) if place else (None, None)
