"""Who takes up the watch and who lays it down: entries and sentences that name one professional or two, in many wordings."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.attendance.turns import turns_of
from ionm_notes.read.case import read_case
from ionm_notes.types import Case, Person

FIRST, SECOND = "Adela Juarez", "Conrad Whitcombe"
PEOPLE = tuple(Person(name, ("MD",), "professional", ()) for name in (FIRST, SECOND))

HANDED_OVER = (
    "Juarez in the reading post until 9:47, Whitcombe thereafter",
    "Dr. Juarez hands the watch to Dr. Whitcombe",
    "Dr. Whitcombe steps in for Dr. Juarez",
    "Reader swap Juarez -> Whitcombe",
    "Dr. Juarez signs off; Dr. Whitcombe now supervising",
    "Coverage change: Dr. Juarez to Dr. Whitcombe",
    "Dr. Juarez relieved by Dr. Whitcombe",
    "New reader Dr. Whitcombe (was Dr. Juarez)",
    "Dr. Juarez going off, Dr. Whitcombe has it",
    "Custody of the case: Juarez => Whitcombe",
    "Dr. Whitcombe spells Dr. Juarez",
    "SHIFT_CHANGE out=A. Juarez in=C. Whitcombe",
    "At 9:47 Dr. Juarez was relieved and Dr. Whitcombe carried on.",
    "The watch went from Dr. Juarez to Dr. Whitcombe at 9:47.",
    "Dr. Juarez kept the watch until 9:47; Dr. Whitcombe kept it from then on.",
    "Up to 9:47 A.M. it was Dr. Juarez who watched, thereafter Dr. Whitcombe.",
    "The change of watch between Dr. Juarez and Dr. Whitcombe, who followed, took place at 9:47.",
    "From 9:47 the watch was with Dr. Whitcombe; earlier it had been with Dr. Juarez.",
    "Dr. Juarez stopped at 9:47, when Dr. Whitcombe took the watch.",
    "Dr. Juarez left at 9:47; the remainder was supervised by Dr. Whitcombe.",
    "With Dr. Juarez going off, Dr. Whitcombe held the duty from then on.",
    "Up to 9:47 the reader was Dr. Juarez; from then on it was Dr. Whitcombe.",
)
NO_TURN = (
    "Dr. Juarez and Dr. Whitcombe both informed of the drop",
    "Dr. Juarez spoke with Dr. Whitcombe about the baselines",
    "Dr. Whitcombe will take over from Dr. Juarez at noon",
    "Dr. Juarez: MEP of the left leg gone",
    "Query from Dr. Juarez put to the theatre",
    "Position passed to Dr. Juarez over the intercom",
    "Dr. Juarez told that the table comes down",
    "Dr. Juarez not on yet",
    "Between Dr. Juarez and Dr. Whitcombe there was a change of opinion on the left leg, earlier told",
)
COMES = (
    "Off-site seat manned by Dr. Juarez",
    "Dr. Juarez clocks in at the reading station",
    "Hand-off to Dr. Juarez",
    "READER_ON user=Dr. Juarez",
    "Dr. Juarez resumes the watch",
    "Dr. Juarez takes the stool by the tech",
)
GOES = (
    "Remote seat vacated by Dr. Juarez",
    "Dr. Juarez stands down",
    "Oversight window closed, Dr. Juarez",
    "Live link with Dr. Juarez down",
    "Dr. Juarez lays down the watch and quits the theatre",
)


@pytest.mark.parametrize("text", HANDED_OVER)
def test_of_two_who_are_named_one_goes_and_the_other_comes(text: str) -> None:
    assert {(turn.who, turn.way) for turn in turns_of(text, PEOPLE)} == {("juarez", "end"), ("whitcombe", "start")}


@pytest.mark.parametrize("text", NO_TURN)
def test_talk_plans_and_findings_are_no_coming_or_going(text: str) -> None:
    assert turns_of(text, PEOPLE) == ()


@pytest.mark.parametrize(("text", "way"), [*((text, "start") for text in COMES), *((text, "end") for text in GOES)])
def test_one_who_is_named_comes_or_goes(text: str, way: str) -> None:
    assert [(turn.who, turn.way) for turn in turns_of(text, PEOPLE)] == [("juarez", way)]


HEAD = f"""NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physicians: {FIRST}, MD / {SECOND}, MD
Technologist: Gwen Ortiz, CNIM

