"""What a program writes of a reader's viewer begins and ends the attendance; what a reader writes in a chat does not."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

TRAIL = """Patient: Marta Quill   DOB 04/09/1961
Date of surgery: 08/19/2025
Technologist: Tom Reyes, CNIM
Interpreting physician: Ines Vale, MD

Time\tUser\tRole\tEvent
08/19/2025 09:20:10\ttreyes\tTech\tSetup started
08/19/2025 09:48:10\ttreyes\tTech\tSetup complete
08/19/2025 09:52:10\ttreyes\tTech\tBaselines started
08/19/2025 10:08:10\ttreyes\tTech\tBaselines complete
08/19/2025 10:14:10\ttreyes\tTech\tMonitoring started
08/19/2025 10:05:42\tivale\tMD\t{on}
08/19/2025 13:31:09\tivale\tMD\t{off}
08/19/2025 13:46:30\ttreyes\tTech\tMonitoring stopped

The reader watched live from the remote office, this case only.
Electronically signed by Ines Vale, MD on 08/19/2025
"""


def attended(on: str, off: str) -> list[tuple[str, str]]:
    case = read_case(read_bytes("trail.txt", TRAIL.format(on=on, off=off).encode()))
    return [(f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in case.attendance]


@pytest.mark.parametrize(
    "off",
    [
        "Leave live viewing session",
        "Left live view",
        "Exit from live session",
        "Close live view",
        "Viewing closed",
        "End viewing",
        "Disconnect from case",
        "Quit session",
        "Detach viewer",
        "Stop viewing",
        "Viewer terminated",
        "Unsubscribe from stream",
        "Live session ended by user",
        "Live viewing: stop",
        "Presence: away",
        "Viewing suspended",
        "Hang up",
        "Logout",
    ],
)
def test_attendance_ends_where_the_program_closes_the_viewer(off: str) -> None:
    assert attended("Join live viewing session", off) == [("10:05", "13:31")]


@pytest.mark.parametrize(
    "on",
    [
        "Open live view",
        "Viewing started",
        "Begin viewing",
        "Enter session",
        "Attach viewer",
        "Connect to case",
        "Stream opened",
        "Subscribe to stream",
        "Live view ON",
        "Viewer window opened",
        "Presence: here",
        "Log in",
    ],
)
def test_attendance_begins_where_the_program_opens_the_viewer(on: str) -> None:
    assert attended(on, "Leave live viewing session") == [("10:05", "13:31")]


@pytest.mark.parametrize("said", ["Chat message sent: closing soon?", "close the wound now", "left TA is back", "View traces"])
def test_what_the_reader_says_of_the_operation_ends_no_attendance(said: str) -> None:
    assert attended("Join live viewing session", said) == [("10:05", "")]
