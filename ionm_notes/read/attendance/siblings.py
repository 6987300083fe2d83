"""Rows, lines and intervals that stand beside those which gave attendance, and of which nothing was read: doubt, never silence.

A table of three slots of which one was not read, a second interval in the sentence that tells of the first, a part of the watch whose
place is open beside one whose place is told: what was read may not stand as if it were all. Such places make a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from ionm_notes.read.attendance.collecting import Collected
from ionm_notes.read.attendance.placed_lines import hours_of
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.events import cells_of
from ionm_notes.read.events.model import PARTS
from ionm_notes.read.names import surname
from ionm_notes.read.reading import Unit
from ionm_notes.read.segments import at
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof

_LEAD = 12
"""Characters before hours that lead a line: a bullet, 'from', a number."""
_FIRST_WORD = re.compile(r"\W*(?:(?:\d+|[a-z]|[ivx]+)[.):\t]\W*|(?:from|at|between)\s)*(?P<word>[^\W\d_]{2,})", re.I)
"""The first word before the hours of a line, behind its number."""
_KNOWN = PARTS | {"interruption", "anesthesia", "mapping"}
"""Kinds of event by which the times of a line have a meaning of their own."""


def unread_siblings(scene: Scene, got: Collected, rows: list[Attendance]) -> Proof:
    """The lines of the same shape beside those that gave attendance, with an interval inside the monitoring that no row has."""
    begin, end = scene.monitoring
    spans = {(row.start, row.end) for row in rows if row.start and row.end and not row.whole_case}
    if begin is None or end is None or not spans:
        return ()
    read = {place.unit.start: place.unit for spell in got.spells for place in spell.places if place.last is not None}
    read |= {event.unit.start: event.unit for _, _, event in (*got.shared, *got.alone)}
    known = {e.unit.start for e in scene.events if e.kind in _KNOWN} | {gap.unit.start for gap in scene.away}
    found: dict[int, Unit] = {}
    for unit in read.values():
        shape = _shape(scene, unit)
        if shape is None:
            continue
        for other in _beside(scene, unit, shape):
            if other.start in read or other.start in known or other.start in found:
                continue
            hours = hours_of(scene.reading, scene.times, other)
            if hours is None:
                continue
            low, high = at(scene.day, hours[2]), at(scene.day, hours[3])
            if (low, high) not in spans and _inside(low, high, begin, end) and not _of_something_else(scene, other):
                found[other.start] = other
    return tuple(scene.reading.evidence(unit.start, unit.end) for _, unit in sorted(found.items()))


def _inside(low: datetime, high: datetime, begin: datetime, end: datetime) -> bool:
    """Whether a stretch is a part of the monitoring, and not the whole of it."""
    return low < end and begin < high and not (low <= begin and end <= high)


def _shape(scene: Scene, unit: Unit) -> tuple[str, int, str] | None:
    """What a line is like: its kind, the cell with its hours, and how the words before them begin; None for a line of no hours.

    What stands before the hours names what they are of: 'Skin to skin | 13:41 | 17:38' is no sibling of 'Dr. Hale in room | 13:00 | 17:45'.
    """
    hours = hours_of(scene.reading, scene.times, unit)
    if hours is None:
        return None
    lead = scene.reading.text[unit.start : hours[0]]
    if unit.kind != "row" and len(lead) > _LEAD:
        return None
    cells = cells_of(scene.reading, unit) if unit.kind == "row" else []
    word = _FIRST_WORD.match(lead)
    return unit.kind, sum(cell[1] <= hours[0] for cell in cells), word["word"].lower() if word else ""


def _beside(scene: Scene, unit: Unit, shape: tuple[str, int, str]) -> Iterator[Unit]:
    """The lines above and below a line, as far as they have its shape."""
    units, index = scene.reading.units, scene.reading.index_of(unit)
    for step in (-1, 1):
        at_line = index + step
        while 0 <= at_line < len(units) and _shape(scene, units[at_line]) == shape:
            yield units[at_line]
            at_line += step


def _of_something_else(scene: Scene, unit: Unit) -> bool:
    """Whether a line says that nobody watched, or is of somebody else than the professional."""
    text = scene.reading.unit_text(unit)
    words, low = vocabulary(), text.lower()
    if any(words.regex(name).search(text) for name in ("ledger.away", "gap.away", "parcel.away", "duty.nobody")):
        return True
    if any(surname(person.name) in low for person in scene.cast.professionals):
        return False
    others = (*scene.cast.technologists, *scene.cast.surgeons, *scene.cast.anesthesia, *scene.cast.assistants)
    return any(surname(person.name) in low for person in others) or any(
        words.regex(name).search(text)
        for name in ("subject.technologist", "subject.other", "hours.other-matter", "hours.of-mapping")
    )


def loads_unread(scene: Scene, got: Collected) -> Proof:
    """The rows of tables whose words of other cases were not understood, where those of another row were."""
    if all(spell.exclusive is None for spell in got.spells if spell.ledger):
        return ()
    return tuple(scene.reading.evidence(*spell.sentence) for spell in got.spells if spell.load_unread and spell.exclusive is None)


def alone_in_parts(scene: Scene, got: Collected, rows: list[Attendance]) -> Proof:
    """Statements of sole attention that all stand beside hours of a part of the monitoring, where rows have it for more than these."""
    begin, end = scene.monitoring
    if got.exclusive is not True or not got.supervision.exclusive or begin is None or end is None:
        return ()
    if any(spell.exclusive is not None for spell in got.spells):
        return ()  # a table tells it row by row
    parts: list[tuple[datetime, datetime]] = []
    for said in got.supervision.exclusive:
        hours = hours_of(scene.reading, scene.times, said.unit) if _shape(scene, said.unit) else None
        if hours is None:
            return ()
        parts.append((at(scene.day, hours[2]), at(scene.day, hours[3])))
    told: list[tuple[datetime, datetime]] = []
    for low, high in sorted(parts):
        if told and low <= told[-1][1]:
            low, high = told[-1][0], max(high, told.pop()[1])
        told.append((low, high))
    for row in rows:
        low, high = (row.start or begin, row.end or end) if not row.whole_case else (begin, end)
        low, high = max(low, begin), min(high, end)
        if row.exclusive is True and low < high and not any(first <= low and high <= last for first, last in told):
            return tuple(said.evidence for said in got.supervision.exclusive)
    return ()


def without_place(scene: Scene, rows: list[Attendance]) -> Proof:
    """The rows of attendance whose place is open, where others of the record have theirs and leave these minutes to them."""
    begin, end = scene.monitoring
    placed = [row for row in rows if row.mode != "unstated"]
    if not placed or begin is None or end is None:
        return ()
    found: list[Attendance] = []
    for row in rows:
        if row.mode != "unstated" or row.start is None or row.end is None or row.start >= end or row.end <= begin:
            continue
        if not any(o.start and o.end and o.start <= max(row.start, begin) and min(row.end, end) <= o.end for o in placed):
            found.append(row)
    return tuple(place for row in found for place in row.evidence[:1])