"""


def rows(text: str) -> set[tuple[str | None, str | None, str | None]]:
    case: Case = read_case(read_bytes("case.txt", (HEAD + text).encode()))
    return {
        (row.professional, *(f"{time:%H:%M}" if time else None for time in (row.start, row.end)))
        for row in case.attendance
        if not row.whole_case
    }


def log(entry: str) -> str:
    return (
        "EVENT LOG\n08:05 Baselines obtained\n08:10 Monitoring started\n08:10 Dr. Juarez logged on remotely\n"
        f"{entry}\n10:20 SSEP stable\n11:30 Monitoring ended\n11:31 Dr. Whitcombe logged off\n11:35 Electrodes removed\n"
    )


def test_a_hand_over_in_a_log_ends_one_watch_and_begins_the_other() -> None:
    found = rows(log("09:47 Dr. Juarez stands down, Dr. Whitcombe takes up oversight"))
    assert found == {(FIRST, "08:10", "09:47"), (SECOND, "09:47", "11:31")}


def test_who_takes_over_ends_the_watch_of_the_one_who_was_on() -> None:
    assert rows(log("09:47 Relief: Dr. Whitcombe online")) == {(FIRST, "08:10", "09:47"), (SECOND, "09:47", "11:31")}


def test_a_message_about_a_later_hand_over_is_none() -> None:
    found = rows(log("09:20 Dr. Juarez is due off at 09:45, Dr. Whitcombe is taking over\n09:50 Dr. Juarez logged off"))
    assert (FIRST, "08:10", "09:50") in found


def test_a_hand_over_in_a_sentence_opens_the_watch_of_the_second() -> None:
    found = rows(
        "Monitoring ran from 8:10 to 11:30. Dr. Juarez watched remotely from 8:12 to 9:47. "
        "A shift change at 9:47 put Dr. Whitcombe in the place of Dr. Juarez.\n"
    )
    assert found == {(FIRST, "08:12", "09:47"), (SECOND, "09:47", None)}


def test_a_stretch_past_midnight_without_a_reader_is_none_of_the_next_one() -> None:
    text = """NEUROMONITORING REPORT
Patient: Jane Roe
MRN: 123456
Date of surgery: 10/11/2025
Reading physicians: Priscilla Yamanaka, MD, and Gideon Strathearn, MD
Technologist: Gwen Ortiz, CNIM

Day | Clock | Entry
10/11 | 22:04 | monitoring begins; Dr. Yamanaka watching from remote site
10/12 | 00:15 | Dr. Yamanaka ends her shift and disconnects
10/12 | 00:22 | Dr. Strathearn connects from remote site
10/12 | 02:37 | monitoring ends; Dr. Strathearn disconnects

