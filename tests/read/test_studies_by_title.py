"""Studies named by titles of their own: put together from words of the trade, with the sites and the side behind them."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

REPORT = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Operation: C4-C6 fusion
Monitoring 08:10 to 11:20.

Studies
{studies}

All was well. Signed electronically by Dana Dunleavy, MD 03/04/2025
"""


def _studies(*lines: str) -> set[tuple[str, str | None]]:
    case = read_case(read_bytes("note.txt", REPORT.format(studies="\n".join(lines)).encode()))
    return {(row.modality, row.region) for row in case.modalities if row.status != "not_performed"}


WRIST, ANKLE = "median nerve at the wrist (bilateral)", "posterior tibial nerve at the ankle (bilateral)"


@pytest.mark.parametrize(
    ("arms", "legs"),
    [
        ("Sensory pathways, arms", "Sensory pathways, legs"),
        ("Somatosensories, uppers", "SSEP lower extremities"),
        ("Dorsal columns via the arms", "Cortical responses to ankle stimulation"),
        ("Scalp-recorded responses to arm stimulation", "Ascending tracts, legs"),
        ("UE sensory", "LE sensory"),
        ("S-SEP upper", "Posterior column function, lower limbs"),
    ],
)
def test_sensory_studies_of_arms_and_legs_are_both_found_whatever_each_is_called(arms: str, legs: str) -> None:
    assert _studies(f"{arms}: {WRIST}", f"{legs}: {ANKLE}") == {("SSEP", "upper"), ("SSEP", "lower")}


@pytest.mark.parametrize("title", ["Motor, legs", "Corticospinal responses of the legs", "Descending tracts, legs", "LE motor"])
def test_motor_studies_need_no_acronym(title: str) -> None:
    assert _studies(f"SSEP arms: {WRIST}", f"{title}: tibialis anterior, abductor hallucis (both)") == {
        ("SSEP", "upper"),
        ("MEP", "lower"),
    }


@pytest.mark.parametrize(
    ("title", "study"),
    [
        ("Mechanically evoked EMG", "EMG"),
        ("Non-triggered EMG", "EMG"),
        ("EMG under direct stimulation", "TRIGGERED_EMG"),
        ("Muscle responses to the probe", "TRIGGERED_EMG"),
    ],
)
def test_the_words_beside_emg_tell_whether_anything_was_stimulated(title: str, study: str) -> None:
    assert _studies(f"SSEP arms: {WRIST}", f"{title}: deltoid, biceps, triceps (left)") == {("SSEP", "upper"), (study, "upper")}


@pytest.mark.parametrize(
    ("title", "study"),
    [
        ("Acoustic brainstem responses", "BAEP"),
        ("Photic evoked potentials", "VEP"),
        ("Electrocerebral activity", "EEG"),
        ("Twitch testing", "TOF"),
        ("Hardware stimulation", "PEDICLE_SCREW"),
        ("Central sulcus mapping by SEP", "PHASE_REVERSAL"),
        ("Direct electrical stimulation of the cortex", "CORTICAL_MAPPING"),
        ("Subdural strip recording", "ECOG"),
        ("Pudendo-anal reflex", "BCR"),
    ],
)
def test_studies_without_limbs_are_told_by_their_titles(title: str, study: str) -> None:
    assert _studies(f"SSEP arms: {WRIST}", title) == {("SSEP", "upper"), (study, None)}


def test_motor_potentials_of_the_face_are_corticobulbar() -> None:
    assert _studies(f"SSEP arms: {WRIST}", "MEP of facial muscles") == {("SSEP", "upper"), ("MEP", "cranial")}


@pytest.mark.parametrize(
    "line",
    [
        "Motor: 5/5 in all limbs",
        "Sensory: intact to light touch",
        "Muscles on each side",
        "Motor function: weak left hand",
        "Motor and sensory function preserved",
        "Neuromuscular: no deficit",
        "Hearing: normal",
        "Visual fields: full",
    ],
)
def test_an_examination_of_the_patient_is_no_study(line: str) -> None:
    assert _studies(f"SSEP arms: {WRIST}", line) == {("SSEP", "upper")}


def test_limbs_named_on_one_line_do_not_go_to_the_study_of_the_next() -> None:
    assert _studies("EMG, listening, lower extremities (bilateral)", "SSEP upper extremities (bilateral)") == {
        ("EMG", "lower"),
        ("SSEP", "upper"),
    }


