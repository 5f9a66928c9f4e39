"""A small file that would make an endless text, or one that hides its words: bounded, refused, never cut in silence."""

import subprocess
import sys
from pathlib import Path

import pytest
from formats.make_files import docx, paragraph

from loaders.errors import DamagedFile, TooLarge
from loaders.formats import open_document
from loaders.formats.writer import TooMuchText, Writer

_WATCHED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from loaders.errors import LoadError
from loaders.formats import open_document
try:
    print(len(open_document(Path(sys.argv[1])).text.raw))
except LoadError as error:
    print(error.code)
"""


def watched(path: Path) -> str:
    """The length of a file's text, or the code of the error, from a process of its own that may take a minute."""
    ran = subprocess.run([sys.executable, "-c", _WATCHED, path], capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout.strip()


def test_cells_that_reach_over_rows_and_columns_make_no_endless_table(tmp_path: Path) -> None:
    path = tmp_path / "bảng.html"
    row = "<tr>" + "<td colspan=60 rowspan=500>x</td>" * 2 + "</tr>"
    path.write_text(f"<table border=1>{row * 1000}</table>", "utf-8")
    assert int(watched(path)) < 1_000_000
    path.write_text("<table border=1>" + "<tr><td>1<td>Tập thể<td>05</tr>" * 2000 + "</table>", "utf-8")
    assert open_document(path).text.raw.count("| 1 | Tập thể | 05 |") == 2000


def test_an_ordinary_cell_over_two_rows_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "bảng.html"
    path.write_text(
        "<table border=1><tr><td rowspan=2>1<td colspan=2>Tập thể</tr><tr><td>Cờ<td>05</tr></table>", "utf-8"
    )
    assert open_document(path).text.raw == "| 1 | Tập thể |  |\n|  | Cờ | 05 |\n"


def test_a_long_style_is_no_trap(tmp_path: Path) -> None:
    path = tmp_path / "viền.html"
    path.write_text(f"<table style='{'border:a ' * 60_000}'><tr><td>KẾ HOẠCH</table>", "utf-8")
    assert watched(path) == "9"


def test_a_label_of_a_list_is_no_book(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="100000"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{"%1" * 1000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts = {"word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>"}
    path = tmp_path / "số.docx"
    docx(paragraph("Nội dung", number=(1, 0)) * 2000, path, parts)
    text = open_document(path).text.raw
    assert text.count("Nội dung") == 2000
    assert len(text) < 2000 * 80


def test_a_text_longer_than_any_document_is_refused_as_soon_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.formats.writer.LARGEST_TEXT", 0.001)
    writer = Writer()
    with pytest.raises(TooMuchText):
        for _ in range(1000):
            writer.paragraph("thi đua")
    assert len("".join(writer._parts)) < 1100
    docx(paragraph("thi đua, khen thưởng") * 1000, tmp_path / "dài.docx")
    with pytest.raises(TooLarge, match=r"dài\.docx"):
        open_document(tmp_path / "dài.docx")


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<table><tr><td>x", "<b>", "<blockquote>\n"])
def test_what_stands_deep_in_a_page_is_read(opening: str, tmp_path: Path) -> None:
    path = tmp_path / "sâu.html"
    path.write_text(f"<body>{opening * 350}Số: 45/KH-UBND", "utf-8")
    assert "Số: 45/KH-UBND" in open_document(path).text.raw


def test_a_page_deeper_than_can_be_read_is_refused_never_cut(tmp_path: Path) -> None:
    path = tmp_path / "sâu.html"
    path.write_text(f"<body>{'<div>x' * 5000}Số: 45/KH-UBND", "utf-8")
    with pytest.raises(DamagedFile):
        open_document(path)
