"""Parts of the time given to this patient alone, or shared with another case, within one note: each minute in its column."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit
from ionm_notes.ingest import read_bytes
from ionm_notes.types import COLUMNS, Audit

HEAD = """Patient: Doe, Jane   DOB 01/02/1960   MRN 123456
Date of surgery 04/08/2025   Fairview Hospital, inpatient
Surgeon: A. Stone, MD, requested monitoring    Procedure: T4-L2 fusion for scoliosis
Anesthesia: propofol, remifentanil
Monitoring from 08:00 to 12:00. Initial baselines 07:40 to 07:55.
B. Reed, MD, neurologist, monitored remotely in real time by secure chat with the room.
Technologist: C. Lane, CNIM, in the OR throughout.
SSEP of both tibial nerves at the ankles. No changes.
"""
TAIL = "\nImpression: stable.\nElectronically signed: B. Reed, MD 04/08/2025\n"
"""A note on 240 minutes of remote monitoring, without a word on exclusivity."""

STATED: dict[str, dict[str, int]] = {
    "I monitored two cases at the same time.": {"remote_shared": 240},
    "I monitored two cases at the same time. From 09:00 to 09:45 and from 10:30 to 11:00 my attention was given to this "
    "patient alone.": {"remote_exclusive": 75, "remote_shared": 165},
    "Two cases were watched. Time allocated to this patient alone: 08:00-08:45, 09:30-10:15, 11:00-11:30.": {
        "remote_exclusive": 120,
        "remote_shared": 120,
    },
    "Up to two cases at once. 15-minute slots given to this patient: 08:00, 08:15, 08:45, 09:30, 10:00.": {
        "remote_exclusive": 75,
        "remote_shared": 165,
    },
    "My attention was exclusively on this patient except from 09:00 to 09:30 and from 10:00 to 10:20, when a second case was "
    "also watched.": {"remote_exclusive": 190, "remote_shared": 50},
    "Undivided attention to this patient alone, except 09:00-09:30 when a second case was on my screen.": {
        "remote_exclusive": 210,
        "remote_shared": 30,
    },
    "A second case was monitored from 09:00 to 10:00 and a third from 10:30 to 11:00; otherwise my attention was exclusive to "
    "this patient.": {"remote_exclusive": 150, "remote_shared": 90},
    "I watched a second case from 09:00 to 10:00.": {"remote_shared": 60, "remote_unstated": 180},
    "My exclusive attention was given to this patient throughout.": {"remote_exclusive": 240},
}


def audited(words: str, payer: str = "medicare") -> Audit:
    return audit(read_bytes("report.txt", (HEAD + words + TAIL).encode()), payer)


def minutes_of(result: Audit) -> dict[str, int | None]:
    return {column: amount for column in COLUMNS if (amount := getattr(result.minutes, column)) != 0}


@pytest.mark.parametrize("words", STATED)
def test_every_minute_goes_to_the_column_that_the_note_gives_it(words: str) -> None:
    result = audited(words)
    assert minutes_of(result) == STATED[words]
    assert (result.minutes.monitoring_start, result.minutes.monitoring_end) != (None, None)
    assert sum(line.minutes for line in result.minutes.proof if line.column) == 240


def test_slots_are_added_before_they_are_rounded_and_only_they_are_exclusive() -> None:
    words = "Two cases were watched. Time allocated to this patient alone: 08:00-08:38, 10:00-10:22."
    times = [(line.code, line.units) for line in audited(words).codes if line.kind == "time"]
    assert times == [("G0453", 4)], "38 and 22 minutes are 60"
    assert [(line.code, line.units) for line in audited(words, "commercial").codes if line.kind == "time"] == [("95941", 4)]


def test_shared_parts_and_allocated_parts_are_reported_with_their_times() -> None:
    found = {f.rule: f.message for f in audited("Two cases were watched. Allocated to this case: 08:00-09:00.").findings}
    assert found["concurrent-cases"].endswith("180 min are shared and not allocated")
    assert "08:00 to 09:00" in found["allocated-time"]
    shared = {f.rule: f for f in audited("I watched a second case from 09:00 to 10:00.").findings}
    assert shared["concurrent-cases"].evidence
    assert "60 min" in shared["concurrent-cases"].message


def test_a_statement_of_the_whole_case_is_no_allocation() -> None:
    result = audited("I monitored this patient alone from 08:00 to 12:00 with my undivided attention.")
    assert result.case.allocated == ()
    assert minutes_of(result) == {"remote_exclusive": 240}
