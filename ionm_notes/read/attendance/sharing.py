"""Splits a spell where the record says that a part of it was shared with another case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ionm_notes.read.attendance.witnessed import Entry
from ionm_notes.read.events import Event
from ionm_notes.read.events.sharing import ALONE, OTHER
from ionm_notes.read.messages import message_of
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading
from ionm_notes.read.said import Said
from ionm_notes.read.segments import at
from ionm_notes.read.vocabulary import vocabulary
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


def freed(
    reading: Reading, entries: Sequence[Entry], rows: list[Attendance], cast: Cast, day: date, shared: Sequence[Said]
) -> list[Attendance]:
    """The shared rows parted where a reader writes that the other case is over and this one alone is left: 'spine is done, only you now'.

    The minute is that of the entry; nothing is parted where another case is told of behind it, or where the words are of what is to come.
    """
    words = vocabulary()
    for entry in entries:
        writer = next((p for p in cast.professionals if message_of(entry.text, p.name)), None)
        message = message_of(entry.text, writer.name) if writer else None
        if writer is None or message is None:
            continue
        said = message["said"]
        if not all(words.regex(f"sharing.{name}").search(said) for name in ("freed", "left-alone")):
            continue
        if words.regex("witnessed.not-yet").search(said) or any(one.unit.start > entry.unit.start for one in shared):
            continue
        minute = at(day, entry.minute)
        out: list[Attendance] = []
        for row in rows:
            own = row.professional in (None, writer.name) and row.exclusive is False
            if own and row.start and row.end and row.start < minute < row.end:
                proof = reading.proof(entry.unit.start, entry.unit.end)
                out += [replace(row, end=minute), replace(row, start=minute, exclusive=True, evidence=proof)]
            else:
                out.append(row)
        return out
    return rows


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
