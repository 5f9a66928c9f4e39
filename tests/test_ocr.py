"""Scans: what stands on the paper is read from its picture, with its place on the page."""

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from loaders.errors import NoOcr
from loaders.findings import Findings
from loaders.formats import ocr
from loaders.formats.columns import Line, Piece, reading_order
from loaders.formats.pictures import doubled
from loaders.formats.recheck import rechecked
from loaders.rdf import serialise
from loaders.read import read
from loaders.text import Text

SCANS = Path(__file__).parent / "ocr"
PLANS = SCANS.parents[1] / "examples" / "plans"
CLEAN = {
    "ninh-phuoc": "ninh-phuoc-26-kh-ubnd-2021.txt",
    "luong-dien": "luong-dien-kh-ubnd-2023.txt",
    "long-thanh": "long-thanh-kh-bcd-2024.txt",
}
SCANNED = [  # one short plan with every run, the long ones with the heavier checks
    pytest.param("luong-dien"),
    pytest.param("ninh-phuoc", marks=pytest.mark.slow),
    pytest.param("long-thanh", marks=pytest.mark.slow),
]
needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with its model vie is not installed")


@cache
def scan(name: str) -> tuple[Text, Findings]:
    return read(SCANS / f"{name}.pdf")


@cache
def clean(name: str) -> Findings:
    return read(PLANS / CLEAN[name])[1]


def share(found: list[Any], wanted: list[Any]) -> float:
    left = list(found)
    return sum(thing in left and not left.remove(thing) for thing in wanted) / len(wanted) if wanted else 1.0


@needs_tesseract
@pytest.mark.parametrize("name", SCANNED)
def test_every_numbered_citation_of_a_scan_is_found_and_nothing_else(name: str) -> None:
    found, wanted = (
        [(c.number, c.type, c.date) for c in f.citations if c.number] for f in (scan(name)[1], clean(name))
    )
    assert found == wanted


@needs_tesseract
@pytest.mark.slow
def test_nine_tenths_of_deadlines_and_quotas_of_scans_are_found() -> None:
    found = [(n, *key) for n in CLEAN for key in _due(scan(n)[1])]
    wanted = [(n, *key) for n in CLEAN for key in _due(clean(n))]
    assert share(found, wanted) >= 0.9
    assert share(wanted, found) >= 0.9


def _due(findings: Findings) -> list[tuple[object, ...]]:
    deadlines = [(d.boundary, d.date, d.month_day) for d in findings.deadlines]
    return [*deadlines, *((q.rule, q.count, q.kind) for q in findings.quotas if q.count)]


@needs_tesseract
@pytest.mark.parametrize("name", SCANNED)
def test_the_head_and_the_signature_of_a_scan_are_read_column_by_column(name: str) -> None:
    document = scan(name)[1].document
    text = (PLANS / CLEAN[name]).read_text("utf-8")
    assert (document.type, document.number, document.date) == ("ke-hoach", *_own(clean(name)))
    assert document.signer in text
    assert document.issuer


def _own(findings: Findings) -> tuple[str | None, str | None]:
    return findings.document.number, findings.document.date


@needs_tesseract
@pytest.mark.parametrize("name", SCANNED)
def test_a_citation_stands_on_its_page_in_a_box_that_holds_its_number(name: str) -> None:
    placed = json.loads((SCANS / "boxes.json").read_text("utf-8"))[name]
    citations = [c for c in scan(name)[1].citations if c.number]
    assert placed, "the generator kept where the numbers stand"
    for there in placed:
        left, top, right, bottom = there["box"]
        on_page = [c.box for c in citations if c.number == there["number"] and c.page == there["page"]]
        slack = 4.0  # points: a letter's own white
        assert any(
            box
            and box[0] - slack <= left
            and box[1] - slack <= top
            and box[2] + slack >= right
            and box[3] + slack >= bottom
            for box in on_page
        ), (there, on_page)


@needs_tesseract
def test_every_finding_of_a_scan_knows_its_page_and_says_what_stands_in_the_text() -> None:
    text, findings = scan("luong-dien")
    assert findings.source.ocr
    assert findings.source.pages == 2
    for span in (*findings.citations, *findings.deadlines, *findings.quotas, *findings.criteria):
        assert text.raw[span.start : span.end] == span.text
        assert span.page in (1, 2)
        assert span.box


