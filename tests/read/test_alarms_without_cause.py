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


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("08:20 to 09:40", "Before and after that window the technologist ran the case without a physician."),
        ("08:20 to 09:40", "Outside those hours the technologist worked on his own."),
        ("08:20 to 10:00", "Until I came no doctor was following the traces."),
        ("08:20 to 10:00", "Until my arrival Mr. Teck was alone with the traces."),
        ("08:00 to 09:40", "Once I had left, the technologist carried on alone."),
        ("08:00 to 09:40", "After I had logged off the technologist watched alone."),
        ("08:00 to 09:40", "For the rest of the case the technologist was by himself."),
    ],
)
def test_what_is_told_of_the_rest_spoils_a_stay_that_leaves_one_and_no_other(hours: str, said: str) -> None:
    stay = "I watched this one case live and remotely from {} by chat. "
    assert told(stay.format(hours) + said)[0] == "supported"
    assert told(stay.format("08:00 to 10:00") + said)[0] == "query"


@pytest.mark.parametrize(
    "said",
    [
        "For part of that window the technologist ran the case without a physician.",
        "In that window the technologist was alone for a while.",
        "The technologist watched alone for part of the time.",
        "Before and after the lunch break the technologist watched for me.",
        "After the first hour the technologist watched for me.",
        "A resident sat at my screen before and after my lunch.",
        "The technologist followed the traces in my absence.",
        "My partner in fact watched the case.",
        "I was logged in under a colleague's account.",
        "The technologist changed the stated times afterwards.",
    ],
)
def test_what_is_told_of_the_stay_itself_spoils_it(said: str) -> None:
    assert told("I watched this one case live and remotely from 08:20 to 09:40 by chat. " + said)[0] == "query"


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Hale was in Brain Suite 1, next to the stimulator, for all the monitoring, reading live, this patient only.",
        "I myself came into OR 9 at 07:50, before the dura was opened, and stayed there until 10:00. "
        "I read the signals live at the machine, talked with the surgeon face to face, and had no other case in hand.",
        "I was held up at the clinic; I walked into the operating room at 07:58 and stayed beside the machine until monitoring "
        "was stopped at 10:00. I read live and had no other patient.",
        "I sat in the reading room next door to the OR and followed the tracings live from 08:00 to 10:00, one case only. "
        "I was at the screen for all of it. An intercom stood open.",
    ],
)
def test_a_place_in_so_many_words_is_not_doubted(said: str) -> None:
    assert told(said) in (("supported", 8), ("supported", 9))


@pytest.mark.parametrize(
    "said",
    [
        "I was in touch with the operating room from 08:00 to 10:00, reading live, this patient only.",
        "I was in the operating room chat from 08:00 to 10:00, reading live, this patient only.",
        "I was in the operating room's channel from 08:00 to 10:00, reading live, this patient only.",
        "I was on the phone to the operating room from 08:00 to 10:00, reading live, this patient only.",
        "I was shown in the operating room on a screen from 08:00 to 10:00, reading live, this patient only.",
        "I was heard in the operating room from 08:00 to 10:00, reading live, this patient only.",
        "My voice was in the operating room from 08:00 to 10:00, reading live, this patient only.",
        "I was held up at the clinic and watched from there until 10:00, live, this patient only.",
        LIVE + "I stood at the head of the patient for all of it.",
        LIVE + "I was at the screen in OR 4 for all of it.",
    ],
)
def test_a_voice_or_a_chat_in_the_room_is_no_presence_there(said: str) -> None:
    assert told(said)[0] != "supported"


@pytest.mark.parametrize(
    "said",
    [
        "\nNeuro tech: Teck, Max, R. EP T., CNIM. Present in OR 9 continuously 0745 to 1010.",
        "\nTech: Pia Lund, CNIM. In OR 9 from 08:15 to 09:00.",
    ],
)
def test_hours_below_a_technologists_name_are_no_readers(said: str) -> None:
    assert told(LIVE + said) == ("supported", 8)


def test_hours_of_a_reader_below_a_technologists_name_are_heeded() -> None:
    said = "\nTech: Pia Lund, CNIM. Reader present in OR 9 from 08:15 to 09:00."
    assert told(LIVE + said) != ("supported", 8)


@pytest.mark.parametrize(("log", "state"), [("08:09:40", "supported"), ("08:09", "query"), ("08:05:40", "query")])
def test_a_log_with_seconds_and_a_statement_without_tell_one_minute(log: str, state: str) -> None:
    entries = f"\n{log} Dr. Hale logged in remotely, live view\n10:00:05 Dr. Hale logged off\n"
    stated = "\nI watched this one case live and remotely from 08:10 to 10:00 by chat.\n"
    assert told(entries + stated)[0] == state


@pytest.mark.parametrize(
    ("line", "unsigned"),
    [
        ("C. Claim draft - for the billing office", False),
        ("Draft of the bill, for review", False),
        ("DRAFT - not yet signed", True),
        ("Report draft", True),
        ("Draft - charges to follow", True),
    ],
)
def test_the_draft_of_a_claim_is_no_draft_of_the_report(line: str, *, unsigned: bool) -> None:
    assert any(finding.rule == "unsigned" for finding in audited(f"{LIVE}\n\n{line}\n").findings) is unsigned
