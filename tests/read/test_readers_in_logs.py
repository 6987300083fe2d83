"""Readers in logs by message, initials or user name: who comes, who goes, who takes over; talk and findings say nothing of it."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Date of service: 03/12/2026
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
{who}
Technologist: Jonas Jamison, CNIM

Remote reading in real time, this one case only.
"""
ONE = "Neurologist: Laura Ashworth, MD (LA)"
TWO = "Neurologists: Laura Ashworth, MD (LA); from 10:20 Peter Ibarra, MD (PI)"


def spells(who: str, *rows: str) -> list[str]:
    """The stretches of attendance of a log of these entries, '07:55-12:03'."""
    log = ["08:00  jjamison: monitoring started", "12:00  jjamison: monitoring stopped", *rows]
    case = read_case(read_bytes("log.txt", (HEAD.format(who=who) + "\n".join(sorted(log)) + "\n").encode()))
    return [f"{row.start:%H:%M}-{row.end:%H:%M}" if row.start and row.end else "open" for row in case.attendance]


@pytest.mark.parametrize(
    ("came", "went"),
    [
        ("lashworth: got you on my screen", "lashworth: that's me out"),
        ("lashworth: I am on and have your traces", "lashworth: thank you team, leaving the session"),
        ("lashwor: got you on my screen", "LASHWO: that's me out"),
        ("LA on", "LA off"),
        ("LA here", "LA gone"),
        ("L.A. dialed in", "L.A. hangs up"),
        ("SYS viewer JOIN ashworth.l @ home", "SYS viewer LEAVE ashworth.l"),
        ("client LASHWORTH (WS-17) attached", "client LASHWORTH (WS-17) detached"),
    ],
)
def test_a_reader_comes_and_goes_by_message_initials_or_user_name(came: str, went: str) -> None:
    assert spells(ONE, f"07:55  {came}", f"12:03  {went}") == ["07:55-12:03"]


@pytest.mark.parametrize(
    "gone",
    [
        "lashworth LOGOUT network fault at reader end",
        "lashworth LOGOUT (network error)",
        "Dr. Ashworth logged off, power failure at her home",
        "network down, Dr. Ashworth offline",
        "Dr. Ashworth logged off, system failure at the reader's end",
    ],
)
def test_a_link_that_fails_takes_the_reader_away_and_stops_no_recording(gone: str) -> None:
    rows = (
        "08:05  lashworth LOGIN",
        f"09:47  {gone}",
        "10:02  lashworth LOGIN",
        "10:04  lashworth: back, traces seen on replay",
        "11:58  lashworth LOGOUT",
    )
    log = ["08:00  jjamison: monitoring started", "12:00  jjamison: monitoring stopped", *rows]
    case = read_case(read_bytes("log.txt", (HEAD.format(who=ONE) + "\n".join(sorted(log)) + "\n").encode()))
    assert [segment.kind for segment in case.segments] == ["monitoring"]
    assert spells(ONE, *rows) == ["08:05-09:47", "10:02-11:58"]


def test_a_machine_that_fails_stops_the_recording_whoever_goes() -> None:
    rows = ("08:05  lashworth LOGIN", "09:47  amplifier fault, lashworth LOGOUT", "10:02  monitoring resumed, lashworth LOGIN")
    log = ["08:00  jjamison: monitoring started", "12:00  jjamison: monitoring stopped", *rows]
    case = read_case(read_bytes("log.txt", (HEAD.format(who=ONE) + "\n".join(sorted(log)) + "\n").encode()))
    assert "interruption" in {segment.kind for segment in case.segments}


@pytest.mark.parametrize(
    ("left", "again"), [("stepping away", "back"), ("brb, phone", "here again"), ("lost you", "reconnected")]
)
def test_a_reader_who_steps_away_and_comes_back_attended_twice(left: str, again: str) -> None:
    rows = ("07:55  lashworth: on now", f"09:50  lashworth: {left}", f"10:05  lashworth: {again}", "12:03  lashworth: off")
    assert spells(ONE, *rows) == ["07:55-09:50", "10:05-12:03"]


