"""Where something stands, as people find it in a file of pages; a document without criteria has no form."""

import json
from pathlib import Path

import pytest

import loaders.formats
from loaders.formats import Opened
from loaders.layout import Layout, Page, Word
from loaders.text import Text
from queryapi.cli import main

WORDS = "Phần đầu của tờ trình.\nThực hiện Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ.\n"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """The exit status, what was printed and what was complained of."""
    with pytest.raises(SystemExit) as stopped:
        main([*map(str, words)])
    printed = capsys.readouterr()
    return int(str(stopped.value.code or 0)), printed.out, printed.err


@pytest.fixture
def paged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose second page begins with its second line."""
    start = WORDS.index("\n") + 1
    box = (72.0, 90.0, 101.5, 102.0)
    number = WORDS.index("98/2023")
    words = (Word(number, number + len("98/2023/NĐ-CP"), box),)
    layout = Layout((Page(1, 0, start), Page(2, start, len(WORDS), words)))
    file = tmp_path / "to-trinh.pdf"
    opened = Opened(text=Text(WORDS, layout), sha256="0" * 64, format="pdf", ocr=True)
    monkeypatch.setattr(loaders.formats, "open_document", lambda path, *, progress=None: opened)
    return file


def test_citations_of_a_file_with_pages_give_page_and_box(paged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "cite", paged, "--format", "json")
    (decree,) = [one for one in json.loads(out) if one["number"] == "98/2023/NĐ-CP"]
    assert (status, decree["page"], decree["box"]) == (0, 2, [72.0, 90.0, 101.5, 102.0])
    _, out, _ = run(capsys, "cite", paged)
    assert "tr. 2" in out


def test_lint_gives_the_page_and_the_line_where_there_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Path(__file__).parent.parent / "examples" / "plans" / "long-thanh-kh-bcd-2024.txt"
    _, out, _ = run(capsys, "lint", plan)
    assert "tr. " not in out


def test_the_deputy_signs_for_the_chairman(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cv.txt").write_text(LETTER, "utf-8")
    _, out, _ = run(capsys, "read", tmp_path / "cv.txt")
    said = " ".join(out.split())
    assert "KT. GIÁM ĐỐC" in said and "PHÓ GIÁM ĐỐC" in said


LETTER = """ỦY BAN NHÂN DÂN TỈNH VĨNH LONG
SỞ NỘI VỤ
Số: 2310/SNV-TĐKT
V/v hướng dẫn hồ sơ đề nghị khen thưởng
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Vĩnh Long, ngày 05 tháng 11 năm 2025

Kính gửi: Các sở, ban, ngành tỉnh.
Thực hiện phong trào thi đua đẩy mạnh cải cách hành chính năm 2025, Sở Nội vụ đề nghị các cơ quan gửi hồ sơ đề nghị
khen thưởng trước ngày 15/11/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Nguyễn Văn An
"""


def test_a_letter_without_criteria_has_no_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cv.txt").write_text(LETTER, "utf-8")
    loaded = run(capsys, "load", tmp_path / "cv.txt", "--store", tmp_path / "store")
    assert loaded[0] == 0, loaded
    form = tmp_path / "mau.xlsx"
    status, _, err = run(capsys, "template", "2310/SNV-TĐKT", "-o", form, "--store", tmp_path / "store")
    assert status == 2 and not form.exists()
    (line,) = err.splitlines()
    assert "không có biểu mẫu đề nghị" in line
