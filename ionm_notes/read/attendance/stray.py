"""Goings, returns, breaks and hours of the professional that no row of attendance accounts for; each makes a query.

'08:30 Hale: heading into a meeting', a nurse's '9:00 neuro doc out for a phone call', 'I read along with a couple of short breaks': told
once, in a chat, a margin or a letter, beside rows that have the professional attending through it. Words: `patterns/contested.toml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from ionm_notes.read.attendance.scene import Scene
from ionm_notes.read.attendance.turns import mentions_in
from ionm_notes.read.boxes import ticked
from ionm_notes.read.denials import denied_before
from ionm_notes.read.expression import Expression
from ionm_notes.read.fields import Fields
from ionm_notes.read.messages import user_name, words_of
from ionm_notes.read.names import initials_written, surname
from ionm_notes.read.reading import Unit
from ionm_notes.read.segments import at
from ionm_notes.read.subject import subject_of
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.types import Attendance

_LONGEST = 320
"""Characters of the longest statement that is searched."""
_BESIDE = 60
"""Characters between the words of a going and the one who goes, in what somebody else writes."""


def strays(scene: Scene, fields: Fields, rows: Sequence[Attendance], accounted: frozenset[int]) -> Iterator[Unit]:
    """The statements. `accounted`: where those begin that another reading has made a gap, a pause or a row of."""
    yield from _away(scene, fields, rows, accounted)
    yield from _hours(scene, rows, accounted)
    yield from _hours_beside(scene, rows, accounted)


def _away(scene: Scene, fields: Fields, rows: Sequence[Attendance], accounted: frozenset[int]) -> Iterator[Unit]:
    """Goings, returns and moves at a time, and breaks now and then, that rows take no notice of."""
    reading, words = scene.reading, vocabulary()
    for name in (*_AT_ONCE, "stray.now-and-then", "stray.moves"):
        for unit, match in reading.told(words.patterns[name]):
            if unit.start in accounted or unit.end - unit.start > _LONGEST or not _attended_through(scene, rows, unit, name):
                continue
            unsaid = name in _AT_ONCE and words.regex("stray.not").search(reading.unit_text(unit)) is not None
            unsaid = unsaid or ticked(reading, unit, *match.span()) is False
            unsaid = unsaid or words.regex("stray.of-response").search(reading.text, unit.start, match.start()) is not None
            if unsaid or denied_before(reading.text, match.start(), unit.start):
                continue
            if _of_reader(scene, fields, unit, *match.span()):
                yield unit


_AT_ONCE = ("stray.away", "stray.back")
"""What a message of the professional tells of the minute at which it was sent."""


def _attended_through(scene: Scene, rows: Sequence[Attendance], unit: Unit, name: str) -> bool:
    """Whether rows of attendance run through a time that a statement tells or, where it tells none, take in all of the monitoring."""
    moments = _moments(scene, unit)
    if name == "stray.now-and-then" and all(_bounds(scene, rows, moment) for moment in moments):
        moments = []
    if moments:
        through = [row for row in rows if name != "stray.moves" or row.mode == "in_room"]
        return any(_attended(scene, through, moment) for moment in moments)
    own = name in _AT_ONCE and words_of(scene.reading.unit_text(unit), scene.cast.professionals) is not None
    return (own or name == "stray.now-and-then") and leaves_nothing_out(scene, rows)


def _hours(scene: Scene, rows: Sequence[Attendance], accounted: frozenset[int]) -> Iterator[Unit]:
    """Lists of hours under the professional's name or user name that leave out a part of what rows take: 'Link report ahale: 8:00-8:20, 9:50-10:00'."""
    reading, times, cast = scene.reading, scene.times, scene.cast
    tells = vocabulary().regex("stray.hours")
    for unit, _ in reading.told(vocabulary().patterns["stray.hours"]):
        if unit.start in accounted or unit.end - unit.start > _LONGEST:
            continue
        clocks = times.within(unit.start, unit.end)
        lead = reading.text[unit.start : clocks[0].start] if clocks else ""
        found = tells.search(lead)
        if found is None or not any(user_name(p.name).search(lead) or mentions_in(lead, p.name) for p in cast.professionals):
            continue
        if any(mentions_in(lead, p.name) for p in (*cast.technologists, *cast.surgeons, *cast.anesthesia)):
            continue
        if any(_attended(scene, rows, moment) for moment in _moments(scene, unit)):
            yield unit


