"""The sentence around a finding, for people who read a chain and not the document."""

import re

_FAR = 400  # characters: a sentence that goes on longer is cut
_BEGIN = re.compile(r"\n\s*\n|\n\s*[-+*]\s|[.;]\s+(?=[A-ZĐÀ-Ỹ])|\A")
_STOP = re.compile(r";|\.(?=\s|$)|\n\s*\n")


def sentence_at(text: str, start: int, end: int) -> str:
    """Back to where the sentence or its line begins, on to its stop, a semicolon or a blank line; on one line.

    >>> sentence_at("I. Căn cứ\\n\\nThực hiện Kế hoạch số 8\\ncủa huyện; xét đề nghị của phòng", 21, 35)
    'Thực hiện Kế hoạch số 8 của huyện;'
    """
    first = max((m.end() for m in _BEGIN.finditer(text, max(0, start - _FAR), start)), default=max(0, start - _FAR))
    stop = _STOP.search(text, end, min(len(text), end + _FAR))
    last = stop.end() if stop else min(len(text), end + _FAR)
    return " ".join(text[first:last].split())
