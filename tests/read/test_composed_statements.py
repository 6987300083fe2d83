"""Statements of attendance in wordings that no pattern holds: other cases, place, coming and going, what an interval is of."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.case_count import asked
from ionm_notes.read.caseload import caseload
from ionm_notes.read.events.intervals import interval_of
from ionm_notes.types import Case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Dana Whitfield, MD
Technologist: Gwen Juarez, CNIM

SSEP of the median and tibial nerves and MEP of APB, TA and AH were recorded bilaterally.
Monitoring 08:10 to 11:30.

"""


def read(statement: str) -> Case:
    return read_case(
        read_bytes("report.txt", f"{HEAD}{statement}\n\nSigned electronically by Dana Whitfield, MD 03/04/2025\n".encode())
    )


@pytest.mark.parametrize(
    "clause",
    [
        "There was never a second screen on her desk",
        "I again followed nobody but Tobiah",
        "Her entire attention was on this patient",
        "The reader had no traces before him but this boy's",
        "It was the single study in front of me",
        "Concurrent supervision of other operations did not occur",
        "The number of patients supervised at one time was one",
        "Supervision was limited to the present patient, to the exclusion of all others",
        "Responsibility for a second case was not held during this operation",
    ],
)
def test_one_case_alone_is_understood_from_the_things_a_clause_names(clause: str) -> None:
    found = caseload(clause)
    assert found is not None
    assert found.what == "exclusive"


@pytest.mark.parametrize(
    "clause",
    [
        "Alongside this patient the professional had two others to follow",
        "The reader divided her time among three rooms",
        "Concurrently with this operation, two others were being supervised by the same professional",
        "The number of patients supervised at one time was three",
        "I covered this and one other room",
        "The professional's attention was not exclusive, two other patients having been supervised over the same period",
    ],
)
def test_other_cases_are_understood_from_the_things_a_clause_names(clause: str) -> None:
    found = caseload(clause)
    assert found is not None
    assert found.what == "shared"


@pytest.mark.parametrize(
    "clause",
    [
        "Nobody but the recordist had looked at the tracings while the operation ran",
        "No neurophysiologist or other physician supervised this monitoring",
        "The technologist had no other patient",
        "No other procedures were performed",
        "Nobody but the surgeon interpreted the data",
        "One of the screws was tested",
        "Two other patients would have been monitored",
        "Dr. Whitfield watched from an office two doors from the theatre",
        "An open telephone line was kept between the professional and the operating room staff",
    ],
)
def test_a_clause_about_something_else_says_nothing_of_other_cases(clause: str) -> None:
    assert caseload(clause) is None


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("Others being watched meanwhile\t☒ none ☐ one ☐ two or more", "exclusive"),
        ("Concurrent patients on my feed: 0.", "exclusive"),
        ("Concurrent case count: one, namely this one.", "exclusive"),
        ("Simultaneous cases: 1", None),
        ("Other cases at the same time: 2", "shared"),
        ("Patients on screen at one time: ☐ 1 ☒ 2 ☐ 3", "shared"),
        ("Any other operations followed? Yes", "shared"),
        ("Case no.: 2", None),
        ("Second surgeon: none", None),
        ("Other procedures performed: none", None),
    ],
)
def test_a_form_states_other_cases_where_it_asks_for_them(field: str, what: str | None) -> None:
    found = asked(field)
    assert (found.what if found else None) == what


@pytest.mark.parametrize(
    ("statement", "mode"),
    [
        ("I stood beside Ms. Juarez at the foot of the table over that whole stretch.", "in_room"),
        ("In-room coverage of the complete case was by Dr. Whitfield.", "in_room"),
        ("Dr. Whitfield never left the OR while monitoring went on.", "in_room"),
        ("I kept the traces in view from the San Angelo clinic building.", "remote"),
        ("From an off-campus reading facility, Dr. Whitfield supervised the monitoring.", "remote"),
        ("Dr. Whitfield was on site but not in the OR, viewing from the neurodiagnostics lab.", "nearby"),
        ("For as long as monitoring lasted, Dr. Whitfield watched it from the EEG lab of the same hospital.", "nearby"),
        ("Dr. Whitfield attended all of it from within the hospital but not from within the operating room.", "nearby"),
        ("I spoke on the telephone with the technologist in the operating room.", "unstated"),
        ("Dr. Holloway was in the operating room.", "unstated"),
    ],
)
def test_the_place_is_of_the_professional_and_of_nobody_else(statement: str, mode: str) -> None:
    assert [a.mode for a in read(statement).attendance] == [mode]


def test_coming_and_going_in_a_sentence_are_read_and_the_time_between_is_not_counted() -> None:
    case = read("I came to OR 7 at 08:35 and stayed until 09:50 (exposure); I was again in OR 7 from 10:40 to 11:25.")
    stays = [(f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end]
    assert stays == [("08:35", "09:50"), ("10:40", "11:25")]


def test_an_interval_of_the_professional_without_meaning_leaves_the_minutes_in_doubt() -> None:
    case = read("I was the physician in the operating room. Between 09:05 and 10:20 I dealt with a ward.")
    assert "09:05 and 10:20" in " ".join(proof.text for proof in case.attendance_unread)


def test_an_interval_in_which_the_professional_had_to_see_to_something_else_comes_out() -> None:
    case = read("I was the physician in the operating room. Between 09:05 and 10:20 I had to see to a ward.")
    stays = [(f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end]
    assert stays == [("08:10", "09:05"), ("10:20", "11:30")]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("The cortex was mapped by direct stimulation from ", "mapping"),
        ("We hooked the patient up ", "setup"),
        ("The opening recordings were collected ", "baseline"),
        ("Surveillance of the cord ran ", "monitoring"),
        ("The electrodes came off ", "removal"),
        ("Nothing could be recorded because the workstation hung ", "interruption"),
        ("The clamp was on ", None),
        ("Monitoring was planned ", None),
        ("Anesthesia ran with electrodes in place ", None),
        ("removal of the disc ", None),
    ],
)
def test_an_interval_is_of_the_part_of_the_day_that_its_clause_names(clause: str, kind: str | None) -> None:
    found = interval_of(clause, 0)
    assert (found.kind if found else None) == kind


def test_a_hand_over_without_a_name_is_no_attendance_beside_the_one_who_connects_then() -> None:
    """A fax lost the end of the line that says to whom."""
    log = """Time | Source | Entry
08:10:00 | TECH | Monitoring started
08:05:20 | READER | Dr. D. Whitfield connected (remote)
10:01:02 | READER | Dr. Whitfield signs off; case handed over by telephone to Dr. R.
10:01:40 | READER | Dr. R. Oyelaran connected (remote)
11:30:20 | READER | Dr. R. Oyelaran disconnected
11:30:00 | TECH | Monitoring ended
Second reader: Rafiq Oyelaran, MD"""
    assert all(row.professional is not None for row in read(log).attendance)
