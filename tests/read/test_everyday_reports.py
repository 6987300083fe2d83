"""What ordinary reports say in ordinary words, each of which was once read as something else."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   DOB: 02/03/1960   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Procedure: {procedure}
Neurophysiologist: Gail Dunleavy, MD
Technologist: Gwen Ortiz, CNIM
"""


def read(text: str, procedure: str = "Left carotid endarterectomy") -> Case:
    return read_case(read_bytes("case.txt", (HEAD.format(procedure=procedure) + text + "\n").encode()))


def monitoring(case: Case) -> list[tuple[str, str]]:
    found = (s for s in case.segments if s.kind == "monitoring")
    return [(f"{s.start:%H:%M}" if s.start else "", f"{s.end:%H:%M}" if s.end else "") for s in found]


@pytest.mark.parametrize("seat", ["monitoring console", "neuromonitoring machine", "monitoring cart", "monitoring workstation"])
def test_who_sits_at_the_monitoring_console_does_not_say_when_monitoring_ran(seat: str) -> None:
    case = read(
        f"I sat at the {seat} in the operating room from 8:15 a.m. to 12:10 p.m. and watched the signals as they came in.\n"
        "8:49 a.m.: monitoring started\n12:05 p.m.: monitoring stopped"
    )
    assert monitoring(case) == [("08:49", "12:05")]
    assert not case.conflicts


def test_a_sentence_may_part_its_times_between_this_patient_and_another() -> None:
    case = read(
        "Monitoring ran from 08:33 to 14:06. Remote real-time oversight by Dr. Dunleavy 08:33-14:06.\n"
        "This patient alone 08:33-10:15 and 11:40-14:06; together with one other patient 10:15-11:40."
    )
    rows = [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]
    assert rows == [("08:33", "10:15", True), ("10:15", "11:40", False), ("11:40", "14:06", True)]


@pytest.mark.parametrize(
    "last",
    ["the left vagus gave 412 µV, which is our last reading", "the nerve answered along its whole length", "thenar at 80 uV"],
)
def test_without_an_end_the_last_timed_reading_closes_the_monitoring(last: str) -> None:
    case = read(
        f"Monitoring started at 9:31 AM. At 10:14 AM a train was heard. At 11:47 AM {last}. The wound was closed by 12:10 PM."
    )
    assert f"{case.last_report:%H:%M}" == "11:47"


def test_disease_of_both_sides_in_one_sentence_is_no_conflict_of_sides() -> None:
    text = "Indication: symptomatic left internal carotid stenosis of 85 %, right internal carotid occluded."
    (audit,) = audit_payers(
        read_bytes("case.txt", (HEAD.format(procedure="Left carotid endarterectomy") + text).encode()), ("medicare",)
    )
    assert "laterality-conflict" not in {finding.rule for finding in audit.findings}


def test_the_other_side_in_another_sentence_still_is_one() -> None:
    text = "The right carotid endarterectomy went without event."
    (audit,) = audit_payers(
        read_bytes("case.txt", (HEAD.format(procedure="Left carotid endarterectomy") + text).encode()), ("medicare",)
    )
    assert "laterality-conflict" in {finding.rule for finding in audit.findings}


def test_the_number_of_a_case_is_no_clock_time_and_a_portal_is_nobody() -> None:
    case = read("OVERSIGHT PORTAL > Case 2026-0219-0034 > Export")
    assert [person.name for person in case.encounter.professionals] == ["Gail Dunleavy"]
    assert not case.attendance or all(row.start is None for row in case.attendance)


TWO = """Patient: Ambrose Tillinghast. Date of surgery: 08/19/2025. MRN 112233
First reader: Giulia Castellane, MD
Second reader: Leopold Birnbaum, DO
Monitoring 7:58 AM to 1:12 PM.
I was connected from our reading center from 7:58 AM until 10:30 AM and watched the tracings in real time.
Transient loss of leg responses, recovered. Handed over to Dr. Birnbaum.
Electronically signed: Giulia Castellane, MD 08/19/2025 6:10 PM
I took this patient over from Dr. Castellane and was connected from the same center from 10:30 AM to 1:12 PM.
Stable after the earlier change.
Electronically signed: Leopold Birnbaum, DO 08/19/2025 7:35 PM
"""


