"""Lines below one another that each begin with hours and say whether this patient was watched alone in them.

'08:15 to 09:05  this patient only' over '09:05 to 10:00  this patient + OR 9': a table of attendance without a heading of columns. The lines
count where they say both, or where the line above them speaks of the professional; each holds one interval and one load.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ionm_notes.read.attendance.clause_words import load_in
from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.placed_lines import hours_of
from ionm_notes.read.events import Event, Times
from ionm_notes.read.legend import Legend
from ionm_notes.read.names import surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary
from ionm_notes.read.whereabouts import phrases_of_place, weighed
from ionm_notes.types import Mode, Tri

_TITLE = 90
"""Characters of the longest line above that is taken for a title."""
_HOURS_LEAD = 12
"""Characters before the hours that begin a line: a bullet, 'from'."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with its hours, and what it says of them: the place, the load, or that nobody watched."""

    unit: Unit
    rest: str
    first: int
    last: int
    place: Mode | None
    alone: Tri
    away: bool


def loaded_lines(reading: Reading, times: Times, cast: Cast, legend: Legend) -> Iterator[Spell]:
    """The spells that such lines give."""
    if not cast.professionals or len(times.ranges) < 2:
        return
    run: list[_Line] = []
    whole = True
    starts = {index for item in times.ranges if (index := _led_by(reading, item.start)) is not None}
    for index in sorted(starts):
        if index - 1 not in starts:
            yield from _spells(reading, run, cast) if whole else ()
            run, whole = [], True
        line = _loaded(reading, times, reading.units[index], legend) if whole else None
        if line is not None:
            run.append(line)
        whole = whole and line is not None  # lines of which one leaves its load open share nothing out
    yield from _spells(reading, run, cast) if whole else ()


def _led_by(reading: Reading, start: int) -> int | None:
    """The number of the statement that hours begin."""
    unit = reading.unit_at(start)
    return reading.index_of(unit) if unit is not None and unit.kind != "running" and start - unit.start <= _HOURS_LEAD else None


def _loaded(reading: Reading, times: Times, unit: Unit, legend: Legend) -> _Line | None:
    """A line with its hours and its load or place; None where it says neither."""
    hours = hours_of(reading, times, unit)
    if hours is None:
        return None
    rest = legend.spelled(reading.text[hours[1] : unit.end])
    away = vocabulary().regex("ledger.away").search(rest) is not None
    alone = None if away else load_of(rest)
    place = None if away else weighed({phrase.kind for phrase in phrases_of_place(rest, bare=True)})
    return _Line(unit, rest, hours[2], hours[3], place, alone, away) if away or place or alone is not None else None


def load_of(text: str) -> Tri:
    """Whether a few words say that this patient was the only one, or name another beside; 'this case' between such lines is the only one."""
    words = vocabulary()
    if words.regex("ledger.only").match(text.strip(" \t:;,.|-–—")):
        return True
    attention = {said["alone"] is not None for cell in text.split("\t") if (said := words.regex("ledger.attention").match(cell))}
    if len(attention) == 1:
        return attention.pop()
    others, only = (words.regex(f"ledger.{name}").search(text) is not None for name in ("and-others", "only"))
    return False if others and not only else load_in(text)


def _spells(reading: Reading, run: list[_Line], cast: Cast) -> Iterator[Spell]:
    """The spells of lines below one another, where they follow one another in time and are the professional's."""
    watched = [line for line in run if not line.away]
    if len(run) < 2 or any(before.last > after.first for before, after in pairwise(run)):
        return
    index = reading.index_of(run[0].unit)
    title = reading.unit_text(reading.units[index - 1]) if index else ""
    title = title if len(title) <= _TITLE else ""
    words = vocabulary()
    if words.regex("subject.technologist").search(title) or any(surname(p.name) in title.lower() for p in cast.technologists):
        return
    both = {line.alone for line in watched} == {True, False}
    if not both and not words.regex("ledger.title").search(title) and not _named(title, cast):
        return
    if not both and (all(line.place is None for line in watched) or len(watched) == len(run)):
        return
    sole = cast.sole or _named(title, cast)
    if not all(_named(line.rest, cast) or sole for line in watched):
        return
    for line in watched:
        whole = (line.unit.start, line.unit.end)
        event = Event("attend", "span", line.first, line.last, "log", *whole, whole, line.unit)
        who = _named(line.rest, cast) or sole
        yield Spell(who, line.first, line.last, True, line.place, [event], whole, line.alone, ledger=True)


def _named(text: str, cast: Cast) -> str:
    """Surname of the one professional whom a few words name."""
    low = text.lower()
    found = [surname(person.name) for person in cast.professionals if surname(person.name) in low]
    return found[0] if len(found) == 1 else ""
