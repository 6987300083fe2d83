"""When the patient came into the operating room and left it, by the entries that tell it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ionm_notes.read.events import Event, Times
from ionm_notes.read.events.intervals import names_professional
from ionm_notes.read.reading import Reading
from ionm_notes.read.vocabulary import vocabulary


def stay(
    reading: Reading, times: Times, events: tuple[Event, ...], start: int | None, end: int | None
) -> tuple[int | None, int | None]:
    """Minutes of the day at which the patient entered and left the room; None where no entry and no label of two times tells it.

    `start`, `end`: minutes of the stated monitoring. An entry in its second half and an exit in its first half are of something
    else, such as the next patient; so is what names a person of the staff.
    """
    told = [e for e in events if e.phase == "point" and e.kind in ("patient.in", "patient.out") and not _of_staff(reading, e)]
    middle = None if start is None or end is None else (start + end) / 2
    entered = [e.first for e in told if e.kind == "patient.in" and (middle is None or e.first < middle)]
    left = [e.first for e in told if e.kind == "patient.out" and (middle is None or e.first > middle)]
    begun, over = min(entered, default=None), max(left, default=None)
    if begun is None or over is None:
        for came, went in _labelled(reading, times):
            if middle is None or came < middle < went:
                return (came if begun is None else begun), (went if over is None else over)
    return begun, over


def _labelled(reading: Reading, times: Times) -> Iterator[tuple[int, int]]:
    """Both minutes of a stay that one label gives: 'Room times: patient in 06:50, out 09:50', 'In room 06:50, out of room 09:50'."""
    words = vocabulary()
    for match in reading.matches(words.patterns["stay.span"]):
        unit = reading.unit_at(match.start())
        if unit is None or names_professional(before := reading.text[unit.start : match.start()]):
            continue
        if words.regex("subject.technologist").search(before):
            continue
        clocks = times.within(match.start(), match.end())
        for came, went in pairwise(clocks[:2]):
            yield times.minute[came.start], times.minute[went.start]


def _of_staff(reading: Reading, event: Event) -> bool:
    text = reading.text[event.clause[0] : event.clause[1]]
    words = vocabulary()
    named = names_professional(text) or words.regex("subject.technologist").search(text)
    return bool(named) and not words.regex("stay.patient").search(text)
