"""What a check of nominations comes to: a finding for each thing checked, the verdict on each row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MET, NOT_MET, NOT_ASSESSABLE, NOT_APPLICABLE = "met", "not-met", "not-assessable", "not-applicable"
_WORST = (NOT_MET, NOT_ASSESSABLE, MET, NOT_APPLICABLE)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was checked, and what came of it.

    `about` is criterion, dossier, form, deadline, nomination or quota; `source` is plan or law; `clause` is the plan's
    own words at `start`–`end` of `document`, on `page` and `line` as far as they are known, `reading` what a
    garbled clause was read as; `basis` is what the rule rests on; `hint` is inferred, never a verdict.
    """

    source: str
    about: str
    verdict: str
    reason: str
    shape: str | None = None
    part: str | None = None
    label: str | None = None
    clause: str | None = None
    reading: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    line: int | None = None
    stated: str | None = None
    required: str | None = None
    evidence: str | None = None
    remedy: str | None = None
    basis: str | None = None
    hint: str | None = None
    row: int | None = None
    column: str | None = None
    any_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """One row: the plan's verdict, the law's (None when the law found nothing), and the worse of the two."""

    row: int
    name: str
    kind: str | None
    award: str | None
    submitted: str | None
    award_year: int | None
    plan_verdict: str
    law_verdict: str | None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def verdict(self) -> str:
        return worst([self.plan_verdict, *([self.law_verdict] if self.law_verdict else [])])


def worst(verdicts: Iterable[str]) -> str:
    """The verdict that decides over several; not applicable only when nothing else is there.

    >>> worst(["met", "not-assessable", "not-applicable"])
    'not-assessable'
    """
    present = set(verdicts)
    return next((v for v in _WORST if v in present), NOT_ASSESSABLE)
