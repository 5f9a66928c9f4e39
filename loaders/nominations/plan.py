"""A plan as a nomination meets it: criteria, dossier, deadlines, quotas and awards, out of its slice of the graph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from loaders.text import fold
from loaders.vocabulary import scheme
from ontology import ELI, OA, TD

_DOSSIER = re.compile(r"\bh[o06] ?s[o06]\b")  # "H6 so" is how a scanner of another language reads "Hồ sơ"
KINDS = {"collective": "tập thể", "individual": "cá nhân"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A clause: `key` is its IRI's fragment, `document` the plan it stands in (another one when delegated)."""

    iri: str
    key: str
    document: str
    text: str
    start: int
    end: int
    label: str | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlanThreshold:
    """What must be reached, or what disqualifies; `scale` and `operator` are slugs."""

    iri: str
    measure: str | None
    of: str
    operator: str | None
    value: float | None
    unit: str | None
    base: str | None
    level: str | None
    scale: str | None
    rank: int | None
    year_offset: int
    relative_to: str | None


@dataclass(frozen=True, kw_only=True)
class PlanCriterion(Part):
    """One condition. `kind` is collective, individual or both."""

    kind: str
    polarity: str
    award: str | None = None
    any_of: str | None = None
    applies_to: str | None = None
    normalised: str | None = None
    threshold: PlanThreshold | None = None

    @property
    def words(self) -> str:
        """The clause to show: restored where the scan was garbled, else as it stands."""
        return " ".join((self.normalised or self.text).split())


@dataclass(frozen=True, kw_only=True)
class PlanComponent(Part):
    """One paper of the dossier."""

    kind: str
    form: str | None = None
    form_of: str | None = None
    form_of_document: str | None = None
    rule: str = "stated"
    delegated_to: str | None = None

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


@dataclass(frozen=True, kw_only=True)
class PlanQuota(Part):
    """How many may be rewarded."""

    kind: str | None = None
    count: int | None = None
    percent: float | None = None
    base: str | None = None
    unit: str | None = None
    rule: str = "max"
    award: str | None = None
    delegated_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlanDeadline(Part):
    """A day by which something falls due."""

    what: str | None = None
    boundary: str = "before"
    date: str | None = None
    month: int | None = None
    day: int | None = None
    year_offset: int = 0
    to: str | None = None

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    @property
    def for_dossiers(self) -> bool:
        """Whether dossiers fall due; the office's own appraisal ("thẩm định, trình khen thưởng") is not meant."""
        said = fold(f"{self.what or ''} {self.text}")
        return bool(_DOSSIER.search(said)) and not any(word in said for word in ("tham dinh, trinh", "tham dinh trinh"))


@dataclass(frozen=True, kw_only=True)
class PlanAward(Part):
    """A form of reward the plan offers."""

    form: str
    by: str | None = None
    rule: str = "stated"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All of a plan that a nomination can meet or miss."""

    iri: str
    number: str | None
    title: str | None
    date: str | None
    not_before: str | None
    not_after: str | None
    issuer: str | None
    source: str | None
    year: int | None
    known_as: str | None = None
    criteria: tuple[PlanCriterion, ...] = ()
    components: tuple[PlanComponent, ...] = ()
    quotas: tuple[PlanQuota, ...] = ()
    deadlines: tuple[PlanDeadline, ...] = ()
    awards: tuple[PlanAward, ...] = ()

    @property
    def name(self) -> str:
        """What people call it: its number where it has one, then its issuer."""
        number = self.number or self.known_as or "Kế hoạch không ghi số"
        return f"{number} – {self.issuer}" if self.issuer else number

    @cached_property
    def dossier_deadlines(self) -> tuple[PlanDeadline, ...]:
        """Those with a day of their own: "trong 10 ngày kể từ ngày nhận đủ hồ sơ" is the office's time."""
        return tuple(d for d in self.deadlines if d.for_dossiers and (d.date or d.month))

    @cached_property
    def stated_components(self) -> tuple[PlanComponent, ...]:
        return tuple(c for c in self.components if c.rule != "delegated")

    @cached_property
    def award_choices(self) -> tuple[str, ...]:
        """What may be proposed: awards that criteria and quotas name, then the forms of reward none of them names."""
        awards = [c.award for c in self.criteria] + [q.award for q in self.quotas]
        named = list(dict.fromkeys(filter(None, awards)))
        for award in self.awards:
            if award.rule == "stated" and (label := _award_label(award)):
                form = fold(label if award.form == "khac" else label.split(" của ")[0])
                if not any(form in fold(other) for other in named):
                    named.append(label)
        # "Bằng khen" of a quota is the "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh" the criteria are for.
        return tuple(one for one in named if not any(one != other and fold(one) in fold(other) for other in named))


def same_award(one: str, other: str) -> bool:
    """Whether two names may be of one award: one of them may leave out whose it is.

    >>> same_award("Bằng khen", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"), same_award("Bằng khen", "Giấy khen")
    (True, False)
    """
    first, second = fold(one), fold(other)
    return first in second or second in first


def _award_label(award: PlanAward) -> str | None:
    concepts = {**scheme("award-form"), **scheme("emulation-title")}
    concept = concepts.get(award.form)
    if concept is None or concept.slug == "khac":
        return f"Khen thưởng của {award.by}" if award.by else None
    label = concept.label[:1].upper() + concept.label[1:]
    return f"{label} của {award.by}" if award.by else label


