"""A technologist's own 'I' and hours of other matters are no attendance; a place may stand apart from the hours it goes with."""

from __future__ import annotations

import pytest

from ionm_notes.audit import read
from ionm_notes.ingest import read_bytes
from ionm_notes.timeline import count_minutes

Row = tuple[str, str, str]
HEAD = """INTRAOPERATIVE NEUROMONITORING REPORT
Patient: Vera Moss   MRN: 1234567   DOB: 01/02/1960
Date of service: 03/12/2026
Hospital: Saint Orla Hospital, inpatient{room}
Procedure: C5-C6 anterior cervical discectomy and fusion for myelopathy
Surgeon: Mark Hathaway, MD, requested monitoring
Technologist: Jolene Pruitt, CNIM
Neurologist: Anna Ashworth, MD

SSEP median and tibial, both sides. MEP from APB and TA, both sides.

"""
DAY = "Setup 07:05 to 07:31. Baselines 07:34 to 07:50. Monitoring 07:55 to 10:40. Electrodes off 10:45 to 10:50.\n\n"
NIGHT = "Monitoring 22:55 to 02:17 (next day). Electrodes off 02:20 to 02:31.\n\n"
TAIL = "\n\nImpression: stable.\nElectronically signed: Anna Ashworth, MD 03/13/2026 09:00\n"
REMOTE = "I watched live from my office in Duluth from 07:52 to 10:42, and had no other case. Chat with the technologist.\n\n"
ROOM = "I was in OR 7 from 07:52 to 10:42 and watched live, and had no other case.\n\n"
BARE = "I watched live and had no other case. Chat with the technologist.\n\n"
FRAMES = {
    "remote+": HEAD.format(room="") + DAY + REMOTE + "{said}" + TAIL,
    "remote-pre": HEAD.format(room="") + DAY + "{said}\n\n" + REMOTE + TAIL,
    "room+": HEAD.format(room="") + DAY + ROOM + "{said}" + TAIL,
    "bare": HEAD.format(room="") + DAY + "{said}\n\n" + BARE + TAIL,
    "suite": HEAD.format(room=", Brain Suite 2") + DAY + "{said}\n\n" + BARE + TAIL,
    "night": HEAD.format(room="") + NIGHT + "{said}\n\n" + BARE + TAIL,
    "post": HEAD.format(room="") + DAY + REMOTE.strip() + TAIL + "\n{said}\n",
}
"""Reports with a place for a statement: below or above what tells the attendance, without that, or below the signature."""
OF_ATTENDANCE = {"attendance-unread", "mode-unstated", "mode-conflict", "attendance-start-assumed", "attendance-end-assumed"}


def _read(frame: str, said: str) -> tuple[set[Row], list[str]]:
    case = read(read_bytes("note.txt", FRAMES[frame].replace("{said}", said).encode()))
    rows = {(str(a.mode), f"{a.start:%H:%M}" if a.start else "", f"{a.end:%H:%M}" if a.end else "") for a in case.attendance}
    return rows, [doubt.id for doubt in count_minutes(case).doubts if doubt.id in OF_ATTENDANCE]


