"""Images of pages to text, by the tesseract program of the system with its Vietnamese model.

Each page gives its words with their boxes and how sure the engine is of each. Several pages are read at once, one
process a page, and no more pictures are held than pages are being read.
"""

import os
import shutil
import subprocess
import threading
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache

from loaders.errors import NoOcr
from loaders.findings import Doubt
from loaders.formats.columns import Line, Piece, reading_order
from loaders.formats.pictures import doubled, stacked, strip
from loaders.formats.recheck import rechecked
from loaders.layout import Layout, Page, Word

__all__ = ["PAGES_AT_ONCE", "OcrPage", "available", "doubts", "read_pages", "whole"]

Progress = Callable[[int, int, str], None]

_PROGRAM, _LANGUAGE = "tesseract", "vie"
_ENOUGH_DPI = 200  # a page rendered coarser than this is read better at twice its size
_PAGE_SECONDS = 600  # a page takes 2 to 10; so long only where the engine hangs, however busy the machine
PAGES_AT_ONCE = "THIDUA_OCR_PAGES"
"""The variable that says how many pages are recognised side by side; without it one for each processor."""
_PAGE_BYTES = 400_000_000  # what the engine and a picture of a page may take together
_ORIENTED, _UPRIGHT = "1", "3"  # page segmentation with and without looking for pages that lie on their side
_LABEL_WIDTH = 6.0  # points: wider than any full stop, so that "." is the "5." of a clause
_BLOCK = "6"  # lines of one column
_CUT = 3.0  # points of paper left around a word that is cut out
_SPARSE = "11"  # words in any order, never a line through two columns
_MARGIN = 6.0  # points above and below a strip that is read once more


@dataclass(frozen=True)
class OcrPage:
    """One page as read: NFC text, its words placed in that text and on the page, in points from the upper left corner.

    `given_up` says that the engine failed on the page or took too long; its text is then empty.
    """

    number: int
    text: str
    words: tuple[Word, ...] = ()
    given_up: bool = False


def available() -> bool:
    """Whether tesseract and its Vietnamese model are on this machine."""
    return _LANGUAGE in _languages()


@cache
def _languages() -> frozenset[str]:
    program = shutil.which(_PROGRAM)
    if program is None:
        return frozenset()
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    # version 3 lists them on the error channel
    return frozenset((listed.stdout + listed.stderr).decode("utf-8", "replace").split())


def read_pages(
    render: Callable[[int], bytes],
    numbers: Sequence[int],
    *,
    dpi: float,
    progress: Progress | None = None,
    seconds: float = _PAGE_SECONDS,
) -> list[OcrPage]:
    """The pages of these numbers as read, in the order of `numbers`.

    `render` gives the picture of a page at `dpi`, as a grey PGM or any format tesseract reads, or nothing where the
    page is torn; it is called by one thread at a time, so that it need not be safe for more. `progress` is told of
    every page done, in this thread.

    Raises NoOcr where tesseract or its Vietnamese model is not installed.
    """
    if not available():
        raise NoOcr()
    drawing = threading.Lock()
    done: dict[int, OcrPage] = {}

    def one(index: int) -> OcrPage:
        number = numbers[index]
        with drawing:
            picture = render(number)
        if not picture:
            return OcrPage(number, "", given_up=True)
        return _read(picture, number, dpi, seconds)

    with ThreadPoolExecutor(_at_once(len(numbers)), thread_name_prefix="ocr") as pool:
        waiting = {pool.submit(one, index): index for index in range(len(numbers))}
        try:
            for future in as_completed(waiting):
                done[waiting[future]] = future.result()
                if progress:
                    progress(len(done), len(numbers), "nhận dạng chữ")
        finally:
            for future in waiting:
                future.cancel()
    return [done[index] for index in range(len(numbers))]


def whole(pages: Iterable[OcrPage]) -> tuple[str, Layout]:
    """The text of pages one after another, and where their words stand.

    >>> text, layout = whole([OcrPage(1, "Số: 26/KH-UBND", (Word(0, 3, (0, 0, 9, 9)),)), OcrPage(2, "KẾ HOẠCH")])
    >>> text, [(page.number, page.start, page.end) for page in layout.pages]
    ('Số: 26/KH-UBND\\nKẾ HOẠCH\\n', [(1, 0, 15), (2, 15, 24)])
    """
    parts: list[str] = []
    placed: list[Page] = []
    at = 0
    for page in pages:
        text = page.text + "\n"
        words = tuple(Word(at + w.start, at + w.end, w.box, w.confidence) for w in page.words)
        placed.append(Page(page.number, at, at + len(text), words))
        parts.append(text)
        at += len(text)
    return "".join(parts), Layout(tuple(placed))


def doubts(pages: Iterable[OcrPage]) -> tuple[Doubt, ...]:
    """One doubt for each page the engine gave up."""
    return tuple(
        Doubt(
            code="page-unread", message=f"Không nhận dạng được chữ của trang {page.number}; nội dung trang này bị thiếu"
        )
        for page in pages
        if page.given_up
    )


