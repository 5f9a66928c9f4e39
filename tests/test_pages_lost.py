"""A page that cannot be read is told, keeps what words it has, and takes no other page with it."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from loaders.errors import DamagedFile
from loaders.formats import image, legacy, ocr, pdf
from loaders.formats.image import _on_white, read_image
from loaders.formats.ocr import OcrPage
from loaders.formats.pdf import read_pdf
from loaders.formats.pdflines import Line, Measure
from loaders.formats.pdfpage import sheet_of

PLANS = Path(__file__).parent / "formats" / "plans"
SPOILT = "Uy ban nhan dan huyen Ninh Phuoc. Ké hoach phat dong phong trao thi dua nam 2024 "
NO_DRAWING = pypdfium2.PdfiumError("torn")


def three_pages() -> bytes:
    with pypdfium2.PdfDocument(PLANS / "luong-dien-kh-ubnd-2023.pdf") as printed:
        made = pypdfium2.PdfDocument.new()
        for _ in range(3):
            made.import_pages(printed, [0])
        made.save(file := io.BytesIO())
        made.close()
    return file.getvalue()


def test_a_page_that_cannot_be_opened_is_doubted_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, torn = sheet_of, iter([False, True, False])

    def opened(page: Any) -> Any:
        if next(torn):
            raise NO_DRAWING
        return whole(page)

    monkeypatch.setattr(pdf, "sheet_of", opened)
    text, _, doubts = read_pdf(three_pages(), "a.pdf")
    assert text.raw.count("KẾ HOẠCH") == 2
    assert text.layout is not None and len(text.layout.pages) == 3
    assert [(doubt.code, "Trang 2 " in doubt.message) for doubt in doubts] == [("page-unread", True)]


def test_a_file_without_one_page_that_opens_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: Any) -> Any:
        raise NO_DRAWING

    monkeypatch.setattr(pdf, "sheet_of", opened)
    with pytest.raises(DamagedFile):
        read_pdf(three_pages(), "a.pdf")


def test_a_spoilt_page_keeps_its_words_where_its_picture_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def page(document: Any, number: int, *_: Any) -> Any:
        spoilt = [Line(f"{SPOILT} {'abc'[number] * 9}", 80, 500, 100, 13, 400)]
        return pdf._Read(spoilt, Measure(80, 500, 18), scanned=True, blank=False, scale=1.0)

    monkeypatch.setattr(pdf, "_page", page)
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "read_pages", lambda _, numbers, **__: [OcrPage(n, "", given_up=True) for n in numbers])
    text, recognised, doubts = read_pdf(three_pages(), "a.pdf")
    assert "Ninh Phuoc" in text.raw and not recognised
    assert [doubt.code for doubt in doubts] == ["spoilt-text-layer"]


def test_a_page_that_cannot_be_drawn_is_given_up_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_read", lambda _, number, *__: OcrPage(number, "KẾ HOẠCH"))
    pages = ocr.read_pages(lambda number: b"" if number == 2 else b"P5", [1, 2, 3], dpi=250)
    assert [page.given_up for page in pages] == [False, True, False]


def test_an_annex_in_an_old_font_is_put_right_behind_pages_in_unicode() -> None:
    def page(words: str) -> Any:
        lines = [Line(words, 80, 500, 100, 13, 400)]
        return pdf._Read(lines, Measure(80, 500, 18), scanned=False, blank=False)

    unicode = "Ủy ban nhân dân xã phát động phong trào thi đua, tôn vinh những tấm gương điển hình tiên tiến. " * 5
    old = "".join({v: k for k, v in legacy._TCVN3.items()}.get(c, c) for c in "quyết định của ủy ban nhân dân tỉnh")
    names = [f"{chr(97 + n % 26)}{chr(97 + n // 26)} " for n in range(200)]
    text = pdf._text([*(page(name + unicode) for name in names), page(old), page("Trôi: 12 ã")])
    assert text.raw.count(unicode.strip()) == 200
    assert "quyết định của ủy ban nhân dân tỉnh" in text.raw


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_shines_through_is_white_paper(mode: str) -> None:
    clear = Image.new(mode, (20, 20), (0,) * len(mode))
    clear.putpixel((3, 3), (*[0] * (len(mode) - 1), 255))
    grey = _on_white(clear)
    assert (grey.getpixel((0, 0)), grey.getpixel((3, 3))) == (255, 0)


def test_a_picture_of_sixteen_bits_keeps_its_greys() -> None:
    deep = Image.new("I;16", (20, 20), 60_000)
    deep.putpixel((3, 3), 2_000)
    grey = _on_white(deep)
    assert (grey.getpixel((0, 0)), grey.getpixel((3, 3))) == (234, 7)


def tiff(pages: int) -> bytes:
    first, *others = (Image.new("L", (200, 300), 255 - n % 200) for n in range(pages))
    first.save(file := io.BytesIO(), "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
    return file.getvalue()


def recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    monkeypatch.setattr(ocr, "_read", lambda _, number, *__: OcrPage(number, f"Trang số {number}"))


def test_one_torn_page_of_a_tiff_does_not_take_the_others_along(monkeypatch: pytest.MonkeyPatch) -> None:
    recognised(monkeypatch)
    content = bytearray(tiff(3))
    with Image.open(io.BytesIO(content)) as picture:
        picture.seek(1)
        start = picture.tag_v2[273][0]
    content[start : start + 6] = b"\xff" * 6
    text, doubts = read_image(bytes(content), "a.tif", "tiff")
    assert "Trang số 1" in text.raw and "Trang số 2" not in text.raw and "Trang số 3" in text.raw
    assert [(doubt.code, "trang 2" in doubt.message) for doubt in doubts] == [("page-unread", True)]


def test_a_tiff_of_pages_without_end_is_read_as_far_as_a_document_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    recognised(monkeypatch)
    monkeypatch.setattr(image, "_MOST_PAGES", 4)
    text, doubts = read_image(tiff(6), "a.tif", "tiff")
    assert text.raw.count("Trang số") == 4
    assert [(doubt.code, "6 trang" in doubt.message) for doubt in doubts] == [("page-unread", True)]
