"""The pages: what they show, what they refuse, and what they never keep."""

import io
import json
import logging
import os
import re
import socket
import sys
import tempfile
import threading
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH
from served import ATTACK, HEIR, HOSTILE, PATHS, PLAN, fill

import queryapi
from ontology import BASE, OA, TD
from queryapi.app import Config, create_app
from queryapi.catalogue import catalogue
from queryapi.loading.load import load
from queryapi.nominations.report import render
from queryapi.pages import nomination
from queryapi.serving.service import PortTaken, make_server, serve
from queryapi.serving.workers import isolated
from queryapi.store import open_endpoint, open_store

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return fill(tmp_path_factory.mktemp("service"), ["plan", "heir", "hostile"])


@pytest.fixture(scope="module")
def app(store):
    app = create_app(store)
    app.testing = True
    yield app
    app.extensions["thidua"].close()


@pytest.fixture
def client(app):
    return app.test_client()


PAGES = [
    "/",
    "/?q=quang+ninh",
    "/?q=khong+co+gi+ca",
    f"/van-ban/{PATHS[PLAN]}",
    f"/van-ban/{PATHS[HOSTILE]}",
    "/so-sanh",
    f"/so-sanh?plan={PLAN}&plan={HEIR}&plan={HOSTILE}",
    "/ra-soat",
    "/ra-soat?ngay=2025-07-01",
    f"/truy-vet/{PATHS[PLAN]}",
    f"/truy-vet/{PATHS[HOSTILE]}",
    "/kiem-tra",
    f"/kiem-tra?plan={PLAN}",
    "/cau-hoi",
    "/cau-hoi/plans-citing-dead-law",
    "/sparql",
    "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+a+%3Ftype+%7D+LIMIT+5",
    "/sparql?query=nonsense",
    "/ns",
    "/vocab/verdict",
    "/vocab/verdict/expired",
    f"/id/doc/{PATHS[PLAN]}?format=html",
    f"/id/doc/{PATHS[HOSTILE]}?part=movement&format=html",
    "/khong-co-trang-nay",
]


