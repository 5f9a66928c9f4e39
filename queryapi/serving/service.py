"""The service behind waitress, on this machine unless told otherwise."""

import logging
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from queryapi.app import LOOPBACK, Config, create_app
from queryapi.errors import AskError
from queryapi.language import say
from queryapi.store import Store


class PortTaken(AskError):
    """Another program answers at this address."""

    code = "port-taken"

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"{host}:{port}: không mở được (cổng đã bị chiếm, hoặc máy không có địa chỉ này); hãy đổi bằng --port",
            f"{host}:{port}: cannot be opened (taken, or no address of this machine); choose another with --port",
        )


_NOT_ISOLATED = (
    "Lưu ý: hệ thống này không cho tách mạng khỏi các tiến trình xử lý truy vấn và biểu mẫu; lệnh gọi ra ngoài "
    "(SERVICE) vẫn bị từ chối khi đọc câu truy vấn.",
    "Note: this system does not let the processes that answer queries and read forms give up the network; calls to "
    "other servers (SERVICE) are still refused when the query is read.",
)


def serve(
    store: Path | Store,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    config: Config | None = None,
    announce: Callable[[str], None] = print,
) -> None:
    """Answer until interrupted; `announce` is told the address once the port is open, port 0 takes a free one.

    Asked to listen to others than this machine, it answers to any host name unless `config` names them.
    """
    if config is None and host not in (*LOOPBACK, "::1"):
        config = Config(hosts=("*",))
    app = create_app(store, config=config)
    try:
        server = make_server(app, host, port)
    except OSError as error:
        app.extensions["thidua"].close()
        raise PortTaken(host, port) from error
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    announce(f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}/")
    if not app.extensions["thidua"].isolated:
        announce(say(*_NOT_ISOLATED))
    try:
        server.run()
    finally:
        server.close()
        app.extensions["thidua"].close()


def _stop(*_: object) -> None:
    """What a service manager sends ends the loop as Ctrl-C does, so that the workers are stopped too."""
    raise SystemExit(0)


def make_server(app: Flask, host: str, port: int) -> Any:
    """The waitress server, its port open.

    Its buffers are made as large as a request or an answer may be: what overflows them waitress writes to a temporary
    file, and nominations and their reports are never written to disk.
    """
    from waitress import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    upload = app.config["THIDUA"].upload
    # waitress leaks the socket it fails to bind
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family)
    return create_server(
        app,
        sockets=[listening],
        threads=8,
        ident=None,
        max_request_body_size=upload,
        inbuf_overflow=upload + (1 << 20),
        outbuf_overflow=1 << 30,
        clear_untrusted_proxy_headers=True,
    )
