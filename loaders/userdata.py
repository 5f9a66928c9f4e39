"""Where the user's own data is."""

import os
from functools import cache
from pathlib import Path


def user_data() -> Path:
    """The folder the system sets apart for this program's data."""
    return _path(os.environ.get("XDG_DATA_HOME"), os.environ.get("HOME"))


@cache
def _path(_data: str | None, _home: str | None) -> Path:
    """Asked once for each place the environment names: finding it costs more than a question to the register."""
    from platformdirs import user_data_path

    return user_data_path("thidua", appauthor=False)