From 00:15 to 00:22 no physician was connected.
"""
    spans = [
        (f"{row.start:%H:%M}", f"{row.end:%H:%M}")
        for row in read_case(read_bytes("a.txt", text.encode())).attendance
        if row.start and row.end
    ]
    assert spans == [("22:04", "00:15"), ("00:22", "02:37")]


def test_a_watch_that_one_kept_until_another_came_ends_no_monitoring() -> None:
    told = "Monitoring ran from 8:00 to 11:30. Dr. Juarez kept the watch until 9:47; Dr. Whitcombe watched from then on.\n"
    assert [f"{s.end:%H:%M}" for s in read_case(read_bytes("note.txt", (HEAD + told).encode())).segments if s.end] == ["11:30"]


@pytest.mark.parametrize(
    "told",
    [
        "I gave a report to Conrad Whitcombe, MD, and left. She followed the case live from the hub from 9:47 to 11:30.",
        "I signed out to Conrad Whitcombe, MD. From 9:47 to 11:30 she watched the live traces from the hub.",
        "Conrad Whitcombe, MD, was my successor. Her attendance ran from 9:47 to 11:30, live, from the hub.",
        "Then came Dr. Whitcombe. The remaining time, 9:47 to 11:30, was followed by her in real time from the hub.",
        "Second physician: Conrad Whitcombe, MD. Followed the live traces from the hub from 9:47 to 11:30.",
    ],
)
def test_who_is_meant_by_she_is_named_in_the_sentence_before(told: str) -> None:
    text = (
        f"Monitoring ran from 8:10 to 11:30. I, {FIRST}, MD, followed the live traces from the hub from 8:10 to 9:47.\n\n{told}\n"
    )
    assert rows(text) == {(FIRST, "08:10", "09:47"), (SECOND, "09:47", "11:30")}


@pytest.mark.parametrize("named", ["Mark Holloway, MD", "Gwen Ortiz, CNIM", "Conrad Whitcombe, MD, and Gwen Ortiz, CNIM"])
def test_who_is_meant_is_no_professional_where_the_sentence_before_names_another(named: str) -> None:
    told = f"At 9:47 I gave a report to {named}, and left. She followed the case live from 9:47 to 11:30."
    text = (
        f"Monitoring ran from 8:10 to 11:30. I, {FIRST}, MD, followed the live traces from the hub from 8:10 to 9:47.\n\n{told}\n"
    )
    assert SECOND not in {who for who, _, _ in rows(text)}


CHAT = """Reader: Evander Stoll, MD, remote. Technologist: Noor Whitcombe, CNIM
Date of surgery: 09/03/2025

10:02:10  NWhitcombe  baseline run start
10:13:30  NWhitcombe  baseline run complete
10:14:50  NWhitcombe  MONITORING START
10:15:12  system  {before}
10:31:05  system  E. Stoll, MD joined
11:00:00  NWhitcombe  no changes
11:50:51  EStoll  {after}
11:52:10  NWhitcombe  MONITORING END
11:52:40  system  E. Stoll, MD left
"""


@pytest.mark.parametrize(
    "before", ["reader not yet connected", "no reader connected", "reader has not joined yet", "waiting for reader"]
)
@pytest.mark.parametrize(
    "after", ["nothing to report", "I have to leave in a moment, nothing more from me", "gotta drop off shortly"]
)
def test_who_is_not_there_yet_or_says_that_he_must_go_neither_comes_nor_goes(before: str, after: str) -> None:
    case = read_case(read_bytes("chat.txt", CHAT.format(before=before, after=after).encode()))
    assert [(f"{r.start:%H:%M}", f"{r.end:%H:%M}") for r in case.attendance if r.start and r.end] == [("10:31", "11:52")]


def test_the_name_of_an_account_is_no_second_professional() -> None:
    text = (
        "Physician Gideon Marchbanks, MD\n08:31:05 GMARCHBANKS PHYSICIAN_JOIN site=REMOTE\n"
        "08:31:20 SYSTEM physician=GMARCHBANKS open_cases=1\n"
    )
    case = read_case(read_bytes("trail.txt", text.encode()))
    assert [person.name for person in case.encounter.professionals] == ["Gideon Marchbanks"]


@pytest.mark.parametrize("gave", ["gave the case to", "turned the case over to", "transferred the case to"])
def test_a_case_given_over_is_anothers_from_then_on(gave: str) -> None:
    text = (
        "Readers: Anselm Whitcombe, MD and Farida Noor, MD, remote.\nMonitoring began at 7:48 AM and was ended at 2:06 PM.\n"
        f"Dr. Whitcombe was connected from 7:20 AM until 11:20 AM. At 11:20 AM he {gave} Dr. Noor, "
        "and she stayed connected until 2:06 PM.\n"
    )
    rows = read_case(read_bytes("report.txt", text.encode())).attendance
    assert [f"{r.start:%H:%M}-{r.end:%H:%M}" for r in rows if r.start and r.end] == ["07:20-11:20", "11:20-14:06"]


def test_who_signs_a_statement_as_a_technologist_is_no_reader_in_the_room() -> None:
    text = (
        "Surgeon: Gideon Marsh, MD   Tech: Shanice Wooldridge, CNIM\nTECHNOLOGIST LOG\n"
        "08:12   Monitoring begins\n14:26   Monitoring ends\n"
        "I was in the operating room without a break from 07:10 to 14:42. S. Wooldridge, CNIM\n\n"
        "PHYSICIAN REPORT\nI supervised by remote link from the Alder campus from 8:12 to 14:26, in real time.\n"
        "Quentin Abara, MD, signed electronically 06/18/2025 15:20\n"
    )
    assert {row.mode for row in read_case(read_bytes("report.txt", text.encode())).attendance} == {"remote"}


def test_a_note_of_a_hand_over_is_a_paper_and_nobodys_turn() -> None:
    log = """NEUROCONSOLE CASE FILE
