"""`thidua trace`: the chain a document stands in, each hop with its sentence and verdict."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.trace import Hop, Sentence, Trace


@command(
    "Truy chuỗi căn cứ: văn bản này dựa vào đâu, ai dựa vào nó.",
    "Trace the chain: what a document rests on, and who relies on it.",
    'thidua trace "54/KH-UBND thac mo" --up',
)
@click.argument("document", metavar="DOC")
@click.option("--up", is_flag=True, help=say("Chỉ đi lên: văn bản này dựa vào đâu.", "Only up: what it rests on."))
@click.option("--down", is_flag=True, help=say("Chỉ đi xuống: ai dựa vào nó.", "Only down: who relies on it."))
@click.option(
    "--depth", type=click.IntRange(1, 50), default=10, help=say("Số bước nhiều nhất.", "At most so many hops.")
)
@format_option(("table", "json", "dot"))
@store_option
def trace(document: str, up: bool, down: bool, depth: int, format_: str, store: Path, endpoint: str | None) -> None:
    from loaders.findings import to_json
    from queryapi.trace import trace as trace_chain

    with reading(store, endpoint) as source:
        chain = trace_chain(source, document, up=up or not down, down=down or not up, depth=depth)
    if format_ == "json":
        click.echo(json.dumps(to_json(chain), ensure_ascii=False, indent=2))
    elif format_ == "dot":
        click.echo(dot(chain))
    else:
        print_chain(chain)


def print_chain(chain: "Trace") -> None:
    """The chain as rows, nearest hops first."""
    click.echo(chain.start.name)
    if not chain.hops:
        click.echo(say("Không có bước nào trong kho.", "No hops in the store."))
        return
    print_table(
        (
            say("Bước", "Hop"),
            say("Văn bản", "Document"),
            say("Ghi chú", "Note"),
            say("Câu nối", "Sentence"),
            say("Hiệu lực", "Verdict"),
        ),
        [
            (
                ("↑" if hop.direction == "up" else "↓") + str(hop.depth),
                hop.reached.name,
                say("đã gặp ở trên", "seen above") if hop.again else hop.reached.note,
                _words(hop),
                "; ".join(dict.fromkeys(filter(None, map(_verdict, hop.sentences)))),
            )
            for hop in chain.hops
        ],
    )


def _words(hop: "Hop") -> str:
    """Every sentence that makes the link; a link of the law register has none."""
    said = (f"{s.relation_label}: “{' '.join(s.sentence.split())}”" for s in hop.sentences)
    return "\n".join(said) or hop.relation


def _verdict(sentence: "Sentence") -> str | None:
    if sentence.replaced_by and sentence.verdict and sentence.verdict.endswith("expired"):
        return f"{sentence.verdict_label} → {sentence.replaced_by}"
    return sentence.verdict_label


def dot(chain: "Trace") -> str:
    """The chain as a Graphviz drawing."""
    nodes = {chain.start.iri: chain.start} | {n.iri: n for hop in chain.hops for n in (hop.source, hop.target)}
    lines = ["digraph thidua {", "  rankdir=BT; node [shape=box, fontname=sans-serif];"]
    for node in nodes.values():
        dashed = ", style=dashed" if node.state == "not-held" else ""
        lines.append(f"  {_quoted(node.iri)} [label={_quoted(node.name)}{dashed}];")
    for hop in chain.hops:
        label = ", ".join(dict.fromkeys(s.relation_label for s in hop.sentences))
        lines.append(f"  {_quoted(hop.source.iri)} -> {_quoted(hop.target.iri)} [label={_quoted(label)}];")
    return "\n".join([*lines, "}"])


def _quoted(words: str) -> str:
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
