"""Pictures of pages as people have them: several pages in a TIFF, a photograph held sideways, a page in colour."""

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from loaders.errors import DamagedFile
from loaders.formats import ocr
from loaders.formats.image import read_image
from loaders.formats.pictures import doubled, stacked, strip
from loaders.read import read

SCAN = Path(__file__).parent / "ocr" / "luong-dien.pdf"
needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with its model vie is not installed")
ORIENTATION, TURNED_LEFT = 0x0112, 6  # EXIF: the camera was turned, the picture is to be turned back


@cache
def pages() -> tuple[Image.Image, ...]:
    import pypdfium2

    with pypdfium2.PdfDocument(SCAN) as document:
        return tuple(page.render(scale=200 / 72, grayscale=True).to_pil().convert("L") for page in document)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@needs_tesseract
@pytest.mark.slow
def test_a_tiff_of_several_pages_is_read_page_after_page(tmp_path: Path) -> None:
    file = tmp_path / "kế hoạch.tif"
    first, *others = (page.convert("1") for page in pages())
    file.write_bytes(saved(first, "TIFF", save_all=True, append_images=others, compression="group4", dpi=(200, 200)))
    told: list[tuple[int, int]] = []
    _, found = read(file, progress=lambda done, total, what: told.append((done, total)))
    scanned = read(SCAN)[1]
    assert found.source.pages == 2
    assert told == [(1, 2), (2, 2)]
    assert [(c.number, c.date, c.page) for c in found.citations] == [
        (c.number, c.date, c.page) for c in scanned.citations
    ]


@needs_tesseract
@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda page: saved(page.convert("RGB"), "PNG", dpi=(200, 200)), id="a page in colour"),
        pytest.param(
            lambda page: saved(page, "PNG", dpi=(72, 72)),
            id="72 dpi would be a sheet of half a metre",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_picture_is_a_page_whatever_it_is_saved_as(made: Callable[[Image.Image], bytes]) -> None:
    head = pages()[0].crop((0, 0, pages()[0].width, pages()[0].height // 3))
    text, doubts = read_image(made(head), "trang.png", "png")
    assert "Độc lập - Tự do - Hạnh phúc" in text.raw
    assert not doubts
    assert text.layout and len(text.layout.pages) == 1 and text.layout.pages[0].words


@needs_tesseract
@pytest.mark.slow
def test_a_photograph_of_a_camera_held_sideways_is_turned_as_it_says() -> None:
    head = pages()[0].crop((0, 0, pages()[0].width, pages()[0].height // 3))
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_LEFT
    photograph = saved(head.rotate(90, expand=True), "JPEG", quality=80, exif=exif)
    assert "CỘNG HÒA XÃ HỘI" in read_image(photograph, "anh.jpg", "jpeg")[0].raw


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(saved(Image.new("L", (5, 900)), "PNG"), id="a line is no page"),
        pytest.param(saved(Image.new("L", (900, 900)), "PNG")[:200], id="cut off"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 90, id="no picture at all"),
        pytest.param(
            saved(Image.new("1", (11_000, 11_000)), "PNG"), id="a small file of more points than any page has"
        ),
    ],
)
@needs_tesseract
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_of_a_page_is_said_to_be_damaged(content: bytes) -> None:
    with pytest.raises(DamagedFile):
        read_image(content, "anh.png", "png")


def test_pictures_are_cut_and_put_together_point_by_point() -> None:
    page = b"P5\n3 2\n255\n" + bytes([0, 50, 100, 150, 200, 250])
    assert doubled(page[:-1]) is None and doubled(b"GIF89a") is None
    assert strip(page, 1, 2) == b"P5\n3 1\n255\n" + bytes([150, 200, 250])
    assert strip(page, 2, 9) is None
    put = stacked(page, [(0, 0, 2, 1), (9, 9, 1, 1), (2, 1, 3, 2)])
    assert put is not None
    sheet, begins = Image.open(io.BytesIO(put[0])), put[1]
    assert begins == [0, 31, 61] and sheet.size == (62, 122)
    assert [sheet.getpixel((30, 30)), sheet.getpixel((31, 30)), sheet.getpixel((30, begins[2] + 30))] == [0, 50, 250]
