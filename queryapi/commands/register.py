"""`thidua register`: the law register shown, listed, checked, and added to."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from queryapi.cli import Command
from queryapi.commands.options import Decorator, format_option
from queryapi.language import say, spoken
from queryapi.tables import print_table

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


class Register(Command, click.Group):
    """The group: its own commands listed in the language spoken."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        rows = [(name, one.get_short_help_str(90)) for name, one in self.commands.items()]
        with formatter.section(say("Lệnh", "Commands")):
            formatter.write_dl(rows)


_WHAT = say(
    "Sổ pháp luật: xem, liệt kê, kiểm tra, ghi thêm văn bản, ngày hết hiệu lực, sửa đổi, ngưng hiệu lực.",
    "The law register: show, list, check, and add instruments, ends, amendments, suspensions.",
)


@click.group(
    cls=Register,
    help=f"{_WHAT}\n\n\b\n{say('Ví dụ', 'Example')}:\n  thidua register show 98/2023/NĐ-CP",
    short_help=_WHAT,
    no_args_is_help=True,
    subcommand_metavar=say("LỆNH [THAM_SỐ]…", "COMMAND [ARGS]…"),
)
def register() -> None:
    pass


@register.command("show", cls=Command, help=say("Mọi điều sổ biết về một văn bản.", "All that is known of one."))
@click.argument("number", metavar=say("SỐ", "NUMBER"))
@format_option(("text", "json"))
def show(number: str, format_: str) -> None:
    from loaders.findings import to_json
    from loaders.law.register import register as known
    from queryapi.register.entry import look_up
    from queryapi.register.showing import shown

    held = known()
    one = look_up(held, number)
    if format_ == "json":
        click.echo(json.dumps(to_json(one), ensure_ascii=False, indent=2))
        return
    for line in shown(one, held):
        click.echo(line)


@register.command("list", cls=Command, help=say("Các văn bản trong sổ.", "The instruments of the register."))
@click.option(
    "--as-of",
    type=_DAY,
    metavar="DATE",
    help=say("Chỉ những văn bản chưa hết hiệu lực vào ngày này.", "Only what had not ended on this day."),
)
@format_option(("table", "json"))
def list_(as_of: Any, format_: str) -> None:
    from loaders.law.register import register as known
    from loaders.vocabulary import scheme
    from queryapi.register.showing import listed, marked

    day = as_of.date().isoformat() if isinstance(as_of, datetime) else date.today().isoformat()
    rows = list(listed(known(), day, living=as_of is not None))
    if format_ == "json":
        click.echo(json.dumps([row.plain() for row in rows], ensure_ascii=False, indent=2))
        return
    headings = (say("Văn bản", "Instrument"), say("Tên", "Title"), say("Hiệu lực từ", "From"), say("Hết từ", "Ends"))
    print_table(
        (*headings, f"{say('Ngày', 'On')} {day}"),
        [
            (
                one.label + (f" ({one.issuer_label})" if one.is_local else ""),
                one.title,
                marked(one.valid_from),
                marked(one.valid_before),
                scheme("verdict")[verdict.code].label,
            )
            for one, verdict in rows
        ],
    )


@register.command("check", cls=Command, help=say("Kiểm tra các mốc thời gian của sổ.", "Check the timelines."))
@format_option(("table", "json"))
def check(format_: str) -> int:
    from loaders.findings import to_json
    from loaders.law.graph import snapshot
    from queryapi.register.checking import check_register

    checked = check_register(snapshot())
    if format_ == "json":
        answer = {"holds": checked.holds, "checked": to_json(checked)}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0 if checked.holds else 1
    levels = {"Violation": say("lỗi", "fault"), "Warning": say("lưu ý", "warning"), "Info": say("gợi ý", "hint")}
    vietnamese = spoken() == "vi"
    rows = [
        (
            levels[f.severity],
            f.entry,
            f.message_vi if vietnamese else f.message_en,
            f.remedy_vi if vietnamese else f.remedy_en,
            f.file or say("sổ gốc", "shipped"),
        )
        for f in checked.faults
    ]
    if rows:
        heads = (say("Mức", "Level"), say("Mục", "Entry"), say("Điều gì", "What"), say("Cách sửa", "Remedy"))
        print_table((*heads, say("Tệp", "File")), rows)
    faults = sum(f.severity == "Violation" for f in checked.faults)
    click.echo(
        say(
            f"Đã xét {checked.tested} mục: {faults} lỗi, {len(rows) - faults} lưu ý.",
            f"Tested {checked.tested} entries: {faults} faults, {len(rows) - faults} warnings.",
        )
    )
    return 0 if checked.holds else 1


def _day(name: str, vi: str, en: str, *more: str) -> Decorator:
    return click.option(name, *more, type=_DAY, metavar="DATE", help=say(vi, en))


