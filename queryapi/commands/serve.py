"""`thidua serve`: the pages and the SPARQL endpoint on this machine."""

from pathlib import Path

import click

from queryapi.commands.options import command, demo_store, store_option
from queryapi.language import say


@command(
    "Mở trang web và điểm truy vấn SPARQL trên máy này.",
    "Serve the pages and the SPARQL endpoint on this machine.",
    "thidua serve --port 8765",
)
@click.option("--host", default="127.0.0.1", help=say("Địa chỉ lắng nghe.", "Address to listen on."))
@click.option("--port", default=8765, type=click.IntRange(0, 65535), help=say("Cổng.", "Port."))
@click.option("--demo", is_flag=True, help=say("Mở kho của bản chạy thử.", "Serve the store of the demonstration."))
@store_option
def serve(host: str, port: int, demo: bool, store: Path, endpoint: str | None) -> None:
    from queryapi.serving.service import serve as serve_pages
    from queryapi.store import open_endpoint

    shown = open_endpoint(endpoint) if endpoint else demo_store() if demo else store
    serve_pages(shown, host=host, port=port)
