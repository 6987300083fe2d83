"""A reader's load that changes in the course of a log or chat: another case comes, the other one closes."""

from __future__ import annotations

import pytest

from ionm_notes.ingest import read_bytes
from ionm_notes.read.case import read_case

HEAD = """Chat transcript, 05/14/2025, patient Mabel Quist MRN 400812
Interpreting physician: Imogen Tarrant, MD. Technologist: Kofi Brandt, CNIM. Surgeon: Lena Ostrow, MD.
07:56 Brandt: baselines done, ran 07:40 to 07:55
08:00 Brandt: monitoring on
{entries}
11:00 Brandt: monitoring off
"""
Row = tuple[str, str, bool | None]


def rows(entries: str) -> list[Row]:
    case = read_case(read_bytes("chat.txt", HEAD.format(entries=entries).encode()))
    return [(f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.exclusive) for row in case.attendance if row.start and row.end]


WHOLE = ("08:00", "11:00")


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (
            "08:00 Tarrant: on from home, only you\n09:30 Tarrant: picking up a second one now\n11:00 Tarrant: signing off",
            [("08:00", "09:30", True), ("09:30", "11:00", False)],
        ),
        (
            "08:00 Tarrant: on from home, you and room 7\n09:30 Tarrant: other room closed, just you now\n11:00 Tarrant: bye",
            [("08:00", "09:30", False), ("09:30", "11:00", True)],
        ),
        (
            "08:00 MD remote, reading live\n08:45 MD picks up OR 11 too\n10:15 OR 11 closed, MD back to this one\n11:00 MD off",
            [("08:00", "08:45", None), ("08:45", "10:15", False), ("10:15", "11:00", True)],
        ),
        ("08:00 Tarrant: on from home, got you and one spine in Tulsa\n11:00 Tarrant: signing off", [(*WHOLE, False)]),
        (
            "08:00 Tarrant: on from the hub. all yours\n09:40 Brandt: I cover a second room after this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
        ("08:00 Tarrant: on from the hub\n08:03 Tarrant: one more after you\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        ("08:00 Tarrant: on from home\n08:30 Tarrant: tomorrow I have only one case\n11:00 Tarrant: bye", [(*WHOLE, None)]),
        (
            "08:00 Tarrant: on from home\n08:30 Brandt: how many are you on today?\n08:31 Tarrant: just this\n11:00 Tarrant: bye",
            [(*WHOLE, True)],
        ),
    ],
)
def test_each_entry_speaks_from_its_own_minute_on(entries: str, found: list[Row]) -> None:
    assert rows(entries) == found
