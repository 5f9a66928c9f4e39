r"""What a SPARQL text is and what it would reach, told from its tokens before any engine sees it.

pyoxigraph connects out for `SERVICE` and has no switch for that, so the word is refused on the tokens. The engine's
grammar is looser than the specification's, and each looseness is a way to hide the word:

- keywords need no boundary: `SERVICEex:there {…}` and `trueSERVICE<…>{…}` are calls;
- `<` is tried as an operator where an IRI does not fit: in `FILTER(?x<'a>')SERVICE<…>{…}FILTER(?x='b')` the
  specification's longest match reads the IRI `<'a>` and then a string that swallows the call;
- `\u0022` is a quote for an engine that resolves escapes first, as the specification says, and not for pyoxigraph.

Hence several readings of the same text, and the word must be absent from all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID")

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NAME = r"[^\W\d_][\w.\-]*"
_TOKEN = re.compile(
    rf"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''
        |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<blank>_:[\w](?:[\w.\-]*[\w\-])?)
    | (?P<name>(?:{_NAME})?:(?:[\w:\-.]|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A piece of a query: `kind` is iri, string, variable, tag, blank, name (prefixed), number, word or mark."""

    kind: str
    text: str


def tokens(query: str, *, quotes_in_iris: bool = True) -> Iterator[Token]:
    """The pieces of a query without its spaces and comments; without `quotes_in_iris`, `<'a>` is no IRI.

    >>> [t.text for t in tokens("ASK { ?x <http://a/#b> 'service' } # SERVICE")]
    ['ASK', '{', '?x', '<http://a/#b>', "'service'", '}']
    """
    place = 0
    while place < len(query):
        match = _TOKEN.match(query, place)
        assert match is not None  # `mark` takes any character
        kind, text = match.lastgroup or "mark", match.group()
        if kind == "iri" and not quotes_in_iris and "'" in text:
            kind, text = "mark", "<"
        if kind not in ("space", "comment"):
            yield Token(kind, text)
        place += len(text)


@dataclass(frozen=True)
class Reading:
    """What the tokens say: `form` is SELECT, ASK, CONSTRUCT or DESCRIBE, UPDATE, or None where neither is told.

    `graphs` are those of FROM and FROM NAMED, `terms` every IRI of the body. `steady` is false for a query whose answer
    changes while the data does not (NOW, RAND).
    """

    form: str | None
    calls_out: bool
    graphs: tuple[str, ...]
    terms: tuple[str, ...]
    steady: bool


def read(query: str) -> Reading:
    """What a query is and what it would reach.

    >>> read("PREFIX a: <http://a/> SELECT * FROM a:b { ?s a:c ?o }")
    Reading(form='SELECT', calls_out=False, graphs=('http://a/b',), terms=('http://a/b', 'http://a/c'), steady=True)
    >>> read("SELECT * { SERVICE <http://a/> { ?s ?p ?o } }").calls_out
    True
    """
    found = list(tokens(query))
    prefixes, body = _prologue(found)
    iris = [_expand(token, prefixes) for token in body]
    words = [token.text.upper() if token.kind == "word" else "" for token in body]
    return Reading(
        form=next((form for word in words if (form := _form(word))), None),
        calls_out=_calls_out(query),
        graphs=tuple(_from(words, iris)),
        terms=tuple(dict.fromkeys(iri for iri in iris if iri)),
        steady=not any(word in _CHANGING for word in words),
    )


def _form(word: str) -> str | None:
    if word in QUERY_FORMS:
        return word
    return "UPDATE" if word in _UPDATE_FORMS else None


def _calls_out(query: str) -> bool:
    return any(
        _names_service(list(tokens(text, quotes_in_iris=quotes)))
        for text in {query, _unescape(query)}
        for quotes in (True, False)
    )


def _names_service(found: list[Token]) -> bool:
    return any(
        (token.kind == "word" and "service" in token.text.lower())
        or (token.kind == "name" and "service" in token.text.split(":")[0].lower() and after.text == "{")
        for token, after in pairwise([*found, Token("mark", "")])
    )


def _unescape(query: str) -> str:
    def character(match: re.Match[str]) -> str:
        point = int(match.group(1) or match.group(2), 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else match.group()

    return _ESCAPE.sub(character, query)


def _prologue(found: list[Token]) -> tuple[dict[str, str], list[Token]]:
    prefixes: dict[str, str] = {}
    place = 0
    while place < len(found) and found[place].kind == "word":
        word = found[place].text.upper()
        if word == "PREFIX" and len(found) > place + 2 and found[place + 2].kind == "iri":
            prefixes[found[place + 1].text.rstrip(":")] = found[place + 2].text[1:-1]
            place += 3
        elif word in ("BASE", "VERSION"):
            place += 2
        else:
            break
    return prefixes, found[place:]


def _expand(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if prefix in prefixes:
            return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local.rstrip("."))
    return None


def _from(words: list[str], iris: list[str | None]) -> Iterator[str]:
    for place, word in enumerate(words):
        if word == "FROM":
            after = place + 2 if place + 1 < len(words) and words[place + 1] == "NAMED" else place + 1
            if after < len(iris) and (iri := iris[after]):
                yield iri
