"""Characters of a text that no reader sees: it is read without them, and every finding points at the text with them.

A text copied from a web page carries joiners and soft hyphens within its words, and marks that turn the direction of
writing; they would tear numbers and names ("26/KH\\u200b-UBND"). Nor does a reader see more than the ends of a run of
ten thousand blanks, dots or letters, over which a pattern would try each sign with each.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import fields, is_dataclass, replace
from itertools import accumulate
from typing import Any

from loaders.corrections.file import Corrections, Entry
from loaders.findings import Findings
from loaders.text import Text

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_KEPT = 100  # signs of a run at each of its ends
_RUN = re.compile(rf"[\W_]{{{2 * _KEPT},}}|[^\W_]{{{2 * _KEPT},}}")
_PROBES = (3, 7, 12, 20, 30, 40, 60, 70, 80, 90)


def without_unseen(text: Text) -> Text:
    """The text as a reader sees it; the same where nothing in it is unseen, and where OCR has placed its words.

    >>> without_unseen(Text.of("Số: 26/KH\\u200b-UBND")).raw
    'Số: 26/KH-UBND'
    >>> len(without_unseen(Text.of("Số:" + 100_000 * " " + "26/KH-UBND")).raw)
    212
    """
    long = _is_long(text.raw)
    if text.layout is not None and (not long or any(page.words for page in text.layout.pages)):
        return text
    if not long and (text.raw.isascii() or not _UNSEEN.search(text.raw)):
        return text
    seen = _seen(text.raw)
    return Text(seen) if unicodedata.is_normalized("NFC", seen) else text


def _is_long(raw: str) -> bool:
    """Whether there is a run to cut: it fills one of the windows of `_KEPT` signs from end to end."""
    for start in range(0, len(raw) - _KEPT + 1, _KEPT):
        word = raw[start].isalnum()
        if (
            raw[start + _KEPT - 1].isalnum() is word
            and raw[start + _KEPT // 2].isalnum() is word
            and all(raw[start + probe].isalnum() is word for probe in _PROBES)
            and _RUN.search(raw, max(0, start - 2 * _KEPT), start + 3 * _KEPT)
        ):
            return True
    return False


def _gaps(raw: str) -> list[tuple[int, int]]:
    """What is left out, in order, no piece touching another."""
    gaps = [match.span() for match in _UNSEEN.finditer(raw)]
    gaps += [(match.start() + _KEPT, match.end() - _KEPT) for match in _RUN.finditer(raw)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(gap for gap in gaps if gap[0] < gap[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _seen(raw: str) -> str:
    parts, at = [], 0
    for start, end in _gaps(raw):
        parts.append(raw[at:start])
        at = end
    return "".join((*parts, raw[at:]))


def said_of_seen(corrections: Corrections | None, text: Text) -> Corrections | None:
    """Corrections of `text` as those of `without_unseen(text)`: their words and places without what is unseen."""
    if corrections is None:
        return None
    gaps = _gaps(text.raw)
    ends = [end for _, end in gaps]
    taken = list(accumulate((end - start for start, end in gaps), initial=0))

    def seen(entry: Entry) -> Entry:
        start = None if entry.start is None else entry.start - taken[bisect_right(ends, entry.start)]
        return replace(entry, text=_seen(entry.text), before=_UNSEEN.sub("", entry.before), start=start)

    return replace(corrections, entries=tuple(map(seen, corrections.entries)))


def found_in(findings: Findings, text: Text) -> Findings:
    """What was found in `without_unseen(text)`, with its places and words in `text` itself."""
    seen = _seen(text.raw)
    places, shifts, taken = [], [], 0
    for start, end in _gaps(text.raw):
        places.append(start - taken)
        taken += end - start
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
