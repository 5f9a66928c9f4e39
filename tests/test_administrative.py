"""What is read as an administrative document, what is refused and for which reason: `tests/administrative/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.administrative import secrecy
from loaders.errors import NotAdministrative, SecretDocument
from loaders.read import read
from loaders.text import Text

HERE = Path(__file__).parent / "administrative"


def cases(name: str) -> list[Any]:
    said = tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["why"]) for case in said]


def written(case: dict[str, Any], folder: Path) -> Path:
    path = folder / "van-ban.txt"
    path.write_text(case["text"], "utf-8")
    return path


@pytest.mark.parametrize("case", cases("refused"))
def test_what_is_none_is_refused_with_its_reason(case: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(NotAdministrative) as refused:
        read(written(case, tmp_path))
    assert case["says"] in refused.value.vi
    assert "van-ban.txt" in refused.value.en


@pytest.mark.parametrize("case", cases("accepted"))
def test_a_damaged_one_is_read(case: dict[str, Any], tmp_path: Path) -> None:
    read(written(case, tmp_path))


@pytest.mark.parametrize("case", cases("secret"))
def test_a_stamp_is_told_from_the_words(case: dict[str, Any], tmp_path: Path) -> None:
    assert (secrecy(Text.of(case["text"])) or "") == case["stamp"]
    if case["stamp"]:
        with pytest.raises(SecretDocument, match=case["stamp"]):
            read(written(case, tmp_path))
