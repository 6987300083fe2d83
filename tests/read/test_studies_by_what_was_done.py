"""A study that nobody names is told by what was stimulated and what answered; a nerve or muscle alone is no study."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Jane Roe    MRN: 448812
Date of surgery: 03/04/2025
Monitoring 08:10 to 11:20.

"""


def _studies(text: str) -> set[tuple[str, str | None]]:
    case = read_case(read_bytes("note.txt", (HEAD + text + "\n").encode()))
    return {(m.modality, m.region) for m in case.modalities if m.status != "not_performed"}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Good tibial and ulnar cortical responses on both sides.", {"upper", "lower"}),
        ("The median nerve potentials over both hemispheres were of good size.", {"upper"}),
        ("N20 from the median nerves and P37 from the tibial nerves stayed where they were.", {"upper", "lower"}),
        ("The cortical responses from either hand were crisp, those from the feet rather low.", {"upper", "lower"}),
        ("Pudendal shocks gave a scalp potential of 0.8 microvolts.", {"head_trunk"}),
        ("Scalp potentials to median nerve shocks: 2.1 and 2.3 microvolts.", {"upper"}),
        ("sensories from ulnars and tibs all up", {"upper", "lower"}),
    ],
)
def test_a_nerve_and_an_answer_over_the_brain_are_somatosensory_potentials(text: str, regions: set[str]) -> None:
    assert _studies(text) == {("SSEP", region) for region in regions}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Transcranial electrical stimulation, C3-C4, 5 pulses, 350 V: answers in APB, TA, AH bilaterally.", {"upper", "lower"}),
        ("tc stim 420V: APB R/L fine, AH R/L fine", {"upper", "lower"}),
        ("Pyramidal tract: high-voltage trains at the scalp, pick-up in TA and AH.", {"lower"}),
        ("Facial answers to scalp pulses were recorded from orbicularis oris and mentalis.", {"cranial"}),
    ],
)
def test_pulses_through_the_scalp_and_a_muscle_are_motor_potentials(text: str, regions: set[str]) -> None:
    assert _studies(text) == {("MEP", region) for region in regions}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Muscles (all left unless said): VII orbicularis oculi, orbicularis oris; XI trapezius. Everything flat.", {"cranial"}),
        ("Needles in vastus lateralis and tibialis anterior of each leg showed no discharges.", {"lower"}),
        ("There was no spontaneous discharge in iliopsoas or quadriceps during retraction.", {"lower"}),
        ("X by electrode tube, both vocal folds; no trains.", {"larynx"}),
        ("The rectus abdominis and intercostal needles showed nothing.", {"trunk"}),
        ("Paired wires in masseter and in the upper and lower face muscles caught the firing.", {"cranial"}),
    ],
)
def test_a_muscle_that_was_listened_to_is_electromyography(text: str, regions: set[str]) -> None:
    assert _studies(text) == {("EMG", region) for region in regions}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Hand probe: facial nerve (answers in oculi and oris) and vagus (answers in the tube).", {"cranial", "larynx"}),
        ("At 0.1 mA the facial nerve answered from the brainstem.", {"cranial"}),
        ("Touching the seventh nerve with the monopolar tip made oculi and oris answer.", {"cranial"}),
        ("Roots were mapped before cutting: S1 gave gastrocnemius, S2 gave the anal sphincter.", {"lower", "sphincter"}),
        ("Stimulation of C5 gave deltoid and biceps contractions at 2 mA.", {"upper"}),
        ("Vagus 1 mA left 450 uV, right 510 uV by tube electrode.", {"larynx"}),
    ],
)
def test_a_probe_on_a_nerve_and_its_muscle_are_triggered_electromyography(text: str, regions: set[str]) -> None:
    assert _studies(text) == {("TRIGGERED_EMG", region) for region in regions}


@pytest.mark.parametrize(
    "text",
    [
        "The median nerve was released at the wrist and looked swollen.",
        "Preoperatively deltoid and biceps were weak, 4/5.",
        "The deltoid muscle was split and retracted.",
        "Scalp block with bupivacaine; the hands were padded.",
        "The facial nerve was exposed in its mastoid course and looked intact.",
        "The recurrent laryngeal nerve was seen and kept.",
        "The patient has a scar over the left quadriceps and needles were not used there.",
        "Absent ankle reflex, tibialis anterior weak.",
        "Sensory exam of the median nerve was normal.",
        "Pulses in both feet were palpable at the ankle.",
        "The endotracheal tube was placed under direct vision of the vocal folds.",
        "On waking she moved hands and feet on command.",
        "Needle counts were correct; the sphincter tone was normal.",
        "The probe cover was changed at the head of the table by hand.",
    ],
)
def test_a_nerve_or_muscle_alone_is_no_study(text: str) -> None:
    assert _studies(text) == set()


