"""What the course of a watch is made of: stays that take one another up, and absences from them (`course_of_watch.py`, `whole_course.py`)."""

from __future__ import annotations

from dataclasses import dataclass

from ionm_notes.read.attendance.stays import Stay
from ionm_notes.read.attendance.watch_time import WatchTime
from ionm_notes.types import Mode, Tri


@dataclass(slots=True)
class CourseStay(Stay):
    """A stay in the course of a watch, with what its words leave to the stays beside it."""

    like: CourseStay | None = None
    """The one that it takes up after an absence, or that its words go on with: place and load are those of that."""
    moved: bool = False
    """It begins with going somewhere: its place is none of those told before."""
    seat: bool = False
    """It is in the seat of the one who was relieved."""
    by_line: bool = False
    """It was over a line, wherever that ended: in none of the rooms where somebody else sat."""


@dataclass(slots=True)
class Absence(WatchTime):
    """A time in which somebody was not at the watch; its end None where he or she has not come back yet."""

    first: int


class Untold(Exception):
    """A clause leaves open what its time is of."""


def agreed(known: tuple[Mode | None, Tri], told: tuple[Mode | None, Tri]) -> tuple[Mode | None, Tri]:
    """What two statements say of place and load together; what they contradict each other in leaves the paragraph open."""
    for one, other in zip(known, told, strict=True):
        if one is not None and other is not None and one != other:
            raise Untold
    return known[0] or told[0], told[1] if known[1] is None else known[1]
