"""Word documents (.docx): what a reader of the printed page sees, numbering included."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from loaders.errors import DamagedFile
from loaders.formats.arrange import Block, Cell, Paragraph, Table, changed, has_motto, words_of, write
from loaders.formats.legacy import decoding, from_font
from loaders.formats.numbering import Numbering
from loaders.formats.package import Package
from loaders.formats.wordxml import attribute, child, children, integer, is_on, local, setting
from loaders.formats.writer import PAGE, Writer
from loaders.text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "word/document.xml"
_SKIPPED = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "rt",
    "annotationRef", "commentReference", "Fallback",
}  # fmt: skip
# A soft hyphen is not printed, but in a legacy font it is the letter ư: Word makes an element of the character.
_BREAKING = {"cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad"}


def read_docx(content: bytes, name: str) -> Text:
    """The text of a .docx file, with its pages where Word left its page breaks in it.

    Deleted and hidden words are left out, inserted ones kept; raises LoadError for a file that is damaged or locked.
    """
    package = Package(content, name, "DOCX")
    main = _main_part(package)
    root = package.parse(main)
    body = child(root, "body")
    if body is None:
        raise DamagedFile(name, "DOCX")
    folder = posixpath.dirname(main)
    reader = _Reader(
        styles=_styles(package.parse(f"{folder}/styles.xml")),
        numbering=Numbering(package.parse(f"{folder}/numbering.xml")),
        notes=_notes(package.parse(f"{folder}/footnotes.xml")),
    )
    blocks = _in_unicode(list(reader.blocks(body)))
    if not has_motto("\n".join(words_of(blocks[:12]))):
        blocks = [*_in_unicode(_page_header(package, folder, reader)), *blocks]
    writer = Writer()
    write(blocks, writer)
    return writer.text()


def _in_unicode(blocks: list[Block]) -> list[Block]:
    """The blocks with words restored that were set in a legacy font the file no longer names."""
    unicode = decoding("\n".join(words_of(blocks)))
    return blocks if unicode is str else list(changed(blocks, unicode))


def _main_part(package: Package) -> str:
    root = package.parse("_rels/.rels")
    for relation in children(root, "Relationship") if root is not None else ():
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            target = (attribute(relation, "Target") or "").lstrip("/")
            if target in package.names:
                return target
    return _MAIN


def _page_header(package: Package, folder: str, reader: "_Reader") -> list[Block]:
    """What stands in the page header, where that is the head of the document itself."""
    for part in sorted(n for n in package.names if n.startswith(f"{folder}/header") and n.endswith(".xml"))[:20]:
        root = package.parse(part)
        blocks = list(reader.blocks(root)) if root is not None else []
        if has_motto("\n".join(words_of(blocks))):
            return blocks
    return []


@dataclass(frozen=True)
class _Style:
    based_on: str | None
    number: str | None
    depth: int | None
    centred: bool | None
    hidden: bool | None
    font: str | None
    default: bool


def _styles(root: "_Element | None") -> dict[str, _Style]:
    styles = {}
    for element in children(root, "style") if root is not None else ():
        number = child(element, "pPr", "numPr")
        depth = setting(number, "ilvl")
        align = setting(element, "pPr", "jc")
        styles[attribute(element, "styleId") or ""] = _Style(
            based_on=setting(element, "basedOn"),
            number=setting(number, "numId"),
            depth=integer(depth, 0) if depth is not None else None,
            centred=align == "center" if align else None,
            hidden=is_on(element, "rPr", "vanish"),
            font=_named(child(element, "rPr")),
            default=attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph",
        )
    return styles


def _named(properties: "_Element | None") -> str | None:
    """The font of the letters beyond plain Latin, else that of the plain ones."""
    fonts = child(properties, "rFonts")
    return attribute(fonts, "hAnsi") or attribute(fonts, "ascii")


def _notes(root: "_Element | None") -> "dict[str, _Element]":
    notes = children(root, "footnote") if root is not None else ()
    return {attribute(note, "id") or "": note for note in notes if attribute(note, "type") in (None, "normal")}


@dataclass
class _Reader:
    """Walks the parts of one document; the state of fields and lists goes with it."""

    styles: dict[str, _Style]
    numbering: Numbering
    notes: "dict[str, _Element]"
    _fields: list[bool] = field(default_factory=list)  # for each open field, whether its instruction still runs
    _boxes: "list[_Element]" = field(default_factory=list)
    _cited: list[str] = field(default_factory=list)

    def blocks(self, parent: "_Element") -> Iterator[Block]:
        """The paragraphs and tables under an element, in order; a paragraph whose mark is deleted runs on."""
        pending: Paragraph | None = None
        for element in self._block_elements(parent):
            if local(element) == "tbl":
                if pending:
                    yield pending
                    pending = None
                yield self._table(element)
                continue
            paragraph = self._paragraph(element)
            if pending:
                paragraph = replace(pending, words=pending.words + paragraph.words)
                pending = None
            if child(element, "pPr", "rPr", "del") is not None:
                pending = paragraph
            else:
                yield paragraph
            yield from self._aside()
        if pending:
            yield pending

    def _block_elements(self, parent: "_Element") -> "Iterator[_Element]":
        for element in parent:
            name = local(element)
            if name in ("p", "tbl"):
                yield element
            elif name not in _SKIPPED and name != "sectPr":
                yield from self._block_elements(element)

    def _aside(self) -> Iterator[Block]:
        """The text boxes anchored in a paragraph and the footnotes it refers to."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box)
        cited, self._cited = self._cited, []
        for note in cited:
            words = " ".join(words_of(self.blocks(self.notes.pop(note)))) if note in self.notes else ""
            if words.strip():
                yield Paragraph(f"[{note}] {words.strip()}")

    def _paragraph(self, element: "_Element") -> Paragraph:
        properties = child(element, "pPr")
        style = setting(properties, "pStyle") or next((s for s, of in self.styles.items() if of.default), None)
        hidden = self._inherited(style, "hidden") is True
        words = "".join(self._words(element, hidden, self._font(style)))
        align = setting(properties, "jc")
        centred = align == "center" if align else self._inherited(style, "centred") is True
        label = self._label(properties, style)
        if not words.replace(PAGE, "").strip():
            return Paragraph(words)
        lead = len(words) - len(words.lstrip(PAGE))
        return Paragraph(words[:lead] + label + words[lead:], centred)

    def _label(self, properties: "_Element | None", style: str | None) -> str:
        own = child(properties, "numPr")
        number, depth = setting(own, "numId"), setting(own, "ilvl")
        if number is None:
            number = self._inherited(style, "number")
            inherited = self._inherited(style, "depth")
            level = inherited if inherited is not None else self.numbering.level_of(number or "", style)
        else:
            level = self._inherited(style, "depth") or 0
        if depth is not None:
            level = integer(depth, 0)
        if not number or number == "0":
            return ""
        return self.numbering.label(number, level)

    def _inherited(self, style: str | None, what: str) -> Any:
        for _ in range(12):  # Word's own limit is 10 steps; a damaged file may have a ring
            found = self.styles.get(style or "")
            if found is None:
                return None
            value = getattr(found, what)
            if value is not None:
                return value
            style = found.based_on
        return None

    def _words(self, element: "_Element", hidden: bool, font: str | None) -> Iterator[str]:
        for part in element:
            name = local(part)
            if name in _SKIPPED:
                continue
            if name == "r":
                properties = child(part, "rPr")
                own = is_on(properties, "vanish")
                run_font = _named(properties) or self._font(setting(properties, "rStyle")) or font
                words: list[str] = []
                for said, is_word in self._run(part, hidden if own is None else own, run_font):
                    if is_word:
                        words.append(said)
                        continue
                    yield from_font("".join(words), run_font)
                    words.clear()
                    yield said
                yield from_font("".join(words), run_font)
            elif name == "txbxContent":
                self._boxes.append(part)
            else:
                yield from self._words(part, hidden, font)

    def _run(self, run: "_Element", hidden: bool, font: str | None) -> Iterator[tuple[str, bool]]:
        """What a run says, and whether it is still in the letters of its font."""
        for part in run:
            name = local(part)
            if name == "fldChar":
                self._field(attribute(part, "fldCharType"))
            elif name in ("AlternateContent", "drawing", "pict", "object", "ruby"):
                yield from ((said, False) for said in self._words(part, hidden, font))
            elif name in ("br", "lastRenderedPageBreak"):
                page = name != "br" or attribute(part, "type") == "page"
                if page or not (hidden or any(self._fields)):
                    yield PAGE if page else "\n", False
            elif hidden or any(self._fields):
                continue
            elif name == "t":
                yield part.text or "", True
            elif name in _BREAKING:
                yield _BREAKING[name], name in ("softHyphen", "noBreakHyphen")
            elif name == "sym":
                symbol, own = _symbol(attribute(part, "char")), attribute(part, "font")
                yield (symbol, True) if own == font else (from_font(symbol, own), False)
            elif name == "footnoteReference":
                self._cited.append(attribute(part, "id") or "")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _table(self, element: "_Element") -> Table:
        borders = child(element, "tblPr", "tblBorders")
        style = setting(element, "tblPr", "tblStyle")
        kinds = {attribute(line, "val") for line in borders} if borders is not None else set()
        ruled = bool(kinds - {"none", "nil", None}) if borders is not None else (None if style else False)
        cells = [child(cell, "tcPr", "tcBorders") for row in self._parts_of(element, "tr") for cell in row]
        if ruled is not True and any(
            attribute(line, "val") not in ("none", "nil", None) for cell in cells if cell is not None for line in cell
        ):
            ruled = None
        rows = [self._row(row) for row in self._parts_of(element, "tr") if child(row, "trPr", "del") is None]
        return Table(rows, ruled)

    def _row(self, row: "_Element") -> list[Cell]:
        before = integer(setting(row, "trPr", "gridBefore"), 0)
        cells = [Cell()] * min(before, 60)
        for cell in self._parts_of(row, "tc"):
            merged = child(cell, "tcPr", "vMerge")
            continues = merged is not None and attribute(merged, "val") != "restart"
            blocks = tuple(self.blocks(cell))
            cells.append(
                Cell(() if continues else blocks, max(1, min(60, integer(setting(cell, "tcPr", "gridSpan"), 1))))
            )
        return cells

    def _parts_of(self, parent: "_Element", wanted: str) -> "Iterator[_Element]":
        for element in parent:
            name = local(element)
            if name == wanted:
                yield element
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                yield from self._parts_of(element, wanted)

    def _font(self, style: str | None) -> str | None:
        found: str | None = self._inherited(style, "font")
        return found


def _symbol(code: str | None) -> str:
    """A character of a symbol font; Word keeps those of its bullets in the private range."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return chr(value) if 32 <= value < 0xD800 or 0xE000 <= value < 0xFFFE else ""
