"""`thidua demo`: the whole way in a minute, from the example plans to a nomination report and the pages."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.compare import print_comparison
from queryapi.commands.load import line
from queryapi.commands.options import command, demo_store
from queryapi.commands.progress import progress
from queryapi.commands.radar import print_dead
from queryapi.commands.trace import print_chain
from queryapi.errors import NoExamples
from queryapi.language import say, spoken
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.store import Store

_FORM = "ninh-phuoc.xlsx"
_ASPECTS = ("so-luong-tap-the", "so-luong-ca-nhan", "chi-so")


@command(
    "Chạy thử từ đầu đến cuối trên năm kế hoạch mẫu, rồi mở trang web (DEMO_SERVE=0: không mở).",
    "The whole way on the five example plans, then the pages (DEMO_SERVE=0: without them).",
    "thidua demo examples",
)
@click.argument("examples", type=click.Path(path_type=Path), default=Path("examples"))
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    help=say("Kho dùng cho bản chạy thử.", "The store to use."),
)
def demo(examples: Path, store: Path | None) -> None:
    from queryapi.loading.load import load
    from queryapi.store import open_store

    plans = sorted((examples / "plans").glob("*.txt"))
    if not plans:
        raise NoExamples(str(examples))
    folder = store or demo_store()
    _heading(say("Nạp năm kế hoạch mẫu", "Loading the example plans"))
    with open_store(folder, write=True) as target, progress() as told:
        outcomes = load([Path(plan) for plan in plans], target, progress=told)
    for outcome in outcomes:
        click.echo("  " + line(outcome))
    with open_store(folder) as graph:
        _show(graph, examples)
    click.echo(say(f"\nKho dữ liệu: {folder}", f"\nThe store: {folder}"))
    if os.environ.get("DEMO_SERVE") == "0" or not sys.stdin.isatty() or not sys.stdout.isatty():
        click.echo(
            say("Xem trên trang web: thidua serve --demo (hay: make serve)", "See it in a browser: thidua serve --demo")
        )
        return
    from queryapi.serving.service import serve

    serve(folder)


def _show(graph: "Store", examples: Path) -> None:
    from queryapi.compare import compare
    from queryapi.documents import documents
    from queryapi.nominations.check import check_form
    from queryapi.nominations.report import render
    from queryapi.radar import radar
    from queryapi.trace import trace

    plans = [known for known in documents(graph) if known.movement]
    _heading(say("Đồ thị biết gì về các kế hoạch", "What the graph knows of the plans"))
    _print_counts(graph)
    _heading(say("Trích dẫn văn bản không còn hiệu lực", "Citations of what is no longer in force"))
    print_dead(radar(graph))
    _heading(say("Chuỗi căn cứ của phường Thác Mơ", "The chain of phường Thác Mơ"))
    print_chain(trace(graph, "54/KH-UBND thac mo", up=True, down=False, relations=("can-cu",)))
    _heading(say("So sánh số lượng và ngưỡng chỉ số", "Quotas and index thresholds compared"))
    whole = compare(graph, [plan.iri for plan in plans])
    print_comparison(replace(whole, rows=tuple(row for row in whole.rows if row.aspect in _ASPECTS)))
    form = examples / "nominations" / _FORM
    _heading(say(f"Kiểm tra đề nghị khen thưởng: {form}", f"Checking nominations: {form}"))
    report = check_form(graph, form.read_bytes(), form.name, lang=spoken())
    click.echo(render(report, "text").decode(), nl=False)


def _print_counts(graph: "Store") -> None:
    from queryapi.catalogue import ask, question
    from queryapi.results import shown
    from queryapi.store.terms import Rows

    answer = ask(graph, "plans-at-a-glance")
    assert isinstance(answer, Rows)
    english = spoken() == "en"
    columns = question("plans-at-a-glance").columns
    heads = [columns[name].en if english else columns[name].vi for name in answer.variables]
    print_table(heads, [[shown(term) for term in row] for row in answer.rows])


def _heading(words: str) -> None:
    click.echo(f"\n== {words} ==")
