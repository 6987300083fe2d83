"""Stretches in which the professional did not watch, told with both their times: 'from 9:00 to 9:30 I was off line and nobody watched'.

They are taken out of the rows of attendance that cover them. Such a statement tells of no attendance and of no pause of the
recording. Absences without both times make a query (`absences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from ionm_notes.read.attendance.told import Told
from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.clauses import items_of
from ionm_notes.read.fields import Fields
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.segments import at
from ionm_notes.read.subject import subject_of
from ionm_notes.read.supervision import Supervision
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance, Proof

_OWN = frozenset({"attend", "attend-monitored", "professional"})
_LONGEST = 240
"""Characters of the longest statement that is searched."""
_CLAUSE = re.compile(r"[;.](?=\s)|,\s|\b(?:and|but|while|whereas|then)\b(?=[^.;]*\d)")


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without the professional: first and last minute of the day, and the statement."""

    first: int
    last: int
    unit: Unit


def gaps(reading: Reading, fields: Fields, times: Times, events: tuple[Event, ...], cast: Cast) -> tuple[Gap, ...]:
    """Every stretch that a sentence or line says was not watched."""
    if not cast.professionals:
        return ()
    logged = {e.unit.start for e in events if e.origin == "log" and e.last is None}
    pauses = {e.unit.start for e in events if e.kind == "interruption"}
    paused = {minute for e in events if e.kind == "interruption" for minute in (e.first, e.last)}
    found: list[Gap] = []
    for unit in reading.units:
        if unit.kind == "running" or unit.start in logged or unit.end - unit.start > _LONGEST:
            continue
        clocks = list(times.within(unit.start, unit.end))
        if len(clocks) < 2 or not vocabulary().regex("gap.away").search(reading.text, unit.start, unit.end):
            continue
        found += _of_unit(reading, fields, times, unit, cast, paused=unit.start in pauses)
    return tuple(gap for gap in found if not paused & {gap.first, gap.last})  # 'no tracings exist from 9:48 to 10:13'


def _of_unit(reading: Reading, fields: Fields, times: Times, unit: Unit, cast: Cast, *, paused: bool) -> Iterator[Gap]:
    words = vocabulary()
    items = items_of(reading, times, unit, list(times.within(unit.start, unit.end)))
    for low, high, first, last in items:
        start = max((m.end() for m in _CLAUSE.finditer(reading.text, unit.start, low)), default=unit.start)
        end = next((m.start() for m in _CLAUSE.finditer(reading.text, high, unit.end)), unit.end)
        if len(items) == 1:
            start, end = unit.start, unit.end
        away = words.regex("gap.away").search(reading.text, start, end)
        if last is None or last <= first or away is None:
            continue
        if any(words.regex(name).search(reading.text, start, end) for name in ("gap.not", "gap.watching")):
            continue
        if paused and words.regex("whereabouts.of-monitoring").search(reading.text, start, end):
            continue
        role = subject_of(reading, unit, away.start(), cast, fields)[0]
        nobody = words.regex("gap.nobody").search(reading.text, start, end) is not None
        if nobody or role == "professional":
            yield Gap(first, last, unit)


def without_gaps(found: tuple[Gap, ...], events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events without those that such a statement had been taken for."""
    spans = {(gap.unit.start, minute) for gap in found for minute in (gap.first, gap.last)}
    return tuple(e for e in events if e.kind not in _OWN or (e.unit.start, e.first) not in spans)


def beside_gaps(found: tuple[Gap, ...], supervision: Supervision, text: str) -> Supervision:
    """The statements without the places of such stretches: 'I left the screen from 9:15 to 9:45 for a code on the ward'.

    What stands before the word of an exception is of all the rest: 'connected remotely the whole case except for 10:05-10:15'.
    """
    ends = {gap.unit.start: _exception(gap.unit, text) for gap in found}
    if not ends:
        return supervision
    return replace(
        supervision, modes=tuple(said for said in supervision.modes if said.start < ends.get(said.unit.start, said.start + 1))
    )


def _exception(unit: Unit, text: str) -> int:
    """Where a statement comes to the exception that it makes; its beginning where it makes none."""
    found = vocabulary().regex("sharing.except").search(text, unit.start, unit.end)
    return found.start() if found else unit.start


def not_in_gaps(found: tuple[Gap, ...], told: Told) -> Told:
    """What sentences tell, without the stretches that were not watched."""
    spans = {(gap.unit.start, gap.first, gap.last) for gap in found}
    return replace(
        told,
        spells=tuple(s for s in told.spells if (s.sentence[0], s.first, s.last) not in spans),
        unread=tuple(item for item in told.unread if (item[0].start, *item[1:]) not in spans),
    )


def cut_out(
    reading: Reading,
    found: tuple[Gap, ...],
    rows: list[Attendance],
    day: date,
    monitoring: tuple[datetime | None, datetime | None],
) -> list[Attendance]:
    """The rows of attendance without these stretches."""
    for gap in found:
        low, high = at(day, gap.first), at(day, gap.last)
        proof: Proof = reading.proof(gap.unit.start, gap.unit.end)
        rows = [part for row in rows for part in _parts(row, low, high, monitoring, proof)]
    return rows


def _parts(
    row: Attendance, low: datetime, high: datetime, monitoring: tuple[datetime | None, datetime | None], proof: Proof
) -> Iterator[Attendance]:
    begin = row.start if row.start is not None or not row.whole_case else monitoring[0]
    end = row.end if row.end is not None or not row.whole_case else monitoring[1]
    if begin is None or (end is not None and end <= low) or begin >= high or (row.whole_case and end is None):
        yield row
        return
    evidence = (*row.evidence, *proof)
    if begin < low:
        yield replace(row, start=begin, end=low, whole_case=False, evidence=evidence)
    if end is None or end > high:
        yield replace(row, start=high, end=end, whole_case=False, evidence=evidence)
