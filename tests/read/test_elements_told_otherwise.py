"""Who operated, held the certificate, was the patient, signed when; what baselines showed and how it ended: told otherwise.

Lines by which other writers state these elements (letters, chats, heads of tables, dictation, other languages), and lines
that name the same things without stating them.
"""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import Case

HEAD = "NEUROMONITORING REPORT\n"
PATIENT = "Patient: Jane Roe  MRN 441772  Date of surgery 03/04/2025\n"
SIGNED = "Impression: no change.\nElectronically signed by Dana Dunleavy, MD 03/04/2025 14:10\n"
COURSE = "SSEP of the tibial nerves recorded. Monitoring 08:10 to 11:30.\n"
TECH = "Tech: Gwen Juarez, CNIM, in the room throughout.\n"


def read(*parts: str) -> Case:
    return read_case(read_bytes("report.txt", "".join(parts).encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Mark Holloway, MD\nDepartment of Neurosurgery, Ellery Hospital\nDear Mark,\nThank you for asking us.",
        "Mark Holloway, MD\nHead and Neck Surgery, St. Brannoc\nMark,\nThank you for asking me to cover the nerve.",
        "March 5, 2025\nMark Holloway, MD\n14 Orchard Row\nDear Mark,\nIt was good to help while you removed the disc.",
        "Attending: Mark Holloway, MD (ortho spine); L4-5 fusion",
        "L4-5 fusion. DOS 03/04/2025. Primary: Mark Holloway, MD. Dx: stenosis",
        "Surgeon + request\tMark Holloway, MD; signed request on file",
        "Cirujano\tMark Holloway, MD",
        "SURGE0N : Mark Holloway , M.D. ( ordered monitoring )",
        "Mark Holloway, MD (requesting surgeon)\tL4-5 laminectomy",
        "The operation was a laminectomy of L4, by Doctor Mark Holloway.",
        "Surgery\tSurgeon\tWho asked\tBecause\tTech\nL4 laminectomy\tDr. Mark Holloway\tclinic\tstenosis\tGwen Juarez, CNIM",
        "07:29 Juarez: good morning, we have dr holloway in 5, L4 lami and fusion. 66 M",
        "07:30 juarez: dr holloway doing L4-5 today, he wants ssep",
        "Holloway (surgeon), Dunleavy (reader), Juarez (tech)",
        "Mark Holloway, MD fused L4 to S1.",
        "Consulting service: neurosurgery (Mark Holloway, MD)",
        "Professor Holloway operated.",
    ],
)
def test_who_operated(text: str) -> None:
    surgeon = read(HEAD, PATIENT, text, "\n", COURSE, TECH, SIGNED).encounter.surgeon
    assert surgeon is not None
    assert "holloway" in surgeon.name.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Mark Holloway, MD\nDepartment of Neurology, Ellery Hospital\nTo whom it may concern,\nMonitored today.",
        "Dana Dunleavy, MD\nSurgical Neurophysiology Associates\nReport on Ms. Roe",
        "07:29 Juarez: good morning dr dunleavy, ready when you are",
        "cc: Mark Holloway, MD, primary care",
        "Anesthesia attending: Mark Holloway, MD",
        "Prior surgery by Dr. Holloway in 2009 elsewhere.",
    ],
)
def test_others_are_no_surgeons(text: str) -> None:
    assert read(HEAD, PATIENT, text, "\n", COURSE, TECH, SIGNED).elements["surgeon"].state == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "Technologist was Pilar Osei, O-S-E-I, CNIM.",
        "The technologist was Pilar Osei, C N I M, and she was in the operating room the entire time.",
        "The tech was Pilar Osei,\nthat's Pilar with an L, CNIM, she stayed in the OR throughout",
        "TECH Pilar Osei R. EP T., CNIM",
        "Technologist: Pilar Osei,\nCNIM",
        "name\tcertificate\tin room\nPilar Osei\tCNIM\tthroughout",
        "Technologist: Pilar Osei, board certified in neurophysiologic intraoperative monitoring, CNIM",
        "Pilar Osei, who holds the CNIM, ran the machine.",
        "Technologist: Pilar Osei\nCredentials: CNIM",
        "CNIM: Pilar Osei",
        "Our CNIM, Pilar Osei, was in the room.",
        "Osei, P. (R.EP.T., CNIM)",
    ],
)
def test_a_certificate_apart_from_the_name(text: str) -> None:
    found = read(HEAD, PATIENT, text, "\nSurgeon: Mark Holloway, MD\n", COURSE, SIGNED)
    assert any("Osei" in person.name and "CNIM" in person.credentials for person in found.encounter.technologists)


