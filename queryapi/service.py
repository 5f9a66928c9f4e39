"""The service behind waitress, on this machine unless told otherwise."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask

from queryapi.app import LOOPBACK, Config, create_app
from queryapi.store import Store


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
    server = make_server(app, host, port)
    ports = [at for _, at in getattr(server, "effective_listen", [])] or [server.effective_port]
    announce(f"http://{f'[{host}]' if ':' in host else host}:{ports[0]}/")
    try:
        server.run()
    finally:
        server.close()
        app.extensions["thidua"].close()


def make_server(app: Flask, host: str, port: int) -> Any:
    """The waitress server, its port open.

    Its buffers are made as large as a request or an answer may be: what overflows them waitress writes to a temporary
    file, and nominations and their reports are never written to disk.
    """
    from waitress import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    upload = app.config["THIDUA"].upload
    return create_server(
        app,
        host=host,
        port=port,
        threads=8,
        ident=None,
        max_request_body_size=upload,
        inbuf_overflow=upload + (1 << 20),
        outbuf_overflow=1 << 30,
        clear_untrusted_proxy_headers=True,
    )
