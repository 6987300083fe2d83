"""Elements in words that were not read before: who stayed, who ordered, who was told, what it came to."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe   MRN: 123456
Date of surgery: 03/04/2025
Surgeon: Mark Holloway, MD
Interpreting physician: Dana Dunleavy, MD
Technologist: Idris Calloway, CNIM

"""


def state(element: str, text: str) -> str:
    return read_case(read_bytes("x.txt", f"{HEAD}{text}\n".encode())).elements[element].state


@pytest.mark.parametrize(
    "text",
    [
        "I read from home with Mr. Calloway on a telephone headset. I watched no other. He did not leave the OR at any time.",
        "The technologist was Idris Calloway, CNIM. He was in room 3 with the patient the entire time.",
        "10:52:37\tIC\tneedles out done. I stayed in the room hook-up to end, no relief needed",
        "11:24 AM @calloway leads off. I have been in OR A since 7:15, no relief",
        "0158\tIC\tleads all out. never left OR 1 tonight",
        "note by tech: I was in OR 4 the whole case, 11:52 to 3:55.",
        "Technologist. In the operating room from preparation until removal.",
        "STAFF: Dana Dunleavy, MD, physically in OR 5 Idris Calloway, CNIM (technologist), in OR 5 entire case",
    ],
)
def test_the_technologist_stayed_in_words_that_do_not_name_him_beside_the_verb(text: str) -> None:
    assert state("technologist_presence", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Holloway closed the dura. He did not leave the OR at any time.",
        "10:52\tDD\tI stayed in the room hook-up to end",
        "I told the technologist that Dr. Holloway was late. He was in the room the entire time.",
        "note by reader: I was in OR 4 the whole case.",
        "0158\tIC\tleft OR 1 at 2, never back",
        "Technologist. In the operating room for set-up.",
        "10:00\tIC\tsurgeon in the room the whole time",
        "10:00\tIC\tshould stay in the room throughout",
        "Dr. Dunleavy spoke with Mr. Calloway. She was in the operating room the whole time.",
    ],
)
def test_somebody_elses_stay_is_not_the_technologists(text: str) -> None:
    assert state("technologist_presence", text) == "absent"


def test_what_the_technologist_notes_of_herself_puts_no_reader_into_the_room() -> None:
    day = "07:55 monitoring started\n11:30 monitoring ended\nnote by tech: I was in OR 4 the whole case, 07:05 to 11:40.\n"
    case = read_case(read_bytes("x.txt", f"{HEAD}{day}".encode()))
    assert not any(spell.mode == "in_room" for spell in case.attendance)


