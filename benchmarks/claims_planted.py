"""Planted problems of a made-up practice against what `compare` finds: the table of docs/claims.md.

usage: PYTHONPATH=. python benchmarks/claims_planted.py [FIRST_SEED] [SEEDS] [SCENES]     (4001, 5, 380)
Each seed is one practice of some 400 reports; a problem counts for each billed line (or unbilled documented line) that has it.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from fixtures.claims.make import Scene, scenes
from ionm_notes.audit import audit_case, read
from ionm_notes.claims.comparing import Terms, compare
from ionm_notes.claims.model import Report
from ionm_notes.claims.reports import report_of
from ionm_notes.cli.batch import page_texts
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes


@dataclass
class Tally:
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    clean: int = 0
    reports: int = 0
    seconds: float = 0.0


def reports_of(made: list[Scene]) -> list[Report]:
    found = []
    for scene in made:
        for name, text in scene.reports.items():
            document = read_bytes(name, text.encode())
            case = read(document)
            line = to_contract(audit_case(case, "medicare"), document)
            found.append(report_of(name, case, page_texts(document), line["document"]))
    return found


def measure(seed: int, count: int, tally: Tally) -> None:
    made = list(scenes(seed, count))
    reports, lines = reports_of(made), [line for scene in made for line in scene.lines]
    begun = time.perf_counter()
    rows = compare(lines, reports, Terms("medicare"))
    tally.seconds += time.perf_counter() - begun
    tally.lines += len(lines)
    tally.reports += len(reports)
    got = {(row.line.claim, row.line.line): {t.kind for t in row.troubles} for row in rows if row.line}
    unbilled = {(row.outcome, row.report, row.code) for row in rows if row.line is None}
    for scene in made:
        tally.near[scene.kind] += scene.near
        for line in scene.lines:
            key = (line.claim, line.line)
            planted = scene.expected.get(key, set())
            tally.clean += not planted
            tally.planted.update(planted)
            tally.found.update(planted & got[key])
            tally.invented.update(got[key] - planted)
        tally.planted.update(outcome for outcome, _, _ in scene.unbilled)
        tally.found.update(outcome for outcome, _, _ in scene.unbilled & unbilled)
    tally.invented.update(outcome for outcome, _, _ in unbilled - {item for scene in made for item in scene.unbilled})


def main() -> None:
    first, seeds, count = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((1, 4001), (2, 5), (3, 380)))
    tally = Tally()
    for seed in range(first, first + seeds):
        measure(seed, count, tally)
    print(
        f"seeds {first} to {first + seeds - 1}: {tally.reports} reports, {tally.lines} billed lines, {tally.clean} of them right;"
    )
    print(f"compared in {tally.seconds:.1f} s\n")
    print("| problem | planted | found | invented | scenes that are near-misses |\n|---|---|---|---|---|")
    for kind in sorted(tally.planted | tally.invented | +tally.near):
        print(f"| `{kind}` | {tally.planted[kind]} | {tally.found[kind]} | {tally.invented[kind]} | {tally.near[kind]} |")


if __name__ == "__main__":
    main()