def plan_from(graph: Graph, iri: str) -> Plan:
    """The plan `iri` out of a graph that holds it; parts another plan sets for it hang on the same movement."""
    document = URIRef(iri)
    values = _Values(graph)
    movement = graph.value(document, TD.launches)
    title = values.text(document, DCTERMS.title)
    year = values.number(document, TD.year)
    return Plan(
        iri=iri,
        number=values.text(document, ELI.number),
        title=" ".join(title.split()) if title else None,
        date=values.text(document, ELI.date_document),
        not_before=values.text(document, TD.notBefore),
        not_after=values.text(document, TD.notAfter),
        issuer=values.text(document, TD.issuerLabel),
        source=values.text(document, TD.sourceName),
        known_as=values.text(document, TD.knownAs),
        year=int(year) if year is not None else None,
        criteria=tuple(map(values.criterion, values.parts(movement, TD.hasCriterion))),
        components=tuple(map(values.component, values.parts(movement, TD.requiresComponent))),
        quotas=tuple(map(values.quota, values.parts(movement, TD.setsQuota))),
        deadlines=tuple(map(values.deadline, values.parts(movement, TD.setsDeadline))),
        awards=tuple(map(values.award, values.parts(movement, TD.offersAward))),
    )


class _Values:
    """Reads records out of the graph; a slug is the last segment of a concept's IRI."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def parts(self, movement: Node | None, link: URIRef) -> Iterator[Node]:
        if movement is not None:
            found = list(self.graph.objects(movement, link))
            yield from sorted(found, key=lambda p: (str(p).partition("#")[0], self.number(p, TD.start) or 0, str(p)))

    def text(self, subject: Node, predicate: URIRef) -> str | None:
        value = self.graph.value(subject, predicate)
        return None if value is None else str(value)

    def slug(self, subject: Node, predicate: URIRef) -> str | None:
        value = self.text(subject, predicate)
        return value.rstrip("/").rpartition("/")[2] if value else None

    def number(self, subject: Node, predicate: URIRef) -> float | None:
        value = self.text(subject, predicate)
        return float(value) if value else None

    def integer(self, subject: Node, predicate: URIRef) -> int | None:
        value = self.number(subject, predicate)
        return None if value is None else int(value)

    def place(self, part: Node) -> dict[str, Any]:
        document, _, key = str(part).partition("#")
        return {
            "iri": str(part),
            "key": key,
            "document": document,
            "text": self.text(part, OA.exact) or "",
            "start": self.integer(part, TD.start) or 0,
            "end": self.integer(part, TD.end) or 0,
            "label": self.text(part, TD.label),
            "page": self.integer(part, TD.page),
        }

    def criterion(self, part: Node) -> PlanCriterion:
        threshold = self.graph.value(part, TD.hasThreshold)
        return PlanCriterion(
            **self.place(part),
            kind=self.slug(part, TD.recipientKind) or "both",
            polarity=self.slug(part, TD.polarity) or "merit",
            award=self.text(part, TD.forAward),
            any_of=self.text(part, TD.anyOf),
            applies_to=self.text(part, TD.appliesTo),
            normalised=self.text(part, TD.normalised),
            threshold=self.threshold(threshold) if threshold is not None else None,
        )

    def threshold(self, node: Node) -> PlanThreshold:
        return PlanThreshold(
            iri=str(node),
            measure=self.text(node, TD.measure),
            of=self.slug(node, TD.ofWhom) or "nominee",
            operator=self.slug(node, TD.operator),
            value=self.number(node, TD.thresholdValue),
            unit=self.text(node, TD.unit),
            base=self.text(node, TD.base),
            level=self.text(node, TD.thresholdLevel),
            scale=self.slug(node, TD.scale),
            rank=self.integer(node, TD["rank"]),
            year_offset=self.integer(node, TD.yearOffset) or 0,
            relative_to=self.text(node, TD.relativeTo),
        )

    def component(self, part: Node) -> PlanComponent:
        return PlanComponent(
            **self.place(part),
            kind=self.slug(part, TD.componentKind) or "khac",
            form=self.text(part, TD.form),
            form_of=self.text(part, TD.formOf),
            form_of_document=self.text(part, TD.formOfDocument),
            rule=self.slug(part, TD.rule) or "stated",
            delegated_to=self.text(part, TD.delegatedTo),
        )

    def quota(self, part: Node) -> PlanQuota:
        return PlanQuota(
            **self.place(part),
            kind=self.slug(part, TD.recipientKind),
            count=self.integer(part, TD.maxCount),
            percent=self.number(part, TD.percent),
            base=self.text(part, TD.base),
            unit=self.text(part, TD.unit),
            rule=self.slug(part, TD.rule) or "max",
            award=self.text(part, TD.forAward),
            delegated_to=self.text(part, TD.delegatedTo),
        )

    def deadline(self, part: Node) -> PlanDeadline:
        return PlanDeadline(
            **self.place(part),
            what=self.text(part, TD.what),
            boundary=self.slug(part, TD.boundary) or "before",
            date=self.text(part, TD.date),
            month=self.integer(part, TD.month),
            day=self.integer(part, TD.day),
            year_offset=self.integer(part, TD.yearOffset) or 0,
            to=self.text(part, TD.toWhom),
        )

    def award(self, part: Node) -> PlanAward:
        return PlanAward(
            **self.place(part),
            form=self.slug(part, TD.awardForm) or "khac",
            by=self.text(part, TD.conferredByLabel),
            rule=self.slug(part, TD.rule) or "stated",
        )