patient.name ............ Gideon Maplethorpe
case.date ............... 2026-02-10
case.surgeon ............ Lavinia Crosse, MD
case.procedure .......... C3-C7 posterior laminectomy and fusion
staff.tech .............. Petra Lindahl, CNIM
staff.physician_1 ....... Isidore Kemble, MD
staff.physician_2 ....... Thandeka Moss, MD
07:50 | tech | MONITORING BEGIN
07:50 | kemble | present in OR, watching live; this case only
09:30 | kemble | leaves OR (called to clinic); hand-over note written for Dr Moss
09:44 | moss | remote session opened, live waveforms, audio line to OR up; no other session open
09:45 | moss | reviewed hand-over note, signals as described
11:20 | tech | MONITORING END
11:20 | moss | session closed
"""
    rows = read_case(read_bytes("trail.txt", log.encode())).attendance
    told = [(row.professional, row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in rows if row.start and row.end]
    assert told == [("Isidore Kemble", "in_room", "07:50", "09:30"), ("Thandeka Moss", "remote", "09:44", "11:20")]


def test_who_is_handed_the_case_while_nobody_is_on_has_not_come() -> None:
    log = """NEUROMONITORING LOG
Date of surgery: 04/18/2025
Remote readers, live on the platform, chat with me: Anselm Pryce, MD (22:40 to 00:52), then Beatrix Soong, MD (01:05 to 02:45).
Pryce was called away 00:52; Soong could not get on until 01:05.
22:47 monitoring start
00:52 Pryce off, handing to Soong, no MD on
01:05 Soong on, reviewed trend
02:39 monitoring end
e-signed Anselm Pryce, MD 04/19/2025 08:11 | e-signed Beatrix Soong, MD 04/19/2025 03:20
"""
    case = read_case(read_bytes("log.txt", log.encode()))
    told = [
        (row.professional, row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end
    ]
    assert told == [("Anselm Pryce", "remote", "22:40", "00:52"), ("Beatrix Soong", "remote", "01:05", "02:45")]
    assert not case.attendance_unread


NOTES = """Technologist: Jolene Pruitt, CNIM
Surgeon: Mark Hathaway, MD
Date of service: 03/12/2026
Monitoring: 22:52 to 04:36

Reader note 1 of 2
Anna Ashworth, MD, neurologist on call. I watched in real time from home over the remote link, 10:52 p.m. to
1:30 a.m. {said} I kept in contact with the technologist by chat. At 1:30 a.m. I handed over to Dr. Quist.
e-signed Anna Ashworth, MD 03/13/2026 02:05

