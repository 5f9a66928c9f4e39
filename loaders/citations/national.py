"""Programmes, strategies and charters known by their names, and projects named in quotes.

"Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2030", "Điều lệ Công đoàn Việt Nam", "Đề án “Xã hội học tập”".
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from loaders.citations.capitals import capitals
from loaders.citations.mentions import Mention, issuer_at
from loaders.lexicon import lexicon
from loaders.text import Text, fold

_BEGINNINGS = ("ch", "di", "qu", "ke")
_YEARS = r"\d{4}(?:\s*-\s*\d{4})?"
_PERIOD = (
    rf"(?:\s*\(ocop\))?(?:\s+(?:giai\s+doan\s+{_YEARS}|den\s+nam\s+\d{{4}}))?"
    rf"(?:\s*,?\s+(?:va\s+)?(?:dinh\s+huong|tam\s+nhin)\s+den\s+(?:nam\s+)?\d{{4}})?"
)
_UNTIL = re.compile(_PERIOD)
# What a name is about, in its own letters ("đa dạng" is no "đã"); it ends before what is done with it, and where.
_STOP = (
    r"(?:trên|của|do|tại|theo|được|đã|đang|sẽ|là|nhằm|để|góp|trong|thuộc|cấp|ban\s+hành|đạt|gắn\s+với|có|còn|thì|năm|giai\s+đoạn|đến"
    r"|và\s+(?:các|những|triển\s+khai|thực\s+hiện|báo\s+cáo))(?![^\W_])|và\s+[A-ZĐ]"
)
_SUBJECT = re.compile(
    rf"(?=\s+(?!(?:{_STOP})|và\s|\d)[^\W_])(?:\s+(?!(?:{_STOP}))[^\W_]+"
    r"|,\s+(?:chống|tiêu\s+cực|kiểm\s+soát|phát\s+triển|thích\s+ứng)(?![^\W_])|\s*-(?=\s)){1,32}"
)
_ISSUED = re.compile(
    r"(?<![a-z])(?:ban\s+hanh|phe\s+duyet|thong\s+qua|xay\s+dung|soan\s+thao|du\s+thao|tham\s+dinh|lap|ve(?:\s+viec)?)\s+[\"“]?$"
)

# "Thực hiện Đề án “Xây dựng xã hội học tập”"; a project that is being drawn up or approved is none yet
_QUOTED = re.compile(r"(?P<type>de\s+an|chuong\s+trinh|du\s+an)\s*:?\s*[\"“](?:[^\"“”;\n]|\n(?!\s*\n)){10,200}[\"”]")
_CARRIED_OUT = re.compile(
    r"(?<![a-z])(?:thuc\s+hien|trien\s+khai|theo|huong\s+ung|gan\s+voi|can\s+cu|thi\s+hanh|hoan\s+thanh)"
    r"(?:\s+(?:co\s+)?(?:hieu\s+qua|tot|dong\s+bo|nghiem(?:\s+tuc)?|cac|noi\s+dung|muc\s+tieu|nhiem\s+vu|cua))*\s+$"
)
_IN_A_ROW = re.compile(r"[,;]\s+(?:va\s+)?$|\s+va\s+$")
_CLAUSE = re.compile(r"(?<![a-z])(?:thuc\s+hien|trien\s+khai|theo|can\s+cu)\s")
_PROJECT = re.compile(
    r"du\s+an\s+(?:so\s+)?\d{1,2}(?=\s*[\"“]|\s*:\s*[\"“]?[a-z]|\s+(?:thuoc|cua)\s+chuong\s+trinh\s+muc)"
)

_OF_YEAR = re.compile(r"nghi\s+quyet\s+cua\s+(?=h|q)")
_TASKS = re.compile(
    r"\s+(?P<title>ve\s+(?:nhiem\s+vu|ke\s+hoach|muc\s+tieu|phat\s+trien|du\s+toan|phuong\s+huong)(?:[^;.:\n]|\n(?!\s*\n)){5,140}?nam\s+\d{4})"
    r"(?![\d])"
)
# "Căn cứ Quy chế làm việc của Ủy ban nhân dân tỉnh nhiệm kỳ 2021 - 2026"
_WORKING_RULES = re.compile(r"quy\s+che\s+lam\s+viec(?=\s+cua\s)")
_BASIS = re.compile(r"(?<![a-z])can\s+cu\s+$")
_TERM = re.compile(r"(?:\s*,?\s*(?:khoa\s+[ivxlc\d]+|nhiem\s+ky\s+\d{4}\s*-\s*\d{4})(?![a-z\d]))*")
_TYPES = {"de an": "de-an", "chuong trinh": "chuong-trinh", "du an": "du-an"}


@cache
def _names() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    listed = lexicon("programmes")
    return tuple(
        (re.compile(f"(?:{'|'.join(_spaced(name) for name in group['names'])})(?![a-z]){follows}"), group["type"], kind)
        for kind, follows in (("whole", _PERIOD), ("about", ""))
        for group in listed[kind]
    )


@cache
def _any_name() -> re.Pattern[str]:
    """What all of them begin with: most capitals are told by it to begin none."""
    listed = lexicon("programmes")
    names = {_spaced(name) for kind in ("whole", "about") for group in listed[kind] for name in group["names"]}
    return re.compile("|".join(sorted(names)))


def _spaced(name: str) -> str:
    return re.escape(fold(name)).replace(r"\ ", r"\s+")


def find_national(text: Text, start: int, end: int) -> Iterator[Mention]:
    """
    >>> [m.name for m in find_national(Text.of("Chiến lược quốc gia về bình đẳng giới của Chính phủ"), 0, 51)]
    ['Chiến lược quốc gia về bình đẳng giới']
    """
    for place in capitals(text, *_BEGINNINGS):
        if (
            start <= place < end
            and _any_name().match(text.folded, place)
            and not text.raw[place + 1].isupper()
            and not _is_issued(text, place)
        ):
            for pattern, type_, kind in _names():
                match = pattern.match(text.folded, place, end)
                if match and kind == "about":
                    match = _SUBJECT.match(text.raw, match.end(), end)
                    match = match and _UNTIL.match(text.folded, match.end(), end)
                if match:
                    yield _mention(text, place, match.end(), type_)
                    break
    for place in capitals(text, "de", "du", "ch", "ng", "qu"):
        if start <= place < end:
            yield from _others(text, place, end)


def _others(text: Text, place: int, end: int) -> Iterator[Mention]:
    if match := _QUOTED.match(text.folded, place, end):
        if _is_carried_out(text, place):
            yield _mention(text, place, match.end(), _TYPES[" ".join(match["type"].split())])
    elif match := _PROJECT.match(text.folded, place, end):
        yield _mention(text, place, match.end(), "du-an")
    elif match := _WORKING_RULES.match(text.folded, place, end):
        issuer = issuer_at(text, match.end(), end) if _BASIS.search(text.folded, max(0, place - 12), place) else None
        term = issuer and _TERM.match(text.folded, issuer[1], end)
        if issuer and term:
            yield replace(_mention(text, place, match.end(), "quy-che"), end=term.end(), issuer=issuer)
    elif match := _OF_YEAR.match(text.folded, place, end):
        issuer = issuer_at(text, match.end(), end)
        tasks = issuer and _TASKS.match(text.folded, issuer[1], end)
        if issuer and tasks:
            stop = place + len("Nghị quyết")
            yield Mention(
                start=place,
                end=issuer[1],
                type="nghi-quyet",
                name=text.raw[place:stop],
                issuer=issuer,
                title=tasks.span("title"),
                weak=True,
            )


def _is_issued(text: Text, place: int) -> bool:
    return _ISSUED.search(text.folded, max(0, place - 24), place) is not None


def _is_carried_out(text: Text, place: int) -> bool:
    if _CARRIED_OUT.search(text.folded, max(0, place - 60), place):
        return True
    if not _IN_A_ROW.search(text.folded, max(0, place - 8), place):
        return False
    begin = max(text.raw.rfind(". ", 0, place), text.raw.rfind("\n\n", 0, place), place - 240, 0)
    return _CLAUSE.search(text.folded, begin, place) is not None


def _mention(text: Text, start: int, end: int, kind: str) -> Mention:
    end = start + len(text.raw[start:end].rstrip(" ,-\n"))
    return Mention(start=start, end=end, type=kind, name=" ".join(text.raw[start:end].split()), weak=True)
