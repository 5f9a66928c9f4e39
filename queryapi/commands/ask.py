"""`thidua ask`: the ready questions of the catalogue; without a name, their list."""

from pathlib import Path

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say, spoken
from queryapi.tables import print_table


@command(
    "Hỏi đồ thị bằng câu hỏi có sẵn; không nêu tên thì in danh sách câu hỏi.",
    "Ask the graph a ready question; without a name, the list of questions.",
    "thidua ask can-cu-het-hieu-luc",
)
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("values", nargs=-1, metavar="[param=value…]")
@format_option(("table", "csv", "tsv", "json", "xml"))
@store_option
def ask(name: str | None, values: tuple[str, ...], format_: str, store: Path, endpoint: str | None) -> None:
    from queryapi.catalogue import ask as ask_store
    from queryapi.catalogue import question

    if name is None:
        _print_catalogue()
        return
    given = {}
    for value in values:
        key, equals, words = value.partition("=")
        if not equals:
            raise click.UsageError(say(f"{value}: hãy viết tham_số=giá_trị", f"{value}: write parameter=value"))
        given[key] = words
    asked = question(name)
    with reading(store, endpoint) as source:
        answer = ask_store(source, name, given)
    if format_ == "table":
        from queryapi.results import shown
        from queryapi.store.terms import Rows

        english = spoken() == "en"
        assert isinstance(answer, Rows)
        heads = [asked.columns[v].en if english else asked.columns[v].vi for v in answer.variables]
        if answer.rows:
            print_table(heads, [[shown(term) for term in row] for row in answer.rows])
        else:
            click.echo(say("Không có kết quả.", "No results."))
    else:
        from queryapi.results import serialise

        click.echo(serialise(answer, format_), nl=False)


def _print_catalogue() -> None:
    from queryapi.catalogue import catalogue

    english = spoken() == "en"
    rows = [
        (
            one.name if english else one.called,
            one.title.en if english else one.title.vi,
            " ".join(
                f"{p.name}={p.example!r}" if " " in p.example else f"{p.name}={p.example}" for p in one.parameters
            ),
        )
        for one in sorted(catalogue().values(), key=lambda one: one.name if english else one.called)
    ]
    print_table((say("Tên", "Name"), say("Câu hỏi", "Question"), say("Tham số (ví dụ)", "Parameters (example)")), rows)
