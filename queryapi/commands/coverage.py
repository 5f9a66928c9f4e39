"""`thidua coverage`: what the graph does not know, counted, the most wanted first."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.catalogue import Words
    from queryapi.coverage import Coverage, Matrix, Section


@command(
    "Cho biết đồ thị còn thiếu gì: văn bản cần thu thập, hiệu lực chưa rõ, kế hoạch thiếu phần, tỉnh chưa có kế hoạch.",
    "Tell what the graph does not know: documents to collect, open verdicts, gaps in plans, provinces without a plan.",
    "thidua coverage --top 5",
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="NAME",
    help=say("Chỉ phần này (can-thu-thap, hieu-luc, tinh-nam …).", "This section alone (can-thu-thap, tinh-nam …)."),
)
@click.option(
    "--top",
    type=click.IntRange(1, 100000),
    default=10,
    help=say("Số dòng nhiều nhất của mỗi phần (mặc định 10).", "At most so many rows of each section (default 10)."),
)
@format_option(("table", "json"))
@store_option
def coverage(sections: tuple[str, ...], top: int, format_: str, store: Path, endpoint: str | None) -> None:
    from queryapi.coverage import coverage as look

    with reading(store, endpoint) as source:
        found = look(source, sections, top)
    if format_ == "json":
        click.echo(json.dumps(_json(found), ensure_ascii=False, indent=2))
        return
    for section in found.sections:
        _print_section(section)
    if found.matrix:
        _print_matrix(found.matrix)


def _print_section(section: "Section") -> None:
    from queryapi.results import shown

    click.echo(f"{_said(section.title)}: {section.total or say('không có', 'none')}")
    if section.rows:
        rows = [[shown(term) for term in row] for row in section.rows]
        print_table([_said(words) for words in section.columns], rows)
    left = section.lines - len(section.rows)
    if left:
        click.echo(
            say(
                f"… còn {left} dòng nữa: thidua ask {section.called}",
                f"… {left} more rows: thidua ask {section.called}",
            )
        )
    click.echo()


def _print_matrix(matrix: "Matrix") -> None:
    click.echo(say("Kế hoạch theo tỉnh và năm", "Plans by province and year"))
    held = [province for province in matrix.provinces if province.total]
    rows = [(p.name, *("–" if n is None else n for n in p.counts)) for p in held]
    if any(matrix.unplaced):
        rows.append((say("(không rõ tỉnh)", "(province unknown)"), *matrix.unplaced))
    if rows:
        print_table((say("Tỉnh", "Province"), *map(str, matrix.years)), rows)
        click.echo(say("– : năm ấy không có tỉnh tên này.", "–: no province of that name in that year."))
    if matrix.undated:
        click.echo(say(f"Không rõ năm: {matrix.undated} kế hoạch.", f"Without a year: {matrix.undated} plans."))
    if matrix.without:
        names = ", ".join(matrix.without)
        click.echo(
            say(
                f"Chưa có kế hoạch nào ({len(matrix.without)} tỉnh): {names}",
                f"No plan at all ({len(matrix.without)} provinces): {names}",
            )
        )


def _said(words: "Words") -> str:
    return words.vi if spoken() == "vi" else words.en


def _json(found: "Coverage") -> Mapping[str, object]:
    sections = [
        {
            "name": section.name,
            "question": section.question,
            "title": {"vi": section.title.vi, "en": section.title.en},
            "total": section.total,
            "rows": [
                {v: str(t) for v, t in zip(section.variables, row, strict=True) if t is not None}
                for row in section.rows
            ],
        }
        for section in found.sections
    ]
    matrix = found.matrix and {
        "years": list(found.matrix.years),
        "provinces": [
            {"name": p.name, "plans": dict(zip(map(str, found.matrix.years), p.counts, strict=True))}
            for p in found.matrix.provinces
        ],
        "unplaced": dict(zip(map(str, found.matrix.years), found.matrix.unplaced, strict=True)),
        "undated": found.matrix.undated,
    }
    return {"sections": sections, "matrix": matrix}
