"""The setting of the patient as codes, shortened words and answers; changes told in words that name no signal."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case


def read(more: str) -> Case:
    text = (
        f"NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nHospital/ASC name: Mesa Verde Hospital\n{more}\n"
    )
    return read_case(read_bytes("report.txt", text.encode()))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Place of svc: 22 OP hospital", "22"),
        ("Pt class - 19 OP off campus", "19"),
        ("Pt status: OUTPT HOSP (off campus)", "19"),
        ("Place of svc - 21 - inpatient", "21"),
        ("Pt status: 21 IP hospital", "21"),
        ("Service setting: Amb surg ctr (24)", "24"),
        ("06. In what setting (place of service)?\n    outpatient hospital", "22"),
        ("The encounter was classified as physician's office.", "11"),
        ("The setting was as follows: 11 - office.", "11"),
        ("Procedure venue: office of the surgeon", "11"),
        ("Setting code 11", "11"),
        ("The setting of the service was: hospital, patient admitted (21).", "21"),
        ("For the claim, the setting is: the doctor's own\noffice (11). The operation was short.", "11"),
        ("Setting (with its number)\noutpatient department off the hospital's campus (19)", "19"),
        ("A6  Inpatient, outpatient, surgical center or office?\n    > inpatient, staying in the hospital", "21"),
        ("A6  Inpatient, outpatient, surgical center or office?\n    > physician's office, 11", "11"),
        ("A6  Inpatient, outpatient, surgical center or office?\n    > ", None),
        ("Kind of Place (for the claim): surgical center, ambulatory", "24"),
        ("The setting of the retractor was noted, (21).", None),
        ("The procedure was performed in the office of Dr. Cutter.", "11"),
        ("Location of service: 11", "11"),
        ("Loc. of service - Office", "11"),
        ("POS on the claim: office", "11"),
        ("Encounter location type: Clinic / office", "11"),
        ("Service site code 11", "11"),
        ("Location type: non-facility, office", "11"),
        ("Where was surgery done? In the surgeon's office.", "11"),
        ("Bed status: observation", "22"),
        ("Day case, hospital", "22"),
        ("Encounter type: hospital ambulatory surgery", "22"),
        ("Box 24B: 22", "22"),
        ("Admitted the evening before surgery", "21"),
        ("Day surgery center (freestanding)", "24"),
        ("Operated upon in a surgery center.", "24"),
        ("Kind of place (for the claim): physician's office, 11", "11"),
        ("Where the service was given: ambulatory surgical center, 24", "24"),
        ("For the claim we put down: center for ambulatory surgery", "24"),
        ("The service had this setting: outpatient department away from the hospital campus (19).", "19"),
        ("Kind of setting: outpatient unit off the hospital's grounds", "19"),
        ("Place of the service: hospital, patient admitted", "21"),
        ("Sort of stay: hospital, patient admitted (21)", "21"),
        ("Place of the service  =  outpatient of the hospital, on its campus (22)", "22"),
        ("The patient was admitted for observation of a headache on June 21.", None),
        ("He waited in the office, 11:20 to 11:50.", None),
        ("The patient was an outpatient, aged 24.", "22"),
        ("The reader sat outside the hospital's grounds.", None),
        ("Referred by Dr. Day, outpatient pain clinic", None),
        ("Reading location: physician office, remote", None),
        ("Case manager: inpatient team", None),
        ("Seen as an outpatient in clinic in March", None),
        ("Plan: inpatient rehab", None),
        ("OR 21, case started.", None),
        ("The report was sent to the physician's office after the case.", None),
    ],
)
def test_the_setting_is_known_by_code_or_by_words(said: str, code: str | None) -> None:
    assert read(said).encounter.place_of_service == code


@pytest.mark.parametrize(
    "said",
    [
        "Criteria for a warning were met at 09:59, the surgeon was told at once, and it reversed.",
        "11:54 Big chg on 3 ch; surgeon notified",
        "16:53 Responses well below BL, x2 confirmed, Dr. Holloway told",
        "A significant change at 09:49 was reported to Dr. Holloway; it resolved within minutes.",
        "13:45 Crit hit, sig chg, surgeon told, looks at field",
        "An abrupt diminution of responses at 17:45 was communicated to Dr. Holloway.",
        "At 13:27 the left MEP became unobtainable; Dr. Holloway was made aware of this.",
    ],
)
def test_a_change_and_who_was_told_of_it(said: str) -> None:
    case = read(said)
    assert case.change_described
    assert case.elements["surgeon_notification"].state == "present"


@pytest.mark.parametrize(
    "said",
    [
        "There was no significant change, and no warning was given to the surgeon.",
        "Criteria for a warning were never met.",
        "A significant change in blood pressure was treated.",
        "Any significant change would be reported to the surgeon.",
        "The study is interpreted as showing no lasting neurophysiologic change.",
    ],
)
def test_a_denial_a_rule_and_the_blood_pressure_are_no_change(said: str) -> None:
    assert not read(said).change_described


def test_baselines_behind_a_key_are_described() -> None:
    assert read("line_1=Baselines were satisfactory throughout the montage.").elements["baseline_findings"].state == "present"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Site: Canyon Gate Spine Associates, office-based procedure suite | POS: 11", "present"),
        ("Location: Linden Hand Surgery. POS 11", "present"),
        ("Surgical site: left hand. POS 11", "absent"),
        ("Reader: Anna Ash, MD, Canyon Neurology Associates. POS 11", "absent"),
        ("Site: Canyon Neuromonitoring Associates. POS 11", "absent"),
        ("CHILDREN'S NEUROSCIENCE CENTER AT MOUNT ELLERY", "present"),
        ("NEUROMONITORING CENTER REPORT", "absent"),
    ],
)
def test_a_practice_behind_the_label_of_the_place_is_the_facility_of_an_office(said: str, state: str) -> None:
    text = f"NEUROMONITORING REPORT\nPatient: Jane Roe\nDate of surgery: 03/04/2025\nSurgeon: Mark Holloway, MD\n{said}\n"
    assert read_case(read_bytes("report.txt", text.encode())).elements["facility"].state == state
