"""From when to when the professional attended, where that is not the monitoring: labels, logs, hand-overs, nights."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """Riverbend Hospital
Patient: Ana Roy   MRN: 55102   DOB: 03/04/1961
Date of surgery: 06/10/2025
Surgeon: Paul Decker, MD
{readers}
Technologist: Tom Siebert, CNIM, in the operating room throughout
{monitoring}
{text}

Impression: stable responses.
Electronically signed by Lena Hartwig, MD 06/11/2025 17:20
"""
ONE = "Interpreting physician: Lena Hartwig, MD"
TWO = "Interpreting physicians: Lena Hartwig, MD and Omar Quist, MD"
MONITORED = "Baselines: 08:05 - 08:20\nMonitoring: 08:25 - 11:40"


def case(text: str, readers: str = ONE, monitoring: str = MONITORED) -> Case:
    return read_case(read_bytes("case.txt", HEAD.format(readers=readers, monitoring=monitoring, text=text).encode()))


def spans(found: Case) -> list[tuple[str, str, str]]:
    """Mode, beginning and end of each row; those of the whole case have none."""
    rows = ((row.mode, *(f"{m:%H:%M}" if m else "-" for m in (row.start, row.end))) for row in found.attendance)
    return sorted(rows)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Physician location: remote (home office)\nSession opened / closed: 08:11 / 11:47", ("remote", "08:11", "11:47")),
        ("Doctor into OR: 07:50     Doctor out of OR: 11:58", ("in_room", "07:50", "11:58")),
        ("Viewed from: hub in town\nStart of live viewing: 8:24 am\nEnd of live viewing: 11:42 am", ("remote", "08:24", "11:42")),
        ("Read by: L. Hartwig MD, from her office at Midtown (remote)\nIn: 0820 Out: 1145", ("remote", "08:20", "11:45")),
        ("Attending physician (in OR) arrived 0812, departed 1151", ("in_room", "08:12", "11:51")),
        ("Interpreting MD log-in/log-out (remote): 08:15/11:45", ("remote", "08:15", "11:45")),
        ("phys_attend_start=08:20;phys_attend_end=11:42;phys_mode=REMOTE", ("remote", "08:20", "11:42")),
        ("Physician's time: begin 8:21 AM end 11:41 AM  location: off-site (remote)", ("remote", "08:21", "11:41")),
        ("Hours of professional attendance, remote: 08:22 - 11:41", ("remote", "08:22", "11:41")),
        (
            "My own attendance at the bedside, in the OR, was from 08:31 to 11:12; otherwise the technologist was alone.",
            ("in_room", "08:31", "11:12"),
        ),
        ("Dr. Hartwig was present in the operating room from 08:40 onward.", ("in_room", "08:40", "11:40")),
    ],
)
def test_hours_that_are_not_those_of_the_monitoring(text: str, row: tuple[str, str, str]) -> None:
    assert spans(case(text)) == [row]


def test_a_table_of_an_audit_trail_gives_its_spells() -> None:
    found = case(
        "Dr. Hartwig watched remotely.\nAccess audit (IT)\n"
        "User        Workstation   Opened              Closed              Closed by\n"
        "HARTWIGL    HUB-03        06/10/2025 08:31:12  06/10/2025 09:14:40  user\n"
        "HARTWIGL    HUB-03        06/10/2025 09:22:05  06/10/2025 11:47:51  user"
    )
    assert spans(found) == [("remote", "08:31", "09:14"), ("remote", "09:22", "11:47")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("audit: connect 08:11:10\tdisconnect 11:52:55\nDr. Hartwig watched remotely.", ("remote", "08:11", "11:52")),
        ("Online 8:11a to 11:52a.\nReader: Dr. Hartwig, remote", ("remote", "08:11", "11:52")),
        ("Her place: at the cart in OR 4, gowned; walked in 08:11, walked out 11:52", ("in_room", "08:11", "11:52")),
        (
            "Remote access worked from 09:40, and from 09:40 I had the live traces until you stopped at 11:40.",
            ("remote", "09:40", "11:40"),
        ),
        (
            "08:12\tHARTWIG\tSESSION OPEN\torigin=remote\tview=live\tlock=ON\n11:31\tHARTWIG\tSESSION CLOSE\treason=done",
            ("remote", "08:12", "11:31"),
        ),
    ],
)
def test_hours_told_in_short(text: str, row: tuple[str, str, str]) -> None:
    assert spans(case(text)) == [row]


def test_an_interval_of_the_watch_is_said_to_be_the_monitoring() -> None:
    text = "I read the signals from my office, connected to your theatre, from 10:18 until 15:02, the period of monitoring."
    found = case(text, ONE, "Baselines: 08:05 - 08:20")
    assert [f"{s.start:%H:%M}" for s in found.segments if s.kind == "monitoring" and s.start] == ["10:18"]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Hartwig watched remotely in real time.\nnote by tech: I was in OR 4 the whole case, 07:52 to 11:55.",
        "Dr. Hartwig watched remotely, live.\n\ntech: Tom Siebert, CNIM. I was in the theatre from 06:50 to 13:05.",
        "Dr. Hartwig watched remotely, live.\nElectrodes 7:20 to 7:47. Out 11:54 to 12:03.",
        "Dr. Hartwig watched remotely, live.\nIf more than 1: L2-4 laminectomy at another hospital, followed 07:40 to 12:10",
        "Dr. Hartwig watched remotely. I told you so at 8:42 and you placed the shunt; the EEG was even again at 8:48.",
        "Dr. Hartwig watched remotely in real time. She was on call from 07:00 to 19:00.",
        "Dr. Hartwig watched remotely in real time.\nReport opened 17:01, closed 17:19 by Dr. Hartwig.",
        "Dr. Hartwig watched remotely in real time.\nMachine on 07:20, machine off 12:10",
    ],
)
def test_other_hours_are_no_attendance(text: str) -> None:
    assert spans(case(text)) == [("remote", "-", "-")]


def test_who_is_meant_by_she_is_told_by_what_stands_before() -> None:
    found = case(
        "Dr. Hartwig was at her desk in our Lincoln reading room, ninety miles away. She joined the case at 8.22 a.m. and stayed "
        "with it until 11.45 a.m., able to speak to the operating room through the headset that Mr. Siebert wore."
    )
    assert spans(found) == [("remote", "08:22", "11:45")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "08:25 Dr. Hartwig on line (remote)\n09:50 Dr. Quist joins (remote), sign-out by phone\n"
            "09:55 Dr. Hartwig off line\n11:42 Dr. Quist off line",
            [("remote", "08:25", "09:55"), ("remote", "09:50", "11:42")],
        ),
        (
            "08:22 LH remote on\n10:10 relay LH > OQ\n11:43 OQ remote off",
            [("remote", "08:22", "10:10"), ("remote", "10:10", "11:43")],
        ),
        (
            "Both of us read remotely. I handed the case to Dr. Quist at 10:20.",
            [("remote", "-", "10:20"), ("remote", "10:20", "-")],
        ),
    ],
)
def test_one_goes_when_the_other_comes(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert spans(case(text, TWO)) == rows


NIGHT = """2025-06-10
17:10–17:40\tJun 10\tSiebert\tBaselines, all present.
17:48\tJun 10\tDr. Hartwig\tMonitoring begins. I am at the machine in OR 2.
22:30\tJun 10\tboth\tHand-over at the machine. Dr. Hartwig leaves the room, Dr. Quist takes the chair.
00:40\tJun 11\tDr. Quist\tAll clamps off. MEP legs 85 % / 80 %.
01:22\tJun 11\tDr. Quist\tLast run, unchanged. Monitoring ends."""


def test_a_night_of_two_readers_who_write_the_log() -> None:
    found = case(NIGHT, TWO, "")
    assert spans(found) == [("in_room", "17:48", "22:30"), ("in_room", "22:30", "01:22")]


@pytest.mark.parametrize(
    "text",
    [
        "I took my chair by the machine in OR 6 at 0825, at which time monitoring was begun, and did not leave until "
        "it was finished at 1140.",
        "I sat down at the machine in OR 6 at 8:25, as monitoring began, and got up at 11:40, when it ended.",
        "I came into OR 6 for the start of monitoring at 8:25 and did not leave until 11:40. Monitoring was stopped at 11:40.",
        "Dr. Hartwig came into OR 6 at 8:25, at which point monitoring started, and left at 11:40 as monitoring was stopped.",
    ],
)
def test_a_time_of_coming_is_one_of_monitoring_too(text: str) -> None:
    found = case(text, ONE, "Baselines: 08:05 - 08:20")
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in found.segments if s.kind == "monitoring" and s.start and s.end] == [
        ("08:25", "11:40")
    ]
    assert spans(found) == [("in_room", "08:25", "11:40")]


def test_a_doctor_named_at_the_end_of_a_line_is_not_called_monitoring() -> None:
    found = case(
        "Ordered by Dr. Nyland\nMonitoring from - to: 08:30 - 11:50\n08:15\tDr. Hartwig connected from her office (remote)\n"
        "08:25\tMonitoring started\n11:40\tMonitoring ended\n11:50\tDr. Hartwig disconnected",
        ONE,
        "",
    )
    assert [(s.start.hour, s.end.minute) for s in found.segments if s.kind == "monitoring" and s.start and s.end] == [(8, 40)]
    assert spans(found) == [("remote", "08:15", "11:50")]


def test_a_time_alone_on_the_next_day_answers_its_label() -> None:
    found = case("Monitoring: begun\n22:47\nMonitoring: ended\n01:33  the next day", ONE, "")
    assert [f"{s.end:%d %H:%M}" for s in found.segments if s.kind == "monitoring" and s.end] == ["11 01:33"]


def test_a_line_of_times_in_four_figures_is_a_log() -> None:
    text = "0822 MD connected remotely. 0825 monitoring begun. 1140 monitoring ended. 1143 physician disconnected."
    assert spans(case(text, ONE, "Baselines: 08:05 - 08:20")) == [("remote", "08:22", "11:43")]


def test_parts_of_the_monitoring_that_follow_one_another_are_one() -> None:
    rows = "Phase\tFrom\tTo\tWhere\nMonitoring, part 1\t8:20\t10:05\tOR 4\nMonitoring, part 2\t10:05\t13:30\treading room"
    found = case(rows + "\n(monitoring was continuous, 8:20 to 13:30; only the place changed)", ONE, "")
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in found.segments if s.kind == "monitoring" and s.start and s.end] == [
        ("08:20", "13:30")
    ]


def test_until_when_somebody_had_one_patient_ends_no_monitoring_and_no_watch() -> None:
    for text in ("Until 10:05 Mrs. Roy was all I had.", "Up to 10:05 I had no other case."):
        found = case(f"Dr. Hartwig watched remotely. {text}")
        assert [f"{s.end:%H:%M}" for s in found.segments if s.kind == "monitoring" and s.end] == ["11:40"]
        assert spans(found) == [("remote", "-", "-")]


def test_until_when_somebody_watched_ends_the_watch() -> None:
    text = "I followed everything live from home until 11:10, when I had to leave for the airport."
    assert spans(case(text)) == [("remote", "-", "11:10")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Live link opened 08:21; baselines 08:05 to 08:20; link closed 11:43.", ("remote", "08:21", "11:43")),
        ("By my log: logged on 08:21; monitoring 08:25 to 11:40; logged off 11:43.", ("remote", "08:21", "11:43")),
        ("Live link opened 08:21, link closed 11:43.", ("remote", "08:21", "11:43")),
        ("Live link opened 08:21; wound closed 11:43.", ("remote", "", "")),
        ("Audio link opened 08:21; audio link closed 11:43.", ("remote", "", "")),
        ("Session opened 08:21; session closed 11:43.", ("remote", "", "")),
    ],
)
def test_a_list_of_when_the_reader_s_link_opened_and_closed_is_the_watch(text: str, row: tuple[str, str, str]) -> None:
    found = case(f"{text} I watched in real time from my home office and had no other case.")
    assert [(a.mode, f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in found.attendance] == [row]
