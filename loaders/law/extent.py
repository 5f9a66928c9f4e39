"""What of an instrument's partial ends and suspensions concerns a citation, by the articles its pinpoint names."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from loaders.law.provisions import Provision, ended, provisions
from loaders.law.records import Instrument
from loaders.law.verdict import Bound, Halt

_NAMED = 4  # provisions named in a reason


@dataclass
class Extent:
    """The bounds of parts as `verdict` takes them, each with the words of the provisions it is about."""

    partial: list[Bound] = field(default_factory=list)
    provision: list[Bound] = field(default_factory=list)
    suspended: list[Halt] = field(default_factory=list)
    perhaps_suspended: list[Halt] = field(default_factory=list)
    partly_suspended: list[Halt] = field(default_factory=list)


def extent(instrument: Instrument, pinpoint: str | None) -> Extent:
    """Which parts that ended or were suspended are what is cited, which touch it, and which may."""
    found, named = Extent(), provisions(pinpoint or "")
    for part in instrument.partly_expired:
        how = ended(named, part.provisions)
        if how != "none":
            listed = found.provision if how == "all" else found.partial
            listed.append(replace(part.bound, of=_told(named, part.provisions, part.words)))
    for halt in instrument.suspended:
        # "Chương II" is no article: whether the one cited is in it is not known
        those = halt.provisions if all(re.fullmatch(r"\d+\w?", one.article) for one in halt.provisions) else ()
        how = "all" if not (halt.words or halt.provisions) else ended(named, those)
        words = halt.words if those == halt.provisions and halt.words else tuple(map(_words, halt.provisions))
        said = (replace(halt.start, of=_told(named, those, words)), halt.end)
        if how == "all":
            found.suspended.append((halt.start, halt.end))
        elif how == "some":
            (found.perhaps_suspended if named and not those else found.partly_suspended).append(said)
    return found


def _told(named: Collection[Provision], those: Collection[Provision], words: Collection[str]) -> str | None:
    """The provisions in words: of those the ones that what is named lies in or holds; the first few of many."""
    articles = {one.article for one in named}
    near = [_words(one) for one in those if one.article in articles] if named and those else []
    listed = near or list(words) or [_words(one) for one in those]
    return ", ".join(listed[:_NAMED]) + (", …" if len(listed) > _NAMED else "") if listed else None


def _words(one: Provision) -> str:
    """
    >>> _words(Provision("4", "2")), _words(Provision("Chương II"))
    ('khoản 2 Điều 4', 'Chương II')
    """
    article = f"Điều {one.article}" if one.article[:1].isdigit() else one.article
    return f"khoản {one.clause} {article}" if one.clause else article
