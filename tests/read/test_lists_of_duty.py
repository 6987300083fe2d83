"""Shift logs, time slips and boards: rows of times, readers, places and loads, of which every word has to be understood."""

from __future__ import annotations

import pytest
from bare_report import audited

Read = tuple[dict[str, int], str]


def read(rows: str) -> Read:
    """The minutes that the report gives with these rows, and the status of the time code; 'none' without one."""
    audit = audited(f"\nCommunication: two-way secure chat with the operating room.\n\n{rows}\n")
    minutes = audit.minutes
    columns = ("in_room", "remote_exclusive", "remote_shared", "remote_unstated")
    found = {name: value for name in columns if (value := getattr(minutes, name))}
    status = {code.status for code in audit.codes if code.code in ("95940", "G0453")}
    return found, "none" if not status else "query" if "query" in status else "supported"


LISTS = {
    "0800 AH on - remote, live, sole case\n0930 AH off": ({"remote_exclusive": 90}, "supported"),
    "TIME SLIP - A. Hale MD (live view, remote)\n08:00-08:45  1 pt\n08:45-09:05  off, no relief\n09:05-10:00  1 pt": (
        {"remote_exclusive": 100},
        "supported",
    ),
    "Hale, remote, real time:\n08:00-08:40  1 case\n08:40-09:30  3 cases\n09:30-10:00  1 case": (
        {"remote_exclusive": 70, "remote_shared": 50},
        "supported",
    ),
    "08:00 AH connected remotely, live; only case\n08:35 AH opens second case (OR 12)\n09:20 second case done\n10:00 AH out": (
        {"remote_exclusive": 75, "remote_shared": 45},
        "supported",
    ),
    "08:00-09:00 AH in OR, live, 1 case\n09:00-10:00 AH remote, live, 4 cases": (
        {"in_room": 60, "remote_shared": 60},
        "supported",
    ),
    "Log, reading center: Hale on this case 08:00, one-on-one, live. Hale off 09:48, shift over. No relief assigned.": (
        {"remote_exclusive": 108},
        "supported",
    ),
    "Handoff 09:30, Hale > Roth. Hale 0800-0930: remote, live, no other pts. Roth 0930-1000: remote, live, 3 pts on board.": (
        {"remote_exclusive": 90, "remote_shared": 30},
        "supported",
    ),
    "Remote physician time (live, one patient at a time):\n08:10-08:40\n09:05-09:55": ({"remote_exclusive": 80}, "supported"),
    # Somebody of whom the list gives no more than initials has no credentials.
    "0800 AH on - remote, live, sole case\n0920 AH off, IR on - remote, live, sole case\n1000 IR off": (
        {"remote_exclusive": 120},
        "query",
    ),
    # The picture was gone for a while; a stream is live.
    "08:00:04 STREAM UP  reader=HALE (remote)  cases=1\n09:31:20 STREAM LOST\n09:44:05 STREAM RESTORED\n10:00:11 STREAM CLOSED": (
        {"remote_exclusive": 107},
        "supported",
    ),
}


@pytest.mark.parametrize("rows", LISTS)
def test_the_rows_of_a_list_of_duty_say_who_watched_when_and_beside_how_many(rows: str) -> None:
    assert read(rows) == LISTS[rows]


@pytest.mark.parametrize(
    "rows",
    [
        "0800 AH on - remote, not live, sole case\n1000 AH off",
        "0800 AH on call - remote, sole case\n1000 AH off",
        "Planned: 0800 AH on - remote, live, sole case\n1000 AH off",
        "0800 Teck on - remote, live, sole case\n1000 Teck off",
        "0800 AH on - remote, live\n1000 AH off",
        "0800 AH on - OR 4, live, sole case\n1000 AH off",
        "08:00-08:40  AH live, 1 case, shared\n08:40-10:00  AH live, remote",
    ],
)
def test_a_list_that_is_a_plan_of_somebody_else_or_open_supports_nothing(rows: str) -> None:
    assert read(rows)[1] != "supported"


def test_who_has_left_and_comes_back_without_a_word_of_other_cases_is_not_taken_to_be_alone() -> None:
    rows = "08:00 AH on - remote, live, sole case\n08:30 AH off\n09:00 AH on, remote, live\n10:00 AH off"
    assert read(rows) == ({"remote_exclusive": 30, "remote_unstated": 60}, "query")


OTHERS = {
    # Another operation on the sheet counts where it runs beside this one.
    "Shift sheet A. Hale, 4 Mar\n0800-1000  Cutter cervical, remote/live, solo\n1030-1245  Patel lumbar, remote/live, solo": (
        {"remote_exclusive": 120},
        "supported",
    ),
    "Shift sheet A. Hale, 4 Mar\n0800-1000  Cutter cervical, remote/live, solo\n0930-1245  Patel lumbar, remote/live, solo": (
        {"remote_exclusive": 90, "remote_shared": 30},
        "supported",
    ),
    "0800-1000 AH remote, live, 1 case\n0830-0915 AH remote, live, 1 case (OR 7)": (
        {"remote_exclusive": 75, "remote_shared": 45},
        "supported",
    ),
    "Hale, live remote: Cutter cervical 08:00-10:00; Chen ACDF 07:50-10:40; Ortiz scoliosis 07:30-14:00.": (
        {"remote_shared": 120},
        "none",
    ),
}


@pytest.mark.parametrize("rows", OTHERS)
def test_another_operation_of_the_same_reader_shares_the_time_in_which_it_runs(rows: str) -> None:
    assert read(rows) == OTHERS[rows]


