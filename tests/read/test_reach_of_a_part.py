"""A part of the day with one time and a length has both its ends; what a label leaves out of its times they are not of."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Surgeon: Paul Stone, MD
Interpreting physician: Adela Juarez, DO

Procedure: L4-L5 fusion

"""


def _parts(told: str) -> dict[str, tuple[str | None, str | None]]:
    case = audit_payers(read_bytes("report.txt", (HEAD + told + "\n").encode()), ("medicare",))[0].case
    return {s.kind: (s.start and f"{s.start:%H:%M}", s.end and f"{s.end:%H:%M}") for s in case.segments}


@pytest.mark.parametrize(
    ("told", "kind", "start", "end"),
    [
        ("Setup: 07:05 (25 min)", "setup", "07:05", "07:30"),
        ("Baselines: 07:32, taking 16 minutes", "baseline", "07:32", "07:48"),
        ("Electrode placement started at 7:05 and was done 25 minutes later.", "setup", "07:05", "07:30"),
        ("Monitoring began at 7:55 and lasted three hours and forty-five minutes.", "monitoring", "07:55", "11:40"),
        ("Monitoring ran for 3 h 45 min from 07:55.", "monitoring", "07:55", "11:40"),
        ("Monitoring ended at 11:40, after 3 hours and 45 minutes.", "monitoring", "07:55", "11:40"),
        ("Monitoring began at 7:55 and went on until closure at 11:40.", "monitoring", "07:55", "11:40"),
        ("Monitoring (excl. setup, baselines): 0755 - 1140", "monitoring", "07:55", "11:40"),
        ("Monitoring net of set-up and baselines  07:55 - 11:40", "monitoring", "07:55", "11:40"),
        ("IONM start/stop: 0755/1140", "monitoring", "07:55", "11:40"),
        ("Monitoring commenced/ceased: 07:55 - 11:40", "monitoring", "07:55", "11:40"),
        ("IOM time in / time out\t07:55\t11:40", "monitoring", "07:55", "11:40"),
        ("PREP IN/OUT\t07:05\t07:30", "setup", "07:05", "07:30"),
    ],
)
def test_one_time_and_a_length_give_both_ends(told: str, kind: str, start: str, end: str) -> None:
    assert _parts(told)[kind] == (start, end)


def test_the_recording_is_back_so_many_minutes_later() -> None:
    told = "Monitoring 07:55-11:40. At 9:30 the system crashed; recording was back 12 minutes later."

    assert _parts(told)["interruption"] == ("09:30", "09:42")


@pytest.mark.parametrize(
    "rows",
    [
        "Phase\tStart\tDuration\nSet-up\t07:05\t0:25\nMonitoring\t07:55\t3:45",
        "Phase\tBegan\tMinutes\nSet-up\t07:05\t25\nMonitoring\t07:55\t225",
        "Stage\tFinished\tLength (min)\nSet-up\t07:30\t25\nMonitoring\t11:40\t225",
    ],
)
def test_a_column_of_lengths_beside_one_of_times(rows: str) -> None:
    assert _parts(rows) == {"setup": ("07:05", "07:30"), "monitoring": ("07:55", "11:40")}


@pytest.mark.parametrize(
    "told",
    [
        "Monitoring began at 7:55; an alert followed 20 minutes later.",
        "Monitoring began at 7:55 and the surgeon waited 10 minutes.",
        "Monitoring began at 7:55, 20 minutes before incision.",
    ],
)
def test_a_length_of_something_else_ends_nothing(told: str) -> None:
    assert _parts(told)["monitoring"] == ("07:55", None)


def test_a_stated_end_outweighs_a_length() -> None:
    assert _parts("Monitoring began at 7:55 and lasted 3 hours. Monitoring ended at 11:40.")["monitoring"] == ("07:55", "11:40")
