"""Times the count of cases at once over many attendance intervals and what memory it takes; prints a table for docs/roster.md.

    python benchmarks/roster_sweep.py [INTERVALS]...     (default: 250,000, 500,000 and 1,000,000)

Two practices: 'spread' has 200 professionals over five years, 'heaped' has one, all of whose cases run at once: the worst
that overlaps can be.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from itertools import groupby
from operator import itemgetter

from ionm_notes.roster.concurrency import Stay, episodes, minutes_by_count

SIZES = (250_000, 500_000, 1_000_000)
YEARS = 5 * 365 * 1440


def practice(kind: str, size: int, seed: int = 20260) -> list[tuple[int, Stay]]:
    chance = random.Random(seed)
    people = 200 if kind == "spread" else 1
    found = []
    for case in range(size):
        start = chance.randrange(YEARS) if kind == "spread" else chance.randrange(1000)
        found.append((chance.randrange(people), (start, start + chance.randrange(30, 400) + (kind == "heaped") * 1000, case)))
    return found


def measure(kind: str, size: int) -> None:
    rows = practice(kind, size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    minutes = over = 0
    rows.sort(key=itemgetter(0))
    for _, mine in groupby(rows, key=itemgetter(0)):
        stays = [stay for _, stay in mine]
        minutes += sum(minutes_by_count(stays).values())
        over += sum(1 for _ in episodes(stays, 1))
    seconds = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    print(f"| {kind} | {size:,} | {seconds:.1f} | {before:.0f} | {more:.0f} | {minutes:,} | {over:,} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], int(sys.argv[3]))
    else:
        print("| practice | intervals | s | intervals themselves, MiB | sweep beside them, MiB | minutes | overlaps |")
        print("|---|---|---|---|---|---|---|", flush=True)
        for kind in ("spread", "heaped"):
            for size in [int(one) for one in sys.argv[1:]] or SIZES:
                subprocess.run(
                    [sys.executable, __file__, "--one", kind, str(size)], check=True
                )  # a process each: peaks do not mix
