"""A form tells of the professional in lines that name nobody: 'Hours', 'Where', 'Other cases' below the reader's name."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Attendance, Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM

Monitoring 08:10 to 11:30.

"""


def _case(said: str, reader: str = "") -> Case:
    text = f"{HEAD}{reader}{said}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    return read_case(read_bytes("form.txt", text.encode()))


def _row(row: Attendance) -> tuple[str, str, str, bool | None]:
    return row.mode, f"{row.start:%H:%M}" if row.start else "", f"{row.end:%H:%M}" if row.end else "", row.exclusive


def _rows(said: str, reader: str = "") -> list[tuple[str, str, str, bool | None]]:
    return [_row(row) for row in _case(said, reader).attendance]


@pytest.mark.parametrize(
    "form",
    [
        "Reader: Dana Whitfield, MD\nWhere: home office\nHours: 08:40-11:00\nCases open: 1 (this case)",
        "Physician\tDana Whitfield, MD\nMode\tremote, reading center\nLogged in\t08:40 to 11:00\nOther cases\tnone",
        "reader.name|Dana Whitfield, MD\nreader.mode|remote\nreader.start|08:40\nreader.stop|11:00\nreader.other_cases|0",
        "READER: Dana Whitfield, MD\nREADER_LOCATION: offsite\nREADER_ON: 08:40\nREADER_OFF: 11:00\nREADER_OTHER_CASES: 0",
        "phys_name=Dana Whitfield, MD\nphys_location=remote\nphys_login=08h40\nphys_logout=11h00\nphys_other_cases=0",
        "Physician: Dana Whitfield, MD\nPhysician location ( ) in OR  ( ) nearby  (X) remote\n"
        "Other cases at the same time (X) none  ( ) one  ( ) more\nConnected: from 08:40 to 11:00",
    ],
)
def test_the_lines_of_a_form_go_with_the_reader_above_them(form: str) -> None:
    assert _rows(form) == [("remote", "08:40", "11:00", True)]


@pytest.mark.parametrize("between", [" ", "\t", "\n"])
@pytest.mark.parametrize("asked", ["Between what times?", "From when to when?", "Hours of attendance?", "During what hours?"])
def test_a_question_for_the_hours_need_name_nobody(asked: str, between: str) -> None:
    form = (
        f"Where did the physician watch from?{between}Home office.\nHow many cases at once?{between}One.\n"
        f"{asked}{between}08h40-11h00\nWatched live?{between}Yes."
    )
    assert _rows(form, "Neurologist: Dana Whitfield, MD\n\n") == [("remote", "08:40", "11:00", True)]


@pytest.mark.parametrize(
    "line",
    ["Anesthesia time: 07:30 - 11:50", "Clamp on/off: 09:10 - 09:40", "Tourniquet: 09:10 to 09:40", "Surgery 08:20 - 11:10"],
)
def test_the_hours_of_something_else_beside_the_reader_are_not_the_reader_s(line: str) -> None:
    form = f"Reader: Dana Whitfield, MD\nLocation of reader: home office\n{line}\nCases open: 1 (this case)"
    assert _rows(form) == [("remote", "", "", True)]


def test_hours_below_the_technologist_are_the_technologist_s() -> None:
    form = "Reader: Dana Whitfield, MD\nLocation of reader: home office\nTechnologist: Ana Ruiz, CNIM\nHours: 07:10 - 11:50"
    assert _rows(form) == [("remote", "", "", None)]


def test_a_table_may_head_the_place_with_whose_it_is() -> None:
    form = (
        "Physician attendance (Dr. Whitfield)\nStart\tEnd\tLocation of reader\tLoad\n08:10\t09:40\tOR 4\tthis one\n"
        "09:40\t11:30\thome office\t2"
    )
    reader = "Neurologist: Dana Whitfield, MD\n\n"
    assert _rows(form, reader) == [("in_room", "08:10", "09:40", True), ("remote", "09:40", "11:30", False)]


@pytest.mark.parametrize(
    "said",
    [
        "About our company: our readers cover hospitals in twelve states, remotely and in person.",
        "Remote supervision had been offered for the earlier operation.",
        "Dr. Brandt of anesthesia was present in the room for the whole case.",
        "Dr. Kell, vascular surgery, was in the operating room.",
    ],
)
def test_what_is_said_of_the_company_or_of_another_doctor_places_no_reader(said: str) -> None:
    case = _case(
        f"Dr. Whitfield watched live from the control room beside OR 4, this case only. {said}", "Reader: Dana Whitfield, MD\n"
    )
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("nearby", True)]
    assert case.mode_conflict == ()


def test_each_part_of_a_note_has_the_place_that_it_names() -> None:
    said = "In person in the operating room 8:10 AM-9:40 AM; remote from the reading center 9:40 AM-11:30 AM. One case only."
    assert _rows(said, "Reader: Dana Whitfield, MD\n\n") == [
        ("in_room", "08:10", "09:40", True),
        ("remote", "09:40", "11:30", True),
    ]


def test_a_column_may_count_the_cases_of_each_reader_without_times() -> None:
    form = "Reader\tSeat\tFeed\tPatients open at once\nDana Whitfield, MD\tOffsite, Fresno hub\tlive stream\t1 (this case)"

    assert [row.exclusive for row in _case(form, "Reader: Dana Whitfield, MD\n\n").attendance] == [True]


def test_the_line_of_a_reader_may_tell_the_load() -> None:
    form = (
        "reader 1\tDana Whitfield, MD\tremote\t08:10 -> 09:40\tload at the time: 1 (this case)\n"
        "reader 2\tPiers Okafor, MD\tremote\t09:40 -> 11:30\tload at the time: 2"
    )
    assert _rows(form) == [("remote", "08:10", "09:40", True), ("remote", "09:40", "11:30", False)]


def test_the_first_row_of_a_table_below_from_and_to_is_no_answer() -> None:
    form = "Reader: Dana Whitfield, MD\nLocation of reader: home office\nfrom\tto\n07:30\t07:50\n08:10\t11:30\n11:35\t11:40"
    assert _rows(form)[0][1:3] != ("07:30", "07:50")
