"""Lines of a document put together into blocks: marked clauses, bullets and paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.structure.damaged import damaged_numeral, misread_bullets, numerals_in_order
from loaders.structure.marks import BULLETS, Mark, capitals, find_mark, markup
from loaders.text import Text


@dataclass
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


_SENTENCE_END = re.compile(r"[.;:!?…\"”)\]]\s*[*_]*\s*$|\./\.\s*[*_]*\s*$")
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


def _lines(text: Text) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n\f\v]+", text.raw):
        yield match.start(), match.end()


def _width(raw: str) -> int:
    """The line length at which the document wraps, or 0 where a paragraph is one line."""
    lengths = sorted(len(line) for line in raw.splitlines() if line.strip())
    if not lengths:
        return 0
    long = lengths[int(len(lengths) * 0.85)]
    wrapped = sum(length >= 0.8 * long for length in lengths) >= max(4, 0.3 * len(lengths))
    return long if 40 <= long <= 130 and wrapped else 0


def find_blocks(text: Text) -> list[Node]:
    """Marked lines, paragraphs, and the lines that continue them, in order; lists inside a paragraph not yet opened."""
    raw, folded, width = text.raw, text.folded, _width(text.raw)
    nodes: list[Node] = []
    previous_end, after_recipients = 0, False
    misread = misread_bullets(text)
    final = max((m.start() for m in _RECIPIENTS_LINE.finditer(folded)), default=0)
    for start, end in _lines(text):
        line = raw[start:end]
        if not line.strip() or _RULE.match(line) or _PAGE_NUMBER.match(line):
            continue
        blank = raw.count("\n", previous_end, start) > 1 or "\f" in raw[previous_end:start] or not nodes
        if is_row(line) or ("\t" in line and nodes and nodes[-1].style == "table"):  # a row of a table is no sentence
            nodes.append(Node("table", None, start, start, end))
            previous_end = end
            continue
        begin = start + len(line) - len(line.lstrip())
        begin = begin if begin in misread else start + markup(line)
        last = nodes[-1] if nodes else None
        continues = last is not None and last.style != "table" and _continues(raw, last, begin, end, blank, width)
        mark = misread.get(begin) or find_mark(raw[begin:end], folded[begin:end])
        if mark is None and raw[begin] in "IVXLHTYUl1|" and (blank or last is None or _is_done(raw, last)):
            mark = damaged_numeral(raw[begin:end], folded[begin:end])
        if (
            mark
            and continues
            and last is not None
            and not (
                _interrupts(raw, last, mark, blank, width)
                or (mark.style == "part" and capitals(raw[begin + mark.length : end]))
            )
        ):
            mark = None
        if mark and mark.style == "paren" and last is not None and _listed_before(raw, last, mark):
            mark, continues = None, True
        head = folded[begin:end]
        if (
            _RECIPIENTS.match(head)
            and not (continues and raw[begin].islower())
            and not (start < final and _names_receiver(raw[begin:end]))
        ):
            nodes.append(Node("recipients", None, start, begin, end))
            after_recipients = True
        elif after_recipients and _APPENDIX.match(head) and raw[begin].isupper():
            nodes.append(Node("appendix", None, start, begin, end))
        elif after_recipients and _is_attached(raw[begin:end], head) and not _is_bare(last):
            nodes.append(Node("attached", None, start, begin, end))
        elif mark:
            nodes.append(Node(mark.style, mark, start, begin + mark.length, end, ordinal=mark.ordinal))
        elif continues and last is not None and last.style not in ("recipients", "appendix", "attached"):
            last.text_end = end
        else:
            nodes.append(Node("paragraph", None, start, begin, end))
        previous_end = end
    _put_in_order(raw, nodes, damaged=bool(misread))
    for node in nodes:
        trim(raw, node)
    return [node for node in nodes if node.text_end > node.text_start or node.mark]


def _put_in_order(raw: str, nodes: list[Node], *, damaged: bool) -> None:
    """Gives the numerals of headings that OCR misread the place that those around them leave."""
    damaged = damaged or any(node.mark and node.mark.repaired for node in nodes)
    titles = [raw[node.text_start : node.text_end] if node.mark else "" for node in nodes]
    for n, mark in numerals_in_order([node.mark for node in nodes], titles, damaged=damaged).items():
        nodes[n].mark, nodes[n].style, nodes[n].ordinal = mark, mark.style, mark.ordinal


def _is_done(raw: str, last: Node) -> bool:
    """Whether a block is a heading or ends its sentence, so that a new one may follow."""
    before = _ending(raw, last)
    return last.style == "table" or bool(_SENTENCE_END.search(before[-12:])) or capitals(before)


def _listed_before(raw: str, last: Node, mark: Mark) -> bool:
    """Whether "(2) …" at a line's beginning goes on a list begun inside the paragraph: "gồm: (1) …;"."""
    if last.style in ("paren", "table", "recipients") or not mark.ordinal or mark.ordinal < 2:
        return False
    return re.search(rf"\S\s*\({mark.ordinal - 1}\)\s", raw[last.text_start : last.text_end]) is not None


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


def _continues(raw: str, last: Node, begin: int, end: int, blank: bool, width: int) -> bool:
    """Whether a line goes on with the sentence before it, wrapped or broken by a page or a blank line."""
    before = _ending(raw, last)
    first = raw[begin]
    if not first.islower() and capitals(before) and not capitals(raw[begin:end]):
        return False
    ended = bool(_SENTENCE_END.search(before[-12:]))
    if blank:
        return not ended and (first.islower() or before.endswith(",")) and not capitals(before[-40:])
    tail = len(before) - (before.rfind("\n") + 1)
    if not width:
        return not ended and (
            not first.isupper() or before.endswith((",", "-", "–")) or _heading_wrapped(before, raw[begin:end])
        )
    if before.endswith((":", ";")):
        return first.islower() and tail >= 0.72 * width
    if ended and not first.islower():
        return tail >= 0.88 * width
    return (
        first.islower()
        or tail >= 0.72 * width
        or (not ended and tail >= 0.5 * width)
        or _heading_wrapped(before, raw[begin:end])
    )


def _heading_wrapped(before: str, line: str) -> bool:
    return capitals(before) and capitals(line)


def _interrupts(raw: str, last: Node, mark: Mark, blank: bool, width: int) -> bool:
    """Whether a mark counts after an unfinished sentence: "giai đoạn 2024 / - 2025" is no bullet."""
    if mark.style in BULLETS:
        if not blank and _YEARS.match(raw, last.text_end):
            return False
        before = _ending(raw, last)
        full = width and len(before) - (before.rfind("\n") + 1) >= 0.72 * width
        return blank or not full or bool(_SENTENCE_END.search(before[-12:]))
    if mark.style in ("part", "division", "article", "chapter", "point"):  # "… tại mục 2, / Phần II, Chương trình …"
        return bool(_SENTENCE_END.search(_ending(raw, last)[-12:]))
    return True
