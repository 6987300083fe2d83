"""The small wordings that messages share."""

from __future__ import annotations

from datetime import date

import pytest
from builders import at, seen

from ionm_notes.rules import facts
from ionm_notes.rules.words import clock, counted, excerpt, listed, span


def test_a_list_reads_like_a_sentence() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b", "a"]), listed("abc")] == ["", "a", "a and b", "a, b and c"]


def test_an_interval_names_the_next_day() -> None:
    assert span(at("20:34"), at("+02:07")) == "20:34 to 02:07 on 2025-03-15"
    assert span(at("08:00"), at("11:00")) == "08:00 to 11:00"
    assert clock(None) == "?"


def test_one_is_singular() -> None:
    assert [counted(number, "unit") for number in (0, 1, 2)] == ["0 units", "1 unit", "2 units"]


@pytest.mark.parametrize(("length", "shown"), [(80, "x" * 80), (81, "x" * 77 + "...")])
def test_an_excerpt_is_cut_to_its_width(length: int, shown: str) -> None:
    assert excerpt(seen("x" * length, 3)[0]) == f"'{shown}' (page 3)"


def test_a_service_after_the_quarter_of_the_layer_is_not_verified() -> None:
    assert facts.dated("2024-07-01", date(2024, 9, 30)) == "as of 2024-07-01"
    assert facts.dated("2024-07-01", date(2024, 10, 1)) == "as of 2024-07-01; not verified for this date of service"
