"""A report that holds all that a time code needs but what a test puts into it, so that one statement alone proves its point."""

from __future__ import annotations

from ionm_notes.audit import Audit, audit_payers
from ionm_notes.ingest import read_bytes

REPORT = """Elm Valley Hospital - Intraoperative neuromonitoring report
Patient: Ann Example   MRN 12345   DOB 01/02/1960    Inpatient (POS 21)
Date of surgery: 03/04/2025
Surgeon: Paul Cutter, MD, who ordered the monitoring
Procedure: C5-C6 anterior cervical discectomy and fusion
Indication: cervical myelopathy
Reader: Ada Hale, MD
Technologist: Max Teck, CNIM, in the operating room throughout
Anesthesia: propofol, remifentanil

Electrodes 07:10 - 07:30. Baselines 07:40 - 07:55, reproducible.
Monitoring 08:00 - 10:00. {said}

SSEP: median and tibial nerves, both sides. MEP: APB, TA, AH both sides.
No change was seen.
Impression: stable responses.

Electronically signed by Ada Hale, MD, 03/04/2025 12:00
"""


def audited(said: str) -> Audit:
    """The Medicare audit of the report with what is said of Dr. Hale's attendance."""
    [audit] = audit_payers(read_bytes("report.txt", REPORT.format(said=said).encode()), ("medicare",))
    return audit
