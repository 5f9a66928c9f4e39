"""Whose a paper is that comes with another: "(Kèm theo Quyết định số 412/QĐ-UBND … của Ủy ban nhân dân tỉnh …)"."""

import re

from loaders.authorities.agencies import Agency, Context, find_bodies, resolve_mention
from loaders.citations.mentions import HEADS, head_name, read_after
from loaders.citations.numbers import find_numbers
from loaders.text import Text

__all__ = ["issuer_of_the_whole"]

_WITH = re.compile(r"\(\s*(?:duoc\s+)?(?:ban\s+hanh\s+)?(?:kem\s+theo|cung\s+voi)\b")
_REACH = 400


def issuer_of_the_whole(text: Text, title_end: int) -> tuple[Agency | None, str | None]:
    """The body of the document that is named in the brackets under the title, and its label."""
    found = _WITH.search(text.folded, max(0, title_end - _REACH), title_end + _REACH)
    close = text.raw.find(")", found.end(), found.end() + _REACH) if found else -1
    if found is None or close < 0:
        return None, None
    for number in find_numbers(text, found.end(), close)[:1]:
        after = read_after(text, number.end, close)
        bodies = find_bodies(text, *after.issuer) if after.issuer else []
        agency = resolve_mention(bodies[0], Context(on=after.date.date if after.date else None)) if bodies else None
        if after.issuer and bodies:
            head = HEADS.fullmatch(text.folded, after.issuer[0], bodies[0].start)
            label = agency.label if agency else bodies[0].label
            return agency, f"{head_name(head[0])} {label}" if head else label
    return None, None
