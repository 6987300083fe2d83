"""Hours of something else than the watch: outside the monitoring, or those that 'all that time' points back at."""

from __future__ import annotations

import pytest
from bare_report import audited

ALONE = "I had no other patient."


def _codes(said: str) -> list[tuple[int | None, str]]:
    return [(code.units, code.status) for code in audited(said).codes if code.code == "95940"]


@pytest.mark.parametrize(
    "said",
    [
        "I was at the cart in the operating room all that time and watched each average as it built.",
        "I was in the operating room for the whole of that, watching live.",
        "I was in the operating room for those 120 minutes, watching live.",
        "I sat in the operating room from 7:40 to 7:55, and 8:00 to 10:00 I watched live in the operating room.",
        "I read the first records, taken 7:40 to 7:55, at the cart. I stayed in the operating room throughout, watching live.",
    ],
)
def test_what_is_told_of_the_monitoring_as_a_whole_is_of_the_whole(said: str) -> None:
    assert _codes(f"{said} {ALONE}") == [(8, "supported")]


@pytest.mark.parametrize(
    "before",
    [
        "Baselines were taken from 7:40 to 7:55.",
        "The cord was mapped from 9:00 to 9:20.",
        "Dr. Cutter worked at the disc from 9:00 to 9:20.",
        "The recording was suspended from 9:05 to 9:25.",
    ],
)
def test_that_time_behind_another_interval_is_of_that_alone(before: str) -> None:
    found = _codes(f"{before} I was in the operating room all that time, watching live. {ALONE}")
    assert [status for _, status in found] == ["query"]


@pytest.mark.parametrize(
    "said",
    [
        "I saw the baselines from 7:40 to 7:55 in the operating room. I watched live.",
        "With me in the operating room, baselines were taken from 7:40 to 7:55. I watched live.",
    ],
)
def test_a_place_told_of_the_baselines_alone_is_not_that_of_the_watch(said: str) -> None:
    assert all(status == "query" for _, status in _codes(f"{said} {ALONE}"))


@pytest.mark.parametrize(
    "said",
    [
        "I was in the operating room from 7:30 to 7:58. I watched live.",
        "I was in the operating room from 7:30 to 7:58. Dr. Cutter was in the operating room the whole time. I watched live.",
        "I came into the operating room at 10:15. I watched the whole monitoring live in the operating room.",
        "I left the operating room at 7:50. I watched the whole monitoring live in the operating room.",
    ],
)
def test_hours_outside_the_monitoring_stand_where_no_sentence_tells_of_the_whole(said: str) -> None:
    assert "supported" not in {status for _, status in _codes(f"{said} {ALONE}")}


@pytest.mark.parametrize(
    "signed",
    [
        "Ada Hale, MD - signature entered 03/04/2025 12:20",
        "Dr. Hale entered her signature at 12:20 hrs.",
        "Ada Hale, MD: note opened 03/04/2025 11:05, closed 03/04/2025 11:20",
    ],
)
def test_a_signature_or_a_note_is_no_coming_or_going(signed: str) -> None:
    said = f"I sat in the operating room for the whole monitoring, watching live. {ALONE}\n{signed}"
    assert _codes(said) == [(8, "supported")]
