"""Who decides a form of reward, or is charged with regulating it, on a day."""

from dataclasses import dataclass
from functools import lru_cache

from loaders.law.build import SOURCE
from loaders.law.graph import Snapshot, snapshot
from loaders.law.money import reference
from loaders.law.register import register
from loaders.law.verdict import Confidence
from loaders.text import fold
from loaders.vocabulary import scheme
from ontology import TD

_NOTE = "http://www.w3.org/2004/02/skos/core#note"


@dataclass(frozen=True)
class Delegation:
    """One power over one form of reward; `award` and `power` are slugs, `before` the first day without it."""

    who: str
    power: str
    award: str
    since: str | None
    before: str | None
    reference: str
    confidence: Confidence
    source: tuple[str, ...] = ()
    note: str | None = None

    @property
    def power_label(self) -> str:
        return scheme("power")[self.power].label

    @property
    def award_label(self) -> str:
        return next(c[self.award].label for c in map(scheme, ("emulation-title", "award-form")) if self.award in c)


def delegations(day: str | None = None, who: str | None = None) -> tuple[Delegation, ...]:
    """The powers there are on a day (on any day without one), of those whose name holds these words.

    The commune chairman names the grassroots emulation fighter only since the two-tier government:

    >>> "chien-si-thi-dua-co-so" in {d.award for d in delegations("2025-06-30", "cấp xã") if d.power == "tang"}
    False
    >>> "chien-si-thi-dua-co-so" in {d.award for d in delegations("2025-07-01", "cấp xã") if d.power == "tang"}
    True
    """
    wanted = fold(who or "")
    return tuple(
        one
        for one in _all(snapshot())
        if wanted in fold(one.who)
        and (day is None or ((one.since or "") <= day and (one.before is None or day < one.before)))
    )


@lru_cache(maxsize=4)
def _all(known: Snapshot) -> tuple[Delegation, ...]:
    law = register()
    return tuple(
        Delegation(
            who=entry.must(TD.decidedBy),
            power=entry.slug(TD.power),
            award=entry.slug(TD.awardForm),
            since=entry.one(TD.validFrom),
            before=entry.one(TD.validBefore),
            reference=reference(entry, law),
            confidence=entry.grade(),
            source=entry.all(SOURCE),
            note=" ".join(entry.all(_NOTE)) or None,
        )
        for entry in known.of_type("Delegation")
    )
