"""Measures what policy costs: loading once, a payer on a new day, and the look-ups of one document.

Targets: loading under 50 ms, look-ups under 1 ms per document. Run `python benchmarks/policy_lookup.py`; exit code 1
where a target is missed. Times are the best of several runs, since other work on the machine only ever adds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

LOAD_TARGET_MS = 50.0
LOOKUP_TARGET_MS = 1.0
RUNS = 7
COLD = """
import time
import ionm_notes.policy
started = time.perf_counter()
ionm_notes.policy.load_policy("medicare", __import__("datetime").date(2025, 3, 14)).time_code("remote_exclusive")
print((time.perf_counter() - started) * 1000)
"""


def best(measure: Callable[[], float]) -> float:
    """The least of several measurements, in ms."""
    return min(measure() for _ in range(RUNS))


def cold_load() -> float:
    """Loading and checking all data in a fresh process, imports aside."""
    answer = subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True)
    return float(answer.stdout)


def document() -> float:
    """All that one ordinary document asks of a loaded policy, on a day that was not asked for before."""
    from ionm_notes.codes import studies
    from ionm_notes.policy import load_policy
    from ionm_notes.rules import RULES
    from ionm_notes.types import COLUMNS

    document.day += timedelta(days=1)
    started = time.perf_counter()
    policy = load_policy("medicare", document.day)
    codes = [policy.study_code(key) for key in studies.STUDY_KEYS[:8]]
    timed = [code.code for column in COLUMNS if (code := policy.time_code(column))]
    for one in (*codes, *timed):
        policy.code(one)
        policy.mue(one)
        policy.takes_26(one)
        policy.takes_code(one)
        policy.primaries(one)
        for other in (*codes, *timed):
            policy.ncci(one, other)
    for rule in RULES:
        policy.rule(rule)
    policy.pos("21")
    policy.accepts(("MD",))
    policy.necessity("peripheral-nerve")
    policy.limit("late-signature-days")
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """Prints the figures and whether the targets hold."""
    document.day = date(2025, 1, 1)
    document()
    figures = (
        ("load, fresh process", best(cold_load), LOAD_TARGET_MS),
        ("look-ups of one document", best(document), LOOKUP_TARGET_MS),
    )
    for name, took, target in figures:
        print(f"{name}: {took:.2f} ms (target {target:g} ms) {'ok' if took < target else 'MISSED'}")
    return int(any(took >= target for _, took, target in figures))


if __name__ == "__main__":
    sys.exit(main())
