"""Times of somebody's coming or going that are guessed: 'I was on from around half past eight until maybe 9:45'; each makes a query.

A start or stop that is assumed makes a query (contract, 'Units and status of the time codes'). A minute that the record gives
elsewhere without a guess is no such time.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.clock import Clock
from ionm_notes.read.fields import Fields
from ionm_notes.read.reading import Unit
from ionm_notes.read.segments import at
from ionm_notes.read.subject import subject_of
from ionm_notes.read.things import LOG_ENTRY
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_BEFORE = 40
"""Characters before a time in which it is said that it is a guess."""


def estimated(scene: Scene, fields: Fields, rows: Sequence[Attendance]) -> Iterator[Unit]:
    """Statements by which a time within the monitoring, at which a professional came or went, is a guess."""
    begin, end = scene.monitoring
    if begin is None or end is None:
        return
    words = [match.end() for match in scene.reading.matches(vocabulary().patterns["spoiled.about-word"])]
    minutes = scene.times.minute
    told = [clock for clock in scene.times.clocks if clock.start in minutes]
    near = {
        clock.start for clock in told if (at_word := bisect(words, clock.start)) and clock.start - words[at_word - 1] < _BEFORE
    }
    guesses = [clock for clock in told if clock.start in near and _guess(scene, clock)]
    if not guesses:
        return
    exact = {minutes[clock.start] for clock in told if clock not in guesses}
    bounds = {bound for row in rows for bound in (row.start, row.end)}
    for clock in guesses:
        moment, unit = at(scene.day, minutes[clock.start]), scene.reading.unit_at(clock.start)
        if unit is None or unit.kind == "running" or unit.end - unit.start > _LONGEST or not begin < moment < end:
            continue
        if minutes[clock.start] not in exact and _of_a_stay(scene, fields, unit, clock, bound=moment in bounds):
            yield unit


def _guess(scene: Scene, clock: Clock) -> bool:
    """Whether the words right before a time make it a guess."""
    low = max(0, clock.start - _BEFORE)
    return vocabulary().regex("spoiled.about").search(scene.reading.text, low, clock.start) is not None


def _of_a_stay(scene: Scene, fields: Fields, unit: Unit, clock: Clock, *, bound: bool) -> bool:
    """Whether a guessed time is of a professional's coming, going or stay. `bound`: a row of attendance begins or ends then."""
    reading = scene.reading
    if LOG_ENTRY.match(reading.unit_text(unit)) is not None:
        return False
    low = max(unit.start, clock.start - 2 * _BEFORE)
    if vocabulary().regex("spoiled.comes-about").search(reading.text, low, clock.start) is None:
        return False
    role, _ = subject_of(reading, unit, clock.start, scene.cast, fields)
    return role == "professional" or (role == "" and bound)