def test_a_table_that_counts_cases_has_its_intervals_below_time() -> None:
    rows = (
        "Time;Reader;Where;No. of patients watched",
        "08:00-08:15;nobody;-;-",
        "08:15-09:15;AH live;remote;1",
        "09:15-10:00;AH;remote;4",
    )
    assert read("\n".join(rows)) == ({"remote_exclusive": 60, "remote_shared": 45}, "supported")


RECORDS = {
    '{"reader":"ahale","mode":"remote","live":true,"start":"08:00","end":"10:00","other_cases":0}': (
        {"remote_exclusive": 120},
        "supported",
    ),
    '{"reader":"ahale","mode":"remote","live":true,"start":"08:00","end":"10:00","max_concurrent_patients":3}': (
        {"remote_shared": 120},
        "none",
    ),
    '{"sessions":[{"user":"ahale","site":"remote","view":"live","join":"08:00:00","leave":"08:45:00"},'
    '{"user":"ahale","site":"remote","view":"live","join":"08:52:00","leave":"10:00:00"}],"max_parallel_cases":1}': (
        {"remote_exclusive": 113},
        "supported",
    ),
    "physician:\n  name: Hale\n  position: inside OR, monitoring console\n  real_time: true\n  other_patients: none": (
        {"in_room": 120},
        "supported",
    ),
}


@pytest.mark.parametrize("record", RECORDS)
def test_the_keys_of_a_programs_record_count_the_cases(record: str) -> None:
    assert read(record) == RECORDS[record]


CHATS = {
    "[08:02] Hale: remote and live, just you\n[09:25] Hale: heads up, second room opened on my side, I now watch both\n"
    "[10:00] Hale: still had both. done": ({"remote_exclusive": 83, "remote_shared": 35}, "supported"),
    "08:00 AH: watching live, I'm in Leeds today\n08:31 AH: stepping away, no cover\n08:41 AH: back\n"
    "10:00 AH: done, thanks all. Only had you lot this morning": ({"remote_exclusive": 110}, "supported"),
    "Teck 08:01: Dr Hale are you with us?\nHale 08:01: yes, watching live from the hub. I have two more spines alongside yours\n"
    "Teck 08:02: will do": ({"remote_shared": 119}, "none"),
    "08:00 AH: live from home. just you until nine, then two more\n10:00 AH: off": ({"remote_unstated": 120}, "query"),
}


@pytest.mark.parametrize("lines", CHATS)
def test_a_chat_tells_the_load_in_its_own_words(lines: str) -> None:
    assert read(lines) == CHATS[lines]


FORMS = {
    "Oversight model (circle one):  on-site   >> REMOTE <<   none\nViewing: real time\nMD : patient ratio  1 : 1": (
        "remote",
        "supported",
    ),
    "Reader location:  in OR / (remote) / nearby\nLive during acquisition:  (Y) / N\nOther cases at the same time:  (Y) / N": (
        "remote",
        "none",
    ),
    "Reader location (circle): (OR) / remote\nLive during acquisition: (Y) / N\nOther cases watched meanwhile: Y / (N)": (
        "in_room",
        "supported",
    ),
    "Attending physically in OR 6 for entire monitored period (Y/N): Y\nOther rooms covered meanwhile: none\nLive review: Y": (
        "in_room",
        "supported",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_circled_is_chosen_and_nothing_else(form: str) -> None:
    audit = audited(f"\nCommunication: two-way secure chat with the operating room.\n\nPROFESSIONAL COMPONENT\n{form}\n")
    status = {code.status for code in audit.codes if code.code in ("95940", "G0453")} or {"none"}
    assert (audit.case.attendance[0].mode, *status) == FORMS[form]


BOARDS = {
    "READER BOARD 4 MAR - Hale, A. - remote - slots 4, in use 1 (this case) from monitoring start to monitoring end, LIVE": (
        {"remote_exclusive": 120},
        "supported",
    ),
    "READER BOARD 4 MAR - Hale, A. - remote - slots 4, in use 3 from monitoring start to monitoring end, LIVE": (
        {"remote_shared": 120},
        "none",
    ),
    "READER HALE - remote, 08:00 to 10:00, live\nSlot A   Teck   (this patient)\nSlot B   cervical, other hospital\n"
    "Slot C   empty": ({"remote_shared": 120}, "none"),
    "READER HALE - remote, 08:00 to 10:00, live\nSlot A   Teck   (this patient)\nSlot B   empty\nSlot C   empty": (
        {"remote_exclusive": 120},
        "supported",
    ),
    # Windows of signals are no cases.
    "READER HALE - remote, 08:00 to 10:00, all live\nWindow 1   SSEP\nWindow 2   MEP": (
        {"remote_unstated": 120},
        "query",
    ),
}


@pytest.mark.parametrize("rows", BOARDS)
def test_a_board_shows_what_is_in_the_slots_of_a_reader(rows: str) -> None:
    assert read(rows) == BOARDS[rows]


PAIRS = {
    "Name     In OR from   to      Remote from   to      Pts at once\nRoth     -            -       08:00         09:00   2\n"
    "Hale     09:00        10:00   -             -       1\n(both real time)": (
        {"in_room": 60, "remote_shared": 60},
        "supported",
    ),
    "Name     In OR from   to      Remote from   to      Pts at once\nHale     08:00        08:40   08:40         10:00   1\n"
    "(real time)": ({"in_room": 40, "remote_exclusive": 80}, "supported"),
}


@pytest.mark.parametrize("rows", PAIRS)
def test_a_table_may_have_columns_of_hours_for_each_place(rows: str) -> None:
    assert read(rows) == PAIRS[rows]
