"""The technologist's time in the room as a form asks for it, with the answer behind, before or below the label."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case


def state(more: str) -> str:
    text = f"NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nTechnologist: Gwen Juarez, CNIM\n\n{more}\n"
    return read_case(read_bytes("report.txt", text.encode())).elements["technologist_presence"].state


@pytest.mark.parametrize(
    "said",
    [
        "In-OR technical coverage: 100% of case",
        "tech_or_presence=uninterrupted, whole case",
        "Q11. Was the technologist in the OR during the case?\n     full case, no breaks",
        "from first electrode to last      Recordist in theatre",
        "Presence of the technologist in the operating room: at all times",
        "Gwen Juarez, CNIM took no break from the OR.",
    ],
)
def test_the_whole_case_is_presence_throughout(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "In-OR technical coverage: set-up only",
        "Tech in OR: ______",
        "Tech in room: no",
        "Q11. Was the technologist in the OR during the case?\n     (left blank)",
    ],
)
def test_a_part_a_denial_and_a_blank_are_not(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "A technologist was in theatre without intermission.",
        "Tech out of room at any time? No",
        "Tech left OR: never",
        "OperatorPresence: 100%",
        "Always a technician sat by the apparatus.",
        "CNIM IN OR S TO F",
        "TECH=Gwen Juarez CNIM\tTECH IN=07:24:50 AM\tTECH LEFT ROOM=never",
        "Gwen Juarez, CNIM, in the OR from set-up to the patient's leaving, never relieved.",
        "Our Ms. Juarez was with you in theatre all morning.",
        "Dr. Ash could be reached by direct phone to OR 3. Ms. Juarez remained in the operating room for the whole case.",
        "never left rm - Gwen Juarez, CNIM",
        "Clinical physiologist in constant attendance in theatre.",
        "The operating room was at no moment without our technologist.",
    ],
)
def test_shorthand_and_questions_tell_the_whole_stay(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Tech out of room at any time? Yes",
        "Technologist in OR throughout: no",
        "The surgeon was in the OR throughout, per tech.",
        "You were in the theatre throughout, as was your resident.",
        "Dr. Hale was in touch with the technologist in the OR throughout.",
        "Technologist present for entire setup",
        "Technologist will remain in the OR throughout.",
        "The technologist set up in the OR, then left.",
        "Technologist recorded continuously.",
    ],
)
def test_others_plans_and_a_part_of_the_stay_are_no_presence_throughout(said: str) -> None:
    assert state(said) == "absent"


_BY_TECHNOLOGIST = "Technologist: Gwen Juarez, CNIM (me)\n"


@pytest.mark.parametrize(
    ("said", "present"),
    [
        ("I did not leave the operating room between setting up and taking the electrodes off; a colleague brought tape.", True),
        ("At no point between hook-up and removal was I out of the theatre.", True),
        ("I stayed in the room from the first needle to the last.", True),
        ("I did not leave the operating room until the baselines were done; a colleague took over then.", False),
        ("I did not leave the control room between setting up and taking the electrodes off.", False),
        ("I was in the operating room throughout the exposure.", False),
    ],
)
def test_whoever_the_record_names_as_its_writer_says_it_in_the_first_person(said: str, *, present: bool) -> None:
    assert (state(_BY_TECHNOLOGIST + said) == "present") is present
    assert state(said) == "absent"  # nobody knows whose 'I' it is


@pytest.mark.parametrize(
    "said",
    [
        "I was in chat contact with Gwen Juarez, CNIM, who sat in your theatre for the whole operation.",
        "8:20-8:49\tElectrodes placed by Gwen Juarez, CNIM, who was then in the OR until the end of the case",
        "I was in the OR throughout monitoring, at the machine with Gwen Juarez, CNIM, who never left the room either.",
        "Ms. Juarez remained in the operating room until the tube was disconnected.",
        "Ms. Juarez was in the theatre until the patient was moved to the ward bed.",
        "Ms. Juarez was in room OR 3 until the drapes were taken down.",
        "tech room\tin OR 11 continously, patient in to patient out",
        "Ms. Juarez was beside the table the entire night.",
        "Ms. Juarez was with the child from the first needle to the last.",
        "Ms. Juarez was in the operating room without exception.",
        "Gwen Juarez, CNIM, technologist, OR 3, present from open to close of session",
        "Staff in the room\nGwen Juarez, technologist, throughout.",
        "Technologist left the OR\t[X] never, wheels in to wheels out [ ] relieved by:",
    ],
)
def test_a_stay_told_behind_who_by_its_end_or_under_a_heading(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "I was in chat contact throughout with Gwen Juarez, CNIM, in the OR.",
        "8:20-8:49\tElectrodes placed by Gwen Juarez, CNIM, who was then in the OR until the incision",
        "I was in the OR throughout monitoring, at the machine of Gwen Juarez, CNIM.",
        "Ms. Juarez remained in the operating room until the tube was placed.",
        "Ms. Juarez was in the theatre until the patient was moved to the prone frame.",
        "tech room\tin OR 11 for set-up, then next door",
        "Ms. Juarez was beside the table for the entire set-up.",
        "Ms. Juarez was with the child from the first needle to the baselines.",
        "Ms. Juarez was in the operating room without exception until 10:00, when she was relieved.",
        "Ms. Juarez did not leave the OR between hook-up and incision.",
        "Gwen Juarez, CNIM, technologist, OR 3, present at open of session",
        "Staff in the room\nGwen Juarez, technologist, for set-up.",
        "Staff of the service\nGwen Juarez, technologist.",
        "Technologist left the OR\t[ ] never, wheels in to wheels out [X] relieved by: Ann Poole",
        "Technologist left the OR\t[ ] never, wheels in to wheels out [ ] relieved by:",
    ],
)
def test_a_stay_with_an_end_of_its_own_is_not_throughout(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "Was the technologist there all the time?\nYes, from patient in to patient out.",
        "Technologist present throughout? Yes",
        "Did the technologist ever leave?\nNo, never.",
        "11:30 Gwen: leads off. I was here the whole time",
    ],
)
def test_there_and_here_are_the_room_of_whom_it_is_asked(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Was the technologist in the room all the time?\nYes, but for lunch.",
        "Tech in the OR throughout? Yes, apart from lunch.",
        "Was the technologist there all the time?\nMostly.",
        "Was the technologist there for setup?\nYes.",
        "11:30 Gwen: leads off. I was not here the whole time",
    ],
)
def test_a_yes_with_an_exception_is_not_throughout(said: str) -> None:
    assert state(said) == "absent"


def test_where_the_line_for_the_physician_is_left_empty_the_technologist_writes() -> None:
    said = "I stayed in theatre from hook-up to needles out."
    assert state(f"Reading physician: (not assigned)\n\n{said}") == "present"
    assert state(f"Reading physician: Dana Hale, MD\n\n{said}") == "absent"
