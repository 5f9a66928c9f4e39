"""What narrows the radar: read from words as people type them, and tried on alerts."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.authorities.units import key, units
from loaders.text import fold
from loaders.vocabulary import find, scheme
from queryapi.errors import BadParameter
from queryapi.radar.order import SEVERITIES
from queryapi.store import Store

FRAMEWORK = ("framework-changed", "unit-ended", "body-ended")
"""Kinds that are about the ground a plan stands on, and not about a document it cites."""

NAMES = ("province", "level", "year", "verdict", "instrument", "severity", "kind")
_GROUPS = {"khung": FRAMEWORK}
_PROVINCE = re.compile(r"^(?:tỉnh|thành phố|tp\.?|tinh|thanh pho)\s+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Slugs of our lists; `province` is the name of that day, `year` that of issue, `instrument` an IRI."""

    province: str | None = None
    level: str | None = None
    year: int | None = None
    verdict: str | None = None
    instrument: str | None = None
    severity: str | None = None
    kinds: tuple[str, ...] = ()

    def admits_province(self, name: str | None) -> bool:
        """Whether a province of that name is asked for, however it is spelt."""
        return self.province is None or (name is not None and key(name) == key(self.province))

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks of the severity asked for."""
        return (SEVERITIES.index(self.severity) + 1,) if self.severity else ()


def read_filters(store: Store, given: Mapping[str, str | Sequence[str]], called: Mapping[str, str]) -> Filters:
    """The filters of what was typed, by the names in NAMES; BadParameter says which one (as `called`) and what is near.

    A province is taken by its name with or without marks, of today or of the time of the document.
    """

    def words(name: str) -> str:
        value = given.get(name) or ""
        return " ".join((value if isinstance(value, str) else ",".join(value)).split())

    def name(key: str) -> str:
        return called.get(key, key)

    kinds = [part.strip() for part in words("kind").split(",") if part.strip()]
    return Filters(
        province=_province(words("province"), name("province")) if words("province") else None,
        level=_slug("level", words("level"), name("level")),
        year=_year(words("year"), name("year")),
        verdict=_slug("verdict", words("verdict"), name("verdict")),
        instrument=_instrument(store, words("instrument")) if words("instrument") else None,
        severity=_slug("severity", words("severity"), name("severity")),
        kinds=tuple(
            dict.fromkeys(
                slug
                for kind in kinds
                for slug in _GROUPS.get(fold(kind)) or (_slug("alert", kind, name("kind")) or "",)
            )
        ),
    )


def _slug(list_: str, words: str, name: str) -> str | None:
    if not words:
        return None
    concepts = scheme(list_)
    found = concepts.get(words.lower()) or find(list_, words)
    if found:
        return found.slug
    spellings = {spelt: c.slug for c in concepts.values() for spelt in (c.slug, *map(fold, c.labels))}
    near = difflib.get_close_matches(fold(words), spellings, n=3, cutoff=0.5)
    likely = list(dict.fromkeys(spellings[spelt] for spelt in near))
    among = ", ".join(f"{c.slug} ({c.label})" for c in concepts.values())
    vi = f"; gần giống: {', '.join(likely)}" if likely else ""
    en = f"; near: {', '.join(likely)}" if likely else ""
    raise BadParameter(name, f"không có “{words}”{vi}; có: {among}", f"no “{words}”{en}; there are: {among}")


def _province(words: str, name: str) -> str:
    bare = _PROVINCE.sub("", words)
    found = units().find(bare, level="tinh")
    if len({key(unit.name) for unit in found}) == 1:  # "Khánh Hoà" of yesterday is "Khánh Hòa" today
        return max(found, key=lambda unit: unit.valid_from).name
    near = sorted({unit.name for unit in (*found, *units().nearest(bare, level="tinh"))})
    vi = f"; gần giống: {', '.join(near)}" if near else ""
    en = f"; near: {', '.join(near)}" if near else ""
    raise BadParameter(name, f"không có tỉnh, thành phố tên “{words}”{vi}", f"no province “{words}”{en}")


def _year(words: str, name: str) -> int | None:
    if not words:
        return None
    if not re.fullmatch(r"[0-9]{4}", words):
        raise BadParameter(name, f"“{words}” không phải là năm, ví dụ: 2024", f"“{words}” is no year, e.g. 2024")
    return int(words)


def _instrument(store: Store, words: str) -> str:
    """By its number in the register, which needs no look at the store; else as any document is found."""
    from loaders.law.register import register
    from queryapi.documents import find_reference

    known = register().by_number(words)
    return known.iri if known else find_reference(store, words)
