"""What reading a report costs, counted in calls of functions: the same on every machine, however busy it is.

The times are in `docs/performance.md`. A change that goes beyond a limit here either does needless work, or earns it: then the
limit is raised with the reason in the commit.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sample_case import BOTH

from ionm_notes.cli.batch import Job, Outcome, audit_file
from ionm_notes.replay import Terms, replay
from ionm_notes.store.database import Store
from ionm_notes.store.queries import Filter

CALLS_A_PAGE = 99_500
"""Of Python, Cython and C together; the dearest page took 98,000 when this was set, with lists of duty."""
CALLS_A_CASE = 3_400
"""To judge a stored case again; it took 2,700."""
SEARCHED = 0.3
"""Share of the time under the profiler that the engines of expressions may take; it was 0.14. A call counts as one whether its
expression looks once or ten million times at a line: one that may cut words anywhere took half of a report, and no count rose."""
ENGINES = ("_pcre2_match", "method 'search' of 're", "method 'match' of 're", "method 'fullmatch' of 're", "method 'find")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four reports of four layouts, a log of six pages and one of twenty-four; the program is warm."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
    try:
        from reports import write_log, write_reports
    finally:
        sys.path.pop(0)
    folder = tmp_path_factory.mktemp("reports")
    for path in write_reports(folder, 4):
        audit_file(path, Job(BOTH))  # the first of each layout compiles what it needs
    return [*write_reports(folder, 4, 4), write_log(folder / "short.pdf", 6), write_log(folder / "long.pdf", 24)]


def counted(work: Callable[[], Any]) -> tuple[int, Any]:
    """How many functions a piece of work calls, and what comes of it."""
    profile = cProfile.Profile()
    result = profile.runcall(work)
    return int(pstats.Stats(profile).total_calls), result


def audited(path: Path) -> tuple[int, Outcome]:
    """The calls of one audit for two payers, and its outcome."""
    calls, outcome = counted(lambda: audit_file(path, Job(BOTH)))
    assert isinstance(outcome, Outcome)
    return calls, outcome


def test_reading_and_judging_again_take_no_more_work_than_they_did(reports: list[Path], tmp_path: Path) -> None:
    with Store(tmp_path / "audits.db") as store:
        for path in reports[:4]:
            calls, outcome = audited(path)
            assert calls / outcome.lines[0]["document"]["pages"] < CALLS_A_PAGE
            assert outcome.parts[0].record is not None
            store.add(outcome.parts[0].record, datetime.now(UTC))

        def again() -> int:
            return len(list(replay(store, Terms("commercial"), Filter(payer="commercial"))))

        again()
        calls, cases = counted(again)
        assert cases == 4
        assert calls / cases < CALLS_A_CASE


def test_expressions_do_not_go_over_a_text_again_and_again(reports: list[Path]) -> None:
    profile = cProfile.Profile()
    for path in reports[:4]:
        profile.runcall(audit_file, path, Job(BOTH))
    took = pstats.Stats(profile).get_stats_profile()
    engines = sum(of.tottime for name, of in took.func_profiles.items() if any(engine in name for engine in ENGINES))
    assert engines < SEARCHED * took.total_tt


def test_a_log_of_four_times_the_pages_takes_at_most_five_times_the_work(reports: list[Path]) -> None:
    (short, _), (long, _) = map(audited, reports[4:])
    assert long < 5 * short
