"""A reader's load that changes in the course of a log or chat: another case comes, the other one closes."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.timeline import count_minutes

HEAD = """Chat transcript, 05/14/2025, patient Mabel Quist MRN 400812
Interpreting physician: Imogen Tarrant, MD. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
07:56 Brandt: baselines done, ran 07:40 to 07:55
08:00 Brandt: monitoring on
{entries}
11:00 Brandt: monitoring off
"""
Row = tuple[str, str, bool | None]


def rows(entries: str) -> list[Row]:
    case = read_case(read_bytes("chat.txt", HEAD.format(entries=entries).encode()))
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]


WHOLE = ("08:00", "11:00")


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (
            "08:00 Tarrant: on from home, only you\n09:30 Tarrant: picking up a second one now\n11:00 Tarrant: signing off",
            [("08:00", "09:30", True), ("09:30", "11:00", False)],
        ),
        (
            "08:00 Tarrant: on from home, you and room 7\n09:30 Tarrant: other room closed, just you now\n11:00 Tarrant: bye",
            [("08:00", "09:30", False), ("09:30", "11:00", True)],
        ),
        (
            "08:00 MD remote, reading live\n08:45 MD picks up OR 11 too\n10:15 OR 11 closed, MD back to this one\n11:00 MD off",
            [("08:00", "08:45", None), ("08:45", "10:15", False), ("10:15", "11:00", True)],
        ),
        (
            "08:00 Tarrant: on from home, live. You are my only open case, will tell you when that changes.\n"
            "09:29 Tarrant: need to pick up a second patient at 09:30. two of you for a while.\n"
            "10:16 Tarrant: Hollis closed 10:15. Back to just you.\n11:00 Tarrant: signing off",
            [("08:00", "09:30", True), ("09:30", "10:15", False), ("10:15", "11:00", True)],
        ),
        ("08:00 Tarrant: on from home. will tell you when you are my only case\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        ("08:00 Tarrant: on from home, got you and one spine in Tulsa\n11:00 Tarrant: signing off", [(*WHOLE, False)]),
        (
            "08:00 Tarrant: on from the hub. all yours\n09:40 Brandt: I cover a second room after this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
        ("08:00 Tarrant: on from the hub\n08:03 Tarrant: one more after you\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        ("08:00 Tarrant: on from home\n08:30 Tarrant: tomorrow I have only one case\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        (
            "08:00 Tarrant: on from home\n08:30 Brandt: how many are you on today?\n08:31 Tarrant: just this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
    ],
)
def test_each_entry_speaks_from_its_own_minute_on(entries: str, found: list[Row]) -> None:
    assert rows(entries) == found


MESSAGES = """Room: IONM / OR 2          exported 2025-06-12 14:10
Subject: Orsolya Bramhall  -  MRN PV221908  -  DOB 1966-09-14
Members: mirelle.c (tech, in OR), f.nagatsuma (reader)
{messages}
Technologist: Mirelle Castaneda, CNIM. Reader: Fumihiko Nagatsuma, MD
"""
SAID = (
    ("07:33", "mirelle.c  ", "running BL"),
    ("07:50", "mirelle.c  ", "BL finished"),
    ("07:55", "f.nagatsuma", "Monitoring starts now. I am watching live.\n         You are my only patient for the present."),
    ("08:17", "mirelle.c  ", "incision"),
    ("09:10", "f.nagatsuma", "{said}"),
    ("09:11", "mirelle.c  ", "noted"),
    ("10:21", "f.nagatsuma", "same here"),
    ("11:02", "f.nagatsuma", "Monitoring stopped. I log off from this case."),
)
STYLES = ("[{at}:10] {who}  {said}", "{at} {who}: {said}", "[{at}] <{who}> {said}")
"""Of a column of names without a mark behind it, with a colon, and as programs of chats print it."""


def told(said: str, style: str) -> list[Row]:
    lines = [
        style.format(at=at, who=who if "  " in style else who.strip(), said=words.format(said=said)) for at, who, words in SAID
    ]
    case = read_case(read_bytes("chat.txt", MESSAGES.format(messages="\n".join(lines)).encode()))
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "said",
    [
        "From now on I watch two: a second hospital has begun. Write if\n         I should look.",
        "I have two of you from here on.",
        "Second site just went live on my other screen, ping me if you need me.",
        "A thyroid in Salem has started as well, so there are two of you from this point.",
        "another hospital has opened its case on my board - will keep an eye on both",
        "You share me with OR 9 from now on.",
        "No longer your exclusive reader, a spine at Mercy has begun.",
        "now reading 2, type if urgent",
        "I am splitting my time from now: a crani at St. Luke has just begun.",
        "From here I watch three, the other two are at Lakeside.",
        "Now I have a second patient up as well.",
    ],
)
def test_another_case_comes_in_any_words(said: str, style: str) -> None:
    assert told(said, style) == [("07:55", "09:10", True), ("09:10", "11:02", False)]


@pytest.mark.parametrize(
    "said",
    [
        "From now on I watch two channels: left MEP and right.",
        "I have two of your MEP traces here from now on",
        "A second set has begun on my screen, looks fine",
        "if a second case begins I will tell you",
        "another reader has begun at the second hospital, you keep me",
        "A second hospital has asked, I said no.",
        "live view. other cases open at this desk: none",
    ],
)
def test_what_is_counted_or_asked_is_no_other_case(said: str) -> None:
    assert told(said, STYLES[0]) == [("07:55", "11:02", True)]


TRAIL = """AUDIT TRAIL, 05/14/2025, patient Mabel Quist MRN 400812
Physician: Imogen Tarrant, MD, remote desk at home
Technologist: Kofi Brandt, CNIM
Surgeon: Lena Ostrow, MD

