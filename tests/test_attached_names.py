"""A document without a number of its own is called after the one that issues it, wherever documents are named."""

from pathlib import Path

import pytest

from loaders.attached import split
from loaders.findings import Source
from loaders.read import find
from loaders.text import Text
from ontology import BASE, TD
from queryapi.app import create_app
from queryapi.cli import main
from queryapi.compare import compare
from queryapi.documents import find_documents
from queryapi.loading.load import load
from queryapi.store import open_store
from queryapi.store.terms import Rows

DECISION = """ỦY BAN NHÂN DÂN
TỈNH VĨNH LONG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 305/QĐ-UBND
Vĩnh Long, ngày 12 tháng 02 năm 2025

QUYẾT ĐỊNH
Ban hành Kế hoạch tổ chức phong trào thi đua đẩy mạnh cải cách hành chính năm 2025

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
Theo đề nghị của Giám đốc Sở Nội vụ.

QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch tổ chức phong trào thi đua đẩy mạnh cải cách hành chính năm 2025.
Điều 2. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Lê Văn Bình

KẾ HOẠCH
Tổ chức phong trào thi đua đẩy mạnh cải cách hành chính năm 2025
(Ban hành kèm theo Quyết định số 305/QĐ-UBND ngày 12 tháng 02 năm 2025 của Chủ tịch Ủy ban nhân dân tỉnh)

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích: Tạo khí thế thi đua sôi nổi trong cải cách hành chính.

II. TIÊU CHUẨN KHEN THƯỞNG
1. Đối với tập thể
a) Có ít nhất 02 sáng kiến trong cải cách hành chính được công nhận.
b) Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên.

III. SỐ LƯỢNG KHEN THƯỞNG
Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: không quá 15 tập thể.

IV. THỜI HẠN
Các đơn vị gửi hồ sơ về Sở Nội vụ trước ngày 15/11/2025.
"""
CALLED = "Kế hoạch kèm theo 305/QĐ-UBND"
PLAN = f"{BASE}id/doc/ubnd-tinh-vinh-long/ke-hoach/2025/kem-theo-quyet-dinh-305"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attached")
    (folder / "qd 305.txt").write_text(DECISION, "utf-8")
    with open_store(folder / "store", write=True) as store:
        load([folder / "qd 305.txt"], store)
    return folder / "store"


def test_the_graph_says_what_it_is_called_and_to_what_it_is_attached(stored: Path) -> None:
    with open_store(stored) as store:
        found = store.query(f"SELECT ?called {{ <{PLAN}> <{TD.knownAs}> ?called ; <{TD.attachedTo}> ?by }}")
        assert isinstance(found, Rows)
        assert [[str(term) for term in row] for row in found.rows] == [[CALLED]]


def test_a_decision_without_a_number_gives_its_kind() -> None:
    found = find(
        Text.of(DECISION.replace("Số: 305/QĐ-UBND", "Số:      /QĐ-UBND")), Source(name="a.txt", sha256="0" * 64)
    )
    assert [part.document.known_as for part in split(found)] == [None, "Kế hoạch kèm theo Quyết định chưa ghi số"]


def test_it_is_so_named_in_lists_tables_and_found_by_that_name(stored: Path) -> None:
    with open_store(stored) as store:
        (known,) = find_documents(store, CALLED)
        assert (known.iri, known.name.startswith(f"{CALLED} ")) == (PLAN, True)
        assert compare(store, ["305/QĐ-UBND"]).plans[0].name.startswith(CALLED)


@pytest.mark.parametrize(
    "command",
    [
        "compare 305/QĐ-UBND --format csv",
        "ask award-quotas --format csv",
        "calendar --format json",
        "trace 305/QĐ-UBND",
    ],
)
def test_each_command_says_so(stored: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    name, *others = command.split(" ")
    with pytest.raises(SystemExit, match=r"^0$"):
        main([name, *others, "--store", str(stored)])
    assert (CALLED in " ".join(capsys.readouterr().out.split())) != (name == "trace")  # the decision keeps its number


def test_the_form_says_so(stored: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    with pytest.raises(SystemExit, match=r"^0$"):
        main(["template", "305/QĐ-UBND", "-o", str(tmp_path / "a.xlsx"), "--store", str(stored)])
    cells = [str(c.value) for sheet in load_workbook(tmp_path / "a.xlsx") for row in sheet.iter_rows() for c in row]
    assert any(CALLED in said for said in cells) and not any("không ghi số" in said for said in cells)


def test_the_pages_say_so(stored: Path) -> None:
    service = create_app(stored)
    client = service.test_client()
    home, page = client.get("/").text, client.get(PLAN.replace(f"{BASE}id/doc", "/van-ban")).text
    service.extensions["thidua"].close()
    assert CALLED in home and "Không ghi số" not in home
    assert CALLED in page and "không ghi số" not in page
