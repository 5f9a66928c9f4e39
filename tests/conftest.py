"""What several test modules ask of one store."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from queryapi.loading import base
from queryapi.loading.load import load
from queryapi.store import Store, open_store

# What somebody has in a register of their own is nothing to the tests, nor to the commands they start.
_EMPTY = tempfile.TemporaryDirectory(prefix="no-register-of-ones-own-")
os.environ["THIDUA_REGISTER"] = _EMPTY.name


@pytest.fixture(scope="session", autouse=True)
def units_told_once() -> Iterator[None]:
    """Every store begins with the same units: their graph is made once, not for each of a hundred stores."""
    lines = list(base._units())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "_units", lambda: iter(lines))
        yield


@pytest.fixture(scope="session")
def five_plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The five example plans beside the lists, the register and the units."""
    folder = tmp_path_factory.mktemp("five-plans")
    with open_store(folder, write=True) as store:
        load(sorted((Path(__file__).parent.parent / "examples" / "plans").glob("*.txt")), store)
    with open_store(folder) as store:
        yield store
