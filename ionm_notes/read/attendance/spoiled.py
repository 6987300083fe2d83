"""Sentences that spoil an attendance that is else claimed without a flaw, put together of what is told and of what; each makes a query.

'The traces reached me with a lag of minutes', 'A resident sat at my screen for part of the time', 'All times are approximate', 'This
wording is pre-filled': no times by which minutes could be taken out, and nobody can tell what the claim beside them is worth.
Words: `patterns/spoiled.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.boxes import has_boxes
from ionm_notes.read.clause_cuts import begin_of, end_of
from ionm_notes.read.denials import denied_before
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Unit
from ionm_notes.read.said import Said, customary
from ionm_notes.read.segments import at
from ionm_notes.read.things import LOG_ENTRY
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_OF_A_STRETCH = frozenset({"link", "stand-in", "account", "technologist-alone", "conduct", "standstill"})
"""Kinds that are of a part of the time."""
_OF_THE_REST = frozenset({"stand-in", "technologist-alone"})
"""Kinds that are told of the rest of the monitoring too, in which the reader claims nothing."""
_KINDS = (
    "link",
    "lag",
    "part-unseen",
    "second-hand",
    "times",
    "stand-in",
    "account",
    "technologist-alone",
    "conduct",
    "unsure",
    "statement",
    "standstill",
)
_NEAR = 40
"""Characters between a line and what happened to it."""
_OF_THE_RECORD = frozenset({"times", "unsure", "statement"})
"""Kinds that are of what is written, in words that are else of what is usual: 'may have', 'this statement is', 'entered the next day'."""
_CLAUSE = re.compile(r"[;.]\s|\s[-–—]\s|,\s+(?:but|and|which|so)\s|\bbut\s(?!not\b)")
"""What parts the clauses of a statement: what is told and of what stand in one of them."""


def spoiled(scene: Scene, fields: Fields, rows: Sequence[Attendance], accounted: Collection[int]) -> Iterator[Unit]:
    """The sentences. `accounted`: where those begin that another reading has made a gap, a pause or a row of."""
    reading, words = scene.reading, vocabulary()
    parted = apart(rows)  # what failed between two spells is accounted for
    undone, rest = words.regex("spoiled.not"), words.regex("spoiled.of-the-rest")
    leave_some = _leave_some(scene, rows)
    for kind in (kind for kind in _KINDS if not (parted and kind in _OF_A_STRETCH)):
        name = f"spoiled.{kind}"
        beside = [words.regex(f"{name}-{of}") for of in ("of", "by") if f"{name}-{of}" in words.patterns]
        for unit, match in reading.told(words.patterns[name]):
            if unit.start in accounted or unit.end - unit.start > _LONGEST or not in_prose(scene, unit):
                continue
            low, high = _clause(reading.text, unit, match.start(), match.end())
            if kind == "link":
                low, high = max(low, match.start() - _NEAR), min(high, match.end() + _NEAR)
            if not all(one.search(reading.text, low, high) for one in beside) or undone.search(reading.text, low, high):
                continue
            if kind in _OF_THE_REST and leave_some and rest.search(reading.text, unit.start, unit.end):
                continue
            if denied_before(reading.text, match.start(), low) or _timed(scene, rows, unit, kind):
                continue
            said = Said("shared", match.start(), match.end(), unit, "", reading.evidence(*match.span()))
            if kind in _OF_THE_RECORD or not customary(reading, said):
                yield unit


def apart(rows: Sequence[Attendance]) -> bool:
    """Whether the attendance as it was read has a gap."""
    spans = sorted((row.start, row.end) for row in rows if row.start and row.end)
    return any(end < start for (_, end), (start, _) in pairwise(spans))


def _leave_some(scene: Scene, rows: Sequence[Attendance]) -> bool:
    """Whether the rows leave a part of the monitoring at its beginning or end unattended."""
    begin, end = scene.monitoring
    starts, ends = [row.start for row in rows if row.start], [row.end for row in rows if row.end]
    late = begin is not None and len(starts) == len(rows) and bool(rows) and min(starts) > begin
    early = end is not None and len(ends) == len(rows) and bool(rows) and max(ends) < end
    return late or early


def in_prose(scene: Scene, unit: Unit) -> bool:
    """Whether a statement is no entry of a log and no row of a form."""
    text = scene.reading.unit_text(unit)
    return "\t" not in text and LOG_ENTRY.match(text) is None and not has_boxes(text) and not text.endswith("?")


def _clause(text: str, unit: Unit, start: int, end: int) -> tuple[int, int]:
    """Offsets of the clause of a statement that words stand in."""
    return begin_of(text, _CLAUSE, unit.start, start), end_of(text, _CLAUSE, end, unit.end)


def _timed(scene: Scene, rows: Sequence[Attendance], unit: Unit, kind: str) -> bool:
    """Whether a statement has times that rows take notice of, or none within the monitoring: of another part of the day.

    A line that failed at a time, and of whose return nothing was read, is none: a row that ends then may go on or not. Nor is it of
    use that rows have times which nobody took.
    """
    moments = [at(scene.day, scene.times.minute[clock.start]) for clock in scene.times.within(unit.start, unit.end)]
    begin, end = scene.monitoring[0], scene.known_to
    if not moments or begin is None or end is None:
        return False
    pauses = {at(scene.day, minute) for e in scene.events if e.kind == "interruption" for minute in (e.first, e.last) if minute}
    if all(moment in pauses for moment in moments):
        return True
    bounds = {bound for row in rows for bound in (row.start, row.end)} - {begin, end}
    if not any(begin <= moment <= end for moment in moments):
        return True
    return kind not in ("link", "times", "unsure") and any(moment in bounds for moment in moments)
