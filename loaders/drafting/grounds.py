"""Grounds that do not say enough to find the instrument meant."""

import re
from collections.abc import Iterator

from loaders.findings import Citation, Doubt, Findings
from loaders.law.register import register
from loaders.text import Text, fold

_LAWS = ("luat", "bo-luat", "phap-lenh")
_NUMBERED = ("nghi-dinh", "thong-tu", "quyet-dinh", "nghi-quyet", "chi-thi", "ke-hoach", "huong-dan")
_YEAR = re.compile(r"\bnam (?:19|20)\d\d$")
_BREAK = re.compile(r"[;.]\s|(?<=[;.:])\s*\n|\n\s*\n")
_OPENING = 30  # "Căn cứ quy định của", as a scanner reads it: "Cian ct quy dinh cua"
_DATED = re.compile(r"\W*(?:\w+ ){0,3}?ng[a-z]y\s|\W*(?:so|n[a-z]m) ?:? ?\d")


def find_vague_grounds(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Laws relied on by name alone, and instruments relied on without their day.

    "undated-law" where the register knows several laws of that name, "undated-basis" for the rest.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> raw = "QUYẾT ĐỊNH\\nVề việc khen thưởng\\n\\nCăn cứ Luật Thi đua, khen thưởng;\\nCăn cứ Luật Kế toán năm 2015;"
    >>> text = Text.of(raw)
    >>> [fault.code for fault in find_vague_grounds(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['undated-law']
    """
    for citation in findings.citations:
        if citation.relation not in ("căn cứ", "thực hiện") or citation.date or _is_dated(text, citation):
            continue
        if citation.type in _LAWS and not citation.number and citation.name:
            if _YEAR.search(fold(citation.text).rstrip(" ;.,*")) or not _opens(text, citation):
                continue
            shared = _namesakes(citation.name) > 1
            words = " ".join(text.raw[citation.start : citation.end].split())
            message = f"“{words}” không ghi số và ngày ban hành" + ("; có nhiều luật cùng tên này" if shared else "")
            code = "undated-law" if shared else "undated-basis"
            yield Doubt(code=code, message=message, start=citation.start, end=citation.end)
        elif citation.type in _NUMBERED and citation.number:
            message = f"{citation.number} không ghi ngày ban hành"
            yield Doubt(code="undated-basis", message=message, start=citation.start, end=citation.end)


def _opens(text: Text, citation: Citation) -> bool:
    """Whether the ground begins with the law: one named inside the title of another is that title's."""
    before = text.raw[max(0, citation.start - 200) : citation.start]
    return len(_BREAK.split(before)[-1].strip()) <= _OPENING


def _is_dated(text: Text, citation: Citation) -> bool:
    """Whether a day or a number follows that was not read with it: "ban hành ngày 26/11/2003"."""
    return bool(_DATED.match(text.folded, citation.end, citation.end + 40))


def _namesakes(name: str) -> int:
    """How many instruments of the register bear the name."""
    wanted = _letters(name)
    return sum(wanted in {_letters(t) for t in (i.title, *i.also_called)} for i in register().instruments.values())


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(words)).strip()
