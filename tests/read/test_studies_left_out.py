"""A study that was left out is never read as done, however the record says so; what was intended is told apart."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Modality

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Monitoring 08:10 to 11:20.

SSEP of the median nerves was recorded. """


def _studies(text: str) -> dict[str, Modality]:
    return {m.modality: m for m in read_case(read_bytes("note.txt", (HEAD + text + "\n").encode())).modalities}


@pytest.mark.parametrize(
    "text",
    [
        "This case did not include VEPs.",
        "VEPs: nil.",
        "Visual evoked responses: no such recording.",
        "VEP (flash goggles): zero runs.",
        "Visual evoked potentials did not figure.",
        "Flash visual EP: no part of this session.",
        "No recording of flash visual evoked potentials was made.",
        "Not employed in this case: visual evoked potentials.",
        "We dispensed with visual evoked potentials.",
        "I left the visual evoked potentials off.",
        "VEP: unused.",
        "VEPs were never attempted.",
        "We did no   VEP.",
        "VEP n/a.",
        "EEG and VEP: off.",
        "The surgeon felt VEP unnecessary.",
        "VEPs were judged too risky with the eyes swollen.",
        "VEPs: surgeon said no.",
        "Visual evoked potentials played no part.",
        "VEP left unrecorded.",
        "No other modality was used; VEP in particular was not.",
    ],
)
def test_what_the_record_leaves_out_is_not_performed_and_was_not_intended(text: str) -> None:
    study = _studies(text)["VEP"]
    assert (study.status, study.intended) == ("not_performed", False)
    assert _studies(text)["SSEP"].status == "performed"


@pytest.mark.parametrize(
    "text",
    [
        "VEP had been planned but the idea was given up.",
        "It had been meant to add visual evoked responses; this did not come about.",
        "The order listed VEPs. They were never recorded.",
        "VEP was on the booking slip, yet nobody set it up.",
        "VEP had been asked for, but the goggles would not stay on and we went without.",
        "VEP: entered on the plan, struck off unperformed.",
        "We had meant to run VEPs and changed our minds when the eyes were found swollen.",
        "VEP was to be included and was not.",
        "Planned modalities: SSEP, VEP. VEP goggles were never put on.",
        "We were asked for VEP as well, which the swollen eyes ruled out.",
        "Intended: SSEP, VEP. The latter was not carried out.",
        "The surgeon's order names VEP; nothing of the kind was run.",
        "We wanted a VEP but the surgeon would not allow the goggles.",
        "Dr. Hale requested a VEP. The VEP had been planned with goggles, but they did not fit and the idea was given up.",
    ],
)
def test_a_plan_that_is_taken_back_further_on_is_intended_and_not_performed(text: str) -> None:
    study = _studies(text)["VEP"]
    assert (study.status, study.intended) == ("not_performed", True)


@pytest.mark.parametrize(
    "text",
    [
        "VEP did not change.",
        "VEP went on without incident.",
        "VEP recording was given up at 11:20 when the goggles slipped.",
        "VEPs were planned and obtained; EEG was left out.",
        "VEP: zero change.",
        "Without difficulty VEP was obtained from either eye.",
        "The surgeon did not ask for a pause; VEP was steady.",
    ],
)
def test_a_study_that_was_done_is_not_taken_for_left_out(text: str) -> None:
    assert _studies(text)["VEP"].status == "performed"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Triggered electromyogram: mentalis", {"TRIGGERED_EMG"}),
        ("EMG, stimulus-evoked: mentalis", {"TRIGGERED_EMG"}),
        ("EMG triggered by direct nerve stimulation: mentalis", {"TRIGGERED_EMG"}),
        ("Nerve-stimulated electromyography of the tongue", {"TRIGGERED_EMG"}),
        ("Unprovoked EMG: mentalis", {"EMG"}),
        ("EMG bursts in mentalis were triggered by traction", {"EMG"}),
        ("EMG, free-run and triggered: mentalis", {"EMG", "TRIGGERED_EMG"}),
        ("Continuous and stimulated electromyography of the tongue", {"EMG", "TRIGGERED_EMG"}),
    ],
)
def test_electromyography_is_told_by_what_evokes_it(text: str, names: set[str]) -> None:
    found = _studies(text)
    assert names | {"SSEP"} == set(found)
    assert all(found[name].region == "cranial" for name in names)


def test_a_side_in_brackets_goes_with_the_study_before_it() -> None:
    studies = _studies("Ulnar SSEP (left and right), triggered EMG: mentalis (left side)")
    assert studies["TRIGGERED_EMG"].sides == ("left",)


@pytest.mark.parametrize(
    ("said", "regions"),
    [
        ("MEP: arms recorded; legs planned, not performed.", {"upper"}),
        ("SSEP: median recorded, tibial not done (edema).", {"upper"}),
        ("SSEPs of the arms only; the legs were not monitored.", {"upper"}),
        ("SSEP of median and tibial nerves; tibial was not recorded during the flip.", {"upper", "lower"}),
        ("SSEP: ulnar and tibial nerves. The tibial nerves were not changed.", {"upper", "lower"}),
    ],
)
def test_limbs_that_one_statement_leaves_out_are_not_coded(said: str, regions: set[str]) -> None:
    text = f"NEUROMONITORING REPORT\nDate of surgery: 03/04/2025\nOperation: T6 laminectomy\n\n{said}\n"
    case = read_case(read_bytes("report.txt", text.encode()))
    assert {row.region for row in case.modalities if row.status == "performed"} == regions


def _found(text: str) -> set[tuple[str, str | None, str]]:
    case = read_case(read_bytes("note.txt", (HEAD + text + "\n").encode()))
    return {(m.modality, m.region, m.status) for m in case.modalities}


def test_nerves_that_gave_no_answer_are_of_the_one_study_they_can_be_of_however_far_above_it_stands() -> None:
    told = (
        "SSEP of the posterior tibial nerves too.\nMEP: APB and TA, both sides.\nEMG: anal sphincter.\n\nBASELINES\n\n"
        "N20 present on both sides.\n\n"
        "Posterior tibial responses could not be obtained from either leg in spite of repeated averaging."
    )
    assert {("SSEP", "lower", "unobtainable"), ("SSEP", "upper", "performed")} <= _found(told)


@pytest.mark.parametrize(
    ("told", "studies"),
    [
        ("Contacts 3 to 6 gave symmetrical leg EMG, so the lead was left there.", {"TRIGGERED_EMG"}),
        ("At 2 mA leg EMG was symmetric.", {"TRIGGERED_EMG"}),
        ("EMG was quiet throughout.", {"EMG", "TRIGGERED_EMG"}),
        ("Free-running EMG from the same muscles was recorded.", {"EMG", "TRIGGERED_EMG"}),
    ],
)
def test_how_muscles_answered_tells_of_no_second_mode(told: str, studies: set[str]) -> None:
    text = f"\n\nEMG evoked through the lead contacts: quadriceps and tibialis anterior, left and right.\n\n{told}"
    assert {name for name, _, _ in _found(text)} - {"SSEP"} == studies


@pytest.mark.parametrize(
    ("whose", "regions"),
    [("the surgeon's hand", {"cranial"}), ("Dr. Hale's left hand", {"cranial"}), ("hand muscles", {"cranial", "upper"})],
)
def test_the_hand_that_holds_the_probe_is_no_site(whose: str, regions: set[str]) -> None:
    told = f"\n\nTriggered EMG: orbicularis oculi and mentalis, left, and a monopolar probe in {whose}, 0.05 to 1.0 mA."
    assert {region for name, region, _ in _found(told) if name == "TRIGGERED_EMG"} == regions
