"""Messages in which professionals write that they come or go: by surname, initials or user name; other messages say nothing."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.messages import said_of_oneself
from ionm_notes.types import Person

READER = (Person("Marguerite Osei-Lindqvist", ("MD",), "professional", ()),)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("08:29 mosei-lindqvist: on. I can see your screen", "start"),
        ("08:09\tMOL\tmorning. on now from Fargo, your signals stream here", "start"),
        ("08:36:12 USR MOL\there in OR 6, on the stool", "start"),
        ("10:17 Osei-Lindqvist\tback on, looking at traces", "start"),
        ("11:05 m.osei-lindqvist: have to step off, somebody at the door", "end"),
        ("12:31\tMOL\tok, out", "end"),
        ("12:40 MOL: good. I'm logging off now", "end"),
        ("09:12 reader:  lost my link", "end"),
        ("10:01 MOL: power out here, I am blind", "end"),
        ("10:13 MOL: power back, have your traces again", "start"),
        ("1:49 PM\tMarguerite\tfire alarm in my building, have to get off NOW. nobody can take it", "end"),
        ("11:50 MOL: I have to leave at 12", ""),
        ("12:47 MOL: signing off when you do", ""),
        ("10:55 MOL: back in a few", ""),
        ("08:38 MOL: tibials a bit slow on the left", ""),
    ],
)
def test_the_words_by_which_a_message_opens_tell_coming_and_going(text: str, way: str) -> None:
    assert said_of_oneself(text, READER) == ("osei-lindqvist", way)


@pytest.mark.parametrize("text", ["08:29 gortiz: on. all leads good", "08:40 GO: have to step off", "08:40 tech: lost my link"])
def test_messages_of_others_are_not_of_the_reader(text: str) -> None:
    assert said_of_oneself(text, READER) is None


CHAT = """CASE CHAT
Patient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Reader: Gail Dunleavy, MD
Tech: Gwen Ortiz, CNIM

08:10 gortiz: monitoring started
08:12 gdunleavy: hi Gwen, on from home, I see your traces. you are the only room I have till I hand off
09:40 gdunleavy: all four limbs the same
10:05 gdunleavy: have to step off, back asap
10:17 gdunleavy: back on, looking at traces
11:02 gdunleavy: sorry, my internet went out at 10:50, only now reconnected
11:30 gortiz: monitoring ended
11:31 gdunleavy: ok, out
11:40 gortiz: electrodes removed
"""


def test_a_chat_gives_every_stretch_of_attendance() -> None:
    case = read_case(read_bytes("chat.txt", CHAT.encode()))
    found = [tuple(f"{time:%H:%M}" for time in (row.start, row.end) if time) for row in case.attendance]
    assert found == [("08:12", "10:05"), ("10:17", "10:50"), ("11:02", "11:31")]


def test_a_board_that_names_what_else_was_open_says_whether_the_time_was_shared() -> None:
    text = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Reader: Gail Dunleavy, MD (remote)

Interval        OR 17 (this patient)   Also open on the reader's board
08:35 - 10:20   watched                Peoria OR 2 and Rockford OR 6, side by side
10:20 - 12:50   watched                nothing (Peoria passed to Dr. Lutz)
"""
    case = read_case(read_bytes("board.txt", text.encode()))
    assert [row.exclusive for row in case.attendance] == [False, True]


UNMARKED = """CASE CHAT
Patient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Readers: Katarzyna Dolan, MD, then Elias Bromberg, MD (remote)
Tech: Darnell Iwu, CNIM

08:02:10 Iwu starting leads
08:21:00 Iwu running baselines
08:32:22 Dolan baselines read, right TA small
08:34:02 Iwu monitoring started
08:34:15 Dolan with you, live. I have only your case until Elias comes on
09:31:44 Dolan left TA back. right TA 30 uV
10:30:03 Dolan handing over to Elias, I am off
10:30:20 Bromberg I have it. Only this room on my screen
11:24:51 Bromberg no change
12:48:10 Bromberg monitoring ended, logging off
12:51:00 Iwu taking leads off

I watched this case in real time from my home workstation from 08:34 to 10:30, one case, nothing else.
Katarzyna Dolan, MD. E-signed 03/04/2025 13:41
I watched this case in real time from the Elm Street reading office from 10:30 to 12:48 and no other.
Elias Bromberg, MD. E-signed 03/04/2025 14:05
"""


