"""What stands on a basis that is not, or is no longer, in force: narrowed by a form, page after page."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for

from loaders.vocabulary import scheme
from queryapi.errors import BadParameter, SeveralDocuments, UnknownDocument
from queryapi.pages.spreadsheet import csv_response
from queryapi.pages.view import page, served
from queryapi.radar import PAGE, Alerted, Filters, Place, Radar, radar, read_filters
from queryapi.radar.sheet import cells, headings
from queryapi.store import Store

blueprint = Blueprint("radar", __name__)

_SHEET = 2000  # rows of one download
_CALLED = {
    "province": "tinh",
    "level": "cap",
    "year": "nam",
    "verdict": "ket-luan",
    "instrument": "van-ban",
    "severity": "muc",
    "kind": "loai",
}
_LONGEST = 400


@blueprint.get("/ra-soat")
def show() -> Response:
    """As of the day of each document, or of another day."""
    typed = {name: request.args.get(name, "").strip()[:_LONGEST] for name in (*_CALLED.values(), "ngay", "sau")}
    as_csv = request.args.get("format") == "csv"
    wrong, found = "", Radar(())
    with served().store() as store:
        try:
            _refuse_unknown(request.args)
            found = _found(store, typed, _SHEET if as_csv else PAGE)
        except (BadParameter, UnknownDocument, SeveralDocuments) as error:
            wrong = error.vi
        if as_csv and not wrong:
            return csv_response(headings("vi"), map(cells, found), "ra-soat-can-cu")
        citations = [one for one in found if not one.of_framework]
        framework = [one for one in found if one.of_framework]
        narrowed = {name: value for name, value in typed.items() if value and name != "sau"}
        return page(
            "radar.html",
            status=400 if wrong else 200,
            store=store,
            wrong=wrong,
            found=found,
            citations=_by_document(citations),
            framework=_by_document(framework),
            typed=typed,
            as_of=typed["ngay"] if not wrong else "",
            narrowed=narrowed,
            beginning=_address(narrowed),
            following=_address(narrowed, sau=found.after) if found.after else "",
            sheet=_address(narrowed, sau=typed["sau"], format="csv"),
            changes="" if typed["loai"] or typed["ngay"] else _address(narrowed, loai="khung"),
            most=_SHEET,
            lists={name: list(scheme(name).values()) for name in ("level", "verdict", "severity", "alert")},
            provinces=_provinces(),
        )


def _refuse_unknown(given: Iterable[str]) -> None:
    """A condition that nobody knows would leave the whole list standing, as if it had been met."""
    known = (*_CALLED.values(), "ngay", "sau", "format")
    for name in given:
        if name not in known:
            listed = ", ".join(known)
            raise BadParameter(
                name[:40], f"không có điều kiện này (có: {listed})", f"no such condition (known: {listed})"
            )


def _found(store: Store, typed: dict[str, str], limit: int) -> Radar:
    filters: Filters = read_filters(store, {name: typed[called] for name, called in _CALLED.items()}, _CALLED)
    after = Place.read(typed["sau"], "sau") if typed["sau"] else None
    return radar(store, _day(typed["ngay"]), filters=filters, limit=limit, after=after)


def _address(narrowed: dict[str, str], **more: str) -> str:
    """The same list with something added."""
    values = {name: value for name, value in {**narrowed, **more}.items() if value}
    return f"{url_for('radar.show')}?{urlencode(values)}"


def _day(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat() if words else None
    except ValueError:
        raise BadParameter("ngay", f"“{words}” không phải là ngày", f"“{words}” is not a day") from None


def _by_document(found: list[Alerted]) -> list[tuple[Alerted, list[Alerted]]]:
    """Those of one document that stand together, under the first of them."""
    groups = [list(group) for _, group in groupby(found, key=lambda one: one.document.iri)]
    return [(group[0], group) for group in groups]


def _provinces() -> list[str]:
    """Every province there is or was."""
    from loaders.authorities.units import units

    return sorted({unit.name for unit in units().on(None) if unit.level == "tinh"})
