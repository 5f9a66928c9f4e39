"""What speaks of documents without citing one: the document itself, the law in force, rules somebody else is to give.

They are no citations: there is no document to look up. A reader who follows the text wants to know them all the same.
"""

import re
from collections.abc import Iterable, Iterator

from loaders.authorities.agencies import find_bodies
from loaders.citations.document_types import labels
from loaders.findings import Citation, Reference
from loaders.text import Text

_NAMES = "|".join(sorted((name.replace(" ", r"\s+") for name in labels()), key=len, reverse=True))
# "Kế hoạch này", "nội dung Quy chế này", "Kế hoạch phát động phong trào thi đua này"
_THIS = re.compile(r"nay(?![a-z])")
_TYPE_BEFORE = re.compile(rf"(?<![a-z])(?P<type>{_NAMES})\s+$")
_LONGEST = 34  # of a name of a kind of document, with its blanks
_MOVEMENT_BEFORE = re.compile(
    rf"(?<![a-z])(?P<type>{_NAMES})\s+(?:phat\s+dong|to\s+chuc|trien\s+khai)\s+[a-z\s]{{4,60}}\s+$"
)
_UNNUMBERED = re.compile(
    r"(?:van\s+ban\s+(?:quy\s+pham\s+phap\s+luat\s+)?(?:huong\s+dan(?:\s+thi\s+hanh)?|chi\s+dao|(?:co\s+)?lien\s+quan"
    r"|quy\s+dinh\s+chi\s+tiet)(?:\s+(?:co\s+)?lien\s+quan)?"
    r"|quy\s+dinh\s+(?:khac\s+)?(?:hien\s+hanh|(?:cua\s+)?phap\s+luat)"
    r"(?:\s+(?:hien\s+hanh|(?:co\s+)?lien\s+quan|ve\s+thi\s+dua,?\s+(?:-\s+)?khen\s+thuong))*"
    r"|phap\s+luat\s+(?:hien\s+hanh|ve\s+thi\s+dua,?\s+(?:-\s+)?khen\s+thuong)"
    r"|hien\s+phap\s+va\s+phap\s+luat)(?![a-z])"
)
_EVERY = re.compile(r"cac\s+$")
# rules left to a body: "theo hướng dẫn của Sở Nội vụ", "theo Quyết định của UBND thị xã"
_DELEGATION = re.compile(rf"theo\s+(?:cac\s+)?(?P<type>{_NAMES})\s+(?:rieng\s+|cu\s+the\s+)?cua\s+")
_REACH = 110


def find_references(text: Text, citations: Iterable[Citation]) -> tuple[Reference, ...]:
    """Every such mention in the order of the text, none inside a citation.

    >>> [(r.kind, r.text) for r in find_references(Text.of("Kế hoạch này theo quy định của pháp luật."), ())]
    [('self', 'Kế hoạch này'), ('unnumbered', 'quy định của pháp luật')]
    """
    taken = [(citation.start, citation.end) for citation in citations]
    found = sorted([*_selves(text), *_delegated(text), *_unnumbered(text)], key=lambda r: (r.start, -r.end))
    kept: list[Reference] = []
    place = 0
    for reference in found:
        while place < len(taken) and taken[place][1] <= reference.start:
            place += 1
        cited = place < len(taken) and taken[place][0] < reference.end
        if not cited and not (kept and reference.start < kept[-1].end):
            kept.append(reference)
    return tuple(kept)


def _reference(text: Text, kind: str, start: int, end: int, type_: str | None = None) -> Reference:
    return Reference(text=text.raw[start:end], start=start, end=end, kind=kind, type=type_)


def _selves(text: Text) -> Iterator[Reference]:
    for match in _THIS.finditer(text.folded):
        if not text.folded[match.start() - 1 : match.start()].isspace():
            continue
        for before, reach in ((_TYPE_BEFORE, _LONGEST), (_MOVEMENT_BEFORE, _REACH)):
            named = before.search(text.folded, max(0, match.start() - reach), match.start())
            if named and (text.raw[named.start()].isupper() or before is _TYPE_BEFORE):
                yield _reference(text, "self", named.start(), match.end(), _slug(named["type"]))
                break


def _unnumbered(text: Text) -> Iterator[Reference]:
    for match in _UNNUMBERED.finditer(text.folded):
        if not text.folded[match.start() - 1 : match.start()].isalnum():
            every = _EVERY.search(text.folded, max(0, match.start() - 8), match.start())
            yield _reference(text, "unnumbered", every.start() if every else match.start(), match.end())


def _delegated(text: Text) -> Iterator[Reference]:
    for match in _DELEGATION.finditer(text.folded):
        bodies = find_bodies(text, match.end(), match.end() + _REACH)
        if bodies and not text.folded[match.end() : bodies[0].start].strip():
            start = match.start("type")
            yield _reference(text, "delegation", start, bodies[0].end, _slug(match["type"]))


def _slug(name: str) -> str | None:
    return labels()[" ".join(name.split())] or None
