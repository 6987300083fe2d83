"""That a change was told to the surgeon, in shorthand, between people by name, or by what he then did; and what is no change."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe
Surgeon: Mark Holloway, MD
Reading neurologist: Anna Ash, MD
Technologist: Gwen Juarez, CNIM
"""


def state(more: str) -> str:
    return read_case(read_bytes("report.txt", f"{HEAD}\n{more}\n".encode())).elements["surgeon_notification"].state


@pytest.mark.parametrize(
    "said",
    [
        "10:14 Left TA MEP lost. Told Holloway at once.",
        "1104 R delt MEP half size with hinge opening C5, told MH across the drape, he paused.",
        "1031 Right tibial SSEP lost. Dr. Ash to Dr. Holloway: expected, work on",
        "00:08 Left AH MEP lost. Ash by phone to Dr. Holloway. MAP 64 to 88",
        "9:33 L gastroc firing. tell him now\n9:34 told, he backed off.",
        "11:52 V at 6.9, and lower. Holloway told over the intercom, blade lifted",
        "10:42 L AH MEP out, D-wave still 13 uV; Dr Holloway told, paused dissection 6 min",
        "10:34 Left wave V later by 1.1 ms with retraction. Surgeon told, retractor moved",
        "At 1052 the right BCR faded for some minutes; Dr. Holloway was told, rinsed with warm saline, and it came back at 1101.",
        "Left MEP dropped 70% at 10:12. Holloway: ok, releasing",
        "At 11:02 the left tibial potential doubled in size; Dr. Holloway was told of it.",
        "10:10 right L5 screw answered at 4 mA, told Dr. Holloway, screw redirected.",
        "Second dilator: response in left vastus medialis at 4 mA. Reported to Dr. Holloway.",
        "Left TA is better than baseline, about double. Please let the surgeon know.\n00:32 Juarez: Told Dr. Holloway.",
        "Traction bursts on the right at 14:34; Dr. Holloway told at once, traction let off.",
        "10:58 Retraction: right wave V +0.6 ms\n11:00 Dr. Ash phones: latency shift. Dr. Holloway relaxes retractor.",
        "Signals\nSSEP, tibial. At 12:18 the left TA MEP dropped to a quarter. I told Dr. Holloway; pressure was raised.",
        "The E M G showed irritation while the clavicle was lifted and he was told and eased off.",
    ],
)
def test_a_change_that_was_told(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "The left TA MEP was lost at 10:12. Nobody told the surgeon.",
        "The left TA MEP was lost at 10:12. The anesthetist was informed; pressure was raised.",
        "Left MEP lost at 10:12. Surgeon informed: no",
        "At 1052 the right BCR faded for some minutes and came back.",
        "Left triceps MEP smaller at baseline, and lost at 10:12.",
        "Left MEP lost 10:12. Technologist told the reader, who watched.",
        "Wave V latency rose 1.2 ms.",
        "10:12 right tibial SSEP reduced.",
        "The left tibial SSEP became smaller during the correction.",
    ],
)
def test_a_change_that_was_told_to_nobody_or_to_others_is_a_gap(said: str) -> None:
    assert state(said) == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "Diagnosis: L1 burst fracture with conus compression. MEP and SSEP stable.",
        "SSEP stayed within 10% amplitude. No EMG trains.",
        "Left triceps MEP smaller at baseline, larger after decompression. No adverse changes occurred.",
        "The right AH MEP was weaker already at the outset. No change.",
        "EMG gave isolated spikes with the drill and no trains. SSEP unchanged.",
        "EMG: brief mechanical bursts only. SSEP unchanged.",
        "EMG gave a few irritation bursts and nothing else. SSEP unchanged.",
        "SSEP of the legs: left present, right prolonged. MEP present. The case passed without any alert.",
        "Baselines were run between 8:20 and 8:38: mildly prolonged tibial latencies. No change occurred.",
        "The peroneal MEP remained absent throughout.",
        "D wave was offered; the surgeon declined. Signals were stable.",
        "MEPs were dropped from the plan because of seizures. SSEP stable.",
        "Reduction, MEP and SSEP unchanged.",
        "Transcranial motor potentials by a short train of pulses, left and right. Stable.",
        "Channel 4 lost contact at 09:40 and was replaced. No change of signals.",
        "Probe: S1 gastrocnemius fires at 0.2 mA. Filum silent at 8 mA. No change in MEP.",
        "ECoG recorded for afterdischarges; none were seen.",
        "Screws all above 12 mA, surgeon told. Signals stable.",
        "Significant changes of signals: 0",
    ],
)
def test_without_a_change_there_is_nothing_to_tell(said: str) -> None:
    assert state(said) == "not_applicable"
