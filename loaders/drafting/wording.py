"""Words written twice, and words that wait for others which never come.

Vietnamese doubles words on purpose ("ngày ngày", "từ từ"), and two words that happen to be alike may stand side by side
("Ủy ban | ban hành", "lý do | do ốm", "các tổ chức | tổ chức thực hiện"). So a single word counts only when it is one
that nobody doubles, and not where the word before or after it takes one of the two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.findings import Doubt
from loaders.lexicon import lexicon
from loaders.structure.blocks import is_row
from loaders.text import Text, fold

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"[*_]{0,3} [*_]{0,3}|[*_]{0,3}\n")
_LONGEST = 8  # words of a phrase written twice
_WRAPPED = 50  # a line this long was broken by the margin, a shorter one by the writer


@dataclass(frozen=True)
class _Word:
    said: str
    start: int
    end: int
    capitals: bool


def find_doubled_words(text: Text) -> Iterator[Doubt]:
    """Words or phrases written twice in a row; none in a garbled text, where two words read alike may differ.

    >>> [d.message for d in find_doubled_words(Text.of("Thực hiện Kế hoạch Thực hiện Kế hoạch số 131/KH-UBND"))]
    ['Viết lặp “Thực hiện Kế hoạch Thực hiện Kế hoạch”']
    >>> list(find_doubled_words(Text.of("Ủy ban ban hành; lý do do ốm; các tổ chức tổ chức thực hiện; ngày ngày")))
    []
    """
    if text.garbled:
        return
    for run in _runs(text):
        at = 0
        while at < len(run):
            size = _repeated(run, at)
            if size:
                start, end = run[at].start, run[at + 2 * size - 1].end
                words = " ".join(text.raw[start:end].split())
                yield Doubt(code="doubled-words", message=f"Viết lặp “{words}”", start=start, end=end)
            at += 2 * size or 1


def _runs(text: Text) -> Iterator[list[_Word]]:
    """Words with nothing but a single space, or the margin of a wrapped line, between them."""
    run: list[_Word] = []
    for match in _WORD.finditer(text.raw):
        if run and not _follows(text.raw, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Word(match[0].lower(), match.start(), match.end(), match[0].isupper()))
    if run:
        yield run


def _follows(raw: str, end: int, start: int) -> bool:
    gap = raw[end:start]
    if not _SPACE.fullmatch(gap):
        return False
    if "\n" not in gap:
        return True
    line = raw[raw.rfind("\n", 0, end) + 1 : end]
    return len(line) >= _WRAPPED and not is_row(line)


def _repeated(run: list[_Word], at: int) -> int:
    """How many words, from this one on, are said again at once; 0 where that is no slip."""
    for size in range(min(_LONGEST, (len(run) - at) // 2), 0, -1):
        said = [word.said for word in run[at : at + size]]
        if said == [word.said for word in run[at + size : at + 2 * size]] and _is_slip(run, at, said):
            return size
    return 0


def _is_slip(run: list[_Word], at: int, said: list[str]) -> bool:
    size = len(said)
    if size == 1:
        before = run[at - 1].said if at else ""
        after = run[at + 2].said if at + 2 < len(run) else ""
        return _word_is_slip(said[0], before, after)
    lettered = [word for word in run[at : at + 2 * size] if word.capitals]
    if len(lettered) == 2 * size:  # the issuer at the end of a title, and again on the line of its own
        return False
    if len(set(said)) == 1 or sum(word.isalpha() and len(word) > 1 for word in said) < 2:
        return False
    return " ".join(said) not in lexicon("wording")["doubled_rightly"]


def _word_is_slip(word: str, before: str, after: str) -> bool:
    known = lexicon("wording")
    if word in known["before_numbers"]:
        return after[:1].isdigit() and before not in known["before_numbers"][word]
    if word not in known["task_words"]:
        return False
    return before not in known["takes_the_first"].get(word, ()) and after not in known["takes_the_second"].get(word, ())


# "đạt từ loại “Khá” trở lên theo (áp dụng đối với …)": theo what? Brackets that hold its complement are no gap.
_THEO = re.compile(
    r"(?P<before>[^\s*(“\"]+)[\s*]+(?P<word>theo)[ *]*(?P<after>[,;)]|\.(?=[\s*]|$)|\((?P<in>[^)]{0,80}))"
)
# "của.", "các;": nothing ends in these
_OPEN = re.compile(r"(?<![\w/])(?P<word>của|các|những|và|hoặc|nhằm)[ *]*(?=[.;)](?:[\s*]|$))", re.IGNORECASE)


def find_dangling_words(text: Text) -> Iterator[Doubt]:
    """A *theo* without what is to be followed, a *của* or *các* before a full stop.

    >>> [d.message for d in find_dangling_words(Text.of("xếp loại Khá trở lên theo (áp dụng với cơ quan có chỉ số)"))]
    ['Sau chữ “theo” không có điều phải theo']
    >>> list(find_dangling_words(Text.of("báo cáo theo (Mẫu số 08); gửi kèm theo.")))
    []
    """
    for match in _THEO.finditer(text.folded):
        before = re.sub(r"\W", "", match["before"])
        if before in _verbs() or (match["in"] and _complement().match(match["in"].strip(" *\n"))):
            continue
        start, end = match.span("word")
        yield Doubt(code="dangling-word", message="Sau chữ “theo” không có điều phải theo", start=start, end=end)
    if text.garbled:
        return
    for match in _OPEN.finditer(text.raw):
        words = f"Câu dừng ở chữ “{match['word']}”, thiếu phần sau"
        yield Doubt(code="dangling-word", message=words, start=match.start("word"), end=match.end("word"))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("wording")["ends_in_theo"])


@cache
def _complement() -> re.Pattern[str]:
    words = "|".join(re.escape(fold(word)) for word in lexicon("wording")["complements"])
    return re.compile(rf"(?:cac |ban |nhu )*(?:(?:{words})\b|\d|[ivx]+\b)")
