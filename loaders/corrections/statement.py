"""What a correction says, as the values of its node in the graph."""

from loaders.corrections.fields import fields_of
from loaders.findings import Correction
from loaders.names import part_iri
from loaders.rdfterms import concept, day, named
from ontology import OA

_PART_NAMES = {"dossier": "component", "procedure": "step"}  # where a part's name is not that of its kind


def statement(said: Correction, document: str) -> dict[str, object]:
    """Who says what of which property, with what was read there; by the names the writer of graphs takes."""
    field = fields_of(said.kind).get(said.field or "")
    return {
        "correctionAction": concept("correction-action", said.action),
        "corrects": named(_corrected(said, document)),
        "property": named(field.property) if field else None,
        "readValue": said.read,
        "saidValue": said.said,
        "correctedBy": said.author,
        "correctedOn": day(said.date),
        "correctionNote": said.note,
        "unmatched": not said.matched or None,
        "start": said.start if said.matched else None,
        "end": said.end,
        str(OA.exact): said.text,
    }


def _corrected(said: Correction, document: str) -> str | None:
    """The part that a correction is of; of one removed, or found no more, there is none."""
    if said.action == "remove" or not said.matched:
        return None
    if said.kind == "document":
        return document
    if said.kind == "movement":
        return f"{document}#movement"
    return part_iri(document, _PART_NAMES.get(said.kind, said.kind), said.start or 0)
