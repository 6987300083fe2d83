"""Signatures in whatever words a program or a person has for them, and what is no signature of the professional."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

REPORT = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 441772
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Dana Dunleavy, MD
Technologist: Gwen Juarez, CNIM

L4-L5 laminectomy. SSEP of the tibial nerves recorded. Monitoring 08:10 to 11:30.
Gwen Juarez, CNIM stayed in the operating room for the full case.
Impression: no change.
"""


def read(last: str) -> Case:
    return read_case(read_bytes("report.txt", f"{REPORT}\n{last}\n".encode()))


@pytest.mark.parametrize(
    "last",
    [
        "SIGN: Dana Dunleavy MD 2025-03-04T13:58 cert#77A1",
        "signed=Dana Dunleavy, MD  sig time=2025-03-04 18:22",
        "D. Dunleavy, MD (signed in the EHR 2025-03-04 16:02)",
        "[electronically signed 03/04/2025 10:03]\nDana Dunleavy, MD\nDiplomate, ABPN",
        "Signed in platform: Dana Dunleavy, MD, 2025-03-04 16:02",
        "Report finalized and e-signed by Dana Dunleavy, MD - 3/4/2025 - 3:14P",
        "Authenticated and released by Dana Dunleavy, MD on 03/04/2025",
        "Validated: Dunleavy, Dana, MD 03/04/2025 17:22",
        "Dana Dunleavy, MD, board certified in clinical neurophysiology.\nSigned electronically 03/04/2025 16:02",
        "Dana Dunleavy, MD\nAssociate Professor\nSigned electronically March 4, 2025\nTo: Mark Holloway, MD, Hand Surgery",
        "Dana Dunleavy, MD\nElectronically signed March 4, 2025, 08:44\nFarsight Tele-Neurology, PLLC",
        "Dana Dunleavy, MD, Neurology/Clinical Neurophysiology. Signed in the chart 4 Mar 2025 14:02",
        "Dana Dunleavy, MD. Signed in Epic 03/04/2025 14:02",
        "Dana Dunleavy, MD - signed within the electronic record on 03/04/2025",
        "Ratified by Dr. Dana Dunleavy, 4 March 2025",
        "Countersigned by Dana Dunleavy, MD 03/04/2025",
        "Document locked by Dana Dunleavy, MD 03/04/2025 15:11",
        "/s/ Dana Dunleavy, MD 03/04/2025",
        "es/ Dana Dunleavy MD 3/4/25",
        "ES: D Dunleavy MD 3/4/25",
        "e/s Dana Dunleavy, MD 3/4/25",
        "e-sgn'd Dana Dunleavy MD 3/4/25",
        "auth'd D Dunleavy MD 3/4/25",
        "//signed// DANA DUNLEAVY, MD 03/04/2025",
        "s/ Dana Dunleavy MD, 3-4-25",
        "E-SIG: DUNLEAVY,DANA MD 03/04/25 1633",
        "Signature: Dana Dunleavy, MD    Date: 03/04/2025",
        "Dana Dunleavy, MD has electronically signed this document on 03/04/2025.",
        "This document has been authenticated electronically by its author, Dana Dunleavy, MD, on 03/04/2025",
        "I, Dana Dunleavy, MD, attest that the above is accurate. 03/04/2025",
        "I certify that the foregoing is my interpretation. Dana Dunleavy, MD 03/04/2025",
        "Final report approved electronically: Dana Dunleavy, MD (03/04/2025 16:10)",
        "Verified by: Dana Dunleavy MD  Verified on: 03/04/2025",
        "Report status: FINAL. Signed 03/04/2025 16:10 by Dr. Dunleavy",
        "Completed and signed off by Dana Dunleavy, MD, March 4, 2025",
        '<signature by="Dana Dunleavy, MD" at="2025-03-04T16:00"/>',
        '"signed_by": "Dana Dunleavy, MD", "signed_at": "2025-03-04T16:10"',
        "Attestation signed by: Dana Dunleavy, MD 03/04/2025 16:10",
        "Electronic signature applied by Dana Dunleavy, MD at 16:10 on 03/04/2025",
        "Sealed electronically, Dana Dunleavy, MD, 2025-03-04",
        "Dictated by: Dana Dunleavy, MD. Electronically reviewed and approved 03/04/2025 16:10",
        "Physician signature on file: Dana Dunleavy, MD, 03/04/2025",
        "Read, agreed and subscribed: Dana Dunleavy, MD, 4 Mar 2025",
        "Endorsed by the interpreting physician Dana Dunleavy, MD on 03/04/2025",
        "Submitted under electronic signature of Dana Dunleavy, MD 03/04/2025",
        "Interpretation certified by Dana Dunleavy, MD, 03/04/2025",
        "Signed by the reader Dana Dunleavy, MD 03/04/2025; by the technologist Gwen Juarez, CNIM 03/04/2025",
        "Reported and authorised by Dr Dana Dunleavy 04/03/2025",
        "Sgd. Dana Dunleavy, MD, 3/4/25",
        "Stamped: DANA DUNLEAVY MD 03/04/2025 16:10 e-stamp",
        "Signature:\nElectronically signed by Dana Dunleavy, MD on 03/04/2025 at 15:10",
    ],
)
def test_a_signature_with_its_date_is_known_by_any_word_for_it(last: str) -> None:
    case = read(last)
    assert any(s.signed and not s.draft for s in case.signatures)
    assert case.elements["signature"].state == case.elements["signature_datetime"].state == "present"


