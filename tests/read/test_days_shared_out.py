"""Statements that share the day out among readers, places or loads: each stretch with its reader, place and load, or none."""

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

Monitoring: 08:00 - 12:00
{text}

SSEP and MEP were recorded.

Electronically signed by Laura Ashworth, MD, 03/12/2026
"""
ONE, TWO = "Neurologist: Laura Ashworth, MD", "Neurologists: Laura Ashworth, MD; Peter Ibarra, MD"
MODES = {"in_room": "room", "remote": "remote", "nearby": "near", "unstated": "?"}


def shares(text: str) -> list[str]:
    """What a report with one such statement makes of it: 'ashworth 08:00-10:00 room'."""
    who = TWO if "Ibarra" in text else ONE
    case = read_case(read_bytes("report.txt", HEAD.format(who=who, text=text).encode()))
    return [
        f"{(row.professional or '?').split()[-1].lower()} {row.start:%H:%M}-{row.end:%H:%M} {MODES[row.mode]}"
        for row in sorted(case.attendance, key=lambda row: str(row.start))
        if row.start and row.end
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I sat beside the technologist in OR 4 from 8:00 to 10:00 and watched from home, live, from 10:00 to 12:00.",
        "Until 10:00 I was in the operating room; from 10:00 to 12:00 I read remotely from home.",
        "Dr. Ashworth was at the table in OR 4 till 10:00, after which she watched live from home to 12:00.",
        "My time: OR 4, 8:00 to 10:00; home workstation, live, 10:00 to 12:00.",
        "I stayed in OR 4 from 8:00 to 10:00. At 10:00 I went to my home office and had the live screen before me until 12:00.",
    ],
)
def test_a_reader_who_changes_places_has_a_stretch_at_each(text: str) -> None:
    assert shares(text) == ["ashworth 08:00-10:00 room", "ashworth 10:00-12:00 remote"]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ashworth watched from 8:00 to 10:00 and Dr. Ibarra from 10:00 to 12:00.",
        "Until 10:00 the reader was Dr. Ashworth, from 10:00 Dr. Ibarra.",
        "Dr. Ashworth read until 10:00, Dr. Ibarra after that.",
        "Dr. Ibarra took over from Dr. Ashworth at 10:00 and stayed to the end; she had watched since 8:00.",
        "I, Dr. Ashworth, watched from 8:00. I handed to Dr. Ibarra at 10:00 and he stayed until closing.",
        "I was relieved by Dr. Ibarra at 10:00 after watching from 08:00; he continued to 12:00.",
        "I began at 08:00 and passed the case to Dr. Ibarra at 10:00. He finished it at 12:00.",
        "Part 08:00-10:00: Laura Ashworth, MD. Part 10:00-12:00: Peter Ibarra, MD.",
    ],
)
def test_two_readers_of_one_statement_have_a_stretch_each(text: str) -> None:
    found = shares(f"{text} Both watched live from remote.")
    assert found == ["ashworth 08:00-10:00 remote", "ibarra 10:00-12:00 remote"]


@pytest.mark.parametrize(
    "text",
    [
        "Sessions of Dr. Ashworth: 08:00-09:30, 10:00-12:00",
        "Reader logins: 08:00 in, 09:30 out; 10:00 in, 12:00 out",
        "Dr. Ashworth on 08:00, off 09:30, on 10:00, off 12:00.",
        "I was on from 8:00 to 9:30 and again from 10:00 to 12:00.",
    ],
)
def test_sessions_are_stretches_with_a_gap_between(text: str) -> None:
    assert shares(f"The reading was remote.\n\n{text}") == ["ashworth 08:00-09:30 remote", "ashworth 10:00-12:00 remote"]


def test_each_stretch_has_the_load_that_the_statement_gives_it() -> None:
    text = "I read remotely.\n\nFrom 08:00 to 09:30 I also had a second case open; from 09:30 to 12:00 this patient alone."
    case = read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode()))
    assert [row.exclusive for row in case.attendance] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "The technologist was in the room from 8:00 to 10:00 and from 10:15 to 12:00; she took a break between.",
        "Anesthesia: Dr. Poole until 10:00, Dr. Rudd from 10:00 to 12:30.",
        "Screws were placed from 9:30 to 10:10 on the left and from 10:15 to 10:50 on the right, which I watched.",
        "I discussed the findings with Dr. Hathaway at 9:40 and again at 11:10.",
        "The imaging cart was in the room from 9:00 to 9:20 and from 11:00 to 11:10.",
        "In OR 0715, out 1235.",
    ],
)
def test_times_of_others_and_of_things_share_nothing_out(text: str) -> None:
    assert shares(f"Dr. Ashworth watched remotely from start to finish.\n\n{text}") == []


def test_a_statement_that_leaves_an_end_open_fills_none() -> None:
    # Until when Dr. Ibarra watched is told nowhere.
    case = read_case(read_bytes("report.txt", HEAD.format(who=TWO, text="I gave the case to Dr. Ibarra at 10:00.").encode()))
    assert not any(row.start and row.end for row in case.attendance)


LOADS = {True: "alone", False: "shared", None: "?"}


def loads(text: str) -> list[str]:
    """The same with what is said of other cases: '08:00-09:00 remote alone'."""
    who = TWO if "Ibarra" in text else ONE
    case = read_case(read_bytes("report.txt", HEAD.format(who=who, text=text).encode()))
    rows = [row for row in case.attendance if row.start and row.end]
    assert not case.attendance_unread
    return [
        f"{r.start:%H:%M}-{r.end:%H:%M} {MODES[r.mode]} {LOADS[r.exclusive]}" for r in sorted(rows, key=lambda r: str(r.start))
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Until closure (11:10) I read the tracings live from home.", ["08:00-11:10 remote ?"]),
        (
            "From incision on (08:30) I was connected from our reading center and remained so until monitoring stopped.",
            ["08:30-12:00 remote ?"],
        ),
        ("Remote review began with incision at 08:32 and ended with the last stitch at 11:15.", ["08:32-11:15 remote ?"]),
        (
            "I was in the OR from 07:45 and left at 08:35; from then until closing at 11:20 I was on the live remote session.",
            ["07:45-08:35 room ?", "08:35-11:20 remote ?"],
        ),
        (
            "I could not connect until 08:50. From then to the end (12:00) I had the live tracings in front of me at home.",
            ["08:50-12:00 remote ?"],
        ),
        (
            "Attendance: the first 90 minutes in the OR, the remainder from my office by remote link; sole case.",
            ["08:00-09:30 room alone", "09:30-12:00 remote alone"],
        ),
        (
            "For the last 40 minutes I had two rooms; before that only this one. Online remotely from 08:00 to 12:00.",
            ["08:00-11:20 remote alone", "11:20-12:00 remote shared"],
        ),
        (
            "During the first hour I also covered a lumbar fusion; from 09:00 on this was my only case."
            " I was remote, connected 08:00 to 12:00.",
            ["08:00-09:00 remote shared", "09:00-12:00 remote alone"],
        ),
        (
            "Supervision, remote: 4 h (08:00-12:00), of which 45 min (09:15-10:00) concurrent with another case"
            " and the rest exclusive.",
            ["08:00-09:15 remote alone", "09:15-10:00 remote shared", "10:00-12:00 remote alone"],
        ),
        (
            "From 10:00 to 10:30 I was also responsible for a second room; the rest of the case (08:00-10:00 and 10:30-12:00)"
            " had my sole attention. All remotely in real time.",
            ["08:00-10:00 remote alone", "10:00-10:30 remote shared", "10:30-12:00 remote alone"],
        ),
        (
            "I sat in OR 4 until 10:00, then drove back to the practice, where I picked the recording up again at 10:25"
            " and followed it remotely to the end. I had no other case all day.",
            ["08:00-10:00 room alone", "10:25-12:00 remote alone"],
        ),
        (
            "Dr. Ibarra had the first half, to 09:40, and Dr. Ashworth the second;"
            " both worked remotely, neither with another patient.",
            ["08:00-09:40 remote alone", "09:40-12:00 remote alone"],
        ),
        (
            "While the exposure was made (until 09:00) I was in the room."
            " For the rest I followed from the workroom across the hall.",
            ["08:00-09:00 room ?", "09:00-12:00 near ?"],
        ),
        (
            "For the opening 45 minutes I stood in theatre; then I took the rest from my desk at home. One patient throughout.",
            ["08:00-08:45 room alone", "08:45-12:00 remote alone"],
        ),
        ("I stayed beside the machine in OR 2 until the surgeon began to close at 11:05.", ["08:00-11:05 room ?"]),
        (
            "I attended in the operating room from incision (08:25) until the bone graft was in place (10:45).",
            ["08:25-10:45 room ?"],
        ),
    ],
)
def test_events_lengths_and_rests_part_the_day(text: str, rows: list[str]) -> None:
    assert loads(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        "I watched live from home. After incision at 08:30 I saw no change.",
        "I watched live from home. When closure began at 11:10 I told the surgeon that all was stable.",
        "I watched live from home. The first hour of surgery was quiet.",
        "Dr. Ashworth was remote throughout. For the last 40 minutes the surgeon had two rooms.",
    ],
)
def test_what_is_told_of_an_event_or_a_length_parts_no_watch(text: str) -> None:
    assert shares(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Until the decompression was done I read the tracings live from home.",
        "I followed the case remotely in real time for the first hour of surgery.",
        "The physician watched live from the hub during the critical parts only.",
        "I joined remotely and live ten minutes after incision.",
        "I watched live by remote link for the second half of the case.",
        "From the exposure on I was connected remotely in real time.",
    ],
)
def test_a_part_whose_times_are_not_told_is_asked_about(text: str) -> None:
    assert read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode())).attendance_unread


@pytest.mark.parametrize(
    "text",
    [
        "I was connected remotely and watched live from incision to closure.",
        "I watched live from home from start to finish; the first hour was quiet.",
        "I watched the tracings live from home. During the exposure there were brief EMG bursts.",
        "In the first 20 minutes the traces were noisy, and I watched live from home all the time.",
        "From the first minute of monitoring to the last I watched live from home.",
        "I watched the whole case live from home. When closure began at 11:10 I told Dr. Hathaway that all was stable.",
    ],
)
def test_what_is_told_of_the_whole_case_asks_nothing(text: str) -> None:
    case = read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode()))
    assert not case.attendance_unread
    assert [row.whole_case for row in case.attendance] == [True]


def test_lines_of_hours_with_their_loads_share_the_day_out() -> None:
    text = (
        "My time on this case, all in real time from the Fairhope reading center:\n   08:00 - 09:40   J.M. and nobody else\n"
        "   09:40 - 10:25   J.M. plus one other patient, side by side\n   10:25 - 12:00   J.M. and nobody else"
    )
    assert [row.rsplit(" ", 1)[1] for row in loads(text)] == ["alone", "shared", "alone"]


def test_what_was_handed_on_between_two_stretches_ends_none() -> None:
    text = (
        "I did this one from home over the VPN, live. From 0800 to 1000 I had Ms. Moss and only her. At 1000 Dr. Fair asked me"
        " to pick up the carotid in room 6 as well, and from 1000 until 1100 I had two cases going. At 1100 room 6 was handed"
        " to Dr. Pell. From 1100 to 1200 it was Ms. Moss and only her again."
    )
    assert loads(text) == ["08:00-10:00 remote alone", "10:00-11:00 remote shared", "11:00-12:00 remote alone"]


@pytest.mark.parametrize(
    "text",
    [
        "Until 10:00 I had your case before me at our reading center, and no one else's. "
        "Dr. Peter Ibarra, MD then took my chair until we stopped.",
        "Readers (all remote):\nLaura Ashworth, MD - start of monitoring till 10:00\n"
        "Peter Ibarra, MD - 10:00 till end of monitoring",
        "I read remotely from 8:00 to 10:00; my colleague Dr. Peter Ibarra, MD read remotely from 10:00 to 12:00.",
        "From   To   Who   Where   Other cases\n"
        "08:00   10:00   Laura Ashworth, MD   remote   none\n10:00   12:00   Peter Ibarra, MD   remote   none",
    ],
)
def test_whoever_takes_over_attends_from_then_on_whether_or_not_a_label_names_the_office(text: str) -> None:
    told = HEAD.format(who=ONE, text=text)
    case = read_case(read_bytes("report.txt", told.encode()))
    assert [
        ((r.professional or "").split()[-1], r.mode, f"{r.start:%H:%M}-{r.end:%H:%M}")
        for r in case.attendance
        if r.start and r.end
    ] == [
        ("Ashworth", "remote", "08:00-10:00"),
        ("Ibarra", "remote", "10:00-12:00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I was connected from home and saw everything until 10:00, when I had to leave; "
        "the last 120 minutes ran without a reader.",
        "I was connected from home and saw everything until 10:00; the last 120 minutes were run by the technologist alone.",
    ],
)
def test_a_stretch_without_a_reader_is_nobodys(text: str) -> None:
    assert shares(text) == ["ashworth 08:00-10:00 remote"]


def test_a_plan_is_no_attendance() -> None:
    text = "Plan at scheduling: Dr. Ashworth in the room from 07:30 to 12:30.\nDr. Ashworth watched remotely from 9:00 to 12:00."
    assert shares(text) == ["ashworth 09:00-12:00 remote"]


def test_who_came_in_from_home_was_in_the_room() -> None:
    text = "I came in from home and was in OR 4 from 8:00 to 12:00, beside Jonas Jamison, CNIM, who had begun the set-up at 7:05."
    assert shares(text) == ["ashworth 08:00-12:00 room"]


@pytest.mark.parametrize(
    ("text", "loads"),
    [
        (
            "Load of the remote reader: 08:00-09:00 this case alone; 09:00-11:00 two cases; 11:00-12:00 this case alone.",
            [True, False, True],
        ),
        (
            "I read remotely. Until 10:00 I was also watching a lumbar case; when it closed, yours was my "
            "only one for the remaining time.",
            [False, True],
        ),
    ],
)
def test_loads_that_change_are_those_of_their_own_time(text: str, loads: list[bool]) -> None:
    case = read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode()))
    assert [row.exclusive for row in sorted(case.attendance, key=lambda row: str(row.start))] == loads


@pytest.mark.parametrize(
    "parts",
    [
        "07:00-07:25 electrodes, 07:30-07:55 baselines, 08:00-12:00 monitoring.",
        "07:00-07:25 placement / 07:30-07:55 baselines / 08:00-12:00 monitoring / 12:02-12:10 removal.",
        "Operation: L4 fusion, as ordered\n07:00-07:25 electrodes; 07:30-07:55 baselines; 08:00-12:00 monitoring.",
    ],
)
def test_intervals_that_lead_their_labels_are_of_those(parts: str) -> None:
    text = HEAD.format(who=ONE, text="Dr. Ashworth watched remotely.").replace("Monitoring: 08:00 - 12:00", parts)
    segments = {
        s.kind: f"{s.start:%H:%M}-{s.end:%H:%M}"
        for s in read_case(read_bytes("report.txt", text.encode())).segments
        if s.start and s.end
    }
    segments.pop("removal", None)
    assert segments == {"setup": "07:00-07:25", "baseline": "07:30-07:55", "monitoring": "08:00-12:00"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Laura Ashworth MD - reader's time card\nremote\non 08:00\noff 09:30 (own appointment, no cover)\n"
            "on 10:10\noff 12:00",
            ["ashworth 08:00-09:30 remote", "ashworth 10:10-12:00 remote"],
        ),
        (
            "Dr. Laura Ashworth, MD - own times\n08:00 - 09:10   monitoring office beside the OR suite, live screen\n"
            "09:10 - 12:00   inside OR 2",
            ["ashworth 08:00-09:10 near", "ashworth 09:10-12:00 room"],
        ),
        (
            "On-call sheet: Dr. Ashworth 07:00-15:00.\nDr. Ashworth read this case remotely from 9:00 to 12:00.",
            ["ashworth 09:00-12:00 remote"],
        ),
    ],
)
def test_a_readers_own_hours(text: str, expected: list[str]) -> None:
    assert shares(text) == expected


def test_the_last_sentence_of_a_relay_has_the_place_of_its_own() -> None:
    text = (
        "From the start of monitoring to 10:00 Dr. Laura Ashworth, MD watched the live feed at home; then Dr. Peter Ibarra, MD, "
        "who had come to OR 1, watched there until the end."
    )
    assert shares(text) == ["ashworth 08:00-10:00 remote", "ibarra 10:00-12:00 room"]


def test_hours_in_the_room_of_a_technologist_who_writes_are_not_the_readers() -> None:
    text = (
        "Dr. Ashworth (remote) watched live from 9:00 to 12:00.\n\nTech note\nI was in the OR from 0715 to 1225 "
        "without leaving.\n"
        "Jonas Jamison, CNIM"
    )
    assert shares(text) == ["ashworth 09:00-12:00 remote"]


def test_what_brackets_behind_a_list_say_of_both_is_of_both() -> None:
    text = (
        "Shift A 08:00-10:00 Dr. Laura Ashworth, MD\nShift B 10:00-12:00 Dr. Peter Ibarra, MD\n"
        "(both shifts: remote reading center, one patient per reader, live, chat)"
    )
    case = read_case(read_bytes("report.txt", HEAD.format(who=TWO, text=text).encode()))
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("remote", True), ("remote", True)]


def test_two_rooms_of_the_surgeon_are_not_the_readers() -> None:
    text = "Surgeon Mark Hathaway, MD; he ran two rooms that day.\nDr. Ashworth watched this case alone, remotely."
    case = read_case(read_bytes("report.txt", HEAD.format(who=ONE, text=text).encode()))
    assert case.exclusive is True


LETTER = """Physician report of remote monitoring
Patient: Isambard Colquhoun, born 03/30/1948, MRN GT 20 7715
Date of surgery: March 4, 2025, Glaston Tower Hospital, inpatient
Technologist: Bryony Castellan, CNIM
Physician: Rajan Holmquist, MD, Neurology