OF_THE_TECHNOLOGIST: tuple[tuple[str, str], ...] = (
    (
        "remote-pre",
        "Tech statement\nI was in OR 7 with this patient from first lead to last lead. No relief, no break. J. Pruitt, CNIM",
    ),
    (
        "post",
        "TECHNOLOGIST ATTESTATION\n"
        "I was present in the operating room from the first electrode to the last. I did not leave at any time.\n"
        "Jolene Pruitt, CNIM",
    ),
    (
        "post",
        "Technologist statement:\n"
        "I remained in the OR for the entire case and never left the patient. Signed: J. Pruitt CNIM 03/12/2026 11:02",
    ),
    (
        "post",
        "Technologist's note\n"
        "I set up and ran this case by myself. In the room the whole time, in OR 7 from 07:05 until 10:50.\n"
        "- J. Pruitt",
    ),
    ("post", "From the technologist: I was in OR 7 the whole way, 07:05 to 10:50, no relief. Jolene Pruitt, CNIM"),
    (
        "post",
        "Statement of monitoring technologist\n"
        "I stayed in the operating room throughout and had no other duties.\n"
        "/s/ Jolene Pruitt, R. EEG T., CNIM",
    ),
    ("post", "Pruitt: I was in OR 7 from wheels in to wheels out."),
    ("post", 'J. Pruitt, CNIM writes: "I was in the operating room the whole time and nobody relieved me."'),
    ("post", "I, Jolene Pruitt, CNIM, was in the operating room without a break from 07:05 to 10:50."),
    (
        "post",
        "Technologist certification. I certify that I was present in the operating room for all of it. Jolene Pruitt CNIM",
    ),
    ("post", "Tech sign-off: in OR 7 start to finish, I never left. JP, CNIM"),
    ("post", "Tech comments: leads out, leaving with patient. I was in OR 2 the whole case"),
    ("post", "I was in the room from hook-up to the end, no relief needed. Jolene Pruitt, CNIM"),
    (
        "post",
        "I hooked the patient up, ran the baselines and stayed in the OR until the last needle was out.\n"
        "Jolene Pruitt, CNIM, technologist",
    ),
    (
        "remote-pre",
        "In-room staff\nI was with the patient in the OR from rolling in to rolling out. I never stepped away. (J. Pruitt, CNIM)",
    ),
    ("remote+", "The technologist was Jolene Pruitt, C N I M, and she was in the operating room the entire time."),
    ("remote+", "The technologist, Jolene Pruitt, C.N.I.M., was in the operating room the entire time."),
    ("remote+", "Technologist Jolene Pruitt, R E E G T, C N I M, stayed in the operating room from start to finish."),
    ("remote+", "On site was Jolene Pruitt, C N I M. She was in the operating room for all of it."),
    (
        "post",
        "[03/12/2026 07:10] Pruitt: in the room. placing leads\n"
        "[03/12/2026 07:52] Ashworth: here\n"
        "[03/12/2026 10:41] Pruitt: monitoring stop\n"
        "[03/12/2026 10:50] Pruitt: leads out, leaving with patient. I was in OR 2 the whole case",
    ),
    ("post", "03/12/2026 10:50 Pruitt: leads out. I was in here straight thru, in OR 7, no relief"),
    ("post", "2026-03-12 10:50:11 jpruitt > done. i was in the OR the entire time, never left"),
    ("post", "Field notes of J. Pruitt, CNIM\nI was in OR 7 from 07:00 to 10:55.\nI never left the room."),
    ("post", 'Technologist declaration: "At no time did I leave OR 7 between 07:05 and 10:50." Pruitt'),
    (
        "post",
        "CNIM Statement of Presence\n"
        "I arrived in OR 4 before the patient and stayed until she was wheeled out. At no point was I relieved.\n"
        "/e/ J. Pruitt",
    ),
    ("post", "Note from the neurotech: was in theatre throughout, I didn't step out even for lunch. - Jolene"),
    (
        "post",
        "Technologist's account.\n"
        "I wired her, ran every trace and sat in the operating room till the end. The reader was on my screen all along.\n"
        "J. Pruitt, CNIM",
    ),
    (
        "post",
        "IN-ROOM TECHNOLOGIST SIGN-OFF\n"
        "Present in OR 7: 07:05 to 10:50. I did not hand over to anyone.\n"
        "Signed electronically by Jolene Pruitt, CNIM on 03/12/2026",
    ),
    ("post", 'Acquisition technologist: "I was at the machine in OR 7 for the whole case." (Pruitt)'),
    ("post", "10:50:12 PRUITT: needles out, count right. I was in the OR start to end"),
    ("remote-pre", "What the tech says\nI never left the room. I was there from the first needle to the last. Jolene P., CNIM"),
    (
        "post",
        "Attestation (technologist): I attest that I was continuously present in the operating room during all recorded times.",
    ),
    ("post", "Attestation (physician): see above.\nAttestation (technologist): I was in the operating room throughout."),
    ("remote+", "Jolene Pruitt, C.N.I.M. was in the operating room for all of it; she hooked up and took down."),
    (
        "remote+",
        "The tech, Miss Pruitt, was there in OR 7 with the patient from 07:05 until 10:50 and I talked to her over the headset.",
    ),
    ("remote+", 'Ms. Pruitt reports: "I was in OR 7 from 07:05 to 10:50 and did not step out."'),
)
"""What a technologist writes of his or her own presence; the second word is where it stands in the report."""