@pytest.mark.parametrize(
    "text",
    [
        "A CNIM technologist was present.",
        "Surgeon\tMark Holloway\tCNIM\tnone",
        "Patient: Jane Roe\nCNIM on call",
        "Interpreted by Dana Dunleavy, MD. CNIM staff available.",
    ],
)
def test_a_certificate_of_nobody_named(text: str) -> None:
    assert read(HEAD, PATIENT, text, "\n", COURSE, SIGNED).elements["technologist"].state == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "1. Name, born, account: Lundqvist, Per-Erik; 2 November 1957; acct 7714-0092.",
        "VOSS-ABELARD, JORIS · 07/19/1963 · M# 2008841\tIONM record",
        "Matteo Abiodun-Falk, 11.09.1980, chart LMC 0126609. Surgery on 4 March 2025, inpatient.",
        "Petrosyan, Levon #A-40912 dob 1-5-57",
        "PATTERSON,ROY ELLIS\t000-00-4471\tDOB: NOV 30,1951",
        "surname\tfirst\tsex\tborn\tnumber\nNakagawa\tBram\tM\t1972-08-03\tQH441902",
        "Dictation on Achilles Rowntree, that is R O W N T R E E, medical record number 7 7 3 0 1 9.",
        "JANE ROE  F  64Y  0055-8120",
        "ROE, JANE (558120) 64 yo F",
    ],
)
def test_a_patient_with_a_second_identifier(text: str) -> None:
    case = read(HEAD, text, "\nSurgeon Mark Holloway, MD. L4-L5 laminectomy.\n", COURSE, TECH, SIGNED)
    assert case.elements["patient_identity"].state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Gwen Juarez, CNIM, badge 558120",
        "Emergency contact: John Roe, 3/4/1950, acct 558120",
        "Dana Dunleavy, MD / 03-04-2025 / ext 558120",
        "Room 5 · 03/04/2025 · case 558120",
    ],
)
def test_numbers_of_others(text: str) -> None:
    case = read(HEAD, text, "\nSurgeon Mark Holloway, MD. L4-L5 laminectomy.\n", COURSE, TECH, SIGNED)
    assert case.elements["patient_identity"].state == "absent"


REPORT = (
    HEAD,
    PATIENT,
    "Surgeon: Mark Holloway, MD\nInterpreting physician: Dana Dunleavy, MD\n",
    TECH,
    COURSE,
    "Impression: no change.\n\n",
)


