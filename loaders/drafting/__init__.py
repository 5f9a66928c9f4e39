"""Faults of a draft that its words show: pure functions from a text and what was found in it to doubts."""

from loaders.drafting.bases import find_bases_of_ended_bodies, find_misdated_bases, unchecked_bases
from loaders.drafting.bodies import find_ended_bodies, find_ended_issuer, find_ended_levels
from loaders.drafting.grounds import find_vague_grounds
from loaders.drafting.parts import find_absent_parts, find_missing_foot
from loaders.drafting.periods import find_period_faults
from loaders.drafting.powers import find_awards_beyond_power
from loaders.drafting.quantities import find_quantity_faults
from loaders.drafting.wording import find_dangling_words, find_doubled_words
from loaders.drafting.years import find_year_faults
from loaders.findings import Doubt, Findings
from loaders.text import Text

__all__ = ["find_faults", "unchecked_bases"]


def find_faults(text: Text, findings: Findings) -> tuple[Doubt, ...]:
    """Everything a drafter would want to put right in the words themselves, in page order.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> text = Text.of("Theo quy định của của Luật Thi đua, khen thưởng.")
    >>> [fault.code for fault in find_faults(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['doubled-words']
    """
    faults = [
        *find_doubled_words(text),
        *find_dangling_words(text),
        *find_vague_grounds(text, findings),
        *find_year_faults(text, findings),
        *find_ended_issuer(text, findings),
        *find_ended_levels(text, findings),
        *find_ended_bodies(text, findings),
        *find_misdated_bases(text, findings),
        *find_bases_of_ended_bodies(text, findings),
        *find_quantity_faults(text, findings),
        *find_period_faults(text, findings),
        *find_awards_beyond_power(text, findings),
        *find_absent_parts(text, findings),
        *find_missing_foot(text, findings),
    ]
    return tuple(sorted(faults, key=lambda fault: (fault.start or 0, fault.code)))
