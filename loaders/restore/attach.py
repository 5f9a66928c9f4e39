"""Readable labels on the findings of a garbled text, beside what is printed."""

from dataclasses import replace

from loaders.authorities.units import Unit, units
from loaders.findings import Findings
from loaders.restore import restore
from loaders.text import Text

__all__ = ["with_readable"]


def with_readable(text: Text, findings: Findings, unit: Unit | None) -> Findings:
    """The findings with a readable title, movement and criteria where an OCR model that knows no Vietnamese read them.

    Healthy text comes back as it is. `unit` is where the document was issued: its name, and the names of what it lies
    in, are the only places that are put right.
    """
    if not text.garbled:
        return findings
    places = [unit, *units().ancestors(unit)] if unit else []
    names = list(dict.fromkeys(place.name for place in places))
    document, movement = findings.document, findings.movement
    if document.title:
        title = restore(document.title, names)
        document = replace(document, readable=title.text, readable_confidence=title.confidence)
    if movement and movement.name:
        name = restore(movement.name, names)
        movement = replace(movement, readable=name.text, readable_confidence=name.confidence)
    criteria = []
    for criterion in findings.criteria:
        read = restore(criterion.text, names)
        criteria.append(replace(criterion, normalised=read.text, readable_confidence=read.confidence))
    return replace(findings, document=document, movement=movement, criteria=tuple(criteria))
