"""`thidua stats`: what the store holds, counted."""

import json
from pathlib import Path

import click

from queryapi.commands.options import command, format_option, reading, store_option
from queryapi.language import say
from queryapi.tables import print_table

_COUNTS = """
PREFIX td: <https://w3id.org/thidua/ns#>
PREFIX v: <https://w3id.org/thidua/vocab/verdict/>
SELECT ?what ?n WHERE {
  { SELECT ("documents" AS ?what) (COUNT(?d) AS ?n) WHERE { ?d td:sha256 ?hash } }
  UNION { SELECT ("plans" AS ?what) (COUNT(?d) AS ?n) WHERE { ?d a td:EmulationPlan } }
  UNION { SELECT ("citations" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c a td:Citation } }
  UNION { SELECT ("expired" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c td:verdict v:expired } }
  UNION { SELECT ("unknown" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c td:verdict v:unknown } }
  UNION { SELECT ("criteria" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c a td:Criterion } }
  UNION { SELECT ("deadlines" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c a td:Deadline } }
  UNION { SELECT ("doubts" AS ?what) (COUNT(?c) AS ?n) WHERE { ?c a td:Doubt } }
  UNION { SELECT ("instruments" AS ?what) (COUNT(?i) AS ?n) WHERE { ?i a td:LegalInstrument } }
  UNION { SELECT ("units" AS ?what) (COUNT(?u) AS ?n) WHERE { ?u a td:AdministrativeUnit } }
}
"""


@command(
    "Đếm những gì có trong kho.",
    "Count what the store holds.",
    "thidua stats",
)
@store_option
@format_option(("table", "json"))
def stats(store: Path, endpoint: str | None, format_: str) -> None:
    from queryapi.store.terms import Rows

    labels = {
        "documents": say("văn bản", "documents"),
        "plans": say("kế hoạch thi đua", "emulation plans"),
        "citations": say("trích dẫn", "citations"),
        "expired": say("trích dẫn văn bản hết hiệu lực", "citations of expired documents"),
        "unknown": say("trích dẫn chưa xác định hiệu lực", "citations of unknown force"),
        "criteria": say("tiêu chí", "criteria"),
        "deadlines": say("thời hạn", "deadlines"),
        "doubts": say("điểm cần xem lại", "doubts"),
        "instruments": say("văn bản trong sổ pháp luật", "instruments in the law register"),
        "units": say("đơn vị hành chính (theo thời kỳ)", "administrative units (by period)"),
    }
    with reading(store, endpoint) as source:
        answer = source.query(_COUNTS)
        version = source.version
    assert isinstance(answer, Rows)
    counts = {str(row["what"]): int(str(row["n"])) for row in answer.records()}
    if format_ == "json":
        click.echo(json.dumps({"version": version, **counts}, ensure_ascii=False, indent=2))
        return
    rows: list[tuple[object, object]] = [(label, counts.get(name, 0)) for name, label in labels.items()]
    print_table(
        (say("Có gì", "What"), say("Số lượng", "Count")), [*rows, (say("phiên bản dữ liệu", "data version"), version)]
    )