@pytest.mark.parametrize(
    "text",
    [
        "/e/ Dana Dunleavy, MD 03/04/2025 18:40",
        "Sign + date D. Dunleavy MD\t3 / 4 / 2025",
        "sign.status=SIGNED\nsign.by=Dana Dunleavy, MD\nsign.at=2025-03-04T12:05",
        "Electronically signed\nDana Dunleavy, MD\nDiplomate in Clinical Neurophysiology, ABPN\n02/19/2026 14:10",
        "(s) Dana Dunleavy, MD, March 4, 2025, 2:10 pm",
    ],
)
def test_who_signed_when(text: str) -> None:
    assert read(*REPORT, text, "\n").elements["signature_datetime"].state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Electronically signed\nDana Dunleavy, MD\nReport continues. Printed\n03/05/2025",
        "Sign + date ____________",
        "Prepared for signature by Dana Dunleavy, MD 03/04/2025",
    ],
)
def test_no_date_of_a_signature(text: str) -> None:
    assert read(*REPORT, text, "\n").elements["signature_datetime"].state == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "10:22 to 10:38\tfirst BAEPs, right and left at 90 dB. V at 5.8 right, 5.7 left",
        "BASE\tSSEP: R median N20 small, others normal. MEP all there.",
        "References. Wave V left 5.9 ms, right 5.7 ms, well formed. N20 present in both sides.",
        "Test\tSites\tFirst recordings\nSSEP\ttibial\tP37 41 ms both sides",
        "Muscle\tBefore incision\tAt closing\nTA left\tpresent\tpresent",
        "08:10 Hale: running baselines\n08:12 Rahimi: medians are beautiful. tibials are small both sides",
        "Before draping we ran SSEPs and MEPs. Every muscle answered and the N20s were even.",
    ],
)
def test_what_baselines_showed(text: str) -> None:
    assert read(HEAD, PATIENT, text, "\n", COURSE).elements["baseline_findings"].state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Start\tEnd\tPhase\n07:10\t07:40\tset-up\n07:45\t07:55\tbaseline",
        "Initial\tName\tRole\nGJ\tGwen Juarez\ttech",
        "References: see hospital policy 14.",
        "Before opening, a time-out was held.",
    ],
)
def test_no_word_of_what_baselines_showed(text: str) -> None:
    assert read(HEAD, PATIENT, text, "\n", COURSE).elements["baseline_findings"].state == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "11:46 Rahimi: last set looks like baseline. transient L C5 irritation, recovered, otherwise stable cord",
        "One short right triceps discharge with retraction, otherwise unchanged SSEP, MEP as at start.",
        "deltoid MEP loss with distraction, recovered.\tsigned L. Hadid MD 9/9/26 1730",
        "Take-home: transient MEP drop, full recovery.",
        "The study was normal from beginning to end.",
        "All pathways intact at the close.",
        "IMP stable",
    ],
)
def test_how_it_all_ended(text: str) -> None:
    assert read(HEAD, PATIENT, COURSE, text, "\n").elements["interpretation"].state == "present"


@pytest.mark.parametrize(
    "text",
    ["10:18 burst, told, recovered", "IMP pending", "Monitoring was stable", "Brief pause, otherwise the technologist stayed."],
)
def test_no_word_of_how_it_ended(text: str) -> None:
    assert read(HEAD, PATIENT, COURSE, text, "\n").elements["interpretation"].state == "absent"


