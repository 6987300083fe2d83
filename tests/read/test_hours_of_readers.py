"""From when to when the professional attended, told in a sentence with its times anywhere, and what is not told of him or her."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Attendance, Case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM

Electrodes were placed from 7:20 to 7:45. Baselines were recorded from 7:50 to 8:05. Monitoring ran from 8:10 to 11:30.
Electrodes were removed from 11:33 to 11:40.
"""


def read(text: str) -> Case:
    return read_case(read_bytes("case.txt", (HEAD + text + "\n").encode()))


def rows(text: str) -> list[Attendance]:
    return [row for row in read(text).attendance if not row.whole_case]


TOLD = (
    ("Dr. Dunleavy logged on from her home office at 8:12 and logged off at 11:26.", "remote"),
    ("At 8:12 Dr. Dunleavy joined through the VPN; at 11:26 she left.", "remote"),
    ("At 8:12, Dr. Dunleavy began to oversee the tracings remotely, and did so up to 11:26.", "remote"),
    ("The distant end was manned by Dr. Dunleavy as of 8:12 and vacated at 11:26.", "remote"),
    ("Hours of Dr. Dunleavy at the external reading seat: on 8:12, off 11:26.", "remote"),
    ("Mode of attendance of Dr. Dunleavy: telemonitoring, 8:12 until stand-down at 11:26.", "remote"),
    ("Dr. Dunleavy took up the watch in theatre at 8:12 and quitted it at 11:26.", "in_room"),
    ("From 8:12 Dr. Dunleavy sat with the technologist in the OR, leaving at 11:26.", "in_room"),
    ("Dr. Dunleavy stood at the monitoring machine in the operating room from 8:12 to 11:26.", "in_room"),
    ("The OR entry of Dr. Dunleavy is logged at 8:12 and the exit at 11:26, with supervision the whole while.", "in_room"),
    ("Oversight by Dr. Dunleavy opened at 8:12, a few doors along from the theatre, and was laid down at 11:26.", "nearby"),
    (
        "In-hospital supervision, not in the operating room itself, was carried out by Dr. Dunleavy over [8:12] to [11:26].",
        "nearby",
    ),
)


@pytest.mark.parametrize(("text", "mode"), TOLD)
def test_a_sentence_tells_the_hours_and_the_place(text: str, mode: str) -> None:
    (row,) = rows(text)
    assert (row.professional, row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") == ("Gail Dunleavy", mode, "08:12", "11:26")


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Dunleavy watched remotely. At 9:56 the response stood at nine tenths of reference.",
        "Dr. Dunleavy watched remotely; she asked for saline, and by 9:51 the wave was back to 20 microvolts.",
        "Dr. Dunleavy watched remotely. At 10:36 the left sphincter fired; she warned the surgeon.",
    ],
)
def test_what_a_response_did_is_no_coming_or_going(text: str) -> None:
    assert rows(text) == []


def test_a_clock_time_parted_from_its_half_of_the_day_by_a_line_end_is_read_with_it() -> None:
    opening = "At 07:35 a.m. the room was warm and the table was turned. At 08:12"
    (row,) = rows(f"{opening}\na.m., Dr. Dunleavy took up the watch off site and\nleft it at 11:26 a.m.")
    assert [f"{time:%H:%M}" for time in (row.start, row.end) if time] == ["08:12", "11:26"]


def test_hours_of_a_doctor_whom_the_record_does_not_know_are_not_those_of_the_one_it_knows() -> None:
    found = rows("Remote oversight was provided by Dr. Fitzgerald from 8:12 to 11:26.")
    assert "Gail Dunleavy" not in {row.professional for row in found}


def test_the_framed_fields_of_a_template_are_labels_with_values() -> None:
    text = (
        "PROCEDURE NOTE\n\nPatient's name [Jane Roe]  Date of operation [March 4 2025]\n"
        "Interpreting neurophysiologist [Ada Hale, DO / Boris Quill, DO]\nTechnologist of record [Gwen Ortiz, CNIM]\n"
    )
    case = read_case(read_bytes("case.txt", text.encode()))
    assert [person.name for person in case.encounter.professionals] == ["Ada Hale", "Boris Quill"]
    assert [person.name for person in case.encounter.technologists] == ["Gwen Ortiz"]


@pytest.mark.parametrize(
    "text",
    [
        "prof_time_in_out=8:12A - 11:26A",
        "Reader on/off: 08:12 - 11:26",
        "Q20. During what hours did the professional attend?\n     08h12 - 11h26",
        "From when to when did the overseer watch?\n   08:12 to 11:26",
        "08:12   11:26   Hours of the watch",
        "Oversight, from and to\t08:12\t11:26",
    ],
)
def test_a_label_or_question_that_asks_for_the_hours_has_them_beside_it(text: str) -> None:
    (row,) = rows("Dr. Dunleavy supervised remotely.\n\n" + text)
    assert [f"{time:%H:%M}" for time in (row.start, row.end) if time] == ["08:12", "11:26"]


