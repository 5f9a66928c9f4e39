"""Names of things: slugs and IRIs, the same for a document wherever it is met."""

import re
from urllib.parse import quote

from loaders.text import fold
from ontology import BASE

UNKNOWN = "nd"  # "không xác định": an unknown year or authority of a cited document, with the citing one's sha256


_PLAIN = re.compile(r"[a-z0-9.-]*")  # as nearly every part of an IRI is already


def slug(words: str) -> str:
    """ASCII, lower case, hyphened.

    >>> slug("Chiến sĩ thi đua cơ sở")
    'chien-si-thi-dua-co-so'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")


def number_slug(number: str) -> str:
    """The part of a document number that counts, without leading zeros.

    >>> number_slug("08/KH-UBND"), number_slug("91/2017/NĐ-CP"), number_slug("05-NQ/TU"), number_slug("30c/NQ-CP")
    ('8', '91', '5', '30c')
    """
    head = re.match(r"\s*([0-9.]+[a-z]?)", fold(number))
    return head.group(1).lstrip("0") or "0" if head else slug(number)


def document_path(authority: str, type_: str, year: str, number: str) -> str:
    """`<authority>/<type>/<year>/<number>`: what follows `id/doc/`, `graph/doc/` and `derived/`."""
    parts = (authority, type_, year, number)
    return "/".join([part if _PLAIN.fullmatch(part) else quote(part) for part in parts])


def document_iri(authority: str, type_: str, year: str, number: str) -> str:
    """
    >>> document_iri("chinh-phu", "nghi-dinh", "2017", "91")
    'https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91'
    """
    return f"{BASE}id/doc/{document_path(authority, type_, year, number)}"


def authority_of(document: str) -> str | None:
    """Whose document it is, by its IRI; None where that is unknown.

    >>> authority_of("https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91")
    'chinh-phu'
    >>> authority_of("https://w3id.org/thidua/id/doc/nd789daba7/nghi-quyet/2024/5")
    >>> authority_of("https://w3id.org/thidua/id/doc/nd789daba7-ban-chi-dao-tinh/ke-hoach/2025/3")
    """
    first = document.removeprefix(f"{BASE}id/doc/").partition("/")[0]
    return None if re.fullmatch(UNKNOWN + r"[0-9a-f]{8}(?:-.+)?", first) else first


def year_of(document: str) -> str | None:
    """The year in a document's IRI; None where that is unknown.

    >>> year_of("https://w3id.org/thidua/id/doc/quoc-hoi/luat/2015/luat-to-chuc-chinh-quyen-dia-phuong")
    '2015'
    """
    parts = document.removeprefix(f"{BASE}id/doc/").split("/")
    return parts[2] if len(parts) > 2 and parts[2].isdigit() else None


def part_iri(document: str, kind: str, start: int) -> str:
    """A part of a document by its place, which stays when the reader improves.

    >>> part_iri("https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91", "citation", 812)[-13:]
    '#citation-812'
    """
    return f"{document}#{kind}-{start}"


def graph_iri(kind: str, document: str) -> str:
    """The graph of one kind (`doc`, `derived`, `text`) that belongs to a document.

    >>> graph_iri("derived", "https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91")
    'https://w3id.org/thidua/graph/derived/chinh-phu/nghi-dinh/2017/91'
    """
    return f"{BASE}graph/{kind}/{document.removeprefix(f'{BASE}id/doc/')}"
