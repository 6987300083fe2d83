"""Rows of a day as other offices write them: tags before times, days without a year, remarks beside both times, bare headings."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.events import read_events, read_times
from ionm_notes.read.patient_stay import stay
from ionm_notes.read.reading import lay_out

Told = set[tuple[str, str, int, int | None]]


def told(text: str) -> Told:
    """Kind, phase, first and last minute of what patterns read in a text."""
    reading = lay_out(read_bytes("x.txt", text.encode()))
    events = read_events(reading, read_times(reading))
    return {(e.kind, e.phase, e.first, e.last) for e in events if not e.guess}


TAGGED = """ID\tClass\tTime\tText
13\tSetup\t12:10\tTech begins hook-up
16\tBase\t13:03\tdone, reproducible
18\tMonitor\t13:22\tMonitoring start
19\tRemote\t13:22\tDr. Holloway on line
25\tMonitor\t16:40\tstop
"""


def test_a_log_may_put_a_number_and_a_tag_before_its_times() -> None:
    found = told(TAGGED)
    assert {("setup", "start", 730, None), ("baseline", "end", 783, None), ("monitoring", "start", 802, None)} <= found
    assert {("professional", "start", 802, None), ("monitoring", "end", 1000, None)} <= found


def test_a_table_of_events_with_their_times_behind_is_no_log_of_tags() -> None:
    found = told("Event\tTime\tRemarks\nSetup start\t07:10\tKB\nMonitoring start\t08:02\tDr. Hale on\n")
    assert ("monitoring", "start", 482, None) in found


@pytest.mark.parametrize(
    "days",
    [("14-Sep", "15-Sep"), ("14 Sep", "15 Sep"), ("Sep 14", "Sep 15"), ("9/14", "9/15"), ("Mon", "Tue"), ("Day 1", "Day 2")],
)
def test_a_night_whose_rows_begin_with_a_day_without_a_year(days: tuple[str, str]) -> None:
    one, two = days
    found = told(f"{one} 22:05\thook-up started\n{one} 22:47\tMonitoring started\n{two} 01:36\tMonitoring stopped\n")
    assert {("monitoring", "start", 1367, None), ("monitoring", "end", 1536, None)} <= found


@pytest.mark.parametrize(
    "row", ["{}\t22:05:40\tAC\thook-up started\n", "{}\t22:05\tAC\thook-up started\n", "{} 22:05\thook-up started\n"]
)
def test_the_hour_behind_a_day_without_a_year_is_no_year(row: str) -> None:
    assert ("setup", "start", 1325, None) in told(row.format("29 Nov") + "29 Nov\t22:47\tMonitoring started\n")


def test_a_date_of_birth_beside_a_time_moves_no_day() -> None:
    found = told("DATE OF BIRTH\tMONITORING START\n07/19/1971\t1:12 PM\nSURGERY DATE\tMONITORING STOP\n05/06/2026\t3:06 PM\n")
    assert {("monitoring", "start", 792, None), ("monitoring", "end", 906, None)} <= found


def test_no_relief_without_a_break_is_no_pause() -> None:
    found = told("08:02\tMonitoring started\n12:15\telectrodes off. I was in the OR from roll-in until now, no relief\n")
    assert not {kind for kind, *_ in found} & {"interruption"}


def test_a_part_beside_an_interval_may_tell_times_of_the_reader() -> None:
    found = told(
        "From\tTo\tEvent\n07:51\t08:09\tBaselines\n08:14\t11:52\tMONITORING. Dr. Hale connected 08:14, disconnected 11:52\n"
    )
    assert {("monitoring", "span", 494, 712), ("professional", "start", 494, None), ("professional", "end", 712, None)} <= found


TABLE = "Step\tFrom\tTo\tRemarks\nSet-up\t07:25\t07:58\tlateral\nMonitoring\t08:20\t12:35\t{}\n"


def test_a_remark_with_times_of_its_own_leaves_those_of_its_row() -> None:
    found = told(TABLE.format("MD connected remotely 08:22 - 12:30"))
    assert {("monitoring", "span", 500, 755), ("professional", "span", 502, 750)} <= found


@pytest.mark.parametrize(
    "remark", ["paused 10:05 - 10:20, C-arm", "no recording 10:05-10:20", "halted at 10:05, resumed at 10:20"]
)
def test_a_pause_told_in_a_remark_is_taken_out(remark: str) -> None:
    assert ("interruption", "span", 605, 620) in told(TABLE.format(remark))


@pytest.mark.parametrize("remark", ["alert 10:05, told surgeon, back 10:11", "surgeon away 10:05-10:20"])
def test_an_alert_told_in_a_remark_is_no_pause(remark: str) -> None:
    found = told(TABLE.format(remark))
    assert ("monitoring", "span", 500, 755) in found
    assert not any(kind == "interruption" for kind, *_ in found)


def test_a_pause_that_cannot_be_placed_leaves_the_row_unread() -> None:
    assert ("monitoring", "span", 500, 755) not in told(TABLE.format("paused 10:05, again from 10:20, again off 11:00"))


def test_a_label_may_share_its_cell_with_the_first_of_two_times() -> None:
    found = told("Item From\tTo\nSetup 08:00\t08:36\nMonitoring 08:40\t13:04\nReader on line 08:41\t13:04\n")
    assert {("setup", "span", 480, 516), ("monitoring", "span", 520, 784), ("attend", "span", 521, 784)} <= found


def test_columns_headed_monitoring_from_and_monitoring_to_are_its_ends() -> None:
    found = told("Set-up\tMonitoring from\tMonitoring to\n07:38 - 08:10\t08:32\t12:19\n")
    assert {("monitoring", "start", 512, None), ("monitoring", "end", 739, None)} <= found


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Baselines\nRecorded 8:02 AM to 8:19 AM. Left wave V at 6.4 ms.", ("baseline", "span", 482, 499)),
        ("Setup\nPerformed from 7:05 to 7:40 by the technologist.", ("setup", "span", 425, 460)),
        ("Monitoring\nFrom 8:20 to 11:40.", ("monitoring", "span", 500, 700)),
        ("Baselines\nAcquired 08:02, completed 08:19. Good.", ("baseline", "span", 482, 499)),
    ],
)
def test_a_heading_may_name_what_the_times_below_it_are_of(text: str, part: tuple[str, str, int, int]) -> None:
    assert part in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Alerts\nRecorded 8:02 AM to 8:19 AM.",
        "Monitoring\nFrom 10:05 to 10:20 the left leg MEP was lost.",
        "Monitoring\nRecorded 10:05 to 10:20: left MEP lost",
        "Baselines and monitoring\nRecorded 8:02 AM to 11:19 AM.",
    ],
)
def test_a_finding_below_a_heading_is_no_part_of_the_day(text: str) -> None:
    assert not {kind for kind, *_ in told(text)} & {"baseline", "monitoring", "setup"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Monitoring itself began at 8:50 am with the head in the clamp and ended at 1:35 pm, when the dura was closed.",
        "IONM started at 8:50 am (after turning) and was terminated at 1:35 pm on closure.",
        "Monitoring was initiated at 8:50 am under steady anesthesia, and discontinued at 1:35 pm.",
        "Monitoring ran from 8:50 am, just after the final positioning, to 1:35 pm.",
    ],
)
def test_how_things_stood_at_the_beginning_may_stand_between_two_times(sentence: str) -> None:
    assert ("monitoring", "span", 530, 815) in told(sentence)


def test_what_stops_may_be_something_else_than_what_began() -> None:
    assert told("Monitoring started at 8:50 when bypass was started and stopped at 9:20.") == {("monitoring", "start", 530, None)}


@pytest.mark.parametrize(
    "entry", ["no reader on session; acquisition continues", "no physician online", "0 readers connected", "none on line"]
)
def test_an_entry_by_which_nobody_reads_begins_no_attendance(entry: str) -> None:
    log = f"08:04\tDr. Hale connected\n10:47\t{entry}\n"
    assert {e for e in told(log) if e[0] == "professional"} == {
        ("professional", "start", 484, None),
        ("professional", "end", 647, None),
    }
    assert not any(kind == "professional" for kind, *_ in told(f"08:04\t{entry}\n"))


@pytest.mark.parametrize("entry", ["no change, reader on line", "No MD concerns, MD on line", "Dr. Hale joined, no other reader"])
def test_a_denial_of_something_else_leaves_the_reader_there(entry: str) -> None:
    assert ("professional", "start", 484, None) in told(f"08:04\t{entry}\n")


LOG = "08:02\tMonitoring started\n{}\n12:15\tMonitoring stopped\n"


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("12:09\tPatient left OR 4 for PACU", 729),
        ("11:09\tProf OUT OF ROOM: Dr. Dobbins", None),
        ("08:30\tout of room", None),
    ],
)
def test_the_patient_leaves_the_room_once_and_near_the_end(row: str, left: int | None) -> None:
    reading = lay_out(read_bytes("x.txt", LOG.format(row).encode()))
    times = read_times(reading)
    assert stay(reading, times, read_events(reading, times), 482, 735) == (None, left)


@pytest.mark.parametrize(
    "entry",
    [
        "*** MONITORING ON *** Dr. Hale at the screen",
        ">>> MONITORING START <<< per Dr. Hale",
        "== Monitoring started == Dr. Hale watching",
        "--- MONITORING ON --- ok w/ Dr. Hale",
    ],
)
def test_words_set_off_by_marks_are_a_statement_of_their_own(entry: str) -> None:
    assert ("monitoring", "start", 794, None) in told(f"13:11\tbaselines done\n13:14\t{entry}\n16:02\tMONITORING OFF\n")


def test_a_signature_in_the_chart_begins_no_attendance() -> None:
    assert told("Signed in EHR by G. Hale, DO\t4/3/2025 12:41p\n") == set()
    assert ("professional", "start", 761, None) in told("12:41p\tDr. Hale signed in\n")