stamp | source | entry
2025-05-14 07:40 | OR | baselines begun
2025-05-14 07:55 | OR | baselines set
2025-05-14 08:00 | OR | monitoring start
2025-05-14 08:00 | MD | {on}
2025-05-14 11:00 | OR | monitoring stop
2025-05-14 11:02 | MD | {off}
"""


def trail(on: str, off: str) -> list[tuple[str, str | None, bool | None]]:
    case = read_case(read_bytes("trail.txt", TRAIL.format(on=on, off=off).encode()))
    return [(f"{row.start:%H:%M}", row.end and f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start]


@pytest.mark.parametrize(
    ("on", "off", "alone"),
    [
        ("tarrant: attached, real-time view. 3 cases open (7719, 7720)", "tarrant: detached. 3 cases open, never fewer", False),
        ("tarrant VIEW_OPEN remote; concurrent_cases=2", "tarrant VIEW_CLOSE; concurrent_cases=2 from open to close", False),
        ("i.tarrant attached live; also attached: 7720, 7724", "i.tarrant detached", False),
        ("tarrant: attached, live view, third open case", "tarrant: detached", False),
        ("tarrant: attached, real-time view, desk load 3", "tarrant: detached, desk load 3", False),
        ("tarrant: attached, real-time view. 1 case open on desk (7719)", "tarrant: detached. 1 case open, never more", True),
        ("tarrant: attached, real-time view. no other case open on desk", "tarrant: detached. no other case was opened", True),
        ("tarrant: attached, live view, only open case", "tarrant: detached, only open case", True),
        ("i.tarrant attached live; also attached: none", "i.tarrant detached; also attached: none", True),
        ("tarrant: attached, real-time view. 3 windows open on desk (SSEP, MEP)", "tarrant: detached. 3 windows open", None),
        ("tarrant: attached, real-time view. 3 cases opened so far this week", "tarrant: detached", None),
        ("tarrant: attached, real-time view. 3 viewers on this case (tarrant, resident, tech)", "tarrant: detached", None),
    ],
)
def test_an_audit_trail_counts_cases_where_the_reader_comes_and_goes(on: str, off: str, alone: bool | None) -> None:
    assert trail(on, off) == [("08:00", "11:02", alone)]


CONNECTIONS = """SESSION AUDIT, 05/14/2025, patient Mabel Quist MRN 400812
Reader: Imogen Tarrant, MD. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
Reader access: off-site workstation, live waveform view

Time | Event
07:40:00 | Baseline acquisition begins
07:55:00 | Baselines accepted
08:00:00 | MONITORING START
11:00:00 | MONITORING END