@pytest.mark.parametrize(
    "text",
    [
        "REQ BY\tHOLLOWAY (CONSENT + ORDER)",
        "Mark Holloway, MD (requesting surgeon)",
        "Surgeon Mark Holloway MD - called us in himself at 20:50",
        "Asked for by: Dr. Holloway, phone call to lab 10-17",
        "Testing requested on booking slip: yes",
        "Order Dr. Holloway, signed 07/11",
        "Surgeon: Dr. Mark Holloway (his order for full multimodality is in the chart)",
        "Dr. Holloway asked, in writing, for the electroencephalogram and the somatosensory potentials to be followed.",
        "Recorded: EEG and SSEP. Dr. Holloway asked for all three.",
        "Dr. Holloway wished to have the facial nerve and hearing watched.",
    ],
)
def test_monitoring_was_ordered(text: str) -> None:
    assert state("order", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Holloway asked for all three clips.",
        "Order of events: setup, baselines",
        "Testing requested on booking slip: no",
        "Anesthesia called us in at 10:20 to look at the cable.",
        "His order for antibiotics is in the chart.",
    ],
)
def test_an_order_of_something_else_is_none_for_monitoring(text: str) -> None:
    assert state("order", text) == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "0948\tTech: L5 screw right 6 mA, surgeon told, screw redirected, retest 15 mA",
        "The structure at 0.4 mA gave a response of the gastrocnemius; Dr. Holloway was told and spared it.",
        "During: 1042 L AH MEP out; Dr Holloway told, paused dissection 6 min; back 1057.",
        "0958 L deltoid MEP down >70 %, rest same. Holloway told by TQ 0959 on my word. Rod backed off.",
        "10:14 left TA MEP lost.\nReached surgeon by\t[X] voice in room [ ] phone [ ] chat",
        "9:33 AM left TA MEP lost, neurotonic\n9:34 AM @calloway told, he backed off. quiet at 9:35",
    ],
)
def test_the_surgeon_was_told(text: str) -> None:
    assert state("surgeon_notification", text) == "present"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Screws 12 to 20 mA, surgeon told.", "not_applicable"),
        ("No change of any signal. Surgeon told of stable signals at closing.", "not_applicable"),
        ("No change. Anesthesia told, relaxant stopped.", "not_applicable"),
        ("Left TA MEP lost at 10:14. Tech told Dunleavy.", "absent"),
        ("Left TA MEP lost at 10:14, recovered before anybody was told.", "absent"),
    ],
)
def test_telling_of_nothing_amiss_or_somebody_else_is_no_notification(text: str, told: str) -> None:
    assert state("surgeon_notification", text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Draft impression\nStable recordings from beginning to end.",
        "Reading for my period: SSEP and MEP as at the start.",
        "At the end all signals equal the opening set; no new cord deficit is predicted.",
        "Left recurrent laryngeal nerve conducts normally at the end.",
        "LOSS AT MYELOTOMY. EXPECT DORSAL COLUMN DEFICIT RIGHT LEG, no new deficit expected otherwise.",
    ],
)
def test_an_interpretation_by_another_name_or_none(text: str) -> None:
    assert state("interpretation", text) == "present"


@pytest.mark.parametrize("text", ["I expect to be on line by eight.", "The nerve is at risk.", "Draft impression: pending"])
def test_what_interprets_nothing(text: str) -> None:
    assert state("interpretation", text) == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "We took baselines from 0755 to 0812. Wave five on the left came at 5.9 milliseconds, the facial muscles were quiet.",
        "Baselines I took between 8:20 and 8:40 am. Left wave five late, 6.9, but reproducible.",
        "Baselines followed at 8:10. Tibial P37 small on the right, everything else crisp.",
    ],
)
def test_what_baselines_were_like_may_stand_in_the_sentence_behind(text: str) -> None:
    assert state("baseline_findings", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "We took baselines from 0755 to 0812. At 0956 wave five was late.",
        "We took baselines from 0755 to 0812. Monitoring began at 0815.",
    ],
)
def test_the_course_behind_baselines_is_not_what_they_were_like(text: str) -> None:
    assert state("baseline_findings", text) == "absent"


def test_how_somebody_was_connected_is_where_he_was() -> None:
    assert state("location_mode", "connection\tremote, live view, headset to OR and chat") == "present"
    assert state("location_mode", "Connection\taudio line to OR 4") == "absent"


def test_a_signature_of_an_export_is_a_name_a_time_and_the_word_electronic() -> None:
    assert state("signature", "Dana Dunleavy, MD\t2025-03-05 02:15\telectronic") == "present"
    assert state("signature", "record format\t2025-03-05\telectronic") == "absent"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("procedure", "She had a craniotomy for meningioma, performed by Dr. Akintola."),
        ("procedure", "He had an L4-5 laminectomy that day."),
        ("indication", "He came to us with a left internal carotid narrowed to eighty-eight percent."),
        ("indication", "She came to us after two spells of speechlessness in July."),
        ("indication", "Thank you for asking us to monitor your patient with hemifacial spasm."),
        ("indication", "He was renewed in his wish for surgery by a spasm of the opposite face."),
    ],
)
def test_the_operation_and_its_reason_are_told_in_prose(element: str, text: str) -> None:
    assert state(element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("procedure", "She had a laminectomy in 2019."),
        ("procedure", "He had had a fusion years ago."),
        ("indication", "The surgeon narrowed the field."),
    ],
)
def test_an_earlier_operation_is_not_this_one(element: str, text: str) -> None:
    assert state(element, text) == "absent"


