"""How long somebody attended, told without the hours, is what counts, and makes a query (contract, rule 9)."""

from __future__ import annotations

import pytest
from bare_report import audited

TOUCH = " A chat window was open to the technologist."


def read(said: str) -> tuple[int | None, int | None, list[str]]:
    """Minutes in the room and remote alone, and the statuses of the time codes."""
    audit = audited(said + TOUCH)
    return audit.minutes.in_room, audit.minutes.remote_exclusive, [c.status for c in audit.codes if c.kind == "time"]


@pytest.mark.parametrize(
    ("said", "in_room", "remote"),
    [
        ("Live remote attendance by the physician: 85 minutes, exclusive to this patient. Clock times not kept.", 0, 85),
        ("Real-time remote physician time spent on this patient and no other: 90 minutes. (Clock times not kept.)", 0, 90),
        ("I monitored this patient, and only this one, live from my remote station for 75 minutes of the operation.", 0, 75),
        (
            "I was in the operating room, following the signals live and with no other case, for roughly an hour and a half of "
            "the two hours; I did not note when I came and went.",
            90,
            0,
        ),
        ("I watched remotely and live, this case only. My time on the case came to 70 minutes.", 0, 70),
        ("I watched remotely and live, this case only. According to the access log I was connected for 37 minutes.", 0, 37),
    ],
)
def test_a_length_without_hours_is_what_counts(said: str, in_room: int, remote: int) -> None:
    assert read(said) == (in_room, remote, ["query"])


@pytest.mark.parametrize(
    "said",
    [
        "I watched remotely and live, this case only, for all of the 120 minutes of monitoring.",
        "I watched remotely and live, this case only, from 08:00 to 10:00. I had watched the earlier case for 90 minutes.",
        "I watched remotely and live, this case only, throughout. Our readers attend for at least 60 minutes.",
        "I watched remotely and live, this case only, throughout. The tourniquet was up for 45 minutes.",
    ],
)
def test_other_lengths_leave_the_monitoring_as_it_is(said: str) -> None:
    assert read(said) == (0, 120, ["supported"])


@pytest.mark.parametrize(
    ("said", "remote"),
    [
        ("The picture froze several times; I would estimate about 15 minutes were lost in all.", 105),
        ("The link was down for about ten minutes.", 110),
        ("I missed roughly 12 minutes.", 108),
    ],
)
def test_a_length_that_was_lost_comes_off(said: str, remote: int) -> None:
    assert read("I watched remotely and live, this case only, from 08:00 to 10:00. " + said) == (0, remote, ["query"])


@pytest.mark.parametrize(
    "said",
    [
        "The left MEP was lost for ten minutes.",
        "The response fell for five minutes.",
        "I was on for all of it and lost no minute.",
    ],
)
def test_what_was_lost_of_the_responses_comes_off_nothing(said: str) -> None:
    assert read("I watched remotely and live, this case only, from 08:00 to 10:00. " + said) == (0, 120, ["supported"])
