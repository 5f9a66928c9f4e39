"""Rows for people: an aligned table at a terminal, the same in plain text when piped."""

import sys
from collections.abc import Iterable, Sequence

_WIDE = 160  # columns when no terminal says otherwise: wide enough to search with grep, narrow enough to read


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print rows under their headings, long cells wrapped, no colour unless a person watches."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    watched = sys.stdout.isatty()
    console = Console(
        width=None if watched else _WIDE, no_color=not watched, highlight=False, emoji=False, markup=False
    )
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    console.print(table)