def test_a_surgeon_may_be_called_doctor() -> None:
    head = HEAD.replace("Surgeon: Mark Holloway, MD\n", "")
    case = read_case(read_bytes("x.txt", f"{head}Surgeon is Doctor Lavinia Crewe-Aduba.\n".encode()))
    assert case.elements["surgeon"].state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Teague, who repaired a Crawford extent II thoracoabdominal aortic aneurysm by open operation.",
        "Thank you for looking after the nerve while you took out Ms. Solberg's left vestibular schwannoma.",
        "Infratemporal approach to a right glomus jugulare tumor by Dr. Sand.",
        "Re-operative L inf parathyroidectomy, persistent primary HPT.",
        "Right retrosigmoid removal of a vestibular schwannoma, 2.6 cm.",
    ],
)
def test_an_operation_by_what_was_taken_out_or_mended(text: str) -> None:
    assert state("procedure", text) == "present"


@pytest.mark.parametrize("text", ["She took out the needles.", "Removal of all electrodes 12:40.", "The tracheostomy was old."])
def test_what_is_no_operation(text: str) -> None:
    assert state("procedure", text) == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "Resection of suprasellar craniopharyngioma.",
        "px: T3-L1 PSF for AIS (58 deg R thoracic)",
        "Pre-op Dx = CSM",
        "Why monitor?\nCord already compressed, legs weak.",
        "7:30 AM\tHale\tcervical stenosis w/ myelopathy, bad balance",
        "Sac decompression for Meniere's disease.",
    ],
)
def test_why_in_few_words(text: str) -> None:
    assert state("indication", text) == "present"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Place of svc\nOffice (11)", "11"), ("Place of service code?\n11", "11"), ("Ellis Fork Medical Center, IP surgical", "21")],
)
def test_a_place_of_service_below_its_label_or_in_short(text: str, code: str) -> None:
    found = read_case(read_bytes("note.txt", text.encode())).encounter.place_of_service
    assert found == code


@pytest.mark.parametrize(
    "text",
    [
        "Operation: right carotid endarterectomy. Left hemisphere slowing 09:00 on clamp.",
        "Operation: left carotid endarterectomy. Watched because the right carotid is shut and the left is ninety percent.",
        "Operation: C5-6 fusion. Right more than left ulnar answers. A dip of the right ulnar with traction. Left ulnar steady.",
    ],
)
def test_a_side_that_is_not_the_operations(text: str) -> None:
    assert not read_case(read_bytes("note.txt", text.encode())).laterality