def test_a_study_that_the_record_names_with_its_sites_is_not_composed_anew() -> None:
    text = "SSEP of the median nerves was recorded.\n\nThe tibial nerve potentials over the vertex had been seen in the clinic."
    assert _studies(text) == {("SSEP", "upper")}


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("EMG: left upper trunk exposed, deltoid and biceps quiet.", {"upper"}),
        ("EMG of the lower cranial nerves: trapezius and tongue.", {"cranial"}),
        ("EMG of the legs and of the trunk.", {"lower", "trunk"}),
    ],
)
def test_upper_and_lower_are_limbs_only_where_limbs_are_meant(text: str, regions: set[str]) -> None:
    assert {region for name, region in _studies(text) if name == "EMG"} == regions


@pytest.mark.parametrize(
    "text",
    [
        "Functional mapping with the bipolar stimulator, cortical first and then subcortical, ran from 10:15 to 11:20.",
        "10:15-11:20 stimulation mapping (cortex, then white matter) - see below",
        "Stimulation mapping: cortex and white matter.",
    ],
)
def test_mapping_of_the_cortex_and_then_below_it_are_two_studies(text: str) -> None:
    assert _studies(text) == {("CORTICAL_MAPPING", None), ("SUBCORTICAL_MAPPING", None)}


@pytest.mark.parametrize(
    ("text", "studies"),
    [
        ("SSEPs x4", {("SSEP", "upper"), ("SSEP", "lower")}),
        ("Continuous EMG x 4 extremities", {("EMG", "upper"), ("EMG", "lower")}),
        ("EMG UE: deltoid, biceps; LE: none", {("EMG", "upper")}),
        ("Trigeminal evoked potentials from the upper lip", {("SSEP", "head_trunk")}),
        ("Upper extremity EPs: ulnar. Lower extremity EPs: peroneal.", {("SSEP", "upper"), ("SSEP", "lower")}),
        ("Tibial and median evoked waves: good morphology throughout.", {("SSEP", "upper"), ("SSEP", "lower")}),
        ("Motor evokeds in the legs", {("MEP", "lower")}),
        ("Direct VII nerve stimulation 0.08 mA", {("TRIGGERED_EMG", "cranial")}),
        ("Far-field hearing responses, R ear, stable", {("BAEP", None)}),
        ("cerebral activity in 10 channels by scalp electrodes", {("EEG", None)}),
        ("Single neurons were recorded along three tracks.", {("MER", None)}),
        ("The motor strip was mapped with a train probe.", {("CORTICAL_MAPPING", None)}),
        ("Median nerve normal. Tibial SSEP delayed.", {("SSEP", "lower")}),
    ],
)
def test_other_words_for_a_study_and_its_limbs(text: str, studies: set[tuple[str, str | None]]) -> None:
    assert _studies(text) == studies


def test_who_listens_to_people_monitors_no_muscle() -> None:
    assert _studies("I was listening to the surgeon on the phone.") == set()


