"""What stands in place of a statement of attendance: a condition, a plan, a surgeon's place, another day, a view not opened."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 448812   DOB: 1971-02-03
Date of service: 2026-03-12
Surgeon: Oscar Vale, MD
Technologist: Dev Okafor, CNIM (in the operating room)
Interpreting physician: Marta Quill, MD

Modalities: SSEP of the upper and lower limbs.

EVENT LOG
08:00  Baselines complete; monitoring begins
10:00  Monitoring ends

PROFESSIONAL COMPONENT
"""
TAIL = """

Electronically signed by Marta Quill, MD, 03/12/2026 11:40
"""


def _case(said: str) -> Case:
    return read_case(read_bytes("note.txt", f"{HEAD}{said}{TAIL}".encode()))


@pytest.mark.parametrize(
    "said",
    [
        "In OR when called; live; one case.",
        "In the OR as needed, live traces, this patient only",
        "In OR on request, reading live, one case",
        "In OR (planned), live (planned), one case",
        "In OR: planned. Live: planned. One case.",
        "To be in OR, live, one case",
        "In OR briefly, live, one case",
        "In the OR for consent only, live traces, one case",
        "Dr. Vale in OR, eyes on the live tracings, one case",
    ],
)
def test_a_condition_a_plan_a_moment_and_the_surgeon_place_no_reader(said: str) -> None:
    assert "in_room" not in {row.mode for row in _case(said).attendance}


@pytest.mark.parametrize(
    "said",
    [
        "Live view from home, one case, not opened",
        "Live view from home (one case) never opened",
        "Home viewer live, one patient; nobody opened it",
        "In OR, live, until 09:00 or so. One case.",
        "Live from home, one case, 08:00-09:20 (est.)",
        "I watched this patient alone, live from home, until nine or so.",
        "Day before: In OR, live traces, one case 08:00-10:00",
        "Shifts (day before):\n08:00-10:00 Quill, live from home, this patient only",
        "Shift list, previous day\n08:00 Quill on, live, remote, this patient only\n10:00 Quill off",
        "Shift list for 11 March 2026\n08:00 Quill on, live, remote, this patient only\n10:00 Quill off",
        "08:00 Quill on, live from home, one patient\n09:00 Quill off but still watching on phone\n10:00 Quill off",
    ],
)
def test_what_is_taken_back_is_a_query(said: str) -> None:
    assert _case(said).attendance_unread


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("In OR as planned, reading live, one case.", "in_room"),
        ("In the OR, reading live, as required by the payer, one patient.", "in_room"),
        ("In OR with Dr. Vale, reading live, one case", "in_room"),
        ("Live view from home, one case; stored copy not opened", "remote"),
        ("Live view from home, one case, not interrupted", "remote"),
        ("Consent was taken the day before. I watched live from home, this patient only, 08:00 to 10:00.", "remote"),
        ("Shifts:\n08:00-10:00 Quill, live from home, this patient only", "remote"),
        ("Shift list for 12 March 2026\n08:00 Quill on, live, remote, this patient only\n10:00 Quill off", "remote"),
    ],
)
def test_attendance_beside_such_words_stays(said: str, mode: str) -> None:
    case = _case(said)
    assert [(row.mode, row.exclusive) for row in case.attendance] == [(mode, True)]
    assert not case.attendance_unread
