"""What a reader is told of citations that do not fit; the citations themselves stay as printed."""

import pytest

from loaders.citations.doubts import find_citation_doubts
from loaders.citations.find import find_citations
from loaders.header import find_header
from loaders.text import Text

HEAD = "Số: 40/KH-UBND\nQuảng Ninh, ngày 19 tháng 02 năm 2024\n\nKẾ HOẠCH\nCải cách hành chính\n\n"


@pytest.mark.parametrize(
    ("citation", "codes"),
    [
        ("Nghị quyết số 124/NQ-HĐND ngày 04/12/2022 của Hội đồng nhân dân tỉnh", ["sunday-date"]),
        ("Kế hoạch số 12/KH-UBND ngày 30/02/2023 của Ủy ban nhân dân tỉnh", ["impossible-date"]),
        ("Kế hoạch số 12/KH-UBND ngày 05/3/2024 của Ủy ban nhân dân tỉnh", ["cited-later"]),
        ("Công văn số 45/TTr-SNV ngày 05/02/2024 của Sở Nội vụ", ["type-against-code"]),
        ("Nghị định số 73/2023/NĐ-CP ngày 29/9/2023 của Chính phủ", []),
        # The register has it verified: signed on a Sunday, in force the next day.
        ("Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ", []),
    ],
)
def test_doubts(citation: str, codes: list[str]) -> None:
    text = Text.of(f"{HEAD}Căn cứ {citation};\n")
    header = find_header(text, None)
    doubts = find_citation_doubts(text, header, find_citations(text, header, lambda _: None))
    assert [doubt.code for doubt in doubts] == codes
    for doubt in doubts:
        assert doubt.start is not None and text.raw[doubt.start : doubt.end] == citation
