"""How long reading takes, as a multiple of folding the same text and scanning it for document numbers.

`python benchmarks/reading.py [ROUNDS]` prints a row per plan: size, milliseconds of the floor and of reading, ratio.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loaders.citations.numbers import find_numbers
from loaders.findings import Source
from loaders.read import find
from loaders.text import Text, fold

PLANS = Path(__file__).parent.parent / "examples" / "plans"


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of one call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def scan(raw: str) -> None:
    """The floor: what no reader of citations can leave out."""
    fold(raw)
    find_numbers(Text.of(raw))


def main(rounds: int) -> None:
    source = Source(name="plan.txt", sha256="0" * 64)
    print(f"{'plan':38} {'kB':>5} {'floor ms':>9} {'read ms':>9} {'ratio':>6}")
    for path in sorted(PLANS.glob("*.txt")):
        raw = path.read_text("utf-8")
        find(Text.of(raw), source)  # lists and tables are read once for a process
        floor = milliseconds(lambda raw=raw: scan(raw), rounds)
        reading = milliseconds(lambda raw=raw: find(Text.of(raw), source), rounds)
        size = len(raw.encode()) / 1000
        print(f"{path.name:38} {size:5.1f} {floor:9.2f} {reading:9.2f} {reading / floor:6.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
