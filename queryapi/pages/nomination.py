"""The nomination check: a plan's form to download, a filled one checked and reported, all of it in memory.

Nominations hold personal data. A form comes in a POST body that is never written to disk, is read in a process of its
own that has no network, and its report is sent back and forgotten: nothing of it in the store, an address or a log.
"""

from contextlib import suppress

from flask import Blueprint, Response, current_app, request

from loaders.nominations.read import NoForm, read_form
from queryapi.documents import find_plan
from queryapi.errors import UnknownDocument
from queryapi.nominations.check import PlanStore, Report, check_form, plan_slice, template
from queryapi.nominations.report import cell, render
from queryapi.pages.view import page, plans, served
from queryapi.serving.problems import Problem
from queryapi.serving.workers import Checks, OurError, QueryTimeout, QueryTooBig
from queryapi.store import Store
from queryapi.store.embedded import Reader

blueprint = Blueprint("nomination", __name__)

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_SUFFIXES = ("xlsx", "csv", "ttl")


@blueprint.get("/kiem-tra")
def start() -> Response:
    """Choose a plan, download its form, upload it filled."""
    return _start()


def _start(wrong: str = "", status: int = 200) -> Response:
    with served().store() as store:
        wanted = request.args.get("plan", "")
        chosen = find_plan(store, wanted).iri if wanted else ""
        return page(
            "nomination.html",
            status=status,
            store=None if wrong else store,
            plans=plans(store),
            chosen=chosen,
            wrong=wrong,
            largest=current_app.config["THIDUA"].upload >> 20,
        )


@blueprint.get("/kiem-tra/bieu-mau")
def form() -> Response:
    """The blank form of a plan."""
    format_ = request.args.get("format", "xlsx")
    if format_ not in _TYPES:
        raise Problem(406, "not-acceptable", "Biểu mẫu có dạng xlsx và csv.", "A form comes as xlsx or csv.")
    with served().store() as store:
        known = find_plan(store, request.args.get("plan", ""))
        if not known.movement:
            vi, en = "Văn bản này không phải kế hoạch phát động thi đua.", "This document launches no movement."
            raise Problem(404, "not-a-plan", vi, en)
        content = template(store, known.iri, format_)
    return _file(content, format_, "bieu-mau-de-nghi")


def _file(content: bytes, format_: str, name: str) -> Response:
    response = Response(content, content_type=_TYPES[format_])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format_}"'
    return response


@blueprint.post("/kiem-tra")
def check() -> Response:
    """The report on a filled form."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _start("Chưa chọn tệp biểu mẫu.", 400)
    suffix = sent.filename.rsplit(".", 1)[-1].lower()
    # A file may be named after a nominee: the message need not repeat it.
    name = f"biểu mẫu.{suffix}" if suffix in _SUFFIXES else "tệp gửi lên"
    try:
        report = _checked(sent.stream.read(), name)
    except OurError as error:
        return _private(_start(error.vi, 400))
    except (QueryTimeout, QueryTooBig):
        return _private(_start("Biểu mẫu quá lớn nên chưa kiểm tra xong. Hãy tách thành nhiều tệp nhỏ hơn.", 413))
    wanted = request.form.get("report", "page")
    if wanted in _TYPES:
        return _private(_file(render(report, wanted), wanted, "bao-cao-kiem-tra"))
    return _private(page("nomination_report.html", report=report, cell=cell))


def _checked(data: bytes, name: str) -> Report:
    checks: Checks = current_app.extensions["thidua-checks"]
    with served().store() as store, checks.slot() as apart:
        if isinstance(store, Reader):
            report = apart(_check_snapshot, str(store.path / "snapshots" / store.version), data, name)
        else:
            report = apart(_check_graphs, _Fetched(store, apart(_plan_of, data, name)), data, name)
    assert isinstance(report, Report)
    return report


class _Snapshot:
    """The graphs of a snapshot, for a process that has nothing else of a store."""

    def __init__(self, folder: str) -> None:
        import pyoxigraph as ox

        self._store = ox.Store.read_only(folder)

    def holds(self, graph: str) -> bool:
        import pyoxigraph as ox

        try:
            return self._store.contains_named_graph(ox.NamedNode(graph))
        except ValueError:  # a form may name a plan by what is no IRI
            return False

    def triples(self, graph: str) -> str:
        import pyoxigraph as ox

        found = self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return "".join(sorted(f"{quad.triple} .\n" for quad in found))


class _Fetched:
    """What checking under a plan needs of a remote store, fetched before the form is tested: who does has no network.

    The plan and the plans it leaves parts to, not the thousands of others.
    """

    def __init__(self, store: Store, plan: str) -> None:
        self._store: Store | None = store
        self._graphs: dict[str, str] = {}
        with suppress(UnknownDocument, NoForm):  # told by the check
            plan_slice(self, plan)
        self._store = None

    def holds(self, graph: str) -> bool:
        return bool(self.triples(graph))

    def triples(self, graph: str) -> str:
        if self._store is not None and graph not in self._graphs:
            try:
                self._graphs[graph] = self._store.triples(graph)
            except ValueError:  # a form may name a plan by what is no IRI
                return ""
        return self._graphs.get(graph, "")


def _plan_of(data: bytes, name: str) -> str:
    return read_form(data, name).plan


def _check_snapshot(folder: str, data: bytes, name: str) -> Report:
    return check_form(_Snapshot(folder), data, name)


def _check_graphs(plans: PlanStore, data: bytes, name: str) -> Report:
    return check_form(plans, data, name)


def _private(response: Response) -> Response:
    """Never kept by a browser or a proxy."""
    response.cache_control.no_store = True
    response.cache_control.no_cache = None
    return response
