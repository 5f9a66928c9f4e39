"""Bodies in running text: where "UBND tỉnh", "Sở Nội vụ Đồng Nai" or "Uy ban nhén dén thi X8" stand.

Which bodies there are and what they are called is in `body_kinds.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from loaders.authorities.body_kinds import Body, bodies, committee
from loaders.authorities.places import (
    LEVEL_OF_KIND,
    Place,
    kind_at,
    name_at,
    nearly_a_kind,
    place_at,
)
from loaders.authorities.units import has_sure_marks, units
from loaders.authorities.words import Word, healthy, words_of
from loaders.misread import errors_allowed, first_differs, is_syllable, read_as
from loaders.text import Text, fold
from ontology.units import spelling

_IN_A_NUMBER = re.compile(
    r"(\d\s*/\s*|/\s*[a-z&]{1,8}\s*-\s*|\d-[a-z&]{1,8}/)$"
)  # the UBND of "26/KH-UBND" is no mention
_OF = {"cua", "cia", "cta", "ctia", "ciia", "clia", "cla"}  # của, and what OCR makes of it
_MANY = {"cac", "nhung", "moi", "tung"}
_MANY_MISREAD = re.compile(r"[c9]\S[cp]")  # các, cấp: "céc", "cip", "9ép"


@dataclass(frozen=True)
class BodyMention:
    """A body at a place of the text, with what the words say of its unit; nothing is resolved yet.

    `end` takes in the unit words, `body_end` does not. `kind` without `name` is relative ("UBND tỉnh"); neither is
    the document's own ("Hội đồng Thi đua - Khen thưởng"). A `plural` one is nobody in particular ("UBND các huyện").
    """

    start: int
    end: int
    body: Body
    body_end: int
    kind: str | None = None
    unit_words: str | None = None
    areas: tuple[Place, ...] = ()
    plural: bool = False
    misread: int = 0
    marked: bool = True

    @property
    def label(self) -> str:
        """What can be said of it without knowing the unit: "Ủy ban nhân dân tỉnh"."""
        label = self.body.label
        if self.body.of_committee and self.kind:
            label = f"{label} {committee(self.kind)}"
        elif self.kind and not self.body.unit_kind:
            label = f"{label} {self.kind}"
        return f"{label} {self.unit_words}" if self.unit_words else label


@dataclass(frozen=True)
class _Label:
    """One name of a body, word by word: as written and folded."""

    body: Body
    written: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True)
class _Lexicon:
    """The labels by their first word, by how many they have (most first) and by all of them; by number of words and
    first letter.

    `at` holds for the latter which words stand first, second … in any of them.
    """

    by_word: dict[str, dict[int, dict[tuple[str, ...], list[_Label]]]] = field(default_factory=dict)
    by_shape: dict[tuple[int, str], dict[str, _Label]] = field(default_factory=lambda: defaultdict(dict))
    at: dict[tuple[int, str], list[set[str]]] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)


@cache
def _lexicon() -> _Lexicon:
    lexicon = _Lexicon()
    for body in sorted(
        bodies().values(), key=lambda body: body.since is not None
    ):  # "Cục Thuế" is a province's, as long
        for name in body.labels:
            words = words_of(Text.of(name))
            label = _Label(body, tuple(name[w.start : w.end] for w in words), tuple(w.folded for w in words))
            begun = lexicon.by_word.setdefault(label.folded[0], {})
            begun.setdefault(len(words), {}).setdefault(label.folded, []).append(label)
            for letter in read_as(label.folded[0][0]):
                lexicon.by_shape[len(words), letter][" ".join(label.folded)] = label
                at = lexicon.at.setdefault((len(words), letter), [set() for _ in words])
                for position, word in enumerate(label.folded):
                    at[position].add(word)
    for word, begun in lexicon.by_word.items():
        lexicon.by_word[word] = dict(sorted(begun.items(), reverse=True))
    for length, letter in sorted(lexicon.by_shape):
        if length > 1:
            lexicon.lengths.setdefault(letter, []).append(length)
    return lexicon


def find_bodies(text: Text, start: int = 0, end: int | None = None, *, misread: bool = True) -> list[BodyMention]:
    """The bodies named in a stretch of text, in its order, longest first, never overlapping.

    Without `misread`, only those whose first word stands there as it is written.

    >>> text = Text.of("của Chủ tịch UBND tỉnh và phòng Nội vụ")
    >>> [(m.body.slug, m.kind) for m in find_bodies(text)]
    [('chu-tich-ubnd', 'tỉnh'), ('phong-noi-vu', None)]
    """
    words = words_of(text, start, end)
    found: list[BodyMention] = []
    i = 0
    while i < len(words):
        mention = body_at(text, words, i) if may_begin(text, words[i].folded, misread=misread) else None
        if mention:
            found.append(mention)
            i = next((j for j in range(i, len(words)) if words[j].start >= mention.end), len(words))
        else:
            i += 1
    for n in range(len(found) - 2, -1, -1):
        found[n] = _with_the_unit_of_the_next(text, found[n], found[n + 1])
    return found


def may_begin(text: Text, word: str, *, misread: bool = True) -> bool:
    """Whether the name of a body may begin with a word, as it is written or misread.

    A slip hardly ever makes of a first word another that there is: of "Sở" comes "Sớ" or "Sởn", but not "Cải".
    """
    return word in _lexicon().by_word or (misread and not (is_syllable(word) and healthy(text)))


def _with_the_unit_of_the_next(text: Text, mention: BodyMention, following: BodyMention) -> BodyMention:
    """Bodies in a row share the unit after the last: "Tỉnh ủy, HĐND, UBND tỉnh", "HĐND - UBND xã Bình Sơn"."""
    listed = re.fullmatch(r"\s*(,|-|/|&|;|va)\s*", text.folded[mention.end : following.start])
    own_words = mention.kind or mention.body.unit_kind or mention.plural or not mention.body.pattern
    if not listed or own_words or not (following.kind or following.plural) or len(mention.body.levels) < 2:
        return mention
    shared = ("kind", "unit_words", "areas", "plural", "marked")
    return replace(mention, **{name: getattr(following, name) for name in shared})


def body_at(text: Text, words: list[Word], i: int) -> BodyMention | None:
    """The body that begins at a word: an exact label, or in badly read words the clearly nearest one."""
    if not may_begin(text, words[i].folded):
        return None
    begun = _lexicon().by_word.get(words[i].folded, {})
    here = tuple([word.folded for word in words[i : i + max(begun, default=0)]])
    for length, labels in begun.items():
        for label in labels.get(here[:length], ()):
            if _is_meant(text, words, i, label) and (mention := _with_unit(text, words, i, length, label.body)):
                return None if _in_a_number(text, words[i]) else mention
    mention = _misread_body_at(text, words, i)
    return mention if mention and not _in_a_number(text, words[i]) else None


def _in_a_number(text: Text, word: Word) -> bool:
    return _IN_A_NUMBER.search(text.folded[max(0, word.start - 16) : word.start]) is not None


def _is_meant(text: Text, words: list[Word], i: int, label: _Label) -> bool:
    """Whether words that are a label but for their marks are that body."""
    length = len(label.folded)
    if not _hangs_together(text, words, i, length):
        return False
    raw = tuple(text.raw[word.start : word.end] for word in words[i : i + length])
    after = [word.folded for word in words[i + length : i + length + 2]]
    if (
        label.folded[0] == "ban"
        and i
        and words[i - 1].folded in ("tieu", "phan")
        and _hangs_together(text, words, i - 1, 2)
    ):
        return False  # "Tiểu ban Thi đua - Khen thưởng" of a congress is no Ban Thi đua - Khen thưởng
    if label.body.not_before and {" ".join(after[:1]), " ".join(after)} & set(
        label.body.not_before
    ):  # "chính phủ điện tử", "Chính phủ số"
        return False
    if healthy(text):
        wrong = [spelling(ours) != spelling(theirs) for ours, theirs in zip(raw, label.written, strict=True)]
        slip = sum(wrong) == 1 and length > 2 and (not wrong[0] or raw[0][0].isupper())
        if any(wrong) and has_sure_marks(" ".join(raw)) and not slip:
            return (
                False  # "văn bản chỉ đạo" is no Ban Chỉ đạo; one wrong mark in a long name ("Chù tịch UBND") is a slip
            )
    elif raw[0] == "ban":  # "van ban chi dao CCHC": without marks only the capital tells Ban from bản
        return False
    if label.body.unit_kind and " ".join(label.written).endswith(f" {label.body.unit_kind}"):
        return raw[0][0].isupper()  # "Thuế tỉnh", but "thuế tỉnh giao"
    return label.body.pattern is not None or length > 2 or raw[0][0].isupper()


def _hangs_together(text: Text, words: list[Word], i: int, length: int) -> bool:
    """Whether the words stand in one phrase, no paragraph or clause between them."""
    if i + length > len(words):
        return False
    gaps = (text.raw[words[j].end : words[j + 1].start] for j in range(i, i + length - 1))
    return not any(";" in gap or ":" in gap or "\n\n" in gap for gap in gaps)


def _misread_body_at(text: Text, words: list[Word], i: int) -> BodyMention | None:
    """The body whose name the words there are a misreading of, if one is clearly nearest."""
    initial = words[i].folded[0] if words[i].folded[0].isalpha() else ""
    lengths = _lexicon().lengths.get(initial)
    near = list(_near(text, words, i, lengths, initial)) if lengths else []
    if not near:
        return None
    best = min(cost - len(label.folded) for cost, label in near)
    kept = [label for cost, label in near if cost - len(label.folded) == best]
    if len({label.body.slug for label in kept}) != 1:
        return None
    longest = max(kept, key=lambda label: len(label.folded))
    return _with_unit(text, words, i, len(longest.folded), longest.body, misread=1)


def _words_in_phrase(text: Text, words: list[Word], i: int, most: int) -> int:
    """How many words follow one another from there without a stop or a comma between them."""
    for n in range(1, most):
        if i + n >= len(words):
            return n
        gap = text.raw[words[i + n - 1].end : words[i + n].start]
        if gap != " " and (set(gap) & set(";:,.()") or "\n\n" in gap):
            return n
    return most


def _near(text: Text, words: list[Word], i: int, lengths: list[int], initial: str) -> Iterator[tuple[int, _Label]]:
    """Labels which the words from there may be a misreading of, with the letters wrong in each."""
    letters, written_right, sure = 0, True, False
    window: list[str] = []
    for word in words[i : i + _words_in_phrase(text, words, i, lengths[-1])]:
        window.append(word.folded)
        letters += len(word.folded)
        written_right = written_right and is_syllable(word.folded)  # "Thủ tướnq Chính pbủ" is not
        sure = sure or has_sure_marks(text.raw[word.start : word.end])
        allowed = errors_allowed(letters)
        if written_right and sure:  # they are what they are, but for a slip in a long name
            allowed = min(allowed, 1) if letters + len(window) > 15 else 0
        if allowed and len(window) in lengths:
            yield from _nearest(text, words[i : i + len(window)], window, initial, allowed)


def _nearest(
    text: Text, window: list[Word], words: list[str], initial: str, allowed: int
) -> Iterator[tuple[int, _Label]]:
    """Labels of that many words with as many letters wrong as are allowed."""
    strange = 0
    for word, known in zip(words, _lexicon().at[len(words), initial], strict=True):
        strange += word not in known
        if strange > 2 * allowed:
            return  # a letter more or less, or two in the wrong order, change two words at most
    labels, joined = _lexicon().by_shape[len(words), initial], " ".join(words)
    for name, distance, _ in process.extract(joined, labels.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=4):
        label = labels[name]
        written = [text.raw[word.start : word.end] for word in window]
        cost = int(distance) + sum(first_differs(word, v) for word, v in zip(words, label.folded, strict=True))
        if 0 < cost <= allowed and _looks_like(written, label):
            yield cost, label


def _looks_like(written: list[str], label: _Label) -> bool:
    """Whether badly read words keep the capitals of a label ("Chinh phi", never "chinh phuc"), abbreviations whole."""
    for n, (ours, theirs) in enumerate(zip(written, label.written, strict=True)):
        if theirs.isupper() and len(theirs) > 1:
            if fold(ours) != fold(theirs):
                return False
        elif theirs[0].isupper() and ours[0].islower() and (n or len("".join(label.written)) < 12):
            return False
    return True


def _with_unit(text: Text, words: list[Word], i: int, length: int, body: Body, misread: int = 0) -> BodyMention | None:
    """The mention with what follows of a unit; None where the body is only meant with what does not follow."""
    j, body_end = i + length, words[i + length - 1].end
    start = words[i].start
    if not body.pattern:
        return BodyMention(start, body_end, body, body_end, misread=misread)
    if body.of_committee:
        return _of_committee(text, words, i, j, body, misread)
    plain = BodyMention(start, body_end, body, body_end, plural=_is_plural(text, words, i, j), misread=misread)
    if not plain.plural and j < len(words) and words[j].folded in _OF and kind_at(text, words, j + 1):
        j += 1  # "Ban Chỉ đạo cải cách hành chính của thị xã"
    beside = j < len(words) and not set(text.raw[words[j - 1].end : words[j].start]) - set(" \n*.")
    if plain.plural or not beside:
        return None if body.needs_unit else plain
    of_committee = j + 1 < len(words) and words[j + 1].folded == "uy"  # "Ban Chỉ đạo Tỉnh ủy"
    placed = place_at(text, words, j) if not of_committee else None
    if placed and body.unit_kind:  # "Thành ủy Thành phố Hồ Chí Minh"
        placed = placed if placed[0].kind == body.unit_kind and placed[0].name else None
    if placed:
        place, after = placed
        plural = not place.name and _goes_on_with_a_kind(text, words, after, place.kind or "")
        end = max([place.end, *(area.end for area in place.areas)])
        named = place.kind, place.name, place.areas
        return BodyMention(start, end, body, body_end, *named, plural=plural, misread=misread, marked=place.marked)
    if nearly_a_kind(text, words, j):
        return None if body.needs_unit else replace(plain, plural=True)
    if name := _bare_name(text, words, j, body):
        whole = BodyMention(start, name[1], body, body_end, body.unit_kind, name[0], misread=misread)
        return replace(whole, marked=healthy(text))
    return None if body.needs_unit else plain


def _bare_name(text: Text, words: list[Word], j: int, body: Body) -> tuple[str, int] | None:
    """A unit's name right after a body: "Sở Nội vụ Đồng Nai", "Huyện ủy Long Thành"."""
    for level in body.levels:
        length = name_at(text, words, j, body.unit_kind, level)
        raw = text.raw[words[j].start : words[j + length - 1].end] if length else ""
        # "UY BAN NHAN DAN CONG HOA XA HOI": two columns of a header read as one line
        if length and not raw.isdigit() and (not raw.isupper() or units().is_alias(raw)):
            return text.raw[words[j].start : words[j + length - 1].end], words[j + length - 1].end
    return None


