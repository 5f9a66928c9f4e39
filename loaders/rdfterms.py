"""Plain values as the terms of a graph."""

from decimal import Decimal

import pyoxigraph as ox

from loaders.vocabulary import concept_iri
from ontology import ELI, OA, TD

__all__ = ["OPERATORS", "PREFIXES", "RELATIONS", "XSD", "concept", "day", "decimal", "named", "term"]

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "td": str(TD),
    "eli": str(ELI),
    "oa": str(OA),
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": XSD,
}
# What the read-out writes in words or signs, and the slugs the lists have for it.
RELATIONS = {
    "căn cứ": "can-cu",
    "thực hiện": "thuc-hien",
    "xét đề nghị": "xet-de-nghi",
    "dẫn chiếu": "dan-chieu",
    "kèm theo": "kem-theo",
    "sửa đổi": "sua-doi",
    "thay thế": "thay-the",
    "bãi bỏ": "bai-bo",
}
OPERATORS = {">=": "gteq", ">": "gt", "<=": "lteq", "<": "lt", "=": "eq", "rank<=": "rank-lteq"}


def term(value: object) -> ox.NamedNode | ox.Literal:
    """A value as it is written: a term as it is, text and numbers as literals."""
    if isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, bool | int | str):
        return ox.Literal(value)
    raise TypeError(f"no term for {type(value).__name__}")


def concept(scheme: str, slug: str) -> ox.NamedNode:
    """A concept of one of our lists."""
    return ox.NamedNode(concept_iri(scheme, slug))


def named(value: str | None) -> ox.NamedNode | None:
    """An IRI, where there is one."""
    return ox.NamedNode(value) if value else None


def day(value: str | None) -> ox.Literal | None:
    """A day as xsd:date, where there is one."""
    return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}date")) if value else None


def decimal(value: float) -> ox.Literal:
    """A number as xsd:decimal, without an exponent.

    >>> decimal(0.9).value
    '0.9'
    """
    return ox.Literal(format(Decimal(str(value)), "f"), datatype=ox.NamedNode(f"{XSD}decimal"))