def test_who_stands_first_in_every_entry_wrote_it_and_a_left_muscle_is_no_leaving() -> None:
    case = read_case(read_bytes("chat.txt", UNMARKED.encode()))
    found = sorted(
        (row.professional or "", f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end
    )
    assert found == [("Elias Bromberg", "10:30", "12:48"), ("Katarzyna Dolan", "08:34", "10:30")]
    assert not case.conflicts


_TWO_CASES = """Patient: Ignatius Lowell, DOB 10-24-1960, chart 66210
Hospital: Cape Verity Hospital     Surgery date: 02/05/2026
In this room: Maeve Pell, MD (reading physician); Jonas Adeyemi, CNIM (technologist)

[08:37] Adeyemi: hook-up done, took from 08:14 to 08:37
[08:58] Adeyemi: baselines finished, recorded 08:44 to 08:58
[09:02] Pell: monitoring starts now. I am remote, see your traces live. I am also watching a spine case, so two cases at once
[09:31] Adeyemi: dura open
[10:20] {}
[11:08] Adeyemi: told her. she takes the retractor off
[12:05] Pell: monitoring ends 12:05. logging off. thanks
"""


def _shared(message: str) -> list[tuple[str, str, bool | None]]:
    case = read_case(read_bytes("chat.txt", _TWO_CASES.format(message).encode()))
    return [(f"{a.start:%H:%M}", f"{a.end:%H:%M}", a.exclusive) for a in case.attendance if a.start and a.end]


@pytest.mark.parametrize(
    "message",
    [
        "Pell: the spine case has closed. from 10:20 on yours is the only case I have, I stay with it to the end",
        "Pell: other room is done, only you now",
        "Pell: spine case is over, you have my full attention",
    ],
)
def test_a_reader_whose_other_case_is_over_has_this_one_alone_from_then_on(message: str) -> None:
    assert _shared(message) == [("09:02", "10:20", False), ("10:20", "12:05", True)]


@pytest.mark.parametrize(
    "message",
    [
        "Pell: the spine case has closed",
        "Pell: when the spine case has closed, yours is the only case I have",
        "Adeyemi: the spine case has closed, only you now",
        "Pell: the spine case has closed, only you now\n[11:15] Pell: I also have a second case open again",
    ],
)
def test_what_is_not_said_by_the_reader_of_now_leaves_the_time_shared(message: str) -> None:
    assert _shared(message) == [("09:02", "12:05", False)]


LOG = """CASE LOG OR 9
Patient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Reader: Gail Dunleavy, MD
Tech: Gwen Ortiz, CNIM

08:10 tech   monitoring start
08:10 {came}
09:25 {left}
09:55 {back}
11:40 tech   monitoring stop
11:40 {gone}
"""


@pytest.mark.parametrize(
    "entries",
    [
        "tech  Dr. Dunleavy in room|tech  Dr. Dunleavy paged, steps out|tech  Dr. Dunleavy back in|tech  Dr. Dunleavy leaves OR",
        "reader  online, remote desk|reader  lost my link|reader  reconnected, see all traces|reader  logging off",
        "reader  with you, home desk|reader  power out here|reader  power back, have your traces again|reader  done, bye",
    ],
)
def test_an_absence_in_a_log_parts_the_attendance(entries: str) -> None:
    log = LOG.format(**dict(zip(("came", "left", "back", "gone"), entries.split("|"), strict=True)))
    case = read_case(read_bytes("log.txt", log.encode()))
    found = [tuple(f"{time:%H:%M}" for time in (row.start, row.end) if time) for row in case.attendance]
    assert found == [("08:10", "09:25"), ("09:55", "11:40")]


@pytest.mark.parametrize(
    "came",
    [
        "I'm on the live feed from the reading office. hi Jonas",
        "on your feed from home",
        "I'm up on the live stream",
        "I have your live feed up",
        "am on the remote feed",
        "I'm on the line and have your screen",
    ],
)
def test_a_reader_comes_on_the_feed(came: str) -> None:
    log = f"07:50  Ashworth: {came}\n08:00  monitoring started\n11:55  Ashworth: signing off\n12:00  monitoring stopped\n"
    head = "REPORT\nDate of service: 03/12/2026\nNeurologist: Laura Ashworth, MD\nTechnologist: Jonas Jamison, CNIM\n\n"
    [row] = read_case(read_bytes("log.txt", (head + log).encode())).attendance
    assert row.start is not None
    assert f"{row.start:%H:%M}" == "07:50"


NAMED = """CASE CHAT
Patient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Reader: Gail Dunleavy, MD
Tech: Gwen Ortiz, CNIM

[8:10 AM] Gwen Ortiz: monitoring started
[8:12 AM] Gail Dunleavy, MD joined
[10:05 AM] {entry}
[11:30 AM] Gwen Ortiz: monitoring ended
[11:30 AM] Gail Dunleavy, MD left
"""


@pytest.mark.parametrize(
    ("entry", "spells"),
    [
        ("Gail Dunleavy, MD: left TA back, fine to continue", "08:12-11:30"),
        ("Dr Dunleavy: left cortical gone again", "08:12-11:30"),
        ("Gail Dunleavy, MD: left, then right, both clean", "08:12-11:30"),
        ("Gail Dunleavy, MD: drops 40% left", "08:12-11:30"),
        ("Gail Dunleavy, MD: left out that run, artifact", "08:12-11:30"),
        ("Gail Dunleavy, MD: leaves 22 uV on the D-wave", "08:12-11:30"),
        ("Gail Dunleavy, MD: hand over of the retractor noted", "08:12-11:30"),
        ("Gail Dunleavy, MD: signing off on the new baseline", "08:12-11:30"),
        ("Gail Dunleavy, MD: leaving now", "08:12-10:05"),
        ("Gail Dunleavy, MD: left the session", "08:12-10:05"),
        ("Gail Dunleavy, MD left the chat", "08:12-10:05"),
    ],
)
def test_the_name_before_a_message_makes_no_going_of_its_words(entry: str, spells: str) -> None:
    case = read_case(read_bytes("chat.txt", NAMED.format(entry=entry).encode()))
    assert ",".join(f"{row.start:%H:%M}-{row.end:%H:%M}" for row in case.attendance if row.start and row.end) == spells


@pytest.mark.parametrize("name", ["Gail Dunleavy", "Seljko Marić", "Øyvind Østergård", "Lia Dell'Orso", "Ana O'Connell-Żak"])
@pytest.mark.parametrize("style", ["{time} {last}: {said}", "[{time}:10] {first}.{last} MD: {said}", "{time}\t{last}\t{said}"])
def test_whatever_letters_a_name_is_written_in_its_messages_are_the_reader_s(name: str, style: str) -> None:
    given, _, last = name.partition(" ")
    talk = [
        ("08:02", "Ortiz", "hook up begun"),
        ("08:20", "Ortiz", "running baselines"),
        ("08:31", "Ortiz", "baselines done"),
        ("08:33", last, "seen, good"),
        ("08:34", "Ortiz", "monitoring started"),
        ("09:40", "Ortiz", "drilling, all quiet"),
        ("09:41", last, "yes, I see it"),
        ("10:52", "Ortiz", "monitoring off"),
        ("10:54", last, "thanks, off as well"),
    ]
    lines = [
        style.format(time=time, first=given[0] if who == last else "G", last=who, said=said).replace(
            " MD:", " MD:" if who == last else ":"
        )
        for time, who, said in talk
    ]
    head = "CASE CHAT\nPatient: Jane Roe   MRN: 123456   Date of surgery: 03/04/2025\nSurgeon: Mark Holloway, MD\n"
    text = f"{head}Reader: {name}, MD, remote\nTech: Gwen Ortiz, CNIM\n\n" + "\n".join(lines) + "\n"
    case = read_case(read_bytes("chat.txt", text.encode()))
    assert [person.name for person in case.encounter.professionals] == [name]
    assert not any(segment.kind == "removal" for segment in case.segments)
    assert case.elements["communication"].state == "present"


@pytest.mark.parametrize(
    "last", ["thanks Gwen. [left the live view]", "great work (disconnected)", "ok *logged off*", "thanks <left session>"]
)
def test_a_going_that_the_chat_sets_apart_behind_the_words(last: str) -> None:
    chat = (
        CHAT[: CHAT.index("10:05")]
        + f"11:28 gortiz: monitoring ended\n11:30 gdunleavy: {last}\n12:40 gdunleavy: IMPRESSION: no change\n"
    )
    [row] = read_case(read_bytes("chat.txt", chat.encode())).attendance
    assert row.end is not None
    assert row.end.strftime("%H:%M") == "11:30"


def test_brackets_about_signals_are_no_going() -> None:
    chat = (
        CHAT[: CHAT.index("10:05")]
        + "10:30 gdunleavy: amplitude down [left TA]\n11:28 gortiz: monitoring ended\n11:31 gdunleavy: ok, out\n"
    )
    [row] = read_case(read_bytes("chat.txt", chat.encode())).attendance
    assert row.end is not None
    assert row.end.strftime("%H:%M") == "11:31"