def page_of(name: str, number: int, upper: float = 0.0, lower: float = 0.4) -> bytes:
    """A page of a scan in grey, as much of it as a test needs: from and to a share of its height."""
    import pypdfium2

    document = pypdfium2.PdfDocument(SCANS / f"{name}.pdf")
    bitmap = document[number - 1].render(scale=200 / 72, grayscale=True)
    grey, width = bytes(bitmap.buffer), bitmap.width
    first, last = int(bitmap.height * upper), int(bitmap.height * lower)
    rows = b"".join(grey[row * bitmap.stride : row * bitmap.stride + width] for row in range(first, last))
    return b"P5\n%d %d\n255\n" % (width, last - first) + rows


@needs_tesseract
def test_pages_come_in_the_order_asked_for_and_each_is_told() -> None:
    told: list[tuple[int, int]] = []
    pages = ocr.read_pages(
        lambda number: page_of("luong-dien", number, 0.0 if number == 1 else 0.5, 0.28 if number == 1 else 0.8),
        [2, 1],
        dpi=200,
        progress=lambda done, of, _: told.append((done, of)),
    )
    assert [page.number for page in pages] == [2, 1]
    assert "Nơi nhận" in pages[0].text
    assert "KẾ HOẠCH" in pages[1].text
    assert told == [(1, 2), (2, 2)]
    assert all(0 <= word.confidence <= 1 and page.text[word.start : word.end] for page in pages for word in page.words)


@needs_tesseract
def test_a_page_that_lies_on_its_side_is_read() -> None:
    head, size, _, grey = page_of("luong-dien", 1).split(b"\n", 3)
    width, height = map(int, size.split())
    lying = b"%s\n%d %d\n255\n" % (head, height, width) + b"".join(grey[x::width][::-1] for x in range(width))
    (page,) = ocr.read_pages(lambda _: lying, [1], dpi=200)
    assert "131/KH-UBND" in page.text


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up_and_doubted_and_the_document_goes_on() -> None:
    pages = ocr.read_pages(lambda number: page_of("luong-dien", number), [1], dpi=200, seconds=0.001)
    assert [(page.given_up, page.text) for page in pages] == [(True, "")]
    assert [doubt.code for doubt in ocr.doubts(pages)] == ["page-unread"]
    assert "trang 1" in ocr.doubts(pages)[0].message


@needs_tesseract
def test_what_is_no_picture_is_given_up() -> None:
    (page,) = ocr.read_pages(lambda _: b"not a picture", [7], dpi=200)
    assert page.given_up
    assert page.number == 7


def test_without_tesseract_a_scan_is_refused_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Callable[[str], None] = lambda _: None  # noqa: E731
    monkeypatch.setattr(shutil, "which", nothing)
    ocr._languages.cache_clear()
    try:
        assert not ocr.available()
        with pytest.raises(NoOcr, match="tesseract-ocr-vie"):
            ocr.read_pages(lambda _: b"", [1], dpi=200)
    finally:
        monkeypatch.undo()
        ocr._languages.cache_clear()


def line(*words: tuple[str, float, float], top: float) -> Line:
    return Line(tuple(Piece(text, (left, top, right, top + 12), 0.9) for text, left, right in words))


def never(top: float, bottom: float) -> list[Line]:
    return []


def test_lines_through_both_columns_of_a_head_are_parted() -> None:
    lines = [
        line(("UBND", 90, 130), ("TỈNH", 134, 160), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 280, 540), top=60),
        line(("Độc lập - Tự do - Hạnh phúc", 320, 500), top=76),
        line(("Số:", 100, 118), ("26/KH-UBND", 122, 180), ("Hà Giang, ngày 03 tháng 02 năm 2021", 310, 520), top=100),
        line(("KẾ HOẠCH", 260, 330), top=130),
    ]
    assert [each.text for each in reading_order(lines, never)] == [
        "UBND TỈNH",
        "Số: 26/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Giang, ngày 03 tháng 02 năm 2021",
        "KẾ HOẠCH",
    ]


