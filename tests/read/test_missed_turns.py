"""A second coming, or a second going, of one professional in a log is a doubt: the entry between them was not understood."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case
from ionm_notes.timeline import count_minutes

LOG = """Elm Valley Hospital, inpatient   CASE LOG
Patient: Ann Example   MRN 12345   Date of surgery: 03/04/2025
Reader: Ada Hale, MD, remote, this patient only
07:10  Electrode placement started
07:30  Electrode placement complete
07:40  Baselines started
07:55  Baselines complete
08:00  Monitoring started
08:00  Dr. Hale connected
{rows}
12:00  Monitoring stopped
12:00  Dr. Hale disconnected

Electronically signed by Ada Hale, MD, 03/04/2025 15:20
"""


def _doubts(*rows: str) -> set[str]:
    case = read_case(read_bytes("log.txt", LOG.format(rows="\n".join(rows)).encode()))
    return {doubt.id for doubt in count_minutes(case).doubts}


@pytest.mark.parametrize(
    "rows",
    [
        ("09:40  Dr. Hale zurgled the wobe", "10:05  Dr. Hale reconnected"),
        ("09:40  station gorp", "10:05  Dr. Hale is back"),
        ("10:05  Dr. Hale rejoined the session",),
        ("10:05  Dr. Hale connected, live stream",),
        (
            "09:40  Dr. Hale disconnected",
            "09:55  Dr. Hale zurgled the wobe",
            "10:05  Dr. Hale disconnected",
            "10:10  Dr. Hale connected",
        ),
        ("09:40  Dr. Hale out", "10:05  Dr. Hale: MEP as at the start"),
        ("09:40  Dr. Hale left", "10:20  Ada Hale: agree, tell the surgeon"),
    ],
)
def test_who_comes_or_goes_twice_was_away_or_there_between(rows: tuple[str, ...]) -> None:
    assert "attendance-unread" in _doubts(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("10:05  Dr. Hale watching, no change",),
        (
            "09:40  Dr. Hale disconnected",
            "09:42  Dr. Hale: thanks all",
            "10:05  Dr. Hale reconnected",
            "10:30  Dr. Hale: all four good",
        ),
        ("10:05  Dr. Hale stayed on",),
        ("09:40  Dr. Hale disconnected", "10:05  Dr. Hale reconnected"),
        ("08:01  Dr. Hale connected, phone checked",),
        ("10:05  Right MEP back on baseline, Dr. Hale agrees",),
    ],
)
def test_entries_of_one_who_watches_are_no_second_coming(rows: tuple[str, ...]) -> None:
    assert "attendance-unread" not in _doubts(*rows)
