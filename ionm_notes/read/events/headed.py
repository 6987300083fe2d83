"""A part of the day that only a heading names: 'Baselines' over 'Recorded 8:02 AM to 8:19 AM. Left wave V at 6.4 ms.'

The sentence below it says with a bare verb, or with none, that its times are of what the heading names.
"""

from __future__ import annotations

from ionm_notes.read.clock import Clock
from ionm_notes.read.events.items import items_of
from ionm_notes.read.events.model import STAGES, Event, Times
from ionm_notes.read.events.worded import label_hits
from ionm_notes.read.reading import Reading, Unit
from ionm_notes.read.vocabulary import vocabulary

_LONGEST = 40
"""Characters of a heading that names a part of the day and nothing else."""


def headed_part(reading: Reading, times: Times, unit: Unit, clocks: list[Clock]) -> tuple[list[Event], list[Clock]]:
    """The part of the day that the heading above a sentence names, with the interval at its beginning; and the times that are left."""
    position = reading.index_of(unit)
    if position == 0 or unit.kind != "sentence" or clocks[0].start - unit.start > _LONGEST:
        return [], clocks
    words, above = vocabulary(), reading.units[position - 1]
    if not words.regex("heading.done").fullmatch(reading.text[unit.start : clocks[0].start]):
        return [], clocks
    if (kind := _named(reading, above)) is None:
        return [], clocks
    low, high, first, last = items_of(reading, times, unit, clocks)[0]
    if last is None:
        if len(clocks) < 2 or not words.regex("heading.then-over").fullmatch(reading.text[high : clocks[1].start]):
            return [], clocks
        high, last = clocks[1].end, times.minute[clocks[1].start]
    behind = reading.text[high : unit.end]
    told = behind.strip(" .;") and words.regex("heading.behind").fullmatch(behind) is None
    if words.regex("heading.bare").fullmatch(reading.text[unit.start : low]) and told:
        return [], clocks  # 'From 10:05 to 10:20 the responses were lost'
    if kind == "monitoring" and words.regex("halt.finding").search(behind):
        return [], clocks
    place = (unit.start, high, (unit.start, high), unit)
    return [Event(kind, "span", first, last, "narrative", *place)], [c for c in clocks if c.start >= high]


def _named(reading: Reading, heading: Unit) -> str | None:
    """The part of the day that a heading names, if it says nothing else."""
    text = reading.unit_text(heading).strip(" :.-–—\t")
    if not 0 < len(text) <= _LONGEST or not vocabulary().regex("heading.part").fullmatch(text):
        return None
    hits = label_hits(text)
    kinds = {hit.kind for hit in hits if hit.phase == "span"}
    return kinds.pop() if len(hits) == 1 and kinds <= STAGES and kinds else None
