"""Holds what the roster and the comparison of notes find in a made-up practice against what was planted in it.

    python benchmarks/practice.py [SEED]...       (default: 1 2 3; others were not used while building)

Each seed makes 400 reports of 12 physicians, with problems and near-misses of each kind, which go through the whole
program: text, reading, counting, judging, store. Prints a table for docs/roster.md, and what was missed or invented.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "fixtures" / "practice"))

from make_practice import practice
from practice_check import keep, score, told

from ionm_notes.store.database import Store


def main(seeds: list[int]) -> int:
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    near: Counter[str] = Counter()
    invented: list[str] = []
    reports = 0
    for seed in seeds:
        made = practice(seed)
        with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "practice.db") as store:
            begun = time.perf_counter()
            keep(made, store)
            audited = time.perf_counter()
            result = score(made.planted, list(told(store)))
            looked = time.perf_counter()
        print(
            f"seed {seed}: {len(made.plans)} reports audited in {audited - begun:.0f} s, looked at in {looked - audited:.1f} s",
            file=sys.stderr,
        )
        for plant in result.missed:
            print(f"seed {seed} missed: {plant.kind} {sorted(plant.files)} {plant.person}", file=sys.stderr)
        invented += [f"seed {seed} invented: {one}" for one in result.invented]
        reports += len(made.plans)
        planted.update(one.kind for one in made.planted)
        found.update(one.kind for one in result.found)
        near.update(kind for kind, _ in made.near)
    print("\n".join(invented), file=sys.stderr)
    print(f"{len(seeds)} practices, seeds {', '.join(map(str, seeds))}; {reports} reports\n")
    print("| problem | planted | found | invented | near-misses |\n|---|---|---|---|---|")
    wrong = Counter(one.split("invented: ")[1].split()[0] for one in invented)
    for kind in sorted({*planted, *wrong}):
        print(f"| {kind} | {planted[kind]} | {found[kind]} | {wrong[kind]} | {near[kind] or ''} |")
    print(f"| all | {sum(planted.values())} | {sum(found.values())} | {len(invented)} | {sum(near.values())} |")
    return int(bool(invented) or planted != found)


if __name__ == "__main__":
    raise SystemExit(main([int(one) for one in sys.argv[1:]] or [1, 2, 3]))
