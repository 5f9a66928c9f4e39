"""Every citation of something not in force, with the reason, what replaced it, and what is only inferred."""

from datetime import date
from itertools import groupby

from flask import Blueprint, Response, request

from queryapi.errors import BadParameter
from queryapi.pages.spreadsheet import csv_response
from queryapi.pages.view import page, served, shown_date
from queryapi.radar import radar

blueprint = Blueprint("radar", __name__)

_PAGE = 50  # documents
_COLUMNS = (
    "Số",
    "Cơ quan ban hành",
    "Ngày",
    "Văn bản được viện dẫn",
    "Nguyên văn",
    "Tình trạng",
    "Từ ngày",
    "Lý do",
    "Thay bằng",
    "Suy luận",
)


@blueprint.get("/ra-soat")
def show() -> Response:
    """As of the day of each document, or of another day."""
    day = request.args.get("ngay", "").strip()
    try:
        as_of = date.fromisoformat(day).isoformat() if day else None
    except ValueError:
        raise BadParameter("ngay", f"“{day}” không phải là ngày", f"“{day}” is not a day") from None
    with served().store() as store:
        dead = radar(store, as_of)
        if request.args.get("format") == "csv":
            rows = [
                [
                    one.document.number,
                    one.document.issuer,
                    shown_date(one.document.date),
                    one.cited_number or one.cited,
                    one.words,
                    one.verdict_label,
                    shown_date(one.since),
                    one.reason,
                    one.replaced_by_number,
                    one.hint,
                ]
                for one in dead
            ]
            return csv_response(_COLUMNS, rows, "ra-soat-can-cu")
        groups = [(known, list(found)) for known, found in groupby(dead, key=lambda one: one.document)]
        number = min(max(1, request.args.get("trang", 1, type=int) or 1), -(-len(groups) // _PAGE) or 1)
        return page(
            "radar.html",
            store=store,
            groups=groups[(number - 1) * _PAGE : number * _PAGE],
            documents=len(groups),
            found=len(dead),
            as_of=as_of or "",
            number=number,
            pages=-(-len(groups) // _PAGE),
        )