DAY = "Jane Roe, MRN 441772, 03/04/2025. Surgeon: Mark Holloway, MD. Reader: Dana Dunleavy, MD. Tech: Gwen Juarez, CNIM.\n"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("order", "Surgeon was Dr. Holloway. It was she who has asked for our service, because of the tumor.\n"),
        ("order", "You had kindly solicited our monitoring for the clipping of the aneurysm.\n"),
        ("order", "Operated on 3/4/2025 by Mark Holloway, MD, at whose request we attended.\n"),
        ("order", "Authorizing provider: Holloway, M., order entered 02/28/2025\n"),
        ("order", "surgeon: Mark Holloway MD (requested by him on booking form)\n"),
        ("surgeon_notification", "Wave V slowed by 0.9 ms; Dr. Dunleavy told me straight away, I took the retractor off.\n"),
        ("intraoperative_findings", "Baselines: N20 present, P37 low on right.\nNo changes through the case.\n"),
        ("technologist_presence", "[13:20] Juarez: I'm in the room till extubation as I have been since induction\n"),
        (
            "technologist_presence",
            "3:33 PM  Gwen  fyi for the file: I stayed in the OR from before intubation until she was out\n",
        ),
        ("procedure", "Ms. Roe had an anterior cervical discectomy and fusion at C5-6 at Ellery Hospital, for myelopathy.\n"),
        ("order", "My colleague Mark Holloway turned to us for surveillance of the conus during this procedure.\n"),
        ("surgeon_notification", "SSEP drop 60% 09:41, surgeon in the loop immediately, rod off.\n"),
        ("surgeon_notification", "MEP amplitude fell on the right, of which Dr. Holloway was made cognizant.\n"),
        ("surgeon_notification", "09:41 SSEP right cortical gone -> surgeon (verbal, tech) 09:41\n"),
        ("surgeon_notification", "Dr. Dunleavy alerted me to a loss of the right MEP and I removed the rod.\n"),
        (
            "baseline_findings",
            "We recorded first curves from 8:02 to 8:20; the arm responses were fine, those of the legs low.\n",
        ),
        ("baseline_findings", "Baselines 7:52-7:58 (ulnar motor response 2.1 mV).\n"),
        ("baseline_findings", "Initial wave V 6.0 ms, all waves seen.\n"),
        ("baseline_findings", "The responses taken as reference were clear on both repetitions.\n"),
        ("baseline_findings", "Good responses were had from the outset.\n"),
        ("intraoperative_findings", "The last responses were as large and as prompt as the first.\n"),
        ("intraoperative_findings", "In the end all responses were as in the beginning.\n"),
        ("intraoperative_findings", "Nothing was missing from the final recordings.\n"),
        ("intraoperative_findings", "No response shrank or slowed during the operation.\n"),
        ("surgeon_notification", "A clear fall in size occurred at 09:50. Dr. Holloway was informed.\n"),
        ("surgeon_notification", "The surgeon was warned at 09:50 that the responses had become late and small.\n"),
        ("baseline_findings", "Vagus stimulation before dissection: 900 uV left, 850 uV right\n"),
        ("intraoperative_findings", "Alarms 0\n"),
        ("intraoperative_findings", "The potentials behaved well the whole way.\n"),
        ("interpretation", "Dx (EP): transient conduction block, right posterior column, resolved.\n"),
        ("procedure", "L4 was fused to S1 with screws and a cage.\n"),
        ("procedure", "Dr. Holloway straightened the curve with rods from T4 to L2.\n"),
        ("anesthesia", "Anes: MAC w/ local\n"),
        ("technologist_presence", "Tech: Gwen Juarez, CNIM. Location: OR 8, at the bedside from positioning to extubation.\n"),
        ("surgeon_notification", "10:14 L TA MEP gone; Dr. H. informed immediately by GJ, rod derotated back.\n"),
        ("surgeon_notification", "The loss was brought to the operator's notice and the clip was shifted.\n"),
        ("surgeon_notification", "SSEP amplitude down 60% on the right at 10:14. Surgeon response: released traction.\n"),
        ("technologist_presence", "Tech step-outs: 0\n\n"),
        ("signature", "Dana Dunleavy, MD, 03/05/2025, electronically\n\n"),
        ("procedure", "Dr. Holloway put in screws from L2 to L5 and removed the lamina of L3.\n"),
        ("order", "CPOE #8817221 IONM multimodality - Holloway\n"),
        ("order", "The surgeon, Dr. Holloway, felt it prudent to have the cord watched and so asked us in.\n"),
        ("technologist_presence", "Absences of technologist from OR: none\n\n"),
        ("technologist_presence", "12:15 juarez: for the record, I was in 8 the whole time, no lunch\n"),
        ("baseline_findings", "Template responses acquired; monitorable in all but right foot.\n"),
        ("intraoperative_findings", "Course bland.\n"),
        ("interpretation", "Result: monitoring negative for injury.\n"),
        ("signature", "I have personally reviewed and approve this report. Dana Dunleavy, MD 03/05/2025 9:12\n\n"),
        ("procedure", "Dr. Holloway took a meningioma out of the canal at T6.\n"),
        ("indication", "He could no longer walk because of a compressed cord.\n"),
        ("facility", "Section of Clinical Neurophysiology Saltmarsh University Hospital\n"),
        ("facility", "GRANITE FORKS LEVEL I TRAUMA CENTER\n"),
        ("facility", "Service area : LARKHAVEN UNIV HOSP\n"),
        ("facility", "AMARANTH HAND SURGERY\noffice procedure suite\nPlace of service 11 (office)\n"),
        ("facility", "Place of service: 11 - Office (Orchard Pain and Spine, office procedure suite)\n"),
        ("order", "Surgeon: Ezra Holcomb, MD (also ordering)\n"),
        ("surgeon", "Physician performing the procedure: Garrick Noll, MD\n"),
        ("facility", "Location of patient: office procedure suite of Palisade Pain Physicians (place of service 11)\n"),
    ],
)
def test_what_other_writers_state(element: str, text: str) -> None:
    case = read(text, DAY, COURSE)
    assert case.elements[element].state == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("order", "It was she who asked us to pause the drill.\n"),
        ("order", "You had kindly asked for the scan.\n"),
        ("surgeon_notification", "Wave V slowed by 0.9 ms; Gwen told me and I wrote it down.\n"),
        ("intraoperative_findings", "Baselines: N20 present, no change after the second run.\n"),
        ("baseline_findings", "The responses taken as reference were recorded from 8:02 to 8:20.\n"),
        ("baseline_findings", "Good responses from the start to the end.\n"),
        ("intraoperative_findings", "The needles were counted and nothing was missing.\n"),
        ("intraoperative_findings", "The responses taken as reference were as large on the left as on the right.\n"),
        ("technologist_presence", "[13:20] Juarez: out of room since induction, back at closing\n"),
        ("procedure", "Ms. Roe had an anterior cervical discectomy two years before at Ellery Hospital.\n"),
        ("facility", "NORTHGATE NEUROPHYSIOLOGY ASSOCIATES\nPlace of service 11 (office)\n"),
        ("interpretation", "Physician interpretation: not received\n"),
        ("interpretation", "Interpretation: awaiting neurologist\n"),
        ("procedure", "Procedure: ____\n"),
        ("surgeon_notification", "R MEP lost 09:41. Dr. D. told by chat; she asked for a repeat.\n"),
        ("surgeon_notification", "R MEP lost 09:41, back 09:50. Surgeon response: none\n\n"),
        ("order", "Order of events: setup, baselines, monitoring.\n"),
        ("technologist_presence", "Absences of technologist from OR: 09:10 to 09:22\n\n"),
        ("surgeon_notification", "SSEP fell -> surgeon moved the retractor by himself\n"),
        ("technologist_presence", "Gwen was relieved from 0910 to 0925 with nobody in the room.\n"),
        ("technologist_presence", "Tech in room throughout: [ ] yes [ ] no\n"),
    ],
)
def test_what_comes_near_it(element: str, text: str) -> None:
    case = read(text, DAY, COURSE)
    assert case.elements[element].state != "present"


