"""What a record concludes, under any heading or in a letter; what the first responses were, told behind their taking."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """NEUROMONITORING REPORT
Patient: Jane Roe
Surgeon: Mark Holloway, MD
Reading neurologist: Anna Ash, MD
SSEP and MEP were recorded from upper and lower limbs.
"""


def state(element: str, more: str) -> str:
    return read_case(read_bytes("report.txt", f"{HEAD}\n{more}\n".encode())).elements[element].state


@pytest.mark.parametrize(
    "said",
    [
        "READER'S CONCLUSION\nTransient fall of the right tibialis anterior MEP at reduction, restored by distraction.",
        "G. Conclusion and signature\nReversible fall in right C5-6 motor responses during graft seating.",
        "In sum, a reversible delay of the right wave V with retraction and no lasting change.",
        "Reader summary (posted to chart) Left MVD. BAEP: brief left wave V delay with retraction, recovered.",
        "Impression, colon. Good decompression by lateral spread criteria. Reversible wave five delay on the right.",
        "TEXT=Right leg motor evoked potentials fell after the first rod rotation and came back.",
        "In my opinion the facial nerve was left in electrical continuity.",
        "I would not expect a stroke from this operation.",
    ],
)
def test_a_conclusion_under_any_heading_is_an_interpretation(said: str) -> None:
    assert state("interpretation", said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Physician reading\n____________",
        "READER SUMMARY\nto follow",
        "MRI impression: cord compression at C5, signal change.",
        "Summary of charges: 95940 x 8",
        "I expect to be on line until closing.",
        "SUMMARY OF TIMES\nBaselines 07:40, monitoring 08:00",
    ],
)
def test_a_heading_with_nothing_below_and_other_summaries_are_none(said: str) -> None:
    assert state("interpretation", said) == "absent"


@pytest.mark.parametrize(
    "said",
    [
        "08:24 KD baselines done + saved\n08:25 AA see them. N20s nice, P37 43 both, MEP present in all.",
        "BASELINE READING\nBAEP left wave V 6.31 ms, 0.22 uV; right wave V 5.70 ms",
        "Baselines ran from 8:52 to 9:16 a.m. The EEG was symmetric, with 9 to 10 Hz fronting.",
        "What the openers looked like: all there, legs a little slow for his diabetes.",
        "12:55 first tap both vagus nerves, R 640 uV, L 590 uV at 1 mA.",
    ],
)
def test_what_stands_behind_the_taking_of_baselines_is_of_them(said: str) -> None:
    assert state("baseline_findings", said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "Baselines were taken from 7:40 to 8:00.\nMonitoring of SSEP and MEP was stable throughout.",
        "08:24 baselines done\n08:30 monitoring on\n09:10 L MEP small",
        "07:40 baseline start\n07:58 baseline end\n08:02 patient positioned, skin incision",
    ],
)
def test_what_comes_after_the_watch_began_is_not(said: str) -> None:
    assert state("baseline_findings", said) == "absent"