Reader connection (user i.tarrant)
{head}
08:00 | 09:00 | attached, streaming | {few}
09:00 | 10:00 | attached, streaming | {more}
10:00 | 11:00 | attached, streaming | {few}
"""


@pytest.mark.parametrize(
    ("head", "few", "more", "loads"),
    [
        ("From | To | Status of this case | Other live sessions of same user", "none", "1 (25-0917-B)", (True, False)),
        ("Start | Stop | Stream state | Open sessions of user", "1", "2", (True, False)),
        ("From | To | Stream | Further cases in viewer", "nil", "one", (True, False)),
        ("Attach | Detach | Stream | Parallel sessions", "0", "1", (True, False)),
        ("Session start | Session end | State | Other connections under this login", "none", "case 25-0917-B", (True, False)),
        ("From | To | Status | Same user elsewhere", "nowhere", "attached to 25-0917-B", (True, False)),
        ("From | To | Status | Concurrent sessions", "1", "2", (None, False)),
        ("From | To | Status of this case | Other users on this session", "none", "1 (resident)", (None, None)),
        ("From | To | Status | Other live sessions of this case", "none", "1", (None, None)),
        ("From | To | Status | Sessions last week", "1", "2", (None, None)),
    ],
)
def test_a_column_counts_the_sessions_of_the_reader_beside_one_of_the_state(
    head: str, few: str, more: str, loads: tuple[bool | None, bool | None]
) -> None:
    case = read_case(read_bytes("audit.txt", CONNECTIONS.format(head=head, few=few, more=more).encode()))
    assert [row.exclusive for row in case.attendance if row.start] == [loads[0], loads[1], loads[0]]


BESIDE = """Patient: Marta Quill
Date of surgery: 03/04/2026
Interpreting physician: Ines Vale, MD

Monitoring 08:47-12:58. I watched from our remote office.

{said}
"""
PARTED = [("08:47", "10:19", False), ("10:19", "12:58", True)]


@pytest.mark.parametrize(
    "said",
    [
        "this patient and one other operation\t08:47 to 10:19\nthis patient alone\t10:19 to 12:58",
        "with a second patient at another hospital\t08:47 to 10:19\nthis patient only\t10:19 to 12:58",
        "Item\tStart\tStop\n"
        "Physician connected, two cases open (this and one at another hospital)\t08:47\t10:19\n"
        "Physician connected, this case alone\t10:19\t12:58",
        "Dr. Vale watched live from 08:47 to 12:58. Until 10:19 she attended another patient at the same time; "
        "the other case then finished, and from 10:19 on she attended to this patient exclusively.",
    ],
)
def test_hours_with_another_patient_are_kept_beside_those_without(said: str) -> None:
    case = read_case(read_bytes("x.txt", BESIDE.format(said=said).encode()))
    assert [(f"{a.start:%H:%M}", f"{a.end:%H:%M}", a.exclusive) for a in case.attendance if a.start and a.end] == PARTED


@pytest.mark.parametrize(
    "rest",
    [
        "From 09:00 to 10:00 I also had a second case; otherwise this was my only patient.",
        "From 09:00 to 10:00 I was also covering a hip case at the main hospital. Before and after it I had only this patient.",
        "Between 09:00 and 10:00 I was following another case as well. Apart from that I had no other patient.",
        "I covered a second room from 09:00 to 10:00; before and after that time I had this case only.",
    ],
)
def test_the_time_before_another_case_is_alone_too_where_all_the_rest_is(rest: str) -> None:
    note = f"Monitoring started at 08:00 and stopped at 11:00. I watched remotely, in real time, for all of it. {rest}\n"
    case = read_case(read_bytes("note.txt", f"Date of surgery: 05/14/2025\nReader: Imogen Tarrant, MD\n{note}".encode()))
    told = [
        (row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end
    ]
    assert told == [("remote", "08:00", "09:00", True), ("remote", "09:00", "10:00", False), ("remote", "10:00", "11:00", True)]


def test_after_another_case_alone_tells_nothing_of_the_time_before() -> None:
    note = (
        "I watched remotely from 08:00. From 09:00 to 10:00 I had a second case; after that this was my only patient, to 11:00.\n"
    )
    case = read_case(
        read_bytes(
            "note.txt", f"Date of surgery: 05/14/2025\nReader: Imogen Tarrant, MD\nMonitoring 08:00-11:00\n{note}".encode()
        )
    )
    assert not [row for row in case.attendance if row.exclusive and row.start and f"{row.start:%H:%M}" < "09:00"]


EXCEPT = """Neuromonitoring report. Patient: Mabel Quist, MRN 400812. Date of surgery: 05/14/2025
Interpreting physician: Imogen Tarrant, MD. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
Monitoring: 08:00 to 11:00

