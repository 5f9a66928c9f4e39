"""A scan's number or title that the engine was not sure of is doubted; a sure one, and a text file's, is not."""

import pytest

from loaders.findings import Document, Findings, Source
from loaders.layout import Layout, Page, Word
from loaders.scanned import find_scan_doubts
from loaders.text import Text

WORDS = "Số: 69/CĐ-TTE\nCÔNG ĐIỆN\nVề việc cắt giảm\nthủ tục hành chính\n"
KNOWN = Document(
    iri="i", number="69/CĐ-TTE", number_as_printed="69/CĐ-TTE", title="Về việc cắt giảm thủ tục hành chính"
)


def scanned(sure: dict[str, float]) -> Text:
    words, at = [], 0
    for word in WORDS.split():
        at = WORDS.index(word, at)
        words.append(Word(at, at + len(word), (0, 0, 1, 1), sure.get(word, 0.95)))
    return Text(WORDS, Layout((Page(1, 0, len(WORDS), tuple(words)),)))


@pytest.mark.parametrize(
    ("sure", "codes"),
    [
        ({}, []),
        ({"69/CĐ-TTE": 0.5}, ["unsure-number"]),
        ({"thủ": 0.3}, ["unsure-title"]),
        ({"69/CĐ-TTE": 0.5, "giảm": 0.2}, ["unsure-number", "unsure-title"]),
        ({"CÔNG": 0.2}, []),
    ],
)
def test_what_the_engine_was_not_sure_of_is_doubted(sure: dict[str, float], codes: list[str]) -> None:
    found = find_scan_doubts(scanned(sure), Findings(source=Source(name="a", sha256=""), document=KNOWN))
    assert [doubt.code for doubt in found] == codes
    assert all(doubt.start is not None and doubt.end is not None and doubt.start < doubt.end for doubt in found)


def test_an_attached_document_whose_title_was_lost_is_doubted_and_a_text_file_never() -> None:
    attached = Document(iri="p", type="ke-hoach", start=14, end=len(WORDS))
    found = Findings(source=Source(name="a", sha256=""), document=KNOWN, attachments=(attached,))
    assert [doubt.code for doubt in find_scan_doubts(scanned({}), found)] == ["unsure-title"]
    assert find_scan_doubts(Text(WORDS), found) == ()
