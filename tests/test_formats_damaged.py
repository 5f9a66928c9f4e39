"""Files that are damaged, locked, huge or made to do harm: one clear error each, never a crash or a hang."""

import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from formats.make_files import PARTS, docx, paragraph

from loaders.errors import (
    BinaryFile,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    LoadError,
    OldFormat,
    TooLarge,
    UnknownFormat,
)
from loaders.formats import open_document

HERE = Path(__file__).parent / "formats"
PLAN = HERE / "plans" / "luong-dien-kh-ubnd-2023"
FUZZ = HERE / "mutate.py"
_ODT = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + b"\0" * 99


def told(path: Path, error: type[LoadError]) -> str:
    with pytest.raises(error) as caught:
        open_document(path)
    assert type(caught.value) is error and path.name in caught.value.vi
    return caught.value.vi


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("kế hoạch.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OldFormat),
        ("kế hoạch.rtf", rb"{\rtf1\ansi K\'e1}", OldFormat),
        ("bảng.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OldFormat),
        (
            "khóa.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            EncryptedFile,
        ),
        ("rỗng.pdf", b"", EmptyFile),
        ("rỗng.docx", b"", EmptyFile),
        ("rỗng.png", b"", EmptyFile),
        ("kế hoạch.odt", _ODT, OldFormat),
        ("kế hoạch.zip", _ODT, OldFormat),
        ("ảnh.pdf", b"%PDF-1.7\n%%EOF", DamagedFile),
        ("lạ.zip", b"PK\x03\x04" + b"\0" * 100, UnknownFormat),
        ("rỗng.html", b"<html><body><script>1</script></body></html>", EmptyFile),
        ("dữ liệu.txt", bytes(range(256)) * 40, BinaryFile),
    ],
)
def test_what_cannot_be_read_says_so_in_one_line(
    name: str, content: bytes, error: type[LoadError], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert "\n" not in told(path, error)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_file_cut_short_is_damaged_or_reads_as_far_as_it_goes(suffix: str, share: float, tmp_path: Path) -> None:
    content = PLAN.with_suffix(suffix).read_bytes()
    path = tmp_path / f"cụt{suffix}"
    path.write_bytes(content[: int(share * len(content))])
    try:
        assert open_document(path).format == suffix[1:]
        assert suffix != ".docx"
    except (DamagedFile, EmptyFile):
        assert suffix != ".html" or share < 0.1


def test_a_zip_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    docx("", path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in PARTS.items():
            made.writestr(name, part)
        with made.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(100):
                part.write(b"<w:p>" * 200_000)
    assert path.stat().st_size < 1_000_000
    told(path, TooLarge)


def test_a_member_that_names_a_false_size_is_no_way_around(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    docx("", path, {"word/document.xml": "<a>" + " " * 9_000_000 + "</a>"})
    content = path.read_bytes().replace((9_000_045).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(content)
    with pytest.raises((TooLarge, DamagedFile)):
        open_document(path)


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_in_a_part_is_refused(entity: str, tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.docx"
    docx("", path, {"word/document.xml": f"{entity}<document><body/></document>"})
    told(path, DamagedFile)


def test_a_part_that_is_missing_does_no_harm_but_the_main_one(tmp_path: Path) -> None:
    path = tmp_path / "thiếu.docx"
    for gone in ("word/styles.xml", "word/numbering.xml", "_rels/.rels", "word/document.xml"):
        with zipfile.ZipFile(PLAN.with_suffix(".docx")) as given, zipfile.ZipFile(path, "w") as made:
            for name in given.namelist():
                if name != gone:
                    made.writestr(name, given.read(name))
        if gone == "word/document.xml":
            told(path, DamagedFile)
        else:
            assert "Lương Điền, ngày 06 tháng 3 năm 2023" in open_document(path).text.raw


def test_a_locked_pdf_says_what_to_do(tmp_path: Path) -> None:
    assert "mật khẩu" in told(HERE / "locked.pdf", EncryptedFile)


def test_a_text_of_fifty_million_bytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "sổ.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"Ke hoach thi dua khen thuong nam 2024\n" * 26_400)
    assert "20 MB" in told(path, TooLarge)


def test_tables_in_tables_and_elements_without_end_are_no_trap(tmp_path: Path) -> None:
    path = tmp_path / "sâu.html"
    path.write_text("<html><body>" + "<div><table><tr><td>" * 3000 + "Số: 1/KH-UBND", "utf-8")
    with suppress(LoadError):
        open_document(path)
    deep = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("Số: 1/KH-UBND") + "</w:tc></w:tr></w:tbl>" * 60
    docx(deep, tmp_path / "sâu.docx")
    assert "Số: 1/KH-UBND" in open_document(tmp_path / "sâu.docx").text.raw


_PAGES = """
import resource, sys, tracemalloc
from pathlib import Path
from loaders.formats import open_document
told = []
open_document(Path(sys.argv[1]), progress=lambda done, of, what: told.append((done, of)))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = open_document(Path(sys.argv[2]), progress=lambda done, of, what: told.append((done, of)))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(found.text.layout.pages), told[-1][1], len(told), (after - before) // 1024)
"""


@pytest.mark.slow
def test_two_thousand_pages_are_read_one_by_one(tmp_path: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(HERE / "plans" / "luong-dien-kh-ubnd-2023.pdf") as plan:
        made = pypdfium2.PdfDocument.new()
        for _ in range(2000 // len(plan)):
            made.import_pages(plan)
        pages = len(made)
        made.save(tmp_path / "dày.pdf")
        made.close()
    run = [sys.executable, "-c", _PAGES, str(PLAN.with_suffix(".pdf")), str(tmp_path / "dày.pdf")]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    read, of, calls, more = map(int, done.stdout.split())
    assert read == of == pages and calls >= pages
    assert more < 250  # megabytes: words and lines of the text itself, no pictures and no open pages


def _fuzz(kind: str, count: int) -> None:
    done = subprocess.run([sys.executable, str(FUZZ), kind, "0", str(count)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{count} {kind}: " in done.stdout


@pytest.mark.parametrize("kind", ["docx", "html", "pdf", "txt"])
def test_damaged_at_random_a_file_is_read_or_refused(kind: str) -> None:
    _fuzz(kind, 25)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docx", "html", "pdf", "txt"])
def test_damaged_in_two_thousand_ways_a_file_is_read_or_refused(kind: str) -> None:
    _fuzz(kind, 2000)
