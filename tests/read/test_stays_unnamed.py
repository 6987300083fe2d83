"""That the technologist stayed, said without a name: by the writer of a message or a note, or by the words before it."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case


def state(more: str) -> str:
    head = "NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nReading neurologist: Anna Ash, MD\n"
    text = f"{head}Technologist: Gwen Juarez, CNIM\n\n{more}\n"
    return read_case(read_bytes("report.txt", text.encode())).elements["technologist_presence"].state


@pytest.mark.parametrize(
    "said",
    [
        "10:32 gjuarez: leads off. been in here the whole case, no relief",
        "10:41:09\tGJ\tdone. I have been in OR 6 since set-up, no swap",
        "I was in OR 6 with the patient the whole time.\nG. Juarez, CNIM",
        "Note by: Gwen Juarez, CNIM. I never left the OR.",
        "Technologist's statement: I remained in the room throughout.",
        "Gwen Juarez, CNIM placed the electrodes. She did not leave the room until the patient was awake.",
        "My technologist, Ms. Juarez, was with you in your theatre from the first electrode to the last.",
        "Technologist: Gwen Juarez, CNIM (in theatre 4, first lead to last)",
        "Gwen Juarez, CNIM, placed her needles. She kept to her post in the OR from the patient's coming in until his going out.",
        "Technologist: Gwen Juarez, CNIM; she stayed in the operating room without leaving it",
        "I, Gwen Juarez, CNIM, attest that I was physically in the operating room at all times.",
        "11:15\tgjuarez\tleads off. i was in here straight thru",
        "Did not step out of OR 6 at any time.\nG. Juarez, CNIM",
        "I hooked her up at seven. I was with the patient in the OR the whole way.",
        "Tech: Gwen Juarez, CNIM (me, in OR the\nwhole time)",
        "Section C. Technologist\nName\tGwen Juarez, CNIM\nIn OR\t[X] Start to finish [ ] Relieved",
        "Technologist: Gwen Juarez, CNIM, in the room\nfrom first to last electrode.",
        "GJ = Gwen Juarez, CNIM (technologist; at patient in OR 8 for the entire procedure).",
        "11:45 gjuarez: in the OR, staying here till the end",
        "11:45 gjuarez: was in the OR from setup until now",
        "2024-11-12 11:10:11\tgjuarez\tCASE CLOSE | comment: stayed in OR 3 from connect to close",
        "[1] TECHNOLOGIST FLOWSHEET\tGwen Juarez, CNIM\n08:31 on\nnote: I was in the room from wheels in to wheels out.",
        "Monitoring tech\tGwen Juarez, CNIM; remained in OR",
        "Was the technologist there all the time?\nYes, from patient in to patient out.",
    ],
)
def test_who_wrote_it_or_was_spoken_of_tells_whose_stay_it_was(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "I was in the operating room throughout.\nAnna Ash, MD",
        "Dr. Ash was in the OR the whole time. She never left the room.",
        "I was present and scrubbed for the entire procedure.\nMark Holloway, MD",
        "10:40 aash: I was in the OR from hookup to the end",
        "Note by: Mark Holloway, MD. I never left the OR.",
        "Did not step out of OR 6 at any time.\nAnna Ash, MD",
        "Technologist: Gwen Juarez, CNIM, in the room from set-up to the end of the baselines.",
        "The technologist must be in the operating room throughout.",
        "Technologist to remain in the OR for the whole case per protocol.",
        "Technologist in OR for entire procedure: [ ] Yes [x] No",
        "Did the technologist remain in the room for the whole case? [ ] Yes [ ] No",
        "Anna Ash, MD. I sat in OR 9 from first trace to last with this patient, nobody else.\nTechnologist: Gwen Juarez, CNIM.",
    ],
)
def test_the_stay_of_the_professional_or_the_surgeon_a_plan_and_a_no_are_not_it(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize("sheet", ["Technologist's log (Gwen Juarez, CNIM)", "Sheet 2 of 3 - technologist's log", "Tech record"])
def test_a_statement_without_a_subject_in_the_technologists_own_paper_is_of_the_technologist(sheet: str) -> None:
    assert state(f"{sheet}\n12:30 hook up\n13:30 incision\nIn OR with patient the entire case. Propofol.") == "present"
    assert state(f"{sheet}\n12:30 hook up\n13:30 incision\nIn OR with patient part of the case.") == "absent"


def test_a_statement_without_a_subject_in_another_paper_is_of_nobody() -> None:
    assert state("Reader's log\n12:30 hook up\nIn OR with patient the entire case.") == "absent"
    assert state("Technologist's log\n12:30 hook up\nPhysician summary\nIn OR with patient the entire case.") == "absent"


def own(title: str, said: str, reader: str = "Reader: none\n") -> str:
    text = f"{title}\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nTechnologist: Gwen Juarez, CNIM\n{reader}\n{said}\n"
    return read_case(read_bytes("report.txt", text.encode())).elements["technologist_presence"].state


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("TECHNOLOGIST WORKSHEET DRAFT", "I was in the operating room from set-up to removal."),
        ("Neuromonitoring record - agency technologist's sheet", "I did not leave the OR between hook-up and removal."),
        ("CLOSING NOTE, DICTATED BY TECHNOLOGIST", "I was in the room from\nbeginning to end."),
        ("Halvorsen Neuro - TECHNOLOGIST CASE TIME SHEET", "In OR\t12:32\t16:20\tStayed in OR the whole time, not relieved"),
    ],
)
def test_the_paper_of_a_technologist_tells_of_its_writer(title: str, said: str) -> None:
    assert own(title, said) == "present"
    assert own("NEUROMONITORING RECORD", said, reader="") == "absent"


def test_the_writer_of_a_record_that_names_no_reader_is_the_technologist() -> None:
    said = "I was in the operating room from set-up to removal."
    assert own("NEUROMONITORING RECORD", said) == "present"
    assert own("NEUROMONITORING RECORD", said, reader="Reader: Dana Hale, MD\n") == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "I was in the operating room from set-up to baselines.",
        "Surgeon stayed in OR the whole time",
        "I stayed in the OR the whole case, only stepping out for lunch.",
    ],
)
def test_in_such_a_paper_a_part_and_another_person_are_no_stay(said: str) -> None:
    assert own("TECHNOLOGIST WORKSHEET", said) == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "This is Gwen Juarez, CNIM, closing out on Mrs. Roe. I was in the room from beginning to end.",
        "Me: Gwen Juarez, CNIM (locum). I did not leave the OR between hook-up and removal.\nReader: Anna Ash, MD",
        "--- added 02/12/2026 02:05 by G. Juarez, CNIM ---\nI did not leave OR 7 between hook-up and removal.",
        "[01-18 02:41] tech.gjuarez: pt out of room, I was in OR 2 the whole case, closing the chat",
    ],
)
def test_who_says_this_is_me_speaks_of_themselves(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "This is Anna Ash, MD, with Gwen Juarez, CNIM. I was in the room from beginning to end.",
        "--- added 02/12/2026 02:05 by A. Ash, MD ---\nI did not leave OR 7 between hook-up and removal.",
        "[01-18 02:41] dr.ash: pt out of room, I was in OR 2 the whole case, closing the chat",
    ],
)
def test_of_another_writer_it_says_nothing(said: str) -> None:
    assert state(said) == "absent"


def test_a_record_that_nobody_read_is_the_technologists_own() -> None:
    head = "IONM work sheet\nSurgeon: Mark Holloway, MD\nTechnologist: Gwen Juarez, CNIM\nReading physician: (not assigned)\n"
    sheet = f"{head}\nI stayed in theatre from hook-up to needles out.\n"
    assert read_case(read_bytes("sheet.txt", sheet.encode())).elements["technologist_presence"].state == "present"