Reader note 2 of 2
Ivo Quist, MD, clinical neurophysiology. Took over 01:30, followed the live signals remotely until 04:36.
Chat open with Ms. Pruitt. All four limbs unchanged. Impression: stable.
e-signed Ivo Quist, MD 03/13/2026 05:12
"""


@pytest.mark.parametrize(
    ("said", "second"),
    [
        ("This was the only case on my board.", None),
        ("No other case was open.", None),
        ("I had no other patient.", None),
        ("Neither of us had another case.", True),
    ],
)
def test_what_one_reader_writes_of_other_cases_is_not_said_of_the_next_one(said: str, second: bool | None) -> None:
    rows = read_case(read_bytes("report.txt", NOTES.format(said=said).encode())).attendance
    told = [(r.professional, f"{r.start:%H:%M}-{r.end:%H:%M}", r.exclusive) for r in rows if r.start and r.end]
    assert told == [("Anna Ashworth", "22:52-01:30", True), ("Ivo Quist", "01:30-04:36", second)]


OF_TWO = """Surgeon: Mark Hathaway, MD
Technologist: Jolene Pruitt, CNIM
Date of service: 03/12/2026
Readers: Anna Ashworth, MD and Ivo Quist, MD
Monitoring: 08:00 to 12:00

{told}

Electronically signed: Anna Ashworth, MD 03/12/2026 13:00
Electronically signed: Ivo Quist, MD 03/12/2026 13:05
"""


@pytest.mark.parametrize(
    "told",
    [
        "Dr. Ashworth was connected remotely 08:00 to 10:00, live, chat open. She had this one patient. "
        "At 10:00 she handed over to Dr. Quist, who followed the case live from home until 12:00.",
        "Watched live from home by Dr. Ashworth (08:00-10:00, sole case) and Dr. Quist (10:00-12:00), chat to the room.",
        "Watched live from home by Dr. Ashworth (08:00-10:00), sole case, and Dr. Quist (10:00-12:00), chat to the room.",
        "Attendance of Dr. Ashworth: remote, live, 08:00 to 10:00, chat. Other cases: none.\n"
        "Attendance of Dr. Quist: remote, live, 10:00 to 12:00, chat.",
        "From the first reader: I watched live from home 08:00 to 10:00, chat open, my only case. A. Ashworth, MD\n\n"
        "From the second reader: I watched live from home 10:00 to 12:00, chat open. I. Quist, MD",
        "Dr. Ashworth's note: On live from home 08:00 to 10:00. Chat with tech. Only case open.\n\n"
        "Dr. Quist's note: On live from home 10:00 to 12:00. Chat with tech.",
    ],
)
def test_what_is_told_of_the_first_of_two_readers_is_left_open_of_the_second(told: str) -> None:
    rows = read_case(read_bytes("report.txt", OF_TWO.format(told=told).encode())).attendance
    assert [(r.professional, f"{r.start:%H:%M}-{r.end:%H:%M}", r.mode, r.exclusive) for r in rows if r.start and r.end] == [
        ("Anna Ashworth", "08:00-10:00", "remote", True),
        ("Ivo Quist", "10:00-12:00", "remote", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Juarez off, shift end; Dr. Whitcombe paged",
        "Dr. Juarez off, Dr. Whitcombe called",
        "End of shift: Dr. Juarez leaves, Dr. Whitcombe texted to join",
        "Shift change, Dr. Juarez off. Dr. Whitcombe told to take over",
    ],
)
def test_who_is_sent_for_has_not_come_yet(text: str) -> None:
    assert {(turn.who, turn.way) for turn in turns_of(text, PEOPLE)} == {("juarez", "end")}


@pytest.mark.parametrize("text", ["Dr. Whitcombe told to take over", "Dr. Juarez off, Dr. Whitcombe texted to join"])
def test_the_time_without_a_reader_is_nobodys(text: str) -> None:
    log = (
        "IONM LOG\nPatient: Jane Roe  MRN 1  DOS 03/04/2025\n"
        "Readers: Adela Juarez, MD and Conrad Whitcombe, MD, both remote, live\n"
        f"08:00 monitoring begins, Dr. Juarez on\n09:15 Dr. Juarez off\n09:16 {text}\n09:30 Dr. Whitcombe on\n"
        "11:00 monitoring ends, Dr. Whitcombe off\n"
    )
    came = [row for row in read_case(read_bytes("log.txt", log.encode())).attendance if "Whitcombe" in (row.professional or "")]
    assert [row.start.strftime("%H:%M") for row in came if row.start] == ["09:30"]


TWO = """REPORT
Patient: Jane Roe   MRN: 448812
Date of surgery: 03/04/2025
Reader: {readers}
Technologist: Ana Ruiz, CNIM
Monitoring: 08:00 - 12:00

