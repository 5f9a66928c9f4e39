"""Writes the filled forms of this folder from rows.toml: `python examples/nominations/make.py`.

Every clause of a row gets a value that meets it, worked out from the plan as it is read; a row's changes then break
exactly what its name says. The same rows and the same reading give the same bytes.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from rdflib import Graph

from loaders.law.register import register
from loaders.nominations.columns import CLEAR, MET, Column, columns, ladder, part_key
from loaders.nominations.form import write_form
from loaders.nominations.plan import Plan, PlanComponent, PlanCriterion, PlanThreshold, plan_from
from loaders.nominations.rdf import decree_of
from loaders.rdf import quads
from loaders.read import read

HERE = Path(__file__).parent
PLANS = HERE.parent / "plans"
KINDS = {"collective": "Tập thể", "individual": "Cá nhân"}


@dataclass(frozen=True)
class Row:
    """One row as the form gets it, and what must be found wrong with it: None for a good one."""

    name: str
    cells: dict[str, object]
    fails: Mapping[str, Any] | None


@dataclass(frozen=True)
class Example:
    """One form: its file, its plan, its rows, and the kind of which it proposes too many, if any."""

    file: str
    plan: Plan
    graph: Graph
    rows: tuple[Row, ...]
    exceeds: str | None

    def bytes(self) -> bytes:
        return write_form(self.plan, [row.cells for row in self.rows])


@cache
def plan_graph(name: str) -> tuple[Plan, Graph]:
    """An example plan as read today, and its document graph."""
    text, findings = read(PLANS / name)
    graph = Graph()
    own = [quad for quad in quads(findings, text.raw) if "/graph/doc/" in quad.graph_name.value]
    graph.parse(data="".join(f"{quad.triple} .\n" for quad in own), format="nt")
    return plan_from(graph, findings.document.iri), graph


def examples() -> Iterator[Example]:
    """The forms of rows.toml."""
    for form in tomllib.loads((HERE / "rows.toml").read_text("utf-8"))["form"]:
        plan, graph = plan_graph(form["plan"])
        given = form.get("row") or [
            {"name": f"Cơ quan {n:02d}", "kind": "collective"} for n in range(1, form["rows"] + 1)
        ]
        rows = tuple(_row(plan, {**form, **row}) for row in given)
        yield Example(form["file"], plan, graph, rows, form.get("exceeds"))


def _row(plan: Plan, row: Mapping[str, Any]) -> Row:
    cells: dict[str, object] = {"nominee": row["name"], "kind": KINDS[row["kind"]]}
    cells["submitted"], cells["year"] = row["submitted"], row["year"]
    for column in columns(plan):
        if column.key == "award" and column.choices:
            cells["award"] = next((c for c in column.choices if row.get("award", "") in c), column.choices[0])
        elif column.key == "deadline":
            cells["deadline"] = next((c for c in column.choices if row.get("deadline", "") in c), column.choices[0])
        elif column.part and column.kind in ("both", row["kind"]):
            cells[column.key] = _good(plan, column, row)
    for change in row.get("change", ()):
        key = part_key(plan, part_at(plan, change["at"], row["kind"]))
        cells |= {key: change["value"]} if "value" in change else {}
        cells |= {f"{key}.evidence": change["evidence"]} if "evidence" in change else {}
    return Row(row["name"], {key: value for key, value in cells.items() if value != ""}, row.get("fails"))


def part_at(plan: Plan, place: int, kind: str) -> PlanCriterion | PlanComponent:
    """The clause that stands at a place of the plan's text and applies to the kind."""
    found = [p for p in (*plan.criteria, *plan.components) if p.start <= place < p.end]
    found = [p for p in found if isinstance(p, PlanComponent) or p.kind in ("both", kind)]
    if len(found) != 1:
        raise SystemExit(f"{plan.name}: {len(found)} clauses at {place}")
    return found[0]


def _good(plan: Plan, column: Column, row: Mapping[str, Any]) -> object:
    part = column.part
    if column.sort == "evidence":
        return "Báo cáo kết quả năm của cơ quan, đơn vị"
    if column.sort == "present":
        return "Có"
    if isinstance(part, PlanComponent):
        return row.get("form") or _form(part, row["submitted"])
    assert isinstance(part, PlanCriterion)
    if part.threshold and column.sort in ("number", "level"):
        return _reached(part.threshold, part.polarity == "bar")
    return MET if part.polarity == "merit" else CLEAR


def _reached(threshold: PlanThreshold, bar: bool) -> object:
    if threshold.value is None and threshold.level:
        return "Không" if bar else next(x for x in ladder(threshold) if x.lower() == (threshold.level or "").lower())
    if threshold.operator == "rank-lteq":
        return 1
    if bar:
        return 0
    return (threshold.value or 0) + (1.5 if threshold.operator == "gt" else 0)


def _form(component: PlanComponent, submitted: object) -> str:
    """The form the plan asks for, or the one that took over where its decree was dead that day."""
    day = submitted.isoformat() if isinstance(submitted, date) else None
    decree = decree_of(component)
    hint = register().form_successor(component.form or "", str(decree), day) if decree and day else None
    if hint is None:
        return f"{component.form} NĐ {component.form_of}"
    return f"{hint.form.number} NĐ {hint.document.number}"


if __name__ == "__main__":
    for example in examples():
        (HERE / example.file).write_bytes(example.bytes())
        sys.stdout.write(f"{example.file}: {len(example.rows)}\n")
