"""Web pages (.html, .mhtml): the document that stands on them, without the page around it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.errors import DamagedFile, EmptyFile
from loaders.formats.arrange import Block, Cell, Paragraph, Table, write
from loaders.formats.furniture import Page, document_blocks
from loaders.formats.legacy import decoded, decoding, from_font
from loaders.formats.numbering import number_in
from loaders.formats.writer import Writer
from loaders.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"  # noqa: SIM905
    " h1 h2 h3 h4 h5 h6 header hgroup html li main nav ol p pre section summary ul menu tr td th tbody thead tfoot"
    " caption".split()
)
_DROPPED = frozenset(
    "script style noscript template head nav form button select option input textarea iframe object embed audio video"  # noqa: SIM905
    " svg canvas map label dialog".split()
)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_SEEN = 8192
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SIGNS = {"disc": "•", "circle": "◦", "square": "▪"}
_FONT = re.compile(r"font(?:-family)?\s*:[^;]*?((?:\.Vn|VNI-)[\w-]+)", re.IGNORECASE)
_BORDERED = re.compile(r"border(?:-top|-left|-bottom|-right)?\s*:\s*(?!none|0|medium none)[^;]*\d", re.IGNORECASE)
_DEEPEST = 200
_STYLE = 1_000  # signs of a style that are looked at
_COLUMNS = 200
_EMPTY_CELLS = 50_000  # that the cells of a page may cover by reaching over rows and columns


@dataclass
class _Spare:
    """How many empty cells a page may still have: `<td colspan=60 rowspan=500>` in each row of 500 makes millions."""

    left: int = _EMPTY_CELLS

    def take(self, cells: int) -> bool:
        """Whether so many more cells may be covered."""
        self.left -= cells if (granted := cells <= self.left) else 0
        return granted


def read_html(content: bytes, name: str) -> Text:
    """The text of the document on a web page: from its head to its recipients, its annexes included.

    Raises LoadError for a page without words.
    """
    from lxml import etree, html

    source = characters(content).lstrip("\ufeff \t\r\n")
    source = re.sub(r"^<\?xml[^>]*\?>", "", source).replace("\0", "")
    if not source.strip():
        raise EmptyFile(name)
    try:
        # huge_tree: without it what stands more than 250 elements deep is left out in silence
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DamagedFile(name, "HTML") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise DamagedFile(name, "HTML")  # deeper than even that: the rest of the page is not in the tree
    _restore(root)
    page = Page(root)
    writer = Writer()
    write(document_blocks(_Flow(page).of(page.document())), writer)
    return writer.text()


def characters(content: bytes) -> str:
    """The characters of a page, in the encoding its byte order mark or its head declares, else by what makes sense."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content[:_SEEN]) or _META.search(content[:_SEEN])
    encoding = declared[1].decode("ascii", "replace").lower() if declared else ""
    if encoding in ("windows-1258", "cp1258"):
        return content.decode("cp1258", "replace")
    if encoding.startswith("utf-16"):
        return content.decode(encoding, "replace")
    return decoded(content) or content.decode("utf-8", "replace")


def _restore(root: "_Element") -> None:
    """Puts the words of a page in Unicode: what is in a legacy font, named in the page or told by all of its words."""
    if any(not words.isascii() for words in map(str, root.itertext())):
        fonts: dict[_Element | None, str | None] = {None: None}
        for element in root.iter():  # from the outside in
            fonts[element] = _named(element) or fonts[element.getparent()]
        if any(fonts.values()):
            _change(root, lambda said, holder: from_font(said, fonts[holder]))
        unicode = decoding("\n".join(map(str, root.itertext())))
        if unicode is not str:
            _change(root, lambda said, _: unicode(said))


def _named(element: "_Element") -> str | None:
    """The font an element names."""
    said = element.get("face")
    if said is None and (found := _FONT.search(element.get("style") or "")):
        said = found[1]
    return said.strip("'\" ") if said else None


