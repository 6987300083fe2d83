"""What else happened at a clock time, told in words behind it: 'I took my chair at 9:40, at which time monitoring was begun'.

The time is that of somebody's coming, or going, and by these words that of monitoring too. The event stands at the words, so that the
time itself stays free for the one who came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ionm_notes.read.clock import DAY
from ionm_notes.read.events.days import overnight
from ionm_notes.read.events.model import Event, Times
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary


def apposed(reading: Reading, times: Times, events: list[Event]) -> list[Event]:
    """The events, with those that words behind a clock time tell in the place of what the same time was taken for."""
    words = vocabulary()
    behind, named = words.regex("clock.apposed"), words.regex("whereabouts.of-monitoring")
    told: list[Event] = []
    for match in behind.finditer(reading.text) if behind.search(reading.text) else ():
        unit = reading.unit_at(match.start())
        clocks = times.within(unit.start, match.start() + 1) if unit is not None and unit.kind == "sentence" else ()
        if unit is None or not clocks or clocks[-1].end != match.start() or clocks[-1].start in times.seconds:
            continue
        if match["it"] and not named.search(reading.text, unit.start, match.start()):
            continue
        place = (match.start("what"), match.end(), match.span("what"), unit)
        told.append(
            Event("monitoring", "start" if match["on"] else "end", times.minute[clocks[-1].start], None, "narrative", *place)
        )
    told += _intervals(reading, times, events)
    events = [e for e in events if e.kind != "monitoring" or e.phase != "end" or not _ends_load(reading, times, e)]
    if not told:
        return events
    at = {(event.unit.start, event.first) for event in told}
    return [e for e in events if e.kind != "monitoring" or e.last is not None or (e.unit.start, e.first) not in at] + told


def _intervals(reading: Reading, times: Times, events: list[Event]) -> Iterator[Event]:
    """The monitoring that an interval of the watch is said to be, where nothing else has both its ends."""
    behind = vocabulary().regex("interval.apposed")
    if not behind.search(reading.text) or any(e.kind == "monitoring" and e.last is not None for e in events):
        return
    for item in times.ranges:
        match = behind.match(reading.text, item.end)
        unit = reading.unit_at(item.start) if match else None
        if match and unit is not None and unit.kind == "sentence":
            first, last = times.minute[item.first.start], times.minute[item.last.start]
            last += DAY if last < first and overnight(first, last) else 0
            if first < last:
                yield Event(
                    "monitoring",
                    "span",
                    first,
                    last,
                    "narrative",
                    match.start("what"),
                    match.end("what"),
                    match.span("what"),
                    unit,
                )


def _ends_load(reading: Reading, times: Times, event: Event) -> bool:
    """Whether an end of monitoring is that of having one patient: 'Until 10:05 Mrs. Docherty was all I had'."""
    if event.origin != "narrative":
        return False
    clocks = [c for c in times.within(event.unit.start, event.unit.end) if times.minute[c.start] == event.first % DAY]
    if len(clocks) != 1:
        return False
    return _of_load(reading.text[event.unit.start : clocks[0].start], reading.text[clocks[0].end : event.unit.end])


def _of_load(before: str, behind: str) -> bool:
    """Whether 'until' before a time, and the words behind it, are of how many patients somebody had till then."""
    words = vocabulary()
    if _UNTIL.fullmatch(before) is None or words.regex("whereabouts.of-monitoring").search(behind):
        return False
    return words.regex("clock.of-load").search(behind) is not None


_UNTIL = re.compile(r"\W*(?:(?:and|but|then)\s+)?(?:until|till|up\s+to|through)\s+(?:about\s+)?", re.I)
