"""Plans side by side, with the document's own words behind each cell, as a page, CSV and XLSX."""

from io import BytesIO

from flask import Blueprint, Response, request

from queryapi.compare import ASPECTS, Comparison, compare
from queryapi.compare_xlsx import write_xlsx
from queryapi.pages.spreadsheet import csv_response
from queryapi.pages.view import page, plans, served
from queryapi.serving.problems import Problem

blueprint = Blueprint("comparison", __name__)

MOST = 12  # more columns than these nobody reads; the catalogue and SPARQL compare any number
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/so-sanh")
def show() -> Response:
    """The table of the plans chosen, or the list to choose from."""
    chosen = list(dict.fromkeys(words.strip()[:300] for words in request.args.getlist("plan") if words.strip()))
    aspect = request.args.get("khia-canh") or None
    if len(chosen) > MOST:
        vi, en = f"So sánh nhiều nhất {MOST} kế hoạch một lần.", f"At most {MOST} plans are compared at once."
        raise Problem(400, "too-many-plans", vi, en)
    with served().store() as store:
        found = compare(store, chosen, aspect) if len(chosen) > 1 else None
        if found and request.args.get("format") == "csv":
            return _csv(found)
        if found and request.args.get("format") == "xlsx":
            return _xlsx(found)
        return page(
            "comparison.html",
            store=store,
            found=found,
            plans=plans(store),
            chosen=[known.iri for known in found.plans] if found else chosen,
            aspects={name: label.vi for name, (label, _) in ASPECTS.items()},
            aspect=aspect or "",
            only_differing=request.args.get("khac") == "1",
        )


def _csv(found: Comparison) -> Response:
    rows = [[row.label.vi, *(cell.value for cell in row.cells)] for row in found.rows]
    return csv_response(["Khía cạnh", *(plan.name for plan in found.plans)], rows, "so-sanh")


def _xlsx(found: Comparison) -> Response:
    stream = BytesIO()
    write_xlsx(found, stream)
    response = Response(stream.getvalue(), mimetype=_XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="so-sanh.xlsx"'
    return response
