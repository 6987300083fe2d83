"""Measures how fast stored facts are judged again: `python benchmarks/replay_speed.py DB [PAYER]`, on one core.

Prints cases a second for the newest audits of DB, with reading from the store and with judging alone. The best of
several runs counts, since other work on the machine only ever adds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from ionm_notes.audit import judge, policy_for
from ionm_notes.replay import Terms, replay
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter, latest_audits
from ionm_notes.timeline import count_minutes

RUNS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of several runs, after one that warms up."""
    work()
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    """Prints the figures."""
    db, payer = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "commercial"
    with Store(db, create=False) as store:
        rows = latest_audits(store)
        cases = [(store.case(row["reading_id"]), row["payer"]) for row in rows]
        whole = best(lambda: list(replay(store, Terms(payer), Filter())))
        alone = best(lambda: [judge(case, count_minutes(case), policy_for(case, payer)) for case, _ in cases])
    print(f"{len(rows)} audits: replay {len(rows) / whole:.0f} a second, judging alone {len(rows) / alone:.0f} a second")


if __name__ == "__main__":
    main()
