"""A watch 'until closing' or 'to the last run' reaches the end of monitoring; one 'until clinic called' reaches nothing known."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
Neurologist: Laura Ashworth, MD
Technologist: Jonas Jamison, CNIM

{text}

Electronically signed by Laura Ashworth, MD, 03/12/2026
"""


def ends(text: str) -> list[str]:
    """Both ends of every stretch of attendance, '?' where one is open."""
    case = read_case(read_bytes("report.txt", HEAD.format(text=text).encode()))
    return [f"{row.start:%H:%M}-{row.end:%H:%M}" if row.start and row.end else "?" for row in case.attendance]


@pytest.mark.parametrize(
    "words",
    [
        "I was connected from 08:15 until everything was off.",
        "I watched from 08:15 through closure.",
        "I read the traces from 08:15 to the last run.",
        "I joined at 08:15 and stayed on until the last set was in.",
        "I came on at 08:15 and stayed on until they were done.",
        "I supervised from 08:15 through the end of monitoring.",
    ],
)
def test_the_end_of_the_case_in_any_words_is_the_end_of_monitoring(words: str) -> None:
    assert ends(f"Monitoring: 08:00 - 12:00\n{words} I watched remotely.") == ["08:15-12:00"]


@pytest.mark.parametrize(
    "words",
    [
        "I was connected from 08:15 until clinic called me.",
        "I watched from 08:15 until the rods were in.",
        "I read from 08:15 until just before closing.",
        "I was online from 08:15 until the line failed.",
    ],
)
def test_another_event_ends_the_watch_at_no_known_minute(words: str) -> None:
    assert "08:15-12:00" not in ends(f"Monitoring: 08:00 - 12:00\n{words} I watched remotely.")


def test_until_closing_is_left_open_where_the_wound_was_closed_long_before_monitoring_ended() -> None:
    log = "08:00  Monitoring started\n11:20  Closing\n12:00  Monitoring stopped\n"
    assert ends(f"{log}\n\nI watched remotely from 08:15 until closing.") == ["?"]


def test_from_that_minute_is_the_one_named_last_and_until_we_ended_is_the_end_of_monitoring() -> None:
    text = "Monitoring began at 9:18 a.m. I sat beside her in the operating room from that minute until we ended at 11:29 a.m."
    case = read_case(read_bytes("letter.txt", HEAD.format(text=text).encode()))
    monitoring = [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "monitoring" and s.start and s.end]
    assert ends(text) == ["09:18-11:29"]
    assert monitoring == [("09:18", "11:29")]


@pytest.mark.parametrize("again", ["same as above", "ditto", "as above", "idem", '"'])
def test_a_cell_that_repeats_the_one_above_has_its_place_and_load(again: str) -> None:
    table = (
        f"Reader\tFrom\tTo\tPlace\tOther cases\nAshworth\t08:00\t09:30\tremote\tnone\nAshworth\t09:45\t12:00\t{again}\t{again}\n"
    )
    case = read_case(read_bytes("table.txt", HEAD.format(text=table).encode()))
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("remote", True), ("remote", True)]


def test_a_stay_until_monitoring_was_ended_tells_that_end() -> None:
    case = read_case(
        read_bytes(
            "letter.txt",
            b"Date of surgery: 9 January 2026\nNeurologist: Ian Corrigall, MD\n\n"
            b"I watched from the remote station in Dunmere, in real time, from the beginning of monitoring at 8.41 a.m."
            b" until monitoring was ended at 10.52 a.m.\n",
        )
    )
    spans = [(s.start, s.end) for s in case.segments if s.kind == "monitoring"]
    assert [(f"{a:%H:%M}", f"{b:%H:%M}") for a, b in spans if a and b] == [("08:41", "10:52")]
