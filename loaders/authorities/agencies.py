"""Which agency a phrase means: "UBND tỉnh" in a district's plan is the People's Committee of its province.

Silence is better than a guess: an agency is named only where exactly one is left.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.authorities.bodies import BodyMention, find_bodies
from loaders.authorities.body_kinds import Body, bodies, centre_of, committee
from loaders.authorities.former import former_above, is_before
from loaders.authorities.places import KIND_OF_INITIALS, Place, place_at, units_named
from loaders.authorities.units import Unit, units
from loaders.authorities.words import words_of
from loaders.names import slug
from loaders.text import Text, fold
from loaders.vocabulary import scheme
from ontology import BASE
from ontology.units import spelling

__all__ = [
    "Agency",
    "Body",
    "BodyMention",
    "Context",
    "agency",
    "by_suffix",
    "coded_bodies",
    "find_bodies",
    "resolve",
    "resolve_mention",
]


# never named without its kind: "Thành ủy Thành phố Hồ Chí Minh", but "Thành ủy Hải Phòng"
_NAMED_AFTER_PEOPLE = ("Hồ Chí Minh",)


@dataclass(frozen=True)
class Agency:
    """A body of a unit, or a central body."""

    body: str
    unit: Unit | None = None

    @property
    def of(self) -> Body:
        return bodies()[self.body]

    @property
    def label(self) -> str:
        """Its full name: "Ủy ban nhân dân thị xã Phước Long"."""
        if self.unit is None or self.of.pattern is None:
            return self.of.label.partition(" (")[
                0
            ]  # "Cục Thuế (Bộ Tài chính)" is only in the list told from a province's
        over = committee(self.unit.kind)
        with_kind = self.unit.name in _NAMED_AFTER_PEOPLE and not self.of.label.endswith(self.unit.kind)
        name = f"Thành phố {self.unit.name}" if with_kind else self.unit.name
        return self.of.pattern.format(body=self.of.label, unit=self.unit.full_name, name=name, committee=over)

    @property
    def level(self) -> str | None:
        return self.unit.level if self.unit else "trung-uong"

    @property
    def iri(self) -> str:
        return f"{BASE}id/agency/{self.unit.path if self.unit else 'trung-uong'}/{self.body}"

    @property
    def authority(self) -> str:
        """The slug of the register its documents stand in: a chairman's is his committee's."""
        registers = (bodies()[slug] for slug in self.of.registered_by)
        register = next((other for other in registers if _exists_at(other, self.unit)), self.of)
        if self.unit is None:
            return register.slug
        return f"{register.slug}-{place_slug(self.unit, with_kind=not register.unit_kind)}"


@dataclass(frozen=True)
class Context:
    """What the document itself settles: its issuer's unit, its day, and the units it names."""

    own: Unit | None = None
    on: str | None = None
    mentioned: tuple[Unit, ...] = ()


@cache
def place_slug(unit: Unit, *, with_kind: bool = True) -> str:
    """A unit's slug within the country, unique: its kind, name, district and province.

    >>> place_slug(units().find("Long Thành", kind="huyện")[0])
    'huyen-long-thanh-dong-nai'
    """
    plain = _place_slug(unit, with_kind)
    # "xã Cẩm Giàng" and "xã Cẩm Giang", both in Hải Phòng since July 2025, have one slug
    shared = {twin.code for twin in units().namesakes(unit) if _place_slug(twin, with_kind) == plain}
    return f"{unit.code}-{plain}" if len(shared) > 1 else plain


def _place_slug(unit: Unit, with_kind: bool) -> str:
    names = [unit.name, *(upper.name for upper in units().ancestors(unit))]
    return slug(" ".join([unit.kind, *names] if with_kind else names))


def agency(body: str, unit: Unit | None = None) -> Agency | None:
    """The agency of a body and a unit; None where the body does not exist at that unit's level.

    >>> agency("so-noi-vu", units().find("Long Thành", kind="huyện")[0]) is None
    True
    """
    of = bodies()[body]
    if of.pattern is None:
        return Agency(body)
    return Agency(body, unit) if unit and _exists_at(of, unit) else None


def _exists_at(body: Body, unit: Unit | None) -> bool:
    """Whether there is such a body at a unit of that level and kind."""
    return unit is None or (unit.level in body.levels and body.unit_kind in (None, unit.kind))


def resolve(phrase: str, context: Context) -> Agency | None:
    """The one agency a phrase means in its document, else None.

    A bare unit ("của huyện", "UBND" left out) stands for its People's Committee.

    >>> ward = units().find("Thác Mơ", kind="phường", on="2024-08-28")[0]
    >>> resolve("UBND thj xa Phudc Long", Context(ward, "2024-08-28")).label
    'Ủy ban nhân dân thị xã Phước Long'
    """
    text = Text.of(phrase)
    mentions = find_bodies(text)
    if mentions:
        return resolve_mention(mentions[0], context)
    words = words_of(text)
    while words and words[0].folded in ("cua", "cia", "cta", "ctia", "ciia", "do", "tai"):
        words = words[1:]
    placed = place_at(text, words, 0) if words else None
    if not placed or (not placed[0].name and placed[1] < len(words)):
        return None
    unit = _only(_units_meant(placed[0], bodies()["ubnd"], context))
    return agency("ubnd", unit) if unit else None


