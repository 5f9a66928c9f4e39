"""Adding to the user's own register: what is written, what changes by it, and what is refused."""

import io
import tomllib
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
import pytest

from loaders.law.judgement import Cited, judge
from loaders.law.register import register
from queryapi.cli import main
from queryapi.register import asking

Case = dict[str, Any]
CASES = tomllib.loads((Path(__file__).parent / "register" / "add.toml").read_text("utf-8"))["case"]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty register of one's own, and no store."""
    folder = tmp_path / "register"
    folder.mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["register", *arguments])
    return int(stopped.value.code or 0)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_adding(case: Case, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "first" in case:
        assert run("add", *case["first"], "--yes") == 0
    before = {file: file.read_bytes() for file in own.glob("*")}
    capsys.readouterr()
    code = run("add", *case["args"], "--yes")
    told = capsys.readouterr()
    if "refused" in case:
        assert code == 2 and len(told.err.splitlines()) == 1
        assert all(words in told.err for words in case["refused"]), told.err
        assert {file: file.read_bytes() for file in own.glob("*")} == before, "nothing is written"
        return
    assert code == 0, told.err
    assert all(words in told.out for words in case["says"]), told.out
    lines = (own / case["file"]).read_text("utf-8").splitlines()
    assert [line for line in case.get("writes", []) if line not in lines] == []
    if verdict := case.get("verdict"):
        cited = Cited(number=verdict["number"], pinpoint=verdict.get("pinpoint"))
        found = judge(cited, verdict["day"])
        assert found.verdict.code == verdict["code"], found.verdict
        assert found.replaced_by_numbers == verdict.get("replaced_by")


FOUND = ("--source", "https://vbpl.vn/1", "--confidence", "V")
NEW = ("--number", "12/2027/NĐ-CP", "--issued", "2027-01-15", "--from", "2027-03-01", "--title", 'Nghị định "mới"')


def test_a_dry_run_writes_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", *NEW, "--dry-run") == 0
    assert "12/2027/NĐ-CP" in capsys.readouterr().out
    assert not list(own.iterdir()) and register().by_number("12/2027/NĐ-CP") is None


def test_a_second_entry_goes_behind_the_first(own: Path) -> None:
    """One heading, what was there kept as it was, comments too."""
    assert run("add", *NEW, "--yes") == 0
    file = own / "nghi-dinh-2027-12.ttl"
    file.write_text(file.read_text("utf-8") + "\n# ghi chú của tôi\n", "utf-8")
    assert run("add", "--number", "12/2027/NĐ-CP", "--ends", "2030-01-01", "--yes") == 0
    said = file.read_text("utf-8")
    assert said.count("@base") == 1 and "# ghi chú của tôi" in said
    assert len(list(ox.parse(said.encode(), format=ox.RdfFormat.TURTLE))) > 10
    known = register().by_number("12/2027/NĐ-CP")
    assert known and known.valid_before and known.valid_before.date == "2030-01-01"
    assert known.title == 'Nghị định "mới"'


def test_a_file_elsewhere_is_written_and_said_not_to_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = tmp_path / "gui-dong-nghiep.ttl"
    assert run("add", *NEW, "--yes", "--file", str(elsewhere)) == 0
    assert elsewhere.is_file() and "chưa được dùng" in capsys.readouterr().out
    assert register().by_number("12/2027/NĐ-CP") is None


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", *NEW, "--yes", "--file", str(tmp_path / "khong" / "co" / "x.ttl")) == 2
    assert "không ghi được tệp này" in capsys.readouterr().err


def test_what_is_written_passes_the_register_s_own_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", *NEW, "--replaces", "152/2025/NĐ-CP", "--yes") == 0
    assert run("check") == 0
    assert "0 lỗi" in capsys.readouterr().out


ANSWERS = {
    "Số, ký hiệu": ["abc", "12/2027/NĐ-CP"],
    "Loại": ["zzz", "nghi-dinh"],
    "Ngày ban hành": ["hôm nay", "15/01/2027"],
    "Tên văn bản": "Nghị định quy định chi tiết",
    "Có hiệu lực từ ngày": "01/03/2027",
    "Thay thế văn bản nào": ["99/2099/NĐ-CP", "152/2025/NĐ-CP"],
    "Theo điều khoản nào": "Điều 60",
    "Nguồn": "https://vbpl.vn/1; Công báo",
    "Mức chắc chắn": "V",
}


def test_at_a_terminal_it_asks(own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One question at a time; a day that is none is asked again; what is left empty is left out."""
    left = {key: list(value) if isinstance(value, list) else [value] for key, value in ANSWERS.items()}

    def answer(question: str, **_: object) -> str:
        key = next((key for key in left if question.startswith(key) and left[key]), None)
        return left[key].pop(0) if key else ""

    asked = asking.asked
    monkeypatch.setattr(asking, "asked", lambda given: asked(given, answer))
    monkeypatch.setattr("queryapi.commands.register._at_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: True)
    assert run("add") == 0
    assert not any(left.values()), "every answer was asked for"
    assert "viết 2027-03-01 hoặc 01/03/2027" in capsys.readouterr().out
    known = register().by_number("12/2027/NĐ-CP")
    assert known and known.issued == "2027-01-15" and known.valid_from and known.valid_from.confidence == "V"
    assert known.valid_from.source == ("https://vbpl.vn/1", "Công báo")


def test_no_at_the_end_writes_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queryapi.commands.register._at_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    assert run("add", *NEW) == 1
    assert not list(own.iterdir())


@pytest.mark.parametrize(
    ("answer", "code", "is_written"),
    [
        ("n\n", 1, False),
        ("\n", 1, False),
        ("không\n", 1, False),
        ("y\n", 0, True),
        ("có\n", 0, True),
        ("C\n", 0, True),
        ("", 2, False),
    ],
)
def test_without_a_terminal_only_a_yes_writes(
    answer: str, code: int, is_written: bool, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """`echo n | thidua register add …`; nobody there to answer is no consent."""
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert run("add", *NEW) == code
    assert bool(list(own.glob("*.ttl"))) is is_written
    assert ("thêm --yes" in capsys.readouterr().err) is (code == 2)


def test_at_a_terminal_no_is_the_default(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("queryapi.commands.register._at_terminal", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, default: asked.append(default) or default)
    assert run("add", *NEW) == 1
    assert asked == [False] and not list(own.glob("*.ttl"))


def test_without_a_terminal_it_asks_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queryapi.commands.register._at_terminal", lambda: False)
    assert run("add") == 2
    assert "nêu --number" in capsys.readouterr().err


PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH QUẢNG NINH                Độc lập - Tự do - Hạnh phúc
Số: 999/KH-UBND          Quảng Ninh, ngày 10 tháng 3 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua cải cách hành chính năm 2026

Căn cứ Nghị định số 73/2023/NĐ-CP ngày 29/9/2023 của Chính phủ;
Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ;
"""


def test_what_the_store_concluded_is_judged_again(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One citation is of the decree that is suspended on the plan's day, the other is not touched."""
    from queryapi.commands.options import default_store
    from queryapi.store import open_store
    from queryapi.store.terms import Rows

    (tmp_path / "ke-hoach.txt").write_text(PLAN, "utf-8")
    with pytest.raises(SystemExit):
        main(["load", str(tmp_path / "ke-hoach.txt")])
    capsys.readouterr()
    news = ("--number", "73/2023/NĐ-CP", "--suspended-from", "2026-01-01", *FOUND)
    assert run("add", *news, "--dry-run") == 0
    assert "1 trích dẫn của 1 văn bản sẽ được xét lại" in capsys.readouterr().out
    assert run("add", *news, "--yes") == 0
    assert "Xét lại 1 trích dẫn trong 1 văn bản" in capsys.readouterr().out
    with open_store(default_store()) as store:
        found = store.query("""PREFIX td: <https://w3id.org/thidua/ns#>
            SELECT ?number ?verdict { ?c td:citedNumber ?number ; td:verdict ?verdict } ORDER BY DESC(?number)""")
    assert isinstance(found, Rows)
    said = [(str(number), str(verdict).rpartition("/")[2]) for number, verdict in found.rows]
    assert said == [("73/2023/NĐ-CP", "suspended"), ("152/2025/NĐ-CP", "in-force")]
