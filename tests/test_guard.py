"""No query reaches out of the store, however the word is dressed; and none is refused for merely speaking of it."""

import time

import pytest

from queryapi.store.guard import read

OUT = {
    "plainly": "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "silently": "SELECT * { service silent <http://a.example/> { ?s ?p ?o } }",
    "inside EXISTS": "ASK { FILTER EXISTS { SERVICE <http://a.example/> { ?s ?p ?o } } }",
    "to a variable": "SELECT * { BIND(<http://a.example/> AS ?z) SERVICE?z{ ?s ?p ?o } }",
    "grown together with the prefix": "PREFIX ex: <http://a.example/> SELECT * { SERVICEex:there { ?s ?p ?o } }",
    "SILENT grown together too": "PREFIX ex: <http://a.example/> SELECT * { SERVICESILENTex:there { ?s ?p ?o } }",
    "grown together with what precedes": "SELECT * { ?s ?p trueSERVICE<http://a.example/>{ ?s ?p ?o } }",
    "in what only the longest match calls a string": (
        "SELECT * { VALUES ?x { 1 } FILTER(?x<'a>')SERVICE<http://a.example/>{ ?s ?p ?o }FILTER(?x='b') }"
    ),
    "in what only unescaping makes a string": (
        r'SELECT * { FILTER(?x="\u0022")SERVICE<http://a.example/>{ ?s ?p ?o }FILTER(?y="\u0022") }'
    ),
    "behind an escape": r"SELECT * { \u0053ERVICE <http://a.example/> { ?s ?p ?o } }",
    "behind a long string the engine gives up": "SELECT * { VALUES ?x {'''a'} SERVICE <http://a/> {} #\\z'''\n }",
    "before a name with a middle dot": "PREFIX ex: <http://a.example/> SELECT * { SERVICEex:th·ere { ?s ?p ?o } }",
    "in what looks like an IRI": "PREFIX ex: <http://a.example/> SELECT * { FILTER(?x<1)SERVICEex:a#>\n{ ?s ?p ?o } }",
    "behind a name with an escape": "PREFIX ex: <http://a/> ASK { ?s ?p ex:a·\\# SERVICE<http://a/>{} }",
    "grown together with a prefix that is declared": "PREFIX SERVICEex: <http://a/> ASK { SERVICEex:a { } }",
    "as a prefix that nobody declared": "ASK { SERVICEex:there ?p ?o }",
    "grown together with a path": "PREFIX ex: <http://a.example/> ASK { ?s ex:p?trueSERVICE<http://a.example/>{} }",
    "behind an IRI with an escape": "ASK { ?s ?p <http://a/\\uD800#> SERVICE <http://a/> { ?s ?p ?o } }",
    "after a comment that is none": "SELECT * { ?s <http://a.example/#> ?o SERVICE <http://a.example/> { ?s ?p ?o } }",
}

IN = {
    "a word in a string": 'ASK { ?s ?p ?o FILTER(CONTAINS(?o, "SERVICE")) }',
    "a word in a long string": '''ASK { ?s ?p """say "SERVICE" here""" }''',
    "an IRI": "ASK { ?s <http://a.example/service#SERVICE> ?o }",
    "a variable": "ASK { ?service ?p $SERVICE }",
    "a prefix and a local name": "PREFIX service: <http://a.example/> ASK { ?s service:service ?o }",
    "a prefix in the place of a subject": "PREFIX dich-service: <http://a.example/> ASK { dich-service:a ?p ?o }",
    "a string with the other quotes": """ASK { ?s ?p "it's a 'service' of '''ours" }""",
    "IRIs compared": "ASK { ?s ?p ?o FILTER(?s < <http://a.example/service> && ?o != 'service') }",
    "a long text with quotes": """ASK { ?s ?p '''he said "service", 'service' and SERVICE <a>''' }""",
    "a comment": "ASK {} # SERVICE <http://a.example/> {}",
}


@pytest.mark.parametrize("query", OUT.values(), ids=OUT)
def test_sees_a_call_out(query):
    assert read(query).calls_out


@pytest.mark.parametrize("query", IN.values(), ids=IN)
def test_lets_the_word_be_spoken_of(query):
    assert not read(query).calls_out


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <http://a.example/> ASK {}", "ASK"),
        ("# DROP ALL\nBASE <http://insert/> DESCRIBE <x>", "DESCRIBE"),
        ("DROP ALL", "UPDATE"),
        ("PREFIX a: <http://a.example/> insert data { a:b a:c 1 }", "UPDATE"),
        ("xin chào", None),
        ("", None),
    ],
)
def test_tells_the_form(query, form):
    assert read(query).form == form


def test_names_the_graphs_asked_for():
    query = "PREFIX g: <http://a.example/> SELECT * FROM <http://a.example/ngày> FROM NAMED g:2 { ?from ?p 'FROM <x>' }"
    assert read(query).graphs == ("http://a.example/ngày", "http://a.example/2")


def test_knows_an_answer_that_changes_by_itself():
    assert not read("SELECT (now() AS ?t) {}").steady
    assert read("SELECT ?now { ?now ?p 'RAND()' }").steady


@pytest.mark.parametrize(
    "words", [r"\'" * 90_000, r"\'''" * 45_000, "\\'''\n" * 35_000, '""\\' * 60_000, "<a'" * 60_000]
)
def test_a_text_made_to_be_read_for_ever_is_read_in_time(words):
    """Every way to cut a text costs time, and a text may have many: past a bound it is no query of a person."""
    before = time.monotonic()
    read("ASK { #service\n '''" + words + " }")
    assert time.monotonic() - before < 5


def test_a_long_list_of_iris_and_names_is_no_such_text():
    values = " ".join(f"(<https://w3id.org/thidua/id/doc/{n}> 'service {n} of \\'a\\'' '''b''')" for n in range(2500))
    assert not read(f"SELECT * {{ VALUES (?doc ?n ?m) {{ {values} }} ?doc ?p ?o }}").calls_out
