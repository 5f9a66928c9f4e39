"""What `thidua load` tells people: dead bases, what became of earlier documents, and no alarm about a README."""

from pathlib import Path

import pytest
from graphs import write_files
from lawlines import PREFIXES, read

from queryapi.cli import main
from queryapi.loading.concerned import Rejudged
from queryapi.loading.load import Loaded, load
from queryapi.store import open_store

PLANS = Path(__file__).parent.parent / "examples" / "plans"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """The exit status, what was printed and what was complained of."""
    with pytest.raises(SystemExit) as stopped:
        main(["load", *map(str, words)])
    printed = capsys.readouterr()
    return int(str(stopped.value.code or 0)), printed.out, printed.err


def test_a_folder_tells_of_dead_bases_and_passes_over_its_readme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Long Thành fills in a form of Decree 91/2017, dead since 01/01/2024; the other plans rest on living law."""
    status, out, err = run(capsys, PLANS, "--store", tmp_path / "store")
    assert status == 0 and err == ""
    told = [line for line in out.splitlines() if "căn cứ hết hiệu lực" in line]
    assert [line.partition(":")[0] for line in told] == ["long-thanh-kh-bcd-2024.txt"]
    assert " · 1 căn cứ hết hiệu lực: xem thidua radar · " in told[0]
    assert "bỏ qua 1 tệp không phải văn bản hành chính: README.md" in out.splitlines()
    assert "không đọc được" not in out


def test_a_readme_that_is_named_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, PLANS / "README.md", "--store", tmp_path / "store")
    assert status == 2 and "README.md: không nhận ra văn bản hành chính" in err
    plan = PLANS / "luong-dien-kh-ubnd-2023.txt"
    status, out, err = run(capsys, PLANS / "README.md", plan, "--store", tmp_path / "store")
    assert status == 0 and "không đọc được: README.md" in err and "bỏ qua" not in out


def dead(loaded: list[Loaded]) -> dict[str, int]:
    return {one.name: one.dead_bases for one in loaded}


def test_how_many_bases_are_dead(tmp_path: Path) -> None:
    """What a file loaded in the same go repeals counts, whichever comes first."""
    files = write_files(
        tmp_path / "files",
        a="số 1\nngày 2024-06-01\ncăn cứ 2\ntheo 98/2023/NĐ-CP",
        b="số 2\nngày 2023-03-01",
        c="số 3\nngày 2024-02-01\nthay thế 2 từ 2024-02-15",
        d="số 4\nngày 2024-02-14\ncăn cứ 2",
        e="số 5\nngày 2024-06-01\ntheo 91/2017/NĐ-CP mẫu số 07\ncăn cứ 2",
    )
    with open_store(tmp_path / "store", write=True) as store:
        assert dead(load([files], store, read=read)) == {"a.txt": 1, "b.txt": 0, "c.txt": 0, "d.txt": 0, "e.txt": 2}


def test_how_many_verdicts_became_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the three that are looked at again, one was issued before the end and stays as it was."""
    own = tmp_path / "register"
    own.mkdir()
    monkeypatch.setenv("THIDUA_REGISTER", str(own))
    files = write_files(
        tmp_path / "files",
        a="số 1\nngày 2024-06-01\ntheo 335/2025/NĐ-CP",
        b="số 2\nngày 2024-06-01\ntheo 98/2023/NĐ-CP",
        c="số 3\nngày 2024-04-01\ntheo 98/2023/NĐ-CP",
        d="số 4\nngày 2024-07-01\ntheo 98/2023/NĐ-CP",
    )
    end = (
        '<chinh-phu/nghi-dinh/2023/98> td:validBefore "2024-05-06"^^xsd:date . <chinh-phu/nghi-dinh/2023/98#end> '
        "a td:RegisterFact ; td:about <chinh-phu/nghi-dinh/2023/98> ; td:property td:validBefore ; "
        'td:confidence confidence:v ; dcterms:source "thử" .'
    )
    told: list[Rejudged] = []
    with open_store(tmp_path / "store", write=True) as store:
        load([files], store, read=read)
        (own / "own.ttl").write_text(PREFIXES + end, "utf-8")
        load([files], store, read=read, rejudged=lambda _, found: told.append(found))
    assert told == [Rejudged(3, 3, 0, turned=2), Rejudged()]
