"""Hours and minutes in every notation and place in which logs hold them; numbers of other things are no times."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.events import read_times
from ionm_notes.read.reading import lay_out

DAY = [
    (7, 12, "Setup started"),
    (7, 41, "Setup finished"),
    (7, 48, "Baseline run"),
    (8, 3, "Baselines accepted"),
    (8, 10, "Monitoring started"),
    (9, 25, "Incision"),
    (10, 40, "Closing"),
    (12, 2, "Monitoring ended"),
    (13, 9, "Removing leads"),
    (13, 20, "Leads out"),
]
NOTATIONS = (
    "{h}:{m:02d}",
    "{h:02d}{m:02d}",
    "{h}.{m:02d}",
    "{h:02d}.{m:02d}",
    "{h:02d}h{m:02d}",
    "{h} h {m:02d}",
    "{h}h {m:02d}m",
    "{h:02d}:{m:02d}:30",
    "{h:02d}{m:02d} hrs",
    "{h:02d}{m:02d}00",
    "{h:02d}-{m:02d}",
    "{h:02d} {m:02d}",
    "~{h:02d}{m:02d}",
    "2025-03-04T{h:02d}:{m:02d}",
    "{h}'{m:02d}",
)
PLACES = (
    "{t}\t{what}",
    "{t}   {what}",
    "{what}\t{t}",
    "{t} - {what}",
    "{what}: {t}",
    "| {t} | {what} |",
    "{t},{what}",
    "{what} at {t}",
    "{t} JK {what}",
    "{t}> {what}",
    "{what} ({t})",
    "{what}, {t}",
    "3. {t} {what}",
    "{what} @ {t}",
    "#3 {t} {what}",
    "{t} : {what}",
    "{what} -> {t}",
    "({t}) {what}",
    "{what} ........ {t}",
    "{what} :: {t}",
)


def minutes(text: str) -> set[int]:
    reading = lay_out(read_bytes("log.txt", text.encode()))
    return {minute % 1440 for minute in read_times(reading).minute.values()}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_notation_is_read_in_every_place_of_a_log(notation: str, place: str) -> None:
    lines = [place.format(t=notation.format(h=h, m=m), what=what) for h, m, what in DAY]
    read = minutes("\n".join(["INTRAOPERATIVE MONITORING LOG", "Date of service: 03/04/2025", "", *lines, ""]))
    assert read >= {h * 60 + m for h, m, _ in DAY}


@pytest.mark.parametrize(
    "numbers",
    [
        ["19.45", "20.10", "9.12", "9.33", "19.51", "20.02", "9.21"],  # latencies
        ["0.85", "1.20", "2.40", "0.33", "1.10", "2.05", "0.51"],  # amplitudes
        ["120456", "101530", "113045", "094412", "110233", "101011"],  # record numbers
        ["05-06", "04-05", "03-04", "06-07", "01-02", "02-03"],  # levels
        ["1022", "1107", "0915", "1240", "0933", "1201", "1013"],  # numbers without order
    ],
)
def test_numbers_that_do_not_grow_as_the_hours_do_are_no_times(numbers: list[str]) -> None:
    table = [f"Channel {at}\tmV\t{number}\tµV" for at, number in enumerate(numbers, 1)]
    read = minutes("\n".join(["REPORT", "Monitoring 08:10 to 12:02. Setup 07:12 to 07:41.", "", *table, ""]))
    assert read == {490, 722, 432, 461}


def test_four_figures_behind_a_label_of_a_beginning_are_a_time_beside_times_to_the_second() -> None:
    header = "Monitoring begin\t0758\tMonitoring end\t1240\nRoom\t0512\n"
    log = "08:14:22 | MONITORING STARTED\n09:02:47 | dura open\n12:26:40 | MONITORING ENDED\n"
    times = read_times(lay_out(read_bytes("report.txt", (header + log).encode())))
    assert {7 * 60 + 58, 12 * 60 + 40} <= set(times.minute.values())
    assert 5 * 60 + 12 not in times.minute.values()


def test_a_start_and_a_stop_in_four_figures_show_how_the_others_are_meant() -> None:
    told = "Baselines acquired 0855: N20 present.\nStart 0918. Stop 1203.\n1041 - bursts, silent by 1044.\n"
    times = read_times(lay_out(read_bytes("note.txt", told.encode())))
    assert {8 * 60 + 55, 9 * 60 + 18, 12 * 60 + 3} <= set(times.minute.values())


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("Dr. Hale watched from 13.56 hrs to 14.55 hrs.", {836, 895}),
        ("Dr. Hale watched between 14.55 hrs and 16.06 hrs.", {895, 966}),
        ("The watch was laid down at 16.06 hrs.", {966}),
        ("The signal fell at 10.25 hrs into the operation.", set()),
        ("In all 10.25 hrs were billed.", set()),
    ],
)
def test_dots_with_hours_behind_them_are_times_where_a_word_says_so_in_a_record_of_other_times(told: str, read: set[int]) -> None:
    assert minutes(f"REPORT\nMonitoring 2024-12-17T13:00 to 2024-12-17T18:02\n\n{told}\n") - {780, 1082} == read
