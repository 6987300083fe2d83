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

    A spell of its own that says it was shared splits the row in which it lies.
    """
    parts = [_span(reading, day, one) for one in shared if one[2].kind == OTHER and one[1] > one[0]]
    if exclusive is None:
        alone = [one for one in alone if one[2].kind == ALONE]
    if exclusive is not True:
        return rows, [_span(reading, day, one) for one in alone if one[1] > one[0]], parts
    spells = [one for one in shared if one[2].kind != OTHER]
    return [part for row in rows for part in _split(reading, row, day, spells)], [], parts


def _span(reading: Reading, day: date, stretch: Stretch) -> Span:
    first, last, event = stretch
    return Span(at(day, first), at(day, last), reading.proof(event.start, event.end))


def _split(reading: Reading, row: Attendance, day: date, shared: list[Stretch]) -> list[Attendance]:
    """A row of stated times, cut by every stretch of shared time in it."""
    if row.start is None or row.end is None:
        return [row]
    out, left = [], row
    for first, last, event in sorted(shared, key=lambda one: one[:2]):
        low, high = max(at(day, first), left.start or row.start), min(at(day, last), row.end)
        if low >= high:
            continue
        if low > (left.start or row.start):
            out.append(replace(left, end=low))
        out.append(replace(row, start=low, end=high, exclusive=False, evidence=reading.proof(event.start, event.end)))
        left = replace(left, start=high)
        if high == row.end:
            return out
    return [*out, left]
