"""The course of a watch told in sentences: absences, reliefs, coming back, joining late; rows with reader, place and load."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 2026-03-12
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
Technologist: Jonas Jamison, CNIM
Interpreting physician: Laura Ashworth, MD

EVENT LOG
07:20  Set-up: electrodes placed, impedances checked
07:45  Baseline recordings begin
08:00  Baselines complete; monitoring begins
10:00  Monitoring ends
10:05  Electrodes removed

PROFESSIONAL COMPONENT
{text}

INTERPRETATION
SSEP and MEP remained stable.

Electronically signed by Laura Ashworth, MD, 03/12/2026 11:40
"""
MODES = {"in_room": "room", "remote": "remote", "nearby": "near", "unstated": "?"}
LOADS = {True: "alone", False: "shared", None: "?"}


def rows(text: str) -> list[str]:
    """What a report with one such passage makes of it: 'ashworth 08:00-10:00 room alone'."""
    case = read_case(read_bytes("report.txt", REPORT.format(text=text).encode()))
    out = []
    for row in sorted(case.attendance, key=lambda one: str(one.start)):
        if row.start and row.end:
            who = (row.professional or "?").split()[-1].lower()
            out.append(f"{who} {row.start:%H:%M}-{row.end:%H:%M} {MODES[row.mode]} {LOADS[row.exclusive]}")
    return out


@pytest.mark.parametrize(
    "text",
    [
        "I watched this patient alone, remotely and live, from 08:00 to 10:00, save for 09:00 to 09:15, when "
        "I was called to the ward.",
        "I read this case live from home, 08:00-10:00, but stepped away 09:00-09:15; no relief. No other patient.",
        "I watched remotely from 08:00 to 09:00, was off for a call until 09:15, and then back until "
        "monitoring ended. One patient only.",
        "Remote, live, one pt. MD off screen 09:00-09:15 (fire alarm), no cover.",
        "I was away from 09:00 to 09:15 without cover. For the rest of the monitoring I watched live from "
        "home, this patient exclusively.",
        "I watched live from home, one patient, from 08:00 on. From 09:00 to 09:15 I was off the line; Ms. "
        "Lund, CNIM, kept an eye on it for me. "
        "I was back at 09:15 and remained to the end of monitoring.",
        "A technologist, Ms. Lund, CNIM, watched the feed for me between 09:00 and 09:15 while I was on a call. "
        "Otherwise I followed it live from my home office from 08:00 until 10:00, one patient.",
    ],
)
def test_an_absence_is_taken_out_whoever_but_a_reader_stands_in(text: str) -> None:
    assert rows(text) == ["ashworth 08:00-09:00 remote alone", "ashworth 09:15-10:00 remote alone"]


@pytest.mark.parametrize(
    "text",
    [
        "I was in the room for the whole of the monitoring, save 09:00 to 09:20, when Ines Roth, MD took my "
        "chair. Neither of us had another case.",
        "Ines Roth, MD sat in for me in the OR from 09:00 to 09:20. I was otherwise in the OR myself from "
        "the start to the end of monitoring. "
        "This was the only patient of either of us.",
        "Dr. Ashworth stepped out of the OR at 09:00. Dr. Ines Roth, MD sat in her chair until 09:20, when she returned; "
        "she then remained to 10:00, as she had been there from 08:00. Neither had another case.",
    ],
)
def test_a_colleague_who_stands_in_has_the_stretch_between(text: str) -> None:
    between = "roth 09:00-09:20 room alone"
    assert rows(text) == ["ashworth 08:00-09:00 room alone", between, "ashworth 09:20-10:00 room alone"]


def test_two_breaks_are_covered_by_whoever_stood_in_for_both() -> None:
    text = (
        "Two breaks, 08:40-08:50 and 09:30-09:40, in which Ines Roth, MD covered from the same desk; "
        "otherwise I watched live from home 08:00 to 10:00."
    )
    assert [row.split()[0] for row in rows(text)] == ["ashworth", "roth", "ashworth", "roth", "ashworth"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For the screws I came down to the operating room, where I was from 09:00 to 09:45. Before that, "
            "from 08:00, and afterwards, "
            "until 10:00, I read the live signals from my office across the corridor. It was my only case.",
            ["ashworth 08:00-09:00 near alone", "ashworth 09:00-09:45 room alone", "ashworth 09:45-10:00 near alone"],
        ),
        (
            "Viewed live from the workstation in the lounge 08:00 to 09:05, went into OR 3 and stayed at the "
            "cart until 09:45, then back to "
            "the lounge until 10:00. One patient all along.",
            ["near", "room", "near"],
        ),
        (
            "I was in OR 2 for the first hour, then followed the rest of the monitoring live from my office in "
            "the building. No other case.",
            ["ashworth 08:00-09:00 room alone", "ashworth 09:00-10:00 near alone"],
        ),
    ],
)
def test_each_place_has_its_own_stretch(text: str, expected: list[str]) -> None:
    told = rows(text)
    assert told == expected or [row.split()[2].replace("remote", "near") for row in told] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She came on twenty minutes after monitoring had begun and stayed for the rest, live from home.", "08:20-10:00"),
        ("I joined the live session from home at 07:40, saw the baselines and left at 09:30. Single case.", "07:40-09:30"),
        ("I was in the operating room from the start of monitoring. I left at 09:15 and did not return.", "08:00-09:15"),
        ("My only contact was a visit to the operating room: I came in at 09:10 and left at 09:16.", "09:10-09:16"),
    ],
)
def test_who_comes_late_or_leaves_early_has_the_time_between(text: str, expected: str) -> None:
    [row] = rows(text)
    assert row.split()[1] == expected


