"""An entry of a log tells of a change and of who was told of it, and a quiet check tells that nothing changed."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING LOG
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM
Interpreting physician: Dana Whitfield, MD

08:10:00  Monitoring started
"""


def _case(entry: str) -> Case:
    return read_case(read_bytes("note.txt", f"{HEAD}{entry}\n11:30:00  Monitoring ended\n".encode()))


@pytest.mark.parametrize(
    "entry",
    [
        "09:31:07  Deviation beyond limits, announced to the surgeon",
        "09:31:07  THRESHOLD BREACH, response below 50% of template, Dr. Vale informed",
        "09:31:07  Averages collapse, Dr. Vale warned at once",
        "09:31:07  Single burst, not an alert; then the left MEP gone, Dr. Vale told",
    ],
)
def test_a_change_told_in_an_entry_is_a_change_and_told(entry: str) -> None:
    case = _case(entry)
    assert case.change_described is True
    assert case.elements["surgeon_notification"].state == "present"
    assert case.elements["intraoperative_findings"].state == "present"


@pytest.mark.parametrize(
    "entry",
    [
        "09:31:07  Blood pressure within limits",
        "09:31:07  Acquisition lost, mains trip, surgeon told",
        "09:31:07  Surgeon told that the film is here",
        "09:31:07  Drilling; single burst, triceps, gone in 2 s, not an alert",
        "09:31:07  Isolated spikes, stopped by themselves, gone at once",
        "09:31:07  MEP not done: requested, but dropped because anesthesia wished to give relaxant",
    ],
)
def test_what_is_told_of_something_else_is_no_change_of_signals(entry: str) -> None:
    case = _case(entry)
    assert case.change_described is not True
    assert case.elements["surgeon_notification"].state != "present"


def test_a_check_within_limits_is_a_finding() -> None:
    case = _case("09:31:07  Trend within limits")
    assert case.elements["intraoperative_findings"].state == "present"
    assert case.change_described is not True


@pytest.mark.parametrize(
    "entry",
    [
        "Train-of-four at the right ulnar nerve, 4 of 4 after 08:40.",
        "Dr. Vale asked that sensory evoked potentials be followed during turning and reduction.",
        "Collision test with the lead on: tibial SSEP reduced on both sides, lead near the midline.",
    ],
)
def test_what_is_done_to_bones_and_in_tests_is_no_change_of_signals(entry: str) -> None:
    assert _case(entry).change_described is not True
