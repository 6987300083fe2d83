"""The interval algebra, held against `portion` and against plain sets of minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import portion
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionm_notes.timeline.intervals import (
    Interval,
    Intervals,
    covers,
    difference,
    intersection,
    length,
    minutes,
    normal,
    union,
    whole_minute,
)

ZERO = datetime(2025, 3, 14)


def minute(count: int) -> datetime:
    return ZERO + timedelta(minutes=count)


def as_set(intervals: list[Interval] | Intervals) -> set[int]:
    return {m for start, end in intervals for m in range(length(ZERO, start), length(ZERO, end))}


def as_portion(intervals: list[Interval] | Intervals) -> portion.Interval:
    whole = portion.empty()
    for start, end in intervals:
        whole |= portion.closedopen(start, end)
    return whole


def from_portion(whole: portion.Interval) -> Intervals:
    return tuple((piece.lower, piece.upper) for piece in whole if not piece.empty)


moments = st.integers(min_value=0, max_value=90).map(minute)
pairs = st.tuples(moments, moments)
sets = st.lists(pairs, max_size=6)


@given(sets, sets)
def test_union_intersection_and_difference_agree_with_portion(left: list[Interval], right: list[Interval]) -> None:
    a, b = as_portion(left), as_portion(right)
    assert union(left, right) == from_portion(a | b)
    assert intersection(left, right) == from_portion(a & b)
    assert difference(left, right) == from_portion(a - b)


@given(sets, sets)
def test_union_intersection_and_difference_agree_with_sets_of_minutes(left: list[Interval], right: list[Interval]) -> None:
    a, b = as_set(left), as_set(right)
    assert as_set(union(left, right)) == a | b
    assert as_set(intersection(left, right)) == a & b
    assert as_set(difference(left, right)) == a - b


@given(sets)
def test_minutes_are_the_size_of_the_set(intervals: list[Interval]) -> None:
    assert minutes(intervals) == len(as_set(intervals))


@given(sets)
def test_the_normal_form_is_sorted_apart_and_stays_itself(intervals: list[Interval]) -> None:
    once = normal(intervals)
    assert normal(once) == once
    assert all(start < end for start, end in once)
    assert all(once[i][1] < once[i + 1][0] for i in range(len(once) - 1))


@given(sets, pairs)
def test_covers_means_every_minute_is_in_the_set(intervals: list[Interval], pair: Interval) -> None:
    start, end = min(pair), max(pair) + timedelta(minutes=1)
    assert covers(intervals, (start, end)) == (as_set([(start, end)]) <= as_set(intervals))


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1)))
def test_seconds_are_cut_off_never_rounded(moment: datetime) -> None:
    cut = whole_minute(moment)
    assert cut <= moment < cut + timedelta(minutes=1)
    assert (cut.second, cut.microsecond) == (0, 0)


def test_seconds_are_cut_before_subtracting() -> None:
    assert length(datetime(2025, 3, 14, 9, 0, 50), datetime(2025, 3, 14, 9, 53, 10)) == 53


def test_time_with_seconds_counts_whole_minutes_only() -> None:
    assert minutes([(datetime(2025, 3, 14, 9, 0, 50), datetime(2025, 3, 14, 9, 1, 10))]) == 1


def test_length_past_midnight_is_positive_with_dates_and_negative_backward() -> None:
    assert length(datetime(2025, 3, 14, 22, 40), datetime(2025, 3, 15, 2, 25)) == 225
    assert length(datetime(2025, 3, 14, 9, 0), datetime(2025, 3, 14, 8, 0)) == -60


@pytest.mark.parametrize("pair", [(minute(5), minute(5)), (minute(9), minute(5))])
def test_empty_and_backward_pairs_hold_no_time(pair: Interval) -> None:
    assert normal([pair]) == ()
    assert minutes([pair]) == 0


def test_touching_intervals_are_one_and_half_open() -> None:
    assert normal([(minute(0), minute(5)), (minute(5), minute(9))]) == ((minute(0), minute(9)),)
    assert intersection([(minute(0), minute(5))], [(minute(5), minute(9))]) == ()
