"""Small documents made of plain lines, for tests of parts."""

from __future__ import annotations

from ionm_notes.ingest import read_bytes
from ionm_notes.types import Document

TOP = ["Patient: Ashdown, Odalys    DOB: 02/03/1961    MRN: 417-24505", "Date of service: 01/15/2025"]
REPORT = [
    "INTRAOPERATIVE NEUROPHYSIOLOGIC MONITORING REPORT",
    *TOP,
    "Facility: Larkhill Hospital, inpatient. Procedure: C5-C6 anterior cervical discectomy and fusion",
    "Supervising neurophysiologist: Ida Marsh, MD, remote. Technologist: Per Holm, CNIM",
    "Monitoring: 08:02 to 11:17",
    "SSEP of the median and tibial nerves on both sides. Baselines were present with normal amplitudes and latencies.",
    "I watched the waveforms in real time. Impression: no change.",
    "Electronically signed by Ida Marsh, MD on 01/16/2025",
]
OPERATIVE = [
    "OPERATIVE REPORT",
    *TOP,
    "Surgeon: Otto Brandvold, MD",
    "PREOPERATIVE DIAGNOSIS: cervical myelopathy",
    "PROCEDURE PERFORMED: C5-C6 anterior cervical discectomy and fusion",
    "Estimated blood loss: 80 mL. Specimens: none.",
]
COVER = ["FAX COVER SHEET", "To: Prudence Holloway, MD", "From: Records", "Number of pages: 3", "CONFIDENTIAL"]
LOG = [
    "TECHNOLOGIST LOG",
    *TOP,
    "08:02    Monitoring started",
    "09:15    SSEP stable, electrodes checked",
    "11:17    Monitoring ended",
]


def document(*pages: list[str], name: str = "packet.txt") -> Document:
    """A document of plain text, one list of lines a page."""
    return read_bytes(name, "\f".join("\n".join(page) for page in pages).encode())