def test_units_of_a_charge_in_words() -> None:
    line = read_case(read_bytes("note.txt", b"Fee slip - G0453: sixteen units. 95926: one.")).billing
    assert [(item.code, item.units) for item in line] == [("G0453", 16), ("95926", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Findings before decompression. Ulnar SSEP normal. Tibial SSEP absent on the left.\n",
        "Findings before resection\nMedian SSEP 19.8 ms, 2.1 microvolts. MEPs large from all four muscles.\n",
        "FIRST RESPONSES\nLeft vagus 612 uV, right vagus 240 uV at 1 mA.\n",
        "Recordings and first results\nPosterior tibial SSEP, both ankles: present.\n",
        "He took baselines from 7:42 to 7:59 a.m.: brainstem responses to clicks, both ears, all waves seen.\n",
        "We took the baselines between 7:52 and 8:06 and I read them as they came off the averager: the cortical and subcortical "
        "responses to both ulnar nerves at the wrist and to both tibial nerves at the ankle were reproducible.\n",
        "Baselines 8:12 to 8:18: right vagus response big, left about a third of it.\n",
        "Baseline taken 08:17 to 08:22: right and left vocalis channels showed no resting activity.\n",
        "Baselines were taken to 8:58 AM. BAEP of the left: wave V; the right was taken for comparison and normal.\n",
        "N20 of normal size on both sides at baseline. SSEPs were recorded.\n",
        "Median SSEP and running EMG were recorded. All were of ordinary size at baseline.\n",
        "We used somatosensory potentials of arms and legs. They were normal to begin with.\n",
        "EMG: masseter, orbicularis oris; no activity at the outset.\n",
        "Before you opened, wave V stood at 5.6 ms on the right.\n",
        "Before the first rootlet all channels were quiet.\n",
        "Before clamp: symmetrical alpha and beta, N20 1.9 uV left.\n",
        "Site\tClock\tAmplitude\nRight vagus, start\t08:14\t612 uV\n",
        "Modality\tWhat\tResult before\tResult at end\nEMG\tright deltoid\tsilent\tunchanged\n",
        "Row\t2052\tbaseline (to 2141)\tmonitoring\nSSEP median L/R\tn/a\t20.1 / 19.8 ms\tbase\n",
    ],
)
def test_baselines_are_told_under_a_heading_behind_a_colon_and_before_the_first_step(text: str) -> None:
    assert state("baseline_findings", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Findings before closure\nMedian SSEP 19.8 ms, 2.1 microvolts.\n",
        "FIRST RESPONSES\n8:05 to 8:20\n",
        "He took baselines from 7:42 to 7:59 a.m.: brainstem responses to clicks, both ears.\n",
        "Baselines 8:12 to 8:18: all electrodes on, then the patient was turned.\n",
        "Baselines were taken between 7:52 and 8:06 with the patient prone and the room warm, and I wrote their times on the "
        "paper; at the end I looked at it all again: the responses had returned and were reproducible.\n",
        "At the end N20 was of normal size on both sides as at baseline.\n",
        "The surgeons were many. They were normal to begin with.\n",
        "Before you opened, I checked the impedances.\n",
        "Site\tClock\tAmplitude\nRight vagus, end\t08:14\t612 uV\n",
        "Modality\tWhat\tSites before\tResult at end\nEMG\tright deltoid\tsilent\tunchanged\n",
        "Row\t2052\tbaseline (to 2141)\tmonitoring\nSSEP median L/R\tn/a\t-\tbase\n",
    ],
)
def test_baselines_that_were_only_taken_are_not_described(text: str) -> None:
    assert state("baseline_findings", text) == "absent"


LOG = "08:10 monitoring start\n09:26 right deltoid firing, told the surgeon\n10:53 SSEP and MEP as before\n11:30 monitoring end\n"


@pytest.mark.parametrize(
    "text",
    [
        "12:49 | Dunleavy | thanks. final: transient C5 EMG activity, evoked potentials stable start to end.\n",
        "13:30:09 | dunleavy | FINAL: loss of leg MEPs at clamping; SSEPs kept; no\ndeficit to be expected.\n",
        "REPORT\tMotor hand area behind the lesion. Passing MEP drop, recovered. End state as at start.\n",
        'Report text, version 1 (final): "Transient BAEP delay, recovered. Facial EMG silent. No lasting change."\n',
        "Report of the reader: The left foot motor potential was lost for 13 minutes and returned.\n",
        "--- final report ---\nReversible left hand MEP loss with temporary occlusion. No change of SSEP.\n",
        "Read-out. Loss of left leg motor potential during laminectomy, recovering after pressure was raised.\n",
        "Evaluation: hearing on the right doubtful, facial nerve conducting at 0.05 mA, good facial prognosis.\n",
        "E\tResult\nBrief irritation of the left L5 root during retraction, gone when the retractor was moved.\n",
        "@IMPRESSION@\nTransient loss of one leg MEP with preserved D-wave.\n",
    ],
)
def test_a_conclusion_stands_behind_many_names(text: str) -> None:
    assert state("interpretation", f"{LOG}{text}") == "present"


