"""A conclusion is found under any heading of a reader's part, and in the words right above a signature that tell how it ended."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.ingest import read_bytes

REPORT = """INTRAOPERATIVE NEUROMONITORING RECORD
Patient: Vera Moss   MRN 1234567   DOB 01/02/1960
Procedure: right carotid endarterectomy for symptomatic stenosis
Reader: Anna Ashworth, MD
EEG of ten channels and median SSEP, both sides. Baselines normal.

07:55\tMonitoring start
08:31\tIncision
10:40\tMonitoring end

{said}
Electronically signed by Anna Ashworth, MD 03/12/2026
"""
ENDED = "Clamp-related slowing of the EEG on the right, fully reversed after shunting."


def interpreted(said: str) -> str:
    report = REPORT.format(said=said)
    return audit_payers(read_bytes("report.txt", report.encode()), ("medicare",))[0].case.elements["interpretation"].state


@pytest.mark.parametrize(
    "heading",
    [
        "READER REPORT",
        "READER'S RESULT:",
        "--- STATEMENT OF REVIEWING DOCTOR ---",
        "[REPORT]",
        "#final_read posted 10/21/2026 19:40",
        "Your conclusion?",
        "E. Opinion",
        "21 Interpretation",
        "Physician part",
    ],
)
def test_a_readers_part_concludes_under_any_heading(heading: str) -> None:
    assert interpreted(f"{heading}\n{ENDED}") == "present"


@pytest.mark.parametrize(
    "said",
    [
        ENDED,
        "No ischemic change with clamping; no shunt needed.",
        "I take this to mean that function of both hemispheres was kept.",
        "Right median SSEP fell at 9:12 and was restored. Hearing expected to be kept, motor function preserved.",
        "Transient fall of the left MEP with the clip, restored within fifteen minutes; tracts preserved.",
    ],
)
def test_words_above_a_signature_that_tell_how_it_ended_conclude(said: str) -> None:
    assert interpreted(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "EEG and SSEP were watched live from my office.",
        "READER REPORT\nPending.",
        "Monitoring was indicated to preserve function.",
        "The clamp was on from 9:05 to 9:50.",
        "Physician part\nI followed the case remotely, this case only.",
    ],
)
def test_other_words_above_a_signature_conclude_nothing(said: str) -> None:
    assert interpreted(said) == "absent"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Impression, transient right hemispheric decrement, recovered. End of dictation.", "present"),
        ("Impression, comma, SSEP preserved at the end. End of dictation.", "present"),
        ("Impression, to follow.", "absent"),
    ],
)
def test_a_dictated_label_may_have_a_comma_behind_it(said: str, state: str) -> None:
    assert interpreted(said + "\nThe report was typed from a recording.") == state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Result: no change attributable to clamping on either modality. No shunt placed.", "present"),
        ("Outcome of the monitoring: unchanged to the end. No shunt placed.", "present"),
        ("Result: 4/4 twitches. No shunt placed.", "absent"),
        ("Shunt test result: no loss. No shunt placed.", "absent"),
    ],
)
def test_a_result_that_tells_how_it_ended_concludes(said: str, state: str) -> None:
    assert interpreted(said) == state
