"""PDF files: their text layer line by line, and what OCR reads where they have none or a spoilt one."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from loaders.errors import DamagedFile, EncryptedFile, NoOcr
from loaders.findings import Doubt
from loaders.formats import ocr
from loaders.formats.legacy import decoding, restored
from loaders.formats.pdflines import Line, Measure, joins, lines_of, running, without_running
from loaders.formats.pdfpage import Sheet, sheet_of
from loaders.formats.writer import Writer
from loaders.text import Text

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PDFIUM = threading.Lock()  # the library behind pypdfium2 serves one thread at a time
_DPI = 250
_MOST_POINTS = 40_000_000  # of a picture of a page
_PICTURE = 0.5  # the share of a page that a scan covers at least
_FEW = 12  # letters that a page of text has at least


@dataclass
class _Read:
    """A page as read from the text layer; `scanned` where it should be read from its picture.

    `lost` is a page that cannot be opened; `kept` one whose spoilt words stay, for its picture could not be read.
    """

    lines: list[Line]
    measure: Measure
    scanned: bool
    blank: bool
    scale: float = 0.0
    lost: bool = False
    kept: bool = False
    seen: ocr.OcrPage | None = field(default=None)


def read_pdf(content: bytes, name: str, progress: ocr.Progress | None = None) -> tuple[Text, bool, tuple[Doubt, ...]]:
    """The text of a PDF with its pages, whether OCR read some of it, and doubts about what could not be read.

    Raises EncryptedFile, DamagedFile, and NoOcr where there is nothing but pictures and no tesseract.
    """
    document = _open(content, name)
    try:
        pages = []
        for number in range(len(document)):
            pages.append(_page(document, number))
            if progress:
                progress(number + 1, len(document), "đọc trang")
        if all(page.lost for page in pages):
            raise DamagedFile(name, "PDF")
        wanted = [number for number, page in enumerate(pages) if page.scanned]
        if wanted and ocr.available():
            _recognise(document, pages, wanted, progress)
        elif wanted and all(page.blank for page in pages):
            raise NoOcr(name)
    finally:
        with _PDFIUM:
            document.close()
    seen = [page.seen for page in pages if page.seen]
    recognised = bool(seen) or any(page.kept for page in pages)
    unread = [] if recognised else [number for number in wanted if pages[number].blank]
    kept = [number for number, page in enumerate(pages) if page.kept]
    spoilt = [] if recognised else [number for number in wanted if not pages[number].blank]
    lost = [number for number, page in enumerate(pages) if page.lost]
    return _text(pages), bool(seen), (*ocr.doubts(seen), *_doubts(unread, spoilt, kept, lost))


def _open(content: bytes, name: str) -> "PdfDocument":
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        with _PDFIUM:
            document = pypdfium2.PdfDocument(content)
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise EncryptedFile(name) from None
        raise DamagedFile(name, "PDF") from error
    if pages < 1:
        raise DamagedFile(name, "PDF")
    return document


def _page(document: "PdfDocument", number: int) -> _Read:
    import pypdfium2

    with _PDFIUM:
        try:
            page = document[number]
        except pypdfium2.PdfiumError:  # a page the file lost; the others still stand
            return _Read([], Measure(0, 0, 0), scanned=False, blank=True, lost=True)
        try:
            sheet = sheet_of(page)
        except pypdfium2.PdfiumError:
            return _Read([], Measure(0, 0, 0), scanned=False, blank=True, lost=True)
        finally:
            page.close()
    words = " ".join(token.text for token in sheet.tokens)
    blank = sum(map(str.isalnum, words)) < _FEW
    spoilt = not blank and sheet.picture >= _PICTURE and Text.of(restored(words)).garbled
    scanned = spoilt or (blank and sheet.picture >= 0.2)
    lines, measure = lines_of(sheet, first=number == 0)
    return _Read(lines, measure, scanned, blank, _scale(sheet))


def _scale(sheet: Sheet) -> float:
    """How many dots a point of the page becomes: fewer for a sheet that would be too large a picture."""
    area = max(sheet.width * sheet.height, 1.0)
    return min(_DPI / 72, math.sqrt(_MOST_POINTS / area))


def _recognise(
    document: "PdfDocument", pages: list[_Read], wanted: Sequence[int], progress: ocr.Progress | None
) -> None:
    for scale, numbers in groupby(wanted, key=lambda number: pages[number].scale):

        def picture(number: int, scale: float = scale) -> bytes:
            return _picture(document, number - 1, scale)

        for seen in ocr.read_pages(picture, [n + 1 for n in numbers], dpi=scale * 72, progress=progress):
            page = pages[seen.number - 1]
            if seen.given_up and not page.blank:
                page.kept = True
            else:
                page.seen = seen


def _picture(document: "PdfDocument", number: int, scale: float) -> bytes:
    """A page as a grey PGM, empty where it cannot be drawn."""
    import pypdfium2

    with _PDFIUM:
        page = document[number]
        try:
            bitmap = page.render(scale=scale, grayscale=True, prefer_bgrx=False)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            grey = bytes(bitmap.buffer)
            bitmap.close()
        except pypdfium2.PdfiumError:
            return b""
        finally:
            page.close()
    if stride != width:
        grey = b"".join(grey[row * stride : row * stride + width] for row in range(height))
    return b"P5\n%d %d\n255\n" % (width, height) + grey


def _doubts(unread: list[int], spoilt: list[int], kept: list[int], lost: list[int]) -> tuple[Doubt, ...]:
    found = []
    if lost:
        found.append(
            Doubt(code="page-unread", message=f"Trang {_listed(lost)} hỏng, không mở được; nội dung trang ấy bị thiếu")
        )
    if kept:
        found.append(
            Doubt(
                code="spoilt-text-layer",
                message=f"Trang {_listed(kept)} có lớp chữ nhận dạng sai tiếng Việt, được đọc nguyên như thế: nhận dạng"
                " lại từ ảnh không được",
            )
        )
    if unread:
        found.append(
            Doubt(
                code="page-unread",
                message=f"Trang {_listed(unread)} là ảnh quét chưa đọc được chữ: máy này chưa cài tesseract tiếng Việt",
            )
        )
    if spoilt:
        found.append(
            Doubt(
                code="spoilt-text-layer",
                message=f"Trang {_listed(spoilt)} có lớp chữ nhận dạng sai tiếng Việt, được đọc nguyên như thế: cài"
                " tesseract tiếng Việt để nhận dạng lại từ ảnh",
            )
        )
    return tuple(found)


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(str(number + 1) for number in numbers[:10])
    return shown + (" …" if len(numbers) > 10 else "")


def _text(pages: Sequence[_Read]) -> Text:
    kept = [page for page in pages if not page.seen]
    repeated = running([page.lines for page in kept])
    of_file = decoding("\n".join(line.words for page in kept for line in page.lines))
    writer = Writer()
    last: Line | None = None
    for number, page in enumerate(pages):
        if number:
            writer.page()
        if page.seen:
            writer.read(page.seen.text, page.seen.words)
            last = None
            continue
        # an annex in a legacy font after pages in Unicode; a page of few words is as the file is
        of_page = decoding("\n".join(line.words for line in page.lines))
        unicode = of_file if of_page is str else of_page
        for index, line in enumerate(without_running(page.lines, repeated)):
            if last and (line.joins if index else joins(last, line, page.measure, over_page=True)):
                writer.go_on(unicode(line.words))
            elif line.cells:
                writer.row([unicode(cell) for cell in line.cells])
            else:
                writer.paragraph(unicode(line.words), tight=line.tight and index > 0)
            last = line
    return writer.text(paged=True)
