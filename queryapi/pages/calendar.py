"""What falls due when, month by month, with the same days as CSV and for calendar programs."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from queryapi.calendar import Day, Due, details, due_days
from queryapi.calendar.sheet import cells, headings, way
from queryapi.errors import BadParameter, SeveralDocuments, UnknownDocument
from queryapi.pages.spreadsheet import csv_response
from queryapi.pages.view import page, plans, served
from queryapi.serving.problems import Problem
from queryapi.store import Store

blueprint = Blueprint("calendar", __name__)

PAGE = 200  # rows of one page
_SHEET = 5000  # rows of one download
_LONGEST = 400
_MANY = 300  # plans in the list to choose from; beyond, one types a name


@blueprint.get("/lich")
def show() -> Response:
    """The table by month; what was asked for and is not there is said above it."""
    wrong, days = "", list[Day]()
    with served().store() as store:
        typed = _typed(store)
        try:
            days = _days(store, typed)
        except (BadParameter, UnknownDocument, SeveralDocuments) as error:
            wrong = error.vi
        if request.args.get("format") == "csv" and not wrong:
            found = details(store, days[:_SHEET])
            return csv_response(headings("vi"), (cells(due, "vi") for due in found), "lich-thi-dua")
        offset = _offset(typed["tu-dong"])
        narrowed = {name: value for name, value in typed.items() if value and name != "tu-dong"}
        known = plans(store)
        return page(
            "calendar.html",
            status=400 if wrong else 200,
            store=store,
            wrong=wrong,
            total=len(days),
            months=_by_month(details(store, days[offset : offset + PAGE])),
            years=sorted({day.last_day[:4] for day in days}),
            typed=typed,
            narrowed=narrowed,
            plans=known if len(known) <= _MANY else [],
            way=way,
            as_csv=_address("calendar.show", narrowed, format="csv"),
            as_ics=_address("calendar.download", narrowed),
            beginning=_address("calendar.show", narrowed) if offset else "",
            following=_address("calendar.show", narrowed, **{"tu-dong": str(offset + PAGE)})
            if len(days) > offset + PAGE
            else "",
        )


@blueprint.get("/lich.ics")
def download() -> Response:
    """The same days as iCalendar; an empty calendar is none."""
    from queryapi.calendar.ics import ics

    with served().store() as store:
        found = details(store, _days(store, _typed(store))[:_SHEET])
    if not found:
        raise Problem(404, "no-deadlines", "Không có thời hạn nào để đưa vào lịch.", "Nothing falls due.")
    response = Response(ics(found), mimetype="text/calendar")
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="lich-thi-dua.ics"'
    return response


def _typed(store: Store) -> dict[str, str]:
    """What the form says; of very many plans, and nothing said, those days that fall in the year of the newest."""
    names = ("ke-hoach", "nam", "tu", "den", "tu-dong")
    typed = {name: request.args.get(name, "").strip()[:_LONGEST] for name in names}
    if not any(value for name, value in typed.items() if name != "tu-dong"):
        known = plans(store)
        if len(known) > _MANY:
            typed["nam"] = max((plan.date for plan in known if plan.date), default="")[:4]
    return typed


def _days(store: Store, typed: dict[str, str]) -> list[Day]:
    chosen = list(dict.fromkeys(words.strip()[:_LONGEST] for words in request.args.getlist("ke-hoach")))
    return due_days(
        store,
        [words for words in chosen if words],
        since=_day("tu", typed["tu"]),
        until=_day("den", typed["den"]),
        year=_year(typed["nam"]),
    )


def _day(name: str, words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat() if words else None
    except ValueError:
        raise BadParameter(name, f"“{words}” không phải là ngày", f"“{words}” is not a day") from None


def _year(words: str) -> int | None:
    if words and not (words.isascii() and words.isdigit() and len(words) == 4 and words >= "1900"):
        raise BadParameter("nam", f"“{words}” không phải là năm", f"“{words}” is not a year")
    return int(words) if words else None


def _offset(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 9 else 0


def _by_month(found: list[Due]) -> list[tuple[str, list[Due]]]:
    """Under "Tháng 12/2024"."""
    months = groupby(found, key=lambda due: due.last_day[:7])
    return [(f"Tháng {int(month[5:])}/{month[:4]}", list(group)) for month, group in months]


def _address(endpoint: str, narrowed: dict[str, str], **more: str) -> str:
    chosen = [words for words in request.args.getlist("ke-hoach") if words]
    values = [(name, value) for name, value in {**narrowed, **more}.items() if name != "ke-hoach"]
    pairs = [*(("ke-hoach", words[:_LONGEST]) for words in chosen), *values]
    return url_for(endpoint) + (f"?{urlencode(pairs)}" if pairs else "")
