"""A bar on the error stream while a person waits: files of a load, pages of a scan."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from loaders.errors import NoOcr
from queryapi.language import say

_NAME = 48  # characters of a file's name beside the bar; its end tells the page


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on the error stream while a person watches; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("Đang đọc", "Reading"), total=None)

        def told(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=_short(name) or say("Đang đọc", "Reading"))

        yield told


@contextmanager
def reading_of(file: Path) -> Iterator[Callable[[int, int, str], None] | None]:
    """Progress in the pages of one file; that tesseract is wanting is said with its name."""
    with progress() as told:
        try:
            yield told
        except NoOcr:
            raise NoOcr(file.name) from None


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
