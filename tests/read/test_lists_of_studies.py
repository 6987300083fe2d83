"""Lists of studies in the shapes in which records give them: sites and sides below or beside the study, one record a line."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Operation: {operation}
Monitoring 08:10 to 11:20.

"""


def _case(text: str, operation: str = "L4-L5 laminectomy") -> Case:
    return read_case(read_bytes("note.txt", (HEAD.format(operation=operation) + text + "\n").encode()))


def _muscles(case: Case, study: str = "EMG") -> dict[str, tuple[str, ...]]:
    return {muscle.name: muscle.sides for row in case.modalities if row.modality == study for muscle in row.muscles}


def test_muscles_and_their_side_may_stand_on_lines_of_their_own_below_the_study() -> None:
    case = _case("EMG, spontaneous\n  biceps, triceps\n  R+L\n")
    assert _muscles(case) == {"biceps": ("left", "right"), "triceps": ("left", "right")}


def test_the_side_may_stand_in_a_column_before_the_study_and_the_muscles_below() -> None:
    case = _case(
        "STUDIES\nleft only           Free-run electromyogram\n                      gastrocnemius, vastus lateralis\n"
        "                    Continuous electromyography (free-run)\n                      external anal sphincter\n"
    )
    assert _muscles(case)["vastus_lateralis"] == ("left",)
    assert {row.region for row in case.modalities} == {"lower", "sphincter"}


def test_a_side_written_on_to_a_full_column_is_read() -> None:
    case = _case("Free run EMG             tibialis anterior, adductor longus, biceps femorisL+R\n")
    assert _muscles(case)["biceps_femoris"] == ("left", "right")


def test_records_of_an_export_are_read_one_a_line() -> None:
    case = _case(
        "study_1=Brainstem auditory EPs, both mastoids | L/R both\n"
        "study_2=EMG, spontaneous | orbicularis oculi, orbicularis oris | Lt side\n"
        "study_3=TOF twitch check, wrist\nremark_1=Flash visual EP not recorded.\n"
    )
    assert _muscles(case) == {"orbicularis_oculi": ("left",), "orbicularis_oris": ("left",)}
    status = {row.modality: row.status for row in case.modalities}
    assert (status["TOF"], status["VEP"]) == ("performed", "not_performed")


def test_names_of_muscles_may_be_cut_short_word_by_word() -> None:
    case = _case("EMG: add longus, vast lat, tib. anterior, bicep fem, ext. hallucis, R and L\n")
    assert {*_muscles(case)} == {
        "adductor",
        "biceps_femoris",
        "extensor_hallucis_longus",
        "tibialis_anterior",
        "vastus_lateralis",
    }


def test_short_words_of_other_things_are_no_muscles() -> None:
    case = _case("EMG of mentalis: the muscles were quiet. Med Rec 8120. For extension of the neck see above.\n")
    assert {*_muscles(case)} == {"mentalis"}


def test_the_same_muscles_are_those_of_the_study_before() -> None:
    case = _case("EMG: vastus lateralis, gastrocnemius.\nStimulated EMG with a probe: the same muscles and the anal sphincter.\n")
    assert {*_muscles(case, "TRIGGERED_EMG")} == {"vastus_lateralis", "gastrocnemius_medial", "anal_sphincter"}


def test_the_side_stands_with_the_muscles_and_not_only_with_the_study() -> None:
    case = _case("EMG, free-running. Right and left vastus lateralis, tibialis anterior and gastrocnemius.\n")
    assert set(_muscles(case).values()) == {("left", "right")}


def test_a_slash_parts_two_studies_of_a_line() -> None:
    case = _case("MEP APB, AH bilat / EMG VL, TA bilat\n")
    assert {*_muscles(case)} == {"vastus_lateralis", "tibialis_anterior"}


def test_a_probe_on_screws_stimulates_no_nerve() -> None:
    case = _case("SCREW\tL3, L4, L5 bilat, monopolar probe\n")
    assert {row.modality for row in case.modalities} == {"PEDICLE_SCREW"}


