"""Edits that change one thing of a report's meaning change exactly what hangs on it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

HEAD = """Patient: Vera Moss   DOB: 02/03/1960   MRN: 123456
Date of service: 05/06/2025   Inpatient   Facility: Elm Hospital
Surgeon: Kim Stone, MD
Monitoring was ordered by Dr. Stone.
Procedure: C5-C6 anterior cervical discectomy and fusion
Indication: cervical myelopathy
Interpreting physician: Ada Wolfe, MD
Technologist: Bo Lind, CNIM, present in the operating room throughout
Anesthesia: propofol and remifentanil
SSEP: median nerve at the wrist, bilateral; posterior tibial nerve at the ankle, bilateral

"""
TAIL = """
Baseline responses were present and reproducible. No significant change was seen.
Interpretation: stable monitoring, no new deficit expected.
Electronically signed by Ada Wolfe, MD on 05/06/2025 at 14:00
"""
WATCHED = """Dr. Wolfe watched in real time from a remote reading center, in contact with the operating room by chat.
Her attention was exclusive to this one patient.
"""
REPORTS = {
    "log": HEAD
    + WATCHED
    + """
07:05 Electrode placement started
07:31 Electrode placement complete
07:35 Baseline recording started
07:50 Baselines complete
07:55 Monitoring started
08:20 Incision
10:15 All responses unchanged
11:40 Monitoring ended
11:45 Electrode removal started
11:55 Electrode removal complete
"""
    + TAIL,
    "prose": HEAD
    + WATCHED
    + """
Electrodes were placed from 07:05 to 07:31. Baselines were recorded from 07:35 to 07:50. Monitoring began at 07:55.
Monitoring ended at 11:40. Electrodes were removed from 11:45 to 11:55.
"""
    + TAIL,
    "form": HEAD
    + WATCHED
    + """
