"""Units: every pair of clock times, the published boundaries, and the words."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionm_notes.codes.units import units, units_in_words
from ionm_notes.timeline.intervals import length

QUARTER = (15, 8, 8)
HOUR = (60, 31, 31)
DAY = 1440


def test_every_start_and_stop_of_the_day_gives_the_units_of_an_independent_formula() -> None:
    """2,073,600 pairs; a stop before its start is on the next day. The formula has no division with rest."""
    midnight = datetime(2025, 3, 14)
    clock = [midnight + timedelta(minutes=m) for m in range(2 * DAY)]
    starts, stops = np.meshgrid(np.arange(DAY), np.arange(DAY), indexing="ij")
    elapsed = np.where(stops >= starts, stops - starts, stops + DAY - starts)
    measured = np.array([[length(clock[a], clock[a + int(e)]) for e in elapsed[a]] for a in range(DAY)])
    assert (measured == elapsed).all()
    for rule, formula in ((QUARTER, (elapsed + 7) // 15), (HOUR, (elapsed + 29) // 60)):
        table = np.array([units(m, *rule) for m in range(DAY)])
        assert (table[measured] == formula).all()


BOUNDARIES = {0: 0, 7: 0, 8: 1, 15: 1, 22: 1, 23: 2, 37: 2, 38: 3, 52: 3, 53: 4, 60: 4, 67: 4, 68: 5, 75: 5, 120: 8, 127: 8}
BOUNDARIES |= {200: 13, 235: 16, 300: 20, 487: 32, 488: 33, 608: 41}


@pytest.mark.parametrize(("minutes", "quarters"), BOUNDARIES.items())
def test_quarters_of_the_worked_examples_b1_to_b18_and_c16_to_c19(minutes: int, quarters: int) -> None:
    assert units(minutes, *QUARTER) == quarters


@pytest.mark.parametrize(
    ("minutes", "hours"), [(0, 0), (30, 0), (31, 1), (60, 1), (90, 1), (91, 2), (120, 2), (150, 2), (151, 3), (235, 4), (300, 5)]
)
def test_hours_of_the_worked_examples_b19_to_b28(minutes: int, hours: int) -> None:
    assert units(minutes, *HOUR) == hours


@given(st.integers(0, 3000), st.integers(1, 120), st.integers(1, 120), st.integers(1, 120))
def test_more_minutes_never_give_fewer_units(minutes: int, per_unit: int, minimum: int, remainder: int) -> None:
    rule = (per_unit, minimum, remainder)
    assert units(minutes, *rule) <= units(minutes + 1, *rule)


def test_a_reached_minimum_is_worth_a_unit_even_under_the_remainder() -> None:
    assert units(10, 60, 10, 31) == 1


@pytest.mark.parametrize("arguments", [(-1, 15, 8, 8), (10, 0, 8, 8), (10, 15, 0, 8), (10, 15, 8, 0)])
def test_nonsense_is_refused(arguments: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot turn"):
        units(*arguments)


@pytest.mark.parametrize(
    ("minutes", "rule", "words"),
    [
        (213, QUARTER, "213 min = 14 whole quarters + 3 min, under 8: 14 units"),
        (23, QUARTER, "23 min = 1 whole quarter + 8 min, 8 or more: 2 units"),
        (15, QUARTER, "15 min = 1 whole quarter: 1 unit"),
        (8, QUARTER, "8 min = 0 whole quarters + 8 min, 8 or more: 1 unit"),
        (7, QUARTER, "7 min, under 8: no unit"),
        (150, HOUR, "150 min = 2 whole hours + 30 min, under 31: 2 units"),
        (30, HOUR, "30 min, under 31: no unit"),
        (45, (30, 15, 15), "45 min = 1 whole unit + 15 min, 15 or more: 2 units"),
    ],
)
def test_units_in_words(minutes: int, rule: tuple[int, int, int], words: str) -> None:
    assert units_in_words(minutes, *rule) == words