def test_load_of_a_reader_is_no_patient() -> None:
    case = read("PATIENT: ROE,JANE T   UNIT NO: CB0041877\nPT LOAD\t1 (this patient only)\n", DAY, COURSE)
    assert len(case.patients) < 2


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        ("Draft composed from the stored case by Ann Hale, MD, fellow.\nI have revised the fellow's draft and agree.\n", False),
        ("Preliminary report reviewed and finalized.\n", False),
        ("DRAFT - not final until signed.\n", True),
        ("Draft to be reviewed by the attending.\n", True),
    ],
)
def test_a_draft_that_a_signature_made_a_report(text: str, draft: bool) -> None:
    case = read(HEAD, DAY, COURSE, text, "Electronically signed by Dana Dunleavy, MD 03/04/2025 14:10\n")
    assert any(s.draft for s in case.signatures) is draft


def test_the_limb_behind_what_is_said_of_a_study_is_of_another() -> None:
    muscles = "Free-running EMG: iliopsoas, vastus medialis, tibialis anterior, right leg and left leg.\n"
    case = read(muscles, "Baseline: EMG quiet; upper limb responses normal.\n", DAY, COURSE)
    assert {m.region for m in case.modalities if m.modality == "EMG"} == {"lower"}


def test_the_surgeon_who_pauses_interrupts_no_monitoring() -> None:
    day = "Monitoring ran 9:12 AM to 2:48 PM.\n11:18 AM MEP fell; I asked him to pause, which he did for eight minutes.\n"
    case = read(HEAD, DAY, day, SIGNED)
    assert not [s for s in case.segments if s.kind == "interruption"]


@pytest.mark.parametrize(
    "text",
    [
        "I was with the machine in operating room 5 during two stretches: first 9:12 AM to 11:40 AM (exposure), "
        "then again 1:02 PM to 2:48 PM (lower pole, closure).\n",
        "I was in operating room 5 twice: 9:12 AM to 11:40 AM (exposure) and 1:02 PM to 2:48 PM (closure).\n",
    ],
)
def test_one_place_for_several_stretches(text: str) -> None:
    case = read(HEAD, "Patient: Jane Roe  MRN 441772  03/04/2025\nMonitoring ran 9:12 AM to 2:48 PM.\n", text, SIGNED)
    assert [a.mode for a in case.attendance] == ["in_room", "in_room"]


