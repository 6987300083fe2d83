"""How long the professional attended, where the record tells a length of time and not when: 'Remote attendance: 85 minutes, times not kept'.

Counts where it is less than the monitoring, and else says nothing new (contract, rule 9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.stray import leaves_nothing_out
from ionm_notes.read.boxes import has_boxes
from ionm_notes.read.clause_cuts import begin_of, end_of
from ionm_notes.read.denials import denied_before
from ionm_notes.read.durations import Duration, find_durations
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Unit
from ionm_notes.read.said import Said, customary
from ionm_notes.read.subject import subject_of
from ionm_notes.read.things import LOG_ENTRY
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.timeline.intervals import length as clock_minutes
from ionm_notes.types import Attendance, StatedTotal

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_LEAST = 5
"""Minutes of the shortest length that is taken for one of attendance."""
_CLAUSE = re.compile(r"[;.]\s|\s[-–—]\s")


def attended_length(scene: Scene, fields: Fields, rows: Sequence[Attendance]) -> StatedTotal | None:
    """The length, where the rows are one professional's over all of the monitoring; None where none is told, or several."""
    begin, end = scene.monitoring
    if len(rows) != 1 or begin is None or end is None or not leaves_nothing_out(scene, rows):
        return None
    whole = clock_minutes(begin, end)
    found: dict[int, Unit] = {}
    words = vocabulary()
    for unit in dict.fromkeys(unit for unit, _ in scene.reading.told(words.patterns["length.some"])):
        told = _of_unit(scene, fields, unit, whole)
        lost = _lost(scene, unit, whole)
        if told is not None:
            found.setdefault(told, unit)
        elif lost is not None:
            found.setdefault(whole - lost, unit)
    if len(found) != 1:
        return None
    ((amount, unit),) = found.items()
    return StatedTotal("minutes", amount, None, (), 0, scene.reading.proof(unit.start, unit.end))


def _of_unit(scene: Scene, fields: Fields, unit: Unit, whole: int) -> int | None:
    """The minutes that a statement says to have been attended of the `whole`."""
    reading = scene.reading
    text = reading.unit_text(unit)
    if vocabulary().regex("length.of-watch").search(text) is None:
        return None
    if len(text) > _LONGEST or scene.times.within(unit.start, unit.end) or LOG_ENTRY.match(text) or has_boxes(text):
        return None
    told = [d for d in find_durations(text) if not text.startswith("/", d.end) and _is_attended(text, d)]  # '38 m/s'
    less = [duration for duration in told if _LEAST <= duration.minutes < whole]
    if len(less) != 1 or len([duration for duration in told if duration.minutes != whole]) > 1:
        return None
    at = unit.start + less[0].start
    if subject_of(reading, unit, at, scene.cast, fields)[0] not in ("professional", ""):
        return None
    said = Said("exclusive", at, unit.start + less[0].end, unit, "", reading.evidence(unit.start, unit.end))
    return None if customary(reading, said) else less[0].minutes


def _lost(scene: Scene, unit: Unit, whole: int) -> int | None:
    """The minutes that a statement says were lost of the `whole`, without the hours: 'about 15 minutes were lost in all'."""
    text, words = scene.reading.unit_text(unit), vocabulary()
    if words.regex("length.lost").search(text) is None:
        return None
    if len(text) > _LONGEST or scene.times.within(unit.start, unit.end) or LOG_ENTRY.match(text) or has_boxes(text):
        return None
    lengths = find_durations(text)
    if len(lengths) != 1 or not 0 < lengths[0].minutes < whole:
        return None
    (length,) = lengths
    behind = words.regex("length.lost-behind").search(text[length.end :])
    before = words.regex("length.lost-before").search(text[: length.start])
    at = unit.start + (before.start() if before is not None else length.start)
    said = Said("shared", at, unit.start + length.end, unit, "", scene.reading.evidence(unit.start, unit.end))
    if (behind is None and before is None) or denied_before(scene.reading.text, at, unit.start) or customary(scene.reading, said):
        return None
    return length.minutes


def _is_attended(text: str, duration: Duration) -> bool:
    """Whether the clause of a length is of watching, and of nothing that a watch leaves out."""
    words = vocabulary()
    clause = text[begin_of(text, _CLAUSE, 0, duration.start) : end_of(text, _CLAUSE, duration.end, len(text))]
    return words.regex("length.of-watch").search(clause) is not None and words.regex("length.else").search(clause) is None