@pytest.mark.parametrize(
    ("text", "studies"),
    [
        (
            "Ulnar potentials from the wrists were good, those of the posterior tibial nerves slow.",
            {("SSEP", "upper"), ("SSEP", "lower")},
        ),
        ("EEG on ten channels, and a clean N20 from both median nerves.", {("EEG", None), ("SSEP", "upper")}),
        ("Needles went into the left orbicularis oculi and mentalis between 9:05 and 9:18.", {("EMG", "cranial")}),
        ("Right frontalis, orbicularis oculi, mentalis: no resting activity.", {("EMG", "cranial")}),
        (
            "EMG, right side: orbicularis oculi, trapezius, tongue, free-running and triggered. Larynx: tube, vocalis.",
            {(name, region) for name in ("EMG", "TRIGGERED_EMG") for region in ("cranial", "larynx")},
        ),
        (
            "R trapezius, R tongue EMG (free run + stim), vocalis via tube (free run)",
            {("EMG", "cranial"), ("EMG", "larynx"), ("TRIGGERED_EMG", "cranial")},
        ),
        ("SSEP median + PT SSEP reproducible.", {("SSEP", "upper"), ("SSEP", "lower")}),
        ("TCMEP apb, ta, ah L/R", {("MEP", "upper"), ("MEP", "lower")}),
        ("MEP: trapezius, deltoid, thenar, tibialis anterior.", {("MEP", "upper"), ("MEP", "lower")}),
        ("EMG, trunk: rectus abdominis upper and lower L + R", {("EMG", "trunk")}),
        ("I mapped the exposed cortex with monopolar trains.", {("CORTICAL_MAPPING", None)}),
        ("The strip showed the N20 turning to P20 between contacts 4 and 5.", {("PHASE_REVERSAL", None)}),
        (
            "Microelectrode recording. Functional mapping by stimulation of the subthalamic region.",
            {("MER", None), ("SUBCORTICAL_MAPPING", None)},
        ),
        (
            "Potenciales evocados somatosensoriales (PESS) of the tibial nerves; PEM from TA.",
            {("SSEP", "lower"), ("MEP", "lower")},
        ),
        ("Modality: TcMEP. Muscles: Delt/APB/TA/AH x2.", {("MEP", "upper"), ("MEP", "lower")}),
        ("Done: SSEP (ulnar, tibial), EMG (TA, MG both).", {("SSEP", "upper"), ("SSEP", "lower"), ("EMG", "lower")}),
        ("H-reflex of both soleus muscles by the tibial nerve in the popliteal fossa.", {("H_REFLEX", None)}),
        ("SEP | N. tibialis posterior (ankle) right/left", {("SSEP", "lower")}),
        ("[X] SSEP upper ulnar n.  [X] SSEP lower tibial n.", {("SSEP", "upper"), ("SSEP", "lower")}),
        ("Trigger EMG with the stick probe; leg muscles quads, TA, MG.", {("TRIGGERED_EMG", "lower")}),
        ("uMEP and lMEP good. APB, AH.", {("MEP", "upper"), ("MEP", "lower")}),
        (
            "(X) SSEP (X) TcMEP ( ) EEG. Limbs: (X) upper (X) lower.",
            {(s, r) for s in ("SSEP", "MEP") for r in ("upper", "lower")},
        ),
        (
            "tibial nerve (SSEP); EMG R+L vastus, tib ant; pudendal stim for the BCR.",
            {("SSEP", "lower"), ("EMG", "lower"), ("BCR", None)},
        ),
        ("Needles both legs: iliopsoas, vastus lateralis. EMG: quiet.", {("EMG", "lower")}),
        (
            "EMG of facial muscles and of the larynx. The facial nerve was stimulated: responses from the same facial muscles.",
            {("EMG", "cranial"), ("EMG", "larynx"), ("TRIGGERED_EMG", "cranial")},
        ),
        (
            "Ordered by Dr. Poe on the 4th. SSEP: ulnar nerves (wrist). MEP, transcranial: thenar, TA.",
            {("SSEP", "upper"), ("MEP", "upper"), ("MEP", "lower")},
        ),
        ("MEP of TA and AH; the tongue-bite risk of MEP was explained.", {("MEP", "lower")}),
        # What looks like a study and is none
        ("10:20  Screw holes, EMG of TA quiet", {("EMG", "lower")}),
        ("The surgeon closed the blades two clicks; SSEP of the tibial nerve unchanged.", {("SSEP", "lower")}),
        ("EMG of the right mentalis showed the usual small twitches.", {("EMG", "cranial")}),
        ("[X] EEG [X] SSEP arms [ ] SSEP legs [ ] MEP", {("EEG", None), ("SSEP", "upper")}),
        ("[X] SSEP arms [X] SSEP legs [ ] MEP", {("SSEP", "upper"), ("SSEP", "lower")}),
        (
            "The cortical responses to both median nerves were normal, and motor responses were present in the thenar muscles.",
            {("SSEP", "upper"), ("MEP", "upper")},
        ),
        ("EMG of VL/TA quiet. burst L TA, told Dr F, she moved the probe.", {("EMG", "lower")}),
        ("Tibial SSEP by day. Leads off 0136 to 0150, 28 Sep.", {("SSEP", "lower")}),
        ("Cortical mapping was done. Tongue and hand moved at three precentral sites with 3.5 mA.", {("CORTICAL_MAPPING", None)}),
        ("\u2612 Vocalis EMG, electrode tube  \u2610 Facial muscles", {("EMG", "larynx")}),
    ],
)
def test_studies_and_their_places_in_more_words(text: str, studies: set[tuple[str, str | None]]) -> None:
    assert _studies(text) == studies


