"""Lines of a document put together into blocks: marked clauses, bullets and paragraphs."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from loaders.structure.damaged import damaged_numeral, misread_bullets, numerals_in_order
from loaders.structure.marks import BULLETS, MARKUP, Mark, capitals, find_mark, markup
from loaders.text import Text


@dataclass(slots=True)
class Node:
    """A section while the tree grows."""

    style: str
    mark: Mark | None
    start: int
    text_start: int
    text_end: int
    children: list["Node"] = field(default_factory=list)
    title: str | None = None
    title_end: int | None = None
    ordinal: int | None = None


_LINE_END = re.compile(r"[\n\f\v]")
_ENDS = tuple('.;:!?…"”)]')
_PAGE_NUMBER = re.compile(r"\s*+(?:[-–]\s*+)?\d{1,3}\s*+(?:[-–]\s*)?$")
_YEARS = re.compile(r"\s*[-–—]\s*(?:19|20)\d\d\b")
_RULE = re.compile(r"[\s\-_=*–—]+$")
_RECIPIENTS = re.compile(r"n[o0]i nh[a-z&]{1,3}\s*[:.*]|n[o0]i nh[a-z&]{1,3}\s*$")
_RECIPIENTS_LINE = re.compile(r"^[ \t\r>*_#]*+n[o0]i nh[a-z&]{1,3}[ \t\r]*+(?:[:.*]|$)", re.MULTILINE)
_APPENDIX = re.compile(r"(bieu mau|mau so)\b.{0,40}$")
# What follows the recipients is another page of the document: the regulation a decision issues, its annexes.
_ATTACHED = re.compile(
    r"phu luc(?: (?:so )?[ivx\d]{1,4}[a-z]?)?[ .:]*(?:$|(?=[^a-z]))|(?:quy che|quy dinh|huong dan|dieu le|the le"
    r"|ke hoach"
    r"|de an|bo tieu chi|tieu chi|tieu chuan|bang (?:tieu chi|cham diem|diem|phan bo)|thang diem|co cau|so luong"
    r"|phan bo"
    r"|thanh phan ho so|chi tieu|danh muc)\b"
)
_TRIM_LEFT, _TRIM_RIGHT = " \t\n\r\f*_\u200b", " \t\n\r\f*\u200b"


def _width(raw: str) -> int:
    """The line length at which the document wraps, or 0 where a paragraph is one line."""
    lengths = sorted(map(len, filter(str.strip, raw.splitlines())))
    if not lengths:
        return 0
    long = lengths[int(len(lengths) * 0.85)]
    wrapped = len(lengths) - bisect_left(lengths, 0.8 * long) >= max(4, 0.3 * len(lengths))
    return long if 40 <= long <= 130 and wrapped else 0


def find_blocks(text: Text) -> list[Node]:
    """Marked lines, paragraphs, and the lines that continue them, in order; lists inside a paragraph not yet opened."""
    raw, folded, width = text.raw, text.folded, _width(text.raw)
    nodes: list[Node] = []
    last: Node | None = None
    previous_end, after_recipients = 0, False
    misread = misread_bullets(text)
    end = -1
    for row in _LINE_END.split(raw):
        start, end = end + 1, end + 1 + len(row)
        bare = row.strip()
        if not bare or (not bare[0].isalpha() and (_RULE.match(bare) or _PAGE_NUMBER.match(bare))):
            continue
        gap = raw[previous_end:start]
        blank = last is None or (gap != "\n" and (gap.count("\n") > 1 or "\f" in gap))
        cells = bare[0] == "|" or "\t" in row
        if cells and (is_row(bare) or (last and last.style == "table")):  # a row of a table is no sentence
            last = Node("table", None, start, start, end)
            nodes.append(last)
            previous_end = end
            continue
        begin = raw.index(bare[0], start)
        if bare[0] in MARKUP and begin not in misread:
            begin = start + markup(row)
            if begin == end:  # ">" between the paragraphs of a quotation
                continue
        previous_end = end
        line, head = raw[begin:end], folded[begin:end]
        mark = misread.get(begin) or find_mark(line, head)
        if mark is None and line[0] in "IVXLHTYUl1|":
            mark = damaged_numeral(line, head)
            if mark and not (blank or last is None or _is_done(raw, last)):
                mark = None
        continues = False
        if last and last.style != "table" and (mark is None or not _counts(raw, last, mark, line, blank, width)):
            continues = _continues(raw, last, line, blank, width)
            mark = None if continues else mark
        if mark and mark.style == "paren" and last and _listed_before(raw, last, mark):
            mark, continues = None, True
        if head[0] == "n" and _opens_recipients(folded, start, line, head, continues):
            last = Node("recipients", None, start, begin, end)
            after_recipients = True
        elif after_recipients and _APPENDIX.match(head) and line[0].isupper():
            last = Node("appendix", None, start, begin, end)
        elif after_recipients and _is_attached(line, head) and not _is_bare(last):
            last = Node("attached", None, start, begin, end)
        elif mark:
            last = Node(mark.style, mark, start, begin + mark.length, end, ordinal=mark.ordinal)
        elif continues and last and last.style not in ("recipients", "appendix", "attached"):
            last.text_end = end
            continue
        else:
            last = Node("paragraph", None, start, begin, end)
        nodes.append(last)
    _put_in_order(raw, nodes, damaged=bool(misread))
    for node in nodes:
        trim(raw, node)
    return [node for node in nodes if node.text_end > node.text_start or node.mark]


def _put_in_order(raw: str, nodes: list[Node], *, damaged: bool) -> None:
    """Gives the numerals of headings that OCR misread the place that those around them leave."""
    if not any(node.style == "roman" for node in nodes):
        return
    numbered = [node for node in nodes if node.style in ("roman", "upper", "decimal")]
    damaged = damaged or any(node.mark and node.mark.repaired for node in nodes)
    titles = [raw[node.text_start : node.text_end] for node in numbered]
    for n, mark in numerals_in_order([node.mark for node in numbered], titles, damaged=damaged).items():
        node = numbered[n]
        node.mark, node.style, node.ordinal = mark, mark.style, mark.ordinal


def _is_done(raw: str, last: Node) -> bool:
    """Whether a block is a heading or ends its sentence, so that a new one may follow."""
    before = _ending(raw, last)
    return last.style == "table" or _ends_sentence(before) or capitals(before)


def _listed_before(raw: str, last: Node, mark: Mark) -> bool:
    """Whether "(2) …" at a line's beginning goes on a list begun inside the paragraph: "gồm: (1) …;"."""
    if last.style in ("paren", "table", "recipients") or not mark.ordinal or mark.ordinal < 2:
        return False
    return re.search(rf"\S\s*\({mark.ordinal - 1}\)\s", raw[last.text_start : last.text_end]) is not None


