"""How the professional attended is said in many ways: from a room nearby, until the end of monitoring, for one patient alone."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Surgeon: Oscar Vale, MD
Technologist: Ana Ruiz, CNIM
Physician: Dana Whitfield, MD

Monitoring 08:10 - 11:30.

"""


def _case(said: str) -> Case:
    return read_case(
        read_bytes("note.txt", f"{HEAD}{said}\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n".encode())
    )


def _spells(case: Case) -> list[tuple[str, str, str]]:
    return [(a.mode, f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in case.attendance]


@pytest.mark.parametrize(
    "said",
    [
        "I sat in the reading room on the surgical floor, a few steps from the operating room but not in it, and watched live.",
        "I watched the recordings live from the work area next to the operating room.",
        "I followed the traces as they were made from an office two doors down from OR 4.",
        "I supervised in real time from the neurophysiology room across the corridor from the operating room.",
        "I was in the surgical suite, though not in the room, and viewed the signals live.",
        "I reviewed the waveforms in real time just outside the OR.",
    ],
)
def test_a_room_near_the_operating_room_is_nearby(said: str) -> None:
    assert [a.mode for a in _case(said).attendance] == ["nearby"]


@pytest.mark.parametrize(
    "said",
    [
        "I, Dana Whitfield, MD, was in the OR from 08:10 until 09:40 and again from 10:05 until the end of monitoring at 11:30.",
        "I was in the OR from the start of monitoring at 08:10 until 09:40, and from 10:05 to the end of monitoring (11:30).",
        "I was present in the operating room from 08:10 to 09:40 and again from 10:05 until the close of monitoring at 11:30.",
    ],
)
def test_a_spell_may_be_told_by_the_start_or_end_of_monitoring(said: str) -> None:
    case = _case(said)
    assert _spells(case) == [("in_room", "08:10", "09:40"), ("in_room", "10:05", "11:30")]
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end] == [
        ("08:10", "11:30")
    ]


def test_a_stretch_out_of_the_room_is_no_attendance() -> None:
    said = (
        "I was in the operating room from 08:10 until 09:40 and again from 10:05 until 11:30. "
        "From 09:40 to 10:05 I was out of the room and not connected; the technologist carried on."
    )
    assert _spells(_case(said)) == [("in_room", "08:10", "09:40"), ("in_room", "10:05", "11:30")]


@pytest.mark.parametrize(
    "said",
    [
        "I had no responsibility for any other patient during this time.",
        "Cases viewed at the same time: ☒ this one only  ☐ more, how many ___",
        "I was not assigned to anyone else.",
        "I gave this case all of my attention.",
        "Free of other duties, I watched the signals live.",
        "It was my sole case during that period.",
        "I had just one patient.",
    ],
)
def test_one_patient_alone_is_exclusive(said: str) -> None:
    assert _case(f"I supervised remotely in real time. {said}").exclusive is True


@pytest.mark.parametrize(
    "said",
    [
        "I had no responsibility for positioning.",
        "Cases viewed at the same time: ☐ this one only  ☐ more, how many ___",
        "We only had one response on the left.",
        "Stimulation of this one only was positive.",
        "The response was only on one side.",
    ],
)
def test_other_words_of_one_and_only_say_nothing_of_exclusivity(said: str) -> None:
    assert _case(f"I supervised remotely in real time. {said}").exclusive is None


def test_whoever_stayed_in_the_room_at_the_other_end_of_the_line_is_not_the_reader() -> None:
    said = (
        "Remote, by secure viewer, in real time. Chat and telephone with the technologist, "
        "who stayed in the operating room from beginning to end."
    )
    case = _case(said)
    assert [a.mode for a in case.attendance] == ["remote"]
    assert case.mode_conflict == ()


@pytest.mark.parametrize(
    "said",
    [
        "Technologist: Ana Ruiz, CNIM, in the OR from lead placement until removal.",
        "Ms. Ruiz was at the machine in the operating room from electrode check until the tube came out.",
        "Technologist: Ana Ruiz, CNIM, also in the room from placement to removal.",
        "The technologist did not leave the operating room at any point between hook-up and disconnection.",
        "The technologist was in the operating room from application of the electrodes to their removal.",
        "Ana Ruiz, CNIM stayed in the OR from induction until the leads were off.",
    ],
)
def test_the_technologist_is_in_the_room_from_the_first_lead_to_the_last(said: str) -> None:
    assert _case(said).elements["technologist_presence"].state == "present"