def _hours_beside(scene: Scene, rows: Sequence[Attendance], accounted: frozenset[int]) -> Iterator[Unit]:
    """Hours right behind the professional's initials or office that leave out a part of what rows take: 'Room 4; IH on 08:30-09:30'."""
    reading, times, cast = scene.reading, scene.times, scene.cast
    link = vocabulary().regex("stray.on-at")
    others = {written for p in (*cast.technologists, *cast.surgeons, *cast.anesthesia) for written in initials_written(p.name)}
    signs = [_initials(w) for p in cast.professionals for w in initials_written(p.name) if w not in others]
    for sign in (*signs, vocabulary().regex("stray.office-short")):
        for match in sign.finditer(reading.text):
            unit = reading.unit_at(match.start())
            clocks = times.within(match.end(), min(unit.end, match.end() + _BESIDE)) if unit is not None else ()
            if unit is None or unit.start in accounted or not clocks:
                continue
            between = reading.text[match.end() : clocks[0].start]
            length = _DASH.match(reading.text, clocks[0].end) is not None
            if link.search(between) is None or not (length or any(letter.isalpha() for letter in between)):
                continue
            told = clocks[: 1 + (length and len(clocks) > 1)]
            if any(_attended(scene, rows, at(scene.day, times.minute[clock.start])) for clock in told):
                yield unit


@functools.lru_cache(maxsize=64)
def _initials(written: str) -> Expression:
    """The expression for initials, with points or without: 'IH', 'I.H.'."""
    letters = r"\.?".join(written)
    return Expression(rf"(?<![\w.]){letters}(?![\w-])", cased=True)


_DASH = re.compile(r"\s?(?:hrs?|h|[ap]\.?m\.?)?\s?(?:-|–|—|to\b|till?\b|until\b|/)", re.I)
"""Behind a time: another one follows, the end of an interval."""


def _moments(scene: Scene, unit: Unit) -> list[datetime]:
    """The times of a statement."""
    return [at(scene.day, scene.times.minute[clock.start]) for clock in scene.times.within(unit.start, unit.end)]


def _attended(scene: Scene, rows: Sequence[Attendance], moment: datetime) -> bool:
    """Whether a row of attendance goes on through a moment within the monitoring."""
    begin, end = scene.monitoring[0], scene.known_to
    if begin is None or end is None or not begin < moment < end:
        return False
    return any((row.start is None or row.start < moment) and (row.end is None or moment < row.end) for row in rows)


def _bounds(scene: Scene, rows: Sequence[Attendance], moment: datetime) -> bool:
    """Whether a moment is one at which a row of attendance or the monitoring begins or ends."""
    return moment in scene.monitoring or any(moment in (row.start, row.end) for row in rows)


def leaves_nothing_out(scene: Scene, rows: Sequence[Attendance]) -> bool:
    """Whether the rows leave out no part of the monitoring."""
    begin, end = scene.monitoring
    return all(
        (row.start is None or (begin is not None and row.start <= begin))
        and (row.end is None or (end is not None and row.end >= end))
        for row in rows
    )


def _of_reader(scene: Scene, fields: Fields, unit: Unit, low: int, high: int) -> bool:
    """Whether words are of the professional: in his or her own message, of 'I' in a report, or said right beside the name or the office."""
    reading, cast = scene.reading, scene.cast
    text = reading.unit_text(unit)
    own = words_of(text, cast.professionals)
    if own is not None:
        return low - unit.start >= own
    near = reading.text[max(unit.start, low - _BESIDE) : min(unit.end, high + _BESIDE)]
    others = (*cast.technologists, *cast.surgeons, *cast.anesthesia)
    nearest = reading.lower[max(unit.start, low - _BESIDE) : high]
    role, _ = subject_of(reading, unit, low, cast, fields)
    if role == "professional":
        return True
    if any(surname(person.name) in nearest for person in others):
        return False
    if _SHE.search(nearest) and _told_of_reader_before(scene, unit):
        return True
    named = any(mentions_in(near, person.name) or user_name(person.name).search(near) for person in cast.professionals)
    return named or (role == "" and vocabulary().regex("witnessed.office").search(near) is not None)


_SHE = re.compile(r"\bs?he\b")


def _told_of_reader_before(scene: Scene, unit: Unit) -> bool:
    """Whether the statement before one with 'she' names a professional, and no technologist."""
    index = scene.reading.index_of(unit)
    above = scene.reading.unit_text(scene.reading.units[index - 1]).lower() if index else ""
    return any(surname(person.name) in above for person in scene.cast.professionals) and not any(
        surname(person.name) in above for person in scene.cast.technologists
    )
