"""Who the patient is, in whatever layout or sentence the record says it, and what is no identity."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

REST = """

L4-L5 laminectomy. SSEP of the tibial nerves recorded. Surgeon Mark Holloway, MD. Reader: Dana Dunleavy, MD.
Tech: Gwen Juarez, CNIM.
Monitoring 08:10 to 11:30.
Signed electronically by Dana Dunleavy, MD 03/04/2025
"""


def read(head: str) -> Case:
    return read_case(read_bytes("report.txt", f"NEUROMONITORING REPORT\n{head}{REST}".encode()))


@pytest.mark.parametrize(
    "head",
    [
        "Name / born\tJuniper Halloran / 07/15/1990\nRecord no.\tGD-44021",
        "Name & birth date: Juniper Halloran, 07/15/1990",
        "This is a dictation on Doe, J, medical record number 4417822, surgery of March 4 2025.",
        "Ms. Roe is a 54-year-old woman, MRN 441-77-20.",
        "Jane Roe, a 54 year old female (hospital no. 77120), underwent surgery on 03/04/2025.",
        "Edmund Illingworth   Person operated on\n05 Oct 1952   Birth (date)\n7007623   Unit number",
        "Edmund Illingworth\nPatient\n05 Oct 1952\nDate of birth",
        "NAME            UNIT NO.      BORN\nJane Roe        4417-22       02 Jan 1970",
        "RE: Jane Roe\nHosp. no. 4417722",
        "pt J.R., MRN 5508-21",
        "Case: R.D., chart 550821 2025-03-04",
        "Jane Roe\n02/01/1970 (DOB)\n4417722 (MRN)",
        "Client [Jane Roe] Birth [Jan 2 1970]",
        "pt_first_last=Jane Roe\npt_dob=1970.01.02",
        "*** Jane Roe *** acct 44177201 ***",
        "Person under surgery ....... Jane Roe\nHospital chart no. ....... 4417722",
        "Thank you for letting us follow Mrs. Jane Roe, date of birth January 2, 1970, during her operation of March 4, 2025.",
        "On March 4, 2025, Jane Roe (date of birth Friday, 2 January 1970) underwent surgery.",
        "Mr Holloway's patient Jane Roe carries record no. 4417722.",
        "01. Who was operated upon? Jane Roe\n02. Her birthday? January 2 1970",
        "Patient / MRN / DOB   Jane Roe / 20-55613 / 11-02-1969",
        "Roe-Unger, Jane | HU 61-4470 | 3 May 1955\nDate of surgery 4 March 2025",
        "I monitored Jane Roe, whose chart number is 4417722, on March 4, 2025.",
    ],
)
def test_a_name_and_a_second_identifier_are_found_in_any_layout(head: str) -> None:
    element = read(head).elements["patient_identity"]
    assert element.state == "present"
    assert len(element.evidence) >= 2


@pytest.mark.parametrize(
    "head",
    [
        "Patient: Jane Roe\nOrder number 4417722\nDate of surgery 03/04/2025",
        "Patient: Jane Roe\nFax 555-0144",
        "Patient: Jane Roe, 54 y/o, case 12, report no. 88231",
        "MRN 4417722\nOperation 03/04/2025",
        "Patient: Jane Roe\nDate of birth: ____\nMRN: not on file\nDate of surgery: 03/04/2025",
        "Jane Roe\nMonitoring 03/04/2025\nPhone 5550144233\nNPI 1234567893",
        "Name:\nDOB: 01/02/1970\nSurgeon: Mark Holloway, MD",
        "Patient: Jane Roe\nACCOUNT\n95938-26 x 1",
    ],
)
def test_half_an_identity_is_none(head: str) -> None:
    assert read(head).elements["patient_identity"].state == "absent"


@pytest.mark.parametrize(
    "other",
    [
        "Trend of Ann Jessop (birth Mon 05 Nov 1956, file 94794722): level.",
        "Ann Jessop / 2/5/1937 / 99854956: no alerts.",
        "Patient of record: Ann Jessop, date of birth Fri 03/05/1965, medical record 97746700; tracings unremarkable.",
        "Tracing labelled with date of birth Sunday, 05 June 1938, chart number 95420179: unremarkable.",
    ],
)
def test_another_patient_in_the_text_is_seen_by_the_birth_date(other: str) -> None:
    assert len(read(f"Patient: Jane Roe\nDOB: 01/02/1970\nDate of surgery: 03/04/2025\n\n{other}").patients) > 1


@pytest.mark.parametrize(
    "line", ["Facility name=Pinecrest Regional Hospital", 'Study name="Cerebral EEG"', "Name Tobias Achterberg, MD"]
)
def test_the_name_of_something_else_is_no_second_patient(line: str) -> None:
    assert len(read(f"Patient: Jane Roe\nDOB: 01/02/1970\n{line}").patients) == 1


def test_a_date_that_stands_before_the_next_label_is_no_birth_date() -> None:
    case = read("Edmund Illingworth   Subject\n19521005   Birthdate\n7007623   Subject MRN\n20250304   Date of surgery")
    assert case.encounter.date_of_service is not None
    assert case.encounter.date_of_service.isoformat() == "2025-03-04"
    assert len(case.patients) < 2


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("GRANTHAM TOWER HOSPITAL\nCasimir Lovegrove, DOB 5/19/1984, MRN GT-71530.", "Casimir Lovegrove"),
        (
            "Greywater Memorial Hospital - Notes viewer\nELLINGBOE, Nathaniel - 1984-07-19 - MRN 903-55-218",
            "ELLINGBOE, Nathaniel",
        ),
        ("SITE Harrow Bend Hospital\nPATIENT Fenwick, Rosamund ID 2290-C", "Fenwick, Rosamund"),
        ("Fort Linden Trauma Center\nYoung man: Casimir Thorne, trauma number TR-90441, born 21.06.2001.", "Casimir Thorne"),
    ],
)
def test_the_name_of_a_hospital_is_no_patients(head: str, name: str) -> None:
    [shown, *_] = read(head).elements["patient_identity"].evidence
    assert name in shown.text
