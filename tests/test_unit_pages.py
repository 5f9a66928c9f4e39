"""The page of an administrative unit: what it came out of, what it is and what it became."""

import pytest
from graphs import store_of

from loaders.authorities.units import units
from ontology import BASE
from queryapi.app import create_app
from queryapi.pages.history import history

CAM_GIANG, LUONG_DIEN = "10903-cam-giang/2025-07-01", "10924-luong-dien/2021-01-01"
DISTRICT, LONG_THANH = "740-long-thanh/2021-01-01", "26368-long-thanh/2025-07-01"


@pytest.fixture(scope="module")
def client():
    said = "".join(
        f'<{BASE}id/unit/{path}> <http://www.w3.org/2000/01/rdf-schema#label> "x" .\n'
        for path in (CAM_GIANG, LUONG_DIEN, DISTRICT, LONG_THANH, "688-phuoc-long/2021-01-01")
    )
    return create_app(store_of(said)).test_client()


@pytest.mark.parametrize(
    ("path", "told", "not_told"),
    [
        (
            LUONG_DIEN,
            [
                "huyện Cẩm Giàng",
                "đến trước 01/07/2025",
                "Thành gì",
                f"/id/unit/{CAM_GIANG}",
                "xã Cẩm Giàng, thành phố Hải Phòng</a> (trọn)",
                "khoản 82 Nghị quyết 1669/NQ-UBTVQH15",
                "/id/unit-change/2025-07-01/10903-cam-giang",
            ],
            ["10888-cam-giang", "Từ đâu"],
        ),
        (
            CAM_GIANG,
            ["Từ đâu", "đến nay", "xã Phúc Điền, huyện Cẩm Giàng, tỉnh Hải Dương</a> (một phần)"],
            ["Thành gì"],
        ),
        (
            DISTRICT,
            ["xã Xuân Đường, tỉnh Đồng Nai</a> (một phần)", "xã Cẩm Đường</a> →", "Nghị quyết 203/2025/QH15"],
            ["tỉnh Vĩnh Long"],
        ),
        (LONG_THANH, ["thị trấn Long Thành", "phường Long Thành", "30/04/2026", "chưa kiểm chứng"], []),
    ],
)
def test_the_page_tells_its_history(client, path, told, not_told):
    page = client.get(f"/id/unit/{path}?format=html").text
    own = page[: page.index("Nói về nó")]
    assert [words for words in told if words not in own] == []
    assert [words for words in not_told if words in own] == []


def test_other_things_have_no_history(client):
    assert history(f"{BASE}id/doc/chinh-phu/nghi-dinh/2017/91") is None
    assert history(f"{BASE}id/unit/none") is None


def test_how_a_town_of_2009_came_to_be(client):
    assert "giải thể huyện Phước Long" in client.get("/id/unit/688-phuoc-long/2021-01-01?format=html").text


def test_where_the_tables_do_not_tell_the_page_says_so():
    unit = next(u for u in units().on("2024-01-01") if units().why_no_successor(u) == "untold")
    told = history(unit.iri)
    assert told
    assert (told.after, told.why_none) == ((), "bảng không cho biết")
