"""Monitors of one nerve, switched on and off, and the tube with electrodes that goes with them."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """Patient: Vera Moss   MRN: 1234567   DOB: 02/03/1961
Date of service: 03/12/2026
Surgeon: Mark Hathaway, MD
Neurologist: Laura Ashworth, MD, remote
Technologist: Jonas Jamison, CNIM

"""


def parts(told: str) -> list[str]:
    case = read_case(read_bytes("note.txt", (HEAD + told + "\n").encode()))
    return [f"{s.kind} " + "-".join(f"{at:%H:%M}" if at else "" for at in (s.start, s.end)) for s in case.segments]


@pytest.mark.parametrize(
    "told",
    [
        "The nerve monitor was switched on at 8:05 AM and switched off at 1:40 PM.",
        "The facial nerve monitor was turned on at 8:05 AM. It was turned off at 1:40 PM.",
        "The NIM was on from 8:05 AM to 1:40 PM.",
        "NIM on 8:05, off 13:40.",
    ],
)
def test_a_nerve_monitor_that_is_switched_on_and_off_monitors_meanwhile(told: str) -> None:
    assert parts(told) == ["monitoring 08:05-13:40"]


@pytest.mark.parametrize(
    "told",
    [
        "She checked the electrode tube and the grounds between 8:05 and 8:20",
        "She checked the grounds from 8:05 to 8:20",
        "The tube's contacts were checked from 8:05 to 8:20",
        "Between 8:05 and 8:20 the tube was positioned and its contacts tested",
        "The EMG tube was seated and tested from 8:05 to 8:20",
    ],
)
def test_what_is_checked_of_a_tube_with_electrodes_is_setup(told: str) -> None:
    assert parts(f"{told}. Monitoring was from 8:40 to 10:55.") == ["setup 08:05-08:20", "monitoring 08:40-10:55"]


@pytest.mark.parametrize(
    "told", ["Dr. Gray checked the tube for leaks from 8:05 to 8:20", "The tube was suctioned from 8:05 to 8:20"]
)
def test_what_anesthesia_does_with_a_tube_is_no_setup(told: str) -> None:
    assert parts(f"{told}. Monitoring was from 8:40 to 10:55.") == ["monitoring 08:40-10:55"]


def test_a_heading_of_nerve_monitoring_ends_what_the_operation_was_for() -> None:
    told = (
        "Procedure\nLeft resection of vestibular schwannoma, with facial nerve monitoring.\n"
        "Indication\nGrowing vestibular schwannoma. The facial nerve is stretched over the tumor.\n"
        "Facial nerve monitoring\nNeedle electrodes were put into the left orbicularis oculi and orbicularis oris. "
        "The resting trace was flat at baseline.\n"
    )
    case = read_case(read_bytes("note.txt", (HEAD + told).encode()))
    assert [(m.modality, m.region, m.status) for m in case.modalities] == [("EMG", "cranial", "performed")]
    assert case.elements["baseline_findings"].state == "present"
    assert case.elements["surgeon_notification"].state == "not_applicable"


def test_a_loudspeaker_of_the_monitor_keeps_nobody_in_touch() -> None:
    told = "The surgeon worked with the loudspeaker on and read the monitor himself.\n"
    case = read_case(read_bytes("note.txt", (HEAD + told).encode()))
    assert case.elements["communication"].state == "absent"


OPERATIVE = """Patient: Vera Moss   MRN: 1234567   DOB: 02/03/1961
Date of operation: 03/12/2026
Surgeon: Mark Hathaway, MD

Total thyroidectomy with an electrode tube.
The nerve monitor was on from 8:20 to 10:35. {}
Electronically signed by Mark Hathaway, MD on 03/12/2026
"""


@pytest.mark.parametrize(
    "told",
    [
        "I ran it myself; nobody from neurophysiology was booked.",
        "I worked it on my own and no neurophysiologist was there.",
        "I looked up at the screen when the tone sounded.",
        "I did my own monitoring.",
        "The nerve monitor was run by me.",
    ],
)
def test_a_surgeon_who_ran_the_monitor_is_the_operator(told: str) -> None:
    assert read_case(read_bytes("note.txt", OPERATIVE.format(told).encode())).only_operator_monitors


@pytest.mark.parametrize(
    "told",
    [
        "I set the retractor myself.",
        "The technologist ran it.",
        "I looked at the images on the screen.",
        "The suction was on. I ran it myself.",
    ],
)
def test_what_else_a_surgeon_did_is_no_monitoring(told: str) -> None:
    assert not read_case(read_bytes("note.txt", OPERATIVE.format(told).encode())).operator_monitors


SHEET = """Nerve Monitoring Worksheet
Patient: Vera Moss   MRN: 1234567
Date of surgery: 03/12/2026   Surgeon: Mark Hathaway, MD
Technologist: Jonas Jamison, CNIM
Supervising / reading physician: ________________________
12:40 to 12:51 {done}
12:55 to 13:08 baseline: right vocalis response 640 microvolts
13:12 monitoring on
15:01 monitoring off
Remarks
Free-running vocalis EMG on both channels. {stay}
"""


def sheet(done: str = "tube electrodes seated, ground placed", stay: str = "") -> Case:
    return read_case(read_bytes("note.txt", SHEET.format(done=done, stay=stay).encode()))


@pytest.mark.parametrize(
    ("done", "is_setup"),
    [
        ("electrode tube checked under laryngoscopy, ground and reference placed", True),
        ("NIM tube position checked, reference and ground on", True),
        ("vocal cord contact of the tube verified; grounds placed", True),
        ("tube electrodes seated and checked", True),
        ("tube checked again by anesthesia", False),
        ("endotracheal tube placed and checked", False),
        ("head holder checked, pins placed", False),
    ],
)
def test_a_row_of_a_sheet_tells_the_setup_by_the_tube_and_the_grounds(done: str, is_setup: bool) -> None:
    assert any(s.kind == "setup" for s in sheet(done).segments) is is_setup


@pytest.mark.parametrize(
    ("stay", "state"),
    [
        ("I was in the OR from set-up until the drapes came down.", "present"),
        ("I did not leave the OR between set-up and removal.", "present"),
        ("I was in the OR from set-up until incision.", "absent"),
        ("I was not in the OR from set-up until the drapes came down.", "absent"),
        ("The surgeon was in the OR from set-up until the drapes came down.", "absent"),
    ],
)
def test_a_sheet_whose_line_for_the_reader_is_blank_is_the_technologist_s(stay: str, state: str) -> None:
    assert sheet(stay=stay).elements["technologist_presence"].state == state
