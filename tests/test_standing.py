"""A decision that others amend, suspend and repeal, and two of them on different days: what is said of it, and where.

The five decisions and the plan in tests/trace/library are made up for this; their wording is that of real ones.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ontology import BASE
from queryapi.app import create_app
from queryapi.commands.trace import print_chain
from queryapi.documents import find_document, find_reference
from queryapi.errors import SeveralDocuments, UnknownDocument
from queryapi.loading.load import load
from queryapi.pages.agency import life
from queryapi.store import Store, open_store
from queryapi.trace import Sentence, trace

LIBRARY = Path(__file__).parent / "trace" / "library"
OLD = "ubnd-tinh-ninh-thuan/quyet-dinh/2020/15"
PLAN = "ubnd-huyen-ninh-son-ninh-thuan/ke-hoach/2024/18"
FIRST = "12/2024/QĐ-UBND Ủy ban nhân dân tỉnh Ninh Thuận"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("library")
    with open_store(folder, write=True) as writer:
        load([LIBRARY], writer)
    with open_store(folder) as reader:
        yield reader


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[FlaskClient]:
    service = create_app(store)
    service.testing = True
    yield service.test_client()
    service.extensions["thidua"].close()


def shown(client: FlaskClient, address: str) -> str:
    """The words of a page, without its marks."""
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).split())


class TestAnExactNumber:
    @pytest.mark.parametrize(
        "words",
        [
            "15/2020/QĐ-UBND",
            "15/2020/QĐ-UBND ninh thuan",
            "Quyết định số 15/2020/QĐ-UBND",
            "15/2020",
            "15/2020/QĐ-UBND Ủy ban nhân dân tỉnh Ninh Thuận",
            f"15/2020/QĐ-UBND Ủy ban nhân dân tỉnh Ninh Thuận ({OLD})",
        ],
    )
    def test_wins_over_titles_that_mention_it(self, store: Store, words: str) -> None:
        assert find_document(store, words).iri == f"{BASE}id/doc/{OLD}"
        assert find_reference(store, words) == f"{BASE}id/doc/{OLD}"

    def test_of_another_place_is_another(self, store: Store) -> None:
        with pytest.raises(UnknownDocument):
            find_document(store, "15/2020/QĐ-UBND ha giang")

    @pytest.mark.parametrize("words", ["08/2015/QĐ-UBND", "8/2015/QĐ-UBND", "Quyết định 08/2015/QĐ-UBND (2015-02-05)"])
    def test_of_one_only_cited_comes_with_or_without_a_zero(self, store: Store, words: str) -> None:
        assert find_reference(store, words).endswith("/quyet-dinh/2015/8")

    def test_words_that_several_answer_to_are_listed_as_they_can_be_typed(self, store: Store) -> None:
        with pytest.raises(SeveralDocuments) as caught:
            find_document(store, "thi đua, khen thưởng")
        assert len(caught.value.matches) > 1
        found = [find_document(store, match).iri for match in caught.value.matches]
        assert len(set(found)) == len(caught.value.matches)


class TestTheChain:
    def sentences(self, store: Store) -> dict[str, Sentence]:
        hops = trace(store, f"{BASE}id/doc/{PLAN}", down=False, depth=1).hops
        return {s.pinpoint or "": s for hop in hops if hop.target.iri.endswith(OLD) for s in hop.sentences}

    def test_both_sides_of_a_contradiction_are_told_and_neither_decides(self, store: Store) -> None:
        basis = self.sentences(store)[""]
        assert basis.verdict == "unknown"
        assert sorted((side.document or "").rpartition("/")[2] for side in basis.differing) == ["12", "13"]
        assert {side.day for side in basis.differing} == {"2024-03-01", "2024-06-01"}
        assert basis.decided_by == ()

    def test_a_verdict_of_one_source_has_no_other_side(self, store: Store) -> None:
        article = self.sentences(store)["Điều 5"]
        assert article.verdict == "expired"
        assert article.differing == ()
        assert [clause.provisions for clause in article.decided_by] == [("Điều 5",)]
        assert article.sentence.startswith("Phong trào thi đua"), "not with its heading “Yêu cầu”"

    def test_a_hop_that_ends_something_is_told_in_the_words_that_end_it(self, store: Store) -> None:
        hops = trace(store, f"{BASE}id/doc/{OLD}", up=False, depth=1).hops
        (ending,) = next(hop for hop in hops if hop.source.iri.endswith("2024/12")).sentences
        assert ending.relation_label == "hết hiệu lực", "the words are “hết hiệu lực kể từ ngày”, not “bãi bỏ”"
        assert ending.sentence.startswith("Quyết định số 15/2020/QĐ-UBND ngày 10 tháng 3 năm 2020")
        assert ending.sentence.endswith("kể từ ngày Quyết định này có hiệu lực thi hành.")

    def test_what_several_verdicts_rest_on_is_quoted_once(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        said: list[str] = []
        monkeypatch.setattr("queryapi.commands.trace.print_table", lambda _, rows: said.extend(row[3] for row in rows))
        print_chain(trace(store, f"{BASE}id/doc/{OLD}", up=False, depth=1))
        told = "\n".join(said)
        start = "“Quyết định này có hiệu lực kể từ ngày 20 tháng 3 năm 2020"
        assert told.count(start) == 1
        assert told.count("bắt đầu có hiệu lực từ 20/03/2020 (như trên)") > 1
        assert told.count("các nguồn nói khác nhau:") == 1

    def test_the_page_says_so_too(self, client: FlaskClient) -> None:
        chain, _, conflicts = shown(client, f"/truy-vet/{PLAN}?sau=1").partition("Nguồn mâu thuẫn")
        assert chain.count("Các nguồn nói khác nhau:") == 1
        assert "13/2024/QĐ-UBND" in chain and "từ 01/06/2024" in chain
        assert "Kết luận theo lời của 12/2024" not in chain
        assert "như trên" not in conflicts, "the section at the end stands for itself"


class TestTheDocument:
    def test_the_box_of_a_plan_names_the_article_and_the_contradiction(self, client: FlaskClient) -> None:
        page = shown(client, f"/van-ban/{PLAN}").partition("Nguyên văn")[0]
        assert "Điều 5 của 15/2020/QĐ-UBND hết hiệu lực từ 15/05/2022" in page
        assert "15/2020/QĐ-UBND : các nguồn nói khác nhau về ngày hết hiệu lực: 01/03/2024" in page
        assert "91/2017/NĐ-CP hết hiệu lực từ 01/01/2024, thay bằng 98/2023/NĐ-CP" in page

    def test_the_page_of_a_repealed_one_says_what_became_of_it(self, client: FlaskClient) -> None:
        page = shown(client, f"/van-ban/{OLD}").partition("Hiệu lực của chính văn bản này")[2].partition("căn cứ")[0]
        for words in (
            "20/03/2020: bắt đầu có hiệu lực – chính văn bản này",
            "15/05/2022: bãi bỏ Điều 5 – 30/2022/QĐ-UBND",
            "15/05/2022: sửa đổi, bổ sung khoản 2 Điều 7 – 30/2022/QĐ-UBND",
            "15/08/2023: ngưng hiệu lực (toàn bộ), đến trước 01/01/2024 – 44/2023/QĐ-UBND",
            f"01/03/2024: hết hiệu lực (toàn bộ) – {FIRST}",
            "01/06/2024: hết hiệu lực (toàn bộ) – 13/2024/QĐ-UBND",
            "Các nguồn nói khác nhau:",
            "“Bãi bỏ Điều 5 Quyết định số 15/2020/QĐ-UBND",
        ):
            assert words in page, words

    def test_one_of_which_nothing_is_said_has_no_such_section(self, client: FlaskClient) -> None:
        assert "chính văn bản này" not in shown(client, f"/van-ban/{PLAN}")


class TestOneThatIsNotHeld:
    def test_the_page_of_a_decree_is_told_in_words(self, client: FlaskClient) -> None:
        answer = client.get("/id/doc/chinh-phu/nghi-dinh/2017/91?format=html", headers={"Accept": "text/html"}).text
        assert "<title>Nghị định 91/2017/NĐ-CP" in answer
        assert "Xem trong văn bản" not in answer, "it would lead nowhere"
        page = shown(client, "/id/doc/chinh-phu/nghi-dinh/2017/91?format=html").partition("Nói về nó")[0]
        for words in (
            "01/10/2017: bắt đầu có hiệu lực",
            "01/01/2024: hết hiệu lực",
            "Được thay bằng: Nghị định 98/2023/NĐ-CP",
            "Nghị định 42/2010/NĐ-CP (chưa kiểm chứng, K)",
            "18/KH-UBND Ủy ban nhân dân huyện Ninh Sơn",
        ):
            assert words in page, words

    def test_one_that_is_only_cited_has_a_page(self, client: FlaskClient) -> None:
        page = shown(client, "/id/doc/ubnd-tinh-ninh-thuan/quyet-dinh/2015/8?format=html")
        assert page.partition(">")[2].strip().startswith("Quyết định 08/2015/QĐ-UBND Ủy ban nhân dân tỉnh Ninh Thuận")
        assert "20/03/2020: thay thế (toàn bộ) – 15/2020/QĐ-UBND" in page

    def test_one_that_nobody_names_has_none(self, client: FlaskClient) -> None:
        assert client.get("/id/doc/khong/co/2015/8?format=html").status_code == 404


class TestAnAgency:
    IRI = f"{BASE}id/agency/585-ninh-son/2021-01-01/ubnd"

    def test_that_ended_with_its_district(self) -> None:
        told = life(self.IRI)
        assert told
        assert (told.name, told.ended) == ("Ủy ban nhân dân huyện Ninh Sơn", "01/07/2025")
        assert told.by == "Nghị quyết 203/2025/QH15 ngày 16/06/2025"
        assert told.superior and told.superior[1] == "Ủy ban nhân dân tỉnh Ninh Thuận"
        names = [after.name for after in told.after]
        assert any(name.startswith("Ủy ban nhân dân xã Ninh Sơn, tỉnh Khánh H") for name in names)

    def test_of_the_centre_that_still_is(self) -> None:
        told = life(f"{BASE}id/agency/trung-uong/chinh-phu")
        assert told and (told.unit, told.ended, told.after) == ((), "", ())

    @pytest.mark.parametrize("name", ["id/unit/none", "id/agency/none/none", "id/agency/trung-uong/none", "ns#x"])
    def test_nothing_else_is_one(self, name: str) -> None:
        assert life(BASE + name) is None

    def test_its_page_leads_to_its_successors(self, client: FlaskClient) -> None:
        page = client.get("/id/agency/585-ninh-son/2021-01-01/ubnd?format=html").text
        assert "<h1>Ủy ban nhân dân huyện Ninh Sơn</h1>" in page
        told = page.partition("<h2>Nay là</h2>")[2].partition("Nói về nó")[0]
        assert re.search(r'<a href="/id/agency/[^"]+/ubnd">Ủy ban nhân dân xã Ninh Sơn, tỉnh Khánh H', told)


class TestWhereAChainBegins:
    def test_there_is_a_form(self, client: FlaskClient) -> None:
        answer = client.get("/truy-vet", headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert 'name="doc"' in answer.text

    @pytest.mark.parametrize(
        ("words", "path"), [("91/2017/NĐ-CP", "chinh-phu/nghi-dinh/2017/91"), ("15/2020/QĐ-UBND", OLD)]
    )
    def test_a_number_leads_on_whether_held_or_not(self, client: FlaskClient, words: str, path: str) -> None:
        answer = client.get("/truy-vet", query_string={"doc": words})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/truy-vet/{path}")
        assert client.get(answer.headers["Location"]).status_code == 200

    def test_what_is_not_there_is_said_and_the_form_stays(self, client: FlaskClient) -> None:
        answer = client.get("/truy-vet?doc=zzz", headers={"Accept": "text/html"})
        assert answer.status_code == 404
        assert "zzz: không có văn bản này" in answer.text and 'value="zzz"' in answer.text

    def test_a_condition_of_the_radar_that_nobody_knows_is_refused(self, client: FlaskClient) -> None:
        answer = client.get("/ra-soat?province=zzz")
        assert answer.status_code == 400
        assert "province: không có điều kiện này (có: tinh," in answer.text
