"""Papers of bodies we cannot tell, kept apart: two committees of a province both have a plan number 3."""

from collections import defaultdict
from dataclasses import replace

from loaders.findings import Citation
from loaders.names import slug


def told_apart(citations: tuple[Citation, ...], unknown: str) -> tuple[Citation, ...]:
    """Citations of one IRI without a body, whose printed bodies or codes differ, with an IRI for each.

    "Kế hoạch số 03-KH/BCĐTW … của Ban Chỉ đạo Trung ương …; Kế hoạch số 03-KH/BCĐ … của Ban Chỉ đạo tỉnh …".
    """
    alike: dict[str, list[Citation]] = defaultdict(list)
    for citation in citations:
        if citation.number and citation.iri and f"/{unknown}/" in citation.iri:
            alike[citation.iri].append(citation)
    whose: dict[int, str] = {}
    for found in alike.values():
        told = {citation.number: citation.issuer for citation in found if citation.issuer}
        said = {citation.start: slug(told.get(citation.number) or _code(citation)) for citation in found}
        said |= {citation.start: slug(citation.issuer) for citation in found if citation.issuer}
        if len(set(said.values())) > 1:
            whose |= said
    return tuple(_named(citation, whose.get(citation.start), unknown) for citation in citations)


def _code(citation: Citation) -> str:
    return (citation.number or "").partition("/")[2]


def _named(citation: Citation, body: str | None, unknown: str) -> Citation:
    if not body or not citation.iri:
        return citation
    return replace(citation, iri=citation.iri.replace(f"/{unknown}/", f"/{unknown}-{body}/", 1))