@pytest.mark.parametrize(
    "text",
    ["Technologist on/off: 08:12 - 11:26", "Surgeon in/out: 08:12 - 11:26", "Electrodes on/off: 08:12 - 11:26"],
)
def test_hours_of_somebody_else_are_not_those_of_the_professional(text: str) -> None:
    assert rows("Dr. Dunleavy supervised remotely.\n\n" + text) == []


def test_a_ticked_place_with_two_times_is_a_spell_of_its_own() -> None:
    found = rows(
        "First part: [x] in the operating room [ ] nearby [ ] remote, 8:10 AM to 9:45 AM\n"
        "Second part: [ ] in the operating room [ ] nearby [x] remote (office in town), 9:45 AM to 11:30 AM"
    )
    assert [(row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in found if row.start and row.end] == [
        ("in_room", "08:10", "09:45"),
        ("remote", "09:45", "11:30"),
    ]


TABLE = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Interpreting physician: Gail Dunleavy, MD
Phase\tFrom\tTo
Baselines\t07:41\t07:58
{label}\t08:02\t11:41
Needles out\t11:44\t11:53
"""


@pytest.mark.parametrize("label", ["Monitoring, physician in the room", "Monitoring (reader online)", "Monitored"])
def test_a_phase_with_the_professional_in_its_name_is_still_the_monitoring(label: str) -> None:
    case = read_case(read_bytes("case.txt", TABLE.format(label=label).encode()))
    found = [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end]
    assert found == [("08:02", "11:41")]


def test_monitored_from_and_monitored_until_are_its_two_ends() -> None:
    form = TABLE.format(label="Room").replace("Room\t08:02\t11:41", "Monitored from\t08:02\nMonitored until\t11:41")
    case = read_case(read_bytes("case.txt", form.encode()))
    found = [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end]
    assert found == [("08:02", "11:41")]


CARD = """BIRCHMERE HAND CENTER
pt Cosima Trelawney   dob 02/19/1974   chart 9071
date 09/03/2026
surgeon Dr Everard Nakagawa
I. Haverlock DO (neurology) - in the room, in person, real time, only this patient
setup   9:38-9:50 am
bl      9:52-10:01 am
mon     10:05 am - 10:40 am
"""


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("off     10:42-10:45 am", None),
        ("out     10:42-10:45 am", None),
        ("take-down   10:42-10:45 am", None),
        ("present   10:05 - 10:38 am", ("10:05", "10:38")),
        ("Online  10:06 - 10:38 am", ("10:06", "10:38")),
    ],
)
def test_the_bare_label_of_what_was_done_to_electrodes_is_no_label_of_hours(line: str, hours: tuple[str, str] | None) -> None:
    (row,) = read_case(
        read_bytes("card.txt", (CARD + line + "\nsigned Ingrid Haverlock DO 09/03/2026 1:15 pm\n").encode())
    ).attendance
    assert (row.mode, None if row.whole_case else (f"{row.start:%H:%M}", f"{row.end:%H:%M}")) == ("in_room", hours)


WHOLE = (
    "Dr. Dunleavy watched the signals live from her home office, with a chat window open to the technologist. "
    "It was her only case."
)


def unread(line: str) -> bool:
    """Whether a line in the head of a report, above attendance for the whole case, is doubted or makes a row of its own."""
    case = read_case(read_bytes("case.txt", (line + "\n" + HEAD + WHOLE + "\n").encode()))
    return bool(case.attendance_unread or case.conflicts) or any(not row.whole_case for row in case.attendance)


@pytest.mark.parametrize(
    "line",
    [
        "GD on 8:30-9:30",
        "OR 4 | GD on 8:30-9:30 | GO in room",
        "Room 4; prone; GD online 8:30 - 9:30 am",
        "G.D. in 8:30 / out 9:30",
        "On-line (GD) 8:30-9:30",
        "Live view GD: 8:30 to 9:30",
        "GD joined 8:30",
        "GD off 9:30",
        "Neuro on 8:30 - 9:30",
    ],
)
def test_hours_beside_initials_are_not_passed_over(line: str) -> None:
    assert unread(line)


@pytest.mark.parametrize(
    "line", ["GD called 8:30", "GD on call 19:00-7:00", "GD on 8:10-11:30", "GD ext. 0830", "OR 4 | GD | lateral"]
)
def test_initials_with_another_word_or_with_all_of_the_hours_raise_no_doubt(line: str) -> None:
    assert not read_case(read_bytes("case.txt", (HEAD + WHOLE + "\n" + line + "\n").encode())).attendance_unread
