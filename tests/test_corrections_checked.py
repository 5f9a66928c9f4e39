"""A file of corrections that cannot be meant so is refused in one line, or told why it fits nothing."""

from pathlib import Path

import pytest

from loaders.corrections.file import Corrections, parse
from loaders.errors import CorrectionsBroken
from loaders.findings import Source
from loaders.read import find
from loaders.text import Text

HEAD = 'author = "An"\ndate = 2026-11-20\n'


def entry(kind: str, text: str, said: str) -> str:
    return f'[[correct]]\nkind = "{kind}"\ntext = "{text}"\nset.{said}\n'


@pytest.mark.parametrize("written", ['"3/2/2025"', '"03/02/2025"', '"3.2.2025"', "2025-02-03", '"2025-02-03"'])
def test_the_day_may_be_written_as_people_write_it(written: str) -> None:
    (one,) = parse(f'author = "An"\ndate = {written}\n[[remove]]\nkind = "quota"\ntext = "05 tập thể"'.encode(), "a")
    assert one.date == "2025-02-03"


@pytest.mark.parametrize(("written", "said"), [('"31/02/2025"', "31/02/2025"), ('"hôm qua"', "hôm qua")])
def test_a_day_that_is_none_is_not_called_missing(written: str, said: str) -> None:
    with pytest.raises(CorrectionsBroken) as refused:
        parse(f'author = "An"\ndate = {written}\n[[remove]]\nkind = "quota"\ntext = "05 tập thể"'.encode(), "a")
    assert said in refused.value.vi and "thiếu" not in refused.value.vi


def test_two_corrections_of_one_field_that_differ_are_refused() -> None:
    twice = entry("quota", "05 tập thể", "count = 5") + entry("quota", "05 tập thể", "count = 7")
    with pytest.raises(CorrectionsBroken, match="count của “05 tập thể” khác nhau"):
        parse((HEAD + twice).encode(), "a")
    agreeing = entry("quota", "05 tập thể", "count = 5") + entry("quota", "05 tập thể", 'unit = "tập thể"')
    assert len(parse((HEAD + agreeing).encode(), "a")) == 2


@pytest.mark.parametrize(
    ("kind", "said"), [("quota", "count = -5"), ("quota", "percent = 101.0"), ("award", "amount.value = -1")]
)
def test_counts_are_not_negative_and_shares_no_more_than_all(kind: str, said: str) -> None:
    with pytest.raises(CorrectionsBroken):
        parse((HEAD + entry(kind, "05 tập thể", said)).encode(), "a")


PLAN = (Path(__file__).parent.parent / "examples" / "plans" / "luong-dien-kh-ubnd-2023.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phong trào thi đua", "khớp"),
        ("ba lạng thịt lợn ngoài chợ", "không còn thấy"),
    ],
)
def test_words_that_fit_no_finding_are_told_why(text: str, said: str) -> None:
    entries = parse((HEAD + entry("deadline", text, 'what = "gửi hồ sơ"')).encode(), "a")
    found = find(Text.of(PLAN), Source(name="a.txt", sha256="0" * 64), Corrections(entries, "0" * 64))
    (doubt,) = [one for one in found.doubts if one.code == "correction-unmatched"]
    assert said in doubt.message and "(thời hạn “" in doubt.message and "20/11/2026" in doubt.message