@pytest.mark.parametrize(
    "talk",
    [
        "lashworth: back to baseline",
        "lashworth: off by 10 percent",
        "lashworth: leave it there",
        "LA told",
        "LA sees MEP back",
        "per LA stim turned up",
        "baselines read by LA at machine",
    ],
)
def test_talk_and_findings_end_nobodys_watch(talk: str) -> None:
    assert spells(ONE, "07:55  LA on line", f"10:30  {talk}", "12:03  LA off line") == ["07:55-12:03"]


@pytest.mark.parametrize(
    "change", ["PI relieves LA", "LA to PI", "LA hands over to PI by phone", "PI in for LA", "LA off, PI on"]
)
def test_readers_named_by_initials_that_the_report_explains_change_places(change: str) -> None:
    assert spells(TWO, "07:55  LA on", f"10:20  {change}", "12:03  PI off") == ["07:55-10:20", "10:20-12:03"]


def test_initials_that_nothing_explains_need_a_word_of_coming_beside_them() -> None:
    # LA may be the left arm.
    assert spells("Neurologist: Laura Ashworth, MD", "07:55  LA online", "10:20  LA gone", "12:03  LA off") == ["07:55-12:03"]


def test_a_colleague_who_announces_another_leaves_when_that_one_comes() -> None:
    rows = (
        "07:55  lashworth: on",
        "10:18  lashworth: Dr. Ibarra takes it from here",
        "10:20  pibarra: I've got it",
        "12:03  pibarra: off",
    )
    assert spells(TWO, *rows) == ["07:55-10:20", "10:20-12:03"]


def test_a_table_of_user_names_is_one_of_attendance() -> None:
    table = "User\tWorkstation\tLogin\tLogout\nlashworth\tHOME-WS2\t07:55\t12:03\n"
    case = read_case(read_bytes("log.txt", (HEAD.format(who=ONE) + table).encode()))
    assert [(f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end] == [
        ("07:55", "12:03")
    ]


def test_rows_that_begin_with_day_and_month_are_a_log() -> None:
    rows = "03/12\t08:00\tJJ\tmonitoring started\n03/12\t08:02\tLA\ton line from home\n"
    rows += "03/12\t12:00\tJJ\tmonitoring stopped. LA off line\n"
    case = read_case(read_bytes("log.txt", (HEAD.format(who=ONE) + "DATE\tCLOCK\tUSER\tTEXT\n" + rows).encode()))
    assert [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.mode) for row in case.attendance if row.start and row.end] == [
        ("08:02", "12:00", "remote")
    ]


@pytest.mark.parametrize(
    "named",
    [
        "ALERT leg MEPs lost with rod rotation, surgeon told by tech, Dr. Ashworth on line",
        "tib SSEP half, MAP up; Dr. Ashworth on speaker",
        "baselines repeated and ok'd by Dr. Ashworth on line",
        "right TA down more than half. I phoned it in, Dr. Ashworth agreed, surgeon stopped",
    ],
)
def test_who_is_named_beside_signals_has_neither_come_nor_gone(named: str) -> None:
    assert spells(ONE, f"10:40  {named}") == ["08:00-12:00"] or spells(ONE, f"10:40  {named}") == ["open"]
    assert spells(ONE, "07:55  LA on", f"10:40  {named}", "12:03  LA off") == ["07:55-12:03"]


def test_who_comes_in_an_entry_about_signals_has_come() -> None:
    assert spells(ONE, "09:10  MEPs lost. Dr. Ashworth logged on", "12:03  Dr. Ashworth logged off") == ["09:10-12:03"]


@pytest.mark.parametrize("said", ["stop", "stopped the stim", "close it", "end"])
def test_a_word_to_the_surgeon_is_no_record_of_a_program(said: str) -> None:
    assert spells(ONE, "07:55  lashworth: on now", f"10:30  lashworth: {said}", "12:03  lashworth: off") == ["07:55-12:03"]