OTHER_HOURS: tuple[tuple[str, str], ...] = (
    ("remote+", "Other patients on my list, 0800 to 1400: none."),
    ("remote+", "other patients on Dr. Ashworth's list, 07:30 to 11:00: none"),
    ("remote+", "Cases open on my screen between 07:52 and 10:42: this one only."),
    ("remote+", "Other rooms on Dr. Ashworth's board, 07:00-12:00: 0"),
    ("remote+", "My next case was at 13:00 to 15:30 at another hospital."),
    ("remote+", "I reviewed the old EEG in the clinic the day before, 14:00 to 14:30."),
    ("remote+", "My on-call shift that day ran from 07:00 to 19:00."),
    ("remote+", "I was on call from 06:00 to 18:00."),
    ("remote+", "Earlier that morning I had a different patient, 06:00 to 07:15, long finished."),
    ("remote+", "Mr. Hathaway operated from 08:10 to 10:25."),
    ("remote+", "Dr. Hathaway was in the room from 08:05 to 10:30."),
    ("remote+", "Anesthesia: Dr. Ellen Brandt, in the room 07:00 to 10:55."),
    ("remote+", "Ms. Pruitt was with the patient in OR 7 from 07:00 to 10:55."),
    ("remote+", "The patient was in the operating room from 06:58 to 11:02."),
    ("remote+", "The representative of the implant company was present from 09:00 until 10:00."),
    ("remote+", "I met the family from 11:00 to 11:20 in the waiting room."),
    ("remote+", "I dictated this report between 11:30 and 11:50."),
    ("remote+", "I went through the traces again from 18:00 to 18:40 that evening for the report."),
    ("remote+", "My office hours are 08:00 to 17:00."),
    ("room+", "The stimulation itself was done at my direction between 09h00 and 09h26, beside the patient."),
    ("room+", "From 09:10 to 09:40 I ran the stimulation myself: bare cortex first, then the walls of the cavity."),
    ("room+", "I did the cortical mapping at the bedside from 09:10 to 09:40."),
    ("room+", "Between 09:10 and 09:40 Dr. Ashworth mapped the motor strip with the surgeon."),
    ("room+", "Language testing was led by me from 09:10 until 09:40, standing at the patient's head."),
    ("room+", "I tested the hand with the probe 09:10-09:40."),
    ("room+", "Mapping by Dr. Ashworth in the room, 09:10 to 09:40."),
    ("room+", "I held the probe for the mapping between 9:10 and 9:40."),
    ("room+", "Those were 30 minutes of mapping, 09:10 to 09:40, and I bill them as such."),
    ("room+", "Awake testing 09:10 to 09:40, with me at her side."),
    ("remote+", "Signed in platform: Anna Ashworth, MD, 2026-03-12 16:02 (07:52-10:42)."),
    ("remote+", "Other cases on the board 07:00 to 12:00: nil."),
    ("remote+", "Patients other than Ms. Moss between 07:52 and 10:42: none"),
    ("remote+", "I was the on-call neurologist, 07:00 to 19:00 that day."),
    ("remote+", "Call schedule: Ashworth 07:00-19:00"),
    ("remote+", "I finished typing this note between 11:05 and 11:25."),
    ("remote+", "The surgeon was scrubbed from 08:02 to 10:31."),
    ("remote+", "Nurse Tilly Oakes was in the room from 07:00 to 10:55."),
    ("remote+", "A visiting student sat in the operating room from 08:00 to 10:00."),
    ("remote+", "Dr. Mark Hathaway was at the table from 08:10 to 10:20."),
    ("remote+", "The second anesthesiologist was in the room between 09:00 and 10:00."),
    ("remote+", "I had clinic from 13:00 to 17:00 afterwards."),
    ("remote+", "Before this case I read an EEG, 06:30 to 07:15."),
    ("remote+", "My own surgery list begins 12:00 to 16:00 on Fridays."),
    ("remote+", "The sales engineer stayed in the OR from 09:10 to 09:40."),
    ("remote+", "The husband waited from 07:30 to 11:00."),
    ("remote+", "I reviewed the saved file with the resident from 15:00 to 15:40."),
    ("room+", "From 09:10 to 09:40 I stimulated the cortex with the surgeon."),
    ("room+", "Ojemann stimulation 09:10-09:40, by me."),
    ("room+", "Dr. Ashworth tested naming and counting with the patient between 09:10 and 09:40."),
    ("room+", "I led the language tasks from 09:10 to 09:40 while she was awake."),
    ("room+", "Mapping (Dr. Ashworth): 09:10 to 09:40, OR 7"),
    ("room+", "Phase reversal was sought by me from 09:10 to 09:20."),
    ("room+", "Direct nerve stimulation 09:10 - 09:40, I held the probe for the surgeon."),
    ("room+", "Mapping minutes, 09:10 to 09:40, are billed apart by me."),
    ("remote+", "Technologist on 07:02, off 10:55"),
    ("remote+", "Electrodes on 07:05, off 10:50"),
    ("remote+", "Anesthesia on 06:58, off 11:05"),
    ("remote+", "Tourniquet on 08:30, off 10:02"),
    ("remote+", "Surgeon in 08:00, out 10:30"),
    ("remote+", "Patient in 06:58, out 11:02"),
)
"""Hours of other patients, of duty, of reports, of mapping within the watch, of other people."""

