"""The same document gives the same findings, whatever the format of its file."""

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from formats.same import differences, findings_of, lines_of

from loaders.formats import open_document
from loaders.read import read

HERE = Path(__file__).parent / "formats"
PLANS = Path(__file__).parent.parent / "examples" / "plans"
STEMS = sorted(path.stem for path in PLANS.glob("*.txt"))
ALLOWED = tomllib.loads((HERE / "differences.toml").read_text("utf-8"))["difference"]


@pytest.fixture(scope="module")
def by_text() -> dict[str, Counter[str]]:
    return {stem: findings_of(PLANS / f"{stem}.txt") for stem in STEMS}


SUFFIXES = [".docx", ".saved.docx", ".pdf", ".html"]
MADE = [  # one plan in every format and every plan in one, the rest with the heavier checks
    pytest.param(stem, suffix, marks=[] if n == 0 or n % 4 == m else pytest.mark.slow)
    for n, stem in enumerate(STEMS)
    for m, suffix in enumerate(SUFFIXES)
]


@pytest.mark.parametrize(("stem", "suffix"), MADE)
def test_a_plan_says_the_same_in_every_format(stem: str, suffix: str, by_text: dict[str, Counter[str]]) -> None:
    told = [line for case in ALLOWED if case["plan"] == stem and suffix in case["formats"] for line in case["lines"]]
    assert differences(by_text[stem], findings_of(HERE / "plans" / f"{stem}{suffix}")) == told


def test_every_allowed_difference_says_why() -> None:
    assert all(len(case["why"]) > 40 for case in ALLOWED)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_what_is_found_stands_where_it_is_said_to_stand(suffix: str) -> None:
    text, found = read(HERE / "plans" / f"{STEMS[0]}{suffix}")
    assert unicodedata.is_normalized("NFC", text.raw)
    for citation in found.citations:
        assert text.raw[citation.start : citation.end] == citation.text


def test_a_finding_knows_its_page() -> None:
    text, found = read(HERE / "plans" / "ninh-phuoc-26-kh-ubnd-2021.pdf")
    assert found.source.pages and found.source.pages >= 3
    assert found.citations[0].page == 1
    assert found.recipients[-1].page == found.source.pages
    assert text.layout is not None and [page.number for page in text.layout.pages] == list(
        range(1, found.source.pages + 1)
    )


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_a_file_is_told_by_its_bytes_and_not_by_its_name(suffix: str, tmp_path: Path) -> None:
    content = (HERE / "plans" / f"luong-dien-kh-ubnd-2023{suffix}").read_bytes()
    names = [f"Kế hoạch thi đua{suffix.upper()}", unicodedata.normalize("NFD", f"Lương Điền{suffix}"), "kế hoạch.txt"]
    for name in names:
        (tmp_path / name).write_bytes(content)
        assert open_document(tmp_path / name).format == suffix[1:]


INVISIBLE = "\u200b\u200c\u200d\u00ad\u2060\ufeff\u200e\u200f\u202a\u202c"


@pytest.mark.parametrize("stem", STEMS)
def test_unseen_characters_and_decomposed_letters_change_nothing(
    stem: str, tmp_path: Path, by_text: dict[str, Counter[str]]
) -> None:
    words = (PLANS / f"{stem}.txt").read_text("utf-8")
    decomposed = tmp_path / "nfd.txt"
    decomposed.write_text(unicodedata.normalize("NFD", words), "utf-8")
    assert findings_of(decomposed) == by_text[stem]
    sown = tmp_path / "sown.txt"
    sown.write_text(
        "".join(c + (INVISIBLE[n % len(INVISIBLE)] if n % 7 == 3 else "") for n, c in enumerate(words)), "utf-8"
    )
    text, found = read(sown)
    assert text.raw == unicodedata.normalize("NFC", sown.read_text("utf-8"))
    for citation in found.citations:
        assert text.raw[citation.start : citation.end] == citation.text
    bare = {ord(character): None for character in INVISIBLE}
    assert Counter(" ".join(line.translate(bare).split()) for line in lines_of(found).elements()) == by_text[stem]
