"""Lays the five example plans out as office documents, and has LibreOffice save them in other formats.

    python tests/formats/make_files.py

writes `plans/<plan>.docx` (numbered by Word's automatic lists where the printed labels run on by themselves),
`plans/<plan>.saved.docx`, `.pdf` and `.html` (as LibreOffice makes them of the first). The files are kept; this runs
again only when the plans or the layout change, and needs `soffice`.
"""

import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
PLANS = HERE.parent.parent / "examples" / "plans"
MADE = HERE / "plans"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_SAVED = "docx:MS Word 2007 XML"
_TYPE = re.compile(r"#*\s*K[EẾ] HO[AẠ]CH\s*$")
_FOOT = re.compile(r"#*\s*N[oơ]i nh[ậig]n:")
_RIGHT = re.compile(r"(?=CONG HOA)|(?=P[ôo]c lip)|(?=Déc 1ap)|(?<=KH-UBND)\s")
_LABEL = re.compile(r"([IVX]+\.|\d\.\d\.|\d\.|[a-zđ]\)|-)\s+(?=\S)")
_ROMANS = ("", "I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.")


@dataclass
class Counter:
    """What Word's lists would print next, level by level."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def level(self, label: str) -> int | None:
        """The level of the list whose next label this is, None where the label must be typed."""
        for level in range(4):
            count = self.counts[level] + 1
            printed = (
                _ROMANS[count] if level == 0 and count < len(_ROMANS) else "",
                f"{count}.",
                f"{self.counts[1]}.{count}.",
                f"{chr(ord('a') + count - 1)})",
            )[level]
            if printed == label:
                self.counts[level:] = [count, *[0] * (3 - level)]
                return level
        return None


def run(words: str) -> str:
    """Words with **bold** and line breaks as runs."""
    made = []
    for index, part in enumerate(re.split(r"\*{2,3}", words)):
        bold = "<w:rPr><w:b/></w:rPr>" if index % 2 else ""
        lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in part.split("\n")]
        made.append(f"<w:r>{bold}{'<w:br/>'.join(lines)}</w:r>")
    return "".join(made)


def paragraph(words: str, *, align: str = "both", number: tuple[int, int] | None = None, style: str = "") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    indent = "" if align == "center" or number else '<w:ind w:firstLine="567"/>'
    return f'<w:p><w:pPr>{named}{listed}{indent}<w:jc w:val="{align}"/></w:pPr>{run(words)}</w:p>'


def columns(left: list[str], right: list[str], *, left_align: str) -> str:
    cells = [(left, 3650, left_align), (right, 5650, "center")]
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + ("".join(paragraph(line, align=align) for line in lines) or "<w:p/>")
        + "</w:tc>"
        for lines, width, align in cells
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _, width, _ in cells)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9300" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{made}</w:tr></w:tbl>"
    )


def head(lines: list[str]) -> str:
    """The lines above the type as two columns: a line of a plan read from paper holds both of them."""
    left, right = [], []
    for line in lines:
        parts = _RIGHT.split(line, maxsplit=1)
        if len(parts) == 2:
            left.append(parts[0].strip())
            right.append(parts[1].strip())
        else:
            (left if re.match(r"S", line) else right).append(line)
    return columns(left, right, left_align="center")


def foot(lines: list[str]) -> str:
    """The recipients to the left, who signs to the right."""
    left, right = [], []
    for line in lines:
        words = line.strip("* #")
        cut = re.match(r"(Noi nh\w+:) (CHU TICH)$", words)
        if cut:
            left.append(cut[1])
            right.append(cut[2])
        elif words.startswith(("-", "Nơi nhận")):
            left.append(words)
        else:
            right.append(f"**{words}**")
    return columns(left, right, left_align="left")


def body(lines: list[str], *, automatic: bool) -> str:
    made, counter = [], Counter()
    title, wrapped = True, max(map(len, lines)) < 130
    for block in re.split(r"\n\s*\n", "\n".join(lines)):
        block = re.sub(r"(?m)^\s*#+\s*", "", block.strip("\n"))
        if title:
            made.append(paragraph(f"**{block.replace('**', '').strip()}**", align="center"))
            title = False
            continue
        for words in [block] if wrapped else block.split("\n"):
            label = automatic and _LABEL.match(words.replace("*", "", 2) if words.startswith("**") else words)
            bare = words[label.end() + (2 if words.startswith("**") else 0) :] if label else words
            bare = f"**{bare}" if label and words.startswith("**") else bare
            align = "left" if wrapped else "both"
            if label and label[1] == "-":
                made.append(paragraph(bare, number=(2, 0), align=align))
            elif label and (level := counter.level(label[1])) is not None:
                number, style = ((1, level), "") if level else (None, "Heading1")
                made.append(paragraph(bare, number=number, style=style, align=align))
            elif words.strip():
                made.append(paragraph(words, align=align))
    return "".join(made)


STYLES = f"""<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif"
 w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"""


def _level(level: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
    )


NUMBERING = f"""<w:numbering {_NS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>
{_level(0, "upperRoman", "%1.", '<w:pStyle w:val="Heading1"/>')}{_level(1, "decimal", "%2.")}
{_level(2, "decimal", "%2.%3.")}{_level(3, "lowerLetter", "%4)")}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{_level(0, "bullet", "-")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
    "word/styles.xml": STYLES,
    "word/numbering.xml": NUMBERING,
}


def docx(inside: str, path: Path, parts: dict[str, str] | None = None) -> None:
    """Writes a .docx whose body holds `inside`; the same bytes every time."""
    margins = '<w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="850"/>'
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    document = f"<w:document {_NS}><w:body>{inside}{page}</w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in {**PARTS, "word/document.xml": document, **(parts or {})}.items():
            made.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), _XML + words, zipfile.ZIP_DEFLATED)


def lay_out(plan: Path, path: Path, *, automatic: bool = True) -> None:
    """Writes a plan as .docx, its labels by Word's lists (`automatic`) or as typed words."""
    lines = [line.rstrip() for line in plan.read_text("utf-8").split("\n")]
    kind = next(i for i, line in enumerate(lines) if _TYPE.match(line))
    end = next(i for i, line in enumerate(lines) if _FOOT.match(line))
    above = [line.strip() for line in lines[:kind] if line.strip()]
    below = [line for line in lines[end:] if line.strip()]
    start = kind + 1
    while not lines[start].strip():
        start += 1
    type_line = paragraph(f"**{lines[kind].strip('# ')}**", align="center")
    docx(head(above) + type_line + body(lines[start:end], automatic=automatic) + foot(below), path)


def convert(path: Path, kind: str, into: Path) -> Path:
    """What LibreOffice makes of a file in another format."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{into}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(into), str(path)], check=True, capture_output=True, timeout=120)
    return into / f"{path.stem}.{kind.split(':')[0]}"


def main() -> None:
    MADE.mkdir(exist_ok=True)
    for plan in sorted(PLANS.glob("*.txt")):
        path = MADE / f"{plan.stem}.docx"
        lay_out(plan, path)
        with tempfile.TemporaryDirectory() as folder:
            typed = Path(folder) / "typed" / path.name
            typed.parent.mkdir()
            lay_out(plan, typed, automatic=False)  # a page of LibreOffice counts every list from 1 again
            for made, kind, name in ((path, "pdf", ".pdf"), (typed, "html", ".html"), (path, _SAVED, ".saved.docx")):
                (MADE / f"{plan.stem}{name}").write_bytes(convert(made, kind, Path(folder)).read_bytes())


if __name__ == "__main__":
    main()
