"""Which part may state what: covers, forms and other people's records never say who monitored, when and how."""

from __future__ import annotations

import pytest
from packet_pages import COVER, LOG, OPERATIVE, REPORT, TOP, document

from ionm_notes.read import read_case
from ionm_notes.types import Case

ANESTHESIA = [
    "ANESTHESIA RECORD",
    *TOP,
    "Anesthesiologist: Nils Orr, MD",
    "Anesthesia start: 06:50    Anesthesia stop: 11:40",
    "07:05    Induction, propofol",
    "07:10    Intubated",
    "ASA class 2",
    "07:15    Monitoring started: ECG, SpO2, NIBP",
]


def span(case: Case) -> tuple[str, str]:
    segment = next(segment for segment in case.segments if segment.kind == "monitoring")
    assert segment.start
    assert segment.end
    return segment.start.strftime("%H:%M"), segment.end.strftime("%H:%M")


def test_times_of_the_anesthesia_record_are_none_of_monitoring() -> None:
    case = read_case(document(ANESTHESIA, REPORT))
    assert span(case) == ("08:02", "11:17")
    assert case.conflicts == ()
    assert case.encounter.anesthesia_stop
    assert case.encounter.anesthesia_stop.strftime("%H:%M") == "11:40"


def test_the_surgeon_comes_from_the_operative_note_where_the_report_names_none() -> None:
    case = read_case(document(OPERATIVE, REPORT))
    assert case.encounter.surgeon
    assert case.encounter.surgeon.name == "Otto Brandvold"
    assert case.elements["surgeon"].state == "present"
    assert case.elements["surgeon"].evidence[0].page == 1


def test_a_surgeon_who_is_named_otherwise_in_the_operative_note_is_told() -> None:
    report = [*REPORT[:3], "Surgeon: Vera Lindqvist, MD", *REPORT[3:]]
    case = read_case(document(OPERATIVE, report))
    assert case.encounter.surgeon
    assert case.encounter.surgeon.name == "Vera Lindqvist"
    assert [note.message for note in case.notes] == ["The surgeon is Vera Lindqvist in one part and Otto Brandvold in another"]


def test_a_reader_who_is_the_surgeon_of_the_operative_note_monitors_his_own_operation() -> None:
    note = [line.replace("Otto Brandvold", "Ida Marsh") for line in OPERATIVE]
    case = read_case(document(note, REPORT))
    assert case.operator_monitors
    assert case.only_operator_monitors
    assert case.attendance == ()


def test_the_side_of_the_operation_is_held_against_the_operative_note() -> None:
    note = [line.replace("C5-C6 anterior", "Left C5-C6 anterior") for line in OPERATIVE]
    report = [line.replace("Procedure: C5", "Procedure: Right C5") for line in REPORT]
    assert len(read_case(document(note, report)).laterality) == 1
    assert read_case(document(note, [line.replace("Right", "Left") for line in report])).laterality == ()


def test_a_date_of_surgery_that_differs_leaves_the_time_codes_open() -> None:
    note = [line.replace("01/15/2025", "01/16/2025") for line in OPERATIVE]
    case = read_case(document(note, REPORT))
    assert [(conflict.subject, conflict.chosen, conflict.rejected) for conflict in case.conflicts] == [
        ("the date of service", "2025-01-15", "2025-01-16")
    ]


def test_the_cover_names_nobody() -> None:
    case = read_case(document(COVER, REPORT))
    assert [person.name for person in case.encounter.professionals] == ["Ida Marsh"]
    assert case.encounter.surgeon is None


def test_the_log_outranks_the_summary_of_the_report() -> None:
    log = [line.replace("11:17", "11:05") for line in LOG]
    case = read_case(document(REPORT, log))
    assert span(case) == ("08:02", "11:05")
    assert "log" in case.conflicts[0].why


def test_a_report_without_a_date_is_read_on_the_day_of_the_operative_note() -> None:
    undated = [line for line in REPORT if not line.startswith("Date of service")]
    case = read_case(document(OPERATIVE, [line.replace(" on 01/16/2025", "") for line in undated]))
    assert str(case.encounter.date_of_service) == "2025-01-15"
    assert all(segment.start is None or segment.start.year == 2025 for segment in case.segments)


TICKET = [
    "PROFESSIONAL CHARGE TICKET",
    *TOP,
    "Line  Code  Mod  Units",
    "1  G0453  26  18",
    "2  95938  26  1",
    "Total monitoring minutes charged: 270",
    "Keyed by: R. Tolland, charge entry",
]


def test_the_minutes_of_a_charge_ticket_are_a_stated_total() -> None:
    case = read_case(document(TICKET, REPORT))
    assert [(total.kind, total.amount, total.evidence[0].page) for total in case.totals] == [("minutes", 270, 1)]


SHEET = [
    "1 of 2: Monitoring face sheet",
    *TOP,
    "Monitoring: 08:02 to 11:17",
    "Professional charges",
    "CPT    Mod    Units",
    "95940    26    13",
]


def test_times_of_a_charge_sheet_that_are_not_those_of_the_log_leave_the_time_codes_open() -> None:
    log = [line.replace("11:17", "10:52") for line in LOG]
    untimed = [line for line in REPORT if not line.startswith("Monitoring:")]
    case = read_case(document(SHEET, log, untimed))
    assert span(case) == ("08:02", "10:52")
    assert [(conflict.subject, conflict.chosen, conflict.rejected) for conflict in case.conflicts] == [
        ("the end of monitoring", "10:52", "11:17")
    ]
    assert read_case(document(SHEET, LOG, untimed)).conflicts == ()
    early = [line.replace("08:02 to 11:17", "8:02 to 11:30") for line in SHEET]
    removed = [*LOG, "11:17    Electrode removal started", "11:30    Electrodes removed"]
    assert read_case(document(early, removed, untimed)).conflicts == ()  # a span with the removal in it


def test_the_record_of_the_operation_may_name_the_technologist_and_say_that_she_stayed() -> None:
    operation = [
        *OPERATIVE,
        "Neuromonitoring technologist: Gwen Juarez, CNIM - in OR 11 from set-up to electrode removal, not relieved",
    ]
    report = [line for line in REPORT if "echnologist" not in line]
    case = read_case(document(operation, report))
    assert case.elements["technologist"].state == "present"
    assert case.elements["technologist_presence"].state == "present"


@pytest.mark.parametrize(
    ("title", "line", "day"),
    [
        ("RECORDS REQUEST 25-0931", "Date of operation: 01/15/2025", "2025-01-15"),
        ("APPEAL LETTER\nDenial letter of 03/02/2025", "Date of service: 01/15/2025", "2025-01-15"),
        ("FACE SHEET\nGuarantor: same. Marital: single", "Surgery date: 01/15/2025", "2025-01-15"),
        ("RECORDS REQUEST 25-0931", "Date: 02/20/2025", "None"),
        ("Prior authorization request", "Date of surgery: 01/15/2025", "None"),
        ("RECORDS REQUEST 25-0931", "Planned date of surgery: 01/15/2025", "None"),
    ],
)
def test_the_day_may_stand_on_a_letter_that_looks_back_on_it(title: str, line: str, day: str) -> None:
    letter = [*title.split("\n"), TOP[0], line, "Surgeon: Otto Brandvold, MD"]
    report = [row.replace(" on 01/16/2025", "") for row in REPORT if not row.startswith("Date of service")]
    case = read_case(document(letter, report))
    assert str(case.encounter.date_of_service) == day
    assert case.elements["date_of_service"].state == ("absent" if day == "None" else "present")
    assert case.encounter.surgeon