@pytest.mark.parametrize("back", ["reader back on", "Dr. Ashworth reconnected"])
@pytest.mark.parametrize(
    "gone",
    [
        "reader dropped off (VPN). tech goes on, recording runs",
        "Dr. Ashworth lost her connection; signals still recording",
        "remote reader off (internet). SSEP unchanged meanwhile",
        "neurologist away from screen, MEPs go on",
        "Ashworth dropped out, MEPs still running",
        "no reader from now, tech alone, traces run",
    ],
)
def test_a_going_told_beside_signals_is_one_where_the_reader_comes_back(gone: str, back: str) -> None:
    rows = ("07:55  reader on", f"09:50  {gone}", f"10:05  {back}", "12:03  reader off")
    assert spells(ONE, *rows) == ["07:55-09:50", "10:05-12:03"]


@pytest.mark.parametrize(
    "talk",
    [
        "L MEP dropped off, reader on line told",
        "left MEP lost, reader on phone",
        "reader says amplitude dropped off",
        "TOF off, reader asks for SSEP, stable",
        "signal dropped out on R, reader and surgeon told",
    ],
)
def test_signals_that_go_and_come_back_are_no_going_of_the_reader(talk: str) -> None:
    rows = ("07:55  reader on", f"09:50  {talk}", "10:05  signals back", "12:03  reader off")
    assert spells(ONE, *rows) == ["07:55-12:03"]


TRAIL = """AUDIT TRAIL
Date of service: 08/26/2025
Patient: Vera Moss   MRN: 1234567
Surgeon: Mark Hathaway, MD
USERS
jhalvard = Jorunn Halvard, CNIM, technologist
{a} = {first}, MD, neurologist
{b} = {second}, MD, neurologist

#   Time   User   Event
001 07:58 jhalvard Start of monitoring
002 07:59 {a} Viewer attached
003 11:40 {a} Viewer detached
004 11:40 {b} Viewer attached
005 15:01 {b} Viewer detached
006 15:02 jhalvard End of monitoring
"""


@pytest.mark.parametrize(
    ("first", "second", "a", "b"),
    [
        ("Petra Cindric", "Mateo Sorrentino-Bly", "pcindric", "msorrentino"),
        ("Petra Cindric", "Mateo Sorrentino-Bly", "pcindric", "mbly"),
        ("Petra Cindric", "Mateo Sorrentino-Bly", "pcindric", "msorrentinobly"),
        ("Petra Cindric", "Mateo Sorrentino-Bly", "petra.cindric", "mateo.sorrentino"),
        ("Petra Cindric", "Mateo Sorrentino-Bly", "cindricp", "sorrentinom"),
        ("Petra O'Neal", "Mateo Bly", "poneal", "mbly"),
        ("Petra Cindric", "Mateo van der Berg", "pcindric", "mvanderberg"),
    ],
)
def test_a_program_s_name_for_a_user_is_made_of_the_user_s_name(first: str, second: str, a: str, b: str) -> None:
    case = read_case(read_bytes("trail.txt", TRAIL.format(first=first, second=second, a=a, b=b).encode()))
    told = [(row.professional, f"{row.start:%H:%M}-{row.end:%H:%M}") for row in case.attendance if row.start and row.end]
    assert told == [(first, "07:59-11:40"), (second, "11:40-15:01")]


def test_a_watch_told_in_the_log_and_again_in_the_report_is_one() -> None:
    told = "I went on line from my office at 07:55 and stayed until 12:03."
    rows = ("07:55  Dr. Ashworth joins on line", "12:03  Dr. Ashworth leaves the line", told)
    assert spells(ONE, *rows) == ["07:55-12:03"]
    assert spells(ONE, *rows[:2], told.replace("12:03", "11:30")) != ["07:55-12:03"]


