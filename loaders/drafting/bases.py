"""Bases whose day is not the one the register has, and bases of a body that was no more when they were issued."""

from collections.abc import Iterator

from loaders.authorities.agencies import Context, resolve
from loaders.authorities.units import Unit, units
from loaders.days import shown_day
from loaders.findings import Citation, Doubt, Findings
from loaders.law.records import Instrument
from loaders.law.register import register
from loaders.law.succession import End, end_of
from loaders.text import Text

_RELIED_ON = ("căn cứ", "thực hiện", "xét đề nghị")
_BEFORE = "2025-06-30"  # the last day on which most of the units that are no more still were


def find_misdated_bases(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Citations of an instrument the register knows, by its number, with another day of issue than its verified one.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> text = Text.of("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 30 tháng 12 năm 2023 của Chính phủ;")
    >>> [d.message for d in find_misdated_bases(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['98/2023/NĐ-CP ghi ngày 30/12/2023, sổ pháp luật: ngày 31/12/2023']
    """
    told: set[tuple[str, str]] = set()
    for citation in findings.citations:
        known = _of_number(citation)
        if known is None or known.issue is None or known.issue.confidence != "V":
            continue
        right, given = known.issue.date, citation.date
        if right and given and given != right and (known.iri, given) not in told:
            told.add((known.iri, given))
            message = f"{known.number} ghi ngày {shown_day(given)}, sổ pháp luật: ngày {shown_day(right)}"
            yield Doubt(code="misdated-basis", message=message, start=citation.start, end=citation.end)


def unchecked_bases(findings: Findings) -> tuple[str, ...]:
    """What the draft rests on that is not in the register, each once, as it is named: nobody can say if it is in force.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> text = Text.of("Căn cứ Nghị định số 512/2025/NĐ-CP ngày 12/5/2025 của Chính phủ;")
    >>> unchecked_bases(find(text, Source(name="x", sha256="0" * 64)))
    ('512/2025/NĐ-CP',)
    """
    law = register()
    found: dict[str, str] = {}
    for citation in findings.citations:
        known = citation.resolved or (citation.iri and law.by_iri(citation.iri)) or _of_number(citation)
        if citation.relation in ("căn cứ", "thực hiện") and not known:
            name = citation.number or citation.name or citation.text
            found.setdefault(citation.iri or name, " ".join(name.split()))
    return tuple(found.values())


def find_bases_of_ended_bodies(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Papers relied on that are dated after the body that is said to have issued them was no more."""
    for citation in findings.citations:
        if citation.relation not in _RELIED_ON or not citation.issuer or not citation.date:
            continue
        end = _ended(citation, findings)
        if end and end.day <= citation.date:
            label = " ".join(citation.issuer.split())
            label = label[:1].upper() + label[1:]
            by = f", {end.reference}" if end.reference else ""
            sure = end.confidence == "V"
            message = f"{label} không còn từ {shown_day(end.day)}{by if sure else ' (chưa kiểm chứng)'}"
            message += f", mà văn bản ghi ngày {shown_day(citation.date)}"
            code = "basis-of-ended-body" if sure else "basis-of-perhaps-ended-body"
            yield Doubt(code=code, message=message, start=citation.start, end=citation.end)


def _of_number(citation: Citation) -> Instrument | None:
    if not citation.number:
        return None
    law = register()
    held = law.by_iri(citation.iri) if citation.iri else None
    return held or law.by_number(citation.number, citation.type)


def _ended(citation: Citation, findings: Findings) -> End | None:
    """The end of the issuer; none where the same words name a body that still was on the day of the paper."""
    own = findings.document.issuer
    try:
        unit = units().get(own.unit) if own and own.unit else None
    except KeyError:
        return None
    meant = resolve(citation.issuer or "", Context(unit, citation.date))
    if meant is None and not _is_own(citation):
        meant = resolve(citation.issuer or "", Context(unit, _BEFORE))
    if meant is None or (meant.unit and _goes_on(meant.unit, citation.date or "")):
        return None
    return end_of(meant)


def _goes_on(unit: Unit, day: str) -> bool:
    """Whether a unit of that name and level is there on the day: "tỉnh Đồng Nai" only became a city."""
    return bool(units().find(unit.name, level=unit.level, on=day))


def _is_own(citation: Citation) -> bool:
    """Whether no place is named, so that only the document tells which one is meant."""
    return not any(word[:1].isupper() for word in (citation.issuer or "").split()[-2:])
