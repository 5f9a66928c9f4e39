"""No query reaches out of the store, however the word is dressed; and none is refused for merely speaking of it."""

import pytest

from queryapi.guard import read

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
    "after a comment that is none": "SELECT * { ?s <http://a.example/#> ?o SERVICE <http://a.example/> { ?s ?p ?o } }",
}

IN = {
    "a word in a string": 'ASK { ?s ?p ?o FILTER(CONTAINS(?o, "SERVICE")) }',
    "a word in a long string": '''ASK { ?s ?p """say "SERVICE" here""" }''',
    "an IRI": "ASK { ?s <http://a.example/service#SERVICE> ?o }",
    "a variable": "ASK { ?service ?p $SERVICE }",
    "a prefix and a local name": "PREFIX service: <http://a.example/> ASK { ?s service:service ?o }",
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
