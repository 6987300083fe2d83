"""What bears on the minutes of monitoring and cannot be placed is a query, never silence."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.timeline import count_minutes

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

Monitoring 08:10 to 11:30. Dr. Whitfield supervised remotely from 08:10 to 11:30.
"""


def _doubts(text: str) -> set[str]:
    case = read_case(
        read_bytes("note.txt", (HEAD + text + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n").encode())
    )
    return {doubt.id for doubt in count_minutes(case).doubts}


@pytest.mark.parametrize(
    "sentence",
    [
        "The amplifier was dead after 09:05 for as long as the table was turned.",
        "Monitoring was suspended for fifteen minutes while the machine was moved.",
        "The baseline averages, of which the earliest bears the stamp 08:25, were many.",
    ],
)
def test_a_pause_or_a_part_of_the_day_that_no_time_places_makes_a_query(sentence: str) -> None:
    assert _doubts(sentence) & {"times-unread", "interruption-open", "part-open"}


@pytest.mark.parametrize(
    "sentence",
    [
        "At 09:05 the left response was half of its baseline and by 09:20 it was back to baseline.",
        "Monitoring went on without interruption; at 10:15 the rods were placed.",
        "A significant change took place at 09:40 and the surgeon was told.",
        "Baseline recordings were made from 07:40 to 07:55.",
    ],
)
def test_findings_and_what_is_placed_make_none(sentence: str) -> None:
    assert not _doubts(sentence) & {"times-unread", "part-open"}


def test_baselines_begun_within_the_monitoring_without_an_end_make_a_query() -> None:
    assert "part-open" in _doubts("Baseline acquisition started at 08:10.")


def test_baselines_begun_before_it_make_none() -> None:
    assert "part-open" not in _doubts("Baseline acquisition started at 07:40.")


def test_a_pause_that_is_told_twice_with_the_same_times_is_placed() -> None:
    said = (
        "09:05 amplifier lost, monitoring interrupted\n09:26 spare amplifier running, monitoring resumed\n\n"
        "There were 21 minutes without recording because of equipment, 09:05-09:26."
    )
    assert "times-unread" not in _doubts(said)


@pytest.mark.parametrize(
    "said",
    [
        "Claimed: 08:10 to 11:30, minus 15 minutes of downtime.",
        "08:10 to 11:30 less 25 minutes for set-up and baselines.",
        "Time 08:10 to 11:30, after deducting a break.",
    ],
)
def test_a_length_taken_off_the_monitoring_that_no_time_tells_makes_a_query(said: str) -> None:
    assert "times-unread" in _doubts(said)


@pytest.mark.parametrize(
    "said",
    [
        "Nothing was recorded from 09:10 to 09:25. Claimed: 08:10 to 11:30, minus 15 minutes of downtime.",
        "Monitoring 08:10 to 11:30, without a break.",
        "Monitoring 08:10 to 11:30, excluding the pause from 09:10 to 09:25.",
    ],
)
def test_a_length_that_the_clock_tells_too_makes_none(said: str) -> None:
    assert "times-unread" not in _doubts(said)