def _at_once(pages: int) -> int:
    """How many pages are read side by side: one a processor, as many as the free memory holds."""
    wanted = os.environ.get(PAGES_AT_ONCE, "")
    if wanted.isdecimal():
        return max(1, min(pages, int(wanted), _free_memory() // _PAGE_BYTES))
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(pages, processors, _free_memory() // _PAGE_BYTES))


def _free_memory() -> int:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf, macOS not these names
        return 4 * _PAGE_BYTES


def _read(picture: bytes, number: int, dpi: float, seconds: float) -> OcrPage:
    if dpi < _ENOUGH_DPI:
        larger = doubled(picture)
        dpi, picture = (dpi * 2, larger) if larger else (dpi, picture)
    table = _recognised(picture, dpi, _ORIENTED if "osd" in _languages() else _UPRIGHT, seconds)
    if table is None:
        return OcrPage(number, "", given_up=True)

    def again(top: float, bottom: float) -> list[Line]:
        first = max(0, round((top - _MARGIN) * dpi / 72))
        part = strip(picture, first, round((bottom + _MARGIN) * dpi / 72))
        said = part and _recognised(part, dpi, _SPARSE, seconds)
        if not said:
            return []
        lines = _lines(said, 72 / dpi, first)
        # a line cut through by the edge of the strip is another's
        return [line for line in lines if line.middle > top - _MARGIN / 2 and line.middle < bottom + _MARGIN / 2]

    def look(pieces: Sequence[Piece], larger: bool) -> list[str]:
        return _looked_at(picture, pieces, dpi, larger, seconds)

    lines = reading_order(_lines(table, 72 / dpi), again)
    text, words = _written(rechecked(lines, look))
    return OcrPage(number, text, words)


def _looked_at(picture: bytes, pieces: Sequence[Piece], dpi: float, larger: bool, seconds: float) -> list[str]:
    """Words read once more, each cut out of the picture; empty for those of which nothing is seen."""
    scale = dpi / 72
    boxes = [
        (round((x - _CUT) * scale), round((y - _CUT) * scale), round((r + _CUT) * scale), round((b + _CUT) * scale))
        for x, y, r, b in (piece.box for piece in pieces)
    ]
    cut = stacked(picture, boxes)
    if cut is None:
        return [""] * len(pieces)
    image, begins = cut
    again = (doubled(image) or image) if larger else image
    table = _recognised(again, dpi * 2 if larger else dpi, _BLOCK, seconds)
    seen = [""] * len(pieces)
    for line in _lines(table or "", 0.5 if larger else 1.0):
        for piece in line.pieces:
            seen[bisect_right(begins, (piece.box[1] + piece.box[3]) / 2) - 1] += piece.text
    return seen


def _recognised(picture: bytes, dpi: float, mode: str, seconds: float) -> str | None:
    """The table of words the engine gives for a picture, None where it fails or takes too long."""
    command = [_PROGRAM, "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(round(dpi)), "--psm", mode, "tsv"]
    # one thread a page: the pages themselves are what runs side by side
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        ran = subprocess.run(command, input=picture, capture_output=True, timeout=seconds, env=alone, check=False)
    except (subprocess.TimeoutExpired, BrokenPipeError):
        return None
    return ran.stdout.decode("utf-8", "replace") if ran.returncode == 0 else None


def _lines(tsv: str, scale: float, first: int = 0) -> list[Line]:
    """The lines of the engine's table: level, page, block, paragraph, line, word, left, top, width, height, conf, text.

    Dirt that the engine itself hardly believes in is left out. `first` is the row of the page the picture began with.
    """
    lines: list[Line] = []
    place: list[str] = []
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5":
            continue
        # a word may come with a mark apart from its letter; NFC is what offsets count
        text = unicodedata.normalize("NFC", cells[11].strip())
        left, top, width, height = (int(cell) * scale for cell in cells[6:10])
        top += first * scale
        confidence = max(0.0, min(1.0, float(cells[10]) / 100))
        if text == "~" and cells[2:5] != place:
            text = "-"  # no such paper prints a tilde before an item: it is the dash, worn
        if not text or (_is_dirt(text, confidence) and width < _LABEL_WIDTH):
            continue
        if cells[2:5] != place:
            lines.append(Line((), paragraph=cells[2:4] != place[:2]))
            place = cells[2:5]
        lines[-1] = lines[-1].with_piece(Piece(text, (left, top, left + width, top + height), confidence))
    return lines


def _is_dirt(text: str, confidence: float) -> bool:
    """Specks of the paper read as signs: "_", "¬", "ẽ" beside a heading; a bullet is surer, a word longer."""
    if any(c.isdigit() for c in text):
        return False
    if any(c.isalpha() for c in text):
        return len(text) == 1 and confidence < 0.55
    return confidence < (0.5 if text in "-–+*•" else 0.8)


def _written(lines: Sequence[Line]) -> tuple[str, tuple[Word, ...]]:
    """Lines one under another, a blank one between paragraphs, and the place of every word."""
    parts: list[str] = []
    words: list[Word] = []
    at = 0
    for line in lines:
        if parts:
            gap = "\n\n" if line.paragraph else "\n"
            parts.append(gap)
            at += len(gap)
        for i, piece in enumerate(line.pieces):
            if i:
                parts.append(" ")
                at += 1
            box = (round(piece.box[0], 1), round(piece.box[1], 1), round(piece.box[2], 1), round(piece.box[3], 1))
            words.append(Word(at, at + len(piece.text), box, round(piece.confidence, 2)))
            parts.append(piece.text)
            at += len(piece.text)
    return "".join(parts), tuple(words)
