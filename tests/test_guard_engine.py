"""The guard against the engine itself: whatever made pyoxigraph connect, the guard had called a call."""

import socket
import threading
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queryapi.store.guard import read

# Wherever one of these stands before or behind the word, engine and guard may read it differently.
_PIECES = [
    "'", "''", "'''", '"', '""', '"""', "<", ">", "<a", "<http://a/", "<1)", "#", "# ", "\n", "\r", "\\", "\\z", "\\'",
    "\\u0022", "\\u0027", "\\u0023", "\\uD800", "\\u12", "·", "\u0300", "\u203f", "\u00aa", "?", "?x", "$", "@en",
    "_:x", "ex:", "ex:a", "ex:a\\#", ":", ".", ";", ",", "{", "}", "(", ")", "a", "true", "1", "1e5", "-", "|",
    "^", "=", " ", " ?s ?p ", " ?s ?p ?o . ", " FILTER(", " FILTER(?x<", ">1)", "BIND(0 AS ?x)", "VALUES ?x {",
    "OPTIONAL {", "=''",
]  # fmt: skip
_CALLS = [
    "SERVICE <{0}> {{ ?s ?p ?o }}",
    "SERVICE<{0}>{{}}",
    "SERVICEex:a{{}}",
    "SERVICEex:a#>\n{{}}",
    "SERVICE:b·{{}}",
]


@pytest.fixture(scope="module")
def callers():
    """The address of a listener that hangs up, and the list it puts a mark on at every call."""
    marks: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    marks.append(1)
                    connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", marks
        listening.shutdown(socket.SHUT_RDWR)


def _connects(query: str, marks: list[int]) -> bool:
    before = len(marks)
    failed = False
    try:
        found = ox.Store().query(query)
        if not isinstance(found, ox.QueryBoolean):
            list(found)
    except OSError:  # refused, or hung up on: it did try
        failed = True
    except (SyntaxError, ValueError, RuntimeError):
        pass
    return failed or len(marks) > before


_PROLOGUE = "PREFIX ex: <{0}> PREFIX : <{0}> SELECT * {{ "

KNOWN = {
    "a long string with an escape of no kind": "VALUES ?x {{'''a'}} SERVICE <{0}> {{?s ?p ?o}} #\\z'''\n ",
    "the same in double quotes": 'VALUES ?x {{"""a"}} SERVICE <{0}> {{?s ?p ?o}} #\\z"""\n ',
    "a long string with half a surrogate pair": "VALUES ?x {{'''a'}} SERVICE <{0}> {{?s ?p ?o}} #\\uD800'''\n ",
    "a long string with half an escape": "VALUES ?x {{'''a'}} SERVICE <{0}> {{?s ?p ?o}} #\\u12'''\n ",
    "a middle dot in the name": "SERVICEex:th·ere {{ ?s ?p ?o }} ",
    "a combining accent in the name": "SERVICEex:a\u0300 {{ ?s ?p ?o }} ",
    "a tie in the name": "SERVICEex:a\u203f {{ ?s ?p ?o }} ",
    "less than, and a comment that looks like an IRI's end": "BIND(0 AS ?x) FILTER(?x<1)SERVICEex:a#>\n{{ ?s ?p ?o }} ",
}


@pytest.mark.parametrize("words", KNOWN.values(), ids=KNOWN)
def test_what_the_engine_calls_is_seen(callers, words):
    address, marks = callers
    query = (_PROLOGUE + words + "}}").format(address)
    assert _connects(query, marks), "the engine reads it otherwise now: the case shows nothing any more"
    assert read(query).calls_out


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.sampled_from(_PIECES), max_size=5),
    call=st.sampled_from(_CALLS),
    after=st.lists(st.sampled_from(_PIECES), max_size=5),
)
def test_whatever_the_engine_calls_is_seen(callers, before, call, after):
    address, marks = callers
    query = _PROLOGUE.format(address) + "".join(before) + call.format(address) + "".join(after) + "}"
    if not read(query).calls_out:
        assert not _connects(query, marks)
