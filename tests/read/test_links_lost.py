"""Stretches in which the line to the reader was lost come out of the attendance; the recording went on."""

from __future__ import annotations

import pytest
from bare_report import audited

ATTENDED = "I watched remotely in real time from 08:00 to 10:00, this case only, by secure chat with the technologist. "


def read(said: str) -> tuple[int | None, list[str]]:
    """Exclusive remote minutes and the statuses of the time codes."""
    audit = audited(ATTENDED + said)
    return audit.minutes.remote_exclusive, [c.status for c in audit.codes if c.kind == "time"]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("The stream froze at 08:40 and came back at 08:58; in between I saw nothing.", 102),
        ("The VPN dropped at 08:40 and was restored at 09:00; no signals reached the reader in that time.", 100),
        ("My internet went down at 09:05 and was back at 09:20.", 105),
        ("VPN outage 0850-0905: no picture at my end.", 105),
        ("The remote desktop crashed at 9:10; I had it up again at 9:22.", 108),
        ("08:20 feed froze, 08:31 feed restored.", 109),
        ("During 0840-0858 the portal would not load and I saw nothing.", 102),
        ("\n09:31 VPN dropped, reader has no picture\n09:44 VPN back, reader sees traces again\n", 107),
        ("\n08:40:04 STREAM LOST\n08:58:10 STREAM RESTORED\n", 102),
    ],
)
def test_what_was_lost_between_two_times_comes_out(said: str, minutes: int) -> None:
    assert read(said) == (minutes, ["supported"])


@pytest.mark.parametrize(
    "said",
    [
        "The stream never froze between 08:00 and 10:00.",
        "Link lost at 07:30, restored at 07:35.",
        "The link was up from 07:30 to 10:20.",
    ],
)
def test_what_was_not_lost_stays(said: str) -> None:
    assert read(said) == (120, ["supported"])


def test_a_line_that_is_never_said_to_be_back_is_a_query() -> None:
    assert read("The stream froze at 08:40, and came back.")[1] == ["query"]


def test_a_recording_that_stood_still_is_a_pause_and_no_absence() -> None:
    audit = audited(ATTENDED + "The recording was stopped from 08:30 to 08:40.")
    assert [s.kind for s in audit.case.segments if s.kind == "interruption"] == ["interruption"]
    assert audit.minutes.remote_exclusive == 110
