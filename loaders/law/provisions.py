"""Articles and clauses: which ones a pinpoint names, and whether they are among those that ended."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from loaders.text import fold

_NUMBER = r"\d+[a-z]?(?![0-9a-z])"
_JOIN = r"\s*(?:[,;]|\bva\b|\bden\b|-)\s*"
_LISTED = re.compile(rf"\b(dieu|khoan)\s+{_NUMBER}(?:{_JOIN}(?:\1\s+)?{_NUMBER})*")
_STEP = re.compile(rf"({_JOIN})?(?:(?:dieu|khoan)\s+)?({_NUMBER})")


@dataclass(frozen=True)
class Provision:
    """An article, or one clause of it; letters and digits as printed, without marks: "4", "7a"."""

    article: str
    clause: str | None = None


def provision(words: str) -> Provision | None:
    """The one provision that a value of the register is; None for words that say it otherwise.

    >>> provision("khoản 2 Điều 16")
    Provision(article='16', clause='2')
    >>> provision("phần về công chức")
    """
    found = re.fullmatch(rf"(?:khoan ({_NUMBER}) )?dieu ({_NUMBER})", fold(words))
    return Provision(found[2], found[1]) if found else None


def provisions(pinpoint: str) -> tuple[Provision, ...]:
    """The provisions a pinpoint names, clause before article or after it.

    >>> provisions("điểm a khoản 1 Điều 4")
    (Provision(article='4', clause='1'),)
    >>> provisions("Điều 5 khoản 2")
    (Provision(article='5', clause='2'),)
    >>> [p.article for p in provisions("từ Điều 22 đến Điều 24, Điều 41")]
    ['22', '23', '24', '41']
    >>> provisions("mẫu số 07 kèm theo")
    ()
    """
    words = fold(pinpoint)
    hits = list(_LISTED.finditer(words))
    clauses = {place: _owner(words, hits, place) for place, hit in enumerate(hits) if hit[1] == "khoan"}
    found: list[Provision] = []
    whole: list[str | None] = [None]
    for place, hit in enumerate(hits):
        if hit[1] == "dieu":
            own = [number for at, owner in clauses.items() if owner == place for number in _numbers(hits[at][0])]
            found += [Provision(article, clause) for article in _numbers(hit[0]) for clause in own or whole]
    return tuple(found)


def ended(named: Collection[Provision], those: Collection[Provision]) -> Literal["all", "some", "none"]:
    """How many of the named provisions are among those that ended; some, where either is not known.

    >>> ended(provisions("Điều 2"), [Provision("4"), Provision("16", "2")])
    'none'
    >>> ended(provisions("Điều 16"), [Provision("4"), Provision("16", "2")])
    'some'
    """
    if not named or not those:
        return "some"
    gone = [Provision(one.article) in those or one in those for one in named]
    touched = [one.clause is None and any(other.article == one.article for other in those) for one in named]
    if all(gone):
        return "all"
    return "some" if any(gone) or any(touched) else "none"


def _owner(words: str, hits: list[re.Match[str]], place: int) -> int | None:
    """The article a list of clauses belongs to: the next one, unless it hangs closer to the one before."""
    before, after = place - 1, place + 1
    back = words[hits[before].end() : hits[place].start()] if before >= 0 and hits[before][1] == "dieu" else None
    ahead = words[hits[place].end() : hits[after].start()] if after < len(hits) and hits[after][1] == "dieu" else None
    closer_back = back is not None and not back.strip() and ahead is not None and ahead.strip()
    if ahead is not None and re.fullmatch(r"[\s,]*(?:cua\s+|tai\s+)?", ahead) and not closer_back:
        return after
    return before if back is not None else None


def _numbers(listed: str) -> Iterator[str]:
    """
    >>> list(_numbers("dieu 4, 12 va 22 den 24"))
    ['4', '12', '22', '23', '24']
    """
    last = ""
    for step in _STEP.finditer(listed):
        join, number = (step[1] or "").strip(), step[2]
        if join in ("den", "-") and last.isdigit() and number.isdigit() and int(last) < int(number) < int(last) + 500:
            yield from map(str, range(int(last) + 1, int(number) + 1))
        else:
            yield number
        last = number
