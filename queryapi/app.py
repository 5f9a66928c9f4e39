"""The service: pages, linked data and the SPARQL endpoint over one store, under one origin, without cookies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO

from flask import Flask, Request, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from queryapi.serving import problems
from queryapi.serving.problems import Problem
from queryapi.serving.served import Served
from queryapi.serving.workers import Checks, Limits, ProcessFailed, places
from queryapi.store import Store

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
PAGES = (
    "home",
    "document",
    "comparison",
    "radar",
    "calendar",
    "coverage",
    "chain",
    "nomination",
    "questions",
    "terms",
    "things",
    "wellknown",
)

# Nothing of another origin, no inline script or style, no frame around us, forms only to ourselves.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class Config:
    """What whoever runs the service decides.

    `hosts` are the names it answers to, "*" for any: a page of another site that had its name point at this machine
    could otherwise read everything. `limits` are for a query, `check` for a nomination file; `upload` is the
    most bytes that may have, `checks` how many are looked at side by side, `proxies` how many proxies stand before.
    """

    hosts: tuple[str, ...] = LOOPBACK
    limits: Limits = field(default_factory=Limits)
    check: Limits = field(default_factory=lambda: Limits(seconds=120))
    workers: int = 2
    checks: int = 2
    upload: int = 8 << 20
    proxies: int = 0


class _InMemory(Request):
    """A request whose uploads never touch the disk: they hold personal data."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


class Service(Flask):
    """Flask that logs a bug by its places in the code: messages of exceptions may repeat what a request said."""

    request_class = _InMemory

    def log_exception(
        self,
        exc_info: tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None],
    ) -> None:
        error = exc_info[1]
        if isinstance(error, ProcessFailed):
            self.logger.error("%s >> %s", places(error), error.places)
        elif error is not None:
            self.logger.error("%s: %s", type(error).__name__, places(error))


def create_app(store: Path | Store, *, config: Config | None = None) -> Flask:
    """The service over a store's folder (followed as it is loaded into) or over an open store."""
    settings = config or Config()
    app = Service("queryapi", static_folder="static", template_folder="templates")
    app.config["THIDUA"] = settings
    app.config["MAX_CONTENT_LENGTH"] = settings.upload
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.upload
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.url_map.strict_slashes = False
    app.extensions["thidua"] = Served(store, settings.limits, settings.workers)
    app.extensions["thidua-checks"] = Checks(settings.check, settings.checks)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies)  # type: ignore[method-assign]
    problems.register(app)
    app.before_request(_check_host(settings.hosts))
    app.after_request(_protect)
    from queryapi.pages import view
    from queryapi.serving import sparql

    view.register(app)
    app.register_blueprint(sparql.blueprint)
    for name in PAGES:
        app.register_blueprint(import_module(f"queryapi.pages.{name}").blueprint)
    return app


def _check_host(hosts: tuple[str, ...]) -> Callable[[], None]:
    def check() -> None:
        name = request.host.lower()
        if not name.endswith("]"):
            name = name.rpartition(":")[0] or name
        if "*" not in hosts and name not in hosts:
            vi = "Máy chủ này không phục vụ dưới tên được gọi."
            raise Problem(421, "wrong-host", vi, "This server does not answer to that name.")

    return check


def _protect(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html" and "Cache-Control" not in response.headers:
        response.cache_control.no_cache = True
    return response
