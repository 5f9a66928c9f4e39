"""How long reading takes, as a multiple of folding the same text and scanning it for document numbers.

`python benchmarks/reading/speed.py [ROUNDS]` prints a row per plan: size, milliseconds of the floor and of reading,
ratio; then citations per second beside eyecite's on texts of one length, where eyecite is installed.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from loaders.citations.numbers import find_numbers
from loaders.findings import Source
from loaders.read import cite, find
from loaders.text import Text, fold

PLANS = Path(__file__).parent.parent.parent / "examples" / "plans"
LENGTH = 10_000  # characters of the texts for the comparison with eyecite
DAY = date(2024, 6, 20)

# One sentence with a citation, one without: as many of each in either language.
OURS = (
    "Căn cứ Nghị định số {n}/2023/NĐ-CP ngày {d} tháng 12 năm 2023 của Chính phủ quy định chi tiết một số điều;",
    "Các cơ quan, đơn vị tổ chức quán triệt đến toàn thể cán bộ, công chức nội dung và báo cáo đúng hạn.",
)
THEIRS = (
    "The court relied on Harlan v. Whitcomb, {n} U.S. {d} (1972), in holding that the notice given was sufficient.",
    "Counsel for the petitioner argued at some length that the agency had acted beyond the power which it was given.",
)


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median processor time of one call."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def scan(raw: str) -> None:
    """The floor: what no reader of citations can leave out."""
    fold(raw)
    find_numbers(Text.of(raw))


def against_the_floor(rounds: int) -> None:
    source = Source(name="plan.txt", sha256="0" * 64)
    print(f"{'plan':38} {'kB':>5} {'floor ms':>9} {'read ms':>9} {'ratio':>6}")
    clean_size = clean_time = 0.0
    for path in sorted(PLANS.glob("*.txt")):
        raw = path.read_text("utf-8")
        find(Text.of(raw), source)  # lists and tables are read once for a process
        floor = milliseconds(lambda raw=raw: scan(raw), rounds)
        reading = milliseconds(lambda raw=raw: find(Text.of(raw), source), rounds)
        size = len(raw.encode()) / 1000
        if not Text.of(raw).garbled:
            clean_size, clean_time = clean_size + size, clean_time + reading
        print(f"{path.name:38} {size:5.1f} {floor:9.2f} {reading:9.2f} {reading / floor:6.1f}")
    print(f"\nclean documents of 10 kB per second and core: {clean_size / 10 / clean_time * 1000:.0f}")


def filled(sentences: tuple[str, str]) -> tuple[str, int]:
    """A text of the common length from one language's sentences, and how many citations are in it."""
    cited, plain = sentences
    parts: list[str] = []
    while sum(map(len, parts)) < LENGTH:
        parts += [cited.format(n=len(parts) + 10, d=len(parts) % 27 + 2), "\n", plain, "\n"]
    return "".join(parts), len(parts) // 4


def against_eyecite(rounds: int) -> None:
    try:
        get_citations = importlib.import_module("eyecite").get_citations
    except ImportError:
        print("\neyecite is not installed here (pip install eyecite): its citations per second are not measured")
        return
    (ours, printed), (theirs, as_many) = filled(OURS), filled(THEIRS)
    found, known = len(cite(Text.of(ours), on=DAY, otherwise=DAY)), len(get_citations(theirs))
    mine = milliseconds(lambda: cite(Text.of(ours), on=DAY, otherwise=DAY), rounds)
    peers = milliseconds(lambda: get_citations(theirs), rounds)
    print(
        f"\n{'citations, found and judged':30} {'length':>7} {'printed':>8} {'found':>6} {'ms':>8} {'per second':>11}"
    )
    for name, length, there, said, spent in (
        ("thidua (head, outline, law)", len(ours), printed, found, mine),
        ("eyecite (citations alone)", len(theirs), as_many, known, peers),
    ):
        print(f"{name:30} {length:7} {there:8} {said:6} {spent:8.1f} {said / spent * 1000:11.0f}")


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    against_the_floor(times)
    against_eyecite(times)
