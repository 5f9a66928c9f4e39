"""The wordings of plans, as data: TOML files with real phrases beside what they mean."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """One file of wordings, by its name without ending.

    >>> "trở lên" in lexicon("phrases")["phrases"]
    True
    """
    with files(__name__).joinpath(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
