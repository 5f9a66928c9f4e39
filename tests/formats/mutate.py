"""Damages files at random and reads them: only a LoadError may come of it.

    python tests/formats/mutate.py FORMAT FIRST COUNT

reads mutants of the plans in a process of its own, so that a crash of a library in C is seen as one. One mutant in
twenty goes through the whole pipeline. Each mutant is told by its number, and can be made again.
"""

import faulthandler
import random
import re
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from loaders.errors import LoadError
from loaders.formats import open_document
from loaders.read import read

HERE = Path(__file__).parent / "plans"
_TEXTS = HERE.parent.parent.parent / "examples" / "plans"
_SECONDS = 60
_TAGS = (
    b"<w:tbl>", b"</w:tbl>", b"<w:p>", b"</w:p>", b"<w:r>", b"</w:tc>", b"<w:tr>", b"<w:del>", b"<table>",
    b"<td colspan=9999>", b"</td>", b"<td rowspan=99999>", b"<ol start=-5>", b"<li value=99999999999999>", b"<script>",
    b"<!--", b"</html>", b"<p>" * 300, b"<div>" * 900, b"<![CDATA[", b"&#x0;", b"&#xD800;", b"&nbsp;", b"\0",
    b"\xff\xfe", b"<w:numId w:val='-1'/>", b"<w:ilvl w:val='99999999999'/>", b"<w:br w:type='page'/>", b"endobj",
    b"stream\r\n", b"/Kids [1 0 R]", b"/Count -1", b"/Rotate 90", b"/MediaBox [0 0 1e38 1e38]", b"/Contents 1 0 R",
    b"/Length 99999999", b"1 0 R",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"4294967296", b"99999999", b"1e9")


def mutated(content: bytes, kind: str, seed: int) -> bytes:
    """The mutant of this number: bytes turned, cut, doubled or spliced; in a .docx mostly within one of its parts."""
    chance = random.Random(seed)
    if kind == "docx" and chance.random() < 0.75:
        return _mutated_zip(content, chance)
    return _mutated_bytes(content, chance)


def _mutated_bytes(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        if not made:
            break
        at, how = chance.randrange(len(made)), chance.randrange(8)
        if how == 0:
            made[at] = chance.randrange(256)
        elif how == 1:
            made[at] ^= 1 << chance.randrange(8)
        elif how == 2:
            del made[at : at + chance.choice((1, 10, 500, len(made)))]
        elif how == 3:
            made[at:at] = made[chance.randrange(len(made)) :][: chance.choice((5, 100, 3000))]
        elif how == 4:
            made[at:at] = chance.choice(_TAGS)
        elif how == 5:
            made[at : at + 4] = chance.randbytes(4)
        elif how == 6:
            found = list(re.finditer(rb"\d+", bytes(made[at : at + 2000])))
            if found:
                one = chance.choice(found)
                made[at + one.start() : at + one.end()] = chance.choice(
                    (b"0", b"-1", b"4294967296", b"99999999", b"1e9")
                )
        else:
            tags = list(re.finditer(rb"<[^<>]{1,80}>|/[A-Z][a-zA-Z]+", bytes(made[at : at + 3000])))
            if len(tags) > 1:
                one, other = chance.choice(tags), chance.choice(tags)
                made[at + one.start() : at + one.end()] = other[0]
    return bytes(made)


def _mutated_zip(content: bytes, chance: random.Random) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as taken:
        names = given.namelist()
        hit = chance.choice([name for name in names if name.endswith(".xml")])
        for name in names:
            part = given.read(name)
            if name == hit:
                if chance.random() < 0.1:
                    continue
                part = _mutated_bytes(part, chance)
            taken.writestr(name, part)
    return made.getvalue()


def sources(kind: str) -> list[bytes]:
    """The whole files that mutants of a format are made of."""
    if kind == "txt":
        words = [path.read_bytes() for path in sorted(_TEXTS.glob("*.txt"))]
        return [*words, words[0].decode().encode("utf-16"), words[1].decode().encode("cp1258", "replace")]
    return [path.read_bytes() for path in sorted(HERE.glob(f"*.{kind}"))]


def main(kind: str, first: int, count: int) -> None:
    whole = sources(kind)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"hỏng.{kind}"
        for seed in range(first, first + count):
            path.write_bytes(mutated(whole[seed % len(whole)], kind, seed))
            faulthandler.dump_traceback_later(_SECONDS, exit=True)
            try:
                if seed % 20 == 0:
                    read(path)
                else:
                    open_document(path)
            except LoadError:
                failed += 1
            except Exception:
                print(f"{kind} {seed}", file=sys.stderr)
                raise
    faulthandler.cancel_dump_traceback_later()
    print(f"{count} {kind}: {failed} refused")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
