"""The page of the radar: the form narrows it, the cursor pages it, every row leads to its place."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import plansmade as made
import pytest
from flask.testing import FlaskClient

from queryapi.app import create_app

PLANS = 60


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder: Path = tmp_path_factory.mktemp("radar")
    made.fill(folder, PLANS)
    service = create_app(folder)
    service.testing = True
    yield service.test_client()
    service.extensions["thidua"].close()


def rows(page: str) -> list[str]:
    return re.findall(r'class="words" href="([^"]+)"', page)


def test_every_alert_is_on_just_one_page_and_leads_to_its_place(client: FlaskClient) -> None:
    address, found, pages = "/ra-soat", list[str](), 0
    while address:
        page = client.get(address).text
        found += rows(page)
        pages += 1
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(link.group(1)) if link else ""
    on_citations = [a for n in range(PLANS) for a in made.alerts(n) if a[0] != "framework-changed"]
    assert pages > 1
    assert len(found) == len(set(found)) == len(on_citations)
    paths = (made.plan(n).removeprefix(f"{made.BASE}id/doc/") for n in range(PLANS))
    assert f"/van-ban/{next(paths)}#citation-10" in found


def test_the_next_page_keeps_what_was_asked(client: FlaskClient) -> None:
    page = client.get("/ra-soat?loai=dead-basis&tinh=&cap=").text
    link = re.search(r'rel="next" href="([^"]+)"', page)
    assert link is not None
    assert "loai=dead-basis" in link.group(1)
    assert "tinh=" not in link.group(1)


def test_changes_of_the_ground_stand_in_a_section_of_their_own(client: FlaskClient) -> None:
    page = client.get("/ra-soat?muc=medium").text
    citations, framework = page.split('id="khung"')
    assert "khung pháp lý đổi trong kỳ" in framework
    assert "khung pháp lý đổi trong kỳ" not in re.sub(r"<form.*?</form>", "", citations, flags=re.DOTALL)
    assert not rows(framework)
    assert "Căn cứ của bạn đã thay đổi sau khi ban hành." in citations
    assert rows(client.get("/ra-soat?loai=khung").text) == []


def test_how_grave_it_is_is_a_word_and_not_a_colour_alone(client: FlaskClient) -> None:
    page = client.get("/ra-soat?muc=high").text
    assert page.count(">mức cao</span>") == len(rows(page)) > 0


def test_a_province_without_marks(client: FlaskClient) -> None:
    page = client.get("/ra-soat?tinh=quang+ninh").text
    assert rows(page)
    assert set(re.findall(r'<p class="meta">[^<]*· ([^<·]+)</p>', page)) == {"Quảng Ninh"}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("tinh=Quang+Nimh", "gần giống: Quảng Ninh"),
        ("muc=nang", "muc:"),
        ("nam=hai", "không phải là năm"),
        ("ngay=31/2/2024", "không phải là ngày"),
        ("sau=x", "chép đúng giá trị"),
        ("van-ban=khong-co", "không có văn bản này"),
    ],
)
def test_what_cannot_be_understood_is_said_on_the_page(client: FlaskClient, query: str, says: str) -> None:
    for form in ("", "&format=csv"):
        answer = client.get(f"/ra-soat?{query}{form}")
        assert answer.status_code == 400
        assert says in answer.text
        assert "<form" in answer.text, "the form stays, to be mended"


def test_a_download_holds_what_the_page_shows(client: FlaskClient) -> None:
    answer = client.get("/ra-soat?muc=high&format=csv")
    assert answer.mimetype == "text/csv"
    lines = answer.text.splitlines()
    assert lines[0].startswith("\ufeffMức độ,Loại,Số")
    assert len(lines) - 1 == sum(severity == "high" for n in range(PLANS) for _, severity, _ in made.alerts(n))


@pytest.mark.parametrize("words", ["%3Cx%3E", "%00", "%27%22%3E", "%7B%7D", "%5C", "%3Fx", "1%2F2024-01-01%2F%3Cx%3E"])
def test_nothing_typed_breaks_it(client: FlaskClient, words: str) -> None:
    for name in ("tinh", "cap", "nam", "muc", "loai", "ket-luan", "van-ban", "ngay", "sau"):
        assert client.get(f"/ra-soat?{name}={words}").status_code < 500
