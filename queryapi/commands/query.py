"""`thidua query`: any SPARQL query."""

import sys
from pathlib import Path

import click

from queryapi.commands.options import command, reading, store_option
from queryapi.language import say

_FORMS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdfxml")


@command(
    "Chạy một câu truy vấn SPARQL (đọc từ tệp hoặc -e).",
    "Run a SPARQL query (from a file or -e).",
    "thidua query -e 'SELECT ?d { ?d a <https://w3id.org/thidua/ns#EmulationPlan> }'",
)
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("-e", "--execute", metavar="TEXT", help=say("Câu truy vấn viết thẳng ở đây.", "The query itself."))
@click.option("--format", "format_", type=click.Choice(_FORMS), help=say("Dạng kết quả.", "Form of the answer."))
@store_option
def query(file: Path | None, execute: str | None, format_: str | None, store: Path, endpoint: str | None) -> None:
    from queryapi.results import serialise
    from queryapi.store.terms import Triples

    if (file is None) == (execute is None):
        raise click.UsageError(say("hãy nêu một tệp truy vấn hoặc -e TEXT", "give a query file or -e TEXT"))
    if execute is not None:
        sparql = execute
    elif str(file) == "-":
        sparql = sys.stdin.read()
    else:
        from loaders.formats.txt import read_text

        assert file is not None
        sparql = read_text(file)[0]
    with reading(store, endpoint) as source:
        answer = source.query(sparql)
    click.echo(serialise(answer, format_ or ("ttl" if isinstance(answer, Triples) else "table")), nl=False)
