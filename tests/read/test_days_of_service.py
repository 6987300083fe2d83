"""Which of several dates is the day of service: that of the operation, not that of the letter, the fax or the signature."""

from __future__ import annotations

from datetime import date

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.dates import find_dates

BODY = """
Thank you for asking me to follow the evoked potentials. I watched live from my office, by phone, from 08:10 to 11:20.
SSEP of median and tibial nerves and MEP of hands and feet stayed stable.
Impression: stable.
"""


@pytest.mark.parametrize(
    "head",
    [
        "Brightwell Neurology\n3 April 2025\nDr. Paul Cutter\nRe: A. Example, born 2 May 1960\nFusion, 2 April 2025\nDear Paul,",
        "Elm Valley, 3 April 2025\nDear Dr. Cutter, your patient Ann Example (2 May 1960) was monitored yesterday, 2 April 2025.",
        "From: Ada Hale\nTo: billing\nDate: Fri, 4 Apr 2025 10:12\nSubject: A. Example\n\nCase of 2 April 2025, inpatient.",
        "FAX\nTO: Coding\tDATE: 04/09/2025\nFROM: Hale Neurology\tPAGES: 2\nRE: Ann Example, DOS 04/02/2025",
        "Encounter dump run 2025-05-01\nPT: EXAMPLE, ANN  BORN 05/02/1960\nSVC DT 04/02/2025",
        "Ann Example\tDOB 5/2/1960\tMRN 12345\tseen 4/2/2025\nC5-C6 ACDF, Elm Valley Hospital, inpatient",
        "At your request evoked potentials were recorded on April 2, 2025 while you performed a C5-C6 fusion.",
        "12 April 2025\nRe: Ann Example, born 14 February 1961. Operation of 2 April 2025: removal of a schwannoma.",
        "4/3/25\nBilling question, Example, surgery 4/2/25",
        "Elm Valley Hospital, 3 April 2025\nAnn Example, born 2 May 1960: discectomy C5-C6 on 2 April 2025, inpatient.",
        "Admitted 04/01/2025. Discharged 04/05/2025. Surgery 04/02/2025.\nAnn Example DOB 05/02/1960, inpatient",
        "Date: 04/02/2025\nPatient: Ann Example DOB 05/02/1960\nOperation: C5-C6 ACDF\nPrior lumbar fusion 02/11/2025.",
        "Report date: 04/05/2025\nPatient: Ann Example DOB 05/02/1960\nOperation: C5-C6 ACDF (04/02/2025)",
        'Export run: 04/29/2025 09:14\nCONVERSATION "OR 11 IONM 04/02/2025"',
        "Elm Valley Hospital - inpatient\nIONM note, 04/02/2025\nACDF.\nADDENDUM to the note of 04/02/2025, entered 04/09/2025",
        "Monitoring note 04/02/2025\nC5-C6 ACDF\nLate entry 04/09/2025: times added at the hospital's request",
        "IONM 04/02/2025\nC5-C6 ACDF\nAmended on 04/09/2025 for the hospital",
        "Entered 04/09/2025. C5-C6 ACDF of 04/02/2025.",
        "The patient entered the operating room on 04/02/2025 for an ACDF. Typed 04/09/2025.",
        "3 April 2025\nNeurophysiology consultation during surgery of 2 April 2025, Elm Valley Hospital, inpatient",
        "Hale Neurology\n3 April 2025\nIntraoperative consultation at surgery on April 2, 2025",
        "Dictated 3 April 2025\nConsultation regarding the procedure of 2 April 2025",
        "Order for surgery 1 March 2025.\nOperation 2 April 2025",
        "Consultation before surgery of 1 March 2025. C5-C6 fusion on 2 April 2025.",
    ],
)
def test_the_day_is_that_of_the_operation(head: str) -> None:
    [audit] = audit_payers(
        read_bytes("r.txt", f"{head}\n{BODY}Signed electronically by Ada Hale, MD, 5 April 2025".encode()), ("medicare",)
    )
    assert audit.case.encounter.date_of_service == date(2025, 4, 2)


@pytest.mark.parametrize(
    "head",
    [
        "I attest that this is a true account of my professional service on April 2, 2025 to patient A.E.",
        "ATTESTATION\nMy services of April 2, 2025 were as follows. Ann Example, inpatient.",
        "Date of surgery: 04/02/2025. Ann Example",
    ],
)
@pytest.mark.parametrize(
    "foot", ["Signed: Ada Hale, MD, neurology\nDate: April 29, 2025", "Signature: /s/ Ada Hale, MD\nDate: 04/29/2025"]
)
def test_the_date_below_a_signature_is_that_of_signing(head: str, foot: str) -> None:
    [audit] = audit_payers(read_bytes("r.txt", f"{head}\n{BODY}{foot}".encode()), ("medicare",))
    assert audit.case.encounter.date_of_service == date(2025, 4, 2)
    assert [signature.at for signature in audit.case.signatures] == [date(2025, 4, 29)]


@pytest.mark.parametrize("head", ["Ann Example DOB 05/02/1960", "Printed 05/01/2025\nOrdered 03/11/2025. MRI 03/02/2025."])
def test_other_days_are_none(head: str) -> None:
    [audit] = audit_payers(read_bytes("r.txt", f"{head}\n{BODY}Electronically signed by Ada Hale, MD".encode()), ("medicare",))
    assert audit.case.encounter.date_of_service is None


@pytest.mark.parametrize(
    "written",
    [
        "May the twentieth, 2025",
        "May the 20th, 2025",
        "the twentieth of May, two thousand twenty-five",
        "May twentieth of 2025",
        "the twentieth day of May in the year 2025",
        "May the twentieth, twenty twenty-five",
        "twentieth of May, two thousand and twenty five",
    ],
)
def test_days_as_dictation_says_them(written: str) -> None:
    [found] = find_dates(f"Date of surgery is {written}.")
    assert found.value == date(2025, 5, 20)


@pytest.mark.parametrize(
    "told",
    [
        "night of 30 to 31 December 2025",
        "30/31 December 2025",
        "December 30-31, 2025",
        "December 30 into December 31, 2025",
        "30th to 31st Dec 2025",
        "12/30/25-12/31/25",
    ],
)
def test_a_night_is_of_the_day_on_which_it_began(told: str) -> None:
    assert [mention.value for mention in find_dates(told)] == [date(2025, 12, 30)]


@pytest.mark.parametrize("told", ["L3-4 March 2025", "from 2 to 4 March 2025", "11:30 - 4 March 2025", "T2-4 March 4, 2025"])
def test_levels_and_other_figures_before_a_date_are_no_day(told: str) -> None:
    assert [mention.value for mention in find_dates(told)] == [date(2025, 3, 4)]