@pytest.mark.parametrize(
    "text",
    [
        "The filum did not respond at 5 mA.",
        "Filum stimulated at up to 20 mA with no muscle answer before it was cut.",
        "EMG of the legs: silent at baseline.",
        "Nothing gave cause for concern. No potential altered beyond its usual scatter.",
        "Ordered as NR-5521.",
        "Amplifier box failed and was swapped; nothing could be seen.",
        "MEP flat line stable to end.",
    ],
)
def test_what_did_not_answer_is_not_always_the_study(text: str) -> None:
    told = HEAD + "MEP from tibialis anterior and abductor hallucis, both sides, present at baseline.\n" + text + "\n"
    case = read_case(read_bytes("note.txt", told.encode()))
    assert {m.status for m in case.modalities if m.modality == "MEP"} == {"performed"}


def test_an_answer_of_one_side_only_stays_so() -> None:
    told = HEAD + "Baseline: tibial SSEPs absent on the left and small on the right.\n"
    case = read_case(read_bytes("note.txt", told.encode()))
    assert {(m.status, m.sides) for m in case.modalities} == {("performed", ("right",)), ("unobtainable", ("left",))}


def test_what_was_refused_before_the_operation_is_no_history() -> None:
    told = HEAD + "Patient refused needle EMG preoperatively so only SSEPs of the tibial nerves were run.\n"
    case = read_case(read_bytes("note.txt", told.encode()))
    assert {(m.modality, m.status) for m in case.modalities} == {("EMG", "not_performed"), ("SSEP", "performed")}


def test_the_side_of_a_list_is_that_of_its_label() -> None:
    told = HEAD + "Muscle list (both sides): iliopsoas, VMO, TA, EHL, MG. Type: spontaneous EMG.\n"
    emg = [m for m in read_case(read_bytes("note.txt", told.encode())).modalities if m.modality == "EMG"]
    assert [set(muscle.sides) for m in emg for muscle in m.muscles] == [{"left", "right"}] * 5


def test_roots_on_both_sides_are_muscles_of_both() -> None:
    told = HEAD + "Root EMG C5-T1 on both sides.\n"
    emg = [m for m in read_case(read_bytes("note.txt", told.encode())).modalities if m.modality == "EMG"]
    assert [m.sides for m in emg] == [("left", "right")]


def test_a_sentence_may_begin_with_two_times_that_wear_full_stops() -> None:
    told = HEAD + "From 10:02 a.m. to 11:36 a.m. I mapped the cortex.\n"
    mapped = read_case(read_bytes("note.txt", told.encode())).mapping
    assert [(span.start.hour, span.end.hour) for span in mapped] == [(10, 11)]


@pytest.mark.parametrize(
    ("text", "studies"),
    [
        (
            "SSEP of the median nerve, both wrists.\n"
            "Bulbocavernosus reflex: dorsal genital nerve stimulation, anal sphincter recording.",
            {("SSEP", "upper"), ("BCR", None)},
        ),
        (
            "BAEP of each ear and free-running EMG of the right masseter.\n"
            "Brief spontaneous discharges in the masseter on touching the root subsided by themselves.",
            {("BAEP", None), ("EMG", "cranial")},
        ),
        (
            "SSEP of the right median nerve at the wrist.\nImpression: right median nerve conduction unchanged from baseline.",
            {("SSEP", "upper")},
        ),
        (
            "SSEP: ulnar nerves at the wrist. EMG of tibialis anterior.\n"
            "Through the osteotomy no SSEP change and no sustained EMG activity was seen.",
            {("SSEP", "upper"), ("EMG", "lower")},
        ),
        (
            "SSEP of the ulnar nerves, wrist.\nAt 01:10 Dr. Hale gave over to Dr. Roe by voice, with the technologist listening.",
            {("SSEP", "upper")},
        ),
    ],
)
def test_what_a_study_needs_or_found_is_no_further_study(text: str, studies: set[tuple[str, str | None]]) -> None:
    assert _studies(text) == studies


def test_a_study_named_only_in_the_order_was_done_where_its_stimulus_and_answer_are_told() -> None:
    text = (
        "Surgeon: Yolanda Beckwith, MD (her order: BAEP, EMG V + VII)\n\n"
        "[08:22] renwick: starting baselines. clicks 90 dB both ears. needles R masseter, R orb oculi\n"
        "[08:31] abara: R wave V 5.9 ms, L 5.8. EMG flat\n"
    )
    assert _studies(text) == {("BAEP", None), ("EMG", "cranial")}


