"""Splits a spell where the record says that a part of it was shared with another case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ionm_notes.read.events import Event
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import at
from ionm_notes.types import Attendance, Span, Tri

Stretch = tuple[int, int, Event]
"""First and last minute of the day, and the event that says it."""


def split_shared(
    reading: Reading, rows: list[Attendance], day: date, shared: list[Stretch], alone: list[Stretch], exclusive: Tri
) -> tuple[list[Attendance], list[Span], list[Span]]:
    """The rows, and stated parts of their time: given to this patient alone within shared time, and shared with another case.

    What says that a part was shared splits the row in which it lies; so does what gives the other parts to this patient, where the
    record says nothing of the whole. Parts that lie in no row of stated times are kept apart.
    """
    if exclusive is False:
        parts = [_span(reading, day, one) for one in shared if one[2].kind == OTHER and one[1] > one[0]]
        return rows, [_span(reading, day, one) for one in alone if one[1] > one[0]], parts
    both = exclusive is None and any(one[2].kind == OTHER for one in shared)
    given = [one for one in alone if one[2].kind == ALONE]
    marks = [(one, False) for one in shared] + [(one, True) for one in given if both]
    split = [part for row in rows for part in _split(reading, row, day, marks)]
    held = [row for row in rows if row.start and row.end]
    parts = [_span(reading, day, one) for one in shared if one[2].kind == OTHER and one[1] > one[0] and not _lies(one, held, day)]
    return split, [] if both or exclusive else [_span(reading, day, one) for one in given if one[1] > one[0]], parts


def _lies(stretch: Stretch, rows: list[Attendance], day: date) -> bool:
    """Whether a stretch overlaps a row of stated times."""
    low, high = at(day, stretch[0]), at(day, stretch[1])
    return any(row.start and row.end and low < row.end and row.start < high for row in rows)


def _span(reading: Reading, day: date, stretch: Stretch) -> Span:
    first, last, event = stretch
    return Span(at(day, first), at(day, last), reading.proof(event.start, event.end))


def _split(reading: Reading, row: Attendance, day: date, marks: list[tuple[Stretch, bool]]) -> list[Attendance]:
    """A row of stated times, cut by every stretch of shared time, or of time for this patient alone, in it."""
    if row.start is None or row.end is None:
        return [row]
    out, left = [], row
    for (first, last, event), alone in sorted(marks, key=lambda mark: mark[0][:2]):
        low, high = max(at(day, first), left.start or row.start), min(at(day, last), row.end)
        if low >= high:
            continue
        if low > (left.start or row.start):
            out.append(replace(left, end=low))
        out.append(replace(row, start=low, end=high, exclusive=alone, evidence=reading.proof(event.start, event.end)))
        left = replace(left, start=high)
        if high == row.end:
            return out
    return [*out, left]
