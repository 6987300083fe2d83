"""Words of exclusivity that are said of something else than the professional's cases prove nothing of them."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

ATTENDED = (
    "Dr. Hale watched the signals live from her home office from 08:00 to 10:00, with a chat window open to the technologist.\n\n"
)


def status(said: str) -> str:
    """Of the time code, where nothing but what is said could prove the professional's sole attention."""
    audit = audited(ATTENDED + said)
    return next((line.status for line in audit.codes if line.code == "G0453"), "none")


@pytest.mark.parametrize(
    "said",
    [
        "This was her only case.",
        "Concurrent cases: none",
        "Dr. Hale watched this patient alone.",
        "I had no case but this one on my screens.",
        "Her attention was undivided.",
    ],
)
def test_sole_attention_of_the_professional_is_believed(said: str) -> None:
    assert status(said) == "supported"


@pytest.mark.parametrize(
    "said",
    [
        "The technologist had no other room that day.",
        "Dr. Hale monitored one patient in the morning.",
        "The surgeon asked that I give this case my full attention.",
        "1:1 attestation: unsigned",
        "Exclusive:",
        "If no other case is open the reader's rate is lower.",
        "Dr. Hale was to have only this case, according to the schedule.",
        "NeuroLink guarantees one-to-one reading.",
        "The room was used exclusively for spine surgery.",
        "Undivided attention: [ ] yes [ ] no",
        "Exclusive to this patient (Y/N)",
        "Dr. Hale intended to keep this as her only case.",
        "Tomorrow I have only one case.",
        "It was the only case that day with a change of the signals.",
        "The order is for one physician to monitor one patient.",
        "Single-patient use electrodes were discarded.",
        "The day before, Dr. Hale had had this one case only.",
        "Max Teck was assigned to this room only.",
        "One technologist for one patient, as our policy demands.",
        "Company policy: one reader, one patient.",
        "This was the only case on the surgeon's list.",
        "Only one operation took place in OR 4 that day.",
        "Each reader may follow up to three cases.",
        "Exclusive use of total intravenous anesthesia.",
        "No other operating room was running in the hospital.",
        "The surgeon had no other cases.",
        "Dedicated IONM line to the operating room.",
        "A dedicated technologist stayed with the patient.",
        "The amplifier was used for this patient alone.",
        "The monitor was reserved for this patient.",
        "Anesthesia was devoted to this case alone.",
        "Single case summary.",
        "Case 1 of 1 for the surgeon.",
        "Number of rooms on the site: 1",
        "Case load of the hospital that day: one",
        "One patient per report.",
        "Reader assignment: Hale",
        "Reading is done case by case.",
        "The technologist attended only this patient.",
        "The tech's sole case.",
        "He never left this patient.",
        "Sole purpose of the monitoring was to protect the cord.",
        "Full attention was given to the left leg.",
        "All attention was on the facial nerve.",
        "Undivided responsibility of the surgeon.",
        "The report is about this patient only.",
        "Monitoring was limited to this patient's right side.",
        "Only this patient's data were stored.",
        "Dr. Hale was the only reader.",
        "Dr. Hale was the sole professional on the case.",
        "No second reader took part.",
        "No other physician was involved.",
        "Attention of the reader: see addendum",
        "One-on-one nursing.",
        "Concurrent cases: not recorded",
        "Other cases at the same time: ___",
        "Simultaneous cases: unknown",
        "Patients monitored simultaneously: [ ] one [ ] more",
        "The number of cases open was not documented.",
        "It is not recorded whether Dr. Hale had other cases.",
        "1:1 chat with the technologist was open.",
        "One-to-one supervision is our standard.",
        "Single-reader coverage.",
        "Reader coverage: single",
        "Tech coverage: 1:1",
        "1 tech : 1 patient",
        "Ratio technologist to patients 1:1",
        "Only one modality was followed.",
        "Exclusively intraoperative data were reviewed.",
        "Exclusive provider of IONM at this hospital.",
        "The room had one patient at a time.",
        "Surgeon's only case; reader unavailable for comment.",
        "Only one side was operated on.",
        "There was a single surgeon.",
        "Max Teck had this one room all day.",
        "The technologist's attention was undivided.",
        "Technologist: one room, one patient.",
        "CNIM dedicated to this room.",
        "Dedicated cart for this case.",
        "The case was the surgeon's last and only one.",
        "This patient was the only one with an anterior approach.",
        "No other patient had this complication.",
        "No other procedure was performed.",
        "No other nerve was at risk.",
        "She had one operation only.",
        "Only this operation was done under this anesthesia.",
        "The patient was alone in the recovery room.",
        "The patient lives alone.",
        "Screw by screw, one at a time.",
        "One lead at a time was tested.",
        "Only one event occurred.",
        "All cases are read by one physician at a time.",
        "Every patient deserves a reader of his own.",
        "The contract foresees one reader for each room.",
        "Our readers are limited to one case each.",
        "Exclusive rights of the vendor.",
        "Attention: report contains one case.",
        "Neuromonitoring for this patient only was ordered.",
        "The order covers this patient only.",
        "Billing for this patient only.",
        "Dr. Hale reads for this hospital only.",
        "Dr. Hale works for Elm Valley exclusively.",
        "Dr. Hale was assigned to OR 4.",
        "Dr. Hale was on call that day.",
        "Dr. Hale's only comment was the impression.",
        "Dr. Hale dedicated herself to teaching.",
        "One neurologist was on call.",
        "No other neurologist was available.",
        "Nobody else read the study.",
        "Only Dr. Hale had access to the live view.",
        "Number of readers: 1",
        "Readers: one",
        "Patient count: 1",
        "Case number 1",
        "Room: one",
        "Other cases: see schedule",
        "Other rooms: see log",
        "Were other cases supervised? ____",
        "Concurrent supervision: refer to schedule",
        "Simultaneous monitoring: SSEP and MEP",
        "No simultaneous stimulation of both legs.",
        "Never more than one stimulator was on.",
        "SSEP and MEP were never run at the same time.",
        "Concurrent EEG: none",
        "Parallel recording: none",
        "Shared drive: none",
        "No shared electrodes",
        "Full concentration of propofol.",
    ],
)
def test_what_is_alone_in_another_way_leaves_a_query(said: str) -> None:
    assert status(said) == "query"


