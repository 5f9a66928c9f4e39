"""The endpoint as the SPARQL 1.1 Protocol wants it, and what it refuses so that nobody is harmed."""

import csv
import io
import json
import os
import time
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from served import HEIR, PLAN, fill

from queryapi.app import Config, create_app
from queryapi.serving.workers import Limits
from queryapi.store import open_store

TITLES = "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?title { ?doc dcterms:title ?title } ORDER BY ?title"
NAMED = "https://example.org/đồ-thị/ngày 1".replace(" ", "%20")
ESCAPED = "https://example.org/%C4%91/ng%C3%A0y"
ANY = {"Accept": "*/*"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = fill(tmp_path_factory.mktemp("protocol"), ["plan", "heir"])
    triple = '<https://example.org/s> <https://example.org/p> "{}" .\n'
    with open_store(path, write=True) as writer:
        writer.add([{NAMED: triple.format("một"), ESCAPED: triple.format("hai")}])
        writer.add([_conformance_graphs()])
        writer.commit()
    return path


@pytest.fixture(scope="module")
def app(store):
    app = create_app(store, config=Config(limits=Limits(seconds=20, rows=1000)))
    app.testing = True
    yield app
    app.extensions["thidua"].close()


@pytest.fixture
def client(app):
    return app.test_client()


def ask(client, query, accept="application/sparql-results+json", **parameters):
    return client.get("/sparql", query_string={"query": query, **parameters}, headers={"Accept": accept})


class TestThreeWaysToAsk:
    def test_by_get(self, client):
        assert len(ask(client, TITLES).json["results"]["bindings"]) >= 2

    def test_by_form(self, client):
        response = client.post("/sparql", data={"query": TITLES}, headers={"Accept": "text/csv"})
        assert response.status_code == 200 and "Kế hoạch của xã" in response.text

    def test_directly(self, client):
        response = client.post("/sparql", data=TITLES.encode(), content_type="application/sparql-query; charset=utf-8")
        assert response.status_code == 200 and response.mimetype == "application/sparql-results+json"

    def test_by_head(self, client):
        response = client.head("/sparql", query_string={"query": "ASK {}"}, headers=ANY)
        assert response.status_code == 200 and response.data == b"" and response.headers["ETag"]

    def test_vietnamese_words_survive(self, client):
        query = 'SELECT ?x { BIND("Đẩy mạnh cải cách hành chính" AS ?x) }'
        for response in (ask(client, query), client.post("/sparql", data={"query": query})):
            assert response.json["results"]["bindings"][0]["x"]["value"] == "Đẩy mạnh cải cách hành chính"


class TestForms:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("application/sparql-results+json", "application/sparql-results+json"),
            ("application/json", "application/json"),
            ("application/sparql-results+xml", "application/sparql-results+xml"),
            ("text/csv", "text/csv"),
            ("text/tab-separated-values", "text/tab-separated-values"),
            ("*/*", "application/sparql-results+json"),
            ("text/csv;q=0.2, text/tab-separated-values;q=0.7", "text/tab-separated-values"),
            ("*/*, application/sparql-results+json;q=0, application/json;q=0", "application/sparql-results+xml"),
            ("text/turtle, text/csv;q=0.1", "text/csv"),
        ],
    )
    def test_rows_in_the_form_asked_for(self, client, accept, kind):
        response = ask(client, TITLES, accept)
        assert response.mimetype == kind and "Accept" in response.headers["Vary"]
        assert "Kế hoạch của xã" in response.text

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("text/turtle", ox.RdfFormat.TURTLE),
            ("application/n-triples", ox.RdfFormat.N_TRIPLES),
            ("application/ld+json", ox.RdfFormat.JSON_LD),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ],
    )
    def test_graphs_in_the_form_asked_for(self, client, accept, kind):
        response = ask(client, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{PLAN}>) }}", accept)
        assert response.mimetype == accept
        triples = [quad.triple for quad in ox.parse(response.data, format=kind)]
        assert ox.NamedNode(PLAN) in {triple.subject for triple in triples}

    @pytest.mark.parametrize("query", [TITLES, "ASK {}", f"DESCRIBE <{PLAN}>"])
    def test_none_of_the_forms_we_have(self, client, query):
        response = ask(client, query, "image/png")
        assert response.status_code == 406 and response.json["code"] == "not-acceptable"

    def test_each_form_says_the_same(self, client):
        titles = [row["title"]["value"] for row in ask(client, TITLES).json["results"]["bindings"]]
        assert [row[0] for row in csv.reader(io.StringIO(ask(client, TITLES, "text/csv").text))][1:] == titles
        xml = ElementTree.fromstring(ask(client, TITLES, "application/sparql-results+xml").data)
        assert [node.text for node in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == titles

    def test_ask_in_json_and_xml(self, client):
        assert ask(client, "ASK {}").json["boolean"] is True
        assert "<boolean>true</boolean>" in ask(client, "ASK {}", "application/sparql-results+xml").text

    def test_the_address_may_name_the_form(self, client):
        assert ask(client, TITLES, "text/html", format="csv").mimetype == "text/csv"


class TestDataset:
    QUERY = "SELECT ?o { <https://example.org/s> <https://example.org/p> ?o }"

    def values(self, response):
        return sorted(row["o"]["value"] for row in response.json["results"]["bindings"])

    def test_the_default_is_the_union(self, client):
        assert self.values(ask(client, self.QUERY)) == ["hai", "một"]

    @pytest.mark.parametrize(("graph", "value"), [(NAMED, "một"), (ESCAPED, "hai")])
    def test_a_graph_with_a_vietnamese_name_is_decoded_once(self, client, graph, value):
        assert self.values(ask(client, self.QUERY, **{"default-graph-uri": graph})) == [value]
        form = client.post("/sparql", data={"query": self.QUERY, "default-graph-uri": graph})
        assert self.values(form) == [value]
        direct = client.post(
            f"/sparql?default-graph-uri={quote(graph, safe='')}",
            data=self.QUERY,
            content_type="application/sparql-query",
        )
        assert self.values(direct) == [value]

    def test_an_unknown_graph_is_empty(self, client):
        response = ask(client, self.QUERY, **{"default-graph-uri": "https://example.org/none"})
        assert response.status_code == 200 and self.values(response) == []

    def test_named_graphs_are_only_those_named(self, client):
        query = "SELECT ?o { GRAPH ?g { <https://example.org/s> ?p ?o } }"
        assert self.values(ask(client, query, **{"named-graph-uri": ESCAPED})) == ["hai"]

    def test_the_request_wins_over_from(self, client):
        query = self.QUERY.replace("{", f"FROM <{NAMED}> {{", 1)
        assert self.values(ask(client, query)) == ["một"]
        assert self.values(ask(client, query, **{"default-graph-uri": ESCAPED})) == ["hai"]

    def test_a_relative_name_begins_with_our_base(self, client):
        query = "ASK FROM <graph/vocab> { <vocab/verdict/expired> ?p ?o }"
        assert ask(client, query).json["boolean"] is True
        assert ask(client, "ASK FROM <graph/none> {}").status_code == 403

    def test_a_name_that_is_none_is_told(self, client):
        assert ask(client, "ASK {}", **{"default-graph-uri": "không phải IRI"}).status_code == 400

    def test_raw_texts_are_in_no_graph(self, client):
        assert ask(client, "ASK { ?s <https://w3id.org/thidua/ns#text> ?t }").json["boolean"] is False


class TestRefusals:
    @pytest.mark.parametrize("query", ["DROP ALL", "INSERT DATA { <a:b> <a:c> 1 }", "LOAD <http://a.example/>"])
    def test_updates(self, client, query):
        for response in (
            ask(client, query),
            client.post("/sparql", data={"update": query}),
            client.post("/sparql", data=query, content_type="application/sparql-update"),
        ):
            assert response.status_code == 403 and response.json["code"] == "query-refused"

    def test_calls_to_other_servers(self, client):
        for query in (
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        ):
            response = ask(client, query)
            assert response.status_code == 403 and "SERVICE" in response.json["detail"]

    def test_graphs_of_elsewhere(self, client):
        response = ask(client, "SELECT * FROM <http://a.example/data.ttl> { ?s ?p ?o }")
        assert response.status_code == 403 and "http://a.example/data.ttl" in response.json["detail"]

    def test_what_is_not_sparql_with_its_place(self, client):
        response = ask(client, "SELECT * WHERE {\n  ?s ?p }")
        assert response.status_code == 400 and response.mimetype == "application/problem+json"
        assert (response.json["code"], response.json["line"]) == ("query-syntax", 2)
        assert response.json["column"] > 1

    @pytest.mark.parametrize(
        ("content", "kind", "status"),
        [
            (b"ASK {}", "text/plain", 415),
            (b"ASK {}", None, 415),
            ("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
            (b'ASK { ?s ?p "\xff" }', "application/sparql-query", 400),
            (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", "application/x-www-form-urlencoded", 400),
            (b"", "application/x-www-form-urlencoded", 400),
        ],
    )
    def test_posts_it_cannot_read(self, client, content, kind, status):
        assert client.post("/sparql", data=content, content_type=kind).status_code == status

    def test_addresses_it_cannot_read(self, client):
        assert client.get("/sparql?query=ASK%20%7B%20%22%FF%22%20%7D", headers=ANY).status_code == 400

    def test_other_methods(self, client):
        response = client.put("/sparql", data="ASK {}", headers={"Accept": "application/json"})
        assert response.status_code == 405 and "GET" in response.headers["Allow"]


class TestCaching:
    def test_the_same_data_and_question_need_no_second_answer(self, client):
        first = ask(client, TITLES)
        headers = {"Accept": "application/sparql-results+json", "If-None-Match": first.headers["ETag"]}
        again = client.get("/sparql", query_string={"query": TITLES}, headers=headers)
        assert again.status_code == 304 and again.data == b""

    def test_another_form_is_another_thing(self, client):
        assert ask(client, TITLES).headers["ETag"] != ask(client, TITLES, "text/csv").headers["ETag"]

    def test_what_changes_by_itself_is_not_kept(self, client):
        response = ask(client, "SELECT (RAND() AS ?x) {}")
        assert "ETag" not in response.headers and response.headers["Cache-Control"] == "no-store"

    def test_other_origins_may_read(self, client):
        assert ask(client, "ASK {}").headers["Access-Control-Allow-Origin"] == "*"
        posted = client.post("/sparql", data={"query": "ASK {}"})
        assert "Access-Control-Allow-Origin" not in posted.headers


class TestLimits:
    RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) < STR(?i)) }"

    def test_a_cap_is_announced(self, client):
        response = ask(client, "SELECT * { ?s ?p ?o }")
        assert response.headers["X-Thidua-Truncated"] == "rows=1000"
        assert len(response.json["results"]["bindings"]) == 1000
        assert "X-Thidua-Truncated" not in ask(client, TITLES).headers

    def test_a_capped_graph_too(self, client):
        response = ask(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples")
        assert response.headers["X-Thidua-Truncated"] == "rows=1000" and response.text.count("\n") == 1000

    def test_a_runaway_is_killed_and_the_next_one_answered(self, store):
        app = create_app(store, config=Config(limits=Limits(seconds=1.0, wait=0.2), workers=1))
        client = app.test_client()
        assert ask(client, "ASK {}").status_code == 200
        workers = app.extensions["thidua"].workers
        (before,) = (worker.process.pid for worker in workers._all)
        began = time.monotonic()
        response = ask(client, self.RUNAWAY)
        assert response.status_code == 504 and response.json["code"] == "query-timeout"
        assert time.monotonic() - began < 10
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        assert ask(client, "ASK {}").json["boolean"] is True
        app.extensions["thidua"].close()

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="memory is limited on Linux only")
    def test_one_that_eats_memory_is_stopped(self, store):
        app = create_app(store, config=Config(limits=Limits(seconds=30, memory=300 << 20), workers=1))
        client = app.test_client()
        query = "SELECT DISTINCT ?s ?o ?t ?v { ?s ?p ?o . ?t ?q ?v } ORDER BY ?v"
        response = ask(client, query)
        assert response.status_code == 503 and response.json["code"] == "query-too-big"
        assert ask(client, "ASK {}").json["boolean"] is True
        app.extensions["thidua"].close()

    def test_a_misspelt_term_of_ours_is_named(self, client):
        query = "PREFIX td: <https://w3id.org/thidua/ns#> SELECT * { ?d td:hasCitaton ?c ; td:hasCitation ?e }"
        assert ask(client, query).headers["X-Thidua-Unknown"] == "td:hasCitaton"
        assert ask(client, query.replace("hasCitaton", "đối_tượng")).headers["X-Thidua-Unknown"].isascii()


