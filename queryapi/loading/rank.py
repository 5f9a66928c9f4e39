"""Which body, and which kind of document, may end another's documents.

A document is amended, replaced or repealed by the body that issued it, or by one that law or statute sets over it; who
that is, is data (`td:organOf` and `td:documentsEndedBy` in the list of bodies). Where a unit passed whole into another,
its bodies' documents are in the hands of the bodies there from that day on. Where this cannot be told, it is not
assumed.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from loaders.authorities.agencies import Agency, agency, place_slug
from loaders.authorities.body_kinds import Body, bodies
from loaders.authorities.places import LEVEL_OF_KIND
from loaders.authorities.units import Unit, units
from loaders.law.succession import end_of, heirs, organ_of, superior
from loaders.names import slug
from ontology import TD, sources


@lru_cache(maxsize=4096)
def may_decide(by: str, of: str, on: str | None = None) -> bool:
    """Whether documents of `by` can surely end those of `of`; `on` is the day of the document that does so.

    Both are names of the registers in which documents are numbered.

    >>> may_decide("ubnd-tinh-quang-ninh", "ubnd-tinh-quang-ninh"), may_decide("chinh-phu", "ubnd-tinh-quang-ninh")
    (True, True)
    >>> may_decide("hdnd-tinh-quang-ninh", "ubnd-tinh-quang-ninh"), may_decide("bo-noi-vu", "chinh-phu")
    (True, False)
    >>> may_decide("chinh-phu", "bo-noi-vu"), may_decide("ubnd-thanh-pho-ha-noi", "ubnd-quan-ba-dinh-ha-noi")
    (True, True)
    >>> may_decide("ubnd-tinh-dong-nai", "ubnd-huyen-long-thanh-dong-nai")
    True
    >>> may_decide("ubnd-tinh-quang-ninh", "ubnd-huyen-long-thanh-dong-nai")
    False

    The Government is not over the President, the courts, the Party, the Front, nor over what a council resolves:

    >>> others = ("quoc-hoi", "chu-tich-nuoc", "toa-an-nhan-dan-toi-cao", "kiem-toan-nha-nuoc", "trung-uong-dang",
    ...     "mttq-viet-nam", "hdnd-tinh-quang-ninh", "tinh-uy-quang-ninh")
    >>> [of for of in others if may_decide("chinh-phu", of) or may_decide("thu-tuong", of)]
    []
    >>> may_decide("uy-ban-thuong-vu-quoc-hoi", "hdnd-tinh-quang-ninh"), may_decide("quoc-hoi", "tinh-uy-quang-ninh")
    (True, False)
    >>> may_decide("ubnd-tinh-dong-nai", "hdnd-huyen-long-thanh-dong-nai")
    False
    >>> may_decide("trung-uong-dang", "tinh-uy-quang-ninh")
    True
    >>> may_decide("tinh-uy-dong-nai", "huyen-uy-long-thanh-dong-nai")
    True

    Hải Dương passed whole to Hải Phòng on 1 July 2025; of the old district's documents the city decides as well:

    >>> may_decide("ubnd-thanh-pho-hai-phong", "ubnd-tinh-hai-duong", "2025-08-01")
    True
    >>> may_decide("ubnd-thanh-pho-hai-phong", "ubnd-tinh-hai-duong", "2025-06-30")
    False
    >>> may_decide("ubnd-thanh-pho-hai-phong", "ubnd-huyen-cam-giang-hai-duong", "2025-08-01")
    True
    >>> may_decide("ubnd-thanh-pho-da-nang", "ubnd-dac-khu-hoang-sa-da-nang")
    True
    """
    return by == of or any(over.authority == by for over in _over(of, on))


def kind_can_end(by: str | None, by_number: str | None, of: str | None, of_number: str | None) -> bool:
    """Whether a document of one type (a slug) and number is of a kind that can surely end the other.

    What is or may be normative is ended by what is normative alone (Luật 64/2025/QH15; Luật 80/2015/QH13, Điều 12):

    >>> kind_can_end("quyet-dinh", "22/2024/QĐ-UBND", "quyet-dinh", "38/2018/QĐ-UBND")
    True
    >>> kind_can_end("ke-hoach", "45/KH-UBND", "quyet-dinh", "22/2024/QĐ-UBND")
    False
    >>> kind_can_end("quyet-dinh", "123/QĐ-UBND", "quyet-dinh", "22/2024/QĐ-UBND")
    False
    >>> kind_can_end("quyet-dinh", "123/QĐ-UBND", "nghi-dinh", None), kind_can_end("bao-cao", "9/BC-UBND", "luat", None)
    (False, False)

    Else a plan is ended by a plan or by a decision, a decision by no letter:

    >>> kind_can_end("ke-hoach", "45/KH-UBND", "ke-hoach", "40/KH-UBND")
    True
    >>> kind_can_end("quyet-dinh", "123/QĐ-UBND", "ke-hoach", "40/KH-UBND")
    True
    >>> kind_can_end("cong-van", "77/UBND-NV", "quyet-dinh", "123/QĐ-UBND")
    False
    """
    if by is None or of is None:
        return False
    if not _may_be_normative(of, of_number):
        return by == of or "normative" in _natures().get(by, ())
    yearly = re.search(r"/(?:19|20)\d\d/|/QH\d|/UBTVQH\d", by_number or "", re.IGNORECASE)
    return bool(yearly) and "normative" in _natures().get(by, ())


def _may_be_normative(kind: str, number: str | None) -> bool:
    """By its type; of one that may be either ("Quyết định") its number tells: with a year, or not known."""
    natures = _natures().get(kind, ())
    return "normative" in natures and (len(natures) == 1 or number is None or bool(re.search(r"/(19|20)\d\d/", number)))


@cache
def _natures() -> dict[str, tuple[str, ...]]:
    """What each type of document may be: normative, administrative, of the Party."""
    return _listed("document-type.ttl", str(TD.possibleNature))


def _over(of: str, on: str | None) -> Iterator[Agency]:
    """The agencies in whose hands documents of that register are."""
    waiting = _agencies(of)
    seen = set(waiting)
    while waiting:
        one = waiting.pop(0)
        yield one
        for over in (*_above(one), *_after(one, on)):
            if over not in seen:
                seen.add(over)
                waiting.append(over)


def _above(one: Agency) -> Iterator[Agency]:
    whole = organ_of(one)
    if whole:
        yield whole
    listed = _ended_by().get(one.body) or _ended_by().get(one.of.counterpart_of or "", ())
    for body in listed:
        central = bodies()[body].pattern is None
        over = agency(body, None if central else one.unit)
        if over and (one.unit is None or not central or one.unit.level == "tinh"):
            yield over
    # organs of two units are one above the other only where there is somebody over both
    upper = superior(one) if listed else None
    if upper:
        yield upper


def _after(one: Agency, on: str | None) -> Iterator[Agency]:
    """Who took over all of it, for sure, by a day."""
    end = end_of(one) if on else None
    if end and on and end.day <= on:
        yield from (heir.agency for heir in heirs(one) if heir.confidence == "V" and heir.share == "whole")


@cache
def _ended_by() -> dict[str, tuple[str, ...]]:
    return _listed("body.ttl", str(TD.documentsEndedBy))


def _listed(file: str, predicate: str) -> dict[str, tuple[str, ...]]:
    """One property of the concepts of a list, both sides by their slugs."""
    import pyoxigraph as ox

    found: dict[str, tuple[str, ...]] = {}
    source = next(one for one in sources("vocab") if one.name == file)
    for triple in ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE):
        if triple.predicate.value == predicate:
            concept, value = (str(term.value).rpartition("/")[2] for term in (triple.subject, triple.object))
            found[concept] = (*found.get(concept, ()), value)
    return found


def _agencies(authority: str) -> list[Agency]:
    """The agencies whose documents stand in that register, one for each period of the unit."""
    if authority in bodies():
        return [Agency(authority)] if bodies()[authority].pattern is None else []
    named = (body for body in bodies().values() if body.pattern and authority.startswith(f"{body.slug}-"))
    found = [Agency(body.slug, unit) for body in named for unit in _units(body, authority)]
    return [one for one in found if one.authority == authority]


def _units(body: Body, authority: str) -> list[Unit]:
    """The units of a body that a register's name may mean."""
    place = authority.removeprefix(f"{body.slug}-")
    syllables = place.split("-")
    start = 1 if syllables[0].isdigit() else 0  # two communes of one slug have their codes before it
    found: dict[Unit, None] = {}
    for kind in LEVEL_OF_KIND:
        words = [] if body.unit_kind else slug(kind).split("-")
        if body.unit_kind not in (None, kind) or syllables[start : start + len(words)] != words:
            continue
        names = syllables[start + len(words) :]
        for length in range(1, len(names) + 1):
            found |= dict.fromkeys(units().find(" ".join(names[:length]), kind=kind))
    return [unit for unit in found if place_slug(unit, with_kind=not body.unit_kind) == place]
