"""A body as its page tells it: of which unit, under whom, until when and by what, and who took over from it."""

from dataclasses import dataclass

from loaders.authorities.agencies import Agency
from loaders.authorities.units import FIRST_DAY, Unit, units
from loaders.days import shown_day
from loaders.law.succession import end_of, heirs, organ_of, superior
from loaders.vocabulary import scheme
from ontology import BASE

_SHARES = {"whole": "trọn", "part": "một phần", "unknown": "không rõ trọn hay một phần"}
_CENTRAL = "trung-uong"


@dataclass(frozen=True)
class After:
    """A body that took over; `through` is the one by which it did."""

    iri: str
    name: str
    share: str
    unsure: str
    through: str = ""


@dataclass(frozen=True)
class Life:
    """What the page of an agency tells above its triples."""

    name: str
    unit: tuple[tuple[str, str], ...]
    organ_of: tuple[str, str] | None
    superior: tuple[str, str] | None
    since: str
    ended: str
    by: str
    unsure: str
    note: str
    after: tuple[After, ...]


def life(iri: str) -> Life | None:
    """The life of the agency of that IRI; None for anything else.

    >>> told = life("https://w3id.org/thidua/id/agency/585-ninh-son/2021-01-01/ubnd")
    >>> told.name, told.ended, told.after[0].name
    ('Ủy ban nhân dân huyện Ninh Sơn', '01/07/2025', 'Ủy ban nhân dân xã Ninh Sơn, tỉnh Khánh Hoà')
    """
    found = _agency(iri)
    if found is None:
        return None
    end, over, above = end_of(found), organ_of(found), superior(found)
    unit = found.unit
    return Life(
        name=found.label,
        unit=tuple((u.iri, u.full_name) for u in (unit, *units().ancestors(unit))) if unit else (),
        organ_of=(over.iri, over.label) if over else None,
        superior=(above.iri, above.label) if above else None,
        since=shown_day(unit.valid_from) or "" if unit and unit.valid_from != FIRST_DAY else "",
        ended=(shown_day(end.day) or "") if end else "",
        by=(end.reference or "") if end else "",
        unsure=_unsure(end.confidence) if end else "",
        note=(end.note or "") if end else "",
        after=tuple(
            After(
                heir.agency.iri,
                _in_its_province(heir.agency),
                _SHARES.get(heir.share, heir.share),
                _unsure(heir.confidence),
                heir.through.label if heir.through else "",
            )
            for heir in heirs(found)
        ),
    )


def _agency(iri: str) -> Agency | None:
    if not iri.startswith(f"{BASE}id/agency/"):
        return None
    place, _, slug = iri.removeprefix(f"{BASE}id/agency/").rpartition("/")
    unit = None if place == _CENTRAL else _unit(f"{BASE}id/unit/{place}")
    return Agency(slug, unit) if slug in scheme("body") and (unit or place == _CENTRAL) else None


def _unit(iri: str) -> Unit | None:
    try:
        return units().get(iri)
    except KeyError:
        return None


def _in_its_province(of: Agency) -> str:
    above = units().ancestors(of.unit) if of.unit else []
    return ", ".join((of.label, *(unit.full_name for unit in above)))


def _unsure(confidence: str) -> str:
    return "" if confidence == "V" else f"chưa kiểm chứng, {confidence}"
