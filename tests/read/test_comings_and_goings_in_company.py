"""However somebody says that he came and went, the hours between are the watch; what nobody can read is a query."""

from __future__ import annotations

import random

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

AWAY = (
    "I connected from home at",
    "I opened the stream at my house at",
    "I opened the OR 7 stream at my reading station at",
    "I came on from my office at",
    "I logged in from home at",
    "I was on the link from my office by",
    "I tuned in from home at",
    "I picked the case up from home at",
    "I pulled up the feed at home at",
    "I brought the case up on my home workstation at",
    "I put myself on the case from home at",
    "I clicked into the live feed from my office at",
    "I launched the viewer at my office at",
    "I switched the viewer on at home at",
    "I accessed the live stream from home at",
    "I began following from my office at",
)
THERE = (
    "I took my chair in the operating room at",
    "I sat down at the machine in OR 7 at",
    "I walked into OR 7 at",
    "I was seated in OR 7 at",
    "I settled in at the console in the operating room at",
    "I entered the theatre at",
    "I was at my place in OR 7 at",
)
GONE = (
    "and disconnected at",
    "and shut it at",
    "and got out of it at",
    "and left at",
    "and logged out at",
    "and went off at",
    "and signed off at",
    "and stayed until",
    "and did not leave until",
    "and let go of it at",
    "and hung up at",
    "and turned it off at",
    "and dropped off at",
    "and stepped out at",
    "and came off at",
    "and was there until",
    "and kept at it until",
    "and was done at",
    "and broke the connection at",
)
TIMES = (("7:52", "10:12"), ("0752", "1012"), ("07:52", "10:12"), ("7:52 AM", "10:12 AM"), ("7.52 am", "10.12 am"))
REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Date of service: 03/12/2026
Hospital: Saint Orla Hospital, inpatient
Procedure: C5-C6 anterior cervical discectomy and fusion for myelopathy
Surgeon: Mark Hathaway, MD, requested monitoring
Neurologist: Anna Ashworth, MD

SSEP median and tibial, both sides. MEP from APB and TA, both sides.

Setup 07:05 to 07:31. Baselines 07:34 to 07:50. Monitoring 07:55 to 10:40. Electrodes off 10:45 to 10:50.

{said} I watched live and had no other case. Chat with the technologist.

Impression: stable.
Electronically signed: Anna Ashworth, MD 03/12/2026
"""


def _audit(said: str) -> Audit:
    return audit_payers(read_bytes("report.txt", REPORT.format(said=said).encode()), ("medicare",))[0]


@pytest.mark.parametrize("part", range(3))
def test_the_hours_between_coming_and_going_are_the_watch(part: int) -> None:
    missed = []
    seeds = range(part * 30, (part + 1) * 30)
    for seed in seeds:
        draw = random.Random(seed)
        there = draw.random() < 0.4
        came, went = draw.choice(TIMES)
        said = f"{draw.choice(THERE if there else AWAY)} {came} {draw.choice(GONE)} {went}."
        audit = _audit(said)
        codes = [(code.code, code.units, code.status) for code in audit.codes if code.kind == "time"]
        want = [("95940" if there else "G0453", 9, "supported")]  # 07:55 to 10:12 are 137 minutes
        assert codes == want or not any(code[2] == "supported" for code in codes), (said, codes)
        if codes != want:
            missed.append((said, codes))
    assert len(missed) <= 1, missed


def test_a_coming_that_no_word_tells_is_asked_about() -> None:
    audit = _audit("I fiddled with the case from home at 8:52 and glued at 10:12.")
    codes = [(code.code, code.status) for code in audit.codes if code.kind == "time"]
    assert codes == [("G0453", "query")]
    assert audit.case.attendance_unread


def test_signals_at_a_time_are_nobodys_going() -> None:
    audit = _audit("Remote. Course: 0858 left V1 780 microvolts. 0914 left signal falls to 240; told over the audio link.")
    assert [(entry.start, entry.end) for entry in audit.case.attendance] == [(None, None)]


def test_a_drive_between_two_places_is_watched_by_nobody() -> None:
    audit = _audit(
        "I stood in OR 7 with Mr. Moss from 0755 to 0831. I then drove to our reading office on Mercer Avenue, "
        "which took until 0844, "
        "and from there I was on by network until 1030."
    )
    watched = [(f"{entry.start:%H%M}", f"{entry.end:%H%M}") for entry in audit.case.attendance if entry.start and entry.end]
    assert watched == [("0755", "0831"), ("0844", "1030")]
