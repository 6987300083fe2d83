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
