"""Rows as CSV that a spreadsheet opens rightly, and safely: the words come from documents of strangers."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

from loaders.csvcells import safe_cell


def csv_response(headings: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """A table for download; the mark at its front tells Excel that it is UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
