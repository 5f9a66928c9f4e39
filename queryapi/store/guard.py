r"""What a SPARQL text is and what it would reach, told from its tokens before any engine sees it.

pyoxigraph connects out for `SERVICE` and has no switch for that, so the word is refused on the tokens. The engine's
grammar is looser than the specification's, and each looseness is a way to hide the word:

- keywords need no boundary: `SERVICEex:there {…}` and `trueSERVICE<…>{…}` are calls;
- `<` is tried as an operator where an IRI does not fit: in `FILTER(?x<'a>')SERVICE<…>{…}FILTER(?x='b')` the
  specification's longest match reads the IRI `<'a>` and then a string that swallows the call, and in
  `FILTER(?x<1)SERVICEex:a#>` it reads an IRI that holds it;
- a long string that does not parse, as `'''a'} SERVICE <…> {} #\z'''`, is taken for `''` and `'a'`;
- `\u0022` is a quote for an engine that resolves escapes first, as the specification says, and not for pyoxigraph.

Hence every way to cut the text is followed, and the word must be absent from all of them. A text with more ways than
any query of a person is refused unread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from queryapi.store.tokens import Token, token_at, tokens

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_CHANGING = ("NOW", "RAND", "UUID", "STRUUID")

_WORD = "service"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OWN_ESCAPE = re.compile(rf"(?<!\\)(?:{_ESCAPE.pattern})")
_STRINGS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'"""(?:[^\\]|\\.)*?"""',
        r"'''(?:[^\\]|\\.)*?'''",
        r'"(?:[^"\\\r\n]|\\.)*"',
        r"'(?:[^'\\\r\n]|\\.)*'",
    )
)
_LOOSE_IRI = re.compile(r'<[^<>"{}\s]*>')
# Read as "less than" this would be a name, a division and a division: no engine does.
_SURELY_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
# Nor does one try a long string otherwise once it has parsed; with an escape, engines may differ in that.
_SURELY_LONG = re.compile(r"'''(?:'{0,2}[^'\\])*'''|" + r'"""(?:"{0,2}[^"\\])*"""')
_BLOCK = re.compile(r"(?:\s|#[^\r\n]*)*\{")
_PATIENCE = 16  # times the length of the text


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
    found = [token for token in tokens(query) if not token.is_gap]
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
    texts = {query, _unescape(query, _ESCAPE), _unescape(query, _OWN_ESCAPE)}
    return any(_WORD in text.lower() and _may_call(text) for text in texts)


def _may_call(query: str) -> bool:
    """Whether any way to cut the text leaves the word outside strings, IRIs, comments, variables and names."""
    declared = set(_prologue([token for token in tokens(query) if not token.is_gap])[0])
    seen: set[int] = set()
    ahead = [0]
    patience = _PATIENCE * len(query) + 1000
    while ahead:
        place = ahead.pop()
        if place >= len(query) or place in seen:
            continue
        seen.add(place)
        token = token_at(query, place)
        if _speaks(token, query, place, declared):
            return True
        ends, cost = _ends(token, query, place)
        patience -= cost
        if patience < 0:
            return True
        ahead += ends
    return False


def _speaks(token: Token, query: str, place: int, declared: set[str]) -> bool:
    """Whether the token may be the keyword, alone or grown together with what stands beside it."""
    if _WORD not in token.text.lower():
        return False
    if token.kind == "open":
        return False  # followed piece by piece
    if token.kind == "name":
        prefix = token.text.split(":")[0]
        block = _BLOCK.match(query, place + len(token.text))
        return _WORD in prefix.lower() and (prefix not in declared or block is not None)
    if token.kind == "variable":  # `ex:p?trueSERVICE<…>{…}` could be a path, a value and a call
        return query[max(0, place - 1) : place] not in ("", *" \t\r\n{([,;.=<>!&|+-*/")
    return token.kind in ("word", "tag", "number", "blank")


def _ends(token: Token, query: str, place: int) -> tuple[list[int], int]:
    """Where the pieces that may begin here end, and how many characters were looked at for it."""
    first = query[place]
    if first not in "<\"'":
        return [place + len(token.text)], len(token.text)
    step = 1 if token.kind == "open" else len(token.text)
    ends, cost = {place + step}, step
    if first == "<":
        if not _SURELY_IRI.match(query, place):
            ends.add(place + 1)
        patterns: tuple[re.Pattern[str], ...] = (_LOOSE_IRI,)
    elif _SURELY_LONG.match(query, place):
        return list(ends), cost
    else:
        patterns = tuple(p for p in _STRINGS if query.startswith(p.pattern.split("(")[0], place))
    for pattern in patterns:
        if match := pattern.match(query, place):
            ends.add(match.end())
            cost += match.end() - place
        else:
            cost += len(query) - place
    return list(ends), cost


def _unescape(query: str, escape: re.Pattern[str]) -> str:
    def character(match: re.Match[str]) -> str:
        point = int(match.group(1) or match.group(2), 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else match.group()

    return escape.sub(character, query)


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
