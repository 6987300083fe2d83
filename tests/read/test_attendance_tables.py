"""A table of attendance speaks row by row: who watched, from when to when, from where, and whether other cases were open."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.trained import without_guesses
from ionm_notes.types import Attendance

HEAD = """INTRAOPERATIVE NEUROMONITORING RECORD
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
{more}Technologist: Ana Ruiz, CNIM

Times
Phase | Start | Stop
Baselines | 07:50 | 08:05
Monitoring | 08:10 | 11:30

{title}
"""


def _attendance(title: str, rows: str, more: str = "") -> list[tuple[str, str, str, bool | None]]:
    text = HEAD.format(title=title, more=more) + rows + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"
    return [_short(a) for a in read_case(read_bytes("note.txt", text.encode())).attendance]


def _short(a: Attendance) -> tuple[str, str, str, bool | None]:
    return a.mode, f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "", a.exclusive


def test_each_row_says_for_itself_whether_another_case_was_open() -> None:
    rows = """From | To | Cases open | Remarks
08:10 | 09:00 | 1 | this patient only
09:00 | 09:40 | 2 | second case opened elsewhere, attention divided
09:40 | 11:30 | 1 | second case finished; this patient only"""
    assert [row[1:] for row in _attendance("Physician attention record", rows)] == [
        ("08:10", "09:00", True),
        ("09:00", "09:40", False),
        ("09:40", "11:30", True),
    ]


def test_two_readers_of_a_table_have_each_their_own_hours_and_place() -> None:
    rows = """Reader | Online | Offline | Location | Sessions open
Dana Whitfield, MD | 08:08:20 | 10:00:47 | remote | 1 (this case)
Igor Bell, MD | 10:00:10 | 11:31:05 | remote | 1 (this case)"""
    assert _attendance("Remote readers", rows, "Interpreting physician: Igor Bell, MD\n") == [
        ("remote", "08:08", "10:00", True),
        ("remote", "10:00", "11:31", True),
    ]


def test_a_column_of_other_cases_counts_without_this_one() -> None:
    rows = """Interval | Other cases | Place
08:10-09:00 | 0 | remote
09:00-11:30 | 1 | remote"""
    assert [row[1:] for row in _attendance("Oversight", rows)] == [("08:10", "09:00", True), ("09:00", "11:30", False)]


def test_one_concurrent_case_may_be_this_one_and_is_left_open() -> None:
    rows = """From | To | Concurrent cases
08:10 | 11:30 | 1"""
    assert [row[3] for row in _attendance("Reader coverage", rows)] == [None]


@pytest.mark.parametrize("title", ["Technologist attendance in the OR", "Operating room times"])
def test_a_table_of_somebody_else_is_no_attendance_of_the_professional(title: str) -> None:
    rows = """From | To
07:05 | 11:45"""
    assert ("", "07:05", "11:45", None) not in [("", *row[1:]) for row in _attendance(title, rows)]


TURNS = [
    ("in_room", "08:10", "09:00", True),
    ("remote", "09:00", "10:00", False),
    ("remote", "10:00", "11:30", True),
]


@pytest.mark.parametrize(
    "rows",
    [
        # Codes that a legend explains, and a column that it names.
        """Prof | Mode | In    | Out   | Oth | Min
DW   | OR   | 08:10 | 09:00 | 0   | 50
DW   | R    | 09:00 | 10:00 | 1   | 60
DW   | R    | 10:00 | 11:30 | 0   | 90
R = remote, OR = in operating room. Oth = other cases open at the same time. DW = Dana Whitfield, MD""",
        # Marks that footnotes explain; nothing stands over the names.
        """           Start    Stop
Whitfield  08:10    09:00 *
Whitfield  09:00    10:00 **
Whitfield  10:00    11:30 †
* this patient exclusively, in the operating room
** remote from the reading room downtown, one other case followed at the same time
† remote from the same desk, this patient exclusively""",
        # What was done holds the place; a column of yes and no.
        """Provider | Service | Begin | End | Minutes | Exclusive?
Whitfield D | In-room IONM | 08:10 | 09:00 | 50 | Y
Whitfield D | Remote IONM oversight | 09:00 | 10:00 | 60 | N
Whitfield D | Remote IONM oversight | 10:00 | 11:30 | 90 | Y""",
        # The place stands under the professional's name.
        """From    To      Dr. Whitfield was        Cases
