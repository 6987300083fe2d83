"""Splits a spell where the record says that a part of it was shared with another case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ionm_notes.read.events import Event
from ionm_notes.read.reading import Reading
from ionm_notes.read.segments import at
from ionm_notes.types import Attendance, Span, Tri


def split_shared(
    reading: Reading,
    rows: list[Attendance],
    day: date,
    shared: list[tuple[int, int, Event]],
    alone: list[tuple[int, int, Event]],
    exclusive: Tri,
) -> tuple[list[Attendance], list[Span]]:
    """Within shared attendance, intervals that the record gives to this patient alone; within exclusive, shared ones."""
    allocated: list[Span] = []
    if exclusive is False:
        for first, last, event in alone:
            if last > first:
                allocated.append(Span(at(day, first), at(day, last), reading.proof(event.start, event.end)))
        return rows, allocated
    if exclusive is True and shared:
        out: list[Attendance] = []
        for row in rows:
            cut = [
                (at(day, a), at(day, b), e)
                for a, b, e in shared
                if row.start and row.end and at(day, a) < row.end and row.start < at(day, b)
            ]
            if not cut or row.start is None or row.end is None:
                out.append(row)
                continue
            low, high, event = cut[0]
            low, high = max(low, row.start), min(high, row.end)
            if low > row.start:
                out.append(replace(row, end=low))
            out.append(replace(row, start=low, end=high, exclusive=False, evidence=reading.proof(event.start, event.end)))
            if high < row.end:
                out.append(replace(row, start=high))
        return out, allocated
    return rows, allocated
