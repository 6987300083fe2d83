"""A reader's load by a session log that counts open cases, and by rooms that a sentence numbers."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Ann Bell   MRN: 44821  DOB: 02/03/1960
Date of service: 03/04/2025
Facility: Grace Hospital, inpatient
Surgeon: Paul Stone, MD, who requested monitoring
Technologist: Kim Lee, CNIM, in the operating room throughout
Interpreting physician: Adela Juarez, DO
Procedure: C3-C6 laminoplasty for cervical myelopathy with cord compression
Modalities: SSEP of median and posterior tibial nerves, both sides.

Dr. Juarez watched live off site from 08:00 to 11:30, in text contact with the room.
Baselines 07:42-07:56.
Monitoring from 08:00 to 11:30.
"""
TAIL = "\n\nElectronically signed: Adela Juarez, DO, 03/04/2025 18:20\n"


def told(body: str) -> tuple[list[tuple[str, str, bool | None]], list[tuple[int | None, str]]]:
    """Start, end and exclusivity of each row of attendance; units and status of the time codes for Medicare."""
    document = read_bytes("report.txt", (HEAD + body + TAIL).encode())
    (audit,) = audit_payers(document, ("medicare",))
    line = to_contract(audit, document)
    rows = [(row["start"][11:], row["end"][11:], row["exclusive"]) for row in line["attendance"]]
    return rows, [(code["units"], code["status"]) for code in line["codes"] if code["kind"] == "time"]


LOG = """
Reader session audit, Juarez A

Event\tTime\tAction\tCase\t{heading}
101\t07:31\tSession open\tC-4402\t1
102\t07:58\tSession open\tC-4405 (this case)\t2
103\t09:30\tSession close\tC-4402\t1
104\t11:30\tSession close\tC-4405 (this case)\t0

Open sessions before 09:30 were watched side by side. Between 09:30 and 11:30 case C-4405 had the reader's undivided attention.
"""


@pytest.mark.parametrize("heading", ["Cases open after", "Open sessions", "Concurrent cases now"])
def test_a_column_of_open_cases_parts_the_attention(heading: str) -> None:
    rows, codes = told(LOG.format(heading=heading))
    assert {row[2] for row in rows if row[1] <= "09:30"} == {False}
    assert {row[2] for row in rows if row[0] >= "09:30"} == {True}
    assert codes == [(8, "supported")]


def test_a_column_of_something_else_counts_no_cases() -> None:
    log = LOG.format(heading="Alerts").partition("\nOpen sessions")[0]
    rows, _ = told(log)
    assert rows == [("08:00", "11:30", None)]


@pytest.mark.parametrize(
    "body",
    [
        "Coverage: 08:00 to 09:30 room 4 exclusively; 09:30 to 10:30 rooms 4 and 11 concurrently; 10:30 to 11:30 room 4 only.",
        "I watched OR 4 alone from 08:00 to 09:30, ORs 4 and 11 from 09:30 to 10:30, and OR 4 alone until 11:30.",
        "I watched this case alone from 08:00 to 09:30, cases A and B from 09:30 to 10:30, and this one alone until 11:30.",
    ],
)
def test_two_rooms_in_one_breath_are_two_loads(body: str) -> None:
    rows, codes = told("\n" + body)
    assert rows == [("08:00", "09:30", True), ("09:30", "10:30", False), ("10:30", "11:30", True)]
    assert codes == [(10, "supported")]
