"""`thidua check`: the graph against its rules, the register's timelines, and the ontology by a reasoner."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.checking import Checked, Fault


@command(
    "Kiểm tra đồ thị theo các quy tắc, các mốc thời gian trong sổ pháp luật, và tính nhất quán của ontology.",
    "Check the graph against the rules, the register's timelines, and the ontology's consistency.",
    "thidua check",
)
@click.option(
    "--reasoner",
    is_flag=True,
    help=say("Kiểm tra cả tính nhất quán của ontology bằng HermiT (cần Java).", "Also check the ontology with HermiT."),
)
@format_option(("table", "json"))
@store_option
def check(reasoner: bool, format_: str, store: Path, endpoint: str | None) -> int:
    from loaders.findings import to_json
    from queryapi.checking import check_store

    with reading(store, endpoint) as source:
        checked = check_store(source)
    reasoned = None
    if reasoner:
        from queryapi.reasoner import reason

        reasoned = reason()
    holds = checked.holds and (reasoned is None or reasoned.holds)
    if format_ == "json":
        answer = {"holds": holds, "checked": to_json(checked), "reasoned": to_json(reasoned)}
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return 0 if holds else 1
    _print_faults(checked)
    if reasoned:
        verdict = say("nhất quán", "consistent") if reasoned.consistent else say("KHÔNG nhất quán", "INCONSISTENT")
        click.echo(
            say(
                f"Ontology {verdict}; {reasoned.classes} lớp, {len(reasoned.unsatisfiable)} lớp không thể có phần tử.",
                f"The ontology is {verdict}; {reasoned.classes} classes, {len(reasoned.unsatisfiable)} unsatisfiable.",
            )
        )
        for iri in reasoned.unsatisfiable:
            click.echo(f"  {iri}")
    return 0 if holds else 1


def _print_faults(checked: "Checked") -> None:
    """The faults, gravest first, and how much was tested."""
    severities = {"Violation": say("lỗi", "fault"), "Warning": say("lưu ý", "warning"), "Info": say("gợi ý", "hint")}
    rows = [
        (
            severities.get(f.severity, f.severity),
            f.where,
            f.message_vi if spoken() == "vi" else f.message_en,
            _why(f),
            f.focus.rpartition("/")[2],
        )
        for f in sorted(checked.faults, key=lambda f: (list(severities).index(f.severity), f.where, f.focus))
    ]
    if rows:
        headings = (
            say("Mức", "Level"),
            say("Ở đâu", "Where"),
            say("Điều gì", "What"),
            say("Cách sửa / vì sao", "Remedy / why"),
            say("Phần", "Part"),
        )
        print_table(headings, rows)
    faults = sum(f.severity == "Violation" for f in checked.faults)
    click.echo(
        say(
            f"Đã xét {checked.tested} mục: {faults} lỗi, {len(rows) - faults} lưu ý.",
            f"Tested {checked.tested} nodes: {_counted(faults, 'fault')}, {_counted(len(rows) - faults, 'warning')}.",
        )
    )


def _counted(number: int, thing: str) -> str:
    """
    >>> _counted(1, "fault"), _counted(0, "warning")
    ('1 fault', '0 warnings')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _why(fault: "Fault") -> str:
    """What would mend it, and where the rule comes from."""
    remedy = fault.remedy_vi if spoken() == "vi" else fault.remedy_en
    because = f"{say('theo', 'by')}: {fault.source}" if fault.source else ""
    return "\n".join(filter(None, (remedy, because)))
