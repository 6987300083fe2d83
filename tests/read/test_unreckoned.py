"""What a claim of attendance tells of times, and no row reckons with, makes the time code a query."""

from __future__ import annotations

import pytest
from bare_report import audited

ATTENDED = "I watched remotely in real time, this case only, by secure chat with the technologist. "


def _statuses(said: str) -> list[str]:
    return [line.status for line in audited(said).codes if line.kind == "time"]


@pytest.mark.parametrize(
    "said",
    [
        ATTENDED + "In the end my time on it came to 50 minutes.",
        ATTENDED + "The viewer opened up for me at 08:25.",
        ATTENDED + "OR 2 and OR 9 came off the list, 2 at 0915 and 9 at 0930.",
        "I provided 85 minutes of exclusive, live, remote attention by secure chat with the technologist.",
        "I was at the table from 08:00 until 08:50, this case only, after which I carried on with the live remote view "
        "until monitoring stopped.",
    ],
)
def test_a_figure_or_a_reach_that_no_row_reckons_with_is_never_supported(said: str) -> None:
    assert "supported" not in _statuses(said)


@pytest.mark.parametrize(
    "said",
    [
        ATTENDED,
        "I watched remotely in real time from 08:00 to 10:00, this case only, by secure chat with the technologist.",
        ATTENDED + "Somatosensory potentials were run every 15 minutes.",
        ATTENDED + "At 09:12 I told the surgeon that the responses were stable.",
        ATTENDED + "The tourniquet was up for 45 minutes.",
        ATTENDED + "I kept it up for the two hours of monitoring.",
        ATTENDED + "I had been on the line 20 minutes before the incision.",
    ],
)
def test_figures_of_what_was_counted_or_of_other_matters_leave_it_supported(said: str) -> None:
    assert _statuses(said) == ["supported"]


def test_a_length_in_the_sentence_behind_those_with_times_is_read_and_ends_nothing() -> None:
    said = "I was the live remote reader 08:00 to 10:00. For the last 25 minutes, I also had a second patient on; none till then."
    assert [line.units for line in audited(said).codes if line.kind == "time" and line.status == "supported"] != [8]
