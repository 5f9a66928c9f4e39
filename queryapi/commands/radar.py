"""`thidua radar`: what stands on a basis that is not, or is no longer, in force, most urgent first."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.radar import Alerted, Radar


@command(
    "Rà soát mọi trích dẫn dựa vào văn bản không còn (hoặc chưa có) hiệu lực, và những gì đã đổi sau khi ban hành.",
    "List every citation of something not in force, and what changed after a document was issued.",
    "thidua radar",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help=say(
        "Xét mọi trích dẫn vào ngày này (mặc định: ngày của từng văn bản, kể cả những gì đổi sau đó).",
        "Judge every citation on this day (default: each document's own, and what changed since).",
    ),
)
@click.option(
    "--province",
    metavar="TEXT",
    help=say(
        "Tỉnh, thành phố mà văn bản thuộc về vào ngày của nó (trước hay sau sáp nhập), không cần dấu.",
        "The province on the document's own day (before or after the mergers), marks optional.",
    ),
)
@click.option(
    "--level", metavar="TEXT", help=say("Cấp: trung-uong, tinh, huyen, xa.", "Level: trung-uong, tinh, huyen, xa.")
)
@click.option(
    "--year",
    metavar="YYYY",
    help=say("Năm ban hành (văn bản không rõ ngày: năm của phong trào).", "Year of issue (undated: of the movement)."),
)
@click.option("--verdict", metavar="TEXT", help=say("Kết luận: expired, partly-expired …", "Verdict: expired …"))
@click.option(
    "--instrument", metavar="DOC", help=say("Văn bản được dẫn: số hoặc IRI.", "What is cited: number or IRI.")
)
@click.option("--severity", metavar="TEXT", help=say("Mức độ: high, medium, low.", "Severity: high, medium, low."))
@click.option(
    "--kind",
    multiple=True,
    metavar="TEXT",
    help=say(
        "Loại cảnh báo: dead-basis, basis-ended-later … hoặc “khung”: khung pháp lý, địa giới, cơ quan đã đổi.",
        "Kind of alert: dead-basis, basis-ended-later …, or “khung”: law, territory or body changed.",
    ),
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10000),
    default=50,
    help=say("Số dòng mỗi trang (mặc định 50).", "Rows on a page."),
)
@click.option("--after", metavar="CURSOR", help=say("Xem tiếp từ chỗ này.", "Go on from this place."))
@click.option("--all", "everything", is_flag=True, help=say("In tất cả, không chia trang.", "All of it, no paging."))
@click.option("--fail", is_flag=True, help=say("Thoát với mã 1 nếu có.", "Exit 1 if there is any."))
@format_option(("table", "json", "csv"))
@store_option
def radar(
    as_of: datetime | None,
    limit: int,
    after: str | None,
    everything: bool,
    fail: bool,
    format_: str,
    store: Path,
    endpoint: str | None,
    **given: str | Sequence[str] | None,
) -> int:
    from queryapi.radar import Place, read_filters
    from queryapi.radar import radar as find

    typed = {name: value for name, value in given.items() if value}
    with reading(store, endpoint) as source:
        found = find(
            source,
            as_of.date().isoformat() if as_of else None,
            filters=read_filters(source, typed, {name: f"--{name}" for name in typed}),
            limit=None if everything else limit,
            after=Place.read(after, "--after") if after else None,
        )
    _print(found, format_)
    if "province" in typed and not found.rows and format_ == "table":
        click.echo(
            say(
                "Tỉnh tính theo ngày của văn bản: kế hoạch trước sáp nhập thuộc tỉnh cũ, hãy thử cả tên tỉnh cũ.",
                "The province is that of the document's day: a plan from before a merger is under the old name.",
            )
        )
    return 1 if fail and found.rows else 0


def _print(found: "Radar", format_: str) -> None:
    more = found.after and say(f"còn nữa: thêm --after '{found.after}'", f"more: add --after '{found.after}'")
    if format_ == "table":
        print_dead(found)
        if more:
            click.echo(more)
        return
    if format_ == "json":
        from loaders.findings import to_json

        click.echo(json.dumps(to_json(found.rows), ensure_ascii=False, indent=2))
    else:
        from queryapi.radar.sheet import text

        click.echo(text(found, spoken()), nl=False)
    if more:
        click.echo(more, err=True)  # what stands in the file is data alone


def print_dead(found: "Radar") -> None:
    """One row for each place that leans on something not in force; changes of the ground itself apart."""
    if not found.rows:
        click.echo(say("Không có căn cứ nào hết hiệu lực.", "No dead basis."))
        return
    from queryapi.radar.sheet import hint

    citations = [one for one in found if not one.of_framework]
    framework = [one for one in found if one.of_framework]
    if citations:
        print_table(
            (
                say("Mức", "Severity"),
                say("Văn bản", "Document"),
                say("Ngày", "Date"),
                say("Trích dẫn", "Citation"),
                say("Kết luận", "Verdict"),
                say("Đổi từ", "Changed"),
                say("Thay bằng", "Replaced by"),
                say("Gợi ý", "Hint"),
            ),
            [
                (
                    say(one.severity_label, one.severity),
                    one.document.name,
                    _day(one.document.date),
                    one.words + (f" ({one.pinpoint})" if one.pinpoint else ""),
                    _reason(one),
                    _day(one.changed_on),
                    one.replaced_by_number,
                    hint(one, spoken()),
                )
                for one in citations
            ],
        )
    if framework:
        _print_framework(framework)


def _print_framework(framework: "Iterable[Alerted]") -> None:
    from queryapi.radar import label

    print_table(
        (
            say("Mức", "Severity"),
            say("Văn bản", "Document"),
            say("Ngày", "Date"),
            say("Điều đã đổi", "What changed"),
            say("Từ ngày", "Since"),
            say("Lý do", "Reason"),
        ),
        [
            (
                say(one.severity_label, one.severity),
                one.document.name,
                _day(one.document.date),
                f"{label('alert', one.kind, spoken())}: {one.cited_number or one.cited}",
                _day(one.changed_on),
                _reason(one),
            )
            for one in framework
        ],
        title=say(
            "Khung pháp lý, địa giới, cơ quan đã thay đổi sau khi ban hành", "Law, territory or bodies changed since"
        ),
    )


def _reason(one: "Alerted") -> str:
    told = (one.alert_en if spoken() == "en" else one.alert) or one.reason or one.verdict_label
    if one.after_issue:
        lead = say("căn cứ của bạn đã thay đổi sau khi ban hành", "your basis changed after you issued it")
        return f"{lead}: {told}"
    # that a basis was issued after the document is said by the alert alone
    return told if one.of_framework or spoken() == "en" or one.kind == "not-yet-basis" else one.reason or told


def _day(day: str | None) -> str | None:
    from queryapi.radar.sheet import day as written

    return written(day, spoken())
