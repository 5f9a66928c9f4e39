"""Words of a PDF page as lines in reading order: the columns of its head and foot, its tables, its paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.formats.arrange import has_motto, is_foot
from loaders.formats.pdfpage import Sheet, Token
from loaders.formats.pdftables import Grid, cells, find_grids
from loaders.structure.marks import capitals, find_mark
from loaders.text import fold

_MOTTO = re.compile(r"\bc[o0]ng h[o0]a x|\bdang cong san")
_MARK = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/]?|\W", re.IGNORECASE)
_END = re.compile(r"[.;:!?…]\W*$")
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of|tren)\s*\d{1,4})?\W{0,3}", re.IGNORECASE)
_RECIPIENTS = re.compile(r"\W*n[o0]i nh\w{1,3}\b")
_PRINTED = re.compile(r"(?:https?|file)://|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}\b|about:blank")
_RULE = re.compile(r"[\s\-_=*–—.…]{3,}")
_YEAR = re.compile(r"\b(?:19|20)\d\d$")  # "giai đoạn 2021" at the end of a line, "-2025" on the next
_LATER = re.compile(r"[-–—]\s?(?:19|20)\d\d\b")
_COLUMN_GAP = 16.0
_EDGE = 0.11  # of the height of the page, where its number and running head stand


@dataclass(frozen=True)
class Line:
    """A line as it is to be read. `cells` of a row of a table; `tight` where it belongs under the line before it.

    `joins`: the line goes on with the sentence of the line before it; on the first line of a page, it may.
    """

    words: str
    left: float
    right: float
    base: float
    size: float
    first: float = 0.0  # the width of its first word
    tight: bool = False
    joins: bool = False
    cells: tuple[str, ...] = ()
    column: bool = False


@dataclass(frozen=True)
class Measure:
    """Where the text of a page begins and ends, how far its lines are apart, and where its paragraphs begin."""

    left: float
    right: float
    leading: float
    justified: bool = False
    indent: float = 0.0


def lines_of(sheet: Sheet, *, first: bool = False) -> tuple[list[Line], Measure]:
    """The lines of a page in reading order, and its measure; the head of a document is on its `first` page."""
    grids = [grid for grid in find_grids(sheet.strokes) if any(map(grid.holds, sheet.tokens))]
    inside: list[list[Token]] = [[] for _ in grids]
    outside: list[Token] = []
    for token in sheet.tokens:
        held = next((n for n, grid in enumerate(grids) if grid.holds(token)), None)
        (outside if held is None else inside[held]).append(token)
    rows = _rows(outside)
    grids_at: list[tuple[float, list[Line]]] = []
    for grid, tokens in zip(grids, inside, strict=True):
        words = " ".join(token.text for token in tokens)
        if has_motto(words) or is_foot(words) or _is_box(grid, tokens):
            rows = sorted([*rows, *_rows(tokens)], key=lambda row: row[0].base)
        else:
            grids_at.append((grid.rows[0], _table(grid, tokens)))
    rows = _without_number(rows, sheet.height)
    measure = _measure(rows)
    rules = [s.at for s in sheet.strokes if not s.upright and s.end - s.start < 0.5 * (measure.right - measure.left)]
    return _with_tables(_parted(_ordered(rows, sheet, measure, first), rules), grids_at), measure


def _is_box(grid: Grid, tokens: Sequence[Token]) -> bool:
    """Whether a grid is a frame around the page: nearly all of its words stand in one cell."""
    filled = [cell for row in cells(grid, tokens) for cell in row if cell]
    return len(filled) < 2 or (len(tokens) > 250 and max(map(len, filled)) > 0.9 * len(tokens))


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Words on one baseline, from top to bottom; signs raised above a line (the number of a note) are left out."""
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=lambda token: token.base):
        if rows and token.base - rows[-1][0].base <= 0.3 * min(token.size, rows[-1][0].size):
            rows[-1].append(token)
        else:
            rows.append([token])
    rows = [sorted(row, key=lambda token: token.left) for row in rows]
    kept = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else None
        if below and len(row) <= 3 and all(token.text.isdigit() and len(token.text) < 4 for token in row):
            size = max(token.size for token in below)
            if row[0].size < 0.8 * size and below[0].base - row[0].base < 0.7 * size:
                continue
        kept.append(row)
    return kept


