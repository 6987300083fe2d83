"""A study planned or denied was not recorded, however that is said; limbs go with the studies that they are said of."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes
from ionm_notes.types import Audit

REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Vera Moss   MRN 1234567   DOB 01/02/1960
Date of service: 03/12/2026   Hospital: Saint Orla Hospital, inpatient
Procedure: T9-T11 laminectomy and fusion. Indication: stenosis with myelopathy.
Surgeon: Mark Hathaway, MD. Ordered by Dr. Hathaway.

MODALITIES
{said}

Monitoring 07:55 - 10:40
Electronically signed: Anna Ashworth, MD 03/12/2026
"""
SSEP = "SSEP of the median nerve (wrist) and posterior tibial nerve (ankle), both sides.\n\n"


def audited(said: str) -> Audit:
    return audit_payers(read_bytes("report.txt", REPORT.format(said=said).encode()), ("medicare",))[0]


def states(said: str, modality: str) -> set[tuple[str | None, str]]:
    return {(m.region, m.status) for m in audited(said).case.modalities if m.modality == modality}


@pytest.mark.parametrize("study", ["VEP", "BAEP", "EMG", "TcMEP"])
@pytest.mark.parametrize(
    "told",
    [
        "{}\tordered but not run",
        "- {}\ton the order, not done: the patient has a cochlear implant",
        "{}\tplanned\tnot done",
        "{} was to have been recorded; no channel was free.",
        "We discussed {} and elected not to use it.",
        "{} (on order) was not obtained because of the implanted stimulator.",
        "{} had been requested; it was not carried out.",
        "We had intended to record {}, but the electrodes were never placed.",
        "{} - offered, surgeon declined",
        "Dr. Hathaway does not want {} after all, so none today.",
        "The surgeon did not wish for any {}.",
    ],
)
def test_what_was_intended_and_not_done_is_no_study_and_says_so(told: str, study: str) -> None:
    audit = audited(SSEP + told.format(study))
    kind = {"TcMEP": "MEP"}.get(study, study)
    assert {m.status for m in audit.case.modalities if m.modality == kind} == {"not_performed"}
    assert any(finding.rule == "planned-not-performed" for finding in audit.findings)


@pytest.mark.parametrize("study", ["VEP", "BAEP", "TcMEP"])
@pytest.mark.parametrize(
    "told",
    [
        "No {} was recorded.",
        "Not recorded: flash {}.",
        "{} not applicable",
        "{} was not part of this study.",
        "No {} was asked for.",
        "No {} requested",
        "{} was neither planned nor done.",
        "Nobody asked for {}.",
    ],
)
def test_a_study_denied_is_not_one_without_an_answer(told: str, study: str) -> None:
    audit = audited(SSEP + told.format(study))
    kind = {"TcMEP": "MEP"}.get(study, study)
    assert {m.status for m in audit.case.modalities if m.modality == kind} <= {"not_performed"}
    assert not any(finding.rule == "planned-not-performed" for finding in audit.findings)


def test_an_answer_that_failed_is_still_of_a_study_that_was_done() -> None:
    assert states("SSEP of the posterior tibial nerve, both sides. No tibial SSEP could be obtained.", "SSEP") == {
        ("lower", "unobtainable")
    }


def test_a_nerve_before_one_study_is_not_shared_with_the_limbs_behind_the_next() -> None:
    said = "Right and left median nerve SSEPs and transcranial MEPs of the right arm and leg muscles were run."
    assert states(said, "SSEP") == {("upper", "performed")}
    assert states(said, "MEP") == {("upper", "performed"), ("lower", "performed")}


@pytest.mark.parametrize(
    "said", ["Upper and lower extremity SSEPs and MEPs were recorded.", "Bilateral upper and lower limb SSEPs, MEPs"]
)
def test_limbs_named_before_several_studies_are_those_of_each(said: str) -> None:
    both = {("upper", "performed"), ("lower", "performed")}
    assert states(said, "SSEP") == both == states(said, "MEP")


def test_limbs_of_one_study_stay_with_it_where_the_next_has_its_own() -> None:
    assert states("Upper limb SSEPs and MEPs from the legs.", "SSEP") == {("upper", "performed")}
    assert states("Upper limb SSEPs and MEPs from the legs.", "MEP") == {("lower", "performed")}


