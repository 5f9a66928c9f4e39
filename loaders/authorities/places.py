"""Places in running text: "huyện Long Thành", "TP. Hồ Chí Minh", "Q. 1", "thj xa Phudc Long".

A phrase is a kind of unit and, if one follows, a name. The kind is read tolerantly, the name as far as the gazetteer
or its capitals carry it; which unit is meant is decided by who asks, with a context.
"""

import re
from collections import Counter
from dataclasses import dataclass

from loaders.authorities.units import LEVELS, Unit, units
from loaders.authorities.words import Word, all_words, healthy
from loaders.text import Text, once
from ontology.units import spelling

_KINDS: dict[tuple[str, ...], str] = {
    ("tinh",): "tỉnh",
    ("thanh", "pho"): "thành phố",
    ("tp",): "thành phố",
    ("thi", "xa"): "thị xã",
    ("tx",): "thị xã",
    ("huyen",): "huyện",
    ("quan",): "quận",
    ("thi", "tran"): "thị trấn",
    ("dac", "khu"): "đặc khu",
    ("phuong",): "phường",
    ("xa",): "xã",
}
_LETTERS = {
    "h": "huyện",
    "q": "quận",
    "p": "phường",
    "f": "phường",
    "x": "xã",
    "tt": "thị trấn",
}  # only with a dot or a number
_OPENERS = frozenset({*(words[0] for words in _KINDS), *_LETTERS})
# Kinds as read by an English OCR model, where no letter more may be wrong: "thi X8", "thj x4", "x&", "q4n".
_MISREAD = (
    (re.compile(r"t[hb][ij1l] x\S?"), 2, "thị xã"),
    (re.compile(r"t[hb][ij1l] tr\S{2}"), 2, "thị trấn"),
    (re.compile(r"x\S"), 1, "xã"),
    (re.compile(r"t[il1j!]n[hb]|t[il1j!]hh"), 1, "tỉnh"),
    (re.compile(r"q[a-z]\S[nh]"), 1, "quận"),
)
_LONG_KINDS = {
    "huyen": "huyện",
    "phuong": "phường",
    "thanh pho": "thành phố",
    "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}
KIND_OF_INITIALS = {
    "t": "tỉnh",
    "tp": "thành phố",
    "tx": "thị xã",
    "h": "huyện",
    "q": "quận",
    "tt": "thị trấn",
    "p": "phường",
    "x": "xã",
}
LEVEL_OF_KIND = {
    "tỉnh": ("tinh",),
    "thành phố": ("tinh", "huyen"),
    "thị xã": ("huyen",),
    "huyện": ("huyen",),
    "quận": ("huyen",),
    "thị trấn": ("xa",),
    "phường": ("xa",),
    "xã": ("xa",),
    "đặc khu": ("xa",),
}
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Place:
    """A kind of unit at a place of the text, with the name after it as printed, and the areas named after that."""

    start: int
    end: int
    kind: str | None
    name: str | None = None
    areas: tuple["Place", ...] = ()
    marked: bool = True


def kind_at(text: Text, words: list[Word], i: int) -> tuple[str, int] | None:
    """The kind of unit that begins at a word, and how many words it takes.

    >>> text = Text.of("UBND thj xa Phudc Long")
    >>> kind_at(text, all_words(text).words, 1)
    ('thị xã', 2)
    """
    if i >= len(words) or not _may_be_a_kind(text, words[i].folded):
        return None
    for length in (2, 1):
        part = words[i : i + length]
        kind = _KINDS.get(tuple(word.folded for word in part))
        if kind and len(part) == length and _is_meant(text, part, kind):
            return kind, length
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else None
    abbreviated = text.raw[word.end : word.end + 1] == "." or (following and following.folded.isdigit())
    if word.folded in _LETTERS and abbreviated and following and following.start - word.end <= 2:
        return _LETTERS[word.folded], 1
    if healthy(text):
        return None
    two = f"{word.folded} {following.folded}" if following else ""
    for pattern, length, kind in _MISREAD:
        if pattern.fullmatch(two if length == 2 else word.folded):
            return kind, length
    return _misread_kind(word.folded, two)


def _may_be_a_kind(text: Text, folded: str) -> bool:
    """Whether a kind may begin with this word: most words of a healthy text are told here at once."""
    return folded in _OPENERS or not healthy(text)


def _misread_kind(one: str, two: str) -> tuple[str, int] | None:
    """A kind of five letters or more with one of them wrong, two in "thành phố": "huven", "phudng", "thanb phd"."""
    from rapidfuzz.distance import OSA

    for name, kind in _LONG_KINDS.items():
        words = two if " " in name else one
        if OSA.distance(words, name) <= (2 if len(name) > 8 else 1) and (words[:1] == name[0] or name != "thi tran"):
            return kind, name.count(" ") + 1
    return None


def nearly_a_kind(text: Text, words: list[Word], i: int) -> bool:
    """Whether a word is too near to a kind to be passed over: "huy&h Thanh Tri", "UBND tinh" in a text with marks."""
    from rapidfuzz.distance import OSA

    if healthy(text):
        return any(tuple(word.folded for word in words[i : i + n]) in _KINDS for n in (1, 2))
    if i + 1 >= len(words):
        return False
    for j in (i, i + 1):
        if j + 1 < len(words) and text.raw[words[j + 1].start].isupper():
            seen = " ".join(word.folded for word in words[i : j + 1])
            return any(
                OSA.distance(seen, " ".join(name)) <= max(1, len(seen) * 2 // 5)
                for name in _KINDS
                if len(name) == j - i + 1
            )
    return False


def _is_meant(text: Text, part: list[Word], kind: str) -> bool:
    """Whether the word is the kind and not one of other marks: "quan tâm", "Hà Tĩnh", "xã Xuân Phương"."""
    raw = text.raw[part[0].start : part[-1].end]
    if not healthy(text) or (len(raw) <= 2 and raw.lower() != "xa"):
        return True
    return spelling(raw) == spelling(kind)


def place_at(text: Text, words: list[Word], i: int) -> tuple[Place, int] | None:
    """The kind and name that begin at a word, with the areas after it ("…, huyện Cẩm Giàng, tỉnh Hải Dương")."""
    if i < len(words) and not _may_be_a_kind(text, words[i].folded):
        return None
    found = kind_at(text, words, i)
    kind, length = found or _kind_but_for_marks(words, i) or (None, 0)
    if kind is None or i + length > len(words):
        return None
    name_length = name_at(text, words, i + length, kind)
    after = i + length + name_length
    name = text.raw[words[i + length].start : words[after - 1].end] if name_length else None
    if not found and not (name and units().find(name, kind=kind)):
        return None  # "tình Quảng Ninh", "TT Long Thành" by the name; "tình hình" is no tỉnh
    end = words[after - 1].end
    areas, after = _areas_at(text, words, after, kind) if name else ((), after)
    return Place(words[i].start, end, kind, name, areas, healthy(text)), after


def _kind_but_for_marks(words: list[Word], i: int) -> tuple[str, int] | None:
    """The kind that a word would be if its marks, or the dot of its abbreviation, were there."""
    for length in (2, 1):
        if kind := _KINDS.get(tuple(word.folded for word in words[i : i + length])):
            return kind, length
    letter = _LETTERS.get(words[i].folded)
    return (letter, 1) if letter else None


def _areas_at(text: Text, words: list[Word], i: int, kind: str) -> tuple[tuple[Place, ...], int]:
    """The areas named after a place: ", huyện Cẩm Giàng", "thuộc tỉnh Long An", "(Long An)"."""
    if i >= len(words):
        return (), i
    j = i + 1 if words[i].folded in ("thuoc", "cua") and i + 1 < len(words) else i
    if not _only(text, words, i, " ,-–(\n") or (j > i and not _only(text, words, j, " \n")):
        return (), i
    if (further := place_at(text, words, j)) and further[0].name and _is_above(further[0].kind, kind):
        return (further[0], *further[0].areas), further[1]
    length = (
        name_at(text, words, i, None, "tinh", opened=" (") if "(" in text.raw[words[i - 1].end : words[i].start] else 0
    )
    if not length:
        return (), i
    start, end = words[i].start, words[i + length - 1].end
    province = units().find(text.raw[start:end], level="tinh")[0]
    return (Place(start, end, province.kind, text.raw[start:end], (), healthy(text)),), i + length


def _is_above(upper: str | None, lower: str) -> bool:
    order = ("tinh", "huyen", "xa")
    return bool(upper) and order.index(LEVEL_OF_KIND[upper or ""][0]) < order.index(LEVEL_OF_KIND[lower][-1])


def _only(text: Text, words: list[Word], i: int, allowed: str) -> bool:
    """Whether nothing but the given signs stands before a word."""
    before = words[i - 1].end if i else 0
    return all(sign in allowed for sign in text.raw[before : words[i].start])


def name_at(
    text: Text, words: list[Word], i: int, kind: str | None, level: str | None = None, opened: str = " .\n"
) -> int:
    """How many words from there are a unit's name: the longest the gazetteer knows, else a run of capitals."""
    run = _capitals(text, words, i, opened)
    if not run:
        return 0
    good = healthy(text)
    for length in range(run, 0, -1):
        raw = text.raw[words[i].start : words[i + length - 1].end]
        if not good and length == 1 and run > 1:
            break  # "Vinh Ycn" is not Vinh
        look = units().find if good else units().nearest
        if look(raw, kind=kind, level=level, marked=good):
            return length
    if text.raw[words[i].start : words[i + run - 1].end].isupper() and run > 4:
        return 0  # "UBND TỈNH QUẢNG NING CỘNG HÒA XÃ HỘI": where the name ends is anyone's guess
    if good and "\n" in text.raw[words[i - 1].end : words[i].start]:
        return 0  # "CHỦ TỊCH UBND HUYỆN\nLê Văn Tiếp": the next line of a signature, not a name we do not know
    return run if run >= 2 and kind else 0


def _capitals(text: Text, words: list[Word], i: int, opened: str) -> int:
    """How many words from there begin with a capital or are numbers, in one line of one style."""
    run = 0
    for j in range(i, min(i + _LONGEST_NAME, len(words))):
        gap = text.raw[words[j - 1].end if j else 0 : words[j].start]
        if set(gap) - set(opened if j == i else " -–'’\n") or "\n\n" in gap:
            break
        raw = text.raw[words[j].start : words[j].end]
        if not (raw[0].isupper() or raw[0].isdigit()) or _ends_a_name(words, j):
            break
        shouted = text.raw[words[i].start : words[j - 1].end].isupper()
        if run > 1 and len(raw) > 1 and raw.isupper() != shouted and not re.fullmatch("[IVX]+", raw):
            break  # "PHUONG THAC MO Doc lap": two columns of a header
        run += 1
    return run


def _ends_a_name(words: list[Word], j: int) -> bool:
    """Whether a capital begins something else: "HĐND tỉnh Khóa XIV", "UBND tỉnh Về việc …"."""
    following = words[j + 1].folded if j + 1 < len(words) else ""
    if words[j].folded == "khoa":
        return re.fullmatch(r"[ivxl]+|\d+", following) is not None
    return words[j].folded == "ve" and following in ("viec", "ban", "phat")


@dataclass(frozen=True)
class UnitMention:
    """A unit named in the text, with every unit of that day it may be."""

    start: int
    end: int
    kind: str
    name: str
    candidates: tuple[Unit, ...]


def find_units(text: Text, on: str | None = None) -> list[UnitMention]:
    """The units that are named with their kind, in the order of the text.

    >>> [m.candidates[0].full_name for m in find_units(Text.of("trên địa bàn huyện Long Thành"), "2024-01-15")]
    ['huyện Long Thành']
    """
    found, done = [], 0
    for place, _ in _placed(text):
        if not place.name or place.start < done:
            continue
        done = place.end
        candidates = units_named(place, on)
        if candidates:
            found.append(UnitMention(place.start, place.end, place.kind or "", place.name or "", tuple(candidates)))
    return found


@once
def _placed(text: Text) -> list[tuple[Place, int]]:
    """What begins at each word that may be a kind of unit, with the number of the word after it."""
    words, good = all_words(text).words, healthy(text)
    kinds = (i for i, word in enumerate(words) if not good or word[0] in _OPENERS)
    return [placed for i in kinds if (placed := place_at(text, words, i))]


def units_named(place: Place, on: str | None, within: Unit | None = None, *, exactly: bool = False) -> list[Unit]:
    """The units a place may be, on that day or, if none was called so then, on any day."""
    name = place.name or ""
    look = units().find if exactly else units().nearest
    for day in dict.fromkeys((on, None)):
        found = look(name, kind=place.kind, on=day, within=within, marked=place.marked)
        for area in place.areas:
            over = units_named(area, day)
            found = [unit for unit in found if any(units().lies_in(unit, upper) for upper in over)]
        if found:
            return found
    return []


def own_unit(text: Text, place: str | None, on: str | None, kind: str | None = None) -> list[Unit]:
    """The unit a document without an issuer's name speaks for: several if the text leaves it open, none if silent.

    The place of the date line gives the name; how often each kind is named with it, and which areas above are named
    at all, decide between units of that name.

    >>> text = Text.of("cải cách hành chính huyện Long Thành năm 2024")
    >>> [u.full_name for u in own_unit(text, "Long Thành", "2024-04-25")]
    ['huyện Long Thành']
    """
    candidates = _called(place, on, kind) if place else []
    if place and len(candidates) < 2:
        return candidates
    votes = Counter(unit for mention in find_units(text, on) for unit in mention.candidates)
    if not place:
        candidates = [unit for unit in votes if kind in (None, unit.kind)]
    if len(candidates) < 2:
        return candidates
    unnamed = Counter(place.kind for place in _unnamed(text))

    def spoken_of(unit: Unit) -> int:
        return votes[unit] + unnamed[unit.kind]

    def surrounded(unit: Unit) -> tuple[int, int]:
        named_codes = {(other.level, other.code) for other in votes}
        above = units().ancestors(unit, on)
        return sum((upper.level, upper.code) in named_codes for upper in above), spoken_of(unit)

    most = max(map(spoken_of, candidates))
    # of a province and its town of the same name, one must be spoken of far more often; the town at least as often
    kept = [unit for unit in candidates if spoken_of(unit) * 3 >= most * 2]
    lowest = max(LEVELS.index(unit.level) for unit in kept)
    small = [unit for unit in kept if LEVELS.index(unit.level) == lowest]
    if len(small) < len(kept):
        if max(map(spoken_of, small)) < most:
            return kept
        kept = small
    best = max(map(surrounded, kept))
    return [unit for unit in kept if surrounded(unit) == best]


def _called(place: str, on: str | None, kind: str | None) -> list[Unit]:
    for day in dict.fromkeys((on, None)):
        if found := units().nearest(place, kind=kind, on=day):
            return found
    return []


def _unnamed(text: Text) -> list[Place]:
    """The kinds that stand without a name: "trên địa bàn xã", "UBND huyện"."""
    starts = all_words(text).starts
    found, done = [], 0
    for place, after in _placed(text):
        if place.start < done:
            continue
        if not place.name:
            found.append(place)
        done = starts[after] if after < len(starts) else len(text.raw)
    return found
