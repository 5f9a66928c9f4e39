"""`thidua review`: what the reading is not sure of, and a file of corrections ready for a person."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option, write_whole
from queryapi.commands.progress import reading_of
from queryapi.language import say
from queryapi.tables import print_table

if TYPE_CHECKING:
    from loaders.errors import ThiduaError
    from queryapi.review import Item

_COLUMNS = (
    "source",
    "kind",
    "confidence",
    "page",
    "line",
    "words",
    "understood",
    "why",
    "grounds",
    "start",
    "document",
)


@command(
    "Liệt kê những điều máy đọc chưa chắc, đáng ngờ nhất trước; --write soạn sẵn tệp hiệu đính cạnh văn bản.",
    "List what the reader is unsure of, the worst first; --write drafts a file of corrections beside the document.",
    "thidua review examples/plans/thac-mo-54-kh-ubnd-2024.txt",
)
@click.argument("targets", nargs=-1, metavar="[PATH… | DOC…]")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    metavar="0…1",
    default=None,
    help=say("Độ chắc thấp hơn mức này thì liệt kê (mặc định 0.8).", "List what is below this confidence (0.8)."),
)
@click.option(
    "--limit",
    type=click.IntRange(1, 100000),
    default=50,
    help=say("Số dòng nhiều nhất (mặc định 50); không giới hạn với --write.", "At most so many rows (50)."),
)
@click.option(
    "--write",
    is_flag=True,
    help=say(
        "Soạn tệp hiệu đính cạnh mỗi văn bản; tệp đã có thì chỉ thêm mục mới.",
        "Draft the file of corrections beside each document; one that is there only gets new entries.",
    ),
)
@click.option("--force", is_flag=True, help=say("Với --write: viết lại từ đầu tệp đã có.", "Write it all anew."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=say("Ghi tệp hiệu đính vào đây (một văn bản).", "Write the file of corrections here (one document)."),
)
@click.option("--fail", is_flag=True, help=say("Thoát với mã 1 nếu có điều nào.", "Exit 1 if there is any."))
@format_option(("table", "json", "csv", "toml"))
@store_option
def review(
    targets: tuple[str, ...],
    below: float | None,
    limit: int,
    write: bool,
    force: bool,
    output: Path | None,
    fail: bool,
    format_: str,
    store: Path,
    endpoint: str | None,
) -> int:
    from loaders.confidence import DOUBTFUL

    least = DOUBTFUL if below is None else below
    found, failed = _found(targets, least, limit, store, endpoint)
    for error in failed:
        click.echo(say(error.vi, error.en), err=True)
    if output or write:
        _write(found, output, force=force)
    else:
        items = sorted((item for several in found.values() for item in several), key=lambda item: item.order)
        _print(items[:limit], format_)
    if failed and not found:
        return 2
    return 1 if fail and any(found.values()) else 0


def _found(
    targets: Sequence[str], below: float, limit: int, store: Path, endpoint: str | None
) -> "tuple[dict[Path | None, list[Item]], list[ThiduaError]]":
    """The items by the file they are of; under None those of documents of the store."""
    from loaders.errors import LoadError
    from queryapi.review import in_file, in_store

    found: dict[Path | None, list[Item]] = {}
    failed: list[ThiduaError] = []
    asked = [target for target in targets if not Path(target).exists()]
    for file in (file for target in targets if target not in asked for file in _files(Path(target))):
        try:
            with reading_of(file) as told:
                found[file] = in_file(file, below, told)
        except LoadError as error:
            failed.append(error)
    if asked or not targets:
        documents: list[str | None] = list(asked) or [None]
        with reading(store, endpoint) as source:
            found[None] = [item for words in documents for item in in_store(source, words, below, limit)]
    return found, failed


def _files(path: Path) -> list[Path]:
    from loaders.formats import SUFFIXES

    if not path.is_dir():
        return [path]
    return [file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file()]


def _write(found: "dict[Path | None, list[Item]]", output: Path | None, *, force: bool) -> None:
    from loaders.corrections import corrections_file
    from loaders.corrections.fields import KINDS
    from loaders.corrections.file import parse
    from queryapi.review.draft import draft, extended

    files = [file for file in found if file]
    if None in found or not files or (output and len(files) > 1):
        raise click.UsageError(
            say("để soạn tệp hiệu đính, hãy nêu tệp văn bản (một tệp với -o)", "to draft corrections, name the file(s)")
        )
    for file in files:
        target = output or corrections_file(file)
        items = found[file]
        if target.exists() and not force:
            before = target.read_bytes()
            parse(before, target.name)  # what cannot be read is not to be added to
            content, count = extended(before.decode("utf-8-sig"), items)
        else:
            content, count = draft(items, file.name), sum(item.kind in KINDS for item in items)
        write_whole(target, content.encode())
        click.echo(f"{target}: {_announced(count)}")


def _announced(count: int) -> str:
    """What was written: a doubt about no finding is a comment, nothing to uncomment."""
    if not count:
        return say("không có mục mới nào để hiệu đính", "no new entry to correct")
    return say(
        f"{count} mục mới để xem lại, ghi tên, ngày rồi bỏ dấu # ở mục cần dùng",
        f"{count} new entries to look at; give name and day, take away the # of those you need",
    )


def _print(items: "Sequence[Item]", format_: str) -> None:
    if format_ == "toml":
        from queryapi.review.draft import draft

        by_source: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            by_source[item.source].append(item)
        for source, several in by_source.items():
            click.echo(draft(several, source), nl=False)
    elif format_ == "json":
        rows = [{**{name: _cell(item, name) for name in _COLUMNS}, "fields": dict(item.fields)} for item in items]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif format_ == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        writer.writerows([_flat(_cell(item, name)) for name in _COLUMNS] for item in items)
        click.echo(stream.getvalue(), nl=False)
    elif not items:
        click.echo(say("Không có điều nào cần xem lại.", "Nothing to look at."))
    else:
        _print_table(items)


def _print_table(items: "Sequence[Item]") -> None:
    one = len({item.source for item in items}) == 1
    if one:
        click.echo(items[0].source)
    headings = [
        *(() if one else (say("Văn bản", "Document"),)),
        say("Chắc", "Sure"),
        say("Loại", "Kind"),
        say("Chỗ", "Place"),
        say("Nguyên văn", "Words"),
        say("Hiểu là", "Read as"),
        say("Vì sao ngờ", "Why in doubt"),
    ]
    print_table(headings, [[*(() if one else (item.source,)), *_row(item)] for item in items])


def _row(item: "Item") -> list[str]:
    from queryapi.review.words import told

    sure = "" if item.confidence is None else f"{item.confidence:.2f}"
    page = say(f"tr. {item.page}", f"p. {item.page}") if item.page else ""
    line = say(f"dòng {item.line}", f"line {item.line}") if item.line else ""
    words = " ".join(item.words.split())
    return [
        sure,
        _kind(item.kind),
        ", ".join(filter(None, (page, line))),
        words if len(words) <= 160 else f"{words[:159]}…",
        told(item),
        "; ".join(item.why),
    ]


def _kind(kind: str) -> str:
    names = {
        "citation": say("viện dẫn", "citation"),
        "effect": say("hiệu lực", "effect"),
        "target": say("đối tượng", "target"),
        "content": say("nội dung", "content"),
        "criterion": say("tiêu chí", "criterion"),
        "award": say("khen thưởng", "award"),
        "quota": say("số lượng", "quota"),
        "dossier": say("hồ sơ", "dossier"),
        "deadline": say("thời hạn", "deadline"),
        "responsibility": say("trách nhiệm", "responsibility"),
        "procedure": say("quy trình", "procedure"),
        "funding": say("kinh phí", "funding"),
        "recipient": say("nơi nhận", "recipient"),
        "document": say("phần đầu", "head"),
        "": say("chỗ ngờ", "doubt"),
    }
    return names[kind]


def _cell(item: "Item", name: str) -> object:
    value = getattr(item, name)
    return list(value) if isinstance(value, tuple) else value


def _flat(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list) else value
