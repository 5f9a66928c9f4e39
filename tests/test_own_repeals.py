"""What a document itself replaces or repeals is no basis of it: neither its page nor the list counts it as dead."""

from pathlib import Path

from graphs import write_files
from lawlines import read

from queryapi.app import create_app
from queryapi.loading.load import load
from queryapi.store import open_store


def test_what_is_replaced_is_no_dead_basis(tmp_path: Path) -> None:
    """Number 3 replaces number 2 of the same body; number 4 rests on it after its end."""
    files = write_files(
        tmp_path / "files",
        b="số 2\nngày 2023-03-01",
        c="số 3\nngày 2024-02-01\nthay thế 2 từ 2024-01-15",
        d="số 4\nngày 2024-03-14\ncăn cứ 2",
    )
    with open_store(tmp_path / "store", write=True) as store:
        told = {one.name: one for one in load([files], store, read=read)}
    assert [told[name].dead_bases for name in ("c.txt", "d.txt")] == [0, 1]
    service = create_app(tmp_path / "store")
    client = service.test_client()
    home = client.get("/").text
    replacing, resting = (
        client.get(f"/van-ban/{(told[name].document or '').partition('/id/doc/')[2]}").text
        for name in ("c.txt", "d.txt")
    )
    service.extensions["thidua"].close()
    assert home.count("viện dẫn đã hết hiệu lực") == 1
    assert '<ul class="dead">' in resting and '<ul class="dead">' not in replacing
