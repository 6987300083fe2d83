"""The parts of a day in the ways in which people and programs lay them out: each is read with both its ends."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.types import SegmentKind

WAYS: dict[str, tuple[str, ...]] = {
    "a dash and two words": (
        "Phase       Began   Ceased",
        "Wiring up   07:05   07:31",
        "Baseline    07:34   07:50",
        "Surveillance   07:55   10:40",
    ),
    "from and to with a stroke": ("TIMES (24h): prep 0705/0731 | base 0734/0750 | mon 0755/1040",),
    "the time first": (
        "07:05 to 07:31   electrode placement",
        "07:34 to 07:50   baseline acquisition",
        "07:55 to 10:40   intraoperative monitoring",
    ),
    "one line with semicolons": ("07:05-07:31 setup; 07:34-07:50 baseline; 07:55-10:40 monitoring",),
    "elements": (
        '<setup begin="07:05" end="07:31"/>',
        '<baseline begin="07:34" end="07:50"/>',
        '<monitoring begin="07:55" end="10:40"/>',
        '<removal begin="10:45" end="10:50"/>',
    ),
    "commas": (
        "Segment,Start,End,Duration",
        "setup,07:05,07:31,00:26",
        "baseline,07:34,07:50,00:16",
        "monitoring,07:55,10:40,02:45",
    ),
    "columns of parts": (
        "        SETUP    BASELINE   MONITORING",
        "Start   07:05    07:34      07:55",
        "End     07:31    07:50      10:40",
    ),
    "captions with both times in a cell": (
        "Hook-up from / to 7:05 AM 7:31 AM      Baselines from / to 7:34 AM 7:50 AM      Anesthetic propofol",
        "Monitoring started 7:55 AM      Monitoring stopped 10:40 AM      Minutes 165",
    ),
    "dots": (
        "T1 needles in: 07:05 ... 07:31",
        "T2 baselines: 07:34 ... 07:50",
        "T3 monitoring: 07:55 ... 10:40",
    ),
    "arrows": (
        "Preparation (electrodes) = 07:05 > 07:31",
        "Baselines = 07:34 > 07:50",
        "Monitoring = 07:55 > 10:40",
    ),
    "what it is not of": (
        "Monitoring (excluding setup and baselines): 07:55 - 10:40",
        "Setup: 07:05 - 07:31",
        "Baselines: 07:34 - 07:50",
    ),
}
DAY: dict[SegmentKind, tuple[str, str]] = {
    "setup": ("07:05", "07:31"),
    "baseline": ("07:34", "07:50"),
    "monitoring": ("07:55", "10:40"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_parts_of_a_day_are_read_however_they_are_laid_out(way: str) -> None:
    head = ("REPORT", "Date of service: 03/12/2026", "Neurologist: Anna Ashworth, MD, remote", "")
    lines = (*head, *WAYS[way], "", "Impression: stable.")
    segments = {s.kind: s for s in read_case(read_bytes("note.txt", "\n".join(lines).encode())).segments}
    for part, (start, end) in DAY.items():
        found = segments[part]
        assert found.start is not None, part
        assert found.end is not None, part
        assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == (start, end), part