def resolve_mention(mention: BodyMention, context: Context) -> Agency | None:
    """The one agency a mention means in its document, else None."""
    body = mention.body
    if body.pattern is None:
        return Agency(body.slug)
    if mention.plural or body.needs_topic:
        return None
    centre = None if mention.kind or mention.unit_words else centre_of(body.slug)
    if centre and context.on and centre.since and context.on >= centre.since:
        return Agency(centre.slug)  # "Cục Thuế" of after February 2025
    kind = mention.kind or body.unit_kind
    place = Place(mention.start, mention.end, kind, mention.unit_words, mention.areas, mention.marked)
    unit = _only(_units_meant(place, body, context))
    return agency(body.slug, unit) if unit else None


def _units_meant(place: Place, body: Body, context: Context) -> list[Unit]:
    """The units a place may mean for that body, by the nearest circle of the context that has any."""
    if place.name:
        return _named(place, body, context)
    above = _own_and_above(context)
    if place.kind is None:
        fitting = [unit for unit in above if unit.level in body.levels]
        return fitting[:1]
    fitting = [unit for unit in above if unit.kind == place.kind and unit.level in body.levels]
    if fitting or context.own:
        return fitting
    return [unit for unit in dict.fromkeys(context.mentioned) if unit.kind == place.kind and unit.level in body.levels]


def _own_and_above(context: Context) -> list[Unit]:
    if context.own and context.on and is_before(context.own, context.on):
        return list(former_above(context.own, context.on))
    return [context.own, *units().ancestors(context.own, context.on)] if context.own else []


def _named(place: Place, body: Body, context: Context) -> list[Unit]:
    """Units of that name: the document's own and those above, those in its district, its province, then anywhere."""
    above = _own_and_above(context)
    found = _fitting(units_named(place, context.on, exactly=True), body)
    for area in () if found else above:  # a badly read name is nearest to those around us
        found = found or _fitting(units_named(place, context.on, within=area), body)
    found = found or _fitting(units_named(place, context.on), body)
    if own := [unit for unit in found if unit in above]:
        return own
    for area in (*above, *context.mentioned):
        if inside := [unit for unit in found if units().lies_in(unit, area)]:
            return inside
    return found


def _fitting(found: list[Unit], body: Body) -> list[Unit]:
    return [unit for unit in found if unit.level in body.levels]


def _only(candidates: list[Unit]) -> Unit | None:
    """The one unit left; periods of one unit count as one, the earliest.

    So do a unit and the one that took its name in its district: thị trấn Yên Châu got another code when it grew.
    """
    earliest = min(candidates, key=lambda unit: unit.valid_from, default=None)
    if earliest is None or not all(_is_one(earliest, unit) for unit in candidates):
        return None
    return earliest


def _is_one(unit: Unit, other: Unit) -> bool:
    if (unit.kind, spelling(unit.name)) != (other.kind, spelling(other.name)):
        return False
    return unit.code == other.code or (_parent_code(unit) == _parent_code(other) != "")


def _parent_code(unit: Unit) -> str:
    return units().get(unit.parent).code if unit.parent else ""


def by_suffix(code: str, context: Context) -> Agency | None:
    """The agency whose code ends a document number, as far as the context settles it.

    >>> by_suffix("NĐ-CP", Context()).label, by_suffix("QĐ-TTg", Context()).label
    ('Chính phủ', 'Thủ tướng Chính phủ')
    >>> by_suffix("TTr-PNV", Context(units().find("Long Thành", kind="huyện")[0], "2024-04-25")).label
    'Phòng Nội vụ huyện Long Thành'
    """
    parts = [part for part in re.split(r"[-/.\s–—]+", code) if part]
    if len(parts) > 1 and fold(parts[0]) in _type_codes():
        parts = parts[1:]
    coded = next((found for found in map(_coded, _runs(parts)) if found), [])
    agencies = {}
    for body, kind in coded:
        place = Place(0, 0, kind or body.unit_kind, None)
        unit = _only(_units_meant(place, body, context)) if body.pattern else None
        found = None if body.needs_topic else agency(body.slug, unit)
        if found:
            agencies[found.iri] = found
    return next(iter(agencies.values())) if len(agencies) == 1 else None


@cache
def _type_codes() -> frozenset[str]:
    return frozenset(fold(code) for concept in scheme("document-type").values() for code in concept.codes)


def _runs(parts: list[str]) -> Iterator[str]:
    """The parts of a number's code, in their order, each first together with the next: "BCĐ-CCHC", "BCĐ", "CCHC"."""
    for i, part in enumerate(parts):
        if i + 1 < len(parts):
            yield part + parts[i + 1]
        yield part


def _coded(part: str) -> list[tuple[Body, str | None]]:
    """The bodies of a code, with the kind of unit if the code tells it: "CAT", "CAH".

    A term or a field's digit at its end is no part of it ("QH15", "UBTVQH14"), but "TCT06" is a working group's.
    """
    wanted = re.sub(r"(?:(?<=qh)\d+|(?<=[a-z])\d)$", "", fold(part)).replace("&", "")
    return _codes().get(wanted, [])


@cache
def coded_bodies(code: str) -> tuple[Body, ...]:
    """The bodies that write under a code.

    >>> [body.slug for body in coded_bodies("QH15")], coded_bodies("NC")
    (['quoc-hoi'], ())
    """
    return tuple(body for body, _ in _coded(code))


@cache
def _codes() -> dict[str, list[tuple[Body, str | None]]]:
    """What each code says: the bodies in their order; one that is never without a unit has its initials."""
    found: dict[str, list[tuple[Body, str | None]]] = defaultdict(list)
    for body in bodies().values():
        for code in {re.sub(r"[-.&]", "", fold(code)) for code in body.codes}:
            if body.needs_unit:
                for initials, kind in KIND_OF_INITIALS.items():
                    found[code + initials].append((body, kind))
            else:
                found[code].append((body, None))
    return dict(found)
