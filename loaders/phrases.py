"""A text as its words: single spaces, no marks, no markup; in garbled text the key phrases put right.

Patterns are written once, for healthy spelling without marks, and run on `Reading.words`; what they find is given
back as a place in the document. Only the fixed phrases of the lexicon are put right: names and numbers stay as printed.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from loaders.lexicon import lexicon
from loaders.needles import Haystack
from loaders.text import Text, fold, once

# Letters an English OCR model confuses in Vietnamese: Đ is read P, ố is read 6, 9 or q, ư and ự are read w, v or y,
# ề is read & or €. Both sides of a comparison are made alike, so that "Poi twong" stands one letter from "đối tượng".
_ALIKE = str.maketrans({**dict.fromkeys("069@q§°º©", "o"), **dict.fromkeys("1l|!][", "i"), **dict.fromkeys("wvy", "u"),
                        **dict.fromkeys("&€¢", "e"), "p": "d", "4": "a", "5": "s", "8": "b"})  # fmt: skip
_LEAST = 0.8
_LEAST_SPLIT = 0.87  # when the engine joined or split words: "Thi1dua"
_LEAST_WORD = 0.33  # "tir" for từ
_LEAST_HEADING, _MARGIN = 0.7, 0.15  # a heading is compared whole, and only with what may stand there
_CONSONANTS = frozenset("bcdghkmnrstvx")  # plain ones; "w" and "y" stand for ư, "l" for i, đ is read p or b
_GAP = re.compile(r"[\s*#\u200b\ufeff](?:[\s*#\u200b\ufeff]+|(?<! ))")  # but for a single space
_STEP = re.compile(r"[^ ]+| ")
_WORD = re.compile(r"[^ ]+")
_NUMBERED = re.compile(r"[ivxl\d]{1,4}\.(?=[a-z])")  # "V.TO CHUC THUC HIEN"
_ANY = "any"
_FEW = 300  # windows of a short text, each of which is sooner compared with all phrases than sorted
_EDGE = ".,;:()\"'“”‘’–-/…"
Match = re.Match[str]
_NOTHING: Iterator["Hit"] = iter(())


class Hit:
    """A match of a pattern with its place in the document."""

    __slots__ = ("end", "match", "start")

    def __init__(self, match: Match, start: int, end: int) -> None:
        self.match, self.start, self.end = match, start, end

    def __getitem__(self, group: str | int) -> str | None:
        return self.match[group]


class _Offsets(dict[int, int]):
    """The word offset of each place of the document that was asked for."""

    def __init__(self, pieces: list[tuple[int, int, bool]], length: int) -> None:
        super().__init__()
        self._pieces, self._length = pieces, length
        self._places = [piece[1] for piece in pieces]

    def __missing__(self, place: int) -> int:
        self[place] = found = self._offset(place)
        return found

    def _offset(self, place: int) -> int:
        index = bisect_right(self._places, place) - 1
        if index < 0:
            return 0
        start, raw, fixed = self._pieces[index]
        if fixed:
            following = self._pieces[index + 1][0] if index + 1 < len(self._pieces) else self._length
            return start if place == raw else following
        return start + place - raw


class Reading:
    """The words of a text and the way back from each to its place."""

    def __init__(self, text: Text) -> None:
        self.raw = text.raw
        spaced, self._pieces = _spaced(text.folded)  # (offset in words, offset in raw, put right)
        self.words = self._put_right(spaced) if text.garbled else spaced
        self._starts = [piece[0] for piece in self._pieces]
        self._offsets = _Offsets(self._pieces, len(self.words))
        self._may_match = Haystack(self.words).may_match

    def _put_right(self, spaced: str) -> str:
        """The words with every resembling window replaced by its phrase, the pieces rewritten to match."""
        self._starts = [piece[0] for piece in self._pieces]
        pieces: list[tuple[int, int, bool]] = []
        parts, at, place = [], 0, 0
        for start, end, phrase in _resembling(spaced):
            for piece in self._between(at, start):
                pieces.append((place + piece[0] - at, piece[1], piece[2]))
            place += start - at
            pieces += [
                (place + there, self.place(start + here), True) for here, there in _steps(spaced[start:end], phrase)
            ]
            parts += [spaced[at:start], phrase]
            place, at = place + len(phrase), end
        for piece in self._between(at, len(spaced)):
            pieces.append((place + piece[0] - at, piece[1], piece[2]))
        self._pieces = pieces
        return "".join([*parts, spaced[at:]])

    def _between(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        if start >= end:
            return []
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1)
        inside = self._pieces[first + 1 : last]
        whole, raw, fixed = self._pieces[first]
        return [(start, raw if fixed else raw + start - whole, fixed), *inside]

    def place(self, offset: int) -> int:
        """Where a word offset stands in the document."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0
        start, raw, fixed = self._pieces[index]
        return raw if fixed else raw + offset - start

    def end_place(self, offset: int) -> int:
        """Where the words before an offset end in the document."""
        if offset <= 0:
            return 0
        index = bisect_right(self._starts, offset - 1) - 1
        start, raw, fixed = self._pieces[index]
        if not fixed:
            return raw + offset - start
        return self._pieces[index + 1][1] if index + 1 < len(self._pieces) else len(self.raw)

    def offset(self, place: int) -> int:
        """The word offset of a place in the document."""
        return self._offsets[place]

    def between(self, start: int, end: int) -> str:
        """The words between two places of the document."""
        return self.words[self._offsets[start] : self._offsets[end]]

    def finditer(self, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Hit]:
        """Matches between two places of the document, in order."""
        begin, stop = self._offsets[start], self._offsets[end]
        if not self._may_match(pattern, begin, stop):
            return _NOTHING
        return map(self.hit, pattern.finditer(self.words, begin, stop))

    def search(self, pattern: re.Pattern[str], start: int, end: int) -> Hit | None:
        begin, stop = self._offsets[start], self._offsets[end]
        if not self._may_match(pattern, begin, stop):
            return None
        match = pattern.search(self.words, begin, stop)
        return self.hit(match) if match else None

    def match(self, pattern: re.Pattern[str], start: int, end: int) -> Hit | None:
        match = pattern.match(self.words, self._offsets[start], self._offsets[end])
        return self.hit(match) if match else None

    def hit(self, match: Match) -> Hit:
        return Hit(match, self.place(match.start()), self.end_place(match.end()))

    def group(self, hit: Hit, group: str | int) -> tuple[int, int]:
        """The place of one group of a match."""
        return self.place(hit.match.start(group)), self.end_place(hit.match.end(group))


