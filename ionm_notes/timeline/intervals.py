"""Interval algebra on whole clock minutes; read on to learn how stretches of time are joined, met and cut.

An interval is a pair `(start, end)` of naive datetimes on whole minutes, half-open: the end minute is not part of it.
A set of time is a tuple of such pairs, sorted, non-empty, neither touching nor overlapping (`Intervals`). Every
function that returns `Intervals` returns this normal form. Standard library only, so that a proof of minutes can be
re-added anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

Interval = tuple[datetime, datetime]
Intervals = tuple[Interval, ...]

EMPTY: Intervals = ()
_MINUTE = timedelta(minutes=1)


def whole_minute(moment: datetime) -> datetime:
    """The moment with seconds cut off (not rounded), as the contract has it: 09:00:50 is 09:00."""
    return moment.replace(second=0, microsecond=0) if moment.second or moment.microsecond else moment


def length(start: datetime, end: datetime) -> int:
    """Clock minutes from `start` to `end` after seconds are cut off; negative where the end comes first."""
    return (whole_minute(end) - whole_minute(start)) // _MINUTE


def normal(intervals: Iterable[Interval]) -> Intervals:
    """The same time in normal form; empty and backward pairs count for nothing, touching ones are joined."""
    joined: list[Interval] = []
    for start, end in sorted((whole_minute(start), whole_minute(end)) for start, end in intervals):
        if end <= start:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def union(*sets: Iterable[Interval]) -> Intervals:
    """Time that is in any of the sets."""
    return normal(interval for one in sets for interval in one)


def intersection(left: Iterable[Interval], right: Iterable[Interval]) -> Intervals:
    """Time that is in both sets."""
    others = normal(right)
    return normal((max(a, c), min(b, d)) for a, b in normal(left) for c, d in others)


def difference(left: Iterable[Interval], right: Iterable[Interval]) -> Intervals:
    """Time of `left` that is not in `right`."""
    rest = list(normal(left))
    for cut_start, cut_end in normal(right):
        pieces: list[Interval] = []
        for start, end in rest:
            pieces.append((start, min(end, cut_start)))
            pieces.append((max(start, cut_end), end))
        rest = list(normal(pieces))
    return tuple(rest)


def minutes(intervals: Iterable[Interval]) -> int:
    """Whole minutes in the set; time that stands in it twice counts once."""
    return sum(length(start, end) for start, end in normal(intervals))


def covers(intervals: Iterable[Interval], interval: Interval) -> bool:
    """Whether the whole of a non-empty interval lies inside one piece of the set."""
    start, end = interval
    return any(a <= start and end <= b for a, b in normal(intervals))
