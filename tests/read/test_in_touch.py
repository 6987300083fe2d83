"""Being in touch: the professional and the operating room, by any means and in any words; families are none."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = (
    "NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nInterpreting physician: Gail Dunleavy, MD\n"
    "Technologist: Gwen Juarez, CNIM\n\n"
)


def state(more: str) -> str:
    return read_case(read_bytes("report.txt", (HEAD + more + "\n").encode())).elements["communication"].state


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Dunleavy watched over the internet from her clinic, with a phone line open to the suite.",
        "Dr. Dunleavy was on speaker w/ Dr. Holloway",
        "A channel of communication subsisted between Dr. Dunleavy and the technologist.",
        "Word went to and fro between Dr. Dunleavy and the room.",
        "A bidirectional exchange with the surgical team was sustained.",
        "D/w Dr. Dunleavy intraop re signals.",
        "Dr. Dunleavy was on the bleep and answered promptly.",
        "COMM MD/OR - Y",
        "The one who watched and the technologist could write to each other throughout.",
        "Short notes on the screen went to and fro between the colleague on watch and the technologist.",
        "msgs back/forth w/ MD thruout",
        "Method of contact w/ OR: [x] instant message [ ] none",
        "Watched from the reading room over VPN, with the vendor's chat open to Ms Juarez.",
        "The manufacturer's own messenger was open to the technologist and me.",
    ],
)
def test_any_means_and_any_words_tell_that_they_were_in_touch(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Holloway rang pathology.",
        "Spoke w/ family by phone.",
        "Telephone follow-up is planned.",
        "Billing contact: office",
        "Phoned the desk at 12:30, was told to go ahead and record.",
        "Called our scheduler about the list.",
        "PHONE OFF",
        "im off at 5",
        "Dr. Dunleavy was paged away and returned.",
        "The link to my workstation failed.",
        "It is our policy that a physician be reachable by telephone.",
        "live EMG audio on",
        "The vendor's phone was open to Ms Juarez.",
        "The vendor was on the chat with support.",
    ],
)
def test_the_family_other_departments_and_other_sounds_are_no_touch_with_the_room(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize("said", ["The technologist phoned the surgeon.", "Phone: see list"])
def test_a_call_within_the_room_and_a_list_of_numbers_are_no_touch(said: str) -> None:
    assert state(said) == "absent"
