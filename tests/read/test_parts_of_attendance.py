"""A part of the attendance may be shared with another case, or missed altogether: each part is told with its times."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM
Physician: Dana Whitfield, MD

Monitoring 08:10 - 11:30.

"""


def _rows(said: str) -> list[tuple[str, str, bool | None]]:
    text = f"{HEAD}{said}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    case = read_case(read_bytes("note.txt", text.encode()))
    return [
        (f"{row.start:%H:%M}" if row.start else "", f"{row.end:%H:%M}" if row.end else "", row.exclusive)
        for row in case.attendance
    ]


@pytest.mark.parametrize(
    "away",
    [
        "From 09:15 to 09:45 I was called away and nobody watched.",
        "I was off line from 09:15 to 09:45.",
        "The link was down from 09:15 to 09:45.",
        "My connection dropped from 09:15 until 09:45.",
        "09:15 - 09:45: no physician on.",
        "Between 09:15 and 09:45 the reader's chair was empty.",
        "I stepped out from 09:15 to 09:45.",
        "My view froze from 09:15 to 09:45.",
        "Off screen: 09:15 - 09:45 (router reboot), not replaced.",
        "Attending absent: 09:15 - 09:45 (called to the emergency department; no substitute)",
        "I was called to the ward from 09:15 to 09:45; nobody stood in for me.",
    ],
)
def test_a_stretch_that_nobody_watched_is_taken_out(away: str) -> None:
    said = f"I watched live from home over a secure link from 08:10 to 11:30, this case only. {away}"
    assert _rows(said) == [("08:10", "09:15", True), ("09:45", "11:30", True)]


@pytest.mark.parametrize("away", ["I was off line from 09:15 to 09:45.", "From 09:15 to 09:45 nobody watched."])
def test_it_is_taken_out_of_a_watch_without_stated_hours_too(away: str) -> None:
    said = f"I watched live from home over a secure link for the whole of the monitoring, this case only. {away}"
    assert _rows(said) == [("08:10", "09:15", True), ("09:45", "11:30", True)]


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        (
            "I was physically in OR 4 for the monitoring, apart from 09:15 to 09:45 when I had a consult; nobody stood in.",
            [("08:10", "09:15"), ("09:45", "11:30")],
        ),
        (
            "I was in OR 4 from start to stop of monitoring except for lunch, 09:15 to 09:45, when no one watched.",
            [("08:10", "09:15"), ("09:45", "11:30")],
        ),
        (
            "I watched this patient alone from home, except for 09:15 to 09:45, when a second case was open.",
            [("08:10", "09:15"), ("09:15", "09:45"), ("09:45", "11:30")],
        ),
        (
            "I watched live from home but for 09:15 to 09:45, when the amplifier was restarted.",
            [("08:10", "09:15"), ("09:45", "11:30")],
        ),
    ],
)
def test_what_a_stay_leaves_out_is_taken_out(said: str, rows: list[tuple[str, str]]) -> None:
    assert [row[:2] for row in _rows(said)] == rows


@pytest.mark.parametrize(
    "said",
    [
        "I watched live from the clinic two miles away from 08:10 to 11:30, this case only.",
        "From 08:10 to 11:30 I was out of the room but watched live from the office next door, this case only.",
        "I was never off line from 08:10 to 11:30, watching this case only, live from home.",
    ],
)
def test_a_word_of_distance_is_no_absence(said: str) -> None:
    assert _rows(said)[0] in [("08:10", "11:30", True), ("", "", True)]


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        (
            "From 09:15 to 09:45 I also had a case at County on the screen; otherwise this patient alone.",
            [("08:10", "09:15", True), ("09:15", "09:45", False), ("09:45", "11:30", True)],
        ),
        ("Until 09:15 I had two cases open; from 09:15 on only this one.", [("08:10", "09:15", False), ("09:15", "11:30", True)]),
        ("A second case was up from 09:15 to 11:30.", [("08:10", "09:15", None), ("09:15", "11:30", False)]),
        (
            "Between 09:15 and 09:45 another room was watched as well. Before and after that this case only.",
            [("08:10", "09:15", True), ("09:15", "09:45", False), ("09:45", "11:30", True)],
        ),
    ],
)
def test_what_was_shared_for_a_part_is_shared_for_that_part(told: str, rows: list[tuple[str, str, bool | None]]) -> None:
    assert _rows(f"I watched live from home over a secure link from 08:10 to 11:30. {told}") == rows