def test_an_empty_box_with_a_plan_beside_it_was_intended() -> None:
    case = _case("[X] EMG tib ant R/L\n[ ] MEP TA/AH was on the order. Surgeon cancelled in the room. Not run.\n")
    mep = next(row for row in case.modalities if row.modality == "MEP")
    assert (mep.status, mep.intended) == ("not_performed", True)


def test_muscles_listed_in_a_log_outweigh_the_one_that_changed() -> None:
    case = _case(
        "08:12 running baselines\n08:29 baselines done. MEP: APB, TA, AH both sides\n10:58 right AH MEP down 60%\n\n"
        "Reversible right abductor hallucis MEP drop during resection.\n"
    )
    assert {row.region for row in case.modalities if row.modality == "MEP"} == {"upper", "lower"}


def test_an_entry_of_a_list_is_not_left_out_with_the_next() -> None:
    case = _case("Somatosensory EPs, arms: ulnar nerve at the wrist (L+R)\nVisual EPs: not done.\n")
    assert {row.modality: row.status for row in case.modalities} == {"SSEP": "performed", "VEP": "not_performed"}


def test_two_studies_left_out_together_are_both_left_out() -> None:
    case = _case("SSEP of the median nerves was recorded. MEP and EEG were not done.\n")
    assert {row.modality: row.status for row in case.modalities} == {
        "SSEP": "performed",
        "MEP": "not_performed",
        "EEG": "not_performed",
    }


@pytest.mark.parametrize(
    "line", ["FT1|37|92585-26 x 1", "# 92585-26 x 1", "  <line>92585-26 x 1</line>", "* 92585-26 x 1", "3) 92585-26 x 1"]
)
def test_a_charge_line_is_known_in_any_export(line: str) -> None:
    assert [(b.code, b.modifiers, b.units) for b in _case(line).billing] == [("92585", ("26",), 1)]


def test_a_number_in_a_sentence_is_no_charge() -> None:
    assert _case("She lives at 92585 Harbour Way.").billing == ()


@pytest.mark.parametrize(
    "text",
    [
        "Operative side: left.",
        "The left side was the operated one.",
        "It was a left-sided operation.",
        "Surgery was carried out on the left.",
        "The approach was from the left, that being the side of surgery.",
        "With the left upper trunk exposed, nerve action potentials were sought.",
        "The retractor was on the left cerebellar hemisphere.",
    ],
)
def test_the_other_side_in_so_many_words_contradicts_the_operation(text: str) -> None:
    assert _case(text, "Right retrosigmoid craniectomy").laterality
    assert not _case(text, "Left retrosigmoid craniectomy").laterality


@pytest.mark.parametrize(
    "text",
    [
        "She lay on the left side.",
        "The left median SSEP fell with retraction.",
        "The left sural nerve was exposed for the graft.",
        "An earlier operation in 2016 was on the left.",
        "Surgery went on; the left hand stayed steady.",
        "The operation was on the right.",
    ],
)
def test_another_side_that_is_not_the_operations_contradicts_nothing(text: str) -> None:
    assert not _case(text, "Right retrosigmoid craniectomy").laterality


def test_both_kinds_of_electromyography_share_the_muscles_listed_after_them() -> None:
    case = _case(
        "Free-running EMG and EMG triggered by stimulation of roots. Muscles on each side: adductor longus, tibialis anterior. "
        "External anal sphincter by needle.\n"
    )
    want = {"adductor", "tibialis_anterior", "anal_sphincter"}
    assert ({*_muscles(case)}, {*_muscles(case, "TRIGGERED_EMG")}) == (want, want)


def test_the_same_muscles_of_a_limb_are_only_those_of_that_limb() -> None:
    case = _case("Transcranial MEP from deltoid, biceps and tibialis anterior. Free-running EMG from the same arm muscles.\n")
    assert {*_muscles(case)} == {"deltoid", "biceps"}


@pytest.mark.parametrize(
    "sides",
    ["on the right and on the left", "R arm and L arm", "of the left and the same two of the right side", "left and right"],
)
def test_two_sides_that_are_meant_together_are_both(sides: str) -> None:
    assert set(_muscles(_case(f"EMG of deltoid and biceps {sides}.\n")).values()) == {("left", "right")}