def _opens_recipients(folded: str, start: int, line: str, head: str, continues: bool) -> bool:
    """Whether a line opens the recipients: no "nơi nhận …" in a sentence, nor that of dossiers with another below."""
    if not _RECIPIENTS.match(head) or (continues and line[0].islower()):
        return False
    return not (_names_receiver(line) and _RECIPIENTS_LINE.search(folded, start + 1))


def _names_receiver(line: str) -> bool:
    """Whether "Nơi nhận: Phòng Tổ chức cán bộ, Sở Giáo dục (qua …)." in mid-document says where dossiers go."""
    said = line.partition(":")[2].strip(" *_")
    return len(said) >= 8 and said[0] not in "-+•*" and not capitals(said) and not _SIGNED.match(said)


_SIGNED = re.compile(r"(?:TM|T/M|KT|TL|TUQ|CHỦ|BÍ|PHÓ|GIÁM|TRƯỞNG)\b")


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: between bars, or its cells apart by tabs.

    >>> is_row("| 1 | Tập thể | 02 |"), is_row("1\\tTập thể\\t02"), is_row("\\t- Tập thể")
    (True, True, False)
    """
    bare = line.strip()
    return bare.startswith("|") or ("\t" in bare and len(re.findall(r"\S *\t+ *(?=\S)", bare)) >= 2)


def _is_bare(last: Node | None) -> bool:
    """Whether a block is "Chương II" alone, whose name stands on the next line ("TIÊU CHUẨN VÀ HỒ SƠ")."""
    return last is not None and last.style in ("part", "chapter", "division") and last.text_end <= last.text_start


def _is_attached(line: str, folded: str) -> bool:
    """Whether a line after the recipients opens the regulation or annex that goes with the document."""
    found = _ATTACHED.match(folded.strip(" *_"))
    if not found:
        return False
    return capitals(line) or (folded.startswith("phu luc") and line[0].isupper() and len(line) <= 60)


def trim(raw: str, node: Node) -> None:
    """Takes blanks and markup off both ends of a node's own words."""
    while node.text_start < node.text_end and raw[node.text_start] in _TRIM_LEFT:
        node.text_start += 1
    while node.text_end > node.text_start and raw[node.text_end - 1] in _TRIM_RIGHT:
        node.text_end -= 1


def _ending(raw: str, node: Node) -> str:
    """The last words of a block: enough to see how it ends, however long it has grown."""
    return raw[max(node.text_start, node.text_end - 300) : node.text_end].rstrip()


def _ends_sentence(before: str) -> bool:
    """Whether the last words of a block are those of a sentence, markup behind its stop left out of account."""
    return before[-12:].rstrip("*_").rstrip().endswith(_ENDS)


def _continues(raw: str, last: Node, line: str, blank: bool, width: int) -> bool:
    """Whether a line goes on with the sentence before it, wrapped or broken by a page or a blank line."""
    before = _ending(raw, last)
    lower = line[0].islower()
    if blank and not (lower or before.endswith(",")):
        return False  # as most do
    ended = _ends_sentence(before)
    if ended and (blank or not width):
        return False
    heading = not lower and capitals(before)
    if heading and not capitals(line):
        return False
    if blank:
        return not capitals(before[-40:])
    if not width:
        return not line[0].isupper() or before.endswith((",", "-", "–")) or heading
    tail = _last_line(before)
    if before.endswith((":", ";")):
        return lower and tail >= 0.72 * width
    if ended and not lower:
        return tail >= 0.88 * width
    return lower or tail >= 0.72 * width or (not ended and tail >= 0.5 * width) or heading


def _last_line(before: str) -> int:
    return len(before) - (before.rfind("\n") + 1)


def _counts(raw: str, last: Node, mark: Mark, line: str, blank: bool, width: int) -> bool:
    """Whether a mark counts also after an unfinished sentence: "giai đoạn 2024 / - 2025" is no bullet."""
    if mark.style in BULLETS:
        if blank or _YEARS.match(raw, last.text_end):
            return blank
        before = _ending(raw, last) if width else ""
        return _last_line(before) < 0.72 * width or not width or _ends_sentence(before)
    if mark.style == "part" and capitals(line[mark.length :]):
        return True
    if mark.style in ("part", "division", "article", "chapter", "point"):  # "… tại mục 2, / Phần II, Chương trình …"
        return _ends_sentence(_ending(raw, last))
    return True