08:10   09:00   in OR 4                  1
09:00   10:00   reading office, remote   2
10:00   11:30   ditto                    1""",
        # Parts of the day are numbered beside what counts the cases.
        """Segment | Interval | Site of reader | Patients on screen | Minutes
1 | 08:10-09:00 | operating room | 1 | 50
2 | 09:00-10:00 | home office | 3 | 60
3 | 10:00-11:30 | home office | 1 | 90""",
    ],
)
def test_what_a_row_says_may_stand_in_a_code_a_footnote_or_another_column(rows: str) -> None:
    assert _attendance("Attendance of the physician", rows) == TURNS


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        (
            "OR 4 sign-in sheet",
            "Name | Role | In | Out\nAna Ruiz | Neuro tech | 07:10 | 12:00\nDana Whitfield, MD | Neurology | 08:12 | 11:42",
        ),
        (
            "Those who took part",
            "Staff | Role | Arrived | Departed | Place\nA. Ruiz, CNIM | tech | 07:05 | 12:01 | OR 4\n"
            "D. Whitfield, MD | neurologist | 08:12 | 11:42 | OR 4",
        ),
    ],
)
def test_a_list_of_those_in_the_room_places_the_professional(title: str, rows: str) -> None:
    assert _attendance(title, rows) == [("in_room", "08:12", "11:42", None)]


@pytest.mark.parametrize(
    "rows",
    [
        "08:10 to 09:00   this patient only\n09:00 to 10:00   this patient + OR 9\n10:00 to 11:30   this patient only",
        "08:10-09:00 J.R. and nobody else\n09:00-10:00 J.R. plus one other patient, side by side; I did not split the minutes\n"
        "10:00-11:30 J.R. and nobody else",
        "08:10 - 09:00 | this case\n09:00 - 10:00 | this case + RV-311\n10:00 - 11:30 | this case only",
    ],
)
def test_hours_with_loads_below_one_another_need_no_heading_of_columns(rows: str) -> None:
    found = _attendance("What Dr. Whitfield had open, live", rows + "\nDr. Whitfield watched remotely in real time.")
    assert found[1] == ("remote", "09:00", "10:00", False)
    assert [row[3] for row in found] in ([True, False, True], [None, False, True])


@pytest.mark.parametrize(
    "between",
    [
        "a colleague took over the two other cases and I watched Ms. Roe alone.",
        "the two others were with Dr. Ibarra, this patient alone",
        "I handed the other cases to my partner and followed this patient only",
    ],
)
def test_cases_that_a_colleague_took_are_none_of_that_interval(between: str) -> None:
    rows = (
        "I watched remotely in real time.\n08:10 to 09:00: three cases on my screens, this one and two spine cases.\n"
        f"09:00 to 10:00: {between}\n10:00 to 11:30: again three cases, including this one."
    )
    assert _attendance("Supervision and time", rows) == [
        ("remote", "08:10", "09:00", False),
        ("remote", "09:00", "10:00", True),
        ("remote", "10:00", "11:30", False),
    ]


@pytest.mark.parametrize("how", ["remote, recording reviewed next day", "remote (retrospective)", "home, from the stored file"])
def test_hours_that_were_read_afterwards_are_no_attendance(how: str) -> None:
    rows = f"""Reader | From | To | How | Cases open
Dana Whitfield, MD | 08:10 | 10:00 | remote, live | 1 (this case)
Igor Bell, MD | 10:00 | 11:30 | {how} | 1 (this case)"""
    with without_guesses():  # what the model alone takes for a reader's hours is a query
        found = _attendance("Remote readers", rows, "Interpreting physician: Igor Bell, MD\n")
    assert found == [("remote", "08:10", "10:00", True)]


def test_cases_that_the_reader_took_from_a_colleague_are_the_readers_own() -> None:
    rows = (
        "I watched remotely in real time.\n08:10 to 09:00: this patient alone.\n"
        "09:00 to 11:30: took over two other cases from a colleague, three on my screens."
    )
    assert _attendance("Supervision and time", rows)[1:] == [("remote", "09:00", "11:30", False)]


def test_a_cell_of_place_is_no_question_that_the_next_cell_answers() -> None:
    rows = """Reader | On line | Off line | Where | Other cases