@pytest.mark.parametrize(
    ("entry", "began"),
    [
        ("08:10  monitoring goes on, Dr. Ashworth watching since 07:52", "07:52"),
        ("08:10  monitoring goes on (Dr. Ashworth on line since 07:52)", "07:52"),
        ("08:10  monitoring goes on, reader connected since 07:52", "07:52"),
        ("08:10  monitoring goes on. Dr. Ashworth joined at 07:52", "07:52"),
        ("08:10  monitoring goes on, Dr. Ashworth watching live since 07:52", "07:52"),
        ("08:10  monitoring goes on, Dr. Ashworth watching; MEP small since 07:52", "08:10"),
        ("08:10  monitoring goes on, Dr. Ashworth watching, patient in room since 07:22", "08:10"),
        ("08:10  monitoring goes on, Dr. Ashworth watching", "08:10"),
    ],
)
def test_a_reader_whom_an_entry_has_there_since_an_earlier_time_came_then(entry: str, began: str) -> None:
    assert spells(ONE, entry, "12:03  LA off line") == [f"{began}-12:03"]


@pytest.mark.parametrize(
    ("entry", "again"),
    [
        ("Ashworth at the console in the reading room, live view, intercom to OR; no other case", True),
        ("Ashworth at the workstation in her office, watching live with chat open", True),
        ("Ashworth back on line from the reading room", True),
        ("Ashworth told the surgeon by phone that the MEP is back", False),
        ("phone to Ashworth, no answer", False),
        ("MEP back", False),
    ],
)
def test_a_writer_by_initials_who_is_named_in_the_entry_comes_by_what_it_tells(entry: str, again: bool) -> None:
    rows = (
        "07:55|LA|Ashworth in the room, live",
        "09:50|LA|Ashworth leaves the room",
        f"10:05|LA|{entry}",
        "12:03|LA|Ashworth signs off",
    )
    assert spells(ONE, *rows) == (["07:55-09:50", "10:05-12:03"] if again else ["07:55-09:50"])


@pytest.mark.parametrize(("came", "went"), [("signs in", "signs out"), ("logs on", "logs off"), ("connects", "disconnects")])
@pytest.mark.parametrize(
    ("heading", "whole"), [("clock\tevent\tphysician", True), ("Time\tRoom\tRemarks", True), ("Time\tEvent\tTechnologist", False)]
)
def test_an_entry_that_says_nothing_but_going_is_of_whom_its_column_is(
    came: str, went: str, heading: str, *, whole: bool
) -> None:
    rows = [
        f"07:55\t\tDr. Ashworth {came}",
        "08:00\tmonitoring started\tlive",
        "12:00\tmonitoring stopped\tlive",
        f"12:03\t\t{went}",
    ]
    text = HEAD.format(who=ONE) + "\n".join([heading, *rows]) + "\n"
    assert [row.end is not None for row in read_case(read_bytes("log.txt", text.encode())).attendance] == [whole]


AUDITED = """SYSTEM AUDIT TRAIL
Date of service: 07/14/2025
Reader: Eilidh Sunderam, MD
Technologist: Marcus Threlkeld, CNIM, in the OR throughout
Chat with the OR open; the viewer shows signals in real time.

"""


