"""Elements stated in wordings that no pattern holds: a clause is read from the things it names, and from nothing less."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Dana Dunleavy, MD
Technologist: Gwen Juarez, CNIM

SSEP of the median and tibial nerves and MEP of APB, TA and AH were recorded bilaterally.
Monitoring 08:10 to 11:30.

"""
STATED = {
    "order": [
        "We were called in by Dr. Holloway for neuromonitoring.",
        "Service rendered on the order of Mark Holloway, MD.",
        "The attending surgeon placed an electronic order for evoked potential monitoring.",
        "The treating surgeon sought electrophysiologic surveillance for this case.",
        "Dr. Holloway directed that SSEPs and MEPs be followed.",
        "Dr. Holloway engaged us for the neurophysiology of this case.",
        "Monitoring authorized by: Dr. Holloway (surgeon's order in chart).",
        "At the instance of the surgeon neurophysiological monitoring was set up.",
        "I was invited by Dr. Holloway to monitor this operation.",
        "The surgeon's order for this study is in the chart.",
        "This service was furnished pursuant to an order of Dr. Holloway.",
        "Dr. Holloway desired monitoring of the spinal cord.",
        "The decision to monitor was made by Dr. Holloway, who ordered it.",
        "Multimodality monitoring, ordered: M. Holloway, MD.",
        "Referred for intraoperative monitoring by Dr. Holloway.",
        "The surgical service requisitioned neurophysiological monitoring.",
        "Dr. Holloway enlisted our team to watch the facial nerve.",
        "Dr. Holloway, the operating surgeon, commissioned this monitoring.",
    ],
    "technologist_presence": [
        "Gwen Juarez, CNIM never stepped out of the operating room.",
        "The technologist sat at the machine in the operating room for the whole of the surgery.",
        "Gwen Juarez, CNIM was in the operating room from beginning to end.",
        "Gwen Juarez, CNIM did not once leave the patient's side.",
        "The technologist's attendance in the operating room was uninterrupted.",
        "Gwen Juarez, CNIM was physically in the room the entire time.",
        "The technologist was in constant attendance in the operating room.",
        "In the operating room, start to finish: Gwen Juarez, CNIM.",
        "Technical staffing: Gwen Juarez, CNIM, in room for the full procedure.",
        "Gwen Juarez, CNIM ran the equipment in the OR all the way through.",
        "The recording technologist was continuously in the surgical suite.",
        "Ms. Juarez did not go out of the operating room before the patient did.",
        "There was no time at which the operating room lacked the technologist.",
        "Neither during positioning nor later did the technologist leave the operating room.",
    ],
    "baseline_findings": [
        "Baselines were clean and replicated well.",
        "Baseline tibial SSEPs were of low amplitude on the left.",
        "Baseline testing yielded dependable waveforms from every limb.",
        "Control recordings were of good quality.",
        "Baseline: all modalities recordable.",
        "All baseline responses could be obtained.",
        "Baseline EMG showed no spontaneous firing.",
        "Baselines: L = R, N20 19.8 ms.",
        "The first set of responses was reproducible across trials.",
        "Reference recordings had a good signal-to-noise ratio.",
        "The initial set was of full amplitude.",
        "Baseline cortical responses were broad and dispersed.",
        "Pre-operative baselines were acquired and found reliable.",
        "Baseline traces were free from artifact.",
        "Wave I to V were discernible on the baseline run.",
    ],
    "intraoperative_findings": [
        "Not one alarm was raised.",
        "All potentials kept their size.",
        "No criterion for warning was ever reached.",
        "All signals maintained their baseline values.",
        "The recordings showed no departure from the reference.",
        "No alarming trend emerged.",
        "Potentials were as good at the end as at the beginning.",
        "Amplitudes and latencies kept to baseline.",
        "No sustained EMG activity was seen.",
        "Waveforms at closure were indistinguishable from baseline.",
        "Alarms during the session: 0.",
        "Responses at finish agreed with those at start.",
        "Traces stood firm to the end.",
    ],
    "surgeon_notification": [
        "At 9:10 the right MEP weakened and the surgeon was told.",
        "The left AH response faded at 9:10, which I brought to Dr. Holloway's attention.",
        "At 9:10 amplitudes were under half of baseline; the surgical team was advised.",
        "Dr. Holloway was alerted at 9:10 when the SSEP slipped below the warning limit.",
        "A critical change at 9:10 was passed on to Dr. Holloway.",
        "At 9:10, signals deteriorated; I spoke to the surgeon about it.",
        "A drop of the right tibial SSEP by 60 % was announced to the room at 9:10.",
        "An alert for the ulnar SSEP was raised with Dr. Holloway at 9:10 and cleared after repositioning.",
        "Facial EMG irritation at 9:10 was communicated to the surgeon.",
        "At 9:10 the recordings went out of limits. Dr. Holloway was told at once.",
        "Spontaneous discharges at 9:10 were drawn to the attention of the surgeon.",
    ],
    "interpretation": [
        "On balance the data speak for intact tracts.",
        "The results, as I read them, are reassuring: no injury.",
        "We conclude that no neural injury took place.",
        "To sum up, the monitored pathways were preserved.",
        "These data do not suggest any new deficit.",
        "Electrophysiologic conclusion: unchanged conduction through the spinal cord.",
        "Final interpretation - intact pathways.",
        "Opinion: stable study, no deficit expected.",
        "From the neurophysiologic standpoint no new deficit is expected.",
        "Clinical correlation: findings predict no new weakness.",
        "The monitoring data point to preserved facial nerve function.",
        "My assessment is preserved function.",
    ],
    "indication": [
        "The planned osteotomy exposes the cord to possible damage.",
        "Neurologic injury is a known complication of this operation.",
        "The lesion abuts the brainstem.",
        "Correction of the spine may injure the cord.",
        "The nerves lay in the surgical field and were vulnerable.",
        "Monitoring was needed to protect neural elements.",
        "There was concern for ischemia of the cord during clamping.",
        "To safeguard the nerve roots, monitoring was used.",
        "Potential for neurologic deficit made monitoring advisable.",
    ],
    "communication": [
        "I spoke with Dr. Holloway at the table.",
        "Dr. Dunleavy and Dr. Holloway talked directly in the room.",
        "Word was passed by Dr. Dunleavy to the team by voice.",
        "Dr. Dunleavy conversed directly with the surgeon.",
        "Direct speech between the surgeon and Dr. Dunleavy was kept up.",
    ],
}
NOT_STATED = {
    "order": [
        "Dr. Holloway ordered a CT of the spine.",
        "The surgeon asked for blood.",
        "Dr. Holloway was asked to pause while the SSEP was repeated.",
        "The surgeon asked whether the recordings were stable.",
        "Monitoring was stopped at the request of Dr. Holloway.",
        "No order for monitoring from Dr. Holloway was found.",
        "The order of Dr. Holloway for monitoring was missing.",
        "Dr. Holloway wanted a higher pressure before the recordings went on.",
        "Monitoring was provided under the direction of Dr. Dunleavy.",
        "The electrodes were placed in order to monitor the cord.",
        "Dr. Dunleavy requested a repeat of the MEP.",
        "The surgeon requested that the microscope be moved during monitoring.",
        "Dr. Holloway was informed that monitoring had begun.",
        "The anesthesiologist ordered two units of blood while monitoring continued.",
        "Dr. Holloway asked how monitoring was going.",
        "The surgeon asked the technologist to silence the monitor.",
        "Dr. Holloway directed the resident to close.",
        "An order for antibiotics was written by Dr. Holloway.",
    ],
    "technologist_presence": [
        "The technologist was in the operating room for set-up only.",
        "Gwen Juarez, CNIM left the operating room twice during the case.",
        "The technologist was in the operating room for part of the procedure.",
        "Dr. Dunleavy was in the operating room throughout.",
        "The patient was in the operating room for the whole time; the technologist set up.",
        "Gwen Juarez, CNIM brought the machine to the operating room.",
        "The surgeon was in the operating room from start to finish.",
        "The technologist was relieved for lunch in the operating room.",
        "Technologist in the operating room: Gwen Juarez, CNIM.",
    ],
    "baseline_findings": [
        "Baseline characteristics of the patient were normal.",
        "Baselines were obtained.",
        "No baseline was obtained: the patient was brought straight in.",
        "The responses returned to baseline and were stable.",
        "Baselines were recorded after positioning.",
        "Baseline creatinine was normal.",
        "Signals remained at baseline throughout.",
        "Amplitudes fell below baseline and were small.",
        "At the end responses were the same as baseline.",
        "Baseline neurologic examination: normal strength.",
        "Baseline blood pressure was low.",
    ],
    "intraoperative_findings": [
        "No change of position was needed.",
        "Needle count: 0 missing.",
        "No alarm of the anesthesia machine sounded.",
        "The surgeon changed the retractor.",
        "The table was level.",
    ],
    "surgeon_notification": [
        "The surgeon was told of the delay of the operation.",
        "Dr. Holloway was informed that baselines were complete.",
        "The surgeon was told that no change had occurred.",
        "The team was informed of a drop in blood pressure.",
        "Should a change occur, the surgeon is informed.",
        "The surgeon would have been alerted if amplitude had fallen by half.",
        "The surgeon was advised that the traces were stable.",
        "Dr. Holloway was told of the final results.",
    ],
    "interpretation": [
        "Interpretation was not provided by anyone.",
        "Interpretation: pending.",
        "The purpose of monitoring is to detect injury of the pathways.",
        "In the surgeon's opinion the nerve was injured.",
        "Overall blood loss was 300 mL.",
        "The reading room was at the practice.",
        "MEPs assess the integrity of the motor pathways.",
        "A final interpretation will follow.",
    ],
    "indication": [
        "The patient was in the operating room.",
        "No nerve was at risk.",
        "Electrodes are a hazard for burns.",
        "The nerve was recorded at the wrist.",
        "The spinal cord was stimulated.",
        "The monitored pathways were preserved.",
    ],
    "communication": [
        "Dr. Dunleavy could not speak with the surgeon.",
        "Dr. Dunleavy reviewed the recording.",
    ],
}


