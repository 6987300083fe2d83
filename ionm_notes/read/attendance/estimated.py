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
from ionm_notes.read.unnamed import of_the_watch
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_BEFORE = 40
"""Characters before a time in which it is said that it is a guess."""
_BEHIND = 6
"""Characters behind a time, of its unit and a mark, before words by which it is a guess: '09:00 h, or so'."""


def estimated(scene: Scene, fields: Fields, rows: Sequence[Attendance]) -> Iterator[Unit]:
    """Statements by which a time within the monitoring, at which a professional came or went, is a guess."""
    begin, end = scene.monitoring
    yield from _in_words(scene, fields)
    if begin is None or end is None:
        return
    words = [match.end() for match in scene.reading.matches(vocabulary().patterns["spoiled.about-word"])]
    minutes = scene.times.minute
    told = [clock for clock in scene.times.clocks if clock.start in minutes]
    behind = {match.start() for match in scene.reading.matches(vocabulary().patterns["spoiled.about-behind"])}
    near = {clock.start for clock in told if behind and not behind.isdisjoint(range(clock.end, clock.end + _BEHIND))}
    near |= {
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
    """Whether the words right before or behind a time make it a guess."""
    low, words, text = max(0, clock.start - _BEFORE), vocabulary(), scene.reading.text
    if words.regex("spoiled.about").search(text, low, clock.start) is not None:
        return True
    behind = words.regex("spoiled.about-behind").search(text, clock.end, min(len(text), clock.end + _BEFORE))
    return behind is not None and behind.start() < clock.end + _BEHIND


def _of_a_stay(scene: Scene, fields: Fields, unit: Unit, clock: Clock, *, bound: bool) -> bool:
    """Whether a guessed time is of a professional's coming, going or stay. `bound`: a row of attendance begins or ends then."""
    reading = scene.reading
    if LOG_ENTRY.match(reading.unit_text(unit)) is not None:
        return False
    low = max(unit.start, clock.start - 2 * _BEFORE)
    if vocabulary().regex("spoiled.comes-about").search(reading.text, low, clock.start) is None:
        return False
    role, _ = subject_of(reading, unit, clock.start, scene.cast, fields)
    return role == "professional" or (role == "" and (bound or of_the_watch(reading, unit)))


def _in_words(scene: Scene, fields: Fields) -> Iterator[Unit]:
    """Statements of a professional's watch with a time in words alone that is a guess: 'until nine or so'."""
    reading = scene.reading
    for unit, match in reading.told(vocabulary().patterns["spoiled.about-spoken"]):
        role, _ = subject_of(reading, unit, match.start(), scene.cast, fields)
        if role in ("professional", "") and unit.end - unit.start <= _LONGEST and of_the_watch(reading, unit):
            yield unit
