"""Web pages and plain texts: the document on them in whatever encoding they were saved in."""

import tomllib
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest

from loaders.errors import BinaryFile
from loaders.formats import open_document
from loaders.formats.legacy import syllables
from loaders.formats.txt import decode
from loaders.read import read

CASES = tomllib.loads((Path(__file__).parent / "formats" / "pages.toml").read_text("utf-8"))["case"]
PLANS = Path(__file__).parent.parent / "examples" / "plans"
# A sentence in TCVN 5712 and in VNI for Windows, spelled from the tables of the two standards.
SENTENCE = (
    "Căn cứ Quyết định số 12 của Ủy ban nhân dân tỉnh, phòng Nội vụ phát động phong trào thi đua trong năm học này"
)
TCVN3 = (
    b"C\xa8n c\xf8 Quy\xd5t \xae\xdenh s\xe8 12 c\xf1a \xf1y ban nh\xa9n d\xa9n t\xd8nh, ph\xdfng N\xe9i v\xf4 ph\xb8t"
    b" \xae\xe9ng phong tr\xb5o thi \xaeua trong n\xa8m h\xe4c n\xb5y"
)
VNI = (
    "Caên cöù Quyeát ñònh soá 12 cuûa UÛy ban nhaân daân tænh, phoøng Noäi vuï phaùt ñoäng phong traøo thi ñua trong"
    " naêm hoïc naøy"
).encode("cp1252")
WINDOWS_1258 = (
    "C\u0103n cư\u0301 Quyê\u0301t đi\u0323nh sô\u0301 12 cu\u0309a U\u0309y ban nhân dân ti\u0309nh, pho\u0300ng"
    " Nô\u0323i vu\u0323 pha\u0301t đô\u0323ng phong tra\u0300o thi đua trong năm ho\u0323c na\u0300y"
).encode("cp1258")


