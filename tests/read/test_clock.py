"""Clock times, ranges, durations and dates as they are written, and numbers that are none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionm_notes.read.clock import find_clocks
from ionm_notes.read.clock_ranges import find_ranges, settle_meridiems, stated_meridiem
from ionm_notes.read.dates import find_dates
from ionm_notes.read.durations import find_durations
from ionm_notes.read.events.model import ONLY_TIME


def _minutes(text: str) -> list[int]:
    clocks = find_clocks(text)
    settled = settle_meridiems(clocks, find_ranges(text, clocks), frozenset())
    return [settled[c.start] for c in clocks]


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("Monitoring began at 07:32", 452),
        ("at 7:32 am", 452),
        ("at 7:32 PM", 1172),
        ("at 07:32:15", 452),
        ("started at 0732 hrs", 452),
        ("at 0732h", 452),
        ("at 7 a.m.", 420),
        ("at 12 noon", 720),
        ("until midnight", 0),
        ("at 12:05 AM", 5),
        ("at 12:05 PM", 725),
        ("closed at 7h32", 452),
        ("up 7:32A", 452),
        ("off 7:32p today", 1172),
        ("at 07h32m", 452),
        ("07:32:00 AM", 452),
        ("2025-03-12T07:32:10Z", 452),
        ("2025-03-12T07:32:10-05:00", 452),
        ("2025-03-12T07:32-05:00", 452),
        ("2025-03-12 07:32:10.250-03:30", 452),
        ("202503120732", 452),
        ("20250312T073205", 452),
        ("T+00:15 (07:32)", 452),
        ("+0h57m | 07:32 | gas", 452),
        ("05/11/26 0732 Setup end", 452),
        ("11 May 2026 0732", 452),
        ("05/11/2026, 0732", 452),
        ("on 2026-05-11 0732", 452),
    ],
)
def test_a_written_clock_time_is_read_to_the_minute(text: str, minute: int) -> None:
    assert _minutes(text) == [minute]


@pytest.mark.parametrize(
    "text",
    [
        "in 2016",
        "of March 2019",
        "L4-5",
        "MAP 62",
        "0.4 mV",
        "1.4 uV",
        "train of 6",
        "4/4",
        "a ratio of 1:1",
        "MRN 2219-6047-1",
        "phone 555-0142",
        "impedance under 5 kOhm",
        "M48.062",
        "2.4 cm",
        "95940 x 14",
        "DOB 04/19/1951",
        "Case 2026-0219-0034",
        "05/11/26 1200 ml",
        "05/11/26 0932/7",
    ],
)
def test_a_number_that_is_no_time_is_left_alone(text: str) -> None:
    assert _minutes(f"The record says {text} here") == []


@pytest.mark.parametrize(
    "text", ["07:10 to 11:30", "07:10-11:30", "7:10 am until 11:30 am", "between 07:10 and 11:30", "0710-1130", "7:10 - 11:30 am"]
)
def test_two_times_joined_are_a_range(text: str) -> None:
    text = f"Monitoring {text}."
    clocks = find_clocks(text)
    assert len(find_ranges(text, clocks)) == 1
    assert _minutes(text) == [430, 690]


@pytest.mark.parametrize(
    "text",
    [
        "from 20:46 on 01/17 to 01:38 on 01/18",
        "01/17/2025 20:46 - 01/18/2025 01:38",
        "20:46 (01/17) - 01:38 (01/18)",
        "from 8:46 PM on January 17 until 1:38 AM on January 18",
        "from 20:46 that evening until 01:38 the next morning",
        "20:46 EST to 01:38 EST",
        "from 2046 hours through to 0138 hours",
        "8:46 pm up until 1:38 am",
        "2046 straight through to 0138",
        "2046 all the way to 0138",
        "2046 thru 0138",
        "8:46p-1:38a",
        "8:46pm-1:38am",
        "from 2046 and until 0138",
        "20:46..01:38",
        "[20:46] to [01:38]",
        "from 20:46 (start of monitoring) to 01:38 (closure)",
        "20:46 till roughly 01:38",
        "20:46 --> 01:38",
        "20:46 until just after 01:38",
        "between the hours of 2046 and 0138",
        "from 20:46 onwards to 01:38",
        "20:46\t-\t01:38",
        "01/17/2025 20:46\tto\t01/18/2025 01:38",
    ],
)
def test_days_zones_and_remarks_between_two_joined_times_leave_them_a_range(text: str) -> None:
    text = f"Viewed {text}."
    clocks = find_clocks(text)
    assert [(r.first.minute, r.last.minute) for r in find_ranges(text, clocks)] == [(1246, 98)]


@pytest.mark.parametrize(
    "text",
    [
        "from 07:10, incision to closure at 11:30",
        "up 07:10, down 11:30",
        "07:10 baselines 11:30 closed",
        "07:10\n11:30",
        "07:10 (closed to 11:30)",
        "07:10 and 11:30",
        "07:10 SSEP to MEP 11:30",
        "[07:10]\t[11:30]",
    ],
)
def test_words_of_another_kind_keep_two_times_apart(text: str) -> None:
    text = f"The log says {text}, no more."
    assert find_ranges(text, find_clocks(text)) == ()


def test_dotted_times_count_where_the_document_writes_them_so() -> None:
    assert _minutes("Electrodes went on from 08.02 until 08.31. At 10.24 wave V fell.") == [482, 511, 624]


@pytest.mark.parametrize("text", ["07:42A", "07h42", "07:42:10", "20250312T0742", "2025-03-12T07:42"])
def test_a_cell_of_an_export_holds_a_time_alone(text: str) -> None:
    assert ONLY_TIME.match(text)


def test_an_afternoon_end_without_am_or_pm_follows_its_start() -> None:
    assert _minutes("Monitoring 8:00 - 12:47, out of the room at 1:10") == [480, 767, 790]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 hours and 47 minutes", 227),
        ("213 min", 213),
        ("1 hour 50 minutes", 110),
        ("two hours", 120),
        ("3 hrs 5 min", 185),
        ("2.5 hrs", 150),
    ],
)
def test_a_duration_is_read_in_minutes(text: str, minutes: int) -> None:
    assert [d.minutes for d in find_durations(f"monitored for {text} in all")] == [minutes]


@pytest.mark.parametrize(
    "text",
    [
        "11/05/2024",
        "2024-11-05",
        "5-Nov-2024",
        "05 NOV 2024",
        "November 5, 2024",
        "5 November 2024",
        "05.11.2024",
        "11/5/24",
        "Nov 5th, 2024",
        "20241105",
        "05Nov2024",
        "2024.11.05",
        "Nov-05-2024",
        "05/Nov/2024",
        "2024-Nov-05",
        "202411050742",
    ],
)
def test_a_date_is_read_in_every_style(text: str) -> None:
    assert [d.value for d in find_dates(f"DOS {text} here")] == [dt.date(2024, 11, 5)]


STYLES = (
    "{h:02d}:{m:02d}",
    "{h:02d}:{m:02d}:09",
    "{h:02d}{m:02d} hrs",
    "{h12}:{m:02d} {ap}M",
    "{h12}:{m:02d} {ap}.M.",
    "{h12}:{m:02d}{ap}m",
)


@given(st.integers(0, 1439), st.sampled_from(STYLES))
def test_any_time_in_any_style_is_read_back_or_not_at_all(minute: int, style: str) -> None:
    hour, rest = divmod(minute, 60)
    written = style.format(h=hour, m=rest, h12=hour % 12 or 12, ap="P" if hour >= 12 else "A")
    assert _minutes(f"Monitoring was started at {written} today") in ([minute], [])


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Hours (all p.m.)", "p"),
        ("Everything here is p.m. The door shut at 12:31.", "p"),
        ("All times in the afternoon.", "p"),
        ("Clock (am)", "a"),
        ("All signals were stable in the morning round", None),
        ("monitored 8:10 to 1:15", None),
    ],
)
def test_the_half_of_the_day_may_be_said_once(text: str, half: str | None) -> None:
    assert stated_meridiem(text) == half


def test_the_end_of_a_range_may_name_its_minutes_only() -> None:
    text = "hookup 0815-0842. baselines 0845-58. monitoring 0901-1147. leads off 1150-56."
    clocks = find_clocks(text)
    assert [c.minute for c in clocks] == [495, 522, 525, 538, 541, 707, 710, 716]
    assert (525, 538) in [(r.first.minute, r.last.minute) for r in find_ranges(text, clocks)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("operated on the fifteenth of July, 2025, at", dt.date(2025, 7, 15)),
        ("born the third of October nineteen seventy.", dt.date(1970, 10, 3)),
        ("this nineteenth day of September 2025", dt.date(2025, 9, 19)),
        ("the twenty-first of May nineteen fifty-two", dt.date(1952, 5, 21)),
    ],
)
def test_a_date_in_words_is_read(text: str, value: dt.date) -> None:
    assert [d.value for d in find_dates(text)] == [value]


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("From 10:41 AM to the stop at 1:36 PM I followed the tracings.", 1),
        ("I watched from 08:15 until the end of monitoring at 11:30.", 1),
        ("Present from 08:15 to its conclusion (11:30).", 1),
        ("At 08:15 to the stop at 11:30", 0),
        ("from 08:15 to the end of drilling, then 11:30", 0),
    ],
)
def test_what_ended_at_the_second_time_may_stand_before_it(text: str, ranges: int) -> None:
    assert len(find_ranges(text, find_clocks(text))) == ranges


def test_noughts_before_the_early_hours_make_a_clock_of_24_hours_of_a_record_that_ends_before_noon() -> None:
    log = "09:20\n09:47\n10:02\n11:35\n10:02-10:47\n10:47-11:35"
    clocks = find_clocks(log)
    leads = frozenset(clock.start for clock in clocks)
    settled = settle_meridiems(clocks, find_ranges(log, clocks), leads)
    assert [settled[clock.start] for clock in clocks[4:]] == [602, 647, 647, 695]


def test_hours_without_a_nought_go_on_into_the_afternoon() -> None:
    log = "9:20\n9:47\n11:35\n12:40\n1:15"
    clocks = find_clocks(log)
    settled = settle_meridiems(clocks, (), frozenset(clock.start for clock in clocks))
    assert settled[clocks[-1].start] == 795
