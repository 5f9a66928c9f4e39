"""Bodies of a level of government that was no more on the day of the draft."""

from collections.abc import Iterator
from functools import lru_cache

from loaders.authorities.units import units
from loaders.days import shown_day
from loaders.findings import Doubt, Findings
from loaders.phrases import pattern, reading
from loaders.text import Text

_DISTRICTS = pattern(
    r"\b(?:(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|phòng [a-z ]{3,30}?|văn phòng [a-z ]{3,30}?) (?:các |cấp )?"
    r"(?:huyện|quận|thị xã|thị trấn)|(?:các|cấp) (?:huyện|quận|thị xã|thị trấn)|huyện ủy|quận ủy|thị ủy)\b"
    r"(?! (?:\(?cũ\b|trước đây|trước (?:khi )?sắp xếp))"
)


def find_ended_levels(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Addressees, recipients and those charged that are bodies of districts, in a draft of a day without districts."""
    day = findings.document.date or findings.document.not_before
    ended = day and _districts_ended(day)
    if not ended:
        return
    spans = [*findings.recipients, *findings.responsibilities, *findings.deadlines, *findings.targets]
    told: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        for hit in reading(text).finditer(_DISTRICTS, span.start, span.end):
            if hit.start not in told:
                told.add(hit.start)
                words = " ".join(text.raw[hit.start : hit.end].split())
                message = f"“{words}”: cấp huyện không còn từ {shown_day(ended)}"
                yield Doubt(code="ended-level", message=message, start=hit.start, end=hit.end)


@lru_cache(maxsize=64)
def _districts_ended(day: str) -> str | None:
    """The day from which there are no districts any more, where that day has come."""
    if any(unit.level == "huyen" for unit in units().on(day)):
        return None
    before = [u.valid_before for u in units().on(None) if u.level == "huyen" and u.valid_before]
    return max(before, default=None)