@pytest.mark.parametrize(
    "last",
    [
        "Signature: ______________   Date: ________",
        "DRAFT - not final until signed by Dana Dunleavy, MD",
        "Electronically signed by: Gwen Juarez, CNIM 03/04/2025",
        "Signed by technologist Gwen Juarez, CNIM 03/04/2025\nPhysician signature: pending",
        "Awaiting authentication by Dana Dunleavy, MD",
        "Preliminary report. To be verified by Dana Dunleavy, MD",
        "Dictated but not read. Dana Dunleavy, MD",
        "Dictated but not signed: Dana Dunleavy, MD 03/04/2025",
        "Unsigned transcription. Author Dana Dunleavy, MD",
        "This report has not yet been authenticated by Dana Dunleavy, MD",
        "Consent signed by patient 03/04/2025",
        "Order signed by Mark Holloway, MD 03/03/2025",
        "08:02 Dana Dunleavy, MD signed on\n11:31 Dana Dunleavy, MD signed off",
        "Impedances verified by Gwen Juarez, CNIM",
        "Consent for monitoring verified by Mark Holloway, MD",
        "Baselines approved by Dana Dunleavy, MD at 08:05",
        "Monitoring completed by Dana Dunleavy, MD",
        "Signature required: Dana Dunleavy, MD",
        "Report prepared for signature by Dana Dunleavy, MD",
        "Status: pended. Signer: Dana Dunleavy, MD",
        "Dana Dunleavy, MD is board certified and released from other cases.",
        "Time-out signed by circulating nurse Ann Hale, RN 03/04/2025",
        "Will be signed by Dana Dunleavy, MD",
        "Signature on file: none",
        "Signature:\nElectronically signed by: ____________",
        "Sign-off by Dana Dunleavy, MD outstanding",
        "Unsigned. Dana Dunleavy, MD",
        "sig ____ Dana Dunleavy MD",
        "for sig: Dana Dunleavy MD",
        "not sgd yet Dana Dunleavy MD",
        "Consent signed in the chart 03/04/2025",
        "Order by Mark Holloway, MD, signed in the chart 03/03/2025",
        "To be signed in the chart by Dana Dunleavy, MD",
        "Dana Dunleavy, MD. To be signed in Epic 03/05/2025",
        "Responses verified by Dana Dunleavy, MD before incision",
    ],
)
def test_a_wish_a_denial_another_paper_and_another_signer_are_no_signature(last: str) -> None:
    assert not any(s.signed and not s.draft for s in read(last).signatures)


@pytest.mark.parametrize(
    "other",
    [
        "The attached is a true copy. /s/ Noor Haverstock, custodian of records, November 12, 2026",
        "Certified a true copy: /s/ Hattie Pell, records clerk, 11/12/2026",
        "Released for billing by Hattie Pell, records clerk, /s/ 03/06/2025",
    ],
)
def test_who_keeps_or_copies_the_record_does_not_sign_the_report(other: str) -> None:
    elements = read(f"{other}\nPhysician signature: ____________   Date: ________").elements
    assert elements["signature"].state == elements["signature_datetime"].state == "absent"


def test_the_day_of_printing_is_not_that_of_the_signature() -> None:
    elements = read("Electronically signed by Dana Dunleavy, MD\nPrinted 03/06/2025").elements
    assert (elements["signature"].state, elements["signature_datetime"].state) == ("present", "absent")


def test_who_signs_stands_behind_the_second_word_for_it() -> None:
    case = read("I attest that I provided the above service.\nSignature: /s/ Magnus Thorvald, MD (electronic) | Date: 03/21/2025")
    assert [signature.by for signature in case.signatures] == ["Magnus Thorvald"]


@pytest.mark.parametrize(
    "last", ["Release of Information desk", "Release of Information, Dana Moss, RHIT", "Release from recovery: Dana Moss, RN"]
)
def test_what_is_released_otherwise_is_no_signature(last: str) -> None:
    assert not [signature for signature in read(last).signatures if signature.signed]


@pytest.mark.parametrize(
    ("last", "signed"),
    [
        ("signed - Dana Dunleavy, MD, electronic, 3/5/25 9:12a", "present"),
        ("sig - Dana Dunleavy, MD 3/5/25", "present"),
        ("signature - Pending Review", "absent"),
        ("signature - Awaiting Dana Dunleavy", "absent"),
        ("signed - Gwen Juarez, CNIM 3/5/25", "absent"),
    ],
)
def test_a_dash_before_the_name(last: str, signed: str) -> None:
    assert read(last).elements["signature"].state == signed
