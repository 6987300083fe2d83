"""A stay at the watch and an absence from it, as sentences tell them (`course_of_watch.py`), and how stays lie to one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ionm_notes.types import Mode, Tri


@dataclass(slots=True)
class Stay:
    """A stay of somebody at the watch: whose, its minutes (None where untold), where, whether alone, and where it is told."""

    who: str
    first: int | None
    last: int | None
    low: int
    high: int
    mode: Mode | None = None
    alone: Tri = None
    to_end: bool = False
    from_start: bool = False
    """It is told by its end alone, as what went on until then: it began when monitoring did."""
    like: Stay | None = None
    """The one that it takes up after an absence, or that its words go on with: place and load are those of that."""
    moved: bool = False
    """It begins with going somewhere: its place is none of those told before."""
    seat: bool = False
    """It is in the seat of the one who was relieved."""
    by_line: bool = False
    """It was over a line, wherever that ended: in none of the rooms where somebody else sat."""


@dataclass(slots=True)
class Absence:
    """A stretch in which somebody was not at the watch; the end None where he or she has not come back yet."""

    who: str
    first: int
    last: int | None


class Untold(Exception):
    """A clause leaves open what its time is of."""


LATE = 9999
"""Minute of an end that is not told."""


def agreed(known: tuple[Mode | None, Tri], told: tuple[Mode | None, Tri]) -> tuple[Mode | None, Tri]:
    """What two statements say of place and load together; what they contradict each other in leaves the paragraph open."""
    for one, other in zip(known, told, strict=True):
        if one is not None and other is not None and one != other:
            raise Untold
    return known[0] or told[0], told[1] if known[1] is None else known[1]


def ends(stay: Stay) -> tuple[int, int]:
    """First and last minute, beyond all others where they are not told."""
    return stay.first if stay.first is not None else -1, stay.last if stay.last is not None else LATE


def overlap(a: Stay, b: Stay) -> bool:
    """Whether two stays have a minute in common."""
    (low, high), (first, last) = ends(a), ends(b)
    return low < last and first < high


def touch(a: Stay, b: Stay) -> bool:
    """Whether one stay begins where the other ends."""
    return (a.last is not None and a.last == b.first) or (b.last is not None and b.last == a.first)


def inside(part: Stay, whole: Stay) -> bool:
    """Whether a stay lies within another one that is longer."""
    (low, high), (first, last) = ends(part), ends(whole)
    return first <= low and high <= last and (low, high) != (first, last)


def cut(stay: Stay, low: int, high: int) -> Iterator[Stay]:
    """The parts of a stay that a stretch taken out of it leaves."""
    first, last = ends(stay)
    if high <= first or last <= low:
        yield stay
        return
    if first < low:
        yield replace(stay, last=low, to_end=False)
    if high < last:
        yield replace(stay, first=high)
