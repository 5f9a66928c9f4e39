"""The codes of a number, part by part: where each begins and ends, and what at its end is none of it."""

import re
from dataclasses import dataclass

from loaders.citations.document_types import issuer_codes, type_codes
from loaders.text import Text, fold

GAP = r"[ *_]{0,3}\n?[ *_]{0,3}"
_SEPARATOR = re.compile(rf"({GAP})([/-])(?:(?<=-)-{{1,2}})?({GAP})")  # a long dash may be read as two: "HĐND——KTNS"
# an empty line inside a code whose dash still stands: "77/SNV-", below it "CCHC ngày"
_TORN = re.compile(r"(?P<none>)(-)(?P<blank>)[ ]?\n[ \t]*\n[ ]?(?=[a-z]{2,8}\d?\s+(?:ngay|cua)\s)")
# "QH 15", "TT.HĐND", "TTCP-C.II"
_TOKEN = re.compile(
    r"(?:ubtv)?qh\s1[0-9](?![\d/]|\.\d)|[a-z0-9&§œ]+(?:\.(?:hdnd|ubnd|bcd|hu|tu|cp|ttg)\b|(?<=-[cv])\.[ivx]{1,4}\b)?"
)


@dataclass(frozen=True)
class Part:
    """One code of a number with the separator before it."""

    separator: str
    spaced: bool
    code: str
    raw: str
    end: int


def parts_at(text: Text, position: int, stop: int) -> list[Part]:
    parts: list[Part] = []
    while len(parts) < 6:
        separator = _SEPARATOR.match(text.folded, position, stop)
        if parts and text.raw.startswith(("-\n", "- \n"), position):
            separator = _TORN.match(text.folded, position, stop) or separator
        token = separator and _TOKEN.match(text.folded, separator.end(), stop)
        if not separator or not token:
            break
        spaced = bool(separator[1] or separator[3])
        end = token.end() - _beyond(text, token, parts)
        code, raw = text.folded[token.start() : end], text.raw[token.start() : end]
        if parts and (rest := _rest_of_a_ministry(text, code, end, stop)):
            end = rest
            code, raw = text.folded[token.start() : end], text.raw[token.start() : end]
        if not code.isalnum():  # "QH 15"
            code, raw = "".join(code.split()), "".join(raw.split())
        parts.append(Part(separator[2], spaced, code, raw, end))
        position = end
    return parts


_REST = re.compile(r" ([A-ZĐ]{2,3})(?![\w/-])")


def _rest_of_a_ministry(text: Text, code: str, end: int, stop: int) -> int | None:
    """Where a ministry's code ends that a blank parts: "15/2020/TT-BVHTT DL", "08/2023/TT-BLĐTB XH"."""
    rest = _REST.match(text.raw, end, stop) if code[:1] == "b" and len(code) > 3 else None
    return rest.end() if rest and code + fold(rest[1]) in issuer_codes() else None


_GLUED = re.compile(r"(?<=[A-ZĐ])(?:ngày|của|về)$")  # "03-HD/BTCTWngày 14/6/2025"


def _beyond(text: Text, token: re.Match[str], parts: list[Part]) -> int:
    """How many letters at the end of a code are none of it: a word that lost its blank, a footnote's mark.

    What follows a body is a field, and "NV2" in "512/BTĐKT-NV2" its second.
    """
    glued = _GLUED.search(text.raw, token.start(), token.end())
    if glued:
        return len(glued[0])
    ends = not parts or parts[-1].code in type_codes().by_fold
    return _footnote(token[0]) if ends and text.folded[token.end() : token.end() + 1] not in ("-", "/") else 0


def _footnote(token: str) -> int:
    """How many digits at the end of a code are a footnote's mark that lost its raised place: "12/QĐ-UBND1".

    A committee has the number of what it carries out: "05/KH-BCĐ57", "9/BC-TCT06".
    """
    code = token.rstrip("0123456789")
    digits = len(token) - len(code)
    own = code in ("qh", "ubtvqh") or token[len(code) :][:1] == "0" or (digits == 2 and code.startswith("bcd"))
    return digits if 0 < digits < 3 and code in issuer_codes() and not own else 0
