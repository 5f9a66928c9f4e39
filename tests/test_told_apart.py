"""Papers of bodies nobody can tell are not taken for one another."""

from loaders.citations.find import find_citations
from loaders.findings import Citation
from loaders.header import find_header
from loaders.signature import find_signature
from loaders.text import Text


def cited(words: str) -> list[Citation]:
    text = Text.of(words)
    return list(find_citations(text, find_header(text, find_signature(text)), lambda _: None))


def test_one_number_of_two_committees() -> None:
    one, other = cited(
        "1. Kế hoạch số 05-KH/BCĐTW ngày 12/4/2025 của Ban Chỉ đạo Trung ương về chuyển đổi số;"
        " Kế hoạch số 05-KH/BCĐ ngày 22/5/2025 của Ban Chỉ đạo tỉnh về chuyển đổi số;"
    )
    assert one.iri != other.iri


def test_one_number_and_two_codes() -> None:
    one, other = cited("1. Kế hoạch số 05/KH-XYZ ngày 12/4/2025; Kế hoạch số 05/KH-ABC ngày 22/5/2025;")
    assert one.iri != other.iri


def test_one_paper_told_in_full_and_in_short() -> None:
    one, short, other = cited(
        "1. Thông báo số 21/TB-HĐX ngày 07/8/2025 của Hội đồng xét tuyển; theo Thông báo số 21/TB-HĐX ngày 07/8/2025,"
        " hồ sơ gồm; Thông báo số 21/TB-HĐXSK ngày 08/8/2025 của Hội đồng xét sáng kiến;"
    )
    assert one.iri == short.iri != other.iri


def test_one_body_needs_no_name() -> None:
    one, again = cited(
        "1. Kế hoạch số 05/KH-XYZ ngày 12/4/2025 của Hội đồng xét tuyển; theo Kế hoạch số 05/KH-XYZ ngày 12/4/2025 thì"
    )
    assert one.iri == again.iri
    assert "hoi-dong" not in (one.iri or "")
