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
    said = kind_of(said_whole[:40]) if clause.kind in (None, "both") and _names_nominee(said_whole) else None
    kind = said or clause.kind or "both"
    if kind == "other":
        kind = "both"
    applies = first(words, _APPLIES, start, end) if "(" in said_whole else None
    if applies:
        whom: str | None = " ".join(text.raw[slice(*words.group(applies, "whom"))].split())
    else:
        whom = _whom(text, clause.section) or _whom_above(text, clause.above)
    award = _leads_to(text, start, end) if "duoc" in said_whole else None
    if not award and start > clause.start:
        award = award_told(text, clause.start, start)
    return Criterion(
        text=text.raw[start:end],
        start=start,
        end=end,
        label=clause.label,
        kind=kind,
        polarity=polarity,
        award=award or award_named(text, clause.section) or _award_above(text, clause.above),
        any_of=any_of,
        applies_to=whom,
        normalised=said_whole.strip() if text.garbled else None,
        threshold=find_threshold(text, start, end, kind=kind, polarity=polarity, year=year),
    )


def _whom(text: Text, section: Section) -> str | None:
    """Whom the heading of a part on criteria names."""
    return addressee(text, section) if "criteria" in section.roles else None


@once
def _whom_above(text: Text, sections: tuple[Section, ...]) -> str | None:
    """Whom the nearest of some headings names that names anybody; clauses under the same headings share them."""
    return next((whom for section in reversed(sections) if (whom := _whom(text, section))), None)


@once
def _award_above(text: Text, sections: tuple[Section, ...]) -> str | None:
    """The award that the nearest of some headings names that names any."""
    return next((award for section in reversed(sections) if (award := award_named(text, section))), None)


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
