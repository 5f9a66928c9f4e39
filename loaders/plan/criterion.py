"""One condition as a criterion: for whom, for which award, with what must be reached."""

from loaders.findings import Criterion
from loaders.phrases import pattern, reading
from loaders.plan.awards import award_named, award_told
from loaders.plan.clauses import Clause, addressee, first, kind_of
from loaders.plan.thresholds import find_threshold
from loaders.structure.outline import Section
from loaders.text import Text, once

_APPLIES = pattern(r"\(\s*(?:chỉ )?(?:áp dụng )?(?:đối với|cho|với)(?: các| những)? (?P<whom>[^()]{4,200})\)")


def criterion(
    text: Text, clause: Clause, start: int, end: int, polarity: str, any_of: str | None, year: int | None
) -> Criterion:
    words = reading(text)
    said_whole = words.between(start, end)
    said = kind_of(said_whole[:40]) if clause.kind in (None, "both") else None
    kind = said if said and _names_nominee(said_whole) else clause.kind or "both"
    if kind == "other":
        kind = "both"
    applies = first(words, _APPLIES, start, end) if "(" in said_whole else None
    whom, award = _headed(text, clause.section)
    if not (whom and award):
        above = _above(text, clause.above)
        whom, award = whom or above[0], award or above[1]
    if applies:
        whom = " ".join(text.raw[slice(*words.group(applies, "whom"))].split())
    own = _leads_to(text, start, end) if "duoc" in said_whole else None
    if not own and start > clause.start:
        own = award_told(text, clause.start, start)
    return Criterion(
        text=text.raw[start:end],
        start=start,
        end=end,
        label=clause.label,
        kind=kind,
        polarity=polarity,
        award=own or award,
        any_of=any_of,
        applies_to=whom,
        normalised=said_whole.strip() if text.garbled else None,
        threshold=find_threshold(text, start, end, kind=kind, polarity=polarity, year=year),
    )


def _headed(text: Text, section: Section) -> tuple[str | None, str | None]:
    """Whom and which award a heading names."""
    return addressee(text, section) if "criteria" in section.roles else None, award_named(text, section)


@once
def _above(text: Text, sections: tuple[Section, ...]) -> tuple[str | None, str | None]:
    """Whom and which award the nearest of some headings names that names any."""
    whom = award = None
    for section in reversed(sections):
        named = _headed(text, section)
        whom, award = whom or named[0], award or named[1]
    return whom, award


# "xếp thứ hai, thứ ba được đề nghị tặng Bằng khen": the award a condition itself leads to
_LEADS_TO = pattern(r"(?<!đã )được (?:xét |xem xét |đề nghị )*tặng (?![^.;]{0,60}(?:trở lên|\d (?:lần|năm)))")


def _leads_to(text: Text, start: int, end: int) -> str | None:
    leads = first(reading(text), _LEADS_TO, start, end)
    return award_told(text, leads.end, end) if leads else None


_NOMINEE = pattern(r"(?:[a-z]+ ){0,3}?(?:là |các |những |đối với )*(?:tập thể|cá nhân)\b")


_HAS = pattern(r"\W*(?:không |chưa )?(?:có|để|gồm)\b")  # "không có cá nhân bị kỷ luật" speaks of a collective


def _names_nominee(words: str) -> bool:
    """Whether a clause opens with whom it speaks of: "Là tập thể …", "Các cá nhân …"."""
    return bool(_NOMINEE.match(words)) and not _HAS.match(words)