@pytest.mark.parametrize(
    "said",
    [
        "The technologist left the room at 09:10 and was back at 09:14.",
        "The surgeon left the room at 09:20 and came back at 09:40.",
        "The left MEP went off at 09:20 and came back at 09:30.",
        "I answered a page at 09:20 without leaving the screen.",
        "I was not away at any time between 09:00 and 09:15.",
        "Nobody relieved me between 09:00 and 09:15 because I did not leave.",
    ],
)
def test_what_others_or_the_signals_did_takes_nothing_out(said: str) -> None:
    assert rows(f"I watched remotely, live, one case, 08:00-10:00. {said}") == ["ashworth 08:00-10:00 remote alone"]


@pytest.mark.parametrize(
    "said",
    [
        "I was away for some minutes.",
        "If I am paged away, for example between 09:00 and 09:15, Dr. Roth covers.",
        "From 09:00 to 09:15 I was called to the ward but kept watching on my tablet.",
    ],
)
def test_what_leaves_the_course_open_is_never_counted_as_one(said: str) -> None:
    text = f"I watched remotely, live, one case, 08:00-10:00. {said}"
    told = read_case(read_bytes("report.txt", REPORT.format(text=text).encode()))
    assert told.attendance_unread or told.conflicts or rows(text) == ["ashworth 08:00-10:00 remote alone"]


def test_one_who_took_over_and_saw_nothing_has_no_row() -> None:
    text = (
        "I watched remotely in real time, this patient only, from 08:00 and handed over to Ines Roth, MD at 09:40. "
        "Dr. Roth's note: unable to connect, saw no data before monitoring ended."
    )
    assert rows(text) == ["ashworth 08:00-09:40 remote alone"]


def test_a_trainee_who_looks_on_has_no_row() -> None:
    text = (
        "Dr. Amin, our PGY-3 resident, watched the stream for the first hour, 08:00-09:00. I then "
        "took over from home, live, one patient, 09:00-10:00."
    )
    assert rows(text) == ["ashworth 09:00-10:00 remote alone"]


def test_what_was_told_of_one_reader_is_not_said_of_the_other() -> None:
    text = (
        "Ines Roth, MD covered the first twenty minutes online from 08:00; Dr. Ashworth took the "
        "remote live feed at 08:20 and followed this patient alone until 10:00."
    )
    assert rows(text) == ["roth 08:00-08:20 remote ?", "ashworth 08:20-10:00 remote alone"]


def test_who_walks_over_when_signals_change_watches_there() -> None:
    text = (
        "I watched live from my office from 08:00 to 08:50. When the MEPs changed I walked over and was in the operating room "
        "from 08:55 to 09:20. I then went back and watched remotely from 09:25 to 10:00. This was my only patient."
    )
    assert rows(text) == [
        "ashworth 08:00-08:50 remote alone",
        "ashworth 08:55-09:20 room alone",
        "ashworth 09:25-10:00 remote alone",
    ]


def test_the_way_between_two_places_is_no_part_of_the_watch() -> None:
    text = (
        "I was in the operating room from 08:00 to 09:00. I then went to my office, which took me until 09:08. "
        "From 09:08 to 10:00 I watched over the remote viewer. In both places I watched live and had this patient alone."
    )
    assert not any("09:00-" in row for row in rows(text))


def test_who_did_not_leave_until_a_time_stayed_until_then() -> None:
    assert rows("I entered the operating room at 08:00 and did not leave until 09:40. I watched live, with no other case.") == [
        "ashworth 08:00-09:40 room alone"
    ]


FORM = """Whereabouts of the Reader During Surgery: inside the operating room
{label}: 08:00
Monitoring Closed: 10:00

08:00  {start}
08:20  Dr. Ashworth begins the watch over the recordings
10:00  Monitoring ends
10:00  Dr. Ashworth leaves the operating room
"""


@pytest.mark.parametrize("label", ["Monitoring Taken Up At", "Monitored Stretch Entered", "Surveillance Taken Up"])
def test_the_times_behind_labels_of_the_monitoring_are_nobodys_stay(label: str) -> None:
    told = FORM.format(label=label, start="Monitoring begins")
    text = REPORT.replace("08:00  Baselines complete; monitoring begins\n10:00  Monitoring ends\n", "").format(text=told)
    case = read_case(read_bytes("report.txt", text.encode()))
    assert [(f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end] == [
        ("08:20", "10:00")
    ]


def test_the_head_of_a_form_with_dots_is_no_course_of_a_watch() -> None:
    head = (
        "Hospital .................. Rivergate Hospital\nTechnologist in OR ........ throughout\n"
        "Monitoring began .......... 08:00\nMonitoring ended .......... 10:00\n\n"
        "LOG\n08:00 - Monitoring initiated\n08:20 - Dr. Ashworth at the machine in the OR\n"
        "10:00 - Monitoring stopped\n10:00 - Dr. Ashworth out of the OR\n"
    )
    assert [row[:28] for row in rows(head)] == ["ashworth 08:20-10:00 room ?"]
