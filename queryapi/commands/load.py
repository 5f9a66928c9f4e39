"""`thidua load`: documents and RDF into the store, a line for each file."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, store_option
from queryapi.language import say

_NAME = 48  # characters of a file's name beside the bar; its end tells the page

if TYPE_CHECKING:
    from queryapi.loading.concerned import Rejudged
    from queryapi.loading.load import Loaded


@command(
    "Nạp văn bản (tệp, thư mục) và RDF vào kho.",
    "Load documents (files, folders) and RDF into the store.",
    "thidua load examples/plans",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option(
    "--graph",
    metavar="IRI",
    help=say("Đồ thị nhận các tệp RDF không tự nêu tên đồ thị.", "The graph for RDF files that do not name one."),
)
@click.option(
    "--drop-missing",
    is_flag=True,
    help=say("Bỏ khỏi kho những văn bản mà tệp nguồn không còn.", "Drop documents whose files are gone."),
)
@store_option
def load(paths: tuple[Path, ...], graph: str | None, drop_missing: bool, store: Path, endpoint: str | None) -> int:
    from queryapi.loading.load import drop, missing
    from queryapi.loading.load import load as load_into
    from queryapi.store import open_endpoint, open_store

    if not any(os.path.exists(path) for path in paths):  # before a store is made for nothing
        from loaders.errors import MissingFile

        raise MissingFile(", ".join(map(str, paths)))
    again: list[str] = []

    def rejudged(why: str, found: "Rejudged") -> None:
        again.extend(said_again(why, found))

    with open_endpoint(endpoint) if endpoint else open_store(store, write=True) as target, progress() as told:
        outcomes = load_into(list(paths), target, graph=graph, progress=told, rejudged=rejudged)
        gone = missing(target) if drop_missing else []
        if gone:
            drop((document for document, _ in gone), target)
    for said in again:
        click.echo(said)
    for _, name in gone:
        click.echo(say(f"{name}: đã bỏ khỏi kho, tệp không còn", f"{name}: dropped, its file is gone"))
    passed_over = beside(outcomes, paths)
    for outcome in outcomes:
        if outcome not in passed_over:
            click.echo(line(outcome), err=outcome.error is not None)
    if passed_over:
        names = ", ".join(outcome.name for outcome in passed_over)
        click.echo(
            say(
                f"bỏ qua {len(passed_over)} tệp không phải văn bản hành chính: {names}",
                f"passed over, not administrative documents ({len(passed_over)}): {names}",
            )
        )
    return 2 if all(outcome.error for outcome in outcomes) else 0


def beside(outcomes: "Sequence[Loaded]", named: Sequence[Path]) -> "list[Loaded]":
    """The files that only lie in a folder with documents, as a README does: nobody asked for them by name."""
    from loaders.errors import NotAdministrative

    asked = {path.resolve().as_posix() for path in named}
    return [one for one in outcomes if isinstance(one.error, NotAdministrative) and one.path not in asked]


def said_again(why: str, found: "Rejudged") -> Iterator[str]:
    """What was judged again, and why, in one line for the citations and one for the alerts; nothing where none was.

    >>> from queryapi.loading.concerned import Rejudged
    >>> list(said_again("register", Rejudged(3, 2, turned=1)))
    ['Xét lại 3 trích dẫn trong 2 văn bản theo sổ pháp luật mới; 1 kết luận đổi: xem thidua radar.']
    """
    by = {
        "register": say("theo sổ pháp luật mới", "by the new law register"),
        "documents": say("theo các văn bản vừa nạp", "by the documents just loaded"),
    }[why]
    if found.citations:
        turned, turned_en = "không kết luận nào đổi", "no verdict changed"
        if found.turned:
            turned = f"{found.turned} kết luận đổi: xem thidua radar"
            turned_en = f"{found.turned} verdicts changed: see thidua radar"
        yield say(
            f"Xét lại {found.citations} trích dẫn trong {found.documents} văn bản {by}; {turned}.",
            f"Judged again: {found.citations} citations in {found.documents} documents, {by}; {turned_en}.",
        )
    if found.plans:
        yield say(f"Xem lại cảnh báo của {found.plans} văn bản {by}.", f"Alerts of {found.plans} documents, {by}.")


def line(outcome: "Loaded") -> str:
    """One file in one line: type, number, date, issuer, citations, doubts; or why it was not read."""
    if outcome.error:
        return say(f"không đọc được: {outcome.error.vi}", f"not read: {outcome.error.en}")
    statuses = {
        "new": say("mới", "new"),
        "changed": say("đã đổi", "changed"),
        "unchanged": say("không đổi", "unchanged"),
        "second": say("bản thứ hai của cùng văn bản", "second copy of one document"),
    }
    if outcome.graphs and not outcome.document:
        return f"{outcome.name}: {statuses[outcome.status]} · RDF → {', '.join(outcome.graphs)}"
    blank = say("số để trống", "no number")
    parts = [
        _type_label(outcome.type),
        outcome.number or blank,
        outcome.date or say("ngày để trống", "no date"),
        outcome.issuer or say("chưa rõ cơ quan", "issuer unknown"),
        say(f"{outcome.citations} trích dẫn", f"{outcome.citations} citations"),
        *_dead(outcome.dead_bases),
        say(f"{outcome.doubts} điểm cần xem", f"{outcome.doubts} doubts"),
        *(say(f"kèm theo: {kind}", f"attached: {kind}") for kind in map(_kind_of, outcome.graphs[1:])),
    ]
    return f"{outcome.name}: {statuses.get(outcome.status, outcome.status)} · " + " · ".join(parts)


def _dead(bases: int) -> Iterator[str]:
    """What rests on nothing: a basis, or a form to be filled in, that had ended before the document."""
    if bases:
        yield say(f"{bases} căn cứ hết hiệu lực: xem thidua radar", f"{bases} dead bases: see thidua radar")


def _kind_of(document: str) -> str:
    """The kind of a document by its IRI: `id/doc/<authority>/<kind>/…`."""
    return _type_label(document.rpartition("/id/doc/")[2].split("/")[1])


def _type_label(type_: str | None) -> str:
    from loaders.vocabulary import scheme

    concept = scheme("document-type").get(type_ or "")
    return concept.label if concept else say("văn bản", "document")


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"


@contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """A progress bar on the error stream while a person watches; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say("Đang đọc", "Reading"), total=None)

        def told(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=_short(name) or say("Đang đọc", "Reading"))

        yield told
