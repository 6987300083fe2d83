"""Forms state things by where they stand: under a heading, behind a box, above a row of times, in a block of their own."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Interpreting physician: Dana Whitfield, MD
Technologist: Ana Ruiz, CNIM
"""
SIGNED = "\n\nElectronically signed: Dana Whitfield, MD 03/04/2025 15:00\n"


def _case(text: str, head: str = HEAD) -> Case:
    return read_case(read_bytes("note.txt", (head + "\n" + text + SIGNED).encode()))


def _part(case: Case, kind: str) -> list[tuple[str, str]]:
    return [(f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in case.segments if s.kind == kind]


@pytest.mark.parametrize(
    ("boxes", "exclusive"),
    [("☒ 1  ☐ 2  ☐ 3", True), ("☐ 1  ☐ 2  ☒ 3", False), ("☐ 1  ☐ 2  ☐ 3", None), ("☒ 1  ☒ 2  ☐ 3", None)],
)
def test_the_ticked_number_of_cases_says_whether_attention_was_shared(boxes: str, exclusive: bool | None) -> None:
    case = _case(f"Monitoring 08:10 to 11:30, remote.\n\nCases followed at the same time, this one included: {boxes}\n")
    assert {a.exclusive for a in case.attendance} == {exclusive}


def test_a_ticked_one_among_other_cases_is_not_taken_for_this_case_alone() -> None:
    case = _case("Monitoring 08:10 to 11:30, remote.\n\nOther cases open at the same time: ☐ 0  ☒ 1  ☐ 2\n")
    assert True not in {a.exclusive for a in case.attendance}


def test_a_study_is_done_only_where_the_column_says_so() -> None:
    rows = """Study | Planned | Done | Sites
SSEP lower | x | x | posterior tibial nerve, ankle, R and L
MEP lower | x | no | left out at the request of anesthesia"""
    found = {(m.modality, m.status, m.intended) for m in _case(rows).modalities}
    assert ("SSEP", "performed", False) in found
    assert ("MEP", "not_performed", True) in found


def test_what_stands_behind_not_recorded_was_not_recorded() -> None:
    rows = "Room | OR 3 | -\nRecorded | SSEP | median nerves at the wrist, both sides\nNot recorded | BAEP, EMG | -"
    found = {(m.modality, m.status) for m in _case(rows).modalities}
    assert ("BAEP", "not_performed") in found
    assert ("EMG", "not_performed") in found


def test_labels_over_a_row_of_times_name_them() -> None:
    labels = "Hook-up | Baselines, prone | Monitoring on | Monitoring off | Leads off"
    rows = f"Room | OR 3 | - | - | -\n{labels}\n0715-0758 | 0812-0829 | 0834 | 1347 | 1349-1402"
    case = _case(rows)
    assert _part(case, "setup") == [("07:15", "07:58")]
    assert _part(case, "baseline") == [("08:12", "08:29")]
    assert _part(case, "monitoring") == [("08:34", "13:47")]
    assert _part(case, "removal") == [("13:49", "14:02")]


def test_a_log_that_names_one_end_bears_out_the_stated_interval() -> None:
    case = _case("Electrode removal: 14:51 - 15:00\n\n11:26  Monitoring on\n14:47  Monitoring off\n14:51  Leads coming off\n")
    assert _part(case, "removal") == [("14:51", "15:00")]


def test_each_reader_of_a_handover_sheet_has_a_block() -> None:
    head = HEAD.replace("Interpreting physician: Dana Whitfield, MD\n", "")
    blocks = """Monitoring 22:04 to 02:01

OUTGOING READER
Lionel Praetorius, MD
Connected, remote: 22:04
Disconnected: 23:43

INCOMING READER
Yolanda Quintero, MD
Connected, remote: 23:52
Disconnected: 02:01

Signed electronically: Lionel Praetorius, MD 03/05/2025 00:05
Signed electronically: Yolanda Quintero, MD 03/05/2025 02:40
"""
    found = {
        (str(a.professional).split()[-1], f"{a.start:%H:%M}", f"{a.end:%H:%M}")
        for a in _case(blocks, head).attendance
        if a.start and a.end
    }
    assert found == {("Praetorius", "22:04", "23:43"), ("Quintero", "23:52", "02:01")}


@pytest.mark.parametrize(("value", "stated"), [("Verbal, at the table", True), ("None", False), ("______", False)])
def test_a_form_that_asks_for_communication_is_answered_by_what_it_names(value: str, stated: bool) -> None:
    assert (_case(f"Monitoring 08:10 to 11:30\nCommunication: {value}\n").communication is True) is stated


def test_a_technologist_who_writes_in_the_log_is_not_the_professional() -> None:
    log = """07:58:12 SYS MONITORING START
11:05:22 TECH EMG quiet
12:19:47 SYS MONITORING STOP
12:36:00 TECH pt to PACU. I was in OR 9 the entire case, no relief"""
    case = _case("Dr. Whitfield watched remotely in real time.\n\n" + log)
    assert {a.mode for a in case.attendance} == {"remote"}


def test_a_time_when_monitoring_began_and_one_until_which_it_went_on() -> None:
    case = _case(
        "I was in the operating room without a break from 8:20 AM, when monitoring was begun, until it was ended at 10:31 AM."
    )
    assert _part(case, "monitoring") == [("08:20", "10:31")]


def test_columns_for_left_and_right_give_the_muscles_their_sides() -> None:
    rows = """Ch | Muscle | L | R | Used for
1-2 | tibialis anterior | x | x | EMG
3-4 | vastus lateralis | x | - | EMG
5-6 | medial gastrocnemius | - | x | EMG"""
    (emg,) = [m for m in _case(rows).modalities if m.modality == "EMG"]
    assert {muscle.name: muscle.sides for muscle in emg.muscles} == {
        "tibialis_anterior": ("left", "right"),
        "vastus_lateralis": ("left",),
        "gastrocnemius_medial": ("right",),
    }


def test_minutes_behind_a_label_are_a_stated_total() -> None:
    case = _case("Monitoring: 08:10 - 11:30\nMinutes monitored: 251\n")
    assert [total.amount for total in case.totals] == [251]


def test_an_operation_somebody_underwent_is_this_one_unless_it_is_dated_back() -> None:
    assert _case("Mr. Ramsgate underwent anterior C5-6 discectomy with disc arthroplasty.").encounter.procedure
    assert not _case("The patient underwent a lumbar fusion in 2016 elsewhere.").encounter.procedure


NUMBERED = """Name: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Technologist: Ana Ruiz, CNIM
Reader: Dana Whitfield, DO\tWhere: [X] in OR [ ] remote\tWatching: [X] live [ ] afterwards
{items}
Monitoring: 08:10 to 11:30
"""


@pytest.mark.parametrize(
    "items",
    [
        "1 PATIENT\nas above\n2 OPERATION\nC5-C6 ACDF\n3 SIGNALS\nSSEP of the median nerves",
        "1 PATIENT\n2 OPERATION",
        "Section 1 Patient\nSection 2 Operation\nSection 3 Signals",
        "1 Case\n2 Times\n2a Remarks\n3 Staff",
    ],
)
def test_the_number_of_an_item_counts_no_patients(items: str) -> None:
    case = _case(items, NUMBERED.partition("{items}")[0])
    assert case.exclusive is None
    assert case.elements["exclusivity"].state == "absent"


def test_the_numbers_of_items_hide_no_labels_and_a_count_behind_them_stays_one() -> None:
    case = _case("1 Name ROE, Jane\t2 Born 04/26/1969\t3 Chart A-30997\n4 Cases watched: 1\n5 Monitoring 08:10 to 11:30", "")
    assert case.elements["patient_identity"].state == "present"
    assert case.exclusive is True


@pytest.mark.parametrize("label", ["Time in (IOM)\t08:10\nTime out (IOM)\t11:30", "Time in, IOM: 08:10\nTime out, IOM: 11:30"])
def test_a_clock_punched_in_for_the_monitoring_begins_it(label: str) -> None:
    assert _part(_case(label), "monitoring") == [("08:10", "11:30")]


@pytest.mark.parametrize("label", ["Time in (patient)\t08:10\nTime out (patient)\t11:30", "Time in (OR)\t08:10\nTime out\t11:30"])
def test_a_clock_punched_in_for_the_patient_begins_none(label: str) -> None:
    assert _part(_case(label), "monitoring") == []


@pytest.mark.parametrize("asked", ["Final opinion?\n", "Impression? "])
def test_a_question_is_the_label_of_its_answer(asked: str) -> None:
    assert _case(f"{asked}Reversible cord ischemia, good signals at end.\n").elements["interpretation"].state == "present"


def test_small_labels_before_dashes_are_labels() -> None:
    lines = (
        "ssep - R/L posterior tibial",
        "emg - R/L tibialis anterior",
        "tof - 4/4",
        "drips - propofol",
        "before - SSEPs reproducible",
    )
    case = _case("\n".join((*lines, "during - no change", "signed - Dana Whitfield, MD, electronic, 3/5/25 9:12a")))
    assert {case.elements[name].state for name in ("baseline_findings", "signature", "anesthesia")} == {"present"}


def test_a_line_with_a_long_label_begins_a_statement_of_its_own() -> None:
    told = """Monitoring 08:10 to 11:30

Whereabouts of the Interpreting Professional: remote workplace, not on the hospital premises
Supervision of One Patient Only: affirmative, one patient
Real-Time Interpretation Exercised: affirmative, throughout supervision
"""
    assert [(a.mode, a.exclusive) for a in _case(told).attendance] == [("remote", True)]


def test_a_value_in_brackets_at_the_end_of_a_sentence_leaves_its_full_stop() -> None:
    told = """Surgical diagnosis [tethered cord]  Medical center [***]
The period of monitoring extended from [08:10h] through [11:30h]. Attendance by Dr. Whitfield was from a remote site.
Concurrent supervision of other operations did not occur between [08:10h] and [11:30h]. Messages were exchanged at [09:00h].
"""
    assert _part(_case(told), "monitoring") == [("08:10", "11:30")]
    assert [(a.mode, a.exclusive) for a in _case(told).attendance] == [("remote", True)]
