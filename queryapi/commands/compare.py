"""`thidua compare`: plans side by side, with the words behind each cell."""

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option, write_whole
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.compare import Comparison


@command(
    "So sánh các kế hoạch: mỗi khía cạnh một hàng, mỗi kế hoạch một cột.",
    "Compare plans: one row per aspect, one column per plan.",
    'thidua compare "26/KH-UBND ninh phuoc" "40/KH-UBND quang ninh"',
)
@click.argument("plans", nargs=-1, required=True, metavar="PLAN…")
@click.option("--aspect", help=say("Chỉ một khía cạnh.", "One aspect only."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("Tệp kết quả (cần cho xlsx).", "The file to write (needed for xlsx)."),
)
@format_option(("table", "md", "csv", "xlsx", "json"))
@store_option
def compare(
    plans: tuple[str, ...], aspect: str | None, output: Path | None, format_: str, store: Path, endpoint: str | None
) -> None:
    from queryapi.compare import compare as compare_plans

    if format_ == "table" and output:
        format_ = output.suffix[1:]
        if format_ not in {"xlsx", "csv", "md", "json"}:
            known = ".xlsx, .csv, .md, .json"
            raise click.UsageError(
                say(f"{output}: tên tệp phải kết thúc bằng {known}", f"{output}: use one of {known}")
            )
    if format_ == "xlsx" and output is None:
        raise click.UsageError(say("xlsx cần tên tệp: -o so-sanh.xlsx", "xlsx needs a file: -o comparison.xlsx"))
    with reading(store, endpoint) as source:
        comparison = compare_plans(source, plans, aspect)
    if format_ == "table" and output is None:
        print_comparison(comparison)
        return
    content = _written(comparison, format_)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)
        click.echo(say(f"Đã ghi {output}", f"Wrote {output}"), err=True)


def print_comparison(comparison: "Comparison") -> None:
    """The table at a terminal."""
    english = spoken() == "en"
    headings = (say("Khía cạnh", "Aspect"), *(plan.name for plan in comparison.plans))
    rows = [(row.label.en if english else row.label.vi, *(cell.value for cell in row.cells)) for row in comparison.rows]
    print_table(headings, rows)


def _written(comparison: "Comparison", format_: str) -> bytes:
    english = spoken() == "en"
    headings = [say("Khía cạnh", "Aspect"), *(plan.name for plan in comparison.plans)]
    rows = [[row.label.en if english else row.label.vi, *(c.value for c in row.cells)] for row in comparison.rows]
    if format_ == "xlsx":
        from queryapi.compare_xlsx import write_xlsx

        book = io.BytesIO()
        write_xlsx(comparison, book, english=english)
        return book.getvalue()
    if format_ == "json":
        from loaders.findings import to_json

        return (json.dumps(to_json(comparison), ensure_ascii=False, indent=2) + "\n").encode()
    if format_ == "csv":
        from loaders.csvcells import safe_cell

        table = io.StringIO()
        csv.writer(table, lineterminator="\r\n").writerows(map(safe_cell, line) for line in [headings, *rows])
        return table.getvalue().encode("utf-8-sig")  # Excel opens UTF-8 without a BOM garbled
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(map(_markdown, line))} |\n" for line in lines).encode()


def _markdown(cell: str) -> str:
    return cell.replace("|", "\\|").replace("\n", "<br>")
