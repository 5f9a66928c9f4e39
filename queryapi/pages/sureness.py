"""How sure the reader is of a finding, and what people said of it, in the words of a page."""

from collections.abc import Sequence

from loaders.confidence import DOUBTFUL
from queryapi.pages.facts import Facts, Thing
from queryapi.pages.view import concept, shown_date

__all__ = ["corrected", "doubt", "scanned"]

_GARBLED = 0.2  # below this share of Vietnamese letters a text is garbled, as `Text.garbled` has it

_SAID = {"correct": "sửa", "add": "thêm", "confirm": "xác nhận", "remove": "bỏ"}


def doubt(thing: Thing) -> str:
    """Why a finding is doubtful, "" for one that is not: "độ chắc 0,50: chữ hỏng, số đã chữa"."""
    sure = float(thing["readingConfidence"] or 1)
    if sure >= DOUBTFUL:
        return ""
    grounds = ", ".join(concept(ground) for ground in thing.all("ground"))
    return f"độ chắc {sure:.2f}".replace(".", ",") + (f": {grounds}" if grounds else "")


def scanned(quality: str | None, sure: Sequence[float] = ()) -> str:
    """What to say of a document a machine read from an image: a clean scan is only told as one.

    >>> scanned("0.37", [1.0, 1.0, 0.9]), scanned("0.11"), scanned("0.37", [0.4, 0.5])
    ('đọc bằng OCR', 'chữ nhận dạng kém, xem kỹ bản gốc', 'chữ nhận dạng kém, xem kỹ bản gốc')
    """
    poor = float(quality or 1) < _GARBLED or (sure and sum(sure) / len(sure) < DOUBTFUL)
    return "chữ nhận dạng kém, xem kỹ bản gốc" if poor else "đọc bằng OCR"


def corrected(facts: Facts, document: Thing) -> dict[str, list[str]]:
    """What people said, a sentence each, by the IRI of what it is of; under "" what is of nothing found any more."""
    told: dict[str, list[str]] = {}
    for one in facts.linked(document, "hasCorrection"):
        told.setdefault(one["corrects"] or "", []).append(_sentence(one))
    return told


def _sentence(one: Thing) -> str:
    action = (one["correctionAction"] or "").rpartition("/")[2]
    who = f"{one['correctedBy']} {_SAID.get(action, action)} ngày {shown_date(one['correctedOn'])}"
    change = ""
    if one["property"]:
        change = f": máy đọc “{one['readValue'] or 'để trống'}”, đúng là “{one['saidValue'] or 'để trống'}”"
    elif not one["corrects"] and one["exact"]:
        change = f": “{' '.join(one['exact'].split())[:160]}”"
    lost = " (chưa khớp điều nào đọc được)" if one.true("unmatched") else ""
    note = f". {one['correctionNote']}" if one["correctionNote"] else ""
    return f"{who}{change}{lost}{note}"
