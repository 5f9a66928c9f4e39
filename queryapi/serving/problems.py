"""Errors as the service tells them: a page for people, RFC 9457 problem details for programs."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, json, render_template, request
from werkzeug.exceptions import HTTPException

from loaders.errors import ThiduaError
from ontology import BASE
from queryapi.errors import (
    BadParameter,
    EndpointError,
    QueryRefused,
    QuerySyntax,
    SeveralDocuments,
    StoreBusy,
    StoreMissing,
    UnknownDocument,
    UnknownQuery,
)
from queryapi.serving.negotiation import choose
from queryapi.serving.workers import QueryTimeout, QueryTooBig, TooBusy

_TITLES = {
    400: ("Yêu cầu chưa đúng", "Bad request"),
    403: ("Không được phép", "Refused"),
    404: ("Không có ở đây", "Not found"),
    405: ("Cách gọi không dùng được ở đây", "Method not allowed"),
    406: ("Không có dạng được yêu cầu", "Not acceptable"),
    413: ("Gửi lên quá lớn", "Too large"),
    415: ("Không nhận loại dữ liệu này", "Unsupported media type"),
    421: ("Sai tên máy chủ", "Misdirected request"),
    500: ("Máy chủ gặp lỗi", "Internal error"),
    502: ("Kho dữ liệu không trả lời", "Store unreachable"),
    503: ("Máy chủ đang bận", "Busy"),
    504: ("Quá thời hạn", "Timed out"),
}
_STATUS: dict[type[ThiduaError], int] = {
    UnknownDocument: 404,
    UnknownQuery: 404,
    SeveralDocuments: 404,
    QueryRefused: 403,
    QuerySyntax: 400,
    BadParameter: 400,
    StoreMissing: 503,
    StoreBusy: 503,
    EndpointError: 502,
}
_DETAILS = {
    404: ("Địa chỉ này không dẫn đến đâu. Có thể văn bản đã được đổi tên hoặc chưa nạp vào kho.", "Nothing is here."),
    405: ("Địa chỉ này không nhận cách gọi ấy.", "This address does not take that method."),
    413: ("Dữ liệu gửi lên vượt giới hạn cho phép.", "The request is larger than allowed."),
    500: ("Lỗi trong chương trình, không phải do bạn. Dữ liệu không bị ảnh hưởng.", "A fault of ours, not yours."),
}


class Problem(Exception):
    """Something a request cannot have: the status, a stable code, the sentence in both languages."""

    def __init__(
        self, status: int, code: str, vi: str, en: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(vi)
        self.status, self.code, self.vi, self.en = status, code, vi, en
        self.headers = dict(headers or {})
        self.more = more


def problem_of(error: Exception) -> Problem | None:
    """The problem an exception stands for; None when it is none we know.

    >>> problem_of(QuerySyntax("expected OPTIONAL", 2, 9)).more
    {'line': 2, 'column': 9}
    """
    if isinstance(error, Problem):
        return error
    if isinstance(error, QuerySyntax):
        return Problem(400, error.code, error.vi, error.en, line=error.line, column=error.column)
    if isinstance(error, ThiduaError):
        status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 400)
        return Problem(status, error.code, error.vi, error.en)
    if isinstance(error, QueryTimeout):
        seconds = current_app.config["THIDUA"].limits.seconds
        vi = f"Câu truy vấn chạy quá {seconds:g} giây nên đã bị dừng. Hãy thu hẹp điều kiện hoặc thêm LIMIT."
        en = f"The query ran for more than {seconds:g} seconds and was stopped. Narrow it, or add a LIMIT."
        return Problem(504, "query-timeout", vi, en, seconds=seconds)
    if isinstance(error, QueryTooBig):
        vi = "Câu truy vấn cần nhiều bộ nhớ hơn mức cho phép nên đã bị dừng. Hãy thu hẹp điều kiện."
        en = "The query needed more memory than it may have and was stopped. Narrow it."
        return Problem(503, "query-too-big", vi, en)
    if isinstance(error, TooBusy):
        vi = "Máy chủ đang chạy hết số câu truy vấn cho phép. Hãy thử lại sau ít giây."
        en = "The server is running as many queries as it may. Try again in a few seconds."
        return Problem(503, "busy", vi, en, headers={"Retry-After": "5"})
    if isinstance(error, HTTPException):
        return _of_http(error)
    return None


def _of_http(error: HTTPException) -> Problem:
    status = error.code or 500
    vi, en = _DETAILS.get(status, (_TITLES.get(status, ("Lỗi", "Error"))))
    headers = dict(error.get_headers())
    kept = {name: value for name, value in headers.items() if name in ("Allow", "Retry-After")}
    return Problem(status, f"http-{status}", vi, en, headers=kept)


def wants_page(accept: str | None) -> bool:
    """Whether the client would rather have a page than data."""
    chosen = choose(accept, [("application/problem+json", "json"), ("application/json", "json"), ("text/html", "html")])
    return chosen is not None and chosen[1] == "html"


def respond(problem: Problem) -> Response:
    """The problem as a page or as problem details."""
    title_vi, title_en = _TITLES.get(problem.status, ("Lỗi", "Error"))
    if wants_page(request.headers.get("Accept")):
        page = render_template("problem.html", title=title_vi, problem=problem)
        response = Response(page, problem.status, mimetype="text/html")
    else:
        english = request.accept_languages.best_match(["vi", "en"]) == "en"
        body = {
            "type": f"{BASE}errors#{problem.code}",
            "title": title_en if english else title_vi,
            "status": problem.status,
            "detail": problem.en if english else problem.vi,
            "code": problem.code,
            **{name: value for name, value in problem.more.items() if value is not None},
        }
        response = Response(json.dumps(body, ensure_ascii=False) + "\n", problem.status)
        response.content_type = "application/problem+json; charset=utf-8"
    response.headers.extend(problem.headers)
    response.vary.update(("Accept", "Accept-Language"))
    response.cache_control.no_store = True
    return response


def register(app: Flask) -> None:
    """Every error we know goes through `respond`; a bug comes as a 500, its traceback already logged."""

    def told(error: Exception) -> Response:
        problem = problem_of(error)
        assert problem is not None
        return respond(problem)

    for kind in (Problem, ThiduaError, QueryTimeout, QueryTooBig, TooBusy, HTTPException):
        app.register_error_handler(kind, told)