@pytest.mark.parametrize("case", CASES, ids=[case["why"][:60] for case in CASES])
def test_the_document_on_a_page_is_read(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    path.write_text(case["html"], "utf-8")
    assert open_document(path).text.raw == "\n\n".join(case["reads"]) + "\n"


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff<p>Số: 1/KH-UBND</p>".encode(),
        "<p>Số: 1/KH-UBND</p>".encode("utf-16"),
        b'<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><p>S\xf4\xec: 1/KH-UBND</p>',
        '<?xml version="1.0" encoding="UTF-8"?><html><body><p>Số: 1/KH-UBND</p></body></html>'.encode(),
    ],
)
def test_a_page_is_read_in_its_own_encoding(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "trang.htm"
    path.write_bytes(content)
    assert open_document(path).text.raw == "Số: 1/KH-UBND\n"


@pytest.mark.parametrize("suffix", [".mht", ".txt"])
def test_a_page_saved_in_one_file_is_read(suffix: str, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message.set_content("<p>Số: 1/KH-UBND</p>", subtype="html", cte="quoted-printable")
    message.make_related()
    path = tmp_path / f"trang{suffix}"
    path.write_bytes(message.as_bytes())
    opened = open_document(path)
    assert opened.format == "mhtml" and opened.text.raw == "Số: 1/KH-UBND\n"


@pytest.mark.parametrize("content", [TCVN3, VNI, WINDOWS_1258], ids=["TCVN3", "VNI", "windows-1258"])
def test_an_encoding_of_before_unicode_is_told_by_the_vietnamese_it_makes(content: bytes) -> None:
    read = decode(content, "a.txt")
    assert unicodedata.normalize("NFC", read).replace("ủy", "Ủy") == SENTENCE  # TCVN3 has no capital Ủ


PASTED = [
    pytest.param(TCVN3.decode("cp1252"), SENTENCE.replace("Ủy", "ủy"), id="TCVN3"),
    pytest.param(VNI.decode("cp1252"), SENTENCE, id="VNI"),
]


@pytest.mark.parametrize(("pasted", "meant"), PASTED)
def test_letters_of_a_legacy_font_saved_as_unicode_are_put_right(pasted: str, meant: str, tmp_path: Path) -> None:
    assert decode(f"{pasted}\n".encode(), "a.txt") == f"{meant}\n"
    assert decode(f"Kế hoạch công bố\n{pasted}\n".encode(), "a.txt") == f"Kế hoạch công bố\n{meant}\n"
    page = tmp_path / "a.html"
    for html in (f"<p>{pasted}</p>", f"<p>{pasted.replace(chr(0xAE), '&reg;')}</p>"):
        page.write_text(html, "utf-8")
        assert open_document(page).text.raw == f"{meant}\n"


@pytest.mark.parametrize(
    "page",
    [
        '<font face=".VnTime">KÕ ho¹ch</font> tổng',
        "<span style=\"font-size:14pt;font-family:'.VnTime',serif\"><b>KÕ ho¹ch</b></span> tổng",
        '<font face=".VnTime">K&Otilde; ho&sup1;ch</font> tổng',
        '<p style="font-family:VNI-Times">Keá hoaïch <span style="font-family:Arial">tổng</span></p>',
        '<font face=".VnTime">Kế hoạch tổng</font>',
    ],
)
def test_words_in_a_font_the_page_names_are_in_its_letters(page: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{page}</body></html>", "utf-8")
    assert open_document(path).text.raw == "Kế hoạch tổng\n"


HEALTHY = [
    "Công ty Ống nước ® ghi âm, ô tô, bà mẹ và trẻ em; bông hoa, con gà",
    "Größe ® und Maße der Straßen für Fußgänger, schöne Grüße",
]


@pytest.mark.parametrize("words", [*HEALTHY, *(plan.read_text("utf-8") for plan in sorted(PLANS.glob("*.txt")))])
def test_a_text_that_makes_sense_is_left_alone(words: str) -> None:
    assert decode(words.encode(), "a.txt") == words


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding: str) -> None:
    words = (PLANS / "ninh-phuoc-26-kh-ubnd-2021.txt").read_text("utf-8")
    assert decode(words.encode(encoding), "a.txt") == words


@pytest.mark.parametrize(
    "content",
    [
        "Größe und Maße der Straßen für Fußgänger, schöne Grüße".encode("latin-1"),
        "Решение о проведении соревнования по реформе управления".encode("cp1251"),
        bytes(range(128, 256)) * 30,
        b"\x93Ng\xe0y\x94",
    ],
)
def test_bytes_that_make_no_vietnamese_are_not_guessed_at(content: bytes) -> None:
    with pytest.raises(BinaryFile):
        decode(content, "a.txt")


@pytest.mark.parametrize("plan", sorted(PLANS.glob("l*.txt")) + sorted(PLANS.glob("n*.txt")), ids=lambda p: p.stem)
def test_a_healthy_plan_is_made_of_syllables(plan: Path) -> None:
    assert syllables(plan.read_text("utf-8")) > 0.95


MARKDOWN = tomllib.loads((Path(__file__).parent / "formats" / "markdown.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", MARKDOWN, ids=[case["why"] for case in MARKDOWN])
def test_a_head_in_a_markdown_table_is_read_as_columns(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "48.md"
    path.write_text(case["text"], "utf-8")
    text, found = read(path)
    document = found.document
    assert text.raw == case["text"]
    assert (document.number, document.date, document.place) == ("48/KH-UBND", "2025-03-05", "Ninh Bình")
    assert document.issuer is not None and document.issuer.label == "Ủy ban nhân dân tỉnh Ninh Bình"
    assert document.title == "Phát động phong trào thi đua năm 2025"
    assert (document.signer, document.signer_role) == ("Trần Song Tùng", "CHỦ TỊCH")
    assert [recipient.text for recipient in found.recipients] == ["Như trên", "Bộ Nội vụ (b/c)", "Lưu: VT, VP7"]