OF_THE_READER: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    (
        "bare",
        "I was in OR 7 from 07:52 to 10:42, beside Ms. Pruitt.\nTechnologist: Jolene Pruitt, CNIM",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Physician statement\n"
        "I was in the operating room from 07:52 to 10:42.\n"
        "Technologist statement\n"
        "I was in the operating room from 07:05 to 10:50.\n"
        "Jolene Pruitt, CNIM",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Technologist statement\n"
        "I was in the operating room from 07:05 to 10:50. J. Pruitt, CNIM\n"
        "Physician statement\n"
        "I was in the operating room from 07:52 to 10:42.",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "I, Anna Ashworth, MD, was in OR 7 from 07:52 to 10:42 and supervised Ms. Pruitt.",
        (("in_room", "07:52", "10:42"),),
    ),
    ("bare", "I stood in OR 7 from 07:52 to 10:42. The technologist's note is above.", (("in_room", "07:52", "10:42"),)),
    ("bare", "Setup by J. Pruitt, CNIM. I came to OR 7 at 07:52 and left it at 10:42.", (("in_room", "07:52", "10:42"),)),
    (
        "bare",
        "Statement of the reading physician: I sat in OR 7 next to the technologist, 07:52 to 10:42.\n"
        "Jolene Pruitt, CNIM, ran the machine.",
        (("in_room", "07:52", "10:42"),),
    ),
)
"""The professional's own words near a technologist's name."""

