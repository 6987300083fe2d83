"""Two operative sessions on one day: the minutes of both count, the time between does not, studies stand once a session."""

from __future__ import annotations

from ionm_notes.audit import audit
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

HEAD = """Patient: Doe, Jane   DOB 01/02/1960   MRN 123456
Date of surgery 04/08/2025   Fairview Hospital, inpatient
Surgeon: A. Stone, MD, requested monitoring    Procedure: T4-L2 fusion for scoliosis
Anesthesia: propofol, remifentanil
Physician: B. Reed, MD, in the operating room, watching live, this patient only, speaking with the surgeon directly.
Technologist: C. Lane, CNIM, in the OR throughout.
SSEP of both tibial nerves at the ankles. No changes.
"""
BACK = """16:05 patient in OR
16:30 monitoring started, Dr. Reed in room
17:30 monitoring ended, Dr. Reed left
17:40 patient out of OR
"""
ONCE = """07:30 patient in OR
08:10 monitoring started, Dr. Reed in room
11:10 monitoring ended, Dr. Reed left
11:30 patient out of OR
"""
TAIL = "Impression: stable.\nElectronically signed: B. Reed, MD 04/08/2025\n"


def _audit(log: str) -> Audit:
    return audit(read_bytes("report.txt", (HEAD + log + TAIL).encode()), "medicare")


def test_an_ordinary_day_has_one_session() -> None:
    result = _audit(ONCE)
    assert result.case.sessions == 1
    assert result.minutes.in_room == 180
    assert [c.code for c in result.codes if c.kind == "base"] == ["95926"]


def test_a_return_to_the_operating_room_is_a_second_session() -> None:
    result = _audit(ONCE + BACK)
    assert result.case.sessions == 2
    assert result.minutes.in_room == 240, "180 and 60; the hours between count for nothing"
    base = [(c.code, c.units, c.status, c.edit) for c in result.codes if c.kind == "base"]
    assert base == [("95926", 1, "supported", "none"), ("95926", 1, "query", "modifier")]


def test_a_pause_without_leaving_the_room_is_no_second_session() -> None:
    log = ONCE.replace("11:10", "10:00 monitoring ended, table turned\n10:20 monitoring started\n11:10")
    assert _audit(log).case.sessions == 1
