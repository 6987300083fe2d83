"""Labels that no list holds, put together from a role, a thing and a form of asking; questions with their answers."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.read.fields import read_fields
from ionm_notes.read.reading import lay_out


def values(text: str, name: str) -> list[str]:
    reading = lay_out(read_bytes("form.txt", f"REPORT OF MONITORING\n\n{text}\n\nRemark: none\n".encode()))
    return [item.value(reading) for item in read_fields(reading).of(name)]


@pytest.mark.parametrize("separator", [": ", "\t", " = ", " - "])
@pytest.mark.parametrize(
    ("name", "label", "value"),
    [
        ("surgeon", "Surgeon in charge", "Mark Holloway, MD"),
        ("surgeon", "Principal surgeon", "Mark Holloway, MD"),
        ("professional", "Reader of record", "Dana Dunleavy, MD"),
        ("professional", "Covering neurophysiologist", "Dana Dunleavy, MD"),
        ("technologist", "Technologist on the case", "Gwen Juarez, CNIM"),
        ("technologist", "Theatre technologist", "Gwen Juarez, CNIM"),
        ("order", "Surveillance commissioned by", "Mark Holloway, MD"),
        ("order", "Request from", "Mark Holloway, MD"),
        ("patient", "Identity of patient", "Jane Roe"),
        ("dob", "Subject born", "12 Jun 1942"),
        ("mrn", "Case-note number", "5297025"),
    ],
)
def test_a_label_in_unknown_words_gives_its_value(name: str, label: str, value: str, separator: str) -> None:
    assert value in values(f"{label}{separator}{value}", name)


@pytest.mark.parametrize("between", [" ", "\n"])
@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("surgeon", "Who operated?", "Mark Holloway, MD"),
        ("order", "By whom was the monitoring ordered?", "Mark Holloway, MD"),
        ("technologist", "Which technologist made the recording?", "Gwen Juarez, CNIM"),
        ("patient", "Who was the patient?", "Jane Roe"),
    ],
)
def test_a_question_of_a_form_has_its_answer_beside_or_below_it(name: str, question: str, answer: str, between: str) -> None:
    assert answer in values(f"Q01. {question}{between}{answer}", name)


def test_the_record_number_is_no_numbness() -> None:
    case = read_case(read_bytes("report.txt", b"NEUROMONITORING REPORT\nFile number: 2990139\nMonitoring 08:10 to 11:30.\n"))
    assert case.elements["indication"].state == "absent"


def test_a_question_that_was_not_answered_is_no_order() -> None:
    case = read_case(read_bytes("report.txt", b"NEUROMONITORING REPORT\n8. By whom was the monitoring ordered? no entry\n"))
    assert case.elements["order"].state == "absent"


@pytest.mark.parametrize(
    "line",
    [
        "Signature of reader: Dana Dunleavy, MD at 14:29 on 02 Jul 2025",
        "Signatory Dana Dunleavy, MD (02 Jul 2025)",
        "Signed off electronically: Dana Dunleavy, MD, dated 02 Jul 2025",
        "signed in app: Dana Dunleavy, MD, 2025-07-02 15:17",
    ],
)
def test_a_signature_in_unknown_words_counts_with_its_date(line: str) -> None:
    elements = read_case(
        read_bytes("report.txt", f"NEUROMONITORING REPORT\nReader: Dana Dunleavy, MD\n\n{line}\n".encode())
    ).elements
    assert elements["signature"].state == elements["signature_datetime"].state == "present"


@pytest.mark.parametrize(
    "line", ["Signature of patient: Jane Roe 07/02/2025", "Signature of reader: ______", "Signed off at 14:29"]
)
def test_another_person_s_signature_and_an_empty_line_are_none(line: str) -> None:
    elements = read_case(
        read_bytes("report.txt", f"NEUROMONITORING REPORT\nReader: Dana Dunleavy, MD\n\n{line}\n".encode())
    ).elements
    assert elements["signature"].state == "absent"


@pytest.mark.parametrize("form", ["{0}: {1}", "{0} <{1}>", "{0} -- {1}", "{0} = {1}"])
def test_formal_labels_are_read_whatever_parts_them_from_their_values(form: str) -> None:
    told = (
        ("Name in Full (Patient)", "Vera Moss"),
        ("Date on Which Service Was Rendered", "12 March, 2026"),
        ("Surgeon Performing the Intervention", "Mark Holloway, MD"),
        ("Monitoring Undertaken by Order Of", "Mark Holloway, MD"),
        ("Interpreting Professional of Record", "Laura Ashworth, MD"),
        ("Technologist in Charge of Recording", "Jonas Jamison, CNIM"),
        ("Situation of the Supervising Person", "departmental office in the hospital, not the operating room"),
        ("Operations Supervised Simultaneously", "one"),
        ("Monitoring", "07:55 to 10:40"),
    )
    case = read_case(read_bytes("note.txt", "\n".join(["REPORT", *(form.format(*pair) for pair in told)]).encode()))
    assert [person.name for person in case.encounter.professionals] == ["Laura Ashworth"]
    assert [person.name for person in case.encounter.technologists] == ["Jonas Jamison"]
    assert [(row.mode, row.exclusive) for row in case.attendance] == [("nearby", True)]


BELOW = """Date of Service Rendered:
    17 May 2024
Surgeon Performing the Intervention:
    Mark Holloway, MD
Interpretation Entrusted To:
    Dana Dunleavy
Monitoring Physician of Record:
Technologist in Charge of Recording:
    Gwen Juarez
Maintenance of Anaesthesia:
    propofol and remifentanil
"""


def test_a_form_may_have_each_value_below_its_label_and_one_label_without_a_value() -> None:
    assert values(BELOW, "surgeon") == ["Mark Holloway, MD"]
    assert values(BELOW, "professional") == ["Dana Dunleavy", ""]
    assert values(BELOW, "technologist") == ["Gwen Juarez"]


def test_one_label_above_another_line_takes_nothing_from_it() -> None:
    assert values("Reading physician:\n    Electrodes were placed", "professional") == [""]
