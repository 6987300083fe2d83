"""Minutes of the day that somebody spent at the watch or away from it, and how two such times lie to one another.

The one home of this arithmetic while a record is read: `model.py` makes spells of it, `stays.py` what prose tells, `course_parts.py` absences.
Read on to compare or order such times. From rows on, which have dates, `timeline/intervals.py` does it.
"""

from __future__ import annotations

from dataclasses import dataclass

Bounds = tuple[int | None, int | None]
"""First and last minute of monitoring, each None where the record has none or several."""

EARLY, LATE = -1, 9999
"""Minutes of a beginning and an end that are not told."""


@dataclass(slots=True)
class WatchTime:
    """Whose time it was, and its first and last minute after midnight; None where that is not told."""

    who: str
    first: int | None
    last: int | None


def ends(time: WatchTime) -> tuple[int, int]:
    """First and last minute, beyond all others where they are not told."""
    return time.first if time.first is not None else EARLY, time.last if time.last is not None else LATE


def by_beginning(time: WatchTime) -> tuple[int, int]:
    """Puts times in order by their beginnings; one whose beginning is not told comes first."""
    return time.first if time.first is not None else EARLY, time.last or LATE


def by_place_in_day(time: WatchTime) -> float:
    """Puts times in order by what is told of them: the beginning, or just before the end where that alone is known."""
    if time.first is not None:
        return time.first
    return time.last - 0.5 if time.last is not None else LATE


def overlap(a: WatchTime, b: WatchTime) -> bool:
    """Whether two times have a minute in common."""
    (low, high), (first, last) = ends(a), ends(b)
    return low < last and first < high


def touch(a: WatchTime, b: WatchTime) -> bool:
    """Whether one time begins where the other ends."""
    return (a.last is not None and a.last == b.first) or (b.last is not None and b.last == a.first)


def inside(part: WatchTime, whole: WatchTime) -> bool:
    """Whether a time lies within another one that is longer."""
    (low, high), (first, last) = ends(part), ends(whole)
    return first <= low and high <= last and (low, high) != (first, last)