@pytest.mark.parametrize(
    "line",
    [
        "Ordered, not done: VEP.",
        "Not used: VEP.",
        "VEP planned; cancelled.",
        "The original plan included VEP; the team dropped it.",
        "No use was made of VEP.",
        "Photic evoked potentials were held in reserve and never needed.",
        "VEP was struck from the list.",
    ],
)
def test_what_was_left_out_takes_nothing_from_the_studies_listed_above_it(line: str) -> None:
    lists = (f"SSEP upper extremities: {WRIST}", f"SSEP lower extremities: {ANKLE}", line)
    case = read_case(read_bytes("note.txt", REPORT.format(studies="\n".join(lists)).encode()))
    assert {(row.modality, row.region, row.status) for row in case.modalities} == {
        ("SSEP", "upper", "performed"),
        ("SSEP", "lower", "performed"),
        ("VEP", None, "not_performed"),
    }


@pytest.mark.parametrize(
    "heading", ["Item 4. CHANNELS OF ENQUIRY", "WHAT WAS WATCHED", "7. Which channels were run?", "Channels run:"]
)
def test_the_indication_ends_at_the_next_heading_whatever_it_says(heading: str) -> None:
    text = (
        "INTRAOPERATIVE NEUROMONITORING REPORT\nPatient: Jane Roe    MRN: 448812\nDate of surgery: 03/04/2025\n\nIndication\n"
        f"Neural structures were at risk.\n\n{heading}\nSSEP of the arms: {WRIST}\nSSEP of the legs: {ANKLE}\n"
    )
    case = read_case(read_bytes("note.txt", text.encode()))
    assert {(row.modality, row.region, row.status) for row in case.modalities} == {
        ("SSEP", "upper", "performed"),
        ("SSEP", "lower", "performed"),
    }


def test_muscles_below_their_study_stay_with_it_before_a_sentence_on_another() -> None:
    found = _studies(
        f"SSEP arms: {WRIST}", "left          EMG, unprovoked", "              triceps, deltoid", "Flash VEP: not recorded."
    )
    assert found == {("SSEP", "upper"), ("EMG", "upper")}


@pytest.mark.parametrize("name", ["Dolores Quintanilla-Baer", "Baer, Dolores", "QUINTANILLA-BAER, DOLORES"])
def test_a_name_is_no_study_of_hearing(name: str) -> None:
    text = f"NEUROMONITORING REPORT\nPatient: {name}\nSSEP: median nerves, both sides.\n"
    case = read_case(read_bytes("note.txt", text.encode()))
    assert {m.modality for m in case.modalities} == {"SSEP"}


@pytest.mark.parametrize("words", ["during that time " * 30, "of the tha" + "t " * 200])
def test_a_word_cut_off_is_no_other_operation(words: str) -> None:
    text = f"NEUROMONITORING REPORT\nProcedure: C4-C6 anterior cervical discectomy and fusion for myelopathy, {words}\n"
    case = read_case(read_bytes("note.txt", text.encode()))
    assert "hip-knee-arthroplasty" not in case.necessity_tags
    left = text.replace("C4-C6 anterior cervical discectomy and fusion for myelopathy", "Left THA")
    assert "hip-knee-arthroplasty" in read_case(read_bytes("note.txt", left.encode())).necessity_tags


@pytest.mark.parametrize("title", ["Facial nerve", "CN VII", "Seventh nerve", "Cranial nerve muscles", "Facial monitoring"])
def test_nerves_of_the_head_over_their_muscles_are_electromyography(title: str) -> None:
    assert ("EMG", "cranial") in _studies(f"{title}: orbicularis oculi, mentalis (right)", f"Upper SSEP: {WRIST}")


def test_a_nerve_of_the_head_that_was_not_over_muscles_is_no_study() -> None:
    assert _studies("Facial nerve: seen and spared", f"Upper SSEP: {WRIST}") == {("SSEP", "upper")}


@pytest.mark.parametrize("arms", ["Somato. arms", "SS potentials arms", "SSERs", "SER upper"])
def test_sensory_studies_are_known_by_shorter_names(arms: str) -> None:
    assert ("SSEP", "upper") in _studies(f"{arms}: {WRIST}", "TcMEP: APB, tibialis anterior (bilateral)")