FORM = (
    "Tallgrass Neurophysiology, intraoperative monitoring report\n"
    "Patient: Verity Ashdown   DOB 03/11/1961   MRN 55-20871\nDate of surgery: 02/18/2025\n"
    "Facility: Coldspring Regional Hospital, inpatient (POS 21)\n{surgeon}\n{order}\n"
    "Procedure: L3-L5 decompression and fusion\nIndication: lumbar stenosis with neurogenic claudication\n"
    "Interpreting physician: Odette Fairbairn, MD, neurology\nTechnologist: Rasmus Kettle, CNIM\n{presence}\n{anesthesia}\n"
    "Set-up 07:40-08:05. Baselines 08:08-08:20. Monitoring 08:25 to 11:02. Electrodes removed 11:05-11:12.\n"
    "Dr. Fairbairn watched live from a remote reading room, this patient only{touch}.\n"
    "SSEP: tibial nerves at the ankle, both sides. EMG of vastus lateralis and gastrocnemius, both legs.\n"
    "{baselines}\n{course}\n{reading}\nElectronically signed by Odette Fairbairn, MD, 02/18/2025 15:40\n"
)
USUAL = {
    "surgeon": "Surgeon: Lionel Marchetti, MD",
    "order": "Monitoring ordered by: Dr. Marchetti",
    "presence": "Mr. Kettle was in the operating room throughout.",
    "anesthesia": "Anesthesia: propofol, remifentanil",
    "touch": ", with a chat window to the room open",
    "baselines": "Baselines: tibial responses of low amplitude, EMG quiet.",
    "course": "There was no change of any response.",
    "reading": "Impression: stable study, no evidence of neural injury.",
}
FALL = "At 09:40 the right tibial SSEP fell by 60 percent while the rod was seated; it was back at 09:52."


def state(element: str, **said: str) -> str:
    return read(FORM.format(**(USUAL | said))).elements[element].state


@pytest.mark.parametrize(
    ("course", "want"),
    [
        ("09:40 R tibial SSEP gone. MD on audio to Dr. Marchetti: ease the rod\n09:52 back to start values", "present"),
        ("09:40 R tibial SSEP gone. Dr. Fairbairn on the line with Dr. M", "present"),
        ("09:40 Left hemisphere slows to 2-3 Hz. Dr. Fairbairn calls it; Dr. Marchetti told", "present"),
        ("[09:40] fairbairn: right tibial SSEP down by half\n[09:41] kettle: told him, rod comes out", "present"),
        ("Event 1 09:40 Amplitude R tibial -60%. Surgical team informed Y. Action: rod loosened.", "present"),
        ("Critical change 09:40. SURGEON NOTIFIED [X] YES [ ] NO. Response: rod loosened.", "present"),
        ("09:40 MEP R TA down 70%, Marchetti made aware by me", "present"),
        ("09:40 R leg MEP lost; announced; distractor off", "present"),
        ("[09:40] kettle: right tibial SSEP down by half\n[09:41] kettle: done, he is easing the rod", "present"),
        ("The right tibial SSEP fell at 09:40; the surgeon heard this from Mr. Kettle within seconds.", "present"),
        ("The one alarm, for a loss of the right tibial SSEP at 09:40, was given to the surgeon.", "present"),
        ("EVENT 09:40 / R tibial SSEP / -60 % / surgeon aware ____ / recovered 09:52", "absent"),
        (FALL + "\nDr. Marchetti had been told before the incision what would count as an alarm.", "absent"),
        (FALL, "absent"),
        (FALL + "\nSurgeon notified: ______", "absent"),
        (FALL + "\nI told the technologist to recheck the electrodes.", "absent"),
        (FALL + "\nAt the end Dr. Marchetti was told that the needles were out.", "absent"),
        (FALL + "\nOur policy is that the surgeon is told of every change.", "absent"),
        (FALL + "\n10:30 Dr. Marchetti told closing signals fine", "absent"),
        (
            "09:40 Amplifier dead, nothing recorded. Surgeon informed, work paused\nSSEP unchanged through reduction.",
            "not_applicable",
        ),
        ("No alerts. Dr. Marchetti was told at the end that everything was stable.", "not_applicable"),
        ("The cord lay flattened over the fragment. From there to the end nothing changed.", "not_applicable"),
    ],
)
def test_that_the_surgeon_was_told_of_a_change_and_of_nothing_else(course: str, want: str) -> None:
    assert state("surgeon_notification", course=course) == want


