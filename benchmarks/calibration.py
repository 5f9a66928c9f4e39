"""Whether the confidence of findings means anything: clean plans are damaged as scanners damage them, and read again.

A finding is right when the clean plan gives the same. `python benchmarks/calibration.py [SEEDS]` prints, for each band
of confidence and for each ground, how many findings have it and which share of them is right.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz import fuzz

from loaders.confidence import graded
from loaders.findings import Citation, Criterion, Deadline, Findings, Quota, Source, Span, spans_of
from loaders.read import find
from loaders.text import Text, fold

ROOT = Path(__file__).parent.parent
PLANS = (*sorted((ROOT / "examples" / "plans").glob("*.txt")), ROOT / "tests" / "sixth" / "plan.txt")
RATES = (0.004, 0.01, 0.02, 0.04)
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0)
# What engines take for what, from scans of such documents.
CONFUSED = {
    "0": "O",
    "O": "0",
    "1": "l",
    "l": "1",
    "5": "S",
    "8": "B",
    "6": "ó",
    "9": "g",
    "2": "Z",
    "3": "8",
    "7": "1",
    "đ": "d",
    "Đ": "D",
    "ơ": "o",
    "ư": "u",
    "ế": "é",
    "ề": "è",
    "ộ": "o",
    "ấ": "á",
    "ạ": "a",
    "ị": "j",
    "ủ": "ú",
    "h": "b",
    "m": "rn",
    "n": "ñ",
    "e": "c",
    "c": "e",
    "t": "l",
    "i": "1",
    "I": "l",
    "g": "q",
    "u": "ú",
    "y": "v",
    ",": ".",
    ".": ",",
    "/": "I",
    "-": "—",
    ";": ":",
    "a": "à",
    "o": "ó",
}


def damaged(raw: str, rate: float, seed: int) -> str:
    """The text with so many of its characters misread, always the same for the same seed."""
    chance = random.Random(seed)
    out = []
    for character in raw:
        if character in CONFUSED and chance.random() < rate:
            out.append(CONFUSED[character] if chance.random() < 0.9 else "")
        else:
            out.append(character)
    return "".join(out)


def told(span: Span) -> tuple[object, ...] | None:
    """What is right or wrong about a finding; None for those that say nothing but their words."""
    match span:
        case Citation():
            return span.type, span.number, span.date, None if span.number else fold(span.name or "")[:12]
        case Quota():
            return span.kind, span.count, span.percent, span.rule
        case Deadline():
            return span.boundary, span.date, span.month_day
        case Criterion():
            limit = span.threshold
            return span.kind, span.polarity, limit and (limit.operator, limit.value, limit.level and fold(limit.level))
    return None


def judged(clean: Findings, read: Findings) -> Iterator[tuple[Span, bool]]:
    """Each finding of the damaged text, and whether the clean one has it."""
    wanted: dict[type, list[Span]] = defaultdict(list)
    for span in spans_of(clean):
        wanted[type(span)].append(span)
    for span in spans_of(read):
        said = told(span)
        if said is not None:
            alike = (other for other in wanted[type(span)] if told(other) == said)
            yield span, any(isinstance(span, Citation) or _same_words(span, other) for other in alike)


def _same_words(span: Span, other: Span) -> bool:
    return fuzz.ratio(fold(span.text), fold(other.text)) >= 75


def sample(seeds: int) -> Iterator[tuple[Span, bool]]:
    source = Source(name="plan.txt", sha256="0" * 64)
    for path in PLANS:
        raw = Text.of(path.read_text("utf-8")).raw
        if Text.of(raw).garbled:  # what is right in a text that is damaged already, its own reading does not say
            continue
        clean = find(Text.of(raw), source)
        for rate in RATES:
            for seed in range(seeds):
                text = Text.of(damaged(raw, rate, seed))
                yield from judged(clean, graded(text, find(text, source)))


def main(seeds: int) -> None:
    found = list(sample(seeds))
    print(f"{'confidence':>14} {'findings':>9} {'right':>7}")
    for low, high in zip((-0.01, *BANDS), BANDS, strict=False):
        band = [right for span, right in found if low < span.confidence <= high]
        if band:
            print(f"{f'{max(low, 0):.1f} < c <= {high:.1f}':>14} {len(band):9} {sum(band) / len(band):7.2f}")
    count: Counter[str] = Counter()
    fine: Counter[str] = Counter()
    for span, right in found:
        for ground in span.grounds or ("(none)",):
            count[ground] += 1
            fine[ground] += right
    print(f"\n{'ground':>22} {'findings':>9} {'right':>7}")
    for ground, number in count.most_common():
        print(f"{ground:>22} {number:9} {fine[ground] / number:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
