"""Where the professional was, put together from phrases of place: the room, what is outside of it, its house, and elsewhere."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.trained import without_guesses

REPORT = """NEUROMONITORING REPORT
Date of service: 03/04/2025
Patient: Jane Roe   MRN: 123456
Surgeon: Mark Holloway, MD
Interpreting neurophysiologist: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Monitoring: 08:00 - 10:00

{text}

SSEP and MEP were recorded. No changes were seen.
"""


def places(text: str) -> set[str]:
    """The modes of attendance that a report with this statement states, by patterns alone."""
    with without_guesses():
        case = read_case(read_bytes("case.txt", REPORT.format(text=text).encode()))
    return {row.mode for row in case.attendance} - {"unstated"}


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Dunleavy and the patient were in one and the same operating room.",
        "Dr. Dunleavy did not stir from the theatre.",
        "I sat in the operating theatre with the patient until the electrodes were out.",
        "I stood by the monitor, an arm's length from the anesthesia machine.",
        "Affiant was situated in the same room as the patient.",
        "Neuro MD at bedside, in OR.",
        "MD LOC: OR",
        "SupervisionMode: InRoom",
        "Physician site: OR 11, next to tech",
        "IONM provider physically present in procedural room: Yes",
        "[x] in rm  [ ] bldg  [ ] rmt",
        "My attending sat in the OR next to the tech for it.",
    ],
)
def test_presence_in_the_room_is_understood_in_any_form(text: str) -> None:
    assert places(text) == {"in_room"}


@pytest.mark.parametrize(
    "text",
    [
        "I was upon the hospital premises though not in the operating room.",
        "The neurophysiologist was within the institution but not within the theatre.",
        "Consultant in the anteroom rather than theatre itself.",
        "IOM doc in bldg, not in OR.",
        "Dr. Dunleavy upstairs in neuro lab.",
        "Reader site: in-house, OR not entered",
        "reader.location = HOSPITAL_LAN",
        "PHYS: [ ] IN ROOM [X] ON SITE",
    ],
)
def test_the_house_without_the_room_is_near(text: str) -> None:
    assert places(text) == {"nearby"}


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Dunleavy was at no time upon the premises.",
        "Dr. Dunleavy wasn't in the hospital, he was dialed in.",
        "The service was furnished from outside the operating room by remote connection.",
        "Consultant place: outside hospital, online",
        "IONM provider physically present: No - virtual",
        "viewer_type=WAN",
        "Dr. Dunleavy rmt",
    ],
)
def test_not_in_the_house_is_away(text: str) -> None:
    assert places(text) == {"remote"}


@pytest.mark.parametrize(
    "text",
    [
        "The physician shall be physically present in the operating room.",
        "I plan to attend the second stage in person.",
        "Dr. Dunleavy was also watching a spine in room nine.",
        "I have seen the patient before in my office.",
        "REMOTE HX: DVT",
        "A remote reference electrode was used.",
        "Where did the patient live? At home",
        "I stay in the room until wheels out.",
        "I was in OR 1 with the pt the whole time.",
        "Rep joined remotely",
        "Location: OR 4",
        "I spoke with the surgeon by telephone.",
        "Surgeon location: operating room",
        "Provider site: Thornleigh Infirmary",
        "Dr. Dunleavy was not in the operating room.",
        "SETTING [ ] inpt [x] outpt hospital, on campus [ ] ASC",
    ],
)
def test_a_plan_a_rule_another_case_another_person_and_another_thing_place_nobody(text: str) -> None:
    assert places(text) == set()


TECHNICIAN = """INTRAOPERATIVE NEUROMONITORING WORKSHEET
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Mark Hathaway, MD
Reader: Dana Whitfield, MD
Tech: Ana Ruiz, CNIM

IOM on 08:10. IOM off 11:30.
I stayed in the OR the whole time.
"""


def test_the_technologist_who_writes_i_is_not_the_professional_in_the_room() -> None:
    told = "Reader on line 08:00-11:32, offsite, live view, text thread with me the entire case.\n"
    case = read_case(read_bytes("sheet.txt", (TECHNICIAN + told).encode()))
    assert {row.mode for row in case.attendance} == {"remote"}


def test_what_only_technologists_signed_places_no_professional_by_an_i() -> None:
    signed = "Electronically signed by Ana Ruiz, CNIM, 03/05/2025 10:00\n"
    case = read_case(read_bytes("sheet.txt", (TECHNICIAN + signed).encode()))
    assert {row.mode for row in case.attendance} <= {"unstated"}
    assert case.attendance_unread


REMOTE = "Supervision\nDr. Dunleavy followed the monitoring from home in real time. "


@pytest.mark.parametrize(
    "text",
    [
        "A chat with Ms. Ortiz was open. She did not leave the operating room until the electrodes were off.",
        "I texted with Ms. Ortiz, with a telephone at the anesthesia cart as back-up. She stayed in the operating room.",
        "Ms. Ortiz and I had a chat open. She stayed in the operating room from hook-up to wheels out.",
        "I spoke with Dr. Holloway before. He stayed in the operating room throughout.",
    ],
)
def test_he_and_she_under_a_professionals_label_may_be_somebody_else(text: str) -> None:
    assert places(REMOTE + text) == {"remote"}


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Dunleavy had a word with Mr. Holloway. She stayed in the operating room for all of the monitoring.",
        "A line to the technologist was open. She stayed in the operating room for all of the monitoring.",
    ],
)
def test_a_title_and_the_label_tell_who_she_is(text: str) -> None:
    assert places("Supervision\n" + text) == {"in_room"}


@pytest.mark.parametrize(
    "text",
    [
        "Technologist Gwen Ortiz, CNIM, in the OR throughout. Two readers in turn, both connected from outside the hospital.",
        "Technologist Gwen Ortiz, CNIM. The readers were both off site.",
        "Technologist Gwen Ortiz, CNIM. Both neurologists watched remotely.",
    ],
)
def test_what_is_said_of_readers_is_not_of_the_technologist_named_before(text: str) -> None:
    assert places(text) == {"remote"}
