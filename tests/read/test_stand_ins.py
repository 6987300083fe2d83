"""Who watched and is no professional, and what a template or a denial says, supports no time code."""

from __future__ import annotations

import pytest
from bare_report import audited


def codes(said: str) -> list[str]:
    """The time codes, whatever their status."""
    return [c.code for c in audited(said + " A chat window was open to the technologist.").codes if c.kind == "time"]


@pytest.mark.parametrize(
    "said",
    [
        # a technologist, a resident
        "The remote watch was kept by Pia Lund, CNIM at the hub. Dr. Hale went over her notes once the case was done.",
        "Pia Lund, CNIM followed this one case live from our hub, 08:00-10:00, and Dr. Hale was given the file for her report.",
        "Our resident, Dr. Amir Sayegh, sat in the OR throughout and watched the signals. He presented the case to me at 11:00.",
        "PGY-4 resident Dr. Ben Ito attended in the operating room with continuous live review; Dr. Hale countersigned.",
        "Our fellow watched the live feed from the reading room from start to end. I went over the case with him at noon.",
        # denied
        "There was no physician in the room and none was watching remotely.",
        "Assigned remote reader: Dr. Hale\nReader log-ins for this session: none\nFile opened by reader: 11:05\n",
        "Screenshots were e-mailed to Dr. Hale every 20 minutes; she had no live display.",
        "Dr. Hale had been assigned to watch remotely and live from 08:00 to 10:00 but never connected.",
        # a template as it came
        "Dr. ____ monitored this case [in the room / remotely] in real time from __:__ to __:__.",
        "I was {in the OR / at a remote site} from ____ to ____ and monitored {one / more than one} patient(s) during that time.",
        "Interpreting provider was {in room / remote} and monitored *** case(s) from *** to ***.",
    ],
)
def test_nobody_who_may_be_billed_attended(said: str) -> None:
    assert codes(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "The technologist watched the patient while Dr. Hale followed the signals live and remotely, this case only.",
        "Together with our fellow, Dr. Amir Sayegh, I watched remotely and live from 08:00 to 10:00, this case only.",
        "I watched remotely and live, this case only [08:00-10:00], and the resident watched with me.",
        "[x] remote, live, this case only, 08:00-10:00   [ ] in the room ____",
        "I watched remotely and live from 08:00 to 10:00, this case only. Pager number: ____.",
    ],
)
def test_the_professional_attended_as_well(said: str) -> None:
    assert codes(said) == ["G0453"]


def test_a_resident_s_hour_is_none_of_the_reader_s() -> None:
    said = (
        "Dr. Amin, our PGY-3 resident, watched the stream on his own for the first hour, 08:00-09:00. "
        "I then took over from my office, remotely, live, one patient, 09:00-10:00."
    )
    audit = audited(said + " A chat window was open to the technologist.")
    assert (audit.minutes.remote_exclusive, audit.minutes.remote_unstated) == (60, 0)
