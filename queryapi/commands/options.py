"""Options that several commands share, worded once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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
    """The user's own store: the folder the system sets apart for data."""
    from platformdirs import user_data_path

    return user_data_path("thidua", appauthor=False)


def reading(store: Path, endpoint: str | None) -> "Store":
    """The graph the options chose, open for reading."""
    from queryapi.store import open_endpoint, open_store

    return open_endpoint(endpoint) if endpoint else open_store(store)
