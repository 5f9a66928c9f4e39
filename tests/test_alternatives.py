"""Conditions joined by "hoặc", or of which some are enough: when is another one no longer asked for?"""

import pytest

from queryapi.nominations.assess import _alternatives
from queryapi.nominations.finding import MET, NOT_APPLICABLE, NOT_ASSESSABLE, NOT_MET, Finding


def judged(any_of: str, *verdicts: str) -> list[str]:
    found = tuple(
        Finding(source="plan", about="criterion", verdict=verdict, reason="", label=f"a{n}", any_of=any_of)
        for n, verdict in enumerate(verdicts)
    )
    return [finding.verdict for finding in _alternatives(found, "vi")]


@pytest.mark.parametrize(
    ("any_of", "verdicts", "after", "why"),
    [
        ("II.1", (MET, NOT_MET), [MET, NOT_APPLICABLE], "hoặc: one is enough"),
        ("II.1", (NOT_MET, NOT_MET), [NOT_MET, NOT_MET], "hoặc: none is met"),
        ("II.1", (NOT_ASSESSABLE, NOT_MET), [NOT_ASSESSABLE, NOT_APPLICABLE], "the open one may still do"),
        ("2-trong-II.1", (MET, MET, NOT_MET), [MET, MET, NOT_APPLICABLE], "02 trong 03: two are met"),
        ("2-trong-II.1", (MET, NOT_MET, NOT_MET), [MET, NOT_MET, NOT_MET], "02 trong 03: one is not enough"),
        ("2-trong-II.1", (MET, NOT_ASSESSABLE, NOT_MET), [MET, NOT_ASSESSABLE, NOT_APPLICABLE], "the open one decides"),
        ("mot-trong-II.1", (NOT_MET, MET, NOT_MET), [NOT_APPLICABLE, MET, NOT_APPLICABLE], "một trong các"),
    ],
)
def test_alternatives(any_of: str, verdicts: tuple[str, ...], after: list[str], why: str) -> None:
    assert judged(any_of, *verdicts) == after, why