def _change(root: "_Element", change: "Callable[[str, _Element | None], str]") -> None:
    """Changes every piece of text of a page, each with the element that holds it."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text:
            element.text = change(element.text, element)
        if element.tail:
            element.tail = change(element.tail, element.getparent())


class _Flow:
    """Elements as paragraphs and tables: what a browser would set on lines of their own is a paragraph."""

    def __init__(self, page: Page, depth: int = 0, spare: _Spare | None = None) -> None:
        self._page = page
        self._spare = spare or _Spare()
        self._blocks: list[Block] = []
        self._words: list[str] = []
        self._label = ""
        self._depth = depth
        self._lists: list[tuple[str, int]] = []

    def of(self, element: "_Element") -> list[Block]:
        """The blocks under an element."""
        self._inside(element, False)
        self._flush(False)
        return self._blocks

    def _inside(self, element: "_Element", centred: bool, kept: bool = False) -> None:
        if self._depth > _DEEPEST:
            self._say("".join(map(str, element.itertext())), kept)
            return
        self._depth += 1
        self._say(element.text, kept)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, centred, kept)
            self._say(child.tail, kept)
        self._depth -= 1

    def _element(self, element: "_Element", centred: bool, kept: bool) -> None:
        tag, style = element.tag, _style(element)
        if tag in _DROPPED or _HIDDEN.search(style):
            return
        if tag == "br":
            self._words.append("\n")
            return
        if tag not in _BLOCKS and tag != "table":
            self._inside(element, centred, kept)
            return
        if self._page.is_furniture(element):
            return
        self._flush(centred)
        if tag == "table":
            self._blocks.append(self._table(element))
            return
        align = (element.get("align") or "").lower()
        centred = tag == "center" or align == "center" or bool(_CENTRED.search(style)) or (centred and not align)
        if tag in ("ol", "ul"):
            self._lists.append((_form(element), _integer(element.get("start"), 1)))
        elif tag == "li":
            self._label = self._next_label(element)
        self._inside(element, centred, kept or tag == "pre")
        self._flush(centred)
        if tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._label = ""

    def _say(self, words: str | None, kept: bool) -> None:
        if words:
            self._words.append(words if kept else re.sub(r"[ \t\r\n]+", " ", words))

    def _flush(self, centred: bool) -> None:
        words = "".join(self._words)
        self._words = []
        if words.strip():
            self._blocks.append(Paragraph(_labelled(self._label, words), centred))
            self._label = ""

    def _next_label(self, item: "_Element") -> str:
        if not self._lists:
            return "• "
        form, number = self._lists[-1]
        number = _integer(item.get("value"), number)
        self._lists[-1] = (form, number + 1)
        if form == "none" or ("list-style" in (style := _style(item)) and "none" in style):
            return ""
        return (
            _SIGNS[form] + " " if form in _SIGNS else f"{number_in(_FORMS.get(item.get('type') or '', form), number)}. "
        )

    def _table(self, element: "_Element") -> Table:
        border = element.get("border")
        ruled = _integer(border, 1) > 0 if border is not None else None
        looks = [_style(element)]
        rows: list[list[Cell]] = []
        below: dict[int, int] = {}
        for row in _rows(element):
            cells: list[Cell] = []
            column = 0
            for cell in (c for c in row if c.tag in ("td", "th")):
                while below.get(column, 0) > 0:
                    below[column] -= 1
                    cells.append(Cell())
                    column += 1
                looks.append(_style(cell))
                span, down = self._spans(cell, column)
                for covered in range(column, column + span) if down > 1 else ():
                    below[covered] = down - 1
                cells.append(Cell(tuple(_Flow(self._page, self._depth + 1, self._spare).of(cell)), span))
                column += span
            rows.append(cells)
        if any(map(_BORDERED.search, looks)):
            ruled = True
        return Table(rows, ruled)

    def _spans(self, cell: "_Element", column: int) -> tuple[int, int]:
        """Over how many columns and rows a cell reaches, as far as the page may still have empty cells."""
        span = max(1, min(60, _COLUMNS - column, _integer(cell.get("colspan"), 1)))
        down = max(1, min(500, _integer(cell.get("rowspan"), 1))) if column < _COLUMNS else 1
        if self._spare.take(span * down - 1):
            return span, down
        return (span if self._spare.take(span - 1) else 1), 1


def _style(element: "_Element") -> str:
    """An element's style, as far as a browser's own pages would fill it: patterns run over it."""
    return (element.get("style") or "")[:_STYLE]


def _rows(table: "_Element") -> Iterator["_Element"]:
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in part if row.tag == "tr")


def _labelled(label: str, words: str) -> str:
    """The words behind the label of their list, unless they bring a mark of their own.

    >>> _labelled("• ", "- Như trên;"), _labelled("1. ", "Mục đích")
    ('- Như trên;', '1. Mục đích')
    """
    if label.strip() in _SIGNS.values() and re.match(r"\s*(?:[-–+*•]|\d{1,2}[.)]|[a-zđ][.)])\s", words):
        return words
    return label + words.lstrip()


def _form(element: "_Element") -> str:
    """How the items of a list are marked: a number format, a sign, or not at all."""
    style = _style(element)
    named = re.search(r"list-style(?:-type)?\s*:\s*([a-z-]+)", style)
    kind = named[1] if named else element.get("type") or ""
    if kind == "none":
        return "none"
    if element.tag == "ul":
        return kind if kind in _SIGNS else "disc"
    spelled = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
    return _FORMS.get(spelled.get(kind, kind), "decimal")


def _integer(value: str | None, otherwise: int) -> int:
    found = re.match(r"\s*(-?\d{1,6})", value or "")
    return int(found[1]) if found else otherwise


def read_mhtml(content: bytes, name: str) -> Text:
    """The text of a web page saved whole into one file (.mht, .mhtml)."""
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(content, policy=policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and payload.strip():
                    return read_html(payload, name)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:  # what the parser does on rubble
        raise DamagedFile(name, "MHTML") from error
    raise DamagedFile(name, "MHTML")
