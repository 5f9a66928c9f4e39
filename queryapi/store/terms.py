"""RDF terms as plain frozen records, so that no caller depends on an engine's own classes."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = XSD + "string"
Value = str | int | Decimal | bool | date

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_NOT_IN_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")


@dataclass(frozen=True)
class Iri:
    """A name."""

    value: str

    def __post_init__(self) -> None:
        if _NOT_IN_IRI.search(self.value):
            raise ValueError(f"not an IRI: {self.value!r}")

    def n3(self) -> str:
        return f"<{self.value}>"

    def __str__(self) -> str:
        return self.value


def is_iri(value: str) -> bool:
    """Whether it is an absolute IRI.

    >>> is_iri("http://example.org/g"), is_iri("g"), is_iri("http://example.org/a b")
    (True, False, False)
    """
    return bool(_SCHEME.match(value)) and not _NOT_IN_IRI.search(value) and _engine_takes(value)


def _engine_takes(value: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Blank:
    """A thing without a name."""

    value: str

    def n3(self) -> str:
        return f"_:{self.value}"

    def __str__(self) -> str:
        return self.n3()


@dataclass(frozen=True)
class Literal:
    """A value as written, with its datatype or language."""

    value: str
    datatype: str = STRING
    language: str | None = None

    @classmethod
    def of(cls, value: Value) -> "Literal":
        """The literal of a Python value.

        >>> Literal.of(True).n3()
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
        """
        if isinstance(value, bool):
            return cls(str(value).lower(), XSD + "boolean")
        if isinstance(value, int):
            return cls(str(value), XSD + "integer")
        if isinstance(value, Decimal):
            return cls(format(value, "f"), XSD + "decimal")
        if isinstance(value, date):
            return cls(value.isoformat(), XSD + "date")
        return cls(value)

    def n3(self) -> str:
        text = "".join(_ESCAPES.get(c, c) for c in self.value)
        if self.language:
            return f'"{text}"@{self.language}'
        return f'"{text}"' if self.datatype == STRING else f'"{text}"^^<{self.datatype}>'

    def python(self) -> Value:
        """The value as Python knows it; the words themselves where it does not.

        >>> Literal("90.5", XSD + "decimal").python()
        Decimal('90.5')
        """
        kind = self.datatype.removeprefix(XSD)
        try:
            if kind == "integer":
                return int(self.value)
            if kind == "decimal":
                return Decimal(self.value)
            if kind == "date":
                return date.fromisoformat(self.value)
        except (ValueError, ArithmeticError):
            return self.value
        return self.value in {"true", "1"} if kind == "boolean" else self.value

    def __str__(self) -> str:
        return self.value


Term = Iri | Blank | Literal
Triple = tuple[Term, Iri, Term]


@dataclass(frozen=True)
class Rows:
    """What a SELECT gives."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def records(self) -> list[dict[str, Term]]:
        """Each row as a mapping that holds only what is bound."""
        return [
            {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]


@dataclass(frozen=True)
class Truth:
    """What an ASK gives."""

    value: bool


@dataclass(frozen=True)
class Triples:
    """What a CONSTRUCT or a DESCRIBE gives."""

    triples: tuple[Triple, ...]


Results = Rows | Truth | Triples
