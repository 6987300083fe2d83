"""Who was told, what the record concludes and what was given: in any words, and not where it is denied, planned or only asked."""

from __future__ import annotations

import pytest

from ionm_notes.audit import audit_payers
from ionm_notes.contract import to_contract
from ionm_notes.ingest import read_bytes


def state(element: str, text: str) -> str:
    document = read_bytes(
        "note.txt", f"INTRAOPERATIVE NEUROMONITORING REPORT\n\n{text}\n\nSSEP of the legs was recorded.\n".encode()
    )
    return str(to_contract(audit_payers(document, ("medicare",))[0], document)["elements"][element])


@pytest.mark.parametrize(
    "text",
    [
        "Left TA MEP was lost at 10:44. The whole team was made aware.",
        "L quad MEP lost, said so out loud to srgn",
        "EVENT 10:52 | R TIB SSEP -64% | SURGEON_NOTIFIED=YES",
        "Right ulnar SSEP was lost | Told: Dr. Ferris",
        "ALERT 2 | BAEP WAVE V DELAY | ACK BY SURGICAL TEAM 09:48",
    ],
)
def test_the_team_was_told(text: str) -> None:
    assert state("surgeon_notification", text) == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Left TA MEP was lost at 10:44. Surgeon notified: N",
        "Left TA MEP was lost at 10:44. The team were not made aware.",
        "Left TA MEP was lost | SURGEON_NOTIFIED=NO",
        "Left TA MEP was lost but returned before I had spoken to anybody.",
        "Left TA MEP was lost. [ ] Surgeon informed   [x] Not informed",
        "Left TA MEP was lost. The surgeon will be informed if it does not return.",
    ],
)
def test_a_denial_a_plan_or_an_unticked_box_tells_nobody(text: str) -> None:
    assert state("surgeon_notification", text) == "absent"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("interpretation", "INTERP: ABNORMAL - PERSISTENT LOSS OF L LE MEP"),
        ("interpretation", "Comment - facial nerve function was preserved at the end of the resection."),
        ("interpretation", "[x] Final: unremarkable monitoring   [ ] Final: abnormal"),
        ("intraoperative_findings", "no chgs all case"),
        ("baseline_findings", "Quality of baseline: fair."),
        ("procedure", "CASE_DESC: ENDOVASCULAR COILING"),
    ],
)
def test_it_is_said(element: str, text: str) -> None:
    assert state(element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("interpretation", "FINAL_IMPRESSION="),
        ("interpretation", "Conclusion:"),
        ("interpretation", "MRI impression: severe stenosis at L4-5."),
        ("interpretation", "Comment: left MEP lost, retractor out"),
        ("intraoperative_findings", "Alert criteria: 50% amplitude / 10% latency."),
        ("intraoperative_findings", "[ ] No change   [ ] Transient change"),
        ("baseline_findings", "[ ] Baselines reproducible   [ ] Baselines absent"),
        ("indication", "Her sister suffers from epilepsy."),
        ("indication", "[ ] Scoliosis   [ ] Tumor"),
        ("anesthesia", "Intolerance: propofol"),
        ("procedure", "next case in the room is an ACDF, different patient"),
    ],
)
def test_it_is_only_asked_planned_or_of_something_else(element: str, text: str) -> None:
    assert state(element, text) != "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("interpretation", "FINAL NOTE (posted to chart): SSEP of arms and legs stable. No evidence of new root injury."),
        ("facility", "Harborlight Pain & Spine, P.A.\nPlace of service 11 (office)"),
        ("facility", "ST. ALDHELM HEALTH - OZARK CAMPUS"),
    ],
)
def test_it_is_said_too(element: str, text: str) -> None:
    assert state(element, text) == "present"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("interpretation", "16 READER'S CONCLUSION 17 READER'S SIGNATURE AND DATE"),
        ("interpretation", "Interp. physician ______________________"),
        ("facility", "Day surgery was planned."),
    ],
)
def test_a_blank_field_and_a_common_word_say_nothing(element: str, text: str) -> None:
    assert state(element, text) == "absent"
