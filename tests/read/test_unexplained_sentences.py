"""What stands beside a claim of attendance, tells of something amiss and is explained by no reading, a person has to read."""

from __future__ import annotations

import pytest
from bare_report import audited

ATTENDED = "I watched remotely in real time from 08:00 to 10:00, this case only, by secure chat with the technologist. "


def statuses(said: str) -> list[str]:
    """The statuses of the time codes."""
    return [line.status for line in audited(ATTENDED + said).codes if line.kind == "time"]


@pytest.mark.parametrize(
    "said",
    [
        "I had trouble with the wireless network in the second half.",
        "The hospital firewall blocked the feed for part of the morning.",
        "My knowledge of the waveforms comes from the technologist.",
        "Our student kept watch while I had my lunch.",
        "My wife looked at the screen when I answered the door.",
        "The technologist was relieved by an uncertified trainee for half an hour.",
        "I had to take the children to school in between.",
        "I was reporting EEGs at the same time.",
        "The recorder ran on winter time.",
        "Nobody noted when Dr. Hale logged on.",
        "This is a standard sentence in our reports.",
        "The statement above refers to the first operation of the day.",
        "The recording has a hole of unknown length.",
    ],
)
def test_what_no_list_holds_is_a_query(said: str) -> None:
    assert statuses(said) == ["query"]


@pytest.mark.parametrize(
    "said",
    [
        "I did not see any change in the responses.",
        "I was not in the OR.",
        "I did not leave the screen.",
        "I was not involved in the operation.",
        "I have no financial interest in the company.",
        "My connection ran without a break.",
        "Dr. Cutter requested the monitoring.",
        "The technologist told the surgeon of a late fall of the left MEP.",
        "I reviewed the chart before the operation.",
        "I thank you for asking me to look after her.",
    ],
)
def test_what_tells_of_nothing_amiss_leaves_it_supported(said: str) -> None:
    assert statuses(said) == ["supported"]


def test_in_another_paragraph_such_a_sentence_is_of_something_else() -> None:
    assert statuses("\n\nHer pain had begun half a year earlier, and some of the records of her doctor are missing.") == [
        "supported"
    ]
