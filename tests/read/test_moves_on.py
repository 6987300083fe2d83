"""An entry by which the reader leaves one place and goes on at another tells two stretches, each with its own place."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

LOG = """Elm Valley Hospital, inpatient   CASE LOG
Patient: Ann Example   MRN 12345   Date of surgery: 03/04/2025
Reader: Ada Hale, MD
07:40  Baselines started
07:55  Baselines complete
08:00  Monitoring started. Dr. Hale at the console in the OR, this patient only
{entry}
12:00  Monitoring stopped. Dr. Hale disconnects

Electronically signed by Ada Hale, MD, 03/04/2025 15:20
"""


@pytest.mark.parametrize(
    "entry",
    [
        "10:40  Dr. Hale leaves the OR and carries on without a gap from the department workstation by remote link",
        "10:40  Dr. Hale leaves the OR for her office across town and continues over the remote link",
        "10:40  Dr. Hale left the operating room, then logged in from home by remote connection",
    ],
)
def test_who_leaves_and_goes_on_elsewhere_has_two_stretches(entry: str) -> None:
    case = read_case(read_bytes("log.txt", LOG.format(entry=entry).encode()))
    rows = [(a.mode, f"{a.start:%H:%M}", f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end]
    assert rows == [("in_room", "08:00", "10:40"), ("remote", "10:40", "12:00")]


def test_who_leaves_is_gone() -> None:
    case = read_case(read_bytes("log.txt", LOG.format(entry="10:40  Dr. Hale leaves the OR").encode()))
    assert [(a.mode, f"{a.end:%H:%M}") for a in case.attendance if a.start and a.end][:1] == [("in_room", "10:40")]
