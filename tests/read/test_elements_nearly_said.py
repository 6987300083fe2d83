"""Elements that words only come near to, and changes that are none: bones reduced, falls from roofs, empty lines."""

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


def state(element: str, more: str) -> str:
    return read_case(read_bytes("report.txt", f"{HEAD}\n{more}\n".encode())).elements[element].state


@pytest.mark.parametrize(
    "said",
    [
        "11:40 hip reduced; SSEP steady, EMG silent. No alarms.",
        "Femur reduced at 10:05, tibial SSEP unchanged.",
        "10:04 reduction by ligamentotaxis: SSEP held.",
        "Diagnosis: burst fracture of L1 after a fall from a ladder, legs 4/5\nSSEP and MEP stable throughout.",
        "07:50 to 08:02 baselines: left ulnar delayed, MEP of the left leg reduced, EMG nil\n10:30 all signals same as baseline",
        "Events: none. Nothing lost, no alarm.",
        "Stimulation of the left upper trunk: absent; lateral cord: present, 42 m/s.\nNo change of SSEP.",
        "SSEP median reduced to half of what is usual, ulnar normal (old lesion); unchanged to the end.",
        "MEPs of the left leg smaller than the right, both unchanged throughout.",
        "Responses fell within 20% of baseline at all times; no alert.",
        "Hemoglobin dropped at 11:00; SSEP stable.",
    ],
)
def test_what_fell_or_was_reduced_was_no_signal(said: str) -> None:
    assert state("surgeon_notification", said) == "not_applicable"


@pytest.mark.parametrize(
    "said",
    [
        "11:36 left wave V lost 50% amplitude; reader calls OR speaker, surgeon pauses",
        "9:40 Trapezius trains while the jugular foramen was opened; announced over talk-back, dissection moved",
        "9:37 R thenar MEP off after distractor, told Dr. Holloway, distractor let down, back 9:44.",
        "10:14 L MEP lost; shouted across the drape, rongeur withdrawn",
        "11:18 both leg MEP half of baseline, P37 unchanged\n11:19 told Dr Holloway by intercom, asks for MAP 95",
        "10:14 L MEP down 60%. Dr. Ash informed Dr. Holloway.",
        "At 10:14 the left MEP was lost. Dr. Ash asked that the surgeon be told; Dr. Holloway opened the closure.",
    ],
)
def test_the_surgeon_heard_of_it(said: str) -> None:
    assert state("surgeon_notification", said) == "present"


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("surgeon_notification", "10:14 L MEP lost. Anesthesia informed, MAP raised to 90."),
        ("surgeon_notification", "10:14 L MEP lost.\nSurgeon notified: ____"),
        ("surgeon_notification", "10:14 L MEP lost.\nSurgeon notified: [ ] yes [ ] no"),
        ("surgeon_notification", "10:14 L MEP lost. Dr. Ash informed by chat."),
        ("surgeon_notification", "10:14 L MEP lost. Any change is to be told to the surgeon."),
        ("surgeon_notification", "10:14 L MEP lost. Policy: the surgeon is informed of every alert."),
        ("communication", "Two-way communication should be available at all times."),
        ("communication", "The reader must be reachable by phone during the case."),
        ("communication", "The chat function was down all morning."),
        ("exclusivity", "This patient only spoke Spanish."),
        ("exclusivity", "Only one case of screw breach was seen."),
        ("exclusivity", "The room was used for this case only."),
        ("order", "Everything in working order for monitoring."),
        ("order", "Electrodes were placed in the usual order for monitoring."),
        ("technologist_presence", "Gwen Juarez, CNIM in OR from 09:00 to 12:30.\nMonitoring 08:10 to 12:20."),
        ("real_time", "Real-time review should be provided per policy."),
        ("location_mode", "Remote access was set up but not used."),
    ],
)
def test_what_only_comes_near_an_element_is_none(element: str, said: str) -> None:
    assert state(element, said) == "absent"


def test_the_times_of_another_part_are_no_stay() -> None:
    said = "My technologist was Gwen Juarez, CNIM, who hooked him up between 7:05 and 7:30 and did not step out of the room."
    assert state("technologist_presence", f"{said}\nMonitoring 08:10 to 12:20.") == "present"


def test_a_stay_that_holds_the_monitoring_is_presence() -> None:
    assert state("technologist_presence", "Gwen Juarez, CNIM in OR from 07:30 to 12:30.\nMonitoring 08:10 to 12:20.") == "present"