SHEET = "Case sheet\nDate of procedure | 05/06/2025\nNeurologist | Gideon Tarrant, MD\nMonitoring | 1:20 PM - 2:18 PM\n"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("MEP | Legs planned on the order, not performed: gas level too high for motor responses", "not_performed"),
        ("MEP | legs on the order, not done (volatile agent)", "not_performed"),
        ("MEP | Legs were ordered but not recorded", "not_performed"),
        ("Transcranial MEP | Feet on the booking, left out: pacemaker", "not_performed"),
        ("MEP | Legs, performed as planned", "performed"),
        ("MEP | Legs as planned on the order, not lost at any time", "performed"),
        ("MEP | Legs as planned on the order, D-wave planned, not performed", "performed"),
        ("MEP | Arms recorded; legs planned, not performed", "performed"),
    ],
)
def test_a_row_of_a_study_says_that_it_was_meant_and_not_done(row: str, status: str) -> None:
    text = f"{SHEET}SSEP | Posterior tibial nerve, left and right\n{row}\nEMG | Vastus medialis, left and right\n"
    [audit] = audit_payers(read_bytes("sheet.txt", text.encode()), ("medicare",))
    assert {found.status for found in audit.case.modalities if found.modality == "MEP"} == {status}


@pytest.mark.parametrize(
    "undone",
    [
        "The booking sheet also listed facial nerve channels; they were not placed, since the dissection stayed low.",
        "Channels for the facial nerve had been planned but were never connected.",
    ],
)
def test_what_was_listed_and_not_placed_goes_with_no_study_above(undone: str) -> None:
    assert states(f"EMG was recorded from the left and right vocalis through the tube. {undone}", "EMG") >= {
        ("larynx", "performed")
    }
    assert ("cranial", "performed") not in states(f"EMG was recorded from both vocalis muscles. {undone}", "EMG")


@pytest.mark.parametrize(
    ("said", "regions"),
    [
        ("Dr. Hathaway ordered BAEP, facial and trigeminal EMG and median SSEP.\nMedian SSEP: both wrists.", {"upper"}),
        ("Trigeminal EMG and median SSEP.", {"upper"}),
        ("Trigeminal EMG and SSEP.", {"head_trunk"}),
        ("Trigeminal and median SSEP.", {"head_trunk", "upper"}),
        ("Pudendal and tibial SSEP, EMG of the sphincter.", {"head_trunk", "lower"}),
    ],
)
def test_a_nerve_right_before_a_study_is_of_no_other_study_that_has_its_own(said: str, regions: set[str]) -> None:
    assert {region for region, _ in states(said, "SSEP")} == regions


@pytest.mark.parametrize(
    "said",
    [
        "Dr. Hathaway asked for help to remove a 4 cm schwannoma of the right tibial nerve in the popliteal fossa.",
        "A cyst lay on the common peroneal nerve in the popliteal fossa.",
    ],
)
def test_a_nerve_in_the_field_of_the_operation_is_no_study(said: str) -> None:
    assert states(f"{said}\nEMG of the tibialis anterior, both legs.", "SSEP") == set()


@pytest.mark.parametrize(
    "said",
    [
        "No SSEP, MEP or EMG was recorded.",
        "We did no SSEP, MEP, or EMG.",
        "EEG without SSEP, MEP or EMG.",
        "Neither SSEP, MEP nor EMG was run.",
    ],
)
@pytest.mark.parametrize("study", ["SSEP", "MEP", "EMG"])
def test_a_list_that_or_closes_is_denied_to_its_end(said: str, study: str) -> None:
    assert states(said, study) == {(None, "not_performed")}


def test_a_denial_ends_where_another_sentence_may_begin() -> None:
    said = "No EEG, SSEP and MEP were run."
    assert [states(said, study) for study in ("EEG", "SSEP", "MEP")] == [
        {(None, "not_performed")},
        {(None, "performed")},
        {(None, "performed")},
    ]


@pytest.mark.parametrize(
    "said", ["No SSEP or MEP change was seen.", "No SSEP, MEP or EMG changes were seen.", "No SSEP or MEP alerts occurred."]
)
@pytest.mark.parametrize("study", ["SSEP", "MEP"])
def test_studies_that_did_not_change_were_run_and_gave_answers(said: str, study: str) -> None:
    assert states(said, study) == {(None, "performed")}
