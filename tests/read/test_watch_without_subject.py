"""The watch told in a bare paragraph: no caption, no name, initials, a 'she' of nobody named, a first name beside the writer."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """IONM note
Patient: Jane Roe   MRN: 448812   DOB: 1971-02-03
Date of service: 2026-03-12
Surgeon: Oscar Vale, MD
Technologist: Dev Okafor, CNIM (in the operating room)
Interpreting physician: Marta Quill, MD

Modalities: SSEP of the upper and lower limbs.

"""
TAIL = """

Case record:
08:00  Baselines complete; monitoring begins
10:00  Monitoring ends

Electronically signed by Marta Quill, MD, 03/12/2026 11:40
"""


def _case(said: str) -> Case:
    return read_case(read_bytes("note.txt", f"{HEAD}{said}{TAIL}".encode()))


def _modes(said: str) -> set[str]:
    return {row.mode for row in _case(said).attendance}


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("In the OR from 08:00 to 10:00, reading as we went, this being my sole case.", "in_room"),
        ("In the OR w/ tech 08:00-10:00, nobody else's case.", "in_room"),
        ("At Dev's elbow in OR 6, reading the screen as it ran, just this one patient.", "in_room"),
        ("In rm. Live. 1:1.", "in_room"),
        ("MQ in rm w/ tech, live, 1:1", "in_room"),
        ("1:1 coverage. MQ on the tele link, eyes on the running traces first to last.", "remote"),
        ("M.Q. at the command centre, live stream on the wall for the whole case.", "remote"),
        ("She came into the OR at 07:40 and left it at 10:10, following the recordings live all the while.", "in_room"),
        ("She watched in real time from the remote station throughout.", "remote"),
        ("During the two hours of monitoring I stood at the neurophysiology cart and read each trace as it came up.", "in_room"),
    ],
)
def test_who_reads_the_tracings_is_the_professional(said: str, mode: str) -> None:
    assert _modes(said) == {mode}


@pytest.mark.parametrize(
    "said",
    [
        "In the OR throughout, electrodes placed and impedances checked, live traces running.",
        "Live signals were recorded in the operating room throughout.",
        "She came into the OR at 07:40 and left it at 10:10.",
        "In the OR with the patient, one case.",
        "Dev in OR 6, reading impedances; live traces.",
        "In the OR, Dev ran live traces on one patient; reading was done later.",
        "In the OR when called, otherwise in clinic; live reading declined.",
        "In OR only for the first look, watched live; one case.",
    ],
)
def test_hands_things_and_silence_place_nobody(said: str) -> None:
    assert "in_room" not in _modes(said)


def test_the_technologist_by_first_name_is_not_the_writer() -> None:
    said = "While Dev ran the machine in OR 6, I was at the library on the ground floor with the tracings live on my laptop."
    assert _modes(said) == {"nearby"}


@pytest.mark.parametrize("opening", ["While", "Although", "Dear", "Because"])
def test_what_opens_a_sentence_under_a_caption_is_no_name(opening: str) -> None:
    case = _case(f"PROFESSIONAL COMPONENT\n{opening} Leo could see me, I watched live from home.")
    assert [person.name for person in case.encounter.professionals] == ["Marta Quill"]


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("Although I could not be at your side in theatre, I sat in the EEG lab with the live traces before me.", {"nearby"}),
        ("I was at neither table but in my study, going back and forth between the two live displays.", {"remote"}),
        ("I reached theatre at 08:35 and watched the running traces until 09:50.", {"in_room"}),
        ("Stood in the viewing gallery above the theatre with the live traces mirrored to my tablet.", {"nearby"}),
        ("I had your patient on screen at the university all the way through monitoring, in real time.", {"remote"}),
        ("In reply to your request for records: I sat two floors below the operating suite, watching live.", {"nearby"}),
        ("From the airport lounge I followed the recordings as they came in.", {"remote"}),
    ],
)
def test_places_in_other_words(said: str, mode: set[str]) -> None:
    assert _modes(said) == mode


def test_what_was_planned_is_no_second_place() -> None:
    case = _case("Planned: in-room attendance by Dr. Quill.\nActual: Dr. Quill stayed in her office off campus, watched live.")
    assert {row.mode for row in case.attendance} == {"remote"}
    assert not [guess for guess in case.guesses if "place" in guess.what]


def test_a_reader_back_in_the_room_is_no_pause_of_the_recording() -> None:
    case = _case("In OR w/ patient, sole case, reading live 0800 - 0920. Coffee 0920 - 0935. Back in OR 0935 - 1000, same.")
    assert [f"{row.start:%H%M}-{row.end:%H%M}" for row in case.attendance if row.start and row.end] == ["0800-0920", "0935-1000"]
    assert not [s for s in case.segments if s.kind == "interruption"]


def test_a_reader_by_name_goes_off_at_a_time() -> None:
    case = _case("Shift log, reading center: Quill on this case 08:00, one-on-one, live. Quill off 09:48, shift over.")
    assert [f"{row.start:%H%M}-{row.end:%H%M}" for row in case.attendance if row.start and row.end] == ["0800-0948"]


@pytest.mark.parametrize(
    ("said", "start"),
    [
        (
            "Plan: Dr. Quill to follow remotely one-on-one from 08:00.\n"
            "Actual: connection not made until 08:35, then live with this patient alone to the end of monitoring.",
            "08:35",
        ),
        ("I could not connect until 08:50; I then watched live from home to the end of monitoring, this patient only.", "08:50"),
    ],
)
def test_who_was_not_there_until_a_time_and_then_watched_begins_at_it(said: str, start: str) -> None:
    rows = _case(said).attendance
    assert [(row.mode, f"{row.start:%H:%M}" if row.start else "", row.exclusive) for row in rows] == [("remote", start, True)]


def test_who_could_not_get_on_until_a_time_is_a_query() -> None:
    assert _case("I was remote, with this patient only, and could not get on until 08:50.").attendance_unread


@pytest.mark.parametrize(
    "said",
    [
        "I was expected in the OR but watched live from the clinic instead.",
        "For your last patient I was in the OR. For this one I watched live from home.",
        "I was not in the operating room at any time. I watched live from home.",
    ],
)
def test_where_somebody_was_expected_or_was_for_another_patient_is_no_place(said: str) -> None:
    case = _case(said)
    assert {row.mode for row in case.attendance} == {"remote"}
    assert not [guess for guess in case.guesses if "place" in guess.what]


def test_the_answer_of_a_question_ends_its_line() -> None:
    case = _case(
        "Attending physically in OR 6 for entire monitored period (Y/N): Y\n"
        "Other rooms covered meanwhile: none\n"
        "Live review at the machine: Y"
    )
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("in_room", True)]
    assert not case.attendance_unread


def test_the_place_of_a_physician_in_lines_of_keys() -> None:
    case = _case(
        "physician:\n  name: Quill\n  position: inside OR, monitoring console\n  real_time: true\n  other_patients: none"
    )
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("in_room", True)]


@pytest.mark.parametrize(
    ("said", "modes"),
    [
        ("I watched live from home and reached the operating room by a telephone which lay open.", {"remote"}),
        ("I watched the live traces from my home office and got to the OR over the intercom.", {"remote"}),
        ("I reached the operating room at 08:05 and watched the running traces until 09:50.", {"in_room"}),
        ("I entered the OR at 08:05, a headset on, and watched live until 09:50.", {"in_room"}),
    ],
)
def test_a_room_reached_by_telephone_is_no_place(said: str, modes: set[str]) -> None:
    assert _modes(said) == modes


STAY = "I was in OR 6 in person at 0800 and remained there until 0910. "


@pytest.mark.parametrize(
    "said",
    [
        "At 0910 I left for the clinic downtown. At 0928 I logged in remotely from the clinic and watched live until 1000.",
        "At 0910 I departed for the office. At 0928 I logged in remotely from the office and watched live until 1000.",
    ],
)
def test_where_somebody_set_out_for_is_no_place_of_the_time_before(said: str) -> None:
    told = [(row.mode, f"{row.start:%H%M}", f"{row.end:%H%M}") for row in _case(STAY + said).attendance if row.start and row.end]
    assert told == [("in_room", "0800", "0910"), ("remote", "0928", "1000")]


CHAT = """Case chat
Patient: Juno Wells, MRN 552099   Date of case: 2026-06-18
Surgeon: Oscar Vale, MD
In the room: Dev Okafor, CNIM, technologist
Reader: Marta Quill, MD, neurologist, remote

[07:40] Okafor: leads done
[07:44] Okafor: running baselines
[08:02] Quill: {said}
[08:11] Okafor: MONITORING ON
[08:55] Quill: no change
[09:36] Okafor: MONITORING OFF
[09:38] Quill: logged out, thanks
"""


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("logged in. I only have you today, Dev. Looking at the live traces.", "present"),
        ("hi Dev, live view is good", "present"),
        ("Dev, logged in, following the live traces", "present"),
        ("logged in. Dev has the live traces", "absent"),
        ("logged in this morning, Dev watches the live traces", "absent"),
    ],
)
def test_a_technologist_who_is_written_to_is_not_who_watches(said: str, state: str) -> None:
    case = read_case(read_bytes("chat.txt", CHAT.format(said=said).encode()))
    assert case.elements["real_time"].state == state