COMING_AND_GOING: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    ("night", "I connected from home at 10:48 PM and disconnected at 2:17 AM.", (("remote", "22:48", "02:17"),)),
    ("night", "I joined from my house at 22:48 and left at 02:17.", (("remote", "22:48", "02:17"),)),
    ("night", "Dr. Ashworth logged in from home at 22:48 and logged out at 02:17.", (("remote", "22:48", "02:17"),)),
    ("night", "I walked into OR 7 at 22:48 and walked out at 02:19.", (("in_room", "22:48", "02:19"),)),
    (
        "bare",
        "I came into OR 7 at 7:52 a.m. For all of that time I sat at the machine. I walked out of the room at 10:42 a.m.",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "I came in at 7:52 a.m. I sat in the operating room at the machine. I left the room at 10:42 a.m.",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Dr. Ashworth entered OR 7 at 07:52. She watched the traces beside the technologist. She left the room at 10:42.",
        (("in_room", "07:52", "10:42"),),
    ),
    ("bare", "At 07:52 I signed on from my home office. At 10:42 I signed off.", (("remote", "07:52", "10:42"),)),
    ("bare", "I dialed in from home when monitoring was begun and hung up when it was ended.", (("remote", "", ""),)),
    (
        "bare",
        "Dr. Ashworth dialed in from Cray's Landing when monitoring was begun and hung up when it was ended.",
        (("remote", "", ""),),
    ),
    ("bare", "I joined from home at the start of monitoring and left when monitoring stopped.", (("remote", "", ""),)),
    ("bare", "I logged on from my office in Duluth as monitoring began and logged off as it ended.", (("remote", "", ""),)),
    ("bare", "I sat in OR 7 from the moment monitoring was switched on until it was switched off.", (("in_room", "", ""),)),
    (
        "bare",
        "Dr. Ashworth took her seat in the operating room when monitoring started and got up when it was over.",
        (("in_room", "", ""),),
    ),
    (
        "bare",
        "Supervision: I connected from home with the first monitoring run and stayed connected until monitoring was closed.",
        (("remote", "", ""),),
    ),
    ("night", "I came on from my house at 22:49 and went off at 02:17.", (("remote", "22:49", "02:17"),)),
    (
        "night",
        "Dr. Ashworth tuned in from her study at home at 10:49 PM; she hung up at 2:17 AM.",
        (("remote", "22:49", "02:17"),),
    ),
    (
        "bare",
        "I arrived in the theatre at 7:52 a.m. I stood at the foot of the table. I left the theatre at 10:42 a.m.",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Dr. Ashworth logged on from home at 07:52. She followed every run. She logged off at 10:42.",
        (("remote", "07:52", "10:42"),),
    ),
    ("bare", "I logged on from home when monitoring opened and logged off when it closed.", (("remote", "", ""),)),
    ("bare", "I was connected from my home desk from the beginning of monitoring to its end.", (("remote", "", ""),)),
    (
        "bare",
        "I took my place in OR 7 as monitoring got under way and gave it up when the machine was switched off.",
        (("in_room", "", ""),),
    ),
    (
        "bare",
        "Dr. Ashworth rang in from Cray's Landing as monitoring was started and rang off as it was stopped.",
        (("remote", "", ""),),
    ),
    (
        "bare",
        "In OR 7 with the first run of monitoring and out of it after the last: that was me, Anna Ashworth.",
        (("in_room", "", ""),),
    ),
    (
        "bare",
        "I walked over to OR 7 and sat down by the amplifier at 07:52. At 10:42 I got up and went.",
        (("in_room", "07:52", "10:42"),),
    ),
)
"""Comings and goings over midnight, in several sentences, and with the monitoring itself."""

