"""`thidua template` and `thidua validate`: a plan's nomination form, and the report on a filled one."""

from pathlib import Path

import click

from queryapi.commands.options import command, reading, store_option, write_whole
from queryapi.language import say, spoken

_FORMS = ("xlsx", "csv", "ttl")
_REPORTS = ("text", "json", "html", "csv", "ttl", "xlsx")


@command(
    "Tạo biểu mẫu đề nghị khen thưởng cho một kế hoạch.",
    "Make the nomination form of a plan.",
    'thidua template "26/KH-UBND ninh phuoc" -o ninh-phuoc.xlsx',
)
@click.argument("plan", metavar="PLAN")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=say("Tệp biểu mẫu (.xlsx, .csv hoặc .ttl).", "The form's file (.xlsx, .csv or .ttl)."),
)
@store_option
def template(plan: str, output: Path, store: Path, endpoint: str | None) -> None:
    from queryapi.documents import find_plan
    from queryapi.nominations.check import template as make_form

    form = output.suffix.removeprefix(".")
    if form not in _FORMS:
        raise click.UsageError(
            say(f"{output}: tên tệp phải kết thúc bằng .xlsx, .csv hoặc .ttl", f"{output}: use .xlsx, .csv or .ttl")
        )
    with reading(store, endpoint) as source:
        content = make_form(source, find_plan(source, plan).iri, form)
    write_whole(output, content)
    click.echo(say(f"Đã ghi {output}", f"Wrote {output}"), err=True)


@command(
    "Kiểm tra biểu mẫu đề nghị đã điền: từng tiêu chí, hồ sơ, thời hạn, số lượng.",
    "Check a filled nomination form: every criterion, dossier, deadline, quota.",
    "thidua validate examples/nominations/ninh-phuoc.xlsx --report ket-qua.html",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--plan", metavar="PLAN", help=say("Kế hoạch mà biểu mẫu phải thuộc về.", "The plan the form must be for.")
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=say(
        "Ghi báo cáo vào tệp .html, .xlsx, .csv, .ttl, .json hoặc .txt.",
        "Write the report to .html, .xlsx, .csv, .ttl, .json or .txt.",
    ),
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "csv", "ttl")),
    default="text",
    help=say("Dạng in ra.", "What to print."),
)
@store_option
def validate(
    files: tuple[Path, ...], plan: str | None, report: Path | None, format_: str, store: Path, endpoint: str | None
) -> int:
    from loaders.errors import MissingFile
    from queryapi.documents import find_plan
    from queryapi.nominations.check import check_form
    from queryapi.nominations.report import render

    written = _report_format(report, len(files))
    holds = True
    with reading(store, endpoint) as source:
        wanted = find_plan(source, plan).iri if plan else None
        for file in files:
            if not file.is_file():
                raise MissingFile(str(file))
            checked = check_form(source, file.read_bytes(), file.name, plan_iri=wanted, lang=spoken())
            holds &= checked.holds
            if report is None or written is None:
                click.echo(render(checked, format_).decode("utf-8-sig"), nl=False)
            else:
                write_whole(report, render(checked, written))
                click.echo(say(f"Đã ghi {report}", f"Wrote {report}"), err=True)
    return 0 if holds else 1


def _report_format(report: Path | None, forms: int) -> str | None:
    if report is None:
        return None
    written = {"txt": "text"}.get(report.suffix[1:], report.suffix[1:])
    if written not in _REPORTS:
        known = ".html, .xlsx, .csv, .ttl, .json, .txt"
        raise click.UsageError(say(f"{report}: tên tệp phải kết thúc bằng {known}", f"{report}: use one of {known}"))
    if forms > 1:
        raise click.UsageError(say("--report chỉ dùng với một biểu mẫu", "--report takes one form"))
    return written