Monitoring from 08:15 to 13:00.

I was at a remote workstation and saw the signals in real time for all of the monitoring, with chat to the technologist open. \
{told} Ms. Castellan was in the operating room from beginning to end.

Electronically signed by Rajan Holmquist, MD, on March 5, 2025
"""


def _loads(told: str) -> list[tuple[str, str, str, bool | None]]:
    case = read_case(read_bytes("letter.txt", LETTER.format(told=told).encode()))
    return [
        (row.mode, f"{row.start:%H:%M}" if row.start else "", f"{row.end:%H:%M}" if row.end else "", row.exclusive)
        for row in case.attendance
    ]


@pytest.mark.parametrize(
    "told",
    [
        "From 08:15 to 11:10 I was also watching a lumbar case at another hospital. That case ended at 11:10, and from 11:10 to "
        "13:00 this patient was the only one I had.",
        "Between 08:15 and 11:10 I watched a second patient too. After 11:10 this patient was my only one until 13:00.",
        "A second case was open from 08:15 to 11:10. It ended then, and from 11:10 to 13:00 she was the only patient I followed.",
        "From 08:15 to 11:10 I also covered a lumbar case elsewhere. It was finished at 11:10; from 11:10 to 13:00 I had this "
        "case only.",
        "Until 11:10 I had a lumbar case beside this one; that case closed at 11:10, and from then to 13:00 I watched this "
        "patient alone.",
        "Until 11:10 I watched this and one other case; the other was over at 11:10, then this one alone to 13:00.",
        "I followed two patients from 08:15 to 11:10 and this patient alone from 11:10 to 13:00.",
        "The other case ran until 11:10. From 11:10 on I had nothing else to watch.",
    ],
)
def test_hours_with_another_case_and_hours_alone_are_the_readers_where_the_reader_was(told: str) -> None:
    assert _loads(told) == [("remote", "08:15", "11:10", False), ("remote", "11:10", "13:00", True)]


def test_another_case_that_is_over_leaves_no_hours_alone_unless_they_are_told() -> None:
    told = "From 08:15 to 11:10 I was also watching a lumbar case at another hospital. That case ended at 11:10."
    assert all(alone is not True for *_, alone in _loads(told))


TABLE = (
    "Where I was\nFrom\tTo\tPlace\tStage of surgery\n08:00\t09:00\tin OR 4, at the machine\tpositioning\n"
    "09:00\t11:00\treading room on level 2, remote screen\tscrew placement\n"
    "11:00\t12:00\tin OR 4, at the machine\tclosure, wake-up\n"
)


@pytest.mark.parametrize("beside", ["", "I watched in real time and followed no other patient between 08:00 and 12:00."])
def test_rows_of_hours_and_places_whatever_stage_stands_beside_them(beside: str) -> None:
    assert shares(f"{TABLE}\n{beside}") == [
        "ashworth 08:00-09:00 room",
        "ashworth 09:00-11:00 remote",
        "ashworth 11:00-12:00 room",
    ]
