"""Times of a scanned log against their neighbors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ionm_notes.ingest.ocr.order import with_order_doubts
from ionm_notes.types import Line


def log(*times: str) -> list[Line]:
    return [Line(1, f"{time}\tentry", (), ((0, len(time)), (len(time) + 1, len(time) + 6)), "row", 0) for time in times]


def doubts(*times: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(doubt.read, doubt.instead) for line in with_order_doubts(log(*times)) for doubt in line.doubts]


def test_a_digit_that_breaks_the_order_is_caught() -> None:
    assert doubts("07:28", "01:32", "07:40") == [("01:32", ("07:32",))]


def test_the_other_readings_are_those_that_fit_between_the_neighbors() -> None:
    assert doubts("07:28", "01:32", "09:40") == [("01:32", ("07:32", "08:32", "09:32"))]


@pytest.mark.parametrize(
    "times",
    [
        ("07:28", "07:32", "07:40"),
        ("22:41", "23:31", "00:58", "01:12"),
        ("11:40", "12:10", "1:05", "1:30"),
        ("0728", "0732", "0740"),
        ("09:58", "10:10", "11:40"),
    ],
)
def test_logs_in_order_raise_no_doubt(times: tuple[str, ...]) -> None:
    assert doubts(*times) == []


def test_disorder_that_no_single_digit_mends_is_the_records_own() -> None:
    assert doubts("08:00", "21:59", "08:10") == []


@given(st.lists(st.integers(0, 8 * 60), min_size=3, max_size=12).map(sorted))
def test_no_order_is_doubted_that_runs_forward(minutes: list[int]) -> None:
    assert doubts(*(f"{(m + 360) // 60:02d}:{(m + 360) % 60:02d}" for m in minutes)) == []
