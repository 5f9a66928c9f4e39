"""What people type for a document, where it is no name of anything."""

from pathlib import Path

import pytest
from graphs import store_of

from queryapi.errors import UnknownDocument
from queryapi.trace import trace


@pytest.mark.parametrize("words", ["https://x/a|b", "http://x/<y>", 'https://x/"', "https://x/a b"])
def test_an_address_that_is_no_iri_is_unknown(words: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownDocument):
        trace(store_of("", base=False), words)