APART: tuple[tuple[str, str, tuple[Row, ...]], ...] = (
    (
        "bare",
        "Attending's whereabouts\n"
        "07:52 to 09:20 - gowned, standing by the recording cart in theatre 6.\n"
        "09:20 to 10:42 - downstairs in the neurophysiology office, same recording on the hospital network.",
        (("in_room", "07:52", "09:20"), ("nearby", "09:20", "10:42")),
    ),
    (
        "bare",
        "Where I was\n07:52 - 09:20: in OR 7, next to the amplifier\n09:35 - 10:42: at home, on the VPN",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "Whereabouts of Dr. Ashworth\n07:52-09:20 operating room 7\n09:35-10:42 office in Duluth",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "Where the physician was\nIn the operating room: 07:52 to 09:20\nFrom home: 09:35 to 10:42",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "In the room\nFrom 07:52 to 09:20 I watched at the table.\n\nRemote\nFrom 09:35 to 10:42 I watched the stream.",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "IN PERSON (OR 7)\n07:52 to 09:20, Dr. Ashworth\n\nBY NETWORK (home)\n09:35 to 10:42, Dr. Ashworth",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "I stood in OR 7 with Ms. Moss from 0752 to 0920. I then drove to our reading office on Mercer Avenue, "
        "which took until 0935, and from there I was on by network until 1042.",
        (("in_room", "07:52", "09:20"), ("remote", "09:35", "10:42")),
    ),
    (
        "bare",
        "I followed the live record from the Port Amory office throughout. From 07:52 to 10:42 this was my only patient.",
        (("remote", "", ""),),
    ),
    ("bare", "I was at home, on the laptop. From 07:52 to 10:42 I watched this patient only.", (("remote", "07:52", "10:42"),)),
    ("bare", "Reader's desk: Providence RI.\nDr. Ashworth on line 07:52 to 10:42.", (("remote", "07:52", "10:42"),)),
    ("bare", "Physician connection log\nAshworth online, streaming view    07:52    10:42", (("remote", "07:52", "10:42"),)),
    ("bare", "Viewer sessions\nAshworth   07:52   10:42   web client, home network", (("remote", "07:52", "10:42"),)),
    ("bare", "Reader station: Corda desk, Providence RI\nReader hours: 07:52 - 10:42", (("remote", "07:52", "10:42"),)),
    ("bare", "AA = Anna Ashworth, MD, at home\n07:52 AA on\n10:42 AA off", (("remote", "07:52", "10:42"),)),
    (
        "bare",
        "Key: AA - Anna Ashworth, MD (off site, Providence); JP - Jolene Pruitt, CNIM (OR 7)\n"
        "07:52 AA connects\n"
        "10:42 AA disconnects",
        (("remote", "07:52", "10:42"),),
    ),
    (
        "suite",
        "Dr. Ashworth was in Brain Suite 2, next to the stimulator, from 07:52 to 10:42.",
        (("in_room", "07:52", "10:42"),),
    ),
    ("suite", "I sat in Brain Suite 2 from 07:52 to 10:42.", (("in_room", "07:52", "10:42"),)),
    ("suite", "I was at the stimulator in Brain Suite 2, 07:52 to 10:42.", (("in_room", "07:52", "10:42"),)),
    (
        "bare",
        "WHERE WAS THE NEUROPHYSIOLOGIST?\n"
        "[x] in this OR [ ] on campus [ ] remote    Other patients at the same time: [x] none, this patient only [ ] yes: ____\n"
        "Hours of the neurophysiologist: 07:52 to 10:42",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Neurologist's place: [ ] in room [ ] elsewhere in hospital [x] off site      Read: [x] live [ ] later\n"
        "Neurologist on/off: 07:52 / 10:42",
        (("remote", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Dr. Ashworth: [x] OR [ ] remote   Surgeon contact: [x] face to face [ ] phone\nAttended 07:52 - 10:42",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "My whereabouts\n"
        "07:52 to 09:20: at the head of the table in OR 7\n"
        "09:20 to 10:42: upstairs in the neurophysiology lab, on the hospital network",
        (("in_room", "07:52", "09:20"), ("nearby", "09:20", "10:42")),
    ),
    (
        "bare",
        "Location of reader\n07:52-09:20 home\n09:20-10:42 OR 7",
        (("in_room", "09:20", "10:42"), ("remote", "07:52", "09:20")),
    ),
    (
        "bare",
        "Where Dr. Ashworth was\nOR 7, bodily: 07:52 - 09:20\nOffice in Duluth: 09:40 - 10:42",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    (
        "bare",
        "Neurologist's position by the clock\n- 07:52 to 09:20 OR 7\n- 09:40 to 10:42 her house, VPN",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    (
        "bare",
        "Inside OR 7\n07:52 to 09:20 Dr. Ashworth watching\n\nFrom home\n09:40 to 10:42 Dr. Ashworth watching",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    (
        "bare",
        "Part 1, in the operating room\n"
        "I attended from 07:52 to 09:20.\n"
        "\n"
        "Part 2, from my office in Duluth\n"
        "I attended from 09:40 to 10:42.",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    (
        "bare",
        "In person    07:52    09:20\nRemote    09:40    10:42",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    (
        "bare",
        "I spent 07:52 to 09:20 in OR 7 with the patient, and the time from 09:40 to 10:42 at home on the viewer.",
        (("in_room", "07:52", "09:20"), ("remote", "09:40", "10:42")),
    ),
    ("bare", "Dr. Ashworth sat at home. She had the stream open from 07:52 to 10:42.", (("remote", "07:52", "10:42"),)),
    ("bare", "I was in OR 7. I watched from 07:52 until 10:42.", (("in_room", "07:52", "10:42"),)),
    ("bare", "From 07:52 until 10:42 I watched. I did so from the group's office in Duluth.", (("remote", "07:52", "10:42"),)),
    ("bare", "Reader: Anna Ashworth, MD (Blue Pine hub, Omaha NE)\nReader on 07:52, off 10:42", (("remote", "07:52", "10:42"),)),
    (
        "bare",
        "Neurologist of record Anna Ashworth, MD, Tallgrass desk, Wichita\nWatched 07:52 to 10:42",
        (("remote", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Session log\n07:52:11 viewer AASHWORTH joined (HOME-PC)\n10:42:30 viewer AASHWORTH left",
        (("remote", "07:52", "10:42"),),
    ),
    ("suite", "Dr. Ashworth was with the patient in Brain Suite 2 from 07:52 to 10:42.", (("in_room", "07:52", "10:42"),)),
    ("suite", "I sat inside Brain Suite 2 for the monitoring, 07:52 to 10:42.", (("in_room", "07:52", "10:42"),)),
    ("bare", "I was in Hybrid 3 from 07:52 to 10:42.", (("in_room", "07:52", "10:42"),)),
    (
        "bare",
        "Reader was: [ ] in OR [x] off site    Cases at a time: [x] 1 [ ] 2 [ ] 3+\nReader hours: 07:52-10:42",
        (("remote", "07:52", "10:42"),),
    ),
    (
        "bare",
        "Neurologist  [x] in the room  [ ] elsewhere     Watched  [x] as it ran  [ ] from file\nNeurologist in/out 07:52 / 10:42",
        (("in_room", "07:52", "10:42"),),
    ),
    (
        "bare",
        "PHYSICIAN LOCATION  (x) Operating room  ( ) Remote      CONTACT  (x) voice  ( ) chat\nPHYSICIAN TIME  07:52 - 10:42",
        (("in_room", "07:52", "10:42"),),
    ),
    ("bare", "Reader on 08:52, off 10:12. Read from home.", (("remote", "08:52", "10:12"),)),
    ("bare", "Reader on 08:52, off 10:12\nRead from home", (("remote", "08:52", "10:12"),)),
    ("bare", "Ashworth logged in at 08:52, logged out at 10:12 (home office)", (("remote", "08:52", "10:12"),)),
    ("bare", "Physician: in 08:52 / out 10:12, in OR 7", (("in_room", "08:52", "10:12"),)),
)
"""A place that stands in another line, label, legend or heading than the hours."""


@pytest.mark.parametrize(("frame", "said"), [*OF_THE_TECHNOLOGIST, *OTHER_HOURS])
def test_what_is_not_of_the_watch_changes_no_attendance_and_makes_no_doubt(frame: str, said: str) -> None:
    place = "in_room" if frame == "room+" else "remote"
    assert _read(frame, said) == ({(place, "07:52", "10:42")}, [])


@pytest.mark.parametrize(("frame", "said", "rows"), [*OF_THE_READER, *COMING_AND_GOING, *APART])
def test_who_where_and_when_go_together(frame: str, said: str, rows: tuple[Row, ...]) -> None:
    assert _read(frame, said) == (set(rows), [])


LED = (
    "0702–0748 electrodes. 0752–0816 baselines. 0820 monitoring begun, 1249 monitoring ended. 1253–1306 electrodes off.",
    "07:02-07:48 electrodes. 07:52-08:16 baselines. 08:20-12:49 monitoring. 12:53-13:06 electrodes off.",
    "0702–0748 electrodes, 0752–0816 baselines, 0820 monitoring begun, 1249 monitoring ended, 1253–1306 electrodes off",
)


@pytest.mark.parametrize("day", LED)
def test_times_that_lead_one_behind_the_other_are_of_the_words_behind_them(day: str) -> None:
    case = read(read_bytes("note.txt", (HEAD.format(room="") + day + "\n\n" + BARE + TAIL).encode()))
    assert [(s.kind, f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in case.segments if s.start and s.end] == [
        ("setup", "07:02", "07:48"),
        ("baseline", "07:52", "08:16"),
        ("monitoring", "08:20", "12:49"),
        ("removal", "12:53", "13:06"),
    ]


@pytest.mark.parametrize("heading", ["B. Attendance of the neurophysiologist", "Physician coverage", "Where the neurologist was"])
@pytest.mark.parametrize("room", ["in OR 9 at the monitoring station", "in OR 9"])
def test_hours_under_a_heading_of_attendance_have_the_places_of_their_lines(heading: str, room: str) -> None:
    lines = f"{heading}\n07:55 to 09:40: {room}.\n09:40 to 10:40: in the monitoring workroom on this floor, on the live mirror.\n"
    text = HEAD.format(room="") + DAY + lines + TAIL
    rows = read(read_bytes("report.txt", text.encode())).attendance
    assert [(row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in rows if row.start and row.end] == [
        ("in_room", "07:55", "09:40"),
        ("nearby", "09:40", "10:40"),
    ]


def test_who_went_to_the_office_to_watch_from_there_was_not_away() -> None:
    moved = "I walked over to my office in the faculty building and went on from there on the live remote display until 10:42."
    said = f"Where I was. 07:52-09:40 in the operating room. At 09:40, when the tumor was out, {moved}"
    rows = read(read_bytes("report.txt", (HEAD.format(room="") + DAY + said + TAIL).encode())).attendance
    assert [(row.mode, f"{row.start:%H:%M}", f"{row.end:%H:%M}") for row in rows if row.start and row.end] == [
        ("in_room", "07:52", "09:40"),
        ("remote", "09:40", "10:42"),
    ]


def test_hours_that_lead_have_the_place_of_their_own_sentence() -> None:
    said = "07:52 to 09:40 in OR 3. At 09:40 I went to my office across the street and continued there on the live feed."
    text = HEAD.format(room="") + DAY + said + TAIL
    rows = read(read_bytes("report.txt", text.encode())).attendance
    assert ("in_room", "09:40") in {(row.mode, f"{row.end:%H:%M}") for row in rows if row.end}
    assert not [row for row in rows if row.mode == "remote" and row.start and f"{row.start:%H:%M}" < "09:40"]
