"""Turtle in the form of the shipped register: one block a subject, one line a property, prefixes in their order."""

from dataclasses import dataclass, field

BASE_DOC = "https://w3id.org/thidua/id/doc/"
PREFIXES = {
    "agency": "https://w3id.org/thidua/id/agency/trung-uong/",
    "confidence": "https://w3id.org/thidua/vocab/confidence/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "framework": "https://w3id.org/thidua/vocab/framework/",
    "nature": "https://w3id.org/thidua/vocab/document-nature/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "td": "https://w3id.org/thidua/ns#",
    "type": "https://w3id.org/thidua/vocab/document-type/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Value:
    """A value as it is written."""

    turtle: str


@dataclass
class Block:
    """One subject with its classes and what is said of it, in order; two values of one property share its line."""

    iri: str
    classes: tuple[str, ...] = ()
    values: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, prop: str, value: Value) -> None:
        self.values.setdefault(prop, []).append(value)

    def __str__(self) -> str:
        lines = [f"{prop} {', '.join(value.turtle for value in said)}" for prop, said in self.values.items()]
        if self.classes:
            lines.insert(0, f"a {', '.join(self.classes)}")
        return f"{iri(self.iri).turtle} " + " ;\n    ".join(lines) + " .\n"


def iri(whole: str) -> Value:
    """
    >>> iri("https://w3id.org/thidua/id/doc/chinh-phu/nghi-dinh/2017/91#issued").turtle
    '<chinh-phu/nghi-dinh/2017/91#issued>'
    """
    return Value(f"<{whole.removeprefix(BASE_DOC)}>")


def term(prefixed: str) -> Value:
    return Value(prefixed)


def day(iso: str) -> Value:
    return Value(f'"{iso}"^^xsd:date')


def text(words: str, language: str = "") -> Value:
    """
    >>> text('nói "rõ"', "vi").turtle
    '"nói \\\\"rõ\\\\""@vi'
    """
    said = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return Value(f'"{said}"' + (f"@{language}" if language else ""))


def page(blocks: tuple[Block, ...], before: str = "") -> str:
    """The file: its heading once, then what it held, then the new blocks."""
    said = "\n".join(str(block) for block in blocks)
    if not before.strip():
        return f"{heading()}\n{said}"
    missing = [line for line in heading().splitlines() if line.startswith("@") and line not in before]
    opened = "\n".join(missing) + "\n\n" if missing else ""
    return f"{before.rstrip()}\n\n{opened}{said}"


def heading() -> str:
    """What every file of the register begins with."""
    head = "# Sổ riêng: văn bản và dữ kiện người dùng ghi thêm. Cách viết: docs/how-to/so-phap-luat.md.\n\n"
    prefixes = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    return f"{head}@base <{BASE_DOC}> .\n{prefixes}"
