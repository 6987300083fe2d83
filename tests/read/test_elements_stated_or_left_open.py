"""What a record states of an element in the words of many hands, and what it leaves open: planned, usual, asked, denied.


Each line stands in a small record; the state of one element is asked. Source of what each element needs: the contract's list.
"""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

WITH_PEOPLE = (
    "NEUROMONITORING REPORT\nPatient: Jane Roe  MRN 441772  Date of surgery 03/04/2025\nSurgeon: Mark Holloway, MD\n"
    "Reader: Dana Dunleavy, MD\nTechnologist: Gwen Juarez, CNIM\n\n"
)
WITH_PATIENT = "NEUROMONITORING REPORT\nPatient: Jane Roe  MRN 441772\n\n"


def state(head: str, element: str, text: str) -> str:
    return read_case(read_bytes("report.txt", f"{head}{text}\n".encode())).elements[element].state


@pytest.mark.parametrize(
    ("element", "text"),
    [
        (
            "technologist_presence",
            ("Your technologist, Gwen Juarez, CNIM, stayed at the machine in your room from hook-up until the drapes came down."),
        ),
        ("technologist_presence", "Gwen Juarez, CNIM, technologist, OR 3, present from open to close of session"),
        ("technologist_presence", "GJ never left the room."),
        ("technologist_presence", "GJ stayed in OR 3 the whole case."),
        ("technologist_presence", "Technologist in the operating room?\n[X] all the time [ ] part of the time"),
        ("technologist_presence", "Gwen Juarez had not once to step outside."),
        ("technologist_presence", "Was the technologist in the room throughout?\nYes"),
        ("technologist_presence", "Tech continuously at bedside? Y"),
        ("technologist_presence", "Juarez on site in OR without interruption, 07:05 through 12:40."),
        ("technologist_presence", "The CNIM did not quit the theatre at any stage."),
        ("technologist_presence", "Technologist (Juarez) manned the machine in OR 5 for the length of the procedure."),
        ("order", "IONM used [X] yes [ ] no  Requested by surgeon at booking [X]"),
        ("order", "Cord compressed, legs weak, which is why Dr. Holloway called me in to monitor."),
        ("order", "Order no. 88120 of 03/01/2025, Holloway"),
        ("order", "Monitoring consult: Holloway, 3/1"),
        ("order", "Who asked for us? Dr. Holloway"),
        ("order", "Order verified in EHR? [x] yes (Holloway) [ ] no"),
        ("order", "Neuromonitoring was added to the booking by Dr. Holloway."),
        ("order", "Dr. Holloway considered monitoring necessary and sent for us."),
        ("order", "Request for IONM: verbal, Dr. Holloway, at the scrub sink"),
        ("order", "We attended upon Dr. Holloway's written instruction."),
        ("real_time", ("The waveforms reached Dr. Dunleavy as they were acquired, and she kept her eyes on them throughout.")),
        ("real_time", "Real-time review: confirmed"),
        ("real_time", "Dr. Dunleavy sat with the traces the whole time they were being made."),
        ("real_time", "Review type: concurrent"),
        ("real_time", "Watched as it came off the machine, by Dr. Dunleavy."),
        ("exclusivity", "Was the reader attending to anyone else?\nNo"),
        ("exclusivity", "While I supervised this operation I was assigned to no other patient. Dana Dunleavy, MD"),
        ("exclusivity", "Dr. Dunleavy: hands off everything else, zero other cases."),
        ("exclusivity", "Actual ratio during this case: 1 reader to 3 rooms."),
        ("exclusivity", "Dr. Dunleavy had her hands full with this one and took on nothing further until 11:30."),
        ("exclusivity", "Dr. Dunleavy carried a second room for the same hours."),
        ("exclusivity", "Rooms covered simultaneously: 2"),
        ("exclusivity", "Dr. Dunleavy's attention was undivided."),
        ("exclusivity", "I gave no thought to any patient but yours. Dana Dunleavy, MD"),
        ("communication", "Dr. Dunleavy could be raised on the room's speaker at any second."),
        ("communication", "Dr. Dunleavy and the room were on one open call."),
        ("communication", "I could talk to the theatre over the headset throughout. Dana Dunleavy, MD"),
        ("communication", "Chat: used throughout"),
        ("communication", "Contact between reader and room: two-way, voice over IP"),
        ("communication", "I rang the room at once and the surgeon answered. Dana Dunleavy, MD"),
        ("communication", "Juarez relayed my words to the surgeon through an earpiece. Dana Dunleavy, MD"),
        ("communication", "On the messenger with Juarez the whole morning. Dana Dunleavy, MD"),
        ("location_mode", ("Dr. Dunleavy was three doors down in the reading room and walked over whenever we wanted her.")),
        ("location_mode", "Dr. Dunleavy scrubbed in beside the technologist's stand and stayed with us in theatre."),
        ("location_mode", "13. Where was the professional? [X] in the OR [ ] elsewhere"),
        ("location_mode", ("Where was the neurologist?\n[X] in the operating room [ ] elsewhere in the building [ ] off site")),
        ("location_mode", "Attg: Dana Dunleavy, MD. In OR 13:20-16:32."),
        ("location_mode", "Dunleavy: good morning, on from Tucson, watching your live screen"),
        ("location_mode", "Dr. Dunleavy followed from her kitchen table in Tucson."),
        ("location_mode", "The traces went over the wire to Dr. Dunleavy in another town."),
        ("location_mode", "Reader site: Tulsa hub"),
        (
            "location_mode",
            ("The undersigned was at no time in the operating room; she attended from the University's reading center."),
        ),
        (
            "surgeon_notification",
            ("Warnings issued: 1. Time 09:48, what: MEP drop left hand, to whom: Dr. Holloway, reply: 'releasing traction'."),
        ),
        (
            "surgeon_notification",
            ("At 10:44 left leg MEP vanished. I rang at once and you reattached two intercostal pairs. Dana Dunleavy, MD"),
        ),
        ("surgeon_notification", "The wave V delay was called over the intercom at 11:02 and the retractor was eased."),
        ("surgeon_notification", "10:12 right MEP lost. Word given to Dr. Holloway, who undid the last turn."),
        ("surgeon_notification", "When the left wave V stretched out by 1 ms I let the surgeon know over the drape."),
        ("surgeon_notification", "Right TA fell 70% at 10:12. Surgeon notified: 10:12"),
        ("intraoperative_findings", "12:00 sigs unch\n13:00 sigs unch"),
        ("intraoperative_findings", "Over the course of the case the traces did not budge."),
        (
            "intraoperative_findings",
            ("STUDIES\nSSEP, MEP\nStarting traces: all there, symmetric.\nOver the course of the case the traces did not budge."),
        ),
        ("intraoperative_findings", "Loss of signal: NO"),
        ("intraoperative_findings", "Alerts [ ] yes [x] no"),
        ("intraoperative_findings", "25. Course: changes or alerts\nNone. No trains, no loss of signal."),
        ("intraoperative_findings", "There was nothing to report to the surgeon from start to end."),
        ("intraoperative_findings", "Potentials ran level until the last suture."),
        (
            "intraoperative_findings",
            (
                "Each recurrent nerve was stimulated at 1 mA on first sight and after the last "
                "node was out, and each gave a full vocalis response. There was no loss of signal "
                "and no change at any time."
            ),
        ),
        ("intraoperative_findings", "Every run could be laid over the first."),
        ("intraoperative_findings", "all = BL at 23:47"),
        ("intraoperative_findings", "Right TA MEP dwindled to a third at 10:20 and picked up again by 10:40."),
        ("intraoperative_findings", "Events: nil"),
        ("intraoperative_findings", "We had a quiet morning: not a flicker on any channel."),
        ("baseline_findings", "At baseline the left peroneal cortical response was about a third of the right."),
        ("baseline_findings", "Baselines: R tibial P37 small and late at 46 ms, L normal."),
        ("baseline_findings", "Starting values: N20 19.8/20.1 ms, P37 38.6/39.0 ms"),
        ("baseline_findings", "SSEP median L/R\t20.1 / 19.8 ms (baseline)"),
        ("baseline_findings", "Before the cut, all limbs answered briskly."),
        ("baseline_findings", "First response R vagus 740 uV, R recurrent nerve 655 uV"),
        ("baseline_findings", "Pre-incision traces: robust on all channels"),
        ("baseline_findings", "To start with we had good legs and poor arms on the SSEPs."),
        ("baseline_findings", "The reference recordings lacked a tibial response on the right."),
        ("baseline_findings", "Test\tBaseline\tClosing\nSSEP R tibial\t38 ms\t39 ms"),
        ("interpretation", ("My reading: evoked potentials kept up well; I see nothing that points to harm to the cord.")),
        (
            "interpretation",
            ("FINAL: reversible loss of lower limb MEPs at proximal clamping; no deficit to be expected at wake-up."),
        ),
        ("interpretation", "What I make of it: roots unharmed."),
        ("interpretation", "Reading\nTransient unilateral motor change, reversed."),
        ("interpretation", "Opinion: cord function preserved."),
        ("interpretation", "I conclude that cord and roots came through unharmed."),
        ("interpretation", "Verdict: clean study."),
        ("interpretation", "In plain words, she should wake with the legs she went to sleep with."),
        ("interpretation", "Assessment/Plan: no evidence of iatrogenic injury; routine neuro checks."),
        ("anesthesia", "Anaesthetic: TIVA; one dose of rocuronium for the tube, nothing after."),
        ("anesthesia", "Kept under with sevo and a remi drip."),
        ("anesthesia", "prop/remi, no gas"),
        ("anesthesia", "Gas: des 3%"),
        ("anesthesia", "He slept on propofol."),
        ("anesthesia", "Awake under local with a little dexmedetomidine."),
        ("anesthesia", "Agents: isoflurane half MAC, fentanyl"),
        ("anesthesia", "Narcosis with total intravenous technique."),
        ("indication", "because the L5 roots lay in the path of the screws"),
        ("indication", "Why monitored: tumour abuts the facial nerve"),
        ("indication", "Dx: M48.062"),
        ("indication", "Reason: progressive 62 degree curve"),
        ("indication", "The disc pressed on the cord and she was already myelopathic."),
        ("indication", "She has foot drop from a herniated disc."),
        ("indication", "Done for cervical myelopathy."),
        ("indication", "What ails the patient: lumbar stenosis with claudication"),
        ("indication", "Hit by a van, posterior wall and column fractured, partial sciatic palsy."),
        ("setup_time", "Ms. Juarez laid the electrodes between 07:25 and 08:05."),
        ("setup_time", "Electrodes placed           06:55 - 07:25"),
        ("setup_time", "07:12 subdermal needles in, impedances < 5k."),
        ("setup_time", "Prep & leads 0655-0720"),
        ("baseline_time", "07:40 reference set of SEPs and MEPs stored."),
        ("baseline_time", "First traces taken as reference   07:31"),
        ("baseline_time", "Baselines, 07:52 to 08:11"),
        ("baseline_time", "Starting averages 0752-0811"),
        ("monitoring_start", "MONITORING ON 22:51"),
        ("monitoring_start", "IONM from 08:16 to 10:39"),
        ("monitoring_start", "Surveillance: commenced 8:16 a.m., ceased 10:39 a.m."),
        ("monitoring_start", "On the signals from 0815 until 1140."),
        ("monitoring_stop", "Last look at the signals and end of IONM 12:02"),
        ("monitoring_stop", "Monitoring was called off at 12:02"),
        ("modality_sites", "SSEP - stim at wrists and ankles"),
        ("modality_sites", "SSEP (median, tibial); MEP from hands and feet: APB, AH; EMG of TA and gastroc."),
        ("modality_sites", "Tibial SSEP. Motor potentials from deltoid, abductor pollicis brevis, tibialis anterior."),
        ("modality_sites", "Nerve action potentials across the lesion of the sciatic nerve."),
        (
            "modality_sites",
            (
                "Electromyogram of the six muscles of each leg: adductor magnus, vastus medialis, "
                "tibialis anterior, extensor hallucis, gastrocnemius, biceps femoris."
            ),
        ),
    ],
)
def test_what_is_present_with_people(element: str, text: str) -> None:
    assert state(WITH_PEOPLE, element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("technologist_presence", "Technologist in the operating room?\n[ ] all the time [X] part of the time"),
        ("technologist_presence", "Technologist in the operating room?\n[ ] all the time [ ] part of the time"),
        ("technologist_presence", "Was the technologist in the room throughout?\nNo"),
        ("technologist_presence", "Was the technologist in the room throughout?\nNot documented"),
        ("technologist_presence", "The technologist was in the room for set-up and closing."),
        ("technologist_presence", "Our technologists stay in the room throughout every case."),
        ("technologist_presence", "The technologist in the next room was present throughout."),
        ("technologist_presence", "Tech continuously at bedside? (Y/N)"),
        ("technologist_presence", "The scrub technician was in the room throughout."),
        ("technologist_presence", "The surgeon was in the OR throughout, as was the anesthesiologist."),
        ("technologist_presence", "Per contract the technologist remains in the OR for the full procedure."),
        ("order", "IONM used [X] yes [ ] no  Requested by surgeon at booking [ ]"),
        ("order", "ADDENDUM to the note of 06/11/2025, entered 06/17/2025 at the request of the carrier"),
        ("order", "Entered at the request of the coding office."),
        ("order", "Entered at the request of the surgeon's billing office."),
        ("order", "This summary is supplied at the request of the patient's attorney."),
        ("order", "Requested by: scheduling desk (J. Moy)"),
        ("order", "Neuromonitoring is ordered by surgeons in most such cases."),
        ("order", "Who asked for us? nobody knows"),
        ("order", "IONM order: not found in chart"),
        ("order", "Order verified in EHR? [ ] yes [x] no"),
        ("order", "Surgeon asked for MAP 90 during monitoring."),
        ("order", "Monitoring must be ordered by the surgeon before the case."),
        ("order", "Dr. Holloway ordered two units of blood while we monitored."),
        ("order", "Records of the monitoring were requested by the insurer."),
        ("order", "Request for IONM: ____________"),
        ("order", "The patient asked for monitoring to be explained."),
        ("real_time", "Ordinarily she watches in real time."),
        ("real_time", "The software shows the traces in real time."),
        ("real_time", ("Dr. Dunleavy had hoped to follow live but the link was down; she read the file that night.")),
        ("real_time", "Real-time review: ______"),
        ("real_time", "Real-time review: not confirmed"),
        ("real_time", "Live fluoroscopy was used."),
        ("real_time", "Dr. Dunleavy will be watching live."),
        ("real_time", "Review type: concurrent / retrospective"),
        ("real_time", "Review type: after the fact"),
        ("real_time", "Reader's policy is to watch as the data come in."),
        ("exclusivity", "The reader may follow up to three cases at a time under hospital policy."),
        ("exclusivity", "Was the reader attending to anyone else?\n____"),
        ("exclusivity", "Maximum ratio per credentialing policy: 1 reader to 3 rooms."),
        ("exclusivity", "Whether Dr. Dunleavy carried other rooms is not in the record."),
        ("exclusivity", "Rooms covered simultaneously: [not entered]"),
        ("exclusivity", "The technologist had only this case that day."),
        ("exclusivity", "Exclusive use of the amplifier was given to this room."),
        (
            "communication",
            (
                "The audio link to the reader failed before the case and was not restored; no "
                "other means of talking to Dr. Dunleavy existed on the day."
            ),
        ),
        ("communication", "Dr. Dunleavy may be reached by phone for questions about this report."),
        ("communication", "Phone: (555) 201-3344"),
        ("communication", "The surgeon spoke with the family."),
        ("communication", "Chat: not used"),
        ("communication", ("Communication with the reader was lost at 08:00 and could not be re-established for the case.")),
        ("communication", "at the operating table"),
        ("location_mode", "13. Where was the professional? [ ] in the OR [ ] elsewhere"),
        ("location_mode", ("Where was the neurologist?\n[ ] in the operating room [ ] elsewhere in the building [ ] off site")),
        ("location_mode", "Location of reader: not recorded"),
        ("location_mode", "Dr. Dunleavy dictated this report from her office."),
        ("location_mode", "Remote access password was reset."),
        ("location_mode", "The room has a workstation for remote reading."),
        ("surgeon_notification", "Warnings issued: 0. Time 09:48: MEP drop left hand, came back at 09:55 unprompted."),
        ("surgeon_notification", "at\tfinding\ttold to\n10:44\tMEP of left TA down by 85 percent after rod rotation\t"),
        ("surgeon_notification", "10:12 right MEP lost for 6 minutes. Anesthesia told, pressure raised."),
        ("surgeon_notification", "Right TA fell 70% at 10:12. Surgeon notified: ____"),
        ("surgeon_notification", "Right TA fell 70% at 10:12. Surgeon notified: no"),
        ("intraoperative_findings", "Intraop findings: see log"),
        ("intraoperative_findings", "Findings: ____"),
        ("intraoperative_findings", "Alerts [ ] yes [ ] no"),
        ("intraoperative_findings", "The surgeon expected no change."),
        ("intraoperative_findings", "A change of 50% would have been reported."),
        ("intraoperative_findings", "No change of staff occurred."),
        ("intraoperative_findings", "Events: pending"),
        ("baseline_findings", "Baselines: obtained"),
        ("baseline_findings", "Baselines were recorded between 07:31 and 07:44."),
        ("baseline_findings", "Baseline hemoglobin 12.1, strength 4/5 left."),
        ("baseline_findings", "Baseline: see printout"),
        ("baseline_findings", "Baselines will be normal in most patients."),
        ("interpretation", "CONCLUSION/COMMENT: to follow"),
        ("interpretation", "Impression:"),
        ("interpretation", "The MRI impression was stenosis."),
        ("interpretation", "Interpretation to be provided by Dr. Dunleavy."),
        ("interpretation", "Interpreting physician: Dana Dunleavy, MD"),
        ("anesthesia", "Anesthesia: Dr. Pruitt"),
        ("anesthesia", "Anesthesia start 07:10, stop 12:40"),
        ("anesthesia", "Anesthetic considerations: TIVA is preferred by our department for MEP cases."),
        ("anesthesia", "Allergies: propofol"),
        ("anesthesia", "General anesthesia"),
        ("anesthesia", "Anesthesia type: ____"),
        ("anesthesia", "Recommend TIVA without paralytics."),
        ("indication", "Dx: see H&P"),
        ("indication", "Indication:"),
        ("indication", "Indications for neuromonitoring include tumor, deformity and trauma."),
        ("indication", "Preop dx: ______"),
        ("indication", "The indication is documented elsewhere."),
        ("setup_time", "Setup time:     included"),
        ("setup_time", "07:05 pt in room. 07:40 reference set of SEPs and MEPs stored."),
        ("setup_time", "The screws were placed between 09:20 and 10:05."),
        ("setup_time", "Setup done before the patient arrived."),
        ("baseline_time", "Baseline:       per protocol"),
        ("baseline_time", "Baselines obtained after intubation."),
        ("baseline_time", "The baseline blood pressure at 07:40 was 120/70."),
        ("monitoring_start", "In room 0700, incision 0745, closure 1130, out 1150."),
        ("monitoring_start", "Monitoring started after baselines."),
        ("monitoring_stop", "Monitoring start: 08:15   stop: ____"),
        ("monitoring_stop", "Closure 11:30. Monitoring ended with closure."),
        ("modality_sites", "SSEP: done. MEP: done."),
        ("modality_sites", "SSEP upper and lower. EMG, four limbs"),
        ("modality_sites", "SSEP (median, tibial); MEP; EMG of TA and gastroc."),
        ("modality_sites", "EMG was recorded."),
    ],
)
def test_what_is_absent_with_people(element: str, text: str) -> None:
    assert state(WITH_PEOPLE, element, text) == "absent"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        (
            "surgeon_notification",
            (
                "08-NOV 22:49 BL done. arms normal. L leg SSEP/MEP low but there. R leg MEP "
                "absent.\n08-NOV 23:47 bone off. all = BL\nno alerts this case.\nreader note: stable "
                "record against an abnormal baseline; absent right leg motor response predates "
                "incision. no new loss."
            ),
        ),
        (
            "surgeon_notification",
            (
                "First response R vagus 740 uV; L vagus no response (known palsy)\nLast response R "
                "vagus 705 uV. Loss of signal: NO"
            ),
        ),
        ("surgeon_notification", "Criteria for alarm: 50% drop; surgeon to be told at once. No alarm occurred."),
        ("surgeon_notification", "Surgeon was informed that baselines were good. Signals held."),
        ("surgeon_notification", "The surgeon was told there was no change at closing."),
    ],
)
def test_what_does_not_apply_with_people(element: str, text: str) -> None:
    assert state(WITH_PEOPLE, element, text) == "not_applicable"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("procedure", "Operation: L4-L5 TLIF"),
        ("procedure", ("Dr. Baptiste-Kane, MD, fixed a left posterior wall acetabular fracture with a hip dislocation.")),
        ("procedure", "Right retrosigmoid removal of a 2.4 cm vestibular schwannoma by Dr. Hale, MD."),
        ("procedure", "She had her C5-6 disc taken out from the front and a cage put in."),
        ("procedure", "Case: T4-L2 fusion for scoliosis"),
        ("procedure", "Pt underwent emergent evacuation of an epidural hematoma."),
        ("surgeon", "Dr. Mireille Aubert took out a left vestibular schwannoma."),
        ("surgeon", "Operator: B. Hale"),
        ("surgeon", "In Dr. Hale's hands the L4-5 disc was removed."),
        ("surgeon", "The knife was Dr. Hale's."),
        (
            "signature",
            (
                "Impression: stable.\nI have personally looked over these data and agree with the "
                "above.\nRuth Amsel, M.D.      6/9/26"
            ),
        ),
        ("signature", "Impression: stable.\nRead and attested: Paul T. Inouye, DO, 2026-02-11 17:20"),
        ("signature", "Impression: stable.\nIn witness whereof I have set my hand: Ruth Amsel, MD"),
        ("signature", "Impression: stable.\nSigned off by Ruth Amsel, MD."),
        (
            "signature_datetime",
            (
                "Impression: stable.\nI have personally looked over these data and agree with the "
                "above.\nRuth Amsel, M.D.      6/9/26"
            ),
        ),
        ("signature_datetime", "Impression: stable.\nElectronically signed\nRuth Amsel, MD\n6/9/26 at 4 pm"),
        ("signature_datetime", "Impression: stable.\nSigned this ninth day of June 2026, Ruth Amsel, MD"),
    ],
)
def test_what_is_present_with_the_patient(element: str, text: str) -> None:
    assert state(WITH_PATIENT, element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("procedure", "Procedure: ____"),
        ("procedure", "Procedure: SSEP and EMG monitoring"),
        ("procedure", "Planned procedure cancelled."),
        ("surgeon", "Surgeon: attending of record"),
        ("surgeon", "Surgeon: ____"),
        ("signature", "Copy to: Ruth Amsel, M.D.\nDictated but not read"),
        ("signature", "Signature: ______________________"),
        ("signature", "SIGN-OFF\nCirculating RN D. Sorley\tsignature ____________________\tdate ________"),
        ("signature", "Impression: stable.\nRuth Amsel, MD to sign"),
        ("signature", "Signed: J. Fenn, CNIM"),
        ("signature", "Unsigned draft of Ruth Amsel, MD"),
        ("signature_datetime", "DOS 6/8/26\nElectronically signed by Ruth Amsel, M.D.\nPrinted 6/12/26 09:00"),
        ("signature_datetime", "Impression: stable.\n/s/ Paul T. Inouye, DO"),
        ("signature_datetime", "Signature: Ruth Amsel, MD     Date: ______"),
    ],
)
def test_what_is_absent_with_the_patient(element: str, text: str) -> None:
    assert state(WITH_PATIENT, element, text) == "absent"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("patient_identity", "IONM REPORT\nName: Brandywine, Otto     Born: 11 Aug 1955     Sex: M"),
        ("patient_identity", "IONM REPORT\npt initials G.A.H., MRN 2217740"),
        ("patient_identity", "IONM REPORT\nThis concerns Mrs. Coralie Winterbourne (born 03/30/1974; file no. W-6612)"),
        ("patient_identity", "IONM REPORT\nPatient J.R., 66 F, acct 771-22"),
        ("patient_identity", "IONM REPORT\nJane Roe, date of birth sixteenth of June 1966, thyroid lobectomy"),
        (
            "date_of_service",
            ("IONM REPORT\nDate of surgery is May the twentieth, 2025, at the Larkspur Ambulatory Surgery Center."),
        ),
        ("date_of_service", "IONM REPORT\nOperated on Tuesday the 23rd of April, 2024"),
        ("date_of_service", "IONM REPORT\nDate of surgery is April second, twenty twenty five."),
        ("date_of_service", "IONM REPORT\nCase of 4 June 2026, OR 3. SSEP stable."),
        ("facility", "Pt: Augustina Pellegrew. Inpt, Carrowmore Univ Hosp. DOS 2025/02/06."),
        ("facility", "IONM REPORT\nLocation: St. Brendan Regional Medical Center, OR 12"),
        ("facility", "IONM REPORT\nThe operation was done at Crestline Surgery Center."),
        ("facility", "IONM REPORT\nsite: LSH - Lakeshore Spine Hospital"),
        ("facility", "Lakemont Community Hosp.\nFlowsheet"),
        ("place_of_service", "IONM REPORT\nPatient class: Inpatient"),
        ("place_of_service", "IONM REPORT\nBox 24B: 22"),
        ("place_of_service", "IONM REPORT\nfree-standing ambulatory facility, surgery done there"),
        ("place_of_service", "IONM REPORT\nStatus INPT"),
        ("place_of_service", "IONM REPORT\nAdmitted to 5 West after the fusion as an inpatient."),
        ("place_of_service", "IONM REPORT\nSame-day surgery patient of the hospital's outpatient department"),
        ("place_of_service", "IONM REPORT\nInpt, Carrowmore Univ Hosp."),
        (
            "professional",
            (
                "IONM REPORT\nNeuromonitoring run by Alba Quint (CNIM) under the eye of Gregor "
                "Stahl, MD (board certified, clinical neurophysiology)."
            ),
        ),
        (
            "professional",
            (
                "Okay this is Doctor Winifred Stavros, S-T-A-V-R-O-S, MD, clinical "
                "neurophysiology, dictating the monitoring report"
            ),
        ),
        ("professional", "IONM REPORT\nAttg: Obinna Castellanos-Wright, MD. Reading live."),
        ("professional", "IONM REPORT\nThe screens were minded by Leander Voss, MD from afar."),
        ("professional", "IONM REPORT\nOversight\tVoss, Leander (DO)"),
        ("technologist", "IONM REPORT\nWho ran the machine: Alba Quint, CNIM"),
        ("technologist", "IONM REPORT\nHands on the equipment: Fenn, Jo (R. EEG T.)"),
        ("technologist", "IONM REPORT\nJo Fenn, CNIM, hooked her up."),
        ("technologist", "IONM REPORT\nRecording by Jo Fenn, R.EP.T."),
    ],
)
def test_what_is_present_alone(element: str, text: str) -> None:
    assert state("", element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("patient_identity", "IONM REPORT\nName: Brandywine, Otto     Born: (not given)    MRN: (pending)"),
        ("patient_identity", "IONM REPORT\nPatient: see label"),
        ("patient_identity", "IONM REPORT\nPatient: Jane Roe   Surgeon DOB: n/a"),
        ("patient_identity", "IONM REPORT\nThis concerns Mrs. Coralie Winterbourne."),
        ("patient_identity", "IONM REPORT\nMRN 441772   DOB 01/02/1960"),
        ("patient_identity", "IONM REPORT\nPatient J.R., 66 F"),
        ("date_of_service", "IONM REPORT\nDate of surgery: TBD\nReport date: 4/4/2026"),
        ("date_of_service", "IONM REPORT\nPrinted 4/4/2026\nSSEP stable."),
        ("date_of_service", "IONM REPORT\nNext follow-up 05/05/2026. SSEP stable."),
        ("date_of_service", "IONM REPORT\nDOB 4 June 1966\nDate: ____"),
        ("facility", "IONM REPORT\nHospital: ________________"),
        ("facility", "IONM REPORT\nThe hospital's OR 4 was used."),
        ("facility", "Harlow Neuromonitoring LLC\nIONM REPORT\nSSEP stable."),
        ("facility", "IONM REPORT\nMonitored from our Phoenix reading center."),
        ("place_of_service", "IONM REPORT\nPatient class: [ ] Inpatient  [ ] Outpatient  [ ] ASC"),
        ("place_of_service", "IONM REPORT\nPlace of service: per facility"),
        ("place_of_service", "IONM REPORT\nFollow-up in outpatient clinic."),
        ("professional", "IONM REPORT\nWho read it: ____"),
        ("professional", "IONM REPORT\nReader: on call"),
        ("professional", "IONM REPORT\nSurgeon: Mark Hale, MD\nTech: Jo Fenn, CNIM"),
        ("professional", "IONM REPORT\nReader: Dr. Voss"),
        ("technologist", "IONM REPORT\nA certified technologist was present."),
        ("technologist", "IONM REPORT\nTech: Jo F."),
        ("technologist", "IONM REPORT\nTechnologist: TBA, CNIM preferred"),
        ("technologist", "IONM REPORT\nCirculator: Jo Fenn, RN"),
    ],
)
def test_what_is_absent_alone(element: str, text: str) -> None:
    assert state("", element, text) == "absent"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("surgeon", "Surgeon: VARGA E, MD\nTech: OKORO M, CNIM\nReader: LINDQVIST P, MD"),
        ("technologist", "Surgeon: Varga E. J., MD, FACS\nTech: Okoro MK, R. EEG T., CNIM\nReader: Lindqvist P.Q., MD"),
        ("professional", "Surgeon: Varga E, MD\nTech: Okoro M, CNIM\nReader: Lindqvist P, MD"),
        ("signature_datetime", "Impression: stable.\nSigned: Lindqvist P, MD 05/06/2026"),
    ],
)
def test_initials_may_follow_a_surname(element: str, text: str) -> None:
    assert state("", element, f"IONM REPORT\n{text}") == "present"
