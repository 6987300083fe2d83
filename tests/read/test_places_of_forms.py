"""A form's field for the professional's place is read from a few words, and those of another place never pass for it."""

from __future__ import annotations

import pytest
from bare_report import audited

from ionm_notes.read.place import place_of

REMOTE = (
    "remote site",
    "off site",
    "distant reading center",
    "home office",
    "remote",
    "offsite",
    "at home",
    "remotely",
    "from home",
    "tele-monitoring hub",
    "outside facility",
    "online",
    "reading center",
    "another city",
    "remote reading station",
    "remote workstation",
    "central reading hub",
    "via remote link",
    "off premises",
    "not on campus",
    "elsewhere, by internet",
    "virtual",
    "physician's office",
    "different building across town",
    "Remote - streaming",
    "live video link",
    "web-based viewer",
    "out of house",
)
NEARBY = (
    "control room beside the OR",
    "on campus",
    "nearby",
    "adjacent room",
    "in the building",
    "next to the OR",
    "workroom next door",
    "core desk outside the OR",
    "same floor",
    "in-house, not in the room",
    "neuro lab down the hall",
    "hospital office",
    "on premises",
    "within the hospital",
    "on-site but outside OR",
    "IONM room adjoining theatre",
    "suite lounge next to OR 4",
    "within the OR suite, not in the room",
    "room across the corridor",
    "near the OR",
)
IN_ROOM = (
    "in theatre",
    "inside the OR",
    "in room",
    "in the OR",
    "operating room",
    "at bedside",
    "in person",
    "OR 4",
    "on-site in OR",
    "at the patient's side",
    "physically present",
    "in the operating suite",
    "physically in OR",
    "in-room",
    "in the room",
    "at the machine in the OR",
    "present in OR",
    "theatre",
)
UNKNOWN = (
    "Tulsa",
    "yes",
    "see attestation",
    "technologist in room",
    "surgeon in room",
    "remote, in the OR",
    "not documented",
    "3 hours",
)


@pytest.mark.parametrize(
    ("value", "mode"),
    [(v, "remote") for v in REMOTE]
    + [(v, "nearby") for v in NEARBY]
    + [(v, "in_room") for v in IN_ROOM]
    + [(v, None) for v in UNKNOWN],
)
def test_what_a_form_says_of_the_place(value: str, mode: str | None) -> None:
    assert place_of(value) == mode


@pytest.mark.parametrize(
    "next_question", ["14. Other patients watched?", "(14) Other patients watched?", "Other patients watched?"]
)
def test_the_next_question_of_a_line_of_boxes_begins_with_its_number(next_question: str) -> None:
    line = f"13. Where was the professional? [X] in the OR [ ] elsewhere        {next_question} [ ] yes [X] no"
    [row] = audited(line).case.attendance
    assert row.mode == "in_room"