I watched remotely with a live display. {said}
"""


def minutes(said: str) -> tuple[int | None, int | None]:
    """Minutes of this patient alone, and those shared."""
    counted = count_minutes(read_case(read_bytes("note.txt", EXCEPT.format(said=said).encode())))
    return counted.remote_exclusive, counted.remote_shared


@pytest.mark.parametrize(
    "said",
    [
        "Three cases were on my screens all along except from 9:00 to 9:36 (this patient alone).",
        "I followed three cases at once except from 9:00 to 9:36, when I had this patient alone.",
        "Except from 9:00 to 9:36, when I had this patient alone, I followed three cases at once.",
        "A second case was open throughout, apart from 9:00 to 9:36, when I had no other case.",
        "I followed a second case for all of this time, save for 9:00 to 9:36, exclusively this patient.",
        "From 9:00 to 9:36 this patient alone; otherwise a second case was open.",
        "From 9:00 to 9:36 I had this patient alone; before and after it I followed two cases.",
    ],
)
def test_an_exception_from_several_cases_is_all_that_is_this_patients_alone(said: str) -> None:
    assert minutes(said) == (36, 144)


@pytest.mark.parametrize(
    "said",
    [
        "I had this patient alone, save for 9:00 to 9:36, when I had three cases on my screens.",
        "Exclusive attention throughout but for 9:00 to 9:36, when a second case was open.",
        "I had no other case but one from 9:00 to 9:36.",
        "I had no other patient, with the exception of 9:00 to 9:36.",
        "From 9:00 to 9:36 a second case was open; otherwise this patient alone.",
    ],
)
def test_an_exception_from_this_patient_alone_is_all_that_was_shared(said: str) -> None:
    assert minutes(said) == (144, 36)


def test_what_an_exception_from_several_cases_was_is_to_be_said() -> None:
    assert minutes("I had two cases open, except from 9:00 to 9:36.") == (0, 180)


@pytest.mark.parametrize("why", ["when my link was down", "when I was off line"])
def test_an_exception_in_which_the_reader_was_away_shares_nothing(why: str) -> None:
    assert minutes(f"Exclusive attention throughout, save 9:00 to 9:36 {why}.") == (144, 0)


@pytest.mark.parametrize(
    "said",
    [
        "My other room closed at 9:00; from then on this patient alone.",
        "My other room closed at 9:00. From then on I had this patient alone.",
        "The second case was over at 9:00 and after that I had no other patient.",
    ],
)
def test_the_time_before_another_case_was_over_is_not_this_patients_alone(said: str) -> None:
    counted = count_minutes(read_case(read_bytes("note.txt", EXCEPT.format(said=said).encode())))
    assert (counted.remote_exclusive, counted.remote_shared, counted.remote_unstated) == (120, 60, 0)


def test_another_case_that_was_over_before_this_one_takes_nothing_away() -> None:
    assert minutes("The second case was over at 7:30, before this one began. I had no other patient.") == (180, 0)


COUNTED = """VIEWER AUDIT COUNTED, 10/22/2024, patient Mabel Quist MRN 400812
Reader: Gretel {surname}, MD, remote reader, Norfolk hub. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
08:02:10\tbaseline set opened
08:30:05\tbaseline set closed; MONITORING flag ON
08:30:05\tgretel.moss viewing 51-2207; open cases: {first}
09:45:40\tgretel.moss opens 51-2211; open cases: 2
10:26:13\tchat tech to reader: signals fine; reader: agree
11:10:22\tgretel.moss closes 51-2211; open cases: 1
12:00:31\tMONITORING flag OFF; gretel.moss closes 51-2207
Signed by Gretel {surname}, MD on 10/22/2024 at 13:02
"""


@pytest.mark.parametrize("surname", ["Moss", "Moss-Iwu"])
def test_a_trail_that_counts_the_readers_cases_parts_the_monitoring(surname: str) -> None:
    case = read_case(read_bytes("trail.txt", COUNTED.format(surname=surname, first=1).encode()))
    spells = [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]
    assert spells == [("08:30", "09:45", True), ("09:45", "11:10", False), ("11:10", "12:00", True)]
    assert [person.name for person in case.encounter.professionals] == [f"Gretel {surname}"]


@pytest.mark.parametrize(
    "said",
    [
        "other two rooms are closed. from here on only you, one case",
        "both other rooms have finished. just this one now",
        "the two other rooms closed, only you, one case",
    ],
)
def test_several_rooms_close_and_one_is_left(said: str) -> None:
    entries = f"08:00 Tarrant: on from home, I also have two other rooms open\n09:30 Tarrant: {said}\n11:00 Tarrant: bye"
    assert rows(entries) == [("08:00", "09:30", False), ("09:30", "11:00", True)]


@pytest.mark.parametrize(
    "said",
    [
        "other two rooms are not closed. only you, one case?",
        "only you, plus Mercy 4",
        "only you, and a second case to come",
        "ok",
    ],
)
def test_one_more_beside_this_case_is_not_this_one_alone(said: str) -> None:
    entries = f"08:00 Tarrant: on from home, I also have two other rooms open\n09:30 Tarrant: {said}\n11:00 Tarrant: bye"
    assert rows(entries) == [(*WHOLE, False)]


@pytest.mark.parametrize("said", ["I also have a lumbar in Athens and a neck in Tifton open", "I also have a neck up"])
def test_a_case_by_its_part_of_the_body_is_another_case(said: str) -> None:
    assert rows(f"08:00 Tarrant: on from home, {said}\n11:00 Tarrant: bye") == [(*WHOLE, False)]


def _questions(said: str) -> int:
    """How many statements of the attendance are left open where a reader who is on for this patient alone writes this."""
    entries = f"08:00 Tarrant: on from home, only you\n09:30 Tarrant: {said}\n11:00 Tarrant: bye"
    case = read_case(read_bytes("chat.txt", HEAD.format(entries=entries).encode()))
    return len(case.attendance_unread) + any(row.exclusive is False for row in case.attendance)


@pytest.mark.parametrize(
    "said",
    [
        "heads up, dialing into Tucson as well",
        "got pulled onto a neck in Reno, watching you both",
        "St. Mary's just started, so two for me",
        "covering for Dr. Ruiz for half an hour, her case too",
        "Dr. Ruiz is at lunch, I am watching hers too",
        "will be looking at two patients from here",
        "Have company: a crani in Salem.",
        "I took over Brennan's case, keep pinging me here",
        "adding a crani at Mercy, two screens now",
    ],
)
def test_another_case_that_a_reader_mentions_in_passing_is_no_sole_attention(said: str) -> None:
    assert _questions(said) > 0


def test_others_that_are_closed_leave_no_question() -> None:
    entries = (
        "08:00 Tarrant: on from home, I also have two other rooms open\n"
        "09:30 Tarrant: other two rooms are closed. from here on only you, one case\n11:00 Tarrant: bye"
    )
    assert read_case(read_bytes("chat.txt", HEAD.format(entries=entries).encode())).attendance_unread == ()


@pytest.mark.parametrize(
    "said",
    [
        "thank you both",
        "reading the EEG as well",
        "Kofi's back, good",
        "Ostrow's case is long today",
        "no second case here",
        "have the O-arm images on the left monitor?",
        "will keep an eye on the TA",
        "still on with you, also seeing the left EDB drop",
    ],
)
def test_talk_of_this_case_is_no_other_one(said: str) -> None:
    assert _questions(said) == 0


def test_a_chat_whose_writers_stand_there_without_a_mark_changes_its_load_too() -> None:
    entries = (
        "[08:00:40] IT  I am on the live stream. Only you for now.\n[08:20:00] KB  exposure done\n"
        "[09:30:12] IT  Opening a second case, a lumbar in another hospital. Both of you from now on.\n[09:31:00] KB  k\n"
        "[10:15:33] IT  The lumbar is closed. Back to you alone.\n[10:30:00] KB  rods in\n[11:00:10] IT  Thanks. Leaving."
    )
    head = HEAD.replace("Imogen Tarrant, MD", "IT = Imogen Tarrant, MD").replace("Kofi Brandt, CNIM", "KB = Kofi Brandt, CNIM")
    text = head.replace(" Brandt: ", " KB  ").format(entries=entries)
    case = read_case(read_bytes("chat.txt", text.encode()))
    told = [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]
    assert told == [("08:00", "09:30", True), ("09:30", "10:15", False), ("10:15", "11:00", True)]


def test_a_second_case_that_is_signed_off_takes_its_reader_from_none_of_the_others() -> None:
    entries = (
        "08:00 Tarrant: on from home, only you\n09:30 Tarrant: picking up a second one now\n"
        "10:15 Tarrant: carotid done and signed off. you have me to yourself\n11:00 Tarrant: bye"
    )
    assert rows(entries) == [("08:00", "09:30", True), ("09:30", "10:15", False), ("10:15", "11:00", True)]
