"""`thidua cite`: the citations in any text, each with its verdict on a day."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option
from queryapi.commands.progress import reading_of
from queryapi.language import say
from queryapi.tables import print_table

if TYPE_CHECKING:
    from loaders.findings import Citation
    from loaders.text import Text


@command(
    "Tìm trích dẫn văn bản trong một đoạn chữ bất kỳ và cho biết từng căn cứ còn hiệu lực không.",
    "Find the citations in any text and say whether each was in force.",
    "thidua cite examples/plans/long-thanh-kh-bcd-2024.txt --as-of 2024-04-25",
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help=say(
        "Xét hiệu lực vào ngày này (mặc định: ngày của văn bản, nếu không có thì hôm nay).",
        "Judge on this day (default: the document's own date, else today).",
    ),
)
@format_option(("table", "json"))
def cite(file: Path, as_of: "click.DateTime | None", format_: str) -> None:
    from datetime import date, datetime

    from loaders.findings import to_json
    from loaders.formats import open_document
    from loaders.read import cite as find_in
    from loaders.text import Text

    if str(file) == "-":
        text = Text.of(sys.stdin.read())
    else:
        with reading_of(file) as told:
            text = open_document(file, progress=told).text
    day = as_of.date() if isinstance(as_of, datetime) else None
    citations = _placed(find_in(text, on=day, otherwise=date.today()), text)
    if format_ == "json":
        import json

        click.echo(json.dumps(to_json(citations), ensure_ascii=False, indent=2))
        return
    if not citations:
        click.echo(say("Không có trích dẫn nào.", "No citations."))
        return
    print_table(
        (
            say("Chỗ", "Place"),
            say("Văn bản", "Document"),
            say("Ngày", "Date"),
            say("Cơ quan", "Issuer"),
            say("Quan hệ", "Relation"),
            say("Hiệu lực", "Verdict"),
        ),
        [
            (
                f"{say('tr.', 'p.')} {c.page}" if c.page else text.raw.count("\n", 0, c.start) + 1,
                (c.number or c.name or " ".join(c.text.split())) + _meant(c.resolved),
                c.date,
                c.issuer,
                c.relation,
                _verdict(c.verdict, c.replaced_by),
            )
            for c in citations
        ],
    )


def _placed(citations: "tuple[Citation, ...]", text: "Text") -> "tuple[Citation, ...]":
    """The citations with page and box, where the file has pages."""
    from loaders.findings import Document, Findings, Source
    from loaders.layout import placed

    found = Findings(source=Source(name="", sha256=""), document=Document(iri=""), citations=citations)
    return placed(found, text.layout).citations


def _meant(resolved: str | None) -> str:
    """The law that a name without number means on that day."""
    return f" ({say('theo ngày', 'by date')}: {resolved})" if resolved else ""


def _verdict(verdict: str | None, replaced_by: str | None) -> str:
    from loaders.vocabulary import scheme

    label = scheme("verdict")[verdict or "unknown"].label
    return f"{label} → {replaced_by}" if replaced_by else label
