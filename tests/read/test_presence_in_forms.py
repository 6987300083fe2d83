"""The technologist's time in the room as a form asks for it, with the answer behind, before or below the label."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case


def state(more: str) -> str:
    text = f"NEUROMONITORING REPORT\nPatient: Jane Roe\nSurgeon: Mark Holloway, MD\nTechnologist: Gwen Juarez, CNIM\n\n{more}\n"
    return read_case(read_bytes("report.txt", text.encode())).elements["technologist_presence"].state


@pytest.mark.parametrize(
    "said",
    [
        "In-OR technical coverage: 100% of case",
        "tech_or_presence=uninterrupted, whole case",
        "Q11. Was the technologist in the OR during the case?\n     full case, no breaks",
        "from first electrode to last      Recordist in theatre",
        "Presence of the technologist in the operating room: at all times",
        "Gwen Juarez, CNIM took no break from the OR.",
    ],
)
def test_the_whole_case_is_presence_throughout(said: str) -> None:
    assert state(said) == "present"


@pytest.mark.parametrize(
    "said",
    [
        "In-OR technical coverage: set-up only",
        "Tech in OR: ______",
        "Tech in room: no",
        "Q11. Was the technologist in the OR during the case?\n     (left blank)",
    ],
)
def test_a_part_a_denial_and_a_blank_are_not(said: str) -> None:
    assert state(said) == "absent"
