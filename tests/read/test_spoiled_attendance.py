"""What spoils an attendance that is else claimed without a flaw makes a query: put together of what is told and of what."""

from __future__ import annotations

import pytest
from bare_report import audited

ATTENDED = "I watched remotely in real time from 08:00 to 10:00, this case only, by secure chat with the technologist. "


def statuses(said: str, attended: str = ATTENDED) -> list[str]:
    """The statuses of the time codes."""
    return [line.status for line in audited(attended + said).codes if line.kind == "time"]


@pytest.mark.parametrize(
    "said",
    [
        # the line to the reader
        "The traces reached me with a lag of minutes.",
        "The picture froze several times; I would estimate about 15 minutes were lost in all.",
        "The VPN dropped out during the decompression.",
        "My screen showed another patient's traces for a while.",
        "My viewer was open in the background.",
        "At 09:00 the link failed and it was never restored.",
        # a part of the record that was never seen, or seen at second hand
        "I could only see the MEP window.",
        "I could not see the EMG.",
        "The left leg channels did not reach me.",
        "I saw the trend display only.",
        "The MEPs were read to me over the phone.",
        "Only still pictures were sent to me.",
        # hours that nobody took
        "The clock of the machine was one hour slow.",
        "Times copied from the anesthesia record.",
        "All times are approximate.",
        "I did not note when I joined.",
        "The end time was rounded up.",
        "The times were entered the next day.",
        # somebody else
        "The technologist left early.",
        "A resident sat at my screen for part of the time.",
        "Ms. Lund kept an eye on the feed for me for a while.",
        "I was logged in under a colleague's account.",
        # what the reader did
        "I was in a meeting for the last part.",
        "I came in once the screws were in.",
        "I was there for most of the case.",
        "The first part I saw only from the recording.",
        # what nobody is sure of, and whose words these are
        "I may have been on another case as well.",
        "I do not recall whether I had a second case.",
        "The remote log does not show my session.",
        "This paragraph is inserted automatically in every report.",
        # a recording that stood still
        "Signals were unreadable for about twenty minutes.",
        "The anesthesiologist asked us to stop for a time.",
        # hours that are guesses
        "I got off at about 9:45.",
        "I was on from around half past eight.",
    ],
)
def test_what_spoils_an_attendance_makes_a_query(said: str) -> None:
    assert statuses(said) == ["query"]


@pytest.mark.parametrize(
    "said",
    [
        "The picture never froze.",
        "There was no lag, and the stream ran without a gap.",
        "The link was down before monitoring began.",
        "If the link had dropped, the technologist would have called.",
        "The stream had a delay of two seconds.",
        "I could not see any change in the MEPs.",
        "I saw only this patient.",
        "The technologist told the surgeon the results.",
        "Conduction times were estimated.",
        "The decrease may have been due to the anesthetic.",
        "The technologist left the electrodes in place until the patient was awake.",
        "A resident was present in the room.",
        "EMG was obscured by cautery now and then.",
        "At about 9:12 the MEPs fell, and recovered at once.",
        "I was available by telephone as well.",
    ],
)
def test_what_spoils_nothing_leaves_it_supported(said: str) -> None:
    assert statuses(said) == ["supported"]


@pytest.mark.parametrize(
    "said",
    [
        "I came onto the live remote feed at around half past eight and stayed until monitoring was ended. No other patient.",
        "I was on live and remotely, this case only, from roughly 8:15 until maybe 9:45.",
        "As best I recall I was on remotely and live from 08:15 to 09:45, this case only.",
    ],
)
def test_hours_that_are_guesses_are_a_query(said: str) -> None:
    assert statuses(said + " A chat window was open to the technologist.", "") == ["query"]


def test_a_minute_that_is_given_elsewhere_is_no_guess() -> None:
    said = "Attended 08:30 - 10:00. I came on at about 08:30. "
    attended = "I watched remotely in real time from 08:30 to 10:00, this case only, by secure chat with the technologist. "
    assert statuses(said, attended) == ["supported"]
