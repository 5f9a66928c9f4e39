"""`thidua trace`: the chain a document stands in, each hop with its sentence and verdict."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say
from queryapi.tables import print_table

if TYPE_CHECKING:
    from queryapi.trace import Clause, Hop, Retold, Sentence, Trace


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
@click.option(
    "--limit",
    type=click.IntRange(1, 100000),
    default=200,
    help=say(
        "Số văn bản nhiều nhất ở mỗi bước (mặc định 200).", "At most so many documents of each hop (default 200)."
    ),
)
@click.option("--all", "everything", is_flag=True, help=say("Mọi văn bản ở mỗi bước.", "All documents of each hop."))
@format_option(("table", "json", "dot"))
@store_option
def trace(
    document: str,
    up: bool,
    down: bool,
    depth: int,
    limit: int,
    everything: bool,
    format_: str,
    store: Path,
    endpoint: str | None,
) -> None:
    from loaders.findings import to_json
    from queryapi.trace import trace as trace_chain

    with reading(store, endpoint) as source:
        chain = trace_chain(
            source,
            document,
            up=up or not down,
            down=down or not up,
            depth=depth,
            limit=None if everything else limit,
        )
    if format_ == "json":
        click.echo(json.dumps(to_json(chain), ensure_ascii=False, indent=2))
    elif format_ == "dot":
        click.echo(dot(chain))
    else:
        print_chain(chain)


def print_chain(chain: "Trace") -> None:
    """The chain as rows, nearest hops first; what several verdicts rest on is told with the first of them."""
    from queryapi.trace import Retold

    told = Retold()
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
                _words(hop, chain, told),
                "; ".join(dict.fromkeys(filter(None, (_verdict(s, hop) for s in hop.sentences)))),
            )
            for hop in chain.hops
        ],
    )
    for more in chain.more:
        step = ("↑" if more.direction == "up" else "↓") + str(more.depth)
        click.echo(
            say(
                f"{step}: còn {more.documents} văn bản nữa; thêm --limit hoặc --all",
                f"{step}: {more.documents} more documents; add --limit or --all",
            )
        )
    for conflict in chain.conflicts:
        sides = " ≠ ".join(_told(side, chain, told) for side in (conflict.clause, conflict.other))
        click.echo(say("Mâu thuẫn về ", "Contradiction on ") + f"{chain.name(conflict.about)}: {sides}")


def _words(hop: "Hop", chain: "Trace", told: "Retold") -> str:
    """Every sentence that makes the link, with what it does and what its verdict rests on; or the register's source."""
    said = []
    for sentence in hop.sentences:
        said.append(f"{sentence.relation_label}: “{' '.join(sentence.sentence.split())}”")
        said += [say("  tác động: ", "  effect: ") + _effect(clause) for clause in sentence.effects]
        if not sentence.effects:
            said += _behind(sentence, chain, told)
    if hop.facts:
        said.append(_fact(hop))
    return "\n".join(said) or hop.relation


def _behind(sentence: "Sentence", chain: "Trace", told: "Retold") -> Iterator[str]:
    """What the verdict rests on, or the sources between which it is open."""
    if sentence.differing:
        yield say("  các nguồn nói khác nhau: ", "  sources differ: ")
        yield from (f"    {_told(clause, chain, told)}" for clause in sentence.differing)
    heading = say("  kết luận theo lời của: ", "  verdict by: ")
    if sentence.verdict == "unknown":
        heading = say("  đã biết: ", "  known: ")
    yield from (heading + _told(clause, chain, told) for clause in sentence.others)


def _told(clause: "Clause", chain: "Trace", told: "Retold") -> str:
    """A clause in full the first time."""
    if told.again(clause.iri):
        return f"{_by(clause, chain)}: {_effect(clause)} ({say('như trên', 'as above')})"
    return _clause(clause, chain)


def _fact(hop: "Hop") -> str:
    """Where the register has the link from."""
    sources = "; ".join(dict.fromkeys(source for source, _ in hop.facts))
    weak = sorted({confidence for _, confidence in hop.facts} - {"", "v"})
    unsure = say(f", chưa kiểm chứng ({weak[0]})", f", not verified ({weak[0]})") if weak else ""
    return "quy định chi tiết " + say(f"(sổ pháp luật: {sources}{unsure})", f"(law register: {sources}{unsure})")


def _clause(clause: "Clause", chain: "Trace") -> str:
    """Who says what from which day."""
    quoted = f" “{clause.words}”" if clause.words else ""
    return f"{_by(clause, chain)}: {_effect(clause)}{quoted}" + (f" [{clause.vouched}]" if clause.vouched else "")


def _by(clause: "Clause", chain: "Trace") -> str:
    return chain.name(clause.document) if clause.document else say("sổ pháp luật", "law register")


def _effect(clause: "Clause") -> str:
    from loaders.days import shown_day

    day = say("từ ", "from ") + shown_day(clause.day) if clause.day else ""
    until = say("đến trước ", "until ") + shown_day(clause.until) if clause.until else ""
    return " ".join(filter(None, (clause.effect_label, ", ".join(clause.provisions), day, until)))


def _verdict(sentence: "Sentence", hop: "Hop") -> str | None:
    """How the cited document stood; nothing beside a sentence that itself ends or changes it."""
    if sentence.effects:
        return None
    if sentence.replaced_by and sentence.verdict and sentence.verdict.endswith("expired"):
        return f"{sentence.verdict_label} → {sentence.replaced_by}"
    told = hop.target.state != "not-held" or sentence.decided_by  # else the note beside the name says it
    if sentence.verdict == "unknown" and sentence.reason and told:
        return f"{sentence.verdict_label}: {sentence.reason}"
    return sentence.verdict_label


def dot(chain: "Trace") -> str:
    """The chain as a Graphviz drawing."""
    nodes = {chain.start.iri: chain.start} | {n.iri: n for hop in chain.hops for n in (hop.source, hop.target)}
    lines = ["digraph thidua {", "  rankdir=BT; node [shape=box, fontname=sans-serif];"]
    for node in nodes.values():
        dashed = ", style=dashed" if node.state == "not-held" else ""
        lines.append(f"  {_quoted(node.iri)} [label={_quoted(node.name)}{dashed}];")
    for hop in chain.hops:
        label = hop.relation
        lines.append(f"  {_quoted(hop.source.iri)} -> {_quoted(hop.target.iri)} [label={_quoted(label)}];")
    return "\n".join([*lines, "}"])


def _quoted(words: str) -> str:
    return json.dumps(" ".join(words.split()), ensure_ascii=False)