{told}
"""


def _stays(told: str, readers: str = "Adela Juarez, MD / Conrad Whitcombe, DO") -> list[tuple[str, str, str]]:
    case = read_case(read_bytes("note.txt", TWO.format(readers=readers, told=told).encode()))
    return [(a.professional or "", f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end]


def test_a_transfer_told_again_takes_no_end_from_the_watch() -> None:
    told = (
        "Dr. Juarez, located on the floor above, was occupied with the supervision from 08:00 to 09:47.\n\n"
        "Dr. Whitcombe supervised the monitoring from an office of the hospital between 09:47 and 11:40.\n\n"
        "A formal transfer of supervision was effected at 09:47, from Dr. Juarez to Dr. Whitcombe.\n"
    )
    assert _stays(told) == [(FIRST, "08:00", "09:47"), (SECOND, "09:47", "11:40")]


def test_the_watch_of_a_doctor_of_whom_nothing_is_known_is_not_the_one_readers() -> None:
    told = (
        "Remote viewing by Dr. Roth is booked as 08:00 to 09:47.\n"
        "Dr. Whitcombe took up the remote watch at 09:47 and stood down at 12:00.\n"
    )
    assert [stay for stay in _stays(told, "Conrad Whitcombe, DO") if stay[0] == SECOND] == [(SECOND, "09:47", "12:00")]


def test_times_with_dots_in_them_end_the_sentence_of_one_reader_before_the_next_one() -> None:
    told = (
        "Dr. Juarez was away from the hospital and followed the recordings from 8:00 A.M. until 9:47 A.M. Dr. Whitcombe kept "
        "watch at a distance from the hospital from 9:47 A.M. to 12:00 P.M. Not a minute of the watch was shared "
        "with another patient."
    )
    case = read_case(read_bytes("note.txt", TWO.format(readers="Adela Juarez, MD / Conrad Whitcombe, DO", told=told).encode()))
    assert [(a.professional, a.mode, a.exclusive) for a in case.attendance] == [(FIRST, "remote", True), (SECOND, "remote", True)]
    assert [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end] == [("08:00", "12:00")]


@pytest.mark.parametrize("entry", ["0936 - Dr. Juarez joins live", " - Dr. Juarez now watching live"])
def test_a_dash_that_parts_a_time_from_its_entry_is_no_minus_of_a_program(entry: str) -> None:
    assert [turn.way for turn in turns_of(entry, PEOPLE[:1])] == ["start"]
    assert [turn.way for turn in turns_of("07:55 -Juarez", PEOPLE[:1])] == ["end"]


@pytest.mark.parametrize(
    "entry",
    [
        "From now Dr. Juarez is no longer following the recordings",
        "Dr. Juarez is not watching any more",
        "Supervision relinquished by Dr. Juarez, who departs from the apparatus in the operating room",
    ],
)
def test_who_watches_no_longer_goes_whatever_stands_before_the_name(entry: str) -> None:
    assert [turn.way for turn in turns_of(entry, PEOPLE[:1])] == ["end"]


@pytest.mark.parametrize(
    "said", ["The physician's attention was exclusive to this case.", "Attention was exclusive to this patient."]
)
def test_what_is_said_of_whoever_watched_is_said_of_each_in_turn(said: str) -> None:
    told = (
        "Dr. Juarez was online from a remote location from 08:00 to 09:47. Dr. Whitcombe watched remotely from 09:47 to 12:00. "
        f"{said} All data were interpreted in real time."
    )
    case = read_case(read_bytes("note.txt", TWO.format(readers="Adela Juarez, MD / Conrad Whitcombe, DO", told=told).encode()))
    assert [(a.professional, a.exclusive) for a in case.attendance] == [(FIRST, True), (SECOND, True)]
