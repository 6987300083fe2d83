"""Counts how many cases one person attended at once, minute by minute; read this to learn what an overlap is.

Pure arithmetic over plain stays, for one person at a time: `(start, end, case)` with whole minutes as integers (of any
origin), the end minute not part of it, the case anything hashable. Two stays in one case count once, and a case that ends
in the minute in which another begins does not overlap it. Stays are sorted and walked once: time grows as n log n, memory
with the stays alone, however many of them overlap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from operator import itemgetter

Stay = tuple[int, int, Hashable]
"""First minute, minute after the last, case."""
_ORIGIN = datetime(1970, 1, 1)
_BEGINS, _ENDS = 1, -1


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch in which the same number of cases, at least one, was attended at once."""

    start: int
    end: int
    cases: int


@dataclass(frozen=True, slots=True)
class Episode:
    """A longest stretch in which more cases were attended at once than allowed: the most at once, and all that took part."""

    start: int
    end: int
    peak: int
    cases: tuple[Hashable, ...]


def minute_of(moment: datetime) -> int:
    """The whole minute of a naive local moment, seconds cut off, as minutes since 1970-01-01T00:00."""
    gone = moment - _ORIGIN
    return gone.days * 1440 + gone.seconds // 60


def moment_of(minute: int) -> datetime:
    """The naive local moment at which a minute of `minute_of` begins."""
    return datetime.fromordinal(_ORIGIN.toordinal() + minute // 1440).replace(hour=minute % 1440 // 60, minute=minute % 60)


def levels(stays: Iterable[Stay]) -> Iterator[Level]:
    """The stretches of a person's time in order; neighbours of one level are joined, time without a case is left out."""
    open_: Counter[Hashable] = Counter()
    pending: Level | None = None
    since = 0
    for moment, case, change in _changes(stays):
        if open_ and moment > since:
            if pending and pending.end == since and pending.cases == len(open_):
                pending = Level(pending.start, moment, pending.cases)
            else:
                if pending:
                    yield pending
                pending = Level(since, moment, len(open_))
        since = moment
        _count(open_, case, change)
    if pending:
        yield pending


def minutes_by_count(stays: Iterable[Stay]) -> dict[int, int]:
    """Minutes by the number of cases attended at once, from one case on."""
    found: Counter[int] = Counter()
    for level in levels(stays):
        found[level.cases] += level.end - level.start
    return dict(sorted(found.items()))


def episodes(stays: Iterable[Stay], most: int) -> Iterator[Episode]:
    """The stretches in which more than `most` cases were attended at once, in order. `ValueError` for a `most` under one."""
    if most < 1:
        raise ValueError(f"at most {most} cases at once means none at all")
    open_: Counter[Hashable] = Counter()
    start, peak = 0, 0
    part: dict[Hashable, None] = {}
    ended: Episode | None = None
    for moment, case, change in _changes(stays):
        _count(open_, case, change)
        if len(open_) > most:
            if not part:
                if ended and ended.end == moment:
                    # One case took another's place within the same minute: the stretch goes on.
                    start, peak, part = ended.start, ended.peak, dict.fromkeys(ended.cases)
                else:
                    if ended:
                        yield ended
                    start, peak = moment, 0
                ended = None
                part.update(dict.fromkeys(open_))
            elif change == _BEGINS:
                part[case] = None
            peak = max(peak, len(open_))
        elif part:
            ended = Episode(start, moment, peak, tuple(part))
            part = {}
    if ended:
        yield ended


def _changes(stays: Iterable[Stay]) -> Iterator[tuple[int, Hashable, int]]:
    """Beginnings and ends in order of time; of one minute the ends come first."""
    ends: list[tuple[int, int, Hashable]] = []
    for number, (start, end, case) in enumerate(sorted(stays, key=itemgetter(0))):
        if end <= start:
            continue
        while ends and ends[0][0] <= start:
            moment, _, gone = heappop(ends)
            yield moment, gone, _ENDS
        yield start, case, _BEGINS
        heappush(ends, (end, number, case))
    while ends:
        moment, _, gone = heappop(ends)
        yield moment, gone, _ENDS


def _count(open_: Counter[Hashable], case: Hashable, change: int) -> None:
    open_[case] += change
    if not open_[case]:
        del open_[case]
