"""Sums of money a plan names, in đồng or in base salaries."""

import re

from loaders.findings import Amount
from loaders.phrases import pattern, reading
from loaders.plan.clauses import first
from loaders.text import Text

# "bằng 0,3 lần mức lương cơ sở": money told in base salaries
MULTIPLE = pattern(
    r"(?P<times>\d{1,2}(?:[.,]\d{1,2})?) ?lần (?:mức )?lương (?:cơ sở|tối thiểu)(?: chung)?(?: ?(?:/|cho mỗi"
    r"|mỗi) ?(?P<per>người"
    r"|tập thể|cá nhân|giải|đơn vị))?"
)
AMOUNT = pattern(
    r"(?P<sum>\d{1,3}(?:[.,]\d{3})+|\d{4,9}|\d{1,3}[.,]\d(?= ?triệu)|\d{1,3}) ?(?P<scale>triệu |nghìn |ngàn"
    r" )?(?P<currency>đồng|vnđ|vnd|đ\b)(?: ?(?:/|cho mỗi|mỗi|/01|/1) ?(?P<per>người|tập thể|cá"
    r" nhân|giải|đơn vị|suất|hộ|giấy khen|bằng khen))?"
)


_MONEY = re.compile(r"\d ?(?:trieu |nghin |ngan )?(?:dong|vnd|d\b)")  # what a sum cannot do without


def find_amount(text: Text, start: int, end: int) -> Amount | None:
    """The sum of money a sentence names.

    >>> t = Text.of("bằng quà trị giá: 300.000đ/ người")
    >>> find_amount(t, 0, len(t.raw))
    Amount(value=300000, currency='VND', per='nguoi')
    """
    words = reading(text)
    hit = first(words, AMOUNT, start, end) if _MONEY.search(words.between(start, end)) else None
    if not hit:
        salaries = first(words, MULTIPLE, start, end) if " luong " in words.between(start, end) else None
        if not salaries:
            return None
        times = float((salaries["times"] or "0").replace(",", "."))
        return Amount(value=times, currency="luong-co-so", per=(salaries["per"] or "").replace(" ", "-") or None)
    scale = {"trieu ": 1_000_000, "nghin ": 1_000, "ngan ": 1_000}.get(hit["scale"] or "", 1)
    printed = hit["sum"] or "0"
    tenths = bool(re.fullmatch(r"\d{1,3}[.,]\d", printed))  # "1,5 triệu đồng"
    value = int(re.sub(r"[.,]", "", printed)) * scale // (10 if tenths else 1)
    per = (hit["per"] or "").strip().replace(" ", "-") or None
    return Amount(value=value, per=per) if value >= 1000 else None


def amount_end(text: Text, start: int, end: int) -> int:
    hit = reading(text).search(AMOUNT, start, end) or reading(text).search(MULTIPLE, start, end)
    return hit.end if hit else start
