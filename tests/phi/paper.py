"""A small report of a made-up patient, and what a command left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

REPORT = """Intraoperative Neurophysiological Monitoring Report
Facility: Larkmoor Valley Hospital (inpatient)
Patient: Quillfeather, Desmond A    MRN: LV-4471902    DOB: 03/09/1951
Date of service: 04/17/2025
Surgeon: Ottoline Brask, MD
Procedure: L4-L5 posterior fusion
Professional: Hesper Vantongeren, MD, remote, exclusive attention to this one patient, real time, chat with the room
Technologist: Ivor Pellamy, CNIM, in the room throughout
0710-0735 setup
0740-0755 baselines obtained
0800 monitoring started
1034 monitoring ended
1040-1050 electrodes removed
Modalities: SSEP of ulnar and posterior tibial nerves both sides
Mr. Quillfeather tolerated the procedure well. Call 555-201-7788 for questions.
Electronically signed by Hesper Vantongeren, MD 04/17/2025 15:10
"""


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]
"""Runs the command line as a person would, in this process."""
