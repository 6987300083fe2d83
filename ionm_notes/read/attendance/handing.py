"""Hand-overs told in a sentence: 'At 1:12 PM he handed over to Dr. Whitcombe, who supervised until 5:00 PM'.

The one who is handed the case attends from that time on, to the time that the sentence gives or until another entry ends it;
the other one attends until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.spells import to_the_end, writer_of_statement
from ionm_notes.read.attendance.turns import Turn, turns_of
from ionm_notes.read.clause_cuts import FULL_STOPS, clauses
from ionm_notes.read.events import Event, Times
from ionm_notes.read.hand_off import of_others
from ionm_notes.read.names import standing, surname
from ionm_notes.read.people import Cast
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_UNTIL = re.compile(r"\b(?:until|till|to|through)\s+(?:about\s+|approximately\s+)?$", re.I)
_NEAR = 90
"""Characters behind the words of a hand-over within which the successor is named."""


def handed_over(reading: Reading, times: Times, cast: Cast) -> list[Spell]:
    """The spells before and after each hand-over between professionals that a sentence tells with its time."""
    if len(cast.professionals) < 2:
        return []
    found: list[Spell] = []
    for unit in reading.units:
        if unit.kind == "sentence":
            found += _sentence(reading, unit, times, cast)
    return found


def _sentence(reading: Reading, unit: Unit, times: Times, cast: Cast) -> Iterator[Spell]:
    text = reading.unit_text(unit)
    clocks = times.within(unit.start, unit.end)
    exchanged = [spell for low, high in _parts(unit, text) for spell in _exchange(reading, times, unit, low, high, cast)]
    if exchanged:
        yield from exchanged
        return
    match = vocabulary().regex("relief.to").search(text)
    if match is None or of_others(text, match):
        return
    successor = next((who for at, who in _named(text, cast) if match.end() - 1 <= at <= match.end() + _NEAR), None)
    if successor is None or not clocks:
        return
    before = [c for c in clocks if c.end - unit.start <= match.end()]
    at = before[-1] if before else clocks[0]
    minute = times.minute[at.start]
    later = [c for c in clocks if c.start > at.start and _UNTIL.search(reading.text[unit.start : c.start])]
    last = times.minute[later[0].start] if later else None
    # Without a word of how long the successor stayed, the hand-over is one whose minutes are not read (`parts/relief.py`).
    if (last is None and not to_the_end(text)) or (last is not None and last < minute):
        return
    whole = (unit.start, unit.end)
    event = Event("attend", "span", minute, last, "narrative", *whole, whole, unit)
    earlier = [who for place, who in _named(text, cast) if place < match.start() and who != successor]
    others = {surname(p.name) for p in cast.professionals} - {successor}
    giver = earlier[-1] if earlier else next(iter(others)) if len(others) == 1 else None
    if giver is not None:
        yield Spell(giver, None, minute, False, None, [event], whole)
    yield Spell(successor, minute, last, False, None, [event], whole)


def _parts(unit: Unit, text: str) -> Iterator[tuple[int, int]]:
    """The sentences that a unit may hold where a time or an initial at a full stop kept them together."""
    yield from ((unit.start + low, unit.start + high) for low, high in clauses(text, FULL_STOPS))


def _exchange(reading: Reading, times: Times, unit: Unit, low: int, high: int, cast: Cast) -> Iterator[Spell]:
    """One's watch up to the one minute that a sentence names, and the other's from there on."""
    clocks = times.within(low, high)
    turns = turns_of(reading.text[low:high], cast.professionals) if len(clocks) == 1 else ()
    if not turns:
        return
    minute = times.minute[clocks[0].start]
    event = Event("attend", "span", minute, None, "narrative", low, high, (low, high), unit)
    if len(turns) == 1:
        # 'I handed the case to Dr. Quist at 10:20': the writer's watch ends there.
        writer = writer_of_statement(reading, event.unit, cast)
        gave = vocabulary().regex("turn.gave").search(reading.text, low, low + turns[0].start)
        if not writer or writer == turns[0].who or gave is None:
            return
        turns = (Turn(writer, "end", *gave.span()), replace(turns[0], way="start"))
    for turn in turns:
        first, last = (None, minute) if turn.way == "end" else (minute, None)
        yield Spell(turn.who, first, last, False, None, [event], (low, high))


def _named(text: str, cast: Cast) -> list[tuple[int, str]]:
    """Places and surnames of the professionals that a text names, in order."""
    names = {surname(p.name) for p in cast.professionals}
    return sorted((m.start(), name) for name in names for m in standing(name).finditer(text))
