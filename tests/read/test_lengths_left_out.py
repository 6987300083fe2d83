"""A length at an end of the monitoring that a statement takes out of the professional's stay was not watched."""

from __future__ import annotations

import pytest
from bare_report import audited

ALONE = "One case only, with an open chat to the room."


def _stays(said: str) -> list[tuple[str, str]]:
    return [
        (f"{row.start:%H:%M}" if row.start else "", f"{row.end:%H:%M}" if row.end else "")
        for row in audited(f"{said} {ALONE}").case.attendance
    ]


@pytest.mark.parametrize(
    ("said", "stay"),
    [
        ("I followed live from home for all but the first ten minutes.", ("08:10", "10:00")),
        ("I followed live from home from 08:00 to 10:00 except for the first ten minutes.", ("08:10", "10:00")),
        ("I followed live from home save the last 20 minutes.", ("08:00", "09:40")),
        ("I followed live from home throughout, without the last 20 minutes.", ("08:00", "09:40")),
        ("I followed live from home, not for the first hour though.", ("09:00", "10:00")),
        ("I followed live from home, missing the first half hour.", ("08:30", "10:00")),
        (
            "Dr. Hale followed the signals from her office but for the last 20 minutes, when she was away.",
            ("08:00", "09:40"),
        ),
    ],
)
def test_what_is_left_out_was_not_attended(said: str, stay: tuple[str, str]) -> None:
    assert _stays(said) == [stay]


@pytest.mark.parametrize(
    "said",
    [
        "I watched live from home except for the last 20 minutes, when I was in the OR.",
        "I watched live from home except the first ten minutes, which Dr. Moss covered.",
        "I watched live from home, this case only except for the first hour, when a second one was open.",
        "I followed live from home except the first ten minutes; I disconnected at 10:00.",
        "The first half hour was not watched; then I followed live from home.",
    ],
)
def test_what_is_left_out_and_told_otherwise_is_a_query(said: str) -> None:
    audit = audited(f"{said} {ALONE}")
    assert {line.status for line in audit.codes if line.code in ("95940", "G0453")} == {"query"}


@pytest.mark.parametrize(
    "said",
    [
        "I followed live from home. Max Teck was in the room for all but the first ten minutes.",
        "I followed live from home. The surgeon used the microscope except for the first hour.",
    ],
)
def test_what_is_left_out_of_somebody_elses_stay_takes_nothing_from_the_professionals(said: str) -> None:
    assert [stay for stay in _stays(said) if stay[0] not in ("", "08:00")] == []


def test_a_length_that_is_not_left_out_is_a_stay() -> None:
    stays = _stays("I was in the OR for the first hour and followed the rest live from home.")
    assert stays == [("08:00", "09:00"), ("09:00", "10:00")]
