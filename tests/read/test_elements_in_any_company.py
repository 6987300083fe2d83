"""The elements of a record are found in any office's words, in company with one another; what is left out is absent.

A seed draws one wording for each element, the order of the lines and whether the sentences share a paragraph; some
elements are left out altogether.
"""

from __future__ import annotations

import random

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

LINES: dict[str, tuple[str, ...]] = {
    "order": (
        "Ordered by: Dr. {last} (order 03/05/2025)",
        "Order\tDr. {last}, 03/05/2025, IONM for the case",
        "ORDER\nBy phone from Dr. {last} 19:50, entered as STAT neuromonitoring.",
        "ORDER\n{last}, {first}, MD 2025-03-05: IONM - SSEP and MEP.",
        "Asked for by\tSurgeon, {surgeon}",
        "IONM order in chart: yes, Dr. {last}, 03/05/2025",
        "Consult order: IONM, ordered by Dr. {last} 03/05/2025",
        "Surgeon: {surgeon} (requested monitoring)",
        "Surgeon\t{surgeon}; monitoring at his written request",
        "Neuromonitoring\tOrdered by surgeon 03/05/2025: SSEP, MEP",
        "[x] Monitoring ordered by attending surgeon",
        "Requesting provider: {surgeon}",
        "Ordering physician: {surgeon}",
        "REQ SURG: {capitals}",
        "IOM requested: yes / by: Dr. {last}",
        "Reason for consult: intraop monitoring per Dr. {last}",
        "Requisition: Dr. {last}, faxed 3/7",
        "Referring/ordering: {surgeon}",
        "Order #: 5518820 (Dr. {last})",
        "Q: Who requested monitoring?\tA: Dr. {last}",
        "Monitoring request\treceived from Dr. {last} 03/05/2025",
        "Authorised by: Dr. {last}",
        "[X] Surgeon's order for IONM on chart",
        "ordering_provider={capitals}",
        "Request: Dr. {last} wants cord watched",
    ),
    "technologist_presence": (
        "Technologist: {tech} - in OR 6 from wheels-in to wheels-out",
        "Tech : {tech}\n(in the operating room from 06:55 to 13:10, not relieved)",
        "Technologist\t{tech}. In OR 7 without a break.",
        "TEAM\nTechnologist: {tech}\nPRESENCE\nTechnologist in the OR throughout.",
        "Technologist: {tech}; in OR throughout",
        "Technologist: {tech}. She stayed in the OR from beginning to end.",
        "Monitorist: {tech}, never out of Room 5 between set-up and removal.",
        "At the machine\t{tech}; never out of the room",
        "Tech: {tech}\tI was in the OR for the complete case.",
        "Tech in room: whole case ({tech})",
        "Tech present in OR entire procedure  [x] yes  [ ] no   {tech}",
        "Technologist {tech} / OR presence: continuous",
        "Technologist: {tech}, with the patient from hook-up to take-down",
        "Tech: {tech} (in OR entire case: Y)",
        "Neurotech\t{tech}\tin room 0650-1115, whole case",
        "TECHNOLOGIST: {tech}  CONTINUOUSLY IN ROOM",
        "Recording technologist: {tech}, OR 4, full duration",
        "Tech attendance: {tech} - 100% of case in OR",
        "Did the technologist leave the OR? No   Technologist: {tech}",
        "Tech {tech} | present: setup thru removal, in OR",
        "Operator: {tech} -- stayed w/ pt in OR throughout",
        "CNIM in OR at all times: {tech}",
        "Technologist: {tech}\nRemained in OR: entire procedure",
    ),
    "baseline_findings": (
        "Baselines. Median SSEP normal. Right tibial SSEP small (0.6 uV), left absent.",
        "Baseline\nWell formed ulnar and tibial responses. MEP present at 320 V in all six muscles.",
        "Baselines: median low on right, tibial poorly formed but reproducible, MEP present in arms.",
        "Baseline results\tTibial SSEPs present, left P37 2 ms later than right. All MEPs present.",
        "Baseline quality: good, all four limbs",
        "Preop baselines: WNL",
        "BASELINE: UEs robust, LEs low amp but replicable",
        "Starting responses: all present",
        "Baseline data\tAdequate in all limbs",
        "Baselines. SSEP right 41 ms, left 43 ms and small. MEP left TA reduced.",
        "07:48\tBaselines good, cortical responses clear",
        "Baselines: [x] normal [ ] abnormal [ ] not obtainable",
        "BASELINES: all four extremities present and reproducible",
        "Baseline SSEP\tpresent x4",
        "Baseline (pre-incision): SSEP nl, MEP nl",
        "Baselines OK? Y - good morphology",
        "BL: ulnars big, tibials small but there",
        "Baseline assessment: satisfactory responses obtained bilaterally",
        "Baseline responses   upper: normal   lower: mildly delayed",
        "Initial SSEP/MEP: reproducible, symmetric",
        "07:50\tBL set saved: N20 and P37 clear, MEP good all muscles",
        "Baseline comments: L leg MEP absent, otherwise good",
    ),
    "interpretation": (
        "Impression: uneventful monitoring of cervical cord and roots.",
        "Impression\nUnchanged cord conduction, sensory and motor, throughout the correction.",
        "Reading\tFilum verified by absence of response. Sphincter and leg function should be preserved.",
        "CONCLUSION: reversible ischemia under temporary clip. All potentials as they were at baseline.",
        "Opinion: cord compression at the outset, slightly better when they closed.",
        "Assessment: stable study.",
        "Interpretation. No adverse change.",
        "IMPRESSION\nSSEPs unchanged throughout. No sustained discharge.",
        "Conclusion\nTransient left leg motor change, resolved.",
        "Final read: stable SSEP and MEP, no injury pattern",
        "Physician interpretation: no evidence of new deficit",
        "Dx impression\tNormal study",
        "Bottom line: cord fine.",
        "Summary: uncomplicated study, responses preserved",
        "Clinical correlation: monitoring predicts no new deficit",
        "Reader summary: stable",
        "INTERPRETATION: Normal intraoperative neuromonitoring",
        "Physician impression: No significant change from baseline",
        "Overall impression\tStable IONM",
        "Read: unremarkable study",
        "Final impression: Stable SSEPs and MEPs throughout. No neurophysiologic evidence of injury.",
        "CONCLUSIONS\n1. Stable monitoring.\n2. No postoperative deficit expected.",
        "Impr: nl IOM",
        "Interp\tno change from BL, cord intact",
        "VERDICT: no injury",
        "Outcome of monitoring: favorable, signals preserved",
        "Summary statement: Intraoperative monitoring was unremarkable.",
    ),
    "signature": (
        "Electronically signed: {reader} 03/12/2025 16:40",
        "e-signed {reader} 03/12/2025 16:35",
        "{reader}, e-signed 03/12/2025 1610",
        "{reader} - electronically signed 03/13/2025 0740",
        "Sincerely,\n{reader}\n[electronically signed 03/12/2025 15:47]",
        "Signed\t{reader}; e-signature 2025-03-12 13h05",
        "Signed electronically, {reader}, 2025-03-12 18:20",
        "{reader}. Electronic signature 2025-03-13 09:05",
        "Read and electronically signed by {reader}, on 13 March 2025 at 8:30",
        "Electronically signed\t{reader} 03/13/2025 09:10",
        "/s/ {reader}  03/12/2025",
        "Authenticated by {reader} 03/12/25 4:40 PM",
        "Signature: {reader}   Date: 03/12/2025",
        "Finalized by {reader} on 12-MAR-2025 17:22",
        "Attested and signed, {reader}, 03/12/2025",
        "{reader}\nElectronically signed 12 Mar 2025 09:48",
        "Digitally signed by: {reader}\nDate: 2025.03.12 16:40",
        "Signed off: {reader} | 03/12/2025 | 16:40",
        "esig: {reader} 3/12/25 1640",
        "Verified and signed by {reader} at 16:40 on 03/12/2025",
        "Electronically signed by {reader} on 03/12/2025 at 16:40",
        "Electronically authenticated by {reader}, 3/12/2025 4:40:12 PM",
        "Report signed by {reader} 03/12/2025",
        "Signed: {reader} (03/13/2025)",
        "{reader}\n03/12/2025 16:40 (electronically signed)",
        "E-SIGNED BY {reader} ON 03/12/2025 @ 1640",
        "Status: Signed\tBy: {reader}\tOn: 03/12/2025",
        "I attest to the above. {reader}, 03/12/2025, electronic signature",
        "Interpreting physician signature: {reader}   03/12/2025 17:00",
        "Signature on file: {reader}, 03/12/2025",
        "<Electronically signed> {reader} <03/12/2025 16:40>",
        "*** Signed by {reader} - 12 Mar 2025 - 16:40 ***",
        "Approved and signed: {reader}; date/time 03/12/2025 16:40",
        "Final report signed {reader} 12/Mar/2025",
        "Signed by\t{reader}\tDate\t03/12/2025",
        "Provider signature: {reader}\nDate signed: 03/13/2025",
        "With kind regards,\n{reader}\nsigned electronically on March 12, 2025",
        "SIGNED {reader} 03/12/2025 16:40 EST",
    ),
    "place_of_service": (
        "Class\tInpatient (POS 21)",
        "Patient class: Inpatient",
        "POS: 21",
        "Status : INPATIENT",
        "Stay: inpatient 03/12/2025 to 03/15/2025",
        "Place of service 21",
        "Admit type: inpatient",
        "Setting\tinpatient",
        "IP / OP: IP",
        "Encounter: Hospital inpatient",
        "[x] Inpatient [ ] Outpatient [ ] ASC",
        "Pt type\tINPT",
        "Level of care: inpatient admission",
        "POS 21",
        "Patient status: IP",
        "Encounter type\tInpatient",
        "Adm: inpatient",
        "Place of service: Inpatient Hospital (21)",
        "Patient type: INPATIENT ADULT",
        "Hospital status: Inpatient",
        "Admission status: INPT",
        "Inpt / Outpt: Inpt",
        "Class: IP - Inpatient",
        "Pt class\tIP",
    ),
}
SENTENCES: dict[str, tuple[str, ...]] = {
    "order": (
        "Dr. {last} requested monitoring of the cord.",
        "Monitoring was asked for by the surgeon because of the risk to the cord.",
        "Dr. {last} had asked that evoked potentials be monitored.",
        "IONM was booked by Dr. {last}, order on file.",
        "The surgeon's written order of 5 March asks for SSEP and MEP.",
        "At the request of Dr. {last}, intraoperative monitoring was performed.",
        "Neurophysiology was consulted by Dr. {last} for this case.",
        "We were engaged by Dr. {last} to monitor the spinal cord.",
        "Her pre-op orders ask for SSEP and MEP.",
        "Dr. {last} wanted the cord watched and wrote the order on 3/5.",
        "Monitoring ordered by Dr. {last} 3/5/25.",
        "Dr. {last}, who requested the monitoring, performed the operation.",
        "Signed IONM order from Dr. {last} dated 03/05/2025.",
        "To Dr. {last}, who asked me to monitor the cord:",
        "The surgeon, Dr. {last}, asked us to look after the cord.",
        "Dr. {last}'s order for neuromonitoring is in the chart.",
        "This monitoring was undertaken on the order of Dr. {last}.",
        "Dr. {last} put in a request for SSEP and MEP monitoring last week.",
        "It was Dr. {last} who ordered neurophysiological monitoring.",
        "Following Dr. {last}'s request I monitored the spinal cord.",
        "The surgical team requested that IONM be available.",
        "Monitoring had been prescribed by the operating surgeon.",
        "By order of Dr. {last} the cord was monitored.",
        "As ordered by Dr. {last}, SSEP and MEP were run.",
        "Dr. {last} called for evoked potential monitoring when he booked the case.",
        "Our service was retained by Dr. {last} for cord monitoring.",
    ),
    "technologist_presence": (
        "{tech}, was in the room from beginning to end.",
        "The technologist, {tech}, was also there from the first electrode to the last.",
        "{tech}, ran the machine and did not leave the room between hook-up and waking.",
        "Technologist: {tech}, in the OR for the entire procedure.",
        "{tech}, placed the electrodes and remained in the OR to the end.",
        "{tech}, stayed with the patient from induction until transfer to recovery.",
        "The recordings were made by {tech}, who sat in OR 4 all the way through.",
        "{tech}, in the operating room for the entire case.",
        "Our technologist {tech} kept his seat at the machine until the last electrode was out.",
        "I ({tech}) stayed in OR 4 start to finish.",
        "{tech}, covered the case in the room without relief.",
        "{tech}, in OR 7 throughout.",
        "A certified technologist ({tech}) attended in the operating room during the whole operation.",
        "{tech}, did not leave OR 5 at any time.",
        "Continuous in-room technologist: {tech}.",
        "{tech}, never left the operating room.",
        "{tech}, was physically present in the operating room for the duration of the procedure.",
        "The technologist of record, {tech}, was in the theatre for the whole of the operation.",
        "{tech}, manned the equipment in OR 3 from set-up until the leads were off.",
        "Technical services in the OR were continuous ({tech}).",
        "All recordings were made by {tech}, who remained at the bedside throughout.",
        "Throughout the operation {tech}, was in the OR.",
        "{tech}, attended the whole case in the operating room.",
        "{tech}, stayed in the OR the entire time.",
        "From start to finish {tech}, was in the operating room.",
        "{tech}, was with the patient in OR 2 for the entire surgery and was not replaced.",
        "At no time did {tech}, leave the operating room.",
        "The OR was staffed by {tech}, without interruption.",
    ),
    "baseline_findings": (
        "At baseline the tibial responses were normal and equal, the EMG was quiet.",
        "Baselines were collected and these were good: median N20 and tibial P37 on both sides.",
        "Baseline upper limb SSEPs were normal and tibial SSEPs mildly delayed.",
        "Baselines were taken: median nerve SSEPs normal on both sides, MEPs easily elicited.",
        "Before the skin was cut all potentials were well formed and symmetric.",
        "The opening traces were clear on both sides.",
        "Baselines showed low left tibial amplitude.",
        "Reproducible baseline potentials were established in all extremities.",
        "Baselines silent with correct tap responses.",
        "Initial responses: all four limbs fine, left leg a bit late.",
        "Reference traces were symmetrical and of good size.",
        "The baselines were of poor quality in the left leg but usable.",
        "Left tibial cortical amplitude 0.9 uV, right 1.1 uV at baseline.",
        "The baseline recordings demonstrated well-defined cortical responses.",
        "Prior to incision, reliable responses could be obtained from all limbs.",
        "On the first recordings the left tibial response was half the size of the right.",
        "Baseline potentials were within normal limits.",
        "At the start the responses in the legs were small.",
        "We began with clean symmetric responses in all four limbs.",
        "Pre-positioning and post-positioning baselines were comparable and of good quality.",
        "Baseline latencies were prolonged in the lower limbs, consistent with the myelopathy.",
        "The initial tracings were robust and repeatable.",
        "Baselines could be obtained with good amplitude on both sides.",
        "Motor responses at baseline were absent in the left foot.",
        "The starting set was normal.",
        "Before surgery began, every channel gave a clear response.",
    ),
    "interpretation": (
        "In conclusion, cord function was preserved.",
        "Taken together the recordings give no sign of injury to the cord.",
        "I expect at most a brief weakness of the right hand.",
        "Overall this was a normal intraoperative study.",
        "My impression is that of an uneventful monitoring.",
        "These findings indicate preserved function of the tracts tested.",
        "To sum up: no electrical evidence of injury.",
        "It is my opinion that no neural damage occurred.",
        "The study is read as stable.",
        "Conclusion: cord conduction intact at closure.",
        "I interpret this study as stable.",
        "In summary, no neurophysiological evidence of cord compromise was found.",
        "The above is interpreted as a normal study.",
        "In my opinion the spinal cord functioned normally throughout.",
        "These data do not suggest any new neurological injury.",
        "From a neurophysiological standpoint the case was uneventful.",
        "The final recordings predict an unchanged neurological examination.",
        "We conclude that the long tracts were preserved.",
        "All in all a benign record.",
    ),
    "place_of_service": (
        "The patient was admitted as an inpatient.",
        "He was an inpatient.",
        "Inpatient case.",
        "Inpatient surgery.",
        "This was an inpatient procedure.",
        "She was hospitalised as an inpatient.",
        "Performed on an inpatient basis.",
    ),
}
SURGEONS = (("Harlan", "Quist"), ("Oluwaseun", "Hartigan"), ("Isidro", "Valdez-Kempner"))
TECHNOLOGISTS = ("Dale Okafor, CNIM", "Inez Okonjo, CNIM, R. EP T.", "Dinh Bao, R. EEG T., CNIM")
READERS = ("Priya Venkataraman, MD", "Carmen Ruiz-Hale, MD")
BESIDE = (
    "Patient positioned prone, pressure points padded.",
    "Family updated by the surgeon.",
    "Insurance: Blue Harbor PPO",
    "Impedances under 5 kOhm.",
    "Alarm criteria: 50% amplitude, 10% latency.",
    "Printed 03/14/2025.",
    "Consent on chart.",
    "Significant changes?  [ ] yes  [x] no",
    "Machine: Cascade Pro, 32 channels.",
)
LEFT_OUT = 0.1
MISSES = 0.02
"""Shares of elements that are left out, and of those told that may be missed; none may be found that is not there."""


