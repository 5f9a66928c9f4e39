"""`--lang en` in English, Vietnamese without English names: labels, days, hints and errors of the commands."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphs import store_of

from loaders.vocabulary import scheme
from queryapi.catalogue import bind, parse, question
from queryapi.cli import main
from queryapi.errors import BadParameter, UnknownQuery
from queryapi.language import speak
from queryapi.loading.load import load
from queryapi.store import open_store

PLANS = Path(__file__).parent.parent / "examples" / "plans"
MARKED = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with open_store(folder, write=True) as store:
        load([PLANS / "long-thanh-kh-bcd-2024.txt"], store)
    return folder


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    speak("vi")


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """Everything a command prints, complaints included."""
    speak("vi")
    with pytest.raises(SystemExit):
        main([str(word) for word in words])
    printed = capsys.readouterr()
    return printed.out + printed.err


def sheet(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> dict[str, str]:
    (row,) = csv.DictReader(io.StringIO(said(capsys, "radar", "--format", "csv", "--store", folder, *words)))
    return row


def test_a_row_of_the_radar_is_in_one_language(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of bodies and the plan's own words stay as they are; days have one form in a row."""
    row = sheet(capsys, folder, "--lang", "en")
    assert (row["Severity"], row["Kind"], row["Verdict"], row["Changed on"]) == (
        *("high", "dead basis", "expired", "2024-01-01"),
    )
    assert "had ended on 2024-01-01" in row["Reason"] and not re.search(r"\d\d/\d\d/\d{4}", row["Reason"])
    assert "is now Mẫu số 08, Phụ lục I" in row["Hint"] and "(inferred, not verified)" in row["Hint"]
    own = sheet(capsys, folder)
    assert (own["Mức độ"], own["Tình trạng"], own["Từ ngày"]) == ("cao", "hết hiệu lực", "01/01/2024")
    assert own["Lý do"] == "hết hiệu lực từ 01/01/2024" and "nay là Mẫu số 08" in own["Suy luận"]


def test_the_table_has_days_in_one_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = said(capsys, "radar", "--lang", "en", "--store", folder)
    assert "2024-01-01" in english and "01/01/2024" not in english and "nay là" not in english
    vietnamese = said(capsys, "radar", "--store", folder)
    assert "01/01/2024" in vietnamese and "2024-01-01" not in vietnamese


@pytest.mark.parametrize("words", [("radar", "--as-of"), ("calendar", "--from"), ("calendar", "--until")])
def test_a_day_there_is_not(words: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, *words, "2023-02-30", "--lang", "en")
    assert f"{words[1]} must be a day there is, written 2024-12-31 or 31/12/2024." in told and "%Y" not in told
    assert "phải là một ngày có thật" in said(capsys, *words, "2023-02-30")


def test_every_name_the_radar_shows_has_english() -> None:
    for name in ("verdict", "severity", "alert"):
        for concept in scheme(name).values():
            assert concept.label_en and not MARKED.search(concept.label_en), concept.iri


def test_the_catalogue_names_its_questions_in_the_language_spoken() -> None:
    with pytest.raises(UnknownQuery) as unknown:
        question("can-cu-het-hieu-lu")
    known = question(unknown.value.en.partition("near: ")[2].partition(",")[0])
    assert unknown.value.vi.partition("gần giống: ")[2].partition(",")[0] == known.called == "can-cu-het-hieu-luc"
    assert known.name != known.called
    with pytest.raises(BadParameter) as strange:
        bind(question("don-vi"), {"tenx": "a"}, store_of("", base=False))
    assert "câu hỏi don-vi không có" in strange.value.vi and "units-by-name" in strange.value.en


@pytest.mark.parametrize(
    ("kind", "value", "vi", "en"),
    [
        ("date", "2024-02-30", "“2024-02-30” không phải là một ngày có thật (viết 2024-01-31", "is not a day there is"),
        ("integer", "ba", "“ba” không phải là một số nguyên, ví dụ: x=3", "is not a whole number, for example x=3"),
        ("decimal", "ba", "“ba” không phải là một số, ví dụ", "is not a number"),
        ("iri", "a b", "“a b” không phải là một địa chỉ IRI", "is not an IRI"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_words(kind: str, value: str, vi: str, en: str) -> None:
    text = f"""#+ title = {{ vi = "a", en = "a" }}
#+ keywords = ["a"]
#+ [params]
#+ x = {{ type = "{kind}", label = {{ vi = "a", en = "a" }}, example = "3" }}
#+ [columns]
#+ y = {{ vi = "a", en = "a" }}
SELECT ?y {{ ?y ?p ?x }}"""
    with pytest.raises(BadParameter) as wrong:
        bind(parse("a", text), {"x": value}, store_of("", base=False))
    assert vi in wrong.value.vi and en in wrong.value.en


def test_a_path_that_is_not_there_makes_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "load", tmp_path / "none", "--store", tmp_path / "store")
    assert f"{tmp_path / 'none'}: không có tệp hay thư mục này" in told
    assert not (tmp_path / "store").exists()