def _many(name: str, metavar: str, vi: str, en: str, *more: str) -> Decorator:
    return click.option(name, *more, multiple=True, metavar=metavar, help=say(vi, en))


def _one(name: str, metavar: str, vi: str, en: str) -> Decorator:
    return click.option(name, metavar=metavar, help=say(vi, en))


@register.command(
    "add",
    cls=Command,
    help=say(
        "Ghi vào sổ riêng một văn bản mới, hoặc điều mới về văn bản đã biết. Không nêu số thì hỏi từng điều.",
        "Write a new instrument into your register, or news of a known one. Without a number it asks.",
    ),
)
@_one("--number", "SỐ", "Số, ký hiệu của văn bản.", "The instrument's number.")
@_one("--type", "LOẠI", "Tên loại: nghi-dinh, thong-tu, luat, quyet-dinh…", "Type of document.")
@_one("--title", "TÊN", "Tên văn bản.", "Its title.")
@_one("--issuer", "CƠ_QUAN", "Cơ quan ban hành (mặc định: theo số).", "The issuing body (default: by its number).")
@_one("--province", "TỈNH", "Tỉnh áp dụng, với văn bản của địa phương.", "The province a local document is for.")
@_day("--issued", "Ngày ban hành.", "Day of issue.")
@_day("--from", "Ngày đầu tiên có hiệu lực.", "First day in force.", "starts")
@_day("--ends", "Ngày đầu tiên KHÔNG còn hiệu lực.", "First day no longer in force.")
@_many("--replaces", "SỐ", "Văn bản mà nó thay thế (hết hiệu lực khi nó có hiệu lực).", "What it replaces.")
@_many("--replaced-by", "SỐ", "Văn bản thay thế nó.", "What replaces it.")
@_many("--amends", "SỐ", "Văn bản mà nó sửa đổi; điều nào thì thêm --provision.", "What it amends.")
@_many(
    "--provision",
    "ĐIỀU",
    "Điều khoản: bị sửa (với --amends), hết hiệu lực (với --ends), hay bị ngưng.",
    "The provision amended, ended or suspended.",
    "provisions",
)
@_day("--suspended-from", "Ngày đầu tiên ngưng hiệu lực.", "First day suspended.")
@_day("--suspended-until", "Ngày đầu tiên áp dụng lại.", "First day it applies again.")
@_one("--by", "SỐ", "Văn bản làm hết hoặc ngưng hiệu lực.", "What ended or suspended it.")
@_one("--by-article", "ĐIỀU", "Điều khoản quyết định việc ấy.", "The article that makes it so.")
@_many("--source", "URL", "Nguồn: địa chỉ hoặc lời (nhiều lần được).", "The source, an address or words.", "sources")
@click.option(
    "--confidence",
    type=click.Choice(["V", "V-weak", "I", "K"]),
    default="K",
    help=say("Mức chắc chắn: V có nguồn, V-weak nguồn yếu, I suy ra, K hiểu biết (mặc định).", "How sure."),
)
@_one("--note", "LỜI", "Ghi chú.", "A note.")
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="F.ttl",
    help=say("Ghi vào tệp này (mặc định: một tệp trong sổ riêng).", "Write here (default: in your register)."),
)
@click.option("--yes", is_flag=True, help=say("Ghi mà không hỏi lại.", "Write without asking."))
@click.option("--dry-run", is_flag=True, help=say("Chỉ cho xem, không ghi.", "Show, do not write."))
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=say("THƯ_MỤC", "DIR"),
    help=say("Kho cần xét lại (mặc định: kho của người dùng).", "The store to judge again (default: the user's)."),
)
def add(file: Path | None, yes: bool, dry_run: bool, store: Path | None, **given: Any) -> int:
    from queryapi.register.adding import plan_of, tell, write
    from queryapi.register.asking import asked

    if not given["number"]:
        if not _at_terminal():
            raise click.UsageError(
                say("nêu --number (không có màn hình để hỏi).", "give --number (there is no terminal to ask at).")
            )
        given = asked(given)
    plan = plan_of(given, file)
    tell(plan, store)
    if dry_run:
        return 0
    if not (yes or _consents()):
        click.echo(say("Không ghi gì.", "Nothing was written."))
        return 1
    write(plan, store)
    return 0


def _consents() -> bool:
    """Asked at a terminal; else the next line of the input is the answer, and no line is none: UsageError."""
    import sys

    question = say("Ghi vào sổ?", "Write it?")
    if _at_terminal():
        return click.confirm(question, default=False)
    answer = sys.stdin.readline()
    if not answer:
        raise click.UsageError(
            say("chưa ghi gì: không có ai trả lời; thêm --yes để ghi.", "nothing was written: add --yes to write.")
        )
    return answer.strip().lower() in ("y", "yes", "c", "co", "có")


def _at_terminal() -> bool:
    import sys

    return sys.stdin.isatty()
