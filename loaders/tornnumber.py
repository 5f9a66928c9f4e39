"""A document's own number where a scanner tore it: a stroke lost, a code cut by the other column, a blank head."""

import re
from dataclasses import replace

from loaders.citations.document_types import issuer_codes, type_codes
from loaders.citations.numbers import FoundNumber
from loaders.heads import MOTTO
from loaders.text import Text, fold
from loaders.vocabulary import scheme

__all__ = ["is_behind_body", "joined", "torn_number"]

# "Số: 204'H-UBND", "Số: KH-UBND"
_STROKELESS = re.compile(
    r"^[ \t*_#|]*s[o06e]'?\s*[:.][ ]*(?P<number>(?P<head>\d{1,5})?[ ]?(?P<mess>['’`‘\"|!\]]{0,2})"
    r"(?P<type>[a-z]{1,5})[ ]?-[ ]?(?P<body>[a-z]{2,8}))(?![\w/&-])",
    re.MULTILINE,
)


def torn_number(text: Text, stop: int, kind: str | None) -> FoundNumber | None:
    """The number of a line *Số:* whose stroke is lost; damaged letters only as the code of the kind announced below.

    >>> torn_number(Text.of("Số: 204'H-UBND"), 14, "ke-hoach").number
    '204/KH-UBND'
    >>> torn_number(Text.of("Số: KH-UBND"), 11, None).suffix
    'KH-UBND'
    """
    found = _STROKELESS.search(text.folded, 0, stop)
    if found is None or found["body"] not in issuer_codes():
        return None
    start, end = found.span("number")
    if not text.raw[found.start("type") : end].isupper():
        return None
    exact = type_codes().by_fold.get(found["type"])
    if found["head"] is None:
        if exact is None or found["mess"]:
            return None
        code, types = exact[0].code, exact[0].types
    else:
        said = scheme("document-type").get(kind or "")
        fitting = [c for c in (said.codes[:1] if said else ()) if fold(c).endswith(found["type"])]
        if not found["mess"] or len(fitting) != 1:
            return None
        code, types = fitting[0], (kind or "",)
    body = issuer_codes()[found["body"]]
    number = f"{found['head']}/{code}-{body}" if found["head"] else None
    printed = text.raw[start:end]
    return FoundNumber(
        start, end, printed, number, f"{code}-{body}", None, types, body, "administrative", number is not None, 0.6
    )


_REST = re.compile(r"[ ]?-(?P<beside>[^\n]*)\n[ \t*_|]*(?P<body>[A-ZĐ&]{2,8})\b")


def joined(text: Text, number: FoundNumber) -> FoundNumber:
    """The number with the body's code that the motto beside it pushed to the next line.

    "Số: 118/KH- Độc lập - Tự do - Hạnh phúc" over "UBND Tân Lợi, ngày …" is 118/KH-UBND.
    """
    rest = _REST.match(text.raw, number.end) if number.issuer_code is None and number.number else None
    if rest is None or fold(rest["body"]) not in issuer_codes() or not MOTTO.search(fold(rest["beside"])):
        return number
    body = issuer_codes()[fold(rest["body"])]
    whole = f"{number.number}-{body}"
    return replace(number, number=whole, suffix=f"{number.suffix}-{body}", issuer_code=body, repaired=True)


_SO = re.compile(r"^[ \t*_|]*(?P<body>[^\n]{6,80}?)[ \t*_]+s[o06]\s*:[\s*_]*$")


def is_behind_body(text: Text, start: int) -> bool:
    """Whether a number stands on the line of the body at the top: "UBND TỈNH HƯNG YÊN Số: 172/KH-UBND"."""
    line = text.raw.rfind("\n", 0, start) + 1
    found = _SO.match(text.folded[line:start]) if start < 400 else None
    return found is not None and text.raw[line + found.start("body") : line + found.end("body")].isupper()
