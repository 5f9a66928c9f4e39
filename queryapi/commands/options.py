"""Options that several commands share, worded once."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from loaders.userdata import user_data
from queryapi.cli import Command
from queryapi.language import say

if TYPE_CHECKING:
    from queryapi.store import Store

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def command(vi: str, en: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its help in the language spoken and one example, which a test runs."""
    body = f"{say(vi, en)}\n\n\b\n{say('Ví dụ', 'Example')}:\n  {example}"
    return click.command(cls=Command, help=body, short_help=say(vi, en))


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--store DIR` or `--endpoint URL`: where the graph is."""
    endpoint = click.option(
        "--endpoint",
        metavar="URL",
        help=say("Dùng máy chủ SPARQL ở địa chỉ này thay cho kho trên máy.", "Use the SPARQL server at this address."),
    )
    store = click.option(
        "--store",
        type=click.Path(file_okay=False, path_type=Path),
        default=default_store,
        metavar=say("THƯ_MỤC", "DIR"),
        help=say("Kho dữ liệu (mặc định: thư mục dữ liệu của người dùng).", "The store (default: the user's data)."),
    )
    return endpoint(store(function))


def format_option(formats: Sequence[str]) -> Decorator:
    """`--format`, the first one being the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(formats)),
        default=formats[0],
        help=say(f"Dạng kết quả (mặc định: {formats[0]}).", f"Form of the answer (default: {formats[0]})."),
    )


def default_store() -> Path:
    """The user's own store, in the folder the system sets apart for data."""
    return user_data() / "store"


def demo_store() -> Path:
    """The store of the demonstration, beside the user's own."""
    return user_data() / "demo"


def reading(store: Path, endpoint: str | None) -> "Store":
    """The graph the options chose, open for reading; not with a register of the user's own that cannot be read."""
    from loaders.law.own import must_be_turtle
    from queryapi.store import open_endpoint, open_store

    must_be_turtle()
    return open_endpoint(endpoint) if endpoint else open_store(store)


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a result: all of it or, when something fails on the way, nothing.

    It is written beside its place and then takes it, so a reader never meets half a file and an old result outlives
    a failed new one. Raises UnwritableFile.
    """
    from loaders.errors import UnwritableFile

    place = Path(os.path.realpath(path))  # a link stays a link
    pieces = [content] if isinstance(content, bytes) else content
    try:
        special = place.exists() and not place.is_file() and not place.is_dir()  # /dev/stdout is not to be replaced
        draft = place if special else place.with_name(f".thidua-{os.getpid()}.part")
        if place.is_dir() or (place.exists() and not os.access(place, os.W_OK)):
            raise UnwritableFile(str(path))
        target = draft.open("wb")
    except (OSError, ValueError) as error:
        raise UnwritableFile(str(path)) from error
    try:
        with target:
            for piece in pieces:
                _write(target, piece, path)
        if not special:
            _put(draft, place, path)
    finally:
        if not special:
            draft.unlink(missing_ok=True)


def _write(target: BinaryIO, piece: bytes, path: Path) -> None:
    from loaders.errors import UnwritableFile

    try:
        target.write(piece)
    except OSError as error:  # no space left
        raise UnwritableFile(str(path)) from error


def _put(draft: Path, place: Path, path: Path) -> None:
    from loaders.errors import UnwritableFile

    try:
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except OSError as error:
        raise UnwritableFile(str(path)) from error