def test_a_sentence_that_runs_over_the_page_is_not_torn_by_the_number_of_the_page() -> None:
    lines = [
        line(("2", 300, 306), top=40),
        line(("thực hiện", 90, 130), ("kế hoạch này.", 135, 540), top=70),
        line(("1.", 90, 97), ("Mục đích", 101, 160), top=90),
    ]
    assert [each.text for each in reading_order(lines, never)] == ["thực hiện kế hoạch này.", "1. Mục đích"]


def test_a_clause_numbered_at_the_margin_is_no_page_number() -> None:
    lines = [line(("1.", 90, 97), top=40), line(("Mục đích", 90, 540), top=70), line(("Yêu cầu", 90, 200), top=90)]
    assert len(reading_order(lines, never)) == 3


def test_a_page_without_columns_stays_as_it_is() -> None:
    lines = [line(("a)", 90, 100), ("Đối với", 130, 170), ("tập thể", 200, 540), top=60), line(("b)", 90, 100), top=80)]
    assert reading_order(lines, never) == lines


def test_only_a_plain_grey_picture_is_made_larger() -> None:
    assert doubled(b"\x89PNG\r\n") is None
    assert doubled(b"P5\n2 2\n255\n\0\0") is None


def test_a_number_is_put_right_only_where_two_of_three_looks_agree() -> None:
    said = {False: ["91/2017/NĐ-CP", "12/2020", "5/2/2021"], True: ["91/2017/ND-CP", "13/2020"]}
    lines = [
        line(("31/2017/NĐ-CP", 90, 170), ("ngày", 175, 200), ("11/2020", 210, 260), ("5/2/2021", 270, 320), top=60)
    ]
    (found,) = rechecked(lines, lambda pieces, larger: said[larger][: len(pieces)])
    assert found.text == "91/2017/NĐ-CP ngày 11/2020 5/2/2021"
    assert [piece.confidence for piece in found.pieces] == [0.9, 0.9, 0.5, 0.9]


def test_a_worn_dash_before_an_item_is_a_dash_and_a_tilde_within_a_line_stays() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "5\t1\t1\t1\t1\t1\t10\t10\t4\t4\t62\t~",
        "5\t1\t1\t1\t1\t2\t20\t8\t40\t10\t95\tLưu:",
        "5\t1\t1\t1\t1\t3\t64\t10\t9\t4\t90\t~",
        "5\t1\t1\t1\t1\t4\t76\t8\t20\t10\t95\tVT",
    ]
    assert [line.text for line in ocr._lines("\n".join([head, *rows]), 1.0)] == ["- Lưu: ~ VT"]


@pytest.mark.parametrize(
    ("first", "second", "third", "reads", "sure"),
    [
        ("69/CĐ-TTE", "69/CĐ-TTg", "69/CĐ-TTg", "69/CĐ-TTg", 0.85),
        ("69/CĐ-TTg,", "69/CĐ-TTE", "69/CĐ-TTg", "69/CĐ-TTg,", 0.9),
        ("69/CĐ-TTE", "69/CĐ-TTg", "69/CĐ-TTø", "69/CĐ-TTE", 0.5),
        ("69/CĐ-TTg", "69/CD—TTg", "", "69/CĐ-TTg", 0.9),
        ("2035", "2025", "2025", "2025", 0.9),
        ("2035.", "2025", "2028", "2035.", 0.5),
    ],
)
def test_codes_and_years_are_looked_at_twice(first: str, second: str, third: str, reads: str, sure: float) -> None:
    (found,) = rechecked(
        [line(("Số:", 60, 85), (first, 90, 170), top=60)], lambda pieces, larger: [third if larger else second]
    )
    assert (found.pieces[1].text, found.pieces[1].confidence) == (reads, sure)


@needs_tesseract
@pytest.mark.slow
def test_a_scan_read_twice_gives_the_same_graph() -> None:
    first, second = (read(SCANS / "luong-dien.pdf") for _ in range(2))
    assert first[0].raw == second[0].raw and first[0].layout == second[0].layout
    graphs = {serialise(found, text.raw, ox.RdfFormat.N_QUADS) for text, found in (first, second)}
    assert len(graphs) == 1