@once
def reading(text: Text) -> Reading:
    """The reading of a text, made once.

    >>> reading(Text.of("Từ **90%**\\n trở  lên")).words
    'tu 90% tro len'
    """
    return Reading(text)


def _spaced(folded: str) -> tuple[str, list[tuple[int, int, bool]]]:
    """The words with single spaces, and where they and the document part company: at each gap of more than one sign."""
    parts: list[str] = []
    pieces, shift, done = [(0, 0, False)], 0, 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        parts.append(folded[done:start])
        done = end
        if end - start > 1:
            pieces += [(start - shift, start, True), (start - shift + 1, end, False)]
            shift += end - start - 1
    return " ".join([*parts, folded[done:]]), pieces


def _steps(window: str, phrase: str) -> list[tuple[int, int]]:
    """Offsets at which words of a window and of its phrase begin together; only the first if their number differs."""
    ours, theirs = list(_STEP.finditer(window)), list(_STEP.finditer(phrase))
    if len(ours) != len(theirs):
        return [(0, 0)]
    return [(a.start(), b.start()) for a, b in zip(ours, theirs, strict=True)]


@cache
def _phrases() -> dict[int, dict[str, str]]:
    """Phrases by their number of words: likeness form to plain form."""
    sizes: dict[int, dict[str, str]] = {}
    for phrase in map(fold, lexicon("phrases")["phrases"]):
        sizes.setdefault(len(phrase.split()), {})[phrase.translate(_ALIKE)] = phrase
    return sizes


def _resembling(spaced: str) -> list[tuple[int, int, str]]:
    """Windows of words that resemble a key phrase, best and longest first chosen, in order of place."""
    alike = spaced.translate(_ALIKE)
    found: list[tuple[float, int, int, str]] = []
    for size, places in _windows(spaced):
        windows = {length: {alike[start : start + length] for start in starts} for length, starts in places.items()}
        choices = {plain: phrase for count in _counts(size) for plain, phrase in _phrases().get(count, {}).items()}
        told = {window: likest for window in _near(size, windows) if (likest := _likest(window, choices))}
        for length in {len(window) for window in told}:
            for start in places[length]:
                if (window := alike[start : start + length]) in told:
                    phrase, score = told[window]
                    found.append((score * len(phrase), start, start + length, phrase))
    chosen: list[tuple[int, int, str]] = []
    taken = bytearray(len(spaced))
    for _, start, end, phrase in sorted(found, reverse=True):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            chosen.append((start, end, phrase))
    return sorted(chosen)


def _counts(size: int) -> tuple[int, int, int]:
    """How many words the phrases have that a window of so many may be: as many, else one less, else one more."""
    return size, size - 1, size + 1


def _windows(spaced: str) -> Iterator[tuple[int, dict[int, list[int]]]]:
    """Where windows of one word, two words … begin, by their lengths: as long as a phrase of about as many words."""
    starts, ends = [], []
    for word in _WORD.finditer(spaced):
        start, end = word.span()
        numbered = _NUMBERED.match(spaced, start, end)
        start = numbered.end() if numbered else start
        starts.append(end - len(spaced[start:end].lstrip(_EDGE)))
        ends.append(start + len(spaced[start:end].rstrip(_EDGE)))
    for size in range(1, max(_phrases()) + 2):
        found: dict[int, list[int]] = {length: [] for length in _lengths(size)}
        for start, end in zip(starts, ends[size - 1 :], strict=False):
            if end - start in found:
                found[end - start].append(start)
        yield size, found