@pytest.mark.parametrize(
    ("head", "opened", "closed", "more"),
    [
        ("Local time | Actor | Event | Detail", "reader | VIEW_OPEN", "reader | VIEW_CLOSED", "reader | BOARD_CHANGE"),
        ("Time | User | Action | Comment", "READER | SESSION OPEN", "READER | SESSION CLOSED", "READER | CASE ADDED"),
        ("Clock | Role | Event | Note", "physician | CONNECT", "physician | DISCONNECT", "physician | LOAD_CHANGE"),
        ("Clock | Who | What | Remarks", "Neurologist | Viewer opened", "Neurologist | Viewer closed", "Neurologist | Board"),
    ],
)
def test_a_column_that_says_who_wrote_an_entry_names_nobody(head: str, opened: str, closed: str, more: str) -> None:
    log = f"""{head}
07:49:30 | {opened} | remote; one case on the board, no other
07:55:05 | tech | TRAIN OF FOUR | 4/4
07:58:20 | tech | MONITORING START |
09:15:44 | {closed} | called away
09:27:09 | {opened} | back; one case on the board, no other
10:30:17 | {more} | second patient opened beside this one; two cases watched from here on
12:21:48 | tech | MONITORING STOP |
12:24:02 | {closed} | two cases until now
"""
    case = read_case(read_bytes("log.txt", (AUDITED + log).encode()))
    assert [person.name for person in case.encounter.professionals] == ["Eilidh Sunderam"]
    assert [person.name for person in case.encounter.technologists] == ["Marcus Threlkeld"]
    assert [(f"{row.start:%H:%M}-{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end] == [
        ("07:49-09:15", True),
        ("09:27-10:30", True),
        ("10:30-12:24", False),
    ]


def test_a_column_of_names_behind_one_of_roles_names_people() -> None:
    log = """Time | Role | Name | Entry
07:49 | Reader | Eilidh Sunderam | connected, one case only
07:58 | Technologist | Marcus Threlkeld | monitoring start
10:00 | Reader | Paul Orr, MD | takes over from Dr. Sunderam
12:21 | Technologist | Marcus Threlkeld | monitoring stop
"""
    case = read_case(
        read_bytes("log.txt", (AUDITED.replace("Technologist: Marcus Threlkeld, CNIM", "Technologist") + log).encode())
    )
    assert [person.name for person in case.encounter.professionals] == ["Eilidh Sunderam", "Paul Orr"]
    assert [person.name for person in case.encounter.technologists] == ["Marcus Threlkeld"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("lashworth LOGIN remote live view on other open cases: 0", "present"),
        ("lashworth LOGIN, live view, other cases: none", "present"),
        ("lashworth LOGIN remote live view: no", "absent"),
    ],
)
def test_the_count_of_other_cases_does_not_answer_whether_the_view_was_live(said: str, state: str) -> None:
    head = HEAD.format(who=ONE).replace("Remote reading in real time, this one case only.\n", "")
    log = ["08:00  jjamison: monitoring started", f"08:05  {said}", "12:00  jjamison: monitoring stopped"]
    case = read_case(read_bytes("log.txt", (head + "\n".join(log) + "\n").encode()))
    assert case.elements["real_time"].state == state


@pytest.mark.parametrize(
    ("came", "went"),
    [
        ("JOIN live view", "LEAVE live view"),
        ("session joined", "session left"),
        ("stream subscribe", "stream unsubscribe"),
        ("LIVE VIEW IN", "LIVE VIEW OUT"),
        ("Case opened (live)", "Case closed (live)"),
    ],
)
def test_a_program_that_writes_opposites_of_a_user_tells_of_both_sittings(came: str, went: str) -> None:
    rows = (
        f"08:05 | lashworth | {came}",
        f"09:47 | lashworth | {went}",
        f"10:02 | lashworth | {came}",
        f"11:50 | lashworth | {went}",
    )
    assert spells(ONE, *rows) == ["08:05-09:47", "10:02-11:50"]


@pytest.mark.parametrize(
    ("came", "went", "asked"),
    [
        ("chat window opened", "chat window closed", False),
        ("audio bridge on", "audio bridge off", False),
        ("case tile opened", "case tile closed", True),
        ("viewer idle start", "viewer idle end", True),
    ],
)
def test_opposites_about_anything_else_are_no_sittings_and_unknown_ones_are_asked_about(
    came: str, went: str, asked: bool
) -> None:
    log = ["08:00  jjamison: monitoring started", f"09:00 | lashworth | {came}", f"09:40 | lashworth | {went}"]
    log += ["12:00  jjamison: monitoring stopped", ""]
    case = read_case(read_bytes("log.txt", (HEAD.format(who=ONE) + "\n".join(log)).encode()))
    assert len(case.attendance) == 1
    assert bool(case.attendance_unread) is asked


@pytest.mark.parametrize(
    ("came", "went"), [("LA IN RM", "LA OUT (called to ward)"), ("LA in room", "LA steps out"), ("LA back in rm", "LA OUT OF RM")]
)
def test_initials_in_and_out_of_the_room_are_comings_and_goings(came: str, went: str) -> None:
    rows = (f"08:11  {came}  JJ", f"09:05  {went}  JJ", f"09:40  {came}  JJ", f"11:30  {went}  JJ")
    assert spells(ONE, *rows) == ["08:11-09:05", "09:40-11:30"]
