"""The vocabulary served: a page and data at one address, a version by its IRI, every list, a term by its anchor."""

import re

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, SKOS
from served import fill

from ontology import BASE, TD
from queryapi.app import Config, create_app
from queryapi.reference import lists, sections

HTML = {"Accept": "text/html"}
TURTLE = {"Accept": "text/turtle"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    app = create_app(fill(tmp_path_factory.mktemp("terms"), ["plan"]), config=Config(hosts=("*",)))
    yield app.test_client()
    app.extensions["thidua"].close()


def parsed(response) -> Graph:
    assert response.status_code == 200 and response.mimetype == "text/turtle"
    return Graph().parse(data=response.text, format="turtle")


def test_every_term_has_its_anchor_labels_and_definition_on_the_page(client):
    page = client.get("/ns", headers=HTML).text
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)), "an anchor must be one place"
    for section in sections():
        assert f'id="{section.anchor}"' in page
        for term in section.terms:
            assert f'<article id="{term.name}"' in page
    assert "viện dẫn" in page and "One mention of another document at one place" in page
    assert "skos:broadMatch" in page and "eli:repealed_by" in page


def test_the_links_of_the_page_lead_to_anchors_on_it(client):
    page = client.get("/ns", headers=HTML).text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_the_same_address_gives_the_ontology_with_its_alignments(client):
    for kind, format_ in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        response = client.get("/ns", headers={"Accept": kind})
        said = {(q.subject, q.predicate) for q in ox.parse(response.data, format=format_)}
        assert (ox.NamedNode(BASE + "ns"), ox.NamedNode(str(OWL.versionIRI))) in said
        assert (ox.NamedNode(str(TD.validBefore)), ox.NamedNode(str(SKOS.relatedMatch))) in said
        assert "Accept" in response.headers["Vary"]


def test_one_term_by_itself(client):
    data = parsed(client.get("/ns?term=Citation", headers=TURTLE))
    assert set(data.subjects()) == {TD.Citation}
    page = client.get("/ns?term=Citation", headers=HTML).text
    assert "viện dẫn" in page and "?term=Citation&amp;format=ttl" in page
    for wrong in ("Zitat", "", "Citation>", "Citation%20a"):
        assert client.get(f"/ns?term={wrong}", headers=TURTLE).status_code == (404 if wrong else 200)


def test_the_version_answers_by_its_own_name_and_another_one_says_which_is_here(client):
    version = str(parsed(client.get("/ns", headers=TURTLE)).value(URIRef(BASE + "ns"), OWL.versionIRI))
    same = client.get("/" + version.removeprefix(BASE), headers=TURTLE)
    assert same.data == client.get("/ns", headers=TURTLE).data
    other = client.get("/ns/99.0.0", headers=HTML)
    assert other.status_code == 404
    assert version.rsplit("/", 1)[1] in other.text and "99.0.0" in other.text


def test_all_lists_are_listed_and_each_is_shown(client):
    index = client.get("/vocab", headers=HTML).text
    for one in lists():
        assert f'href="/vocab/{one.name}"' in index and one.titles["vi"] in index
    for one in lists()[::8]:
        page = client.get(f"/vocab/{one.name}", headers=HTML)
        assert page.status_code == 200
        assert all(f'<tr id="{entry.slug}"' in page.text for entry in one.entries)
    assert len(parsed(client.get("/vocab", headers=TURTLE))) > 2000


def test_an_ordered_list_shows_the_ranks_in_their_order(client):
    page = client.get("/vocab/index-class", headers=HTML).text
    assert [int(n) for n in re.findall(r"bậc (\d)", page)] == [1, 2, 3, 4, 5]
    assert page.index('id="yeu"') < page.index('id="kha"') < page.index('id="xuat-sac"')


def test_one_concept_and_none(client):
    assert "hết hiệu lực" in client.get("/vocab/verdict/expired", headers=HTML).text
    concept = URIRef(BASE + "vocab/verdict/expired")
    assert set(parsed(client.get("/vocab/verdict/expired", headers=TURTLE)).subjects()) == {concept}
    assert client.get("/vocab/no-such-list", headers=HTML).status_code == 404
