"""The known addresses: for a browser too, and the same data set under whatever name the server is called."""

import pytest
from rdflib import Graph, Namespace
from rdflib.namespace import RDF
from served import fill

from ontology import BASE
from queryapi.app import Config, create_app

VOID = Namespace("http://rdfs.org/ns/void#")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    app = create_app(fill(tmp_path_factory.mktemp("wellknown"), ["plan"]), config=Config(hosts=("*",)))
    yield app.test_client()
    app.extensions["thidua"].close()


@pytest.mark.parametrize("address", ["/.well-known/void", "/.well-known/sparql-examples"])
def test_a_browser_is_shown_the_turtle(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200 and response.mimetype == "text/turtle"
    assert client.get(address, headers={"Accept": "image/png"}).status_code == 406


def test_two_names_of_the_server_describe_one_data_set(client):
    found = set()
    for host in ("a.example", "b.example"):
        turtle = client.get("/.well-known/void", headers={"Accept": "text/turtle", "Host": host}).text
        (dataset,) = Graph().parse(data=turtle, format="turtle").subjects(RDF.type, VOID.Dataset)
        found.add(str(dataset))
    (only,) = found
    assert only.startswith(BASE)
