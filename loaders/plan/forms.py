"""Forms of reward and titles by any of their names."""

import re
from functools import cache
from typing import NamedTuple

from loaders.phrases import Reading
from loaders.plan.anchors import places, tried
from loaders.text import fold
from loaders.vocabulary import scheme

_SCHEMES = ("emulation-title", "award-form")
_TELLING = 9  # letters that tell "tập thể lao động tiên tiến" from a mere collective


class Form(NamedTuple):
    """A form or a title where it is named."""

    start: int
    end: int
    slug: str


def forms(words: Reading, start: int, end: int) -> list[Form]:
    """Every form named between two places of the document, in order."""
    form, slugs, beginnings = _labels()
    begin, stop = words.offset(start), words.offset(end)
    begins = places(words.words, beginnings, begin, stop)
    return [Form(hit.start, hit.end, slugs[hit["form"] or ""]) for hit in tried(words, form, begins, stop)]


def form_at(words: Reading, start: int, end: int) -> Form | None:
    """The form that words open with."""
    form, slugs, _ = _labels()
    hit = words.match(form, start, end)
    return Form(hit.start, hit.end, slugs[hit["form"] or ""]) if hit else None


def slug_of(name: str) -> str:
    """The form a name without marks means."""
    return _labels()[1][name]


@cache
def preferred() -> dict[str, str]:
    """The common name of each form."""
    return {c.slug: c.label for name in reversed(_SCHEMES) for c in scheme(name).values()}


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str], tuple[str, ...]]:
    """A pattern of every name, the longest first, the slug each means, and the letters each begins with."""
    slugs: dict[str, str] = {}
    for name in _SCHEMES:
        for concept in scheme(name).values():
            for label in concept.labels:
                if concept.slug not in ("khac", "tien-thuong", "qua-tang") and len(label) >= 8:
                    slugs.setdefault(fold(label), concept.slug)
    longest = sorted(slugs, key=len, reverse=True)
    pattern = re.compile(rf"\b(?P<form>{'|'.join(map(re.escape, longest))})\b(?! xuat sac\b)")
    return pattern, slugs, tuple(sorted({wording[:_TELLING] for wording in slugs}))
