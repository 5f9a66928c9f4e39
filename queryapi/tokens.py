"""A SPARQL text with its variables told from strings, IRIs and comments: enough to put terms in their place.

`queryapi/guard.py` judges what a stranger's query would reach; here the queries are ours and only the values are not.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from queryapi.terms import Term

# The order matters as in the grammar: an IRI before "<", a long string before a short one.
_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3} | '{3}(?:[^\\]|\\.)*?'{3} | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$][\w\u00B7]+)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A piece of the query; `kind` is space (comments too), iri, string, variable, word or mark."""

    kind: str
    text: str


def tokens(sparql: str) -> Iterator[Token]:
    """Every piece of the query; joined they are the query again.

    >>> [t.text for t in tokens('ASK { ?a <http://b> "?c" } # ?d') if t.kind == "variable"]
    ['?a']
    """
    for match in _TOKEN.finditer(sparql):
        yield Token(match.lastgroup or "mark", match.group())


def substitute(sparql: str, values: Mapping[str, Term]) -> str:
    """The query with terms in the place of variables, wherever the variable stands as a token.

    >>> from queryapi.terms import Literal
    >>> substitute('SELECT ?d { ?d td:year ?year FILTER(?d != "?year") }', {"year": Literal.of(2024)})
    'SELECT ?d { ?d td:year "2024"^^<http://www.w3.org/2001/XMLSchema#integer> FILTER(?d != "?year") }'
    """
    return "".join(
        values[token.text[1:]].n3() if token.kind == "variable" and token.text[1:] in values else token.text
        for token in tokens(sparql)
    )


def variables(sparql: str) -> set[str]:
    """The names of all variables of the query."""
    return {t.text[1:] for t in tokens(sparql) if t.kind == "variable"}


def given_names(sparql: str) -> set[str]:
    """Variables that a SELECT names or an AS makes: no term can stand in their place.

    >>> sorted(given_names("SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?c }"))
    ['a', 'b', 'n']
    """
    meant = [t for t in tokens(sparql) if t.kind != "space"]
    found: set[str] = set()
    selecting = False
    for place, token in enumerate(meant):
        word = token.text.upper()
        if token.kind == "word" and word == "SELECT":
            selecting = True
        elif word in {"{", "WHERE", "FROM"}:
            selecting = False
        elif token.kind == "variable" and (selecting or (place and meant[place - 1].text.upper() == "AS")):
            found.add(token.text[1:])
    return found