def _of_committee(text: Text, words: list[Word], i: int, j: int, body: Body, misread: int) -> BodyMention | None:
    """An organ of a Party committee: "Ban Thường vụ Tỉnh ủy Quảng Ninh", "Ban Dân vận Huyện ủy"."""
    if j >= len(words) or set(text.raw[words[j - 1].end : words[j].start]) - set(" \n."):
        return None
    over = body_at(text, words, j)
    if not over or not over.body.slug.endswith("-uy"):
        return None
    kind = over.body.unit_kind or over.kind
    return BodyMention(
        words[i].start,
        over.end,
        body,
        words[j - 1].end,
        kind,
        over.unit_words,
        over.areas,
        misread=misread + over.misread,
    )


def _is_plural(text: Text, words: list[Word], i: int, j: int) -> bool:
    """Whether it is many bodies: "các Ủy ban nhân dân", "UBND các huyện", "Ủy ban nhân dân cấp xã"."""
    before, after = words[i - 1].folded if i else "", words[j].folded if j < len(words) else ""
    if before in _MANY or after in {*_MANY, "cap"}:
        return True
    return not healthy(text) and _MANY_MISREAD.fullmatch(after) is not None


def _goes_on_with_a_kind(text: Text, words: list[Word], after: int, kind: str) -> bool:
    """Whether kinds are listed without names: "UBND huyện, thị xã, thành phố", "UBND xã, phường"."""
    if after >= len(words):
        return False
    gap = text.raw[words[after - 1].end : words[after].start]
    if words[after].folded == "va" and after + 1 < len(words):
        after += 1
    elif "," not in gap and "/" not in gap and "-" not in gap:
        return False
    further = kind_at(text, words, after)
    if not further or ";" in gap:
        return False
    named = place_at(text, words, after)
    same = set(LEVEL_OF_KIND[further[0]]) & set(LEVEL_OF_KIND[kind])
    return bool(same) and bool(named) and not (named and named[0].name)
