"""What a sentence tells of a missed part of the monitoring, without times, is a query and never silence."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Mark Hathaway, MD
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

Monitoring 08:10 to 11:30.
"""


def _case(text: str) -> Case:
    return read_case(read_bytes("note.txt", (HEAD + text + "\n").encode()))


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Whitfield withdrew before monitoring had ended.",
        "Dr. Whitfield joined late, after monitoring had begun.",
        "The physician's attendance was not continuous.",
        "Dr. Whitfield watched all but the last half hour.",
        "Nobody was watching for about twenty minutes.",
        "I stepped away from the screen for some minutes, the technologist carrying on.",
        "Per tech the neurologist got off before end of case.",
        "Tech without MD for the first hour.",
        "Was the physician online the whole time? No",
        "Gap in provider coverage: Yes",
        "Dr. Whitfield lost the connection for a while.",
    ],
)
def test_an_absence_without_times_makes_a_query(sentence: str) -> None:
    assert _case(sentence).attendance_unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Whitfield never left before the end of monitoring.",
        "Dr. Whitfield attended the whole of it.",
        "Dr. Hathaway left before closing was complete.",
        "If the physician leaves before monitoring ends, a colleague takes over.",
        "Was the physician online the whole time? Yes",
        "Gap in provider coverage: No",
        "The surgeon stepped out for a while.",
        "I read in real time over the internet, being away from the hospital.",
        "What I saw I called out to Dr. Hathaway.",
    ],
)
def test_what_is_denied_only_possible_or_said_of_the_surgeon_makes_none(sentence: str) -> None:
    assert not _case(sentence).attendance_unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Monitoring was suspended during the scan and thereafter resumed.",
        "Nothing was monitored while the patient was turned.",
        "There is a gap in the data.",
        "Monitoring paused? Y",
        "Continuous recording? No",
        "No monitoring during the O-arm spin.",
        "Monitoring was halted on request of the surgeon and restarted after imaging.",
    ],
)
def test_a_pause_without_times_makes_a_query(sentence: str) -> None:
    assert _case(sentence).times_unread


@pytest.mark.parametrize(
    "sentence",
    [
        "Monitoring would be suspended during a scan.",
        "Monitoring went on without interruption.",
        "No changes were recorded while the rods went in.",
    ],
)
def test_what_did_not_happen_is_no_pause(sentence: str) -> None:
    assert not _case(sentence).times_unread


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Hale took a short break.",
        "Dr. Hale connected after the dura was open.",
        "Dr. Hale came on after incision.",
        "Dr. Hale covered most of it.",
        "It was stopped twice for X-ray.",
        "Monitoring went from 08:00 to 10:00 with two short pauses.",
        "Corrected: ended 09:30.",
        "Addendum: the end time should read 09:40.",
        "OR out 09:50.",
    ],
)
def test_breaks_late_comings_pauses_and_corrections_leave_the_time_open(said: str) -> None:
    audit = audited(f"Dr. Hale watched live from her office, this case only, by chat. {said}")
    assert {line.status for line in audit.codes if line.kind == "time"} == {"query"}


@pytest.mark.parametrize(
    "said", ["The technologist took no break.", "In OR 07:00, OR out 10:20.", "Dr. Hale connected before incision."]
)
def test_what_leaves_nothing_open_changes_nothing(said: str) -> None:
    audit = audited(f"Dr. Hale watched live from her office, this case only, by chat. {said}")
    assert [line.status for line in audit.codes if line.kind == "time"] == ["supported"]


LOGGED = """
Dr. Whitfield in the OR, live, this case only.
08:10 monitoring on, Dr. Whitfield sits down in the OR
09:17 {entry}
11:30 monitoring off, Dr. Whitfield leaves
"""


@pytest.mark.parametrize(
    "entry",
    [
        "Left wave V gone up to 8.0 ms. Dr. Whitfield tells Dr. Hathaway.",
        "The left N20 went away; Dr. Whitfield told the surgeon.",
        "Tibial falls off to 40 %. Dr. Whitfield tells Dr. Hathaway.",
        "Pressure went up after Dr. Whitfield asked.",
    ],
)
def test_a_response_that_goes_is_no_going_of_the_reader(entry: str) -> None:
    assert not _case(LOGGED.format(entry=entry)).attendance_unread


@pytest.mark.parametrize("entry", ["Dr. Whitfield went up to the ward.", "Wave V stable, Dr. Whitfield gone up to radiology."])
def test_a_reader_who_goes_beside_a_response_makes_a_query(entry: str) -> None:
    assert _case(LOGGED.format(entry=entry)).attendance_unread
