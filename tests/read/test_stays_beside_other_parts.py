"""Stays in a paragraph that tells of set-up and baselines too, absences behind a stay, and ends told behind their time."""

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

"""
TAIL = "\n\nElectronically signed: Adela Juarez, DO, 03/05/2025 18:20\n"


def day(body: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]], set[str]]:
    """Start and end of monitoring and of the rows of attendance, and the rules that were broken."""
    document = read_bytes("report.txt", (HEAD + body + TAIL).encode())
    (audit,) = audit_payers(document, ("medicare",))
    line = to_contract(audit, document)
    monitoring = [((s["start"] or "")[11:], (s["end"] or "")[11:]) for s in line["segments"] if s["kind"] == "monitoring"]
    rows = [((row["start"] or "")[11:], (row["end"] or "")[11:]) for row in line["attendance"]]
    return monitoring, rows, {finding["rule"] for finding in line["findings"]}


OWN = "I, Adela Juarez, DO, was physically in the operating room; I had no other case that day.\n\n"


@pytest.mark.parametrize(
    "away",
    [
        ", when I was called to the ward; Ms. Lee kept recording and no physician watched during my absence.",
        ", when I was called to the ward.",
        ", when the ward called me. Nobody watched in between.",
    ],
)
def test_a_paragraph_of_the_whole_day_tells_both_stays(away: str) -> None:
    body = (
        "Baselines ran from 8:32 AM to 8:52 AM. Monitoring began at 8:55 AM and ended at 3:20 PM. I was in the room from 8:55 AM "
        f"until 12:40 PM{away} I returned at 1:05 PM and stayed until the end at 3:20 PM."
    )
    monitoring, rows, rules = day(OWN + body)
    assert monitoring == [("08:55", "15:20")]
    assert rows == [("08:55", "12:40"), ("13:05", "15:20")]
    assert "not-real-time" not in rules


@pytest.mark.parametrize("behind", ["; nobody watched after that", ", no physician during her absence"])
def test_an_absence_behind_a_stay_is_not_the_stay(behind: str) -> None:
    _, rows, _ = day(
        f"Dr. Juarez was in the operating room from 8:55 AM until 12:40 PM{behind}.\n\n"
        "Monitoring began at 8:55 AM and ended at 3:20 PM."
    )
    assert rows == [("08:55", "12:40")]


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        (
            "I began to monitor at 2150 and watched live until 0235, when chest closure was under way and I ended.",
            "02:35",
        ),
        ("I began monitoring at 2150 and watched live until we stopped at 0235.", "02:35"),
        ("The nerve monitor was switched on at 2150 and stayed on until 0235.", "02:35"),
        ("I began to monitor at 2150 and watched live until 2335, when I was called away.", ""),
    ],
)
def test_ends_of_monitoring_behind_their_time(sentence: str, ends: str) -> None:
    monitoring, _, _ = day(OWN + "Baselines 2118 to 2142. " + sentence)
    assert monitoring == [("21:50", ends)]


def test_what_monitoring_was_for_may_stand_before_its_beginning() -> None:
    monitoring, rows, rules = day(
        "I, Adela Juarez, DO, supervised from our reading room in another town and had this single case. "
        "I watched live from 9:41, when monitoring for the turn to prone started. "
        "At 10:00 the operation was given up. Monitoring stopped at 10:03."
    )
    assert monitoring == [("09:41", "10:03")]
    assert rows == [("09:41", "10:03")]
    assert "time-conflict" not in rules


def test_that_somebody_could_be_reached_all_the_time_reaches_no_further_than_the_watch() -> None:
    document = read_bytes(
        "report.txt",
        (
            HEAD
            + "I read remotely, viewing the data live, one patient only, and was reachable by chat throughout.\n\n"
            + "Baselines 0931-0950. Monitoring 0958-1252. My connection to the stream: 1004-1252."
            + TAIL
        ).encode(),
    )
    (audit,) = audit_payers(document, ("medicare",))
    assert [(c["units"], c["status"]) for c in to_contract(audit, document)["codes"] if c["kind"] == "time"] == [
        (11, "supported")
    ]


def test_the_patients_stay_behind_the_parts_of_the_day_is_nobodys_watch() -> None:
    _, rows, _ = day(
        "Preparation began at 7:41 and was finished at 8:04. Baselines were recorded between 8:06 and 8:15. "
        "The monitoring itself went on from 8:20 to 10:53. The technologist took from 10:55 until 11:06 to take out the needles. "
        "The patient's stay in the operating room: 7:29 to 11:24, as the nurses wrote down.\n\n"
        "Dr. Juarez was outside the hospital and followed the recordings live there during the whole of the monitoring, "
        "for this one patient and nobody besides."
    )
    assert rows == [("08:20", "10:53")]


def test_a_second_place_told_with_one_end_is_not_swallowed() -> None:
    body = (
        "Dr. Juarez was in the operating room from 08:20 to 10:53, with no other case. "
        "Dr. Juarez followed from home until 10:53.\n\n"
        "Baselines 08:00-08:15. Monitoring 08:20 to 10:53."
    )
    document = read_bytes("report.txt", (HEAD + body + TAIL).encode())
    (audit,) = audit_payers(document, ("medicare",))
    line = to_contract(audit, document)
    assert {row["mode"] for row in line["attendance"]} == {"in_room", "remote"}
    assert not any(code["status"] == "supported" for code in line["codes"] if code["kind"] == "time")