@pytest.mark.parametrize(
    ("element", "said", "want"),
    [
        ("order", {"surgeon": "Surgeon: Lionel Marchetti, MD (spine), at whose request I came.", "order": ""}, "present"),
        ("order", {"surgeon": "Surgeon\tLionel Marchetti, MD (spine), requesting", "order": ""}, "present"),
        ("order", {"order": "Dr. Marchetti filled in our request card on February 10."}, "present"),
        ("order", {"order": "The hospital asks for monitoring in all such cases."}, "absent"),
        ("surgeon", {"surgeon": "Surgeon (ordered IONM)\tLionel Marchetti, MD", "order": ""}, "present"),
        ("surgeon", {"surgeon": "Referring: Harold Dunne, MD, family medicine", "order": ""}, "absent"),
        ("anesthesia", {"anesthesia": "Anesthesia. Propofol and fentanyl, nitrous oxide avoided."}, "present"),
        ("anesthesia", {"anesthesia": "Anesthesia plan: propofol / remifentanil"}, "present"),
        ("anesthesia", {"anesthesia": "Nitrous oxide avoided."}, "absent"),
        ("baseline_findings", {"baselines": "08:20 Baseline acquisition complete; SSEP full in both feet"}, "present"),
        ("baseline_findings", {"baselines": "Baseline findings: ______"}, "absent"),
        ("baseline_findings", {"baselines": "A full set of baselines was obtained."}, "absent"),
        ("communication", {"touch": ". The surgeon phoned her the week before"}, "absent"),
        ("communication", {"touch": ". Contact should be kept by telephone"}, "absent"),
        ("communication", {"touch": ". The audio of the EMG was on"}, "absent"),
        ("interpretation", {"reading": "Impression passing reduction of the right tibial SSEP, recovered."}, "present"),
        ("interpretation", {"reading": "Summary of Dr. Fairbairn: reversible decrement, no residual."}, "present"),
        ("interpretation", {"reading": "Outcome of monitoring: no deterioration of the lower limb pathways."}, "present"),
        ("interpretation", {"reading": "Impression: incomplete cord lesion without further loss in surgery."}, "present"),
        ("interpretation", {"reading": "Impression: incomplete"}, "absent"),
        ("intraoperative_findings", {"course": "During: no worsening at any time."}, "present"),
        ("interpretation", {"reading": "Impression pending"}, "absent"),
        (
            "interpretation",
            {"reading": "-" * 60 + "\nPHYSICIAN READING\nTibial response kept, good outlook for the leg."},
            "present",
        ),
        ("interpretation", {"reading": "Judgement.\nCord function unaltered by the measures used."}, "present"),
        ("intraoperative_findings", {"baselines": "BASELINES\nSSEP of normal size.", "course": "No changes."}, "present"),
        ("communication", {"touch": ". The tube was placed under video laryngoscopy"}, "absent"),
        ("baseline_findings", {"baselines": "Start values.\nTibial P37 at 43 ms, a little late."}, "present"),
        ("baseline_findings", {"baselines": "Before clamping the SSEP were symmetric and of normal latency."}, "present"),
        ("communication", {"touch": ". The technologist and the surgeon spoke in person"}, "absent"),
        ("communication", {"touch": ". Voice note put into text by machine"}, "absent"),
        ("technologist_presence", {"presence": "tech in or\t07:38:02 - 11:20:45, without break"}, "present"),
        ("technologist_presence", {"presence": "Mr. Kettle set up; his equipment remained in the room throughout."}, "absent"),
        ("technologist_presence", {"presence": "Stayed in OR\tyes, from hook-up through the last stim"}, "present"),
        ("technologist_presence", {"presence": "Stayed in OR\t____"}, "absent"),
    ],
)
def test_what_stands_in_unusual_words_and_what_is_left_open(element: str, said: dict[str, str], want: str) -> None:
    assert state(element, **said) == want


def test_a_record_that_is_the_technologists_by_its_title_has_the_technologist_write_i() -> None:
    case = read(
        "BEXHOLLOW HOSPITAL\nNeuromonitoring service - technologist's narrative\n",
        PATIENT,
        "Case: C3-C6 laminoplasty\nTech on case: Gwen Juarez, CNIM\n\n",
        "I was in OR 2 with the patient the whole time. There was no reading doctor on this case.\n0745 monitoring started\n",
    )
    assert (case.elements["technologist_presence"].state, case.elements["location_mode"].state) == ("present", "absent")