def _without_number(rows: list[list[Token]], height: float) -> list[list[Token]]:
    """The rows without the number of the page above or below them, and without what a browser prints there."""
    for at in (0, -1):
        while len(rows) > 1:
            words, base = fold(" ".join(t.text for t in rows[at])), rows[at][0].base
            if not (base < _EDGE * height if at == 0 else base > (1 - _EDGE) * height):
                break
            number = _PAGE_NUMBER.fullmatch(words) and rows[at][0].left > 120
            if not number and not _PRINTED.match(words):
                break
            rows = rows[1:] if at == 0 else rows[:-1]
    return rows


def _measure(rows: Sequence[Sequence[Token]]) -> Measure:
    """The margins that most long lines keep, and the usual step from line to line."""
    if not rows:
        return Measure(0, 0, 0)
    right = sorted(row[-1].right for row in rows)[int(0.9 * (len(rows) - 1))]
    flush = [row[-1].right for row in rows if abs(row[-1].right - right) < 1.5]
    least = min(row[0].left for row in rows)
    lefts = Counter(round(row[0].left / 3) for row in rows if row[-1].right - row[0].left > 0.5 * (right - least))
    kept = [place for place, count in lefts.items() if count >= max(2, 0.06 * len(rows))]
    left = min(kept or lefts or [round(least / 3)]) * 3.0
    steps = [(b[0].base - a[0].base, a[-1].right > right - 12 and abs(b[0].left - left) < 8) for a, b in pairwise(rows)]
    # lines go on under a full one; where most paragraphs are of one line, most steps are those between paragraphs
    full = sorted(step for step, goes_on in steps if goes_on and step > 3)
    usual = full if len(full) > 1 else sorted(step for step, _ in steps if step > 3)
    leading = usual[len(usual) // 3] if usual else 0.0
    indents = Counter(round(row[0].left / 3) for row in rows if 8 < row[0].left - left < 60)
    indent, often = indents.most_common(1)[0] if indents else (0, 0)
    return Measure(left, right, leading, len(flush) >= max(3, 0.3 * len(rows)), indent * 3.0 if often > 1 else 0.0)


def _line(row: Sequence[Token], *, tight: bool = False, column: bool = False) -> Line:
    return Line(
        words=" ".join(token.text for token in row),
        left=row[0].left,
        right=row[-1].right,
        base=row[0].base,
        size=max(token.size for token in row),
        first=row[0].right - row[0].left,
        tight=tight,
        column=column,
    )


def _segments(row: Sequence[Token]) -> list[list[Token]]:
    """A row cut where a gap is too wide for one between words, and before the motto."""
    parts: list[list[Token]] = [[row[0]]]
    words = [fold(token.text) for token in row]
    for index in range(1, len(row)):
        gap = row[index].left - row[index - 1].right
        motto = gap > 2 and _MOTTO.match(" ".join(words[index : index + 3]))
        if motto or gap > max(_COLUMN_GAP, 1.3 * row[index].size):
            parts.append([])
        parts[-1].append(row[index])
    return parts


def _ordered(rows: list[list[Token]], sheet: Sheet, measure: Measure, first: bool) -> list[Line]:
    """The lines, those of two columns one column after the other."""
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        parts = _segments(rows[at])
        stretched = len(parts) == len(rows[at]) and rows[at][-1].right > measure.right - 3
        recipients = len(parts) == 1 and _RECIPIENTS.match(fold(" ".join(token.text for token in parts[0])))
        if (len(parts) == 1 and not recipients) or stretched:
            lines.append(_line(rows[at]))
            at += 1
            continue
        end, left, right = _columns(rows, at, measure)
        words = "\n".join(" ".join(t.text for t in row) for row in rows[at:end])
        top = first and not lines and rows[at][0].base < 0.35 * sheet.height
        sides = [" ".join(t.text for t in row) for row in (*left, *right)]
        label = _MARK.fullmatch(" ".join(token.text for token in parts[0]))
        if left and right and not label and (has_motto(words) or any(map(is_foot, sides)) or top):
            for column in (left, right):
                made = [_line(row, tight=n > 0, column=True) for n, row in enumerate(column)]
                lines += made
            at = end
            continue
        if recipients:
            lines.append(_line(rows[at]))
            at += 1
            continue
        said = [" ".join(token.text for token in part) for part in parts]
        begin = 2 if _MARK.fullmatch(said[0]) else 1  # "1.   Mục đích" is a label and its words
        words = "\t".join([" ".join(said[:begin]), *said[begin:]])
        lines.append(replace(_line(rows[at]), words=words))
        at += 1
    return _paragraphs(lines, measure)


def _columns(rows: list[list[Token]], start: int, measure: Measure) -> tuple[int, list[list[Token]], list[list[Token]]]:
    """The rows from `start` that keep one gutter free: where they end, and those left and right of the gutter."""
    seed = _segments(rows[start])
    low = seed[0][-1].right
    high = seed[1][0].left if len(seed) > 1 else max(low + 20, 0.55 * measure.left + 0.45 * measure.right)
    left, right = [seed[0]], [[t for part in seed[1:] for t in part]] if len(seed) > 1 else []
    end = kept = start + 1
    kept_left, kept_right = 1, len(right)
    foot = any(is_foot(" ".join(t.text for t in side)) for side in (*left, *right))
    for index in range(start + 1, len(rows)):
        row = rows[index]
        parts = _segments(row)
        middle = (low + high) / 2
        before = [t for part in parts for t in part if (t.left + t.right) / 2 < middle]
        after = [t for part in parts for t in part if (t.left + t.right) / 2 >= middle]
        if before and after and after[0].left - before[-1].right < 8:
            break
        low = max(low, before[-1].right) if before else low
        high = min(high, after[0].left) if after else high
        if high - low < 5:
            break
        left += [before] if before else []
        right += [after] if after else []
        foot = foot or any(is_foot(" ".join(t.text for t in side)) for side in (before, after) if side)
        end = index + 1
        if (before and after) or foot or _keeps(rows, index, before, after):
            kept, kept_left, kept_right = end, len(left), len(right)
    if foot:
        return end, left, right
    return kept, left[:kept_left], right[:kept_right]


def _keeps(rows: list[list[Token]], index: int, before: list[Token], after: list[Token]) -> bool:
    """Whether a row of one side only goes on with its column: close under the row above, in its letters."""
    above = rows[index - 1]
    close = rows[index][0].base - above[0].base < 1.6 * max(token.size for token in rows[index])
    small = bool(before) and not after and rows[index][0].size < 1.02 * max(token.size for token in above)
    return close and small


def _parted(lines: list[Line], rules: Sequence[float]) -> list[Line]:
    """The lines, each that stands under a short rule beginning a paragraph: the rule closes the title above it."""
    made = lines[:1]
    for last, line in pairwise(lines):
        between = (last.base + 0.3 * last.size, line.base - 0.6 * line.size)
        drawn = not line.column and any(between[0] < at < between[1] for at in rules)
        typed = _RULE.fullmatch(last.words) is not None and not line.column
        made.append(replace(line, joins=False, tight=False) if drawn or typed else line)
    return made


def _paragraphs(lines: list[Line], measure: Measure) -> list[Line]:
    made: list[Line] = []
    for line in lines:
        last = made[-1] if made else None
        if last is None or line.column or last.column:
            made.append(line)
            continue
        made.append(replace(line, joins=joins(last, line, measure), tight=_tight(last, line, measure)))
    return made


def joins(last: Line, line: Line, measure: Measure, *, over_page: bool = False) -> bool:
    """Whether a line goes on with the paragraph of the line before it: that one had no room for its first word."""
    if last.cells or line.cells or last.column or line.column or "\t" in last.words or "\t" in line.words:
        return False
    paired = _paired(last, line, measure)
    years = _LATER.match(line.words) is not None and _YEAR.search(last.words) is not None
    marked = not years and find_mark(line.words, fold(line.words)) is not None
    if years and _is_close(last, line, measure):
        return True
    if line.words[0].islower() and not (marked or over_page or _END.search(last.words) or last.words.isupper()):
        return _is_close(last, line, measure)
    if last.right + 0.25 * last.size + line.first < measure.right - 0.5:
        return False
    if measure.justified and not paired and last.right < measure.right - 2.5:
        return False
    if not over_page and not _is_close(last, line, measure):
        return False
    if _parts_title(last, line, measure):
        return False
    if paired:  # a title over two lines
        return not _END.search(last.words)
    if line.left > measure.left + 8 and abs(line.left - last.left) > 8:
        return False
    ended = bool(_END.search(last.words))
    if last.words.endswith("./.") or is_foot(line.words):
        return False
    if (ended or capitals(line.words) or line.left > measure.left + 8) and marked:
        return False
    return capitals(line.words) or not last.words.isupper()


def _is_close(last: Line, line: Line, measure: Measure) -> bool:
    return line.base - last.base <= max(1.35 * measure.leading, 1.2 * last.size)


def _paired(last: Line, line: Line, measure: Measure) -> bool:
    """Whether two lines are set around one middle, as those of a title."""
    off = (last.left + last.right - line.left - line.right) / 2
    return abs(off) < 4 < abs(last.left - line.left) and min(line.left, last.left + 9) > measure.left + 12


def _parts_title(last: Line, line: Line, measure: Measure) -> bool:
    """Whether one line is of a title and the other is not: centred above flush, words above who decides."""
    if _centred(last, measure):
        return not _centred(line, measure) or (line.words.isupper() and not last.words.isupper())
    return False


def _centred(line: Line, measure: Measure) -> bool:
    indented = (
        abs(line.left - measure.indent) < 4
    )  # the first line of a paragraph that happens to end as far from its edge
    return (
        not indented
        and line.left > measure.left + 12
        and abs(line.left + line.right - measure.left - measure.right) < 12
    )


def _tight(last: Line, line: Line, measure: Measure) -> bool:
    """Whether a line belongs right under the one before it: a title over two lines, a line that was broken short."""
    step = line.base - last.base
    spaced = step > 1.1 * measure.leading and _END.search(last.words) and line.words[0].isupper()
    if spaced or _parts_title(last, line, measure):
        return False
    if _paired(last, line, measure):
        return step < 1.8 * measure.leading
    return step <= 1.35 * measure.leading and abs(line.left - measure.left) <= 8


def _table(grid: Grid, tokens: Sequence[Token]) -> list[Line]:
    made = []
    for index, row in enumerate(cells(grid, tokens)):
        words = tuple(" ".join(t.text for line in _rows(cell) for t in line) for cell in row)
        if any(words):
            base = grid.rows[index + 1]
            made.append(Line(" ".join(words), grid.columns[0], grid.columns[-1], base, 12.0, cells=words))
    return made


def _with_tables(lines: list[Line], tables: list[tuple[float, list[Line]]]) -> list[Line]:
    """The lines with the rows of each table where the table stands."""
    for top, rows in tables:
        at = next((n for n, line in enumerate(lines) if line.base > top and not line.cells), len(lines))
        lines = [
            *lines[:at],
            *rows,
            *(replace(line, joins=False, tight=False) for line in lines[at : at + 1]),
            *lines[at + 1 :],
        ]
    return lines


def running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The words that stand first or last on most of the pages, numbers aside: running heads and feet."""
    ends: Counter[str] = Counter()
    for lines in pages:
        ends.update({same(line) for line in (*lines[:1], *lines[-1:]) if not line.cells})
    return {words for words, count in ends.items() if count >= 3 and count > 0.5 * len(pages) and words.strip("# ")}


def same(line: Line) -> str:
    """The words of a line with its numbers made alike."""
    return re.sub(r"\d+", "#", line.words)


def without_running(lines: list[Line], words: set[str]) -> Iterator[Line]:
    """The lines of a page without its running head and foot."""
    for index, line in enumerate(lines):
        if index in (0, len(lines) - 1) and same(line) in words:
            continue
        yield line
