"""Whom any words of the record put on the operating or anesthesia team cannot be paid for monitoring the same operation."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

ATTENDED = "Dr. Hale watched the signals live in the operating room from 08:00 to 10:00 and had no other case.\n\n"


def refused(said: str) -> bool:
    """Whether the time of the one professional is not billable."""
    return not [line for line in audited(ATTENDED + said).codes if line.kind == "time"]


def test_a_professional_of_whom_nothing_else_is_told_is_paid() -> None:
    assert [line.status for line in audited(ATTENDED).codes if line.kind == "time"] == ["supported"]


@pytest.mark.parametrize(
    "said",
    [
        "Anesthesiologist of record, sole provider: Ada Hale, MD",
        "Anaesthetist in sole charge: Ada Hale, MD",
        "Attending (anesthesia): Ada Hale, MD",
        "Anesthesia staff: A. Hale MD",
        "Anesthesia attending: Ada Hale, MD",
        "MDA: Hale",
        "Anesthesia care was given by Ada Hale, MD.",
        "Provider (anesthesia): Hale, Ada MD",
        "Anesthesia provider signature: Ada Hale MD",
        "Anesthetic given by Dr. A. Hale",
        "Dr. Hale induced and maintained anesthesia.",
        "Primary anesthesiologist - Ada Hale, MD",
        "Responsible for the anesthetic: Ada Hale, MD",
        "General anesthesia (Dr. Hale)",
        "Ada Hale, MD, anesthesiologist",
        "Anesthesia record kept by: A. Hale, MD",
        "Anesthesiologist (10:00-16:00) Ada Hale, MD",
        "Anesthesia: Tom Birch CRNA under A. Hale MD",
        "In charge of anaesthesia was Dr Hale",
        "Dr. Hale, who also gave the anesthetic",
        "CRNA Tom Birch, medically directed by Dr. Hale",
        "First assistant: Ada Hale, MD",
        "Asst: A. Hale MD",
        "Co-surgeon: Ada Hale, MD",
        "Assisted by Dr. Hale",
        "Surgeons: B. Forsgren, MD; A. Hale, MD",
        "Dr. Hale assisted the surgeon.",
        "Carotid exposed by Dr. Hale",
        "Performed with Dr. Hale assisting",
        "Second surgeon Ada Hale MD",
        "Surgical assistant of record: Ada Hale, MD",
    ],
)
def test_words_of_the_operating_team_beside_the_name_refuse_the_time(said: str) -> None:
    assert refused(said)


@pytest.mark.parametrize(
    "said",
    [
        "Anesthesia: Tom Birch, MD. Dr. Hale was told of the agent.",
        "Anesthesia told by Dr. Hale to lighten",
        "Anesthesiologist: Tom Birch, MD",
        "Assistant: Jo Marsh PA-C",
        "Anesthesia, Dr. Forsgren and Dr. Hale agreed on the shunt",
        "TIVA at the request of Dr. Hale",
        "Dr. Hale asked anesthesia for a higher pressure",
        "Dr. Hale told the anesthesiologist",
        "Anesthesia record, see Dr. Hale's report for EEG",
        "Surgeon informed by Dr. Hale",
        "Surgeon: B. Forsgren, MD  Reader: A. Hale, MD",
        "The surgeon asked Dr. Hale for monitoring",
        "Anesthesia (Tom Birch MD), neurophysiology (Dr. Hale)",
        "Anesthesia: per Dr. Hale no relaxant",
        "The assistant called Dr. Hale in",
        "Technologist assisted by Dr. Hale with the montage",
        "09:12 Hale: anesthesia has lightened",
        "Reader: Ada Hale, MD | Anesthesia: propofol",
        "Other viewers opened by Hale: none",
        "Ada Hale, MD, assistant professor of neurology",
    ],
)
def test_words_of_the_team_that_are_not_of_the_professional_change_nothing(said: str) -> None:
    assert not refused(said)


@pytest.mark.parametrize(
    "said",
    [
        "Anesthesiologist of record and monitoring physician: Ada Hale, MD",
        "Monitoring physician / anesthesiologist: Ada Hale, MD",
        "I read the EMG screen in the operating room in real time, in addition to giving the anesthetic (sevoflurane).",
        "I watched the signals live while administering the anesthetic.",
        "I put in the tube with Dr. Lange of anesthesia, checked the impedances and watched the screen live while operating.",
        "I looked at the traces as I dissected.",
        "I listened to the loudspeaker while I was doing the dissection.",
    ],
)
def test_who_has_both_parts_by_one_label_or_by_his_own_words_is_not_paid(said: str) -> None:
    assert refused(said)


@pytest.mark.parametrize(
    "said",
    [
        "I watched from the desk while the resident was giving the anesthetic.",
        "I watched the screen live while the surgeon was operating.",
        "Anesthesiologist: Tom Birch, MD, monitoring physician: Ada Hale, MD",
    ],
)
def test_one_label_for_each_of_two_people_gives_nobody_both_parts(said: str) -> None:
    assert not refused(said)


LETTER = """Section of Head and Neck Surgery
August 16, 2024
Re: Imelda Fenn, hospital number 5540921, DOB 12/01/1959
Mrs. Fenn came to us as a hospital outpatient on August 14, 2024 for completion thyroidectomy.
I placed a tube with surface electrodes together with Dr. Lange of anesthesia and watched the screen live while operating.
The monitor ran from 9:05 a.m. to 11:10 a.m. The left vagus gave 480 microvolts.
Code\tUnits\tRemark
95940\t8\tmy time in the room, 125 min
Bertrand Orr, MD, FACS signed electronically 08/16/2024 08:15
"""


def test_time_that_a_surgeon_charges_for_watching_the_own_operation_is_named_as_not_reportable() -> None:
    [audit] = audit_payers(read_bytes("letter.txt", LETTER.encode()), ("medicare",))
    assert [person.name for person in (audit.case.encounter.surgeon,) if person] == ["Bertrand Orr"]
    assert {"monitor-is-operator", "billed-units-exceed"} <= {finding.rule for finding in audit.findings}
    assert ("95940", "monitor-is-operator") in [(item.code, item.rule) for item in audit.not_reportable]
    assert audit.case.attendance == ()
