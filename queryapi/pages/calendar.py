"""What falls due when, month by month, with the same days as CSV and for calendar programs."""

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from queryapi.calendar import Day, Due, check_order, details, due_days
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


@blueprint.get("/lich")
def show() -> Response:
    """The table by month; what was asked for and is not there is said above it."""
    wrong, every, days = "", list[Day](), list[Day]()
    with served().store() as store:
        typed = _typed()
        try:
            every = _days_of_plans(store)
            days = _within(every, typed)
        except (BadParameter, UnknownDocument, SeveralDocuments) as error:
            wrong = error.vi
        if request.args.get("format") == "csv" and not wrong:
            found = details(store, days[:_SHEET])
            return csv_response(headings("vi"), (cells(due, "vi") for due in found), "lich-thi-dua")
        offset = _offset(typed["tu-dong"])
        narrowed = {name: value for name, value in typed.items() if value and name != "tu-dong"}
        return page(
            "calendar.html",
            status=400 if wrong else 200,
            store=store,
            wrong=wrong,
            total=len(days),
            months=_by_month(details(store, days[offset : offset + PAGE])),
            typed=typed,
            narrowed=narrowed,
            plans=plans(store),
            most=_SHEET,
            of_year={year: _address("calendar.show", {**narrowed, "nam": year}) for year in _years(every)},
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
        found = details(store, _within(_days_of_plans(store), _typed())[:_SHEET])
    if not found:
        raise Problem(404, "no-deadlines", "Không có thời hạn nào để đưa vào lịch.", "Nothing falls due.")
    response = Response(ics(found), mimetype="text/calendar")
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="lich-thi-dua.ics"'
    return response


def _typed() -> dict[str, str]:
    names = ("ke-hoach", "nam", "tu", "den", "tu-dong")
    return {name: request.args.get(name, "").strip()[:_LONGEST] for name in names}


def _days_of_plans(store: Store) -> list[Day]:
    """The days of the plans chosen; those of the whole store are worked out once for each state of it."""
    chosen = [words.strip()[:_LONGEST] for words in request.args.getlist("ke-hoach") if words.strip()]
    return due_days(store, chosen) if chosen else served().kept(store, "calendar", lambda: due_days(store))


def _within(days: list[Day], typed: dict[str, str]) -> list[Day]:
    first, last, year = _day("tu", typed["tu"]) or "", _day("den", typed["den"]) or "9999", _year(typed["nam"])
    check_order(first, last, ("tu", "den"))
    return [day for day in days if first <= day.last_day <= last and day.last_day.startswith(year)]


def _years(days: list[Day]) -> list[str]:
    return sorted({day.last_day[:4] for day in days})


def _day(name: str, words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat() if words else None
    except ValueError:
        raise BadParameter(name, f"“{words}” không phải là ngày", f"“{words}” is not a day") from None


def _year(words: str) -> str:
    if words and not (words.isascii() and words.isdigit() and len(words) == 4 and words >= "1900"):
        raise BadParameter("nam", f"“{words}” không phải là năm", f"“{words}” is not a year")
    return words


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
