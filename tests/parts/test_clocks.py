"""Clocks of two zones are brought to one; nights of the clock change are told; evidence stays as it is on the page."""

from __future__ import annotations

from datetime import date

import pytest
from packet_pages import LOG, REPORT, TOP, document

from ionm_notes.parts import split
from ionm_notes.parts.clock_change import change_of
from ionm_notes.parts.zones import one_clock
from ionm_notes.read import read_case
from ionm_notes.types import Case

TRAIL = ["REMOTE LOG-ON AUDIT TRAIL", *TOP, "User: Ida Marsh, MD"]


def texts(*pages: list[str]) -> list[str]:
    read = document(*pages)
    return [line.text for page in one_clock(read, split(read))[0].pages for line in page.lines]


def test_a_readers_time_is_brought_to_the_clock_of_the_log() -> None:
    moved = texts([*LOG, "All times are EST"], [*TRAIL, "07:05 CST    Logged on", "10:05 CST    Logged off"])
    assert any(line.startswith("08:05 CST") for line in moved)
    assert "08:02\tMonitoring started" in moved


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("9:30 AM CST", "10:30 AM CST"),
        ("11:30 AM CST", "12:30 PM CST"),
        ("0910 CST", "1010 CST"),
        ("23:30 CST", "00:30 CST"),
        ("07:05-10:05 CST", "08:05-11:05 CST"),
        ("07:05 MST", "09:05 MST"),
    ],
)
def test_clock_times_of_all_shapes_are_moved(written: str, read: str) -> None:
    # Short lines: how cells are cut is no matter here.
    moved = " ".join(texts([*LOG, "Times in EST"], [*TRAIL, f"{written} watched"]))
    assert read in moved.replace("\t", " ")


@pytest.mark.parametrize("title", ["(all times EST)", "(Eastern time)", "(Eastern Standard Time)", "(EST)"])
def test_the_title_of_a_log_may_name_its_zone(title: str) -> None:
    log = [f"{LOG[0]} {title}", *LOG[1:]]
    assert any("08:05 CST" in line for line in texts(log, [*TRAIL, "07:05 CST    Logged on"]))


@pytest.mark.parametrize("zone", ["CT", "Central time"])
def test_a_zone_may_be_written_short_or_out(zone: str) -> None:
    moved = texts([*LOG, "All times are EST"], [*TRAIL, f"Logged on 07:05 {zone}"])
    assert any("08:05" in line for line in moved)


def test_scans_tubes_and_patients_are_no_zones() -> None:
    for words in ("07:05 CT scan", "07:05 ET tube placed", "07:05 PT in room", "07:05 PT"):
        assert any("07:05" in line for line in texts([*LOG, "All times are EST"], [*TRAIL, words]))


def test_utc_is_held_against_the_summer_clock_where_the_log_names_one() -> None:
    assert any("08:05 UTC" in line for line in texts([*LOG, "Time zone: EDT"], [*TRAIL, "12:05 UTC    Logged on"]))
    assert any("07:05 UTC" in line for line in texts([*LOG, "Time zone: EST"], [*TRAIL, "12:05 UTC    Logged on"]))


def test_one_zone_everywhere_moves_nothing() -> None:
    read = document([*LOG, "08:30 EST incision"], [*TRAIL, "08:05 EST    Logged on"])
    assert one_clock(read, split(read)) == (read, ())


def test_a_zone_that_only_the_readers_record_names_moves_nothing_and_is_told() -> None:
    read = document(REPORT, LOG, [*TRAIL, "07:05 CST    Logged on"])
    same, notes = one_clock(read, split(read))
    assert same is read
    assert [note.message for note in notes] == [
        "Times on page 3 are in CST; the log beside them names no zone, so none was moved"
    ]


def test_evidence_of_a_moved_time_stands_as_on_the_page() -> None:
    case = read_case(document([*LOG, "Times in EST"], [*TRAIL, "07:05 CST    Logged on", "10:05 CST    Logged off"]))
    shown = {item.text for spell in case.attendance for item in spell.evidence}
    assert {spell.start.strftime("%H:%M") for spell in case.attendance if spell.start} == {"08:05"}
    assert any("07:05 CST" in text for text in shown)
    assert not any("08:05" in text for text in shown)


@pytest.mark.parametrize(
    ("day", "change"),
    [
        (date(2025, 3, 9), True),
        (date(2025, 11, 2), False),
        (date(2025, 3, 8), None),
        (date(2025, 3, 16), None),
        (date(2024, 11, 3), False),
        (date(2006, 3, 12), None),
    ],
)
def test_the_days_of_the_clock_change(day: date, change: bool | None) -> None:
    assert change_of(day) is change


def over_night(day: str) -> Case:
    log = [
        line.replace("01/15/2025", day).replace("08:02", "23:10").replace("09:15", "00:20").replace("11:17", "03:25")
        for line in LOG
    ]
    return read_case(document(log))


def test_a_night_in_which_clocks_are_put_forward_leaves_the_length_open() -> None:
    assert [conflict.subject for conflict in over_night("03/08/2025").conflicts] == ["the length of monitoring"]
    assert "forward at 02:00 on 2025-03-09" in over_night("03/08/2025").conflicts[0].why


def test_the_night_before_leaves_nothing_open() -> None:
    assert over_night("03/07/2025").conflicts == ()