def test_muscles_of_triggered_emg_are_those_of_free_running_emg_beside_it() -> None:
    emg = "EMG, left arm, free-running and triggered by direct stimulation of the trunks: deltoid, biceps, triceps.\n"
    assert read(HEAD, PATIENT, emg, "Monitoring 08:10 to 11:30.\n", TECH, SIGNED).elements["modality_sites"].state == "present"


def test_letters_of_a_certificate_may_be_parted_by_dashes() -> None:
    case = read(
        HEAD, PATIENT, "Electrodes were put on by the technologist, Gwen Juarez, C-N-I-M, who then stayed.\n", COURSE, SIGNED
    )
    assert case.elements["technologist"].state == "present"


def test_users_of_a_trail_write_messages_and_are_no_hosts() -> None:
    trail = "".join(
        f"2025-03-04 0{8 + n // 6}:{n % 6}5  {who} chat: {said}\n"
        for n, (who, said) in enumerate(
            [("g.juarez", "bone off"), ("d.dunleavy", "here now"), ("g.juarez", "dura open"), ("d.dunleavy", "all as at start")]
        )
    )
    case = read(HEAD, PATIENT, "reader  Dana Dunleavy, MD\ntech  Gwen Juarez, CNIM\n", COURSE, trail, SIGNED)
    assert case.elements["communication"].state == "present"


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("QUARTZ MESA DAY SURGERY (ambulatory surgery center), Arizona\n", "present"),
        ("Mesa Outpatient Surgery, Tucson\n", "present"),
        ("Kestrel Surgical Suites\n", "present"),
        ("Patient class: Day Surgery\n", "absent"),
        ("Elective Outpatient Surgery\n", "absent"),
    ],
)
def test_a_center_named_by_what_it_does(place: str, state: str) -> None:
    assert read(place, PATIENT, COURSE, SIGNED).elements["facility"].state == state


@pytest.mark.parametrize("label", ["interp. physician\t________", "Interp. MD: ________"])
def test_a_line_for_the_interpreting_physician_interprets_nothing(label: str) -> None:
    rest = "ssep\tulnar b/l\tok\tno chg\nemg\tquads\tquiet\tno chg\n"
    assert read(HEAD, PATIENT, label, "\n", COURSE, rest).elements["interpretation"].state == "absent"


def test_a_column_named_base_holds_the_baselines() -> None:
    table = "test\twhere\tbase\tcase\nssep\tulnar b/l\tok, R tib low amp\tno chg\n"
    assert read(HEAD, PATIENT, COURSE, table).elements["baseline_findings"].state == "present"


@pytest.mark.parametrize(
    "text",
    ["Progressive bladder trouble and toe walking were the grounds.", "A limp and falls had led to the operation."],
)
def test_what_brought_the_operation_about(text: str) -> None:
    assert read(HEAD, PATIENT, text, "\n", COURSE).elements["indication"].state == "present"


@pytest.mark.parametrize(
    "text",
    [
        "23:48 tibial SSEP went to half on drilling; the surgeon was told over the loudspeaker.",
        "At 09:37 a response to the probe at 0.4 mA warned of a root within the fat; I told the surgeon.",
    ],
)
def test_a_change_by_its_size_or_by_what_it_warned_of(text: str) -> None:
    assert read(HEAD, PATIENT, COURSE, text).elements["surgeon_notification"].state == "present"


@pytest.mark.parametrize(
    ("heading", "told", "state"),
    [
        ("1. Physician summary", "Mr. Moss came for C3 to C6 laminoplasty for cervical myelopathy.", "present"),
        ("CHARGE TICKET", "Moss, Vera. Transforaminal interbody fusion for grade II L4-5 spondylolisthesis.", "present"),
        ("Impression", "Signals were lost during the decompression, with compression of the cord.", "absent"),
    ],
)
def test_the_reason_of_an_operation_counts_below_any_heading(heading: str, told: str, state: str) -> None:
    text = f"Patient: Vera Moss   MRN 1234567\nDate of surgery: 03/12/2026\n\n{heading}\n{told}\nNo change was seen.\n"
    assert read_case(read_bytes("note.txt", text.encode())).elements["indication"].state == state
