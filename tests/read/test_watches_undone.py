"""What somebody writes of a watch that cannot have been one all the while makes a query, beside whatever claims of it."""

from __future__ import annotations

import pytest
from bare_report import audited

ATTENDED = "I watched remotely in real time from 08:00 to 10:00, this case only, by secure chat with the technologist. "


def _statuses(said: str) -> list[str]:
    return [line.status for line in audited(ATTENDED + said).codes if line.kind == "time"]


@pytest.mark.parametrize(
    "said",
    [
        "I dozed.",
        "My screen froze for the last half hour.",
        "The link dropped now and then.",
        "The stream had a delay of ten minutes.",
        "I checked in every fifteen minutes.",
        "The case was read by Dr. Moss on my behalf.",
        "A colleague signed in under my name.",
        "I was seeing clinic patients between checks.",
        "I answered consults.",
        "I was covering four hospitals that morning.",
        "I had a second window with OR 7 open.",
        "The technologist took a lunch break and nobody recorded.",
        "The times above are estimates.",
        "Start and stop times are the scheduled ones.",
        "This report was prepared from a template before the surgery.",
        "The attestation was added by the billing office.",
    ],
)
def test_what_no_watch_goes_with_leaves_the_time_code_a_query(said: str) -> None:
    assert _statuses(said) == ["query"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "The patient fell asleep before induction was complete.",
        "My screen was clear and the link never dropped.",
        "The stream had a delay of two seconds.",
        "SSEPs were run every two minutes.",
        "I was on call for four hospitals, but this was the one patient I had my mind on.",
        "Central conduction times were estimated.",
        "The report was written after the surgery.",
        "Nobody recorded any change.",
        "The hours were entered by the technologist.",
    ],
)
def test_what_a_watch_goes_with_leaves_it_supported(said: str) -> None:
    assert _statuses(said) == ["supported"]
