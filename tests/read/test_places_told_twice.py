"""Where the professional was: tables without times, two statements that do not go together, and words of something else."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """NEUROMONITORING REPORT

Patient name - Jane Roe
MRN - 123456
Date of surgery - 03/04/2025
Surgeon - Mark Holloway, MD
Assigned reader - Gail Dunleavy, MD
Technologist - Gwen Ortiz, CNIM

Monitoring ran from 8:10 to 11:30.

"""


def read(text: str) -> Case:
    return read_case(read_bytes("case.txt", (HEAD + text + "\n").encode()))


TABLE = """Name                From         To           Where                 Other cases at same time
------------------  -----------  -----------  --------------------  ------------------------
{rows}
Gwen Ortiz (tech)   entire case  entire case  in the OR             -
"""


def test_a_table_of_coverage_without_times_places_who_attended_all_of_the_case() -> None:
    case = read(TABLE.format(rows="Dr. Dunleavy        entire case  entire case  off-site reading hub  0"))
    (row,) = case.attendance
    assert (row.professional, row.mode, row.exclusive, row.whole_case) == ("Gail Dunleavy", "remote", True, True)


def test_a_table_that_places_one_person_twice_is_a_conflict() -> None:
    rows = (
        "Dr. Dunleavy        entire case  entire case  in person in the OR   0\n"
        "Dr. Dunleavy        entire case  entire case  off-site reading hub  0"
    )
    assert read(TABLE.format(rows=rows)).mode_conflict


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Dunleavy shared the operating room with the patient throughout. Dr. Dunleavy watched from a hub in another city.",
        "Dr. Dunleavy watched from within the four walls of the theatre. Dr. Dunleavy kept up the watch by remote access.",
        "Dr. Dunleavy supervised remotely in real time.\n\nwas present in person in the operating room throughout.",
    ],
)
def test_two_places_that_do_not_go_together_are_a_doubt(text: str) -> None:
    case = read(text)
    assert case.mode_conflict or case.attendance_unread


@pytest.mark.parametrize(
    "text",
    [
        "POS/setting: OUTPT HOSP (on campus)",
        "Care setting: hospital outpatient department, on campus",
        "V. FINDINGS IN THE OR",
        "Continuous presence in the OR was by Gwen Ortiz, CNIM.",
    ],
)
def test_what_places_the_patient_or_the_technologist_places_no_professional(text: str) -> None:
    assert {row.mode for row in read(f"{text}\n\nDr. Dunleavy supervised the case.").attendance} == {"unstated"}


@pytest.mark.parametrize(
    ("value", "mode"),
    [
        ("on site in the hospital, outside theatre", "nearby"),
        ("inside theatre, beside the amplifier", "in_room"),
        ("external workstation (remote)", "remote"),
    ],
)
def test_the_seat_of_oversight_is_a_place(value: str, mode: str) -> None:
    assert {row.mode for row in read(f"Seat of oversight: {value}").attendance} == {mode}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Q19. Where was the professional?\n     operating room (bodily present)", "in_room"),
        ("From what location did the professional supervise?\n     remote (outside the hospital)", "remote"),
        ("Reader's post: anteroom of the theatre", "nearby"),
        ("Reader's post: off the premises", "remote"),
        ("Reading from: reading suite of the hospital", "nearby"),
    ],
)
def test_a_form_that_asks_for_the_place_has_it_behind_or_below(text: str, mode: str) -> None:
    assert {row.mode for row in read(text).attendance} == {mode}


def test_messages_to_and_fro_between_people_are_no_other_cases() -> None:
    text = "Dr. Dunleavy supervised remotely. Messages went to and fro between reading desk and theatre."
    assert {row.exclusive for row in read(text).attendance} == {None}


def test_two_statements_of_all_of_the_case_that_place_one_person_twice_are_a_conflict() -> None:
    text = "Within the operating room Dr. Dunleavy oversaw the monitoring. Dr. Dunleavy attended all of it from a remote site."
    case = read(text)
    assert case.mode_conflict
    assert {row.mode for row in case.attendance} == {"in_room", "remote"}


def test_an_audit_trail_from_home_beside_a_statement_of_the_room_is_a_conflict() -> None:
    trail = """time | user | workstation | action
8:10:12 | gdunleavy | HOME-VPN (remote) | live view opened
9:41:05 | gdunleavy | HOME-VPN (remote) | chat to gortiz: "good on all"
11:30:30 | gdunleavy | HOME-VPN (remote) | live view closed
"""
    assert read(f"I was physically present in the operating room from 8:10 to 11:30. Gail Dunleavy, MD\n\n{trail}").mode_conflict


def test_where_another_case_ran_places_nobody() -> None:
    said = "I read this case off site. From 8:10 to 9:40 I was also following a lumbar case at another hospital. "
    case = read(said + "That case closed at 9:40; from then until 11:30 I followed Ms. Roe alone.")
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("remote", False), ("remote", True)]
    assert [
        row.mode for row in read("Gail Dunleavy: on, watching live from my home station. Fyi I have three rooms up.").attendance
    ] == ["remote"]


@pytest.mark.parametrize(
    ("second", "mode"),
    [("at tower workstation, floor 5", "remote"), ("upstairs in the reading room", "nearby"), ("in the reading room", "remote")],
)
def test_each_row_of_one_person_has_its_own_place(second: str, mode: str) -> None:
    rows = f"Dr. Dunleavy in OR 8\t08:10\t09:03\nDr. Dunleavy {second}\t09:11\t11:30\n"
    case = read(f"Step\tStart\tEnd\nMonitoring\t08:10\t11:30\n{rows}")
    assert [row.mode for row in case.attendance] == ["in_room", mode]


@pytest.mark.parametrize("who", ["Two physicians of our group", "Two of our physicians", "Our neurologists"])
def test_physicians_of_a_group_are_those_of_the_case(who: str) -> None:
    case = read(f"{who} read the case over the secure internet link. Dr. Dunleavy covered from 8:10 to 11:30.")
    assert [row.mode for row in case.attendance] == ["remote"]
