"""What stands beside a claim of attendance and takes nothing from it, and, in the same words, what leaves minutes in doubt.

Each guard that makes a query of what no reading explains has a sign of its own: a time that nothing reckons with, a word by which
something was wanting, a second place, another case. Of two lists the first holds sentences in which the sign is none, and the
second those that must stay a query, or take their minutes out.
"""

from __future__ import annotations

import pytest
from bare_report import audited

LIVE = "I watched this one case live and remotely from 08:00 to 10:00 by chat. "
WHOLE = "Dr. Hale watched live and remotely from the Elm reading center, this case only, chat open. "


def told(said: str) -> tuple[str, int]:
    """The status of the report's time codes, and their units."""
    lines = [line for line in audited(said).codes if line.kind == "time"]
    state = "none" if not lines else "query" if any(line.status == "query" for line in lines) else "supported"
    return state, sum(line.units or 0 for line in lines)


@pytest.mark.parametrize(
    "said",
    [
        "I am at the machine and Dr. Hale sees my screen.",
        "Messages passed between the physician and the technologist in the operating room.",
        "Questions went back and forth between the reader and Mr. Teck in the operating room.",
        "Questions went back and forth between Dr. Hale and our technologist in the operating room.",
        "Acquisition in OR 4 unaffected by the network of the center.",
        "The recording in the OR was kept on a laptop.",
        "The machine in the operating room is a 32 channel system.",
        "Baselines I ran myself. I was with the patient in the OR the whole way, from rolling in to rolling out.",
    ],
)
def test_a_thing_or_another_person_in_the_room_places_no_reader(said: str) -> None:
    assert told(WHOLE + said) == ("supported", 8)


@pytest.mark.parametrize(
    "said",
    [
        "I was in the operating room at the machine.",
        "Dr. Hale was in the operating room.",
        "I, Dr. Hale, was in the operating room at the machine.",
        "The physician was with the technologist in the operating room.",
        "Until 09:00 the reader and the technologist were in the operating room.",
        "She followed the acquisition in OR 4 until 09:00.",
        "She took over the machine in the operating room herself.",
        "She ran the recording in the OR while Mr. Teck was out.",
        "At the machine in the OR was the reader herself.",
        "I placed the needles myself and stayed in the OR for the whole case, reading the traces.",
        "She went back and forth between Dr. Cutter and Dr. Bell.",
        "She alternated between OR 4 and OR 5.",
    ],
)
def test_a_second_place_or_case_of_the_reader_is_no_alarm_without_cause(said: str) -> None:
    assert told(WHOLE + said)[0] != "supported"


@pytest.mark.parametrize(
    "said",
    [
        "No other physician took part.",
        "No one relieved me.",
        "No physician took over from me or stood in for me.",
        "Pia Lund, CNIM, came in at 09:00 to help Max Teck with the leads and left at 09:20.",
        "Pia Lund, CNIM, relieved Max Teck in the OR from 09:00 to 09:20.",
        "Joan Orr, CRNA, came in at 09:00 and left at 09:20.",
        "The anesthesiologist changed at 09:00, when Dr. Orr took over from Dr. Bell.",
        "The circulator stepped out at 09:10 and came back at 09:20.",
        "The patient was turned at 08:20 and the arms were padded anew.",
        "A resident of the surgeon held the retractor between 08:40 and 09:10.",
        "The X-ray tube was brought in at 08:50 and taken out at 08:58.",
        "Coffee was brought at about 09:15.",
        "I did not step out, not even when lunch was offered at 09:30.",
        "I had finished my first case of the day at 07:20.",
        "I finished the report the following morning because the typist was ill.",
        "Our fellow stood beside me to learn and touched nothing.",
        "My partner took my calls that morning so that I was not disturbed.",
        "I had blocked my calendar for the morning.",
    ],
)
def test_what_others_did_and_what_was_no_part_of_the_watch_take_nothing_from_it(said: str) -> None:
    assert told(LIVE + said) == ("supported", 8)


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Otto relieved me.",
        "Another physician took part.",
        "No one but Dr. Otto took over from me.",
        "No other physician than Dr. Otto took part.",
        "Nobody took over when I was away for coffee.",
        "After that no doctor was watching until Dr. Otto relieved me.",
        "The technologist relieved me from 09:00 to 09:20.",
        "The technologist was alone from 09:00 to 09:20.",
        "Pia Lund, CNIM, sat at my screen from 09:00 to 09:20.",
        "Pia Lund, CNIM, filled in for me from 09:00 to 09:20.",
        "Pia Lund, CNIM, sat in from 09:00 to 09:20.",
        "The fire bell was rung at 09:15.",
        "The stream was cut at 09:15.",
        "Lunch was taken at 09:15.",
        "The patient was turned at 09:20 and I went home.",
        "I finished the report while monitoring ran.",
        "Our fellow watched when I was away.",
        "My partner took my screen.",
    ],
)
def test_what_is_told_of_the_watch_itself_stays_a_query(said: str) -> None:
    assert told(LIVE + said)[0] == "query"


@pytest.mark.parametrize(
    ("said", "state", "units"),
    [
        ("Until 08:30 no physician followed the traces.", "query", 8),
        ("After 09:30 no doctor followed the traces.", "query", 8),
        ("Nobody followed the traces until 08:30.", "query", 8),
        ("Between 08:30 and 09:00 the case was watched by no physician.", "supported", 6),
        ("No physician was connected from 08:30 to 09:00.", "supported", 6),
        ("No physician followed the traces after the electrodes were out.", "supported", 8),
        ("She asked for a repeat at 08:45 and again at 09:31.", "query", 8),
    ],
)
def test_minutes_without_a_reader_are_taken_out_or_asked_about(said: str, state: str, units: int) -> None:
    assert told("Dr. Hale watched this one case live and remotely by chat. " + said) == (state, units)
