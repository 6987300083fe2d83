"""Events of rows whose first cell is a label and whose other cells are times: 'Monitoring | 0912 | 1331'."""

from __future__ import annotations

import re

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.model import ONLY_TIME, Event, Hit, Times, cells_of, nearest
from ionm_notes.read.events.wording import classify
from ionm_notes.read.reading import Reading, Unit

_BRACKETS = re.compile(r"\([^()\n]*\)")
"""A remark inside a label, such as 'Monitoring start (at lead placement)', which says nothing of what the time is."""


def label_row(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> list[Event] | None:
    """Events of a row whose first cell is a label and whose other cells are times only; None if it is no such row."""
    cells = cells_of(reading, unit)
    if len(cells) < 2:
        return None
    events: list[Event] = []
    used = False
    index = 0
    while index < len(cells):
        low, high = cells[index]
        label = reading.text[low:high]
        following = []
        stop = index + 1
        while stop < len(cells):
            text = reading.text[cells[stop][0] : cells[stop][1]]
            if not text.strip() or ONLY_TIME.match(text) or re.fullmatch(r"\s*[-–—/]\s*", text):
                following.append(cells[stop])
                stop += 1
                continue
            break
        values = [c for c in clocks if any(a <= c.start < b for a, b in following)]
        if values and not any(low <= c.start < high for c in clocks):
            used = True
            hit = nearest(classify(_BRACKETS.sub(lambda m: " " * len(m.group()), label), low) or classify(label, low), high)
            if hit and hit.kind != "ignore":
                events += _label_events(reading, times, unit, label, hit, values, following, (low, following[-1][1]))
        index = max(stop, index + 1) if values else index + 1
    return events if used and _all_used(clocks, cells, reading) else None


def _all_used(clocks: list[Clock], cells: list[tuple[int, int]], reading: Reading) -> bool:
    """Whether every clock of the row fills a cell of its own; otherwise the row is read as clauses."""
    return all(any(a <= c.start and c.end <= b and ONLY_TIME.match(reading.text[a:b]) for a, b in cells) for c in clocks)


def _label_events(
    reading: Reading,
    times: Times,
    unit: Unit,
    label: str,
    hit: Hit,
    values: list[Clock],
    following: list[tuple[int, int]],
    whole: tuple[int, int],
) -> list[Event]:
    first = times.minute[values[0].start]
    if len(values) >= 2:
        both = re.search(r"\w\s*(?:/|&|and|,)\s*\w", label) and hit.kind in ("incision", "closure")
        if both:
            return []
        return [Event(hit.kind, "span", first, times.minute[values[1].start], "header", *whole, whole, unit)]
    phase = hit.phase
    if phase == "span":
        position = next(i for i, (a, b) in enumerate(following) if a <= values[0].start < b)
        phase = "start" if position == 0 and len(following) > 1 else "end" if position else "point"
        if hit.kind == "removal" and position == 0 and len(following) == 1:
            phase = "end"
    return [Event(hit.kind, phase, first, None, "header", *whole, whole, unit)]