def test_two_sides_of_two_muscles_stay_apart() -> None:
    assert _muscles(_case("EMG of left deltoid and right biceps.\n")) == {"deltoid": ("left",), "biceps": ("right",)}


@pytest.mark.parametrize(
    ("text", "studies"),
    [
        ("Nerve action potentials were sought across three elements of the plexus.", 3),
        ("Nerve action potentials, left: suprascapular, musculocutaneous and axillary (3 nerves).", 3),
        ("Nerve action potentials across the lesion: present.", 1),
    ],
)
def test_nerves_are_counted_as_the_record_counts_them(text: str, studies: int) -> None:
    case = _case(text)
    assert [row.studies for row in case.modalities if row.modality == "NAP"] == [studies]


@pytest.mark.parametrize(
    "text",
    [
        "The screws were not stimulated.",
        "EMG-NV 25/318",
        "R. NCS T., CNIM was in the room.",
        "Cortical mapping was done. At 10:58 stimulation at 4 mA brought on an arrest.",
        "screws T4-L2 by monopolar probe",
    ],
)
def test_what_only_looks_like_a_study_of_nerves_is_none(text: str) -> None:
    done = {row.modality for row in _case(text).modalities if row.status == "performed"}
    assert not done & {"EMG", "NAP", "TRIGGERED_EMG"}


def test_a_row_says_of_its_study_that_nothing_was_seen() -> None:
    case = _case("D-wave\tepidural electrode below the tumor\tattempted, not obtained\n")
    assert [row.status for row in case.modalities if row.modality == "D_WAVE"] == ["unobtainable"]


def test_a_study_that_was_no_part_of_the_plan_was_not_intended() -> None:
    mep = next(row for row in _case("MEP were not part of the plan.").modalities if row.modality == "MEP")
    assert (mep.status, mep.intended) == ("not_performed", False)


@pytest.mark.parametrize(
    "lines",
    [
        "[Spontaneous EMG recording] orbicularis oculi, mentalis left side\n[SSEPs of the arms] ulnar nerve both sides\n",
        '{"study": "EMG", "sites": ["orbicularis oculi", "mentalis"], "side": "left side"}\n'
        '{"study": "SSEP of the arms", "sites": ["ulnar nerve at the wrist"], "side": "right and left"}\n',
        '<study name="EMG" side="left">orbicularis oculi, mentalis</study>\n'
        '<study name="SSEP of the arms" side="right and left">ulnar nerve at the wrist</study>\n',
        "-- EMG, spontaneous: orbicularis oculi, mentalis (left)\n-- Upper limb SSEP: ulnar nerve at the wrist (Bil)\n",
        "Brainstem responses / both ears\nEMG recording / orbicularis oculi, mentalis / left side\n",
    ],
)
def test_entries_with_marks_of_their_own_keep_their_sides(lines: str) -> None:
    assert _muscles(_case(lines)) == {"mentalis": ("left",), "orbicularis_oculi": ("left",)}


def test_a_plan_of_the_next_entry_is_not_this_ones() -> None:
    case = _case("EMG free run: gastrocnemius, adductor longus (L & R)\nVEP testing stood on the plan but did not get done.\n")
    assert {row.modality: (row.status, row.intended) for row in case.modalities} == {
        "EMG": ("performed", False),
        "VEP": ("not_performed", True),
    }


def test_a_room_for_eeg_and_a_branch_are_no_study_and_no_muscle() -> None:
    case = _case("Reader in hospital, EEG lab, not in OR. LSR stim R zygomatic br to mentalis\n")
    assert {(row.modality, row.region) for row in case.modalities} == {("TRIGGERED_EMG", "cranial")}


def test_a_side_behind_a_semicolon_is_of_the_next_study() -> None:
    found = _muscles(_case("Running EMG of the right deltoid and biceps; SSEP of both ankles."))
    assert found == {"deltoid": ("right",), "biceps": ("right",)}


