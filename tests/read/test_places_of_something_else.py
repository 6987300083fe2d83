"""Words of place that are said of something else than the professional's attendance place nobody."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

ATTENDED = (
    "Dr. Hale supervised in real time from 08:00 to 10:00; this was her only case; a chat window to the "
    "technologist was open.\n\n"
)


def attended(said: str) -> tuple[str, bool]:
    """The professional's place, and whether any time is called supported, where only what is said could place anybody."""
    audit = audited(ATTENDED + said)
    [row] = audit.case.attendance
    return row.mode, any(line.kind == "time" and line.status == "supported" for line in audit.codes)


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("Dr. Hale sat in the operating room, beside the machine.", "in_room"),
        ("Dr. Hale watched from her home office.", "remote"),
        ("Dr. Hale was in the room before induction and stayed until closure.", "in_room"),
    ],
)
def test_a_place_of_the_professional_is_believed(said: str, mode: str) -> None:
    assert attended(said) == (mode, True)


@pytest.mark.parametrize(
    "said",
    [
        "The technologist was in the operating room from 07:00.",
        "The surgeon stood at the table in the room.",
        "The amplifier stood in the operating room.",
        "EEG was not recorded: the head box for it was in use elsewhere in the hospital.",
        "The backup machine sits elsewhere in the hospital.",
        "Films of the spine were kept in the radiology office of the hospital.",
        "Dr. Hale has an office in Tulsa.",
        "Dr. Hale's address: 12 Main St, Tulsa.",
        "Remote possibility of injury was discussed.",
        "A remote access licence was installed.",
        "The system allows remote viewing.",
        "Remote viewing was available but not used.",
        "The recording was stored on a remote server.",
        "Dr. Hale can be reached at her office.",
        "The machine was moved into the room at 07:00.",
        "Dr. Hale met the patient in the holding area.",
        "Dr. Hale examined the patient in the operating room before induction.",
        "Dr. Hale came to the operating room after the case.",
        "The report was dictated from home.",
        "Signed remotely.",
        "The report was written in the office.",
        "Elm Valley is a hospital in Tulsa.",
        "Telephone number of the reading room: 555-0100",
        "Reading room: third floor",
        "IONM company with remote readers nationwide.",
        "The patient was transferred from a remote hospital.",
        "Company address: Remote Readers LLC",
        "In the room: surgeon, anesthesiologist, technologist.",
        "Present in OR: Cutter, Teck",
        "OR staff: Cutter, Teck, nurse Bell",
        "Room: OR 4",
        "Location of surgery: OR 4",
        "The monitoring was performed in OR 4.",
        "Monitoring took place in the operating room.",
        "Data were acquired in the operating room and stored.",
        "The screen in the operating room was mirrored.",
        "Dr. Hale usually reads from home.",
        "Dr. Hale was scheduled to come to the OR.",
        "Video camera in the OR.",
        "The speaker phone in the operating room was on.",
        "The surgeon is at our other campus on Fridays.",
        "The patient was moved to a remote part of the recovery unit.",
        "Remote cautery was used.",
        "Dr. Hale's group has offices in Tulsa and Dallas.",
        "The neurology office will schedule an EMG.",
        "Follow-up in Dr. Hale's office.",
        "The tech called Dr. Hale's office.",
        "Contact Dr. Hale at home number 555-0100.",
        "Dr. Hale lives in Tulsa.",
        "Copies sent to Dr. Hale's home.",
        "The headbox was connected remotely to the cart.",
        "The stimulator was operated by remote control.",
        "Remote desktop software version 4.2",
        "VPN client installed on the cart.",
        "The acquisition cart streams to the server.",
        "Live feed available: yes",
        "Streaming enabled",
        "Web viewer: enabled",
        "Cloud upload complete",
        "Data link tested before the case",
        "The OR was booked from 07:00.",
        "Everyone in the OR signed the time-out.",
        "Time-out performed in the operating room with all present.",
        "Attending surgeon present in the room.",
        "The attending was present for the critical portions.",
        "Physician present: Cutter",
        "In attendance: Dr. Cutter, Dr. Bell",
        "The physician was in the room for the time-out.",
        "A neurologist is on site at all times.",
        "The hospital has neurologists in house.",
        "Physician in building: see call list",
        "Operating room temperature 66 F",
        "The room was quiet.",
        "Dr. Hale was informed by the technologist from the operating room.",
        "The technologist, sitting in the operating room, wrote to Dr. Hale.",
        "Dr. Hale asked the people in the operating room to check the leads.",
    ],
)
def test_words_of_place_about_something_else_place_nobody(said: str) -> None:
    assert attended(said) == ("unstated", False)


def test_in_a_record_without_a_professional_the_technologist_writes() -> None:
    text = "Patient: A. Roe  MRN 12345  Date of surgery: 05/06/2025\nTech on case: Max Teck, CNIM\n\n"
    text += "I was in OR 2 with the patient the whole time. There was no reading doctor on this case."
    [audit] = audit_payers(read_bytes("note.txt", text.encode()), ("medicare",))
    assert audit.case.attendance == ()
    assert audit.case.elements["location_mode"].state == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Hale supervised from the remote monitoring suite of this hospital group.",
        "Dr. Hale watched from the office of this hospital network in Tulsa.",
    ],
)
def test_the_company_of_a_hospital_is_not_the_hospital(said: str) -> None:
    assert attended(said) == ("remote", True)


@pytest.mark.parametrize(
    "name", ["Harrow Lane Tele-Neurology", "Cold Creek Telemonitoring | Final report", "LOW FIELD REMOTE READERS, LLC"]
)
def test_the_name_of_a_firm_places_nobody(name: str) -> None:
    assert attended(f"{name}\n\n") == ("unstated", False)


def test_what_is_said_of_the_case_in_such_words_still_does() -> None:
    assert attended("Supervision: tele-neurology, by Remote Readers, LLC\n") == ("remote", True)
