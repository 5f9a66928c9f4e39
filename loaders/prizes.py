"""What an award carries in money: a multiple of the base salary on the day of the award decision, rounded up."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cache

from loaders.lawgraph import of_type
from loaders.register import register
from loaders.verdict import Confidence
from ontology import TD

_WEAKER: tuple[Confidence, ...] = ("V", "V-weak", "I", "K")


@dataclass(frozen=True)
class Prize:
    """How many base salaries an award carries under one decree; `award` and `kind` are slugs of the lists."""

    award: str
    kind: str
    by: str | None
    multiple: Decimal
    document: str
    article: str | None
    confidence: Confidence


@dataclass(frozen=True)
class PrizeMoney:
    """The sum, with what it was made from and how sure the weakest part of that is."""

    amount: int
    currency: str
    prize: Prize
    base_salary: int
    confidence: Confidence


@cache
def prizes() -> tuple[Prize, ...]:
    return tuple(
        Prize(
            award=entry.slug(TD.awardForm),
            kind=entry.slug(TD.prizeFor),
            by=entry.one(TD.conferredByLabel),
            multiple=Decimal(entry.must(TD.multiple)),
            document=entry.must(TD.underInstrument),
            article=entry.one(TD.byArticle),
            confidence=entry.grade(),
        )
        for entry in of_type("Prize")
    )


@cache
def _roundings() -> dict[str, tuple[int, Confidence]]:
    found = of_type("PrizeRounding")
    return {entry.must(TD.underInstrument): (int(entry.must(TD.roundsUpTo)), entry.grade()) for entry in found}


def prize_money(award: str, kind: str, decided_on: str, by: str | None = None) -> PrizeMoney | None:
    """The money with an award decided on a day; None where no decree in force that day is known to set it.

    A letter of commendation for a person, decided in Ninh Phước in 2021:

    >>> prize_money("giay-khen", "individual", "2021-12-20").amount
    450000
    """
    salary = register().base_salary(decided_on)
    if salary is None:
        return None
    for prize in prizes():
        if (prize.award, prize.kind, prize.by) != (award, kind, by):
            continue
        if register().judge(prize.document, decided_on).code != "in-force":
            continue
        step, how_sure = _roundings()[prize.document]
        amount = (prize.multiple * salary.amount / step).to_integral_value(ROUND_CEILING) * step
        worst = max((prize.confidence, how_sure, salary.bound.confidence), key=_WEAKER.index)
        return PrizeMoney(int(amount), salary.currency, prize, salary.amount, worst)
    return None
