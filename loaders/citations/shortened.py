"""Numbers of one list that print their code once: "Kết luận số 126, 127 và 130-KL/TW"."""

import re
from dataclasses import replace

from loaders.citations.document_types import type_word_before
from loaders.citations.numbers import FoundNumber
from loaders.text import Text

_HEAD = r"\d{1,4}[a-e]?(?:/(?:19|20)\d\d)?"
_NEXT = r"(?:\s*,\s+|\s+va\s+)(?:so\s+)?"  # "1,234" is one number
_HEADS = re.compile(rf"(?<![\w/,.-])(?P<heads>(?:{_HEAD}{_NEXT})+)$")
_ONE = re.compile(rf"(?P<head>\d{{1,4}}[a-e]?)(?P<year>/(?:19|20)\d\d)?(?={_NEXT}|$)")
_NEAR = re.compile(r"\d[a-e]?(?:\s*,\s+|\s+va\s+)(?:so\s+)?$")
_WHOLE = re.compile(r"(?P<head>[\d.]+[a-e]?)(?P<year>/\d{4})?(?P<code>[/-].+)", re.DOTALL)
_REACH = 60


def with_shortened(text: Text, numbers: list[FoundNumber]) -> list[FoundNumber]:
    """The numbers with those before each that share its code, in order.

    >>> from loaders.citations.numbers import find_numbers
    >>> text = Text.of("Kết luận số 126, 127 và 130-KL/TW")
    >>> [number.number for number in with_shortened(text, find_numbers(text))]
    ['126-KL/TW', '127-KL/TW', '130-KL/TW']
    """
    found: list[FoundNumber] = []
    for number in numbers:
        if number.number and _NEAR.search(text.folded, max(0, number.start - 12), number.start):
            found += _before(text, number, found[-1].end if found else 0)
        found.append(number)
    return found


def _before(text: Text, number: FoundNumber, floor: int) -> list[FoundNumber]:
    heads = _HEADS.search(text.folded, max(floor, number.start - _REACH), number.start)
    whole = _WHOLE.fullmatch(number.number or "")
    if heads is None or whole is None:
        return []
    word = type_word_before(text, heads.start(), number.types)
    if not (word and word.adjacent and word.exact and word.start >= floor):
        return []  # "Điều 5, 6 và 12-NQ/TW", "trong các năm 2023, 2024, 31/KH-UBND"
    if word.slug and number.types and word.slug not in number.types:
        return []
    shared = []
    for match in _ONE.finditer(text.folded, *heads.span("heads")):
        if match["year"] and not whole["year"]:
            return []
        year = match["year"] or whole["year"] or ""
        printed = text.raw[match.start() : match.end()]
        shared.append(
            replace(
                number,
                start=match.start(),
                end=match.end(),
                printed=printed,
                number=f"{match['head']}{year}{whole['code']}",
                year=int(year[1:]) if year else None,
                confidence=min(number.confidence, 0.9),
            )
        )
    return shared