class TestPage:
    HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    def test_browsers_get_the_editor(self, client):
        page = client.get("/sparql", headers={"Accept": self.HTML})
        assert page.mimetype == "text/html" and "<textarea" in page.text and "PREFIX td:" in page.text

    def test_and_results_as_a_table(self, client):
        page = ask(client, TITLES, self.HTML)
        assert page.mimetype == "text/html" and "<td>Kế hoạch của xã</td>" in page.text

    def test_and_mistakes_beside_the_query(self, client):
        page = ask(client, "SELECT * WHERE {\n  ?s ?p }", self.HTML)
        assert page.status_code == 400 and "dòng 2" in page.text and "?s ?p }" in page.text

    def test_examples_come_from_the_catalogue(self, client):
        page = client.get("/sparql?example=documents-citing-number", headers={"Accept": self.HTML})
        assert "91/2017/NĐ-CP" in page.text

    def test_a_graph_is_shown_as_turtle(self, client):
        assert "td:EmulationPlan" in ask(client, f"DESCRIBE <{HEIR}>", self.HTML).text


class TestServiceDescription:
    SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [("*/*", "turtle"), ("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
    )
    def test_describes_itself(self, client, accept, kind):
        response = client.get("/sparql", headers={"Accept": accept})
        graph = Graph().parse(data=response.text, format=kind)
        (service,) = graph.subjects(RDF.type, self.SD.Service)
        assert str(graph.value(service, self.SD.endpoint)) == "http://localhost/sparql"
        assert (service, self.SD.supportedLanguage, self.SD.SPARQL11Query) in graph


# The W3C's own cases, when they are at hand.

SHARED = Path(os.environ.get("THIDUA_SHARED", Path(__file__).parents[2] / "shared"))
SUITE = SHARED / "conformance" / "sparql11-protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
HTS = Namespace("http://www.w3.org/2011/http-statusCodes#")


def _conformance_graphs():
    return {
        f"http://kasei.us/2009/09/sparql/data/{file.stem}.rdf": file.read_text("utf-8")
        for file in SUITE.glob("data*.nt")
    }


def _cases():
    """Every test of querying: name, and its requests with what is expected of them."""
    if not SUITE.exists():
        return []
    manifest = Graph().parse(SUITE / "manifest.ttl")
    (entries,) = manifest.objects(None, MF.entries)
    found = []
    for test in Collection(manifest, entries):
        name = str(test).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        requests = [
            request
            for requests in manifest.objects(manifest.value(test, MF.action), HT.requests)
            for request in Collection(manifest, requests)
        ]
        if "update" not in name:
            found.append(pytest.param(manifest, requests, id=name))
    return found


@pytest.mark.skipif(not SUITE.exists(), reason=f"the W3C protocol cases are not at {SUITE}")
@pytest.mark.parametrize(("manifest", "requests"), _cases())
def test_w3c_protocol(client, manifest, requests):
    assert requests
    for request in requests:
        response = _send(client, manifest, request)
        expected = manifest.value(request, HT.resp)
        statuses = {
            str(status).rsplit("StatusCode", 1)[-1][0] for status in manifest.objects(expected, MF.expectedStatus)
        }
        assert str(response.status_code)[0] in statuses, response.text
        if response.status_code < 400:
            boolean = manifest.value(expected, MF.expectedBoolean)
            assert boolean is None or response.json["boolean"] is boolean.toPython()
            kind = str(manifest.value(expected, MF.expectedFormat) or "")
            assert (
                response.mimetype
                in {
                    "boolean": {"application/sparql-results+json"},
                    "tabular": {"application/sparql-results+json"},
                    "RDF": {"text/turtle"},
                    "": {response.mimetype},
                }[kind]
            )


def _send(client, manifest, request):
    headers = {}
    if sent := manifest.value(request, HT.headers):
        for header in Collection(manifest, sent):
            headers[str(manifest.value(header, HT.fieldName))] = str(manifest.value(header, HT.fieldValue))
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), None)
    body = manifest.value(request, HT.body)
    content = None
    if body is not None:
        encoding = str(manifest.value(body, CNT.characterEncoding) or "utf-8")
        content = str(manifest.value(body, CNT.chars)).encode(encoding)
    path = str(manifest.value(request, HT.absolutePath))
    method = str(manifest.value(request, HT.methodName))
    return client.open(path, method=method, data=content, content_type=kind)


def test_a_result_is_whole_json(client):
    assert json.loads(ask(client, TITLES).data)["head"] == {"vars": ["title"]}
