"""Base salary by date, and what an award carries in money: a multiple of it on the day of the DECISION, rounded up.

Every answer names what it rests on and how sure the weakest part of that is; below V it is not to be shown as law.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from loaders.law.build import SOURCE
from loaders.law.graph import Entry, Snapshot, snapshot
from loaders.law.register import Register, register
from loaders.law.verdict import Confidence
from loaders.vocabulary import find, scheme
from ontology import TD

GRADES: tuple[Confidence, ...] = ("V", "V-weak", "I", "K")
_IN_FORCE = ("in-force", "partly-expired")


@dataclass(frozen=True)
class BaseSalary:
    """The base salary of a period; `before` is the first day of the next, None where none is known."""

    amount: int
    currency: str
    since: str
    before: str | None
    reference: str
    confidence: Confidence
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prize:
    """The money with an award: `exact` is the product, `amount` what is paid, rounded up to `rounded_to`.

    `award` and `kind` are slugs of the lists, `by` who confers it where the sum depends on that. `confidence` is that
    of the weakest of multiple, salary and rounding; `unsure` says which of them are below V.
    """

    award: str
    kind: str
    by: str | None
    multiple: Decimal
    salary: BaseSalary
    exact: int
    amount: int
    rounded_to: int | None
    reference: str
    confidence: Confidence
    unsure: tuple[str, ...] = ()
    source: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return next(c[self.award].label for c in map(scheme, _LISTS) if self.award in c)


_LISTS = ("emulation-title", "award-form")


def base_salary(day: str) -> BaseSalary | None:
    """The base salary on a day; None before the register begins.

    >>> base_salary("2023-07-01").amount, base_salary("2023-06-30").amount
    (1800000, 1490000)
    >>> base_salary("2026-07-01").confidence
    'V-weak'
    """
    held = [one for one in _salaries(snapshot()) if one.since <= day and (one.before is None or day < one.before)]
    return held[-1] if held else None


def prizes(day: str) -> tuple[Prize, ...]:
    """Every prize that a decree in force on the day of the decision sets, in the order of the register.

    A decree whose hold on that day is open (its end is not verified) sets none.
    """
    known, salary = register(), base_salary(day)
    if salary is None:
        return ()
    return tuple(_prizes(snapshot(), known, salary, day))


def prize(what: str, day_of_decision: str, kind: str | None = None, by: str | None = None) -> tuple[Prize, ...]:
    """What an award, by its slug or its words, carries when decided on that day; several where kind or giver differ.

    >>> [(p.kind, p.exact, p.amount) for p in prize("Giấy khen", "2025-01-15")]
    [('individual', 702000, 710000), ('collective', 1404000, 1410000)]
    >>> prize("giay-khen", "2025-01-15")[0].confidence
    'I'
    """
    slug = next((named.slug for name in _LISTS if (named := find(name, what))), what)
    carried = (one for one in prizes(day_of_decision) if one.award == slug)
    return tuple(one for one in carried if kind in (None, one.kind) and by in (None, one.by))


@lru_cache(maxsize=4)
def _salaries(known: Snapshot) -> tuple[BaseSalary, ...]:
    found = (
        BaseSalary(
            amount=int(entry.must(TD.amount)),
            currency=entry.one(TD.currency) or "VND",
            since=entry.must(TD.validFrom),
            before=entry.one(TD.validBefore),
            reference=reference(entry, register()),
            confidence=entry.grade(),
            source=entry.all(SOURCE),
        )
        for entry in known.of_type("BaseSalary")
    )
    return tuple(sorted(found, key=lambda one: one.since))


def _prizes(known: Snapshot, law: Register, salary: BaseSalary, day: str) -> Iterator[Prize]:
    roundings = {entry.must(TD.underInstrument): entry for entry in known.of_type("PrizeRounding")}
    for entry in known.of_type("Prize"):
        decree = entry.must(TD.underInstrument)
        if law.judge(decree, day).code not in _IN_FORCE:
            continue
        rounding = roundings.get(decree)
        to = int(rounding.must(TD.roundsUpTo)) if rounding else None
        exact = Decimal(entry.must(TD.multiple)) * salary.amount
        parts: list[tuple[str, Confidence]] = [("hệ số", entry.grade()), ("lương cơ sở", salary.confidence)]
        if rounding:
            parts.append(("cách làm tròn", rounding.grade()))
        yield Prize(
            award=entry.slug(TD.awardForm),
            kind=entry.slug(TD.prizeFor),
            by=entry.one(TD.conferredByLabel),
            multiple=Decimal(entry.must(TD.multiple)),
            salary=salary,
            exact=int(exact),
            amount=int((exact / to).to_integral_value(ROUND_CEILING) * to) if to else int(exact),
            rounded_to=to,
            reference=reference(entry, law),
            confidence=max((grade for _, grade in parts), key=GRADES.index),
            unsure=tuple(f"{name} ({grade})" for name, grade in parts if grade != "V"),
            source=entry.all(SOURCE),
        )


def reference(entry: Entry, law: Register) -> str:
    """The article and the instrument an entry rests on: "Điều 54 Nghị định 98/2023/NĐ-CP"."""
    article, under = entry.one(TD.byArticle), entry.one(TD.underInstrument)
    known = law.by_iri(under) if under else None
    if known is None:
        return article or ""
    if article is None:
        return known.label
    return article if known.number in article else f"{article} {known.label}"
