"""The ends of a validity as sources give them, and the days on which a document may have been issued."""

from dataclasses import dataclass
from typing import Literal

Confidence = Literal["V", "V-weak", "I", "K"]
Origin = Literal["register", "own-register"]
Code = Literal["in-force", "expired", "not-yet-in-force", "partly-expired", "suspended", "unknown"]


@dataclass(frozen=True)
class Bound:
    """One end of a validity, with how sure it is; `of` are the provisions that end, in words, where it is a part.

    `date` None: there is such an end, its day is not known; it is not before `not_before` where that is given (what a
    document says to have ended cannot have ended before that document). `origin` is the register that holds it, None
    for what a document says.
    """

    date: str | None
    confidence: Confidence = "V"
    by_article: str | None = None
    source: tuple[str, ...] = ()
    note: str | None = None
    not_before: str | None = None
    of: str | None = None
    origin: Origin | None = None

    @property
    def decides(self) -> bool:
        """Whether a person settled it: a day, verified, in the user's own register."""
        return self.origin == "own-register" and self.confidence == "V" and self.date is not None

    def told(self) -> tuple[str, str]:
        """Who says so, in Vietnamese and English; nothing where a document left no name.

        >>> Bound("2024-06-01", source=("https://vbpl.vn/1",), origin="own-register").told()[0]
        'sổ riêng: V, nguồn https://vbpl.vn/1'
        """
        if self.origin is None:
            return self.by_article or "", self.by_article or ""
        vi, en = _REGISTERS[self.origin]
        source = self.source[0] if self.source else ""
        ground = self.by_article or (f"nguồn {source}" if source else "")
        ground_en = self.by_article or (f"source {source}" if source else "")
        return (
            ", ".join(filter(None, (f"{vi}: {self.confidence}", ground))),
            ", ".join(filter(None, (f"{en}: {self.confidence}", ground_en))),
        )


_REGISTERS: dict[str, tuple[str, str]] = {
    "register": ("sổ pháp luật", "law register"),
    "own-register": ("sổ riêng", "your register"),
}


@dataclass(frozen=True)
class Interval:
    """The days on which a document may have been issued, both included; None leaves that side open.

    >>> Interval.of("2024-02-19")
    Interval(first='2024-02-19', last='2024-02-19')
    """

    first: str | None = None
    last: str | None = None

    @classmethod
    def of(cls, day: "str | Interval | None") -> "Interval":
        return day if isinstance(day, Interval) else cls(day, day)


@dataclass(frozen=True)
class Alternatives:
    """Other bounds that sources give for the start, the end, the day of issue: each may be right instead."""

    start: tuple[Bound, ...] = ()
    end: tuple[Bound, ...] = ()
    issued: tuple[Bound, ...] = ()