OPEN = """Operating room study record
Patient: Barnaby Eskildsen  Hospital no. L0091266
Date of surgery: Aug 26, 2025. Inpatient. Surgeon: Rafferty Osterholm, MD
Electromyographer: Rosalind Achebe-Farrow, MD. Technologist Isaura Penwarden, CNIM, was in the OR for the whole case.
Baselines run 08:52 - 09:05
Monitoring 09:10 - 12:00
Dr. Achebe-Farrow was in the OR 09:40 - 11:05.
{said}
Rosalind Achebe-Farrow, MD. Signed by me on Aug 27, 2025.
"""


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("While I was in the room I looked at nothing but this patient's traces, as they ran.", True),
        ("I looked after her alone, reading in real time.", True),
        ("I followed nothing but his responses.", True),
        ("I was in the room for her alone.", True),
        ("None of these hours was shared with another room.", True),
        ("No minute of this was split with another operation.", True),
        ("I looked at the left leg alone.", None),
        ("I looked at nothing but the left tibial trace.", None),
        ("The technologist looked after her alone.", None),
        ("I read only the free-running traces in that time.", None),
        ("No part of the resection was shared with another surgeon.", None),
        ("No part of this record may be shared with others.", None),
    ],
)
def test_alone_is_said_of_a_patient_and_of_time(said: str, alone: bool | None) -> None:
    rows = read_case(read_bytes("case.txt", OPEN.format(said=said).encode())).attendance
    assert [row.exclusive for row in rows] == [alone]
