"""How often lines are wrong: the interval is Wilson's."""

from __future__ import annotations

import pytest

from ionm_notes.claims.summing import rate


@pytest.mark.parametrize(
    ("wrong", "looked", "low", "high"),
    [(0, 20, 0.0, 0.1611), (5, 20, 0.1119, 0.4687), (14, 120, 0.0709, 0.1862), (20, 20, 0.8389, 1.0)],
)
def test_the_interval_is_that_of_published_tables(wrong: int, looked: int, low: float, high: float) -> None:
    found = rate(wrong, looked)
    assert (round(found.low, 3), round(found.high, 3)) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_of_nothing_nothing_is_said() -> None:
    assert (rate(0, 0).share, rate(0, 0).low, rate(0, 0).high) == (None, 0.0, 1.0)
