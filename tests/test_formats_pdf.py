"""PDF pages as they are printed: columns, tables, running heads, scans with a spoilt text layer."""

import ctypes
import struct
import zlib
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from loaders.errors import DamagedFile, NoOcr
from loaders.formats import ocr, open_document
from loaders.formats.pdflines import Line, Measure, joins, lines_of, running, without_running
from loaders.formats.pdfpage import Sheet, Stroke, Token
from loaders.formats.writer import Writer
from loaders.read import read

SCANS = Path(__file__).parent / "ocr"
WIDTH, HEIGHT = 595.0, 842.0


def set_at(words: str, left: float, base: float, *, size: float = 13.0, gap: float = 3.3) -> list[Token]:
    """Words from a place on, each letter half as wide as it is high."""
    tokens = []
    for word in words.split():
        right = left + 0.5 * size * len(word)
        tokens.append(Token(word, left, right, base, size))
        left = right + gap
    return tokens


def read_sheet(tokens: list[Token], strokes: list[Stroke] | None = None) -> str:
    writer = Writer()
    for line in lines_of(Sheet(tokens, strokes or [], WIDTH, HEIGHT, 0.0), first=True)[0]:
        if line.cells:
            writer.row(list(line.cells))
        elif line.joins:
            writer.go_on(line.words)
        else:
            writer.paragraph(line.words, tight=line.tight)
    return writer.text().raw


def test_a_head_whose_columns_nearly_touch_is_read_column_by_column() -> None:
    tokens = (
        set_at("ỦY BAN NHÂN DÂN THÀNH PHỐ", 70, 80, size=12)
        + set_at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 239, 80)
        + set_at("Số: 26/KH-UBND", 100, 98)
        + set_at("Độc lập - Tự do - Hạnh phúc", 290, 98)
    )
    assert read_sheet(tokens).split("\n\n") == [
        "ỦY BAN NHÂN DÂN THÀNH PHỐ\nSố: 26/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
    ]


def test_recipients_and_signature_on_lines_of_their_own_height() -> None:
    tokens = (
        set_at("Nơi nhận:", 85, 600, size=12)
        + set_at("TM. ỦY BAN NHÂN DÂN", 340, 604)
        + set_at("- Như trên;", 85, 614, size=11)
        + set_at("CHỦ TỊCH", 380, 620)
        + set_at("- Lưu: VT.", 85, 628, size=11)
        + set_at("Trần Văn B", 370, 700)
    )
    assert read_sheet(tokens) == ("Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn B\n")


def test_a_table_is_rows_of_cells_and_a_cell_over_two_rows_stands_in_the_first() -> None:
    strokes = [Stroke(False, y, 85, 500) for y in (100, 130, 190)] + [Stroke(False, 160, 300, 500)]
    strokes += [Stroke(True, x, 100, 190) for x in (85, 300, 400, 500)]
    tokens = (
        set_at("Đơn vị", 100, 120)
        + set_at("Tập thể", 310, 120)
        + set_at("Cá nhân", 410, 120)
        + set_at("Khối xã,", 100, 165)
        + set_at("phường", 100, 180)
        + set_at("4", 310, 150)
        + set_at("8", 410, 150)
        + set_at("5", 310, 180)
        + set_at("Trên bảng", 85, 90)
        + set_at("Dưới bảng", 85, 210)
    )
    assert read_sheet(tokens, strokes) == (
        "Trên bảng\n\n| Đơn vị | Tập thể | Cá nhân |\n| Khối xã, phường | 4 | 8 |\n|  | 5 |  |\n\nDưới bảng\n"
    )


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/5", "2/5"])
def test_the_number_of_a_page_is_not_read(number: str) -> None:
    assert read_sheet(set_at(number, 300, 40) + set_at("thi đua năm 2024", 85, 80)) == "thi đua năm 2024\n"
    assert "2." in read_sheet(set_at("2. Yêu cầu", 113, 40) + set_at("thi đua", 85, 80))


def test_a_line_goes_on_where_the_last_had_no_room_for_its_first_word() -> None:
    full = Line("Căn cứ Nghị định số 98/2023/NĐ-CP của", 113, 540, 100, 13, 26)
    rest = Line("Chính phủ;", 85, 160, 115, 13, 40)
    measure = Measure(85, 545, 15)
    assert joins(full, rest, measure)
    assert not joins(Line("Căn cứ Luật;", 113, 240, 100, 13, 26), rest, measure)
    assert not joins(full, Line("2. Yêu cầu", 113, 200, 115, 13, 10), measure)


