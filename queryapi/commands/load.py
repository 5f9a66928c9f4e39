"""`thidua load`: documents and RDF into the store, a line for each file."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.errors import LoadError, MissingFile, NotAdministrative, NothingReadable, UnknownFormat
from queryapi.commands.options import command, store_option
from queryapi.commands.progress import progress
from queryapi.language import say

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
        raise MissingFile(", ".join(map(str, paths)))
    again: list[str] = []

    def rejudged(why: str, found: "Rejudged") -> None:
        again.extend(said_again(why, found))

    with open_endpoint(endpoint) if endpoint else open_store(store, write=True) as target, progress() as told:
        try:
            outcomes = load_into(list(paths), target, graph=graph, progress=told, rejudged=rejudged)
        except NothingReadable as error:
            for reason in error.reasons:
                click.echo(say(f"không đọc được: {reason.vi}", f"not read: {reason.en}"), err=True)
            raise
        gone = missing(target) if drop_missing else []
        lost = [] if drop_missing else missing(target, [path for path in paths if path.is_dir()])
        if gone:
            drop((document for document, _ in gone), target)
    for said in again:
        click.echo(said)
    for _, name in gone:
        click.echo(say(f"{name}: đã bỏ khỏi kho, tệp không còn", f"{name}: dropped, its file is gone"))
    for passed in _PASSED:
        outcomes = _pass_over(outcomes, paths, passed)
    for outcome in outcomes:
        click.echo(line(outcome), err=outcome.error is not None)
    if lost:
        click.echo(_said_lost([name for _, name in lost]))
    click.echo(summary(outcomes))
    return 2 if all(outcome.error for outcome in outcomes) else 0


_PASSED: dict[type[LoadError] | None, tuple[str, str]] = {
    NotAdministrative: ("tệp không phải văn bản hành chính", "not administrative documents"),
    UnknownFormat: ("tệp không thuộc định dạng đọc được", "not of a format we read"),
    None: ("tệp của hệ thống, tệp tạm, tệp nén, phim ảnh", "files of the system, archives, films"),
}


def _pass_over(outcomes: "list[Loaded]", named: Sequence[Path], kind: type[LoadError] | None) -> "list[Loaded]":
    """Those that remain when the files of one kind that only lie in a folder are told in one line."""
    passed = beside(outcomes, named, kind)
    if passed:
        names = ", ".join(one.name for one in passed)
        what, what_en = _PASSED[kind]
        click.echo(
            say(f"bỏ qua {len(passed)} {what}: {names}", f"passed over, {what_en} ({len(passed)}): {names}"),
        )
    return [one for one in outcomes if one not in passed]


def beside(outcomes: "Sequence[Loaded]", named: Sequence[Path], kind: type[LoadError] | None) -> "list[Loaded]":
    """The files that only lie in a folder with documents, as a README does: nobody asked for them by name."""
    if kind is None:
        return [one for one in outcomes if one.status == "ignored"]
    asked = {path.resolve().as_posix() for path in named}
    return [one for one in outcomes if type(one.error) is kind and one.path not in asked and not one.document]


def summary(outcomes: "Sequence[Loaded]") -> str:
    """How many files became what, in one line.

    >>> from queryapi.loading.load import Loaded
    >>> files = [("a", "new"), ("b", "second"), ("c", "new"), ("d", "failed")]
    >>> summary([Loaded(path=name, name=name, status=status) for name, status in files])
    'Tổng cộng 4 tệp: 2 mới, 1 bản khác của văn bản đã có, 1 không đọc được.'
    """
    words = {
        "new": say("mới", "new"),
        "changed": say("đã đổi", "changed"),
        "unchanged": say("không đổi", "unchanged"),
        "second": say("bản khác của văn bản đã có", "other copies of documents"),
        "failed": say("không đọc được", "not read"),
    }
    counted = Counter(one.status for one in outcomes)
    told = ", ".join(f"{counted[status]} {said}" for status, said in words.items() if counted[status])
    return say(f"Tổng cộng {len(outcomes)} tệp: {told}.", f"{len(outcomes)} files in all: {told}.")


_SHOWN = 5  # names of files in one line


def _said_lost(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    return say(
        f"{len(names)} văn bản trong kho không còn tệp nguồn ({shown}); --drop-missing để bỏ khỏi kho",
        f"{len(names)} documents of the store have lost their files ({shown}); --drop-missing takes them out",
    )


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
        said = say(f"không đọc được: {outcome.error.vi}", f"not read: {outcome.error.en}")
        kept = say("bản cũ còn trong kho", "its earlier version stays in the store")
        return f"{said}; {kept}" if outcome.document else said
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
        *_copies(outcome),
    ]
    return f"{outcome.name}: {statuses.get(outcome.status, outcome.status)} · " + " · ".join(parts)


def _copies(outcome: "Loaded") -> Iterator[str]:
    """Which of several copies of one document the store goes by."""
    others = ", ".join(outcome.also_from)
    if outcome.used == outcome.name:
        yield say(f"dùng bản này, không dùng {others}", f"this copy is used, not {others}")
    elif outcome.used:
        yield say(f"dùng bản {outcome.used}", f"the copy used is {outcome.used}")


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
