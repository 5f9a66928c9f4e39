"""What the administrative units cost: loading and indexing them with their successors, against parsing the tables.

`python benchmarks/units.py [ROUNDS]` prints a row per step: seconds, MB at its peak (traced by Python), ratio to the
floor. Each step runs in a process of its own, so that nothing is there from before; the target is 5 s and 100 MB.
"""

import csv
import json
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable

from ontology.units import table

TABLES = ("units", "successors", "changes", "aliases", "founded", "resolutions")


def parse() -> object:
    """The floor: the rows of all tables, nothing made of them."""
    return [list(csv.reader(table(name).read_text("utf-8").splitlines())) for name in TABLES]


def load() -> object:
    """The gazetteer that reading a document needs: names and codes, no successors."""
    from loaders.authorities.units import units

    found = units()
    found.find("Long Thành", kind="huyện", on="2024-04-25")
    return found


def index() -> object:
    """All of it: every unit, every change, the successors of every unit both ways."""
    from loaders.authorities.units import units

    found = units()
    for unit in found.on(None):
        found.successors(unit)
        found.predecessors(unit)
    return found


def graph() -> object:
    """The lines of the units graph."""
    from loaders.authorities.units import ntriples

    return list(ntriples())


STEPS: dict[str, Callable[[], object]] = {"parse": parse, "load": load, "index": index, "graph": graph}


def measure(step: str, traced: bool) -> float:
    """Seconds of one step, or its peak in MB; imports aside, which every command pays."""
    import loaders.authorities.territory
    import loaders.authorities.unitgraph  # noqa: F401

    if traced:
        tracemalloc.start()
    start = time.perf_counter()
    kept = STEPS[step]()
    seconds = time.perf_counter() - start
    used = tracemalloc.get_traced_memory()[1] / 1e6 if traced else 0.0
    assert kept
    return used if traced else seconds


def apart(step: str, traced: bool) -> float:
    """The measure of a step in a fresh process."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, str(int(traced))], capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout))


def main(rounds: int) -> None:
    print(f"{'step':8} {'seconds':>8} {'peak MB':>8} {'ratio':>6}")
    floor = 0.0
    for step in STEPS:
        seconds = statistics.median(apart(step, False) for _ in range(rounds))
        floor = floor or seconds
        print(f"{step:8} {seconds:8.2f} {apart(step, True):8.1f} {seconds / floor:6.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(measure(sys.argv[2], sys.argv[3] == "1")))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