Dana Whitfield, MD | 8:10 | 10:00 | remote, live feed | none, single case
Igor Bell, MD | 10:07 | 11:30 | remote, live feed | none, single case
Between 10:00 and 10:07 the log-in was changing over and no physician was on line."""
    text = HEAD.format(title="Who covered", more="Interpreting physician: Igor Bell, MD\n") + rows
    case = read_case(read_bytes("note.txt", text.encode()))
    assert case.real_time
    assert case.read_afterwards == ()
    assert [_short(row)[1:] for row in case.attendance] == [("08:10", "10:00", True), ("10:07", "11:30", True)]


def test_loads_of_the_technologist_are_none_of_the_professional() -> None:
    rows = "07:00 to 09:00   this patient only\n09:00 to 11:30   this patient + OR 9"
    assert all(row[1] != "07:00" for row in _attendance("Ana Ruiz, CNIM, assignments", rows))


def test_no_table_holds_the_hours_of_a_shift() -> None:
    shift = "Reader's shift   0700-1600   desk C (remote)\n"
    rows = shift + "0810-0930  live. TWO cases on my screens (C-1 and this one)\n0930-1130  live. ONLY this case."
    assert _attendance("Reading", rows) == [("remote", "08:10", "09:30", False), ("remote", "09:30", "11:30", True)]


def _readers(body: str) -> list[tuple[str, str, str, str, bool | None]]:
    """Surname, mode, hours and exclusivity of each row where two read in turn."""
    text = (
        HEAD.format(title="", more="Interpreting physician: Igor Bell, DO\n")
        + body
        + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n"
    )
    return [((a.professional or "").split()[-1], *_short(a)) for a in read_case(read_bytes("note.txt", text.encode())).attendance]


READERS = [("Whitfield", "in_room", "08:10", "09:40", True), ("Bell", "remote", "09:40", "11:30", False)]


@pytest.mark.parametrize(
    "body",
    [
        # A block of lines for each.
        """READER 1
Name: Dana Whitfield, MD
Location: operating room
Connected: 08:10
Disconnected: 09:40
Other cases: 0

READER 2
Name: Igor Bell, DO
Location: remote, home
Connected: 09:40
Disconnected: 11:30
Other cases: 1
""",
        # Names under a title, numbers of footnotes beside them.
        """Oversight                          Start   End
Dana Whitfield, MD (1)             0810    0940
Igor Bell, DO (2)                  0940    1130
(1) in the operating room, sole patient
(2) remote, covering two cases at the time
""",
        """Reader        On      Off     From           Load
D. Whitfield  0810    0940    OR 6           1
I. Bell       0940    1130    remote         2
""",
        """Doctor       Begin   Finish   Where         Attention
Whitfield    0810    0940     in OR 6       undivided
Bell         0940    1130     at home       divided (OR 9)
""",
    ],
)
def test_each_reader_has_hours_place_and_load_of_the_own_lines(body: str) -> None:
    assert _readers(body) == READERS


def test_a_column_of_readers_names_professionals() -> None:
    rows = """Reader line | On | Off | Dialled in from | Rooms open on that desk
