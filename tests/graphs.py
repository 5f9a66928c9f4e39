"""Small documents and stores for the tests of the store: a document is a few lines of text, read without the readers."""

from pathlib import Path

from loaders.errors import EmptyFile
from loaders.findings import Citation, Doubt, Document, Findings, Issuer, Movement, Source
from loaders.names import document_iri
from loaders.text import Text
from ontology import BASE

UBND = f"{BASE}id/agency/trung-uong/chinh-phu"


def iri(number: str) -> str:
    """The document a line "số N" is about."""
    return document_iri("ubnd-xa-thu", "ke-hoach", "2024", number)


def read_lines(path: Path) -> tuple[Text, Findings]:
    """ "số 5" gives the document, "chất lượng 0.5" how well it reads, "căn cứ 4" a citation of another one."""
    text = Text.of(path.read_text("utf-8"))
    if not text.raw.strip():
        raise EmptyFile(path.name)
    number, quality, citations, start = "0", 1.0, [], 0
    for line in text.raw.splitlines(keepends=True):
        word, _, value = line.strip().rpartition(" ")
        if word == "số":
            number = value
        elif word == "chất lượng":
            quality = float(value)
        elif word == "căn cứ":
            place = {"text": line.strip(), "start": start, "end": start + len(line.strip())}
            citations.append(
                Citation(**place, type="ke-hoach", number=f"{value}/KH-UBND", relation="căn cứ", iri=iri(value))
            )
        start += len(line)
    document = Document(
        iri=iri(number),
        type="ke-hoach",
        number=f"{number}/KH-UBND",
        date="2024-01-05",
        title=f"Kế hoạch thử số {number}",
        issuer=Issuer(
            label="Ủy ban nhân dân xã Thử", iri=f"{UBND}" if number != "7" else f"{BASE}id/agency/trung-uong/thu-tuong"
        ),
    )
    import hashlib

    source = Source(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), quality=quality)
    doubts = (Doubt(code="test", message="nghi"),) if number == "9" else ()
    return text, Findings(
        source=source, document=document, movement=Movement(year=2024), citations=tuple(citations), doubts=doubts
    )