@pytest.mark.parametrize(
    "said",
    [
        "In person in the OR from 08:10 to 09:40, then at my office across town by remote link from 09:40 to 11:30.",
        "The first part (08:10-09:40) I attended in the theatre, the second (09:40-11:30) by remote connection from home.",
        "08:10 to 09:40: in the operating room. 09:40 to 11:30: remote, from home. I was assigned exclusively to this operation.",
        "In the room from 08:10. At 09:40 I drove to the practice and was back on line remotely from 09:40 to 11:30.",
    ],
)
def test_who_moves_from_the_room_to_a_remote_site_has_each_place_for_its_time(said: str) -> None:
    text = f"{HEAD}{said}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    case = read_case(read_bytes("note.txt", text.encode()))
    assert [(row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end] == [
        ("in_room", "08:10", "09:40"),
        ("remote", "09:40", "11:30"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Whitfield was on line from 08:10; at 09:40 Piers Okafor, MD relieved her and was on until 11:30.",
        "At 09:40 Dr. Whitfield, who had followed it remotely since 08:10, passed it to Dr. Okafor, who kept it until 11:30.",
        "The case was watched remotely by Dr. Whitfield between 08:10 and 09:40 and by Dr. Okafor between 09:40 and 11:30.",
    ],
)
def test_two_readers_one_after_the_other_have_each_their_time(said: str) -> None:
    text = (
        f"{HEAD}Physician: Piers Okafor, MD\n\n{said} Both were remote. Neither had another case.\n\n"
        "Electronically signed: Dana Whitfield, MD 03/04/2025 15:00\nElectronically signed: Piers Okafor, MD 03/04/2025 15:10\n"
    )
    case = read_case(read_bytes("note.txt", text.encode()))
    assert [(row.professional, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end] == [
        ("Dana Whitfield", "08:10", "09:40"),
        ("Piers Okafor", "09:40", "11:30"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Readers at NeuroWatch LLC may cover up to four cases at a time under the master agreement.",
        "Each technologist is given one case at a time.",
        "The hospital ran six rooms that morning.",
    ],
)
def test_what_a_company_or_a_hospital_does_is_no_caseload(said: str) -> None:
    assert _rows(f"I watched live from home over a secure link from 08:10 to 11:30. {said}") == [("08:10", "11:30", None)]


WHOLE = "Connected remotely 08:10 to 11:30 with continuous real-time review. Secure chat throughout."
PARTS = (
    "From 08:10 until 09:45 a second case (another hospital) was open on my workstation. "
    "From 09:45 until 11:30 I {did} this patient only."
)


@pytest.mark.parametrize(
    ("whole", "did", "modes"),
    [
        (WHOLE, "monitored", ["remote", "remote"]),
        (WHOLE, "sat in OR 5 with", ["remote", "in_room"]),
    ],
)
def test_parts_without_a_place_are_where_the_whole_of_their_watch_was(whole: str, did: str, modes: list[str]) -> None:
    text = f"{HEAD}{whole} {PARTS.format(did=did)}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    rows = read_case(read_bytes("note.txt", text.encode())).attendance
    assert [(row.mode, row.exclusive) for row in rows] == list(zip(modes, [False, True], strict=True))


@pytest.mark.parametrize("place", ["the OR suite's control room, with a window onto OR 4", "the operating room's viewing area"])
def test_the_control_room_of_the_operating_suite_is_not_the_operating_room(place: str) -> None:
    text = f"{HEAD}I watched live from {place}, this case only.\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    assert [row.mode for row in read_case(read_bytes("note.txt", text.encode())).attendance] == ["nearby"]


def test_a_question_where_somebody_was_places_nobody_by_itself() -> None:
    said = "Was the neurologist in the room or remote? Remote, from home.\nOther cases at that time? None"
    text = f"{HEAD}{said}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    assert [row.mode for row in read_case(read_bytes("note.txt", text.encode())).attendance] == ["remote"]


@pytest.mark.parametrize(
    "away",
    [
        "I was called up to the ward between 09:15 and 09:45; Ms. Ruiz recorded alone, and I came back at 09:45.",
        "I was called away at 09:15 and returned to the room at 09:45.",
        "I was up on the ward from 09:15 to 09:45 for a consult and then came back and stayed.",
        "I went to the ICU at 09:15; I was back in the room at 09:45 and stayed to the end.",
        "I had to go to the clinic from 09:15 to 09:45, and Ms. Ruiz kept recording.",
        "Between 09:15 and 09:45 I was summoned to the ward. I came back at 09:45.",
    ],
)
def test_that_the_reader_came_back_is_no_stay_of_its_own(away: str) -> None:
    said = f"I was in the operating room and watched live, this case only. {away}"
    assert [row[:2] for row in _rows(said)] == [("08:10", "09:15"), ("09:45", "11:30")]


def test_a_stay_told_up_to_the_absence_keeps_the_one_behind_it() -> None:
    stayed = "I was in the operating room from 08:10 to 09:15 and came back at 09:45 and stayed to the end."
    assert [row[:2] for row in _rows(f"{stayed} I was called away at 09:15.")] == [("08:10", "09:15"), ("09:45", "11:30")]


@pytest.mark.parametrize(
    "away",
    [
        "I was not called up to the ward between 09:15 and 09:45.",
        "Dr. Vale was called up to the ward between 09:15 and 09:45.",
        "The anesthetist was on the ward between 09:15 and 09:45.",
    ],
)
def test_an_absence_that_is_denied_or_another_s_takes_nothing_out(away: str) -> None:
    assert len(_rows(f"I was in the operating room and watched live, this case only. {away}")) == 1


def test_a_reader_who_comes_late_speaks_for_those_hours_alone() -> None:
    said = (
        "The covering physician, Dana Whitfield, MD, could not be connected until 10:02 am. From 10:02 am to 11:30 am Dr."
        " Whitfield watched in real time from San Antonio, on this case only. She reports for that span and not for the rest."
    )
    case = read_case(read_bytes("note.txt", f"{HEAD}{said}\n".encode()))
    assert [(row.mode, f"{row.start:%H:%M}", row.exclusive) for row in case.attendance if row.start] == [
        ("remote", "10:02", True)
    ]
    assert case.attendance_unread == ()
    other = said.replace("and not for the rest", "when her feed was not lost")
    assert read_case(read_bytes("note.txt", f"{HEAD}{other}\n".encode())).attendance_unread


@pytest.mark.parametrize("place", ["Room 4", "Incision", "the same room"])
def test_what_is_no_town_is_no_distance(place: str) -> None:
    said = f"Dr. Whitfield watched in real time from {place}, on this case only."
    case = read_case(read_bytes("note.txt", f"{HEAD}{said}\n".encode()))
    assert all(row.mode != "remote" for row in case.attendance)
