"""The words of the field and how they follow each other, counted in the project's own Vietnamese: its vocabularies, its
ontology, its names of laws, and clauses written for this."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import ontology
from loaders.lexicon import lexicon
from loaders.text import fold

_VIETNAMESE = re.compile(r'"([^"\n]+)"@vi')
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.;:()\[\]“”\"\n/]+")
_OFTEN = 3  # clauses are what documents say: they count more than definitions


@dataclass(frozen=True)
class Words:
    """How often each word was seen, and each after which."""

    single: Counter[str]
    pairs: Counter[tuple[str, str]]

    @cached_property
    def total(self) -> int:
        return sum(self.single.values())

    @cached_property
    def by_fold(self) -> dict[str, list[str]]:
        """The words that are one without their marks."""
        found: dict[str, list[str]] = {}
        for word in self.single:
            found.setdefault(fold(word), []).append(word)
        return found

    def surprise(self, before: str, word: str) -> float:
        """How little a word is expected after another, in natural logarithms."""
        after = self.pairs[before, word] / self.single[before] if self.single[before] else 0.0
        alone = self.single[word] / self.total
        return -math.log(0.75 * after + 0.24 * alone + 0.01 / len(self.single))


@cache
def words() -> Words:
    """The words of the field; no name of a place is among them but as part of a law's name."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text, weight in _texts():
        for sentence in _SENTENCE.split(text):
            found = [word.lower() for word in _WORD.findall(sentence)]
            single.update({word: count * weight for word, count in Counter(found).items()})
            for pair in pairwise(found):
                pairs[pair] += weight
    return Words(single, pairs)


def _texts() -> Iterator[tuple[str, int]]:
    for part in ontology.PARTS:
        for source in ontology.sources(part):
            for literal in _VIETNAMESE.findall(source.read_text(encoding="utf-8")):
                yield literal, 1
    for name in ("phrases", "clauses"):
        for values in lexicon(name).values():
            for value in values:
                yield value, _OFTEN