def test_what_two_readers_tell_of_themselves_is_of_the_one_who_signs_below() -> None:
    case = read_case(read_bytes("case.txt", TWO.encode()))
    found = {(row.professional, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end}
    assert found == {("Giulia Castellane", "07:58", "10:30"), ("Leopold Birnbaum", "10:30", "13:12")}


def test_to_in_a_cell_between_two_times_makes_them_one_interval() -> None:
    case = read(
        "Set-up\t7:10\tto\t7:40\nInitial baselines\t7:52\tto\t8:12\nMonitoring\t8:15\tto\t11:20\nElectrodes out\t11:26\tto\t11:34"
    )
    assert monitoring(case) == [("08:15", "11:20")]


@pytest.mark.parametrize(
    "contact", ["an open phone line to the speaker in OR 11", "a two-way headset; the technologist has the speaker in the room"]
)
def test_a_loudspeaker_in_the_room_is_not_the_reader_in_the_room(contact: str) -> None:
    case = read(f"Monitoring ran from 08:31 to 11:06. Dr. Dunleavy watched live from her office on Third Street, with {contact}.")
    assert {row.mode for row in case.attendance} == {"remote"}


def test_a_surgeon_three_feet_away_is_no_other_place() -> None:
    case = read(
        "Monitoring ran from 08:31 to 11:06. I was in the operating room at the monitor for all of it and talked to the surgeons "
        "directly, they were three feet away."
    )
    assert {row.mode for row in case.attendance} == {"in_room"}
    assert not case.attendance_unread


@pytest.mark.parametrize("answer", ["(left blank)", "", "N/A"])
def test_an_unanswered_question_of_who_ordered_orders_nothing(answer: str) -> None:
    case = read(f"Who ordered the monitoring? {answer}\nMonitoring: 08:00 - 10:00")
    assert case.elements["order"].state == "absent"


def test_where_the_record_was_read_the_next_morning_is_no_place_of_watching() -> None:
    case = read("Monitoring ran from 08:31 to 11:06. I read the stored recording at my office the next morning.")
    assert case.elements["location_mode"].state == "absent"


def test_time_shared_until_a_minute_before_midnight_is_shared_from_the_beginning() -> None:
    case = read(
        "Monitoring began at 20:40 and was closed at 02:15 on 5 March. I was connected over that entire span from my\n"
        "workplace in Omaha and saw the traces as they were made.\n\n"
        "Up to 23:10 a lumbar operation in another town ran on my other screen and I attended to both together. For the\n"
        "remainder, 23:10 to 02:15, Mrs. Roe was my sole patient."
    )
    rows = [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]
    assert rows == [("20:40", "23:10", False), ("23:10", "02:15", True)]


@pytest.mark.parametrize(
    "row",
    ["reader_login -> logout\t08:05 -> 09:55", "Reader on / off: 08:05 / 09:55", "Reader login/logout | 08:05 | 09:55"],
)
def test_a_label_of_coming_and_going_has_the_attendance_between_its_times(row: str) -> None:
    case = read(f"Monitoring 08:00 - 10:00\n\n{row}")
    assert [(f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end] == [
        ("08:05", "09:55")
    ]


def test_a_list_of_times_that_a_sentence_carries_over_to_the_next_line_stays_a_sentence() -> None:
    case = read(
        "Times. Incision 08:21, skin closed 09:40. Needle placement 07:35-07:52; baseline\n"
        "readings 07:54-08:06; monitoring 08:10-09:44."
    )
    assert {s.kind: f"{s.start:%H:%M}" for s in case.segments if s.start} == {
        "setup": "07:35",
        "baseline": "07:54",
        "monitoring": "08:10",
    }


def test_what_follows_the_operation_in_its_paragraph_is_not_its_name() -> None:
    case = read("Free running EMG: quadriceps, tibialis anterior, gastrocnemius both sides.", procedure="L4-L5 fusion")
    assert case.encounter.procedure == "L4-L5 fusion"
    assert [(m.modality, m.region) for m in case.modalities] == [("EMG", "lower")]


def test_a_certificate_behind_a_name_labels_nothing_in_the_next_column() -> None:
    case = read("Interpreting physician\tBettina Oyelaran, MD\tPlace during the case: [X] in this OR [ ] elsewhere [ ] off site")
    assert "Place" not in {person.name for person in case.encounter.professionals}


def test_a_dictation_kept_as_it_was_spoken_is_read_with_the_marks_it_names() -> None:
    text = (
        "dictating the monitoring report on Jane Roe comma medical record number 123456 period\n"
        "date of surgery march 4 comma 2025 period hospital is Tupelo Springs Medical Center comma inpatient period "
        "new paragraph\n"
        "surgeon colon doctor Mark Holloway comma M D comma who requested the monitoring period operation colon\n"
        "left retrosigmoid craniotomy period technologist was Gwen Ortiz comma C N I M comma in the room for a period of five\n"
        "hours period new paragraph\n"
        "monitoring began at 0912 hours and was concluded at 1507 hours period i was in the operating room comma\n"
        "on a stool comma from 0912 right through 1507 period i had no other patient that day period modalities colon\n"
        "median nerve S S E P period\n"
        "Electronically signed by Gail Dunleavy, MD, 03/05/2025 08:05\n"
    )
    case = read_case(read_bytes("dictation.txt", text.encode()))
    assert str(case.encounter.date_of_service) == "2025-03-04"
    assert monitoring(case) == [("09:12", "15:07")]
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("in_room", True)]
    assert [(m.modality, m.region) for m in case.modalities] == [("SSEP", "upper")]
    assert case.encounter.facility == "Tupelo Springs Medical Center"


def test_who_came_for_the_start_of_monitoring_and_stayed_until_a_time_ends_no_monitoring() -> None:
    case = read(
        "Monitoring 09:40-13:00.\n\nI came into OR 9 for the start of monitoring at 09:40 and did not leave until 11:15, at the\n"
        "surgeon's shoulder. I then drove to our hub, eleven miles away, and during the drive the technologist had no "
        "physician.\n"
        "From 11:45 to the end at 13:00 I watched remotely from the hub, live."
    )
    assert monitoring(case) == [("09:40", "13:00")]
    rows = [(row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in case.attendance if row.start and row.end]
    assert rows == [("in_room", "09:40", "11:15"), ("remote", "11:45", "13:00")]


def test_a_ledger_may_name_the_patient_by_herself_and_a_case_that_is_gone() -> None:
    case = read(
        "Monitoring 08:30 - 12:24\nReader's ledger. Remote workstation. Everything was read in real "
        "time.\n\nFrom\tTo\tOn the screens\n"
        "08:30\t10:10\tRoe, by herself\n10:10\t11:00\tRoe and, side by side with it, a lumbar case at another hospital\n"
        "11:00\t12:24\tRoe, by herself again (lumbar case taken over by a colleague)"
    )
    rows = [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]
    assert rows == [("08:30", "10:10", True), ("10:10", "11:00", False), ("11:00", "12:24", True)]


def test_a_long_entry_tells_in_its_first_sentence_what_happened() -> None:
    case = read(
        "TIME\tSRC\tEVENT\n07:44:18\tACQ\tBaseline set open: SSEP ulnar + post. tibial\n"
        "07:59:52\tACQ\tBaseline set closed and filed. Ulnar N20 1.1 uV L / 1.3 uV R. Tibial P37 0.6 / 0.7 uV, "
        "delayed 41 ms. MEP present in APB\n"
        "08:02:30\tACQ\tMONITORING ON\n08:11:50\tCHAT\tGD: Good morning. Agree with the baselines.\n12:16:33\tACQ\tMONITORING OFF"
    )
    found = [(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.kind == "baseline" and s.start and s.end]
    assert found == [("07:44", "07:59")]


def test_each_of_two_spells_has_what_is_said_of_cases_behind_it() -> None:
    case = read(
        "From 8:02 am we monitored, and we stopped at 3:10 pm.\n\n"
        "From 8:02 am until 12:20 pm I stood beside the machine in the operating room. In that time I had no other "
        "patient. At 12:20 pm\n"
        "I walked over to my desk in the office building across the street and carried on from there by the remote "
        "link until the stop\n"
        "at 3:10 pm. At the desk a second operation, an adult cervical case elsewhere, ran on my other monitor for "
        "that entire time."
    )
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("in_room", True), ("remote", False)]


CROSSED = """NEUROMONITORING REPORT
Patient: Jane Roe  MRN 441772  Date of surgery 03/04/2025
Operation: {operation}

{course}

EMG of the right abductor pollicis brevis and biceps, free-running.
Monitoring 08:10 to 11:30.
"""


@pytest.mark.parametrize(
    ("operation", "course", "contradicts"),
    [
        ("awake left frontal craniotomy for glioma", "No change.", False),
        ("left L4-L5 microdiscectomy", "No change.", True),
        ("clipping of RIGHT middle cerebral artery aneurysm", "The LEFT middle cerebral aneurysm was clipped at 10:22.", True),
    ],
)
def test_limbs_are_moved_by_the_other_half_of_the_brain(operation: str, course: str, contradicts: bool) -> None:
    text = CROSSED.format(operation=operation, course=course)
    assert bool(read_case(read_bytes("report.txt", text.encode())).laterality) is contradicts
