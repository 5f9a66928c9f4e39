"""Every error has its section in docs/errors.md, and every section its error; messages come in two languages."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import loaders
import queryapi
from loaders.errors import ThiduaError

ROOT = Path(__file__).parent.parent


def errors(base: type[ThiduaError] = ThiduaError) -> Iterator[type[ThiduaError]]:
    for error in base.__subclasses__():
        yield error
        yield from errors(error)


def test_every_error_has_its_section_and_every_section_its_error() -> None:
    for package in (loaders, queryapi):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    codes = {error.code for error in errors() if error.code != ThiduaError.code}
    sections = set(re.findall(r"^### (\S+)$", (ROOT / "docs" / "errors.md").read_text("utf-8"), re.MULTILINE))
    assert sections == codes


def test_an_error_says_it_in_both_languages() -> None:
    from loaders.errors import EmptyFile

    error = EmptyFile("ke-hoach.txt")
    assert "ke-hoach.txt" in error.vi and "ke-hoach.txt" in error.en
    assert error.vi != error.en
