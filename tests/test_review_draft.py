"""A file of corrections that is drafted is TOML, whatever the document is called and whatever stands in it."""

import tomllib

import pytest

from loaders.corrections.fields import Refused, value_of
from loaders.corrections.file import parse
from queryapi.review import Item
from queryapi.review.draft import draft, extended


def quota(words: str = "10 tập thể", start: int = 12, *why: str, source: str = "a.txt") -> Item:
    return Item(document="d", source=source, kind="quota", words=words, start=start, why=why, fields={"count": 3})


def used(drafted: str) -> str:
    """The draft as a person makes it: every entry uncommented."""
    lines = drafted.replace('author = ""', 'author = "An"').replace("# date =", "date =").splitlines()
    entry = ("# [[", "# kind", "# text", "# start", "# before", "# set")
    return "\n".join(line[2:] if line.startswith(entry) else line for line in lines)


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ('kế hoạch\nauthor = "Kẻ khác"\n.txt', "10 tập thể", "chưa chắc"),
        ("a\r\x7f\u2028.txt", "10 tập thể", "chưa chắc"),
        ("a\udcff.txt", "10 tập thể", "chưa chắc"),
        ("a.txt", "có \x7f chữ\t\\ \" ''' #", "chưa chắc"),
        ("a.txt", "mười\ntập thể", "chưa chắc “dòng 1\n[[remove]]\ndòng 2”"),
    ],
)
def test_a_draft_is_toml_whatever_it_speaks_of(name: str, words: str, why: str) -> None:
    drafted = draft([quota(words, 12, why, source=name)], name)
    assert tomllib.loads(drafted) == {"author": ""}
    (entry,) = parse(used(drafted).encode(), "a.hieu-dinh.toml")
    assert (entry.action, entry.author, entry.text) == ("correct", "An", words)


def test_an_entry_is_there_only_where_its_whole_place_is() -> None:
    written = draft([quota(start=123)], "a.txt")
    assert extended(written, [quota(start=123)])[1] == 0
    assert extended(written, [quota(start=12)])[1] == 1
    assert extended(written, [quota("10 tập thể và 5 cá nhân", 123)])[1] == 1


@pytest.mark.parametrize(
    "number",
    ["26/KH-UBND", "05-NQ/TU", "30c/NQ-CP", "98/2023/NĐ-CP", "127/HĐND.TT", "102 SL", "1245 - CV/TU", "01/2024/TT-BNV"],
)
def test_numbers_of_every_kind_may_be_written(number: str) -> None:
    assert value_of("document", "number", number) == number


@pytest.mark.parametrize("number", ["../../x", "0./KH", "..", "KH", "26//KH", "26/KH-UBND <x>", "1" * 30])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(Refused):
        value_of("citation", "number", number)
