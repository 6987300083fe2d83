"""Closes the rows of attendance that a log leaves open, where the record says elsewhere that they ran to an end of monitoring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ionm_notes.read.attendance.collecting import Collected
from ionm_notes.read.attendance.doubts import EXCEPT
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.spells import to_the_end
from ionm_notes.read.attendance.witnessed import there_from_the_start, witnessed
from ionm_notes.read.names import surname
from ionm_notes.read.said import Said, part_around
from ionm_notes.read.segments import at
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance


def close_rows(scene: Scene, got: Collected, rows: list[Attendance]) -> list[Attendance]:
    """The rows, the one that is left open closed where a statement or an entry of the log shows how far it went."""
    if not closed_before(scene, [scene.reading.unit_text(m.unit) for m in got.supervision.modes]):
        rows = _from_the_start(scene, got, _to_the_end(scene, got, rows))
    open_ends = any(row.start is None or row.end is None for row in rows if not row.whole_case)
    if open_ends or _late(scene, got.spells, rows):
        rows = there_from_the_start(scene, witnessed(scene, rows), got.supervision.modes)
    return rows


_ABOUT = timedelta(minutes=5)
"""How long before the end of monitoring a wound may be closed that is closed 'at the end'."""


def closed_before(scene: Scene, texts: Sequence[str]) -> bool:
    """Whether 'until closing' may have been over before the end of monitoring: a log has the closure well before it."""
    end = scene.monitoring[1]
    closed = [at(scene.day, e.first) for e in scene.events if e.kind == "closure"]
    closing = vocabulary().regex("whereabouts.closing")
    return end is not None and any(map(closing.search, texts)) and any(minute < end - _ABOUT for minute in closed)


def _late(scene: Scene, spells: Sequence[Spell], rows: Sequence[Attendance]) -> bool:
    """Whether a log alone tells of the watch, and that it began after monitoring had."""
    begin = scene.monitoring[0]
    timed = [s for s in spells if s.first is not None or s.last is not None]
    return begin is not None and all(s.log and not s.ledger for s in timed) and all(r.start and r.start > begin for r in rows)


def _to_the_end(scene: Scene, got: Collected, rows: list[Attendance]) -> list[Attendance]:
    """The one row that a log leaves open, closed where a statement of the same place says that it was to the end of monitoring.

    '08:14 PFL in room' and 'I sat in OR 6 from the start of monitoring until it was stopped', or 'I stayed until we stopped' alone.
    """
    reading, end = scene.reading, scene.known_to
    if len(rows) != 1 or rows[0].start is None or rows[0].end is not None or end is None:
        return rows
    modes = got.supervision.modes
    said = next((m for m in modes if m.what == rows[0].mode and _says_to_the_end(reading.unit_text(m.unit))), None)
    stayed = next((unit for unit in scene.prose.stayed if EXCEPT.search(reading.unit_text(unit)) is None), None)
    shown = said.evidence if said else reading.evidence(stayed.start, stayed.end) if stayed else None
    return rows if shown is None else [replace(rows[0], end=end, evidence=(*rows[0].evidence, shown))]


def _from_the_start(scene: Scene, got: Collected, rows: list[Attendance]) -> list[Attendance]:
    """The one row of which only the going is timed, begun with monitoring where a statement of the same place is of all of it.

    'I sat in my office for all of that span, from the first minute to the last' and 'until I signed off at 11:48'.
    """
    begin, end = scene.monitoring
    if len(rows) != 1 or rows[0].start is not None or begin is None or end is None or (rows[0].end or begin) < end:
        return rows
    said = next((m for m in got.supervision.modes if m.what == rows[0].mode and _of_all_of_it(scene, m)), None)
    return rows if said is None else [replace(rows[0], start=begin, evidence=(said.evidence, *rows[0].evidence))]


def _of_all_of_it(scene: Scene, said: Said) -> bool:
    """Whether a statement of place is of the whole of the monitoring and of nobody but the professional."""
    reading, words = scene.reading, vocabulary()
    low, high = part_around(reading, said)
    whole = any(words.regex(f"coverage.{name}").search(reading.text, low, high) for name in ("whole", "all-of-that"))
    text = reading.unit_text(said.unit)
    doubtful = any(words.regex(f"coverage.{name}").search(text) for name in ("except", "part-of-it"))
    return whole and not doubtful and not _names_technologist(reading.text[low:high], scene)


def _names_technologist(text: str, scene: Scene) -> bool:
    named = any(surname(person.name) in text.lower() for person in scene.cast.technologists)
    return named or vocabulary().regex("subject.technologist").search(text) is not None


def _says_to_the_end(text: str) -> bool:
    """Whether a statement is of all of the monitoring, and takes nothing out."""
    whole = vocabulary().regex("presence.throughout").search(text) is not None or to_the_end(text)
    return whole and EXCEPT.search(text) is None