Amara Vossler, MD | 0810 | 0940 | east desk | 1 (this one)
Dana Whitfield, MD | 0940 | 1130 | own office | 1 (this one)"""
    text = HEAD.format(title="", more="") + rows + "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025\n"
    case = read_case(read_bytes("note.txt", text.encode()))
    assert [a.professional for a in case.attendance] == ["Amara Vossler", "Dana Whitfield"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "Attention (X = this case only, S = shared with another case, A = away)\n0810-0900 X\n0900-0945 S\n0945-1130 X",
            [("08:10", "09:00", True), ("09:00", "09:45", False), ("09:45", "11:30", True)],
        ),
        (
            "time range    status of reader\n0810-0858     present in OR 6\n0858-0912     walking to office, not watching\n"
            "0912-1130     watching from home, this patient only",
            [("08:10", "08:58", None), ("09:12", "11:30", True)],
        ),
        (
            "1st period: [x] in OR [ ] remote   from 0810 to 0905   other cases: [x] none [ ] yes\n"
            "2nd period: [ ] in OR [x] remote   from 0920 to 1130   other cases: [ ] none [x] yes",
            [("08:10", "09:05", True), ("09:20", "11:30", False)],
        ),
        (
            "Location: [x] In the operating room   [ ] Off site\nIn room from: 8:12 AM   Left room: 11:45 AM",
            [("08:12", "11:45", None)],
        ),
    ],
)
def test_lines_of_hours_say_how_each_was_spent(rows: str, expected: list[tuple[str, str, bool | None]]) -> None:
    assert [row[1:] for row in _attendance("Dr. Whitfield's attendance", rows)] == expected


@pytest.mark.parametrize(
    ("came", "went"), [("ATTACH  remote", "DETACH  (timeout)"), ("session start (client: mac)", "session end")]
)
def test_a_trail_may_say_more_behind_the_way(came: str, went: str) -> None:
    rows = f"2025-03-04 08:05:02  whitfieldd  {came}\n2025-03-04 11:32:30  whitfieldd  {went}"
    assert [row[1:3] for row in _attendance("Trail", rows)] == [("08:05", "11:32")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "Start   Stop    Physician activity\n08:10   09:30   In OR 3, this case only\n"
            "09:30   09:42   Off the case (moved to reading room)\n09:42   11:30   Remote from reading room, this case only",
            [("in_room", "08:10", "09:30", True), ("remote", "09:42", "11:30", True)],
        ),
        (
            "Date        Code    Prov   Start   Stop    Min   Location   Exclusive\n"
            "03/04/2025  95940   DW     08:10   09:35   85    OR         Y\n"
            "03/04/2025  G0453   DW     09:50   11:30   100   Remote     Y\nDW = Dana Whitfield, MD",
            [("in_room", "08:10", "09:35", True), ("remote", "09:50", "11:30", True)],
        ),
        (
            "Reader          From     To       Other patients followed\nWhitfield       08:10    09:10    -\n"
            "Whitfield       09:10    10:20    Larkspur OR 8\nWhitfield       10:20    11:30    none\nReader remote.",
            [("remote", "08:10", "09:10", True), ("remote", "09:10", "10:20", False), ("remote", "10:20", "11:30", True)],
        ),
    ],
)
def test_remarks_charges_and_other_patients_tell_place_and_load(
    rows: str, expected: list[tuple[str, str, str, bool | None]]
) -> None:
    assert _attendance("Physician's time", rows) == expected


def test_boxes_in_the_cells_of_a_table_answer_by_what_is_ticked() -> None:
    rows = """From | To | Where | Other cases at the time
0810 | 0940 | [X] in the OR [ ] remote | [X] none [ ] yes, number __
0940 | 1130 | [ ] in the OR [X] remote | [ ] none [X] yes, number 1"""
    assert _attendance("Physician attendance", rows) == [("in_room", "08:10", "09:40", True), ("remote", "09:40", "11:30", False)]


def test_patients_on_the_screen_are_named_in_a_column_of_their_own() -> None:
    rows = """Interval | Patient(s) on reader's screen | Minutes to this patient alone | Minutes shared, not divided
08:10-09:00 | Roe only | 50 | 0
09:00-11:30 | Roe and one patient at another hospital, together | 0 | 150"""
    assert [row[1:] for row in _attendance("Reader time allocation", rows)] == [
        ("08:10", "09:00", True),
        ("09:00", "11:30", False),
    ]


def test_a_trail_of_presence_has_its_joins_and_leaves() -> None:
    rows = "08:10:20 | reader | presence.join\n10:01:48 | reader | presence.leave (station lost network)\n"
    rows += "10:12:05 | reader | presence.join\n11:30:30 | reader | presence.leave\n"
    found = [row[1:3] for row in _attendance("clock | actor | event", rows)]
    assert found == [("08:10", "10:01"), ("10:12", "11:30")]


def test_columns_of_readers_side_by_side_are_each_of_one_reader() -> None:
    page = """Reader relay sheet
Case: Jane Roe, MRN 7712-08, 29 August 2025, Ravenscar Medical Center, inpatient
Technologist: Gwen Ortiz, CNIM
leads 06:55-07:20   baselines 07:22-07:44   monitoring 07:50-13:05
who\tAda Hale, MD\tIvo Moss, MD
on\t07:50\t10:30
off\t10:30\t13:05
sat where\treading center, remote\treading center, remote
cases on the desk\tthis one\tthis one and two more, minutes not split

E-signed Ada Hale, MD 29 Aug 2025 13:40
E-signed Ivo Moss, MD 29 Aug 2025 13:52
"""
    case = read_case(read_bytes("relay.txt", page.encode()))
    spells = [(row.professional, f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance]
    assert spells == [("Ada Hale", "07:50", "10:30", True), ("Ivo Moss", "10:30", "13:05", False)]


def test_a_desk_holds_this_patient_by_name_or_an_operation_beside() -> None:
    page = """Reader's ledger (Ada Hale, MD; remote; viewing live)
