"""Characters of a text that no reader sees: it is read without them, and every finding points at the text with them.

A text copied from a web page carries joiners and soft hyphens within its words, and marks that turn the direction of
writing; they would tear numbers and names ("26/KH\\u200b-UBND").
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import fields, is_dataclass, replace
from typing import Any

from loaders.findings import Findings
from loaders.text import Text

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")


def without_unseen(text: Text) -> Text:
    """The text as a reader sees it; the same where nothing in it is unseen, and where the file has pages.

    >>> without_unseen(Text.of("Số: 26/KH\\u200b-UBND")).raw
    'Số: 26/KH-UBND'
    """
    if text.layout is not None or text.raw.isascii() or not _UNSEEN.search(text.raw):
        return text
    seen = _UNSEEN.sub("", text.raw)
    return Text(seen) if unicodedata.is_normalized("NFC", seen) else text


def found_in(findings: Findings, text: Text) -> Findings:
    """What was found in `without_unseen(text)`, with its places and words in `text` itself."""
    seen = _UNSEEN.sub("", text.raw)
    places, shifts, taken = [], [], 0
    for match in _UNSEEN.finditer(text.raw):
        places.append(match.start() - taken)
        taken += len(match[0])
        shifts.append(taken)

    def moved(place: int, *, end: bool) -> int:
        index = bisect_right(places, place - 1 if end else place) - 1
        return place + (shifts[index] if index >= 0 else 0)

    def told(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(told, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {f.name: told(getattr(value, f.name)) for f in fields(value) if f.init}
        if isinstance(changed.get("start"), int) and isinstance(changed.get("end"), int):
            start, end = changed["start"], changed["end"]
            changed["start"], changed["end"] = moved(start, end=False), moved(end, end=True)
            if changed.get("text") == seen[start:end]:
                changed["text"] = text.raw[changed["start"] : changed["end"]]
        return replace(value, **changed)

    result: Findings = told(findings)
    return result
