"""A SPARQL text in its tokens, by the specification's grammar; our terms put in the place of its variables.

The one tokenizer: what a query would reach is told from the same pieces in `guard.py`, which also asks how
else an engine could cut the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from queryapi.store.terms import Term

# Names may hold these beside what `\w` takes; an engine that reads `ex:th·ere` must not find us reading `ex:th`.
_MORE = "\u00b7\u0300-\u036f\u203f\u2040"
NAME = rf"(?:[^\W\d_][\w.\-{_MORE}]*)?:(?:[\w:\-.{_MORE}]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*"
_ESCAPED = r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"""

# The order matters as in the grammar: an IRI before "<", a long string before a short one.
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:(?:""|")?(?:[^"\\]|{_ESCAPED}))*\"\"\"|'''(?:(?:''|')?(?:[^'\\]|{_ESCAPED}))*'''
        |"(?:[^"\\\r\n]|{_ESCAPED})*"|'(?:[^'\\\r\n]|{_ESCAPED})*')
    | (?P<variable>[?$][\w{_MORE}]+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[\w{_MORE}](?:[\w.\-{_MORE}]*[\w\-{_MORE}])?)
    | (?P<name>{NAME})
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>["'][^\r\n]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_LONG = ("'''", '"""')
_MOST_BROKEN = 50  # long strings that are none: each was looked for to the end of the text


@dataclass(frozen=True)
class Token:
    """A piece of a query: `kind` is space, comment, iri, string, variable, tag, blank, name, number, word or mark.

    `open` is the rest of a line whose quotation mark nothing closes.
    """

    kind: str
    text: str

    @property
    def is_gap(self) -> bool:
        """Whether it only keeps others apart."""
        return self.kind in ("space", "comment")


def token_at(sparql: str, place: int) -> Token:
    """The piece that begins here."""
    match = _TOKEN.match(sparql, place)
    assert match is not None  # `mark` takes any character
    return Token(match.lastgroup or "mark", match.group())


def tokens(sparql: str) -> Iterator[Token]:
    """Every piece of the query; joined they are the query again.

    >>> [t.text for t in tokens('ASK { ?a <http://b#c> "?c" } # ?d') if t.kind in ("variable", "comment")]
    ['?a', '# ?d']
    """
    place = broken = 0
    while place < len(sparql):
        token = token_at(sparql, place)
        broken += len(token.text) == 2 and sparql[place : place + 3] in _LONG
        if broken > _MOST_BROKEN:
            token = Token("open", sparql[place:])
        yield token
        place += len(token.text)


def substitute(sparql: str, values: Mapping[str, Term]) -> str:
    """The query with terms in the place of variables, wherever the variable stands as a token.

    >>> from queryapi.store.terms import Literal
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
    meant = [t for t in tokens(sparql) if not t.is_gap]
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
