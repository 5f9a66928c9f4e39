"""Where thresholds are looked for, and what one is before it is told what it measures."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.phrases import Hit, reading
from loaders.text import Text

BEHIND = 30  # how far behind a form "trở lên" is looked for
_DIGIT = re.compile(r"\d")
_NOTHING: Iterator[Hit] = iter(())
_OPERATORS: dict[str | None, str] = {
    None: "=",
    **dict.fromkeys(("tren", "hon", "vuot", "qua", "vuot qua", "lon hon", ">"), ">"),
    **dict.fromkeys(("duoi", "thap hon", "nho hon", "chua du", "chua den", "<"), "<"),
    **dict.fromkeys(("khong qua", "khong vuot qua", "khong nhieu hon", "nho hon hoac bang", "≤", "<="), "<="),
    **dict.fromkeys(("toi da", "cao nhat", "nhieu nhat"), "<="),
}


def operator_of(low: str | None, way: str | None) -> str:
    """What the words before and behind a number say of it.

    >>> operator_of("toi da", None), operator_of("tu", "len"), operator_of(None, None)
    ('<=', '>=', '=')
    """
    if way:
        return ">=" if way == "len" else "<="
    return _OPERATORS.get(low, ">=")


class Stretch:
    """The words between two places, through which one form of threshold after another is looked for."""

    __slots__ = ("begin", "end", "numbered", "said", "start", "stop", "text", "upwards", "words")

    def __init__(self, text: Text, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.words = words = reading(text)
        self.begin, self.stop = begin, stop = words.offset(start), words.offset(end)
        self.said = words.words[begin:stop]
        self.numbered = _DIGIT.search(self.said) is not None
        find = words.words.find
        self.upwards = find("tro len", begin, stop + BEHIND) >= 0 or find("tro xuong", begin, stop + BEHIND) >= 0

    def has(self, needles: tuple[str, ...]) -> bool:
        """Whether one of a few words stands here."""
        said = self.said
        for needle in needles:  # noqa: SIM110 - asked ten times of every clause
            if needle in said:
                return True
        return False

    def each(self, form: re.Pattern[str], anchor: re.Pattern[str] | None = None) -> Iterator[Hit]:
        """Matches in order; none where the anchor that each contains stands nowhere."""
        if anchor is not None and anchor.search(self.said) is None:
            return _NOTHING
        return map(self.words.hit, form.finditer(self.words.words, self.begin, self.stop))


class Bound(NamedTuple):
    """A threshold with the place of its words, before what it measures is told."""

    start: int
    end: int
    operator: str
    value: float | int | None = None
    unit: str | None = None
    base: str | None = None
    level: str | None = None
    scale: str | None = None
    relative_to: str | None = None
    measure: str | None = None
    of: str | None = None
