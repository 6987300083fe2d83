"""Hand-overs told in a sentence: 'At 1:12 PM he handed over to Dr. Whitcombe, who supervised until 5:00 PM'.

The one who is handed the case attends from that time on, to the time that the sentence gives or until another entry ends it;
the other one attends until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.attendance.model import Spell
from ionm_notes.read.attendance.spells import TO_THE_END
from ionm_notes.read.events import Event, Times
from ionm_notes.read.hand_off import of_others
from ionm_notes.read.people import Cast, surname
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
    match = vocabulary().regex("relief.to").search(text)
    if match is None or of_others(text, match):
        return
    successor = next((who for at, who in _named(text, cast) if match.end() - 1 <= at <= match.end() + _NEAR), None)
    clocks = times.within(unit.start, unit.end)
    if successor is None or not clocks:
        return
    before = [c for c in clocks if c.end - unit.start <= match.end()]
    at = before[-1] if before else clocks[0]
    minute = times.minute[at.start]
    later = [c for c in clocks if c.start > at.start and _UNTIL.search(reading.text[unit.start : c.start])]
    last = times.minute[later[0].start] if later else None
    # Without a word of how long the successor stayed, the hand-over is one whose minutes are not read (`parts/relief.py`).
    if (last is None and not TO_THE_END.search(text)) or (last is not None and last < minute):
        return
    whole = (unit.start, unit.end)
    event = Event("attend", "span", minute, last, "narrative", *whole, whole, unit)
    earlier = [who for place, who in _named(text, cast) if place < match.start() and who != successor]
    others = {surname(p.name) for p in cast.professionals} - {successor}
    giver = earlier[-1] if earlier else next(iter(others)) if len(others) == 1 else None
    if giver is not None:
        yield Spell(giver, None, minute, False, None, [event], whole)
    yield Spell(successor, minute, last, False, None, [event], whole)


def _named(text: str, cast: Cast) -> list[tuple[int, str]]:
    """Places and surnames of the professionals that a text names, in order."""
    names = {surname(p.name) for p in cast.professionals}
    return sorted((m.start(), name) for name in names for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))
