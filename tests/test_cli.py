"""The command as people use it: every example of its help runs, bad input gets one line and exit 2."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from queryapi.cli import COMMANDS

ROOT = Path(__file__).parent.parent
LOADED = "ninh-phuoc-26-kh-ubnd-2021.txt"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples and nothing else, where a newcomer would stand."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    environment = {**os.environ, "XDG_DATA_HOME": str(home / "data"), "HOME": str(home), "DEMO_SERVE": "0"}

    def started(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "queryapi.cli", *arguments]
        return subprocess.run(
            command, cwd=home, env=environment, input=given, capture_output=True, text=True, check=False, timeout=120
        )

    done = started("load", "examples/plans")
    assert done.returncode == 0, done.stderr
    return started


def example_of(run: Run, name: str) -> list[str]:
    """The example line of a command's help."""
    lines = run(name, "--help").stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if line.strip().startswith("Ví dụ"))
    words = shlex.split(lines[start + 1])
    assert words[0] == "thidua"
    return words[1:]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "serve"])
def test_the_example_of_every_command_runs(run: Run, name: str) -> None:
    done = run(*example_of(run, name))
    assert done.returncode in ({0, 1} if name in ("validate", "lint") else {0}), done.stderr
    assert done.stdout or done.stderr


def test_serve_answers_and_says_where(run: Run, home: Path) -> None:
    assert run("stats").returncode == 0, "there is a store to serve"
    environment = {**os.environ, "XDG_DATA_HOME": str(home / "data"), "HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "queryapi.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            address = next(line for line in server.stdout if "http://" in line)
            url = address[address.index("http://") :].split()[0]
            with urllib.request.urlopen(f"{url}healthz", timeout=30) as answer:
                assert json.load(answer)["ok"] is True
        finally:
            server.terminate()
            server.wait(30)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read", "khong-co.txt"], "không có tệp"),
        (["read", "rong.txt"], "tệp rỗng"),
        (["read", "trong"], "đây là thư mục"),
        (["compare", "26/KH-UBND ninh phuoc", "-o", "so-sanh.docx"], "phải kết thúc bằng"),
        (["trace", "54/KH-UBND thac mo", "--depth", "0"], "từ 1 đến 50"),
        (["read", "a.txt", "b.txt"], "thừa tham số"),
        (["demo", "trong"], "không có các kế hoạch mẫu"),
        (["read", "anh.txt"], "không phải tệp văn bản"),
        (["read", "hong.png"], "tệp PNG hỏng"),
        (["load", "trong"], "không có tệp nào đọc được"),
        (["load", "khong-co"], "không có tệp"),
        (["trace", "99/KH-UBND sao hoa"], "không có văn bản này trong kho"),
        (["compare", "26/KH-UBND nin phuoc"], "26/KH-UBND Ủy ban nhân dân huyện Ninh Phước"),
        (["ask", "khong-co-cau-hoi"], "không có câu hỏi này"),
        (["query", "-e", "SELECT ?s\nWHERE { ?s ?p }"], "dòng 2, cột"),
        (["query", "-e", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"], "SERVICE"),
        (["query", "-e", "CLEAR ALL"], "không nhận lệnh ghi"),
        (["stats", "--store", "kho-cu"], "kho dạng"),
        (["stats", "--store", "khong-co-kho"], "chưa có kho dữ liệu"),
        (["validate", "thuong.xlsx"], "không phải biểu mẫu đề nghị"),
        (
            ["validate", "examples/nominations/ninh-phuoc.xlsx", "--plan", "54/KH-UBND thac mo"],
            "không phải của 54/KH-UBND",
        ),
        (["template", "26/KH-UBND ninh phuoc", "-o", "bieu-mau.pdf"], "phải kết thúc bằng"),
        (["compare", "26/KH-UBND ninh phuoc", "--format", "xlsx"], "cần tên tệp"),
        (["template", "26/KH-UBND ninh phuoc", "-o", "khong/co/x.xlsx"], "không ghi được tệp này"),
        (["validate", "examples/nominations/ninh-phuoc.xlsx", "--report", "khong/co/r.html"], "không ghi được tệp này"),
        (["compare", "26/KH-UBND ninh phuoc", "-o", "khong/co/x.xlsx"], "không ghi được tệp này"),
        (["export", "-o", "trong"], "không ghi được tệp này"),
        (["cite", "-", "--as-of", "30/02/2024"], "ngày có thật"),
        (["kiem-tra"], "không có lệnh"),
        (["radar", "--tat-ca"], "không có tùy chọn"),
        (["radar", "--province", "quang nimh"], "gần giống: Quảng Ninh"),
        (["radar", "--kind", "dead-bases"], "gần giống: dead-basis"),
        (["radar", "--after", "trang 2"], "chép đúng giá trị"),
        (["coverage", "--section", "tinh"], "gần giống: tinh-nam"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_one_line_and_exit_2(run: Run, home: Path, arguments: list[str], says: str) -> None:
    (home / "rong.txt").write_bytes(b"")
    (home / "anh.txt").write_bytes(bytes(range(256)) * 8)
    (home / "hong.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 40)
    (home / "trong").mkdir(exist_ok=True)
    (home / "kho-cu").mkdir(exist_ok=True)
    (home / "kho-cu" / "store.toml").write_text("format = 999\n", "utf-8")
    from openpyxl import Workbook

    Workbook().save(home / "thuong.xlsx")
    done = run(*arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert says in done.stderr


def test_bare_it_shows_its_help_once(run: Run) -> None:
    done = run()
    assert done.stdout.count("Cách dùng:") == 1
    assert done.stderr == ""


def test_the_demo_and_the_store_of_ones_own_stand_side_by_side(run: Run) -> None:
    """A newcomer runs the demo first and loads documents next: the one must not be in the way of the other."""
    assert run("demo").returncode == 0
    assert run("load", "examples/plans").returncode == 0


def test_speaks_english_when_asked(run: Run) -> None:
    assert "no such file or folder" in run("--lang", "en", "read", "khong-co.txt").stderr
    assert "Usage:" in run("read", "--help", "--lang", "en").stdout
    assert "Cách dùng:" in run("read", "--help").stdout


def test_one_unreadable_file_does_not_stop_the_others(run: Run, home: Path) -> None:
    folder = home / "lan-lon"
    folder.mkdir()
    shutil.copy(home / "examples" / "plans" / LOADED, folder)
    (folder / "hong.txt").write_bytes(b"")
    done = run("load", "lan-lon", "--store", "kho-lan-lon")
    assert done.returncode == 0
    assert "26/KH-UBND" in done.stdout
    assert "hong.txt" in done.stderr and "tệp rỗng" in done.stderr


def test_a_document_whose_file_is_gone_can_be_dropped(run: Run, home: Path) -> None:
    folder = home / "thay-doi"
    folder.mkdir()
    for name in (LOADED, "long-thanh-kh-bcd-2024.txt"):
        shutil.copy(home / "examples" / "plans" / name, folder)
    run("load", "thay-doi", "--store", "kho-thay-doi")
    (folder / "long-thanh-kh-bcd-2024.txt").unlink()
    kept = run("load", "thay-doi", "--store", "kho-thay-doi")
    assert "đã bỏ" not in kept.stdout, "nothing is dropped unasked"
    assert (
        "long-thanh-kh-bcd-2024.txt: đã bỏ"
        in run("load", "thay-doi", "--drop-missing", "--store", "kho-thay-doi").stdout
    )
    assert json.loads(run("stats", "--format", "json", "--store", "kho-thay-doi").stdout)["plans"] == 1


def test_cites_from_standard_input(run: Run) -> None:
    """The decree of 2017 was in force until the end of 2023 (Điều 94 khoản 2 Luật 06/2022; NĐ 98/2023)."""
    text = "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ;"
    before = json.loads(run("cite", "-", "--as-of", "31/12/2023", "--format", "json", given=text).stdout)
    after = json.loads(run("cite", "-", "--as-of", "2024-01-01", "--format", "json", given=text).stdout)
    assert [c["verdict"] for c in before] == ["in-force"]
    assert [(c["verdict"], c["replaced_by"]) for c in after] == [("expired", "98/2023/NĐ-CP")]


def test_the_read_out_is_the_contract(run: Run) -> None:
    """Its keys, in full: scripts of users and other tools rely on them."""
    said = json.loads(run("read", f"examples/plans/{LOADED}", "--format", "json").stdout)
    assert list(said) == [
        *("source", "document", "attachments", "movement", "citations", "references", "effects", "targets", "contents"),
        *("criteria", "awards", "quotas", "dossier", "deadlines", "responsibilities", "procedure", "funding"),
        *("recipients", "corrections", "doubts"),
    ]
    assert set(said["source"]) == {"name", "sha256", "format", "ocr", "quality", "pages"}
    assert set(said["document"]["issuer"]) == {"label", "iri", "level", "unit"}
    period = {"from", "until", "year", "boundary", "text", "start", "end", "name"}
    assert {*period, "readable", "readable_confidence"} == set(said["movement"])
    assert {"month_day", "recurrence", "year_offset", "from", "to", "via", "what"} <= set(said["deadlines"][0])


def test_turtle_and_quads_are_rdf(run: Run) -> None:
    import pyoxigraph as ox

    turtle = run("read", f"examples/plans/{LOADED}", "--format", "ttl").stdout
    quads = run("read", f"examples/plans/{LOADED}", "--format", "nquads").stdout
    triples = {t.triple for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    named = set(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    assert triples <= {q.triple for q in named}
    assert quads.splitlines() == sorted(quads.splitlines())


def test_radar_with_fail_exits_1(run: Run) -> None:
    """Of the five plans just Long Thành's of 2024 leans on a dead decree; the form's new number is only inferred."""
    done = run("radar", "--fail", "--verdict", "expired", "--format", "json")
    assert done.returncode == 1
    (dead,) = json.loads(done.stdout)
    assert dead["document"]["source"] == "long-thanh-kh-bcd-2024.txt"
    assert (dead["since"], dead["replaced_by_number"]) == ("2024-01-01", "98/2023/NĐ-CP")
    assert "Mẫu số 08" in dead["hint"] and "suy luận" in dead["hint"]


def test_the_manual_is_the_help(home: Path) -> None:
    """docs/cli.md is generated: `python docs/make_cli.py` when this fails."""
    code = "import runpy; print(runpy.run_path('docs/make_cli.py')['text'](), end='')"
    made = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == made
