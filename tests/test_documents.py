"""What people type for a document, where it is no name of anything."""

from pathlib import Path

import pytest
from graphs import store_of

from ontology import BASE
from queryapi.documents import find_document
from queryapi.errors import SeveralDocuments, UnknownDocument
from queryapi.trace import trace


@pytest.mark.parametrize("words", ["https://x/a|b", "http://x/<y>", 'https://x/"', "https://x/a b"])
def test_an_address_that_is_no_iri_is_unknown(words: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownDocument):
        trace(store_of("", base=False), words)


def test_two_of_one_number_are_listed_each_as_it_can_be_typed() -> None:
    """Every commune has a plan 8/KH-UBND; two communes of one name are told apart by the path alone."""
    said = "".join(
        f'<{path}> <{BASE}ns#sourceName> "{path[-6:-5]}.txt" ; <{BASE}ns#searchText> "8/kh-ubnd xa cam giang" ;'
        f' <http://data.europa.eu/eli/ontology#number> "8/KH-UBND" ; <{BASE}ns#issuerLabel> "xã Cẩm Giàng" .\n'
        for path in (f"{BASE}id/doc/ubnd-xa-{place}/ke-hoach/2024/8" for place in ("1-cam-giang", "2-cam-giang"))
    )
    store = store_of(said, base=False)
    with pytest.raises(SeveralDocuments) as caught:
        find_document(store, "8/KH-UBND")
    assert caught.value.matches == (
        "8/KH-UBND xã Cẩm Giàng (ubnd-xa-1-cam-giang/ke-hoach/2024/8)",
        "8/KH-UBND xã Cẩm Giàng (ubnd-xa-2-cam-giang/ke-hoach/2024/8)",
    )
    assert [find_document(store, match).iri[len(BASE) + 7 :] for match in caught.value.matches] == [
        "ubnd-xa-1-cam-giang/ke-hoach/2024/8",
        "ubnd-xa-2-cam-giang/ke-hoach/2024/8",
    ]
