"""`thidua calendar`: what falls due when, as a table or for a calendar program."""

import csv
import io
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option, write_whole
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.calendar import Due

_FILES = {".ics": "ics", ".csv": "csv", ".json": "json"}
_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@command(
    "Lịch các thời hạn của kế hoạch đã chọn (không chọn: của mọi kế hoạch trong kho).",
    "The deadlines of the plans chosen (none chosen: of every plan in the store).",
    'thidua calendar "26/KH-UBND ninh phuoc"',
)
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--plan", "more", multiple=True, metavar="PLAN", help=say("Một kế hoạch nữa.", "One more plan."))
@click.option("--from", "since", type=_DAY, metavar="DATE", help=say("Từ ngày này.", "From this day on."))
@click.option("--until", type=_DAY, metavar="DATE", help=say("Đến hết ngày này.", "Until the end of this day."))
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    metavar="YYYY",
    help=say("Chỉ những việc đến hạn trong năm này.", "Only what falls due in this year."),
)
@click.option(
    "--remind",
    type=click.IntRange(0, 365),
    metavar="N",
    help=say("Trong tệp ics: nhắc trước N ngày.", "In an ics file: an alarm N days before."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("Tệp kết quả: .ics, .csv hoặc .json.", "The file to write: .ics, .csv or .json."),
)
@format_option(("table", "ics", "csv", "json"))
@store_option
def calendar(
    plans: tuple[str, ...],
    more: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    year: int | None,
    remind: int | None,
    output: Path | None,
    format_: str,
    store: Path,
    endpoint: str | None,
) -> int:
    from queryapi.calendar import calendar as find

    if format_ == "table" and output:
        format_ = _FILES.get(output.suffix, "")
        if not format_:
            known = ", ".join(_FILES)
            raise click.UsageError(
                say(f"{output}: tên tệp phải kết thúc bằng {known}", f"{output}: use one of {known}")
            )
    with reading(store, endpoint) as source:
        found = find(
            source,
            [*plans, *more],
            since=since.date().isoformat() if since else None,
            until=until.date().isoformat() if until else None,
            year=year,
        )
    if format_ == "table":
        print_due(found)
        return 0
    if format_ == "ics" and not found:
        click.echo(say("Không có thời hạn nào: không có gì để ghi.", "Nothing falls due: no calendar."), err=True)
        return 1
    content = _written(found, format_, remind)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)
        click.echo(say(f"Đã ghi {output}", f"Wrote {output}"), err=True)
    return 0


def print_due(found: "list[Due]") -> None:
    """The days at a terminal, long sentences cut; the other formats have them whole."""
    from queryapi.calendar.sheet import said

    if not found:
        click.echo(say("Không có thời hạn nào.", "Nothing falls due."))
        return
    headings = (
        say("Ngày cuối", "Last day"),
        say("Hạn", "Limit"),
        say("Việc", "What"),
        say("Bên gửi → nơi nhận", "From → to"),
        say("Kế hoạch", "Plan"),
        say("Lưu ý", "Note"),
    )
    print_table(headings, [said(due, spoken()) for due in found])


def _written(found: "list[Due]", format_: str, remind: int | None) -> bytes:
    if format_ == "ics":
        from queryapi.calendar.ics import ics

        return ics(found, spoken(), remind)
    if format_ == "csv":
        from loaders.csvcells import safe_cell
        from queryapi.calendar.sheet import cells, headings

        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(headings(spoken()))
        writer.writerows([safe_cell(value) for value in cells(due, spoken())] for due in found)
        return ("\ufeff" + out.getvalue()).encode()
    from loaders.findings import to_json

    rows = [
        {**_plain(to_json(due)), "limit": due.limit, "notes": [en if spoken() == "en" else vi for vi, en in due.notes]}
        for due in found
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value
