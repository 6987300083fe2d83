"""Tables whose cells do not stand as rows are read: labels under values, tables side by side, times over cells or from a zero."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = (
    "Patient: Marta Quill   DOB 04/09/1961\nDate of surgery: 03/04/2026\nTechnologist: Tom Reyes, CNIM\n"
    "Interpreting physician: Ines Vale, MD\n\n"
)
TAIL = (
    "\n\nThe reader watched live from the remote reading center, this one case only.\n"
    "Electronically signed by Ines Vale, MD on 03/04/2026\n"
)
DAY = {("setup", "07:10", "07:32"), ("baseline", "07:35", "07:44"), ("monitoring", "07:45", "11:20")}


def _case(said: str, head: str = HEAD) -> Case:
    return read_case(read_bytes("table.txt", f"{head}{said}{TAIL}".encode()))


def _day(case: Case) -> set[tuple[str, str, str]]:
    return {(s.kind, f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in case.segments}


def _attended(case: Case) -> set[tuple[str, str, str]]:
    return {
        ((a.professional or "").split()[-1], f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "")
        for a in case.attendance
    }


WAYS = {
    "labels below their times": (
        "07:10    07:32    07:35    07:44    07:45    11:20\n"
        "Setup start    Setup end    Baseline start    Baseline end    Monitoring start    Monitoring end"
    ),
    "hours and minutes in cells of their own": (
        "Phase\tStart hr\tStart min\tStop hr\tStop min\nSetup\t07\t10\t07\t32\nBaselines\t07\t35\t07\t44\n"
        "Monitoring\t07\t45\t11\t20"
    ),
    "half of the day in a cell": (
        "Phase\tStart\t\tStop\t\nSetup\t7:10\tAM\t7:32\tAM\nBaselines\t7:35\tAM\t7:44\tAM\nMonitoring\t7:45\tAM\t11:20\tAM"
    ),
    "half of the day ticked": (
        "Phase | Start | AM | PM | Stop | AM | PM\nSetup | 7:10 | X | | 7:32 | X | \nBaselines | 7:35 | X | | 7:44 | X | \n"
        "Monitoring | 7:45 | X | | 11:20 | X | "
    ),
    "a cell with the end's name": (
        "Setup\tStart\t07:10\tStop\t07:32\nBaselines\tStart\t07:35\tStop\t07:44\nMonitoring\tStart\t07:45\tStop\t11:20"
    ),
    "a strip": "07:10 |--- setup ---| 07:32    07:35 |-- baselines --| 07:44    07:45 |------ monitoring ------| 11:20",
    "a chain": (
        "Timeline: 07:10 setup > 07:32 setup done > 07:35 baselines > 07:44 baselines done > 07:45 monitoring > 11:20 "
        "monitoring off"
    ),
    "a length with a plus": "Setup        0710   +22 min\nBaselines    0735   +9 min\nMonitoring   0745   +215 min",
    "counted from a zero": (
        "T0 = 07:10\n+0:00  setup started\n+0:22  setup complete\n+0:25  baselines started\n+0:34  baselines complete\n"
        "+0:35  monitoring started\n+4:10  monitoring ended"
    ),
    "elapsed without a sign": (
        "Recording started 07:10:00. Elapsed hh:mm:ss\n00:00:00  Setup started\n00:22:00  Setup complete\n"
        "00:25:00  Baselines started\n"
        "00:34:00  Baselines complete\n00:35:00  Monitoring started\n04:10:00  Monitoring ended"
    ),
    "elapsed minutes": (
        "Elapsed time in minutes; zero is 07:10.\n\nElapsed (min)\tEvent\n0\tSetup started\n22\tSetup complete\n"
        "25\tBaselines started\n"
        "34\tBaselines complete\n35\tMonitoring started\n250\tMonitoring ended"
    ),
    "bare ends below their times": (
        "07:10    07:32    07:35    07:44    07:45    11:20\nhook-up    done    baselines    done    monitoring    end"
    ),
    "minutes from an event": (
        "All times below are minutes from wheels-in (07:00).\nT+10   hook-up started\nT+32   hook-up finished\n"
        "T+35   baselines started\n"
        "T+44   baselines finished\nT+45   monitoring started\nT+260  monitoring ended"
    ),
    "questions whose answers are times alone": (
        "5) Between what times were the leads put on?\n   07:10 and 07:32.\n6) Between what times were baselines run?\n"
        "   07:35 and 07:44.\n"
        "7) Start of monitoring?\n   07:45.\n8) End of monitoring?\n   11:20."
    ),
    "when did you stop": (
        "BILLER: From when to when was the hook-up?\nREYES: 07:10 to 07:32.\nBILLER: And the baselines?\nREYES: 07:35 to 07:44.\n"
        "BILLER: When did you start monitoring?\nREYES: At 07:45.\nBILLER: And when did you stop?\nREYES: At 11:20."
    ),
    "both ends in each cell": (
        "Setup | Baselines | Monitoring\nStart 07:10 Stop 07:32 | Start 07:35 Stop 07:44 | Start 07:45 Stop 11:20"
    ),
    "hours and minutes under H and M": (
        "Event | H | M\nSetup start | 07 | 10\nSetup end | 07 | 32\nBaseline start | 07 | 35\nBaseline end | 07 | 44\n"
        "Monitoring start | 07 | 45\nMonitoring end | 11 | 20"
    ),
    "yes and no before the time": (
        " | Yes | No | Time\nSetup started? | x | | 07:10\nSetup finished? | x | | 07:32\nBaselines started? | x | | 07:35\n"
        "Baselines finished? | x | | 07:44\nMonitoring started? | x | | 07:45\nMonitoring finished? | x | | 11:20"
    ),
    "questions and answers in one line": (
        "Q1 Where?  A1 OR 4\nQ6 Setup from/to?  A6 07:10/07:32\nQ7 Baselines from/to?  A7 07:35/07:44\n"
        "Q8 Monitoring from/to?  A8 07:45/11:20"
    ),
    "before and after a zero": (
        "Zero = incision at 08:15\n-1:05  setup started\n-0:43  setup finished\n-0:40  baselines started\n"
        "-0:31  baselines finished\n"
        "-0:30  monitoring started\n+0:00  incision\n+3:05  monitoring ended"
    ),
    "on lines to write on": (
        "Setup from _07:10_ to _07:32_   Baselines from _07:35_ to _07:44_\nMonitoring from _07:45_ to _11:20_"
    ),
    "lengths in hours beside their starts": "Setup       07:10   22 min\nBaselines   07:35   9 min\nMonitoring  07:45   3.58 h",
    "planned beside actual": (
        "Phase | Planned start | Planned end | Actual start | Actual end\nSetup | 06:30 | 07:00 | 07:10 | 07:32\n"
        "Baselines | 07:00 | 07:20 | 07:35 | 07:44\nMonitoring | 07:20 | 11:30 | 07:45 | 11:20"
    ),
    "a corrected end": (
        "Phase | Start | Stop | Corrected stop\nSetup | 07:10 | 07:32 |\nBaselines | 07:35 | 07:44 |\n"
        "Monitoring | 07:45 | 11:50 | 11:20"
    ),
    "the newest first": (
        "[2026-03-04 11:20] TR: monitoring ended\n[2026-03-04 10:00] TR: signals stable\n"
        "[2026-03-04 07:45] TR: monitoring started\n"
        "[2026-03-04 07:44] TR: baselines done\n[2026-03-04 07:35] TR: baselines started\n[2026-03-04 07:32] TR: setup done\n"
        "[2026-03-04 07:10] TR: setup started"
    ),
    "an interview": (
        "AUDITOR: When did you hook her up?\nTECH: Setup was 07:10 to 07:32.\nAUDITOR: Baselines?\nTECH: 07:35 to 07:44.\n"
        "AUDITOR: When did monitoring start?\nTECH: 07:45.\nAUDITOR: When did it stop?\nTECH: 11:20."
    ),
}


@pytest.mark.parametrize("said", WAYS.values(), ids=WAYS.keys())
def test_the_parts_of_the_day_are_read_with_both_ends(said: str) -> None:
    assert _day(_case(said)) == DAY


def test_times_counted_from_a_zero_that_nobody_states_are_no_clock_times() -> None:
    case = _case(
        "Elapsed hh:mm:ss\n00:00:00  Setup started\n00:22:00  Setup complete\n00:25:00  Baselines started\n"
        "00:34:00  Baselines complete\n"
        "00:35:00  Monitoring started\n04:10:00  Monitoring ended"
    )
    assert not any(segment.start or segment.end for segment in case.segments)


def test_hours_and_minutes_of_a_length_are_no_clock_time() -> None:
    case = _case(
        "Monitoring 07:45 to 11:20\n\nPhase\tDuration hr\tDuration min\nSetup\t01\t22\nBaselines\t02\t09\nMonitoring\t03\t35"
    )
    assert _day(case) == {("monitoring", "07:45", "11:20")}


TWO_READERS = {("Vale", "07:45", "09:10"), ("Hart", "09:10", "11:20")}
READERS = {
    "a table beside another": (
        "Phase\tOn\tOff\tReader\tOn\tOff\nSetup\t07:10\t07:32\tInes Vale, MD\t07:45\t09:10\n"
        "Baseline\t07:35\t07:44\tPaul Hart, MD\t09:10\t11:20\nMonitoring\t07:45\t11:20"
    ),
    "a column for each": (
        "Setup 07:10-07:32. Baselines 07:35-07:44. Monitoring 07:45-11:20.\n\n"
        "Professional\tInes Vale, MD\tPaul Hart, MD\nMode\tremote\tremote\nFrom\t07:45\t09:10\nTo\t09:10\t11:20"
    ),
    "a row of names": (
        "Setup 07:10-07:32. Baselines 07:35-07:44. Monitoring 07:45-11:20.\n\n"
        " | Reader 1 | Reader 2\nName | Ines Vale, MD | Paul Hart, DO\nWhere | remote | remote\nLog-in | 07:45 | 09:10\n"
        "Log-out | 09:10 | 11:20"
    ),
    "initials with their legend": (
        "Legend  TR Tom Reyes, CNIM, technologist / IV Ines Vale, MD, reader / PH Paul Hart, MD, reader\n\n07:10 TR setup start\n"
        "07:32 TR setup end\n07:35 TR baselines start\n07:44 TR baselines end\n07:45 TR monitoring start\n07:45 IV on\n"
        "09:10 IV off\n"
        "09:10 PH on\n11:20 PH off\n11:20 TR monitoring end"
    ),
}


@pytest.mark.parametrize("said", READERS.values(), ids=READERS.keys())
def test_no_reader_of_two_is_lost(said: str) -> None:
    case = _case(said, HEAD.replace("Interpreting physician: Ines Vale, MD\n", ""))
    assert _day(case) == DAY
    assert _attended(case) == TWO_READERS


def test_boxes_in_two_columns_are_two_lists() -> None:
    case = _case(
        "☒ Setup done            07:10 to 07:32      ☒ Reader online       07:45\n☒ Baselines obtained    07:35 to 07:44      "
        "☒ Reader offline      11:20\n☒ Monitoring            07:45 to 11:20      ☐ Second reader       __:__"
    )
    assert _day(case) == DAY
    assert not case.attendance_unread


def test_an_empty_box_tells_of_no_pause() -> None:
    case = _case("☑ 07:10 setup begun\n☑ 07:45 monitoring begun\n☐ monitoring paused\n☑ 11:20 monitoring complete")
    assert not case.times_unread


def test_an_empty_box_puts_nobody_in_the_room() -> None:
    case = _case("Monitoring 07:45 to 11:20\n\n[X] MD remote\n[ ] MD in OR\n[X] one case only\n[ ] several cases")
    assert {row.mode for row in case.attendance} == {"remote"}


def test_columns_of_the_reader_beside_those_of_the_technologist_are_of_the_watch() -> None:
    case = _case(
        "Phase | Tech start | Tech end | MD start | MD end\nSetup | 07:10 | 07:32 | | \n"
        "Baselines | 07:35 | 07:44 | 07:35 | 07:44\n"
        "Monitoring | 07:45 | 11:20 | 07:45 | 10:50"
    )
    assert _day(case) == DAY
    assert ("Vale", "07:45", "10:50") in _attended(case)


def test_labels_below_what_is_filled_in_name_it() -> None:
    head = (
        "Marta Quill\t04/09/1961\t55812\nPatient name\tDate of birth\tMRN\n03/04/2026\tTom Reyes, CNIM\tInes Vale, MD\n"
        "Date of surgery\tTechnologist\tInterpreting physician\n\n"
    )
    case = _case("Setup 07:10-07:32. Baselines 07:35-07:44. Monitoring 07:45-11:20.", head)
    assert case.encounter.date_of_service is not None
    assert f"{case.encounter.date_of_service:%Y-%m-%d}" == "2026-03-04"
    assert case.elements["patient_identity"].state == "present"
    assert len(case.patients) < 2
