"""The service over a server that others write to: nothing stale, nothing fetched that is not needed, never too much."""

import io
import threading
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from served import PLAN, fill
from sparql_server import sparql_server

from loaders.names import graph_iri
from ontology import BASE
from queryapi.app import Config, create_app
from queryapi.serving import service
from queryapi.serving.workers import Limits
from queryapi.store import open_store
from queryapi.store.remote import Remote

GRAPH = f"{BASE}graph/doc/x"
HTML = {"Accept": "text/html"}


@pytest.fixture
def remote(tmp_path) -> Iterator[Remote]:
    with (
        sparql_server(union=True) as url,
        Remote(f"{url}/query", graph_url=f"{url}/store", records=tmp_path / "records.sqlite") as store,
    ):
        yield store


@pytest.fixture
def client(remote: Remote) -> Iterator[FlaskClient]:
    app = create_app(remote)
    app.testing = True
    yield app.test_client()
    app.extensions["thidua"].close()


def _say(remote: Remote, value: str) -> None:
    remote.replace({GRAPH: f'<{BASE}id/doc/x> <http://a.example/p> "{value}" .\n'})


def test_a_value_changed_on_the_server_is_shown_to_who_asks_again(client: FlaskClient, remote: Remote) -> None:
    """Graphs and their sizes are as before: a version made of them is, too."""
    headers = {"Accept": "text/csv"}
    for address in ("/sparql", "/id/doc/x"):
        _say(remote, "1")
        query = {"query": "SELECT ?o { ?s ?p ?o }"} if address == "/sparql" else {"format": "nt"}
        first = client.get(address, query_string=query, headers=headers)
        assert first.status_code == 200 and "1" in first.text
        _say(remote, "2")
        told = {**headers, "If-None-Match": first.headers.get("ETag", '"x"')}
        again = client.get(address, query_string=query, headers=told)
        assert again.status_code == 200 and "2" in again.text
        assert "ETag" not in again.headers


def test_lists_of_pages_are_made_anew_after_some_seconds(client: FlaskClient, remote: Remote, monkeypatch) -> None:
    served = client.application.extensions["thidua"]
    _say(remote, "1")
    before = served.state(remote)
    assert served.state(remote) == before
    monkeypatch.setattr("queryapi.serving.served._FRESH", -1.0)
    _say(remote, "2")
    assert served.state(remote) != before


class TestForms:
    @pytest.fixture
    def filled(self, remote: Remote, tmp_path) -> Remote:
        with open_store(fill(tmp_path, ["plan", "heir", "hostile"])) as store:
            remote.replace({graph: store.triples(graph) for graph in store.graphs()})
        return remote

    @pytest.fixture
    def form(self, filled: Remote, client: FlaskClient) -> bytes:
        lines = client.get("/kiem-tra/bieu-mau", query_string={"plan": PLAN, "format": "csv"}).text.splitlines()
        row = [{"nominee": "Phòng Nội vụ", "kind": "tập thể"}.get(key, "") for key in lines[1].split(",")]
        return "\r\n".join([*lines, ",".join(row), ""]).encode()

    def send(self, client: FlaskClient, form: bytes):
        data = {"file": (io.BytesIO(form), "x.csv")}
        return client.post("/kiem-tra", data=data, content_type="multipart/form-data", headers=HTML)

    def test_only_its_plan_is_fetched(self, client: FlaskClient, form: bytes, monkeypatch) -> None:
        asked = []
        triples = Remote.triples
        monkeypatch.setattr(Remote, "triples", lambda self, graph: asked.append(graph) or triples(self, graph))
        response = self.send(client, form)
        assert response.status_code == 200 and "Phòng Nội vụ" in response.text
        assert asked == [graph_iri("doc", PLAN)]

    @pytest.mark.parametrize(
        "plan", ["https://w3id.org/thidua/id/doc/no such/plan", "https://w3id.org/thidua/id/doc/x"]
    )
    def test_one_of_a_plan_that_is_not_there_is_told_so(self, client: FlaskClient, form: bytes, plan: str) -> None:
        response = self.send(client, form.replace(PLAN.encode(), plan.encode()))
        assert response.status_code == 400

    def test_one_more_than_there_is_room_for_is_asked_to_wait(self, filled: Remote, form: bytes) -> None:
        app = create_app(filled, config=Config(checks=1, check=Limits(seconds=60, wait=0.1)))
        with app.extensions["thidua-checks"].slot():
            response = self.send(app.test_client(), form)
        assert response.status_code == 503 and response.headers["Retry-After"]
        app.extensions["thidua"].close()


@pytest.mark.parametrize("isolated", [True, False])
def test_a_system_that_keeps_the_network_is_told_at_the_start(remote: Remote, monkeypatch, isolated: bool) -> None:
    class Server:
        effective_port = 8765

        def run(self) -> None: ...

        def close(self) -> None: ...

    monkeypatch.setattr(service, "make_server", lambda *_: Server())
    monkeypatch.setattr("queryapi.serving.served.isolated", lambda: isolated)
    said: list[str] = []
    thread = threading.Thread(target=service.serve, args=(remote,), kwargs={"announce": said.append})
    thread.start()
    thread.join(20)
    assert said[0] == "http://127.0.0.1:8765/"
    assert any("mạng" in line or "network" in line for line in said[1:]) is not isolated
