"""What `thidua load` says at the end: what became of how many files, why those that failed did, which copy is used."""

import sqlite3
from pathlib import Path

import pytest
from graphs import write_files
from lawlines import read

from loaders.errors import NoOcr
from queryapi.cli import main
from queryapi.loading.load import load
from queryapi.loading.readers import of_file
from queryapi.store import open_store
from queryapi.store.sources import Record, SourceFile

PLAN = (Path(__file__).parent.parent / "examples" / "plans" / "luong-dien-kh-ubnd-2023.txt").read_text("utf-8")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """The exit status, what was printed and what was complained of."""
    with pytest.raises(SystemExit) as stopped:
        main(["load", *map(str, words)])
    printed = capsys.readouterr()
    return int(str(stopped.value.code or 0)), printed.out, printed.err


def test_the_last_line_counts_what_became_of_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, store = tmp_path / "kế hoạch", tmp_path / "store"
    folder.mkdir()
    plan = PLAN.replace("Số: /KH - UBND", "Số: 40/KH-UBND")
    (folder / "a.txt").write_text(plan, "utf-8")
    (folder / "bản chép.txt").write_text(plan + "\n", "utf-8")
    (folder / "trống.txt").write_text("", "utf-8")
    for junk in ("Thumbs.db", "~$KH.docx", "desktop.ini", "lễ trao thưởng.mp4", "tất cả.zip", "x.tmp"):
        (folder / junk).write_bytes(b"\0\1")
    (folder / "bản vẽ.dwg").write_bytes(b"AC1032")
    status, out, err = run(capsys, folder, "--store", store)
    assert status == 0
    lines = out.splitlines()
    assert lines[-1] == "Tổng cộng 3 tệp: 1 mới, 1 bản khác của văn bản đã có, 1 không đọc được."
    (passed,) = [line for line in lines if "phim ảnh" in line]
    assert passed.startswith("bỏ qua 6 tệp") and "Thumbs.db" in passed and "~$KH.docx" in passed
    assert "bỏ qua 1 tệp không thuộc định dạng đọc được: bản vẽ.dwg" in lines
    assert err.splitlines() == ["không đọc được: trống.txt: tệp rỗng, không có chữ nào để đọc"]
    (second,) = [line for line in lines if "bản thứ hai" in line]
    assert second.endswith(" · dùng bản a.txt")
    (folder / "a.txt").write_text("", "utf-8")
    _, out, err = run(capsys, folder, "--store", store)
    assert "không đọc được: a.txt: tệp rỗng, không có chữ nào để đọc; bản cũ còn trong kho" in err.splitlines()
    assert out.splitlines()[-1] == "Tổng cộng 3 tệp: 1 không đổi, 2 không đọc được."


def test_a_file_that_was_removed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, other, store = tmp_path / "a", tmp_path / "b", tmp_path / "store"
    for place, number in ((folder, "40"), (other, "41")):
        place.mkdir()
        (place / f"{number}.txt").write_text(PLAN.replace("Số: /KH - UBND", f"Số: {number}/KH-UBND"), "utf-8")
    (folder / "mất.txt").write_text(PLAN.replace("Số: /KH", "Số: 7/KH"), "utf-8")
    run(capsys, folder, other, "--store", store)
    (folder / "mất.txt").unlink()
    _, out, _ = run(capsys, other, "--store", store)
    assert "--drop-missing" not in out  # what lies elsewhere was not asked for
    _, out, _ = run(capsys, folder, "--store", store)
    assert "1 văn bản trong kho không còn tệp nguồn (mất.txt); --drop-missing để bỏ khỏi kho" in out.splitlines()


def test_the_reasons_are_told_when_nothing_could_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "trống.txt").write_text("", "utf-8")
    (tmp_path / "chợ.txt").write_text("Hôm nay đi chợ mua ba lạng thịt.\n", "utf-8")
    status, _, err = run(capsys, tmp_path / "trống.txt", tmp_path / "chợ.txt", "--store", tmp_path / "store")
    assert status == 2 and "thư mục" not in err and "đọc được:" not in err.splitlines()[-1]
    assert [line.partition(": ")[2].partition(":")[0] for line in err.splitlines()[:2]] == ["chợ.txt", "trống.txt"]
    assert "không nạp được tệp nào trong 2 tệp" in err.splitlines()[-1]


def test_a_plan_loaded_again_keeps_its_warning(tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", a="số 1\nngày 2024-06-01\ntheo 91/2017/NĐ-CP mẫu số 07")
    with open_store(tmp_path / "store", write=True) as store:
        told = [load([files], store, read=read)[0] for _ in range(2)]
    assert [(one.status, one.dead_bases) for one in told] == [("new", 1), ("unchanged", 1)]


def test_that_tesseract_is_wanting_is_said_of_a_file() -> None:
    assert of_file(NoOcr(), Path("quét/qd 12.pdf")).vi.startswith("qd 12.pdf: bản quét (ảnh), cần tesseract")


def record(name: str, **other: object) -> Record:
    said = {"sha256": "", "reader": "r", "quality": 0.37, "graphs": ()} | other
    return Record(path=f"/{name}", name=name, **said)


def test_which_copy_of_a_document_is_used() -> None:
    """The share of Vietnamese letters is the same in a scan read wrong and in the file it was printed from."""
    copies = [
        record("d hiệu đính.png", reader="r~abc", ocr=True, doubts=9, quality=0.2),
        record("c.docx"),
        record("b.pdf", doubts=1, quality=0.39),
        record("a.png", ocr=True, quality=0.41),
    ]
    for order in (copies, copies[::-1]):
        assert sorted(order, key=lambda one: one.order) == copies


def test_the_records_of_an_older_store_can_still_be_read(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "sources")
    db.execute(
        "CREATE TABLE source (path TEXT PRIMARY KEY, name TEXT, sha256 TEXT, reader TEXT, quality REAL, type TEXT,"
        " number TEXT, date TEXT, issuer TEXT, citations INTEGER, doubts INTEGER)"
    )
    db.execute("INSERT INTO source VALUES ('/a', 'a', 's', 'r', 0.5, 'ke-hoach', '1', NULL, NULL, 3, 2)")
    db.commit()
    db.close()
    sources = SourceFile(tmp_path / "sources")
    (old,) = sources.all()
    assert (old.doubts, old.citations, old.ocr) == (2, 3, False)
    sources.put([record("b.png", ocr=True, doubts=1)])
    sources.close()
    again = SourceFile(tmp_path / "sources")
    assert [(one.name, one.doubts, one.ocr) for one in again.all()] == [("a", 2, False), ("b.png", 1, True)]
    again.close()
