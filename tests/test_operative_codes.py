"""Operative codes on the charge list: beside a time code of the same practitioner the time code falls."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

REPORT = """Patient: Doe, Jane   DOB 01/02/1960   MRN 22551
Date of surgery 04/08/2025   Fairview Hospital, inpatient, Springfield, OH 22551
Surgeon: A. Stone, MD    Procedure: C5-C6 anterior cervical discectomy and fusion
Monitoring from 08:00 to 10:00.
{who}
SSEP of both median and both tibial nerves. No changes.
Charges: CPT 22551, 20930, 95940 x 8
Electronically signed: {signer}, MD 04/08/2025
"""
SURGEON = "The operating surgeon performed and interpreted the monitoring himself in the operating room."
OTHER = "B. Reed, MD, neurologist, was in the operating room throughout, watching live, this patient only."


def audited(who: str, signer: str) -> Audit:
    return audit(read_bytes("report.txt", REPORT.format(who=who, signer=signer).encode()), "medicare")


def test_numbers_of_patients_and_places_are_no_operative_codes() -> None:
    case = audited(OTHER, "B. Reed").case
    assert [line.code for line in case.operative] == ["22551", "20930"]
    assert all("CPT" in line.evidence[0].text or line.code in line.evidence[0].text for line in case.operative)
    assert [line.code for line in case.billing] == ["95940"]


@pytest.mark.parametrize(("who", "signer", "severity"), [(SURGEON, "A. Stone", "error"), (OTHER, "B. Reed", "info")])
def test_the_time_code_falls_beside_the_operation_of_the_same_practitioner(who: str, signer: str, severity: str) -> None:
    found = [f for f in audited(who, signer).findings if f.rule == "same-practitioner"]
    assert [f.severity for f in found] == [severity]
    assert "95940 falls beside 22551" in found[0].message
    assert "as of 2024-07-01; not verified for this date of service" in found[0].message
    assert "d3" in found[0].citations
