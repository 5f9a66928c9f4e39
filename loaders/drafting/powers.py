"""Forms of award promised by someone to whom, on the day of the draft, the register does not give them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.findings import Doubt, Findings
from loaders.law.delegations import Delegation, delegations
from loaders.phrases import Hit, fold_pattern, reading
from loaders.text import Text, fold

_RANK = {"xa": 1, "huyen": 2, "tinh": 3}
_KINDS = {"xa": r"xã|phường|thị trấn|đặc khu|cấp xã", "huyen": r"huyện|quận|thị xã|cấp huyện"}
_COMMITTEE = r"(?:chủ tịch )?(?:ubnd|ủy ban nhân dân)(?: (?:các|cấp))?"
_HOLDER = re.compile(r"chu tich ubnd cap (xa|huyen|tinh)")
# "xã trình Chủ tịch UBND tỉnh tặng Bằng khen", "xã đề nghị … Bằng khen": the chairman asks, he does not give
_GIVES = (
    r"(?:(?! (?:trình|đề nghị|đề xuất|giới thiệu|lập|báo cáo|gửi|xét chọn|tỉnh|thành phố|trung ương)\b)[^.;:]){0,40}?"
)


@dataclass(frozen=True)
class _Kept:
    """An award that only those above have: how high the lowest of them stands, and what says so."""

    rank: int
    by: Delegation


def find_awards_beyond_power(text: Text, findings: Findings) -> Iterator[Doubt]:
    """Awards of a chairman below the one who has the power; "award-beyond-power" where the register is sure of it.

    >>> from loaders.findings import Source
    >>> from loaders.read import find
    >>> raw = "KẾ HOẠCH\\nCẩm Giàng, ngày 15 tháng 9 năm 2025\\nHình thức: Bằng khen của Chủ tịch UBND xã."
    >>> text = Text.of(raw)
    >>> [d.code for d in find_awards_beyond_power(text, find(text, Source(name="x", sha256="0" * 64)))]
    ['award-perhaps-beyond-power']
    """
    day = findings.document.date or findings.document.not_before
    told: set[int] = set()
    for award, kept in sorted(_kept(day).items()) if day else ():
        for level, kinds in _KINDS.items():
            if _RANK[level] >= kept.rank:
                continue
            for hit in reading(text).finditer(_said(award, kinds), 0, len(text.raw)):
                if hit.start not in told:
                    told.add(hit.start)
                    yield _doubt(text, hit, kept.by)


def _doubt(text: Text, hit: Hit, by: Delegation) -> Doubt:
    words = " ".join(text.raw[hit.start : hit.end].replace("*", "").split())
    sure = by.confidence == "V"
    unsure = "" if sure else ", chưa kiểm chứng"
    return Doubt(
        code="award-beyond-power" if sure else "award-perhaps-beyond-power",
        message=f"“{words}”: {by.award_label} do {by.who} tặng ({by.reference}{unsure})",
        start=hit.start,
        end=hit.end,
    )


@lru_cache(maxsize=16)
def _kept(day: str) -> dict[str, _Kept]:
    """By the label of an award, the lowest chairman who has it on the day."""
    found: dict[str, _Kept] = {}
    for one in delegations(day):
        holder = _HOLDER.match(fold(one.who)) if one.power == "tang" else None
        if holder:
            rank = _RANK[holder[1]]
            if one.award_label not in found or rank < found[one.award_label].rank:
                found[one.award_label] = _Kept(rank, one)
    return found


@lru_cache(maxsize=64)
def _said(award: str, kinds: str) -> re.Pattern[str]:
    """ "Bằng khen của Chủ tịch UBND xã", "Chủ tịch UBND xã quyết định tặng Bằng khen"."""
    name = re.escape(fold(award)).replace(r"\ ", " ")
    whose = rf"{_COMMITTEE} (?:{kinds})\b"
    of = rf"\b{name} (?:của|do) {whose}"
    gives = rf"\bchủ tịch (?:ubnd|ủy ban nhân dân) (?:{kinds})\b{_GIVES} (?:danh hiệu )?{name}\b"
    return re.compile(fold_pattern(f"{of}|{gives}(?! (?:của|do|cấp))"))
