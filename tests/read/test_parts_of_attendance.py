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