def test_equipment_that_is_disconnected_ends_no_attendance() -> None:
    said = """I was in the operating room from 08:10 until 11:30.

Console hook-up | 07:30 | 07:50
of which stimulation mapping, left | 09:05 | 09:41
Console disconnected | 11:32 | 11:40"""
    case = _case(said)
    assert _spells(case) == [("in_room", "08:10", "11:30")]
    assert [f"{s.start:%H:%M}" for s in case.segments if s.kind == "removal" and s.start] == ["11:32"]


def test_anesthesia_told_by_a_doctor_makes_the_doctor_no_anesthesiologist() -> None:
    case = _case("I was in the operating room. Surgeon and anesthesia told by Dr. Whitfield at 10:09.")
    assert [a.professional for a in case.attendance] == ["Dana Whitfield"]
    assert case.operator_monitors == ()


@pytest.mark.parametrize("role", ["reader, remote", "remote reader", "neurologist", "interpreting physician"])
def test_a_list_of_members_names_the_reader_in_brackets(role: str) -> None:
    text = f"""Secure chat export
Patient: J.R.   MRN 448812   Case date: March 4, 2025
Participants: Ana Ruiz, CNIM (technologist)
Dana Whitfield, MD ({role})
"""
    case = read_case(read_bytes("chat.txt", text.encode()))
    assert [p.name for p in case.encounter.professionals] == ["Dana Whitfield"]
    assert [p.name for p in case.encounter.technologists] == ["Ana Ruiz"]


def test_who_walks_over_to_the_office_is_remote_from_then_on() -> None:
    said = (
        "I was in the operating room from 08:10 to 09:40, for her and nobody else. I then walked over to my office, and from"
        " 09:55 to 11:30 I followed the live recording there, again as the only patient I was watching."
    )
    assert _spells(_case(said)) == [("in_room", "08:10", "09:40"), ("remote", "09:55", "11:30")]


@pytest.mark.parametrize(
    "line",
    ["Attending surgeon in/out: 08:05 / 11:20", "Surgeon in room 08:05, out 11:20", "Anesthesia attending present 08:05 - 11:20"],
)
def test_the_hours_of_surgeon_and_anesthesia_are_not_the_professional_s(line: str) -> None:
    case = _case(f"I watched live from the reading center, this patient alone, from 08:10 to 10:30.\n{line}")
    assert _spells(case) == [("remote", "08:10", "10:30")]


@pytest.mark.parametrize("line", ["Attending surgeon in/out: 08:05 / 11:20", "Attending surgeon in/out\t08:05\t11:20"])
def test_the_attending_surgeon_s_hours_are_nobody_s_who_watched_without_stated_hours(line: str) -> None:
    assert _spells(_case(f"I watched live from the reading center, this patient alone.\n{line}")) == [("remote", "", "")]


def test_an_i_behind_sentences_about_the_technologist_is_the_professional() -> None:
    told = (
        "\n\nTechnologist Max Teck, CNIM, set the patient up. He was in the operating room the entire time. "
        "I logged on at 8:00 from the neurology office building across town and followed the signals live to 10:00; "
        "this was my only case and Mr. Teck and I were on an open audio line."
    )
    [row] = audited(told).case.attendance
    assert row.mode == "remote"


@pytest.mark.parametrize("role", ["Monitoring physician", "Monitoring neurologist", "Supervising neurologist"])
def test_the_hours_behind_somebody_s_role_are_of_no_part_of_the_day(role: str) -> None:
    audit = audited(f"{role}: Ada Hale, MD, in the OR beside the machine from 07:55 to 10:05, this patient exclusively, live.")
    assert [(s.start and s.start.hour, s.end and s.end.minute) for s in audit.case.segments if s.kind == "monitoring"] == [(8, 0)]
    assert [(row.mode, row.start and row.start.minute) for row in audit.case.attendance] == [("in_room", 55)]
    assert audit.case.conflicts == ()