def test_below_a_second_heading_procedure_stands_what_was_done() -> None:
    text = (
        "OPERATION: Awake left frontal craniotomy for resection of glioma.\n\nProcedure\n"
        "Transcranial motor evoked potentials were taken from right abductor pollicis brevis and right tibialis anterior.\n"
    )
    assert _studies(text) == {("MEP", "upper"), ("MEP", "lower")}


def test_a_muscle_that_answers_to_a_screw_is_no_triggered_electromyography() -> None:
    text = "EMG of tibialis anterior, both legs.\n\n08:58 Screw stim: L5 R 15.8 mA. L5 L responds at 6.8 mA in tib ant.\n"
    assert _studies(text) == {("EMG", "lower"), ("PEDICLE_SCREW", None)}


def test_a_log_tells_the_nerves_of_potentials_that_are_named_without_any() -> None:
    log = (
        "08:42 EEG symmetric. N20 both sides good, R 2.0 L 2.3 uV\n09:10 stable\n09:33 stim left median, right N20 down by half\n"
    )
    assert ("SSEP", "upper") in _studies(f"Studies: EEG and SSEP.\n{log}")
    assert ("SSEP", "upper") not in _studies(f"Studies: EEG and SSEP of the tibial nerves.\n{log}")
    assert ("SSEP", "upper") not in _studies("Studies: EEG and SSEP.\n08:42 median line in\n09:10 stable\n09:33 wrist padded\n")


MUSCLES = """MUSCLES
Right and left leg: adductor longus, vastus lateralis, tibialis anterior, biceps femoris, medial gastrocnemius.
Anal sphincter with adhesive surface electrodes.
{modes}

Between the tests the free-running EMG of both legs showed no unexpected activity.
"""
BOTH = "Free running between tests; evoked by stimulation of each rootlet during tests."


@pytest.mark.parametrize(("modes", "kinds"), [(BOTH, {"EMG", "TRIGGERED_EMG"}), ("All quiet at rest.", {"EMG"})])
def test_muscles_under_a_heading_of_their_own_are_those_of_the_one_study_of_muscles(modes: str, kinds: set[str]) -> None:
    assert _studies(MUSCLES.format(modes=modes)) == {(kind, region) for kind in kinds for region in ("lower", "sphincter")}


def test_muscles_under_a_heading_go_with_no_study_where_motor_potentials_may_be_meant() -> None:
    text = "Motor evoked potentials after transcranial stimulation.\n\n" + MUSCLES.format(modes=BOTH)
    assert ("TRIGGERED_EMG", "lower") not in _studies(text)


@pytest.mark.parametrize(
    "text",
    [
        "Motor evoked potentials: abductor pollicis brevis, both sides; tibialis anterior, both sides, 600 V, double trains.",
        "MEP from abductor pollicis brevis, both sides; tibialis anterior, both sides, by trains of five.",
    ],
)
def test_trains_of_pulses_are_no_activity_of_muscles(text: str) -> None:
    assert _studies(text) == {("MEP", "upper"), ("MEP", "lower")}


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        ("Your eight screws at T11, T12, L1 and L2 were each stimulated; the lowest threshold was 14 mA.", True),
        ("The screws placed at L4, L5 and S1 were tested one by one.", True),
        ("Your screws at T11 to L2 were not stimulated.", False),
        ("The screws at L4 and L5 were checked by fluoroscopy.", False),
    ],
)
def test_screws_by_their_levels(text: str, tested: bool) -> None:
    assert (("PEDICLE_SCREW", None) in _studies(text)) is tested


@pytest.mark.parametrize(
    ("text", "studies"),
    [
        ("BCR\tdorsal clitoral nerve stimulation, recorded in the anal sphincter", {"BCR"}),
        ("Bulbocavernosus reflex: dorsal penile nerve stimulation, anal sphincter recording", {"BCR"}),
        ("BCR and pudendal nerve stimulation with compound responses of the anal sphincter", {"BCR", "TRIGGERED_EMG"}),
    ],
)
def test_what_evokes_a_reflex_is_no_stimulation_of_its_own(text: str, studies: set[str]) -> None:
    assert {modality for modality, _ in _studies(text)} == studies


def test_a_row_of_muscles_that_ends_with_its_mode_is_none_of_the_row_above() -> None:
    rows = (
        "EMG, free-run\tright and left: iliopsoas, vastus medialis, tibialis anterior\n"
        "Triggered EMG\tsame six leg muscles\n"
        "Sphincter\tpaired needles in the external anal sphincter, right and left, free-run\n"
    )
    assert _studies(rows) == {("EMG", "lower"), ("TRIGGERED_EMG", "lower"), ("EMG", "sphincter")}
