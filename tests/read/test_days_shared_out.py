"""Statements that share the day out among readers, places or loads: each stretch with its reader, place and load, or none."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
{who}
Technologist: Jonas Jamison, CNIM

Monitoring: 08:00 - 12:00
{text}

SSEP and MEP were recorded.

Electronically signed by Laura Ashworth, MD, 03/12/2026
"""
ONE, TWO = "Neurologist: Laura Ashworth, MD", "Neurologists: Laura Ashworth, MD; Peter Ibarra, MD"
MODES = {"in_room": "room", "remote": "remote", "nearby": "near", "unstated": "?"}


def shares(text: str) -> list[str]:
    """What a report with one such statement makes of it: 'ashworth 08:00-10:00 room'."""
    who = TWO if "Ibarra" in text else ONE
    case = read_case(read_bytes("report.txt", HEAD.format(who=who, text=text).encode()))
    return [
        f"{(row.professional or '?').split()[-1].lower()} {row.start:%H:%M}-{row.end:%H:%M} {MODES[row.mode]}"
        for row in sorted(case.attendance, key=lambda row: str(row.start))
        if row.start and row.end
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I sat beside the technologist in OR 4 from 8:00 to 10:00 and watched from home, live, from 10:00 to 12:00.",
        "Until 10:00 I was in the operating room; from 10:00 to 12:00 I read remotely from home.",
        "Dr. Ashworth was at the table in OR 4 till 10:00, after which she watched live from home to 12:00.",
        "My time: OR 4, 8:00 to 10:00; home workstation, live, 10:00 to 12:00.",
        "I stayed in OR 4 from 8:00 to 10:00. At 10:00 I went to my home office and had the live screen before me until 12:00.",
    ],
)
def test_a_reader_who_changes_places_has_a_stretch_at_each(text: str) -> None:
    assert shares(text) == ["ashworth 08:00-10:00 room", "ashworth 10:00-12:00 remote"]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ashworth watched from 8:00 to 10:00 and Dr. Ibarra from 10:00 to 12:00.",
        "Until 10:00 the reader was Dr. Ashworth, from 10:00 Dr. Ibarra.",
        "Dr. Ashworth read until 10:00, Dr. Ibarra after that.",
        "Dr. Ibarra took over from Dr. Ashworth at 10:00 and stayed to the end; she had watched since 8:00.",
        "I, Dr. Ashworth, watched from 8:00. I handed to Dr. Ibarra at 10:00 and he stayed until closing.",
        "I was relieved by Dr. Ibarra at 10:00 after watching from 08:00; he continued to 12:00.",
        "I began at 08:00 and passed the case to Dr. Ibarra at 10:00. He finished it at 12:00.",
        "Part 08:00-10:00: Laura Ashworth, MD. Part 10:00-12:00: Peter Ibarra, MD.",
    ],
)
def test_two_readers_of_one_statement_have_a_stretch_each(text: str) -> None:
    found = shares(f"{text} Both watched live from remote.")
    assert found == ["ashworth 08:00-10:00 remote", "ibarra 10:00-12:00 remote"]


@pytest.mark.parametrize(
    "text",
    [
        "Sessions of Dr. Ashworth: 08:00-09:30, 10:00-12:00",
        "Reader logins: 08:00 in, 09:30 out; 10:00 in, 12:00 out",
        "Dr. Ashworth on 08:00, off 09:30, on 10:00, off 12:00.",
        "I was on from 8:00 to 9:30 and again from 10:00 to 12:00.",
    ],
)
def test_sessions_are_stretches_with_a_gap_between(text: str) -> None:
    assert shares(f"The reading was remote.\n\n{text}") == ["ashworth 08:00-09:30 remote", "ashworth 10:00-12:00 remote"]


def test_each_stretch_has_the_load_that_the_statement_gives_it() -> None:
    text = "I read remotely.\n\nFrom 08:00 to 09:30 I also had a second case open; from 09:30 to 12:00 this patient alone."
    case = read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode()))
    assert [row.exclusive for row in case.attendance] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "The technologist was in the room from 8:00 to 10:00 and from 10:15 to 12:00; she took a break between.",
        "Anesthesia: Dr. Poole until 10:00, Dr. Rudd from 10:00 to 12:30.",
        "Screws were placed from 9:30 to 10:10 on the left and from 10:15 to 10:50 on the right, which I watched.",
        "I discussed the findings with Dr. Hathaway at 9:40 and again at 11:10.",
        "The imaging cart was in the room from 9:00 to 9:20 and from 11:00 to 11:10.",
        "In OR 0715, out 1235.",
    ],
)
def test_times_of_others_and_of_things_share_nothing_out(text: str) -> None:
    assert shares(f"Dr. Ashworth watched remotely from start to finish.\n\n{text}") == []


def test_a_statement_that_leaves_an_end_open_fills_none() -> None:
    # Until when Dr. Ibarra watched is told nowhere.
    case = read_case(read_bytes("report.txt", HEAD.format(who=TWO, text="I gave the case to Dr. Ibarra at 10:00.").encode()))
    assert not any(row.start and row.end for row in case.attendance)
