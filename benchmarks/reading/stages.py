"""Where the time of reading goes: processor milliseconds per 10 kB of clean text and stage, against its budget.

`python benchmarks/reading/stages.py [ROUNDS] [--profile] [--noisy]`
"""

import cProfile
import functools
import pstats
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import loaders.read
from loaders.citations.numbers import find_numbers
from loaders.findings import Source
from loaders.phrases import reading
from loaders.read import find
from loaders.text import Text, fold

PLANS = Path(__file__).parent.parent.parent / "examples" / "plans"
SOURCE = Source(name="plan.txt", sha256="0" * 64)

# Stage: the modules whose functions `find` calls for it, and the most it may take per 10 kB.
BUDGETS: dict[str, tuple[tuple[str, ...], float]] = {
    "text": (("loaders.text", "loaders.phrases"), 0.8),
    "header": (("loaders.header", "loaders.issuer", "loaders.signature"), 1.3),
    "citations": (("loaders.citations",), 2.5),
    "effects": (("loaders.effects",), 0.5),
    "structure": (("loaders.structure",), 0.6),
    "plan": (("loaders.plan",), 3.0),
    "law": (("loaders.law",), 0.3),
    "review": (("loaders.confidence", "loaders.corrections", "loaders.layout", "loaders.restore"), 0.3),
}


class Watch:
    """Own time of named calls: what a call spends in another watched one is counted there."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[float] = []

    def over(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def watched(*given: Any, **named: Any) -> Any:
            self._open.append(0.0)
            start = time.process_time()
            try:
                return call(*given, **named)
            finally:
                took = time.process_time() - start
                self.spent[name] += took - self._open.pop()
                if self._open:
                    self._open[-1] += took

        return watched


def clean_plans() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(PLANS.glob("*.txt"))]
    return [raw for raw in texts if not Text.of(raw).garbled]


def garbled_plans() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(PLANS.glob("*.txt"))]
    return [raw for raw in texts if Text.of(raw).garbled]


def measure(raw: str) -> dict[str, float]:
    """Milliseconds of one reading by `module.function` of what `find` calls; `find` itself is the rest."""
    watch = Watch()
    kept = dict(vars(loaders.read))
    for name, value in kept.items():
        module = getattr(value, "__module__", None) or ""
        if callable(value) and not isinstance(value, type) and module.startswith("loaders.") and name != "section_at":
            if module == "loaders.read":
                continue
            setattr(loaders.read, name, watch.over(f"{module}.{name}", value))
    try:
        text = Text.of(raw)
        watch.over("loaders.text.folded", lambda: text.folded)()
        watch.over("loaders.text.quality", lambda: text.quality)()
        watch.over("loaders.phrases.reading", lambda: reading(text))()
        watch.over("loaders.read.find", find)(text, SOURCE)
    finally:
        for name, value in kept.items():
            setattr(loaders.read, name, value)
    return {name: seconds * 1000 for name, seconds in watch.spent.items()}


def table(texts: list[str], rounds: int) -> dict[str, float]:
    """Milliseconds per 10 kB by call: the least of the rounds for each text, all texts together."""
    kilobytes = sum(len(raw.encode()) for raw in texts) / 1000
    total: dict[str, float] = defaultdict(float)
    for raw in texts:
        find(Text.of(raw), SOURCE)  # lists and tables are read once for a process
        runs = [measure(raw) for _ in range(rounds)]
        for name in runs[0]:
            total[name] += min(run.get(name, 0.0) for run in runs)
    return {name: spent * 10 / kilobytes for name, spent in total.items()}


def floor(texts: list[str], rounds: int) -> float:
    """Milliseconds per 10 kB of only folding the texts and scanning them for document numbers."""
    spent = 0.0
    for raw in texts:
        times = []
        for _ in range(rounds):
            start = time.process_time()
            fold(raw)
            find_numbers(Text.of(raw))
            times.append(time.process_time() - start)
        spent += min(times) * 1000
    return spent * 10 / (sum(len(raw.encode()) for raw in texts) / 1000)


def stage_of(call: str) -> str:
    return next((stage for stage, (modules, _) in BUDGETS.items() if call.startswith(modules)), "read")


def show(texts: list[str], rounds: int) -> None:
    least, spent = floor(texts, rounds), table(texts, rounds)
    least = min(least, floor(texts, rounds))
    stages: dict[str, float] = defaultdict(float)
    for call, ms in spent.items():
        stages[stage_of(call)] += ms
    print(f"{'stage':46} {'ms / 10 kB':>10} {'budget':>7}")
    for stage, ms in stages.items():
        budget = BUDGETS[stage][1] if stage in BUDGETS else None
        over = "  over" if budget and ms > budget else ""
        print(f"{stage:46} {ms:10.2f} {budget if budget else '':>7}{over}")
        for call, part in sorted(spent.items(), key=lambda item: -item[1]):
            if stage_of(call) == stage and part >= 0.005:
                print(f"    {call.removeprefix('loaders.'):42} {part:10.2f}")
    whole = sum(stages.values())
    print(f"{'all':46} {whole:10.2f} {9.5:>7}  {whole / least:.1f} times the floor of {least:.2f}")


def profile(texts: list[str], rounds: int) -> None:
    for raw in texts:
        find(Text.of(raw), SOURCE)
    running = cProfile.Profile()
    running.enable()
    for _ in range(rounds):
        for raw in texts:
            find(Text.of(raw), SOURCE)
    running.disable()
    pstats.Stats(running).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    plans = garbled_plans() if "--noisy" in sys.argv else clean_plans()
    count = next((int(given) for given in sys.argv[1:] if given.isdigit()), 9)
    (profile if "--profile" in sys.argv else show)(plans, count)