def _near_lengths(length: int, least: float) -> range:
    """How long what is near enough to something of a length may be."""
    return range(math.ceil(length * least), int(length / least) + 1)


@cache
def _lengths(size: int) -> frozenset[int]:
    phrases = chain.from_iterable(_phrases().get(count, ()) for count in _counts(size))
    near = chain.from_iterable(_near_lengths(len(phrase), _LEAST) for phrase in phrases)
    return frozenset(length for length in near if 5 <= length <= 60)


def _near(size: int, windows: dict[int, set[str]]) -> set[str]:
    """The windows that some phrase is near, asked phrase by phrase: few are, and only these are looked at closely.

    A phrase of as many words begins like the window, one of more or less words must be nearer (see `_likest`).
    """
    if sum(map(len, windows.values())) < _FEW:
        return set(chain.from_iterable(windows.values()))
    lists: dict[tuple[int, str], list[str]] = {}
    for length, found in windows.items():
        lists[length, _ANY] = list(found)
        for window in found:
            lists.setdefault((length, _sound(window)), []).append(window)
    near: set[str] = set()
    for count, least in zip(_counts(size), (_LEAST, _LEAST_SPLIT, _LEAST_SPLIT), strict=True):
        for phrase in _phrases().get(count, ()):
            own = _sound(phrase) if count == size else ""
            for length in _near_lengths(len(phrase), least):
                wrong = int(max(length, len(phrase)) * (1 - least) + 1e-9)
                for sound in ((own, "") if own else (_ANY,)) if wrong else ():
                    if choices := lists.get((length, sound)):
                        hits = process.extract(
                            phrase, choices, scorer=Levenshtein.distance, score_cutoff=wrong, limit=None
                        )
                        near.update(hit[0] for hit in hits)
    return near


def _sound(words: str) -> str:
    """The plain consonant that words begin with, which the engine seldom misreads but b and d; else nothing."""
    return ("d" if words[0] == "b" else words[0]) if words[0] in _CONSONANTS else ""


def _likest(window: str, choices: dict[str, str]) -> tuple[str, float] | None:
    found = process.extractOne(window, choices.keys(), scorer=Levenshtein.normalized_similarity, score_cutoff=_LEAST)
    if not found:
        return None
    alike, score, _ = found
    ours, theirs = window.split(), alike.split()
    if len(ours) != len(theirs):
        return (choices[alike], float(score)) if score >= _LEAST_SPLIT else None
    if any(Levenshtein.normalized_similarity(a, b) < _LEAST_WORD for a, b in zip(ours, theirs, strict=True)):
        return None  # "kế hoạch cải cách hành chính" is not "chỉ số cải cách hành chính"
    if any(_opens_otherwise(a, b) for a, b in zip(ours, theirs, strict=True)):
        return None  # "tính thực" is not "hình thức", "thực tiễn" not "thực hiện"
    return choices[alike], float(score)


def _opens_otherwise(ours: str, theirs: str) -> bool:
    """Whether two words begin with different consonants, which the engine seldom misreads, unlike marked vowels."""
    a, b = ours[0], theirs[0]
    return a != b and {a, b} != {"b", "d"} and a in _CONSONANTS and b in _CONSONANTS


def nearest(words: str, choices: tuple[str, ...]) -> str | None:
    """Which of a few wordings a short garbled heading is, where one of them is clearly nearer than the others.

    >>> nearest("dei vei cd nhin", ("doi voi tap the", "doi voi ca nhan"))
    'doi voi ca nhan'
    """
    own = words.translate(_ALIKE)
    scores = {c: Levenshtein.normalized_similarity(own, c.translate(_ALIKE)) for c in choices}
    first, *others = sorted(choices, key=scores.__getitem__, reverse=True)
    if scores[first] < _LEAST_HEADING or any(scores[other] > scores[first] - _MARGIN for other in others):
        return None
    return first


def restored(printed: str) -> str | None:
    """Garbled words as the fixed phrases, with their marks, that they are made of; None where some are of none.

    >>> restored("Chii tich Uy ban nhan dén huyén")
    'chủ tịch ủy ban nhân dân huyện'
    """
    words = fold(printed).split()
    for size in range(len(words), 0, -1):
        likest = _likest(" ".join(words[:size]).translate(_ALIKE), _phrases().get(size, {}))
        if likest:
            whole = next(p for p in lexicon("phrases")["phrases"] if fold(p) == likest[0])
            rest = restored(" ".join(words[size:])) if words[size:] else ""
            if rest is not None:
                return f"{whole} {rest}".strip()
    return None


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A pattern over words; Vietnamese may be written with its marks.

    >>> bool(pattern(r"từ \\d+% trở lên").search("dat tu 90% tro len"))
    True
    """
    return re.compile(fold_pattern(source))


def fold_pattern(source: str) -> str:
    """Marks off the letters of a pattern, its escapes and groups left alone."""
    return "".join(fold(c) if c.isalpha() and not c.isascii() else c for c in source)