@pytest.mark.parametrize(
    ("above", "below", "reads"),
    [
        ("giai đoạn 2021-", "2025 trên địa bàn", "giai đoạn 2021-2025 trên địa bàn"),
        ("giai đoạn 2021", "-2025 trên địa bàn", "giai đoạn 2021-2025 trên địa bàn"),
        ("giai đoạn 2021", "- 2025 trên địa bàn", "giai đoạn 2021 - 2025 trên địa bàn"),
        ("giai đoạn 2021 -", "2025 trên địa bàn", "giai đoạn 2021 - 2025 trên địa bàn"),
        ("năm 2021;", "- 2025 hồ sơ", "năm 2021;\n- 2025 hồ sơ"),
    ],
)
def test_a_range_of_years_goes_on_over_the_end_of_its_line(above: str, below: str, reads: str) -> None:
    tokens = set_at(f"Tổ chức thực hiện Chương trình đã đề ra {above}", 57, 80)
    tokens += set_at(below, 57, 97)
    assert read_sheet(tokens) == f"Tổ chức thực hiện Chương trình đã đề ra {reads}\n"


TITLE = [("KẾ HOẠCH", 131), ("Phát động phong trào thi đua “Đẩy mạnh", 155), ("cải cách hành chính” năm 2026", 172)]
PREAMBLE = [
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
    "Căn cứ Nghị định số 98/2023/NĐ-CP của Chính phủ;",
    "Ủy ban nhân dân phường ban hành Kế hoạch như sau:",
]


def centred(words: str, base: float) -> list[Token]:
    width = 6.5 * len(words.replace(" ", "")) + 3.3 * words.count(" ")
    return set_at(words, (WIDTH - width) / 2, base)


@pytest.mark.parametrize("rule", ["drawn", "typed", "none"])
def test_a_title_and_the_lines_of_the_preamble_are_paragraphs_of_their_own(rule: str) -> None:
    tokens = [token for words, base in TITLE for token in centred(words, base)]
    strokes = [Stroke(False, 182, 250, 345)] if rule == "drawn" else []
    tokens += centred("_________", 196) if rule == "typed" else []
    tokens += centred("CHỦ TỊCH ỦY BAN NHÂN DÂN", 220)
    for n, words in enumerate(PREAMBLE):
        tokens += set_at(words, 57, 245 + 24 * n)
    for n in range(6):
        tokens += set_at(
            "Phong trào thi đua được phát động trong toàn phường và tổng kết vào cuối năm.", 57, 330 + 17 * n
        )
    title = "KẾ HOẠCH\nPhát động phong trào thi đua “Đẩy mạnh cải cách hành chính” năm 2026"
    assert read_sheet(tokens, strokes).split("\n\n")[:5] == [title, "CHỦ TỊCH ỦY BAN NHÂN DÂN", *PREAMBLE]


def _printed(lines: list[str], path: Path) -> None:
    """A PDF of one page whose letters have their places in Windows-1252, as those of legacy fonts do."""
    said = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines)
    page = b"BT /F 12 Tf 60 780 Td 16 TL\n" + said + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made = b"%PDF-1.4\n"
    for number, part in enumerate(objects, 1):
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    path.write_bytes(made + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF")


def test_the_letter_that_a_page_in_a_legacy_font_shows_as_a_hyphen_is_read(tmp_path: Path) -> None:
    lines = [
        "V/v h\u00adíng dÉn hå s¬ ®Ò nghÞ khen th\u00adëng theo Q§-UBND nh\u00ad",
        "sau ®©y - n¨m 2004-2005, göi ñy ban nh©n d©n tØnh",
    ]
    _printed(lines, tmp_path / "a.pdf")
    meant = "V/v hướng dẫn hồ sơ đề nghị khen thưởng theo QĐ-UBND như sau đây - năm 2004-2005, gửi ủy ban nhân dân tỉnh"
    assert " ".join(open_document(tmp_path / "a.pdf").text.raw.split()) == meant


def _with_words(scan: Path, words: str, made: Path) -> None:
    """The scan with lines of words laid under its picture, as a wrong OCR model leaves them."""
    with pypdfium2.PdfDocument(scan) as document:
        page = document[0]
        for n, words_of_line in enumerate(words.split("\n")):
            text = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 10.0)
            line = words_of_line.encode("utf-16-le") + b"\0\0"
            pdfium.FPDFText_SetText(text, ctypes.cast(line, ctypes.POINTER(ctypes.c_ushort)))
            pdfium.FPDFTextObj_SetTextRenderMode(text, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
            pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 780 - 15 * n)
            pdfium.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
        page.close()
        document.save(made)


SPOILT = """UY BAN NHAN DAN
HUYEN NINH PHUOC
So: 26/KH-UBND
Ninh Phuoc, ngay 03 thang 02 nam 2021
KE HOACH
Ke hoach phat dong phong trao thi dua day manh cai cach hanh chinh
tren dia ban huyen nam 2021 nhu sau:
1. Muc dich
Nang cao hieu qua cai cach hanh chinh cua cac co quan, don vi."""


