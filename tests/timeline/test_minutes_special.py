"""Minutes from a stated duration, and days on which nobody who may count attended."""

from __future__ import annotations

import pytest
from day import attended, by_column, case, doubts, duration, fates, monitoring, only, said

from ionm_notes.timeline import count_minutes
from ionm_notes.types import COLUMNS


def test_a_stated_duration_counts_less_what_it_includes() -> None:
    day = case(attended("remote", exclusive=None), duration=duration(185, "setup", excludes=25))
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_unstated", 160)
    assert doubts(minutes) == ["duration-only"]
    assert [(line.minutes, line.reason) for line in minutes.proof] == [(160, "counted"), (25, "stated-exclusion")]
    assert (minutes.attendance[0].start, minutes.attendance[0].end) == (None, None)
    assert minutes.overlap == {"setup": 25}
    assert minutes.unattended == 0
    assert minutes.least == minutes.most == only("remote_unstated", 160)


def test_a_duration_that_includes_nothing_else_is_taken_whole() -> None:
    assert count_minutes(case(attended(), duration=duration(90, excludes=20))).in_room == 90


def test_a_duration_never_outranks_clock_times() -> None:
    minutes = count_minutes(case(monitoring("08:00", "10:00"), attended(), duration=duration(400)))
    assert minutes.in_room == 120
    assert doubts(minutes) == []


def test_a_duration_does_not_mend_a_stop_before_its_start() -> None:
    assert count_minutes(case(monitoring("10:00", "08:00"), attended(), duration=duration(120))).in_room is None


def test_one_duration_for_two_ways_of_attending_cannot_be_split() -> None:
    minutes = count_minutes(case(attended("in_room"), attended("remote"), duration=duration(100)))
    assert by_column(minutes) == {**only("in_room", None), "remote_exclusive": None}
    assert doubts(minutes) == ["duration-only", "duration-split"]
    assert (minutes.least["in_room"], minutes.most["in_room"]) == (0, 100)


def test_a_duration_said_to_be_both_in_the_room_and_remote_is_in_the_room() -> None:
    minutes = count_minutes(case(attended("in_room"), attended("remote"), duration=duration(100), mode_conflict=said("both")))
    assert by_column(minutes) == only("in_room", 100)
    assert doubts(minutes) == ["duration-only", "mode-conflict"]


@pytest.mark.parametrize(
    "why",
    [{"read_afterwards": said("next morning")}, {"only_operator_monitors": True}, {}],
    ids=["afterwards", "operator", "nobody"],
)
def test_without_a_professional_who_watched_nothing_counts(why: dict[str, object]) -> None:
    people = (attended(),) if why else ()
    for extra in ({}, {"duration": duration(110)}):
        minutes = count_minutes(case(monitoring("08:00", "10:00"), *people, **why, **extra))
        assert by_column(minutes) == dict.fromkeys(COLUMNS, 0)
        assert minutes.unattended == 120
        assert fates(minutes) == [("08:00", "unattended", 120)]
        assert minutes.proof[0].why != "no professional attended"


def test_a_duration_without_any_professional_counts_nothing() -> None:
    assert by_column(count_minutes(case(duration=duration(110)))) == dict.fromkeys(COLUMNS, 0)


def test_a_duration_of_several_professionals_is_nobody_s_in_particular() -> None:
    minutes = count_minutes(case(attended("remote", who="A"), attended("remote", who="B"), duration=duration(100)))
    assert [(p.professional, p.minutes) for p in minutes.by_professional] == [(None, 100)]
    alone = count_minutes(case(attended("remote", who="A"), duration=duration(100)))
    assert [(p.professional, p.minutes) for p in alone.by_professional] == [("A", 100)]
    assert doubts(alone) == ["duration-only"]


def test_a_duration_attended_from_nobody_knows_where_goes_to_no_column() -> None:
    minutes = count_minutes(case(attended("unstated"), duration=duration(100)))
    assert by_column(minutes) == dict.fromkeys(COLUMNS)
    assert doubts(minutes) == ["duration-only", "mode-unstated"]
    assert [(line.minutes, line.reason) for line in minutes.proof] == [(100, "mode-unstated")]
    split = count_minutes(case(attended("in_room"), attended("remote"), duration=duration(100)))
    assert [(line.minutes, line.reason) for line in split.proof] == [(100, "assumed")]


def test_a_length_of_attendance_counts_in_place_of_the_whole_monitoring() -> None:
    day = case(monitoring("08:00", "10:00"), attended("remote", exclusive=True), attended_length=duration(85))
    minutes = count_minutes(day)
    assert by_column(minutes) == only("remote_exclusive", 85)
    assert doubts(minutes) == ["attendance-duration-only"]
    assert sum(line.minutes for line in minutes.proof if line.column) == 85
    assert minutes.unattended == 35


def test_a_length_of_attendance_adds_nothing_to_the_monitoring() -> None:
    day = case(monitoring("08:00", "10:00"), attended("remote", exclusive=True), attended_length=duration(150))
    assert (by_column(count_minutes(day)), doubts(count_minutes(day))) == (only("remote_exclusive", 120), [])