@pytest.mark.parametrize(
    "text",
    [
        "12:46 | Calloway | final: closing now, all leads off\n",
        "11:14:18 | dunleavy | NOTE final set sent\n",
        "REPORT\tpending, to follow\n",
        "Report text, version 1 (draft): to be completed\n",
        "--- final report ---\nNot yet received from the reader.\n",
        "Cardiac evaluation: normal\n",
        "Evaluation: MRI with a large disc\n",
        "E\tResult\nPosted to the chart on 03/06/2025.\n",
    ],
)
def test_such_a_name_with_no_conclusion_behind_it_is_none(text: str) -> None:
    assert state("interpretation", f"{LOG}{text}") == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "10:32 MEP of the left leg down 60%, told MH over the drape, he waits\n",
        "11:20 Left tibial SSEP lost with distraction. Dr. Dunleavy to Dr. Holloway at the microscope: stop.\n",
        "At\tFinding\tTold to\n10:44\tleft leg MEP lost after rod rotation\tDr. Holloway, at once\n",
    ],
)
def test_the_name_alone_says_that_the_surgeon_was_told(text: str) -> None:
    assert state("surgeon_notification", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "10:32 MEP of the left leg down 60%, told IC over the headset, he waits\n",
        "10:32 MEP of the left leg down 60%, told DD by chat, who agreed\n",
        "11:20 Left tibial SSEP lost with distraction. Letter from Dr. Dunleavy to Dr. Holloway follows.\n",
        "At\tFinding\tTold to\n10:44\tleft leg MEP lost after rod rotation\tDr. Dunleavy, by chat\n",
        "At\tFinding\tTold to\n10:44\tleft leg MEP lost after rod rotation\tnot told to Dr. Holloway\n",
    ],
)
def test_a_word_to_somebody_else_is_none_to_the_surgeon(text: str) -> None:
    assert state("surgeon_notification", text) == "absent"


@pytest.mark.parametrize(
    ("operation", "contradicts"),
    [
        ("Left frontal craniotomy, awake, removal of a glioma next to the motor strip", False),
        ("Left pterional craniotomy for clipping of an MCA aneurysm", False),
        ("Left retrosigmoid craniotomy for vestibular schwannoma", True),
        ("Left ulnar nerve transposition at the elbow", True),
    ],
)
def test_the_muscles_of_the_other_side_belong_to_an_operation_on_the_brain(operation: str, *, contradicts: bool) -> None:
    text = f"NEUROMONITORING REPORT\nProcedure: {operation}\n\nEMG of the right arm was recorded: deltoid, biceps, triceps.\n"
    assert bool(read_case(read_bytes("note.txt", text.encode())).laterality) is contradicts


def test_a_delay_of_conduction_is_a_finding_and_no_study() -> None:
    text = "NEUROMONITORING REPORT\nBAEP recorded.\nImpression: Transient cochlear nerve conduction delay with recovery.\n"
    assert "NAP" not in {m.modality for m in read_case(read_bytes("note.txt", text.encode())).modalities}


@pytest.mark.parametrize(
    "text",
    [
        "Operation and reason\nPosterior stabilization T11-L1 for an unstable T12 burst fracture.",
        "I am writing about the retrosigmoid removal of Mrs. Roe's right vestibular schwannoma.",
        "Retrosigmoid removal of a 2.4 cm right vestibular schwannoma.",
    ],
)
def test_an_operation_with_its_reason_is_both(text: str) -> None:
    elements = read_case(read_bytes("note.txt", f"NEUROMONITORING REPORT\nMRN 4417722\n\n{text}\n".encode())).elements
    assert elements["procedure"].state == "present"
    assert elements["indication"].state == "present"
