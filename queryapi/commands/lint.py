"""`thidua lint`: faults of a draft plan before signature, each with its place and what to do."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, default_store, format_option, reading
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.lint import Finding, Linted, Superior
    from queryapi.store import Store

_COLUMNS = ("file", "line", "column", "start", "end", "severity", "rule", "message", "words", "remedy", "source")


@command(
    "Soát lỗi dự thảo kế hoạch trước khi ký: căn cứ, mẫu biểu, số lượng, thời hạn, đánh số, câu chữ.",
    "Find the faults of a draft plan before it is signed: basis, forms, quotas, deadlines, numbering, wording.",
    "thidua lint examples/plans/long-thanh-kh-bcd-2024.txt",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--superior",
    multiple=True,
    metavar="PLAN",
    help=say(
        "Kế hoạch cấp trên để đối chiếu số lượng, hồ sơ: tệp, hoặc văn bản trong kho.",
        "The superior plan to compare numbers and dossier with: a file, or a document of the store.",
    ),
)
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=say("THƯ_MỤC", "DIR"),
    help=say(
        "Đối chiếu với các văn bản trong kho này (không nêu thì không cần kho).",
        "Compare with the documents of this store (none is needed otherwise).",
    ),
)
@click.option("--endpoint", metavar="URL", help=say("Kho trên máy chủ SPARQL.", "A store on a SPARQL server."))
@format_option(("table", "json", "csv", "sarif"))
def lint(
    files: tuple[Path, ...], superior: tuple[str, ...], store: Path | None, endpoint: str | None, format_: str
) -> int:
    linted = _linted(files, superior, store, endpoint)
    if format_ == "json":
        from loaders.findings import to_json

        click.echo(json.dumps([_as_json(to_json(one), one) for one in linted], ensure_ascii=False, indent=2))
    elif format_ == "csv":
        _print_csv(linted)
    elif format_ == "sarif":
        from queryapi.sarif import sarif

        click.echo(json.dumps(sarif(linted, files, spoken()), ensure_ascii=False, indent=2))
    else:
        for one in linted:
            _print(one)
    return 0 if all(one.holds for one in linted) else 1


def _linted(
    files: tuple[Path, ...], superior: tuple[str, ...], store: Path | None, endpoint: str | None
) -> "list[Linted]":
    from queryapi.lint import Superior, lint

    plans = tuple(Superior.read(Path(name)) for name in superior if Path(name).is_file())
    named = [name for name in superior if not Path(name).is_file()]
    if not (named or store or endpoint):
        return [lint(file, superiors=plans) for file in files]
    with reading(store or default_store(), endpoint) as source:
        plans = (*plans, *(_from_store(source, name) for name in named))
        given = source if store or endpoint else None
        return [lint(file, superiors=plans, store=given) for file in files]


def _from_store(store: "Store", name: str) -> "Superior":
    from queryapi.documents import find_document
    from queryapi.lint import Superior

    return Superior.of(store, find_document(store, name).iri)


def _as_json(found: object, linted: "Linted") -> object:
    return {**found, "holds": linted.holds} if isinstance(found, dict) else found


def _severities() -> dict[str, str]:
    return {"Violation": say("lỗi", "fault"), "Warning": say("lưu ý", "warning"), "Info": say("gợi ý", "hint")}


def _message(finding: "Finding") -> str:
    return finding.message_vi if spoken() == "vi" else finding.message_en


def _remedy(finding: "Finding") -> str:
    return finding.remedy_vi if spoken() == "vi" else finding.remedy_en


def _source(finding: "Finding") -> str:
    """The rule's source; one that was not verified says so."""
    unsure = finding.confidence and finding.confidence != "v"
    return f"{finding.source or ''}{say(' (chưa kiểm chứng)', ' (not verified)') if unsure else ''}"


def _place(finding: "Finding") -> str:
    """The page where the file has pages, else line and column."""
    if finding.page:
        return f"{say('tr.', 'p.')} {finding.page}"
    return f"{finding.line}:{finding.column}" if finding.line else ""


def _print(linted: "Linted") -> None:
    rows = [
        (
            _place(finding),
            _severities()[finding.severity],
            _message(finding),
            _remedy(finding),
            _source(finding),
        )
        for finding in linted.findings
    ]
    if rows:
        headings = (
            say("Dòng:cột", "Line:col"),
            say("Mức", "Level"),
            say("Điều gì", "What"),
            say("Cách sửa", "Remedy"),
            say("Căn cứ của quy tắc", "Source of the rule"),
        )
        print_table(headings, rows, title=linted.name)
    unchecked = _unchecked(linted)
    count = {level: sum(f.severity == level for f in linted.findings) for level in _severities()}
    told = say(
        f"{count['Violation']} lỗi, {count['Warning']} lưu ý, {count['Info']} gợi ý",
        f"{count['Violation']} faults, {count['Warning']} warnings, {count['Info']} hints",
    )
    click.echo(f"{linted.name}: {told}.{unchecked}")
    if linted.garbled:
        click.echo(
            say(
                "Văn bản đọc từ bản quét bị hỏng dấu: các quy tắc về câu chữ chỉ gợi ý hoặc không chạy.",
                "The text was read badly from a scan: rules on wording only hint, or keep silent.",
            )
        )


def _unchecked(linted: "Linted") -> str:
    """The bases nobody looked up: a draft without a fault may still rest on one that is dead."""
    names, many = "; ".join(linted.unchecked), len(linted.unchecked)
    if not many:
        return ""
    return say(
        f" {many} căn cứ không có trong sổ, chưa kiểm tra được hiệu lực: {names}.",
        f" {many} {'basis is' if many == 1 else 'bases are'} not in the register, validity not checked: {names}.",
    )


def _print_csv(linted: "list[Linted]") -> None:
    from loaders.csvcells import safe_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in linted:
        for f in one.findings:
            cells = (one.name, f.line, f.column, f.start, f.end, f.severity, f.rule)
            written = (*cells, _message(f), f.words, _remedy(f), _source(f))
            writer.writerow([safe_cell(cell) for cell in written])