def drawn(seed: int) -> tuple[str, dict[str, str]]:
    """A record, and the wording of each element that it tells."""
    draw = random.Random(seed)
    first, last = draw.choice(SURGEONS)
    names = {
        "first": first,
        "last": last,
        "surgeon": f"{first} {last}, MD",
        "capitals": f"{last.upper()}, {first.upper()} MD",
        "tech": draw.choice(TECHNOLOGISTS),
        "reader": draw.choice(READERS),
    }
    told, lines, sentences = {}, [draw.choice(BESIDE), f"Surgeon: {names['surgeon']}", f"Reader: {names['reader']}"], []
    ends = []
    for element, forms in LINES.items():
        if draw.random() < LEFT_OUT:
            continue
        prose = SENTENCES.get(element, ())
        of_line = draw.random() < len(forms) / (len(forms) + len(prose))
        told[element] = draw.choice(forms if of_line else prose).format(**names)
        place = ends if element in ("interpretation", "signature") else lines if of_line else sentences
        place.append(told[element])
    draw.shuffle(lines)
    if "technologist_presence" not in told:
        lines.append(f"Technologist: {names['tech']}")
    head = "Patient: Dorothea Vance   MRN 4470186   DOB 01/16/1952\nDate of surgery: 03/12/2025\nProcedure: T9-T11 laminectomy"
    day = "Setup 07:05 - 07:31\nBaselines 07:34 - 07:50\nMonitoring 07:55 - 10:40"
    studies = "SSEP median and tibial, both sides. MEP from APB and TA, both sides."
    watched = (
        f"Dr. {names['reader'].split(',')[0].split()[-1]} watched remotely in real time, this case only, chat with the room."
    )
    parts = [head, "\n".join(lines), " ".join(sentences), studies, watched, day, "\n\n".join(ends)]
    return "NEUROMONITORING RECORD\n" + "\n\n".join(filter(None, parts)) + "\n", told


@pytest.mark.parametrize("part", range(2))
def test_what_is_told_is_found_and_what_is_left_out_is_absent(part: int) -> None:
    missed, count = [], 0
    for seed in range(part * 50, (part + 1) * 50):
        report, told = drawn(seed)
        case = audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0].case
        for element in LINES:
            present = case.elements[element].state == "present"
            assert not present or element in told, (element, case.elements[element].evidence, report)
            missed += [(element, told[element], report)] if element in told and not present else []
        count += len(told)
    assert len(missed) <= MISSES * count, missed