def test_a_side_of_which_its_own_clause_says_all_is_not_that_of_the_next() -> None:
    said = "At baseline left wave V stood at 6.0 ms, the right was normal, and the lateral spread response was clear in mentalis."
    case = _case(
        f"BAEP to clicks in both ears. EMG of the left orbicularis oculi and mentalis. {said}", "left microvascular decompression"
    )
    assert {side for row in case.modalities if row.modality in ("EMG", "TRIGGERED_EMG") for side in row.sides} == {"left"}


def test_a_heading_of_results_ends_the_list_of_a_study() -> None:
    case = _case("EMG: rectus femoris, tibialis anterior, R and L.\nBaseline\nArms normal.\n")
    assert {row.region for row in case.modalities if row.modality == "EMG"} == {"lower"}


def test_the_no_of_a_choice_in_the_cell_before_denies_no_site() -> None:
    case = _case(
        "EMG free-running\t☒ yes ☐ no\tdeltoid, biceps, R + L\nTranscranial MEP arms\t☒ yes ☐ no\tabductor pollicis brevis, R + L"
    )
    assert set(_muscles(case)) == {"deltoid", "biceps"}
    assert case.elements["modality_sites"].state == "present"


def test_a_denied_muscle_is_no_site() -> None:
    case = _case("Free-running EMG of deltoid and biceps, R + L, no\ntriceps.")
    assert set(_muscles(case)) == {"deltoid", "biceps"}


@pytest.mark.parametrize(
    ("told", "technique"),
    [
        ("EMG of both legs: vastus lateralis, tibialis anterior. Anal sphincter with surface discs.", "surface"),
        ("EMG by needles in vastus lateralis and tibialis anterior. Anal sphincter by surface electrodes.", "surface"),
        ("EMG by surface electrodes in the legs. Anal sphincter: paired needles.", "needle"),
        ("EMG of the anal sphincter and gastrocnemius by needles.", "needle"),
        ("EMG of the anal sphincter and gastrocnemius.", None),
    ],
)
def test_the_electrodes_of_the_sphincter_are_told_by_the_sentence_that_names_it(told: str, technique: str | None) -> None:
    found = {row.technique for row in _case(told + "\n").modalities if (row.modality, row.region) == ("EMG", "sphincter")}
    assert found == {technique}


@pytest.mark.parametrize(
    ("operation", "conflict"),
    [
        ("Awake left frontal craniotomy, low-grade glioma", False),
        ("Left MCA aneurysm clipping", False),
        ("Left ulnar nerve transposition", True),
        ("Left retrosigmoid craniectomy", True),
    ],
)
def test_the_muscles_of_the_other_side_contradict_no_operation_on_a_hemisphere(operation: str, *, conflict: bool) -> None:
    told = "EMG, right arm: deltoid, biceps, flexor carpi radialis, extensor digitorum, APB.\n"
    assert bool(_case(told, operation).laterality) is conflict


@pytest.mark.parametrize(
    ("operation", "reason", "conflict"),
    [
        ("Right C6-7 posterior cervical foraminotomy", "left C7 radiculopathy, left arm pain", True),
        ("Left L5-S1 microdiscectomy", "right S1 radiculopathy", True),
        ("L5-S1 microdiscectomy, left", "left sciatica", False),
        ("Right-sided anterior cervical discectomy and fusion C5-6", "left C6 radiculopathy", False),
        ("Left L4-5 hemilaminectomy", "bilateral leg pain, worse on the right", False),
        ("Left L4-5 hemilaminectomy", "previous right L5 radiculopathy", False),
    ],
)
def test_a_root_is_freed_on_the_side_of_what_it_does(operation: str, reason: str, *, conflict: bool) -> None:
    assert bool(_case(f"Indication: {reason}", operation).laterality) is conflict


@pytest.mark.parametrize(
    "lines",
    [
        "CHARGES\t95941 x 4\t95938 x 1",
        "Codes\t95941 (4)\t95938 (1)",
        "CPT\t95941\t95938\nUnits\t4\t1",
        "CPT\tUnits\n95941\t4\n95938\t1",
    ],
)
def test_charges_may_stand_side_by_side_behind_their_label(lines: str) -> None:
    assert [(b.code, b.units) for b in _case(lines).billing] == [("95941", 4), ("95938", 1)]
