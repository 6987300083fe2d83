"""A record is of two patients where its names and numbers contradict each other; another way to write one is no contradiction.

A seed draws the way in which a name is written, what stands beside it and who else is named; whether the second sheet is
the same patient's is known.
"""

from __future__ import annotations

import random
from datetime import date

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.read.same_patient import may_be_one, one_birth, one_number

SAME = (
    "Lindqvist, Orrin P.",
    "LINDQVIST, ORRIN",
    "Orrin P. Lindqvist",
    "O. Lindqvist",
    "LINDQVIST^ORRIN^P",
    "Lindqvist, O.",
    "Orrin Lindqvist Jr.",
    "LINDQVIST JR, ORRIN",
    "Orrin Tate-Lindqvist",
    "Orrin Lindqvist-Tate",
    "Orrin Lindqvist (Tate)",
    "Lindqvlst, Orrin",
    "Lindqvist, Orrin (Bo)",
    "Mr. Lindqvist",
    "O.L.",
    "Lindqvist Orrin",
    "L1ndqvist, Orrin",
)
OTHERS = (
    "Birchall, Terrence",
    "TERRENCE BIRCHALL",
    "BIRCHALL^TERRENCE",
    "Terrence Q. Birchall",
    "Terrence Tate-Birchall",
    "Birchall, T.",
    "June Marsh (née Dube)",
    "Marsh, June M.",
)
LABELS = (
    "Patient: {} {}",
    "Name: {}   {}",
    "Pt: {}  {}",
    "Re: {}, {}",
    "Patient\t{}\t{}",
    "PATIENT NAME: {}\n{}",
    "Patient {}, {}",
)
SHEETS = (
    "{}   {}",
    "{} / {} / page 2",
    "Worksheet for {} ({})",
    "Page 2\t{}\t{}",
    "Sticker: {} {}",
    "Patient: {}   {}",
    "Event log - {} - {}",
)
ELSE = (
    "",
    "Client\tBrazos Bend Community Hospital",
    "Member name: Paul Marsden",
    "Guarantor: Gorman, Louise",
    "Our file\tKR-25-0417",
    "Attending: QUIST, HARLAN T",
    "Name: Dale Okafor, CNIM",
    "Primary insured: Grady, Ellen (spouse) ID GH778213",
    "Claim no. 88-20417",
    "Next of kin: Jean Abbott (wife)",
    "Account manager: Cynthia Bell",
    "cc: Victor Hale, Susan Orr",
    "Prepared by D. Przybylski",
)
REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
{first}
Date of service: 03/12/2025
{beside}
Procedure: C5-C6 anterior cervical discectomy and fusion for myelopathy
Surgeon: Mark Hathaway, MD
Neurologist: Anna Ashworth, MD, watched remotely in real time, this case only, chat with the technologist
SSEP median and tibial, both sides.
{second}
07:55\tMonitoring start
10:40\tMonitoring end
Electronically signed: Anna Ashworth, MD 03/12/2025
"""


def drawn(seed: int) -> tuple[str, bool]:
    """A record, and whether both of its sheets are the same patient's."""
    draw = random.Random(seed)
    same = draw.random() < 0.6
    one, other = draw.choice(
        (("MRN 4470186", "MRN 5581297"), ("DOB 11/02/1957", "DOB 04/30/1981"), ("chart 4470186", "chart 6690321"))
    )
    first = draw.choice(LABELS).format(draw.choice(SAME[:8]), one)
    called = draw.choice(SAME if same else OTHERS)
    number = draw.choice((one, one.replace("44", "0044"), "Acct 99887766")) if same else other
    second = draw.choice(SHEETS).format(called, number)
    return REPORT.format(first=first, second=draw.choice(("", "\f")) + second, beside=draw.choice(ELSE)), same


@pytest.mark.parametrize("part", range(3))
def test_two_patients_are_told_from_one_that_is_written_in_two_ways(part: int) -> None:
    for seed in range(part * 60, (part + 1) * 60):
        report, same = drawn(seed)
        audit = audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0]
        assert (len(audit.case.patients) < 2) == same, (report, audit.case.patients)
        assert audit.case.elements["patient_identity"].state == "present", report


@pytest.mark.parametrize(
    ("one", "other", "can"),
    [
        ("Farnsworth, T. P.", "Terrence Famsworth", True),
        ("Kim Tate", "Kim Tate-Vance", True),
        ("José Muñoz", "MUNOZ, JOSE", True),
        ("O.S.", "Odalys St. John", True),
        ("June Marsh", "Orrin Lindqvist", False),
        ("A.B.", "Orrin Lindqvist", False),
    ],
)
def test_names_can_be_one_persons_in_many_forms(one: str, other: str, *, can: bool) -> None:
    assert may_be_one(one, other) is can is may_be_one(other, one)


def test_a_slip_makes_no_second_number_and_no_second_birth() -> None:
    assert one_number("0045512", "45512")
    assert one_number("bb4470186", "4470186")
    assert one_number("4470186", "4470136")
    assert not one_number("4470186", "5581297")
    assert one_birth(date(1957, 11, 2), date(1957, 2, 11))
    assert one_birth(date(1957, 11, 2), date(1951, 11, 2))
    assert not one_birth(date(1957, 11, 2), date(1981, 4, 30))


@pytest.mark.parametrize(
    ("first", "second", "two"),
    [
        ("Patient: Lavinia Ives, born Jul 2, 1988", "This sheet belongs to Josiah Fenwick, born Jul 5, 1981.", True),
        (
            "Name of the patient  =  Lavinia Ives\nDay of birth  =  2 July 1988",
            "Label: Josiah Fenwick, born on 5 July 1981",
            True,
        ),
        ("Patient: Lavinia Ives, born Jul 2, 1988", "This sheet belongs to L. Ives, born 2 July 1988.", False),
    ],
)
def test_a_birth_date_with_its_month_in_letters_tells_another_patient(first: str, second: str, *, two: bool) -> None:
    text = f"MONITORING RECORD\n{first}\nDate of surgery: Jun 6, 2024\nProcedure: L4-5 fusion\n\n{second}\n"
    (audit,) = audit_payers(read_bytes("a.txt", text.encode()), ("medicare",))
    assert any(finding.rule == "mixed-patients" for finding in audit.findings) is two


@pytest.mark.parametrize("title", ["PERIOPERATIVE TIMES", "IMPLANT LIST", "VITAL SIGNS", "PHYSICIAN ORDERS"])
def test_the_title_of_another_sheet_is_no_second_patient(title: str) -> None:
    text = REPORT.format(first="Patient: June Marsh   MRN 441-0927", beside="", second=f"Marsh J  441-0927  Page 1\n{title}")
    assert "mixed-patients" not in {f.rule for f in audit_payers(read_bytes("a.txt", text.encode()), ("medicare",))[0].findings}
