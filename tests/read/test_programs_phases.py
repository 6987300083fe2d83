"""Logs of programs that name the phase they are in, and entries of one stage with the time at which it was over."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
Neurologist: Laura Ashworth, MD, remote
Technologist: Jonas Jamison, CNIM

"""


def stages(*rows: str) -> dict[str, str]:
    """Each stage of a log with its first and last minute."""
    case = read_case(read_bytes("log.txt", (HEAD + "\n".join(rows) + "\n").encode()))
    return {part.kind: "-".join(f"{edge:%H:%M}" if edge else "" for edge in (part.start, part.end)) for part in case.segments}


@pytest.mark.parametrize("sign", ["phase={}", "phase: {}", "stage -> {}", "state changed to {}"])
def test_the_next_phase_of_a_program_ends_the_one_before(sign: str) -> None:
    names = ("SETUP", "BASELINE", "MONITORING", "REMOVAL", "CLOSED")
    clock = ("07:35:04", "08:02:11", "08:20:33", "12:04:41", "12:14:41")
    rows = (f"{time} jamison | {sign.format(name)}" for time, name in zip(clock, names, strict=True))
    assert stages(*rows) == {
        "setup": "07:35-08:02",
        "baseline": "08:02-08:20",
        "monitoring": "08:20-12:04",
        "removal": "12:04-12:14",
    }


def test_an_end_that_a_program_states_stands() -> None:
    assert stages(
        "07:35:04 jamison | phase=SETUP",
        "08:02:11 jamison | phase=BASELINE",
        "08:19:47 jamison | phase=BASELINE end",
        "08:24:33 jamison | phase=MONITORING start",
        "12:04:41 jamison | phase=MONITORING end",
        "12:09:42 jamison | phase=REMOVAL",
        "12:15:22 jamison | phase=REMOVAL end, session closed",
    ) == {"setup": "07:35-08:02", "baseline": "08:02-08:19", "monitoring": "08:24-12:04", "removal": "12:09-12:15"}


def test_a_pause_lies_within_the_monitoring() -> None:
    assert stages(
        "07:35 | phase: setup",
        "08:02 | phase: baseline",
        "08:20 | phase: monitoring",
        "10:20 | phase: paused",
        "10:30 | phase: monitoring",
        "12:04 | phase: removal",
    ) == {
        "setup": "07:35-08:02",
        "baseline": "08:02-08:20",
        "monitoring": "08:20-12:04",
        "interruption": "10:20-10:30",
        "removal": "12:04-",
    }


def test_phases_of_the_operation_end_no_monitoring() -> None:
    assert stages(
        "07:35 | phase=SETUP",
        "08:02 | phase=BASELINE",
        "08:20 | phase=MONITORING",
        "09:20 | phase=EXPOSURE",
        "11:40 | phase=CLOSURE",
        "12:10 | monitoring stopped",
    ) == {"setup": "07:35-08:02", "baseline": "08:02-08:20", "monitoring": "08:20-12:10"}


@pytest.mark.parametrize("mark", [" / {} finished", ", {} done", " | {} all done", " - {} complete", "; {} ended"])
def test_an_entry_with_the_time_at_which_its_stage_was_over_is_an_interval(mark: str) -> None:
    assert stages(
        f"0805 hook-up{mark.format('0820')}",
        f"0822 baselines{mark.format('0830')}",
        "0840 start monitoring",
        "1055 stop monitoring",
        f"1056 leads off{mark.format('1103')}",
    ) == {"setup": "08:05-08:20", "baseline": "08:22-08:30", "monitoring": "08:40-10:55", "removal": "10:56-11:03"}


def test_figures_behind_a_slash_are_no_time_where_they_count() -> None:
    assert stages(
        "0805 hook-up", "0820 leads done", "0840 start monitoring", "0850 gain 20 / 1000 sweeps done", "1055 stop monitoring"
    ) == {"setup": "08:05-08:20", "monitoring": "08:40-10:55"}


@pytest.mark.parametrize("end", ["MODE = END OF MONITORING", "mode: idle", "State: post-monitoring"])
def test_a_program_that_names_the_monitoring_alone_begins_and_ends_it(end: str) -> None:
    assert stages(
        "07:35:02 jamison  IMPEDANCE_TEST begin",
        "07:50:40 jamison  IMPEDANCE_TEST end, setup complete",
        "08:02:10 jamison  BASELINE acquisition begin",
        "08:11:33 jamison  BASELINE acquisition end, set locked",
        "08:20:44 jamison  MODE = MONITORING",
        "08:21:18 ashworth VIEWER connect (live stream)",
        f"12:04:09 jamison  {end}",
        "12:04:30 ashworth VIEWER disconnect (user)",
    ) == {"setup": "07:35-07:50", "baseline": "08:02-08:11", "monitoring": "08:20-12:04"}


def test_a_mode_of_something_else_begins_and_ends_nothing() -> None:
    assert stages(
        "08:20 monitoring begins",
        "09:10 mode: screw stimulation",
        "09:12 display mode: review",
        "09:13 display mode: monitoring",
        "12:04 monitoring ends",
    ) == {"monitoring": "08:20-12:04"}
