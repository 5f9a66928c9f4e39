"""`thidua export`: the whole graph, the same bytes for the same data."""

import sys
from pathlib import Path

import click

from queryapi.commands.options import command, reading, store_option, write_whole
from queryapi.language import say


@command(
    "Xuất toàn bộ đồ thị ra N-Quads (đã sắp xếp: cùng dữ liệu thì cùng từng byte).",
    "Export the whole graph as N-Quads (sorted: the same data gives the same bytes).",
    "thidua export -o thidua.nq",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("Ghi vào tệp này (mặc định: in ra màn hình).", "Write to this file (default: standard output)."),
)
@store_option
def export(output: Path | None, store: Path, endpoint: str | None) -> None:
    from queryapi.store import export as lines

    with reading(store, endpoint) as source:
        if output is None:
            for line in lines(source):
                sys.stdout.buffer.write(line.encode())
            return
        write_whole(output, (line.encode() for line in lines(source)))
    click.echo(say(f"Đã ghi {output}", f"Wrote {output}"), err=True)
