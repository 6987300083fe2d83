"""A table of attendance speaks row by row: who watched, from when to when, from where, and whether other cases were open."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Attendance

HEAD = """INTRAOPERATIVE NEUROMONITORING RECORD
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
{more}Technologist: Ana Ruiz, CNIM

Times
Phase | Start | Stop
Baselines | 07:50 | 08:05
Monitoring | 08:10 | 11:30

{title}
"""


def _attendance(title: str, rows: str, more: str = "") -> list[tuple[str, str, str, bool | None]]:
    text = HEAD.format(title=title, more=more) + rows + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    return [_short(a) for a in read_case(read_bytes("note.txt", text.encode())).attendance]


def _short(a: Attendance) -> tuple[str, str, str, bool | None]:
    return a.mode, f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "", a.exclusive


def test_each_row_says_for_itself_whether_another_case_was_open() -> None:
    rows = """From | To | Cases open | Remarks
08:10 | 09:00 | 1 | this patient only
09:00 | 09:40 | 2 | second case opened elsewhere, attention divided
09:40 | 11:30 | 1 | second case finished; this patient only"""
    assert [row[1:] for row in _attendance("Physician attention record", rows)] == [
        ("08:10", "09:00", True),
        ("09:00", "09:40", False),
        ("09:40", "11:30", True),
    ]


def test_two_readers_of_a_table_have_each_their_own_hours_and_place() -> None:
    rows = """Reader | Online | Offline | Location | Sessions open
Dana Whitfield, MD | 08:08:20 | 10:00:47 | remote | 1 (this case)
Igor Bell, MD | 10:00:10 | 11:31:05 | remote | 1 (this case)"""
    assert _attendance("Remote readers", rows, "Interpreting physician: Igor Bell, MD\n") == [
        ("remote", "08:08", "10:00", True),
        ("remote", "10:00", "11:31", True),
    ]


def test_a_column_of_other_cases_counts_without_this_one() -> None:
    rows = """Interval | Other cases | Place
08:10-09:00 | 0 | remote
09:00-11:30 | 1 | remote"""
    assert [row[1:] for row in _attendance("Oversight", rows)] == [("08:10", "09:00", True), ("09:00", "11:30", False)]


def test_one_concurrent_case_may_be_this_one_and_is_left_open() -> None:
    rows = """From | To | Concurrent cases
08:10 | 11:30 | 1"""
    assert [row[3] for row in _attendance("Reader coverage", rows)] == [None]


@pytest.mark.parametrize("title", ["Technologist attendance in the OR", "Operating room times"])
def test_a_table_of_somebody_else_is_no_attendance_of_the_professional(title: str) -> None:
    rows = """From | To
07:05 | 11:45"""
    assert ("", "07:05", "11:45", None) not in [("", *row[1:]) for row in _attendance(title, rows)]
