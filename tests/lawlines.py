"""Small documents that cite law and say what they do to other documents: a few lines of text each."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from loaders.findings import Citation, Document, Effect, Findings, Issuer, Movement, Source
from loaders.names import document_iri
from loaders.text import Text
from ontology import BASE
from queryapi.loading.load import load
from queryapi.loading.radargraph import mend
from queryapi.store import RADAR, Store, export, open_store
from queryapi.store.terms import Rows

GOVERNMENT = f"{BASE}id/agency/trung-uong/chinh-phu"
PREFIXES = """@base <https://w3id.org/thidua/id/doc/> .
@prefix td: <https://w3id.org/thidua/ns#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix agency: <https://w3id.org/thidua/id/agency/trung-uong/> .
@prefix confidence: <https://w3id.org/thidua/vocab/confidence/> .
@prefix nature: <https://w3id.org/thidua/vocab/document-nature/> .
@prefix type: <https://w3id.org/thidua/vocab/document-type/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_EFFECTS = {"thay thế": "replaces", "bãi bỏ": "repeals", "hết hiệu lực": "ends"}


def iri(number: str, authority: str = "ubnd-xa-thu") -> str:
    """The document a line "số N" is about; "98/2023/NĐ-CP" is the decree, "ubnd-xa-khac:2" another commune's."""
    authority, _, number = number.rpartition(":") if ":" in number else (authority, "", number)
    parts = number.split("/")
    if len(parts) == 3:
        return document_iri("chinh-phu", "nghi-dinh", parts[1], parts[0])
    return document_iri(authority, "ke-hoach", "2024", number)


def read(path: Path) -> tuple[Text, Findings]:
    """A reader of tiny documents.

    "số 5" names the document, "ngày …" its day, "đến …" the end of its movement, "cơ quan …" whose it is, "mờ" that it
    was read from a bad scan. "theo 98/2023/NĐ-CP mẫu số 08" cites a decree, "theo số 98/2023/NĐ-CP" one of which only
    the number is legible, "tên Luật …" a law by name, "căn cứ 4" another document. "hiệu lực 2024-02-01" is its own
    first day; "thay thế 7 từ 2024-03-01", "bãi bỏ Điều 4 của 7", "hết hiệu lực 7 …" what it does to another.
    """
    text = Text.of(path.read_text("utf-8"))
    head = {"số": "0", "ngày": "2024-01-05", "cơ quan": "ubnd-xa-thu"}
    citations: list[Citation] = []
    effects: list[Effect] = []
    ocr, start = False, 0
    lines = [line.strip() for line in text.raw.splitlines()]
    head |= {word: line.removeprefix(f"{word} ") for word in (*head, "đến") for line in lines if line.startswith(word)}
    own = iri(head["số"], head["cơ quan"])
    for line in lines:
        place = {"text": line, "start": start, "end": start + len(line)}
        ocr |= line == "mờ"
        cited = _cited(line, head["cơ quan"], place)
        citations += [cited] if cited else []
        if line.startswith("hiệu lực "):
            effects.append(Effect(kind="enters-into-force", about=own, effective_on=line.split()[2], **place))
        for words, kind in _EFFECTS.items():
            if line.startswith(f"{words} "):
                what, _, day = line.removeprefix(f"{words} ").partition(" từ ")
                part, _, which = what.rpartition(" của ")
                target = iri(which, head["cơ quan"])
                number = which if "/" in which else f"{which}/KH-UBND"
                citations.append(_citation(number, target, "thay thế" if kind == "replaces" else "bãi bỏ", place))
                effects.append(
                    Effect(
                        kind=kind,
                        about=target,
                        effective_on=day or None,
                        via=start,
                        provisions=(part,) if part else (),
                        **place,
                    )
                )
        start += len(line) + 1
    findings = Findings(
        source=Source(
            name=path.name,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            quality=0.5 if ocr else 1.0,
            ocr=ocr,
        ),
        document=Document(
            iri=own,
            type="nghi-dinh" if own.startswith(f"{BASE}id/doc/chinh-phu/") else "ke-hoach",
            number=head["số"] if "/" in head["số"] else f"{head['số']}/KH-UBND",
            date=head["ngày"] if head["ngày"] != "trống" else None,
            title=f"Kế hoạch thử số {head['số']}",
            issuer=Issuer(label="Ủy ban nhân dân xã Thử", iri=GOVERNMENT),
        ),
        movement=Movement(year=2024, until=head["đến"]) if "đến" in head else None,
        citations=tuple(citations),
        effects=tuple(effects),
    )
    return text, findings


def _cited(line: str, authority: str, place: dict[str, object]) -> Citation | None:
    word, _, rest = line.partition(" ")
    if word == "theo":
        relation, nameless = "căn cứ", rest.startswith("số ")
        number, _, pinpoint = rest.removeprefix("số ").partition(" ")
        target = document_iri("nd0123abcd", "nghi-dinh", "nd0123abcd", number.split("/")[0])
        return _citation(number, target if nameless else iri(number), relation, place, pinpoint or None)
    if word == "tên":
        return Citation(type="luat", name=rest, relation="căn cứ", **place)
    if line.startswith("căn cứ "):
        target = line.split()[2]
        return _citation(f"{target}/KH-UBND", iri(target, authority), "căn cứ", place)
    return None


def _citation(
    number: str, target: str, relation: str, place: dict[str, object], pinpoint: str | None = None
) -> Citation:
    kind = "nghi-dinh" if "NĐ" in number else "ke-hoach"
    return Citation(type=kind, number=number, relation=relation, iri=target, pinpoint=pinpoint, **place)


def unread(path: Path) -> tuple[Text, Findings]:
    """A reader for where nothing must be read."""
    raise AssertionError(f"{path.name} was read again")


def loaded(folder: Path, *files: Path, reader: Callable[[Path], tuple[Text, Findings]] = read) -> list[str]:
    """What a new store holds after the files are loaded one after the other."""
    with open_store(folder, write=True) as store:
        for file in files:
            load([file], store, read=reader)
        return held(store)


def held(store: Store) -> list[str]:
    """Everything in the store; the order of its alerts is as it would be made anew."""
    said = list(export(store))
    assert not mend(store), "the order of the alerts follows from the alerts"
    assert store.holds(RADAR) == any("> <https://w3id.org/thidua/ns#hasAlert> <" in line for line in said)
    return said


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(f"PREFIX td: <{BASE}ns#> PREFIX oa: <http://www.w3.org/ns/oa#> {query}")
    assert isinstance(found, Rows)
    return sorted(tuple(str(term) if term else "" for term in row) for row in found.rows)


def verdicts(store: Store) -> dict[str, str]:
    """The verdict of each citation by its document's number and words: "1: theo 98/2023/NĐ-CP"."""
    query = "SELECT ?d ?words ?v { ?c td:verdict ?v ; td:inDocument ?d ; oa:exact ?words }"
    return {f"{d.rpartition('/')[2]}: {words}": v.rpartition("/")[2] for d, words, v in rows(store, query)}


__all__ = ["PREFIXES", "held", "iri", "loaded", "read", "rows", "unread", "verdicts"]
