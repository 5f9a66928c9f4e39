"""Bodies that were no more on the day of the draft: the issuer, a level of government, a kind of office."""

from collections.abc import Iterator
from functools import lru_cache

from loaders.authorities.agencies import Agency
from loaders.authorities.bodies import find_bodies
from loaders.authorities.units import units
from loaders.days import shown_day
from loaders.findings import Doubt, Findings, Span
from loaders.law.succession import End, end_of
from loaders.phrases import pattern, reading
from loaders.text import Text

_DISTRICTS = pattern(
    r"\b(?:(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|phòng [a-z ]{3,30}?|văn phòng [a-z ]{3,30}?) (?:các |cấp )?"
    r"(?:huyện|quận|thị xã|thị trấn)|(?:các|cấp) (?:huyện|quận|thị xã|thị trấn)|huyện ủy|quận ủy|thị ủy)\b"
    r"(?! (?:\(?cũ\b|trước đây|trước (?:khi )?sắp xếp))"
)

_SENT = pattern(r"\b(?:gửi|nộp|trình|chuyển|báo cáo)(?: [a-z]+){0,6} (?:về|đến|cho|lên|qua) [^.;:]{3,80}")


def find_ended_levels(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Addressees, recipients and those charged that are bodies of districts, in a draft of a day without districts."""
    day = findings.document.date or findings.document.not_before
    ended = day and _districts_ended(day)
    if not ended:
        return
    told: set[int] = set()
    for span in _addressed(text, findings):
        for hit in reading(text).finditer(_DISTRICTS, span.start, span.end):
            if hit.start not in told:
                told.add(hit.start)
                words = " ".join(text.raw[hit.start : hit.end].split())
                # a town was a unit of the commune level
                gone = "thị trấn" if words.endswith("thị trấn") else "cấp huyện"
                message = f"“{words}”: {gone} không còn từ {shown_day(ended)}"
                yield Doubt(code="ended-level", message=message, start=hit.start, end=hit.end)


def find_ended_bodies(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Addressees, recipients and those charged that are offices abolished everywhere before the day of the draft."""
    day = findings.document.date or findings.document.not_before
    told = {doubt.start for doubt in find_ended_levels(text, findings)}  # "Phòng Nội vụ huyện" is told once
    for span in _addressed(text, findings) if day else ():
        for mention in find_bodies(text, span.start, span.end):
            end = end_of(Agency(mention.body.slug))
            if end and day and end.day <= day and mention.start not in told:
                told.add(mention.start)
                words = " ".join(text.raw[mention.start : mention.end].split())
                yield _ended(words, end, mention.start, mention.end)


def find_ended_issuer(text: Text, findings: Findings) -> Iterator[Doubt]:
    """An issuer that was no more on the day of the draft; at the place of its name, or of the number."""
    document = findings.document
    day, issuer = document.date or document.not_before, document.issuer
    try:
        unit = units().get(issuer.unit) if issuer and issuer.unit else None
    except KeyError:
        return
    if unit and day and unit.valid_before and unit.valid_before <= day:
        message = f"{unit.full_name} không còn từ {shown_day(unit.valid_before)}, trước ngày ban hành"
        yield Doubt(code="ended-issuer", message=message, **_head(text, document.number_as_printed))


def _head(text: Text, number: str | None) -> dict[str, int]:
    """The place of the document's number, the one thing of its head that is always printed."""
    start = text.raw.find(number) if number else -1
    return {"start": start, "end": start + len(number)} if number and start >= 0 else {}


def _ended(words: str, end: End, start: int, stop: int) -> Doubt:
    sure = end.confidence == "V"
    by = f" ({end.reference})" if sure and end.reference else " (chưa kiểm chứng)"
    code = "ended-body" if sure else "perhaps-ended-body"
    return Doubt(code=code, message=f"“{words}” không còn từ {shown_day(end.day)}{by}", start=start, end=stop)


def _addressed(text: Text, findings: Findings) -> list[Span]:
    """Where a draft names those it speaks to, or says to whom papers go, in page order."""
    spans = [*findings.recipients, *findings.responsibilities, *findings.deadlines, *findings.targets]
    cited = [*findings.citations, *findings.effects]
    for hit in reading(text).finditer(_SENT, 0, len(text.raw)):
        # "Báo cáo số 5 của Phòng Nội vụ huyện" is a paper of days when there was one
        if not any(one.start < hit.end and hit.start < one.end for one in cited):
            spans.append(Span(text=text.raw[hit.start : hit.end], start=hit.start, end=hit.end))
    return sorted(spans, key=lambda span: (span.start, span.end))


@lru_cache(maxsize=64)
def _districts_ended(day: str) -> str | None:
    """The day from which there are no districts any more, where that day has come."""
    if any(unit.level == "huyen" for unit in units().on(day)):
        return None
    before = [u.valid_before for u in units().on(None) if u.level == "huyen" and u.valid_before]
    return max(before, default=None)
