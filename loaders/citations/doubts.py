"""What does not fit in a citation; it stays as printed, and a reader is told."""

from loaders.citations.numbers import find_numbers
from loaders.dates import find_dates, is_sunday
from loaders.findings import Citation, Doubt
from loaders.header import Header
from loaders.law.register import register
from loaders.text import Text


def find_citation_doubts(text: Text, header: Header, citations: tuple[Citation, ...]) -> tuple[Doubt, ...]:
    """What does not fit in a citation: a day that is none, a Sunday, a day after the document's own, a wrong code."""
    doubts: list[Doubt] = []
    for citation in citations:
        words = f"{citation.number or citation.name or 'Văn bản không số'}"
        for date in find_dates(text, citation.start, citation.end):
            if date.impossible:
                doubts.append(_doubt("impossible-date", f"{words}: không có ngày này trong lịch", citation))
        if citation.date and is_sunday(citation.date) and not _is_known_day(citation):
            doubts.append(_doubt("sunday-date", f"{words}: ngày {citation.date} là Chủ nhật, có thể in nhầm", citation))
        if citation.date and header.date and citation.date > header.date:
            message = f"{words} ghi ngày {citation.date}, sau ngày của văn bản này"
            doubts.append(_doubt("cited-later", message, citation))
        if citation.number and citation.confidence < 1 and _disagrees(citation):
            doubts.append(_doubt("type-against-code", f"{words}: tên loại trái với ký hiệu", citation))
    return tuple(doubts)


def _is_known_day(citation: Citation) -> bool:
    """Whether the register has the instrument with this day: NĐ 98/2023 was signed on Sunday 31/12/2023."""
    known = register().by_iri(citation.iri or "")
    return known is not None and known.issued == citation.date


def _disagrees(citation: Citation) -> bool:
    numbers = find_numbers(Text.of(citation.number or ""))
    return bool(numbers and numbers[0].types and citation.type not in numbers[0].types)


def _doubt(code: str, message: str, citation: Citation) -> Doubt:
    return Doubt(code=code, message=message, start=citation.start, end=citation.end)