def read(statement: str) -> Case:
    return read_case(
        read_bytes("report.txt", f"{HEAD}{statement}\n\nSigned electronically by Dana Dunleavy, MD 03/04/2025\n".encode())
    )


@pytest.mark.parametrize(("element", "statement"), [(name, line) for name, lines in STATED.items() for line in lines])
def test_a_statement_in_unknown_words_is_found_with_its_own_words_as_evidence(element: str, statement: str) -> None:
    found = read(statement).elements[element]
    assert found.state == "present"
    assert any(item.text.strip(" .") in statement or statement.strip(" .") in item.text for item in found.evidence)


@pytest.mark.parametrize(("element", "statement"), [(name, line) for name, lines in NOT_STATED.items() for line in lines])
def test_a_statement_about_something_else_leaves_the_element_open(element: str, statement: str) -> None:
    assert read(statement).elements[element].state != "present"


def test_a_change_and_the_word_to_the_surgeon_may_stand_in_two_sentences() -> None:
    case = read("Limits were breached at 9:10. The team was alerted. The breach cleared.")
    assert case.change_described is True
    assert case.elements["surgeon_notification"].state == "present"


def test_nobody_needs_to_be_told_where_nothing_changed() -> None:
    assert read("No trace left its tolerance at any point.").elements["surgeon_notification"].state == "not_applicable"


def test_entries_of_a_log_are_left_to_their_own_reader() -> None:
    assert read("10:15 Dr. Holloway wishes the service booked").elements["order"].state == "absent"
