"""Whose the shared minutes may be: as many units as is lawful, and never one more."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_day import at, report, seen

from ionm_notes.codes.units import units
from ionm_notes.roster.allocation import UnitRule, Window, allocate, groups
from ionm_notes.roster.allocation_check import faults
from ionm_notes.roster.flow import place
from ionm_notes.roster.shared_time import tasks

QUARTER = UnitRule(15, 8, 8, 4)
SMALL = st.sampled_from([UnitRule(2, 1, 1, 2, hour=4), UnitRule(2, 2, 1, 1, hour=3), UnitRule(3, 2, 2, 2, hour=6)])


def windows_of(cases: int, last: int, longest: int) -> st.SearchStrategy[Window]:
    parts = (st.integers(0, cases - 1), st.integers(0, last), st.integers(1, longest))
    return st.builds(lambda case, start, length: Window(case, start, start + length), *parts)


WINDOWS = st.lists(windows_of(3, 4, 4), min_size=1, max_size=4)
DAYS = st.lists(windows_of(6, 300, 200), min_size=2, max_size=7)


def best_by_trying(windows: list[Window], rule: UnitRule) -> int:
    """The most units over every way of giving each minute to somebody or to nobody."""
    minutes = sorted({minute for one in windows for minute in range(one.start, one.end)})
    may = [[None, *sorted({one.case for one in windows if one.start <= minute < one.end})] for minute in minutes]
    begun = {
        hour: -(-sum(m // rule.hour == hour for m in minutes) // rule.minutes_per_unit)
        for hour in {m // rule.hour for m in minutes}
    }
    room = {hour: min(rule.per_hour, count) for hour, count in begun.items()}
    most = units(len(minutes), rule.minutes_per_unit, rule.minimum, rule.remainder)
    best = 0
    for owners in product(*may):
        mine: dict[int, int] = {}
        there: dict[tuple[int, int], int] = {}
        for minute, owner in zip(minutes, owners, strict=True):
            if owner is not None:
                mine[owner] = mine.get(owner, 0) + 1
                there[owner, minute // rule.hour] = there.get((owner, minute // rule.hour), 0) + 1
        claims = {case: units(count, rule.minutes_per_unit, rule.minimum, rule.remainder) for case, count in mine.items()}
        fit = place(claims, room, {key: -(-count // rule.minutes_per_unit) for key, count in there.items()})
        best = max(best, min(fit.placed, most))
    return best


@settings(max_examples=40, deadline=None)
@given(WINDOWS, SMALL)
def test_no_way_of_giving_the_minutes_makes_more_units(windows: list[Window], rule: UnitRule) -> None:
    proposal = allocate(windows, rule)
    assert proposal.proved
    assert sum(proposal.units.values()) == best_by_trying(windows, rule)
    assert faults(proposal, windows, rule) == []


@settings(max_examples=15, deadline=None)
@given(DAYS)
def test_a_day_never_exceeds_a_minute_a_quarter_or_the_cap(windows: list[Window]) -> None:
    for group in groups(windows):
        proposal = allocate(group, QUARTER)
        assert faults(proposal, group, QUARTER) == []


def test_an_hour_shared_by_two_makes_four_units_in_all() -> None:
    proposal = allocate([Window(1, 480, 540), Window(2, 480, 540)], QUARTER)
    assert sum(proposal.units.values()) == 4
    assert faults(proposal, [Window(1, 480, 540), Window(2, 480, 540)], QUARTER) == []


def test_half_an_hour_of_three_patients_makes_two_units_and_not_three_by_rounding() -> None:
    assert sum(allocate([Window(case, 480, 510) for case in range(3)], QUARTER).units.values()) == 2


def test_a_minute_is_not_left_to_a_case_that_makes_nothing_of_it() -> None:
    windows = [Window(1, 480, 500), Window(2, 495, 525)]
    proposal = allocate(windows, QUARTER)
    assert proposal.units == {1: 1, 2: 2}


@pytest.mark.parametrize(
    ("spans", "count"),
    [
        ([(0, 60), (60, 120)], 0),
        ([(0, 61), (60, 120)], 1),
        ([(0, 61), (60, 120), (200, 260)], 1),
        ([(0, 61), (60, 120), (119, 130)], 1),
    ],
)
def test_cases_that_overlap_nobody_need_no_allocation(spans: list[tuple[int, int]], count: int) -> None:
    assert len(groups(Window(case, *span) for case, span in enumerate(spans))) == count


def test_a_proposal_that_cheats_is_found_out() -> None:
    windows = [Window(1, 480, 540), Window(2, 480, 540)]
    honest = allocate(windows, QUARTER)
    twice = type(honest)((Window(1, 480, 540), Window(2, 500, 540)), {1: 4, 2: 3}, {(1, 8): 4, (2, 8): 3}, True)
    told = " ".join(faults(twice, windows, QUARTER))
    assert "given twice" in told
    assert "hour 8 has 7 units" in told


def test_minutes_that_a_record_gives_to_its_patient_are_not_given_to_another() -> None:
    first = report("08:00-09:00", allocated="08:00-08:30", column="remote_shared", units=0)
    second = report("08:00-09:00", column="remote_shared", units=0)
    (task,) = tasks(seen(first, second))
    others = [window for window in task.windows if task.operations[window.case].names == second.name]
    assert [(one.start, one.end) for one in others] == [(at("08:30"), at("09:00"))]


def test_minutes_in_another_room_are_free_for_nobody() -> None:
    remote = report("08:00-10:00", column="remote_shared", units=0)
    in_room = report("08:00-08:30", column="in_room")
    assert list(tasks(seen(remote, in_room))) == []


def test_hours_of_a_commercial_patient_are_not_allocated() -> None:
    shared = [report("08:00-10:00", column="remote_shared", units=0, payers=["commercial"]) for _ in range(2)]
    assert list(tasks(seen(*shared))) == []