Patient: Simeon Gallowglass   MRN 8830254   Date of surgery 2025-09-09
Monitoring 9:12 to 12:36
From\tTo\tWhat was open on my desk
9:12\t10:40\tGallowglass only
10:40\t11:50\tGallowglass, and the L4 laminectomy at Pruett; not apportioned
11:50\t12:36\tGallowglass only (Pruett finished)
"""
    case = read_case(read_bytes("ledger.txt", page.encode()))
    assert [row.exclusive for row in case.attendance] == [True, False, True]


def test_a_ticked_choice_of_more_than_one_is_no_one() -> None:
    rows = """From | To | Place | Patients watched
08:10 | 09:40 | [X] in this OR [ ] remote | [X] this patient only [ ] more than one
09:40 | 11:30 | [X] in this OR [ ] remote | [ ] this patient only [X] more than one: OR 6 on tablet"""
    assert _attendance("Physician attendance", rows) == [
        ("in_room", "08:10", "09:40", True),
        ("in_room", "09:40", "11:30", False),
    ]


def test_a_column_of_what_else_may_say_the_place_and_that_there_was_nothing() -> None:
    rows = """Reading physician | Took the case | Gave it up | Where / what else
Dana Whitfield, MD | 08:10 | 10:00 (verbal hand-over to Dr. Bell) | remote; 1:1, no second case open
Igor Bell, MD | 10:00 | 11:30 | remote"""
    assert _attendance("Who watched, and when", rows, "Interpreting physician: Igor Bell, MD\n") == [
        ("remote", "08:10", "10:00", True),
        ("remote", "10:00", "11:30", None),
    ]


def test_a_row_of_the_hours_behind_the_case_is_no_attendance() -> None:
    lines = (
        "Reader's roster",
        "Date of service: 08/07/2025",
        "Reader: Ada Hale, MD, remote desk 2",
        "",
        "Slot\tWindow\tRooms on my screens\tNote",
        "A\t8:15 to 9:40\troom 4 only\tthis patient alone",
        "B\t9:40 to 11:55\troom 4 only\tthis patient alone",
        "D\t12:30 onward\tother hospital\tafter this case",
        "",
        "Monitoring 8:15 to 11:55.",
    )
    rows = read_case(read_bytes("roster.txt", "\n".join(lines).encode())).attendance
    assert [(f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in rows if row.start and row.end] == [
        ("08:15", "09:40"),
        ("09:40", "11:55"),
    ]


def test_a_table_of_presence_with_a_walk_between_two_places() -> None:
    rows = """From | To | Where | Remark
08:10 | 09:50 | in the operating room, OR 8 | spoke with the surgeon directly
09:50 | 10:05 | walking to the reading room | not viewing; nobody covered
10:05 | 11:30 | remote, reading room, 4th floor annex | live screens, speakerphone to OR 8

No part of the day was shared with a second case. Over both periods this patient alone had my attention."""
    assert _attendance("Attestation of presence", rows) == [
        ("in_room", "08:10", "09:50", True),
        ("remote", "10:05", "11:30", True),
    ]


NOTE = """FACULTY NOTE
Pt: Jane Roe. DOB 1958/10/21. MRN 33-70-916. DOS 2025/03/04.
{people}
08:00-08:08 baselines.
08:10 MON START.
11:30 MON STOP.
/s/ Dana Whitfield MD 2025/03/04 17:15
"""


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ("Attg: Dana Whitfield, MD. In OR 08:10-11:30, zero other cases.\nTech: Ana Ruiz, CNIM.", "in_room"),
        ("Staff: Dana Whitfield, MD. Reading live. At bedside 08:10-11:30, no other case.\nTech: Ana Ruiz, CNIM.", "in_room"),
        ("Attg: Dana Whitfield, MD.\nTech: Ana Ruiz, CNIM. In OR 08:10-11:30.", "unstated"),
    ],
)
def test_a_fragment_behind_a_name_is_of_whom_the_label_names(people: str, found: str) -> None:
    rows = read_case(read_bytes("note.txt", NOTE.format(people=people).encode())).attendance
    assert [row.mode for row in rows] == [found]


PRESENCE = """Neuromonitoring record, patient Linus Boyd, 03/27/2025
Surgeon: Sunniva Gallbraith, MD. Physician: Matthias Overbeck, MD. Technologist: Clodagh Renshaw, CNIM
Monitoring: 10:05 to 14:02

