"""How many cases somebody attended at once, held against counting every minute by hand."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ionm_notes.roster.concurrency import Episode, Level, Stay, episodes, levels, minute_of, minutes_by_count, moment_of

STAYS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abcdef")), max_size=14)


def by_hand(stays: list[Stay]) -> dict[int, set[object]]:
    """The cases attended in each minute, by looking at every minute."""
    return {minute: cases for minute in range(41) if (cases := {case for start, end, case in stays if start <= minute < end})}


@settings(deadline=None)
@given(STAYS)
def test_minutes_at_once_are_those_counted_by_hand(stays: list[Stay]) -> None:
    assert minutes_by_count(stays) == dict(sorted(Counter(len(cases) for cases in by_hand(stays).values()).items()))


@settings(deadline=None)
@given(STAYS)
def test_levels_say_of_every_minute_how_many_cases_it_had(stays: list[Stay]) -> None:
    found = list(levels(stays))
    assert {m: level.cases for level in found for m in range(level.start, level.end)} == {
        m: len(cases) for m, cases in by_hand(stays).items()
    }
    assert all(a.end < b.start or (a.end == b.start and a.cases != b.cases) for a, b in pairwise(found))


@settings(deadline=None)
@given(STAYS, st.integers(1, 3))
def test_episodes_hold_exactly_the_minutes_and_cases_over_the_limit(stays: list[Stay], most: int) -> None:
    over = {minute: cases for minute, cases in by_hand(stays).items() if len(cases) > most}
    found = list(episodes(stays, most))
    assert {m for one in found for m in range(one.start, one.end)} == set(over)
    for one in found:
        inside = [over[minute] for minute in range(one.start, one.end)]
        assert (one.peak, set(one.cases)) == (max(map(len, inside)), set().union(*inside))
        assert len(one.cases) == len(set(one.cases))
    assert all(a.end < b.start for a, b in pairwise(found)), "an episode goes on as long as it can"


@settings(deadline=None)
@given(STAYS, st.randoms())
def test_the_order_of_documents_changes_nothing(stays: list[Stay], chance: object) -> None:
    mixed = list(stays)
    chance.shuffle(mixed)
    assert list(levels(mixed)) == list(levels(stays))


def test_a_case_that_ends_as_the_next_begins_is_no_overlap() -> None:
    assert list(episodes([(480, 540, "first"), (540, 600, "second")], 1)) == []
    assert list(levels([(480, 540, "first"), (540, 600, "second")])) == [Level(480, 600, 1)]


def test_one_minute_of_overlap_is_an_overlap() -> None:
    assert list(episodes([(480, 541, "first"), (540, 600, "second")], 1)) == [Episode(540, 541, 2, ("first", "second"))]


def test_two_stays_in_one_case_are_one_case() -> None:
    assert list(episodes([(480, 540, "a"), (500, 560, "a")], 1)) == []


def test_no_case_at_once_is_no_limit() -> None:
    with pytest.raises(ValueError, match="none at all"):
        list(episodes([], 0))


@pytest.mark.parametrize("moment", [datetime(2025, 3, 9, 23, 59), datetime(1969, 12, 31, 0, 1), datetime(2024, 2, 29)])
def test_minutes_lead_back_to_their_moment(moment: datetime) -> None:
    assert moment_of(minute_of(moment)) == moment
