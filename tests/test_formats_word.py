"""Word documents: what is printed is read, what is not is left out; cases in tests/formats/word.toml."""

import tomllib
from pathlib import Path

import pytest
from formats.make_files import NUMBERING, docx

from loaders.formats import open_document

CASES = tomllib.loads((Path(__file__).parent / "formats" / "word.toml").read_text("utf-8"))["case"]
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_what_is_printed_is_read(case: dict[str, str], tmp_path: Path) -> None:
    parts = {}
    if "numbering" in case:
        parts["word/numbering.xml"] = f"<w:numbering {_NS}>{case['numbering']}</w:numbering>"
    if "footnotes" in case:
        parts["word/footnotes.xml"] = f"<w:footnotes {_NS}>{case['footnotes']}</w:footnotes>"
    docx(case["body"], tmp_path / "a.docx", parts)
    assert open_document(tmp_path / "a.docx").text.raw == "\n\n".join(case["reads"]) + "\n"


def test_the_other_namespace_of_word_is_read_as_well(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{CASES[0]["body"]}</w:body></w:document>'
    numbering = NUMBERING.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
    docx("", tmp_path / "a.docx", {"word/document.xml": body, "word/numbering.xml": numbering})
    assert open_document(tmp_path / "a.docx").text.raw == "\n\n".join(CASES[0]["reads"]) + "\n"


def test_pages_are_told_where_word_left_its_breaks(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Trang một</w:t></w:r></w:p>"
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        "<w:p><w:r><w:t>câu dài sang</w:t><w:lastRenderedPageBreak/><w:t> trang ba</w:t></w:r></w:p>"
    )
    docx(body, tmp_path / "a.docx")
    text = open_document(tmp_path / "a.docx").text
    assert text.layout is not None
    assert text.raw == "Trang một\n\ncâu dài sang trang ba\n"
    pages = [text.raw[page.start : page.end] for page in text.layout.pages]
    assert pages == ["Trang một\n\n", "câu dài sang", " trang ba\n"]


LEGACY = [
    (
        "the letter ư is the byte Word makes a soft hyphen of",
        ".VnTime",
        "<w:t>h</w:t><w:softHyphen/><w:t>íng dÉn</w:t>",
        "hướng dẫn",
    ),
    ("or keeps as that character", ".VnTime", "<w:t>h\u00adíng dÉn</w:t>", "hướng dẫn"),
    (
        "a letter set as a symbol of the font",
        ".VnTime",
        '<w:t>h</w:t><w:sym w:font=".VnTime" w:char="F0AD"/><w:t>íng</w:t>',
        "hướng",
    ),
    ("letters kept in the private range of a font", ".VnTime", "<w:t>h\uf0ad\uf0edng</w:t>", "hướng"),
    ("à made a Greek letter", ".VnTime", "<w:t>hµnh \u03bc</w:t>", "hành à"),
    ("quotation marks and dashes are no letters", ".VnTime", "<w:t>“§Èy m¹nh” – n¨m…</w:t>", "“Đẩy mạnh” – năm…"),
    ("a hyphen that does not break a line", ".VnTime", "<w:t>N§</w:t><w:noBreakHyphen/><w:t>CP</w:t>", "NĐ-CP"),
    ("a word set in two pieces is one", ".VnTime", "<w:t>CH</w:t><w:t>ñ TÞCH</w:t>", "CHỦ TỊCH"),
    (
        "VNI has no such letter: the soft hyphen is not printed",
        "VNI-Times",
        "<w:t>höôùng</w:t><w:softHyphen/><w:t> daãn</w:t>",
        "hướng dẫn",
    ),
    (
        "Unicode in a document that only names the font",
        ".VnTime",
        "<w:t>hướng</w:t><w:softHyphen/><w:t> dẫn</w:t>",
        "hướng dẫn",
    ),
    ("a soft hyphen in Unicode is not printed", "Arial", "<w:t>hư</w:t><w:softHyphen/><w:t>ớng</w:t>", "hướng"),
]


@pytest.mark.parametrize(("why", "font", "run", "reads"), LEGACY, ids=[case[0] for case in LEGACY])
def test_letters_of_legacy_fonts_are_read_however_word_keeps_them(
    why: str, font: str, run: str, reads: str, tmp_path: Path
) -> None:
    named = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    docx(f"<w:p><w:r>{named}{run}</w:r></w:p>", tmp_path / "a.docx")
    assert open_document(tmp_path / "a.docx").text.raw == f"{reads}\n", why


def test_a_document_in_a_legacy_font_it_no_longer_names_is_put_right(tmp_path: Path) -> None:
    said = "C¨n cø QuyÕt ®Þnh cña ñy ban nh©n d©n tØnh, phßng Néi vô h</w:t><w:softHyphen/><w:t>íng dÉn hå s¬"
    docx(f"<w:p><w:r><w:t>Số: 1</w:t></w:r></w:p><w:p><w:r><w:t>{said}</w:t></w:r></w:p>", tmp_path / "a.docx")
    meant = "Căn cứ Quyết định của ủy ban nhân dân tỉnh, phòng Nội vụ hướng dẫn hồ sơ"
    assert open_document(tmp_path / "a.docx").text.raw == f"Số: 1\n\n{meant}\n"


def test_a_head_in_the_page_header_is_part_of_the_document(tmp_path: Path) -> None:
    head = "<w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t></w:r></w:p>"
    other = "<w:p><w:r><w:t>Kế hoạch thi đua năm 2024</w:t></w:r></w:p>"
    body = "<w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>"
    parts = {f"word/header{n}.xml": f"<w:hdr {_NS}>{part}</w:hdr>" for n, part in enumerate((other, head))}
    docx(body, tmp_path / "a.docx", parts)
    assert open_document(tmp_path / "a.docx").text.raw == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nKẾ HOẠCH\n"
    docx(body, tmp_path / "b.docx", {"word/header0.xml": parts["word/header0.xml"]})
    assert open_document(tmp_path / "b.docx").text.raw == "KẾ HOẠCH\n"