Set-up: 07:05 - 07:31
Baselines: 07:35 - 07:50
Monitoring start: 07:55
Monitoring end: 11:40
Electrode removal: 11:45 - 11:55
"""
    + TAIL,
}
LOGS = ("log",)


@dataclass
class Facts:
    """What of an audit can change: elements that are absent, minutes by column, codes and rules by payer."""

    absent: set[str]
    minutes: dict[str, int | None]
    codes: dict[str, set[tuple[str, int | None, str]]] = field(default_factory=dict)
    rules: dict[str, set[str]] = field(default_factory=dict)


def facts(text: str) -> Facts:
    audits = audit_payers(read_bytes("report.txt", text.encode()), ("medicare", "commercial"))
    minutes = audits[0].minutes
    columns = ("in_room", "in_room_shared", "remote_exclusive", "remote_shared", "remote_unstated")
    found = Facts(
        {name for name, element in audits[0].case.elements.items() if element.state == "absent"},
        {column: getattr(minutes, column) for column in columns if getattr(minutes, column) != 0},
    )
    for audit in audits:
        found.codes[audit.payer] = {(c.code, c.units, c.status) for c in audit.codes}
        found.rules[audit.payer] = {f.rule for f in audit.findings}
    return found


def change(before: Facts, after: Facts) -> dict[str, Any]:
    """What came and what went, by field; fields that stayed are left out."""
    found: dict[str, Any] = {}
    if before.absent != after.absent:
        found["absent"] = (after.absent - before.absent, before.absent - after.absent)
    if before.minutes != after.minutes:
        found["minutes"] = after.minutes
    for payer in before.codes:
        if before.codes[payer] != after.codes[payer]:
            found[f"codes {payer}"] = (after.codes[payer] - before.codes[payer], before.codes[payer] - after.codes[payer])
    return found


@pytest.fixture(params=sorted(REPORTS))
def report(request: pytest.FixtureRequest) -> str:
    return REPORTS[request.param]


def test_the_reports_are_whole(report: str) -> None:
    found = facts(report)
    assert found.absent == set()
    assert found.minutes == {"remote_exclusive": 225}
    assert found.codes["medicare"] == {("G0453", 15, "supported"), ("95938", 1, "supported")}
    assert found.codes["commercial"] == {("95941", 4, "supported"), ("95938", 1, "supported")}


def test_without_a_word_on_exclusivity_the_minutes_move_and_only_medicare_asks(report: str) -> None:
    edited = facts(report.replace("Her attention was exclusive to this one patient.\n", ""))
    assert change(facts(report), edited) == {
        "absent": ({"exclusivity"}, set()),
        "minutes": {"remote_unstated": 225},
        "codes medicare": ({("G0453", 15, "query")}, {("G0453", 15, "supported")}),
    }


def test_with_other_cases_at_the_same_time_medicare_pays_no_time(report: str) -> None:
    shared = "Two other cases were watched at the same time."
    edited = facts(report.replace("Her attention was exclusive to this one patient.", shared))
    gone = (set(), {("G0453", 15, "supported")})
    assert change(facts(report), edited) == {"minutes": {"remote_shared": 225}, "codes medicare": gone}
    assert "concurrent-cases" in edited.rules["medicare"] - facts(report).rules["medicare"]


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_without_an_end_of_monitoring_no_time_is_supported(name: str) -> None:
    lines = ("11:40 Monitoring ended\n", "Monitoring ended at 11:40. ", "Monitoring end: 11:40\n")
    report = REPORTS[name]
    edited = report
    for line in lines:
        edited = edited.replace(line, "")
    before, after = facts(report), facts(edited)
    assert edited != report
    assert after.absent == {"monitoring_stop"}
    for payer in ("medicare", "commercial"):
        assert ("95938", 1, "supported") in after.codes[payer]
        assert not any(status == "supported" for code, _, status in after.codes[payer] if code != "95938")
        assert before.rules[payer] - after.rules[payer] == set()


def test_without_a_beginning_of_monitoring_counting_starts_at_the_end_of_baselines(report: str) -> None:
    edited = report
    for line in ("07:55 Monitoring started\n", " Monitoring began at 07:55.", "Monitoring start: 07:55\n"):
        edited = edited.replace(line, "")
    found = change(facts(report), facts(edited))
    assert found["absent"] == ({"monitoring_start"}, set())
    assert found["minutes"] == {"remote_exclusive": 230}
    assert {status for code, _, status in found["codes medicare"][0]} == {"query"}


@pytest.mark.parametrize(
    ("line", "element"),
    [
        ("Indication: cervical myelopathy\n", "indication"),
        ("Monitoring was ordered by Dr. Stone.\n", "order"),
        ("Anesthesia: propofol and remifentanil\n", "anesthesia"),
        ("   Facility: Elm Hospital", "facility"),
        (", present in the operating room throughout", "technologist_presence"),
    ],
)
def test_a_statement_taken_out_is_one_gap_and_moves_no_code(report: str, line: str, element: str) -> None:
    assert change(facts(report), facts(report.replace(line, ""))) == {"absent": ({element}, set())}


def test_unsigned_makes_every_code_a_query(report: str) -> None:
    edited = facts(report.replace("Electronically signed by Ada Wolfe, MD on 05/06/2025 at 14:00\n", ""))
    assert edited.absent == {"signature", "signature_datetime"}
    assert {status for lines in edited.codes.values() for _, _, status in lines} == {"query"}


def test_a_professional_without_credentials_is_asked_for(report: str) -> None:
    edited = facts(report.replace("Ada Wolfe, MD", "Ada Wolfe").replace("Dr. Wolfe", "Ada Wolfe"))
    found = change(facts(report), edited)
    assert found["absent"] == ({"professional"}, set())
    assert found["codes medicare"] == ({("G0453", 15, "query")}, {("G0453", 15, "supported")})


def test_an_interruption_is_taken_out_and_nothing_else_moves() -> None:
    report = REPORTS["prose"]
    edited = report.replace("Monitoring ended", "Monitoring was interrupted from 09:00 to 09:20 for imaging. Monitoring ended")
    assert change(facts(report), facts(edited)) == {
        "minutes": {"remote_exclusive": 205},
        "codes medicare": ({("G0453", 14, "supported")}, {("G0453", 15, "supported")}),
        "codes commercial": ({("95941", 3, "supported")}, {("95941", 4, "supported")}),
    }
