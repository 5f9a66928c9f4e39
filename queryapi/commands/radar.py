"""`thidua radar`: every citation of something not in force."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.radar import DeadCitation


@command(
    "Rà soát mọi trích dẫn dựa vào văn bản không còn (hoặc chưa có) hiệu lực.",
    "List every citation of something not in force.",
    "thidua radar",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help=say(
        "Xét vào ngày này (mặc định: ngày của từng văn bản).", "Judge on this day (default: each document's own)."
    ),
)
@click.option("--fail", is_flag=True, help=say("Thoát với mã 1 nếu có.", "Exit 1 if there is any."))
@format_option(("table", "json"))
@store_option
def radar(as_of: datetime | None, fail: bool, format_: str, store: Path, endpoint: str | None) -> int:
    from loaders.findings import to_json
    from queryapi.radar import radar as find_dead

    with reading(store, endpoint) as source:
        dead = find_dead(source, as_of.date().isoformat() if as_of else None)
    if format_ == "json":
        click.echo(json.dumps(to_json(dead), ensure_ascii=False, indent=2))
    else:
        print_dead(dead)
    return 1 if fail and dead else 0


def print_dead(dead: "list[DeadCitation]") -> None:
    """One row for each place that leans on something not in force."""
    if not dead:
        click.echo(say("Không có căn cứ nào hết hiệu lực.", "No dead basis."))
        return
    print_table(
        (
            say("Văn bản", "Document"),
            say("Trích dẫn", "Citation"),
            say("Kết luận", "Verdict"),
            say("Thay bằng", "Replaced by"),
            say("Gợi ý", "Hint"),
        ),
        [
            (
                one.document.name,
                one.words + (f" ({one.pinpoint})" if one.pinpoint else ""),
                one.reason or one.verdict_label,
                one.replaced_by_number,
                one.hint,
            )
            for one in dead
        ],
    )
