"""The kinds of body there are: what each is called, how its documents are coded, and at which level it exists.

The list itself is `ontology/vocab/body.ttl`.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from loaders.text import fold
from ontology import BASE, sources

_SCHEME = f"{BASE}vocab/body/"
_COMMITTEE = "{committee}"


@dataclass(frozen=True)
class Body:
    """A kind of body. `pattern` makes its name with a unit and is None for a central one; see body.ttl."""

    slug: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    pattern: str | None = None
    unit_kind: str | None = None
    needs_unit: bool = False
    needs_topic: bool = False
    registered_by: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    organ_of: str | None = None
    counterpart_of: str | None = None
    for_task: bool = False
    since: str | None = None

    @property
    def label(self) -> str:
        return self.labels[0]

    @property
    def of_committee(self) -> bool:
        """Whether it is an organ of a Party committee, and only meant where one is named after it."""
        return bool(self.pattern) and _COMMITTEE in (self.pattern or "")


@cache
def bodies() -> dict[str, Body]:
    """All bodies by slug, in the order of the file.

    >>> bodies()["ubnd"].label, bodies()["chu-tich-ubnd"].registered_by
    ('Ủy ban nhân dân', ('ubnd',))
    """
    import pyoxigraph as ox

    source = next(file for file in sources("vocab") if file.name == "body.ttl")
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in ox.parse(source.read_bytes(), format=ox.RdfFormat.TURTLE):
        value, name = triple.object, triple.predicate.value.replace("#", "/").rsplit("/", 1)[-1]
        if isinstance(value, ox.Literal) and value.language in (None, "vi"):
            said[str(triple.subject.value)][name].append(value.value)
        elif isinstance(value, ox.NamedNode):
            said[str(triple.subject.value)][name].append(value.value.rsplit("/", 1)[-1])
    concepts = {iri.removeprefix(_SCHEME): of for iri, of in said.items() if iri.startswith(_SCHEME)}
    return {slug: _body(slug, of) for slug, of in concepts.items()}


def _body(slug: str, of: dict[str, list[str]]) -> Body:
    return Body(
        slug=slug,
        labels=(*of["prefLabel"], *of["altLabel"], *of["hiddenLabel"]),
        codes=tuple(of["numberCode"]),
        levels=tuple(of["level"]),
        pattern=next(iter(of["labelPattern"]), None),
        unit_kind=next(iter(of["existsAtKind"]), None),
        needs_unit=of["needsUnit"] == ["true"],
        needs_topic=of["needsTopic"] == ["true"],
        registered_by=tuple(of["registeredBy"]),
        not_before=tuple(fold(word) for word in of["notFollowedBy"]),
        organ_of=next(iter(of["organOf"]), None),
        counterpart_of=next(iter(of["counterpartOf"]), None),
        for_task=of["setUpForTask"] == ["true"],
        since=next(iter(of["validFrom"]), None),
    )


@cache
def centre_of(slug: str) -> Body | None:
    """The central body that took a local one's name.

    >>> centre_of("cuc-thue").slug, centre_of("so-noi-vu")
    ('cuc-thue-trung-uong', None)
    """
    return next((body for body in bodies().values() if body.since and body.counterpart_of == slug), None)


def committee(kind: str) -> str:
    """The Party committee of a kind of unit.

    >>> committee("huyện"), committee("phường")
    ('Huyện ủy', 'Đảng ủy phường')
    """
    found = committee_of(kind)
    return found.label if found.unit_kind else f"{found.label} {kind}"


@cache
def committee_of(kind: str) -> Body:
    """The kind of Party committee a kind of unit has: a Huyện ủy in a district, else a Đảng ủy."""
    named = (body for body in bodies().values() if body.unit_kind == kind and body.counterpart_of == "dang-uy")
    return next(named, bodies()["dang-uy"])