Physician presence log
{head} | Remark
10:05 | 12:18 | watching live; no duties other than this child
12:40 | 14:02 | {remark}
"""


@pytest.mark.parametrize("head", ["Entered OR | Left OR", "Came into OR 2 | Left OR 2", "Entered theatre | Left theatre"])
@pytest.mark.parametrize(
    "remark", ["back; as before. From 12:18 to 12:40 at the clinic, not watching", "as above. 12:18-12:40 away"]
)
def test_a_remark_of_the_gap_before_a_row_is_none_of_the_row(head: str, remark: str) -> None:
    case = read_case(read_bytes("log.txt", PRESENCE.format(head=head, remark=remark).encode()))
    spells = [(f"{r.start:%H:%M}", f"{r.end:%H:%M}", r.mode, r.exclusive) for r in case.attendance if r.start and r.end]
    assert spells == [("10:05", "12:18", "in_room", True), ("12:40", "14:02", "in_room", True)]


@pytest.mark.parametrize("remark", ["off line from 12:40", "away 12:40 to 14:02", "not watching", "13:00 to 13:20 away"])
def test_a_row_of_which_its_remark_says_that_nobody_watched_is_none(remark: str) -> None:
    text = PRESENCE.format(head="Entered OR | Left OR", remark=remark)
    assert not any(f"{r.start:%H:%M}" == "12:40" for r in read_case(read_bytes("log.txt", text.encode())).attendance if r.start)


PARTS = """INTRAOPERATIVE NEUROMONITORING RECORD
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM

{title}
{head} | From | To
Electrode application | 07:12 | 07:40
Initial baselines | 07:52 | 08:06
Monitoring | 08:10 | 11:57
Electrodes off | 11:57 | 12:10

Dr. Whitfield watched live from home from 09:00 to 11:00. She had no other case.
"""


@pytest.mark.parametrize("title", ["Clock", "Remote session times", "Physician attention record"])
@pytest.mark.parametrize("head", ["Part of the case", "Case segment", "What was done for the patient", "Session part"])
def test_a_table_of_the_parts_of_the_day_is_nobodys_attendance(title: str, head: str) -> None:
    case = read_case(read_bytes("note.txt", PARTS.format(title=title, head=head).encode()))
    assert [(f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end] == [("09:00", "11:00")]
    assert [segment.kind for segment in case.segments] == ["setup", "baseline", "monitoring", "removal"]


@pytest.mark.parametrize(
    "head",
    [
        "Stretch | Place | Contact",
        "Clock | Location | Reached by",
        "Watch | Whereabouts | Remarks",
        "Hours | Where she was | How",
    ],
)
def test_a_first_column_of_intervals_beside_one_of_places_is_one_of_stays(head: str) -> None:
    rows = f"{head}\n08:10-09:40 | OR 14, next to the cart | face to face\n09:40-11:30 | home office, live viewer | chat"
    assert [row[:3] for row in _attendance("Where the physician was", rows)] == [
        ("in_room", "08:10", "09:40"),
        ("remote", "09:40", "11:30"),
    ]


@pytest.mark.parametrize(
    "head",
    ["Slot | Cases open | Comment of reader", "Time | Open cases | Reader's remarks", "Watch | Cases on screen | Notes"],
)
def test_a_table_that_counts_cases_over_intervals_is_one_of_attendance_whatever_heads_them(head: str) -> None:
    rows = f"""{head}
08:10 - 09:00 | 3 | also OR 2 (lumbar) and the surgery center; all screens live
09:00 - 10:40 | 1 | tumor dissection, other two rooms taken over by Dr. Yee
10:40 - 11:30 | 2 | OR 2 back on my desk; all screens live"""
    assert [row[1:] for row in _attendance("Physician supervision log", rows)] == [
        ("08:10", "09:00", False),
        ("09:00", "10:40", True),
        ("10:40", "11:30", False),
    ]


def test_a_column_of_clock_times_counts_no_cases() -> None:
    rows = """Patient in room | Hookup | Patient out
07:12 | 07:35 - 07:58 | 11:20"""
    assert not [row for row in _attendance("Times of the room", rows) if row[1] == "07:35"]