def test_without_tesseract_a_spoilt_text_layer_is_read_with_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    _with_words(SCANS / "ninh-phuoc.pdf", SPOILT, tmp_path / "a.pdf")
    opened = open_document(tmp_path / "a.pdf")
    assert "26/KH-UBND" in opened.text.raw and not opened.ocr
    assert {"page-unread", "spoilt-text-layer"} == {doubt.code for doubt in opened.doubts}
    assert {doubt.code for doubt in opened.doubts} <= {doubt.code for doubt in read(tmp_path / "a.pdf")[1].doubts}
    with pytest.raises(NoOcr, match="tesseract"):
        open_document(SCANS / "ninh-phuoc.pdf")


@pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")
@pytest.mark.slow
def test_a_spoilt_text_layer_gives_way_to_what_is_read_from_the_picture(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(SCANS / "ninh-phuoc.pdf") as scan, pypdfium2.PdfDocument.new() as one:
        one.import_pages(scan, [0])
        one.save(tmp_path / "one.pdf")
    _with_words(tmp_path / "one.pdf", SPOILT, tmp_path / "a.pdf")
    opened = open_document(tmp_path / "a.pdf")
    assert opened.ocr and "Ninh Phước" in opened.text.raw and "Ke hoach phat dong" not in opened.text.raw
    assert opened.text.layout is not None and opened.text.layout.pages[0].words
    assert not opened.doubts


@pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")
def test_pages_of_words_and_pages_of_pictures_make_one_document(tmp_path: Path) -> None:
    plan = Path(__file__).parent / "formats" / "plans" / "luong-dien-kh-ubnd-2023.pdf"
    with pypdfium2.PdfDocument(SCANS / "luong-dien.pdf") as scan, pypdfium2.PdfDocument(plan) as printed:
        made = pypdfium2.PdfDocument.new()
        made.import_pages(printed, [0])
        made.import_pages(scan, [len(scan) - 1])
        made.save(tmp_path / "a.pdf")
        made.close()
    told: list[tuple[int, int, str]] = []
    opened = open_document(tmp_path / "a.pdf", progress=lambda done, of, what: told.append((done, of, what)))
    assert opened.text.layout is not None
    first, second = opened.text.layout.pages
    assert not first.words and second.words
    word = second.words[len(second.words) // 2]
    assert opened.text.raw[word.start : word.end].strip() == opened.text.raw[word.start : word.end] != ""
    assert second.start <= word.start < word.end <= second.end
    assert {(2, 2, "đọc trang"), (1, 1, "nhận dạng chữ")} <= set(told)


def _png(grey: bytes, width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + grey[y * width : (y + 1) * width] for y in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    made = b"\x89PNG\r\n\x1a\n"
    for name, part in parts:
        made += struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
    return made


@pytest.mark.skipif(not ocr.available(), reason="tesseract with its Vietnamese model is not installed")
def test_a_picture_is_read_and_a_broken_one_refused(tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(SCANS / "luong-dien.pdf") as scan:
        bitmap = scan[0].render(scale=150 / 72, grayscale=True)
        rows = [bytes(bitmap.buffer)[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height)]
        picture = _png(b"".join(rows), bitmap.width, bitmap.height)
    (tmp_path / "ảnh chụp.PNG").write_bytes(picture)
    opened = open_document(tmp_path / "ảnh chụp.PNG")
    assert (opened.format, opened.ocr) == ("png", True)
    assert "131/KH-UBND" in opened.text.raw and opened.text.layout is not None
    left, top, right, bottom = zip(*(word.box for word in opened.text.layout.pages[0].words), strict=True)
    assert min(left) > 0 and min(top) > 0 and max(right) < 596 and max(bottom) < 843  # points of a sheet of A4
    (tmp_path / "hỏng.png").write_bytes(picture[:400])
    with pytest.raises(DamagedFile):
        open_document(tmp_path / "hỏng.png")


def test_a_picture_without_tesseract_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    (tmp_path / "ảnh.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 64)
    with pytest.raises(NoOcr, match=r"ảnh\.jpg: .*tesseract"):
        open_document(tmp_path / "ảnh.jpg")


def test_what_stands_above_and_below_most_pages_is_not_read() -> None:
    def page(number: int) -> list[Line]:
        said = ("VĂN PHÒNG ĐIỆN TỬ", f"Nội dung {'abc'[number]}", f"Trang in {number + 1}")
        return [Line(words, 85, 300, base, 13) for words, base in zip(said, (40, 80, 800), strict=True)]

    pages = [page(0), page(1), page(2)]
    kept = [[line.words for line in without_running(lines, running(pages))] for lines in pages]
    assert kept == [["Nội dung a"], ["Nội dung b"], ["Nội dung c"]]
    assert running(pages[:2]) == set()
