"""What is said of machines, files, families and surgeons proves neither real-time attendance nor communication with the room."""

from __future__ import annotations

import pytest
from bare_report import audited

UNSEEN = (
    "Dr. Hale was at her home office from 08:00 to 10:00. This was her only case. A chat window to the technologist was open.\n\n"
)
UNHEARD = "Dr. Hale watched the signals live from her home office from 08:00 to 10:00; this was her only case.\n\n"


def gaps(said: str) -> tuple[str, ...]:
    """What the time code still lacks; empty where it is supported."""
    audit = audited(said)
    return next(line.gaps for line in audit.codes if line.kind == "time")


def test_what_the_professional_saw_and_said_is_believed() -> None:
    assert gaps(UNSEEN + "She watched all traces as they were made.") == ()
    assert gaps(UNSEEN + "She saw the signals without any delay.") == ()
    assert gaps(UNSEEN + "The recordings were seen in the very seconds in which they arose.") == ()
    assert gaps(UNSEEN + "The traces were judged in the very seconds in which they arose.") == ()
    assert gaps(UNHEARD + "She and the technologist wrote to one another in a chat window throughout.") == ()


@pytest.mark.parametrize(
    "said",
    [
        "The reader could be reached by telephone and could answer without delay.",
        "The reader was able to reply to the surgeon with no delay.",
        "She could talk to the room without any lag.",
        "The incision was made without delay.",
        "Attaching of leads | Recordings for comparison | Monitoring as such | Leads taken off",
        "Real-time CT was used.",
        "She could be reached by a message on the screen, and could answer without delay.",
        "She could speak to the room without delay.",
        "Live fluoroscopy guided the screws.",
        "The patient lives alone.",
        "Live feed is available on request.",
        "The system offers real-time viewing.",
        "Real-time averaging was on.",
        "The technologist watched the traces continuously.",
        "The surgeon watched the screen as the screws went in.",
        "Traces were stored in real time.",
        "Max Teck followed the signals in real time.",
        "Continuous infusion of propofol.",
        "Continuous EMG was recorded.",
        "Online navigation was used.",
        "The report was reviewed online.",
        "The record is available online for review.",
        "The data were uploaded live to the server.",
        "Monitoring was continuous.",
        "Free-running EMG was displayed continuously.",
    ],
)
def test_what_is_live_otherwise_is_no_attendance_in_real_time(said: str) -> None:
    assert gaps(UNSEEN + said) == ("not-real-time",)


@pytest.mark.parametrize(
    "said",
    [
        "Communication with the family was good.",
        "The surgeon spoke with the anesthesiologist.",
        "The technologist told the surgeon of each change.",
        "Phone: 555-0100",
        "Call Dr. Hale with questions.",
        "Chat software is installed on the cart.",
        "A chat window is part of the platform.",
        "The platform offers chat.",
        "The surgeon called the radiologist.",
        "Discussed with the patient before surgery.",
        "Results were communicated to the surgeon after the case by phone.",
        "The report was sent by secure message.",
        "The technologist was in contact with the anesthesia team.",
        "Time-out communication completed.",
        "Two-way radio of the ambulance.",
        "Intercom of the OR was out of order.",
        "Contact person: office manager",
        "Direct line of the billing office: 555-0101",
        "The technologist talked with the surgeon throughout.",
    ],
)
def test_who_else_was_in_touch_is_no_communication_with_the_professional(said: str) -> None:
    assert gaps(UNHEARD + said) == ("no-communication",)


@pytest.mark.parametrize(
    ("said", "gap"),
    [
        ("Viewer with a standing call to the technologist.", ()),
        ("Dr. Hale could type or ring to the room at any minute.", ()),
        ("Link: messaging pane, plus cell number of the tech.", ()),
        ("The cell number of the tech is on the cover.", ("no-communication",)),
        ("Dr. Hale was on an open call with the family.", ("no-communication",)),
    ],
)
def test_ways_to_the_room_that_stand_open(said: str, gap: tuple[str, ...]) -> None:
    assert gaps(UNHEARD + said) == gap


def test_no_other_session_of_the_reader_is_no_live_stream_that_nobody_saw() -> None:
    rows = "08:00 ahale viewer opened, at home, live stream; other sessions open for this user: 0\n10:00 ahale viewer closed"
    assert audited(f"Chat was open.\n{rows}").case.real_time is True
