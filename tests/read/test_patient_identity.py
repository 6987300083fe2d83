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
        "Yolanda P., DOB 01/19/1971, hospital number 772-1408.",
        "Patient initials J D M, chart number 2 2 9 0 1 7.",
        "A reading of the recording of Mr. Horace B., chart 4471.",
        "Abel Zelenko, male, born 1 March 1957, hospital number W-700418.",
        "Pt label\tARCENEAUX, TEDDY / m / 5-5-51 / mr 190044",
        "Name\tConsuelo Ibarra\tClinic no.\t6-114-902",
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


@pytest.mark.parametrize(
    "head",
    [
        "Name / MRN     Bertrand O. Kinsolving / 70-11-8834",
        "Name / DOB / ID   Casimir Thorne / 1970-11-06 / 5582-LT",
        "Name / birth date: Felix Arbuthnot / 10 Oct 2012",
        "Name / DOB: Leopold Vance, 12/11/1983",
        "Patient / ID     Haverkamp, Osric 4730551",
        "Patient / record      Bernadine Ouellet-Shaw / NF 902241",
        "DOB / Member:  12/11/1983 / 55-2071\nName: Leopold Vance",
        "Pt name & acct: Jane Roe 4417722",
        "Patient name and MRN: Jane Roe, 4417722",
        "MRN / Patient: 4417722 / Jane Roe",
        "Name - MRN: Jane Roe - 4417722",
        "Name, age, MRN: Jane Roe, 55, 4417722",
        "Patient / account\nJane Roe / 4417722",
        "Last, first / MRN: Roe, Jane / 4417722",
        "1 Last, first: Castellane, Bruno   2 Birth date: 07/19/1963",
        "Name / DOB / DOS: Jane Roe / 01/02/1970 / 03/04/2025",
    ],
)
def test_one_label_for_name_and_number_is_both(head: str) -> None:
    assert read(head).elements["patient_identity"].state == "present"


@pytest.mark.parametrize(
    "head",
    [
        "Name / Role: Jane Roe / 4417722",
        "Patient / Room: Jane Roe / 4417",
        "Patient / study ID: Jane Roe / 4417722",
        "Patient / case / MRN: Jane Roe / 25-114",
        "Patient / date of surgery: Jane Roe / 03/04/2025",
        "Name / DOS / DOB: Jane Roe / 03/04/2025 /",
        "Name / NPI: Jane Roe / 1234567893",
        "Name / phone: Jane Roe / 555-0144",
        "Name / ID: Gwen Juarez / 4417722",
        "Surgeon / ID: Jane Roe / 4417722",
        "Name / MRN: Jane Roe / pending",
        "MRN / DOB: 4417722 / 01/02/1970",
        "Last, first electrode: 4417722",
    ],
)
def test_one_label_for_the_name_and_something_else_is_half_an_identity(head: str) -> None:
    assert read(head).elements["patient_identity"].state == "absent"


@pytest.mark.parametrize(
    "head",
    [
        "pt_last = Dombrowski-Faye\npt_first = Ludmila\npt_dob = 1957-11-02",
        "Last name: Roe\nFirst name: Jane\nMRN: 4417722",
        "First name: Jane\nMiddle name: B.\nLast name: Roe\nDOB: 01/02/1970",
        "Nakagawa     Bram     M     1972-08-03     QH441902",
        "Child: Theo Vandermolen-Ashby (record 00-71-4482)",
        "Re: Augustin Belmonte, member record 44-77120-A; surgery of March 4, 2025",
        "Patient   P. W., 14 y, rec. no. CRC-77120-3",
        "Summary you asked for: R.K., acct 88-4410277, laminectomy of yesterday",
    ],
)
def test_halves_of_names_and_initials_with_a_record_number_are_found(head: str) -> None:
    assert read(head).elements["patient_identity"].state == "present"


@pytest.mark.parametrize(
    "head",
    [
        "Last name: Juarez\nFirst name: Gwen\nID: 4417722",
        "Nakagawa     Bram     MD     2025-03-04     QH441902",
        "G.J., ID 88-4410277, technologist of the day",
        "R.K., ext 4410277",
        "Child: Theo Vandermolen-Ashby (record to follow)",
        "Patient: Jane Roe. The record 40 minutes in was lost.",
    ],
)
def test_numbers_of_staff_and_of_nothing_are_no_record_numbers(head: str) -> None:
    assert read(head).elements["patient_identity"].state == "absent"


@pytest.mark.parametrize(
    "words",
    [
        "date of birth 5 17 62",
        "account number A as in alpha 9 0 0 3 1 4 8",
        "account five five nine dash two one zero",
        "medical record\nfive five oh one two seven",
        "record number four zero seven seven one nine",
        "chart number is double five oh one two seven",
        "M R N five five oh one two seven",
        "chart forty-four seventeen twenty-two",
    ],
)
def test_a_number_dictated_figure_by_figure_is_one(words: str) -> None:
    assert read(f"This is dictated on Jane Roe, {words}, who is an inpatient.").elements["patient_identity"].state == "present"


@pytest.mark.parametrize(
    "words",
    [
        "room four zero seven",
        "extension four zero seven seven one nine",
        "in the record three of nine channels were quiet",
        "job number five five oh one two seven",
        "account four",
        "operated on 5 17 24",
    ],
)
def test_figures_of_something_else_in_a_dictation_are_no_record_number(words: str) -> None:
    assert read(f"This is dictated on Jane Roe, {words}, who is an inpatient.").elements["patient_identity"].state == "absent"


@pytest.mark.parametrize("label", ["pt label\t", "Patient sticker: ", "addressograph: "])
def test_the_label_that_a_hospital_prints_names_the_patient(label: str) -> None:
    case = read(f"{label}ARCENEAUX, TEDDY / m / 5-5-51 / mr 190044")
    assert case.elements["patient_identity"].state == "present"


def test_a_label_that_nobody_put_on_names_nobody() -> None:
    assert read("pt label\t__________").elements["patient_identity"].state == "absent"
