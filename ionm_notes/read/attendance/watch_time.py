"""Minutes of the day that somebody spent at the watch or away from it, and how two such times lie to one another.

The one home of this arithmetic while a record is read: `model.py` makes spells of it, `stays.py` what prose tells, `course_parts.py` absences.
Read on to compare or order such times. From rows on, which have dates, `timeline/intervals.py` does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from ionm_notes.read.clock import DAY

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


Time = TypeVar("Time", bound=WatchTime)


def ends(time: WatchTime) -> tuple[int, int]:
    """First and last minute, beyond all others where they are not told; so they put times in order by their beginnings."""
    return time.first if time.first is not None else EARLY, time.last if time.last is not None else LATE


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


def in_the_night(times: list[Time], monitored: Bounds) -> list[Time]:
    """The times with each of their ends on the day on which it falls within a monitoring that passed midnight.

    'Hand-over by voice at 00:30', of a monitoring from 21:36 to 02:18, is of the second day.
    """
    for time in times:
        time.first, time.last = night_minute(time.first, monitored), night_minute(time.last, monitored)
    return times


def night_minute(minute: int | None, monitored: Bounds) -> int | None:
    """A minute on the day on which it falls within a monitoring that passed midnight."""
    began, ended = monitored
    if minute is None or began is None or ended is None or not began < DAY < ended:
        return minute
    return minute + DAY if minute < began and minute + DAY <= ended + _LINGERS else minute


_LINGERS = 60
"""Minutes behind the end of monitoring to which a reader may still stay."""