class Outline(HTMLParser):
    """What the checks look at: the tags with their attributes, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_data(self, data):
        if self._open:
            self.texts.setdefault(self._open[-1], []).append(data)


def outline(response):
    parsed = Outline()
    parsed.feed(response.text)
    return parsed


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole_and_without_inline_code(client, address):
    response = client.get(address, headers=HTML)
    assert response.mimetype == "text/html"
    page = outline(response)
    tags = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "vi"
    assert tags.count("h1") == 1 and tags.count("main") == 1 and "nav" in tags
    assert "".join(page.texts["title"]).strip()
    assert not [tag for tag in tags if tag in ("style", "iframe", "object", "script", "img")]
    names = [name for _, attributes in page.tags for name in attributes]
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert not [a["href"] for t, a in page.tags if t == "a" and (a.get("href") or "").startswith("javascript:")]
    links = [a.get("href") or a.get("src") or "" for t, a in page.tags if t in ("link", "script", "img")]
    assert all(link.startswith("/") for link in links)
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    labelled = {a.get("for") for t, a in page.tags if t == "label"}
    for tag, attributes in page.tags:
        if tag in ("select", "textarea") or (tag == "input" and attributes.get("type") not in ("hidden", "checkbox")):
            assert attributes.get("id") in labelled


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_is_guarded(client, address):
    headers = client.get(address, headers=HTML).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        ["quang ninh", "Quảng Ninh", "QUANG NINH", "40/kh-ubnd", "40", "tinh quang ninh 2024", "phat dong quang"],
    )
    def test_finds_without_marks_and_by_number(self, client, words):
        page = client.get("/", query_string={"q": words}).text
        assert f'href="/van-ban/{PATHS[HOSTILE]}"' in page
        assert f'href="/van-ban/{PATHS[PLAN]}"' not in page

    def test_finds_by_the_number_cited(self, client):
        page = client.get("/", query_string={"q": "91/2017/nd-cp"}).text
        assert f'href="/van-ban/{PATHS[PLAN]}"' in page and "viện dẫn 91/2017/NĐ-CP" in page
        assert f'href="/van-ban/{PATHS[HEIR]}"' not in page

    def test_says_when_nothing_matches(self, client):
        assert "Không có văn bản nào khớp" in client.get("/?q=ca+mau").text

    def test_narrows_by_level(self, client):
        page = client.get("/?cap=tinh").text
        assert PATHS[HOSTILE] in page and PATHS[PLAN] not in page

    def test_counts_and_warns_of_dead_law(self, client):
        assert "1 viện dẫn đã hết hiệu lực" in client.get("/?q=long+thanh+2024").text


class TestDocument:
    def test_marks_every_finding_where_it_stands(self, client, store):
        page = client.get(f"/van-ban/{PATHS[PLAN]}", headers=HTML).text
        source = page[page.index('class="source"') : page.index("<aside")]
        plain = re.sub(r'<a class="tag"[^>]*>[^<]*</a>|<[^>]+>', "", source.partition(">")[2])
        from served import PLAN_TEXT

        assert "".join(plain.split()) == "".join(PLAN_TEXT.split())
        anchors = set(re.findall(r'id="([a-z]+-\d+)"', source))
        listed = set(re.findall(r'id="d-([a-z]+-\d+)"', page))
        assert anchors == listed - {name for name in listed if name.startswith("doubt")} and len(anchors) == 11

    def test_a_finding_across_another_keeps_both_whole(self, client):
        page = client.get(f"/van-ban/{PATHS[PLAN]}", headers=HTML).text
        source = page[page.index('class="source"') : page.index("<aside")]
        assert source.count("<span") == source.count("</span>")
        assert re.search(r'<span class="f f-award" id="award-\d+">', source)
        assert '<span class="f f-award">' in source  # its rest, in the next paragraph

    def test_says_why_a_citation_is_dead(self, client):
        page = client.get(f"/van-ban/{PATHS[PLAN]}", headers=HTML).text
        assert "hết hiệu lực" in page and "98/2023/NĐ-CP" in page and "Suy luận:" in page

    def test_leads_to_its_triples(self, client):
        page = client.get(f"/van-ban/{PATHS[PLAN]}", headers=HTML).text
        address = re.search(r'href="(/id/doc/[^"]*part=citation-\d+)"', page).group(1).replace("&amp;", "&")
        data = client.get(address, headers={"Accept": "text/turtle"}, follow_redirects=True)
        assert data.mimetype == "text/turtle" and "a td:Citation" in data.text

    @pytest.mark.parametrize(
        "address",
        [
            "/",
            f"/van-ban/{PATHS[HOSTILE]}",
            f"/so-sanh?plan={PLAN}&plan={HOSTILE}",
            f"/truy-vet/{PATHS[HOSTILE]}",
            f"/id/doc/{PATHS[HOSTILE]}?format=html",
            "/sparql?query=SELECT+*+%7B+%3Fs+%3Chttp://purl.org/dc/terms/title%3E+%3Ftitle+%7D",
            "/?q=" + "%22%3E%3Cscript%3Ealert(4)%3C/script%3E",
            "/cau-hoi/doubts",
        ],
    )
    def test_a_hostile_document_stays_words(self, client, address):
        page = client.get(address, headers=HTML).text
        assert ATTACK not in page and "<script" not in page and "<img" not in page
        assert "alert(" in page  # it is shown, escaped

    def test_an_unknown_one_is_not_found(self, client):
        assert client.get("/van-ban/a/b/2024/1", headers=HTML).status_code == 404


class TestComparison:
    def test_shows_the_words_behind_a_cell(self, client):
        page = client.get(f"/so-sanh?plan={PLAN}&plan={HEIR}", headers=HTML).text
        assert "<summary>≥ 90%" in page or "05 tập thể" in page
        assert "<blockquote>05 tập thể</blockquote>" in page

    def test_gives_csv_and_a_workbook(self, client):
        csv = client.get(f"/so-sanh?plan={PLAN}&plan={HEIR}&format=csv")
        assert csv.mimetype == "text/csv" and csv.text.startswith("\ufeffKhía cạnh,")
        book = load_workbook(io.BytesIO(client.get(f"/so-sanh?plan={PLAN}&plan={HEIR}&format=xlsx").data))
        assert book.sheetnames[0] == "So sánh"

    def test_no_cell_of_a_download_is_a_formula(self, client):
        from loaders.csvcells import safe_cell

        assert safe_cell("=1+1") == "'=1+1" and safe_cell("@SUM(A1)") == "'@SUM(A1)"

    def test_refuses_an_unknown_aspect(self, client):
        response = client.get(f"/so-sanh?plan={PLAN}&plan={HEIR}&khia-canh=x", headers={"Accept": "application/json"})
        assert response.status_code == 400 and response.json["code"] == "bad-parameter"


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """The five example plans behind pages: each document's path by a word of its file's name."""
    path = tmp_path_factory.mktemp("plans") / "store"
    files = sorted((Path(__file__).parent.parent / "examples" / "plans").glob("*.txt"))
    with open_store(path, write=True) as store:
        load(files, store)
        store.commit()
    app = create_app(path)
    app.testing = True
    yield app.test_client()
    app.extensions["thidua"].close()


def listed(client, words):
    """The documents a search lists, by path."""
    return re.findall(r'<h3><a href="/van-ban/([^"]+)"', client.get("/", query_string={"q": words}).text)


class TestThePlansOnPages:
    @pytest.mark.parametrize(
        ("words", "authorities", "why"),
        [
            (
                "06/2022/QH15",
                {"bcd-cchc-huyen-long-thanh", "ubnd-tinh-quang-ninh"},
                "cited by name: the law of its day",
            ),
            ("luật 06/2022", {"bcd-cchc-huyen-long-thanh", "ubnd-tinh-quang-ninh"}, "its type beside the number"),
            ("quang ninh 06/2022/qh15", {"ubnd-tinh-quang-ninh"}, "the citing plan's province beside the number"),
            ("Phước Long", {"ubnd-phuong-thac-mo"}, "the ward's town, and the issuer of 203/KH-UBND it cites"),
            ("thi xa phuoc long", {"ubnd-phuong-thac-mo"}, "the same in full without marks"),
            ("Bộ Chính trị", {"ubnd-tinh-quang-ninh"}, "issuer of 14-KL/TW, which only this plan cites"),
            ("Đề án 06", {"ubnd-tinh-quang-ninh"}, "a project cited by name only"),
            ("Cẩm Giàng", {"ubnd-xa-luong-dien"}, "the commune's district"),
            ("15/2022/QH15", set(), "a number nobody cites"),
        ],
    )
    def test_search_finds_what_is_cited_and_where_it_lies(self, plans, words, authorities, why):
        found = listed(plans, words)
        assert len(found) == len(authorities), why
        assert all(any(path.startswith(authority) for path in found) for authority in authorities), why

    def test_says_why_a_plan_was_found(self, plans):
        page = plans.get("/", query_string={"q": "bo chinh tri"}).text
        assert "viện dẫn Bộ Chính trị" in page

    def test_tells_the_end_of_the_period_as_the_plan_does(self, plans):
        """Ninh Phước: "trước 15/11/2021"; the day itself is outside."""
        (path,) = listed(plans, "26/KH-UBND")
        assert "từ 03/02/2021 đến trước 15/11/2021" in plans.get(f"/van-ban/{path}").text

    def test_quotes_without_half_of_the_marks_for_bold(self, plans):
        """Ninh Phước: "tối đa cho **07 tập thể**"; the quota ends before the closing marks."""
        every = [f"{BASE}id/doc/{path}" for path in listed(plans, "")]
        page = plans.get("/so-sanh", query_string={"plan": every}).text
        assert "07 tập thể" in page and "**" not in page

    def test_a_comparison_is_a_wide_sheet_where_each_cell_names_its_plan(self, plans):
        every = [f"{BASE}id/doc/{path}" for path in listed(plans, "")]
        page = plans.get("/so-sanh", query_string={"plan": every}).text
        assert 'class="wide-sheet"' in page and page.count('data-plan="26/KH-UBND') == page.count('<th scope="row">')
        assert "wide-sheet" not in plans.get("/so-sanh").text

    def test_an_answer_names_documents_nobody_holds(self, plans):
        """A path such as "ubnd-thi-xa-phuoc-long-…/ke-hoach/2024/203" tells a reader nothing."""
        page = plans.get("/cau-hoi/most-cited-not-held", headers=HTML).text
        assert ">Kế hoạch 203/KH-UBND Ủy ban nhân dân thị xã Phước Long</a>" in page
        assert ">ubnd-" not in page

    def test_a_chain_says_the_type_of_a_named_document_once(self, plans):
        """Ninh Phước cites "Nghị quyết Đại hội Đảng bộ huyện lần thứ XII", Quảng Ninh "Đề án 06"."""
        for words in ("26/KH-UBND", "40/KH-UBND"):
            (path,) = listed(plans, words)
            page = plans.get(f"/truy-vet/{path}").text
            assert "Nghị quyết Nghị quyết" not in page and "Đề án Đề án" not in page
            assert "<b>Nghị quyết Đại hội" in page or "<b>Đề án 06" in page

    def test_tells_prize_money_per_person_in_words(self, plans):
        """Lương Điền: 300.000 đồng a person."""
        (path,) = listed(plans, "luong dien")
        assert "300.000 VND/người" in plans.get(f"/van-ban/{path}").text


class TestRadarAndChain:
    def test_names_the_dead_its_reason_and_what_is_only_inferred(self, client):
        page = client.get("/ra-soat").text
        assert "91/2017/NĐ-CP" in page and "98/2023/NĐ-CP" in page and "Suy luận:" in page

    def test_before_the_decree_died_there_is_nothing(self, client):
        page = client.get("/ra-soat?ngay=2020-01-01&loai=dead-basis").text
        assert "Không có viện dẫn nào" in page

    def test_refuses_a_day_that_is_none(self, client):
        assert client.get("/ra-soat?ngay=31/2/2024").status_code == 400

    def test_shows_the_sentence_of_a_hop(self, client):
        page = client.get(f"/truy-vet/{PATHS[HEIR]}").text
        assert "Thực hiện <a" in page and "Kế hoạch số 8/KH-UBND của huyện Long Thành" in page
        assert "91/2017/NĐ-CP" in page  # two hops up

    def test_goes_down_too(self, client):
        page = client.get(f"/truy-vet/{PATHS[PLAN]}").text
        assert "12/KH-UBND" in page[page.index('id="lam-can-cu"') :]


class TestQuestions:
    def test_answers_one_with_a_form(self, client):
        page = client.get("/cau-hoi/documents-citing-number", query_string={"citedNumber": "91/2017/NĐ-CP"})
        assert page.status_code == 200 and "8/KH-UBND" in page.text

    def test_takes_a_value_as_a_value(self, client):
        attack = '91" } ; DROP ALL #'
        page = client.get("/cau-hoi/documents-citing-number", query_string={"citedNumber": attack})
        assert page.status_code == 200 and "Không có kết quả" in page.text

    def test_gives_csv(self, client):
        csv = client.get("/cau-hoi/plans-citing-dead-law?format=csv")
        assert csv.mimetype == "text/csv" and "91/2017/NĐ-CP" in csv.text

    def test_an_unknown_one_names_the_nearest(self, client):
        response = client.get("/cau-hoi/documents-citin", headers={"Accept": "application/json"})
        # "documents-citing" by the name it has for people
        assert response.status_code == 404 and "van-ban-dan," in response.json["detail"]


class TestLinkedData:
    def test_a_document_leads_browsers_to_its_page(self, client):
        response = client.get(f"/id/doc/{PATHS[PLAN]}", headers=HTML)
        assert (response.status_code, response.location) == (303, f"/van-ban/{PATHS[PLAN]}")

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("text/turtle", "text/turtle"),
            ("application/ld+json", "application/ld+json"),
            ("application/n-triples", "application/n-triples"),
            ("application/rdf+xml;q=0.9, text/html;q=0.1", "application/rdf+xml"),
        ],
    )
    def test_and_programs_to_its_data(self, client, accept, kind):
        first = client.get(f"/id/doc/{PATHS[PLAN]}", headers={"Accept": accept})
        assert first.status_code == 303 and "Accept" in first.headers["Vary"]
        data = client.get(first.location)
        assert data.mimetype == kind and b"91/2017" in data.data and data.headers["Access-Control-Allow-Origin"] == "*"

    def test_places_are_annotations_for_others(self, client):
        turtle = client.get(f"/id/doc/{PATHS[PLAN]}?format=ttl").text
        graph = Graph().parse(data=turtle, format="turtle")
        quoted = graph.subjects(OA.exact, Literal("05 tập thể"))
        (quotation,) = [node for node in quoted if (node, None, OA.TextQuoteSelector) in graph]
        (place,) = graph.subjects(OA.hasSelector, quotation)
        assert graph.value(place, OA.hasSource) == URIRef(PLAN)
        assert str(graph.value(quotation, OA.prefix)).endswith("Chọn ") and graph.value(quotation, OA.suffix)
        assert len(list(graph.subjects(None, OA.Annotation))) == 11

    def test_a_form_we_lack_is_refused(self, client):
        assert client.get(f"/id/doc/{PATHS[PLAN]}", headers={"Accept": "image/png"}).status_code == 406

    def test_terms_and_lists_answer(self, client):
        assert b"td:EmulationPlan" in client.get("/ns", headers={"Accept": "text/turtle"}).data
        assert "hết hiệu lực" in client.get("/vocab/verdict/expired", headers=HTML).text
        assert client.get("/vocab/verdict/none-such", headers=HTML).status_code == 404

    def test_what_nobody_speaks_of_is_not_found(self, client):
        assert client.get("/id/unit/none", headers={"Accept": "text/turtle"}).status_code == 404


class TestWellKnown:
    def test_describes_the_data_set(self, client):
        turtle = client.get("/.well-known/void", headers={"Accept": "text/turtle"}).text
        graph = Graph().parse(data=turtle, format="turtle")
        void = Namespace("http://rdfs.org/ns/void#")
        (part,) = graph.subjects(void["class"], TD.EmulationPlan)
        assert graph.value(part, void.entities).toPython() == 3
        assert "http://localhost/sparql" in map(str, graph.objects(None, void.sparqlEndpoint))

    def test_every_example_runs(self, client):
        turtle = client.get("/.well-known/sparql-examples", headers={"Accept": "text/turtle"}).text
        queries = list(Graph().parse(data=turtle, format="turtle").objects(None, SH.select))
        assert len(queries) == len(catalogue())
        for query in queries:
            assert client.post("/sparql", data={"query": str(query)}).status_code == 200


class TestProblems:
    def test_programs_get_problem_details(self, client):
        response = client.get("/khong-co", headers={"Accept": "application/json"})
        assert response.mimetype == "application/problem+json"
        assert response.json["status"] == 404 and set(response.json) >= {"type", "title", "detail", "code"}

    def test_in_english_when_asked(self, client):
        headers = {"Accept": "application/json", "Accept-Language": "en"}
        assert client.get("/khong-co", headers=headers).json["title"] == "Not found"

    def test_people_get_a_page(self, client):
        response = client.get("/khong-co", headers=HTML)
        assert response.status_code == 404 and "Không có ở đây" in response.text

    def test_a_bug_is_logged_by_its_place_and_not_by_its_words(self, store, caplog):
        app = create_app(store)

        @app.get("/loi")
        def fail():
            raise RuntimeError("Nguyễn Văn A, sinh năm 1980")

        with caplog.at_level(logging.ERROR):
            response = app.test_client().get("/loi", headers=HTML)
        app.extensions["thidua"].close()
        assert response.status_code == 500 and "Nguyễn" not in response.text
        assert "test_service.py" in caplog.text and "Nguyễn" not in caplog.text

    @pytest.mark.parametrize(
        "words", ["a b", "<x>", "\x00", "'\">", "../../etc/passwd", "ế" * 300, "{}", "\\", "[::1", "%3C", "?x"]
    )
    def test_no_address_breaks_it(self, client, words):
        escaped = quote(words, safe="")
        for address in (
            "/van-ban/{}",
            "/truy-vet/{}",
            "/id/{}",
            "/id/doc/{}",
            "/vocab/{}",
            "/cau-hoi/{}",
            "/static/{}",
        ):
            assert client.get(address.format(escaped), headers=HTML).status_code == 404
        for address in (
            "/?q={0}&trang={0}&nam={0}",
            "/so-sanh?plan={0}&plan=x{0}",
            "/ra-soat?ngay={}",
            "/kiem-tra?plan={}",
            "/kiem-tra/bieu-mau?plan={}",
            "/sparql?query=ASK%7B%7D&default-graph-uri={}",
            "/sparql?query=ASK%7B%7D&format={}",
            "/sparql?example={}",
            "/truy-vet?doc={}",
            f"/id/doc/{PATHS[PLAN]}?part={{}}",
        ):
            assert client.get(address.format(escaped), headers=HTML).status_code < 500

    @pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"])
    def test_a_host_that_is_not_ours_is_turned_away(self, client, host):
        response = client.get("/", headers={"Host": host, **HTML})
        assert response.status_code == 421 and "KH-UBND" not in response.text

    @pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:8765", "[::1]:8765"])
    def test_ours_are_answered(self, client, host):
        assert client.get("/healthz", headers={"Host": host}).status_code == 200

    def test_hosts_are_configured(self, store):
        app = create_app(store, config=Config(hosts=("thidua.example",)))
        client = app.test_client()
        assert client.get("/healthz", headers={"Host": "thidua.example"}).status_code == 200
        assert client.get("/healthz", headers={"Host": "localhost"}).status_code == 421
        app.extensions["thidua"].close()


_written: list[str] | None = None


def _watch(event, arguments):
    if _written is not None and event == "open":
        path, _mode, flags = arguments  # a number: what was opened before (a pipe)
        if flags & (os.O_WRONLY | os.O_RDWR) and path != os.devnull and not isinstance(path, int):
            _written.append(str(path))


sys.addaudithook(_watch)


@contextmanager
def opened_for_writing():
    global _written
    _written = found = []
    try:
        yield found
    finally:
        _written = None


def test_the_watch_sees_a_file_without_a_name():
    with opened_for_writing() as files, tempfile.TemporaryFile():
        pass
    assert files


class TestNominations:
    """Personal data: in memory, and gone with the answer."""

    NAME = "Nguyễn Thị Bí Mật"

    @pytest.fixture
    def form(self, client):
        blank = client.get("/kiem-tra/bieu-mau", query_string={"plan": PLAN, "format": "csv"})
        assert blank.status_code == 200 and "attachment" in blank.headers["Content-Disposition"]
        lines = blank.data.decode("utf-8-sig").splitlines()
        keys = lines[1].split(",")
        row = [{"nominee": self.NAME, "kind": "tập thể"}.get(key, "") for key in keys]
        return "\ufeff" + "\r\n".join([*lines, ",".join(row), ""])

    def send(self, client, content, name="bieu-mau.csv"):
        data = {"file": (io.BytesIO(content.encode()), name)}
        return client.post("/kiem-tra", data=data, content_type="multipart/form-data", headers=HTML)

    def test_the_form_is_a_workbook_too(self, client):
        form = client.get("/kiem-tra/bieu-mau", query_string={"plan": PLAN})
        assert load_workbook(io.BytesIO(form.data)).sheetnames

    def test_a_filled_form_gets_its_report(self, client, form):
        response = self.send(client, form)
        assert response.status_code == 200 and self.NAME in response.text
        assert "Báo cáo kiểm tra" in response.text and "chưa đủ căn cứ" in response.text
        assert response.headers["Cache-Control"] == "no-store"
        assert outline(response).tags.count(("h1", {})) == 1

    def test_nothing_of_it_touches_the_disk_or_a_log(self, client, form, store, written, caplog):
        padded = form + "\r\n" * 600_000  # more than any parser keeps in memory of its own accord
        body = (
            '--line\r\nContent-Disposition: form-data; name="file"; filename="Nguyen.csv"\r\n'
            f"Content-Type: text/csv\r\n\r\n{padded}\r\n--line--\r\n"
        )
        with caplog.at_level(logging.DEBUG), written() as files:
            response = client.post(
                "/kiem-tra", data=body.encode(), content_type="multipart/form-data; boundary=line", headers=HTML
            )
        assert response.status_code == 200 and self.NAME in response.text
        assert files == [] and self.NAME not in caplog.text

    def test_nor_where_it_is_opened(self, app, form, store, written):
        snapshot = str(store / "snapshots" / (store / "current").read_text())
        with app.app_context(), written() as files:
            report = nomination._check_snapshot(snapshot, form.encode(), "x.csv")
            for format_ in ("xlsx", "csv"):
                assert render(report, format_)
        assert files == []

    @pytest.fixture
    def written(self):
        """Every file opened for writing, however it is opened: temporary files that have no name too."""
        return opened_for_writing

    @pytest.mark.parametrize("format_", ["xlsx", "csv"])
    def test_the_report_comes_as_a_file_too(self, client, form, format_):
        data = {"file": (io.BytesIO(form.encode()), "x.csv"), "report": format_}
        response = client.post("/kiem-tra", data=data, content_type="multipart/form-data")
        assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
        assert response.headers["Cache-Control"] == "no-store"

    def test_the_server_has_room_for_the_largest_form_in_memory(self, app):
        server = make_server(app, "127.0.0.1", 0)
        try:
            assert server.adj.inbuf_overflow > app.config["MAX_CONTENT_LENGTH"]
            assert server.adj.outbuf_overflow > 100 * app.config["MAX_CONTENT_LENGTH"]
            assert server.adj.max_request_body_size == app.config["MAX_CONTENT_LENGTH"]
        finally:
            server.close()

    def test_a_bad_one_says_what_to_do_and_not_its_name(self, client):
        response = self.send(client, "không phải biểu mẫu", f"{self.NAME}.csv")
        assert response.status_code == 400 and "biểu mẫu" in response.text and self.NAME not in response.text

    def test_an_empty_choice_is_told(self, client):
        response = client.post("/kiem-tra", data={}, content_type="multipart/form-data", headers=HTML)
        assert response.status_code == 400 and "Chưa chọn tệp" in response.text

    def test_one_too_large_is_refused(self, store, form):
        app = create_app(store, config=Config(upload=2000))
        response = self.send(app.test_client(), form + "x" * 4000)
        app.extensions["thidua"].close()
        assert response.status_code == 413

    def test_the_address_holds_nothing(self, client):
        page = client.get("/kiem-tra", headers=HTML).text
        assert 'method="post"' in page and 'enctype="multipart/form-data"' in page


class TestService:
    def test_a_taken_port_is_told_in_one_line(self, store):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            with pytest.raises(PortTaken) as told:
                serve(store, port=other.getsockname()[1])
        assert "--port" in told.value.vi

    def test_every_code_it_gives_is_explained(self):
        root = Path(queryapi.__file__).parent
        said = {
            code
            for file in root.rglob("*.py")
            for code in re.findall(r'Problem\(\d+, "([a-z0-9-]+)"', file.read_text("utf-8"))
        }
        manual = (root.parent / "docs" / "errors.md").read_text("utf-8")
        assert len(said) > 10 and not {found for found in said if f"`{found}`" not in manual}


@pytest.fixture(scope="module")
def away(app):
    server = make_server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    service = create_app(open_endpoint(f"http://127.0.0.1:{server.effective_port}/sparql"))
    service.testing = True
    yield service.test_client()
    service.extensions["thidua"].close()
    server.trigger.pull_trigger(server.close)
    thread.join(5)


class TestOnAServer:
    """The same pages over a store that is a SPARQL server elsewhere: this service, for one."""

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("/", "Phát động thi đua cải cách hành chính huyện Long Thành"),
            (f"/van-ban/{PATHS[PLAN]}", "91/2017/NĐ-CP"),
            (f"/so-sanh?plan={PLAN}&plan={HEIR}", "05 tập thể"),
            ("/ra-soat", "98/2023/NĐ-CP"),
            (f"/truy-vet/{PATHS[HEIR]}", "91/2017/NĐ-CP"),
            ("/cau-hoi/plans-citing-dead-law", "91/2017/NĐ-CP"),
            ("/vocab/verdict/expired", "hết hiệu lực"),
            ("/sparql?query=SELECT+*+%7B+%3Fs+%3Chttps://w3id.org/thidua/ns%23maxCount%3E+%3Fn+%7D", "<td>5</td>"),
        ],
    )
    def test_shows_the_same(self, away, address, words):
        response = away.get(address, headers=HTML)
        assert response.status_code == 200 and words in response.text

    def test_answers_in_every_form(self, away):
        query = {"query": f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o FILTER(?s = <{PLAN}>) }}"}
        assert "8/KH-UBND" in away.get("/sparql", query_string=query, headers={"Accept": "text/turtle"}).text
        csv = away.get("/sparql", query_string={"query": "ASK {}"}, headers={"Accept": "text/csv"})
        assert csv.status_code == 200 and "true" in csv.text


class TestHealth:
    def test_tells_version_and_documents(self, client):
        body = client.get("/healthz").json
        assert body == {"ok": True, "version": body["version"], "documents": 3, "isolated": isolated()}

    def test_a_page_asked_for_again_is_not_sent_again(self, client):
        first = client.get("/", headers=HTML)
        again = client.get("/", headers={**HTML, "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and again.data == b""

    def test_a_store_made_anew_is_another_one(self, tmp_path):
        tags = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            app = create_app(fill(tmp_path / name, ["plan"]))
            tags.append(app.test_client().get("/", headers=HTML).headers["ETag"])
            app.extensions["thidua"].close()
        assert tags[0] != tags[1]

    def test_follows_what_is_loaded_while_it_runs(self, tmp_path):
        fill(tmp_path, ["plan"])
        app = create_app(tmp_path / "store")
        client = app.test_client()
        before = client.get("/healthz").json
        fill(tmp_path, ["plan", "heir"])
        after = client.get("/healthz").json
        app.extensions["thidua"].close()
        assert (before["documents"], after["documents"]) == (1, 2) and before["version"] != after["version"]
        assert json.dumps(after)
