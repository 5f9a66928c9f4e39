"""Small documents and stores for tests: a document is a few lines of text, read without the real readers."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from loaders.errors import EmptyFile
from loaders.findings import Citation, Document, Doubt, Findings, Issuer, Movement, Source
from loaders.names import document_iri
from loaders.text import Text
from ontology import BASE, sources
from queryapi.store.embedded import Embedded

GOVERNMENT = f"{BASE}id/agency/trung-uong/chinh-phu"
PRIME_MINISTER = f"{BASE}id/agency/trung-uong/thu-tuong"


def iri(number: str) -> str:
    """The document a line "số N" is about."""
    return document_iri("ubnd-xa-thu", "ke-hoach", "2024", number)


def read_lines(path: Path) -> tuple[Text, Findings]:
    """A reader of tiny documents, so that these tests do not depend on the real ones.

    "số 5" gives the document, "chất lượng 0.5" how well it reads, "căn cứ 4" a citation of another one,
    "theo 91/2017/NĐ-CP" a citation of a decree.
    """
    text = Text.of(path.read_text("utf-8"))
    if not text.raw.strip():
        raise EmptyFile(path.name)
    number, quality, citations, start = "0", 1.0, [], 0
    for line in text.raw.splitlines(keepends=True):
        word, _, value = line.strip().rpartition(" ")
        place = {"text": line.strip(), "start": start, "end": start + len(line.strip())}
        if word == "số":
            number = value
        elif word == "chất lượng":
            quality = float(value)
        elif word == "căn cứ":
            citations.append(_citation("ke-hoach", f"{value}/KH-UBND", "căn cứ", iri(value), place))
        elif word == "theo":
            decree = document_iri("chinh-phu", "nghi-dinh", value.split("/")[1], value.split("/")[0])
            citations.append(_citation("nghi-dinh", value, "dẫn chiếu", decree, place))
        start += len(line)
    issuer = PRIME_MINISTER if number == "7" else GOVERNMENT
    return text, Findings(
        source=Source(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), quality=quality),
        document=Document(
            iri=iri(number),
            type="ke-hoach",
            number=f"{number}/KH-UBND",
            date="2024-01-05",
            title=f"Kế hoạch thử số {number}",
            issuer=Issuer(label="Ủy ban nhân dân xã Thử", iri=issuer),
        ),
        movement=Movement(year=2024, until="2024-12-31"),
        citations=tuple(citations),
        doubts=(Doubt(code="test", message="nghi"),) if number == "9" else (),
    )


def _citation(type_: str, number: str, relation: str, target: str, place: dict[str, object]) -> Citation:
    return Citation(type=type_, number=number, relation=relation, iri=target, **place)


def write_files(folder: Path, **files: str) -> Path:
    """A folder of tiny documents: `a="số 1\\ncăn cứ 2"` is the file a.txt."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@cache
def vocabulary() -> tuple[ox.Quad, ...]:
    """The controlled lists and the law register, as the base graphs of a store have them."""
    return tuple(
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(f"{BASE}graph/{part}"))
        for part in ("vocab", "law")
        for file in sources(part)
        for t in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)
    )


class MemoryStore(Embedded):
    """A store of a few graphs, held in memory and only read."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        super().__init__(Path("memory"))
        self._db = ox.Store()
        self._db.bulk_extend(quads)

    @property
    def version(self) -> str:
        return "1"

    def close(self) -> None:
        pass


def store_of(turtle: str, *, base: bool = True) -> MemoryStore:
    """A store of the given Turtle (a document's graph each, by its IRI's path) beside the lists."""
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, _graph_of(t.subject))
        for t in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE, base_iri=f"{BASE}id/doc/")
    ]
    return MemoryStore([*(vocabulary() if base else ()), *quads])


def _graph_of(subject: object) -> ox.NamedNode:
    assert isinstance(subject, ox.NamedNode)
    path = subject.value.partition("#")[0].removeprefix(f"{BASE}id/doc/")
    return ox.NamedNode(f"{BASE}graph/doc/{path}")
